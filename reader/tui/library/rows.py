"""The list of articles: what its lines show, and how they share their width out."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from reader.amounts import amount
from reader.families import Families, Pair
from reader.filtering import Facts, Made
from reader.inert import inert
from reader.likeness import percent
from reader.model import Progress, Status, Summary
from reader.shelf import Section, Stack
from reader.tui.chrome import rich_style
from reader.tui.cursor_list import CursorList
from reader.tui.signs import BAR, COPY, HIGHLIGHT, NOTE, STAR, STATUSES
from reader.tui.words import date_in_words, length_in_words

_BELOW = "└ "

_LEAD = 6  # cells before a title: bar, space, mark, space, star, space
_GAP = 2  # cells between columns
_DATE = 11  # cells of "21 Jan 2025"
_MINUTES = 7  # cells that a length may take: "120 min"
_SOURCE = 18  # cells that a source may take
_MARKS = 9  # cells of "▪999 ✎99"
_TITLE_WITH_PROGRESS = 30  # cells of a title that leaves some to its progress
_NEVER = Progress()


class Heading(NamedTuple):
    """The line above the articles of a file that holds several."""

    path: str
    articles: int


class Copy(NamedTuple):
    """An article with near copies in the list, or one of these."""

    summary: Summary
    mark: str
    """How many there are, or how much it has in common with the others."""
    is_below: bool = False
    """Whether it stands below the first of them."""


Row = Summary | Copy | Heading | None
"""What a line of the list shows; None leaves it blank."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column; 0 for one that the width leaves no room for."""

    title: int
    """With the progress of an article that is being read, at its end."""
    source: int = 0
    date: int = 0
    minutes: int = 0
    marks: int = 0
    """How many highlights and notes."""


def rows_of(sections: Iterable[Section], families: Families, *, folded: bool = False) -> Iterator[Row]:
    """Put a heading above the articles of each file that holds several, and space around them.

    Args:
        sections: What stands together.
        families: Which articles are near copies.
        folded: Whether only the first of near copies is shown, with how many there are.
    """
    before = False
    for number, section in enumerate(section for section in sections if section.entries):
        several = bool(section.path)
        if number and (several or before):
            yield None
        if several:
            yield Heading(section.path, sum(map(_size, section.entries)))
        for entry in section.entries:
            if isinstance(entry, Stack):
                yield from _stack_rows(entry, families, folded=folded)
            elif entry.id in families.members:  # its copies stand in other files, or are not shown
                yield Copy(entry, COPY)
            else:
                yield entry
        before = several


def _size(entry: Summary | Stack) -> int:
    return 1 + len(entry.copies) if isinstance(entry, Stack) else 1


def _stack_rows(stack: Stack, families: Families, *, folded: bool) -> Iterator[Row]:
    yield Copy(stack.first, f"{COPY} {'+' * folded}{len(stack.copies)}")
    for one in () if folded else stack.copies:
        yield Copy(one, _likeness(families.pair(one.id, stack.first.id)), is_below=True)


def _likeness(pair: Pair | None) -> str:
    """Say how much a copy has in common with the first; None is of the same text in another file."""
    if pair is None:
        return f"{COPY} same"
    return f"{COPY} {'all' if pair.likeness.is_within else f'{percent(pair.likeness)} %'}"


def columns(
    width: int, source: int = _SOURCE, date: int = _DATE, minutes: int = _MINUTES, marks: int = 0
) -> Columns:
    """Share out the width of a row: the narrower it is, the more the title counts.

    Args:
        width: Cells of a row.
        source: Cells of the longest source in the list, 0 if none is known.
        date: Cells of the longest date in the list, likewise.
        minutes: Cells of the longest reading time in the list.
        marks: Cells of the longest marks, 0 if no article has any.
    """
    wanted = {
        "marks": min(marks, _MARKS) if width >= 48 else 0,
        "minutes": min(minutes, _MINUTES) if width >= 28 else 0,
        "date": min(date, _DATE) if width >= 76 else 0,
        "source": min(source, _SOURCE) if width >= 96 else 0,
    }
    taken = sum(cells + _GAP for cells in wanted.values() if cells)
    return Columns(title=max(1, width - _LEAD - taken - 1), **wanted)


def marks_of(made: Made | None) -> str:
    """Say how many highlights and notes an article has: "▪5 ✎1"."""
    if made is None:
        return ""
    signs = ((HIGHLIGHT, made.highlights), (NOTE, made.notes))
    return " ".join(f"{sign}{count}" for sign, count in signs if count)


class LibraryList(CursorList[Row], can_focus=False):
    """Articles and the headings above them, with a cursor on one article."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = Facts()
        self._longest: tuple[int, int, int] = (0, 0, 0)
        """Cells of the longest source, date and length."""
        self._widest_marks = 0
        self._columns = columns(80)

    @property
    def current(self) -> Summary | None:
        """The article under the cursor."""
        return article_in(self.under_cursor)

    @property
    def article_ids(self) -> tuple[str, ...]:
        """The ids of all articles that are shown, in their order."""
        return tuple(dict.fromkeys(one.id for row in self.rows if (one := article_in(row))))

    def show(self, rows: tuple[Row, ...], facts: Facts, at: str) -> None:
        """Show rows, with the cursor on the article of an id, or on the first one."""
        self._take(facts)
        articles = [one for row in rows if (one := article_in(row))]
        self._longest = (
            _widest({article.source for article in articles}),
            _widest(map(date_in_words, {article.date for article in articles}), _DATE),
            _widest(map(length_in_words, {article.words for article in articles})),
        )
        self.show_rows(rows, _number_of(rows, at))

    def mark(self, facts: Facts) -> None:
        """Show other marks on the same rows."""
        self._take(facts)
        self.fit()

    def _take(self, facts: Facts) -> None:
        if facts is not self._facts:  # the same ones come at each key of a filter
            self._widest_marks = _widest(map(marks_of, facts.made.values()))
        self._facts = facts

    def go_to(self, article_id: str) -> None:
        """Move the cursor to an article, if it is in the list."""
        row = _number_of(self.rows, article_id)
        if row is not None:
            self.set_cursor(row)

    def stops_at(self, row: Row) -> bool:
        """Tell whether a row is an article."""
        return article_in(row) is not None

    def width_changed(self, width: int) -> None:
        """Share the columns out anew."""
        self._columns = columns(width, *self._longest, self._widest_marks)

    # Painting

    def paint(self, row: Row, *, here: bool) -> list[Segment]:
        """Paint an article, or a heading."""
        if isinstance(row, Summary):
            return self._paint_article(row, here=here)
        if isinstance(row, Copy):
            return self._paint_article(row.summary, row.mark, here=here, is_below=row.is_below)
        return self._paint_heading(row) if row else []

    def _paint_article(
        self, summary: Summary, mark: str = "", *, here: bool, is_below: bool = False
    ) -> list[Segment]:
        progress = self._facts.progress.get(summary.id, _NEVER)
        done = progress.status is Status.DONE
        ground = " on $cursor" if here else ""
        ink = rich_style(self, f"{'$muted' if done else '$ink'}{ground}")
        muted = rich_style(self, f"$muted{ground}")
        emphasis = f"{'bold ' if here else ''}{'italic ' if summary.title_derived else ''}"
        title = rich_style(self, f"{emphasis}{'$muted' if done and not here else '$ink'}{ground}")
        mark = f"{' ' * _GAP}{mark}" if mark else ""
        read, figures = mark + self._progress_of(progress), self._figures(summary)
        below = _BELOW * is_below
        # A title may go on where its row has neither source nor date.
        spare = max(0, len(figures) - len(figures.lstrip()) - _GAP)
        star = STAR if summary.id in self._facts.starred else " "
        return [
            Segment(f"{BAR if here else ' '} ", rich_style(self, f"$accent{ground}")),
            Segment(f"{STATUSES[progress.status]} ", ink),
            Segment(f"{star} ", ink),
            Segment(below, muted),
            Segment(_fit(inert(summary.title), self._columns.title + spare - len(below + read)), title),
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
            (_fit(marks_of(self._facts.made.get(summary.id)), cells.marks), cells.marks),
        )
        return "".join(f"{gap}{text[:size]}" for text, size in parts if size) + " "

    def _paint_heading(self, heading: Heading) -> list[Segment]:
        count = f" · {amount(heading.articles, 'article')}"
        room = max(1, self.line_width - _LEAD - len(count) - 1)
        name = inert(PurePath(heading.path).name)
        name = name if cell_len(name) <= room else "…" + set_cell_size(name[::-1], room - 1)[::-1]
        style = rich_style(self, "$muted")
        return [Segment(" " * _LEAD), Segment(name, style), Segment(count, style)]


def article_in(row: Row) -> Summary | None:
    """Return the article that a row shows."""
    if isinstance(row, Copy):
        return row.summary
    return row if isinstance(row, Summary) else None


def _number_of(rows: Iterable[Row], article_id: str) -> int | None:
    if not article_id:
        return None
    articles = ((number, article_in(row)) for number, row in enumerate(rows))
    return next((number for number, one in articles if one and one.id == article_id), None)


def _widest(words: Iterable[str], enough: int = sys.maxsize) -> int:
    """Return the cells of the widest words, or of the first that fill the column: few need be looked at."""
    widest = 0
    for cells in map(cell_len, words):
        widest = max(widest, cells)
        if widest >= enough:
            break
    return widest


def _fit(text: str, width: int) -> str:
    """Cut a text with "…" or fill it up, to so many cells."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…" if width else ""
