"""Where to look: the regions of a text in which pieces of a pattern crowd.

Of n pieces of a pattern, n - 1 errors leave one whole, and to find a piece is the fastest thing that can
be done with a text. A piece says where the pattern would begin; pieces that agree make a region.
"""

from collections import defaultdict
from collections.abc import Iterator

PIECE = 8  # characters: in a folded text, a word and a half
SHORT_PIECE = 3  # of a short pattern
PIECES = 5  # of a pattern, at least, one after the other
MAX_PLACES = 64  # a piece that stands in more says nothing
REGIONS = 4  # the most crowded ones
FAINT = 4  # times less crowded than the first: not worth a look
ROOM = 16  # characters on each side of a region
SAMPLES = 200  # pieces of a long passage

RAW_PIECE = 16  # code points of a text that is not folded
RAW_PIECES = 24  # of a quote, however long
RAW_PLACES = 12  # of each
MARGIN = 1_000  # code points around a place that is worth a look


def regions(text: str, pattern: str) -> list[tuple[int, int]]:
    """Return the spans of a text that may hold a pattern, best first, with some room around it."""
    beginnings = _beginnings(text, pattern)
    breadth = ROOM + len(pattern) // 3  # of a crowd: characters that were put in or dropped
    votes: defaultdict[int, float] = defaultdict(float)
    for beginning, weight in beginnings.items():
        votes[beginning // breadth] += weight
    crowds = {at: votes.get(at, 0) + votes.get(at + 1, 0) for at in {*votes, *(at - 1 for at in votes)}}
    found: list[int] = []
    for at in sorted(crowds, key=lambda at: (-crowds[at], at))[: 3 * REGIONS]:
        is_new = all(abs(at - other) > 1 for other in found)
        if is_new and len(found) < REGIONS and crowds[at] * FAINT >= crowds[found[0] if found else at]:
            found.append(at)
    return [
        _span(text, pattern, [one for one in beginnings if 0 <= one // breadth - at <= 1]) for at in found
    ]


def _beginnings(text: str, pattern: str) -> dict[int, float]:
    """Return where pieces of a pattern say that it begins, each with its weight: rare pieces know better."""
    size = max(SHORT_PIECE, min(PIECE, len(pattern) // PIECES))
    beginnings: defaultdict[int, float] = defaultdict(float)
    for offset in range(0, max(1, len(pattern) - size + 1), size // 2):
        places = list(occurrences(text, pattern[offset : offset + size], MAX_PLACES))
        for place in places if len(places) < MAX_PLACES else ():
            beginnings[place - offset] += 1 / len(places)
    return beginnings


def _span(text: str, pattern: str, beginnings: list[int]) -> tuple[int, int]:
    room = ROOM + len(pattern) // 8
    return max(0, min(beginnings) - room), min(len(text), max(beginnings) + len(pattern) + room)


def excerpts(text: str, passages: tuple[str, ...], near: int, *, widely: bool) -> list[tuple[int, int]]:
    """Return the spans of a long text that are worth folding, in order, none touching another.

    Args:
        text: The text, not folded.
        passages: What was there once: the quote, its contexts.
        near: Where it was; negative if nobody knows.
        widely: Look everywhere, not only where it was.
    """
    length = max(map(len, passages))
    places = [near] if near >= 0 else []
    for passage in passages if widely else ():
        stride = max(RAW_PIECE // 2, len(passage) // RAW_PIECES)
        for offset in range(0, max(1, len(passage) - RAW_PIECE + 1), stride):
            piece = passage[offset : offset + RAW_PIECE]
            if len(piece.strip()) >= PIECE:
                places.extend(place - offset for place in occurrences(text, piece, RAW_PLACES))
    return _merged((max(0, place - MARGIN), min(len(text), place + length + MARGIN)) for place in places)


def missing(text: str, passage: str) -> int:
    """Tell how many characters of a passage a text has not, by samples of it; whatever their order."""
    pieces = [passage[at : at + PIECE] for at in range(0, len(passage), max(PIECE, len(passage) // SAMPLES))]
    return len(passage) * sum(piece not in text for piece in pieces) // max(1, len(pieces))


def shared(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    length = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its:
            break
        length += 1
    return length


def occurrences(text: str, piece: str, most: int) -> Iterator[int]:
    """Yield where a piece stands in a text, overlapping ones too."""
    place = text.find(piece)
    while place >= 0 and most:
        yield place
        most -= 1
        place = text.find(piece, place + 1)


def _merged(spans: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged
