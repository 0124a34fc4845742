"""Article and width to lines; offset to line and cell, and back. Not for painting."""

from reader.layout.highlights import Highlights, top_last
from reader.layout.links import Link, host_of, links_of, target_of
from reader.layout.marginalia import Column, Marginalia, Part, Piece, note_lines
from reader.layout.motions import (
    Anchor,
    Caret,
    Motion,
    Unit,
    moved,
    passage_of,
    span_at,
    span_between,
    standing,
)
from reader.layout.page import Ink, Page, Role, marker_of
from reader.layout.plain import plain_lines
from reader.layout.setting import end_of_words, is_dense, lay_out
from reader.layout.source_view import nothing_hidden, offset_in_article, offset_in_source, source_article
from reader.layout.tables import with_bars

__all__ = [
    "Anchor",
    "Caret",
    "Column",
    "Highlights",
    "Ink",
    "Link",
    "Marginalia",
    "Motion",
    "Page",
    "Part",
    "Piece",
    "Role",
    "Unit",
    "end_of_words",
    "host_of",
    "is_dense",
    "lay_out",
    "links_of",
    "marker_of",
    "moved",
    "note_lines",
    "nothing_hidden",
    "offset_in_article",
    "offset_in_source",
    "passage_of",
    "plain_lines",
    "source_article",
    "span_at",
    "span_between",
    "standing",
    "target_of",
    "top_last",
    "with_bars",
]
