"""How much a block among its neighbours looks like the text of an article: the prose score's second half.

From the scores of the blocks alone come, for each block, the scores and lengths of those around it, the
density of prose before and behind it, and where it lies from the best run of prose.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from reader.cleaning.measures import Line
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import common_words, size
from reader.cleaning.weights import Weights
from reader.model import Category

LIMIT = 6.0  # log-odds; beyond it a score says no more
OUTSIDE = -2.0  # log-odds given to the void before the first and behind the last block
VOID = 3  # blocks of the void that are seen from the edge
NO_LENGTH = 9  # class of length of the void
CAP = 60  # words of a block that count towards the mass of prose
SURE, SURE_WORDS = 0.8, 20  # a block so probable and so long is a post to hold on to
LIKELY, LIKELY_WORDS = 0.6, 15  # a block whose words are probably the article's
REACHES = (3, 8, 20)  # blocks each way in which prose is measured
FAR = 50  # blocks; no difference beyond
BREAK_EVEN = 0.35  # probability above which a block makes a run of prose better
_SCORES = (-4.0, -3.0, -2.2, -1.6, -1.1, -0.7, -0.3, 0.0, 0.3, 0.7, 1.1, 1.6, 2.2, 3.0, 4.0)
_SHARES = (0.03, 0.08, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.93)
_MASSES = (2.0, 8.0, 20.0, 40.0, 70.0, 110.0, 170.0, 250.0, 400.0, 700.0)
_WORDS = (1, 2, 4, 7, 12, 20, 32)
_STEPS = (0, 1, 2, 3, 5, 8, 13, 22, 40)


def probability(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def context_scores(
    lines: Sequence[Line], hits: Sequence[Hit | None], scores: Sequence[float], weights: Weights
) -> list[float]:
    """Return the score of each block among its neighbours; above 0 it is more likely the article."""
    weight = weights.context.get
    return [sum([weight(trait, 0.0) for trait in named]) for named in context_traits(lines, hits, scores)]


def context_traits(
    lines: Sequence[Line], hits: Sequence[Hit | None], scores: Sequence[float]
) -> list[list[str]]:
    """Name the traits of each block that lie in its surroundings."""
    page = _Page(lines, hits, scores)
    return [page.traits(index) for index in range(len(lines))]


class _Page:
    """Sums over the blocks of one article, so that any stretch of it is measured in one step."""

    def __init__(self, lines: Sequence[Line], hits: Sequence[Hit | None], scores: Sequence[float]) -> None:
        self.total = len(lines)
        clipped = [max(-LIMIT, min(LIMIT, score)) for score in scores]
        void = [bisect_right(_SCORES, OUTSIDE)] * VOID
        self._bins = [*void, *(bisect_right(_SCORES, score) for score in clipped), *void]
        chances = [probability(score) for score in clipped]
        counts = [line.word_count for line in lines]
        self._sizes = [size(count) for count in counts]
        nothing = [NO_LENGTH] * VOID
        self._lengths = [*nothing, *(bisect_right(_WORDS, count) for count in counts), *nothing]
        masses = [chance * min(count, CAP) for chance, count in zip(chances, counts, strict=True)]
        self._chances = [0.0, *accumulate(chances)]
        self._masses = [0.0, *accumulate(masses)]
        gains = [(c - BREAK_EVEN) * min(max(n, 3), CAP) for c, n in zip(chances, counts, strict=True)]
        self._window = best_run(gains)
        self._kinship = _kinship(lines, chances)
        sure = [c > SURE and n >= SURE_WORDS for c, n in zip(chances, counts, strict=True)]
        self._since = _steps_since(sure)
        self._until = _steps_since(sure[::-1])[::-1]
        ends = [hit is not None and hit.rule.category is Category.COMMENTS for hit in hits]
        self._since_comments = _steps_since(ends)
        self._hits = [0, *accumulate(hit is not None for hit in hits)]
        words = sum(counts) or 1
        self._page = (
            f"mean{bisect_right(_SHARES, self._chances[-1] / (self.total or 1))}",
            f"bulk{bisect_right(_SHARES, sum(c * n for c, n in zip(chances, counts, strict=True)) / words)}",
            f"scale{min(9, int(math.log2(self.total or 1)))}",
        )
        self._everything = self._masses[-1] or 1.0

    def traits(self, i: int) -> list[str]:
        """Name the traits of block `i`."""
        bins, lengths, at = self._bins, self._lengths, i + VOID
        own, length = bins[at], self._sizes[i]
        third = own // 4
        return [
            f"own{own}",
            f"own{own // 2}/{length}",
            f"up1:{bins[at - 1]}",
            f"up2:{bins[at - 2]}",
            f"up3:{bins[at - 3]}",
            f"down1:{bins[at + 1]}",
            f"down2:{bins[at + 2]}",
            f"down3:{bins[at + 3]}",
            f"uplen:{lengths[at - 1]}/{length}",
            f"downlen:{lengths[at + 1]}/{length}",
            f"both{bins[at - 1] // 4}{third}{bins[at + 1] // 4}",
            *self._around(i),
            f"past{bisect_right(_SHARES, self._masses[i] / self._everything)}",
            f"ahead{bisect_right(_SHARES, 1 - self._masses[i + 1] / self._everything)}",
            f"window{_distance(i, *self._window)}/{min(third, 3)}",
            f"since{bisect_right(_STEPS, self._since[i])}/{third}",
            f"until{bisect_right(_STEPS, self._until[i])}/{third}",
            f"comments{bisect_right(_STEPS, self._since_comments[i])}/{min(length, 4)}",
            f"hits{min(4, self._hits[min(self.total, i + 4)] - self._hits[max(0, i - 3)])}/{min(length, 4)}",
            f"kin{self._kinship[i]}/{length}",
            *self._page,
        ]

    def _around(self, i: int) -> list[str]:
        named: list[str] = []
        chances, masses = self._chances, self._masses
        above, below = chances[i], chances[i + 1]
        mass = masses[i + 1] - masses[i]
        for reach in REACHES:
            low = i - reach if i > reach else 0
            high = i + reach + 1 if i + reach < self.total else self.total
            before = (above - chances[low]) / reach
            behind = (chances[high] - below) / reach
            named += (
                f"near{reach}:{bisect_right(_SHARES, (before + behind) / 2)}",
                f"above{reach}:{bisect_right(_SHARES, before)}",
                f"below{reach}:{bisect_right(_SHARES, behind)}",
                f"mass{reach}:{bisect_right(_MASSES, masses[high] - masses[low] - mass)}",
            )
        return named


def _kinship(lines: Sequence[Line], chances: Sequence[float]) -> list[str]:
    """Measure which share of a block's own words the probable article has elsewhere, in fifths."""
    vocabulary: Counter[str] = Counter()
    common = common_words()
    contents = [frozenset(line.words) - common for line in lines]
    likely = [c > LIKELY and line.word_count >= LIKELY_WORDS for c, line in zip(chances, lines, strict=True)]
    for content, is_likely in zip(contents, likely, strict=True):
        if is_likely:
            vocabulary.update(content)
    if not vocabulary:
        return ["-"] * len(lines)
    return [
        str(5 * sum([vocabulary[word] > is_likely for word in content]) // len(content)) if content else "0"
        for content, is_likely in zip(contents, likely, strict=True)
    ]


def best_run(gains: Sequence[float]) -> tuple[int, int]:
    """Find the run of blocks with the largest sum of gains (Kadane), as a half-open range."""
    best, first, last = 0.0, 0, 0
    running, begin = 0.0, 0
    for index, gain in enumerate(gains):
        if running <= 0:
            running, begin = 0.0, index
        running += gain
        if running > best:
            best, first, last = running, begin, index + 1
    return first, last


def _distance(i: int, first: int, last: int) -> str:
    if i < first:
        return f"-{bisect_right(_STEPS, first - i)}"
    if i >= last:
        return f"+{bisect_right(_STEPS, i - last + 1)}"
    return "="


def _steps_since(there: Sequence[bool]) -> list[int]:
    """Count the blocks since the last one that is there, `FAR` at most."""
    steps, since = [], FAR
    for is_there in there:
        since = 0 if is_there else min(FAR, since + 1)
        steps.append(since)
    return steps
