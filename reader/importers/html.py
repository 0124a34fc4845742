"""HTML -> canonical text, blocks with marks and markup, and what the page says about itself.

All that a page shows is kept, in reading order; `cleaning` says what of it is the article.
"""

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from reader.errors import UnreadableSource
from reader.importers.html_decoding import decode_page
from reader.importers.html_metadata import read_metadata
from reader.importers.html_styles import read_styles
from reader.importers.html_tree import walk
from reader.importers.markup import Piece, lay
from reader.model import BlockKind, Source

DEEPEST = 3_000  # elements in elements; browsers stop at 512, and the parser's time grows with the square
_UNCLOSED = frozenset(
    (
        "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "option", "br", "hr", "img", "input",
        "meta", "link", "wbr", "col", "area", "source",
    )
)  # fmt: skip
_OPENS = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)")
_FEED = re.compile(r"<(rss|feed|opml|rdf:RDF|html|body|div|p|article)\b", re.IGNORECASE)
_FEEDS = ("rss", "feed", "opml", "rdf:rdf")


def parse(content: bytes, charset: str = "") -> Source:
    """Read the bytes of a page; `charset` is what its server named.

    Raises:
        UnreadableSource: They are not text, or are a feed.
    """
    text, encoding, guessed = decode_page(content, charset)
    root = _FEED.search(text)
    if root and root[1].lower() in _FEEDS:
        raise UnreadableSource(f"not an article: a feed or a list of links (<{root[1].lower()}>)")
    if root is None and text.lstrip()[:5].lower() in {"<?xml", "<!doc"}:
        raise UnreadableSource("not an article: XML that is no page")
    return parse_text(text, encoding, guessed=guessed)


def parse_text(
    text: str, encoding: str = "utf-8", *, guessed: bool = False, around: tuple[str, ...] = ()
) -> Source:
    """Read the text of a page; `around` names what it came in, for the judge."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    tree = LexborHTMLParser(_flattened(text))
    pieces = _pieces(tree, around)
    headings = [piece.text for piece in pieces if piece.kind is BlockKind.HEADING and piece.level == 1]
    metadata = read_metadata(tree, headings)
    canonical, blocks = lay(pieces, text)
    lines = text.count("\n") + (text[-1:] not in ("", "\n"))
    return Source(canonical, blocks, lines, encoding, guessed, metadata)


def pieces_of(text: str) -> list[Piece]:
    """Read a fragment of a page."""
    return _pieces(LexborHTMLParser(_flattened(text)))


def _pieces(tree: LexborHTMLParser, around: tuple[str, ...] = ()) -> list[Piece]:
    return walk(tree.root, read_styles(tree), around) if tree.root is not None else []


def _flattened(text: str) -> str:
    """Drop the tags of an element that is nested without end: 20,000 of them take seconds to parse."""
    for name, count in Counter(map(str.lower, _OPENS.findall(text))).items():
        if count > DEEPEST and name not in _UNCLOSED and _depth(text, name) > DEEPEST:
            text = re.sub(rf"</?{name}\b[^>]*>", "\n", text, flags=re.IGNORECASE)
    return text


def _depth(text: str, name: str) -> int:
    depth = deepest = 0
    for tag in re.finditer(rf"<(/?){name}\b", text, re.IGNORECASE):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
