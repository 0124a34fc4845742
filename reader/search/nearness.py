"""How often some terms stand together in each document: as a phrase, or near each other. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce

from reader.search.postings import Postings


def together(terms: Sequence[str], postings: Sequence[Postings], near: int) -> dict[int, int]:
    """Count by document how often terms stand together; documents where they do not are absent.

    Args:
        terms: The terms in their order; one may come twice.
        postings: Those of each.
        near: How many words apart neighbours may stand, in any order; 0 for a phrase.
    """
    by_rarity = sorted(dict(zip(terms, postings, strict=True)).items(), key=lambda one: len(one[1].documents))
    candidates = reduce(_also_in, (one.documents for _, one in by_rarity), None)
    if not candidates:
        return {}
    places = {term: one.places_in(candidates) for term, one in by_rarity}
    if not near:
        return _in_order(sorted(enumerate(terms), key=lambda one: len(postings[one[0]].places)), places)
    found = (
        (document, _near(terms, {term: there[document] for term, there in places.items()}, near))
        for document in candidates
    )
    return {document: count for document, count in found if count}


def _also_in(candidates: set[int] | None, documents: Iterable[int]) -> set[int]:
    return set(documents) if candidates is None else candidates.intersection(documents)


def _in_order(
    terms: Sequence[tuple[int, str]], places: dict[str, dict[int, Sequence[int]]]
) -> dict[int, int]:
    """Count where terms follow one behind the other, all documents at once: 10,000 a query are usual.

    Args:
        terms: Each with its place in the phrase; the rarest first, so that few places are moved.
        places: Those of each term, by document.
    """
    (before, first), *others = terms
    standing = places[first]
    for at, term in others:
        move, there = (at - before).__add__, places[term]
        standing = {
            document: met
            for document, found in standing.items()
            if (met := list(set(map(move, found)).intersection(there[document])))
        }
        before = at
    return {document: len(found) for document, found in standing.items()}


def _near(terms: Sequence[str], places: dict[str, Sequence[int]], near: int) -> int:
    """Count the runs of places, with no more than so many words between, that have all of the terms."""
    needed = Counter(terms)
    count, last, seen = 0, -near - 1, Counter[str]()
    for place, term in sorted((place, term) for term, found in places.items() for place in found):
        if place - last > near:
            count += seen >= needed
            seen.clear()
        seen[term] += 1
        last = place
    return count + (seen >= needed)
