"""The last filter before the terminal: no segment of any widget carries an active character.

Text is made inert at its source (`reader.inert`); this catches what a widget, a
library or a later change lets through. It keeps the width of each segment.
"""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reader.inert import inert, is_inert

_SAFE_LINKS = ("https://", "http://", "mailto:")


class InertFilter(LineFilter):
    """Replace control and directional characters, and drop links that are not for the web."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the base class has it
        """Return the segments, each with text and link that a terminal will not act on."""
        if all(map(_is_safe, segments)):
            return segments
        return [segment if _is_safe(segment) else _made_safe(segment) for segment in segments]


def _is_safe(segment: Segment) -> bool:
    text, style, _ = segment
    return is_inert(text) and (style is None or style.link is None or _is_safe_link(style.link))


def _is_safe_link(link: str) -> bool:
    return link.startswith(_SAFE_LINKS) and is_inert(link)


def _made_safe(segment: Segment) -> Segment:
    text, style, _ = segment
    if style is not None and style.link is not None and not _is_safe_link(style.link):
        style = style.update_link(None)
    return Segment(_same_width(segment, inert(text)), style)


def _same_width(segment: Segment, text: str) -> str:
    """Fit a text into the cells its segment was laid out with.

    Controls count as no cell there and their stand-ins as one: without the cut the rest
    of the line would move to the right and leave the screen.
    """
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - only hostile text comes here

    width = segment.cell_length
    return text if cell_len(text) == width else set_cell_size(text, width)
