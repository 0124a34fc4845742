"""Which articles are like one: those that have its telling words."""

import heapq
from collections import Counter
from math import log

from reader.search.evaluating import Scores, added
from reader.search.schema import shown_text
from reader.search.segments import Segments
from reader.search.values import Document, Kind, Related
from reader.search.words import WORD, language_of, terms_of

MAX_TERMS = 25  # of an article: what it is about
MAX_SHOWN = 5  # of them, in an answer
MAX_SHARE = 0.2  # of the articles; a word that more of them have tells nothing
TITLE = 3  # times that a word of the title counts


def related(segments: Segments, key: str, limit: int) -> tuple[Related, ...]:
    """Return the articles that are most like one, the nearest first; none if it is not in the index."""
    number = segments.number_of(key)
    if number is None:
        return ()
    document = segments.document(number)
    terms = _telling(segments, document)
    scores = added(_weighed(segments, term, weight) for term, weight in terms.items())
    articles = set(segments.postings("kind", str(Kind.ARTICLE)).documents) - {number}
    nearest = heapq.nlargest(limit, articles.intersection(scores), key=lambda one: (scores[one], -one))
    words = _as_written(document)
    return tuple(_related(segments.document(other), terms, words, scores[other]) for other in nearest)


def _weighed(segments: Segments, term: str, weight: float) -> Scores:
    """Return the documents that have a term: for once much, for often a little more."""
    found = segments.postings("text", term)
    return {
        number: weight * (2 - 1 / count) for number, count in zip(found.documents, found.counts, strict=True)
    }


def _telling(segments: Segments, document: Document) -> dict[str, float]:
    """Return the terms an article has often and others seldom, with their weights, the heaviest first."""
    articles = segments.frequency("kind", str(Kind.ARTICLE))
    counts = Counter(terms_of(shown_text(document), language_of(document.lang)))
    for term in terms_of(document.title, language_of(document.lang)):
        counts[term] += TITLE
    weights: dict[str, float] = {}
    for term, count in counts.items():
        others = segments.frequency("text", term)
        if 1 < others <= max(MAX_SHARE * articles, 2) and not term.isdigit() and len(term) > 2:
            weights[term] = (1 + log(count)) * log(articles / others + 1)
    return dict(sorted(weights.items(), key=lambda one: (-one[1], one[0]))[:MAX_TERMS])


def _as_written(document: Document) -> dict[str, str]:
    """Return a word for each term, as the article writes it most often."""
    language = language_of(document.lang)
    words: dict[str, str] = {}
    for word, _ in Counter(WORD.findall(f"{document.title}\n{shown_text(document)}")).most_common():
        for term in terms_of(word, language):
            words.setdefault(term, word)
    return words


def _related(other: Document, terms: dict[str, float], words: dict[str, str], score: float) -> Related:
    there = set(terms_of(f"{other.title}\n{shown_text(other)}", language_of(other.lang)))
    shared = tuple(words[term] for term in terms if term in there)
    return Related(other.article_id, other.title, shared[:MAX_SHOWN], score)
