"""Caret and selection: by key, one motion at a time, and by mouse; both select the same way."""

from textual import events

from reader.layout import Anchor, Caret, Motion, Unit, moved, passage_of, span_at, span_between, standing
from reader.model import BLOCK_GAP, Article, Ledger
from reader.tui.reading.focusing import CONTEXT, FocusView
from reader.tui.reading.page_view import Place

NOTHING = (0, 0)
_UNIT_OF_CLICKS = {2: Unit.WORD, 3: Unit.SENTENCE}
"""By number of clicks at one place; more select the paragraph."""


class SelectingView(FocusView):
    """A page with a caret, which is hidden until it is asked for, and a selection.

    Posts `Moved` also when the caret moves.
    """

    ALLOW_SELECT = False  # it has a selection of its own, in offsets

    def __init__(self, measure: int) -> None:
        super().__init__(measure)
        self._caret: Caret | None = None
        self._anchor: int | None = None
        """The end of the selection that stays when the caret moves."""
        self._unit = Unit.CHARACTER
        self._selection = NOTHING
        self._is_selecting = False
        self._is_dragging = False

    def show(self, article: Article, ledger: Ledger, *, reveal: bool, place: Place | None = None) -> None:
        """Show an article; at another place, without caret and selection."""
        if place is not None:
            self._caret = self._anchor = None
            self._selection = NOTHING
            self._is_selecting = False
        super().show(article, ledger, reveal=reveal, place=place)

    # The caret

    @property
    def has_caret(self) -> bool:
        """Whether the caret is shown."""
        return self._caret is not None

    @property
    def caret(self) -> int:
        """Offset of the caret; while it is hidden, where it would be shown."""
        return self._caret.offset if self._caret is not None else self._first_place()

    def show_caret(self, offset: int | None = None) -> None:
        """Show the caret at an offset; None is where it is, or where the focused block begins."""
        if self._page is not None and self._page.line_count:
            self._put_caret(Caret(standing(self._page, self.caret if offset is None else offset)))

    def hide_caret(self) -> None:
        """Hide the caret, and let go what is selected."""
        self.end_selection()
        if self._caret is not None:
            self._refresh_caret()
            self._caret = None
            self.reader_moved()

    def move_caret(self, motion: Motion, count: int = 1) -> None:
        """Move the caret, which is shown from then on; the selection grows with it, or ends."""
        if self._caret is None:
            self.show_caret()
        if self._page is None or self._caret is None:
            return
        if not self._is_selecting:
            self.end_selection()
        anchor = None if self._anchor is None else Anchor(self._anchor, self._unit)
        self._put_caret(moved(self._page, self._caret, motion, count, anchor))

    def set_page(self) -> None:
        """Set the page, and keep caret and anchor on words that are not folded away."""
        super().set_page()
        page = self._page
        if page is None or self._caret is None:
            return
        if not page.line_count:
            self.hide_caret()
            return
        self._caret = Caret(standing(page, self._caret.offset))
        self._anchor = None if self._anchor is None else standing(page, self._anchor)

    def page_moved(self) -> None:
        """Hide a caret that was scrolled out of sight, unless it holds a selection."""
        super().page_moved()
        if self._caret is not None and self._anchor is None and not self._is_seen(self._caret.offset):
            self.hide_caret()

    def _first_place(self) -> int:
        """Where the focused block begins; if that is above the screen, where the screen does."""
        page = self._page
        if page is None or not page.line_count:
            return 0
        begin = standing(page, self.focused_offset)
        return (
            begin
            if self._is_seen(begin)
            else standing(page, page.lines.starts[min(self._top, page.line_count - 1)])
        )

    def _is_seen(self, offset: int) -> bool:
        if self._page is None:
            return False
        return self._top <= self._page.line_of(offset) < self._top + self._height

    def _put_caret(self, caret: Caret) -> None:
        """Put the caret at a place, bring it into sight, and let the selection follow."""
        if self._page is None:
            return
        self._refresh_caret()
        self._caret = caret
        line = self._page.line_of(caret.offset)
        self._bring_into_sight(line)
        self._set_focus(self._page.owner_of(line))
        self._refresh_caret()
        if self._anchor is not None:
            self._paint_selection(*span_between(self._page, self._anchor, caret.offset, self._unit))
        self.reader_moved()

    def _bring_into_sight(self, line: int) -> None:
        context = min(CONTEXT, (self._height - 1) // 2)
        first, last = self._top + context, self._top + self._height - 1 - context
        if first - self._height <= line < first:
            self._scroll_to_line(line - context)
        elif last < line <= last + self._height:
            self._scroll_to_line(self._top + line - last)
        elif not first <= line <= last:
            self._scroll_to_line(line - self._height // 3)

    def _refresh_caret(self) -> None:
        if self._page is not None and self._caret is not None:
            self.refresh_lines(self._page.line_of(self._caret.offset))

    # The selection

    @property
    def is_selecting(self) -> bool:
        """Whether the caret selects what it moves over."""
        return self._is_selecting

    @property
    def passage(self) -> tuple[int, int] | None:
        """What is selected, in whole characters, without white space around it; None if nothing is."""
        return passage_of(self._page, *self._selection) if self._page is not None else None

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
        return BLOCK_GAP.join(filter(None, parts))

    def begin_selection(self, by: Unit) -> None:
        """Select from the caret on, by characters or in whole units; go on with what is selected already."""
        if self._caret is None:
            self.show_caret()
        if self._caret is None:
            return
        self._anchor = self._caret.offset if self._anchor is None else self._anchor
        self._unit, self._is_selecting = by, True
        self._put_caret(self._caret)

    def end_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.select(*NOTHING)

    def swap_ends(self) -> None:
        """Put the caret at the other end of what is selected."""
        if self._anchor is not None and self._caret is not None:
            other, self._anchor = self._anchor, self._caret.offset
            self._put_caret(Caret(other))

    def select(self, start: int, end: int) -> None:
        """Select a span of the text, the caret at its end; an empty one selects nothing."""
        self._is_selecting, self._anchor, self._unit = False, None, Unit.CHARACTER
        if self._page is not None and start < end:
            self._anchor = standing(self._page, start)
            self._refresh_caret()
            self._caret = Caret(standing(self._page, end - 1))
            self._refresh_caret()
        self._paint_selection(start, end)

    def _paint_selection(self, start: int, end: int) -> None:
        """Paint another selection: only the lines in which it differs from the one before."""
        before, self._selection = self._selection, (start, end)
        if before[0] == start:
            self.refresh_span(*sorted((before[1], end)))
        elif before[1] == end:
            self.refresh_span(*sorted((before[0], start)))
        else:
            self.refresh_span(*before)
            self.refresh_span(start, end)

    # The mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select; with the shift key, go on from the caret."""
        if event.button != 1 or self._page is None or not self._page.line_count:
            return
        self.capture_mouse()
        self._is_dragging = True
        place = standing(self._page, self._offset_under(event))
        if not event.shift or self._caret is None:
            self.end_selection()
            self._anchor = place
        elif self._anchor is None:
            self._anchor = self._caret.offset
        self._drag_to(place, is_selection=event.shift)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the character under the mouse; scroll at the edges."""
        if not self._is_dragging or self._page is None:
            return
        if event.y < 0 or event.y >= self._height:
            self.scroll_lines(1 if event.y > 0 else -1)
        self._drag_to(standing(self._page, self._offset_under(event)), is_selection=True)

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """Let the mouse go."""
        if self._is_dragging:
            self._is_dragging = False
            self.release_mouse()
            if self._selection == NOTHING:
                self._anchor = None

    def on_click(self, event: events.Click) -> None:
        """Select a word at two clicks, a sentence at three, a paragraph at four; nothing between lines."""
        event.prevent_default()
        if self._page is None or not self._page.line_count or event.chain < 2:
            return
        line = self._line_under(event)
        if self._page.lines.starts[line] < self._page.lines.ends[line]:
            place = standing(self._page, self._offset_under(event))
            unit = _UNIT_OF_CLICKS.get(event.chain, Unit.PARAGRAPH)
            self.select(*span_at(self._page, place, unit))
            self.reader_moved()

    def _drag_to(self, place: int, *, is_selection: bool) -> None:
        """Put the caret where the mouse is, without scrolling, and select up to it."""
        if self._page is None or self._anchor is None:
            return
        self._refresh_caret()
        self._caret = Caret(place)
        self._refresh_caret()
        self._set_focus(self._page.owner_of(self._page.line_of(place)))
        if is_selection and (place != self._anchor or self._selection != NOTHING):
            self._paint_selection(*span_between(self._page, self._anchor, place, self._unit))
        self.reader_moved()

    def _offset_under(self, event: events.MouseEvent) -> int:
        """Return the offset of the character under the mouse, the nearest one if there is none."""
        if self._page is None:
            return 0
        return self._page.offset_at(self._line_under(event), event.x - self._margin)

    def _line_under(self, event: events.MouseEvent) -> int:
        last = self._page.line_count - 1 if self._page else 0
        return min(max(0, self._top + min(event.y, self._height - 1)), last)
