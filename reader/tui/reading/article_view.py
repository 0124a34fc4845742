"""One article on the screen: only the lines that are seen are painted.

Focus, hits, selection and annotations are kept in offsets of the text, or in numbers of
blocks, so another width, theme or set of hidden blocks never moves them.
"""

from bisect import bisect_left
from pathlib import Path

from rich.segment import Segment
from textual import events
from textual.strip import Strip

from reader.finding import NO_HITS, Hits
from reader.layout import Column, Highlights, Marginalia, Page, Unit, span_at
from reader.layout.marginalia import MAX_COLUMN, MIN_COLUMN, RULE, Beside, first_line
from reader.model import Article, Ledger
from reader.passages import Placed
from reader.tui.note_palette import NotePalette, note_palette_of
from reader.tui.reading.article_paint import (
    Mark,
    Palette,
    fill,
    paint_line,
    paint_margin,
    palette_of,
    strip_of,
)
from reader.tui.reading.note_paint import gutter_signs, highlight_marks, paint_beside
from reader.tui.reading.page_view import MIN_MARGIN, Place
from reader.tui.reading.selecting import NOTHING, SelectingView

WIDE = 110  # cells of the view from which on notes stand beside the text, if there is room
SHARE = 3 / 4  # of the cells beside the text, for the column where they are scarce


class ArticleView(SelectingView):
    """A page with all that is marked in it: highlights, hits, what flashes, the selection, the caret.

    Posts `Moved` also when another annotation is in focus.
    """

    def __init__(self, measure: int) -> None:
        super().__init__(measure)
        self._hits = NO_HITS
        self._hit = -1
        self._highlights = Highlights()
        self._focused: Placed | None = None
        """The annotation that is painted as the one in focus."""
        self._chosen: tuple[int, Path, str] | None = None
        """Where the caret stood, or would have stood, when an annotation was chosen; its file and its id."""
        self._column_width = 0
        self._marginalia: Marginalia | None = None
        self._column: Column | None = None
        self._palette: tuple[Palette, NotePalette] | None = None
        self._numbered: tuple[int, ...] = ()

    def show(self, article: Article, ledger: Ledger, *, reveal: bool, place: Place | None = None) -> None:
        """Show an article; at another place nothing of before is marked, in another text nothing at all."""
        if place is not None:
            self._hits, self._hit = NO_HITS, -1
        if self._shown is not None and self._shown[0].text != article.text:
            self._highlights, self._focused = Highlights(), None
        super().show(article, ledger, reveal=reveal, place=place)

    # What is marked

    def show_hits(self, hits: Hits, here: int) -> None:
        """Mark what was found, the hit of number `here` more strongly; -1 is none."""
        self._hits, self._hit = hits, here
        self.refresh()

    def show_annotations(self, highlights: Highlights) -> None:
        """Show the annotations of the article."""
        self._highlights = highlights
        self._focused = self.focused_annotation
        self.set_page()

    def number_lines(self, offsets: tuple[int, ...]) -> None:
        """Number, from 1, the lines that show some offsets, in their order; none takes the numbers away.

        Of several on a line the first stands there; the numbers go on from it.
        """
        self._numbered = offsets
        self.refresh()

    @property
    def focused_annotation(self) -> Placed | None:
        """The annotation under the caret; while that is hidden, one in the focused block.

        Of several it is the chosen one; if none is, the one on top, and the first of a block.
        """
        if self._page is None or not self._page.tops:
            return None
        if self._chosen is not None and self._chosen[0] == self.caret and (chosen := self._find_chosen()):
            return chosen
        if self.has_caret:
            return self._highlights.at(self.caret)
        return next(iter(self._highlights.beginning_in(*self._page.span_of(self._focus))), None)

    def focus_annotation(self, placed: Placed) -> bool:
        """Put the caret on an annotation, and it into focus. False if none of its words is on the page."""
        line = first_line(self._page, placed) if self._page is not None else None
        if self._page is None or line is None:
            return False
        if not self.has_caret or self.focused_annotation != placed:
            self.show_caret(max(placed.start, self._page.lines.starts[line]))
            self.choose(placed)
        return self.focused_annotation == placed

    def choose(self, placed: Placed) -> None:
        """Have an annotation in focus, of several that lie where the reader is, until the reader moves."""
        self._chosen = self.caret, placed.file, placed.annotation.id
        self.reader_moved()

    def _find_chosen(self) -> Placed | None:
        if self._page is None or self._chosen is None:
            return None
        block = self._page.span_of(self._focus)
        here = span_at(self._page, self.caret, Unit.CHARACTER) if self.has_caret else block
        around = self._highlights.between(*here)
        return next((one for one in around if (one.file, one.annotation.id) == self._chosen[1:]), None)

    def reader_moved(self) -> None:
        """Paint what came into focus, and what left it."""
        before, self._focused = self._focused, self.focused_annotation
        if before != self._focused:
            if self._column is not None:
                self._column.focus(self._focused)
                self.refresh()
            for one in filter(None, (before, self._focused)):
                self.refresh_span(one.start, one.end)
        super().reader_moved()

    # Beside the text

    @property
    def has_column(self) -> bool:
        """Whether notes stand beside the text: there are some, and there is room."""
        return self._column_width > 0 and bool(self._highlights.all)

    def set_page(self) -> None:
        """Set the page, and what stands beside it, for the room there is."""
        self._column = None
        super().set_page()

    def margin_of(self, room: int, width: int) -> int:
        """Keep a column for notes free, also of an article without any: no first note shall move the text.

        The text stands as near to the middle as the column lets it.
        """
        rest = room - MIN_MARGIN - width - len(RULE)
        is_wide = self.size.width >= WIDE and rest >= MIN_COLUMN
        self._column_width = max(MIN_COLUMN, min(int(rest * SHARE), MAX_COLUMN)) if is_wide else 0
        beside = len(RULE) + self._column_width if is_wide else 0
        return min(super().margin_of(room, width), room - width - beside)

    def _beside(self, line: int) -> Beside:
        """Return what stands in the column beside a line."""
        marginalia = self._begun()
        if marginalia is None or not self._column_width:
            return ()
        if self._column is None:
            self._column = Column(marginalia, self._column_width)
            self._column.focus(self._focused)
        return self._column.line_at(line)

    def _begun(self) -> Marginalia | None:
        page, placed = self._page, self._highlights.all
        if page is None or not placed:
            return None
        self._marginalia = (
            self._marginalia.now(page, placed) if self._marginalia else Marginalia(page, placed)
        )
        return self._marginalia

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Bring the annotation under the mouse into focus, where notes stand beside the text."""
        if self._page is None or not self.has_column or event.x < self._margin + self._page.width:
            return
        event.prevent_default()
        if beside := self._beside(self._top + event.y):
            self.focus_annotation(beside[0].placed)

    # Painting

    def notify_style_update(self) -> None:
        """Forget the colours of the theme before."""
        self._palette = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height of the window."""
        width = self.scrollable_content_region.width
        line = y + self._top
        if self._palette is None:
            self._palette = palette_of(self), note_palette_of(self)
        palette, notes = self._palette
        page = self._page
        if page is None or line >= page.line_count:
            return Strip.blank(width, palette.base)
        marks = self._marks_in(page, line, palette, notes)
        painted = [*self._paint_margin(line, palette, notes), *paint_line(page, line, palette, marks)]
        if self.has_column:
            fill(painted, self._margin + page.width)
            painted += paint_beside(self._beside(line), self._focused, notes)
        return strip_of(painted, width, palette.base)

    def _paint_margin(self, line: int, palette: Palette, notes: NotePalette) -> list[Segment]:
        """Paint what stands left of a line; the letters of highlights where they have no column."""
        begun = self._begun() if not self._column_width else None
        sign = gutter_signs(begun.beginning_at(line), notes) if begun is not None else []
        if number := self._number_of(line):
            digits = str(number)
            fits = len(digits) == 1 or len(digits) + MIN_MARGIN <= self._margin
            sign = [Segment(digit, palette.focus) for digit in (digits if fits else "·")]
        is_focused = self._page is not None and line in self._page.lines_of(self._focus)
        return paint_margin(self._margin, palette, sign, focused=is_focused)

    def _number_of(self, line: int) -> int:
        """Return the number of a line, or 0."""
        if self._page is None or not self._numbered:
            return 0
        lines = self._page.lines
        at = bisect_left(self._numbered, lines.starts[line])
        return at + 1 if at < len(self._numbered) and self._numbered[at] < lines.ends[line] else 0

    def _marks_in(self, page: Page, line: int, palette: Palette, notes: NotePalette) -> list[Mark]:
        """Return what is marked in the words of a line, what lies on top last."""
        start, end = page.lines.starts[line], page.lines.ends[line]
        marks = list(highlight_marks(page, (start, end), self._highlights, self._focused, notes))
        for number in self._hits.between(start, end):
            style = palette.marks["hit here" if number == self._hit else "hit"]
            marks.append(Mark(*self._hits.span(number), style))
        for span, name in ((self._flash, "flash"), (self._selection, "selected"), self._caret_mark(line)):
            if span[0] < end and start < span[1]:
                marks.append(Mark(*span, palette.marks[name]))
        return marks

    def _caret_mark(self, line: int) -> tuple[tuple[int, int], str]:
        """Return the character under the caret, if it stands on a line, and the name of its mark."""
        if self._page is None or self._caret is None or self._page.line_of(self._caret.offset) != line:
            return NOTHING, "caret"
        name = "caret" if self._selection == NOTHING else "caret selecting"
        return span_at(self._page, self._caret.offset, Unit.CHARACTER), name
