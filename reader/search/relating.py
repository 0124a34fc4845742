"""Which articles are like one: those that have its telling words."""

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, takewhile
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
MAX_COMMON = 2  # names that all articles have, of two that share nothing more telling
LEAST_WORTH = 0.2  # of what tells most of what two articles share, to be said beside it
MAX_SHARE = 0.2  # of the articles; a word that more of them have tells nothing,
FEW = 10  # unless these are few: then half of them may have it
TITLE = 3  # times that a word of the title counts
ONCE = 0.3  # what a word is worth that stands once; one that stands thrice is worth 1.4
OFTEN = 2  # times that both have a word which tells something by itself
_LEAST = 3  # letters of a telling word
NAME = 2.0  # times that a name is worth more: who and where an article is about

_FOLLOWING = re.compile(r"(?:[^\W\d_]|,) ([^\W\d_][^\W_]*)")  # what stands within a sentence, as a name may
_PAIR = re.compile(r"(?<![\w-])([^\W\d_]{2,}) (?=([^\W\d_]{2,})\b(?!-))")  # words that only a blank parts
_NAME = re.compile(r"\b[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)+")
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
    is_rare: bool
    """Whether few articles have it, however few there are."""


class _About(NamedTuple):
    """What an article has that another may share."""

    terms: dict[str, _Term]
    in_title: frozenset[str]
    """Terms of its title."""
    words: Counter[str]
    """How often it has each word, as it is written."""
    pairs: Counter[tuple[str, str]]
    """Words that stand side by side, both of a name or telling, the commonest first."""
    names: tuple[str, ...]
    """Of several words, the commonest first."""


def related(segments: Segments, key: str, limit: int) -> tuple[Related, ...]:
    """Return the articles that are most like one, the nearest first; none if it is not in the index."""
    number = segments.number_of(key)
    if number is None:
        return ()
    document = segments.document(number)
    about = _about(document, _telling(segments, document))
    scores = _weighed(
        segments, heapq.nlargest(MAX_TERMS, about.terms.values(), key=lambda one: (one.weight, one.term))
    )
    articles = set(segments.postings("kind", str(Kind.ARTICLE)).documents) - {number}
    nearest = heapq.nlargest(limit, articles.intersection(scores), key=lambda one: (scores[one], -one))
    return tuple(_related(about, segments.document(other), scores[other]) for other in nearest)


def _weighed(segments: Segments, terms: Iterable[_Term]) -> Scores:
    """Return the documents that have some terms: more for a short text, and for one that has them often."""
    total, measures = Scores(), measures_of(segments)
    for one in terms:
        found = segments.postings("text", one.term)
        for number, count in zip(found.documents, found.counts, strict=True):
            total[number] = total.get(number, 0.0) + one.weight * count / (count + measures[number])
    return total


def _telling(segments: Segments, document: Document) -> dict[str, _Term]:
    """Return the terms that an article has, and not too many others, by term."""
    articles = segments.frequency("kind", str(Kind.ARTICLE))
    few = max(MAX_SHARE * articles, 2)
    most = max(few, min(articles / 2, FEW))
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
            word = words.most_common(1)[0][0]
            found[term] = _Term(term, word, count, weight, is_name, others <= few)
    return found


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


def _about(document: Document, terms: dict[str, _Term]) -> _About:
    text, language = shown_text(document), language_of(document.lang)
    names = Counter(_NAME.findall(text)).most_common()

    def is_said(first: str, second: str) -> bool:
        if first[0].isupper() or second[0].isupper():
            return first[0].isupper() and second[0].isupper()
        return all(term in terms for term in terms_of(f"{first} {second}", language))

    return _About(
        terms=terms,
        in_title=frozenset(terms_of(document.title, language)),
        words=Counter(text.split()),
        pairs=Counter(dict(one for one in Counter(_PAIR.findall(text)).most_common() if is_said(*one[0]))),
        names=tuple(name for name, _ in names),
    )


def _related(about: _About, other: Document, score: float) -> Related:
    reasons = tuple(islice(_reasons(about, other), MAX_SHOWN))
    return Related(other.article_id, other.title, reasons, score)


def _reasons(about: _About, other: Document) -> Iterator[str]:
    """Yield what a reader would say two articles have in common, the most telling first.

    That are names, words that stand side by side in both ("video call"), words of a title, and words
    that both have more than once and few articles have. What tells far less than the first is left
    out. Without any, names that many articles have, or at last words that both have once.
    """
    text, language = shown_text(other), language_of(other.lang)
    in_titles = about.in_title.union(terms_of(other.title, language))
    there = Counter(terms_of(f"{other.title}\n{text}", language))
    pairs_there = {_folded(pair) for pair in _PAIR.findall(text)}
    pairs = {pair: count for pair, count in about.pairs.items() if _folded(pair) in pairs_there}
    beside = set(chain.from_iterable(pairs))
    shared = {one: one.weight * (2 - 1 / there[term]) for term, one in about.terms.items() if there[term]}

    def is_said(one: _Term) -> bool:
        is_topic = min(one.times, there[one.term]) >= OFTEN and (one.is_rare or one.term in in_titles)
        return one.is_name or one.word in beside or is_topic

    by_worth = sorted(shared, key=lambda one: (-shared[one], one.term))
    said = list(filter(is_said, by_worth))
    if not said:
        names = [name for name in about.names if name in text]
        yield from names[:MAX_COMMON] or (one.word for one in by_worth)
    words = _as_names([one.word for one in said], pairs, about.words)
    worth = takewhile(lambda one: shared[one] >= LEAST_WORTH * shared[said[0]], said)
    yield from dict.fromkeys(word for word, _ in zip(words, worth, strict=False))


def _folded(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[0].casefold(), pair[1].casefold()


def _as_names(
    words: Sequence[str], pairs: Mapping[tuple[str, str], int], counts: Counter[str]
) -> Iterator[str]:
    """Yield words, but those that are parts of a pair as that: "Tucker Carlson", "video call".

    A part of a name that stands more often without the rest is one by itself, unless the rest is
    among the words.
    """
    among = set(words)
    for word in words:
        whole = [
            pair
            for pair, count in pairs.items()
            if word in pair and (word.islower() or 2 * count > counts[word] or {*pair} <= among)
        ]
        yield " ".join(whole[0]) if whole else word
