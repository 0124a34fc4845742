"""What the index keeps of a document, and in which form.

Texts are cut into terms by `words` before Whoosh sees them, each in its own language; Whoosh
gets lists of terms. The classes here are named in the index files: they stay at this path.
"""

from collections.abc import Iterable, Iterator

from whoosh import fields
from whoosh.analysis import IDAnalyzer
from whoosh.formats import Existence

from reader.folding import fold
from reader.search.dates import days_of
from reader.search.values import Document, Kind
from reader.search.words import cut, language_of, words_of

VERSION = 7  # raise it with any change here, in `words` or in `Document`: the index is made anew

TEXTS = ("title", "home", "text", "hidden", "quote", "note", "tags", "source", "author")
"""Fields of words, with their places. `home` is the title of the article an annotation stands in."""
LABELS = ("kind", "tag", "lang", "color", "has")
"""Fields of terms that a document has or has not."""
_MAX_ORDER = 40  # code points of a title that lists are sorted by


def schema() -> fields.Schema:
    """Return the fields of the index."""
    existing = fields.FieldType(Existence(), IDAnalyzer())  # what is kept of a term is ours
    return fields.Schema(**dict.fromkeys((*TEXTS, *LABELS), existing))


def columns_of(document: Document) -> dict[str, str | int]:
    """Return the values that all documents have in a list, by the name of that.

    `order` is what a title is sorted by, `tagged` are the tags, a line each; `first` and `last`
    are days. The length of the text is added by who cuts it.
    """
    first, last = days_of(document.date)
    return {
        "key": document.key,
        "stamp": document.stamp,
        "kinds": str(document.kind),
        "article": document.article_id,
        "published": document.source,
        "tagged": "\n".join(document.tags),
        "order": fold(document.title)[:_MAX_ORDER],
        "first": first,
        "last": last,
        "added": document.added,
        "noted": document.noted,
    }


def cut_in(document: Document) -> tuple[dict[str, list[str]], set[str]]:
    """Return the terms of a document in their order, by each field of words that it has; and its words."""
    language = language_of(document.lang)
    parts = {name: cut(text, language) for name, text in _texts_of(document).items() if text}
    words = set[str]().union(*(found for _, found in parts.values()))
    return {name: terms for name, (terms, _) in parts.items()}, words


def labels_of(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the terms that are true of a document, by field."""
    return {
        "kind": (str(document.kind),),
        "tag": tuple(_tag_terms(document.tags)),
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
    """Say what an annotation is, and of an article what nothing but its text tells."""
    if document.kind is Kind.ARTICLE:
        return ("hidden",) * bool(document.hidden)
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
