"""The list of articles: a line each, painted only where it is seen.

Rows are fetched by index, so a hundred thousand articles cost what forty do.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.inert import inert
from reader.model import Progress, Status, Summary
from reader.shelf import Group
from reader.tui.chrome import rich_style
from reader.tui.words import amount, date_in_words, length_in_words

MARKS = {Status.NEW: "●", Status.READING: "◐", Status.DONE: "✓"}
STAR = "★"
BAR = "▌"  # the cursor's row, also where there is no colour

_LEAD = 6  # cells before a title: bar, space, mark, space, star, space
_GAP = 2  # cells between columns
_DATE = 11  # cells of "21 Jan 2025"
_MINUTES = 7  # cells that a length may take: "120 min"
_SOURCE = 18  # cells that a source may take
_TITLE_WITH_PROGRESS = 30  # cells of a title that leaves some to its progress
_CONTEXT = 2  # rows kept in sight above and below the cursor
_NEVER = Progress()


class Heading(NamedTuple):
    """The line above the articles of a file that holds several."""

    path: str
    articles: int


Row = Summary | Heading | None
"""What a line of the list shows; None leaves it blank."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column; 0 for one that the width leaves no room for."""

    title: int
    """With the progress of an article that is being read, at its end."""
    source: int = 0
    date: int = 0
    minutes: int = 0


def rows_of(groups: Iterable[Group]) -> Iterator[Row]:
    """Put a heading above the articles of each file that holds several, and space around them."""
    before = 0
    for group in groups:
        several = len(group.summaries) > 1
        if before and (several or before > 1):
            yield None
        if several:
            yield Heading(group.path, len(group.summaries))
        yield from group.summaries
        before = len(group.summaries)


def columns(width: int, source: int = _SOURCE, date: int = _DATE, minutes: int = _MINUTES) -> Columns:
    """Share out the width of a row: the narrower it is, the more the title counts.

    Args:
        width: Cells of a row.
        source: Cells of the longest source in the list, 0 if none is known.
        date: Cells of the longest date in the list, likewise.
        minutes: Cells of the longest reading time in the list.
    """
    wanted = {
        "minutes": min(minutes, _MINUTES) if width >= 28 else 0,
        "date": min(date, _DATE) if width >= 76 else 0,
        "source": min(source, _SOURCE) if width >= 96 else 0,
    }
    taken = sum(cells + _GAP for cells in wanted.values() if cells)
    return Columns(title=max(1, width - _LEAD - taken - 1), **wanted)


class LibraryList(ScrollView, can_focus=False):
    """Articles and the headings above them, with a cursor on one article.

    Posts `Moved` when the cursor stands on another article and `Chosen` when one is to
    be opened with the mouse.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LibraryList { height: 1fr; overflow-x: hidden; }
    """

    class Moved(Message):
        """The cursor stands on another article."""

        def __init__(self, summary: Summary | None) -> None:
            super().__init__()
            self.summary = summary

    class Chosen(Message):
        """An article was double-clicked."""

        def __init__(self, summary: Summary) -> None:
            super().__init__()
            self.summary = summary

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._progress: Mapping[str, Progress] = {}
        self._starred: frozenset[str] = frozenset()
        self._longest: tuple[int, int, int] = (0, 0, 0)
        """Cells of the longest source, date and length."""
        self._cursor = -1
        self._columns = columns(80)

    @property
    def current(self) -> Summary | None:
        """The article under the cursor."""
        return self._article(self._cursor)

    def show(
        self, rows: tuple[Row, ...], progress: Mapping[str, Progress], starred: frozenset[str], at: str
    ) -> None:
        """Show rows, with the cursor on the article of an id, or where it stood, or on the first one."""
        before = self.current
        self._rows, self._progress, self._starred = rows, progress, starred
        articles = [row for row in rows if isinstance(row, Summary)]
        self._longest = (
            _widest({article.source for article in articles}),
            _widest(map(date_in_words, {article.date for article in articles})),
            _widest(map(length_in_words, {article.words for article in articles})),
        )
        self._set_width()
        row = self._row_of(at)
        self._cursor = (self._nearest(0, 1) if row is None else row) or 0
        self._keep_in_sight()
        self.refresh()
        if self.current != before:
            self.post_message(self.Moved(self.current))

    def mark(self, progress: Mapping[str, Progress], starred: frozenset[str]) -> None:
        """Show other marks on the same rows."""
        self._progress, self._starred = progress, starred
        self.refresh()

    # The cursor

    def go_to(self, article_id: str) -> None:
        """Move the cursor to an article, if it is in the list."""
        row = self._row_of(article_id)
        if row is not None:
            self._set_cursor(row)

    def move(self, articles: int) -> None:
        """Move the cursor by articles, down or, if negative, up."""
        step = 1 if articles > 0 else -1
        row = self._cursor
        for _ in range(abs(articles)):
            following = self._nearest(row + step, step)
            if following is None:
                break
            row = following
        self._set_cursor(row)

    def turn(self, pages: float) -> None:
        """Move the cursor by pages, or parts of one."""
        rows = int(self.size.height * pages)
        rows += rows == 0
        target = min(max(self._cursor + rows, 0), len(self._rows) - 1)
        step = 1 if rows > 0 else -1
        row = self._nearest(target, step)
        row = self._nearest(target, -step) if row is None else row
        if row is not None:
            self.scroll_to(y=self.scroll_offset.y + rows, animate=False, immediate=True)
            self._set_cursor(row)

    def go(self, *, last: bool) -> None:
        """Move the cursor to the first or the last article."""
        row = self._nearest(len(self._rows) - 1, -1) if last else self._nearest(0, 1)
        if row is not None:
            self._set_cursor(row)

    def _set_cursor(self, row: int) -> None:
        if row == self._cursor:
            return
        old, self._cursor = self._cursor, row
        for changed in (old, row):
            self.refresh_line(changed)
        self._keep_in_sight()
        self.post_message(self.Moved(self.current))

    def _article(self, row: int) -> Summary | None:
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Summary) else None

    def _nearest(self, row: int, step: int) -> int | None:
        """Find the first row with an article, from a row on in one direction."""
        while 0 <= row < len(self._rows):
            if isinstance(self._rows[row], Summary):
                return row
            row += step
        return None

    def _row_of(self, article_id: str) -> int | None:
        if not article_id:
            return None
        rows = enumerate(self._rows)
        return next(
            (number for number, row in rows if isinstance(row, Summary) and row.id == article_id), None
        )

    def _keep_in_sight(self) -> None:
        height = self.size.height
        if not height or self._cursor < 0:
            return
        context = min(_CONTEXT, (height - 1) // 2)
        top = self.scroll_offset.y
        if self._cursor - context < top:
            top = max(0, self._cursor - context)
        elif self._cursor + context >= top + height:
            top = min(self._cursor + context, len(self._rows) - 1) - height + 1
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    # The mouse and the size

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; open the article on a double click."""
        event.stop()
        row = event.y + self.scroll_offset.y
        summary = self._article(row)
        if summary is None:
            return
        self._set_cursor(row)
        if event.chain == 2:
            self.post_message(self.Chosen(summary))

    def on_resize(self, _event: Resize) -> None:
        """Share the columns out anew."""
        self._set_width()
        self._keep_in_sight()

    def _set_width(self) -> None:
        width = self.scrollable_content_region.width
        self.virtual_size = Size(width, len(self._rows))
        self._columns = columns(width, *self._longest)

    # Painting

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height of the window."""
        number = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        row = self._rows[number] if number < len(self._rows) else None
        if isinstance(row, Summary):
            segments = self._paint_article(row, here=number == self._cursor)
        elif isinstance(row, Heading):
            segments = self._paint_heading(row)
        else:
            segments = []
        base = self.rich_style
        return Strip(segments).crop_extend(0, width, base).apply_style(base)

    def _paint_article(self, summary: Summary, *, here: bool) -> list[Segment]:
        progress = self._progress.get(summary.id, _NEVER)
        done = progress.status is Status.DONE
        ground = " on $cursor" if here else ""
        ink = rich_style(self, f"{'$muted' if done else '$ink'}{ground}")
        muted = rich_style(self, f"$muted{ground}")
        emphasis = f"{'bold ' if here else ''}{'italic ' if summary.title_derived else ''}"
        title = rich_style(self, f"{emphasis}{'$muted' if done and not here else '$ink'}{ground}")
        read, figures = self._progress_of(progress), self._figures(summary)
        # A title may go on where its row has neither source nor date.
        spare = max(0, len(figures) - len(figures.lstrip()) - _GAP)
        star = STAR if summary.id in self._starred else " "
        return [
            Segment(f"{BAR if here else ' '} ", rich_style(self, f"$accent{ground}")),
            Segment(f"{MARKS[progress.status]} ", ink),
            Segment(f"{star} ", ink),
            Segment(_fit(inert(summary.title), self._columns.title + spare - len(read)), title),
            Segment(f"{read}{figures[spare:]}", muted),
        ]

    def _progress_of(self, progress: Progress) -> str:
        """Return how much is read of an article that is being read, where there is room."""
        if progress.status is not Status.READING or self._columns.title < _TITLE_WITH_PROGRESS:
            return ""
        return f"{' ' * _GAP}{round(progress.fraction * 100)} %"

    def _figures(self, summary: Summary) -> str:
        """Return what stands right of the title, in columns."""
        cells = self._columns
        gap = " " * _GAP
        parts = (
            (_fit(inert(summary.source), cells.source), cells.source),
            (date_in_words(inert(summary.date)).rjust(cells.date), cells.date),
            (length_in_words(summary.words).rjust(cells.minutes), cells.minutes),
        )
        return "".join(f"{gap}{text[:size]}" for text, size in parts if size) + " "

    def _paint_heading(self, heading: Heading) -> list[Segment]:
        count = f" · {amount(heading.articles, 'article')}"
        room = max(1, self.scrollable_content_region.width - _LEAD - len(count) - 1)
        name = inert(PurePath(heading.path).name)
        name = name if cell_len(name) <= room else "…" + set_cell_size(name[::-1], room - 1)[::-1]
        style = rich_style(self, "$muted")
        return [Segment(" " * _LEAD), Segment(name, style), Segment(count, style)]


def _widest(words: Iterable[str]) -> int:
    return max(map(cell_len, words), default=0)


def _fit(text: str, width: int) -> str:
    """Cut a text with "…" or fill it up, to so many cells."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…" if width else ""
