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
    places = {term: one.places_in(candidates) for term, one in by_rarity} if candidates else {}
    counted = _near if near else _in_order
    found = (
        (document, counted(terms, {term: there[document] for term, there in places.items()}, near))
        for document in candidates or ()
    )
    return {document: count for document, count in found if count}


def _also_in(candidates: set[int] | None, documents: Iterable[int]) -> set[int]:
    return set(documents) if candidates is None else candidates.intersection(documents)


def _in_order(terms: Sequence[str], places: dict[str, Sequence[int]], _: int) -> int:
    """Count where terms follow one behind the other."""
    begins = set(places[terms[0]])
    for distance, term in enumerate(terms[1:], 1):
        begins.intersection_update([place - distance for place in places[term]])
        if not begins:
            break
    return len(begins)


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
