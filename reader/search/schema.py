"""What the index keeps of a document, and in which form.

Texts are cut into terms by `words` before Whoosh sees them, each in its own language; Whoosh
gets lists of terms. The classes here are named in the index files: they stay at this path.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from whoosh import columns, fields, formats
from whoosh.analysis import IDAnalyzer

from reader.folding import fold
from reader.search.dates import days_of
from reader.search.values import Document, Kind
from reader.search.words import language_of, terms_of, words_of

VERSION = 3  # raise it with any change here, in `words` or in `Document`: the index is made anew

TEXTS = ("title", "home", "text", "hidden", "quote", "note", "tags", "source", "author")
"""Fields of words, with their places. `home` is the title of the article an annotation stands in."""
KINDS = tuple(Kind)
_MAX_ORDER = 40  # code points of a title that lists are sorted by

_FOLLOWS = 255  # a byte that says: the distances do not fit into bytes
_POSTING = tuple[str, int, float, bytes]


class Positions(formats.Positions):  # type: ignore[misc]  # Whoosh has no types
    """Where a term stands in a field, as distances: a byte each where they fit.

    Whoosh's own are pickles, twice as large; and what is no pickle cannot do harm.
    """

    def word_values(self, value: Sequence[str], analyzer: object, **options: object) -> Iterator[_POSTING]:  # noqa: ARG002 - Whoosh's signature
        """Yield each term of a list with its count, its weight and where it stands."""
        distances: dict[str, list[int]] = {}
        last: dict[str, int] = {}
        for place, term in enumerate(value):
            if term in last:
                distances[term].append(place - last[term])
            else:
                distances[term] = [place]
            last[term] = place
        for term, found in distances.items():
            yield term, len(found), float(len(found)), _packed(found)

    def encode(self, positions: Sequence[int]) -> bytes:
        """Pack the places of a term."""
        return _packed([after - before for before, after in zip((0, *positions), positions, strict=False)])

    def decode_positions(self, packed: bytes) -> list[int]:
        """Return the places of a term."""
        places, at = [], 0
        for distance in _unpacked(packed):
            at += distance
            places.append(at)
        return places

    def decode_frequency(self, packed: bytes) -> int:
        """Return how often a term stands in a field."""
        return len(_unpacked(packed))

    def decode_weight(self, packed: bytes) -> float:
        """Return how much a term weighs in a field."""
        return float(len(_unpacked(packed)))


class Terms(formats.Existence):  # type: ignore[misc]  # Whoosh has no types
    """That a document has a term, and nothing else."""

    def word_values(self, value: Iterable[str], analyzer: object, **options: object) -> Iterator[_POSTING]:  # noqa: ARG002 - Whoosh's signature
        """Yield each term of a set."""
        return ((term, 1, 1.0, b"") for term in value)


def schema() -> fields.Schema:
    """Return the fields of the index."""
    number = columns.NumericColumn("i", default=0)
    made = fields.Schema(
        document=fields.STORED(),
        **{name: fields.COLUMN(columns.VarBytesColumn()) for name in ("key", "stamp", "article", "order")},
        **{name: fields.COLUMN(columns.RefBytesColumn()) for name in ("published", "tagged")},
        **{name: fields.COLUMN(number) for name in ("kind_number", "first", "last", "added", "noted")},
    )
    for name in TEXTS:
        made.add(name, fields.FieldType(Positions(), IDAnalyzer(), scorable=True))
    for name in ("kind", "tag", "lang", "color", "has"):
        # scorable, as otherwise Whoosh asks the disk for the length of the field with each term it writes
        made.add(name, fields.FieldType(Terms(), IDAnalyzer(), scorable=True))
    return made


def fields_of(document: Document) -> dict[str, Any]:
    """Return what the index keeps of a document, by field."""
    language = language_of(document.lang)
    texts = {name: text for name, text in _texts_of(document).items() if text}
    terms = {name: terms_of(text, language) for name, text in texts.items()}
    first, last = days_of(document.date)
    return {
        "key": document.key.encode(),
        "stamp": document.stamp.encode(),
        "kind": (str(document.kind),),
        "kind_number": KINDS.index(document.kind),
        "article": document.article_id.encode(),
        "published": document.source.encode(),
        "tagged": "\n".join(document.tags).encode(),
        "order": fold(document.title)[:_MAX_ORDER].encode(),
        "document": tuple(document),
        "first": first,
        "last": last,
        "added": document.added,
        "noted": document.noted,
        **{name: found for name, found in terms.items() if found},
        "tag": tuple(set(_tag_terms(document.tags))),
        "lang": (language_of(document.lang), f"={document.lang}"),
        "color": (document.color,) if document.color else (),
        "has": _has(document),
    }


def vocabulary_of(document: Document) -> set[str]:
    """Return the words of a document."""
    return set().union(*map(words_of, _texts_of(document).values()))


def tag_term(tag: str) -> str:
    """Return the term of a tag."""
    return tag.casefold()


def _tag_terms(tags: Iterable[str]) -> Iterator[str]:
    """Yield the tags, and those they are nested in."""
    for tag in tags:
        parts = tag_term(tag).split("/")
        yield from ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _has(document: Document) -> tuple[str, ...]:
    """Say what an annotation is; of an article it is known when it is asked."""
    if document.kind is Kind.ARTICLE:
        return ()
    return (str(document.kind), *["tag"] * bool(document.tags))


def _texts_of(document: Document) -> dict[str, str]:
    title = "title" if document.kind is Kind.ARTICLE else "home"
    return {
        title: document.title,
        "text": shown_text(document),
        "hidden": "\n".join(document.text[start:end] for start, end in document.hidden),
        "quote": document.quote,
        "note": document.note,
        "tags": " ".join(document.tags),
        "source": document.source,
        "author": document.author,
    }


def shown_text(document: Document) -> str:
    """Return the text without its hidden spans."""
    if not document.hidden:
        return document.text
    parts, at = [], 0
    for start, end in document.hidden:
        parts.append(document.text[at:start])
        at = end
    return "\n".join((*parts, document.text[at:]))


def _packed(distances: Sequence[int]) -> bytes:
    try:
        packed = bytes(distances)
    except ValueError:
        return bytes((_FOLLOWS,)) + array("I", distances).tobytes()
    return packed if packed[0] != _FOLLOWS else bytes((_FOLLOWS,)) + array("I", distances).tobytes()


def _unpacked(packed: bytes) -> Sequence[int]:
    return packed if packed[0] != _FOLLOWS else array("I", packed[1:])
