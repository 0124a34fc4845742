"""Find a passage again, or say that it is gone."""

from collections.abc import Iterable
from functools import cached_property

from reader.anchoring.folded import Folded, folded
from reader.anchoring.searching import passages
from reader.anchoring.seeding import excerpts
from reader.anchoring.weighing import Quote, best
from reader.model import Anchored, AnchorState, Target

WHOLE = 200_000  # code points, folded in 20 ms: of a longer text only what is worth a look is folded


class _Text:
    """A text in which many targets may be looked for: folded once, when the first one asks."""

    def __init__(self, text: str) -> None:
        self.text = text

    def folded_for(self, target: Target) -> Folded:
        """Return all of the text, or of a long one what may hold a target."""
        if len(self.text) <= WHOLE:
            return self._folded
        was = target.prefix, target.exact, target.suffix
        return folded(self.text, excerpts(self.text, was, target.start))

    @cached_property
    def _folded(self) -> Folded:
        return folded(self.text)


def locate(text: str, target: Target) -> Anchored | None:
    """Find where a target is in a text as it reads today.

    The stored position is trusted only if quote and context still stand there. Otherwise
    the whole is searched as it is, then folded, then with errors; what is found is
    ranked by its likeness to the quote, by context and by nearness, and must be like enough to be shown.

    Args:
        text: Canonical text of the article.
        target: Quote and position, in code points of the text as it was. A negative
            start means that the position is not known.

    Returns:
        The passage with a score in (0, 1], 1 meaning unchanged; None if it is not
        there, or cannot be told from its likes.
    """
    return _locate(_Text(text), target)


def locate_all(text: str, targets: Iterable[Target]) -> tuple[Anchored | None, ...]:
    """Do as `locate` for many targets of one text, in their order, folding it at most once."""
    shared = _Text(text)
    return tuple(_locate(shared, target) for target in targets)


def _locate(text: _Text, target: Target) -> Anchored | None:
    if not target.exact:
        return None
    return _unchanged(text.text, target) or _moved(text.text, target) or _edited(text, target)


def _unchanged(text: str, target: Target) -> Anchored | None:
    start, end = target.start, target.start + len(target.exact)
    stands = (
        start >= 0
        and text.startswith(target.exact, start)
        and text.startswith(target.suffix, end)
        and text[max(0, start - len(target.prefix)) : start] == target.prefix
    )
    return Anchored(start, end, 1.0, AnchorState.EXACT) if stands else None


def _moved(text: str, target: Target) -> Anchored | None:
    """Find the quote with all of its context, nearest to where it was."""
    if not (target.prefix or target.suffix):
        return None
    whole = target.prefix + target.exact + target.suffix
    at = max(0, target.start - len(target.prefix))
    places = text.find(whole, at), text.rfind(whole, 0, at + len(whole))
    found = [place for place in places if place >= 0]
    if not found:
        return None
    start = min(found, key=lambda place: abs(place - at)) + len(target.prefix)
    return Anchored(start, start + len(target.exact), 1.0, AnchorState.MOVED)


def _edited(text: _Text, target: Target) -> Anchored | None:
    """Find the quote or its like by what stands around it today."""
    here = text.folded_for(target)
    quote = Quote(*(folded(part).text for part in (target.prefix, target.exact, target.suffix)))
    if not quote.exact:
        return None
    found = best(list(passages(here, quote, target.start)), len(quote.exact))
    if found is None:
        return None
    start, end = _with_blanks(text.text, target.exact, *here.unfold(found.start, found.end, text.text))
    is_same = text.text[start:end] == target.exact
    return Anchored(start, end, found.rank, AnchorState.MOVED if is_same else AnchorState.APPROXIMATE)


def _with_blanks(text: str, exact: str, start: int, end: int) -> tuple[int, int]:
    """Return a passage with the white space at its ends that folding took away, if it is still there."""
    first = start - (len(exact) - len(exact.lstrip()))
    last = first + len(exact)
    return (first, last) if first >= 0 and text[first:last] == exact else (start, end)
