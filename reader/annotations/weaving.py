"""Two rows of strands that came from one, woven into one again.

A strand is a part of a text: an entry of a file, a key of an entry. This knows order and
who changed what; what to do where both sides changed one strand is for the caller to settle.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.inert import inert

_Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of a text that keeps its identity while the text around it changes."""

    key: _Key
    """Its name, and what tells it from others of that name; unique in its row."""
    rank: tuple[int | str, ...]
    """Where a new one goes: before the first strand of a greater rank."""
    text: str
    value: object
    """What it says; None if it says nothing to a program."""

    @property
    def name(self) -> str:
        """The name of the entry or key."""
        return str(self.key[0])


@dataclass(frozen=True, slots=True)
class Clash:
    """What two sides said differently of one thing, and what became of it."""

    entry: str
    """The entry as its file names it: "[article]", "[[annotation]] 01JD…"."""
    key: str
    """The key of it; "" for the entry as a whole."""
    outcome: str
    """How both were kept, in one clause."""

    def __str__(self) -> str:
        return inert(f"{self.entry}{self.key and f', {self.key}'}: {self.outcome}")


@dataclass(frozen=True, slots=True)
class Woven:
    """Strands in their order, and what could not be settled without a word."""

    strands: tuple[Strand, ...] = ()
    clashes: tuple[Clash, ...] = ()

    @property
    def text(self) -> str:
        """The text that the strands make."""
        return "".join(strand.text for strand in self.strands)


@dataclass(frozen=True, slots=True)
class Custom:
    """What is done with strands of a kind where both sides changed them."""

    settle: Callable[[Strand | None, Strand, Strand], Woven]
    """Takes a strand as it was, if it was, and as ours and theirs changed it.

    Returns what stands in its place: first the strand itself, then others that came of it.
    """
    keep: Callable[[Strand, Strand], Woven]
    """Takes a strand as it was, and as one side changed it while the other took it out."""
    breaks: int
    """Line breaks that part two strands which neither side has beside each other."""


def weave(base: Iterable[Strand], ours: Iterable[Strand], theirs: Iterable[Strand], custom: Custom) -> Woven:
    """Merge two rows of strands that go back to a third.

    A strand that one side left alone is taken from the other as it stands. The order is that
    of the side that changed it, ours if both did; what is new goes in by its rank.

    Args:
        base: The row before both changes; empty if it is not known.
        ours: One side.
        theirs: The other side.
        custom: What is done where both sides changed a strand.
    """
    was, one, other = ({strand.key: strand for strand in side} for side in (base, ours, theirs))
    settled: dict[_Key, Woven] = {}
    for key in (*one, *(key for key in other if key not in one)):
        fork = was.get(key), one.get(key), other.get(key)
        settled[key] = _agreed(*fork) or _changed(*fork, custom)
    order = other if list(one) == list(was) != list(other) else one
    row = [strand for key in order for strand in settled[key].strands[:1]]
    added = [strand for key in settled if key not in order for strand in settled[key].strands[:1]]
    born = [strand for woven in settled.values() for strand in woven.strands[1:]]
    for strand in (*added, *(strand for strand in born if strand.key not in settled)):
        _insert(strand, row)
    clashes = tuple(clash for woven in settled.values() for clash in woven.clashes)
    return Woven(_parted(row, (one, other), custom.breaks), clashes)


def _agreed(base: Strand | None, ours: Strand | None, theirs: Strand | None) -> Woven | None:
    """Take the side that changed a strand, if only one did.

    Blank lines around it, and how lines end, count if nothing else differs.
    """
    for form in (_verbatim, _bare):
        was, one, other = form(base), form(ours), form(theirs)
        if other in (one, was):
            return _alone(ours)
        if one == was:
            return _alone(theirs)
    return None


def _changed(base: Strand | None, ours: Strand | None, theirs: Strand | None, custom: Custom) -> Woven:
    if ours and theirs:
        return custom.settle(base, ours, theirs)
    left = ours or theirs
    return custom.keep(base, left) if base and left else _alone(left)


def _alone(strand: Strand | None) -> Woven:
    return Woven((strand,) if strand else ())


def _verbatim(strand: Strand | None) -> str | None:
    return None if strand is None else strand.text


def _bare(strand: Strand | None) -> str | None:
    return None if strand is None else strand.text.replace("\r\n", "\n").strip()


def _insert(strand: Strand, row: list[Strand]) -> None:
    place = next((at for at, known in enumerate(row) if known.rank > strand.rank), len(row))
    row.insert(place, strand)


def _parted(row: list[Strand], sides: Iterable[Mapping[_Key, Strand]], breaks: int) -> tuple[Strand, ...]:
    """See that each strand ends its line, and that neighbours which no side has so stand apart."""
    known = {(left.text, right.key) for side in sides for left, right in pairwise(side.values())}
    parted = [
        _ending(left, 1 if (left.text, right.key) in known else breaks) for left, right in pairwise(row)
    ]
    return (*parted, *row[-1:])


def _ending(strand: Strand, breaks: int) -> Strand:
    text = strand.text
    line_end = "\r\n" if "\r\n" in text else "\n"
    missing = breaks - text[len(text.rstrip("\r\n")) :].count("\n")
    return replace(strand, text=text + line_end * missing) if missing > 0 else strand
