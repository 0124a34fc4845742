"""What is different between two versions of a text: paragraphs that went, came, or were changed. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

ALIKE = 0.5  # of two paragraphs that are one, edited; below, one went and another came
PAIRS = 10_000  # of paragraphs that are compared with each other: half a second; beyond, none is an edit
LONG = 2_000  # code points of a paragraph that is compared by its words' beginnings alone


@dataclass(frozen=True, slots=True)
class Difference:
    """One paragraph that is not as it was."""

    before: str
    """"" if it is new."""
    after: str
    """"" if it is gone."""


def differences(before: Sequence[str], after: Sequence[str]) -> tuple[Difference, ...]:
    """Compare two texts paragraph by paragraph, in the order of the newer one."""
    matcher = SequenceMatcher(None, before, after)
    found: list[Difference] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(before[first:last], after[start:end])
    return tuple(found)


def _paired(olds: Sequence[str], news: Sequence[str]) -> Iterator[Difference]:
    """Put each new paragraph beside the first old one that it is an edit of; order is kept."""
    if len(olds) * len(news) > PAIRS:
        yield from (Difference(old, "") for old in olds)
        yield from (Difference("", new) for new in news)
        return
    at = 0
    for new in news:
        match = next((place for place in range(at, len(olds)) if _is_edit(olds[place], new)), None)
        if match is None:
            yield Difference("", new)
            continue
        yield from (Difference(old, "") for old in olds[at:match])
        yield Difference(olds[match], new)
        at = match + 1
    yield from (Difference(old, "") for old in olds[at:])


def _is_edit(old: str, new: str) -> bool:
    words = SequenceMatcher(None, old[:LONG].split(), new[:LONG].split(), autojunk=False)
    return words.quick_ratio() >= ALIKE and words.ratio() >= ALIKE


def counted(found: Sequence[Difference]) -> str:
    """Say how much is different: "2 paragraphs changed, 1 new"; "" if nothing is."""
    changed = sum(bool(one.before and one.after) for one in found)
    came, went = sum(not one.before for one in found), sum(not one.after for one in found)
    told = ((changed, "changed"), (came, "new"), (went, "gone"))
    parts = [f"{number} {words}" for number, words in told if number]
    noun = "paragraph" if sum(number for number, _ in told) == 1 else "paragraphs"
    return f"{', '.join(parts)} {noun}" if parts else ""
