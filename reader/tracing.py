"""Which article of today's library a user's file is about, when its article id is gone.

An id changes with title and text: a source that was moved keeps the ids of its articles,
one that was edited, or is split another way, does not. What a file remembers then
leads back, from the strongest trace to the weakest, and never beyond a single answer:
notes laid to the wrong article are worse than notes that wait.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from reader.folding import fold
from reader.model import Summary

TELLING = 12  # code points: a shorter quote stands in many an article
SUFFICIENT = 20  # code points: one such quote is enough, or two that are telling

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Trail(Generic[Key]):
    """What a file of the user tells of the article it is about."""

    key: Key
    """What the caller knows the file by."""
    article_id: str
    title: str
    path: str
    """Where the article's source stood."""
    quotes: tuple[str, ...] = ()
    """The words of its annotations."""


class _Name(NamedTuple):
    """What an article of today, and a file about one of yesterday, can be compared by."""

    id: str
    title: str
    path: str


def trace(
    trails: Sequence[Trail[Key]],
    summaries: Sequence[Summary],
    stands: Callable[[Trail[Key], str], bool],
) -> dict[Key, str]:
    """Find the article of each file.

    By its id; then by path and title. Then, if no other file leads there: by path and
    slug; by path, where the source holds one article alone; by title, where the source is gone.
    A path alone, or a title alone, may be that of another article by now: words have to stand there.
    Takes 50 ms for 10,000 files and as many articles, none of them found by its id.

    Args:
        trails: What the files tell; several may be about one article.
        summaries: The library of today.
        stands: Tells whether a quote of a file stands in an article; is asked for weak traces alone.

    Returns:
        Ids of articles by key. What leads nowhere, or to several articles, is left out.
    """
    today = {one.id: _Name(one.id, one.title, one.path) for one in summaries}
    files = {one.article_id: _Name(one.article_id, one.title, one.path) for one in trails}
    by_old = {one.article_id: one for one in trails}
    homes = {one: one for one in files if one in today}
    homes |= _followed(files, homes, today, _path_and_title)
    paths = {one.path for one in today.values()}
    homeless = {old: one for old, one in files.items() if one.title and one.path not in paths}
    for names, trace_of in ((files, _path_and_slug), (files, _path), (homeless, _title)):
        found = _followed(names, homes, today, trace_of)
        claims = Counter([*homes.values(), *found.values()])
        found = {old: new for old, new in found.items() if claims[new] == 1}
        if trace_of is not _path_and_slug:
            silent = trace_of is _title  # a title is trusted where there are no words to look for
            found = {
                old: new
                for old, new in found.items()
                if stands(by_old[old], new) or (silent and not by_old[old].quotes)
            }
        homes |= found
    return {one.key: homes[one.article_id] for one in trails if one.article_id in homes}


def stands_in(trail: Trail[Key], text: str) -> bool:
    """Tell whether any telling quote of a file stands in a text."""
    return any(len(quote) >= TELLING and quote in text for quote in trail.quotes)


def trace_by_quotes(trail: Trail[Key], articles: Iterable[tuple[str, str]]) -> str | None:
    """Find the article that holds most of a file's quotes.

    Args:
        trail: What the file tells.
        articles: Id and canonical text of each article that may be it; read once, one by one.

    Returns:
        The one article with the most quotes, if it has half of them and enough of their words;
        of two with as many the one whose slug is the file's. None if there is no such article.
    """
    quotes = {quote for quote in trail.quotes if len(quote) >= TELLING}
    slug = _slug(trail.article_id)
    best, winners = (0, False), list[str]()
    for article_id, text in articles:
        held = [quote for quote in quotes if quote in text]
        if 2 * len(held) < len(quotes) or not _is_enough(held):
            continue
        rank = len(held), bool(slug) and _slug(article_id) == slug
        if rank > best:
            best, winners = rank, []
        if rank == best:
            winners.append(article_id)
    return winners[0] if len(winners) == 1 else None


def _is_enough(held: Sequence[str]) -> bool:
    return len(held) > 1 or any(len(quote) >= SUFFICIENT for quote in held)


def _followed(
    files: Mapping[str, _Name],
    homes: Mapping[str, str],
    today: Mapping[str, _Name],
    trace_of: Callable[[_Name], Hashable],
) -> dict[str, str]:
    """Return what a trace leads the files to that have no home yet: the only article that has it too."""
    homeless = {old: name for old, name in files.items() if old not in homes}
    only: dict[Hashable, str] = {}
    for name in today.values() if homeless else ():
        trace = trace_of(name)
        only[trace] = "" if trace in only else name.id
    found = {old: only.get(trace_of(name), "") for old, name in homeless.items()}
    return {old: new for old, new in found.items() if new}


def _path_and_title(name: _Name) -> Hashable:
    return name.path, fold(name.title)


def _path_and_slug(name: _Name) -> Hashable:
    return name.path, _slug(name.id)


def _path(name: _Name) -> Hashable:
    return name.path


def _title(name: _Name) -> Hashable:
    return fold(name.title)


def _slug(article_id: str) -> str:
    """Return what an id says of the title; the rest is a digest."""
    return article_id.rpartition("-")[0]
