"""What a reader made of the articles of a workspace: read, counted, found. Changes are the notebook's."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from reader.annotations import AnnotationStore, ArticleRecord, Trashed
from reader.errors import AmbiguousAnnotation, NoSuchAnnotation
from reader.library import Library
from reader.model import Article, Problem, Summary
from reader.notebook.answers import Answers
from reader.notebook.homes import Homes
from reader.notebook.losses import loss_of
from reader.notebook.placing import Places
from reader.notebook.tagging import Retagging, Tagged, retagged, tag_counts, typed_tags
from reader.passages import AnchorState, Annotation, BlockChoice, Placed, Target
from reader.tags import clean_tags

_PLACE = attrgetter("start", "end")
_NOWHERE = Target("", "", "", 0, 0)


@dataclass(frozen=True, slots=True)
class About:
    """What the reader says of a whole article."""

    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    corrections: Mapping[str, str] = field(default_factory=dict)
    """By field: title, author, source, date as the reader has them."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a reader made of an article."""

    highlights: int = 0
    """Annotations without a body."""
    notes: int = 0
    """Annotations with a body, and the note on the whole article."""
    tags: frozenset[str] = frozenset()
    """Of the article and of its annotations."""


class Amounts(NamedTuple):
    """How much a reader made in all."""

    highlights: int = 0
    """Annotations without a body."""
    notes: int = 0
    """Annotations with a body."""
    of_articles: int = 0
    """Notes on whole articles."""


class Contents:
    """What stands in the user's files, by the articles they are about.

    Args:
        store: The user's files.
        library: The articles.
    """

    def __init__(self, store: AnnotationStore, library: Library) -> None:
        self._store = store
        self._library = library
        answers = Answers(store)
        self._homes = Homes(library, answers)
        self._places = Places(library, self._homes, answers)

    def refresh(self) -> bool:
        """Read the files that were changed, by whomever. Returns whether any was."""
        return self._settled(changed=self._store.refresh())

    def glance(self, share: float = 1) -> bool:
        """Do as `refresh`, but look at some of the files only, as `Watch.look`: in a few glances at each."""
        return self._settled(changed=self._store.glance(share))

    def _settled(self, *, changed: bool) -> bool:
        if changed:
            self.settle()
        return changed

    def settle(self) -> None:
        """Find the article of each file again, after the files or the library changed."""
        self._homes.settle(self._store.records)
        self._regroup()

    def _regroup(self) -> None:
        """Take note of what the files say now, those that were written meanwhile too."""
        self._homes.regroup(lambda: self._store.records)

    def learn(self, became: Mapping[str, str]) -> None:
        """Be told what articles that are gone became, by their old ids; some file may wait for that."""
        if self._homes.learn(became):
            self.settle()

    def look_again(self) -> int:
        """Look for the passages of changed articles. Returns how many are newly lost."""
        return self._places.look(self._homes.changed)

    def followed(self) -> dict[str, str]:
        """Return what articles that are gone became, by their old ids, as the files tell it."""
        homes = {one.article_id: self._homes.of(one) for one in self._store.records}
        return {old: new for old, new in homes.items() if new not in ("", old)}

    def became(self, article_id: str) -> str:
        """Return the id that an article has since its source was edited; "" if nothing leads from it."""
        return self.followed().get(article_id) or self._homes.became(article_id)

    def close(self) -> None:
        """Keep what was found out, and close the files that are open."""
        self._places.keep()
        self._store.close()

    @property
    def records(self) -> tuple[ArticleRecord, ...]:
        """What the files say of each article; another tuple whenever that changes."""
        return self._store.records

    def stamps(self) -> Mapping[str, tuple[int, int, int] | None]:
        """Return what tells of each file, by name, whether it is as it was; None if that cannot be told."""
        return self._store.stamps

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults of the files."""
        return self._store.problems

    def losses(self) -> tuple[Problem, ...]:
        """Return what has lost its place, by file, as far as it was looked for; nothing of it is gone."""
        paths = frozenset(one.path for one in self._library.summaries()) if self._homes.changed else ()
        told = (
            loss_of(one, self._homes.of(one), self._places.known_orphans(one), paths)
            for one in self._store.records
            if not Path(one.path).is_absolute()
        )
        return tuple(filter(None, told))

    def lost(self) -> tuple[ArticleRecord, ...]:
        """Return the files whose article is gone."""
        return tuple(one for one in self._store.records if not self._homes.of(one))

    def starred(self) -> frozenset[str]:
        """Return the ids of the starred articles."""
        return frozenset(self._homes.of(one) for one in self._store.records if one.starred) - {""}

    def choices_of(self, article_id: str) -> tuple[BlockChoice, ...]:
        """Return what the reader decided about the blocks of an article."""
        return tuple(made for one in self._homes.records_of(article_id) for made in one.choices)

    def about(self, article_id: str) -> About:
        """Return what the reader says of a whole article."""
        records = self._homes.records_of(article_id)
        if not records:  # as of most articles of a large library
            return About()
        return About(
            starred=any(one.starred for one in records),
            tags=clean_tags(tag for one in records for tag in one.tags),
            note="\n\n".join(dict.fromkeys(one.note for one in records if one.note)),
            corrections=self._corrections_of(article_id),
        )

    def corrected(self, summary: Summary) -> Summary:
        """Return what the list shows of an article, as the reader has it."""
        corrections = self._corrections_of(summary.id)
        if "title" in corrections:
            corrections["title_derived"] = False  # it is the reader's own now
        return summary._replace(**corrections) if corrections else summary

    def _corrections_of(self, article_id: str) -> dict[str, Any]:
        records = self._homes.records_of(article_id)
        return dict(next((one.corrections for one in records if one.corrections), {}))

    def annotations(self, article: Article) -> tuple[Placed, ...]:
        """Return the annotations of an article in its text of today: by place, orphans last."""
        return self._places.within(article)

    def prepare(self, article_id: str) -> None:
        """Be ready to change what was made of an article; worth it where that is much. Safe in a thread."""
        for record in self._homes.records_of(article_id)[:1]:
            self._store.prepare(record.file)

    def all(self) -> tuple[Placed, ...]:
        """Return all annotations: by article in the order of the library, and by place; lost ones last."""
        summaries = tuple(map(self.corrected, self._library.summaries()))
        return _in_order(self._places.everywhere(self._store.records, summaries), summaries)

    def everything(self) -> tuple[Placed, ...]:
        """Return what `all` does, and before the annotations of an article the note on the whole of it."""
        summaries = tuple(map(self.corrected, self._library.summaries()))
        placed = self._places.everywhere(self._store.records, summaries)
        return _in_order((*self._on_articles(summaries), *placed), summaries)

    def _on_articles(self, summaries: Iterable[Summary]) -> Iterator[Placed]:
        names = {one.id: (one.title, one.path) for one in summaries}
        seen: set[str] = set()
        for record in self._store.records:
            home = self._homes.of(record)
            if not record.note or home in seen:
                continue
            seen.update(filter(None, [home]))
            about = self.about(home) if home else About(tags=record.tags, note=record.note)
            annotation = Annotation("", _NOWHERE, tags=about.tags, body=about.note)
            title, path = names.get(home, (record.title, record.path))
            state = AnchorState.EXACT if home else AnchorState.ORPHAN
            yield Placed(annotation, home, title, path, state, 0, 0, record.file, record.writable)

    def placed(self, article_ids: Collection[str]) -> tuple[Placed, ...]:
        """Return the annotations in some articles, without a look at files that are about others."""
        own = [record for one in article_ids for record in self._homes.records_of(one)]
        moved = [one for one in self._homes.changed if all(one is not record for record in own)]
        summaries = tuple(map(self.corrected, filter(None, map(self._library.summary, article_ids))))
        found = (*self._places.everywhere(own, summaries), *self._places.everywhere(moved, summaries))
        return tuple(one for one in found if one.article_id in article_ids)

    def is_at_home(self, record: ArticleRecord) -> bool:
        """Tell whether a file is about the article it names, as that stands today."""
        return self._homes.of(record) == record.article_id != "" and all(
            one is not record for one in self._homes.changed
        )

    def counts(self) -> dict[str, Counts]:
        """Return how much there is of each article, by its id."""
        found: dict[str, Counts] = {}
        for record in self._store.records:
            for home, part in self._parted(record):
                found[home] = _counted(part, found.get(home, Counts()))
        return found

    def _parted(self, record: ArticleRecord) -> Iterator[tuple[str, ArticleRecord]]:
        """Yield what a file says of each article of today: most say all of it of one."""
        home = self._homes.of(record)
        by_article: defaultdict[str, list[Annotation]] = defaultdict(list)
        for one in record.annotations:
            by_article[self._places.article_of(record, one)].append(one)
        if home:
            yield home, replace(record, annotations=tuple(by_article.pop(home, ())))
        for there, ones in by_article.items():
            if there:
                yield there, ArticleRecord(there, record.file, annotations=tuple(ones))

    def amounts(self) -> Amounts:
        """Return how much there is in all files, those of articles that are gone too."""
        records = self._store.records
        bodies = sum(one.body != "" for record in records for one in record.annotations)
        return Amounts(
            sum(len(record.annotations) for record in records) - bodies,
            bodies,
            sum(record.note != "" for record in records),
        )

    def tags(self) -> dict[str, int]:
        """Return how often each tag is used, on annotations and articles: the commonest first."""
        return tag_counts(one.tags for one in self.tagged())

    def tagged(self) -> tuple[Tagged, ...]:
        """Return all that bears tags: annotations, lost ones too, and the articles of the library."""
        annotations = (
            Tagged(one.annotation.tags, one, one.article_id, one.title)
            for one in self.all()
            if one.annotation.tags
        )
        tags = {home: self.about(home).tags for one in self._store.records if (home := self._homes.of(one))}
        articles = (Tagged(tags[home], None, home, self._subject(home).title) for home in tags if tags[home])
        return (*annotations, *articles)

    def plan_tags(self, old: str | Sequence[str], new: str) -> tuple[Retagging, ...]:
        """Tell what renaming a tag, or several, with those nested in them, would change.

        Args:
            old: The tag, or all that become one.
            new: What it shall be called; "" takes it away.

        Raises:
            NotATag: The new name can be none.
        """
        olds = (old,) if isinstance(old, str) else old
        typed_tags([new])

        def replaced(tags: tuple[str, ...]) -> tuple[str, ...]:
            return reduce(lambda before, one: retagged(before, one, new), olds, tags)

        plans = [
            Retagging(one.annotation.tags, after, one, one.article_id, one.title)
            for one in self.all()
            if one.writable and (after := replaced(one.annotation.tags)) != one.annotation.tags
        ]
        titles = {self._homes.of(one): one.title for one in self._store.records if one.tags and one.writable}
        for home, title in titles.items():
            before = self.about(home).tags if home else ()
            if (after := replaced(before)) != before:
                plans.append(Retagging(before, after, None, home, title))
        return tuple(plans)

    def find(self, name: str) -> Placed:
        """Find an annotation by its id, or the beginning or end of it.

        Raises:
            NoSuchAnnotation: None has it.
            AmbiguousAnnotation: Several have it.
        """
        placed = self.all()
        number = _answering(name, [one.annotation for one in placed], "`reader notes` shows them")
        return placed[number]

    def trash(self) -> tuple[Trashed, ...]:
        """Return what was deleted and can be restored, the last first."""
        return self._store.trash.entries()

    def trash_problems(self) -> tuple[Problem, ...]:
        """Return the faults of the files in the trash."""
        return self._store.trash.problems()

    def find_trashed(self, name: str) -> Trashed:
        """Find what was deleted by its id, or the beginning or end of it; raises as `find`."""
        trashed = self.trash()
        number = _answering(name, [one.annotation for one in trashed], "`reader trash` shows what there is")
        return trashed[number]

    def rescued(self) -> tuple[Path, ...]:
        """Return the files that hold what could not be saved where it belongs."""
        return self._store.rescued()

    def as_found(self, article_id: str) -> Summary:
        """Return what the source says of an article, without the reader's corrections."""
        return self._subject(article_id)

    def _subject(self, article_id: str) -> Summary:
        """Return what names an article in a file, also if its source is gone."""
        known = self._library.summary(article_id)
        return known or Summary(article_id, title="", path="", lines=(0, 0), words=0, hidden=0)


def _in_order(placed: Iterable[Placed], summaries: Iterable[Summary]) -> tuple[Placed, ...]:
    order = {one.id: number for number, one in enumerate(summaries)}
    by_article: defaultdict[tuple[int, str], list[Placed]] = defaultdict(list)
    for one in placed:
        by_article[order.get(one.article_id, len(order)), one.title].append(one)
    return tuple(one for key in sorted(by_article) for one in sorted(by_article[key], key=_PLACE))


def _answering(name: str, annotations: Sequence[Annotation], hint: str) -> int:
    """Tell which of some annotations a name means: an id, its beginning, or its end."""
    wanted = name.upper()
    ids = [annotation.id.upper() for annotation in annotations]
    whole = [number for number, one in enumerate(ids) if one == wanted]
    parts = [number for number, one in enumerate(ids) if one.startswith(wanted) or one.endswith(wanted)]
    found = whole or (parts if wanted else [])
    if not found:
        raise NoSuchAnnotation(f"no highlight or note has the id “{name}”; {hint}")
    if len(found) > 1:
        lines = (f"  {annotations[at].id}  {annotations[at].target.exact[:60]}" for at in found[:8])
        raise AmbiguousAnnotation("\n".join([f"“{name}” may be any of these {len(found)}:", *lines]))
    return found[0]


def _tags_of(record: ArticleRecord) -> Iterable[Sequence[str]]:
    yield record.tags
    for annotation in record.annotations:
        yield annotation.tags


def _counted(record: ArticleRecord, before: Counts) -> Counts:
    notes = sum(one.body != "" for one in record.annotations)
    return Counts(
        before.highlights + len(record.annotations) - notes,
        before.notes + notes + (record.note != ""),
        before.tags.union(*_tags_of(record)),
    )
