"""The source as it is, set like an article: each line a block, its number before it."""

from bisect import bisect_right

from reader.model import Article, Block, BlockKind, Ledger


def source_article(article: Article, source: str) -> Article:
    """Make an article of the lines of a source, so that a page can be set of it.

    Args:
        article: What was made of the source; id, title and path are taken from it.
        source: The source, made inert, its lines separated by LF.
    """
    blocks: list[Block] = []
    start = 0
    for number, line in enumerate(source.split("\n"), 1):
        end = start + len(line)
        blocks.append(Block(BlockKind.CODE, start, end, number, number, marker=str(number)))
        start = end + 1
    return Article(article.id, article.title, source, tuple(blocks), path=article.path)


def nothing_hidden(article: Article) -> Ledger:
    """Return verdicts that keep all."""
    return Ledger((None,) * len(article.blocks))


def offset_in_source(article: Article, source: Article, offset: int) -> int:
    """Return where an offset of an article stands in its source, as near as lines tell."""
    if not article.blocks:
        return 0
    block = article.blocks[max(0, bisect_right(article.blocks, offset, key=_start) - 1)]
    line = source.blocks[min(block.first_line, len(source.blocks)) - 1]
    words = article.text[block.start : block.start + 1]
    begin = max(line.start, source.text.find(words, line.start, line.end))
    return min(begin + max(0, offset - block.start), line.end)


def offset_in_article(article: Article, source: Article, offset: int) -> int:
    """Return where an offset of a source stands in one of its articles, as near as lines tell."""
    if not article.blocks:
        return 0
    line = bisect_right(source.blocks, offset, key=_start)
    number = bisect_right(article.blocks, line, key=_first_line) - 1
    return article.blocks[max(0, number)].start


def _start(block: Block) -> int:
    return block.start


def _first_line(block: Block) -> int:
    return block.first_line
