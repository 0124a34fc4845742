"""The weights of the prose score, as they stand in `rules/prose.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

UNIT = 100  # weights are written in hundredths
MOST_CLASSES = 32  # of one measure; those that learning never met have no weight
_NOTHING = (0.0,) * MOST_CLASSES

Columns = Mapping[str, Sequence[int]]
"""For each measure its class on every block, in order."""


@dataclass(frozen=True, slots=True)
class Table:
    """What two measures together add to the score of a block, in log-odds of being the article."""

    rows: str
    """The measure that chooses the row."""
    columns: str
    """The measure that chooses the weight in it."""
    why: str
    """What the two look at, in words a reader understands."""
    weights: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights of the prose score."""

    alone: tuple[Table, ...] = ()
    """Of what a block shows by itself."""
    signs: Mapping[str, float] = field(default_factory=dict)
    """By word or sign that stands in it."""
    among: tuple[Table, ...] = ()
    """Of the block among its neighbours."""
    base: float = 0.0
    """Where the score among neighbours begins."""


def parse_weights(text: str) -> Weights:
    """Read a file of weights."""
    tables = tomllib.loads(text)
    alone, among = (tuple(map(_table, tables[name])) for name in ("alone", "among"))
    signs = {sign: float(weight) for weight, some in tables["signs"].items() for sign in some.split()}
    return Weights(alone, signs, among, tables["base"] / UNIT)


def _table(entry: Mapping[str, Any]) -> Table:
    rows = [[int(cell) / UNIT for cell in row.split()] for row in entry["weights"].strip().splitlines()]
    full = [tuple(row + [0.0] * (MOST_CLASSES - len(row))) for row in rows]
    full += [_NOTHING] * (MOST_CLASSES - len(full))
    return Table(entry["rows"], entry["columns"], entry["why"], tuple(full))


def add_up(tables: Sequence[Table], columns: Columns, begin: Sequence[float]) -> list[float]:
    """Add to a score of each block what the tables say of it."""
    totals = list(begin)
    for table in tables:
        weights, rows = table.weights, columns[table.rows]
        pairs = zip(totals, rows, columns[table.columns], strict=True)
        totals = [total + weights[row][column] for total, row, column in pairs]
    return totals
