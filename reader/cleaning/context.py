"""How much a block among its neighbours looks like the text of an article: the prose score's second half.

From the scores of the blocks alone come, for each block, the scores and lengths of those around it, the
density of prose before and behind it, and where it lies from the best run of prose and from the title.
All of it is measured column by column: for each measure one list over all blocks.
"""

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, compress
from operator import add, mul, sub

from reader.cleaning.measures import Line
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import SENTENCES, classes, common_words
from reader.cleaning.weights import Columns, Weights, add_up
from reader.model import BlockKind, Category

LIMIT = 6.0  # log-odds; beyond it a score says no more
CAP = 60  # words of a block that count towards the mass of prose
SURE, SURE_WORDS = 0.8, 20  # a block so probable and so long is a post to hold on to
LIKELY, LIKELY_WORDS = 0.6, 15  # a block whose words are probably the article's
REACHES = (3, 8, 20)  # blocks each way in which prose is measured
FAR = 60  # blocks; beyond the last of `_STEPS`
FRAGMENT = 8  # words; a shorter block that is no sentence is a fragment
BREAK_EVEN = 0.35  # probability above which a block makes a run of prose better
_SCORES = (-4.0, -3.0, -2.2, -1.6, -1.1, -0.7, -0.3, 0.0, 0.3, 0.7, 1.1, 1.6, 2.2, 3.0, 4.0)
_SHARES = (0.02, 0.05, 0.1, 0.16, 0.23, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.85, 0.91, 0.96)
_ENDS = (0.001, 0.01, 0.03, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92, 0.97, 0.99, 0.999)
_MASSES = (1.0, 3.0, 6.0, 10.0, 16.0, 25.0, 38.0, 55.0, 80.0, 120.0, 170.0, 250.0, 400.0, 700.0, 1500.0)
_LENGTHS = (1, 2, 3, 5, 7, 10, 14, 20, 30, 45)
_STEPS = (0, 1, 2, 3, 4, 6, 8, 11, 15, 21, 30, 45)
_MARKS = (1, 2, 3, 4, 5, 6)
_VOID = b"\0"  # class of a neighbour that is not there; all others are one higher


def probability(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def context_scores(columns: Columns, weights: Weights) -> list[float]:
    """Return the score of each block among its neighbours; above 0 it is more likely the article."""
    return add_up(weights.among, columns, [weights.base] * len(columns["size"]))


def surroundings(
    lines: Sequence[Line], hits: Sequence[Hit | None], alone: Columns, scores: Sequence[float]
) -> dict[str, bytes]:
    """Measure what lies around each block, its own score with it.

    Args:
        lines: The blocks of one article.
        hits: The phrase rules that fit them.
        alone: Their own measures.
        scores: Their scores alone.
    """
    clipped = [max(-LIMIT, min(LIMIT, score)) for score in scores]
    chances = [1 / (1 + math.exp(-score)) for score in clipped]
    counts = [line.word_count for line in lines]
    masses = [chance * min(CAP, count) for chance, count in zip(chances, counts, strict=True)]
    own = classes(_SCORES, clipped)
    return {
        "own": own,
        **_beside("score", own),
        **_beside("length", classes(_LENGTHS, counts)),
        **_beside("end", alone["ends"]),
        **_density(chances, masses, hits),
        **_whole(chances, counts, masses),
        **_runs(alone["ends"], counts),
        **_distances(lines, hits, chances, counts),
        **_kinship(lines, chances),
    }


def _beside(name: str, own: bytes) -> dict[str, bytes]:
    """Look at the block before and the block behind."""
    shifted = bytes([1 + one for one in own])
    return {
        f"{name}-above": (_VOID + shifted)[: len(own)],
        f"{name}-below": shifted[1:] + _VOID[: len(own)],
    }


def _density(
    chances: Sequence[float], masses: Sequence[float], hits: Sequence[Hit | None]
) -> dict[str, bytes]:
    """Measure prose and furniture in reach: the share of blocks that are the article, and its words."""
    sums, weight = [0.0, *accumulate(chances)], [0.0, *accumulate(masses)]
    marked = [0, *accumulate(hit is not None for hit in hits)]
    columns: dict[str, bytes] = {}
    for reach in REACHES:
        above, below = _in_reach(sums, reach)
        before, behind = _in_reach(weight, reach)
        edges = [reach * share for share in _SHARES]
        columns |= {
            f"near{reach}": classes([2 * edge for edge in edges], map(add, above, below)),
            f"above{reach}": classes(edges, above),
            f"below{reach}": classes(edges, below),
            f"mass{reach}": classes(_MASSES, map(add, before, behind)),
            f"before{reach}": classes(_MASSES, before),
            f"behind{reach}": classes(_MASSES, behind),
            f"marks{reach}": classes(_MARKS, _around(marked, reach)),
        }
    everything = weight[-1] or 1.0
    columns["past"] = classes(_ENDS, [mass / everything for mass in weight[:-1]])
    columns["ahead"] = classes(_ENDS, [1 - mass / everything for mass in weight[1:]])
    return columns


def _in_reach(sums: Sequence[float], reach: int) -> tuple[list[float], list[float]]:
    """Return what lies within reach above each block, and what lies below it, from running sums."""
    padded = [0.0] * reach + [*sums] + [sums[-1]] * reach
    above = list(map(sub, sums[:-1], padded))
    return above, list(map(sub, padded[2 * reach + 1 :], sums[1:]))


def _around(sums: Sequence[int], reach: int) -> Iterator[int]:
    padded = [0] * reach + [*sums] + [sums[-1]] * reach
    return map(sub, padded[2 * reach + 1 :], padded)


def _whole(chances: Sequence[float], counts: Sequence[int], masses: Sequence[float]) -> dict[str, bytes]:
    """Measure the page, and where each block lies from its best run of prose."""
    total, words = len(chances), sum(counts) or 1
    gains = [(c - BREAK_EVEN) * min(max(n, 3), CAP) for c, n in zip(chances, counts, strict=True)]
    first, last = best_run(gains)
    bulk = sum(map(mul, chances, counts)) / words
    return {
        "total": classes(_MASSES, [sum(masses) / 3]) * total,
        "mean": classes(_SHARES, [sum(chances) / (total or 1)]) * total,
        "bulk": classes(_SHARES, [bulk]) * total,
        "best": classes(_STEPS, [last - first]) * total,
        "window": _distances_from(first, last, total),
    }


def _runs(ends: Sequence[int], counts: Sequence[int]) -> dict[str, bytes]:
    """Count how many blocks in a row, above and below, are no sentences, and how many are fragments."""
    bare = [end not in SENTENCES for end in ends]
    short = [is_bare and count < FRAGMENT for is_bare, count in zip(bare, counts, strict=True)]
    return {
        "bare-above": _in_a_row(bare),
        "bare-below": _in_a_row(bare[::-1])[::-1],
        "short-above": _in_a_row(short),
        "short-below": _in_a_row(short[::-1])[::-1],
    }


def _distances(
    lines: Sequence[Line], hits: Sequence[Hit | None], chances: Sequence[float], counts: Sequence[int]
) -> dict[str, bytes]:
    """Measure how far the next sure paragraph is, the next mark of furniture, the comments, the title."""
    sure = [c > SURE and n >= SURE_WORDS for c, n in zip(chances, counts, strict=True)]
    named = [hit is not None for hit in hits]
    talk = [hit is not None and hit.rule.category is Category.COMMENTS for hit in hits]
    title = next((line.at for line in lines if line.kind is BlockKind.TITLE), None)
    return {
        "since": _steps_since(sure),
        "until": _steps_since(sure[::-1])[::-1],
        "since-mark": _steps_since(named),
        "until-mark": _steps_since(named[::-1])[::-1],
        "comments": _steps_since(talk),
        "title": bytes(len(lines)) if title is None else _distances_from(title, title + 1, len(lines)),
    }


def _kinship(lines: Sequence[Line], chances: Sequence[float]) -> dict[str, bytes]:
    """Measure which of a block's own words the probable article, or its title, has elsewhere."""
    common = common_words()
    contents = [frozenset(line.words) - common for line in lines]
    likely = [c > LIKELY and line.word_count >= LIKELY_WORDS for c, line in zip(chances, lines, strict=True)]
    once: set[str] = set()
    twice: set[str] = set()
    for content in compress(contents, likely):
        twice |= once & content
        once |= content
    shared = [
        len(content & (twice if is_likely else once))
        for content, is_likely in zip(contents, likely, strict=True)
    ]
    title = next((contents[line.at] for line in lines if line.kind is BlockKind.TITLE), frozenset[str]())
    return {
        "kin": bytes(
            [
                1 + 8 * many // len(content) if content else 0
                for many, content in zip(shared, contents, strict=True)
            ]
        ),
        "shared": bytes([min(many, 10) for many in shared]),
        "titled": bytes([min(len(title & content), 4) for content in contents]),
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


def _distances_from(first: int, last: int, total: int) -> bytes:
    """Class how far each block lies before a range, within it (the middle class), or behind it."""
    middle = len(_STEPS) + 1
    before, behind = classes(_STEPS, range(first, 0, -1)), classes(_STEPS, range(1, total - last + 1))
    within = [middle] * (last - first)
    return bytes([*(middle - steps for steps in before), *within, *(middle + steps for steps in behind)])


def _in_a_row(there: Sequence[bool]) -> bytes:
    runs, run = [], 0
    for is_there in there:
        run = run + 1 if is_there else 0
        runs.append(run)
    return classes(_STEPS, runs)


def _steps_since(there: Sequence[bool]) -> bytes:
    """Count the blocks since the last one that is there; before the first one it is far away."""
    steps, since = [], FAR
    for is_there in there:
        since = 0 if is_there else since + 1
        steps.append(since)
    return classes(_STEPS, steps)
