"""JSON lines: one value a line, with everything that is known, for programs.

A line tells of an annotation, or of what was said of an article as a whole; the shapes are a
promise (docs/commands.md).
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from reader.escaping import as_json
from reader.exporters.section import Section
from reader.passages import Placed

VERSION = 1  # of both shapes; a new key does not change it, a new meaning does


def write_jsonl(sections: Sequence[Section]) -> str:
    """Write a line for each article of which something was said, and one for each annotation after it."""
    return "".join(f"{as_json(value)}\n" for section in sections for value in _values(section))


def renew_jsonl(old: str, new: str) -> str | None:
    """Return what a file holds after an export; None if what it holds now was not exported."""
    first = old.partition("\n")[0]
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(value, dict) and {"version", "type", "article"} <= value.keys()
    return new if is_ours else None


def annotation_value(placed: Placed, section: Section) -> dict[str, Any]:
    """Return an annotation with its article, in the values of JSON."""
    annotation = placed.annotation
    return {
        "id": annotation.id,
        "article": _article(section),
        "quote": annotation.target.exact,
        "prefix": annotation.target.prefix,
        "suffix": annotation.target.suffix,
        "start": placed.start,
        "end": placed.end,
        "state": str(placed.state),
        "color": str(annotation.color),
        "tags": list(annotation.tags),
        "note": annotation.body,
        "created": annotation.created or None,
        "updated": annotation.updated or None,
    }


def article_value(section: Section) -> dict[str, Any]:
    """Return what was said of an article as a whole, in the values of JSON."""
    return {
        "article": _article(section),
        "starred": section.starred,
        "tags": list(section.tags),
        "note": section.note,
        "corrections": dict(section.corrections),
    }


def _values(section: Section) -> Iterator[dict[str, Any]]:
    if section.says_something:
        yield {"version": VERSION, "type": "article", **article_value(section)}
    for placed in section.annotations:
        yield {"version": VERSION, "type": "annotation", **annotation_value(placed, section)}


def _article(section: Section) -> dict[str, Any]:
    return {
        "id": section.article_id or None,
        "title": section.title,
        "path": section.path,
        "source": section.source or None,
        "author": section.author or None,
        "date": section.date or None,
        "lost": section.is_lost,
    }
