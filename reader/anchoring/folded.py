"""A text without what an edition changes and a reader overlooks, and the way back from it.

White space, case, accents, typographic quotes and dashes, ligatures, soft hyphens and the
hyphens of a narrow column are gone; each character left knows where it stood. Dropping white
space altogether, rather than folding it, makes re-wrapped lines, lost blanks and scripts
that write none the same case, and no border can fall on a blank.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from reader.folding import fold

SEAM = "\n"
"""Stands between two spans that were not neighbours; no other white space is left."""

_PLAIN = {
    **dict.fromkeys("“”„‟«»‹›″", '"'),
    **dict.fromkeys("‘’‚‛´`ʼ′", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff\ufffd", ""),
}
_NEEDLESS_DASH = re.compile(r"(?<=[^\W\d_])-(?=[^\S\n\r]*[\n\r]\s*[^\W\d_])|(?<=[-‐-―])[-‐-―]")
"""A hyphen at a line's end, inside a word; the second dash of two."""


class Folded(NamedTuple):
    """A text, folded."""

    text: str
    places: Sequence[int]
    """Of each character: where the one it comes from stood, in the text that was folded."""

    def unfold(self, start: int, end: int, text: str) -> tuple[int, int]:
        """Return what a span, not empty, covers in the text that was folded."""
        last = self.places[end - 1] + 1
        while last < len(text) and unicodedata.combining(text[last]):
            last += 1
        return self.places[start], last


def folded(text: str, spans: Iterable[tuple[int, int]] | None = None) -> Folded:
    """Fold a text, or only some spans of it, in order, a `SEAM` between two.

    Takes about 0.1 ms for 1,000 code points.
    """
    parts: list[str] = []
    places: list[int] = []
    for start, end in ((0, len(text)),) if spans is None else spans:
        if places:
            parts.append(SEAM)
            places.append(start)
        characters = _characters(text[start:end])
        parts += characters
        places += [place for place, part in enumerate(characters, start) for _ in part]
    return Folded("".join(parts), places)


def _characters(text: str) -> list[str]:
    """Return what each character of a text folds to, which may be nothing or several."""
    characters = list(map(_character, text))
    for dash in _NEEDLESS_DASH.finditer(text):
        characters[dash.start()] = ""
    return characters


@cache
def _character(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    return "".join(fold(character).split())
