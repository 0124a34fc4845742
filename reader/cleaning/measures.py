"""What can be seen in one block: its words, how many they are, how it begins and ends.

All stages of the cascade read these `Line`s, so that each block is taken apart once.
"""

import re
from typing import NamedTuple

from reader.model import Article, Block, BlockKind
from reader.reading_time import IDEOGRAPHS_PER_WORD

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+(?:'[^\W_{_IDEOGRAPH}]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")  # of lower-case text; a third of the time of `_WORD`
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]")
_DIGITS = re.compile(r"\d")
NUMBER = "#"  # stands for any number among the words of a line


class Line(NamedTuple):
    """A block as the rules see it."""

    text: str
    kind: BlockKind
    word_count: int
    """Words; Chinese and Japanese characters count as parts of words."""
    words: tuple[str, ...]
    """Lower-case words in order, numbers as `NUMBER`; empty if the block is longer than asked for."""
    key: str
    """The words between single spaces, a space before and behind: two blocks that differ only in
    case, punctuation and numbers have the same key."""
    blanks_before: int
    marker: str
    at: int
    """Which block of the article it is."""


def lines_of(article: Article, longest: int) -> tuple[Line, ...]:
    """Take the blocks of an article apart.

    Args:
        article: The article.
        longest: Blocks of more words are counted but not taken apart: no rule can hide them.
    """
    return tuple(_line(article, block, at, longest) for at, block in enumerate(article.blocks))


def places_of(article: Article) -> frozenset[str]:
    """Return what a rule may call the origin of an article: file, folders, publisher, host, in lower case."""
    parts = article.path.lower().strip("/").split("/")
    paths = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    host = article.url.partition("://")[2].partition("/")[0]
    return frozenset((*parts, *paths, article.source.lower(), host.lower())) - {""}


def _line(article: Article, block: Block, at: int, longest: int) -> Line:
    text = article.text_of(block)
    word_count = len(text.split())
    words: tuple[str, ...] = ()
    key = ""
    if word_count <= longest:
        words = words_of(text)
        word_count, key = _count(text, words), f" {' '.join(words)} "
    return Line(text, block.kind, word_count, words, key, block.blanks_before, block.marker, at)


def words_of(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text, numbers as `NUMBER`."""
    plain = text.lower()
    words = _ASCII_WORD.findall(plain) if text.isascii() else _WORD.findall(plain.replace("’", "'"))
    if _DIGITS.search(plain):
        return tuple([NUMBER if word.isdigit() else word for word in words])
    return tuple(words)


def _count(text: str, words: tuple[str, ...]) -> int:
    if text.isascii():
        return len(words)
    ideographs = len(_IDEOGRAPHS.findall(text))
    return len(words) - ideographs + round(ideographs / IDEOGRAPHS_PER_WORD)
