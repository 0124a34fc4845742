"""The block a reader is on, and the words that flash when the reader is brought to them."""

from textual.timer import Timer

from reader.model import Article, Ledger
from reader.tui.reading.page_view import PageView, Place

FLASH_SECONDS = 1.2
CONTEXT = 1  # lines kept in sight above and below what is gone to


class FocusView(PageView):
    """A page with a block that has the focus; it is always one that is seen.

    Posts `Moved` also when another block has the focus.
    """

    def __init__(self, measure: int) -> None:
        super().__init__(measure)
        self._focus = 0
        self._flash: tuple[int, int] = (0, 0)
        self._flash_timer: Timer | None = None

    def show(self, article: Article, ledger: Ledger, *, reveal: bool, place: Place | None = None) -> None:
        """Show an article; at another place, its first block has the focus."""
        if place is not None:
            self._focus = 0
            self._flash = (0, 0)
        super().show(article, ledger, reveal=reveal, place=place)

    @property
    def focused_block(self) -> int:
        """Index of the block the reader is on."""
        return self._focus

    @property
    def focused_offset(self) -> int:
        """Where the block that the reader is on begins."""
        return self._page.span_of(self._focus)[0] if self._page and self._page.tops else 0

    def go_to(self, offset: int, end: int | None = None) -> None:
        """Bring an offset into sight, put the focus on its block, and flash what begins there.

        Args:
            offset: Where to go.
            end: Where the words end that flash; None flashes nothing.
        """
        if self._page is None:
            self._place = Place(offset)
            return
        line = self._page.line_of(offset)
        if not self._top <= line < self._top + self._height - CONTEXT:
            self._scroll_to_line(line - self._height // 3)
        self._set_focus(self._page.owner_of(line))
        if end is not None:
            self._start_flash(offset, end)

    def move_focus(self, step: int) -> None:
        """Put the focus on the next block that is shown, or the one before, and bring it into sight."""
        block = self._shown_from(self._focus + step, step)
        if self._page is None or block is None:
            self.scroll_lines(step)
            return
        lines = self._page.lines_of(block)
        if lines.start < self._top + CONTEXT or len(lines) > self._height - 2 * CONTEXT:
            self._scroll_to_line(lines.start - CONTEXT)
        elif lines.stop > self._top + self._height - CONTEXT:
            self._scroll_to_line(lines.stop + CONTEXT - self._height)
        self._set_focus(block)

    def page_moved(self) -> None:
        """Keep a focus that is seen."""
        self._keep_focus_in_sight()
        super().page_moved()

    def reader_moved(self) -> None:
        """Say that the reader is elsewhere on the page. A subclass does more."""
        self.post_message(self.Moved())

    def _keep_focus_in_sight(self) -> None:
        """Move the focus to the nearest block that is seen, if its own is not."""
        page = self._page
        if page is None or not page.line_count:
            return
        bottom = min(self._top + self._height, page.line_count)
        lines = page.lines_of(self._focus)
        if not lines or lines.stop <= self._top:
            block = page.owner_of(min(self._top, page.line_count - 1))
            begins_above = page.lines_of(block).start < self._top
            following = self._shown_from(block + 1, 1) if begins_above else None
            fits = following is not None and page.lines_of(following).start < bottom
            self._set_focus(following if following is not None and fits else block)
        elif lines.start >= bottom:
            block = page.owner_of(max(self._top, bottom - 1))
            only_its_gap = page.lines_of(block).start >= bottom
            above = self._shown_from(block - 1, -1) if only_its_gap else None
            self._set_focus(block if above is None else above)

    def _shown_from(self, block: int, step: int) -> int | None:
        """Find the first block with lines, from one on in a direction."""
        if self._page is None:
            return None
        while 0 <= block < len(self._page.tops):
            if self._page.lines_of(block):
                return block
            block += step
        return None

    def _set_focus(self, block: int) -> None:
        if self._page is None or block == self._focus:
            return
        for changed in (self._focus, block):
            lines = self._page.lines_of(changed)
            self.refresh_lines(lines.start, len(lines))
        self._focus = block
        self.reader_moved()

    # What flashes

    def _start_flash(self, start: int, end: int) -> None:
        self._end_flash()
        self._flash = (start, end)
        self.refresh_span(start, end)
        self._flash_timer = self.set_timer(FLASH_SECONDS, self._end_flash)

    def _end_flash(self) -> None:
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self.refresh_span(*self._flash)
        self._flash = (0, 0)

    def refresh_span(self, start: int, end: int) -> None:
        """Paint the lines of a span of the text again."""
        if self._page is not None and start < end:
            first, last = self._page.line_of(start), self._page.line_of(end)
            self.refresh_lines(first, last - first + 1)
