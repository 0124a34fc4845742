"""Words with marks -> blocks: what all formats with markup have in common.

A format's own module says which words stand together and what is emphasis or a link; here white
space is normalised, everything active made inert, marks kept on their words, and the blocks laid out.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from reader.inert import inert, inert_lines
from reader.markup import Mark, MarkKind, Markup
from reader.model import BLOCK_GAP, Block, BlockKind

CELL_GAP = " | "  # between the cells of a row
REACH = 200_000  # code points of the source in which the words of the next block are looked for
TAB = 4  # cells a tab in code is worth

_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\U000e0000-\U000e007f]+")
_SILENT = re.compile(r"<(script|style)\b.*?</\1|<!--.*?-->|<head\b.*?</head", re.DOTALL | re.IGNORECASE)
_PLAIN = re.compile(r"[^<>&\xa0\"'“”‘’]+")
_WHITE = re.compile("[\t\n\v\f\r\x1c-\x1f \x85\u2028\u2029]+")


class Piece(NamedTuple):
    """A block before it has its place in the canonical text."""

    text: str
    kind: BlockKind
    marks: tuple[Mark, ...] = ()
    line: int = 0
    marker: str = ""
    level: int = 0
    indent: int = 0
    blanks_before: int = 1
    tag: str = ""
    link_density: float = 0.0
    around: tuple[str, ...] = ()
    boxes: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    """Of the elements that begin in it: links may lead to them."""
    raw: str = ""
    """The words it begins with, as the file writes them; by them its line is found."""


class Words:
    """The words of one block as they come in, with the marks on them."""

    def __init__(self) -> None:
        self.first: tuple[str, ...] = ()
        """Names of the first element inside the line, if the block begins with one."""
        self.clear()

    def __bool__(self) -> bool:
        return self.length > 0

    def clear(self) -> None:
        """Forget all."""
        self.parts: list[str] = []
        self.length = 0
        self.raw = ""
        self.first = ()
        self._marks: list[Mark] = []
        self._ends_blank = True
        self._cells = 0
        self._seam = False
        self._beside = False

    def add(self, text: str, *, is_code: bool = False) -> None:
        """Add words; white space in runs becomes one blank, but not in code."""
        if _UNSEEN.search(text):
            text = _UNSEEN.sub("", text)
        if is_code:
            text = inert_lines(text.expandtabs(TAB).replace("\r", ""))
        else:
            if not self.raw:
                self.raw = text.strip()[:80]
            text = _WHITE.sub(" ", text)
            if self._ends_blank:
                text = text.lstrip(" ")
            text = inert(text)
        if text:
            if self._is_glued(text):
                text = f" {text}"
            self._seam = self._beside = False
            self.parts.append(text)
            self.length += len(text)
            self._ends_blank = text[-1] == " "

    def begin_line(self) -> None:
        """Go on in a new line of code, unless one is just begun."""
        if self.parts and self.parts[-1][-1] != "\n":
            self.add_plain("\n")

    def part_cells(self) -> None:
        """Begin the next cell of a row; an empty one keeps its place, so that columns stay columns."""
        self._cells += 1
        if self._cells > 1:
            self.add_plain(CELL_GAP.lstrip() if self._ends_blank else CELL_GAP)

    def part_elements(self) -> None:
        """Say that another element begins or ends here: a name that is glued to a word is set apart."""
        self._seam = True

    def part_links(self) -> None:
        """Say that a link begins right behind another: a row of links, which a page draws apart."""
        self._beside = True

    def _is_glued(self, text: str) -> bool:
        last = self.parts[-1][-1] if self.parts else " "
        return (self._seam and last.islower() and text[0].isupper()) or (
            self._beside and last.isalnum() and text[0].isalnum()
        )

    def cut_sign(self, begin: int) -> None:
        """Take away what was added since the length was `begin`, if it has neither letters nor digits."""
        sign = self._take_since(begin)
        if any(map(str.isalnum, sign)):
            self.add_plain(sign)

    def write_small(self, begin: int, signs: Mapping[int, int]) -> None:
        """Write what was added since the length was `begin` in small signs, if all of it has such."""
        number = self._take_since(begin)
        if number:
            self.add_plain(number.translate(signs) if all(ord(sign) in signs for sign in number) else number)

    def _take_since(self, begin: int) -> str:
        taken: list[str] = []
        while self.parts and self.length > begin:
            taken.append(self.parts.pop())
            self.length -= len(taken[-1])
        self._ends_blank = not self.parts or self.parts[-1][-1] == " "
        return "".join(reversed(taken))

    def add_plain(self, text: str) -> None:
        """Add what is no word of the source."""
        self.parts.append(text)
        self.length += len(text)
        self._ends_blank = text[-1] == " "

    def mark(self, kind: MarkKind, begin: int, href: str = "") -> None:
        """Mark the words added since the length was `begin`."""
        if self.length > begin:
            self._marks.append(Mark(kind, begin, self.length, inert(href.strip())))

    def take(self, *, is_code: bool = False, is_name: bool = False) -> tuple[str, tuple[Mark, ...], float]:
        """Return the words so far, the marks on them, and which share of the letters is linked.

        The name of what follows, a heading, that is linked to itself to be pointed at, leads nowhere.
        """
        whole = "".join(self.parts)
        text = whole.strip("\n").rstrip() if is_code else whole.strip()
        if self._cells and not text.strip(CELL_GAP):
            text = ""
        cut = len(whole) - len(whole.lstrip("\n" if is_code else None))
        marks = tuple(sorted(_placed(self._marks, text, cut), key=lambda mark: (mark.start, -mark.end)))
        leading = (mark for mark in marks if not (is_name and mark.href.startswith("#")))
        return text, marks, _linked(text, leading)


def _placed(marks: Iterable[Mark], text: str, cut: int) -> Iterable[Mark]:
    """Move marks to the words that are left of them, without the blanks at their ends."""
    for mark in marks:
        start, end = max(0, mark.start - cut), min(len(text), mark.end - cut)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield mark._replace(start=start, end=end)


def _linked(text: str, marks: Iterable[Mark]) -> float:
    linked = sum(mark.end - mark.start for mark in marks if mark.kind is MarkKind.LINK)
    return min(1.0, linked / len(text)) if text else 0.0


def nested_quote(depth: int) -> str:
    """Return the marker of a quote in quotes, as letters have it: ">>"; one by itself needs none."""
    return ">" * depth if depth > 1 else ""


def lay(pieces: Iterable[Piece], source: str = "") -> tuple[str, tuple[Block, ...]]:
    """Lay pieces one behind the other.

    Args:
        pieces: In reading order.
        source: The text of the file; the line of each piece is looked for in it.
    """
    texts: list[str] = []
    blocks: list[Block] = []
    finder = _LineFinder(source)
    start = 0
    pieces = list(pieces)
    linked = _led_to(pieces)
    for piece in pieces:
        end = start + len(piece.text)
        line = piece.line or finder.line_of(piece.raw)
        last = line + (piece.text.count("\n") if piece.kind is BlockKind.CODE else 0)
        blocks.append(
            Block(
                piece.kind,
                start,
                end,
                line,
                last,
                indent=piece.indent,
                blanks_before=piece.blanks_before,
                marker=piece.marker,
                level=piece.level,
                marks=piece.marks,
                markup=Markup(piece.tag, piece.link_density, piece.around, piece.boxes)
                if piece.tag
                else None,
                names=tuple(name for name in piece.names if name in linked),
            )
        )
        texts.append(piece.text)
        start = end + len(BLOCK_GAP)
    return BLOCK_GAP.join(texts), tuple(blocks)


def _led_to(pieces: Iterable[Piece]) -> frozenset[str]:
    """Return the names that links lead to; a page has many more."""
    hrefs = (mark.href for piece in pieces for mark in piece.marks if "#" in mark.href)
    return frozenset(unquote(href.partition("#")[2]) for href in hrefs)


class _LineFinder:
    """Finds the lines of a source in which words stand, going forwards."""

    def __init__(self, source: str) -> None:
        # What no reader sees is left out but for its lines, or words would be found in it, or out of reach.
        self._source = _SILENT.sub(lambda found: "\n" * found.group().count("\n"), source)
        self._at = 0
        self._line = 1

    def line_of(self, raw: str) -> int:
        """Return the line where the words stand, or that of the words before them."""
        words = _PLAIN.match(raw)
        if words is not None:
            found = self._source.find(words.group(), self._at, self._at + REACH)
            if found >= 0:
                self._line += self._source.count("\n", self._at, found)
                self._at = found
        return self._line
