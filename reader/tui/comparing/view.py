"""What was compared, on the screen: differences with a cursor on one of them."""

from collections.abc import Iterator, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.differing import Part
from reader.layout.cells import cells_of, drawn
from reader.tui.chrome import rich_style
from reader.tui.comparing.lines import GAP, Line, Piece, Widths, lines_of, widths
from reader.tui.signs import BAR

_CONTEXT = 2  # lines kept in sight above a difference that is gone to


class CompareView(ScrollView, can_focus=False):
    """Differences, and between them how much is in common.

    Posts `Moved` when the cursor stands on another difference, `Chosen` when one is double-clicked.

    Args:
        parts: What was compared.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CompareView { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; }
    """

    class Moved(Message):
        """The cursor stands on another difference."""

    class Chosen(Message):
        """The difference under the cursor was double-clicked."""

    def __init__(self, parts: Sequence[Part]) -> None:
        super().__init__()
        self._parts = parts
        self._lines: tuple[Line, ...] = ()
        self._shared = Widths(1, beside=False)
        self.current = 0
        """Number of the difference under the cursor, from 0."""

    def on_resize(self, _event: Resize) -> None:
        """Set it for the room there is, with the same difference in sight."""
        width = self.scrollable_content_region.width
        self._shared, self._lines = widths(width), lines_of(self._parts, width)
        self.virtual_size = Size(width, len(self._lines))
        self._show_current()

    # Where the reader is

    def step(self, step: int) -> bool:
        """Go to the next difference, or the one before; returns whether there is one."""
        there = self.current + step
        if not self._spans(there):
            return False
        self.current = there
        self._show_current()
        self.post_message(self.Moved())
        return True

    def move(self, rows: int) -> None:
        """Scroll by lines; the cursor comes along."""
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, immediate=True)
        self._take_seen()

    def turn(self, pages: float) -> None:
        """Scroll by pages, or parts of one; a line of the one before stays in sight."""
        self.move(round(pages * max(1, self.size.height - 1)))

    def go(self, *, last: bool) -> None:
        """Go to the first difference, or the last."""
        self.current = max((line.number for line in self._lines), default=0) if last else 0
        self.scroll_to(y=len(self._lines) if last else 0, animate=False, immediate=True)
        self.refresh()
        self.post_message(self.Moved())

    def _spans(self, number: int) -> tuple[int, int] | None:
        """Return the first line of a difference and the one after its last."""
        lines = [at for at, line in enumerate(self._lines) if line.number == number >= 0]
        return (lines[0], lines[-1] + 1) if lines else None

    def _show_current(self) -> None:
        top, height = self.scroll_offset.y, self.size.height
        start, end = self._spans(self.current) or (0, 0)
        if start - _CONTEXT < top or end > top + height:
            self.scroll_to(y=max(0, start - _CONTEXT), animate=False, immediate=True, force=True)
        self.refresh()

    def _take_seen(self) -> None:
        """Put the cursor on the first difference that is seen, unless it is seen itself."""
        top = self.scroll_offset.y
        seen = [line.number for line in self._lines[top : top + self.size.height] if line.number >= 0]
        if seen and self.current not in seen:
            self.current = seen[0] if self.current < seen[0] else seen[-1]
            self.refresh()
            self.post_message(self.Moved())

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; a double click chooses."""
        event.stop()
        at = event.y + self.scroll_offset.y
        if at < len(self._lines) and self._lines[at].number >= 0:
            self.current = self._lines[at].number
            self.refresh()
            self.post_message(self.Moved())
            if event.chain == 2:
                self.post_message(self.Chosen())

    # Painting

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height of the window."""
        number = y + self.scroll_offset.y
        width, base = self.scrollable_content_region.width, self.rich_style
        segments = list(self._paint(self._lines[number])) if number < len(self._lines) else []
        return Strip(segments).crop_extend(0, width, base).apply_style(base)

    def _paint(self, line: Line) -> Iterator[Segment]:
        here = line.number == self.current and line.number >= 0
        yield Segment(f"{BAR if here else ' '} ", rich_style(self, "$accent"))
        if line.between:
            yield Segment("  ")
            yield Segment(line.between, rich_style(self, "$muted"))
            return
        yield from self._paint_piece(line.first)
        if self._shared.beside and line.second.words:
            yield Segment(" " * (self._shared.text - cells_of(line.first.words) + GAP))
            yield from self._paint_piece(line.second)

    def _paint_piece(self, piece: Piece) -> Iterator[Segment]:
        yield Segment(f"{piece.sign or ' '} ", rich_style(self, "$muted"))
        plain = rich_style(self, "$muted" if piece.is_edit else "$ink")
        strong, at = rich_style(self, "bold underline $ink"), 0
        for start, end in piece.marks:
            yield from _segments(piece.words[at:start], plain)
            yield from _segments(piece.words[start:end], strong)
            at = end
        yield from _segments(piece.words[at:], plain)


def _segments(words: str, style: Style) -> Iterator[Segment]:
    if words:
        yield Segment(drawn(words), style)
