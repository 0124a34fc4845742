"""The blocks of one source -> one or many articles, with titles and metadata.

`boundaries` says where articles begin, `titles` what they are called, `structure` what each block is,
`metadata` who wrote it and when, `language` in what language, `identity` by which id it is known.
Nothing here depends on cleaning: what is hidden of an article changes neither its name nor its text.
"""

from collections.abc import Sequence

from reader.model import BLOCK_GAP, Article, Block, BlockKind, Source
from reader.splitting.boundaries import Start, starts_of
from reader.splitting.identity import identify
from reader.splitting.language import language_of
from reader.splitting.metadata import dateline_of, read_metadata
from reader.splitting.structure import Change, read_structure
from reader.splitting.texts import BlockTexts
from reader.splitting.titles import HEAD, Heading, clean_title, derive_title, find_title, lead_of
from reader.splitting.told import told_article


def split(source: Source, name: str) -> tuple[Article, ...]:
    """Part a source into its articles.

    Args:
        source: As an importer made it.
        name: The file's name without suffix: the title of last resort.

    Returns:
        One article or more, in the order of the source. Each block of the source is
        in exactly one of them.
    """
    if source.metadata is not None:
        return (told_article(source, source.metadata, name),)
    starts = starts_of(source)
    ends = [*(start.block for start in starts[1:]), len(source.blocks)]
    return tuple(_article(source, start, end, name) for start, end in zip(starts, ends, strict=True))


def _article(source: Source, start: Start, end: int, name: str) -> Article:
    blocks = source.blocks[start.block : end]
    title = None if start.title is None else start.title - start.block
    texts = BlockTexts(source.text, blocks)
    if title is None:
        title = find_title(texts[:HEAD], [block.level == 1 for block in blocks[:HEAD]])
    heading = Heading("") if title is None else clean_title(texts[title])
    changes = read_structure(blocks, texts, title)
    if title is not None:
        changes[title] = Change(BlockKind.TITLE, heading.title if heading.title != texts[title] else None)
    text, tiles = _lay(source, blocks, changes)
    metadata = read_metadata(texts, title)
    shown = heading.title or _derived(texts) or name
    return Article(
        id=identify(shown, text),
        title=shown,
        text=text,
        blocks=tiles,
        title_derived=title is None,
        section=heading.section,
        source=heading.source or metadata.source,
        author=metadata.author,
        date=metadata.date,
        lang=language_of(text),
    )


def _derived(texts: Sequence[str]) -> str:
    lead = lead_of(texts)
    dateline = dateline_of(lead)
    return derive_title(lead[dateline.end() :] if dateline else lead)


def _lay(
    source: Source, blocks: Sequence[Block], changes: dict[int, Change]
) -> tuple[str, tuple[Block, ...]]:
    """Lay the blocks of an article one behind the other; unchanged, a text is not copied."""
    if len(blocks) == len(source.blocks) and not any(change.text for change in changes.values()):
        return source.text, _with_kinds(source.blocks, changes)
    texts: list[str] = []
    tiles: list[Block] = []
    begin = 0
    for index, block in enumerate(blocks):
        change = changes.get(index) or Change(block.kind)
        text = source.text[block.start : block.end] if change.text is None else change.text
        end = begin + len(text)
        tiles.append(
            block._replace(kind=change.kind, start=begin, end=end, time=change.time, author=change.author)
        )
        texts.append(text)
        begin = end + len(BLOCK_GAP)
    return BLOCK_GAP.join(texts), tuple(tiles)


def _with_kinds(blocks: tuple[Block, ...], changes: dict[int, Change]) -> tuple[Block, ...]:
    if not changes:
        return blocks
    tiles = list(blocks)
    for index, change in changes.items():
        tiles[index] = blocks[index]._replace(kind=change.kind, time=change.time, author=change.author)
    return tuple(tiles)
