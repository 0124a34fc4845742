"""What the search says around its results: how they were read, and what else to ask. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content

from reader.inert import inert
from reader.layout.cells import shortened
from reader.search.parsing import Parsed
from reader.search.values import Kind, Results
from reader.searches import Saved
from reader.tui.search.rows import SIGNS, Heading, Offer, Row

_LONGEST = 40  # cells of a query that is said again; all of it stands above
LAST = 12  # searches of late that an empty query shows


def found(results: Results, milliseconds: float) -> Content:
    """Say how much was found, and how long it took."""
    return Content(f"{results.total:,} found · {milliseconds:.0f} ms")


def kinds(results: Results) -> Content:
    """Say how many there are of each kind, by their signs."""
    return Content("  ".join(f"{SIGNS[kind]}{results.counts.get(kind, 0):,}" for kind in Kind))


def said(parsed: Parsed, waiting: str, shortfall: str, width: int) -> Content:
    """Say what in a query could not be meant, below the place; or how it was read; or what is missing."""
    if waiting:
        return Content.styled(f"  ! the newest changes may be missing: {inert(waiting)}", "$warning")
    meant = f"searched for {inert(str(parsed))}" if str(parsed) else ""
    if parsed.faults:
        fault = parsed.faults[0]
        words = " · ".join(filter(None, (f"▔ {inert(fault.what)}", meant)))
        return Content.styled(" " * _indent(fault.start + 3, len(words), width) + words, "$warning")
    if shortfall:
        return Content.styled(f"  ! {shortfall}", "$warning")
    return Content.styled(f"  read as {inert(str(parsed))}", "$muted") if parsed.is_mixed else Content()


def _indent(wanted: int, length: int, width: int) -> int:
    """Return how far words can be indented so that they are seen."""
    return max(2, min(wanted, width - length - 3))


def beginning(saved: Sequence[Saved], last: Iterable[str], key: str) -> Iterator[Row]:
    """Yield what there is to take while nothing is asked for.

    Args:
        saved: The searches with a name.
        last: The queries of late.
        key: The key that saves a search.
    """
    if saved:
        yield Heading("Shelves")
        yield from (Offer(one.name, one.query, one.query, "≡", one.name) for one in saved)
        yield None
    last = tuple(last)
    if last:
        yield Heading("Asked before")
        yield from (Offer(query, query) for query in last)
        yield None
    if not saved and not last:
        yield Heading("Articles, highlights and notes, all at once: what is typed is found.")
        yield None
        yield Heading("word*  word~   begins so, may be misspelt")
        yield Heading("tag:x  title:x  source:x  is:unread  has:note  date:2025")
        yield None
        yield Heading(f"After Enter, {key} keeps a search as a shelf of the library.")


def nothing_yet(*, is_comparing: bool) -> Iterator[Row]:
    """Yield why nothing can be found: nothing is there, or none of it is indexed."""
    if is_comparing:
        yield Heading("Nothing is indexed yet. What is found shows here as soon as it is.")
    else:
        yield Heading("No article is here yet. The library adds files, folders and pages.")


class Nothing(NamedTuple):
    """A query that found nothing, and what may be asked in its place."""

    query: str
    suggestion: str
    relaxed: Sequence[tuple[str, str, int]]
    """In words, the query, and how much it finds."""

    def rows(self) -> Iterator[Row]:
        """Yield what may be asked instead."""
        yield Heading(f"Nothing answers to “{shortened(inert(self.query), _LONGEST)}”.")
        yield None
        if not self.suggestion and not self.relaxed:
            yield Heading("Fewer words find more; word~ finds a word that is misspelt.")
        if self.suggestion:
            yield Offer(f"Did you mean  {self.suggestion}", self.suggestion, "", "1")
        for number, (words, query, total) in enumerate(self.relaxed, 2 if self.suggestion else 1):
            yield Offer(words, query, f"{total:,} found", f"{number}")
