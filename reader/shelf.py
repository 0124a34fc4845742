"""What a list shows, and in which order: filter, sort and group articles. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from reader.folding import fold
from reader.model import Progress, Status, Summary


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


def matching(summaries: Iterable[Summary], query: str) -> tuple[Summary, ...]:
    """Keep the articles that hold every word of a query in title, source, author, section, date or path."""
    words = fold(query).split()
    if not words:
        return tuple(summaries)
    return tuple(one for one in summaries if _holds(one, words))


def answering(summaries: Sequence[Summary], name: str) -> tuple[Summary, ...]:
    """Find the articles that a person may mean by a name.

    Args:
        summaries: All articles, in the order in which they are numbered.
        name: A number from 1, an id, a title, the beginning of either, or words of the title.

    Returns:
        Those that fit the first of these ways that any fits.
    """
    if name.isdecimal() and 1 <= int(name) <= len(summaries):
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


def status_of(article_id: str, progress: Mapping[str, Progress]) -> Status:
    """Tell how far the reader got with an article."""
    known = progress.get(article_id)
    return known.status if known else Status.NEW


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


def _holds(summary: Summary, words: list[str]) -> bool:
    fields = (summary.title, summary.source, summary.author, summary.section, summary.date, summary.path)
    text = fold(" ".join(fields))
    return all(word in text for word in words)
