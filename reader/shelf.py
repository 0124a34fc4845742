"""In which order a list shows articles, what stands together in it, and which of them a name means. Pure."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from reader.families import Families
from reader.folding import fold
from reader.model import Progress, Summary

MAX_CANDIDATES = 8  # articles that the message on an ambiguous name lists
_ID, _PATH, _PLACE = attrgetter("id"), attrgetter("path"), attrgetter("path", "lines")
_DIGITS = 9  # of the number of an article; Python reads no text of thousands as a number


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
    in_order = sorted(summaries, key=_PLACE)
    if key is SortKey.PATH:
        return tuple(reversed(in_order)) if reverse else tuple(in_order)
    value = _sorter(key, progress)
    known = sorted(filter(value, in_order), key=value, reverse=reverse != (key in _DESCENDING))
    return (*known, *(one for one in in_order if not value(one)))


def grouped(summaries: Iterable[Summary]) -> tuple[Group, ...]:
    """Gather the articles of each source file, in the order in which the files first appear."""
    by_path: defaultdict[str, list[Summary]] = defaultdict(list)
    for one in summaries:
        by_path[one.path].append(one)
    return tuple(Group(path, tuple(ones)) for path, ones in by_path.items())


def stacked(summaries: Sequence[Summary], families: Families) -> tuple[Summary | Stack, ...]:
    """Put near copies below the first of them; a stack stands where its first article does."""
    members = families.members
    if members.keys().isdisjoint(map(_ID, summaries)):  # told in a twentieth of the time, with each letter
        counted = Counter(map(_ID, summaries))
        if len(counted) == len(summaries):
            return tuple(summaries)
    by_head: defaultdict[str, list[Summary]] = defaultdict(list)
    for one in summaries:
        by_head[members[one.id][0] if one.id in members else one.id].append(one)
    return tuple(ones[0] if len(ones) == 1 else Stack(ones[0], tuple(ones[1:])) for ones in by_head.values())


def sections_of(summaries: Sequence[Summary], families: Families, *, by_file: bool) -> tuple[Section, ...]:
    """Lay a list out: near copies together, and on demand the articles of each file under its name.

    Articles of one file stay there; others that are near copies of each other stand together.
    """
    held = Counter(map(_PATH, summaries))
    if not by_file or len(held) == len(summaries):
        return (Section("", stacked(summaries, families)),)
    groups = {one.path: one.summaries for one in grouped(one for one in summaries if held[one.path] > 1)}
    alone = stacked([one for one in summaries if one.path not in groups], families)
    by_path = {(one.first if isinstance(one, Stack) else one).path: one for one in alone}
    sections: list[Section] = []
    for several, run in groupby(held, key=groups.__contains__):  # the files, as they first appear
        if several:
            sections += (Section(path, stacked(groups[path], families)) for path in run)
        else:
            sections.append(Section("", tuple(by_path[path] for path in run if path in by_path)))
    return tuple(sections)


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
