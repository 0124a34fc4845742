"""Which articles are like one: those that have its telling words."""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import NamedTuple

from reader.search.dates import MONTHS, WEEKDAYS
from reader.search.evaluating import Scores, is_stop_word, measures_of
from reader.search.schema import shown_text
from reader.search.segments import Segments
from reader.search.values import Document, Kind, Related
from reader.search.words import WORD, language_of, terms_of

MAX_TERMS = 25  # of an article: what it is about
MAX_SHOWN = 5  # of them, in an answer
MAX_SHARE = 0.2  # of the articles; a word that more of them have tells nothing,
FEW = 10  # unless these are few: then half of them may have it
TITLE = 3  # times that a word of the title counts
ONCE = 0.3  # what a word is worth that stands once; one that stands thrice is worth 1.4
_LEAST = 3  # letters of a telling word
NAME = 2.0  # times that a name is worth more: who and where an article is about

_FOLLOWING = re.compile(r"(?:[^\W\d_]|,) ([^\W\d_][^\W_]*)")  # what stands within a sentence, as a name may
_PAIR = re.compile(r"\b([A-Z][^\W_]+) (?=([A-Z][^\W_]+))")
_WHEN = frozenset((*MONTHS, *WEEKDAYS))


class _Term(NamedTuple):
    """A telling term of an article."""

    term: str
    word: str
    """As the article writes it most often."""
    times: int
    """How often the article has it; those in its title count more than once."""
    weight: float
    is_name: bool


def related(segments: Segments, key: str, limit: int) -> tuple[Related, ...]:
    """Return the articles that are most like one, the nearest first; none if it is not in the index."""
    number = segments.number_of(key)
    if number is None:
        return ()
    document = segments.document(number)
    terms = _telling(segments, document)
    scores = _weighed(segments, terms)
    articles = set(segments.postings("kind", str(Kind.ARTICLE)).documents) - {number}
    nearest = heapq.nlargest(limit, articles.intersection(scores), key=lambda one: (scores[one], -one))
    return tuple(_related(document, segments.document(other), terms, scores[other]) for other in nearest)


def _weighed(segments: Segments, terms: dict[str, _Term]) -> Scores:
    """Return the documents that have some terms: more for a short text, and for one that has them often."""
    total, measures = Scores(), measures_of(segments)
    for term, one in terms.items():
        found = segments.postings("text", term)
        for number, count in zip(found.documents, found.counts, strict=True):
            total[number] = total.get(number, 0.0) + one.weight * count / (count + measures[number])
    return total


def _telling(segments: Segments, document: Document) -> dict[str, _Term]:
    """Return the terms that an article has often and others seldom, by term, the heaviest first."""
    articles = segments.frequency("kind", str(Kind.ARTICLE))
    most = max(MAX_SHARE * articles, min(articles / 2, FEW), 2)
    language = language_of(document.lang)
    in_title = Counter(terms_of(document.title, language))
    text = shown_text(document).removeprefix(document.title)
    inside = {word for word in _FOLLOWING.findall(text) if word[0].isupper()}
    found: dict[str, _Term] = {}
    for term, words in _words_by_term(text, language).items():
        others = segments.frequency("text", term)
        if 1 < others <= most and _is_telling(term, words, language):
            is_name = not inside.isdisjoint(words) and all(word[0].isupper() for word in words)
            count = words.total() + TITLE * in_title[term]
            weight = (ONCE + log(count)) * log(articles / others + 1) * (NAME if is_name else 1)
            found[term] = _Term(term, words.most_common(1)[0][0], count, weight, is_name)
    return dict(heapq.nlargest(MAX_TERMS, found.items(), key=lambda one: (one[1].weight, one[0])))


def _words_by_term(text: str, language: str) -> dict[str, Counter[str]]:
    """Return by term how often a text has each of its words."""
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in Counter(WORD.findall(text)).items():
        for term in terms_of(word, language):
            words[term][word] += count
    return words


def _is_telling(term: str, words: Iterable[str], language: str) -> bool:
    """Tell whether a term may say what an article is about: it is no number, no stop word and no time."""
    if len(term) < _LEAST or term[0].isdigit():
        return False
    folded = {word.casefold() for word in words}
    return _WHEN.isdisjoint(folded) and not any(is_stop_word(word, (language,)) for word in folded)


def _related(document: Document, other: Document, terms: dict[str, _Term], score: float) -> Related:
    there = Counter(terms_of(f"{other.title}\n{shown_text(other)}", language_of(other.lang)))
    shared = {one: one.weight * (2 - 1 / there[term]) for term, one in terms.items() if there[term]}
    said = {one: worth for one, worth in shared.items() if one.is_name or there[one.term] > 1 < one.times}
    words = [one.word for one in heapq.nlargest(MAX_SHOWN, said or shared, key=shared.__getitem__)]
    return Related(other.article_id, other.title, tuple(_as_names(words, document.text, other.text)), score)


def _as_names(words: Sequence[str], text: str, other: str) -> Iterator[str]:
    """Yield words, but those that are parts of a name in two texts as that: "Tucker Carlson", "North Korea".

    A part that stands more often without the rest is a name by itself, unless the rest is among the words.
    """
    counts, here = Counter(text.split()), Counter(_PAIR.findall(text))
    seen = set[str]()
    for word in words:
        if word in seen:
            continue
        whole = [
            pair
            for pair, count in here.most_common()
            if word in pair and " ".join(pair) in other and (2 * count > counts[word] or {*pair} <= {*words})
        ]
        seen.update(*whole[:1])
        yield " ".join(whole[0]) if whole else word
