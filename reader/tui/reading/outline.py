"""The sections of an article: its headings and the entries of a live blog."""

from bisect import bisect_right
from typing import NamedTuple

from reader.model import Article, BlockKind, Ledger

_HEADS = frozenset((BlockKind.TITLE, BlockKind.HEADING, BlockKind.LIVE_ENTRY))
MAX_WORDS = 200  # code points of a heading that an outline shows
FAR = 2_000  # blocks above a place; a heading further away than these tells nothing of it


class Section(NamedTuple):
    """Where a part of an article begins."""

    start: int
    end: int
    words: str
    time: str
    level: int
    """Depth below the title, from 0."""


def sections_of(article: Article, ledger: Ledger, *, reveal: bool) -> tuple[Section, ...]:
    """Return the sections that are shown, in their order."""
    return tuple(
        Section(
            block.start,
            block.end,
            article.text[block.start : min(block.end, block.start + MAX_WORDS)],
            block.time,
            max(0, block.level - 1),
        )
        for block, reason in zip(article.blocks, ledger.verdicts, strict=True)
        if block.kind in _HEADS and (reveal or reason is None)
    )


def chapter_at(article: Article, ledger: Ledger, offset: int) -> str:
    """Return the words of the last heading that is shown at or above an offset, "" if none is near."""
    here = bisect_right(article.blocks, offset, key=lambda block: block.start) - 1
    for number in range(here, max(-1, here - FAR), -1):
        block = article.blocks[number]
        if block.kind is BlockKind.HEADING and ledger.verdicts[number] is None:
            return article.text[block.start : min(block.end, block.start + MAX_WORDS)]
    return ""


def section_at(sections: tuple[Section, ...], offset: int) -> int:
    """Return the number of the section that holds an offset, -1 before the first."""
    return bisect_right(sections, offset, key=lambda section: section.start) - 1
