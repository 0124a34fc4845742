"""The lines of two texts beside each other, or one under the other where the screen is narrow. Pure."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from reader.differing import Common, Difference, Part, Sentence, common_in_words
from reader.inert import inert
from reader.layout.wrapping import MIN_WIDTH, Wrapper
from reader.model import Span

SCROLL_BAR = 1  # cells
WIDE = 100 - SCROLL_BAR  # cells from which on both texts stand beside each other
MEASURE = 72  # cells of a line of one text, at most
MARGIN = 4  # cells left of the words: the bar of the cursor, a blank, the sign, a blank
GAP = 3  # cells between two texts
FIRST, SECOND = "-", "+"  # the signs of what only one text has, as any diff has them


class Piece(NamedTuple):
    """A line of one text."""

    words: str = ""
    marks: tuple[Span, ...] = ()
    """Which of the words changed."""
    sign: str = ""
    """Whose they are, on the first line of a sentence."""
    is_edit: bool = False
    """Whether both texts have the sentence, in other words; then what is not marked is the same."""


class Line(NamedTuple):
    """A line of the screen."""

    number: int = -1
    """Of the difference it belongs to, from 0; -1 of lines between them."""
    first: Piece = Piece()
    second: Piece = Piece()
    """Right of the first; empty where they stand one under the other."""
    between: str = ""
    """What stands between two differences, in words."""


class Widths(NamedTuple):
    """How the screen is shared out, in cells."""

    text: int
    beside: bool
    """Whether there is room for two texts."""


def widths(width: int) -> Widths:
    """Share out a width."""
    beside = width >= WIDE
    room = (width - GAP - 2 * MARGIN) // 2 if beside else width - MARGIN - 1
    return Widths(max(MIN_WIDTH, min(MEASURE, room)), beside)


def lines_of(parts: Sequence[Part], width: int) -> tuple[Line, ...]:
    """Set what was compared for a width."""
    shared, number, lines = widths(width), -1, list[Line]()
    for part in parts:
        if lines:
            lines.append(Line())
        if isinstance(part, Common):
            lines.append(Line(between=f"… {common_in_words(part)} …"))
            continue
        number += 1
        lines += _lines(part, number, shared)
    return tuple(lines)


def _lines(part: Difference, number: int, shared: Widths) -> Iterator[Line]:
    is_edit = bool(part.before and part.after)
    first = _pieces(part.before, part.changed, FIRST, shared.text, is_edit=is_edit)
    second = _pieces(part.after, part.changed_after, SECOND, shared.text, is_edit=is_edit)
    if shared.beside:
        pairs = zip_longest(first, second, fillvalue=Piece())
        return (Line(number, *pair) for pair in pairs)
    return (Line(number, piece) for piece in (*first, *second))


def _pieces(
    sentence: Sentence | None, marks: Sequence[Span], sign: str, width: int, *, is_edit: bool
) -> list[Piece]:
    """Wrap a sentence, each line with its share of the marks."""
    if sentence is None:
        return []
    text = inert(sentence.text)
    wrapper = Wrapper(text)
    wrapper.wrap(0, len(text), width)
    pieces: list[Piece] = []
    for start, end in zip(*wrapper.lines, strict=True):
        inside = ((max(start, one) - start, min(end, other) - start) for one, other in marks)
        shown = tuple(span for span in inside if span[0] < span[1])
        pieces.append(Piece(text[start:end], shown, "" if pieces else sign, is_edit))
    return pieces
