"""The phrase that is looked for in the open article, its hits, and the one that is reached."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from reader.finding import MAX_HITS, NO_HITS, Hits, hits_of
from reader.layout import end_of_words
from reader.model import Article, BlockKind, Ledger


class Finder:
    """A phrase and its hits in one article."""

    def __init__(self) -> None:
        self.phrase = ""
        self.hits: Hits = NO_HITS
        self.here = -1
        """Number of the hit that is reached, -1 if there is none."""
        self.folded = 0
        """Hits in blocks that are folded away; they are not among `hits`."""

    def find(self, article: Article, ledger: Ledger, phrase: str, *, reveal: bool) -> None:
        """Find a phrase; no hit is reached yet."""
        self.phrase, self.here = phrase, -1
        found = hits_of(article.text, phrase).outside(_sections(article)) if phrase else NO_HITS
        hidden = () if reveal else _hidden_spans(article, ledger)
        self.hits = found.outside(hidden)
        self.folded = len(found.starts) - len(self.hits.starts)

    def mark(self, words: str, spans: Iterable[tuple[int, int]]) -> None:
        """Take what was found elsewhere for the hits; none of them is reached yet.

        Args:
            words: What was looked for, as it was typed.
            spans: Where it stands, in order, no two overlapping.
        """
        self.clear()
        self.phrase, self.hits = words, Hits(array("I"), array("I"))
        for start, end in spans:
            self.hits.starts.append(start)
            self.hits.ends.append(end)

    def clear(self) -> None:
        """Look for nothing."""
        self.phrase, self.hits, self.here, self.folded = "", NO_HITS, -1, 0

    def reach(self, offset: int) -> tuple[int, int] | None:
        """Go to the first hit from an offset on, else to the first of all; its span, None without hits."""
        return self._go(bisect_left(self.hits.starts, offset))

    def step(self, step: int) -> tuple[int, int] | None:
        """Go to the next hit, or one before; from the last to the first. Returns its span."""
        return self._go(self.here + step)

    def count(self) -> str:
        """Say which hit of how many is reached: "3 of 17"."""
        total = len(self.hits.starts)
        many = f"{total:,}{'+' if total + self.folded >= MAX_HITS else ''}"
        words = f"{self.here + 1:,} of {many}" if total else "not found"
        return f"{words} · {self.folded:,} in hidden blocks" if self.folded else words

    def _go(self, number: int) -> tuple[int, int] | None:
        total = len(self.hits.starts)
        if not total:
            return None
        self.here = number % total
        return self.hits.span(self.here)


def _sections(article: Article) -> Iterator[tuple[int, int]]:
    """Yield what no page shows: the section behind a title. It stands below, with author and date."""
    for block in article.blocks:
        if block.kind is BlockKind.TITLE and (end := end_of_words(article, block)) < block.end:
            yield end, block.end


def _hidden_spans(article: Article, ledger: Ledger) -> tuple[tuple[int, int], ...]:
    return tuple(
        (block.start, block.end)
        for block, reason in zip(article.blocks, ledger.verdicts, strict=True)
        if reason is not None
    )
