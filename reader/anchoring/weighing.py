"""How much speaks for a passage: its words, what stands around it, where it is."""

import math
from typing import NamedTuple

from reader.anchoring.aligning import Aligned, likeness
from reader.anchoring.folded import Folded
from reader.anchoring.seeding import shared

AROUND = 48  # characters compared with a context of 32: some may have been put in

# What follows was measured on some 20,000 edited texts (`benchmarks.anchoring editions`).
DEMANDS = (
    (24, 1.0, 0.0),
    (20, 0.9, 0.0),
    (16, 0.75, 0.5),
    (16, 0.5, 0.7),
    (12, 1.0, 0.45),
    (1, 1.0, 0.7),
    (4, 0.6, 0.75),
)
"""What is enough, by any row: so many characters, so like the quote, in a context so like its own. Contexts
that have nothing to do with each other are alike to 0.2 or 0.4."""
WITHOUT_CONTEXT = 0.8  # likeness to a quote that came without any context
FOREIGN = 0.5  # a context less like the stored one does not tell a passage from its likes
MARGIN = 0.1  # in rank: less between two passages in foreign contexts is no difference
WORDS = 3  # how much more the words count than their context, of one passage with several borders


class Quote(NamedTuple):
    """A target, folded."""

    before: str
    exact: str
    after: str


class Passage(NamedTuple):
    """A place in a folded text where the quote may be."""

    start: int
    end: int
    likeness: float
    """To the quote, in [0, 1]; 1 if verbatim, but for the folding."""
    context: float | None
    """Likeness of what stands around it, the mean of both sides; None if nothing is known."""
    distance: int
    """Code points from where the quote was; 0 if nobody knows."""

    @property
    def rank(self) -> float:
        """How good it is; in (0, 1]."""
        return self.likeness if self.context is None else (self.likeness + self.context) / 2


def weigh(here: Folded, quote: Quote, found: Aligned, near: int) -> Passage:
    """Tell how much speaks for a place; `near` is where the quote was, negative if nobody knows."""
    known = [side for side in sides(here.text, quote, found) if side is not None]
    return Passage(
        found.start,
        found.end,
        max(0.0, 1 - found.errors / len(quote.exact)) if found.end > found.start else 0.0,
        sum(known) / len(known) if known else None,
        distance(here, found.start, near),
    )


def sides(text: str, quote: Quote, found: Aligned) -> tuple[float | None, float | None]:
    """Tell how like its own the context of a place is, on each side; None where there was none."""
    before, after = around(text, found.start, found.end)
    return (
        _side(quote.before[::-1], before) if quote.before else None,
        _side(quote.after, after) if quote.after else None,
    )


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before a passage, read backwards, and what stands after it."""
    return text[max(0, start - AROUND) : start][::-1], text[end : end + AROUND]


def distance(here: Folded, start: int, near: int) -> int:
    """Return how many code points a place is from where the quote was; 0 if nobody knows."""
    return abs(here.places[start] - near) if near >= 0 and start < len(here.places) else 0


def best(passages: list[Passage], length: int) -> Passage | None:
    """Choose the passage that is the quote, if one is, and no other could be it as well."""
    likely = [passage for passage in passages if _is_enough(passage, length)]
    if not likely:
        return None
    first = max(likely, key=lambda passage: (round(passage.rank, 2), -passage.distance, -passage.start))
    rivals = [passage for passage in likely if passage.start >= first.end or passage.end <= first.start]
    is_foreign = first.context is not None and first.context < FOREIGN
    if is_foreign and any(rival.rank > first.rank - MARGIN for rival in rivals):
        return None
    same = (passage for passage in likely if passage not in rivals)
    return max(same, key=lambda passage: WORDS * passage.likeness + (passage.context or 0))


def _side(known: str, at_hand: str) -> float:
    """Tell how like its stored context one side of a passage is, in [0, 1], read away from the passage.

    At the end of a text only as much is asked for as there is. An unbroken run beside
    the passage says more than as many characters here and there.
    """
    known = known[: len(at_hand)]
    if not known:
        return 0.0
    return max(likeness(known, at_hand), math.sqrt(shared(known, at_hand) / len(known)))


def _is_enough(passage: Passage, length: int) -> bool:
    if passage.context is None:
        return passage.likeness >= WITHOUT_CONTEXT
    return any(
        length >= letters and passage.likeness >= words and passage.context >= context
        for letters, words, context in DEMANDS
    )
