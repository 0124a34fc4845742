"""One screen line of an article, as segments: margin, signs, words, and what is marked in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip, get_line_length
from textual.widget import Widget

from reader.layout import Ink, Page, Role
from reader.layout.cells import graphemes, is_narrow
from reader.markup import MarkKind
from reader.tui.chrome import rich_style

FOCUS_BAR = "▎"

_INKS = {
    Ink.TITLE: "bold $ink",
    Ink.HEADING: "bold $ink",
    Ink.NORMAL: "$ink",
    Ink.QUOTE: "$muted",
    Ink.CAPTION: "italic $muted",
    Ink.MUTED: "$muted",
    Ink.REASON: "italic $muted",
    Ink.HIDDEN: "$faint",
}
# Told by shape, so that colours stay for what the reader marks; a link by a colour too.
_WORDS = {
    MarkKind.EMPHASIS: "italic",
    MarkKind.STRONG: "bold",
    MarkKind.CODE: "$muted",
    MarkKind.LINK: "underline $accent",
}
_WORDS_ANSI = {**_WORDS, MarkKind.CODE: "dim", MarkKind.LINK: "underline"}
# Told by shape too, for eyes and terminals without colours: found words are underlined,
# the one that is reached is bold; with 16 colours, selected words are reversed, and so is
# the caret where nothing is selected.
_MARKS = {
    "hit": "underline on $found",
    "hit here": "bold underline on $found-here",
    "flash": "on $found",
    "selected": "on $screen-selection-background",
    "caret": "$background on $accent",
    "caret selecting": "$background on $accent",
}
_MARKS_ANSI = {
    "hit": "underline",
    "hit here": "bold reverse",
    "flash": "reverse",
    "selected": "reverse",
    "caret": "reverse",
    "caret selecting": "bold underline not reverse",
}


class Mark(NamedTuple):
    """A span of the text that is painted in another way."""

    start: int
    end: int
    style: Style
    above: Style | None = None
    """If it is a layer: its style where it lies above another layer, which it hides."""


@dataclass(frozen=True, slots=True)
class Palette:
    """What inks and marks look like in the theme of now."""

    base: Style
    """What all else is laid over."""
    inks: dict[Ink, Style]
    signs: Style
    focus: Style
    marks: dict[str, Style]
    words: dict[MarkKind, Style]
    """Of what the source itself sets apart."""


def palette_of(widget: Widget) -> Palette:
    """Read the palette from the theme of a widget's app."""
    is_ansi = widget.app.current_theme.ansi
    marks, words = (_MARKS_ANSI, _WORDS_ANSI) if is_ansi else (_MARKS, _WORDS)
    return Palette(
        base=widget.rich_style,
        inks={ink: rich_style(widget, style) for ink, style in _INKS.items()},
        signs=rich_style(widget, "$faint"),
        focus=rich_style(widget, "$accent"),
        marks={name: rich_style(widget, style) for name, style in marks.items()},
        words={kind: rich_style(widget, style) for kind, style in words.items()},
    )


def paint_margin(width: int, palette: Palette, sign: Sequence[Segment], *, focused: bool) -> list[Segment]:
    """Paint what stands left of a page: blanks, a sign, and a bar beside the focus.

    Args:
        width: Cells of the margin.
        palette: What it looks like.
        sign: Tells what begins on the line, a cell a segment. Without room for all, the last
            one stands, in place of the bar if need be.
        focused: Whether the line is one of the block with the focus.
    """
    bar = [Segment(FOCUS_BAR if focused else " ", palette.focus), Segment(" ")]
    if sign and width <= len(bar):
        bar[0], sign = sign[-1], ()
    pieces = [*sign, *bar]
    pieces = pieces[max(0, len(pieces) - width) :]
    return [Segment(" " * (width - len(pieces))), *pieces]


def fill(painted: list[Segment], width: int) -> int:
    """Put blanks behind what is painted, up to some cells. Returns how many cells it takes up then."""
    taken = get_line_length(painted)
    if taken < width:
        painted.append(Segment(" " * (width - taken)))
    return max(taken, width)


def strip_of(painted: list[Segment], width: int, base: Style) -> Strip:
    """Make a line of a width of what is painted, laid over a style.

    One strip: to make each of four out of the one before took a third of the time of a key.
    """
    taken = fill(painted, width)
    strip = Strip(Segment.apply_style(painted, base), taken)
    return strip.crop(0, width) if taken > width else strip


def paint_line(page: Page, line: int, palette: Palette, marks: Sequence[Mark]) -> list[Segment]:
    """Paint signs and words of a line of a page.

    Args:
        page: The page.
        line: Which of its lines.
        palette: What it looks like.
        marks: What is marked in its words; a later mark lies over an earlier one.
    """
    segments: list[Segment] = []
    if signs := page.signs_of(line):
        segments.append(Segment(signs, palette.signs))
    kind = page.ink_of(line)
    ink = palette.inks[kind]
    shown = (
        page.marks_of(line) if kind is not Ink.HIDDEN else ()
    )  # what is hidden does not call for attention
    told = [Mark(mark.start, mark.end, palette.words[mark.kind]) for mark in shown]
    if (told or marks) and page.role_of(line) is Role.WORDS:
        segments.extend(_marked(page, line, ink, [*told, *marks]))
    else:
        segments.append(Segment(page.words_of(line), ink))
    return segments


def _marked(page: Page, line: int, ink: Style, marks: Sequence[Mark]) -> Iterator[Segment]:
    start, end = page.lines.starts[line], page.lines.ends[line]
    borders = {offset for mark in marks for offset in mark[:2] if start < offset < end}
    cuts = [start, *sorted(_whole(page.text, start, end, borders)), end]
    for begin, stop in pairwise(cuts):
        over = [mark for mark in marks if mark.start <= begin < mark.end]
        yield Segment(page.words_between(line, begin, stop), _laid(ink, over))


def _laid(ink: Style, marks: Sequence[Mark]) -> Style:
    """Lay marks over each other, the last one on top; of layers, only the top one is seen."""
    layers = [mark for mark in marks if mark.above is not None]
    if layers:
        ink += (layers[-1].above if len(layers) > 1 else None) or layers[-1].style
    return sum((mark.style for mark in marks if mark.above is None), start=ink)


def _whole(text: str, start: int, end: int, borders: set[int]) -> set[int]:
    """Move borders inside a grapheme to where it ends."""
    line = text[start:end]
    if is_narrow(line):
        return borders
    stops = [start + stop for _, stop, _ in graphemes(line)]
    return {next((stop for stop in stops if stop >= border), end) for border in borders} - {end}
