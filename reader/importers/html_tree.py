"""The tree of a page -> its pieces: every block of words in reading order, with what its markup says.

Nothing is judged here. What a browser shows is kept, menus and footers too; what it never shows as
words (scripts, styles, forms' inputs) is not. Walked with a stack of its own: a page may be nested
deeper than Python may call.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from reader.importers.html_formulas import ABOVE, BELOW, drop_twin, formula
from reader.importers.html_names import names_of
from reader.importers.html_styles import Styles
from reader.importers.html_tables import CELLS, Table
from reader.importers.markup import Piece, Words, nested_quote
from reader.inert import inert
from reader.markup import UNSEEN, MarkKind
from reader.model import BlockKind

BOXES = 8  # elements around a block that it remembers, the nearest first
LONGEST_NAME = 200  # code points of a name that a link leads to
AROUND = 48  # names around a block that it remembers


def _each(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNSEEN = _each(
    "script style template noscript svg iframe object embed canvas audio video head select option datalist "
    "textarea input map frameset noframes progress meter"
)
_INLINE = _each(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark mjx-assistive-mml "
    "mjx-container nobr q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
_EMPHASES = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), MarkKind.EMPHASIS),
    **dict.fromkeys(("strong", "b", "th"), MarkKind.STRONG),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), MarkKind.CODE),
}
_SMALL = {"sup": ABOVE, "sub": BELOW}
_QUOTES = "\"'“”„‟«»‹›‘’‚「」『』"
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {
    "blockquote": BlockKind.QUOTE,
    "figcaption": BlockKind.CAPTION,
    "caption": BlockKind.CAPTION,
    "pre": BlockKind.CODE,
    "li": BlockKind.LIST_ITEM,
    "dd": BlockKind.PARAGRAPH,
}
_RUNS = frozenset((BlockKind.LIST_ITEM, BlockKind.ROW))
_BADGES = frozenset(("badge", "comment", "comments", "count", "counter", "share", "sharing", "views"))
"""Names of what stands in a heading and is no word of it."""
_COUNT = re.compile(r"\w+\W+\d+|\d+\W+\w+")


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element hands down to the words in it."""

    tag: str = ""
    boxes: tuple[int, ...] = ()
    around: tuple[str, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    nesting: int = 0
    """Lists around it."""
    quotes: int = 0
    """Quotes around it."""
    is_code: bool = False
    in_row: bool = False
    """In a row of a table, whose cells stand behind each other."""
    hidden_by: int = 0
    """Number of the outermost element around that is not seen; 0 if all are."""


class _Walker:
    """One walk over a page."""

    def __init__(self, around: tuple[str, ...], styles: Styles) -> None:
        self.pieces: list[Piece] = []
        self.hidden_by: list[int] = []
        """For each piece the number of the outermost element that hides it, or 0."""
        self._styles = styles
        self._words = Words()
        self._place = _Place(around=around)
        self._elements = 0
        self._markers: list[str] = []
        """Of the list items that no words were met of yet; the innermost last."""
        self._numbers: list[int] = []
        """Of each list around: the number of its next item; 0 if it has bullets."""
        self._tables = [Table()]
        """Those around, the innermost last; rows may stand without one."""
        self._breaks = 0
        self._names: list[str] = []
        """Of the elements that began since the last block ended."""

    def walk(self, root: LexborNode) -> None:
        """Go through a tree in reading order."""
        node: LexborNode | None = root.child
        leaving: list[tuple[LexborNode, _Place, tuple[int, str] | None]] = []
        while node is not None or leaving:
            if node is None:
                node, place, mark = leaving.pop()
                self._leave(node, place, mark)
                node = node.next
                continue
            tag = node.tag or ""
            if tag == "-text":
                self._words.add(node.text_content or "", is_code=self._place.is_code)
            elif tag == "math":
                drop_twin(node)
                self._words.add(formula(node))
            elif tag and tag[0] != "-" and tag not in _UNSEEN:
                before = self._place
                mark = self._enter(node, tag)
                leaving.append((node, before, mark))
                node = node.child
                continue
            node = node.next
        self.flush()

    def _enter(self, node: LexborNode, tag: str) -> tuple[int, str] | None:
        """Go into an element; of one inside a line, return where it begins and where it leads."""
        if tag == "br":
            self._break()
            return None
        attributes = node.attributes
        if tag in _INLINE and not self._is_apart(node, tag, attributes):
            self._name(attributes)
            self._open(node, tag, attributes)
            return self._words.length, (attributes.get("href") or "") if tag == "a" else ""
        if self._place.is_code:
            self._name(attributes)
            self._words.begin_line()
            return self._words.length, ""
        if tag in CELLS and self._place.in_row:
            self._name(attributes)
            for _ in range(1 + self._tables[-1].begin_cell(attributes)):
                self._words.part_cells()
            return (self._words.length, "") if tag == "th" else None
        self.flush()
        self._name(attributes)
        self._place = self._inside(node, tag, attributes)
        return None

    def _name(self, attributes: dict[str, str | None]) -> None:
        """Remember by which names links may lead to the words that come next."""
        names = attributes.get("id"), attributes.get("name")
        self._names += [inert(name) for name in names if name and len(name) <= LONGEST_NAME]

    def _open(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> None:
        """Begin an element inside a line as a browser would show it."""
        words = self._words
        if not words:
            words.first = names_of(tag, attributes, self._styles)
        if self._place.kind is BlockKind.HEADING:
            words.part_elements()
        if tag == "a" and node.prev is not None and node.prev.tag == "a":
            words.part_links()
        if tag == "q" and (node.text() or "").lstrip()[:1] not in _QUOTES:
            words.add_plain("“")
        elif tag == "rt" and not _has_brackets(node):
            words.add_plain("（")

    def _is_apart(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> bool:
        """Tell whether an element inside a line is no part of it: not seen, or a count behind a heading."""
        if self._place.in_row:
            return False
        if not self._words:
            return UNSEEN in names_of(tag, attributes, self._styles)
        if self._place.kind is not BlockKind.HEADING:
            return False
        is_glued = self._words.parts[-1][-1].isalnum() and _COUNT.fullmatch((node.text() or "").strip())
        return bool(is_glued) or not _BADGES.isdisjoint(names_of(tag, attributes, self._styles))

    def _leave(self, node: LexborNode, place: _Place, mark: tuple[int, str] | None) -> None:
        tag = node.tag or ""
        if mark is not None:
            begin, href = mark
            self._close(node, tag, begin)
            if self._place.is_code and tag not in _INLINE:
                self._words.begin_line()
            kind = MarkKind.LINK if href else _EMPHASES.get(tag)
            if kind is not None:
                self._words.mark(kind, begin, href)
            return
        if tag == "br" or (tag in CELLS and place.in_row):
            return
        self.flush()
        if tag == "table":
            self._tables.pop()
        if tag in {"ul", "ol", "menu"}:
            self._numbers.pop()
        if tag == "li" and self._markers:
            self._markers.pop()
        self._place = place

    def _close(self, node: LexborNode, tag: str, begin: int) -> None:
        """End an element inside a line as a browser would show it."""
        words = self._words
        if tag in _SMALL or (tag == "a" and _leads_to_a_note(node)):
            words.write_small(begin, _SMALL.get(tag, ABOVE))
        elif tag == "q" and words.length > begin and words.parts[-1][-1] not in _QUOTES:
            words.add_plain("”")
        elif tag == "rt" and words.length > begin and not _has_brackets(node):
            words.add_plain("）")
        elif self._place.kind is BlockKind.HEADING:
            if tag == "a":
                words.cut_sign(begin)
            words.part_elements()

    def _inside(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> _Place:
        """Return the place that a block-level element makes."""
        place = self._place
        self._elements += 1
        around, hidden_by = place.around, place.hidden_by
        if tag not in {"html", "body"}:
            named = names_of(tag, attributes, self._styles)
            if tag == "footer" and "<blockquote>" in around:
                named = named[1:]  # who said it
            around = (*around, *(name for name in named if name not in around))[-AROUND:]
            hidden_by = hidden_by or (self._elements if UNSEEN in named else 0)
        boxes = (self._elements, *place.boxes)[:BOXES]
        inner = replace(place, tag=tag, boxes=boxes, around=around, hidden_by=hidden_by)
        if tag in {"ul", "ol", "menu"}:
            self._numbers.append(_first_number(attributes) if tag == "ol" else 0)
            return replace(inner, nesting=place.nesting + 1, kind=BlockKind.PARAGRAPH)
        if tag == "li":
            self._markers.append(self._marker())
        if tag == "table":
            self._tables.append(Table())
        if tag == "tr" and self._tables[-1].begin_row(node):
            return replace(inner, in_row=True, kind=BlockKind.ROW)
        if tag in _HEADINGS:
            return replace(inner, kind=BlockKind.HEADING, level=_HEADINGS[tag])
        if tag in _INLINE and place.kind is BlockKind.HEADING:
            return replace(inner, kind=BlockKind.PARAGRAPH, level=0)
        kind, quotes = _KINDS.get(tag, place.kind), place.quotes + (tag == "blockquote")
        return replace(inner, kind=kind, quotes=quotes, is_code=place.is_code or tag == "pre")

    def _marker(self) -> str:
        number = self._numbers[-1] if self._numbers else 0
        if not number:
            return "•"
        self._numbers[-1] += 1
        return f"{number}."

    def _break(self) -> None:
        if self._place.is_code:
            self._words.add("\n", is_code=True)
        elif self._place.in_row:
            self._words.add(" ")
        elif self._words:
            self.flush()
            self._breaks = 0
        else:
            self._breaks += 1

    def flush(self) -> None:
        """End the block that the words so far are."""
        place, words = self._place, self._words
        if not words:
            words.clear()
            return
        is_name = place.kind is BlockKind.HEADING or place.tag == "dt"
        text, marks, linked = words.take(is_code=place.is_code, is_name=is_name)
        if not text:
            words.clear()
            return
        kind = place.kind
        marker = nested_quote(place.quotes) if kind is BlockKind.QUOTE else ""
        if kind is BlockKind.LIST_ITEM:
            marker = self._markers[-1] if self._markers else ""
            if self._markers:
                self._markers[-1] = ""
            kind = kind if marker else BlockKind.PARAGRAPH
        self.hidden_by.append(place.hidden_by)
        self.pieces.append(
            Piece(
                text,
                kind,
                marks,
                marker=marker,
                level=place.level if kind is BlockKind.HEADING else 0,
                indent=2 * max(0, place.nesting - 1),
                blanks_before=0 if not self._breaks and self._goes_on(kind) else 1,
                tag=place.tag,
                link_density=linked,
                around=(*words.first, "|", *place.around),
                boxes=place.boxes,
                raw=words.raw,
                names=tuple(self._names),
            )
        )
        self._names.clear()
        words.clear()
        self._breaks = 0

    def _goes_on(self, kind: BlockKind) -> bool:
        """Tell whether a block goes on with what the one before it began: a list, a table, broken lines."""
        if not self.pieces:
            return False
        above = self.pieces[-1]
        return (kind in _RUNS and above.kind is kind) or above.boxes == self._place.boxes


def walk(root: LexborNode, styles: Styles, around: tuple[str, ...] = ()) -> list[Piece]:
    """Return the pieces of a tree, in reading order.

    Args:
        root: Of the tree.
        styles: What the page says of which elements are hidden.
        around: Names of what the whole of it is.
    """
    walker = _Walker(around, styles)
    walker.walk(root)
    return _seen(walker.pieces, walker.hidden_by)


def _seen(pieces: list[Piece], hidden_by: Sequence[int]) -> list[Piece]:
    """Take what hides most of a page for a curtain: a script draws it aside when the page is there."""
    sizes: Counter[int] = Counter()
    for piece, number in zip(pieces, hidden_by, strict=True):
        sizes[number] += len(piece.text)
    half = sizes.total() / 2
    curtains = {number for number, size in sizes.items() if number and size > half}
    return [
        piece._replace(around=tuple(name for name in piece.around if name != UNSEEN))
        if number in curtains
        else piece
        for piece, number in zip(pieces, hidden_by, strict=True)
    ]


def _leads_to_a_note(link: LexborNode) -> bool:
    """Tell whether a link is the number of a footnote, as books mark it."""
    attributes = link.attributes
    return "noteref" in f"{attributes.get('epub:type')} {attributes.get('role')}"


def _has_brackets(reading: LexborNode) -> bool:
    """Tell whether how a word is read (<rt>) stands in brackets already."""
    word = reading.parent
    return word is not None and any(part.tag == "rp" for part in word.iter())


def _first_number(attributes: dict[str, str | None]) -> int:
    start = attributes.get("start") or ""
    return int(start) if start.isdecimal() and len(start) < 5 else 1
