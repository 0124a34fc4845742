"""One article on the screen: only the lines that are seen are painted.

Focus, hits and selection are kept in offsets of the text, or in numbers of blocks, so
another width, theme or set of hidden blocks never moves them.
"""

import re

from textual import events
from textual.strip import Strip
from textual.timer import Timer

from reader.finding import NO_HITS, Hits
from reader.layout.cells import graphemes
from reader.model import Article, Ledger
from reader.tui.article_paint import Mark, Palette, margin_of, paint_line, palette_of
from reader.tui.page_view import PageView, Place

FLASH_SECONDS = 1.2
CONTEXT = 1  # lines kept in sight above and below a block that is gone to
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_NEAR = 200  # code points each side in which the borders of a word are looked for


class ArticleView(PageView):
    """A page with a block that has the focus, and with what is marked in it.

    Posts `Moved` also when another block has the focus.
    """

    ALLOW_SELECT = False  # it has a selection of its own, in offsets

    def __init__(self, measure: int, hint: str = "") -> None:
        super().__init__(measure, hint)
        self._focus = 0
        self._hits = NO_HITS
        self._hit = -1
        self._flash: tuple[int, int] = (0, 0)
        self._flash_timer: Timer | None = None
        self._selection: tuple[int, int] = (0, 0)
        self._anchor: int | None = None
        self._palette: Palette | None = None

    def show(self, article: Article, ledger: Ledger, *, reveal: bool, place: Place | None = None) -> None:
        """Show an article; at another place nothing of before is marked."""
        if place is not None:
            self._focus = 0
            self._hits, self._hit = NO_HITS, -1
            self._selection = self._flash = (0, 0)
        super().show(article, ledger, reveal=reveal, place=place)

    # The focus

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
        self.post_message(self.Moved())

    # What is marked

    def show_hits(self, hits: Hits, here: int) -> None:
        """Mark what was found, the hit of number `here` more strongly; -1 is none."""
        self._hits, self._hit = hits, here
        self.refresh()

    def _start_flash(self, start: int, end: int) -> None:
        self._end_flash()
        self._flash = (start, end)
        self._refresh_span(start, end)
        self._flash_timer = self.set_timer(FLASH_SECONDS, self._end_flash)

    def _end_flash(self) -> None:
        if self._flash_timer is not None:
            self._flash_timer.stop()
        self._refresh_span(*self._flash)
        self._flash = (0, 0)

    def _refresh_span(self, start: int, end: int) -> None:
        if self._page is not None and start < end:
            first, last = self._page.line_of(start), self._page.line_of(end)
            self.refresh_lines(first, last - first + 1)

    # The selection

    @property
    def selected_text(self) -> str:
        """The words that are selected; without those of blocks that are folded away."""
        start, end = self._selection
        page = self._page
        if page is None or start >= end:
            return ""
        parts = []
        for block in range(page.block_at(start), page.block_at(end - 1) + 1):
            begin, stop = page.span_of(block)
            if page.lines_of(block):
                parts.append(page.text[max(start, begin) : min(end, stop)])
        return "\n\n".join(filter(None, parts))

    def select(self, start: int, end: int) -> None:
        """Select a span of the text; an empty one selects nothing."""
        before, self._selection = self._selection, (start, end)
        if before[0] == start:
            self._refresh_span(*sorted((before[1], end)))
        elif before[1] == end:
            self._refresh_span(*sorted((before[0], start)))
        self._refresh_span(*before)
        self._refresh_span(start, end)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select."""
        if event.button == 1 and self._page is not None and self._page.line_count:
            self.capture_mouse()
            self._anchor = self._offset_under(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the character under the mouse; scroll at the edges."""
        if self._anchor is None or self._page is None:
            return
        if event.y < 0 or event.y >= self._height:
            self.scroll_lines(1 if event.y > 0 else -1)
        here = self._offset_under(event)
        if (here, self._selection) != (self._anchor, (0, 0)):
            start, last = sorted((self._anchor, here))
            self.select(start, self._end_of_grapheme(last))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let the mouse go."""
        if self._anchor is not None:
            self._anchor = None
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Put the focus on a block; select a word at two clicks, a block at three."""
        event.prevent_default()
        page = self._page
        if page is None or not page.line_count:
            return
        line = min(self._top + max(0, event.y), page.line_count - 1)
        self._set_focus(page.owner_of(line))
        if event.chain == 2:
            self.select(*self._word_at(self._offset_under(event)))
        elif event.chain > 2:
            self.select(*page.span_of(page.owner_of(line)))

    def _offset_under(self, event: events.MouseEvent) -> int:
        """Return the offset of the character under the mouse, the nearest one if there is none."""
        if self._page is None:
            return 0
        line = min(max(0, self._top + min(event.y, self._height - 1)), self._page.line_count - 1)
        return self._page.offset_at(line, event.x - self._margin)

    def _end_of_grapheme(self, offset: int) -> int:
        if self._page is None:
            return offset
        end = self._page.lines.ends[self._page.line_of(offset)]
        first = graphemes(self._page.text[offset:end])[:1]
        return offset + (first[0][1] if first else 0)

    def _word_at(self, offset: int) -> tuple[int, int]:
        if self._page is None:
            return (0, 0)
        for word in _WORD.finditer(self._page.text, max(0, offset - _NEAR), offset + _NEAR):
            if word.start() <= offset < word.end():
                return word.span()
        return offset, self._end_of_grapheme(offset)

    # Painting

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._palette = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height of the window."""
        width = self.scrollable_content_region.width
        line = y + self._top
        page = self._page
        if page is None or line >= page.line_count:
            return Strip.blank(width, self.rich_style)
        if self._palette is None:
            self._palette = palette_of(self)
        margin = margin_of(self._margin, focused=line in page.lines_of(self._focus))
        marks = self._marks_in(page.lines.starts[line], page.lines.ends[line], self._palette)
        strip = paint_line(page, line, self._palette, marks, margin)
        return strip.crop_extend(0, width, self.rich_style).apply_style(self.rich_style)

    def _marks_in(self, start: int, end: int, palette: Palette) -> list[Mark]:
        """Return what is marked in a span of the text, what lies on top last."""
        marks = [
            Mark(*self._hits.span(number), palette.marks["hit here" if number == self._hit else "hit"])
            for number in self._hits.between(start, end)
        ]
        for span, name in ((self._flash, "flash"), (self._selection, "selected")):
            if span[0] < end and start < span[1]:
                marks.append(Mark(*span, palette.marks[name]))
        return marks
