"""Who says what in a thread: the names beside the posts of a forum, which look like furniture. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from reader.cleaning.markup_traits import Cell

ENTRIES = 3  # posts that make a thread
MOST = 0.5  # share of the kept words that stand in them
WHOLE = 0.8  # share of the kept words from which what holds them is no post but the page
NAME = 14  # words of a name with its day: "Post by Ann Lee » Thu Feb 10, 2022 8:00 pm"

_NAMES = ("author", "user", "username", "poster", "creator")
"""How what a name stands in is called, or ends: "hnuser", "bigusername"."""


def speakers(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find the first name in each entry of a thread; none if a page is no thread.

    Args:
        cells: All blocks, without the headline.
        kept: The words of the posts, among others.
    """
    words: defaultdict[int, int] = defaultdict(int)
    for cell in cells:
        for box in cell.markup.boxes if cell.at in kept else ():
            words[box] += cell.size
    total = sum(cell.size for cell in cells if cell.at in kept)
    by_entry: dict[int, Cell] = {}
    for cell in cells:
        entry = next((box for box in cell.markup.boxes if words[box]), None)
        if entry is not None and words[entry] < WHOLE * total and _is_name(cell):
            by_entry.setdefault(entry, cell)
    if len(by_entry) < ENTRIES or sum(words[entry] for entry in by_entry) < MOST * total:
        return frozenset()
    return frozenset(cell.at for cell in by_entry.values())


def _is_name(cell: Cell) -> bool:
    names = (name.removeprefix("=") for name in cell.markup.around)
    return cell.size <= NAME and any(name == "name" or name.endswith(_NAMES) for name in names)
