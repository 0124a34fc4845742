"""Find a phrase in a text, as a reader means it.

White space stands for any white space, so a phrase is found across lines and blocks; a
small letter for the large one too, a plain letter for the accented one, a straight
quote or hyphen for the typographic one. Who types a large or an accented letter means
just that. Not for ranking, nor for more than one text.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

MAX_HITS = 100_000  # more are not counted: a single letter in a book

# Letters that fold to another although Unicode does not take them apart.
_ALIKE = {"o": "øØ", "l": "łŁ", "d": "đĐð", "i": "ı", "s": "ſ"}
_SIGNS = {"'": "['’‘‛ʼ]", '"': '["“”„‟«»]', "-": "[-‐‑‒–—]"}
_ACCENTED = (range(0xC0, 0x250), range(0x386, 0x3CF), range(0x1E00, 0x2000))
_MARKS = "[\u0300-\u036f\xad\u200b-\u200d\u2060]*+"
"""May stand after any letter: accents that are code points of their own, and what is not seen."""


class Hits(NamedTuple):
    """Where a phrase stands in a text; spans in order, no two overlap."""

    starts: "array[int]"
    ends: "array[int]"

    def between(self, start: int, end: int) -> range:
        """Return the numbers of the hits that touch a span."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def outside(self, spans: Iterable[tuple[int, int]]) -> "Hits":
        """Return the hits that touch none of some spans, which stand in order and do not overlap."""
        kept = Hits(array("I"), array("I"))
        first = 0
        for start, end in spans:
            touching = self.between(start, end)
            kept.starts.extend(self.starts[first : touching.start])
            kept.ends.extend(self.ends[first : touching.start])
            first = max(first, touching.stop)
        kept.starts.extend(self.starts[first:])
        kept.ends.extend(self.ends[first:])
        return kept

    def span(self, number: int) -> tuple[int, int]:
        """Return where a hit starts and ends."""
        return self.starts[number], self.ends[number]


NO_HITS = Hits(array("I"), array("I"))


def find_words(text: str, phrase: str) -> Iterator[tuple[int, int]]:
    """Yield where a phrase stands in a text, as spans in its order."""
    pattern = _pattern(phrase, ascii_only=text.isascii())
    if pattern is not None:
        for found in pattern.finditer(text):
            yield found.span()


def hits_of(text: str, phrase: str) -> Hits:
    """Find a phrase in a text, up to `MAX_HITS` times."""
    hits = Hits(array("I"), array("I"))
    for (start, end), _ in zip(find_words(text, phrase), range(MAX_HITS), strict=False):
        hits.starts.append(start)
        hits.ends.append(end)
    return hits


def _pattern(phrase: str, *, ascii_only: bool) -> re.Pattern[str] | None:
    """Return what finds a phrase; in a text of ASCII there is less to look for."""
    words = unicodedata.normalize("NFC", phrase).split()
    if not words:
        return None
    flags = re.IGNORECASE if phrase == phrase.lower() else re.NOFLAG
    spell = re.escape if ascii_only else _spelled
    return re.compile(r"\s+".join(map(spell, words)), flags)


def _spelled(word: str) -> str:
    return "".join(map(_letter, word))


def _letter(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if not character.isalpha():
        return re.escape(character)
    parted = unicodedata.normalize("NFD", character)
    if parted != character:
        return f"(?:{character}|{parted})"
    variants = _variants().get(character, "")
    return f"{f'[{character}{variants}]' if variants else character}{_MARKS}"


@cache
def _variants() -> dict[str, str]:
    """By plain letter: the accented ones, in one code point each."""
    found: defaultdict[str, str] = defaultdict(str, _ALIKE)
    for codes in _ACCENTED:
        for code in codes:
            character = chr(code)
            base = unicodedata.normalize("NFD", character)[0]
            if base != character and base.isalpha():
                found[base] += character
    return dict(found)
