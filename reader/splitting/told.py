"""A source that says itself what it is: one article, with the title and metadata it names.

What it leaves out is looked for in its text, as everywhere.
"""

from collections.abc import Sequence

from reader.folding import fold
from reader.markup import Metadata, is_unseen
from reader.model import BLOCK_GAP, Article, Block, BlockKind, Source
from reader.splitting.bylines import Byline, read_byline
from reader.splitting.identity import identify
from reader.splitting.language import language_of
from reader.splitting.metadata import read_metadata
from reader.splitting.names import without_office
from reader.splitting.texts import BlockTexts
from reader.splitting.titles import derive_title

WHOLE_DAY = len("2025-01-21")  # a year alone is that of a copyright line, and says little of a page


def told_article(source: Source, told: Metadata, name: str) -> Article:
    """Make the article of a source with metadata.

    Its title is a block of its own: the heading that says it, or one put before all others.
    """
    texts = [source.text[block.start : block.end] for block in source.blocks]
    title = told.title or next((t for t, b in zip(texts, source.blocks, strict=True) if b.level == 1), "")
    shown = title or derive_title(_first_seen(source.blocks, texts)) or name
    at = _heading(source.blocks, texts, title) if title else None
    text, blocks = _with_title(source, title, at)
    head = 0 if at is None and title else at
    found = read_metadata(BlockTexts(text, blocks), head)
    lang = told.lang or language_of(text)
    shows = _byline(blocks, BlockTexts(text, blocks), at, lang)
    return Article(
        id=identify(shown, text),
        title=shown,
        text=text,
        blocks=blocks,
        title_derived=not title,
        source=told.site or found.source,
        author=_author(told, shows) or found.author,
        date=told.date or shows.date or (found.date if len(found.date) == WHOLE_DAY else ""),
        lang=lang,
        url=told.url,
    )


def _author(told: Metadata, shows: Byline) -> str:
    """Return who wrote it; a site that names itself gives way to somebody it names."""
    says = "; ".join(map(without_office, filter(None, told.author.split("; "))))
    is_site = fold(told.author) == fold(told.site)
    return (shows.author or says) if is_site else (says or shows.author)


def _byline(blocks: Sequence[Block], texts: Sequence[str], title: int | None, lang: str) -> Byline:
    """Read the byline of a page; without a headline that is its title, the first heading stands for it."""
    first = next((at for at, b in enumerate(blocks) if b.level == 1 and b.kind is BlockKind.HEADING), None)
    return read_byline(blocks, texts, first if title is None else title, lang)


def _first_seen(blocks: Sequence[Block], texts: Sequence[str]) -> str:
    seen = (t for t, b in zip(texts, blocks, strict=True) if not is_unseen(b.markup))
    return next(seen, "")


def _heading(blocks: Sequence[Block], texts: Sequence[str], title: str) -> int | None:
    """Find the heading that says the title; of several the one of the highest level."""
    wanted = fold(title)
    same = [
        (block.level, at)
        for at, (block, text) in enumerate(zip(blocks, texts, strict=True))
        if block.kind is BlockKind.HEADING and fold(text) == wanted
    ]
    return min(same)[1] if same else None


def _with_title(source: Source, title: str, at: int | None) -> tuple[str, tuple[Block, ...]]:
    if not title:
        return source.text, source.blocks
    if at is not None:
        tile = source.blocks[at]._replace(kind=BlockKind.TITLE)
        return source.text, (*source.blocks[:at], tile, *source.blocks[at + 1 :])
    first = source.blocks[0] if source.blocks else None
    line = first.first_line if first else 1
    heading = Block(
        BlockKind.TITLE, 0, len(title), line, line, level=1, markup=first.markup if first else None
    )
    if first is None:
        return title, (heading,)
    shift = len(title) + len(BLOCK_GAP)
    moved = (block._replace(start=block.start + shift, end=block.end + shift) for block in source.blocks)
    return title + BLOCK_GAP + source.text, (heading, *moved)
