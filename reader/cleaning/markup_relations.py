"""How a block of a page stands to the headline, and to its like: more numbers for the markup score.

An article begins at its headline and shares a box with it. Blocks of the same element in elements of the
same names are alike, wherever they stand: the entries of a listing, the comments, the sections of a guide.
What one of them is, the others are.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from reader.cleaning.context import probability
from reader.cleaning.markup_traits import TRAILS, Cell

ALIKE = 4  # names, the nearest, that blocks have in common that are alike
FAR = -500  # blocks to a headline that does not stand in the page

HEADLINE_NAMES = ("from-title", "title-depth", "title-share", "title-box")
PEER_NAMES = ("peers", "peers-share", "peers-own", "peers-linked", "peers-words", "peers-ends", "peers-trail")


def to_headline(cells: Sequence[Cell], title: Cell | None) -> list[tuple[float, ...]]:
    """Measure how far each block is from the headline: in blocks, and in the boxes that hold both.

    Args:
        cells: The blocks, without the headline.
        title: The headline, if it stands in the page.
    """
    if title is None:
        return [(FAR, -1, -1, -1)] * len(cells)
    words: defaultdict[int, int] = defaultdict(int)
    for cell in cells:
        for number in cell.markup.boxes:
            words[number] += cell.size
    total = sum(cell.size for cell in cells) or 1
    levels = {number: level for level, number in enumerate(title.markup.boxes)}
    return [_to_headline(cell, title, levels, words, total) for cell in cells]


def _to_headline(
    cell: Cell, title: Cell, levels: dict[int, int], words: defaultdict[int, int], total: int
) -> tuple[float, ...]:
    away = cell.at - title.at
    for depth, number in enumerate(cell.markup.boxes):
        if number in levels:
            return away, depth, words[number] / total, levels[number]
    return away, -1, -1, -1


@dataclass(slots=True)
class _Kin:
    """Blocks that are alike, added up."""

    blocks: int = 0
    words: int = 0
    weight: int = 0
    mass: float = 0.0
    linked: float = 0.0
    ends: int = 0
    trails: int = 0


def to_peers(cells: Sequence[Cell], scores: Sequence[float]) -> list[tuple[float, ...]]:
    """Measure what the blocks are that are like each."""
    kin: defaultdict[tuple[str, ...], _Kin] = defaultdict(_Kin)
    kinds = [_kind(cell) for cell in cells]
    masses = [probability(score) * max(1, cell.size) for cell, score in zip(cells, scores, strict=True)]
    for cell, kind, mass in zip(cells, kinds, masses, strict=True):
        its, weight = kin[kind], max(1, cell.size)
        its.blocks += 1
        its.words += cell.size
        its.weight += weight
        its.mass += mass
        its.linked += cell.markup.link_density * weight
        its.ends += cell.ends
        its.trails += TRAILS.search(cell.text) is not None
    total = sum(cell.size for cell in cells) or 1
    return [
        _to_peers(kin[kind], max(1, cell.size), mass, total)
        for cell, kind, mass in zip(cells, kinds, masses, strict=True)
    ]


def _to_peers(its: _Kin, weight: int, mass: float, total: int) -> tuple[float, ...]:
    return (
        its.blocks,
        its.words / total,
        (its.mass - mass) / (its.weight - weight) if its.blocks > 1 else -1,
        its.linked / its.weight,
        its.words / its.blocks,
        its.ends / its.blocks,
        its.trails / its.blocks,
    )


def _kind(cell: Cell) -> tuple[str, ...]:
    around = cell.markup.around
    bar = around.index("|") if "|" in around else 0
    return cell.markup.tag, *around[bar + 1 :][-ALIKE:]
