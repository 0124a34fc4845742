"""Markdown -> canonical text and blocks with marks; its front matter -> metadata.

CommonMark with tables, as markdown-it reads it. HTML inside is read by the page's own walker, so
what it hides stays hidden and nothing in it is ever run.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader.importers.decoding import decode
from reader.importers.markup import Piece, Words, lay, nested_quote
from reader.inert import inert
from reader.markup import MarkKind, Metadata
from reader.model import BlockKind, Source

LONGEST = 300  # code points of a value of the front matter
LONGEST_FRONT = 20_000  # code points of front matter; what is longer is text, and costs no time to be read
MOST_BARS = (
    100_000  # of tables; the parser takes 1.3 KB of memory for a cell, and 600,000 of them are no text
)
_FRONT = re.compile(rf"(---|\+\+\+)[ \t]*\n(.{{0,{LONGEST_FRONT}}}?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"([A-Za-z_-]+)[ \t]*:[ \t]*(.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_DAY = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
_NO_NAME = re.compile(r"[^\w\- ]")
_MARKS = {"em": MarkKind.EMPHASIS, "strong": MarkKind.STRONG, "link": MarkKind.LINK}
_KEYS = {
    "author": ("author", "authors", "by", "creator"),
    "date": ("date", "published", "created"),
    "site": ("site", "source", "publisher"),
    "lang": ("lang", "language"),
    "url": ("url", "canonical", "canonical_url", "link"),
}


def parse(content: bytes) -> Source:
    """Read the bytes of a Markdown file.

    Raises:
        UnreadableSource: The bytes are not text.
    """
    text, encoding, guessed = decode(content)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n") + (text[-1:] not in ("", "\n"))
    front = _FRONT.match(text)
    metadata = _metadata(front[1], front[2]) if front else None
    if front and metadata:
        text = "\n" * front.group().count("\n") + text[front.end() :]
    reader = MarkdownIt("commonmark")
    if text.count("|") <= MOST_BARS:
        reader.enable("table")
    canonical, blocks = lay(_Reading(reader.parse(text)).pieces())
    return Source(canonical, blocks, lines, encoding, guessed, metadata)


class _Reading:
    """One pass over the tokens of a text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._kinds: list[BlockKind] = [BlockKind.PARAGRAPH]
        self._numbers: list[int] = []
        self._marker = ""
        self._level = 0
        self._line = self._last_line = 0
        self._row: Words | None = None
        self._is_head = False
        """Whether the row is one of the names of columns."""

    def pieces(self) -> Iterator[Piece]:
        """Yield the blocks in order."""
        for token in self._tokens:
            if token.map and token.type != "inline":
                self._line = token.map[0] + 1
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type in {"fence", "code_block"}:
                words = Words()
                words.add(token.content, is_code=True)
                yield from self._piece(words, BlockKind.CODE)
            elif token.type == "html_block":
                yield from self._page(token.content)
            elif token.nesting > 0:
                self._open(token)
            elif token.nesting < 0:
                yield from self._close(token)

    def _open(self, token: Token) -> None:
        name = token.type.removesuffix("_open")
        if name == "heading":
            self._level = int(token.tag[1])
        elif name == "blockquote":
            self._kinds.append(BlockKind.QUOTE)
        elif name in {"bullet_list", "ordered_list"}:
            start = int(token.attrs.get("start", 1)) if name == "ordered_list" else 0
            self._numbers.append(start if name == "ordered_list" else -1)
        elif name == "list_item":
            number = self._numbers[-1]
            self._marker = "•" if number < 0 else f"{number}."
            self._numbers[-1] += number >= 0
        elif name == "thead":
            self._is_head = True
        elif name == "tr":
            self._row = Words()
        elif name in {"td", "th"} and self._row is not None:
            self._row.part_cells()

    def _close(self, token: Token) -> Iterator[Piece]:
        name = token.type.removesuffix("_close")
        if name == "heading":
            self._level = 0
        elif name == "blockquote":
            self._kinds.pop()
        elif name in {"bullet_list", "ordered_list"}:
            self._numbers.pop()
        elif name == "list_item":
            self._marker = ""
        elif name == "tr" and self._row is not None:
            row, self._row = self._row, None
            yield from self._piece(row, BlockKind.ROW)
        elif name == "thead":
            self._is_head = False
            self._last_line += 1  # the dashes below the names stand between no rows

    def _inline(self, token: Token) -> Iterator[Piece]:
        if self._row is not None:
            begin = self._row.length
            for _ in self._add(token.children or (), self._row):
                self._row.add(" ")
            if self._is_head:
                self._row.mark(MarkKind.STRONG, begin)
            return
        kind = BlockKind.HEADING if self._level else BlockKind.LIST_ITEM if self._marker else self._kinds[-1]
        words = Words()
        for _ in self._add(token.children or (), words):
            yield from self._piece(words, kind)
            self._line += 1
            words.clear()
        yield from self._piece(words, kind)

    def _add(self, children: Sequence[Token], words: Words) -> Iterator[None]:
        """Add the words of a line; yields where it breaks."""
        begun: list[tuple[MarkKind | None, int, str]] = []
        for child in children:
            if child.type in {"text", "text_special"}:
                words.add(child.content)
            elif child.type == "softbreak":
                words.add(" ")
            elif child.type == "hardbreak":
                yield
            elif child.type == "code_inline":
                begin = words.length
                words.add(child.content)
                words.mark(MarkKind.CODE, begin)
            elif child.type == "image":
                words.add(child.content)
            elif child.nesting > 0:
                kind = _MARKS.get(child.type.removesuffix("_open"))
                begun.append((kind, words.length, str(child.attrs.get("href", ""))))
            elif child.nesting < 0 and begun:
                kind, begin, href = begun.pop()
                if kind is not None and begin <= words.length:
                    words.mark(kind, begin, href)

    def _piece(self, words: Words, kind: BlockKind) -> Iterator[Piece]:
        text, marks, _ = words.take(is_code=kind is BlockKind.CODE)
        if not text:
            return
        marker = "#" * self._level if kind is BlockKind.HEADING else self._marker
        marker = marker if kind in {BlockKind.HEADING, BlockKind.LIST_ITEM} else ""
        marker = nested_quote(self._kinds.count(kind)) if kind is BlockKind.QUOTE else marker
        blanks = (
            0 if kind in {BlockKind.LIST_ITEM, BlockKind.ROW} and self._line <= self._last_line + 1 else 1
        )
        indent = 2 * max(0, len(self._numbers) - 1)
        names = (_name_of(text),) if kind is BlockKind.HEADING else ()
        yield Piece(text, kind, marks, self._line, marker, self._level, indent, blanks, names=names)
        self._last_line = self._line
        self._marker = "" if kind is BlockKind.LIST_ITEM else self._marker

    def _page(self, content: str) -> Iterator[Piece]:
        from reader.importers.html import pieces_of  # noqa: PLC0415 - few texts hold any

        for piece in pieces_of(content):
            yield piece._replace(line=self._line, tag="", around=(), boxes=())


def _metadata(fence: str, front: str) -> Metadata | None:
    """Read front matter: TOML between +++, else lines of `key: value` as YAML has them."""
    try:
        values = tomllib.loads(front) if fence == "+++" else _values(front)
        title, fields = (
            _first(values, ("title",)),
            {name: _first(values, keys) for name, keys in _KEYS.items()},
        )
    except (ValueError, RecursionError):  # a number of thousands of digits is a plain `ValueError`
        return None
    if not values:
        return None
    day = _DAY.match(fields["date"])
    url = fields["url"] if fields["url"].startswith(("https://", "http://")) else ""
    fields |= {"date": day.group() if day else "", "lang": fields["lang"][:2].lower(), "url": url}
    return Metadata(title=title, **fields)


def _values(front: str) -> dict[str, object]:
    values: dict[str, object] = {}
    key = ""
    for line in front.split("\n"):
        item, pair = _ITEM.match(line), _LINE.match(line)
        if item and key:
            values[key] = "; ".join(filter(None, (str(values[key]), item[1].strip(" \"'"))))
        elif pair:
            key = pair[1].lower()
            value = pair[2].strip()
            listed = value[1:-1].split(",") if value[:1] == "[" and value[-1:] == "]" else [value]
            values[key] = "; ".join(part.strip(" \"'") for part in listed)
    return values


def _first(values: Mapping[str, object], keys: Sequence[str]) -> str:
    for key in keys:
        value = values.get(key)
        if isinstance(value, list):
            value = "; ".join(str(item) for item in cast("list[object]", value))
        if value:
            return inert(" ".join(str(value).split()))[:LONGEST]
    return ""


def _name_of(heading: str) -> str:
    """Return by which name links lead to a heading, as those who show Markdown on the web make it."""
    return _NO_NAME.sub("", heading.lower()).replace(" ", "-")
