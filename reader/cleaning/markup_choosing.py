"""From the scores of the blocks of a page to its article: which of them belong together. Pure.

A score says of each block alone how likely it is the article. The best guess weighs all of them; what
stands among the chosen ones and leads nowhere belongs to them, however little it looks so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from reader.cleaning.context import probability
from reader.cleaning.markup_strangers import mostly_listed, strangers
from reader.cleaning.markup_threads import posts, speakers
from reader.cleaning.markup_traits import PARTS, Cell
from reader.cleaning.markup_wholes import wholes
from reader.model import BlockKind

SURE = 1.0  # log-odds of being the article that the surest block of a page has at least
NO_ARTICLE = -2.75  # log-odds; a page without a block above it has no article
COPIED = 10  # words of a block from which it is no refrain
APART = 3  # boxes, the nearest, within which blocks belong together: an item, its list, what that stands in
SENTENCE = 8  # words of a block, from which it is a sentence if it ends as one
ALIKE = 3  # blocks in elements of the same names, of which half speaks for all
NOTES_LINKS = 0.5  # share of the letters of a footnote that are links, to what it cites and back
LABEL = 3  # words
LITTLE = 0.5  # share of the words of a quiet box; where less of it is kept, nothing tells its blocks apart
QUIET = 0.1  # share of the words of a box that are links
LED = 0.1  # share of the letters of a block that are links, up to which it leads nowhere: an arrow back
_NOTES = frozenset(("footnote", "footnotes", "endnote", "endnotes", "@doc-endnote", "@doc-endnotes"))
_BESIDE: tuple[tuple[int, Callable[[Cell], bool]], ...] = (
    (4, lambda cell: cell.kind is BlockKind.CODE),
    (3, lambda cell: cell.kind is BlockKind.LIST_ITEM),
    (2, lambda cell: cell.ends and cell.size >= SENTENCE),
    (1, lambda _: True),
)
"""What belongs to kept blocks that share one of so many boxes, the nearest, with it: code, in frames of its
own; items, of the same list or of one beside it; sentences; all lines of one element."""
_LISTINGS = frozenset((BlockKind.CODE, BlockKind.ROW))  # what is listed again, is so for a purpose


def article_of(cells: Sequence[Cell], scores: Sequence[float], title: Cell | None = None) -> frozenset[int]:
    """Choose the blocks of a page that are its article; none if it has none."""
    kept = in_full(cells, best_guess(cells, scores), title)
    ours = kept - strangers(cells, kept)
    return ours - copies_of(cells, ours)


def best_guess(cells: Sequence[Cell], scores: Sequence[float]) -> frozenset[int]:
    """Choose the blocks of a page that agree best with an article that can only be guessed.

    The surest come first, and more are taken as long as that raises the expected F1 of the words: so of a
    page where much is sure little that is doubtful is kept, and of a doubtful page more of it. Where nothing
    is sure, what stands out is still taken for the article: its site names things in a way of its own.
    """
    surest = max(scores, default=NO_ARTICLE)
    if surest <= NO_ARTICLE:
        return frozenset()
    chances = [probability(score + max(0.0, SURE - surest)) for score in scores]
    order = sorted(range(len(cells)), key=lambda at: -chances[at])
    expected = sum(chance * cell.size for chance, cell in zip(chances, cells, strict=True))
    words, right, best, taken = 0, 0.0, 0.0, 0
    for count, at in enumerate(order, 1):
        words += cells[at].size
        right += chances[at] * cells[at].size
        if right >= best * (words + expected):
            best, taken = right / (words + expected or 1), count
    return frozenset(cells[at].at for at in order[:taken])


def in_full(cells: Sequence[Cell], guess: AbstractSet[int], title: Cell | None = None) -> frozenset[int]:
    """Add to a guess the blocks that stand between kept ones in one box, if they lead nowhere.

    No menu is written into the middle of a text; lines of dialogue, an address, the steps of a recipe are.
    Added too is what a colon announces, what `_BESIDE` tells, and headings above all that is kept.
    """
    usual = _usual_parts(cells, guess)
    ours = [c for c in cells if c.at in guess or (c.markup.link_density <= LED and _parts(c) <= usual)]
    full = frozenset(guess) | _followed(cells, guess, _beside(ours, guess, APART, between=True))
    full |= {b.at for a, b in pairwise(ours) if a.at in full and _announces(a, b)}
    for reach, belongs in _BESIDE:
        full |= _beside([c for c in ours if c.at in full or belongs(c)], full, reach, between=False)
    full |= {cell.at for cell in ours if cell.kind is BlockKind.CODE and _is_between(cell, full)}
    full |= _quiet(cells, full) & {cell.at for cell in ours}
    full |= _alike(cells, full) | _notes(cells, full) | mostly_listed(cells, full)
    full |= wholes(cells, full, title)
    full |= posts(cells, full)
    full |= speakers(cells, full)
    return full | _headings(cells, full)


def _quiet(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find the blocks of the box around all that is kept, if it has few links and little of it is kept.

    Of such a page the score knows nothing: a reference, a glossary. To hide most of it would be a guess.
    """
    around = [cell.markup.boxes for cell in cells if cell.at in kept]
    box = next((box for box in around[0] if all(box in boxes for boxes in around)), None) if around else None
    inside = [cell for cell in cells if box in cell.markup.boxes]
    words = sum(cell.size for cell in inside)
    linked = sum(cell.size * cell.markup.link_density for cell in inside)
    ours = sum(cell.size for cell in inside if cell.at in kept)
    if linked > QUIET * words or ours > LITTLE * words:
        return frozenset()
    return frozenset(cell.at for cell in inside)


def _is_between(cell: Cell, kept: AbstractSet[int]) -> bool:
    return min(kept, default=cell.at) < cell.at < max(kept, default=cell.at)


def _alike(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find what stands in an entry as kept blocks do in theirs, if these hold half of the words of all such.

    The hours of a live blog are one thing, and so are the posts of a thread, however short some are.
    """
    groups: defaultdict[object, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.markup.tag, cell.level, cell.markup.around, cell.markup.boxes[-1:]].append(cell)
    return frozenset(cell.at for alike in groups.values() if _is_series(alike, kept) for cell in alike)


def _is_series(alike: Sequence[Cell], kept: AbstractSet[int]) -> bool:
    entries = {cell.markup.boxes[1:2] for cell in alike}
    return (
        len(alike) >= ALIKE
        and len(entries) == len(alike)
        and 2 * sum(cell.size for cell in alike if cell.at in kept) >= sum(cell.size for cell in alike)
        and all(cell.markup.link_density <= LED for cell in alike)
    )


def _notes(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find the footnotes below what is kept."""
    ours = {box for cell in cells if cell.at in kept for box in cell.markup.boxes[:APART]}
    return frozenset(
        cell.at
        for cell in cells
        if not _NOTES.isdisjoint(cell.markup.around)
        and cell.markup.link_density <= NOTES_LINKS
        and not ours.isdisjoint(cell.markup.boxes)
    )


def _parts(cell: Cell) -> frozenset[str]:
    return PARTS.intersection(cell.markup.around)


def _usual_parts(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[str]:
    """Return the parts of the page that most of the kept blocks stand in."""
    times = Counter(part for cell in cells if cell.at in kept for part in _parts(cell))
    return frozenset(part for part, count in times.items() if 2 * count > len(kept))


def _followed(cells: Sequence[Cell], kept: AbstractSet[int], added: AbstractSet[int]) -> frozenset[int]:
    """Leave of what is added the headings out whose text is not kept: "Read also"."""
    full = set(kept | added)
    for above, below in reversed(list(pairwise(cells))):
        if above.at in added and above.kind is BlockKind.HEADING and below.at not in full:
            full.discard(above.at)
    return frozenset(full)


def _headings(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find the headings of what is kept; between the two there may be labels, as above code in tabs."""
    found: set[int] = set()
    heading: Cell | None = None
    for cell in cells:
        if cell.kind is BlockKind.HEADING:
            heading = None if cell.markup.link_density else cell
        elif heading is not None and cell.at in kept:
            found |= {heading.at} if _stand_together(heading, cell) or _holds(heading, cell) else set()
            heading = None
        elif cell.size > LABEL or cell.markup.link_density:
            heading = None
    return frozenset(found)


def _holds(above: Cell, below: Cell) -> bool:
    """Tell whether the element that the first block stands in holds the second."""
    return not set(above.markup.boxes[1:APART]).isdisjoint(below.markup.boxes)


def _announces(above: Cell, below: Cell) -> bool:
    return above.text.endswith((":", "：")) and _stand_together(above, below)


def _stand_together(above: Cell, below: Cell) -> bool:
    return not set(above.markup.boxes[:APART]).isdisjoint(below.markup.boxes[:APART])


def _beside(cells: Sequence[Cell], kept: AbstractSet[int], reach: int, *, between: bool) -> frozenset[int]:
    """Find the blocks that share one of their nearest boxes with a kept block, or stand between two in it."""
    edges: dict[int, tuple[int, int]] = {}
    for cell in cells:
        for box in cell.markup.boxes[:reach] if cell.at in kept else ():
            edges[box] = edges.get(box, (cell.at, 0))[0], cell.at
    return frozenset(
        cell.at
        for cell in cells
        if any(
            not between or edges[box][0] <= cell.at <= edges[box][1]
            for box in cell.markup.boxes[:reach]
            if box in edges
        )
    )


def copies_of(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find blocks that say once more what is kept above: a page laid out for two screens shows all twice."""
    said: set[tuple[str, ...]] = set()
    copies: set[int] = set()
    for cell in cells:
        if cell.at in kept and cell.size >= COPIED and cell.kind not in _LISTINGS:
            if cell.words in said:
                copies.add(cell.at)
            said.add(cell.words)
    return frozenset(copies)
