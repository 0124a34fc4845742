"""Set an article: white space, indents and lines of each block, by its kind."""

from array import array

from reader.layout.cells import cells_of, drawn
from reader.layout.notes import metadata_of
from reader.layout.page import CODE_BAR, FOLD_BAR, QUOTE_BAR, Page, Role, depth_of, is_numbered, marker_of
from reader.layout.tables import columns_of, filled, parts_of
from reader.layout.wrapping import MIN_WIDTH, Wrapper
from reader.model import Article, Block, BlockKind, Ledger, Reason

# Blank lines before a block. Kinds that are not named have one.
_SPACE = {BlockKind.HEADING: 2, BlockKind.LIVE_ENTRY: 2}
_HEADS = frozenset((BlockKind.TITLE, BlockKind.HEADING, BlockKind.LIVE_ENTRY))
_DENSE = frozenset((BlockKind.LIST_ITEM, BlockKind.CODE, BlockKind.ROW))
"""Kinds that stand without a blank line below their own kind, if they do so in the source."""
_BROKEN = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.CAPTION))
"""Kinds that do so where a page breaks the lines of one element."""

MAX_NESTING = 8  # cells of extra indent, of a list in a list
MAX_TIME = 10  # cells of the margin for the times of a live blog: "10:45 p.m."
MIN_TIMED_WIDTH = 48  # cells; on a narrower page the time stands above its entry
SHORT = 60  # code points of a line that is broken on purpose; two longer ones are paragraphs
MIN_WORDS = 8  # cells that an indent always leaves to the words


def lay_out(article: Article, ledger: Ledger, width: int, *, reveal: bool, hint: str = "") -> Page:
    """Set an article on a page.

    Args:
        article: What to set.
        ledger: Its verdicts.
        width: Cells of the page; fewer than `wrapping.MIN_WIDTH` count as that.
        reveal: Show hidden blocks in their place, each with its reason; else fold them away.
        hint: What stands behind a reason: "X brings it back".
    """
    setter = _Setter(article, ledger, max(width, MIN_WIDTH), reveal=reveal, hint=hint)
    setter.set_blocks()
    return setter.page


def end_of_words(article: Article, block: Block) -> int:
    """Return where the words of a block end; a title ends before its section ("| US foreign policy")."""
    is_title = block.kind is BlockKind.TITLE and article.section and article.title
    if is_title and article.text.startswith(article.title, block.start, block.end):
        return block.start + len(article.title)
    return block.end


def is_dense(block: Block) -> bool:
    """Tell whether a block stands without a blank line below one of its own kind, as in the source."""
    return block.kind in _DENSE and not block.blanks_before


class _Setter:
    """Goes through the blocks of one article and fills the arrays of its page."""

    def __init__(self, article: Article, ledger: Ledger, width: int, *, reveal: bool, hint: str) -> None:
        self._wrapper = Wrapper(article.text)
        arrays = (array("I"), bytearray(), bytearray())
        self.page = Page(
            article, ledger, width, self._wrapper.lines, *arrays, roles={}, inserts={}, hint=hint
        )
        self._reveal = reveal
        self._margin = _time_margin(article, width)
        self._above: Block | None = None
        self._reason_above: Reason | None = None
        self._list_indent = 0
        self._number_margin = len(article.blocks[-1].marker) + 2 if article.blocks else 0
        self._lacks_metadata = metadata_of(article) != ""
        self._columns: tuple[int, ...] = ()
        """Widths of those of the table that is being set; none where a cell stands on a line of its own."""
        self._is_below_paragraph = False
        """What stands above is a paragraph that is kept."""

    def set_blocks(self) -> None:
        """Set all blocks, in order."""
        page = self.page
        starts, ends = page.lines
        wrap, margin, width = self._wrapper.wrap, self._margin, page.width - self._margin
        for block, reason in zip(page.article.blocks, page.ledger.verdicts, strict=True):
            page.tops.append(len(starts))
            if reason is not None and not self._reveal:
                page.heads.append(0)
                page.indents.append(0)
            elif (
                self._is_below_paragraph
                and reason is None
                and block.kind is BlockKind.PARAGRAPH
                and (block.blanks_before or block.markup is None)
            ):
                # What `_set` would do, in a third of the time: nearly all blocks of a book.
                starts.append(block.start)
                ends.append(block.start)
                page.heads.append(1)
                page.indents.append(margin)
                wrap(block.start, block.end, width)
                self._above = block
            else:
                self._set(block, reason)

    def _set(self, block: Block, reason: Reason | None) -> None:
        if block.kind is BlockKind.ROW and not self._is_below_row(block, reason):
            self._columns = self._columns_from(len(self.page.tops) - 1)
        self._set_head(block, reason)
        indent = min(self._indent(block, reason), max(0, self.page.width - MIN_WORDS))
        self.page.indents.append(indent)
        end = end_of_words(self.page.article, block)
        if block.kind is BlockKind.ROW:
            self._set_row((block.start, end), self.page.width - indent)
        else:
            self._wrapper.wrap(block.start, end, self.page.width - indent)
        if block.kind is BlockKind.TITLE and self._lacks_metadata:
            self._add_line(block.end, Role.METADATA)
        self._above, self._reason_above = block, reason
        self._is_below_paragraph = block.kind is BlockKind.PARAGRAPH and reason is None

    def _is_below_row(self, block: Block, reason: Reason | None) -> bool:
        """Tell whether a row belongs to the table of what is set above it."""
        above = self._above
        same = above is not None and above.kind is BlockKind.ROW and not block.blanks_before
        return same and reason == self._reason_above

    def _columns_from(self, first: int) -> tuple[int, ...]:
        """Measure the table that begins with a block."""
        blocks, verdicts = self.page.article.blocks, self.page.ledger.verdicts
        last = first + 1
        while last < len(blocks) and blocks[last].kind is BlockKind.ROW and not blocks[last].blanks_before:
            last += 1
        rows = [self.page.span_of(at) for at in range(first, last) if verdicts[at] == verdicts[first]]
        width = self.page.width - self._indent(blocks[first], verdicts[first])
        return columns_of(self.page.text, rows, width)

    def _set_row(self, row: tuple[int, int], width: int) -> None:
        """Set a row of a table: on one line, its cells below those above, or a cell a line."""
        if self._columns:
            if blanks := filled(self.page.text, row, self._columns):
                self.page.inserts[self.page.line_count] = blanks
            self._wrapper.wrap(*row, width)
            return
        for part in parts_of(self.page.text, row):
            self._wrapper.wrap(*part, width)

    def _set_head(self, block: Block, reason: Reason | None) -> None:
        """Set what stands above the words of a block."""
        first = self.page.line_count
        for _ in range(self._space_above(block, reason)):
            self._add_line(block.start)
        if self._above is None and block.kind is not BlockKind.TITLE and self._lacks_metadata:
            self._add_line(block.start, Role.METADATA)
            self._add_line(block.start)
        if reason is not None:
            if reason != self._reason_above:
                self._add_line(block.start, Role.REASON)
        elif block.time and not self._margin:
            self._add_line(block.start, Role.TIME)
        self.page.heads.append(self.page.line_count - first)

    def _space_above(self, block: Block, reason: Reason | None) -> int:
        above = self._above
        if above is None:
            return 1
        if reason is not None and self._reason_above is not None:
            return 0
        if above.kind is block.kind and is_dense(block):
            return int(block.kind is BlockKind.ROW and not self._columns)
        if reason is self._reason_above is None and _is_broken_line(above, block):
            return 0
        if reason is not None or (above.kind in _HEADS and self._reason_above is None):
            return 1
        return _SPACE.get(block.kind, 1)

    def _indent(self, block: Block, reason: Reason | None) -> int:
        if reason is not None:
            return self._margin + len(FOLD_BAR)
        if block.kind is BlockKind.QUOTE:
            return self._margin + len(QUOTE_BAR) * depth_of(block)
        if is_numbered(block):
            return self._number_margin
        if block.kind is BlockKind.CODE:
            return self._margin + len(CODE_BAR)
        if block.kind is not BlockKind.LIST_ITEM:
            return self._margin
        if self._above is None or self._above.kind is not BlockKind.LIST_ITEM:
            self._list_indent = block.indent
        nesting = min(max(0, block.indent - self._list_indent), MAX_NESTING)
        return self._margin + nesting + cells_of(drawn(marker_of(block))) + 1

    def _add_line(self, offset: int, role: Role | None = None) -> None:
        """Add a line without words of the text; no role is a gap."""
        if role is not None:
            self.page.roles[self.page.line_count] = role
            self._lacks_metadata = self._lacks_metadata and role is not Role.METADATA
        self.page.lines.starts.append(offset)
        self.page.lines.ends.append(offset)


def _is_broken_line(above: Block, block: Block) -> bool:
    """Tell whether a page breaks a line between two short ones of a paragraph: a verse, an address."""
    if block.markup is None or above.markup is None or block.blanks_before or above.kind is not block.kind:
        return False
    in_one = block.markup.boxes == above.markup.boxes and block.kind in _BROKEN
    return in_one and max(above.end - above.start, block.end - block.start) <= SHORT


def _time_margin(article: Article, width: int) -> int:
    """Cells left of all words for the times of live entries; 0 if there are none, or no room."""
    if width < MIN_TIMED_WIDTH:
        return 0
    longest = max((cells_of(block.time) for block in article.blocks if block.time), default=0)
    return min(longest, MAX_TIME) + 2 if longest else 0
