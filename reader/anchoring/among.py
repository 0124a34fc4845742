"""Which of several texts a quote stands in: those that one source was cut into."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reader.anchoring.locating import locate_all
from reader.model import BLOCK_GAP
from reader.passages import Anchored, Target

ENOUGH = 0.75  # score: the words alone are not enough, another article may well quote them
CLEAR = 0.1  # in score: less between two passages is no difference
_UNKNOWN = -1  # a place that says nothing, since it counts from the beginning of another text
_COVER = "\n"  # stands where a passage was found while others that could be it are looked for


def locate_among(texts: Sequence[str], targets: Sequence[Target]) -> tuple[tuple[int, Anchored] | None, ...]:
    """Find which of some texts each target stands in, and where.

    The stored positions say nothing: they count from the beginning of a text that is gone.
    So a passage that stands twice, in one text or in two, is not found.

    Args:
        texts: Canonical texts of the articles of one source, in their order.
        targets: What is looked for.

    Returns:
        For each target the number of the text, and the passage in it; None as `locate`.
    """
    whole = BLOCK_GAP.join(texts)
    wanted = [replace(target, start=_UNKNOWN, end=_UNKNOWN) for target in targets]
    found = locate_all(whole, wanted)
    covered = _covered(whole, [one for one in found if one])
    hopeful = [target for target, one in zip(wanted, found, strict=True) if one]
    rivals = iter(locate_all(covered, hopeful))
    return tuple(_within(texts, one) if one and _is_clear(one, next(rivals)) else None for one in found)


def _covered(whole: str, found: Sequence[Anchored]) -> str:
    """Return a text without the passages that were found in it; the others stay where they are."""
    for one in found:
        whole = whole[: one.start] + _COVER * (one.end - one.start) + whole[one.end :]
    return whole


def _is_clear(one: Anchored, rival: Anchored | None) -> bool:
    return one.score >= ENOUGH and (rival is None or rival.score < one.score - CLEAR)


def _within(texts: Sequence[str], found: Anchored) -> tuple[int, Anchored] | None:
    """Say a passage of the joined texts as one of a single text; None if it lies in no single one."""
    starts = accumulate((len(text) + len(BLOCK_GAP) for text in texts), initial=0)
    for number, (start, text) in enumerate(zip(starts, texts, strict=False)):
        if start <= found.start and found.end <= start + len(text):
            return number, replace(found, start=found.start - start, end=found.end - start)
    return None
