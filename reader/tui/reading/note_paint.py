"""Highlights in the text, and the tags and notes beside it, as marks and segments.

What overlaps has a deeper ground; where a highlight begins inside or right after another,
its first letter is reversed out.
"""

from collections.abc import Iterator, Sequence

from rich.segment import Segment

from reader.layout import Highlights, Page, Part, Piece, span_at, standing, top_last
from reader.layout.marginalia import NOTE_SIGN, RULE
from reader.layout.motions import Unit
from reader.passages import Placed
from reader.tui.note_palette import NotePalette
from reader.tui.reading.article_paint import Mark

BREAK = 1  # code points: the blank that a line breaks at, which nobody sees


def highlight_marks(
    page: Page, span: tuple[int, int], highlights: Highlights, focused: Placed | None, palette: NotePalette
) -> Iterator[Mark]:
    """Yield the marks of the highlights that touch a span of the text, those on top last: the focused one."""
    start, end = span
    touching = top_last(highlights.between(max(0, start - 1 - BREAK), end))
    touching.sort(key=lambda one: one == focused)
    for one in touching:
        look = palette.looks[one.annotation.color]
        yield Mark(
            one.start, one.end, *((look.focused,) * 2 if one == focused else (look.ground, look.above))
        )
    for one in touching:
        gap = BREAK if one.start == start else 0
        if one.start >= start and any(other.start < one.start <= other.end + gap for other in touching):
            first = span_at(page, standing(page, one.start), Unit.CHARACTER)
            yield Mark(*first, palette.looks[one.annotation.color].seam)


def gutter_signs(begun: Sequence[Placed], palette: NotePalette) -> list[Segment]:
    """Paint the letter of what begins on a line, and a pencil if it is a note; the first of several."""
    if not begun:
        return []
    noted = next((one for one in begun if one.annotation.body), None)
    one = noted or begun[0]
    style = palette.looks[one.annotation.color].sign
    letter = Segment(one.annotation.color.letter, style)
    return [letter, Segment(NOTE_SIGN, style)] if noted else [letter]


def paint_beside(pieces: Sequence[Piece], focused: Placed | None, palette: NotePalette) -> list[Segment]:
    """Paint a line of the column beside the text, behind its rule."""
    return [Segment(RULE, palette.rule), *(_piece(piece, focused, palette) for piece in pieces)]


def _piece(piece: Piece, focused: Placed | None, palette: NotePalette) -> Segment:
    if piece.part is Part.SIGN:
        look = palette.looks[piece.placed.annotation.color]
        return Segment(piece.text, look.seam if piece.placed == focused else look.sign)
    styles = palette.parts if piece.placed == focused else palette.faint
    return Segment(piece.text, styles[piece.part])
