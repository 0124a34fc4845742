"""The words for what is read, as frozen values. No behaviour beyond reading them.

Offsets are half-open ranges `[start, end)` of Unicode code points in a
*canonical text*: all blocks of an article, hidden ones too, joined by a blank line.
Cleaning is a view over it and never moves an offset.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from reader.inert import inert
from reader.markup import Mark, Markup, Metadata

BLOCK_GAP = "\n\n"  # what stands between two blocks of a canonical text

Span = tuple[int, int]
"""A half-open range of code points, in the canonical text where nothing else is said."""


class BlockKind(StrEnum):
    """What a block is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CAPTION = "caption"
    BYLINE = "byline"
    LIVE_ENTRY = "live entry"
    """The heading of one entry of a live blog."""
    CODE = "code"
    ROW = "table row"
    """Its cells stand behind each other, with a bar between."""


class Category(StrEnum):
    """Why a block is not the article."""

    DONATION = "donation"
    NEWSLETTER = "newsletter"
    TAGS = "tags"
    HASHTAGS = "hashtags"
    TEASER = "teaser"
    CREDIT = "credit"
    COPYRIGHT = "copyright"
    SYNDICATION = "syndication"
    NAV = "nav"
    PROMO = "promo"
    VIDEO_PROMO = "video-promo"
    FILLER = "filler"
    DUPLICATE_CAPTION = "duplicate-caption"
    DUPLICATE_TITLE = "duplicate-title"
    TAG_PAGE_HEADER = "tag-page-header"
    COMMENTS = "comments"
    LEGAL = "legal"
    CLUTTER = "clutter"
    """Judged by its prose and its neighbours alone, by no named rule."""
    RECURRING = "recurring"
    """Stands in most articles of its source."""
    CHOICE = "choice"
    """Hidden by the reader's own hand."""


class Block(NamedTuple):
    """One block of a text, as a span of the canonical text.

    A named tuple and not a dataclass: a book of 5 MB has 60,000 of them, and a
    frozen dataclass takes five times as long to build.
    """

    kind: BlockKind
    start: int
    """Offset of the first code point in the canonical text."""
    end: int
    first_line: int
    """Line of the source where it begins, from 1; one rule for lines: LF, CR LF, CR."""
    last_line: int
    indent: int = 0
    """Cells of white space before it, tabs to the next multiple of 8."""
    blanks_before: int = 0
    """Blank lines of the source between this block and the one before."""
    marker: str = ""
    """The list bullet, number or heading sign that stood before it ("•", "3.", "##")."""
    level: int = 0
    """Depth of a heading, 1 to 6; 0 where it is not known."""
    time: str = ""
    """Of a live entry: the time it was posted, as the source writes it ("10:45")."""
    author: str = ""
    """Of a live entry: who posted it."""
    marks: tuple[Mark, ...] = ()
    """Emphasis, code and links in it, in order."""
    markup: Markup | None = None
    """Where it stands in a page; None in what is not HTML."""
    names: tuple[str, ...] = ()
    """By which links of its own source lead to it: "#fn1" to "fn1"."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read: its text and the blocks that tile it."""

    text: str
    blocks: tuple[Block, ...]
    lines: int
    """Number of lines of the file."""
    encoding: str
    """Name of the encoding it was read with ("utf-8", "cp1252")."""
    encoding_guessed: bool = False
    """True if nothing told the encoding: no byte order mark, no valid UTF-8, and nobody who named it."""
    metadata: Metadata | None = None
    """What it says about itself; None where the format has no place for that."""


@dataclass(frozen=True, slots=True)
class Article:
    """What a person reads. One source holds one or many.

    `blocks` tile `text`: the first begins at 0, the last ends at `len(text)`, and
    between two stands `BLOCK_GAP`.
    """

    id: str
    """`<slug>-<8 hex digits>`, from title and canonical text; cleaning does not change it."""
    title: str
    text: str
    blocks: tuple[Block, ...]
    title_derived: bool = False
    """True if the source has no title and this one was made from its first clause."""
    section: str = ""
    """What stood after the title's last bar: "US foreign policy"."""
    source: str = ""
    """Who published it, where the text tells: "TASS", "dpa"."""
    author: str = ""
    """Names, separated by "; "."""
    date: str = ""
    """ISO 8601, as exact as the text is: "2025-01-21", "2024", or "02-09" without a year."""
    lang: str = ""
    """ISO 639-1 code, "" where it is not clear."""
    path: str = ""
    """Where the source stands, relative to the workspace where that is possible."""
    url: str = ""
    """Where it stands on the web, as the source says; "" if it does not."""

    def text_of(self, block: Block) -> str:
        """Return the words of a block."""
        return self.text[block.start : block.end]

    @property
    def lines(self) -> tuple[int, int]:
        """First and last line in the source; (0, 0) if there is no block."""
        if not self.blocks:
            return (0, 0)
        return (self.blocks[0].first_line, self.blocks[-1].last_line)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a block is hidden."""

    rule: str
    """Identifier of the rule, as it stands in the rule file: "newsletter.sign-up"."""
    category: Category
    words: str
    """One sentence in the reader's words: "newsletter prompt: “sign up to …”"."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The verdict on each block of an article: None if kept, its `Reason` if hidden."""

    verdicts: tuple[Reason | None, ...]
    note: str = ""
    """What the reader should know of the judging as a whole, such as a safety stop."""

    def kept(self, article: Article) -> Iterator[Block]:
        """Yield the blocks of its article that are not hidden."""
        pairs = zip(article.blocks, self.verdicts, strict=True)
        return (block for block, reason in pairs if reason is None)

    @property
    def hidden(self) -> int:
        """How many blocks are hidden."""
        return sum(verdict is not None for verdict in self.verdicts)


class Trace(NamedTuple):
    """What is remembered of a block, to see whether it stands in other articles too."""

    key: int
    """The same for blocks of the same words; 0 for one that is not looked at."""
    words: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in a user's file: the program names it and goes on."""

    what: str
    """What is wrong, in one clause: "not text: byte 0x00 in the first 1,024"."""
    where: str
    """Path, and the line after a colon where there is one."""
    remedy: str
    """What the user can do: "open it with another program"."""

    def __post_init__(self) -> None:
        """Make it inert: it tells of files, names and values that come from anywhere."""
        for name in ("what", "where", "remedy"):
            object.__setattr__(self, name, inert(getattr(self, name)))

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.remedy}"


class Status(StrEnum):
    """How far a reader got with an article."""

    NEW = "new"
    READING = "reading"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the reader stands in an article."""

    offset: int = 0
    """Offset in the canonical text of the first line on the screen."""
    fraction: float = 0.0
    """Share of the article that lies above the bottom of the screen, 0 to 1."""
    status: Status = Status.NEW
    opened: str = ""
    """When it was last open, UTC, ISO 8601; "" if never."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that is open: its text, and what is hidden of it."""

    article: Article
    ledger: Ledger
    judged: bool = True
    """False if the article is so large that it was opened before it was judged."""
    starred: bool = False
    progress: Progress = field(default_factory=Progress)
    encoding: str = ""
    """The encoding of the source, only if it was guessed."""


class Summary(NamedTuple):
    """What a list shows of an article without opening it.

    A named tuple, as `Block` is: a library of ten years has 100,000 of them.
    """

    id: str
    title: str
    path: str
    lines: tuple[int, int]
    """First and last line in the source."""
    words: int
    """Words of the blocks that are kept."""
    hidden: int
    """Blocks that are hidden."""
    title_derived: bool = False
    section: str = ""
    source: str = ""
    author: str = ""
    date: str = ""
    lang: str = ""
    encoding: str = ""
    """The encoding the source was read with, only if it was guessed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a sync found."""

    read: int = 0
    """Files that were read anew."""
    gone: int = 0
    """Files that are no longer there."""
    new: int = 0
    """Articles that were not there before."""
    unplaced: int = 0
    """Annotations whose passage was not found again in what an article became."""
