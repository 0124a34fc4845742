"""How many of what was found are of which kind, source, tag and year.

At each key a common word finds half a library. Documents whose labels are equal are counted
together first, and there are few kinds of these.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from reader.search.segments import Segments
from reader.search.values import Tally

_COLUMNS = ("kinds", "published", "tagged", "first")


@dataclass(frozen=True, slots=True, eq=False)  # one is only equal to itself: found in a fifth of the time
class _Labels:
    """What is counted of the documents of a segment that share it."""

    kind: str
    source: str
    tags: tuple[str, ...]
    year: str


def facets(segments: Segments, numbers: Iterable[int]) -> dict[str, Tally]:
    """Count the values of some documents, the commonest first, by what they are values of."""
    labels = segments.derived("labels", _COLUMNS, _labels)
    kinds, sources, tags, years = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for found, number in Counter(map(labels.__getitem__, numbers)).items():
        kinds[found.kind] += number
        sources[found.source] += number
        years[found.year] += number
        for tag in found.tags:
            tags[tag] += number
    return {"kind": _tally(kinds), "source": _tally(sources), "tag": _tally(tags), "year": _tally(years)}


def _labels(kinds: list[str], sources: list[str], tags: list[str], days: list[int]) -> list[_Labels]:
    """Return what is counted of each document; what is equal is one object."""
    known: dict[tuple[str, str, str, str], _Labels] = {}
    found: list[_Labels] = []
    for value in zip(kinds, sources, tags, map(_year_of, days), strict=True):
        if value not in known:
            kind, source, lines, year = value
            known[value] = _Labels(kind, source, tuple(dict.fromkeys(lines.split("\n"))), year)
        found.append(known[value])
    return found


@lru_cache(maxsize=20_000)  # days of fifty years
def _year_of(day: int) -> str:
    return str(date.fromordinal(day).year) if day else ""


def _tally(found: Counter[str]) -> Tally:
    known = ((value, number) for value, number in found.items() if value)
    return tuple(sorted(known, key=lambda one: (-one[1], one[0])))
