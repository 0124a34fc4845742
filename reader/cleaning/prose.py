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
from functools import lru_cache
from itertools import repeat

from reader.cleaning.columns import Columns, bytes_of, class_table
from reader.cleaning.measures import Line
from reader.cleaning.phrases import Action, Hit
from reader.cleaning.weights import Weights, add_up
from reader.cleaning.wording import NUMBER
from reader.model import BlockKind

LONG = 45  # words; a block this long is hidden only by a named rule
SHORT = 12  # words; up to here each word counts in full, above it half

_SIZES = class_table((1, 4, 10, 20, 30, LONG))  # what is normal depends on the length of a block
_WORDS = class_table((1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 18, 24, 32, 45, 80))
_COMMAS = class_table((1, 2, 3, 4))
_TIMES = class_table((1, 2, 3, 4))
_LETTERS = class_table(
    (20, 32, 38, 44, 50, 56, 62, 70, 85, 120)
)  # tenths of a letter a word, its gap included
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOCK = re.compile(r"\d[:.h]\d\d")
_ENDINGS = (".。", "\"'”’»“)]", "!?！？", "…", ":：", ",;，；", ">»›→|/*+-–—•")
_TAIL = 3  # code points that tell how a text ends
_BEFORE_QUOTE = frozenset(".!?,。！？…")
_STOP, _CLOSED, _QUOTED, _CUT = 3, 4, 1, 6
_BEGINNINGS = ("\"'“‘«„”’", "#@", "([", "•-–—*·»›>|+←→")
_ENDING_OF = {
    last: _STOP + at for at in range(len(_ENDINGS))[::-1] for last in _ENDINGS[at]
}  # the first wins
_BEGINNING_OF = {first: number for number, some in enumerate(_BEGINNINGS, 5) for first in some}
SENTENCES = frozenset((_STOP, 5, _CUT, _QUOTED))
"""Endings of a sentence: a full stop, a mark of question or call, three dots, a closed quotation."""
PLAIN = 0  # Latin letters without marks
MARKED = 20  # one letter of so many with a mark makes Polish or French of plain Latin
_BORDERS = "\u00c0\u0370\u0400\u0530\u3040\ua000"
_SCRIPTS = (PLAIN, 1, 2, 3, PLAIN, 4, PLAIN)  # between them: Latin with marks, Greek, Cyrillic; kana and Han
_NO_ASCII = re.compile(r"[^\x00-\x7f]")
_NO_LETTERS = bytes([code for code in range(128) if not chr(code).isalpha()])
_KINDS = {kind: number for number, kind in enumerate(BlockKind)}
_ACTIONS = {Action.SUSPECT: 1, Action.KEEP: 2, Action.DROP: 3, Action.DROP_TO_NEXT: 3}


def measured(lines: Sequence[Line], hits: Sequence[Hit | None]) -> dict[str, bytes]:
    """Measure each block, its neighbours left out."""
    texts, kinds, _, markers, _, _, counts, words, keys, rare, _, pieces, capitals = zip(*lines, strict=True)
    total, times = len(lines), Counter(keys)
    sizes = list(map(len, words))
    times[""] = 0  # a block without words repeats none
    page = (10 * sum([count >= 20 for count in counts]) // total, int(math.log2(total)))
    marked = 20 * (total - hits.count(None)) // total
    first = bytes([*range(min(9, total)), *[9] * (total - 9)])
    small = bytes_of(counts)
    return {
        "size": small.translate(_SIZES),
        "words": small.translate(_WORDS),
        "letters": bytes_of(
            [10 * len(text) // (count or 1) for text, count in zip(texts, counts, strict=True)]
        ).translate(_LETTERS),
        "ends": bytes(map(_ending, [text[-_TAIL:] for text in texts])),
        "begins": bytes(map(_beginning, [text[:1] for text in texts])),
        "common": _tenths([many - less for many, less in zip(sizes, map(len, rare), strict=True)], sizes),
        "capitals": _tenths(capitals, pieces),
        "numbers": _tenths([some.count(NUMBER) for some in words], sizes),
        "commas": bytes_of([text.count(",") + text.count("，") for text in texts]).translate(_COMMAS),
        "again": bytes_of(list(map(times.__getitem__, keys))).translate(_TIMES),
        "kind": bytes(map(_KINDS.__getitem__, kinds)),
        "marker": bytes([_marker(marker) if marker else 0 for marker in markers]),
        "rule": bytes([_ACTIONS[hit.rule.action] if hit else 0 for hit in hits]),
        "place": bytes([10 * at // total for at in range(total)]),
        "first": first,
        "last": first[::-1],
        "paragraphs": bytes([min(9, page[0])]) * total,
        "scale": bytes([min(9, page[1])]) * total,
        "marked": bytes([min(9, marked)]) * total,
        "script": bytes([script(lines)]) * total,
    }


def script(lines: Sequence[Line]) -> int:
    """Return what the longest block is written in, as `_SCRIPTS`; `PLAIN` for what is not among them."""
    longest = max([line.text for line in lines], key=len, default="")
    letters = sorted(filter(str.isalpha, _NO_ASCII.findall(longest)))
    others = len(longest.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    marked = (len(letters) + others) // MARKED
    return _SCRIPTS[bisect_right(_BORDERS, letters[-1 - marked])] if marked < len(letters) else PLAIN


def words_that_count(line: Line) -> tuple[Sequence[str], float]:
    """Return the words of a short block, its first and last once more as such, and what each counts."""
    words, count = line.words, line.word_count
    if not words or count >= LONG:
        return (), 0.0
    return (*words, "^" + words[0], words[-1] + "$"), 1.0 if count <= SHORT else 0.5


def signs_of(line: Line, hit: Hit | None) -> list[str]:
    """Return the signs of a block: those of a short one, and the rule that fits it."""
    signs = [f"rule:{hit.rule.id}"] if hit else []
    text, count = line.text, line.word_count
    if count >= LONG:
        return signs
    side = "/long" if count >= 20 else "/short"
    if line.signs:
        signs += [sign + side for sign in dict.fromkeys(line.signs)]
    if NUMBER in line.key:
        if _YEAR.search(text):
            signs.append("year" + side)
        if _CLOCK.search(text):
            signs.append("clock" + side)
    if count and text.isupper():
        signs.append("shouts" + side)
    return signs


def scores(
    lines: Sequence[Line], hits: Sequence[Hit | None], columns: Columns, weights: Weights
) -> list[float]:
    """Return the score of each block alone; above 0 it is more likely the article."""
    weight, nothing = weights.signs.get, repeat(0)
    said: list[float] = []
    for line, hit in zip(lines, hits, strict=True):
        if line.first < line.at:
            said.append(said[line.first])
            continue
        words, factor = words_that_count(line)
        by_words = factor * sum(map(weight, words, nothing))
        signs = signs_of(line, hit)
        said.append(by_words + sum(map(weight, signs, nothing)) if signs else by_words)
    return add_up(weights.alone, columns, said)


def _tenths(parts: Iterable[int], wholes: Iterable[int]) -> bytes:
    """Class shares: 0 for nothing, else 1 and a tenth each; all of it with its last tenth."""
    return bytes(
        [
            (10 if part == whole else 1 + 10 * part // whole) if part else 0
            for part, whole in zip(parts, wholes, strict=True)
        ]
    )


@lru_cache(maxsize=4096)
def _ending(tail: str) -> int:
    """Return how a text with this tail ends: 0 letter, 1 quoted sentence, 2 other, then as `_ENDINGS`."""
    last = tail[-1:]
    ending = _ENDING_OF.get(last)
    if ending is None:
        return 0 if last.isalpha() or not last else 10 if last.isdigit() else 2
    if ending == _STOP and tail == "...":
        return _CUT
    return _QUOTED if ending == _CLOSED and tail[-2:-1] in _BEFORE_QUOTE else ending


@lru_cache(maxsize=512)
def _beginning(first: str) -> int:
    """Return how a text begins: 0 capital, 1 small, 2 digit, 3 other letter, 4 other, then `_BEGINNINGS`."""
    if first.isupper():
        return 0
    if first.islower():
        return 1
    if first.isalnum():
        return 2 if first.isdigit() else 3
    return _BEGINNING_OF.get(first, 4)


def _marker(marker: str) -> int:
    return 2 if marker[0].isdigit() else 3 if marker[0] == "#" else 1
