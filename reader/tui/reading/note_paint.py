"""Highlights in the text, and the tags and notes beside it, as marks and segments.

Each colour is told by its ground, by the lines drawn below and above its words, and by its
letter in the margin: so it is also told without colours. What overlaps has a deeper
ground; where a highlight begins inside or right after another, its first letter is
reversed out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from reader.layout import Highlights, Page, Part, Piece, span_at, standing, top_last
from reader.layout.marginalia import NOTE_SIGN, RULE
from reader.layout.motions import Unit
from reader.model import Color, Placed
from reader.tui.chrome import rich_style
from reader.tui.reading.article_paint import Mark

BREAK = 1  # code points: the blank that a line breaks at, which nobody sees

# Lines below the words, and above: none, one or two; all said, so that what lies on top
# hides the lines of what lies below. Yellow has none where its ground is sure to be seen.
_LINES = {
    Color.YELLOW: (0, 0),
    Color.GREEN: (2, 0),
    Color.BLUE: (0, 1),
    Color.PINK: (1, 1),
    Color.ORANGE: (2, 1),
}
_LINES_ANSI = _LINES | {Color.YELLOW: (1, 0)}
_GROUNDS_ANSI = {
    Color.YELLOW: "black on yellow",
    Color.GREEN: "black on green",
    Color.BLUE: "bright_white on blue",
    Color.PINK: "bright_white on magenta",
    Color.ORANGE: "bright_white on red",
}


@dataclass(frozen=True, slots=True)
class Look:
    """What the highlights of one colour look like."""

    ground: Style
    above: Style
    """Where it lies above another highlight."""
    focused: Style
    seam: Style
    """Its first letter, inside or right after another."""
    sign: Style
    """Its letter in the margin."""


@dataclass(frozen=True, slots=True)
class NotePalette:
    """What annotations look like in the theme of now."""

    looks: dict[Color, Look]
    parts: dict[Part, Style]
    faint: dict[Part, Style]
    """Parts of annotations that are not in focus."""
    rule: Style


def note_palette_of(widget: Widget) -> NotePalette:
    """Read the palette from the theme of a widget's app."""
    is_ansi = widget.app.current_theme.ansi
    ink, muted = rich_style(widget, "$ink"), rich_style(widget, "$muted")
    tag = rich_style(widget, "bold $ink" if is_ansi else "$ink on $shade")
    return NotePalette(
        looks={color: _look_ansi(color) if is_ansi else _look(widget, color) for color in Color},
        parts={Part.TAG: tag, Part.WORDS: ink, Part.BLANK: Style.null()},
        faint={Part.TAG: tag + muted, Part.WORDS: muted, Part.BLANK: Style.null()},
        rule=rich_style(widget, "$rule"),
    )


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


def _look(widget: Widget, color: Color) -> Look:
    name = f"$highlight-{color.value}"
    lines = _lines(*_LINES[color])
    deep = rich_style(widget, f"$ink on {name}-deep")
    return Look(
        ground=rich_style(widget, f"$ink on {name}") + lines,
        above=deep + lines,
        focused=deep + lines + Style(bold=True),
        seam=rich_style(widget, f"bold $background on {name}-ink") + _lines(0, 0),
        sign=rich_style(widget, f"bold {name}-ink"),
    )


def _look_ansi(color: Color) -> Look:
    """The terminal's own colours, in pairs that are readable in nearly every palette."""
    ground = Style.parse(_GROUNDS_ANSI[color])
    lines = _lines(*_LINES_ANSI[color])
    return Look(
        ground=ground + lines,
        above=ground + lines + Style(italic=True),
        focused=ground + lines + Style(bold=True),
        seam=ground + _lines(0, 0) + Style(reverse=True, bold=True),
        sign=ground,
    )


def _lines(below: int, above: int) -> Style:
    return Style(underline=below == 1, underline2=below == 2, overline=above == 1)
