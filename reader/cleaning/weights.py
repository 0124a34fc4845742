"""The weights of the prose score, as they stand in `rules/prose.toml`, and how they are added up.

A column holds the class of one measure on every block of an article, a byte each. So a table is looked up
for all blocks at once: `bytes.translate` finds the cells and their weights, and long integers add them, each
block in a byte of its own, and in two where one is full. That takes less than a fifth of the time of a loop
over blocks and tables.
"""

import struct
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.cleaning.columns import Columns

UNIT = 100  # weights are written in hundredths
_CELLS = 256  # of one table that differ; a cell is named by one byte
_BYTE = 0xFF  # hundredths between the least and the most that one table says: a byte
_MOST = 0xFFFF  # hundredths between the least and the most that all tables together may say: two bytes


@dataclass(frozen=True, slots=True)
class Table:
    """What two measures together add to the score of a block, in log-odds of being the article."""

    rows: str
    """The measure that chooses the row."""
    columns: str
    """The measure that chooses the weight in it."""
    why: str
    """What the two look at, in words a reader understands."""
    least: int
    """The smallest weight, in hundredths; the others are counted from it."""
    row_cells: bytes
    """By class of `rows` where its row of cells begins; rows that are alike share one."""
    column_cells: bytes
    """By class of `columns` which cell of a row it is."""
    above: bytes
    """By cell its weight above `least`."""
    most: int
    """The largest of `above`."""

    def weight(self, row: int, column: int) -> float:
        """Return what two classes add."""
        cell = self.row_cells[row] + self.column_cells[column]
        return (self.least + self.above[cell]) / UNIT


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the prose score."""

    alone: tuple[Table, ...] = ()
    """Of what a block shows by itself."""
    signs: Mapping[str, int] = field(default_factory=dict)
    """By word or sign that stands in it, in hundredths: whole numbers add up to the same in any order."""
    among: tuple[Table, ...] = ()
    """Of the block among its neighbours."""
    base: int = 0
    """Where the score among neighbours begins, in hundredths."""


def parse_weights(text: str) -> Weights:
    """Read a file of weights.

    Raises:
        ValueError: A table has too many cells that differ, or all together weigh too much.
    """
    tables = tomllib.loads(text)
    alone, among = (
        tuple(table for entry in tables[name] for table in _tables(entry)) for name in ("alone", "among")
    )
    for some in (alone, among):
        if sum(table.most for table in some) > _MOST:
            raise ValueError("the weights are too large to be added in two bytes")
    signs = {
        sign: round(UNIT * float(weight)) for weight, some in tables["signs"].items() for sign in some.split()
    }
    return Weights(alone, signs, among, tables["base"])


def _tables(entry: Mapping[str, Any]) -> Iterator[Table]:
    """Read a table; of one that says more than a byte can hold, each byte is a table of its own."""
    rows = [(*map(int, row.split()), 0) for row in entry["weights"].strip().splitlines()]
    rows.append((0,) * len(rows[0]))  # classes that learning never met have no weight
    distinct, row_numbers = _grouped(rows)
    groups, column_numbers = _grouped(list(zip(*distinct, strict=True)))
    cells = [weight for row in zip(*groups, strict=True) for weight in row]
    if len(cells) > _CELLS:
        raise ValueError(f"too many cells that differ: {entry['rows']} and {entry['columns']}")
    row_cells = _by_class([number * len(groups) for number in row_numbers])
    least = min(cells)
    for below in range(least, max(*cells, least + 1), _BYTE):
        above = [min(max(0, cell - below), _BYTE) for cell in cells]
        yield Table(
            entry["rows"],
            entry["columns"],
            entry["why"],
            least if below == least else 0,
            row_cells,
            _by_class(column_numbers),
            _by_class(above),
            max(above),
        )


def _grouped(lines: Sequence[tuple[int, ...]]) -> tuple[list[tuple[int, ...]], list[int]]:
    """Return the lines that differ, and for each line which of them it is."""
    distinct = list(dict.fromkeys(lines))
    numbers = {line: number for number, line in enumerate(distinct)}
    return distinct, [numbers[line] for line in lines]


def _by_class(values: Sequence[int]) -> bytes:
    """Write a table for `bytes.translate`; what is beyond its end is as its last."""
    return bytes([*values, *[values[-1]] * (256 - len(values))])


def add_up(tables: Sequence[Table], columns: Columns, begin: Sequence[float]) -> list[float]:
    """Add what the tables say of each block to what else was said of it, in hundredths; return its score."""
    count = len(begin)
    rows = b"".join([columns[table.rows].translate(table.row_cells) for table in tables])
    places = b"".join([columns[table.columns].translate(table.column_cells) for table in tables])
    cells = _number(rows) + _number(places)  # no byte overflows: all cells are below 256
    by_table = cells.to_bytes(len(rows), "little")
    total, narrow, room = 0, 0, _BYTE
    for at, table in enumerate(tables):
        if table.most > room:
            total, narrow, room = total + _widened(narrow, count), 0, _BYTE
        narrow += _number(by_table[at * count : (at + 1) * count].translate(table.above))
        room -= table.most
    total += _widened(narrow, count)
    sums = struct.unpack(f"<{count}H", total.to_bytes(2 * count, "little"))
    least = sum([table.least for table in tables])
    return [(first + more + least) / UNIT for first, more in zip(begin, sums, strict=True)]


def _widened(narrow: int, count: int) -> int:
    """Give each block, of so many, two bytes instead of one."""
    wide = bytearray(2 * count)
    wide[::2] = narrow.to_bytes(count, "little")
    return _number(wide)


def _number(some: bytes | bytearray) -> int:
    return int.from_bytes(some, "little")
