"""An article with its highlights and notes written into it, for `reader show --notes`. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.cli.cards import chips
from reader.inert import inert
from reader.model import BLOCK_GAP, Article, Block, BlockKind, Ledger
from reader.passages import Placed

MARK = "=="  # around highlighted words, as note-taking programs write it
_PEN = "✎ "

_Piece = tuple[Block, str, bool]
"""A block, the words that it shall have, and whether they are a note."""


def marked(article: Article, ledger: Ledger, placed: Iterable[Placed]) -> tuple[Article, Ledger]:
    """Return an article with ==marks== around what is highlighted, and each note below its passage.

    Args:
        article: The article.
        ledger: Its verdicts; a note is shown even if the block above it is hidden.
        placed: Its annotations; those that lost their place are left out.
    """
    there = sorted((one for one in placed if not one.is_orphan), key=lambda one: (one.start, one.end))
    blocks: list[Block] = []
    verdicts = []
    texts: list[str] = []
    start = 0
    for block, verdict in zip(article.blocks, ledger.verdicts, strict=True):
        for piece, text, is_note in _pieces(article, block, there):
            blocks.append(piece._replace(start=start, end=start + len(text)))
            verdicts.append(None if is_note else verdict)
            texts.append(text)
            start += len(text) + len(BLOCK_GAP)
    changed = replace(article, text=BLOCK_GAP.join(texts), blocks=tuple(blocks))
    return changed, replace(ledger, verdicts=tuple(verdicts))


def _pieces(article: Article, block: Block, placed: Sequence[Placed]) -> Iterator[_Piece]:
    yield block, _with_marks(article.text_of(block), block.start, placed), False
    for one in placed:
        words = _words(one)
        if words and block.start < one.end <= block.end + len(BLOCK_GAP):
            yield block._replace(kind=BlockKind.QUOTE, marker="", level=0), words, True


def _with_marks(text: str, start: int, placed: Sequence[Placed]) -> str:
    """Write marks around the parts of a block that are highlighted; what overlaps is one part."""
    parts: list[str] = []
    done = 0
    for first, last in _spans(placed, start, start + len(text)):
        parts += [text[done : first - start], MARK, text[first - start : last - start], MARK]
        done = last - start
    return "".join((*parts, text[done:]))


def _spans(placed: Sequence[Placed], start: int, end: int) -> list[tuple[int, int]]:
    """Return what is highlighted between two places; `placed` is in order."""
    spans: list[tuple[int, int]] = []
    for one in placed:
        first, last = max(one.start, start), min(one.end, end)
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], last))
        elif first < last:
            spans.append((first, last))
    return spans


def _words(placed: Placed) -> str:
    """Return note and tags of an annotation, line by line."""
    annotation = placed.annotation
    lines = (inert(line.strip()) for line in (*annotation.body.splitlines(), chips(annotation.tags)))
    words = "\n".join(filter(None, lines))
    return f"{_PEN}{words}" if words else ""
