"""Article and width to lines; offset to line and cell, and back. Not for painting."""

from reader.layout.links import host_of, links_of
from reader.layout.page import Ink, Page, Role
from reader.layout.plain import plain_lines
from reader.layout.setting import end_of_words, lay_out
from reader.layout.source_view import nothing_hidden, offset_in_article, offset_in_source, source_article

__all__ = [
    "Ink",
    "Page",
    "Role",
    "end_of_words",
    "host_of",
    "lay_out",
    "links_of",
    "nothing_hidden",
    "offset_in_article",
    "offset_in_source",
    "plain_lines",
    "source_article",
]
