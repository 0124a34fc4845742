"""What can be seen in one block: its words, how many they are, how it begins and ends.

All stages of the cascade read these `Line`s, so that each block is taken apart once.
"""

import re
from functools import cache
from importlib import resources
from itertools import filterfalse
from typing import NamedTuple

from reader.model import Article, Block, BlockKind
from reader.reading_time import IDEOGRAPHS_PER_WORD

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]")
_MIXED_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+(?:'[^\W_{_IDEOGRAPH}]+)*")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BARE_WORD = re.compile(r"\w+")  # of text that has neither ideographs nor "'" nor "_"; half of the time
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:'[a-z0-9]+)*")
_DIGITS = re.compile(r"\d")
# ASCII is looked at as bytes, which takes a third of the time: each byte becomes what it is to a measure.
_BYTES = bytes(range(256))
_LOWER = bytes(byte if bytes([byte]).isalnum() else 32 for byte in _BYTES.lower())
_SHAPE = bytes(32 if chr(byte).isspace() else 65 if bytes([byte]).isupper() else 97 for byte in _BYTES)
_NO_DIGITS = bytes(byte for byte in _BYTES if not bytes([byte]).isdigit())
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
    rare: tuple[str, ...] = ()
    """Those of its words that are not `common_words`."""
    pieces: int = 0
    """What stands between spaces, if it was taken apart."""
    capitals: int = 0
    """Pieces that begin with a capital letter."""


@cache
def common_words() -> frozenset[str]:
    """Return the commonest words of eight languages: running text is full of them, menus are not."""
    words = resources.files("reader.cleaning") / "rules" / "common_words.txt"
    return frozenset(words.read_text("utf-8").split())


def lines_of(article: Article, longest: int) -> tuple[Line, ...]:
    """Take the blocks of an article apart.

    Args:
        article: The article.
        longest: Blocks of more words are counted but not taken apart: no rule can hide them.
    """
    return tuple([_line(article, block, at, longest) for at, block in enumerate(article.blocks)])


def places_of(article: Article) -> frozenset[str]:
    """Return what a rule may call the origin of an article: file, folders, publisher, host, in lower case."""
    parts = article.path.lower().strip("/").split("/")
    paths = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    host = article.url.partition("://")[2].partition("/")[0]
    return frozenset((*parts, *paths, article.source.lower(), host.lower())) - {""}


def _line(article: Article, block: Block, at: int, longest: int) -> Line:
    text = article.text_of(block)
    pieces, capitals = _pieces(text)
    if pieces > longest:
        return Line(text, block.kind, pieces, (), "", block.blanks_before, block.marker, at)
    words = words_of(text)
    return Line(
        text,
        block.kind,
        _count(text, words),
        words,
        f" {' '.join(words)} ",
        block.blanks_before,
        block.marker,
        at,
        tuple(filterfalse(common_words().__contains__, words)),
        pieces,
        capitals,
    )


def _pieces(text: str) -> tuple[int, int]:
    """Count what stands between spaces, and what of it begins with a capital letter."""
    if text.isascii():
        shape = b" " + text.encode().translate(_SHAPE)
        capitals = shape.count(b" A")
        return capitals + shape.count(b" a"), capitals
    pieces = text.split()
    return len(pieces), sum(map(str.isupper, [piece[0] for piece in pieces]))


def words_of(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text, numbers as `NUMBER`."""
    if text.isascii() and "'" not in text:
        letters = text.encode()
        words = letters.translate(_LOWER).decode().split()
        has_digits: object = letters.translate(None, _NO_DIGITS)
    else:
        plain = text.lower().replace("’", "'")
        words = _pattern(plain).findall(plain)
        has_digits = _DIGITS.search(plain)
    return tuple([NUMBER if word.isdigit() else word for word in words] if has_digits else words)


def _pattern(plain: str) -> re.Pattern[str]:
    """Choose what finds the words of a text; all find the same, but the simple ones sooner."""
    if plain.isascii():
        return _ASCII_WORD
    if _IDEOGRAPHS.search(plain):
        return _MIXED_WORD
    return _WORD if "'" in plain or "_" in plain else _BARE_WORD


def _count(text: str, words: tuple[str, ...]) -> int:
    if text.isascii():
        return len(words)
    ideographs = len(_IDEOGRAPHS.findall(text))
    return len(words) - ideographs + round(ideographs / IDEOGRAPHS_PER_WORD)
