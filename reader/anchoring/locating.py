"""Find a passage again, or say that it is gone."""

from collections.abc import Iterable

from reader.passages import Anchored, AnchorState, Target


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
    return locate_all(text, (target,))[0]


def locate_all(text: str, targets: Iterable[Target]) -> tuple[Anchored | None, ...]:
    """Do as `locate` for many targets of one text, in their order, folding it at most once.

    When many are gone, the rest is looked for less widely: 2,000 quotes of another text
    are given up in 2 s.
    """
    wanted = tuple(targets)
    found = [_unchanged(text, target) or _moved(text, target) for target in wanted]
    if None in found:
        from reader.anchoring.edition import Edition  # noqa: PLC0415 - most texts are as they were

        edition = Edition(text)
        found = [known or edition.find(target) for known, target in zip(found, wanted, strict=True)]
    return tuple(found)


def _unchanged(text: str, target: Target) -> Anchored | None:
    start, end = target.start, target.start + len(target.exact)
    stands = (
        target.exact
        and start >= 0
        and text.startswith(target.exact, start)
        and text.startswith(target.suffix, end)
        and text[max(0, start - len(target.prefix)) : start] == target.prefix
    )
    return Anchored(start, end, 1.0, AnchorState.EXACT) if stands else None


def _moved(text: str, target: Target) -> Anchored | None:
    """Find the quote with all of its context, nearest to where it was."""
    if not (target.exact and (target.prefix or target.suffix)):
        return None
    whole = target.prefix + target.exact + target.suffix
    at = max(0, target.start - len(target.prefix))
    places = text.find(whole, at), text.rfind(whole, 0, at + len(whole))
    found = [place for place in places if place >= 0]
    if not found:
        return None
    start = min(found, key=lambda place: abs(place - at)) + len(target.prefix)
    return Anchored(start, start + len(target.exact), 1.0, AnchorState.MOVED)
