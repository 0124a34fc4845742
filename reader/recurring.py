"""Blocks that stand in most articles of one source: what the library itself tells of furniture. Pure.

What is asked of each block stands in its trace: a number for its words, and how many they are. Nothing of the
cleaning is needed, so that an article opens without loading its rules.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.model import Category, Ledger, Reason, Trace

RULE = "recurring.block"
LEAST_ARTICLES = 3
MOST = 0.5  # share of a source's articles that more than so many must hold a fragment
PROSE_WORDS = 12  # from so many on it may be a sentence of background that a newsroom repeats
PROSE_ARTICLES = 8
NEAR_ALL = 0.9  # share of the articles that must hold such a sentence
VERSION = 0.5  # share of an article's words; of what recurs more, others are versions, not neighbours


class Seen(NamedTuple):
    """In how many articles of a source a block stands, and of how many."""

    articles: int
    of: int


def recurring(articles: Sequence[Sequence[Trace]]) -> dict[int, Seen]:
    """Find what recurs among the articles of one source.

    Versions of one story share most of what they say: they are left out of the count. What mostly stands
    above a text of the article's own is a heading, and no furniture: on labelled pages six of ten short lines
    of the article do that, and of the furniture that no rule hides two of ten.

    Returns:
        Of each key that recurs, in how many articles of how many.
    """
    twice = {key for key, count in _counts(articles).items() if count > 1}
    apart = [one for one in articles if not _is_version(one, twice)]
    often = _often(apart)
    heading = Counter(key for one in apart for key in set(_headings(one, often)))
    return {key: Seen(count, len(apart)) for key, count in often.items() if heading[key] <= MOST * count}


def _counts(articles: Sequence[Sequence[Trace]]) -> Counter[int]:
    return Counter(key for one in articles for key in {trace.key for trace in one if trace.key})


def _headings(one: Sequence[Trace], often: Container[int]) -> Iterator[int]:
    """Yield what stands right above a longer block that does not recur."""
    for trace, below in pairwise(one):
        if below.words > trace.words and below.key not in often:
            yield trace.key


def _often(articles: Sequence[Sequence[Trace]]) -> dict[int, int]:
    words = {trace.key: trace.words for one in articles for trace in one}
    counts = _counts(articles).items()
    return {key: count for key, count in counts if _is_often(count, len(articles), words[key])}


def _is_often(count: int, everything: int, words: int) -> bool:
    if words >= PROSE_WORDS:
        return count >= PROSE_ARTICLES and count >= NEAR_ALL * everything
    return count >= LEAST_ARTICLES and count > MOST * everything


def _is_version(one: Sequence[Trace], shared_keys: Container[int]) -> bool:
    shared = sum(trace.words for trace in one if trace.key in shared_keys)
    return shared > VERSION * sum(trace.words for trace in one)


def apply_recurring(ledger: Ledger, found: Sequence[Trace], seen: Mapping[int, Seen]) -> Ledger:
    """Hide what recurs, unless that would be most of the article.

    Args:
        ledger: The verdicts by the rules.
        found: What is remembered of each block.
        seen: What recurs in the sources of the article.
    """
    if len(found) != len(ledger.verdicts) or _is_version(found, seen):
        return ledger
    pairs = zip(ledger.verdicts, found, strict=True)
    verdicts = tuple(reason or _reason(seen.get(trace.key)) for reason, trace in pairs)
    return Ledger(verdicts, ledger.note) if verdicts != ledger.verdicts else ledger


def _reason(seen: Seen | None) -> Reason | None:
    if seen is None:
        return None
    return Reason(RULE, Category.RECURRING, f"in {seen.articles} of {seen.of} articles of this source")
