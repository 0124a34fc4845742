"""How one piece of text becomes another: edit distance, by bits.

A column of the table of distances is two integers, one bit for each row, so a column takes a dozen
operations whatever the length of the pattern. Myers, "A fast bit-vector algorithm for approximate string
matching", JACM 46 (1999), in the form of Hyyrö (2003).
"""

from typing import NamedTuple

STRAY = 4  # characters: a shorter run of equal ones may be chance
CHANCE = 0.6  # errors for each character: two passages of one language that have nothing in common need 0.65

_NOWHERE = -1


class Aligned(NamedTuple):
    """Where a quote stands in a text, by the cheapest way to make one of the other."""

    start: int
    end: int
    errors: int
    """Characters of the quote that were replaced or dropped, and those put in between."""


class _Table(NamedTuple):
    """The distances of a pattern to every part of a text: a column for each character, and one ahead."""

    down: list[int]
    """By column: bits of the rows that cost one more than the row above."""
    right: list[int]
    """By column: bits of the rows that cost one more than in the column before."""
    costs: list[int]
    """By column: distance of the whole pattern from a text that ends here."""


def align(text: str, before: str, quote: str, after: str) -> Aligned | None:
    """Find what a quote between its contexts has become in a text.

    Args:
        text: Where to look; what stands around the whole costs nothing.
        before: What stood before the quote; may be empty, as may `after`.
        quote: What is looked for; not empty.
        after: What stood after it.

    Returns:
        The best place there is, which may be empty; None if it is no better than chance.
    """
    pattern = before + quote + after
    table = _table(pattern, text, anchored=False)
    if min(table.costs) > CHANCE * len(pattern):
        return None
    places = _places(pattern, text, table)
    equal = [place != _NOWHERE and text[place] == own for place, own in zip(places, pattern, strict=True)]
    first, beyond = len(before), len(before) + len(quote)
    start, end = _start(places, equal, first), _end(places, equal, beyond)
    placed = sum(place != _NOWHERE for place in places[first:beyond])
    lost = len(quote) - sum(equal[first:beyond])
    return Aligned(start, max(start, end), lost + max(0, end - start - placed))


def likeness(pattern: str, text: str) -> float:
    """Tell how well a text begins as a pattern does, in [0, 1]; the pattern is not empty."""
    return 1 - min(_table(pattern, text, anchored=True).costs) / len(pattern)


def _table(pattern: str, text: str, *, anchored: bool) -> _Table:
    """Compare a pattern with a text; anchored, what is skipped at the beginning of the text costs."""
    rows: dict[str, int] = {}
    for row, character in enumerate(pattern):
        rows[character] = rows.get(character, 0) | 1 << row
    every, last = (1 << len(pattern)) - 1, 1 << len(pattern) >> 1
    first = int(anchored)
    down, up, cost = every, 0, len(pattern)
    downs, rights, costs = [down], [0], [cost]
    for character in text:
        equal = rows.get(character, 0)
        level = equal | up
        across = (((equal & down) + down) ^ down) | equal
        right, left = (up | ~(across | down)) & every, down & across
        cost += bool(right & last) - bool(left & last)
        grown, shrunk = right << 1 | first, left << 1
        down, up = (shrunk | ~(level | grown)) & every, grown & level
        downs.append(down)
        rights.append(right)
        costs.append(cost)
    return _Table(downs, rights, costs)


def _places(pattern: str, text: str, table: _Table) -> list[int]:
    """Return where in the text each character of a pattern went; `_NOWHERE` for one that was dropped.

    Where a character could be equal or put in at the same price, a short run of equal ones is left for
    what comes before: the full stop of a new sentence is not that of the old one.
    """
    column = table.costs.index(min(table.costs))
    row = len(pattern)
    places = [_NOWHERE] * len(pattern)
    while row:
        bit = 1 << row - 1
        is_extra = bool(table.right[column] & bit)
        run = _run(pattern[:row], text[:column]) if is_extra else STRAY
        if is_extra and run < STRAY:
            column -= 1
        elif table.down[column] & bit and (not column or pattern[row - 1] != text[column - 1]):
            row -= 1
        else:
            row, column = row - 1, column - 1
            places[row] = column
    return places


def _run(pattern: str, text: str) -> int:
    """Count the characters at the end of both that are equal, up to `STRAY`."""
    length = 0
    while length < min(STRAY, len(pattern), len(text)) and pattern[-1 - length] == text[-1 - length]:
        length += 1
    return length


def _start(places: list[int], equal: list[bool], first: int) -> int:
    """Return where a quote begins: with its own first character, or behind what stood before it."""
    if first and equal[first - 1] and not equal[first]:
        return places[first - 1] + 1
    return next((place for place in places[first:] if place != _NOWHERE), 0)


def _end(places: list[int], equal: list[bool], beyond: int) -> int:
    """Return where a quote ends: with its own last character, or ahead of what stood after it."""
    if beyond < len(places) and equal[beyond] and not equal[beyond - 1]:
        return places[beyond]
    return next((place + 1 for place in reversed(places[:beyond]) if place != _NOWHERE), 0)
