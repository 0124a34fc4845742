"""Rows of a table: their cells below each other where the page has room, else a cell a line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from reader.layout.cells import cells_of
from reader.model import Span

BAR = "│"  # drawn for the bar between two cells

_BAR = re.compile(r"(?<!\S)\|(?!\S)")
_GAP = 3  # cells between two columns: a blank, the bar, a blank


class Insert(NamedTuple):
    """What a line shows that is not in the text."""

    at: int
    """The offset that it stands before."""
    text: str


def cells_in(text: str, start: int, end: int) -> list[Span]:
    """Return where the cells of a row stand, each from behind its bar, without the blanks around."""
    bars = [found.span() for found in _BAR.finditer(text, start, end)]
    begins = [start, *(stop for _, stop in bars)]
    ends = [*(begin for begin, _ in bars), end]
    return [_trimmed(text, begin, stop) for begin, stop in zip(begins, ends, strict=True)]


def columns_of(text: str, rows: Iterable[Span], width: int) -> tuple[int, ...]:
    """Return how wide each column of a table is, in cells; nothing if it is too wide for the page."""
    widths: tuple[int, ...] = ()
    for row in rows:
        sizes = (cells_of(text[start:end]) for start, end in cells_in(text, *row))
        widths = tuple(max(pair) for pair in zip_longest(widths, sizes, fillvalue=0))
        if sum(widths) + _GAP * (len(widths) - 1) > width:
            return ()
    return widths


def filled(text: str, row: Span, widths: Sequence[int]) -> tuple[Insert, ...]:
    """Return the blanks that bring the cells of a row below those of the rows above."""
    inserts: list[Insert] = []
    for (start, end), width in zip(cells_in(text, *row)[:-1], widths, strict=False):
        is_empty = start == end  # and has no blank of its own before the next bar
        if count := width - cells_of(text[start:end]) + is_empty:
            inserts.append(Insert(end, " " * count))
    return tuple(inserts)


def parts_of(text: str, row: Span) -> Iterator[Span]:
    """Yield what stands on lines of its own where a table is too wide: each cell with the bar before it."""
    start, end = row
    bars = [found.start() for found in _BAR.finditer(text, start, end)]
    for begin, stop in zip((start, *bars), (*bars, end), strict=True):
        if text[begin:stop].strip(" "):
            yield begin, begin + len(text[begin:stop].rstrip(" "))


def with_bars(text: str) -> str:
    """Draw the bars of a line of a table; as many code points as before."""
    return _BAR.sub(BAR, text)


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip(" "))
    return start, start + len(words.strip(" "))
