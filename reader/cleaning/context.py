"""How much a block among its neighbours looks like the text of an article: the prose score's second half.

From the scores of the blocks alone come, for each block, the scores and lengths of those around it, the
density of prose before and behind it, and where it lies from the best run of prose and from the title.
All of it is measured column by column: for each measure one list over all blocks. Whatever is counted, and so
is small and whole, is counted in bytes and classed by `bytes.translate`, which takes no loop.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate, compress, pairwise, repeat
from operator import add, mul, sub

from reader.cleaning.columns import Columns, bytes_of, class_table, classes
from reader.cleaning.measures import Line, common_words
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import SENTENCES
from reader.cleaning.weights import Weights, add_up
from reader.model import BlockKind, Category

LIMIT = 6.0  # log-odds; beyond it a score says no more
CAP = 60  # words of a block that count towards the mass of prose
SURE, SURE_WORDS = 0.8, 20  # a block so probable and so long is a post to hold on to
LIKELY, LIKELY_WORDS = 0.6, 15  # a block whose words are probably the article's
REACHES = NEAR, AROUND, FAR = 3, 8, 20  # blocks each way in which prose is measured
FRAGMENT = 8  # words; a shorter block that is no sentence is a fragment
BREAK_EVEN = 0.35  # probability above which a block makes a run of prose better
_SCORES = (-4.0, -3.0, -2.2, -1.6, -1.1, -0.7, -0.3, 0.0, 0.3, 0.7, 1.1, 1.6, 2.2, 3.0, 4.0)
_SHARES = (0.02, 0.05, 0.1, 0.16, 0.23, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.85, 0.91, 0.96)
_ENDS = (0.001, 0.01, 0.03, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92, 0.97, 0.99, 0.999)
_MASSES = (1.0, 3.0, 6.0, 10.0, 16.0, 25.0, 38.0, 55.0, 80.0, 120.0, 170.0, 250.0, 400.0, 700.0, 1500.0)
_STEPS = class_table((0, 1, 2, 3, 4, 6, 8, 11, 15, 21, 30, 45))
_MARKS = class_table((1, 2, 3, 4, 5, 6))
_SHARED = class_table(range(1, 11))
_TITLED = class_table(range(1, 5))
_MIDDLE = _STEPS[-1] + 1  # class of a block within a range; of those before it are lower, behind it higher
_STEPS_BEFORE = bytes([_MIDDLE - steps for steps in _STEPS])
_STEPS_BEHIND = bytes([_MIDDLE + steps for steps in _STEPS])
_SHIFTED = bytes([*range(1, 256), 255])  # class 0 is that of a neighbour that is not there


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
    clipped = [-LIMIT if score < -LIMIT else min(score, LIMIT) for score in scores]
    chances = [1 / (1 + math.exp(-score)) for score in clipped]
    counts = [line.word_count for line in lines]
    masses = list(map(mul, chances, map(min, counts, repeat(CAP))))
    own, ends = classes(_SCORES, clipped), alone["ends"]
    return {
        "own": own,
        **_beside("score", own),
        **_beside("end", ends),
        **_density(chances, masses, hits),
        **_whole(chances, counts, masses),
        **_runs([end not in SENTENCES for end in ends], counts),
        **_distances(lines, hits, chances, counts),
        **_kinship(lines, chances),
    }


def _beside(name: str, own: bytes) -> dict[str, bytes]:
    """Look at the block before and the block behind."""
    shifted = own.translate(_SHIFTED)
    return {
        f"{name}-above": (b"\0" + shifted)[: len(own)],
        f"{name}-below": shifted[1:] + b"\0"[: len(own)],
    }


def _density(
    chances: Sequence[float], masses: Sequence[float], hits: Sequence[Hit | None]
) -> dict[str, bytes]:
    """Measure prose and furniture in reach: the share of blocks that are the article, and its words.

    Above, below and on both sides, near and far, would be thirty columns; these are what learning asks for.
    """
    sums, weight = [0.0, *accumulate(chances)], [0.0, *accumulate(masses)]
    marked = [0, *accumulate(hit is not None for hit in hits)]
    shares = {reach: _in_reach(sums, reach) for reach in REACHES}
    words = {reach: _in_reach(weight, reach) for reach in REACHES}
    columns = {f"mass{reach}": classes(_MASSES, map(add, *words[reach])) for reach in REACHES}
    columns |= {f"marks{reach}": _around(marked, reach).translate(_MARKS) for reach in REACHES}
    columns |= {f"near{reach}": _shares(2 * reach, map(add, *shares[reach])) for reach in (NEAR, AROUND)}
    columns |= {f"above{reach}": _shares(reach, shares[reach][0]) for reach in (AROUND, FAR)}
    columns[f"below{AROUND}"] = _shares(AROUND, shares[AROUND][1])
    columns[f"before{FAR}"], columns[f"behind{FAR}"] = (classes(_MASSES, side) for side in words[FAR])
    everything = weight[-1] or 1.0
    columns["past"] = _rising(_ENDS, [mass / everything for mass in weight[:-1]])
    columns["ahead"] = _rising(_ENDS, [1 - mass / everything for mass in weight[:0:-1]])[::-1]
    return columns


def _shares(count: int, sums: Iterable[float]) -> bytes:
    """Class what share of so many blocks each sum is."""
    return classes([count * share for share in _SHARES], sums)


def _in_reach(sums: Sequence[float], reach: int) -> tuple[list[float], list[float]]:
    """Return what lies within reach above each block, and what lies below it, from running sums."""
    padded = [0.0] * reach + [*sums] + [sums[-1]] * reach
    above = list(map(sub, sums[:-1], padded))
    return above, list(map(sub, padded[2 * reach + 1 :], sums[1:]))


def _around(sums: Sequence[int], reach: int) -> bytes:
    padded = [0] * reach + [*sums] + [sums[-1]] * reach
    return bytes(map(sub, padded[2 * reach + 1 :], padded))


def _rising(edges: Sequence[float], values: Sequence[float]) -> bytes:
    """Class values that never fall: only where a class begins is looked for."""
    begins = [0, *[bisect_left(values, edge) for edge in edges], len(values)]
    return b"".join([bytes([at]) * (end - begin) for at, (begin, end) in enumerate(pairwise(begins))])


def _whole(chances: Sequence[float], counts: Sequence[int], masses: Sequence[float]) -> dict[str, bytes]:
    """Measure the page, and where each block lies from its best run of prose."""
    total, words = len(chances), sum(counts) or 1
    gains = [(c - BREAK_EVEN) * (3 if n < 3 else min(n, CAP)) for c, n in zip(chances, counts, strict=True)]
    first, last = best_run(gains)
    bulk = sum(map(mul, chances, counts)) / words
    return {
        "total": classes(_MASSES, [sum(masses) / 3]) * total,
        "mean": classes(_SHARES, [sum(chances) / (total or 1)]) * total,
        "bulk": classes(_SHARES, [bulk]) * total,
        "best": _counted(_STEPS, last - first)[-1:] * total,
        "window": _distances_from(first, last, total),
    }


def _runs(bare: Sequence[bool], counts: Sequence[int]) -> dict[str, bytes]:
    """Count how many blocks in a row, above and below, are no sentences, and how many are fragments."""
    unfinished = bytes(bare)
    short = bytes([is_bare and count < FRAGMENT for is_bare, count in zip(bare, counts, strict=True)])
    return {
        "bare-above": _in_a_row(unfinished),
        "bare-below": _in_a_row(unfinished[::-1])[::-1],
        "short-above": _in_a_row(short),
    }


def _distances(
    lines: Sequence[Line], hits: Sequence[Hit | None], chances: Sequence[float], counts: Sequence[int]
) -> dict[str, bytes]:
    """Measure how far the next sure paragraph is, the next mark of furniture, the comments, the title."""
    sure = bytes([c > SURE and n >= SURE_WORDS for c, n in zip(chances, counts, strict=True)])
    named = bytes([hit is not None for hit in hits])
    talk = bytes([hit is not None and hit.rule.category is Category.COMMENTS for hit in hits])
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
    contents = [line.distinct - common for line in lines]
    likely = [c > LIKELY and line.word_count >= LIKELY_WORDS for c, line in zip(chances, lines, strict=True)]
    once: set[str] = set()
    twice: set[str] = set()
    for content in compress(contents, likely):
        twice |= once & content
        once |= content
    elsewhere = once, twice  # its own words are among those said once
    shared = [
        len(content & elsewhere[is_likely]) for content, is_likely in zip(contents, likely, strict=True)
    ]
    title = next((contents[line.at] for line in lines if line.kind is BlockKind.TITLE), None)
    titled = [len(title & content) for content in contents] if title else [0] * len(lines)
    return {
        "kin": bytes(
            [
                1 + 8 * many // size if size else 0
                for many, size in zip(shared, map(len, contents), strict=True)
            ]
        ),
        "shared": bytes_of(shared).translate(_SHARED),
        "titled": bytes_of(titled).translate(_TITLED),
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
    """Class how far each block lies before a range, within it, or behind it."""
    before, behind = _counted(_STEPS_BEFORE, first), _counted(_STEPS_BEHIND, total - last)
    return before[:0:-1] + bytes([_MIDDLE]) * (last - first) + behind[1:]


def _in_a_row(there: bytes) -> bytes:
    """Class how many blocks up to each one are there (1) without a gap (0)."""
    return b"".join([_counted(_STEPS, len(run)) for run in there.split(b"\0")])[1:]


def _steps_since(there: bytes) -> bytes:
    """Class how many blocks each one is behind the last that is there (1); before the first all are far."""
    before, *gaps = there.split(b"\1")
    return _STEPS[-1:] * len(before) + b"".join([_counted(_STEPS, len(gap)) for gap in gaps])


def _counted(table: bytes, last: int) -> bytes:
    """Return the classes of 0 and all whole numbers up to the last."""
    return table[: last + 1].ljust(last + 1, table[-1:])
