"""What a list shows, and in which order: filter, sort and group articles. Pure."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from reader.families import Families
from reader.folding import fold
from reader.model import Progress, Status, Summary
from reader.queries import WORD, half_typed, parts_of
from reader.tags import is_within

MAX_CANDIDATES = 8  # articles that the message on an ambiguous name lists
_DIGITS = 9  # of the number of an article; Python reads no text of thousands as a number
FIELDS = ("tag", "has", "is")
"""What may stand before a colon."""


class SortKey(StrEnum):
    """What a list can be sorted by; each in the order that puts the likely choice first."""

    PATH = "path"
    TITLE = "title"
    DATE = "date"
    """Newest first; articles without a date last."""
    LENGTH = "length"
    """Shortest first."""
    RECENT = "recent"
    """Last opened first."""


@dataclass(frozen=True, slots=True)
class Group:
    """The articles of one source file."""

    path: str
    summaries: tuple[Summary, ...]


class Stack(NamedTuple):
    """An article, and its near copies that stand below it."""

    first: Summary
    copies: tuple[Summary, ...]


class Section(NamedTuple):
    """What stands together in a list."""

    path: str
    """The source file that holds all of it; "" if nothing is to be said of that."""
    entries: tuple[Summary | Stack, ...]


class Made(Protocol):
    """How much a reader made of an article, and its tags."""

    @property
    def highlights(self) -> int:
        """Highlights without a note."""

    @property
    def notes(self) -> int:
        """Notes on passages, and on the whole."""

    @property
    def tags(self) -> frozenset[str]:
        """Of the article and of its passages."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the articles beside their summaries, by their ids; absent means nothing."""

    progress: Mapping[str, Progress] = field(default_factory=dict)
    starred: frozenset[str] = frozenset()
    made: Mapping[str, Made] = field(default_factory=dict)
    """What the reader made of them: `Notebook.counts()`."""
    copies: Container[str] = frozenset()
    """Those that are near copies of others."""


@dataclass(frozen=True, slots=True)
class Query:
    """A filter, read: every part of it has to hold."""

    words: tuple[str, ...] = ()
    """Folded; each stands in one of the fields of the summary."""
    tags: tuple[str, ...] = ()
    """Each is borne by the article or one of its passages, as it is or with one nested in it."""
    traits: tuple[str, ...] = ()
    """Of `TRAITS`."""
    begun: tuple[str, str] = ("", "")
    """A field, and how its value begins; no field asks for nothing."""

    def holds(self, summary: Summary, facts: Facts) -> bool:
        """Tell whether an article is meant."""
        return (
            all(TRAITS[trait](summary.id, facts) for trait in self.traits)
            and all(_bears(facts.made.get(summary.id), tag) for tag in self.tags)
            and (not self.words or _has_words(summary, self.words))
            and self._begins(summary.id, facts)
        )

    def _begins(self, article_id: str, facts: Facts) -> bool:
        name, value = self.begun
        if name == "tag":
            made = facts.made.get(article_id)
            return made is not None and any(tag.startswith(value) for tag in made.tags)
        begun = (holds for trait, holds in TRAITS.items() if trait.startswith(f"{name}:{value}"))
        return not name or any(holds(article_id, facts) for holds in begun)


def parse_query(query: str) -> Query:
    """Read a filter: `truce tag:war has:note is:unread`. What is none of `TRAITS` counts as a word."""
    parts = parts_of(query, FIELDS)
    traits = [f"{name}:{value}" for name in ("has", "is") for value in parts[name]]
    strange = [trait for trait in traits if trait not in TRAITS]
    return Query(
        words=tuple(map(fold, (*parts[WORD], *strange))),
        tags=tuple(tag.removeprefix("#") for tag in parts["tag"]),
        traits=tuple(trait for trait in traits if trait in TRAITS),
    )


def parse_half_typed(query: str) -> Query | None:
    """Read a filter whose last part is being typed: what begins so is meant. None if it has no field."""
    typed = half_typed(query, FIELDS)
    if typed is None:
        return None
    before, name, value = typed
    return replace(parse_query(before), begun=(name, value.removeprefix("#")))


def matching(summaries: Iterable[Summary], query: str, facts: Facts | None = None) -> tuple[Summary, ...]:
    """Keep the articles that a query means, in their order.

    Args:
        summaries: What to choose from.
        query: Words of title, source, author, section, date or path, `tag:NAME`, and `TRAITS`.
        facts: What `tag:`, `has:` and `is:` ask for. Without them no article has any of it.
    """
    asked, known = parse_query(query), facts or Facts()
    return tuple(one for one in summaries if asked.holds(one, known))


def matching_typed(summaries: Sequence[Summary], query: str, facts: Facts) -> tuple[Summary, ...]:
    """Keep the articles that a query means; if none, those it may come to mean when all is typed."""
    found, half_typed_query = matching(summaries, query, facts), parse_half_typed(query)
    if found or half_typed_query is None:
        return found
    return tuple(one for one in summaries if half_typed_query.holds(one, facts))


def answering(summaries: Sequence[Summary], name: str) -> tuple[Summary, ...]:
    """Find the articles that a person may mean by a name.

    Args:
        summaries: All articles, in the order in which they are numbered.
        name: A number from 1, an id, a title, the beginning of either, or words of the title.

    Returns:
        Those that fit the first of these ways that any fits.
    """
    if name.isdecimal() and len(name) <= _DIGITS and 1 <= int(name) <= len(summaries):
        return (summaries[int(name) - 1],)
    words = fold(name).split()
    title = " ".join(words)
    ways: tuple[Callable[[Summary], bool], ...] = (
        lambda one: one.id == name,
        lambda one: fold(one.title) == title,
        lambda one: one.id.startswith(name),
        lambda one: fold(one.title).startswith(title),
        lambda one: all(word in fold(one.title) for word in words),
    )
    for way in ways if words else ():
        if found := tuple(filter(way, summaries)):
            return found
    return ()


def candidates(name: str, answers: Sequence[Summary]) -> str:
    """List the articles that a name may mean, for a message."""
    lines = [f"  {one.id}  {one.title}" for one in answers[:MAX_CANDIDATES]]
    if len(answers) > MAX_CANDIDATES:
        lines.append(f"  … and {len(answers) - MAX_CANDIDATES} more")
    return "\n".join([f"“{name}” may be any of these {len(answers)}; say more of the id or title:", *lines])


def arranged(
    summaries: Iterable[Summary], key: SortKey, progress: Mapping[str, Progress], *, reverse: bool = False
) -> tuple[Summary, ...]:
    """Sort articles; equals stand in the order of path and line.

    Args:
        summaries: What to sort.
        key: By what.
        progress: Where the reader stands, by article id.
        reverse: Turn the order of the key around; articles without a value for it stay last.
    """
    in_order = sorted(summaries, key=lambda one: (one.path, one.lines))
    if key is SortKey.PATH:
        return tuple(reversed(in_order)) if reverse else tuple(in_order)
    value = _sorter(key, progress)
    known = sorted(filter(value, in_order), key=value, reverse=reverse != (key in _DESCENDING))
    return (*known, *(one for one in in_order if not value(one)))


def grouped(summaries: Iterable[Summary]) -> tuple[Group, ...]:
    """Gather the articles of each source file, in the order in which the files first appear."""
    by_path: dict[str, list[Summary]] = {}
    for one in summaries:
        by_path.setdefault(one.path, []).append(one)
    return tuple(Group(path, tuple(ones)) for path, ones in by_path.items())


def stacked(summaries: Iterable[Summary], families: Families) -> tuple[Summary | Stack, ...]:
    """Put near copies below the first of them; a stack stands where its first article does."""
    members = families.members
    by_head: dict[str, list[Summary]] = {}
    for one in summaries:
        by_head.setdefault(members[one.id][0] if one.id in members else one.id, []).append(one)
    return tuple(ones[0] if len(ones) == 1 else Stack(ones[0], tuple(ones[1:])) for ones in by_head.values())


def sections_of(summaries: Sequence[Summary], families: Families, *, by_file: bool) -> tuple[Section, ...]:
    """Lay a list out: near copies together, and on demand the articles of each file under its name.

    Articles of one file stay there; others that are near copies of each other stand together.
    """
    if not by_file:
        return (Section("", stacked(summaries, families)),)
    groups = grouped(summaries)
    alone = stacked((group.summaries[0] for group in groups if len(group.summaries) == 1), families)
    by_path = {(one.first if isinstance(one, Stack) else one).path: one for one in alone}
    sections: list[Section] = []
    for several, run in groupby(groups, key=lambda group: len(group.summaries) > 1):
        if several:
            sections += (Section(group.path, stacked(group.summaries, families)) for group in run)
        else:
            sections.append(Section("", tuple(by_path[one.path] for one in run if one.path in by_path)))
    return tuple(sections)


def status_of(article_id: str, progress: Mapping[str, Progress]) -> Status:
    """Tell how far the reader got with an article."""
    known = progress.get(article_id)
    return known.status if known else Status.NEW


TRAITS: dict[str, Callable[[str, Facts], bool]] = {
    "has:note": lambda one, facts: one in facts.made and facts.made[one].notes > 0,
    "has:highlight": lambda one, facts: one in facts.made and facts.made[one].highlights > 0,
    "has:copy": lambda one, facts: one in facts.copies,
    "has:tag": lambda one, facts: one in facts.made and bool(facts.made[one].tags),
    "is:starred": lambda one, facts: one in facts.starred,
    "is:unread": lambda one, facts: status_of(one, facts.progress) is Status.NEW,
    "is:reading": lambda one, facts: status_of(one, facts.progress) is Status.READING,
    "is:done": lambda one, facts: status_of(one, facts.progress) is Status.DONE,
}
"""What can be asked of an article beside its words and tags: does one of an id have it?"""

_DESCENDING = (SortKey.DATE, SortKey.RECENT)


def _sorter(key: SortKey, progress: Mapping[str, Progress]) -> Callable[[Summary], Any]:
    nothing = Progress()
    sorters: dict[SortKey, Callable[[Summary], Any]] = {
        SortKey.TITLE: lambda one: fold(one.title),
        SortKey.DATE: lambda one: one.date and ("with year" if one.date[:4].isdecimal() else "", one.date),
        SortKey.LENGTH: lambda one: one.words,
        SortKey.RECENT: lambda one: progress.get(one.id, nothing).opened,
    }
    return sorters[key]


def _bears(made: Made | None, tag: str) -> bool:
    return made is not None and any(is_within(one, tag) for one in made.tags)


def _has_words(summary: Summary, words: Sequence[str]) -> bool:
    fields = (summary.title, summary.source, summary.author, summary.section, summary.date, summary.path)
    text = fold(" ".join(fields))
    return all(word in text for word in words)
