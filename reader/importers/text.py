"""Plain text and Markdown -> canonical text and blocks.

Each line that is not empty is a block, but for two: a paragraph that was broken into lines
of one width is joined again, and fenced code stays together. Lines end at LF, CR LF
and CR only. What a reader would not see is dropped, what a terminal would act on
becomes visible, and runs of white space inside a line become one space.

This is no Markdown renderer: emphasis and links stand as they were typed.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

from reader.errors import UnreadableSource
from reader.importers.decoding import decode
from reader.importers.wrapping import Piece, rejoin, width_of
from reader.inert import inert, inert_lines
from reader.model import BLOCK_GAP, Block, BlockKind, Source

TAB = 8  # cells to the next tab stop
MOST_BLOCKS = 150_000  # all of Shakespeare, verse by verse, has 125,000; a million took 400 MB and a minute
BATCH = 65_536  # code points split into lines at a time: a book is never in memory twice

_MARKS = frozenset("-*•·▪‣◦●0123456789#>")  # what a line with a marker begins with
_MARKER = re.compile(r"([-*•·▪‣◦●]|\d{1,3}[.)]|#{1,6})\s++(?=.*\w)")
_DATE = re.compile(r"\d\d?\.\s+[^\W\d_]{3,}\.?\s+\d{4}\b")  # "21. Januar 2025" is no item of a list
_QUOTE = re.compile(r"(?:>\s?)++(?=[^>\s])")
_FENCE = re.compile(r"^[^\S\n]*(```+[^`\n]*)$", re.MULTILINE)
# Soft hyphen, zero width space, word joiner, byte order mark, marks of direction, tags: unseen, but
# a word that holds one is not found. Zero width (non-)joiners stay: emoji and Persian need them.
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\U000e0000-\U000e007f]+")
_WHITE = re.compile("[\t\v\f\x1c-\x1f \x85\u2028\u2029]+")


def parse(content: bytes, charset: str = "") -> Source:
    """Read the bytes of a text file; `charset` is what a server named.

    Raises:
        UnreadableSource: The bytes are not text, or of more paragraphs than any text has.
    """
    text, encoding, guessed = decode(content, charset)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.count("\n") + (text[-1:] not in ("", "\n"))
    pieces, width = _pieces(text), width_of(text)
    del text  # the pieces are its last use: of a book, 5 MB less before they are joined
    canonical, blocks = _tile(rejoin(pieces, width) if width else pieces)
    return Source(canonical, blocks, lines, encoding, guessed)


def _tile(pieces: Iterable[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Lay the pieces one behind the other."""
    texts: list[str] = []
    blocks: list[Block] = []
    # What Block() does, without the call in between: 20 ms of 100 in a book of 60,000 lines.
    make: Callable[[tuple[object, ...]], Block] = partial(tuple.__new__, Block)
    start = 0
    for text, kind, first, last, indent, blanks, marker in islice(pieces, MOST_BLOCKS + 1):
        end = start + len(text)
        level = len(marker) if marker[:1] == "#" else 0
        blocks.append(
            make((kind, start, end, first, last, indent, blanks, marker, level, "", "", (), None, ()))
        )
        texts.append(text)
        start = end + len(BLOCK_GAP)
    if len(blocks) > MOST_BLOCKS:
        raise UnreadableSource(f"more than {MOST_BLOCKS:,} paragraphs: a list or a log, and no text to read")
    return BLOCK_GAP.join(texts), tuple(blocks)


def _pieces(text: str) -> Iterator[Piece]:
    """Make a piece of each line that holds words, and one of each fenced code."""
    fences = _fences(text) if "```" in text else {}
    lines = enumerate(_lines(text), 1)
    paragraph = BlockKind.PARAGRAPH
    blanks = 0
    for number, line in lines:
        words = line.strip()
        # A printable line holds nothing to clean but blanks in a row. This gate is what makes a
        # book of 5 MB take 0.1 s and not 0.4.
        if not words.isprintable() or "  " in words:
            words = clean(words)
        if not words:
            blanks += 1
            continue
        indent = 0 if line[0] == words[0] else _cells(line)
        if number in fences:
            code = [next(lines)[1] for _ in range(number, fences[number])][:-1]
            yield _code(code) or words, BlockKind.CODE, number, fences[number], indent, blanks, words
        elif words[0] in _MARKS:
            kind, marker, words = _without_marker(words)
            yield words, kind, number, number, indent, blanks, marker
        else:
            yield words, paragraph, number, number, indent, blanks, ""
        blanks = 0


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = text.find("\n", start + BATCH)
        end = len(text) if end < 0 else end
        yield from text[start:end].split("\n")
        start = end + 1


def clean(line: str) -> str:
    """Clean one line: white space in runs, unseen and active characters.

    A no-break space stands where its writer put it, but not at the ends.
    """
    return inert(_WHITE.sub(" ", _UNSEEN.sub("", line)).strip())


def _cells(line: str) -> int:
    """Measure the white space before a line."""
    column = 0
    for character in line:
        if character == "\t":
            column += TAB - column % TAB
        elif not character.isspace():
            break
        else:
            column += 2 if character == "\u3000" else 1
    return column


def _without_marker(words: str) -> tuple[BlockKind, str, str]:
    quote = _QUOTE.match(words)
    if quote:
        return BlockKind.QUOTE, quote.group().strip(), words[quote.end() :]
    match = _MARKER.match(words)
    if not match or _DATE.match(words):
        return BlockKind.PARAGRAPH, "", words
    marker = match.group(1)
    kind = BlockKind.HEADING if marker[0] == "#" else BlockKind.LIST_ITEM
    return kind, marker, words[match.end() :]


def _fences(text: str) -> dict[int, int]:
    """Map the line that opens a fenced code to the line that closes it; an open end is no fence."""
    fences: dict[int, int] = {}
    opened = line = position = 0
    for match in _FENCE.finditer(text):
        line += text.count("\n", position, match.start(1))
        position = match.start(1)
        if not opened:
            opened = line + 1
        elif not match.group(1).strip("` \t"):
            fences[opened] = line + 1
            opened = 0
    return fences


def _code(lines: list[str]) -> str:
    return inert_lines("\n".join(line.expandtabs(TAB).rstrip() for line in lines)).strip("\n")
