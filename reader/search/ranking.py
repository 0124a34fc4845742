"""From a query to hits: which documents, in which order, with what of them shown."""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from reader.search.compiling import Compiler, Query
from reader.search.parsing import Parsed
from reader.search.schema import KINDS
from reader.search.segments import Segments
from reader.search.snippets import best_of, labels_in, places_of, snippet_of
from reader.search.tree import All, Any, Node, Words
from reader.search.values import Facts, Hit, Kind, Results, Stop, Stopped, Tally
from reader.search.words import DEFAULT_LANGUAGE

_SPARE = 20  # more than are shown, since those that are equal are sorted by their date
_EQUAL = 3  # decimals of a score


class Found(NamedTuple):
    """How much of an answer is wanted."""

    limit: int
    width: int
    """Code points of a snippet."""
    stop: Stop = bool
    """Asked between steps; if it says so, `Stopped` is raised."""


def find(segments: Segments, parsed: Parsed, facts: Facts, wanted: Found) -> Results:
    """Find what a query asks for.

    Without a word of its own a query has no better and worse: then the newest come first.

    Args:
        segments: The state of the index.
        parsed: The query.
        facts: What stands in no document.
        wanted: How many hits.
    """
    if not segments.number:
        return Results((), {})
    compiler = Compiler(
        segments.reader, segments.vocabulary, _languages(segments), segments.column, facts, parsed.in_hidden
    )
    query = compiler.compile(parsed.tree)
    matching = list(segments.searcher.docs_for_query(query))
    _stop_if(wanted.stop)
    kinds = Counter(segments.value(number, "kind_number") for number in matching)
    order = parsed.sort or ("relevance" if _has_words(parsed.tree) else "date")
    if order == "relevance":
        ranked = _ranked(segments, query, wanted.limit)
    else:
        ranked = [(0.0, number) for number in _sorted(segments, matching, order, wanted.limit)]
    hits: list[Hit] = []
    for score, number in ranked:
        _stop_if(wanted.stop)
        hits.append(_hit(segments, compiler, number, score, wanted.width))
    counts = {kind: kinds[number] for number, kind in enumerate(KINDS)}
    return Results(tuple(hits), counts, _facets(segments, matching, counts))


def count(segments: Segments, parsed: Parsed, facts: Facts) -> int:
    """Return how many documents a query finds."""
    if not segments.number:
        return 0
    compiler = Compiler(
        segments.reader, segments.vocabulary, _languages(segments), segments.column, facts, parsed.in_hidden
    )
    return sum(1 for _ in segments.searcher.docs_for_query(compiler.compile(parsed.tree)))


def _stop_if(stop: Stop) -> None:
    if stop():
        raise Stopped


def _facets(segments: Segments, matching: Iterable[int], counts: Mapping[Kind, int]) -> dict[str, Tally]:
    """Count the values of what was found."""
    sources, tags, years = Counter[str](), Counter[str](), Counter[str]()
    for number in matching:
        sources[segments.value(number, "published").decode()] += 1
        tags.update(segments.value(number, "tagged").decode().split("\n"))
        day = segments.value(number, "first")
        years[str(date.fromordinal(day).year) if day else ""] += 1
    kinds = Counter({str(kind): number for kind, number in counts.items()})
    facets = {"kind": kinds, "source": sources, "tag": tags, "year": years}
    return {name: _tally(found) for name, found in facets.items()}


def _tally(found: Counter[str]) -> Tally:
    known = ((value, number) for value, number in found.items() if value and number)
    return tuple(sorted(known, key=lambda one: (-one[1], one[0])))


def _languages(segments: Segments) -> tuple[str, ...]:
    """Return how the texts of the documents are cut: their languages, as the index has them."""
    terms = (term.decode() for term in segments.reader.lexicon("lang"))
    return tuple(term for term in terms if not term.startswith("=")) or (DEFAULT_LANGUAGE,)


def _ranked(segments: Segments, query: Query, limit: int) -> list[tuple[float, int]]:
    """Return the best documents with their scores.

    Of equal ones articles come first, since what a note has of its article (source, author) is theirs;
    then the newest.
    """
    search = segments.searcher.search
    found = search(query, limit=limit + _SPARE).top_n
    if len(found) > limit and _rounded(found[-1]) == _rounded(found[limit - 1]):
        found = search(query, limit=None).top_n  # more are equal than were kept, and the newest may be last

    def place(one: tuple[float, int]) -> tuple[float, bool, int]:
        is_article = segments.value(one[1], "kind_number") == KINDS.index(Kind.ARTICLE)
        return -_rounded(one), not is_article, -_day(segments, one[1])

    return sorted(found, key=place)[:limit]


def _rounded(found: tuple[float, int]) -> float:
    return round(found[0], _EQUAL)


def _sorted(segments: Segments, numbers: Iterable[int], order: str, limit: int) -> list[int]:
    if order == "title":
        return heapq.nsmallest(limit, numbers, key=lambda number: segments.value(number, "order"))
    return heapq.nlargest(limit, numbers, key=lambda number: _day(segments, number))


def _day(segments: Segments, number: int) -> int:
    """Return the day of a document: when an annotation was made, or what an article is dated."""
    day: int = segments.value(number, "noted") or segments.value(number, "first")
    return day


def _hit(segments: Segments, compiler: Compiler, number: int, score: float, width: int) -> Hit:
    document = segments.document(number)
    places = places_of(document, compiler.sought)
    if document.kind is Kind.ARTICLE:
        spans = places.get("hidden" if compiler.in_hidden else "text", [])
        passages = (best_of(spans), *spans) if spans else ()
    else:
        passages = ((document.start, document.end),)
    return Hit(document, labels_in(places), snippet_of(document, places, width), passages, score)


def _has_words(node: Node) -> bool:
    """Tell whether a tree asks for words, other than to be left out."""
    return isinstance(node, Words) or (isinstance(node, All | Any) and any(map(_has_words, node.parts)))
