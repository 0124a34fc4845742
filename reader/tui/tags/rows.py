"""The tags, one a line: how they nest, how often each is used, what it stands together with."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from reader.inert import inert
from reader.layout.cells import shortened
from reader.notebook import Branch
from reader.tui.chrome import rich_style
from reader.tui.cursor_list import CursorList
from reader.tui.signs import ARTICLE, BAR, HIGHLIGHT

FOLDED, UNFOLDED = "▸", "▾"

_INDENT = 2  # cells for each level of nesting
_LEAD = 4  # cells before a name: bar, space, fold, space
_GAP = 2  # cells between columns
_NAME = 36  # cells that a name may take
_LEAST_BESIDE = 12  # cells from which on there is room for what a tag stands together with


class Columns(NamedTuple):
    """Cells of each column; 0 for one that is not needed."""

    name: int
    passages: int
    articles: int
    rest: int


def columns(width: int, name: int, passages: int, articles: int) -> Columns:
    """Share out the width of a row.

    Args:
        width: Cells of a row.
        name: Cells of the longest name, its indent included.
        passages: Cells of the longest number of passages, 0 if there is none.
        articles: The same for articles.
    """
    figures = sum(cells + _GAP for cells in (passages, articles) if cells)
    name = max(1, min(name, _NAME, width - _LEAD - figures - 1))
    return Columns(name, passages, articles, max(0, width - _LEAD - name - figures))


class TagList(CursorList[Branch], can_focus=False):
    """Tags, with a cursor on one of them."""

    def __init__(self) -> None:
        super().__init__()
        self._unfolded: Collection[str] = ()
        self._beside: Callable[[str], str] = str
        self._columns = columns(80, 0, 0, 0)

    def show(
        self, rows: tuple[Branch, ...], unfolded: Collection[str], beside: Callable[[str], str], at: str
    ) -> None:
        """Show tags, with the cursor on one, or else where it stood, or else on the first.

        Args:
            rows: What to show.
            unfolded: Tags whose nested ones are shown.
            beside: Tells what a tag stands together with; is asked for what is seen.
            at: The tag for the cursor.
        """
        self._unfolded, self._beside = unfolded, beside
        self.show_rows(rows, next((number for number, row in enumerate(rows) if row.tag == at), None))

    def width_changed(self, width: int) -> None:
        """Share the columns out anew."""
        names = (len(_indent(row)) + cell_len(inert(row.label)) for row in self.rows)
        self._columns = columns(
            width,
            max(names, default=0),
            max((len(_figure(HIGHLIGHT, row.passages)) for row in self.rows), default=0),
            max((len(_figure(ARTICLE, row.articles)) for row in self.rows), default=0),
        )

    def paint(self, row: Branch, *, here: bool) -> list[Segment]:
        """Paint a tag, its numbers, and what it stands together with."""
        ground = " on $cursor" if here else ""
        muted = rich_style(self, f"$muted{ground}")
        # Of a terminal's own colours, faint is not sure to be read.
        quiet = muted if self.app.current_theme.ansi else rich_style(self, f"$faint{ground}")
        fold = (UNFOLDED if row.tag in self._unfolded else FOLDED) if row.nests else " "
        cells, gap = self._columns, " " * _GAP
        name = f"{_indent(row)}{inert(row.label)}"
        figures = (
            (_figure(HIGHLIGHT, row.passages), cells.passages),
            (_figure(ARTICLE, row.articles), cells.articles),
        )
        room = cells.rest - _GAP - 1
        beside = shortened(inert(self._beside(row.tag)), room) if room >= _LEAST_BESIDE else ""
        return [
            Segment(f"{BAR if here else ' '} ", rich_style(self, f"$accent{ground}")),
            Segment(f"{fold} ", muted),
            Segment(
                set_cell_size(shortened(name, cells.name), cells.name),
                rich_style(self, f"{'bold ' if here else ''}$ink{ground}"),
            ),
            Segment("".join(f"{gap}{figure:>{size}}" for figure, size in figures if size), muted),
            Segment(set_cell_size(f"{gap}{beside}", cells.rest), quiet),
        ]


def _indent(row: Branch) -> str:
    return " " * (_INDENT * row.depth)


def _figure(sign: str, number: int) -> str:
    return f"{sign}{number:,}" if number else ""
