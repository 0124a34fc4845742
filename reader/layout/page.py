"""An article set for reading: which words stand on which screen line, and where.

Offsets are those of the canonical text, so a place means the same at every width,
folded or revealed. Made by `setting.lay_out`.
"""

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from reader.layout.cells import cells_of, drawn, graphemes, shortened
from reader.layout.notes import metadata_of, reason_of
from reader.layout.tables import Insert, with_bars
from reader.layout.wrapping import Lines
from reader.markup import Mark
from reader.model import Article, Block, BlockKind, Ledger

FOLD_BAR = "┊ "
QUOTE_BAR = "▌ "
DEEPEST_QUOTE = 4  # bars
CODE_BAR = "│ "
BULLET = "•"
_DRAWN_AS_BULLET = frozenset("-*+•◦‣▪·–")


class Role(StrEnum):
    """What a screen line holds."""

    WORDS = "words"
    """Words of the article, as its block says."""
    GAP = "gap"
    METADATA = "metadata"
    """Source, author, date and section."""
    REASON = "reason"
    """Why the block below is hidden."""
    TIME = "time"
    """When the live entry below was posted."""


class Ink(StrEnum):
    """How strongly the words of a line speak; a theme knows what that looks like."""

    TITLE = "title"
    HEADING = "heading"
    NORMAL = "normal"
    QUOTE = "quote"
    CAPTION = "caption"
    MUTED = "muted"
    REASON = "reason"
    HIDDEN = "hidden"


_INKS = {
    BlockKind.TITLE: Ink.TITLE,
    BlockKind.HEADING: Ink.HEADING,
    BlockKind.LIVE_ENTRY: Ink.HEADING,
    BlockKind.PARAGRAPH: Ink.NORMAL,
    BlockKind.LIST_ITEM: Ink.NORMAL,
    BlockKind.CODE: Ink.NORMAL,
    BlockKind.ROW: Ink.NORMAL,
    BlockKind.QUOTE: Ink.QUOTE,
    BlockKind.CAPTION: Ink.CAPTION,
    BlockKind.BYLINE: Ink.MUTED,
}


@dataclass(frozen=True, slots=True)
class Page:
    """An article as it stands on the screen.

    Lines count from 0, cells from the left edge of the page, indent included.
    """

    article: Article
    ledger: Ledger
    width: int
    """Cells of the page; no line is wider."""
    lines: Lines
    """Where each line starts and ends in the text; without words, both are one offset."""
    tops: "array[int]"
    """By block: its first line, blank lines above it included. A folded block has none."""
    heads: bytearray
    """By block: how many lines stand above its words."""
    indents: bytearray
    """By block: cells before its words."""
    roles: dict[int, Role]
    """By line: what it holds, if that is neither words nor a gap."""
    inserts: dict[int, tuple[Insert, ...]]
    """By line: what stands between its words that is not in the text, in order."""
    hint: str
    """What a reason says about bringing the block back: "X brings it back"."""

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return self.article.text

    @property
    def line_count(self) -> int:
        """Number of screen lines."""
        return len(self.lines.starts)

    def line_of(self, offset: int) -> int:
        """Return the line that shows an offset; the line before it if it is folded away."""
        return max(0, bisect_right(self.lines.starts, offset) - 1)

    def owner_of(self, line: int) -> int:
        """Return the index of the block a line belongs to; -1 on an empty page."""
        return bisect_right(self.tops, line) - 1

    def block_at(self, offset: int) -> int:
        """Return the index of the block that holds an offset, folded or not."""
        return max(0, bisect_right(self.article.blocks, offset, key=_start_of) - 1)

    def lines_of(self, block: int) -> range:
        """Return the lines of a block without the gap above it; empty if it is folded."""
        stop = self.tops[block + 1] if block + 1 < len(self.tops) else self.line_count
        first = self.tops[block] + self.heads[block]
        return range(first - (self.roles.get(first - 1) in (Role.REASON, Role.TIME)), stop)

    def span_of(self, block: int) -> tuple[int, int]:
        """Return where a block starts and ends in the text."""
        found = self.article.blocks[block]
        return found.start, found.end

    def role_of(self, line: int) -> Role:
        """Return what a line holds."""
        return self.roles.get(line) or (Role.WORDS if self._words_line(line) >= 0 else Role.GAP)

    def ink_of(self, line: int) -> Ink:
        """Return how strongly a line speaks."""
        role = self.role_of(line)
        if role is Role.METADATA:
            return Ink.MUTED
        owner = self.owner_of(line)
        if self.ledger.verdicts[owner] is not None:
            return Ink.REASON if role is Role.REASON else Ink.HIDDEN
        return _INKS[self.article.blocks[owner].kind] if role is Role.WORDS else Ink.MUTED

    def offset_at(self, line: int, cell: int) -> int:
        """Return the offset of the visible character at a cell; the nearest of its line."""
        start, end = self.lines.starts[line], self.lines.ends[line]
        at = self.indents[self.owner_of(line)]
        nearest = start
        inserted = {insert.at: cells_of(insert.text) for insert in self.inserts.get(line, ())}
        for begin, _, cells in graphemes(self.text[start:end]):
            at += inserted.get(start + begin, 0)
            if at > cell:
                break
            if cells:
                nearest = start + begin
            at += cells
        return nearest

    def cell_of(self, offset: int) -> tuple[int, int]:
        """Return line and cell of an offset."""
        line = self.line_of(offset)
        start, end = self.lines.starts[line], self.lines.ends[line]
        cell = self.indents[self.owner_of(line)] + cells_of(self.text[start : min(offset, end)])
        return line, cell + sum(cells_of(one.text) for one in self.inserts.get(line, ()) if one.at <= offset)

    def signs_of(self, line: int) -> str:
        """Return what stands left of the words: a bar, a bullet, a time, or blanks."""
        role = self.role_of(line)
        if role is Role.GAP:
            return ""
        owner = self.owner_of(line)
        indent = self.indents[owner]
        block = self.article.blocks[owner]
        if role is Role.METADATA:
            return " " * (indent if block.kind is BlockKind.TITLE else 0)
        if self.ledger.verdicts[owner] is not None:
            return _right(FOLD_BAR, indent)
        return _signs(block, indent, is_first=role is Role.WORDS and self._words_line(line) == 0)

    def marks_of(self, line: int) -> tuple[Mark, ...]:
        """Return the emphasis, code and links in the words of a line, by offsets in the text."""
        block = self.article.blocks[self.owner_of(line)] if self.role_of(line) is Role.WORDS else None
        if block is None or not block.marks:
            return ()
        start, end = self.lines.starts[line] - block.start, self.lines.ends[line] - block.start
        return tuple(
            mark._replace(start=mark.start + block.start, end=mark.end + block.start)
            for mark in block.marks
            if mark.start < end and start < mark.end
        )

    def words_of(self, line: int) -> str:
        """Return the words of a line, as the terminal may be sent them."""
        if self.role_of(line) is Role.WORDS:
            return self.words_between(line, self.lines.starts[line], self.lines.ends[line])
        room = self.width - len(self.signs_of(line))
        return drawn(shortened(self._note_of(line, room), room))

    def words_between(self, line: int, begin: int, stop: int) -> str:
        """Return a part of the words of a line, with what is inserted before each of them."""
        if self.article.blocks[self.owner_of(line)].kind is not BlockKind.ROW:
            return drawn(self.text[begin:stop])
        start = self.lines.starts[line]
        words = with_bars(self.text[start : self.lines.ends[line]])
        inserts = [one for one in self.inserts.get(line, ()) if begin <= one.at < stop]
        cuts = [begin, *(one.at for one in inserts), stop]
        pieces = (drawn(words[low - start : high - start]) for low, high in pairwise(cuts))
        return next(pieces) + "".join(one.text + piece for one, piece in zip(inserts, pieces, strict=True))

    def _words_line(self, line: int) -> int:
        """Which line of its block's words a line is; negative above them."""
        owner = self.owner_of(line)
        return line - self.tops[owner] - self.heads[owner]

    def _note_of(self, line: int, room: int) -> str:
        owner = self.owner_of(line)
        match self.role_of(line):
            case Role.METADATA:
                return metadata_of(self.article)
            case Role.REASON:
                return reason_of(self.ledger.verdicts[owner], self.hint, room)
            case Role.TIME:
                return self.article.blocks[owner].time
            case _:
                return ""


def marker_of(block: Block) -> str:
    """Return the sign that is drawn before a list item."""
    return BULLET if not block.marker or block.marker in _DRAWN_AS_BULLET else block.marker


def depth_of(quote: Block) -> int:
    """Return how deep a quote stands in quotes, as far as that is drawn; 1 if in none."""
    return max(1, min(DEEPEST_QUOTE, quote.marker.count(">")))


def is_numbered(block: Block) -> bool:
    """Tell whether a block is a line of a source, with its number before it."""
    return block.kind is BlockKind.CODE and block.marker != ""


def _signs(block: Block, indent: int, *, is_first: bool) -> str:
    if block.kind is BlockKind.QUOTE:
        return _right(QUOTE_BAR * depth_of(block), indent)
    if is_numbered(block):
        return _right(f"{block.marker}  ", indent) if is_first else " " * indent
    if block.kind is BlockKind.CODE:
        return _right(CODE_BAR, indent)
    if block.kind is BlockKind.LIST_ITEM and is_first:
        return _right(f"{drawn(marker_of(block))} ", indent)
    if block.kind is BlockKind.LIVE_ENTRY and is_first:
        time = drawn(shortened(block.time, indent))
        return time + " " * (indent - cells_of(time))
    return " " * indent


def _right(sign: str, indent: int) -> str:
    """Set a sign beside the words; leave it out where there is no room."""
    room = indent - cells_of(sign)
    return " " * room + sign if room >= 0 else " " * indent


def _start_of(block: Block) -> int:
    return block.start
