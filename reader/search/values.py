"""What is searched, and what is found. Values alone."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reader.model import Span


class Kind(StrEnum):
    """What a document is."""

    ARTICLE = "article"
    NOTE = "note"
    """An annotation with a body."""
    HIGHLIGHT = "highlight"
    """An annotation without one."""


class Document(NamedTuple):
    """An article or an annotation, as it is searched.

    A named tuple, since it lies in the index as a plain tuple.
    """

    key: str
    """Names the document among all; an annotation that stands in two files has two."""
    stamp: str
    """Changes whenever anything else of the document does."""
    kind: Kind
    id: str
    """Of the article or of the annotation."""
    article_id: str
    """"" if the article of an annotation is gone."""
    title: str
    """Of the article; also of the one that an annotation stands in."""
    text: str = ""
    """The canonical text; of articles alone."""
    hidden: tuple[Span, ...] = ()
    """The spans of the text that are not shown, in order."""
    quote: str = ""
    note: str = ""
    """The body of an annotation, or the note on a whole article."""
    tags: tuple[str, ...] = ()
    source: str = ""
    author: str = ""
    lang: str = ""
    color: str = ""
    date: str = ""
    """Of the article: ISO 8601, as exact as it is known."""
    added: int = 0
    """The day on which the article's file was written, as `date.toordinal` counts; 0 if not known."""
    noted: int = 0
    """The day on which an annotation was made."""
    start: int = 0
    """Where an annotation stands in the canonical text."""
    end: int = 0


def document_in(written: str | bytes) -> Document:
    """Read a document that was written as JSON."""
    found = Document(*json.loads(written))
    hidden = tuple((start, end) for start, end in found.hidden)
    return found._replace(kind=Kind(found.kind), tags=tuple(found.tags), hidden=hidden)


class Snippet(NamedTuple):
    """Some words of a document around what was found."""

    text: str
    """On one line, with "…" where something was left out."""
    marks: tuple[Span, ...] = ()
    """What was found, as spans of `text`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found, and why."""

    document: Document
    labels: tuple[str, ...]
    """Where the words stand: "title", "note", "tag", "quote", "text", "hidden", "author", "source"."""
    snippet: Snippet
    passages: tuple[Span, ...]
    """Where to land in the canonical text: the best place first, then all in order."""
    score: float


Tally = tuple[tuple[str, int], ...]
"""Values and how many documents have each, the commonest first."""


@dataclass(frozen=True, slots=True)
class Results:
    """An answer: the first hits, and how many there are of each kind."""

    hits: tuple[Hit, ...]
    counts: Mapping[Kind, int]
    facets: Mapping[str, Tally] = field(default_factory=dict)
    """By "kind", "source", "tag" and "year": the values of all that was found, not only of what is shown."""
    is_extended: bool = False
    """The last word, while it is typed, found more than it would if a blank followed: a star keeps that."""
    searched: int = 0
    """How many documents there are in all."""
    passed_over: int = 0
    """Documents that have all words of a phrase, or of words near each other, but were not looked at."""

    @property
    def total(self) -> int:
        """How many documents were found."""
        return sum(self.counts.values())

    @property
    def shortfall(self) -> str:
        """What is missing, in one clause; "" if nothing is."""
        if not self.passed_over:
            return ""
        return f"{self.passed_over:,} more have these common words, and were not looked at"


class Relaxation(NamedTuple):
    """A query that asks for less, and finds something."""

    words: str
    """What it leaves out: "without tag:sea"."""
    query: str
    total: int
    """How many documents it finds."""


class Related(NamedTuple):
    """An article that is like another."""

    article_id: str
    title: str
    terms: tuple[str, ...]
    """The words that both have and few others, the most telling first."""
    score: float


class Stopped(Exception):
    """A search was given up, since nobody waits for it any longer."""


Stop = Callable[[], bool]
"""Tells whether nobody waits any longer."""

Trait = Callable[[str], bool]
"""Tells of an article, by its id, whether it is so."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known at the time of a query, and stands in no document."""

    today: int
    """As `date.toordinal` counts."""
    traits: Mapping[str, Trait] = field(default_factory=dict)
    """By their names in a query: "is:starred". One that is not there holds of nothing."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync of the index did."""

    written: int = 0
    deleted: int = 0
    waiting: str = ""
    """Why the index is behind the files, in one clause; "" if it is not."""
    was_lost: bool = False
    """Whether the index was damaged, so that all was written anew."""
    was_left_alone: bool = False
    """Whether a process that shared the writing came to a bad end, so that its part was done again."""
