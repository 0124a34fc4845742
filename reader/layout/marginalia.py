"""What stands beside the text: the reader's tags and notes, each next to its passage.

On a wide screen they fill a column. Each begins beside the first line of its passage, or
below what stands there already, and goes on as far as the next one leaves room; the one
in focus is shown in full and pushes the others down. Where each begins follows from the
passages alone, so only notes that are seen are ever wrapped. On a narrow screen a letter
in the gutter tells that a highlight begins.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from reader.inert import inert, inert_lines
from reader.layout.cells import cells_of, drawn, shortened
from reader.layout.page import Page, Role
from reader.layout.wrapping import Wrapper
from reader.passages import Placed

MIN_COLUMN = 24  # cells; narrower, a note is a staircase
MAX_COLUMN = 36
RULE = "  │ "  # between the text and the column
INDENT = 3  # cells before tags and notes: the letter of the colour, and two blanks
NOTE_SIGN = "✎"
NO_BREAK = "\xa0"  # in place of the blanks of a tag, so that it stays in one piece
MAX_LINES = 6  # of a note that is not in focus
_REMEMBERED = 256  # wrapped notes; more than any screen shows


class Part(StrEnum):
    """What a piece of a line beside the text is."""

    SIGN = "sign"
    """The letter of a colour, or what tells of a note."""
    TAG = "tag"
    WORDS = "words"
    BLANK = "blank"


class Piece(NamedTuple):
    """Some cells of a line beside the text."""

    text: str
    part: Part
    placed: Placed
    """The annotation it tells of."""


Beside = tuple[Piece, ...]
"""One line beside the text; empty where there is nothing."""


def note_lines(placed: Placed, width: int) -> tuple[str, ...]:
    """Return tags and note of an annotation as lines of a width, in cells; none for a bare highlight."""
    return _tag_lines(placed, width) + _wrapped(inert_lines(placed.annotation.body.rstrip()), width)


def has_words(placed: Placed) -> bool:
    """Tell whether an annotation says more than its colour."""
    return bool(placed.annotation.tags or placed.annotation.body)


class Marginalia:
    """Which annotations begin on which lines of a page.

    Args:
        page: The page.
        placed: Annotations in the order of the text.
        lines: The first line of some spans on this page, where they are known.
    """

    def __init__(
        self, page: Page, placed: tuple[Placed, ...], lines: dict[tuple[int, int], int | None] | None = None
    ) -> None:
        self._page, self._placed = page, placed
        self._lines = {} if lines is None else lines
        shown = ((self._line_of(one), one) for one in placed)
        self._begun = [(line, one) for line, one in shown if line is not None]

    def now(self, page: Page, placed: tuple[Placed, ...]) -> "Marginalia":
        """Return what begins where by now: itself, if nothing changed; a change of one looks for one line."""
        if page is not self._page:
            return Marginalia(page, placed)
        return self if placed is self._placed else Marginalia(page, placed, self._lines)

    def _line_of(self, placed: Placed) -> int | None:
        span = placed.start, placed.end
        if span not in self._lines:
            self._lines[span] = first_line(self._page, placed)
        return self._lines[span]

    def beginning_at(self, line: int) -> list[Placed]:
        """Return the annotations that begin on a line."""
        first = bisect_left(self._begun, line, key=_line)
        return [one for _, one in self._begun[first : bisect_right(self._begun, line, key=_line)]]

    def items(self) -> Iterator[tuple[int, tuple[Placed, ...]]]:
        """Yield what stands together beside a line: all its bare highlights, then each with words."""
        for line, begun in groupby(self._begun, key=_line):
            here = [one for _, one in begun]
            worded = list(filter(has_words, here))
            if len(worded) < len(here):
                yield line, tuple(one for one in here if not has_words(one))
            yield from ((line, (one,)) for one in worded)


class Column:
    """The column beside the text of a wide screen.

    Args:
        marginalia: What begins where.
        width: Cells of the column.
    """

    def __init__(self, marginalia: Marginalia, width: int) -> None:
        items = list(marginalia.items())
        self._items = [placed for _, placed in items]
        self._tops = list(_pushed_down(line for line, _ in items))
        self._numbers = {one.annotation.id: number for number, (_, item) in enumerate(items) for one in item}
        self._width = width
        self._focus = len(items)
        self._floor = 0
        """The first line below the item in focus."""
        self._rows = lru_cache(_REMEMBERED)(self._rows_of)

    def focus(self, focused: Placed | None) -> None:
        """Show another annotation in full."""
        nowhere = len(self._items)
        self._focus = self._numbers.get(focused.annotation.id, nowhere) if focused else nowhere
        if self._focus < len(self._items):
            self._floor = self._tops[self._focus] + len(self._rows(self._focus))

    def line_at(self, line: int) -> Beside:
        """Return what stands beside a line of the page."""
        number = bisect_right(range(len(self._items)), line, key=self._top) - 1
        if number < 0:
            return ()
        row = line - self._top(number)
        room = self._room(number)
        rows = self._rows(number)
        if row >= min(room, len(rows)):
            return ()
        is_cut = row == room - 1 < len(rows) - 1
        return _cut(rows[row], self._width) if is_cut else rows[row]

    def _top(self, number: int) -> int:
        below = number - self._focus - 1
        return max(self._tops[number], self._floor + below) if below >= 0 else self._tops[number]

    def _room(self, number: int) -> int:
        """Lines that an item has before the next one."""
        if number == self._focus:
            return len(self._rows(number))
        below = self._top(number + 1) - self._top(number) if number + 1 < len(self._items) else MAX_LINES
        return min(below, MAX_LINES)

    def _rows_of(self, number: int) -> tuple[Beside, ...]:
        item = self._items[number]
        placed = item[0]
        if not has_words(placed):
            return (tuple(piece for one in item[: self._width // 2] for piece in _sign(one)),)
        rest = self._width - INDENT
        tags = tuple(_chips(line, placed) for line in _tag_lines(placed, rest))
        words = tuple((Piece(line, Part.WORDS, placed),) for line in note_lines(placed, rest)[len(tags) :])
        first, *others = tags + words
        sign, blank = _sign(placed)
        indent = Piece(" " * INDENT, Part.BLANK, placed)
        return ((sign, blank, blank, *first), *((indent, *row) for row in others))


def first_line(page: Page, placed: Placed) -> int | None:
    """Return the first line of the page that shows words of a passage; None if all are folded away."""
    line = page.line_of(placed.start)
    if placed.start <= page.lines.ends[line] and page.role_of(line) is Role.WORDS:
        return line
    for below in range(line + 1, page.line_count):
        if page.lines.starts[below] >= placed.end:
            return None
        if page.role_of(below) is Role.WORDS:
            return below
    return None


def _pushed_down(lines: Iterable[int]) -> Iterator[int]:
    """Yield where items begin that are wanted at some lines: each has one line to itself at least."""
    free = 0
    for line in lines:
        yield max(line, free)
        free = max(line, free) + 1


def _sign(placed: Placed) -> tuple[Piece, Piece]:
    return Piece(placed.annotation.color.letter, Part.SIGN, placed), Piece(" ", Part.BLANK, placed)


def _chips(line: str, placed: Placed) -> Beside:
    chips = [(Piece(tag, Part.TAG, placed), Piece(" ", Part.BLANK, placed)) for tag in line.split(" ")]
    return tuple(piece for chip in chips for piece in chip)[:-1]


def _cut(row: Beside, width: int) -> Beside:
    """End a line with the sign that more follows."""
    *before, last = row
    room = width - sum(cells_of(piece.text) for piece in before)
    return (*before, last._replace(text=shortened(f"{last.text} …", room)))


def _tag_lines(placed: Placed, width: int) -> tuple[str, ...]:
    return _wrapped(
        " ".join(f"#{inert(tag).replace(' ', NO_BREAK)}" for tag in placed.annotation.tags), width
    )


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    if not text:
        return ()
    wrapper = Wrapper(text)
    wrapper.wrap(0, len(text), width)
    return tuple(drawn(text[start:end]) for start, end in zip(*wrapper.lines, strict=True))


def _line(begun: tuple[int, Placed]) -> int:
    return begun[0]
