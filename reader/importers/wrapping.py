"""Paragraphs that were broken into lines of one width, put together again.

Conservative: a file counts as hard-wrapped only if its lines end where a greedy writer would
have ended them, that is, where the next word would not have fitted. Poems, lists and files
with a paragraph a line do not look like that.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from reader.model import BlockKind

NARROWEST, WIDEST = 55, 100  # code points of a line; narrower is a poem, wider a paragraph
SAMPLE = 40_000  # code points looked at, in each of three places
FEWEST = 6  # lines that go on in the next, below which nothing can be said
GREEDY = 0.85  # share of them that end where the next word would not have fitted
RAGGED = 6  # code points by which a line may end too early

Piece = tuple[str, BlockKind, int, int, int, int, str]
"""Text, kind, first line, last line, indent, blank lines before, marker."""

_RUNNING = (BlockKind.PARAGRAPH, BlockKind.QUOTE)
_LETTER = re.compile(r"[^\W_]")


def width_of(text: str) -> int:
    """Measure the width that the paragraphs of a text were broken at.

    Returns:
        Code points, indentation included; 0 if the text is not hard-wrapped.
    """
    lines = [line.rstrip() for line in _sample(text).split("\n")]
    # A small letter that follows no full stop goes on with a sentence. Scripts without case stay as they are.
    pairs = [(len(one), _first_word(two)) for one, two in pairwise(lines) if _goes_on(one, two)]
    if len(pairs) < FEWEST:
        return 0
    lengths = sorted(length for length, _ in pairs)
    width = lengths[len(lengths) * 95 // 100]
    if not NARROWEST <= width <= WIDEST:
        return 0
    full = sum(length + 1 + word > width - RAGGED for length, word in pairs)
    return width if full >= GREEDY * len(pairs) else 0


def _goes_on(line: str, following: str) -> bool:
    return following.lstrip()[:1].islower() and line[-1:] not in ("", ".", "!", "?", ":")


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return "\n\n".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


def _first_word(line: str) -> int:
    words = line.lstrip()
    end = words.find(" ")
    return len(words) if end < 0 else end


def rejoin(pieces: Iterable[Piece], width: int) -> Iterator[Piece]:
    """Join the lines of each paragraph that was broken at a width."""
    parts: list[Piece] = []
    for piece in pieces:
        if parts and not _continues(parts[0], parts[-1], piece, width):
            yield _joined(parts)
            parts = []
        parts.append(piece)
    if parts:
        yield _joined(parts)


def _continues(first: Piece, last: Piece, piece: Piece, width: int) -> bool:
    """Tell whether a line goes on with the paragraph of the lines before it."""
    text, kind, _, _, indent, blanks, _ = piece
    if blanks or not (_has_letters(text) and _has_letters(last[0])):
        return False
    if first[1] is BlockKind.LIST_ITEM:
        if kind is not BlockKind.PARAGRAPH or indent <= first[4]:
            return False
    elif kind is not first[1] or kind not in _RUNNING or indent > last[4]:
        return False
    if text[0].islower():
        return True
    length = last[4] + len(last[6]) + len(last[0])
    return length + 1 + _first_word(text) > width - RAGGED


def _has_letters(text: str) -> bool:
    return text[0].isalnum() or _LETTER.search(text) is not None


def _joined(parts: list[Piece]) -> Piece:
    if len(parts) == 1:
        return parts[0]
    _, kind, first, _, indent, blanks, marker = parts[0]
    return " ".join(part[0] for part in parts), kind, first, parts[-1][3], indent, blanks, marker
