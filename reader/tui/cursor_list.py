"""A list with a cursor: a line each, painted only where it is seen.

Rows are fetched by index, so a hundred thousand of them cost what forty do.
"""

from collections.abc import Sequence
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

_CONTEXT = 2  # rows kept in sight above and below the cursor

Row = TypeVar("Row")


class CursorList(ScrollView, Generic[Row], can_focus=False):
    """Rows, with a cursor on one of them.

    Posts `Moved` when the cursor stands on another row, `Chosen` when one is double-clicked.
    A subclass paints a row, and may say that the cursor does not stop at some.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CursorList { height: 1fr; overflow-x: hidden; }
    """

    class Moved(Message):
        """The cursor stands on another row."""

    class Chosen(Message):
        """The row under the cursor was double-clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self._cursor = -1
        self.line_width = 0
        """Cells of a line, while lines are painted."""
        self._shared_out = 0
        """The width that `width_changed` was told last."""
        self._base = Style()

    def stops_at(self, row: Row) -> bool:  # noqa: ARG002 - for subclasses
        """Tell whether the cursor can stand on a row."""
        return True

    def paint(self, row: Row, *, here: bool) -> list[Segment]:
        """Paint a row; the cursor is `here`, or it is not."""
        raise NotImplementedError

    def width_changed(self, width: int) -> None:
        """Share out another width. For subclasses."""

    @property
    def under_cursor(self) -> Row | None:
        """The row under the cursor; None if there is none to stand on."""
        return self.rows[self._cursor] if 0 <= self._cursor < len(self.rows) else None

    def show_rows(self, rows: Sequence[Row], at: int | None, *, stay: bool = False) -> None:
        """Show rows.

        Args:
            rows: What is shown from now on.
            at: On which row the cursor is to stand; None is for the first that it can.
            stay: Leave the window where it is, wherever the cursor stands.
        """
        before = self.under_cursor
        self.rows = tuple(rows)
        first = self._nearest(0, 1) if at is None else at
        self._cursor = -1 if first is None else first
        self._fill()
        if not stay:
            self._keep_in_sight()
        if self.under_cursor != before:
            self.post_message(self.Moved())

    # The cursor

    def move(self, rows: int) -> None:
        """Move the cursor by rows it can stand on, down or, if negative, up."""
        step = 1 if rows > 0 else -1
        row = self._cursor
        for _ in range(abs(rows)):
            following = self._nearest(row + step, step)
            if following is None:
                break
            row = following
        self.set_cursor(row)

    def turn(self, pages: float) -> None:
        """Move the cursor by pages, or parts of one."""
        rows = int(self.size.height * pages)
        rows += rows == 0
        target = min(max(self._cursor + rows, 0), len(self.rows) - 1)
        step = 1 if rows > 0 else -1
        row = self._nearest(target, step)
        row = self._nearest(target, -step) if row is None else row
        if row is not None:
            self.scroll_to(y=self.scroll_offset.y + rows, animate=False, immediate=True)
            self.set_cursor(row)

    def go(self, *, last: bool) -> None:
        """Move the cursor to the first or the last row it can stand on."""
        row = self._nearest(len(self.rows) - 1, -1) if last else self._nearest(0, 1)
        if row is not None:
            self.set_cursor(row)

    def set_cursor(self, row: int) -> None:
        """Put the cursor on the row of a number."""
        if row == self._cursor:
            return
        old, self._cursor = self._cursor, row
        for changed in (old, row):
            self.refresh_line(changed)
        self._keep_in_sight()
        self.post_message(self.Moved())

    def _nearest(self, row: int, step: int) -> int | None:
        """Find the first row to stand on, from a row on in one direction."""
        while 0 <= row < len(self.rows):
            if self.stops_at(self.rows[row]):
                return row
            row += step
        return None

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if not height or self._cursor < 0:
            return
        context = min(_CONTEXT, (height - 1) // 2)
        top = self.scroll_offset.y
        if self._cursor - context < top:
            top = max(0, self._cursor - context)
        elif self._cursor + context >= top + height:
            top = min(self._cursor + context, len(self.rows) - 1) - height + 1
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    # The mouse, the size, and what is seen

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; a double click chooses."""
        event.stop()
        number = event.y + self.scroll_offset.y
        if number < len(self.rows) and self.stops_at(self.rows[number]):
            self.set_cursor(number)
            if event.chain == 2:
                self.post_message(self.Chosen())

    def on_resize(self, _event: Resize) -> None:
        """Use the room there is."""
        self.fit()

    def fit(self) -> None:
        """Set rows and columns for the width there is, with the cursor in sight."""
        self._fill()
        self._keep_in_sight()

    def _fill(self) -> None:
        width = self.scrollable_content_region.width
        self._take_room(Size(width, len(self.rows)))
        self._share_out(width)
        self.refresh()

    def _share_out(self, width: int) -> None:
        self._shared_out = width
        self.width_changed(width)

    def _take_room(self, size: Size) -> None:
        """Let the bar tell of so many rows. While it stays, or stays away, nothing is laid out anew: 5 ms."""
        height, stays = self.size.height, self.styles.overflow_y == "scroll"
        if not stays and self.show_vertical_scrollbar != (size.height > height):
            self.virtual_size = size
            return
        self.set_reactive(ScrollView.virtual_size, size)
        if self.show_vertical_scrollbar:  # as long as the window, it is blank
            self.vertical_scrollbar.window_virtual_size = max(size.height, height)
        self.scroll_y = self.validate_scroll_y(self.scroll_y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines; asks once what holds for all of them, which is half of the work.

        The first paint comes before `on_resize`: with columns for no width, all titles would be "…".
        """
        self.line_width, self._base = self.scrollable_content_region.width, self.rich_style
        if self.line_width != self._shared_out:
            self._share_out(self.line_width)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height of the window."""
        number = y + self.scroll_offset.y
        segments: list[Segment] = []
        if number < len(self.rows):
            segments = self.paint(self.rows[number], here=number == self._cursor)
        return Strip(segments).crop_extend(0, self.line_width, self._base).apply_style(self._base)
