"""A tree to a query of Whoosh, and to the words that are to be marked in what is found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any as Untyped

from whoosh import query
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query.spans import SpanNear2

from reader.search.schema import tag_term
from reader.search.tree import All, Any, During, Label, Node, Without, Words
from reader.search.values import Facts, Kind
from reader.search.vocabulary import Vocabulary
from reader.search.words import UNSTEMMED, is_wide, terms_of

_MAX_FORMS = 40  # words that are looked at for these ten: "ferry" and "ferries" are one
MAX_EXPANSIONS = 10  # words that a beginning or a misspelling may mean: the commonest
COMMON_SHARE = 0.3  # of the articles; a stop word that is rarer here is none

BOOSTS = {"title": 3.0, "note": 3.0, "tags": 2.5, "quote": 2.0, "author": 1.5, "source": 1.5, "text": 1.0}
"""Where words without a field are looked for. A note that says a word is worth more than a text."""
_FIELDS = {"title": ("title", "home")}  # what a field of a query is called in the index, if not the same
_HIDDEN = {"hidden": 1.0}

Query = Untyped
"""A query of Whoosh, which has no types."""
Column = Callable[[Untyped, str], list[Untyped]]
"""Returns the values of a column for all documents of a segment, by its reader."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Terms that stand one behind the other, and the fields where they are looked for."""

    fields: frozenset[str]
    terms: tuple[str, ...]
    is_near: bool = False
    """True if they only stand near each other."""


@dataclass(slots=True)
class Compiler:
    """Compiles one query against one state of the index.

    Args:
        reader: The state.
        vocabulary: The words of the documents.
        languages: Those of its documents, as `language_of` names them.
        column: Reads columns.
        facts: What stands in no document.
        in_hidden: Whether words are looked for in hidden blocks.
    """

    reader: Untyped
    vocabulary: Vocabulary
    languages: tuple[str, ...]
    column: Column
    facts: Facts
    in_hidden: bool = False
    sought: list[Sought] = field(default_factory=list)
    """Grows with each word that is compiled and not left out."""

    def compile(self, node: Node) -> Query:
        """Compile a tree."""
        match node:
            case Words():
                return self._words(node)
            case Label():
                return self._label(node)
            case During():
                return self._during(node)
            case Without():
                return query.AndNot(query.Every(), self._unmarked(node.part))
            case Any():
                return _any(self.compile(part) for part in node.parts)
            case All():
                return self._all(node)

    def _all(self, node: All) -> Query:
        """Compile what has to hold together; words that stand everywhere are no condition."""
        parts = [part for part in node.parts if not self._is_common(part)] or node.parts
        found = _every([self.compile(part) for part in parts if not isinstance(part, Without)])
        without = [self._unmarked(part.part) for part in parts if isinstance(part, Without)]
        return query.AndNot(found, _any(without)) if without else found

    def _unmarked(self, node: Node) -> Query:
        """Compile what is not to be found, and so not to be marked."""
        before = len(self.sought)
        compiled = self.compile(node)
        del self.sought[before:]
        return compiled

    # Words

    def _words(self, node: Words) -> Query:
        """Compile a word or a phrase, in each language of the documents."""
        boosts = self._boosts(node.field)
        if node.begins or node.typos:
            return self._expanded(node, boosts)
        if node.unfinished:
            return _any([self._finished(node, boosts), self._expanded(replace(node, begins=True), boosts)])
        return self._finished(node, boosts)

    def _finished(self, node: Words, boosts: dict[str, float]) -> Query:
        variants = dict.fromkeys(tuple(terms_of(node.text, language)) for language in self.languages)
        return _any(self._in_fields(terms, node.near, boosts) for terms in variants if terms)

    def _boosts(self, name: str) -> dict[str, float]:
        if self.in_hidden:
            return _HIDDEN
        return {one: BOOSTS.get(one, 1.0) for one in _FIELDS.get(name, (name,))} if name else BOOSTS

    def _in_fields(self, terms: tuple[str, ...], near: int, boosts: dict[str, float]) -> Query:
        self.sought.append(Sought(frozenset(boosts), terms, near > 0))
        if len(terms) == 1:
            if is_wide(terms[0]) and len(terms[0]) == 1:  # one sign: any pair that begins with it
                return self._beginning(terms[0], boosts)
            return _any(query.Term(name, terms[0], boost) for name, boost in boosts.items())
        return _any(_together(name, terms, near, boost) for name, boost in boosts.items())

    def _expanded(self, node: Words, boosts: dict[str, float]) -> Query:
        typed = terms_of(node.text, UNSTEMMED)[-1:]  # of "air-def*", what follows the hyphen
        if node.begins:
            return _any(self._beginning(letters, boosts) for letters in typed)
        return _any(self._any_of(self.vocabulary.resembling(word, node.typos), boosts) for word in typed)

    def _beginning(self, letters: str, boosts: dict[str, float]) -> Query:
        return self._any_of(self.vocabulary.beginning(letters, _MAX_FORMS), boosts)

    def _any_of(self, words: Iterable[str], boosts: dict[str, float]) -> Query:
        """Compile some words of the vocabulary: any of the first that are found."""
        cut = (terms_of(word, language) for word in words for language in self.languages)
        terms = dict.fromkeys(chain.from_iterable(cut))
        common = list(islice((term for term in terms if self._frequency(term, boosts)), MAX_EXPANSIONS))
        self.sought += (Sought(frozenset(boosts), (term,)) for term in common)
        return _any(query.Term(name, term, boost) for term in common for name, boost in boosts.items())

    def _frequency(self, term: str, names: Iterable[str]) -> int:
        return sum(int(self.reader.doc_frequency(name, term)) for name in names)

    def _is_common(self, node: Node) -> bool:
        """Tell whether a node is a stop word that stands in so many documents that it means nothing."""
        if not isinstance(node, Words) or node.field or node.quoted or node.begins or node.typos:
            return False
        if node.text.isupper() and len(node.text) > 1:  # US and WHO are no us and who
            return False
        word = node.text.casefold()
        if not _is_stop_word(word, self.languages):
            return False
        share = COMMON_SHARE * self._frequency(str(Kind.ARTICLE), ("kind",))
        terms = {term for language in self.languages for term in terms_of(word, language)}
        return sum(self._frequency(term, ("text",)) for term in terms) > share

    # What is no word

    def _label(self, node: Label) -> Query:
        if node.field == "in":
            return self._kinds(articles=node.value == "articles")
        if node.field == "is":
            return self._of_articles(node)
        if node.field == "has":
            articles = query.And([self._kinds(articles=True), self._of_articles(node)])
            return query.Or([query.Term("has", node.value), articles])
        if node.field == "lang":
            return query.Term("lang", f"={node.value.lower()}")
        if node.field == "color":
            return query.Term("color", node.value.lower())
        return self._tagged(tag_term(node.value))

    def _of_articles(self, node: Label) -> Query:
        """Compile what holds of the article, at this time."""
        trait = self.facts.traits.get(str(node), _never)
        return self._where("article", lambda identity: trait(identity.decode()))

    def _tagged(self, tag: str) -> Query:
        if not tag.endswith("*"):
            return query.Term("tag", tag.strip("/"))
        begun = self.reader.expand_prefix("tag", tag.rstrip("*"))
        return _any(query.Term("tag", one.decode()) for one in begun)

    def _kinds(self, *, articles: bool) -> Query:
        kinds = (Kind.ARTICLE,) if articles else (Kind.NOTE, Kind.HIGHLIGHT)
        return _any(query.Term("kind", str(kind)) for kind in kinds)

    def _during(self, node: During) -> Query:
        first, last = node.days
        if node.field in ("added", "noted"):
            return self._where(node.field, lambda day: 0 < first <= day <= last)
        begins = self._where("first", lambda day: day >= max(first, 1))
        return query.And([begins, self._where("last", lambda day: 0 < day <= last)])

    def _where(self, column: str, test: Callable[[Untyped], bool]) -> Query:
        return Where(column, test, self.column)


class Where(query.Query):  # type: ignore[misc]  # Whoosh has no types
    """Documents whose value in a column passes a test."""

    boost = 1.0

    def __init__(self, name: str, test: Callable[[Untyped], bool], column: Column) -> None:
        self.name = name
        self.test = test
        self.column = column

    def matcher(self, searcher: Untyped, context: object = None) -> Untyped:  # noqa: ARG002 - Whoosh's signature
        """Return the documents of a segment."""
        reader = searcher.reader()
        values, test = self.column(reader, self.name), self.test
        passed = {value: test(value) for value in set(values)}  # many documents, few values
        gone = reader.is_deleted
        found = [number for number, value in enumerate(values) if passed[value] and not gone(number)]
        return ListMatcher(found, all_weights=1.0) if found else NullMatcher()

    def estimate_size(self, reader: Untyped) -> int:
        """Return how many documents there are at most."""
        size: int = reader.doc_count()
        return size

    def field(self) -> None:
        """Say that it is of no field of terms."""

    def is_leaf(self) -> bool:
        """Say that no query lies within."""
        return True


class Near(SpanNear2):  # type: ignore[misc]  # Whoosh has no types
    """Words near each other, in any order."""

    def _and_query(self) -> Query:
        """Return the query for their all being there; Whoosh 2.7.4 names a thing here that it has not."""
        return query.And(self.qs)


def _any(queries: Iterable[Query]) -> Query:
    """Join queries of which one has to hold. Not by `normalize`: it drops from ANDs what finds nothing."""
    some = list(queries)
    return query.Or(some) if len(some) > 1 else some[0] if some else query.NullQuery


def _every(queries: Sequence[Query]) -> Query:
    """Join queries that all have to hold; none at all is no condition."""
    return query.And(list(queries)) if len(queries) > 1 else queries[0] if queries else query.Every()


def _together(name: str, terms: tuple[str, ...], near: int, boost: float) -> Query:
    if not near:
        return query.Phrase(name, list(terms), boost=boost)
    return Near([query.Term(name, term, boost) for term in terms], slop=near, ordered=False)


def _is_stop_word(word: str, languages: Iterable[str]) -> bool:
    from whoosh.lang import has_stopwords, stopwords_for_language  # noqa: PLC0415 - large tables

    return any(word in stopwords_for_language(one) for one in languages if has_stopwords(one))


def _never(_: str) -> bool:
    return False
