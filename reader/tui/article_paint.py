"""One screen line of an article, as segments: margin, signs, words, and what is marked in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from reader.layout import Ink, Page, Role
from reader.layout.cells import drawn, graphemes, is_narrow
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
# Told by shape too, for eyes and terminals without colours: found words are underlined,
# the one that is reached is bold, selected words are reversed where there are 16 colours.
_MARKS = {
    "hit": "underline on $found",
    "hit here": "bold underline on $found-here",
    "flash": "on $found",
    "selected": "on $screen-selection-background",
}
_MARKS_ANSI = {
    "hit": "underline",
    "hit here": "bold reverse",
    "flash": "reverse",
    "selected": "reverse",
}


class Mark(NamedTuple):
    """A span of the text that is painted in another way."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Palette:
    """What inks and marks look like in the theme of now."""

    inks: dict[Ink, Style]
    signs: Style
    focus: Style
    marks: dict[str, Style]


def palette_of(widget: Widget) -> Palette:
    """Read the palette from the theme of a widget's app."""
    marks = _MARKS_ANSI if widget.app.current_theme.ansi else _MARKS
    return Palette(
        inks={ink: rich_style(widget, style) for ink, style in _INKS.items()},
        signs=rich_style(widget, "$faint"),
        focus=rich_style(widget, "$accent"),
        marks={name: rich_style(widget, style) for name, style in marks.items()},
    )


def margin_of(width: int, *, focused: bool) -> tuple[str, str]:
    """Return what stands left of a page, so many cells wide: blanks, and a bar beside the focus."""
    bar = f"{FOCUS_BAR} " if focused else "  "
    return " " * (width - len(bar)), bar[max(0, len(bar) - width) :]


def paint_line(
    page: Page, line: int, palette: Palette, marks: Sequence[Mark], margin: tuple[str, str]
) -> Strip:
    """Paint a line of a page.

    Args:
        page: The page.
        line: Which of its lines.
        palette: What it looks like.
        marks: What is marked in its words; a later mark lies over an earlier one.
        margin: What stands left of the page: blanks, and the bar of the block with the focus.
    """
    blanks, bar = margin
    segments = [Segment(blanks), Segment(bar, palette.focus)]
    if signs := page.signs_of(line):
        segments.append(Segment(signs, palette.signs))
    ink = palette.inks[page.ink_of(line)]
    if marks and page.role_of(line) is Role.WORDS:
        segments.extend(_marked(page, line, ink, marks))
    else:
        segments.append(Segment(page.words_of(line), ink))
    return Strip(segments)


def _marked(page: Page, line: int, ink: Style, marks: Sequence[Mark]) -> Iterator[Segment]:
    start, end = page.lines.starts[line], page.lines.ends[line]
    borders = {offset for mark in marks for offset in mark[:2] if start < offset < end}
    cuts = [start, *sorted(_whole(page.text, start, end, borders)), end]
    for begin, stop in pairwise(cuts):
        over = (mark.style for mark in marks if mark.start <= begin < mark.end)
        yield Segment(drawn(page.text[begin:stop]), sum(over, start=ink))


def _whole(text: str, start: int, end: int, borders: set[int]) -> set[int]:
    """Move borders inside a grapheme to where it ends."""
    line = text[start:end]
    if is_narrow(line):
        return borders
    stops = [start + stop for _, stop, _ in graphemes(line)]
    return {next((stop for stop in stops if stop >= border), end) for border in borders} - {end}
