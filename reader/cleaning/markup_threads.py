"""Who says what in a thread: the posts of a forum, and the names beside them that look like furniture. Pure.

The comments below an article look the same. But the posts of a thread are all of one kind, the first too,
which is the longest at times: elements in one element, of one name, each with somebody's name in it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from reader.cleaning.markup_traits import Cell
from reader.model import BlockKind

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


def posts(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find the texts and names of all posts of a thread of which some, at times the first alone, are kept.

    Args:
        cells: All blocks, without the headline.
        kept: Those that are kept.
    """
    total = sum(cell.size for cell in cells if cell.at in kept)
    found: set[int] = set()
    for entries in _alike(cells):
        texts = [cell for inside in entries for cell in inside if not cell.markup.link_density]
        ours = [cell for cell in texts if cell.at in kept]
        if sum(cell.size for cell in ours) >= WHOLE * total:
            called = {_nearest(cell) for cell in ours}
            found |= {cell.at for cell in texts if _nearest(cell) in called}
            found |= {next(filter(_is_name, inside)).at for inside in entries}
    return frozenset(found)


def _alike(cells: Sequence[Cell]) -> Iterator[list[list[Cell]]]:
    """Find the elements in one element that have a name in them, all in the same place."""
    by_entry: defaultdict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        for entry in pairwise(cell.markup.boxes):
            by_entry[entry].append(cell)
    alike: defaultdict[tuple[object, ...], list[list[Cell]]] = defaultdict(list)
    for (box, parent), inside in by_entry.items():
        name = next(filter(_is_name, inside), None)
        if name is not None and not any(map(_is_linked_heading, inside)):
            place = name.markup.boxes.index(box)
            alike[parent, place, name.markup.tag, _nearest(name)].append(inside)
    return (entries for entries in alike.values() if len(entries) >= ENTRIES)


def _nearest(cell: Cell) -> tuple[str, ...]:
    """Return what the element nearest to a block is called."""
    return cell.markup.around[-1:]


def _is_linked_heading(cell: Cell) -> bool:
    return cell.kind is BlockKind.HEADING and cell.markup.link_density > 0


def _is_name(cell: Cell) -> bool:
    names = (name.removeprefix("=") for name in cell.markup.around)
    return cell.size <= NAME and any(name == "name" or name.endswith(_NAMES) for name in names)
