"""What is remembered of each block of an article, to find it again in others of its source. Pure.

It is a number, not its words: two blocks that differ in case, spaces and digits only have the same one.
What a number of articles have in common, `reader.recurring` says.
"""

import re
from hashlib import blake2b

from reader.cleaning.judging import fitting
from reader.cleaning.phrases import Action
from reader.cleaning.rules import MAX_WORDS, RuleSet
from reader.model import Article, Block, BlockKind, Trace
from reader.reading_time import count_words

LEAST_WORDS = 4  # a shorter block may be a heading that all articles have: "What we know"
_KEY_BYTES = 6  # chance makes two of a million blocks alike once in five hundred libraries
_DIGITS = re.compile("[0-9]+")
_SETTLED = frozenset(
    {
        BlockKind.TITLE,
        BlockKind.BYLINE,
        BlockKind.LIVE_ENTRY,
        BlockKind.CODE,
        BlockKind.ROW,
    }
)


def traces(article: Article, rules: RuleSet) -> tuple[Trace, ...]:
    """Return what is remembered of each block; of one that may recur rightly, a key of 0.

    Args:
        article: The article.
        rules: What one of them keeps, recurs rightly.
    """
    keeping = [rule for rule in rules.rules if rule.action is Action.KEEP]
    kept = frozenset(fitting(article, *keeping) if keeping else ())
    return tuple(
        Trace(0 if at in kept or _is_settled(block) else _key(text), count_words(text))
        for at, block in enumerate(article.blocks)
        for text in (article.text_of(block),)
    )


def _is_settled(block: Block) -> bool:
    """Tell whether a source says what a block is; plain text calls any short line a heading."""
    return block.kind in _SETTLED or (block.kind is BlockKind.HEADING and block.level > 0)


def _key(text: str) -> int:
    plain = " ".join(_DIGITS.sub("", text.lower()).split())
    if not LEAST_WORDS <= count_words(plain) <= MAX_WORDS:
        return 0
    return int.from_bytes(blake2b(plain.encode("utf-8", "replace"), digest_size=_KEY_BYTES).digest())
