"""Where a block stands among the others of its page, as named numbers: the markup score's second half.

From the own scores of all blocks come the scores around each, what its boxes hold (a box is an element
with blocks in it), and where it lies from the best run and the best box of prose.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reader.cleaning.context import best_run, probability
from reader.cleaning.markup_relations import HEADLINE_NAMES, PEER_NAMES, to_headline, to_peers
from reader.cleaning.markup_traits import Cell
from reader.model import BlockKind

VOID = -4.0  # log-odds before the first and behind the last block
LEVELS = 6  # boxes around a block that are measured, the nearest first
REACHES = (5, 15)  # blocks each way
BREAK_EVEN = 0.35  # probability above which a block makes a run of prose better
CAP = 60  # words of a block that count towards a run
TELLING = 25  # code points from which a block counts as prose of its box
FAR = -50.0  # blocks to a heading that is not there
OWN_BOX = frozenset(("p", "li", "blockquote", "h2", "h3", "pre", "td"))
"""Elements that are a block rather than hold some: what they weigh counts for the box around them."""

_KINDS = (
    BlockKind.PARAGRAPH,
    BlockKind.HEADING,
    BlockKind.LIST_ITEM,
    BlockKind.ROW,
    BlockKind.CAPTION,
    BlockKind.QUOTE,
    BlockKind.CODE,
)
_COMMAS = re.compile("[,，、]")
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]")

_OF_BOX = ("blocks", "share", "linked", "prose", "mass")
NAMES = (
    "own", "words", "linked", "ends", "level", "place", "past", "ahead", "up1", "up2", "up3", "down1",
    "down2", "down3", "words-up", "words-down", "from-run", "again", "blocks", "total",
    "mass", "near5", "near15",
    *(f"box{level}-{what}" for level in range(LEVELS) for what in _OF_BOX),
    "in-heart", "heart-depth", "kind", "h1-above", "since-h1",
    "in-best", "best-depth", "best-near", "best-parent", "best-own", "best-share", "from-best",
    *HEADLINE_NAMES, *PEER_NAMES,
)  # fmt: skip
"""What the numbers of `measure` are called, in their order."""


@dataclass(slots=True)
class _Box:
    """What an element holds."""

    blocks: int = 0
    words: int = 0
    linked: float = 0.0
    mass: float = 0.0


def measure(cells: Sequence[Cell], scores: Sequence[float], title: Cell | None) -> list[tuple[float, ...]]:
    """Measure each block among the others; the numbers stand in the order of `NAMES`.

    Args:
        cells: The blocks, without the headline.
        scores: Their own scores.
        title: The headline, if it stands in the page.
    """
    page = _Page(cells, scores)
    beside = zip(_best(cells), to_headline(cells, title), to_peers(cells, scores), strict=True)
    return [
        (*page.around(at), *page.boxes_of(at), *page.heart_of(at), *best, *headline, *peers)
        for at, (best, headline, peers) in enumerate(beside)
    ]


class _Page:
    """Sums over one page."""

    def __init__(self, cells: Sequence[Cell], scores: Sequence[float]) -> None:
        self.cells, self.scores = cells, scores
        self.sizes = [cell.size for cell in cells]
        self.total = sum(self.sizes) or 1
        chances = [probability(max(-20.0, min(20.0, score))) for score in scores]
        self.masses = [chance * size for chance, size in zip(chances, self.sizes, strict=True)]
        self.mass = sum(self.masses) or 1.0
        self.above = _sums(self.masses)
        self.words_above = _sums(self.sizes)
        gains = [(c - BREAK_EVEN) * min(max(n, 3), CAP) for c, n in zip(chances, self.sizes, strict=True)]
        self.run = best_run(gains)
        self.times = Counter(cell.text for cell in cells)
        self.tops = [at for at, cell in enumerate(cells) if cell.level == 1]
        self.boxes = self._fill()
        self.heart = max(self.boxes, key=self._worth, default=-1)

    def _fill(self) -> Mapping[int, _Box]:
        boxes: defaultdict[int, _Box] = defaultdict(_Box)
        for cell, size, mass in zip(self.cells, self.sizes, self.masses, strict=True):
            for number in cell.markup.boxes:
                box = boxes[number]
                box.blocks += 1
                box.words += size
                box.linked += cell.markup.link_density * size
                box.mass += mass
        return boxes

    def _worth(self, number: int) -> tuple[float, int]:
        box = self.boxes[number]
        return box.mass - 0.5 * (box.words - box.mass), number

    def around(self, at: int) -> tuple[float, ...]:
        """Measure the block and those around it."""
        cell, count = self.cells[at], len(self.cells)
        first, behind = self.run
        from_run = at - first if at < first else 0 if at < behind else at - behind + 1
        return (
            self.scores[at],
            cell.size,
            cell.markup.link_density,
            cell.ends,
            cell.level,
            at / count,
            self.above[at] / self.mass,
            1 - self.above[at + 1] / self.mass,
            *(self._score(at - step) for step in (1, 2, 3)),
            *(self._score(at + step) for step in (1, 2, 3)),
            self.sizes[at - 1] if at else 0,
            self.sizes[at + 1] if at + 1 < count else 0,
            from_run,
            self.times[cell.text],
            count,
            self.total,
            self.mass / self.total,
            *(self._near(at, reach) for reach in REACHES),
        )

    def _score(self, at: int) -> float:
        return self.scores[at] if 0 <= at < len(self.scores) else VOID

    def _near(self, at: int, reach: int) -> float:
        low, high = max(0, at - reach), min(len(self.cells), at + reach + 1)
        words = self.words_above[high] - self.words_above[low] - self.sizes[at]
        return (self.above[high] - self.above[low] - self.masses[at]) / max(1, words)

    def boxes_of(self, at: int) -> list[float]:
        """Measure the boxes around a block."""
        numbers = self.cells[at].markup.boxes[:LEVELS]
        measured: list[float] = []
        for number in numbers:
            box = self.boxes[number]
            others = box.words - self.sizes[at]
            measured += (
                box.blocks,
                box.words / self.total,
                box.linked / max(1, box.words),
                (box.mass - self.masses[at]) / others if others > 0 else -1,
                box.mass / self.mass,
            )
        return measured + [-1] * (5 * (LEVELS - len(numbers)))

    def heart_of(self, at: int) -> tuple[float, ...]:
        """Measure how a block stands to the box with most prose, and to the headings of the first level."""
        cell = self.cells[at]
        numbers = cell.markup.boxes
        inside = self.heart in numbers
        tops = [top for top in self.tops if top <= at]
        return (
            inside,
            numbers.index(self.heart) if inside else -1,
            _KINDS.index(cell.kind) if cell.kind in _KINDS else len(_KINDS),
            len(tops),
            at - (tops[-1] if tops else FAR),
        )


def _sums(values: Sequence[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _best(cells: Sequence[Cell]) -> list[tuple[float, ...]]:
    """Measure how each block stands to the box that holds most paragraphs, weighed without any learning."""
    letters: defaultdict[int, float] = defaultdict(float)
    linked: defaultdict[int, float] = defaultdict(float)
    weights: defaultdict[int, float] = defaultdict(float)
    for cell in cells:
        markup, length = cell.markup, len(cell.text)
        for number in markup.boxes:
            letters[number] += length
            linked[number] += length * markup.link_density
        if length >= TELLING and markup.link_density < 0.5:
            boxes = markup.boxes[1:] if markup.tag in OWN_BOX else markup.boxes
            for number, share in zip(boxes, (1, 0.5, 0.25), strict=False):
                weights[number] += _weight(cell) * share
    for number in weights:
        weights[number] *= 1 - min(1.0, linked[number] / max(1, letters[number]))
    best = max(weights, key=lambda number: (weights[number], number), default=-1)
    inside = [at for at, cell in enumerate(cells) if best in cell.markup.boxes]
    edges = (inside[0], inside[-1]) if inside else (0, 0)
    share = letters[best] / max(1, sum(len(cell.text) for cell in cells))
    return [
        (*_to_best(cell, best, weights, share), at - edges[0] if at < edges[0] else max(0, at - edges[1]))
        for at, cell in enumerate(cells)
    ]


def _weight(cell: Cell) -> float:
    length = len(cell.text) + 2 * len(_IDEOGRAPHS.findall(cell.text))
    return 1 + len(_COMMAS.findall(cell.text)) + min(length / 100, 3)


def _to_best(cell: Cell, best: int, weights: Mapping[int, float], share: float) -> tuple[float, ...]:
    numbers, highest = cell.markup.boxes, weights.get(best) or 1.0
    inside = best in numbers
    return (
        inside,
        numbers.index(best) if inside else -1,
        max((weights.get(number, 0.0) for number in numbers[:5]), default=0.0) / highest,
        weights.get(numbers[1], 0.0) / highest if len(numbers) > 1 else 0.0,
        weights.get(numbers[0], 0.0) / highest if numbers else 0.0,
        share,
    )
