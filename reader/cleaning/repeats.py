"""What an article says twice: its title, and captions that come once with and once without a credit."""

import re
from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from operator import eq

from reader.cleaning.measures import Line
from reader.cleaning.tagging import Finding, Found
from reader.cleaning.wording import words_of
from reader.model import BlockKind, Category, Reason

NEAR_TITLE = 4  # blocks around the title in which it is not said again
CAPTION_WORDS = 4  # words; a shorter line may be a refrain
PLAIN_WORDS = 8  # words; a line that is repeated without a credit must be longer: verse repeats short ones
_NUMBERS = re.compile(r"\d+")
_CREDIT = re.compile(r"\s*[(\[][^()\[\]]{2,80}[)\]]\s*$")


def repeated_titles(lines: Sequence[Line], _found: Found) -> Iterator[Finding]:
    """Find lines near the title that say it again."""
    title = next((line for line in lines if line.kind is BlockKind.TITLE), None)
    if title is None or not title.key.strip():
        return
    for line in lines[max(0, title.at - NEAR_TITLE) : title.at + NEAR_TITLE + 1]:
        if line.kind is not BlockKind.TITLE and line.key == title.key and _have_same_numbers(line, title):
            yield line.at, Reason("duplicate-title.line", Category.DUPLICATE_TITLE, "the title once more")


def repeated_captions(lines: Sequence[Line], found: Found) -> Iterator[Finding]:
    """Find a caption that stands again right behind itself; the second one is the copy."""
    openings = [line.words[:CAPTION_WORDS] for line in lines]
    for first, second in compress(pairwise(lines), map(eq, openings, openings[1:])):
        is_open = first.at not in found and BlockKind.TITLE not in {first.kind, second.kind}
        if is_open and first.word_count >= CAPTION_WORDS and _is_copy(first, second):
            yield (
                second.at,
                Reason("duplicate-caption.line", Category.DUPLICATE_CAPTION, "the line above once more"),
            )


def _is_copy(first: Line, second: Line) -> bool:
    if not _have_same_numbers(first, second):
        return False
    if first.key and first.key == second.key:
        return first.word_count >= PLAIN_WORDS or BlockKind.CAPTION in {first.kind, second.kind}
    if abs(first.word_count - second.word_count) > PLAIN_WORDS:
        return False
    bare = _without_credit(first), _without_credit(second)
    return bare[0] == bare[1] and len(bare[0]) >= CAPTION_WORDS


def _have_same_numbers(first: Line, second: Line) -> bool:
    """Tell whether two lines have the same numbers; two rows of a table have not."""
    return _NUMBERS.findall(first.text) == _NUMBERS.findall(second.text)


def _without_credit(line: Line) -> tuple[str, ...]:
    found = _CREDIT.search(line.text)
    return words_of(line.text[: found.start()]) if found else line.words
