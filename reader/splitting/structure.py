"""What each block of an article is: told by its shape and its neighbours, never by its subject."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.model import Block, BlockKind
from reader.splitting.metadata import CLOSING, HEAD, closing_of, is_byline
from reader.splitting.shapes import (
    HEADING_LENGTH,
    ends_a_sentence,
    is_heading_like,
    is_prose,
    is_title_like,
)
from reader.splitting.texts import BlockTexts

LARGE = 20_000  # blocks; a book keeps the kinds its file gives it, so that it opens in 0.1 s
CAPTION = 500  # code points
CREDIT = 80  # code points
QUESTIONS = 2  # headings that ask make a list of questions
LIVE = 2  # entries that make a live blog

_ASKING = ("?", "？", "؟")
_CREDIT = re.compile(
    r"[(\[][^()\[\]]*\b(?:AP|AFP|PA|EPA|UPI|Reuters|Getty|Images?|Photo|Picture|Wire|Credit|Foto|Фото|dpa|TASS"
    r"|Shutterstock|Alamy|Handout|Courtesy)\b[^()\[\]]*[)\]]$|\b(?:Getty Images|Shutterstock|iStock|Alamy)$",
    re.IGNORECASE,
)
_CREDIT_ENDS = frozenset(")]sky")  # of a bracket, Images, Shutterstock, Alamy
_CREDIT_FIRST = re.compile(
    r"\W*(?:(?:Photo|Image|Picture)(?: credit| by)?|Credit|Foto|Fot\.|Фото|Bild|Crédit)\s*[:.]", re.IGNORECASE
)


class Change(NamedTuple):
    """What a block is, other than its file says."""

    kind: BlockKind
    text: str | None = None
    """Its canonical text where that is not what stands in the source."""
    time: str = ""
    author: str = ""


def read_structure(blocks: Sequence[Block], texts: BlockTexts, title: int | None) -> dict[int, Change]:
    """Tell the kinds of the blocks of one article.

    Args:
        blocks: As the importer made them.
        texts: Their words.
        title: Index of the title, if there is one.

    Returns:
        The changes, by index of the block; the title's is the caller's.
    """
    if len(blocks) > LARGE:
        return {}
    changes = _live_entries(texts)
    captions = _repeated_with_credit(texts, blocks)
    changes = dict.fromkeys(captions, Change(BlockKind.CAPTION)) | changes
    for index, text in texts.short(CAPTION):
        if index in changes or index == title or blocks[index].kind is not BlockKind.PARAGRAPH:
            continue
        kind = _kind(texts, index, text, title)
        if kind:
            changes[index] = Change(kind)
    opening = _opening_questions(texts, blocks, changes, 0 if title is None else title)
    return changes | dict.fromkeys(opening, Change(BlockKind.HEADING))


def _kind(texts: BlockTexts, index: int, text: str, title: int | None) -> BlockKind | None:
    if _is_credited(text):
        return BlockKind.CAPTION
    first = 0 if title is None else title
    if index <= first + HEAD and is_byline(text):
        return BlockKind.BYLINE
    if _stands_as_heading(texts, index, first) and is_heading_like(text):
        return BlockKind.HEADING
    return None


def _repeated_with_credit(texts: BlockTexts, blocks: Sequence[Block]) -> frozenset[int]:
    """Find captions that stand twice, the second time with a credit in brackets; both are meant."""
    pairs = [
        index
        for index, (block, below) in enumerate(pairwise(blocks))
        if 10 < (length := block.end - block.start) <= CAPTION
        and 3 < below.end - below.start - length <= CREDIT
        and texts[index + 1].endswith(")")
        and texts[index + 1].startswith(texts[index] + " (")
    ]
    return frozenset((*pairs, *(index + 1 for index in pairs)))


def _is_credited(text: str) -> bool:
    """Tell whether a line begins with a mark of a caption, or ends with a credit."""
    ending = text[-CREDIT:].rstrip(" .")
    return bool(_CREDIT_FIRST.match(text) or (ending[-1:] in _CREDIT_ENDS and _CREDIT.search(ending)))


def _stands_as_heading(texts: BlockTexts, index: int, first: int) -> bool:
    """Tell whether prose follows a line, and the sentence before it has ended."""
    if index <= first or index + 1 >= len(texts) or texts.length(index + 1) <= texts.length(index):
        return False
    return ends_a_sentence(texts[index - 1]) and is_prose(texts[index + 1])


def _opening_questions(
    texts: BlockTexts, blocks: Sequence[Block], changes: Mapping[int, Change], first: int
) -> list[int]:
    """Find the questions above the first that is a heading; no sentence stands above them, but the title."""
    asked = [
        index
        for index, change in changes.items()
        if change.kind is BlockKind.HEADING and texts[index].endswith(_ASKING)
    ]
    if len(asked) < QUESTIONS:
        return []
    return [
        index
        for index, text in texts.short(HEADING_LENGTH)
        if first < index < min(asked)
        and blocks[index].kind is BlockKind.PARAGRAPH
        and text.endswith(_ASKING)
        and is_heading_like(text)
        and is_prose(texts[index + 1])
    ]


def _live_entries(texts: BlockTexts) -> dict[int, Change]:
    """Find the entries of a live blog: each closes with a line of author, date and time."""
    closings = [(index, match) for index, text in texts.short(CLOSING) if (match := closing_of(text))]
    changes: dict[int, Change] = {}
    opened = 0
    for index, match in closings if len(closings) >= LIVE else ():
        author = match["author"]
        changes[index] = Change(BlockKind.BYLINE, f"{author} {match['date']} {match['time']}")
        heading = _heading_of_entry(texts, opened, index)
        if heading is not None:
            changes[heading] = Change(BlockKind.LIVE_ENTRY, time=match["time"], author=author)
        opened = index + 1
    return changes


def _heading_of_entry(texts: BlockTexts, opened: int, closed: int) -> int | None:
    """Find the heading of an entry: its first line, or after the lead the last one like a heading."""
    if opened:
        return (
            opened
            if opened < closed and is_title_like(texts[opened]) and not is_sentence(texts[opened])
            else None
        )
    candidates = [
        index for index in range(1, closed) if is_heading_like(texts[index]) and is_prose(texts[index + 1])
    ]
    return candidates[-1] if candidates else None


def is_sentence(text: str) -> bool:
    """Tell whether a line ends with a stop that no heading has."""
    return text[-1] in ".,;:"
