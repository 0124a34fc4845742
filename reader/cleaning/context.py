"""How much a block among its neighbours looks like the text of an article: the prose score's second half.

From the scores of the blocks alone come, for each block, the scores and lengths of those around it, the
density of prose before and behind it, and where it lies from the best run of prose and from the title.
All of it is measured column by column: for each measure one list over all blocks.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from reader.cleaning.measures import Line
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import SENTENCES, common_words
from reader.cleaning.weights import Columns, Weights, add_up
from reader.model import BlockKind, Category

LIMIT = 6.0  # log-odds; beyond it a score says no more
CAP = 60  # words of a block that count towards the mass of prose
SURE, SURE_WORDS = 0.8, 20  # a block so probable and so long is a post to hold on to
LIKELY, LIKELY_WORDS = 0.6, 15  # a block whose words are probably the article's
REACHES = (3, 8, 20)  # blocks each way in which prose is measured
FAR = 60  # blocks; no difference beyond
FRAGMENT = 8  # words; a shorter block that is no sentence is a fragment
BREAK_EVEN = 0.35  # probability above which a block makes a run of prose better
_SCORES = (-4.0, -3.0, -2.2, -1.6, -1.1, -0.7, -0.3, 0.0, 0.3, 0.7, 1.1, 1.6, 2.2, 3.0, 4.0)
_SHARES = (0.02, 0.05, 0.1, 0.16, 0.23, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.85, 0.91, 0.96)
_ENDS = (0.001, 0.01, 0.03, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92, 0.97, 0.99, 0.999)
_MASSES = (1.0, 3.0, 6.0, 10.0, 16.0, 25.0, 38.0, 55.0, 80.0, 120.0, 170.0, 250.0, 400.0, 700.0, 1500.0)
_WORDS = (1, 2, 3, 5, 7, 10, 14, 20, 30, 45)
_STEPS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 21, 30, 45)
_VOID = 0  # class of a neighbour that is not there; all others are one higher


def probability(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def context_scores(columns: Columns, weights: Weights) -> list[float]:
    """Return the score of each block among its neighbours; above 0 it is more likely the article."""
    return add_up(weights.among, columns, [weights.base] * len(columns["size"]))


def surroundings(
    lines: Sequence[Line], hits: Sequence[Hit | None], alone: Columns, scores: Sequence[float]
) -> dict[str, list[int]]:
    """Measure what lies around each block, its own score with it.

    Args:
        lines: The blocks of one article.
        hits: The phrase rules that fit them.
        alone: Their own measures.
        scores: Their scores alone.
    """
    clipped = [max(-LIMIT, min(LIMIT, score)) for score in scores]
    chances = [probability(score) for score in clipped]
    counts = [line.word_count for line in lines]
    masses = [chance * min(count, CAP) for chance, count in zip(chances, counts, strict=True)]
    own = _classes(_SCORES, clipped)
    return {
        "own": own,
        **_beside("score", own),
        **_beside("length", _classes(_WORDS, counts)),
        **_beside("end", alone["ends"]),
        **_density(chances, masses, hits),
        **_whole(chances, counts, masses),
        **_runs(alone["ends"], counts),
        **_distances(lines, hits, chances, counts),
        **_kinship(lines, chances),
    }


def _classes(edges: Sequence[float], values: Sequence[float]) -> list[int]:
    return [bisect_right(edges, value) for value in values]


def _beside(name: str, own: Sequence[int]) -> dict[str, list[int]]:
    """Look at the block before and the block behind."""
    shifted = [1 + one for one in own]
    return {
        f"{name}-above": [_VOID, *shifted[:-1]][: len(own)],
        f"{name}-below": [*shifted[1:], _VOID][: len(own)],
    }


def _density(
    chances: Sequence[float], masses: Sequence[float], hits: Sequence[Hit | None]
) -> dict[str, list[int]]:
    """Measure prose and furniture in reach: the share of blocks that are the article, and its words."""
    total = len(chances)
    sums, weight = [0.0, *accumulate(chances)], [0.0, *accumulate(masses)]
    marked = [0, *accumulate(hit is not None for hit in hits)]
    columns: dict[str, list[int]] = {}
    for reach in REACHES:
        low = [max(0, at - reach) for at in range(total)]
        high = [min(total, at + reach + 1) for at in range(total)]
        spans = list(zip(low, range(total), range(1, total + 1), high, strict=True))
        above = [(sums[at] - sums[first]) / reach for first, at, _, _ in spans]
        below = [(sums[last] - sums[after]) / reach for _, _, after, last in spans]
        before = [weight[at] - weight[first] for first, at, _, _ in spans]
        behind = [weight[last] - weight[after] for _, _, after, last in spans]
        columns |= {
            f"near{reach}": _classes(_SHARES, [(a + b) / 2 for a, b in zip(above, below, strict=True)]),
            f"above{reach}": _classes(_SHARES, above),
            f"below{reach}": _classes(_SHARES, below),
            f"mass{reach}": _classes(_MASSES, [a + b for a, b in zip(before, behind, strict=True)]),
            f"before{reach}": _classes(_MASSES, before),
            f"behind{reach}": _classes(_MASSES, behind),
            f"marks{reach}": [min(6, marked[last] - marked[first]) for first, _, _, last in spans],
        }
    everything = weight[-1] or 1.0
    columns["past"] = _classes(_ENDS, [mass / everything for mass in weight[:-1]])
    columns["ahead"] = _classes(_ENDS, [1 - mass / everything for mass in weight[1:]])
    return columns


def _whole(chances: Sequence[float], counts: Sequence[int], masses: Sequence[float]) -> dict[str, list[int]]:
    """Measure the page, and where each block lies from its best run of prose."""
    total, words = len(chances), sum(counts) or 1
    gains = [(c - BREAK_EVEN) * min(max(n, 3), CAP) for c, n in zip(chances, counts, strict=True)]
    first, last = best_run(gains)
    bulk = sum(chance * count for chance, count in zip(chances, counts, strict=True)) / words
    return {
        "total": [bisect_right(_MASSES, sum(masses) / 3)] * total,
        "mean": [bisect_right(_SHARES, sum(chances) / (total or 1))] * total,
        "bulk": [bisect_right(_SHARES, bulk)] * total,
        "best": [bisect_right(_STEPS, last - first)] * total,
        "window": [_distance(at, first, last) for at in range(total)],
    }


def _runs(ends: Sequence[int], counts: Sequence[int]) -> dict[str, list[int]]:
    """Count how many blocks in a row, above and below, are no sentences, and how many are fragments."""
    bare = [end not in SENTENCES for end in ends]
    short = [is_bare and count < FRAGMENT for is_bare, count in zip(bare, counts, strict=True)]
    return {
        "bare-above": _classes(_STEPS, _in_a_row(bare)),
        "bare-below": _classes(_STEPS, _in_a_row(bare[::-1])[::-1]),
        "short-above": _classes(_STEPS, _in_a_row(short)),
        "short-below": _classes(_STEPS, _in_a_row(short[::-1])[::-1]),
    }


def _distances(
    lines: Sequence[Line], hits: Sequence[Hit | None], chances: Sequence[float], counts: Sequence[int]
) -> dict[str, list[int]]:
    """Measure how far the next sure paragraph is, the next mark of furniture, the comments, the title."""
    sure = [c > SURE and n >= SURE_WORDS for c, n in zip(chances, counts, strict=True)]
    named = [hit is not None for hit in hits]
    talk = [hit is not None and hit.rule.category is Category.COMMENTS for hit in hits]
    title = next((line.at for line in lines if line.kind is BlockKind.TITLE), None)
    return {
        "since": _classes(_STEPS, _steps_since(sure)),
        "until": _classes(_STEPS, _steps_since(sure[::-1])[::-1]),
        "since-mark": _classes(_STEPS, _steps_since(named)),
        "until-mark": _classes(_STEPS, _steps_since(named[::-1])[::-1]),
        "comments": _classes(_STEPS, _steps_since(talk)),
        "title": [0 if title is None else _distance(at, title, title + 1) for at in range(len(lines))],
    }


def _kinship(lines: Sequence[Line], chances: Sequence[float]) -> dict[str, list[int]]:
    """Measure which of a block's own words the probable article, or its title, has elsewhere."""
    common = common_words()
    contents = [frozenset(line.words) - common for line in lines]
    likely = [c > LIKELY and line.word_count >= LIKELY_WORDS for c, line in zip(chances, lines, strict=True)]
    uses = Counter(
        word for content, is_likely in zip(contents, likely, strict=True) if is_likely for word in content
    )
    shared = [
        sum([uses[word] > is_likely for word in content])
        for content, is_likely in zip(contents, likely, strict=True)
    ]
    title = next((contents[line.at] for line in lines if line.kind is BlockKind.TITLE), frozenset[str]())
    return {
        "kin": [
            1 + 8 * many // len(content) if content else 0
            for many, content in zip(shared, contents, strict=True)
        ],
        "shared": [min(many, 10) for many in shared],
        "titled": [min(len(title & content), 4) for content in contents],
    }


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


def _distance(at: int, first: int, last: int) -> int:
    """Class how far a block lies before a range, within it (the middle class), or behind it."""
    middle = len(_STEPS) + 1
    if at < first:
        return middle - bisect_right(_STEPS, first - at)
    return middle if at < last else middle + bisect_right(_STEPS, at - last + 1)


def _in_a_row(there: Sequence[bool]) -> list[int]:
    runs, run = [], 0
    for is_there in there:
        run = run + 1 if is_there else 0
        runs.append(run)
    return runs


def _steps_since(there: Sequence[bool]) -> list[int]:
    """Count the blocks since the last one that is there, `FAR` at most."""
    steps, since = [], FAR
    for is_there in there:
        since = 0 if is_there else min(FAR, since + 1)
        steps.append(since)
    return steps
