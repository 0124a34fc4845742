"""How often some terms stand together in each document: as a phrase, or near each other. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, compress, count, pairwise
from operator import sub

from reader.search.postings import Postings


def together(terms: Sequence[str], postings: Sequence[Postings], near: int) -> dict[int, int]:
    """Count by document how often terms stand together; documents where they do not are absent.

    Args:
        terms: The terms in their order; one may come twice.
        postings: Those of each.
        near: How many words apart neighbours may stand, in any order; 0 for a phrase.
    """
    by_rarity = sorted(enumerate(postings), key=lambda one: len(one[1].places))
    distinct = {terms[at]: one for at, one in by_rarity}
    rarest, *others = (one.documents for one in distinct.values())
    candidates = set(rarest).intersection(*others)
    if not near:
        return _in_order(by_rarity, candidates)
    needed = tuple(map(terms.count, distinct))
    places = [one.places_in(candidates) for one in distinct.values()]
    runs = zip(*(map(there.__getitem__, candidates) for there in places), strict=True)
    counts = {document: _near(some, near, needed) for document, some in zip(candidates, runs, strict=True)}
    return {document: count for document, count in counts.items() if count}


def _in_order(postings: Iterable[tuple[int, Postings]], candidates: Collection[int]) -> dict[int, int]:
    """Count where terms follow one behind the other, all documents at once: 10,000 a query are usual.

    Args:
        postings: Those of each term with its place in the phrase; the rarest first, so that few
            places are moved, and those of the common ones looked at in few documents.
        candidates: The documents that have all terms.
    """
    (before, rarest), *others = postings
    standing: dict[int, Sequence[int]] = {**rarest.places_in(candidates)}
    for at, one in others:
        if not standing:
            break
        move, there = (at - before).__add__, one.places_in(standing)
        standing = {
            document: met
            for document, found in standing.items()
            if (met := list(set(map(move, found)).intersection(there[document])))
        }
        before = at
    return {document: len(found) for document, found in standing.items()}


def _near(runs: Sequence[Sequence[int]], near: int, needed: Sequence[int]) -> int:
    """Count the runs of places, with no more than so many words between, that have all of the terms.

    Args:
        runs: The places of each term, the rarest first.
        near: How many words apart they may stand.
        needed: How often each term has to be there.
    """
    if any(len(run) < number for run, number in zip(runs, needed, strict=True)):
        return 0
    order = sorted(chain.from_iterable(runs))
    is_end = map(near.__lt__, map(sub, order[1:], order))
    ends = (*compress(count(1), is_end), len(order))
    least = sum(needed)
    spans = ((order[start], order[end - 1]) for start, end in pairwise((0, *ends)) if end - start >= least)
    return sum(
        all(
            bisect_right(run, last) - bisect_left(run, first) >= number
            for run, number in zip(runs, needed, strict=True)
        )
        for first, last in spans
    )
