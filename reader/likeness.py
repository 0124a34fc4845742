"""How much two texts have in common: the words of runs that stand in both. Pure.

A text is remembered as a number for each of its words, so that its likeness to another is known
without reading either again; and as a few anchors, which are some of its runs. Texts that have much in
common share some of these, so all others need not be compared.
"""

import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

RUN = 4  # words that count as common together: fewer are common phrases, more break at each edit
LONGEST = 20_000  # words of a text that are looked at; of a book, its beginning
LEAST = 60  # words; shorter texts are teasers, or alike by chance
ANCHORS = (
    32  # of a text, up to twice as many; of two that share half of their words, eight or more are the same
)
COMMON_ANCHORS = 2  # that two texts must share to be compared: one, chance may bring about
MOST_HOLDERS = 16  # texts of one anchor that all others of it are compared with; more share furniture
NEAR = 0.5  # share of the shorter one's words; other reports of one event have a tenth, later ones a third
EXCERPT = 0.25  # of the longer one's words; what is shorter than that is quoted there, no copy of it
WHOLE = 0.97  # share from which on all of a text stands in another: a date or a name may differ

_TOGETHER = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # written without blanks: kana, Han
_MIXED = rf"(?=([{_TOGETHER}]{{1,3}}))[{_TOGETHER}]|([^\W{_TOGETHER}]+)"
_BETWEEN_WORDS = bytes(code if code > 127 or chr(code).isalnum() else ord(" ") for code in range(256))
_SIGNS = "’‘“”„«»–—…\u00a0"  # beside those of ASCII, what most texts have
_WORD_BYTES = 2
_RUN_BYTES = RUN * _WORD_BYTES


class Sketch(NamedTuple):
    """What is remembered of the words of a text."""

    words: bytes
    """Two bytes for each, in order; of Chinese and Japanese, for each character with the two after it."""
    anchors: tuple[int, ...]
    """In rising order; () of a text that is too short to be compared."""

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(self.words) // _WORD_BYTES


class Likeness(NamedTuple):
    """What two texts have in common, as words of each."""

    common: int
    """Words of the first that stand in runs of the second."""
    of: int
    """Words of the first."""
    common_other: int
    of_other: int

    @property
    def turned(self) -> "Likeness":
        """The same, seen from the second."""
        return Likeness(self.common_other, self.of_other, self.common, self.of)

    @property
    def share(self) -> float:
        """How much of the shorter one's words both have, 0 to 1."""
        of, rest = min((self.of, -self.common), (self.of_other, -self.common_other))
        return -rest / of if of else 0.0

    @property
    def is_near(self) -> bool:
        """Whether they are near copies: not two reports of one event, nor one an excerpt of the other."""
        shorter, longer = sorted((self.of, self.of_other))
        return shorter >= LEAST and shorter >= EXCERPT * longer and self.share >= NEAR

    @property
    def is_within(self) -> bool:
        """Whether all of the first stands in the second, which has more to say."""
        return self.common >= WHOLE * self.of and self.common_other < WHOLE * self.of_other


def in_words(common: Likeness) -> str:
    """Say how much of two texts is the same, as the first one sees it: "87 % in common"."""
    if common.is_within:
        return f"{_nearly(common)}all of it is in the other"
    if common.turned.is_within:
        return f"has {_nearly(common.turned)}all of the other"
    return "the same words" if is_same(common) else f"{percent(common)} % in common"


def _nearly(common: Likeness) -> str:
    return "nearly " if common.common < common.of else ""


def is_same(common: Likeness) -> bool:
    """Tell whether each word of both texts stands in the other."""
    return (common.common, common.common_other) == (common.of, common.of_other)


def percent(common: Likeness) -> int:
    """Return the share in common, in hundredths; 100 only if nothing is different."""
    return 100 if is_same(common) else min(99, int(100 * common.share))


def sketch(text: str) -> Sketch:
    """Return what is remembered of the words of a text; the same in each process. 0.3 ms for 5 KB."""
    numbers = array("I", map(crc32, _words(text)[:LONGEST]))
    words = memoryview(numbers.tobytes()).cast("H")[::2].tobytes()  # the lower half of each
    return Sketch(words, _anchors(words) if len(numbers) >= LEAST else ())


def _words(text: str) -> list[bytes]:
    """Return the words of a text. To look at bytes takes half the time of a pattern on characters."""
    text = text.lower()
    if not text.isascii() and re.search(f"[{_TOGETHER}]", text):  # compiled when the first such text comes
        return [(three or word).encode() for three, word in re.findall(_MIXED, text)]
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text.encode("utf-8", "replace").translate(_BETWEEN_WORDS).split()


def _anchors(words: bytes) -> tuple[int, ...]:
    """Number the runs whose first two words together have a certain number, in the order of these numbers.

    Which runs these are hangs on the words alone. Of a text of twice the length every second one of
    them is left, so that each has as many; those of a long text are among those of a short one.
    """
    length = len(words) // _WORD_BYTES
    runs, mask = length - RUN + 1, (1 << (max(1, length // ANCHORS).bit_length() - 1)) - 1
    together = int.from_bytes(words, "little") ^ int.from_bytes(words[_WORD_BYTES:], "little")
    lower = together.to_bytes(len(words), "little")[: runs * _WORD_BYTES : _WORD_BYTES]
    starts = [at * _WORD_BYTES for at, byte in enumerate(lower) if not byte & mask]
    return tuple(sorted({crc32(words[at : at + _RUN_BYTES]) for at in starts}))


def likeness(one: Sketch, other: Sketch) -> Likeness:
    """Count the words of two texts that stand in runs of both."""
    runs, runs_other = _runs(one.words), _runs(other.words)
    return Likeness(
        _covered(runs, frozenset(runs_other)), one.length, _covered(runs_other, frozenset(runs)), other.length
    )


def _runs(words: bytes) -> list[int]:
    """Return each run of words as one number, in order."""
    starts = max(0, len(words) // _WORD_BYTES - RUN + 1)
    runs = array("Q", bytes(8 * starts))
    for shift in range(RUN):
        part = words[shift * _WORD_BYTES :]
        runs[shift::RUN] = array("Q", part[: len(part) // _RUN_BYTES * _RUN_BYTES])
    return runs.tolist()


def _covered(runs: Sequence[int], others: Collection[int]) -> int:
    """Count the words that stand in one of the runs, at least, that others have too."""
    found = int.from_bytes(bytes(map(others.__contains__, runs)), "little")  # a byte for each word
    return (found | found << 8 | found << 16 | found << 24).bit_count()


def candidates(anchors: Mapping[str, Sequence[int]], fresh: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Find the texts that may be near copies of each other.

    Args:
        anchors: Of all texts, by their names.
        fresh: Names of those that were not looked at yet: one of each pair is one of them.

    Returns:
        Each pair once, the lesser name first, in order.
    """
    shared = _shared(anchors, fresh)
    holders: dict[int, list[str]] = {}
    for name in sorted(fresh):
        for anchor in shared.intersection(anchors[name]):
            held = holders.setdefault(anchor, [])
            if len(held) < MOST_HOLDERS:
                held.append(name)
    found: set[tuple[str, str]] = set()
    for name, own in anchors.items():
        if not shared.isdisjoint(own):
            counts = Counter(
                other for anchor in shared.intersection(own) for other in holders.get(anchor, ())
            )
            alike = (other for other, count in counts.items() if count >= COMMON_ANCHORS)
            found.update((min(name, other), max(name, other)) for other in alike if other != name)
    return tuple(sorted(found))


def _shared(anchors: Mapping[str, Sequence[int]], fresh: Collection[str]) -> frozenset[int]:
    """Return the anchors of fresh texts that others have too: few, so that the rest is done in no time."""
    of_all: Iterable[Iterable[int]] = anchors.values()
    if 2 * len(fresh) < len(anchors):  # else it is quicker to count those of the others as well
        wanted = frozenset().union(*(anchors[name] for name in fresh))
        of_all = map(wanted.intersection, anchors.values())
    holders = Counter(chain.from_iterable(of_all))
    return frozenset(anchor for anchor, count in holders.items() if count > 1)


def near(
    one: Sketch, anchors: Mapping[str, Sequence[int]], sketch_of: Callable[[str], Sketch | None]
) -> tuple[str, ...]:
    """Return the names of the texts that one is a near copy of, the likest first.

    Args:
        one: The text, which has no name yet.
        anchors: Of the others, by their names.
        sketch_of: Returns a whole sketch, by its name.
    """
    pairs = candidates({**anchors, "": one.anchors}, {""})
    alike = {name: likeness(one, other) for _, name in pairs if (other := sketch_of(name))}
    names = (name for name, common in alike.items() if common.is_near)
    return tuple(sorted(names, key=lambda name: (-alike[name].share, name)))
