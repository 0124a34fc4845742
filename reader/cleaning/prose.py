"""How much a block alone looks like the text of an article: the first half of the prose score.

A block is turned into named traits; each has a weight, in log-odds of being the article. The weights
are learned from labelled pages by `benchmarks/cleaning.py` and stand in `rules/prose.toml`.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from reader.cleaning.measures import NUMBER, Line
from reader.cleaning.phrases import Hit
from reader.cleaning.weights import Weights

LONG = 45  # words; a block this long is hidden only by a named rule
SHORT = 12  # words; up to here each word counts in full, above it half

_MARKS = '|»©/@#·&$★%={_"“(?!;:'
_LENGTHS = (0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7, 7, 7, 7, *[8] * 6, *[9] * 10, *[10] * 15)
_SIZES = (0, 1, 1, 1, *[2] * 6, *[3] * 10, *[4] * 10, *[5] * 15)
LONGEST_LENGTH, LONGEST_SIZE = 11, 6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOCK = re.compile(r"\d[:.h]\d\d")


@cache
def common_words() -> frozenset[str]:
    """Return the commonest words of eight languages: running text is full of them, menus are not."""
    words = resources.files("reader.cleaning") / "rules" / "common_words.txt"
    return frozenset(words.read_text("utf-8").split())


def size(count: int) -> int:
    """Return the class of length of a block, 0 to `LONGEST_SIZE`: what is normal depends on it."""
    return _SIZES[count] if count < LONG else LONGEST_SIZE


def traits(lines: Sequence[Line], hits: Sequence[Hit | None]) -> list[list[str]]:
    """Name the traits of each block, those of its words last but without the words themselves."""
    total = len(lines)
    if not total:
        return []
    times = Counter(line.key for line in lines if line.key)
    of_page = _page_traits(lines, hits)
    named: list[list[str]] = []
    for line, hit in zip(lines, hits, strict=True):
        length = size(line.word_count)
        own = _own_traits(line, length)
        own += (
            f"place{min(9, 10 * line.at // total)}/{length}",
            f"first{min(line.at, 6)}",
            f"last{min(total - 1 - line.at, 6)}",
            f"again{min(times[line.key], 3)}/{length}",
            *of_page[length],
        )
        if hit:
            own.append(f"rule:{hit.rule.id}")
        named.append(own)
    return named


def _page_traits(lines: Sequence[Line], hits: Sequence[Hit | None]) -> list[tuple[str, ...]]:
    """Name what the page as a whole tells, for each class of length."""
    total = len(lines)
    long_share = int(10 * sum(line.word_count >= 20 for line in lines) / total)
    scale = min(9, int(math.log2(total)))
    marked = min(9, int(20 * sum(hit is not None for hit in hits) / total))
    return [
        (f"page{long_share}/{length}", f"scale{scale}/{length}", f"marked{marked}/{length}")
        for length in range(LONGEST_SIZE + 1)
    ]


def telling_words(line: Line) -> tuple[Iterable[str], float]:
    """Return the words of a short block, the first and the last once more as such, and what each counts."""
    words = line.words
    if line.word_count >= LONG or not words:
        return (), 0.0
    return sorted({*words, "^" + words[0], words[-1] + "$"}), 1.0 if line.word_count <= SHORT else 0.5


def scores(lines: Sequence[Line], named: Sequence[list[str]], weights: Weights) -> list[float]:
    """Add up the weights of each block's traits and words."""
    own, words = weights.own.get, weights.words.get
    added: list[float] = []
    for line, its_traits in zip(lines, named, strict=True):
        total = sum([own(trait, 0.0) for trait in its_traits])
        its_words, factor = telling_words(line)
        added.append(total + factor * sum([words(word, 0.0) for word in its_words]))
    return added


def _own_traits(line: Line, length: int) -> list[str]:
    text, common = line.text, common_words()
    if length == LONGEST_SIZE:
        return [
            f"words{LONGEST_LENGTH}",
            f"ends{_ending(text)}/{length}",
            f"begins{_beginning(text)}/{length}",
        ]
    known = len(line.words) or 1
    pieces = text.split()
    named = [
        f"words{_LENGTHS[line.word_count]}",
        f"ends{_ending(text)}/{length}",
        f"begins{_beginning(text)}/{length}",
        f"stop{_tenth(sum([word in common for word in line.words]), known)}/{length}",
        f"capitals{_tenth(sum([piece[0].isupper() for piece in pieces]), len(pieces) or 1)}/{length}",
        f"numbers{_tenth(line.words.count(NUMBER), known)}/{min(length, 3)}",
        f"commas{min(4, text.count(',') + text.count('，') + text.count('、'))}/{length}",
    ]
    side = "long" if length >= 4 else "short"
    named += [f"mark{mark}/{side}" for mark in _MARKS if mark in text]
    if text.isupper():
        named.append(f"shouts/{length}")
    if NUMBER in line.words:
        if _YEAR.search(text):
            named.append(f"year/{length}")
        if _CLOCK.search(text):
            named.append(f"clock/{length}")
    return named


def _tenth(part: int, whole: int) -> int:
    return 0 if part == 0 else 1 + min(9, 10 * part // whole)


def _ending(text: str) -> str:
    text = text.rstrip()
    if not text:
        return "none"
    last = text[-1]
    if last.isalpha():
        return "letter"
    if last in ".。":
        return "cut" if text.endswith("...") else "stop"
    if last in "\"'”’»“)]":
        return "quoted" if text[-2:-1] in tuple(".!?,。！？…") else "closed"
    for name, characters in _ENDINGS:
        if last in characters:
            return name
    return "digit" if last.isdigit() else "other"


_ENDINGS = (("call", "!?！？"), ("cut", "…"), ("colon", ":："), ("comma", ",;，；"), ("sign", ">»›→|/*+-–—•"))


def _beginning(text: str) -> str:
    first = text[:1]
    if first.isupper():
        return "capital"
    if first.islower():
        return "small"
    if first.isdigit():
        return "digit"
    for name, characters in _BEGINNINGS:
        if first and first in characters:
            return name
    return "letter" if first.isalpha() else "other"


_BEGINNINGS = (("quote", "\"'“‘«„”’"), ("tag", "#@"), ("bracket", "(["), ("bullet", "•-–—*·»›>|+←→"))
