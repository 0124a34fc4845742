"""Where a quote may be in a text that was edited: the places worth weighing."""

from bisect import bisect_left
from collections.abc import Iterator
from heapq import nlargest
from itertools import chain, product

from reader.anchoring.aligning import Aligned, align
from reader.anchoring.folded import Folded
from reader.anchoring.seeding import missing, occurrences, regions, shared
from reader.anchoring.weighing import FOREIGN, Passage, Quote, around, distance, sides, weigh

LONG = 512  # characters: a longer quote is looked for by its ends
END = 24  # characters of each end, at most
BREAKABLE = 32  # characters: a longer quote may have been parted
BREAK = 8  # errors that something put in between counts for, at most,
BREAK_EACH = 16  # and one more for so many of its characters
GAP = 1_000  # characters that may have been put in
MAX_HITS = 1_000  # verbatim ones; a word that has more says nothing
SHORTLIST = 8  # verbatim hits that are weighed
ROOM = 4  # characters around the place where the quote was: what was put in or dropped close by
TORN = 0.9  # likeness: a quote less like it may have been parted
WORN = 0.3  # errors for each character: with more, an end of a quote says nothing
SURE = 0.95  # in rank: nothing better is looked for


def passages(here: Folded, quote: Quote, near: int, *, widely: bool = True) -> Iterator[Passage]:
    """Yield the places where a quote may be; the verbatim ones, then the others if they may be better.

    Args:
        here: Where to look.
        quote: What is looked for.
        near: Where it was; negative if nobody knows.
        widely: Look for what it may have become in all of the text, not only where it was.
    """
    likest = 0.0
    anywhere = _aligned(here.text, quote) if widely else ()
    for found in chain(_verbatim(here, quote, near), _standing(here, quote, near), anywhere):
        passage = weigh(here, quote, found, near)
        yield passage
        if passage.rank >= SURE:
            return
        likest = max(likest, passage.likeness)
    if widely and len(quote.exact) >= BREAKABLE and (likest < TORN or len(quote.exact) > LONG):
        yield from (weigh(here, quote, found, near) for found in _parted(here.text, quote))


def _verbatim(here: Folded, quote: Quote, near: int) -> list[Aligned]:
    """Return where the folded quote stands, if often, then where its neighbours fit best."""
    hits = occurrences(here.text, quote.exact, MAX_HITS)

    def promise(start: int) -> tuple[int, int]:
        before, after = around(here.text, start, start + len(quote.exact))
        fit = shared(quote.before[::-1], before) + shared(quote.after, after)
        return fit, -distance(here, start, near)

    return [Aligned(start, start + len(quote.exact), 0) for start in nlargest(SHORTLIST, hits, promise)]


def _standing(here: Folded, quote: Quote, near: int) -> Iterator[Aligned]:
    """Yield what the quote has become where it was."""
    if near >= 0 and len(quote.exact) <= LONG:
        at = bisect_left(here.places, near)
        start, end = at - len(quote.before) - ROOM, at + len(quote.exact) + len(quote.after) + ROOM
        yield from _aligned_in(here.text, quote, (max(0, start), end))


def _aligned(text: str, quote: Quote) -> Iterator[Aligned]:
    """Yield what the quote has become in each region where its pieces crowd."""
    if len(quote.exact) <= LONG:
        for region in regions(text, "".join(quote)):
            yield from _aligned_in(text, quote, region)


def _aligned_in(text: str, quote: Quote, region: tuple[int, int]) -> Iterator[Aligned]:
    """Yield what the quote has become in a region; once more without a context that is not there."""
    start, end = region
    found = align(text[start:end], *quote)
    if found is None:
        return
    yield _shifted(found, start)
    before, after = sides(text[start:end], quote, found)
    kept = Quote(
        quote.before if (before or 0) >= FOREIGN else "",
        quote.exact,
        quote.after if (after or 0) >= FOREIGN else "",
    )
    if kept != quote and (found := align(text[start:end], *kept)):
        yield _shifted(found, start)


def _shifted(aligned: Aligned, by: int) -> Aligned:
    return aligned._replace(start=aligned.start + by, end=aligned.end + by)


def _parted(text: str, quote: Quote) -> Iterator[Aligned]:
    """Yield what the quote may have become if something was put into it, or if it is long: by its ends."""
    size = min(END, len(quote.exact) // 2)
    head = Quote(quote.before, quote.exact[:size], "")
    tail = Quote("", quote.exact[-size:], quote.after)
    middle = quote.exact[size:-size]
    for first, second in product(_aligned(text, head), _aligned(text, tail)):
        extra = second.start - first.end - len(middle)
        if max(first.errors, second.errors) < size * WORN and -len(middle) <= extra <= GAP + len(middle):
            lost = missing(text[first.end : second.start], middle)
            yield Aligned(first.start, second.end, first.errors + second.errors + lost + _gap_errors(extra))


def _gap_errors(extra: int) -> int:
    return min(abs(extra), BREAK + abs(extra) // BREAK_EACH)
