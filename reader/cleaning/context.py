"""How much a block among its neighbours looks like the text of an article: the prose score's second half.

From the scores of the blocks alone come, for each block, the scores and lengths of those around it, the
density of prose before and behind it, and where it lies from the best run of prose and from the title.
All of it is measured column by column: for each measure a byte for every block. A score is rounded to such a
byte first, so that what follows from it is a look into a table, and sums over neighbours are long integers.
"""

import math
import struct
from collections.abc import Sequence
from itertools import accumulate, compress
from operator import mul

from reader.cleaning.columns import (
    Columns,
    both,
    bytes_of,
    cells_of,
    class_table,
    classes,
    rising,
    sums_beside,
    wide_classes,
    wide_table,
)
from reader.cleaning.measures import Line
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import SENTENCES
from reader.cleaning.weights import Weights, add_up
from reader.model import BlockKind, Category

LIMIT = 6.0  # log-odds; a score so far below 0 says all, and so does one so far above
LEVELS = 20  # steps of a unit of log-odds; finer ones say nothing of a neighbour
SURENESS = 16  # parts in which a chance is counted: those of all words in reach fit two bytes
CAP = 60  # words of a block that count towards the mass of prose
SURE, SURE_WORDS = 0.8, 20  # a block so probable and so long is a post to hold on to
LIKELY, LIKELY_WORDS = 0.6, 15  # a block whose words are probably the article's
REACHES = NEAR, AROUND, FAR = 3, 8, 20  # blocks each way in which prose is measured
FRAGMENT = 8  # words; a shorter block that is no sentence is a fragment
BREAK_EVEN = 6  # parts of `SURENESS`; a larger chance makes a run of prose better
LEAST_GAIN = 3  # words; shorter blocks count as much as these
_SCORES = (-4.0, -3.0, -2.2, -1.6, -1.1, -0.7, -0.3, 0.0, 0.3, 0.7, 1.1, 1.6, 2.2, 3.0, 4.0)
_SHARES = (0.02, 0.05, 0.1, 0.16, 0.23, 0.3, 0.38, 0.46, 0.54, 0.62, 0.7, 0.78, 0.85, 0.91, 0.96)
_ENDS = (0.001, 0.01, 0.03, 0.08, 0.2, 0.4, 0.6, 0.8, 0.92, 0.97, 0.99, 0.999)
_MASSES = (1, 3, 6, 10, 16, 32, 48, 64, 80, 112, 160, 240, 400, 704, 1504)  # from 16 on, multiples of it


def probability(score: float) -> float:
    """Turn log-odds into a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


_STEPS = class_table((0, 1, 2, 3, 4, 6, 8, 11, 15, 21, 30, 45))
_MARKS = class_table((1, 2, 3, 4, 5, 6))
_SHARED = class_table(range(1, 11))
_TITLED = class_table(range(1, 5))
_MIDDLE = _STEPS[-1] + 1  # class of a block within a range; of those before it are lower, behind it higher
_STEPS_BEFORE = bytes([_MIDDLE - steps for steps in _STEPS])
_STEPS_BEHIND = bytes([_MIDDLE + steps for steps in _STEPS])
_SHIFTED = bytes([*range(1, 256), 255])  # class 0 is that of a neighbour that is not there
_CHANCES = [probability(level / LEVELS - LIMIT) for level in range(256)]
_OWN = class_table([LEVELS * (score + LIMIT) for score in _SCORES])
_CHANCE = bytes([round(SURENESS * chance) for chance in _CHANCES])
_IS_SURE = bytes([chance > SURE for chance in _CHANCES])
_IS_LIKELY = bytes([chance > LIKELY for chance in _CHANCES])
_MASS = wide_table([SURENESS * mass for mass in _MASSES])
_PARTS = {NEAR: 42, AROUND: 15, FAR: 12}  # of a chance, so that the sum of those in reach fits a byte
_CHANCE_IN = {reach: bytes([round(parts * chance) for chance in _CHANCES]) for reach, parts in _PARTS.items()}
_SHARE_OF = {
    (reach, count): class_table([_PARTS[reach] * count * share for share in _SHARES])
    for reach in REACHES
    for count in (reach, 2 * reach)
}
_CAPPED = bytes([min(count, CAP) for count in range(256)])
_GAINED = bytes([max(LEAST_GAIN, min(count, CAP)) for count in range(256)])
_IS_SURE_LENGTH = bytes([count >= SURE_WORDS for count in range(256)])
_IS_LIKELY_LENGTH = bytes([count >= LIKELY_WORDS for count in range(256)])
_IS_SHORT = bytes([count < FRAGMENT for count in range(256)])
_IS_BARE = bytes([ending not in SENTENCES for ending in range(256)])
_IS_HIT = bytes([0, *[1] * 255])


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
    levels = _levels(scores)
    chances, own = levels.translate(_CHANCE), levels.translate(_OWN)
    counts = [line.word_count for line in lines]
    small = bytes_of(counts)
    masses = list(map(mul, chances, small.translate(_CAPPED)))
    sure = both(levels.translate(_IS_SURE), small.translate(_IS_SURE_LENGTH))
    likely = both(levels.translate(_IS_LIKELY), small.translate(_IS_LIKELY_LENGTH))
    bare, named = alone["ends"].translate(_IS_BARE), alone["rule"].translate(_IS_HIT)
    gains = [
        (chance - BREAK_EVEN) * gained
        for chance, gained in zip(chances, small.translate(_GAINED), strict=True)
    ]
    return {
        "own": own,
        **_beside("score", own),
        **_beside("end", alone["ends"]),
        **_shares(levels),
        **_marks(named),
        **_masses(masses),
        **_whole(chances, counts, masses, best_run(gains)),
        **_runs(bare, both(bare, small.translate(_IS_SHORT))),
        **_distances(lines, hits, sure, named),
        **_kinship(lines, likely),
    }


def _levels(scores: Sequence[float]) -> bytes:
    """Write scores as whole steps above the lowest that says something."""
    return bytes_of([int(LEVELS * (score + LIMIT) + 0.5) if score > -LIMIT else 0 for score in scores])


def _beside(name: str, own: bytes) -> dict[str, bytes]:
    """Look at the block before and the block behind."""
    shifted = own.translate(_SHIFTED)
    return {
        f"{name}-above": (b"\0" + shifted)[: len(own)],
        f"{name}-below": shifted[1:] + b"\0"[: len(own)],
    }


def _shares(levels: bytes) -> dict[str, bytes]:
    """Measure prose in reach: the share of blocks that are the article.

    Above, below and on both sides, near and far, would be many columns; these are what learning asks for.
    """
    sums = {reach: sums_beside(levels.translate(_CHANCE_IN[reach]), 1, reach) for reach in REACHES}
    asked = {f"near{reach}": (reach, 2 * reach, sum(sums[reach])) for reach in (NEAR, AROUND)}
    asked |= {f"above{reach}": (reach, reach, sums[reach][0]) for reach in (AROUND, FAR)}
    asked[f"below{AROUND}"] = AROUND, AROUND, sums[AROUND][1]
    return {
        name: cells_of(of_all, len(levels)).translate(_SHARE_OF[reach, count])
        for name, (reach, count, of_all) in asked.items()
    }


def _marks(named: bytes) -> dict[str, bytes]:
    """Count the marks of furniture in reach."""
    own = int.from_bytes(named, "little")
    sums = {reach: own + sum(sums_beside(named, 1, reach)) for reach in REACHES}
    return {f"marks{reach}": cells_of(sums[reach], len(named)).translate(_MARKS) for reach in REACHES}


def _masses(masses: Sequence[int]) -> dict[str, bytes]:
    """Measure the words of the article in reach, and their share before each block and behind it."""
    count = len(masses)
    packed = struct.pack(f"<{count}H", *masses)
    sums = {reach: sums_beside(packed, 2, reach) for reach in REACHES}
    asked = {f"mass{reach}": above + below for reach, (above, below) in sums.items()}
    asked[f"before{FAR}"], asked[f"behind{FAR}"] = sums[FAR]
    columns = {name: wide_classes(_MASS, cells_of(of_all, 2 * count)) for name, of_all in asked.items()}
    ends = [edge * (sum(masses) or 1) for edge in _ENDS]
    columns["past"] = rising(ends, [0, *accumulate(masses[:-1])])
    columns["ahead"] = rising(ends, [0, *accumulate(masses[:0:-1])])[::-1]
    return columns


def _whole(
    chances: bytes, counts: Sequence[int], masses: Sequence[int], best: tuple[int, int]
) -> dict[str, bytes]:
    """Measure the page, and where each block lies from its best run of prose."""
    total, words = len(chances), sum(counts) or 1
    first, last = best
    return {
        "total": classes(_MASSES, [sum(masses) / SURENESS / 3]) * total,
        "mean": classes(_SHARES, [sum(chances) / SURENESS / (total or 1)]) * total,
        "bulk": classes(_SHARES, [sum(map(mul, chances, counts)) / SURENESS / words]) * total,
        "best": _counted(_STEPS, last - first)[-1:] * total,
        "window": _distances_from(first, last, total),
    }


def _runs(bare: bytes, short: bytes) -> dict[str, bytes]:
    """Count how many blocks in a row, above and below, are no sentences, and how many are fragments."""
    return {
        "bare-above": _in_a_row(bare),
        "bare-below": _in_a_row(bare[::-1])[::-1],
        "short-above": _in_a_row(short),
    }


def _distances(
    lines: Sequence[Line], hits: Sequence[Hit | None], sure: bytes, named: bytes
) -> dict[str, bytes]:
    """Measure how far the next sure paragraph is, the next mark of furniture, the comments, the title."""
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


def _kinship(lines: Sequence[Line], likely: bytes) -> dict[str, bytes]:
    """Measure which of a block's rarer words the probable article, or its title, has elsewhere."""
    rare = [line.rare for line in lines]
    once: set[str] = set()
    twice: set[str] = set()
    for words in compress(rare, likely):
        twice |= once.intersection(words)
        once.update(words)
    elsewhere = once.intersection, twice.intersection  # its own words are among those said once
    shared = [len(elsewhere[is_likely](words)) for words, is_likely in zip(rare, likely, strict=True)]
    title = next((frozenset(line.rare) for line in lines if line.kind is BlockKind.TITLE), None)
    titled = [0] * len(lines)
    if title:
        titled = [0 if title.isdisjoint(words) else len(title.intersection(words)) for words in rare]
    return {
        "kin": bytes(
            [1 + 8 * many // len(words) if many else 0 for many, words in zip(shared, rare, strict=True)]
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
