"""What the reader made of articles, in the formats of others: one file a format, and a table.

Pure: values in, a text out. The same values give the same text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reader.exporters.jsonl import annotation_value, article_value, renew_jsonl, write_jsonl
from reader.exporters.markdown import renew_markdown, write_markdown
from reader.exporters.section import Section

__all__ = ["EXPORTERS", "Exporter", "Section", "annotation_value", "article_value"]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format to export to."""

    words: str
    """What it is, for help."""
    write: Callable[[Sequence[Section]], str]
    renew: Callable[[str, str], str | None]
    """Takes what a file holds and a new export; returns what it shall hold.

    None if the file was made by somebody else, and so is left alone.
    """


EXPORTERS: Mapping[str, Exporter] = MappingProxyType(
    {
        "markdown": Exporter(
            "a document with a section an article, for note-taking programs", write_markdown, renew_markdown
        ),
        "jsonl": Exporter("one JSON object a line, with everything, for programs", write_jsonl, renew_jsonl),
    }
)
