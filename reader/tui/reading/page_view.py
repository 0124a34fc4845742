"""A page on the screen, and the place of the reader on it.

The place is kept in offsets of the text, so another width, or other hidden blocks,
never move it. What is painted is the matter of `article_view`.
"""

from bisect import bisect_left
from typing import NamedTuple

from textual.events import Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView

from reader.layout import Page, lay_out
from reader.model import BLOCK_GAP, Article, Ledger

MIN_MARGIN = 2  # cells left of the page: the bar of the focused block, and a blank


class Place(NamedTuple):
    """What stands on the first line of the screen, at any width."""

    offset: int
    above: int = 0
    """Lines between the first line of the screen and the line of the offset."""

    @property
    def kept(self) -> int:
        """The place as one offset, to be remembered: blank lines above a block are the gap before it."""
        return max(0, self.offset - min(self.above, len(BLOCK_GAP)))


BEGINNING = Place(0, 9)  # more white space than stands above any beginning


def place_at(article: Article, kept: int) -> Place:
    """Return the place that was remembered as one offset."""
    if not kept:
        return BEGINNING
    number = bisect_left(article.blocks, kept, key=lambda block: block.start)
    if 0 < number < len(article.blocks) and article.blocks[number - 1].end <= kept:
        start = article.blocks[number].start
        return Place(start, start - kept)
    return Place(kept)


class PageView(ScrollView, can_focus=False):
    """An article, set for the room there is.

    Posts `Moved` when another part of the page is seen.

    Args:
        measure: Cells of a line, where there is room for so many.
    """

    DEFAULT_CSS = """
    PageView {
        height: 1fr; overflow-x: hidden; overflow-y: auto;
        scrollbar-gutter: stable; scrollbar-size-vertical: 1;
    }
    """

    class Moved(Message):
        """Another part of the page is seen, or another block has the focus."""

    def __init__(self, measure: int) -> None:
        super().__init__()
        self._measure = measure
        self.hint = ""
        """What a reason says about bringing a block back."""
        self._shown: tuple[Article, Ledger, bool] | None = None
        self._page: Page | None = None
        self._margin = 0
        self._place = BEGINNING
        self._set_for = Size()
        """The size the page was set for. While it is another, the toolkit scrolls, not the reader."""
        self._is_setting = False

    # What is shown

    @property
    def page(self) -> Page | None:
        """The page as it is set now; None before there is room for one."""
        return self._page

    @property
    def place(self) -> Place:
        """What stands on the first line; another width, or other hidden blocks, do not change it."""
        return self._place

    @property
    def is_at_end(self) -> bool:
        """Whether the last line is seen."""
        return self._page is not None and self._top + self._height >= self._page.line_count

    @property
    def fraction(self) -> float:
        """Share of the page that lies above the bottom of the screen, 0 to 1."""
        lines = self._page.line_count if self._page else 0
        return min(1.0, (self._top + self._height) / lines) if lines else 1.0

    @property
    def fraction_above(self) -> float:
        """Share of the page that lies above the top of the screen, 0 to 1."""
        return self._top / self._page.line_count if self._page and self._page.line_count else 0.0

    def show(self, article: Article, ledger: Ledger, *, reveal: bool, place: Place | None = None) -> None:
        """Show an article.

        Args:
            article: What to show.
            ledger: Its verdicts.
            reveal: Show hidden blocks too.
            place: Where to begin; None keeps the place.
        """
        self._shown = (article, ledger, reveal)
        self._page = None
        self._place = self._place if place is None else place
        self.set_page()

    def set_measure(self, measure: int) -> None:
        """Set lines of another width, in cells."""
        self._measure = measure
        self.set_page()

    def on_resize(self, _event: Resize) -> None:
        """Set the page for the new size, at the same place."""
        self.set_page()

    def set_page(self) -> None:
        """Set the page for the room there is, at the same place."""
        room = self.scrollable_content_region.width
        if self._shown is None or room <= 0:
            return
        width = max(1, min(self._measure, room - MIN_MARGIN))
        self._margin = max(min(MIN_MARGIN, room - width), self.margin_of(room, width))
        if self._page is None or self._page.width != width:
            article, ledger, reveal = self._shown
            self._page = lay_out(article, ledger, width, reveal=reveal, hint=self.hint)
        self._set_for = self.size
        self._is_setting = True
        self.virtual_size = Size(room, self._page.line_count)
        self._scroll_to_line(self._page.line_of(self._place.offset) - self._place.above)
        self._is_setting = False
        self.page_moved()
        self.refresh()

    def margin_of(self, room: int, width: int) -> int:
        """Return the cells left of a page so wide: it stands in the middle. A subclass has more to show."""
        return (room - width) // 2

    def page_moved(self) -> None:
        """Say that another part of the page is seen. A subclass does more."""
        self.post_message(self.Moved())

    # Where the reader is

    @property
    def _top(self) -> int:
        return self.scroll_offset.y

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def scroll_lines(self, lines: int) -> None:
        """Scroll down by so many lines, or up."""
        self._scroll_to_line(self._top + lines)

    def scroll_pages(self, pages: float) -> None:
        """Scroll down by so many screens, or up; one line of the old screen stays in sight."""
        lines = int(pages * max(1, self._height - 1))
        self.scroll_lines(lines or (1 if pages > 0 else -1))

    def go_to_end(self) -> None:
        """Scroll to the last line."""
        self._scroll_to_line(self._page.line_count if self._page else 0)

    def go_to_place(self, place: Place) -> None:
        """Put a place back on the first line of the screen."""
        self._place = place
        self.set_page()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the place when the page moves."""
        super().watch_scroll_y(old_value, new_value)
        if self._is_setting or not self._page or round(old_value) == round(new_value):
            return
        if self.size != self._set_for:
            return  # cut down to what a taller screen leaves to scroll, which no reader wanted
        top = min(self._top, self._page.line_count - 1)
        offset = self._page.lines.starts[top]
        self._place = Place(offset, max(0, self._page.line_of(offset) - top))
        self.page_moved()

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, line), animate=False, immediate=True, force=True)
