"""What highlights and their notes look like: for each colour, and each part of what is said of it.

Each colour is told by its ground, by the lines drawn below and above its words, and by its
letter in the margin: so it is also told without colours.
"""

from dataclasses import dataclass

from rich.style import Style
from textual.widget import Widget

from reader.layout import Part
from reader.passages import Color
from reader.tui.chrome import rich_style

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
