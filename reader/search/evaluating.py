"""From a tree to what it holds of, with scores, and to the words that are to be marked in what is found.

Each part of a query becomes a mapping of documents to scores, and these are joined: no document
is looked at by itself. Scores are BM25F's: the rarer a term, the oftener it stands in a
document and the shorter that is, the better.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice, takewhile
from math import log

from reader.search.nearness import Allowance, together
from reader.search.postings import Postings
from reader.search.schema import tag_term
from reader.search.segments import Segments
from reader.search.tree import All, Any, During, Label, Node, Without, Words
from reader.search.values import Facts, Kind, Stop, Stopped
from reader.search.words import UNSTEMMED, is_wide, terms_of

_MAX_FORMS = 40  # words that are looked at for these ten: "ferry" and "ferries" are one
MAX_EXPANSIONS = 10  # words that a beginning or a misspelling may mean: the commonest
COMMON_SHARE = 0.3  # of the articles; a stop word that is rarer here is none

BOOSTS = {"title": 3.0, "note": 3.0, "tags": 2.5, "quote": 2.0, "author": 1.5, "source": 1.5, "text": 1.0}
"""Where words without a field are looked for. A note that says a word is worth more than a text."""
_FIELDS = {"title": ("title", "home")}  # what a field of a query is called in the index, if not the same
_HIDDEN = {"hidden": 1.0}
_OF_ARTICLES = ("title", "text", "hidden")

_K1 = 1.2  # how soon a term that stands often in a document stops to count for more, as is usual
_STEP = 1.05  # between two averages that are told apart
_B = 0.75  # how much a text is measured by its length; fields of a few words are not: each is meant

Scores = dict[int, float]
"""Documents, by their numbers, with their scores."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Terms that stand one behind the other, and the fields where they are looked for."""

    fields: frozenset[str]
    terms: tuple[str, ...]
    asked: str
    """The word or phrase that was asked for; its forms, beginnings and misspellings share it."""
    is_near: bool = False
    """True if they only stand near each other."""


@dataclass
class Evaluator:
    """Evaluates one query in one state of the index.

    Args:
        segments: The state.
        languages: Those of its documents, as `language_of` names them.
        facts: What stands in no document.
        in_hidden: Whether words are looked for in hidden blocks.
        stop: Asked between steps; `Stopped` is raised if it says so.
    """

    segments: Segments
    languages: tuple[str, ...]
    facts: Facts
    in_hidden: bool = False
    stop: Stop = bool
    sought: list[Sought] = field(default_factory=list)
    """Grows with each word that is looked for and not left out."""
    known: dict[tuple[Words, bool], Scores] | None = None
    """What was evaluated for another query, by whether that was in hidden blocks; None remembers nothing."""
    allowance: Allowance = field(default_factory=Allowance)
    """What may be looked at for phrases, and words near each other."""
    is_extended: bool = False
    """Whether a word that is being typed found more than it would if it were finished."""

    def find(self, tree: Node) -> Scores:
        """Return what a query holds of; only what has hidden blocks, if it is these that are searched.

        Raises:
            Stopped: Nobody waits any longer.
        """
        found = self.evaluate(tree)
        return _shared((found, self._everything())) if self.in_hidden else found

    def evaluate(self, node: Node) -> Scores:
        """Return what a tree holds of.

        Raises:
            Stopped: Nobody waits any longer.
        """
        if self.stop():
            raise Stopped
        match node:
            case Words():
                return self._words(node)
            case Label():
                return dict.fromkeys(self._label(node), 0.0)
            case During():
                return dict.fromkeys(self._during(node), 0.0)
            case Without():
                return self._left(self._everything(), node)
            case Any():
                return self._any(node)
            case All():
                return self._all(node)

    def _all(self, node: All) -> Scores:
        """Evaluate what has to hold together; words that stand everywhere are no condition."""
        parts = [part for part in node.parts if not self._is_common(part)] or node.parts
        wanted = [self.evaluate(part) for part in parts if not isinstance(part, Without)]
        found = _shared(wanted) if wanted else self._everything()
        for part in parts:
            if isinstance(part, Without):
                found = self._left(found, part)
        return found

    def _any(self, node: Any) -> Scores:
        """Evaluate what has to hold in one part at least; words are added up as they are looked for."""
        total: Scores = {}
        for part in node.parts:
            if isinstance(part, Words) and self.known is None and not part.unfinished:
                self._look_for(part, total)
            else:
                add(total, self.evaluate(part))
        return total

    def _everything(self) -> Scores:
        if self.in_hidden:
            return dict.fromkeys(self.segments.postings("has", "hidden").documents, 0.0)
        return dict.fromkeys(self.segments.numbers(), 0.0)

    def _left(self, scores: Scores, node: Without) -> Scores:
        """Leave out what is not to be found, and so not to be marked."""
        before = len(self.sought)
        gone = self.evaluate(node.part)
        del self.sought[before:]
        return {number: score for number, score in scores.items() if number not in gone}

    # Words

    def _words(self, node: Words) -> Scores:
        """Look for a word or a phrase, unless that was done."""
        key = node, self.in_hidden
        if self.known is not None and key in self.known:
            return dict(self.known[key])  # who joins it with others changes it
        found: Scores = {}
        self._look_for(node, found)
        if self.known is not None:
            self.known[key] = dict(found)
        return found

    def _look_for(self, node: Words, total: Scores) -> None:
        """Look for a word or a phrase, and add what it is worth by document."""
        boosts = self._boosts(node.field)
        if node.typos:
            add(total, self._resembling(node, boosts))
            return
        self._look_for_finished(node, boosts, total)
        if node.begins or node.unfinished:
            begun = self._begun(node, boosts)
            self.is_extended |= node.unfinished and not begun.keys() <= total.keys()
            add(total, begun)

    def _finished(self, node: Words, boosts: dict[str, float]) -> Scores:
        found: Scores = {}
        self._look_for_finished(node, boosts, found)
        return found

    def _look_for_finished(self, node: Words, boosts: dict[str, float], total: Scores) -> None:
        """Look for a word as it is written, in each language of the documents."""
        variants = dict.fromkeys(tuple(terms_of(node.text, language)) for language in self.languages)
        for terms in filter(None, variants):
            self.sought.append(Sought(frozenset(boosts), terms, node.text, node.near > 0))
            if len(terms) == 1 and len(terms[0]) == 1 and is_wide(terms[0]):
                add(
                    total, self._beginning(terms[0], node.text, boosts)
                )  # one sign: any pair that begins with it
            else:
                self._count(terms, node.near, boosts, total)

    def _boosts(self, name: str) -> dict[str, float]:
        if self.in_hidden:
            return _HIDDEN
        return {one: BOOSTS.get(one, 1.0) for one in _FIELDS.get(name, (name,))} if name else BOOSTS

    def _begun(self, node: Words, boosts: dict[str, float]) -> Scores:
        """Look for what begins as a word does; of "air-def*" what follows the hyphen, beside "air"."""
        *whole, letters = terms_of(node.text, UNSTEMMED) or [""]
        if not letters:
            return {}
        beside = (self._finished(Words(word), boosts) for word in whole)
        return _shared((self._beginning(letters, node.text, boosts), *beside))

    def _resembling(self, node: Words, boosts: dict[str, float]) -> Scores:
        """Look for words that differ from one in a few letters; of "air-defnce~" what follows the hyphen."""
        *whole, word = terms_of(node.text, UNSTEMMED) or [""]
        resembling = self.segments.vocabulary.resembling
        alike = self.segments.once(("resembling", word, node.typos), lambda: resembling(word, node.typos))
        beside = (self._finished(Words(one), boosts) for one in whole)
        return _shared((self._any_of(alike, node.text, boosts), *beside))

    def _beginning(self, letters: str, asked: str, boosts: dict[str, float]) -> Scores:
        return self._any_of(self.segments.vocabulary.beginning(letters, _MAX_FORMS), asked, boosts)

    def _any_of(self, words: Iterable[str], asked: str, boosts: dict[str, float]) -> Scores:
        """Look for some words of the vocabulary: any of the first that are found."""
        cut = chain.from_iterable(terms_of(word, language) for word in words for language in self.languages)
        common = list(islice((term for term in _each_once(cut) if self._is_in(term, boosts)), MAX_EXPANSIONS))
        self.sought += (Sought(frozenset(boosts), (term,), asked) for term in common)
        total: Scores = {}
        for term in common:
            self._count((term,), 0, boosts, total)
        return total

    def _is_in(self, term: str, names: Iterable[str]) -> bool:
        return any(self.segments.frequency(name, term) for name in names)

    def _is_common(self, node: Node) -> bool:
        """Tell whether a node is a stop word that stands in so many documents that it means nothing."""
        if not isinstance(node, Words) or node.field or node.quoted or node.begins or node.typos:
            return False
        if node.text.isupper() and len(node.text) > 1:  # US and WHO are no us and who
            return False
        word = node.text.casefold()
        if not is_stop_word(word, self.languages):
            return False
        share = COMMON_SHARE * self.segments.frequency("kind", str(Kind.ARTICLE))
        terms = {term for language in self.languages for term in terms_of(word, language)}
        return sum(self.segments.frequency("text", term) for term in terms) > share

    # Scores

    def _count(self, terms: tuple[str, ...], near: int, boosts: dict[str, float], total: Scores) -> None:
        """Add what a term, or several together, are worth in some fields of each document that has them."""
        known, measures = total.get, measures_of(self.segments)
        for name, boost in boosts.items():
            postings = self._postings(name, terms)
            if not postings:
                continue
            weight, is_text = boost * self._rarity(name, postings) * (_K1 + 1), name == "text"
            for number, count in self._counts(terms, postings, near):
                measure = measures[number] if is_text else _K1
                total[number] = known(number, 0.0) + weight * count / (count + measure)

    def _postings(self, name: str, terms: tuple[str, ...]) -> list[Postings]:
        """Return the postings of some terms in one field; none unless there are some of each."""
        found = (self.segments.postings(name, term) for term in terms)
        postings = list(takewhile(lambda one: len(one.documents), found))
        return postings if len(postings) == len(terms) else []

    def _rarity(self, name: str, postings: Sequence[Postings]) -> float:
        number = self._number_with(name)
        return sum(log(number / (len(one.documents) + 1)) + 1 for one in postings)

    def _counts(
        self, terms: tuple[str, ...], postings: Sequence[Postings], near: int
    ) -> Iterable[tuple[int, int]]:
        """Return by document how often it has a term, or several together."""
        if len(terms) == 1:
            return zip(postings[0].documents, postings[0].counts, strict=True)
        return together(terms, postings, near, self.allowance).items()

    def _number_with(self, name: str) -> int:
        """Return how many documents may have a field; a word is rare, or not, among those."""
        if name in _OF_ARTICLES:
            return max(self.segments.frequency("kind", str(Kind.ARTICLE)), 1)
        return self.segments.living

    # What is no word

    def _label(self, node: Label) -> Iterable[int]:
        has = self.segments.postings
        if node.field == "in":
            return self._of_kinds(articles=node.value == "articles")
        if node.field == "is":
            return self._of_articles(node)
        if node.field == "has":
            articles = set(self._of_kinds(articles=True)).intersection(self._of_articles(node))
            return articles.union(has("has", node.value).documents)
        if node.field == "lang":
            return has("lang", f"={node.value.lower()}").documents
        if node.field == "color":
            return has("color", node.value.lower()).documents
        return self._tagged(tag_term(node.value))

    def _of_articles(self, node: Label) -> Iterable[int]:
        """Return the documents of articles of which something holds at this time."""
        return self._where("article", self.facts.traits.get(str(node), _never))

    def _tagged(self, tag: str) -> Iterable[int]:
        if not tag.endswith("*"):
            return self.segments.postings("tag", tag.strip("/")).documents
        begun = self.segments.terms("tag", tag.rstrip("*"))
        return chain.from_iterable(self.segments.postings("tag", one).documents for one in begun)

    def _of_kinds(self, *, articles: bool) -> Iterable[int]:
        kinds = (Kind.ARTICLE,) if articles else (Kind.NOTE, Kind.HIGHLIGHT)
        return chain.from_iterable(self.segments.postings("kind", str(kind)).documents for kind in kinds)

    def _during(self, node: During) -> Iterable[int]:
        first, last = node.days
        if node.field in ("added", "noted"):
            return self._where(node.field, lambda day: 0 < first <= day <= last)
        begins = self._where("first", lambda day: day >= max(first, 1))
        return set(begins).intersection(self._where("last", lambda day: 0 < day <= last))

    def _where(self, column: str, test: Callable[..., bool]) -> list[int]:
        """Return the documents whose value in a column passes a test."""
        values, deleted = self.segments.column(column), self.segments.deleted
        passed = {value for value in set(values) if test(value)}  # many documents, few values
        return [number for number, value in enumerate(values) if value in passed and number not in deleted]


def measures_of(segments: Segments) -> Sequence[float]:
    """Return by document how much the length of its text takes from the count of a term."""
    average = segments.once("average", lambda: _average_length(segments))
    return segments.derived(f"measures by {average}", ("length",), partial(_measured, average))


def _average_length(segments: Segments) -> float:
    """Return how long a text is, to a twentieth: what is measured by it stays when one text comes or goes."""
    lengths = segments.column("length")
    gone = [lengths[number] for number in segments.deleted]
    texts = sum(map(bool, lengths)) - sum(map(bool, gone))
    average = (sum(lengths) - sum(gone)) / max(texts, 1)
    return float(_STEP ** round(log(max(average, 1), _STEP)))


def _measured(average: float, lengths: Sequence[int]) -> list[float]:
    short, long = _K1 * (1 - _B), _K1 * _B / average
    return [short + long * length for length in lengths]


def add(total: Scores, scores: Scores) -> None:
    """Add some scores to others, document by document."""
    known = total.get
    for number, score in scores.items():
        total[number] = known(number, 0.0) + score


def _shared(parts: Iterable[Scores]) -> Scores:
    """Join parts that all have to hold."""
    found, *others = sorted(parts, key=len)
    for scores in others:
        found = {number: score + scores[number] for number, score in found.items() if number in scores}
    return found


def _each_once(terms: Iterable[str]) -> Iterator[str]:
    """Yield terms as they come, none twice; only those that are asked for are cut."""
    seen = set[str]()
    for term in terms:
        if term not in seen:
            seen.add(term)
            yield term


def is_stop_word(word: str, languages: Iterable[str]) -> bool:
    """Tell whether a word says nothing by itself in one of some languages."""
    from whoosh.lang import has_stopwords, stopwords_for_language  # noqa: PLC0415 - large tables

    return any(word in stopwords_for_language(one) for one in languages if has_stopwords(one))


def _never(_: str) -> bool:
    return False
