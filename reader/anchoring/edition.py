"""A text as it reads today, in which quotes are looked for that no longer stand as they stood."""

from functools import cached_property

from reader.anchoring.folded import Folded, folded
from reader.anchoring.searching import passages
from reader.anchoring.seeding import excerpts
from reader.anchoring.weighing import Quote, best
from reader.passages import Anchored, AnchorState, Target

WHOLE = 200_000  # code points, folded in 20 ms: of a longer text only what is worth a look is folded
PATIENCE = 8_000_000  # code points that are searched in vain, which takes 1 s,
TRIES = 20  # but at least so many quotes, however long the text is


class Edition:
    """A text that may be another than the quotes were taken from.

    It is folded at most once. When many quotes were not found in it, it is probably another
    text altogether; from then on quotes are looked for only word for word, and where they were.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._tries = max(TRIES, PATIENCE // max(1, len(text)))

    def find(self, target: Target) -> Anchored | None:
        """Find a quote, or its like, by what stands around it today; None as `locate`."""
        quote = Quote(*(folded(part).text for part in (target.prefix, target.exact, target.suffix)))
        if not quote.exact:
            return None
        here = self._folded_for(target)
        found = best(list(passages(here, quote, target.start, widely=self._is_patient)), len(quote.exact))
        if found is None:
            self._tries -= 1
            return None
        start, end = _with_blanks(self._text, target.exact, *here.unfold(found.start, found.end, self._text))
        is_same = self._text[start:end] == target.exact
        return Anchored(start, end, found.rank, AnchorState.MOVED if is_same else AnchorState.APPROXIMATE)

    @property
    def _is_patient(self) -> bool:
        return self._tries > 0

    def _folded_for(self, target: Target) -> Folded:
        """Return all of the text, or of a long one what may hold a target."""
        if len(self._text) <= WHOLE:
            return self._folded
        was = target.prefix, target.exact, target.suffix
        return folded(self._text, excerpts(self._text, was, target.start, widely=self._is_patient))

    @cached_property
    def _folded(self) -> Folded:
        return folded(self._text)


def _with_blanks(text: str, exact: str, start: int, end: int) -> tuple[int, int]:
    """Return a passage with the white space at its ends that folding took away, if it is still there."""
    first = start - (len(exact) - len(exact.lstrip()))
    last = first + len(exact)
    return (first, last) if first >= 0 and text[first:last] == exact else (start, end)
