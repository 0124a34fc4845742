"""From a query to hits: which documents, in which order, with what of them shown."""

import heapq
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from reader.search.compiling import Compiler, Query
from reader.search.parsing import Parsed
from reader.search.schema import KINDS
from reader.search.segments import Segments
from reader.search.snippets import best_of, labels_in, places_of, snippet_of
from reader.search.tree import All, Any, Node, Words
from reader.search.values import Facts, Hit, Kind, Results
from reader.search.words import DEFAULT_LANGUAGE

_SPARE = 20  # more than are shown, since those that are equal are sorted by their date
_EQUAL = 3  # decimals of a score


class Found(NamedTuple):
    """How much of an answer is wanted."""

    limit: int
    width: int
    """Code points of a snippet."""


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
    kinds = Counter(segments.value(number, "kind_number") for number in matching)
    order = parsed.sort or ("relevance" if _has_words(parsed.tree) else "date")
    if order == "relevance":
        ranked = _ranked(segments, query, wanted.limit)
    else:
        ranked = [(0.0, number) for number in _sorted(segments, matching, order, wanted.limit)]
    hits = tuple(_hit(segments, compiler, number, score, wanted.width) for score, number in ranked)
    return Results(hits, {kind: kinds[number] for number, kind in enumerate(KINDS)})


def _languages(segments: Segments) -> tuple[str, ...]:
    """Return how the texts of the documents are cut: their languages, as the index has them."""
    terms = (term.decode() for term in segments.reader.lexicon("lang"))
    return tuple(term for term in terms if not term.startswith("=")) or (DEFAULT_LANGUAGE,)


def _ranked(segments: Segments, query: Query, limit: int) -> list[tuple[float, int]]:
    """Return the best documents with their scores; of equal ones the newest first."""
    found = segments.searcher.search(query, limit=limit + _SPARE).top_n
    best = sorted(found, key=lambda one: (-round(one[0], _EQUAL), -_day(segments, one[1])))
    return best[:limit]


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
