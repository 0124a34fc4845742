"""What the search says around its results: how they were read, what else to ask, what narrows them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from reader.inert import inert
from reader.search.parsing import Parsed
from reader.search.values import Kind, Results
from reader.searches import Saved
from reader.tui.search_narrowing import Chip
from reader.tui.search_rows import SIGNS, Heading, Offer, Row

LAST = 12  # searches of late that an empty query shows
_GAP = "   "
_KINDS = {"article": "articles", "note": "notes", "highlight": "highlights"}
_FACET_LINES = (("kind", "source"), ("tag", "year"))


def found(results: Results, milliseconds: float) -> Content:
    """Say how much was found, and how long it took."""
    return Content(f"{results.total:,} found · {milliseconds:.0f} ms")


def kinds(results: Results) -> Content:
    """Say how many there are of each kind, by their signs."""
    return Content("  ".join(f"{SIGNS[kind]}{results.counts.get(kind, 0):,}" for kind in Kind))


def said(parsed: Parsed, waiting: str, width: int) -> Content:
    """Say what in a query could not be meant, below the place; or how it was read; or what is missing."""
    if waiting:
        return Content.styled(f"  ! the newest changes may be missing: {inert(waiting)}", "$warning")
    meant = f"searched for {inert(str(parsed))}" if str(parsed) else ""
    if parsed.faults:
        fault = parsed.faults[0]
        words = " · ".join(filter(None, (f"▔ {inert(fault.what)}", meant)))
        return Content.styled(" " * _indent(fault.start + 3, len(words), width) + words, "$warning")
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


class Nothing(NamedTuple):
    """A query that found nothing, and what may be asked in its place."""

    query: str
    suggestion: str
    relaxed: Sequence[tuple[str, str, int]]
    """In words, the query, and how much it finds."""

    def rows(self) -> Iterator[Row]:
        """Yield what may be asked instead."""
        yield Heading(f"Nothing answers to “{inert(self.query)}”.")
        yield None
        if not self.suggestion and not self.relaxed:
            yield Heading("Fewer words find more; word~ finds a word that is misspelt.")
        if self.suggestion:
            yield Offer(f"Did you mean  {self.suggestion}", self.suggestion, "", "1")
        for number, (words, query, total) in enumerate(self.relaxed, 2 if self.suggestion else 1):
            yield Offer(words, query, f"{total:,} found", f"{number}")


class FacetLines(Widget):
    """What a search can be narrowed to, each with its digit; a click takes it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FacetLines {
        height: auto; padding: 0 1; color: $muted; display: none;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.auto_links = False  # links would lose their own ink, and with it which of them is taken
        self._lines: tuple[Content, ...] = ()

    def show(self, chips: Sequence[Chip], lines: int, width: int) -> None:
        """Show chips on so many lines at most."""
        numbered = list(enumerate(chips, 1))
        drawn = []
        for facets in _FACET_LINES[:lines]:
            parts = [_facet(name, [one for one in numbered if one[1].facet == name]) for name in facets]
            line = Content(_GAP * 2).join(part for part in parts if part)
            if line:
                drawn.append(line.truncate(max(width - 2, 1), ellipsis=True))
        before, self._lines = self._lines, tuple(drawn)
        self.display = bool(drawn)
        self.refresh(layout=len(before) != len(drawn))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self._lines)


def _facet(name: str, numbered: Sequence[tuple[int, Chip]]) -> Content:
    if not numbered:
        return Content()
    return Content.assemble((f"{name} ", "$muted"), Content("  ").join(_chip(*one) for one in numbered))


def _chip(number: int, chip: Chip) -> Content:
    value = _KINDS.get(chip.value, inert(chip.value))
    ink = "bold $accent" if chip.taken else "$ink"
    sign = "×" if chip.taken else f"{chip.total:,}"
    words = Content.assemble((f"{number}", "bold $muted"), (f" {value} ", ink), sign)
    return words.stylize(Style.from_meta({"@click": f"screen.narrow_by({number})"}))
