"""The rows of a table: which of them hold words in columns, and which columns a cell above takes."""

from collections.abc import Mapping

from selectolax.lexbor import LexborNode

CELLS = frozenset(("td", "th"))
MOST_COLUMNS = 32  # that a cell is believed to span, and that are kept account of
MOST_ROWS = 1_000  # likewise

_BLOCKS_IN_CELLS = "p, div, table, ul, ol, h1, h2, h3, h4, h5, h6, pre, blockquote, form, section, article"


class Table:
    """One table, as its rows are met: how far cells reach down and to the right."""

    def __init__(self) -> None:
        self._left: list[int] = []
        """For each column, into how many rows more a cell above reaches."""
        self._column = 0
        self._passed = 0

    def begin_row(self, row: LexborNode) -> bool:
        """Go to the next row; tell whether it holds cells of words, and is not there to lay out the page."""
        for column in range(self._column, len(self._left)):
            self._left[column] = max(0, self._left[column] - 1)
        self._column = self._passed = 0
        cells = sum(child.tag in CELLS for child in row.iter())
        reaching = sum(left > 0 for left in self._left)
        return cells > 0 and cells + reaching >= 2 and row.css_first(_BLOCKS_IN_CELLS) is None

    def begin_cell(self, attributes: Mapping[str, str | None]) -> int:
        """Go to the next cell; return how many columns stand empty between the one before and it."""
        gaps = self._passed
        while self._column < len(self._left) and self._left[self._column]:
            self._left[self._column] -= 1
            self._column += 1
            gaps += 1
        columns = _number(attributes.get("colspan"), MOST_COLUMNS)
        rows = _number(attributes.get("rowspan"), MOST_ROWS)
        end = min(self._column + columns, MOST_COLUMNS)
        self._left += [0] * (end - len(self._left))
        self._left[self._column : end] = [rows - 1] * max(0, end - self._column)
        self._column, self._passed = max(end, self._column), max(0, end - self._column - 1)
        return gaps


def _number(written: str | None, most: int) -> int:
    return max(1, min(most, int(written))) if written and written.isdecimal() and len(written) < 6 else 1
