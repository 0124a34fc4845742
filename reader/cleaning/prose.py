"""How much a block alone looks like the text of an article: the first half of the prose score.

Each block is measured; a measure is a small class, such as the tenth of its words that are common ones.
Tables give each class a weight for each class of length, and single words and signs have weights of
their own. The weights are learned from labelled pages by `benchmarks/cleaning.py` and stand in
`rules/prose.toml`.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from reader.cleaning.measures import NUMBER, Line
from reader.cleaning.phrases import Action, Hit
from reader.cleaning.weights import Columns, Weights, add_up
from reader.model import BlockKind

LONG = 45  # words; a block this long is hidden only by a named rule
SHORT = 12  # words; up to here each word counts in full, above it half

_SIGNS = '|»©/@#·&$★%={_"“(?!;:'
_SIZES = (0, 1, 1, 1, *[2] * 6, *[3] * 10, *[4] * 10, *[5] * 15)
LONGEST_SIZE = 6
_WORDS = (1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 24, 32, 45, 80)
_LETTERS = (2.0, 3.2, 3.8, 4.4, 5.0, 5.6, 6.2, 7.0, 8.5, 12.0)  # code points of a word, its gap included
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_ENDINGS = (".。", "\"'”’»“)]", "!?！？", "…", ":：", ",;，；", ">»›→|/*+-–—•")
_BEFORE_QUOTE = frozenset(".!?,。！？…")
_STOP, _CLOSED, _QUOTED, _CUT = 3, 4, 1, 6
_BEGINNINGS = ("\"'“‘«„”’", "#@", "([", "•-–—*·»›>|+←→")
SENTENCES = frozenset((_STOP, 5, _CUT, _QUOTED))
"""Endings of a sentence: a full stop, a mark of question or call, three dots, a closed quotation."""
_KINDS = {kind: number for number, kind in enumerate(BlockKind)}
_ACTIONS = {Action.SUSPECT: 1, Action.KEEP: 2, Action.DROP: 3, Action.DROP_TO_NEXT: 3}


@cache
def common_words() -> frozenset[str]:
    """Return the commonest words of eight languages: running text is full of them, menus are not."""
    words = resources.files("reader.cleaning") / "rules" / "common_words.txt"
    return frozenset(words.read_text("utf-8").split())


def size(count: int) -> int:
    """Return the class of length of a block, 0 to `LONGEST_SIZE`: what is normal depends on it."""
    return _SIZES[count] if count < LONG else LONGEST_SIZE


def measured(lines: Sequence[Line], hits: Sequence[Hit | None]) -> dict[str, list[int]]:
    """Measure each block, its neighbours left out."""
    total, common = len(lines), common_words()
    counts = [line.word_count for line in lines]
    times = Counter(line.key for line in lines if line.key)
    known = [len(line.words) or 1 for line in lines]
    pieces = [line.text.split() if line.words else [] for line in lines]
    page = (10 * sum(count >= 20 for count in counts) // (total or 1), int(math.log2(total or 1)))
    marked = 20 * sum(hit is not None for hit in hits) // (total or 1)
    return {
        "size": [size(count) for count in counts],
        "words": [bisect_right(_WORDS, count) for count in counts],
        "letters": [bisect_right(_LETTERS, len(line.text) / (line.word_count or 1)) for line in lines],
        "ends": [_ending(line.text) for line in lines],
        "begins": [_beginning(line.text) for line in lines],
        "common": [
            _tenth(sum([word in common for word in line.words]), many)
            for line, many in zip(lines, known, strict=True)
        ],
        "capitals": [_tenth(sum([piece[0].isupper() for piece in some]), len(some) or 1) for some in pieces],
        "numbers": [_tenth(line.words.count(NUMBER), many) for line, many in zip(lines, known, strict=True)],
        "commas": [min(4, line.text.count(",") + line.text.count("，")) for line in lines],
        "again": [min(times[line.key], 4) if line.key else 0 for line in lines],
        "kind": [_KINDS[line.kind] for line in lines],
        "marker": [_marker(line.marker) for line in lines],
        "rule": [_ACTIONS[hit.rule.action] if hit else 0 for hit in hits],
        "place": [10 * at // total for at in range(total)],
        "first": [min(at, 9) for at in range(total)],
        "last": [min(total - 1 - at, 9) for at in range(total)],
        "paragraphs": [min(9, page[0])] * total,
        "scale": [min(9, page[1])] * total,
        "marked": [min(9, marked)] * total,
    }


def signs_of(line: Line, hit: Hit | None) -> tuple[Iterable[str], float, Iterable[str]]:
    """Return a short block's words (first and last once more as such), what each counts, and its signs."""
    text, words = line.text, line.words
    side = "long" if line.word_count >= 20 else "short"
    signs = [f"{sign}/{side}" for sign in _SIGNS if sign in text] if line.word_count < LONG else []
    if hit:
        signs.append(f"rule:{hit.rule.id}")
    if line.word_count >= LONG or not words:
        return (), 0.0, signs
    if NUMBER in words:
        if _YEAR.search(text):
            signs.append(f"year/{side}")
        if _CLOCK.search(text):
            signs.append(f"clock/{side}")
    if text.isupper():
        signs.append(f"shouts/{side}")
    factor = 1.0 if line.word_count <= SHORT else 0.5
    return dict.fromkeys((*words, "^" + words[0], words[-1] + "$")), factor, signs


def scores(
    lines: Sequence[Line], hits: Sequence[Hit | None], columns: Columns, weights: Weights
) -> list[float]:
    """Return the score of each block alone; above 0 it is more likely the article."""
    weight = weights.signs.get
    said: list[float] = []
    for line, hit in zip(lines, hits, strict=True):
        words, factor, signs = signs_of(line, hit)
        of_words = sum([weight(word, 0.0) for word in words])
        said.append(factor * of_words + sum([weight(sign, 0.0) for sign in signs]))
    return add_up(weights.alone, columns, said)


def _tenth(part: int, whole: int) -> int:
    return 0 if part == 0 else 1 + min(9, 10 * part // whole)


def _ending(text: str) -> int:
    """Return how a text ends: 0 letter, 1 quoted sentence, 2 other, then as `_ENDINGS`."""
    last = text[-1:]
    if last.isalpha() or not last:
        return 0
    for number, characters in enumerate(_ENDINGS, _STOP):
        if last in characters:
            if number == _STOP and text.endswith("..."):
                return _CUT
            return _QUOTED if number == _CLOSED and text[-2:-1] in _BEFORE_QUOTE else number
    return 10 if last.isdigit() else 2


def _beginning(text: str) -> int:
    """Return how a text begins: 0 capital, 1 small, 2 digit, 3 other letter, 4 other, then `_BEGINNINGS`."""
    first = text[:1]
    if first.isupper():
        return 0
    if first.islower():
        return 1
    if first.isalnum():
        return 2 if first.isdigit() else 3
    return next((n for n, some in enumerate(_BEGINNINGS, 5) if first and first in some), 4)


def _marker(marker: str) -> int:
    if not marker:
        return 0
    return 2 if marker[0].isdigit() else 3 if marker[0] == "#" else 1
