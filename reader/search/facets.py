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


@dataclass(frozen=True, slots=True, eq=False)  # one is only equal to itself: found in a fifth of the time
class _Labels:
    """What is counted of the documents that share it."""

    kind: str
    source: str
    tags: tuple[str, ...]
    year: str


def facets(segments: Segments, numbers: Iterable[int]) -> dict[str, Tally]:
    """Count the values of some documents, the commonest first, by what they are values of."""
    labels = segments.once("labels", lambda: _LabelsOf(segments))
    kinds, sources, tags, years = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for found, number in Counter(map(labels.__getitem__, numbers)).items():
        kinds[found.kind] += number
        sources[found.source] += number
        years[found.year] += number
        for tag in found.tags:
            tags[tag] += number
    return {"kind": _tally(kinds), "source": _tally(sources), "tag": _tally(tags), "year": _tally(years)}


class _LabelsOf(dict[int, _Labels]):
    """The labels of documents by their numbers, made when first counted; what is equal is one object."""

    def __init__(self, segments: Segments) -> None:
        super().__init__()
        self._columns = [segments.column(name) for name in ("kinds", "published", "tagged", "first")]
        self._known: dict[tuple[str, str, str, str], _Labels] = {}

    def __missing__(self, number: int) -> _Labels:
        kind, source, lines, day = (column[number] for column in self._columns)
        value = kind, source, lines, _year_of(day)
        if value not in self._known:
            self._known[value] = _Labels(kind, source, tuple(dict.fromkeys(lines.split("\n"))), value[-1])
        labels = self[number] = self._known[value]
        return labels


@lru_cache(maxsize=20_000)  # days of fifty years
def _year_of(day: int) -> str:
    return str(date.fromordinal(day).year) if day else ""


def _tally(found: Counter[str]) -> Tally:
    known = ((value, number) for value, number in found.items() if value)
    return tuple(sorted(known, key=lambda one: (-one[1], one[0])))
