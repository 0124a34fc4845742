"""The verbs of whoever reads with a pencil: highlight, note, tag, recolour, move, merge, delete, undo."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import TypeVar

from reader.anchoring import describe
from reader.annotations import AnnotationStore, new_id
from reader.errors import Conflict, NotWritable, ReaderError
from reader.journal import Journal, Kind
from reader.library import Library
from reader.model import Annotation, Article, Choice, Color, Placed, Target
from reader.notebook.contents import Contents
from reader.notebook.kinds import Kinds, annotation_as_value
from reader.notebook.tagging import Retagging, clean_tags, retagged
from reader.state import Edit, State

T = TypeVar("T")

CORRECTABLE = ("title", "author", "source", "date")
"""What a reader may correct of an article; kept beside the source, never written to it."""


class Notebook(Contents):
    """What the reader made of the articles of a workspace.

    Args:
        store: The user's files.
        library: The articles.
        state: Where the journal is kept.
        kinds: Further kinds of changes that can be undone.
        note: Is told when the journal cannot be written.
    """

    def __init__(
        self,
        store: AnnotationStore,
        library: Library,
        state: State,
        kinds: Mapping[str, Kind],
        note: Callable[[ReaderError], None],
    ) -> None:
        super().__init__(store, library)
        self._kinds = Kinds(store, self._homes, self._subject, _now)
        self._table = {**kinds, **self._kinds.table()}
        self._journal = Journal(state, self._table, note)

    # Annotations

    def annotate(
        self,
        article: Article,
        passage: tuple[int, int],
        *,
        color: Color = Color.YELLOW,
        tags: Iterable[str] = (),
        body: str = "",
    ) -> Annotation:
        """Annotate a passage. Undoable.

        Args:
            article: What the passage stands in.
            passage: Where it begins and ends in the canonical text; not empty.
            color: Colour of the highlight.
            tags: Its tags, in any form.
            body: The note, if there is one.

        Raises:
            NotWritable: The file cannot be written; the message says where the words are kept.
            Conflict: The file is damaged, and so left alone.
        """
        start, end = passage
        if not 0 <= start < end <= len(article.text):
            raise ValueError(f"no passage: {start} to {end} of {len(article.text)}")
        now = _now()
        target = describe(article.text, start, end)
        identity = new_id(datetime.now(UTC), os.urandom)
        made = Annotation(identity, target, color, clean_tags(tags), body.strip(), created=now, updated=now)
        home = self._kinds.home_of(article.id)
        subject = self._subject(article.id)
        self._keeping(article.id, [made], lambda: self._store.add(subject, made, home=home))
        words = "note written" if made.body else "highlighted"
        self._done(Edit(article.id, "annotation", made.id, None, annotation_as_value(made), words))
        return made

    def change(self, base: Placed, new: Annotation, words: str = "") -> Annotation | None:
        """Change an annotation. Undoable.

        Args:
            base: The annotation as the reader saw it when the change began.
            new: What it shall be; tags in any form.
            words: What is done, for undo: "note changed".

        Returns:
            None; or, if the same thing was changed elsewhere meanwhile in another way, the
            second annotation that holds what the reader wanted, beside what was made elsewhere.

        Raises:
            NoSuchAnnotation: It was deleted elsewhere.
            NotWritable: The file cannot be written; the message says where the words are kept.
            Conflict: The file is damaged, and so left alone.
        """
        return self.change_all([(base, new)], words)[0]

    def change_all(
        self, changes: Sequence[tuple[Placed, Annotation]], words: str = ""
    ) -> tuple[Annotation | None, ...]:
        """Change several annotations, to be undone together; as `change` for each."""
        edits, twins = self._change(changes, words or "changed")
        self._done(*edits)
        return twins

    def delete(self, doomed: Sequence[Placed]) -> None:
        """Put annotations into the trash. Undoable, also later: see `restore`."""
        for one in doomed:
            self._require_writable(one)
        words = "deleted" if len(doomed) == 1 else f"{len(doomed)} deleted"
        edits = [_edit(one, annotation_as_value(one.annotation), None, words) for one in doomed]
        by_file: dict[Path, list[str]] = {}
        for one in doomed:
            by_file.setdefault(one.file, []).append(one.annotation.id)
        for file, ids in by_file.items():
            self._store.discard(file, ids)
        self._done(*edits)

    def merge(self, article: Article, first: Placed, second: Placed) -> Annotation:
        """Make one annotation of two of an article: from the beginning of the one to the end of the other.

        Colour and id are those of the first; tags are joined, and notes one below the other.
        """
        start, end = min(first.start, second.start), max(first.end, second.end)
        one, other = first.annotation, second.annotation
        merged = replace(
            one,
            target=describe(article.text, start, end),
            tags=clean_tags((*one.tags, *other.tags)),
            body="\n\n".join(filter(None, (one.body, other.body))),
        )
        self._require_writable(second)
        edits, _ = self._change([(first, merged)], "merged")
        self._store.discard(second.file, [other.id])
        self._done(*edits, _edit(second, annotation_as_value(other), None, "merged"))
        return merged

    def attach(self, placed: Placed, article: Article, passage: tuple[int, int]) -> Annotation:
        """Point an annotation at another passage, of another article if need be. Undoable.

        Returns:
            The annotation as it is now; in another article it has another id.
        """
        target = describe(article.text, *passage)
        moved = replace(placed.annotation, target=target)
        if placed.article_id == article.id:
            self.change(placed, moved, "passage changed")
            return moved
        self._require_writable(placed)
        value = annotation_as_value(placed.annotation)
        self._store.discard(placed.file, [placed.annotation.id])
        fresh = replace(moved, id=new_id(datetime.now(UTC), os.urandom), updated=_now())
        self._store.add(self._subject(article.id), fresh, home=self._kinds.home_of(article.id))
        self._done(
            _edit(placed, value, None, "passage changed"),
            Edit(article.id, "annotation", fresh.id, None, annotation_as_value(fresh), "passage changed"),
        )
        return fresh

    def restore(self, identity: str) -> None:
        """Bring an annotation back from the trash. Undoable.

        Raises:
            NoSuchAnnotation: It is not there.
        """
        self._store.restore([identity])
        self.settle()
        placed = self.find(identity)
        self._done(_edit(placed, None, annotation_as_value(placed.annotation), "restored"))

    def empty_trash(self, identities: Sequence[str] | None = None) -> int:
        """Delete for good what lies in the trash, or some of it. Returns how much that was."""
        return self._store.trash.empty(identities)

    # Tags

    def plan_tags(self, old: str | Sequence[str], new: str) -> tuple[Retagging, ...]:
        """Tell what renaming a tag, or several, with those nested in them, would change.

        Args:
            old: The tag, or all that become one.
            new: What it shall be called; "" takes it away.
        """
        olds = (old,) if isinstance(old, str) else old

        def replaced(tags: tuple[str, ...]) -> tuple[str, ...]:
            return reduce(lambda before, one: retagged(before, one, new), olds, tags)

        plans = [
            Retagging(one.annotation.tags, after, one, one.article_id, one.title)
            for one in self.all()
            if one.writable and (after := replaced(one.annotation.tags)) != one.annotation.tags
        ]
        for record in self._store.records:
            after, home = replaced(record.tags), self._homes.of(record)
            if after != record.tags and record.writable and home:
                plans.append(Retagging(record.tags, after, None, home, record.title))
        return tuple(plans)

    def retag(self, plans: Sequence[Retagging], words: str = "tags changed") -> None:
        """Do what was planned, to be undone together."""
        changes = [
            (one.placed, replace(one.placed.annotation, tags=one.after)) for one in plans if one.placed
        ]
        edits, _ = self._change(changes, words)
        of_articles = [
            Edit(one.article_id, "tags", None, list(one.before), list(one.after), words)
            for one in plans
            if not one.placed
        ]
        self._table["tags"].write([(edit, edit.after) for edit in of_articles])
        self._done(*edits, *of_articles)

    # The article

    def star(self, article_id: str, *, starred: bool) -> None:
        """Give an article a star, or take it away. Undoable; raises as `annotate`."""
        words = "star given" if starred else "star taken away"
        self.do(Edit(article_id, "star", None, article_id in self.starred(), starred, words))

    def tag(self, article_id: str, tags: Iterable[str]) -> None:
        """Give an article exactly these tags. Undoable; raises as `annotate`."""
        before = list(self.about(article_id).tags)
        self.do(Edit(article_id, "tags", None, before, list(clean_tags(tags)), "article tagged"))

    def note(self, article_id: str, body: str) -> None:
        """Write a note on an article; "" takes it away. Undoable; raises as `annotate`."""
        self.do(Edit(article_id, "note", None, self.about(article_id).note, body.strip(), "note written"))

    def correct(self, article_id: str, field: str, value: str) -> None:
        """Correct title, author, source or date of an article; as `correct_all`."""
        self.correct_all(article_id, {field: value})

    def correct_all(self, article_id: str, values: Mapping[str, str]) -> None:
        """Correct what is known of an article, to be undone together.

        Args:
            article_id: The article.
            values: By field, of `CORRECTABLE`; "", or what the source says too, takes a correction back.

        Raises:
            ValueError: A field is none of `CORRECTABLE`.
        """
        if strange := values.keys() - set(CORRECTABLE):
            raise ValueError(f"{', '.join(strange)} cannot be corrected; {', '.join(CORRECTABLE)} can")
        before, found = dict(self.about(article_id).corrections), self.as_found(article_id)
        wanted = before | {field: value.strip() for field, value in values.items()}
        after = {field: said for field, said in wanted.items() if said not in ("", getattr(found, field))}
        words = f"{' and '.join(values)} corrected"
        self.do(Edit(article_id, "corrections", None, before, after, words))

    def choose(self, article_id: str, target: Target, choice: Choice | None, words: str) -> None:
        """Keep or hide a block; None leaves it to the rules again. Undoable."""
        place = (target.exact, target.start)
        made = (one for one in self.choices_of(article_id) if (one.target.exact, one.target.start) == place)
        old = next(made, None)
        key = asdict(old.target if old else target)
        self.do(Edit(article_id, "block", key, old.choice if old else None, choice, words))

    # Undo

    def do(self, edit: Edit) -> None:
        """Do a change of any kind of the journal's table. Undoable."""
        self._journal.do(edit)
        self._regroup()

    def undo(self) -> str:
        """Take the last change back. Returns what it was, in words; "" if there is none."""
        return self._turn(self._journal.undo)

    def redo(self) -> str:
        """Do again what was undone last. Returns what it was, in words; "" if there is none."""
        return self._turn(self._journal.redo)

    # Within

    def _turn(self, turn: Callable[[], tuple[Edit, ...]]) -> str:
        self.refresh()  # what was changed elsewhere is not to be undone
        try:
            edits = turn()
        finally:
            self._regroup()
        if not edits:
            return ""
        titles = {self._subject(edit.article_id).title for edit in edits} - {""}
        where = f": “{titles.pop()}”" if len(titles) == 1 else f" in {len(titles)} articles" if titles else ""
        return f"{edits[0].words}{where}"

    def _done(self, *edits: Edit) -> None:
        self._regroup()
        self._journal.done(*edits)

    def _regroup(self) -> None:
        self._homes.regroup(self._store.records)

    def _change(
        self, changes: Sequence[tuple[Placed, Annotation]], words: str
    ) -> tuple[list[Edit], tuple[Annotation | None, ...]]:
        """Write changes, and return them as they went, with the twins that conflicts made."""
        now = _now()
        by_file: dict[Path, list[tuple[Placed, Annotation]]] = {}
        for base, new in changes:
            self._require_writable(base)
            wanted = replace(new, tags=clean_tags(new.tags), body=new.body.strip(), updated=now)
            by_file.setdefault(base.file, []).append((base, wanted))
        made: dict[str, Annotation | None] = {}
        try:
            for file, ones in by_file.items():
                twins = self._save(file, ones)
                made |= {base.annotation.id: twin for (base, _), twin in zip(ones, twins, strict=True)}
        except ReaderError:
            self._done(*self._edits_of(changes, made, words))
            raise
        edits = list(self._edits_of(changes, made, words))
        return edits, tuple(made[base.annotation.id] for base, _ in changes)

    def _save(
        self, file: Path, changes: Sequence[tuple[Placed, Annotation]]
    ) -> tuple[Annotation | None, ...]:
        pairs = [(base.annotation, wanted) for base, wanted in changes]
        subject = changes[0][0].article_id
        return self._keeping(subject, [new for _, new in pairs], lambda: self._store.change_all(file, pairs))

    def _edits_of(
        self,
        changes: Sequence[tuple[Placed, Annotation]],
        made: Mapping[str, Annotation | None],
        words: str,
    ) -> Iterator[Edit]:
        """Yield what was changed: to what the files say now, which somebody else may have changed too."""
        known = self._kinds.known(made)
        for base, _ in changes:
            identity = base.annotation.id
            if identity in known:
                now = annotation_as_value(known[identity][1])
                yield _edit(base, annotation_as_value(base.annotation), now, words)
            if twin := made.get(identity):
                yield Edit(base.article_id, "annotation", twin.id, None, annotation_as_value(twin), words)

    def _keeping(self, article_id: str, annotations: Sequence[Annotation], save: Callable[[], T]) -> T:
        """Save annotations; what cannot be saved is kept in files of its own, and the message names one."""
        try:
            return save()
        except (NotWritable, Conflict) as error:
            try:
                kept = [self._store.rescue(self._subject(article_id), one) for one in annotations]
            except NotWritable:
                raise error from None  # there is no place at all; the words stand in the editor still
            raise type(error)(f"{error}; what you wrote is kept in {kept[0]}") from error

    def _require_writable(self, placed: Placed) -> None:
        if not placed.writable:
            raise Conflict(
                f"{placed.file}: this file is damaged or a copy, and only shown; `reader doctor` says why"
            )


def _edit(placed: Placed, before: object, after: object, words: str) -> Edit:
    return Edit(placed.article_id, "annotation", placed.annotation.id, before, after, words)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
