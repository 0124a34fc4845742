"""What can be seen in one block: its words, how many they are, how it begins and ends.

All stages of the cascade read these `Line`s, so that each block is taken apart once.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from reader.model import Article, Block, BlockKind
from reader.reading_time import IDEOGRAPHS_PER_WORD

_FIRST_IDEOGRAPH = "\u3040"
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]")
_MIXED_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+(?:'[^\W_{_IDEOGRAPH}]+)*")
_BARE_WORD = re.compile(r"\w+")  # of text that has neither ideographs nor "'" nor "_"; half of the time
_LOOSE = re.compile(r"'(?:(?![^\W_])|(?<![^\W_]'))")  # not between two letters
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
    first: int
    """The first block that says the same, letter for letter; itself if none does before it."""
    distinct: tuple[str, ...] = ()
    """Its words, each of them once."""
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
    lines: list[Line] = []
    first_by_text: dict[str, int] = {}
    for at, block in enumerate(article.blocks):
        text = article.text_of(block)
        first = first_by_text.setdefault(text, at)
        if first == at:
            lines.append(_line(text, block, at, longest))
            continue
        line = lines[first]  # of a page as it is, one of six lines was there before: menus stand twice
        lines.append(
            line._replace(kind=block.kind, blanks_before=block.blanks_before, marker=block.marker, at=at)
        )
    return tuple(lines)


def places_of(article: Article) -> frozenset[str]:
    """Return what a rule may call the origin of an article: file, folders, publisher, host, in lower case."""
    parts = article.path.lower().strip("/").split("/")
    paths = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    host = article.url.partition("://")[2].partition("/")[0]
    return frozenset((*parts, *paths, article.source.lower(), host.lower())) - {""}


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """A code page: each letter is a byte, so that tables look at all of a text at once.

    That takes half of the time of an expression, and finds the same words.
    """

    code_page: str
    words: bytes
    """By code its lower case, and a space for what belongs to no word."""
    shapes: bytes
    """By code a space, "A" for a capital letter, and "a" for all else."""
    others: bytes
    """The codes that are no digits."""


_Spelling = tuple[_Alphabet, bytes]
"""A text in the codes of an alphabet that has all its characters."""


@cache
def _alphabet(code_page: str) -> _Alphabet:
    letters = bytes(range(256)).decode(code_page, "replace")
    words = [letter.lower() if letter.isalnum() else "'" if letter in "'’" else " " for letter in letters]
    shapes = [" " if letter.isspace() else "A" if letter.isupper() else "a" for letter in letters]
    others = [code for code, letter in enumerate(letters) if not letter.isdecimal()]
    return _Alphabet(code_page, "".join(words).encode(code_page), "".join(shapes).encode(), bytes(others))


def _spelt(text: str) -> _Spelling | None:
    """Spell a text in ASCII or, as most of the West can be, in the code page of its letters and quotes."""
    if text.isascii():
        return _alphabet("ascii"), text.encode()
    codes = text.encode("cp1252", "ignore")
    return (_alphabet("cp1252"), codes) if len(codes) == len(text) else None


def _line(text: str, block: Block, at: int, longest: int) -> Line:
    spelling = _spelt(text)
    pieces, capitals = _pieces(text, spelling)
    if pieces > longest:
        return Line(text, block.kind, pieces, (), "", block.blanks_before, block.marker, at, at)
    words = _words(text, spelling)
    return Line(
        text,
        block.kind,
        len(words) if spelling else _count(text, words),
        words,
        f" {' '.join(words)} ",
        block.blanks_before,
        block.marker,
        at,
        at,
        tuple(dict.fromkeys(words)),
        pieces,
        capitals,
    )


def _pieces(text: str, spelling: _Spelling | None) -> tuple[int, int]:
    """Count what stands between spaces, and what of it begins with a capital letter."""
    if spelling:
        alphabet, codes = spelling
        shape = b" " + codes.translate(alphabet.shapes)
        capitals = shape.count(b" A")
        return capitals + shape.count(b" a"), capitals
    pieces = text.split()
    return len(pieces), sum(map(str.isupper, [piece[0] for piece in pieces]))


def words_of(text: str) -> tuple[str, ...]:
    """Return the lower-case words of a text, numbers as `NUMBER`."""
    return _words(text, _spelt(text))


def _words(text: str, spelling: _Spelling | None) -> tuple[str, ...]:
    if spelling:
        alphabet, codes = spelling
        plain = codes.translate(alphabet.words).decode(alphabet.code_page)
        words = (_LOOSE.sub(" ", plain) if "'" in plain else plain).split()
        has_digits: object = codes.translate(None, alphabet.others)
    else:
        plain = text.lower().replace("’", "'")
        words = _pattern(plain).findall(plain)
        has_digits = _DIGITS.search(plain)
    return tuple([NUMBER if word.isdigit() else word for word in words] if has_digits else words)


def _pattern(plain: str) -> re.Pattern[str]:
    """Choose what finds the words of a text; both find the same, but the simple one sooner."""
    if "'" in plain or "_" in plain or _IDEOGRAPHS.search(plain):
        return _MIXED_WORD
    return _BARE_WORD


def _count(text: str, words: tuple[str, ...]) -> int:
    """Count words, and of ideographs so many as are read in the time of one."""
    if not words or max(words) < _FIRST_IDEOGRAPH:
        return len(words)
    ideographs = len(_IDEOGRAPHS.findall(text))
    return len(words) - ideographs + round(ideographs / IDEOGRAPHS_PER_WORD)
