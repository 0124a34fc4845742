"""What of a page is one thing, and so is shown whole: tables, accordions, a headline with what it says. Pure.

The markup score weighs blocks one by one, and knows little of numbers in cells, of what unfolds when one
asks for it, and of the one sentence between a headline and its text.
"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from reader.cleaning.markup_traits import PARTS, Cell
from reader.model import BlockKind

LED = 0.1  # share of the letters of a block that are links, up to which it leads nowhere
ROWS = 2  # of a table that says something
TABLE = 2  # boxes from a row to its table: what groups the rows stands between
AROUND = 2  # boxes around a table, or an accordion, of which one may be there for its looks
NEAR = 3  # boxes, the nearest, of a kept block
DATED = 5  # words of a line of which one is a number, as in a day with its hour
STANDFIRST = 8  # words of it at least; less is a name, a day, a section
_HEADER = "<header>"
_FOLDED = frozenset(("accordion", "accordions", "faq", "faqs", "<details>"))
_SIGNED = frozenset(
    ("author", "authors", "byline", "bio", "meta", "date", "share", "sharing", "social", "tags")
)


def wholes(cells: Sequence[Cell], kept: AbstractSet[int], title: Cell | None) -> frozenset[int]:
    """Find what belongs to kept blocks because it is one with them."""
    near = {box for cell in cells if cell.at in kept for box in cell.markup.boxes[:NEAR]}
    return _tables(cells, kept, near) | _folded(cells, kept, near) | _standfirst(cells, kept, title)


def _tables(cells: Sequence[Cell], kept: AbstractSet[int], near: AbstractSet[int]) -> frozenset[int]:
    """Find the tables of words and numbers, with their captions, that stand beside what is kept."""
    rows_by_table: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.kind is BlockKind.ROW and len(cell.markup.boxes) > TABLE:
            rows_by_table[cell.markup.boxes[TABLE]].append(cell)
    ours = {table for table, rows in rows_by_table.items() if _is_ours(rows, kept, near)}
    captions = {
        c.at for c in cells if c.kind is BlockKind.CAPTION and not ours.isdisjoint(c.markup.boxes[:2])
    }
    return frozenset(captions | {cell.at for table in ours for cell in rows_by_table[table]})


def _is_ours(rows: Sequence[Cell], kept: AbstractSet[int], near: AbstractSet[int]) -> bool:
    """Tell whether a table says something in columns, and stands where the article does."""
    told = [row for row in rows if _is_told(row)]
    if len(told) < ROWS or 2 * len(told) < len(rows):
        return False
    around = rows[0].markup.boxes[TABLE + 1 : TABLE + 1 + AROUND]
    return any(row.at in kept for row in rows) or not near.isdisjoint(around)


def _is_told(row: Cell) -> bool:
    """Tell whether a row has words or numbers in two cells, which neither lead elsewhere nor ask."""
    filled = sum(bool(cell.strip()) for cell in row.text.split("|"))
    return filled > 1 and row.markup.link_density <= LED and "<form>" not in row.markup.around


def _folded(cells: Sequence[Cell], kept: AbstractSet[int], near: AbstractSet[int]) -> frozenset[int]:
    """Find all of an accordion of which some is kept, or that stands beside what is."""
    folded = [cell for cell in cells if _is_folded(cell)]
    outside = {box for cell in cells if not _is_folded(cell) for box in cell.markup.boxes}
    ours = {box for cell in folded if cell.at in kept for box in cell.markup.boxes} - outside
    return frozenset(
        cell.at
        for cell in folded
        if cell.markup.link_density <= LED
        and (
            not ours.isdisjoint(cell.markup.boxes)
            or next((box for box in cell.markup.boxes if box in outside), 0) in near
        )
    )


def _is_folded(cell: Cell) -> bool:
    around = cell.markup.around
    return not _FOLDED.isdisjoint(around) and PARTS.isdisjoint(around)


def _standfirst(cells: Sequence[Cell], kept: AbstractSet[int], title: Cell | None) -> frozenset[int]:
    """Find what the header of the article says below its headline, above what is kept."""
    if title is None or _HEADER not in title.markup.around:
        return frozenset()
    first = min((at for at in kept if at > title.at), default=title.at)
    near = set(title.markup.boxes[1:NEAR])
    between = (cell for cell in cells if title.at < cell.at < first)
    return frozenset(
        c.at for c in between if _is_standfirst(c) and not near.isdisjoint(c.markup.boxes[:NEAR])
    )


def _is_standfirst(cell: Cell) -> bool:
    """Tell whether a block of a header is a sentence, and neither who wrote the article nor when."""
    return (
        _HEADER in cell.markup.around
        and cell.size >= STANDFIRST
        and cell.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
        and not cell.markup.link_density
        and DATED * sum(map(str.isdigit, cell.words)) < cell.size
        and _SIGNED.isdisjoint(cell.markup.around)
    )
