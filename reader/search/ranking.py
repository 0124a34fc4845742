"""From a query to hits: which documents, in which order, with what of them shown."""

import heapq
import math
from collections.abc import Callable
from typing import NamedTuple

from reader.search.evaluating import Evaluator, Scores, is_stop_word
from reader.search.facets import facets
from reader.search.nearness import LOOKS, Allowance
from reader.search.parsing import Parsed
from reader.search.segments import Segments
from reader.search.snippets import best_in, cut, labels_in, places_of, snippet_of
from reader.search.tree import All, Any, Node, Words
from reader.search.values import Facts, Hit, Kind, Results, Stop, Stopped
from reader.search.words import DEFAULT_LANGUAGE, terms_of

_EQUAL = 0.001  # scores that differ by less are the same


class Found(NamedTuple):
    """How much of an answer is wanted."""

    limit: int
    width: int
    """Code points of a snippet."""
    stop: Stop = bool
    """Asked between steps; if it says so, `Stopped` is raised."""
    looks: float = LOOKS
    """How much may be looked at for what stands together."""


def find(segments: Segments, parsed: Parsed, facts: Facts, wanted: Found) -> Results:
    """Find what a query asks for.

    Without a word of its own a query has no better and worse: then the newest come first.

    Args:
        segments: The state of the index.
        parsed: The query.
        facts: What stands in no document.
        wanted: How many hits.

    Raises:
        Stopped: Nobody waits any longer.
    """
    languages, allowance = _languages(segments), Allowance(wanted.looks)
    evaluator = Evaluator(segments, languages, facts, parsed.in_hidden, stop=wanted.stop, allowance=allowance)
    scores = {} if parsed.is_void else evaluator.find(parsed.tree)
    order = parsed.sort or ("relevance" if _has_words(parsed.tree) else "date")
    hits: list[Hit] = []
    for number in _first(segments, scores, order, wanted.limit):
        if wanted.stop():
            raise Stopped
        hits.append(_hit(segments, evaluator, number, scores[number], wanted.width))
    counted = facets(segments, scores)
    kinds = dict(counted["kind"])
    counts = {kind: kinds.get(str(kind), 0) for kind in Kind}
    missed = len(allowance.passed_over - scores.keys())
    return Results(tuple(hits), counts, counted, evaluator.is_extended, segments.living, missed)


def counter(segments: Segments, facts: Facts) -> Callable[[Parsed], int]:
    """Return what counts the documents that queries find which have most of their words in common."""
    languages, known, allowance = _languages(segments), dict[tuple[Words, bool], Scores](), Allowance()

    def count(parsed: Parsed) -> int:
        evaluator = Evaluator(segments, languages, facts, parsed.in_hidden, known=known, allowance=allowance)
        return len(evaluator.find(parsed.tree))

    return count


def speller(segments: Segments) -> Callable[[str], list[str]]:
    """Return what tells which words one may be meant to be; nobody means a stop word: "fgo" is not "for"."""
    languages = _languages(segments)

    def spell(word: str) -> list[str]:
        stem = min((term for one in languages for term in terms_of(word, one)), key=len, default="")
        found = segments.vocabulary.spellings(word, stem)
        return [one for one in found if not is_stop_word(one, languages)]

    return spell


def articles(segments: Segments, parsed: Parsed, facts: Facts) -> frozenset[str]:
    """Return the ids of the articles that a query finds, or in which it finds an annotation."""
    if parsed.is_void:
        return frozenset()
    evaluator = Evaluator(
        segments, _languages(segments), facts, parsed.in_hidden, allowance=Allowance(math.inf)
    )
    found = evaluator.find(parsed.tree)
    ids = segments.column("article")
    return frozenset(ids[number] for number in found) - {""}


def _languages(segments: Segments) -> tuple[str, ...]:
    """Return how the texts of the documents are cut: their languages, as the index has them."""
    return tuple(one for one in segments.terms("lang") if not one.startswith("=")) or (DEFAULT_LANGUAGE,)


def _first(segments: Segments, scores: Scores, order: str, limit: int) -> list[int]:
    """Return the documents that come first.

    Of equally good ones articles come first, since what a note has of its article (source,
    author) is theirs; then the newest; and what is equal even then stands in the order of its
    keys, so that an index that was changed and one made anew answer alike.
    """
    noted, dated, kinds, keys = (segments.column(name) for name in ("noted", "first", "kinds", "key"))
    if order == "title":
        titles = segments.column("order")
        return heapq.nsmallest(limit, scores, key=lambda number: (titles[number], keys[number]))
    if order == "date":
        return heapq.nsmallest(limit, scores, key=lambda one: (-(noted[one] or dated[one]), keys[one]))

    def place(number: int) -> tuple[int, bool, int, str]:
        days: int = noted[number] or dated[number]
        return -round(scores[number] / _EQUAL), kinds[number] != Kind.ARTICLE, -days, keys[number]

    least = min(heapq.nlargest(limit, scores.values()), default=0.0) - _EQUAL
    return sorted((number for number, score in scores.items() if score >= least), key=place)[:limit]


def _hit(segments: Segments, evaluator: Evaluator, number: int, score: float, width: int) -> Hit:
    document = segments.document(number)
    places = places_of(document, evaluator.sought)
    if document.kind is Kind.ARTICLE:
        name = "hidden" if evaluator.in_hidden else "text"
        spans = places.get(name, {})
        passages = (best_in(document, name, spans, width), *spans) if spans else ()
    else:
        passages = ((document.start, document.end),)
    if evaluator.in_hidden and not places:  # asked for without a word
        passages = document.hidden[:1]
        snippet = cut(document.text, passages, passages[0], width)
    else:
        snippet = snippet_of(document, places, width)
    return Hit(document, labels_in(places), snippet, passages, score)


def _has_words(node: Node) -> bool:
    """Tell whether a tree asks for words, other than to be left out."""
    return isinstance(node, Words) or (isinstance(node, All | Any) and any(map(_has_words, node.parts)))
