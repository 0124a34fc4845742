"""What a search can be narrowed to with one key: values of what was found, each a part of a query. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reader.search.parsing import Parsed
from reader.search.tree import Any
from reader.search.values import Results

MOST = 9  # as many as there are digits
_PER_FACET = {"kind": 3, "source": 3, "tag": 4, "year": 3}
_PART = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
_KINDS = {
    "article": ("in:articles",),
    "note": ("in:notes", "has:note"),
    "highlight": ("in:notes", "has:highlight"),
}


class Chip(NamedTuple):
    """A value of what was found."""

    facet: str
    value: str
    total: int
    """How many documents have it."""
    parts: tuple[str, ...]
    """What asks for it, in a query."""
    taken: bool
    """Whether the query asks for it already."""


def chips_of(results: Results, query: str) -> tuple[Chip, ...]:
    """Return what a search can be narrowed to, facet by facet; and widened by, if it is so narrow."""
    return tuple(_spread(list(_chips(results, query))))


def _chips(results: Results, query: str) -> Iterator[Chip]:
    asked = _PART.findall(query)
    for facet, most in _PER_FACET.items():
        tally = [(value, total) for value, total in results.facets.get(facet, ()) if value and total]
        chips = [
            Chip(facet, value, total, parts, all(part in asked for part in parts))
            for value, total in tally
            if (parts := _parts_of(facet, value))
        ]
        taken = [chip for chip in chips if chip.taken]
        free = [chip for chip in chips if not chip.taken and chip.total < results.total]
        yield from (*taken, *free)[:most]


def _spread(chips: list[Chip]) -> list[Chip]:
    """Leave out the rarest of the facet that has most, until there is a digit for each."""
    while len(chips) > MOST:
        names = [chip.facet for chip in chips]
        fullest = max(dict.fromkeys(names), key=names.count)
        del chips[len(names) - 1 - names[::-1].index(fullest)]
    return chips


def _parts_of(facet: str, value: str) -> tuple[str, ...]:
    if facet == "kind":
        return _KINDS.get(value, ())
    if facet == "year":
        return (f"date:{value}",)
    bare = value.replace('"', " ").strip()
    return (f'{facet}:"{bare}"' if re.search(r"[\s()]", bare) else f"{facet}:{bare}",) if bare else ()


def narrowed(query: str, parsed: Parsed, chip: Chip) -> str:
    """Ask for a value too; or no longer, if the query does so already."""
    if chip.taken:
        return without(query, chip.parts)
    base = str(parsed) if parsed.faults else query.strip()
    if isinstance(parsed.tree, Any) and parsed.sort == "" and not parsed.in_hidden:
        base = f"({base})"
    return " ".join(filter(None, (base, *chip.parts)))


def completed(query: str, results: Results) -> str:
    """Let a query find, once it is kept or something follows it, what it found as it was typed."""
    return query.strip() + "*" * results.is_extended


def widened(query: str) -> str:
    """Take away what was narrowed to last: the last part with a field; as it is, if there is none."""
    fields = [part for part in _PART.findall(query) if re.match(r"[a-z]+:", part)]
    if not fields:
        return query
    kinds = next((parts for parts in _KINDS.values() if fields[-len(parts) :] == list(parts)), fields[-1:])
    return without(query, tuple(kinds))


def without(query: str, parts: tuple[str, ...]) -> str:
    """Take parts out of a query; what stands in brackets alone stands without them."""
    kept = " ".join(part for part in _PART.findall(query) if part not in parts)
    inner = kept[1:-1] if kept.startswith("(") and kept.endswith(")") else ""
    return inner if inner and not {*inner} & {"(", ")"} else kept


def sorted_by(query: str, order: str) -> str:
    """Ask for an order, in place of the one that is asked for; "" for the best first."""
    kept = without(query, tuple(part for part in _PART.findall(query) if part.startswith("sort:")))
    return f"{kept} sort:{order}" if order else kept
