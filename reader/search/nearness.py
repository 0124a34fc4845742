"""How often some terms stand together in each document: as a phrase, or near each other. Pure."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import chain, compress, count, islice
from operator import le, sub

from reader.search.postings import SLOT, STRIDE, Postings

LOOKS = 200_000  # of 0.5 µs each: of 10,000 texts “of the” takes three quarters, two usual words a tenth
_PHRASE = 4  # looks that a term of a phrase takes in a document; for four places one is enough
_FEW = 4  # places that are looked for one by one
_SLOTS = (SLOT - 1).__and__  # which term it is that stands in a place


@dataclass(slots=True)
class Allowance:
    """What a query may look at yet, so that one of many common words is answered too."""

    looks: float = LOOKS
    passed_over: set[int] = field(default_factory=set)
    """Documents that have all of some terms, and were not looked at."""

    def spend(self, candidates: Collection[int], price: float, rarest: Postings) -> Collection[int]:
        """Return what documents can be looked at: those that have the rarest term most often."""
        most = max(self.looks, 0) / price
        if most < len(candidates):
            often = dict(zip(rarest.documents, rarest.counts, strict=True))
            taken = set(nlargest(int(most), candidates, key=lambda one: (often[one], one)))
            self.passed_over.update(set(candidates) - taken)
            candidates = taken
        self.looks -= len(candidates) * price
        return candidates


def together(
    terms: Sequence[str], postings: Sequence[Postings], near: int, allowance: Allowance
) -> dict[int, int]:
    """Count by document how often terms stand together; documents where they do not are absent.

    Args:
        terms: The terms in their order; one may come twice.
        postings: Those of each.
        near: How many words apart neighbours may stand, in any order; 0 for a phrase.
        allowance: What may be looked at; less of it is left afterwards.
    """
    by_rarity = sorted(enumerate(postings), key=lambda one: len(one[1].places))
    distinct = {terms[at]: one for at, one in by_rarity}
    rarest, *others = distinct.values()
    candidates = set(rarest.documents).intersection(*(one.documents for one in others))
    if not candidates:
        return {}
    often = [len(one.places) / len(one.documents) for one in distinct.values()]
    price = len(often) + sum(often) if near else _PHRASE * len(often) + often[0] / _PHRASE
    likely = allowance.spend(candidates, price, rarest)
    if near and likely:
        return _near(tuple(distinct.values()), likely, near, tuple(map(terms.count, distinct)))
    return _in_order(by_rarity, likely)


def _in_order(postings: Iterable[tuple[int, Postings]], candidates: Collection[int]) -> dict[int, int]:
    """Count where terms follow one behind the other, all documents at once: 10,000 a query are usual.

    Args:
        postings: Those of each term with its place in the phrase; the rarest first, so that few
            places are moved, and those of the common ones looked at in few documents.
        candidates: The documents that have all terms.
    """
    (before, rarest), *others = postings
    standing: dict[int, Collection[int]] = {**rarest.places_in(candidates)}
    for at, one in others:
        step = at - before
        standing = {
            document: met
            for document, places in one.iter_places(standing)
            if (met := _met(standing[document], step, places))
        }
        before = at
    return {document: len(found) for document, found in standing.items()}


def _met(found: Collection[int], step: int, places: "array[int]") -> Collection[int]:
    """Return those places that are so many behind a found one; most terms stand once or twice in a text."""
    moved = map(step.__add__, found)
    if len(found) <= _FEW:
        return [place for place in moved if place in places]
    return set(moved).intersection(places)


def _near(
    postings: Sequence[Postings], candidates: Collection[int], near: int, needed: Sequence[int]
) -> dict[int, int]:
    """Count the runs of places, with no more than so many words between, that have all of the terms.

    Args:
        postings: Those of each term.
        candidates: The documents that have all terms.
        near: How many words apart they may stand.
        needed: How often each term has to be there.
    """
    order = sorted(chain.from_iterable(one.standing_in(candidates, at) for at, one in enumerate(postings)))
    is_end = map((near * SLOT + SLOT // 2).__lt__, map(sub, islice(order, 1, None), order))
    ends = (*compress(count(1), is_end), len(order))
    starts = (0, *ends[:-1])
    is_long = map(sum(needed).__le__, map(sub, ends, starts))
    return Counter(
        order[start] // STRIDE
        for start, end in compress(zip(starts, ends, strict=True), is_long)
        if all(map(le, needed, map(bytes(map(_SLOTS, order[start:end])).count, range(len(needed)))))
    )
