"""What can be seen in one block: its words, how many they are, how it begins and ends.

All stages of the cascade read these `Line`s, so that each block is taken apart once.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import filterfalse
from typing import NamedTuple

from reader.cleaning.wording import Spelt, by_alphabet, pieces_of, signs_of_each, spelt, words_of_each
from reader.model import Article, BlockKind


class Line(NamedTuple):
    """A block as the rules see it."""

    text: str
    kind: BlockKind
    blanks_before: int
    marker: str
    at: int
    """Which block of the article it is."""
    first: int
    """The first block that says the same, letter for letter; itself if none does before it."""
    word_count: int
    """Words; Chinese and Japanese characters count as parts of words."""
    words: tuple[str, ...]
    """Lower-case words in order, numbers as `NUMBER`; empty if the block is longer than asked for."""
    key: str
    """The words between single spaces, a space before and behind: two blocks that differ only in
    case, punctuation and numbers have the same key."""
    rare: tuple[str, ...]
    """Those of its words that are none of the commonest."""
    signs: str
    """Those of `SIGNS` that it has, in order."""
    pieces: int
    """What stands between spaces, if it was taken apart."""
    capitals: int
    """Pieces that begin with a capital letter."""


_Shown = tuple[int, tuple[str, ...], str, tuple[str, ...], str, int, int]
"""What a text shows, whatever block it stands in: the last fields of a `Line`."""


@cache
def common_words() -> frozenset[str]:
    """Return the commonest words of eight languages: running text is full of them, menus are not."""
    words = resources.files("reader.cleaning") / "rules" / "common_words.txt"
    return frozenset(words.read_text("utf-8").split())


def lines_of(article: Article, longest: int) -> tuple[Line, ...]:
    """Take the blocks of an article apart; of a page as it is, one of six says what was said before.

    Args:
        article: The article.
        longest: Blocks of more words are counted but not taken apart: no rule can hide them.
    """
    texts = [article.text[block.start : block.end] for block in article.blocks]
    first_by_text: dict[str, int] = {}
    firsts = list(map(first_by_text.setdefault, texts, range(len(texts))))
    shown = _shown(tuple(first_by_text), longest)
    placed = enumerate(zip(texts, article.blocks, firsts, strict=True))
    return tuple(
        [
            Line._make((text, block.kind, block.blanks_before, block.marker, at, first) + shown[text])
            for at, (text, block, first) in placed
        ]
    )


def _shown(texts: Sequence[str], longest: int) -> dict[str, _Shown]:
    """Return by text what it shows."""
    shown: dict[str, _Shown] = {}
    is_common = common_words().__contains__
    for some in by_alphabet(texts):
        pieces, capitals = pieces_of(some)
        long = [(text, many) for text, many in zip(some.texts, pieces, strict=True) if many > longest]
        short = _without(frozenset(text for text, _ in long), some) if long else some
        words, counts = words_of_each(short)
        keys = [f" {' '.join(those)} " for those in words]
        rare = [tuple(filterfalse(is_common, those)) for those in words]
        fields = zip(counts, words, keys, rare, signs_of_each(short), pieces, capitals, strict=True)
        shown.update(zip(some.texts, fields, strict=True))
        shown.update((text, (many, (), "", (), "", 0, 0)) for text, many in long)
    return shown


def _without(left_out: frozenset[str], some: Spelt) -> Spelt:
    """Leave out what some texts say, but not their places."""
    return spelt(["" if text in left_out else text for text in some.texts], some.alphabet)


def places_of(article: Article) -> frozenset[str]:
    """Return what a rule may call the origin of an article: file, folders, publisher, host, in lower case."""
    parts = article.path.lower().strip("/").split("/")
    paths = ("/".join(parts[:length]) for length in range(1, len(parts) + 1))
    host = article.url.partition("://")[2].partition("/")[0]
    return frozenset((*parts, *paths, article.source.lower(), host.lower())) - {""}
