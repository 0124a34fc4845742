"""What a guess takes along that is none of the article, however well it looks among the paragraphs. Pure.

A page says by name what some of it is for, and a list is shown whole or not at all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from reader.cleaning.markup_traits import Cell
from reader.model import BlockKind

MOST_OF_LIST = 0.67  # share of the words of a list of links; where more of it is kept, all of it is
LISTS_LINKS = 0.5  # share of the words of a list that are links, from which it is one of links

FURNITURE = frozenset(
    (
        "newsletter", "newsletters", "signup", "paywall", "login", "cookie", "cookies", "consent", "cta",
        "ads", "advert", "advertisement", "outbrain", "taboola", "promo", "sidebar", "teaser", "sharing",
        "disqus", "related", "recommended", "recommendations", "readmore", "popular", "trending",
    )
)  # fmt: skip
"""Names of what is set between paragraphs and belongs to none. Of 1,900 words that were kept in such, and on
pages unknown to the score, 39 were article. "ad" is none: hashes hold it."""


def strangers(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find kept blocks that are none of the article.

    Args:
        cells: All blocks, without the headline.
        kept: Those that are kept.
    """
    named = _named(cells, kept)
    listed = _half_listed(cells, kept - named)
    return named | listed | frozenset(_without_text(cells, kept - named - listed))


def furniture_name(cell: Cell) -> str:
    """Return by which name a block is furniture; "" if by none."""
    return next((name for name in _names(cell) if name in FURNITURE), "")


def _names(cell: Cell) -> tuple[str, ...]:
    around = cell.markup.around
    return around[around.index("|") + 1 :] if "|" in around else around


def _named(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find what bears such a name, unless most of what is kept does: a site has names of its own."""
    ours = [(cell.at, FURNITURE.intersection(_names(cell))) for cell in cells if cell.at in kept]
    times = Counter(name for _, names in ours for name in names)
    usual = {name for name, count in times.items() if 2 * count > len(ours)}
    return frozenset(at for at, names in ours if names - usual)


def mostly_listed(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find all items of lists of links of which most is kept."""
    most = [items for items in _lists_of_links(cells) if _share(items, kept) >= MOST_OF_LIST]
    return frozenset(cell.at for items in most for cell in items)


def _half_listed(cells: Sequence[Cell], kept: AbstractSet[int]) -> frozenset[int]:
    """Find what is kept of lists of links of which most is not."""
    halves = [items for items in _lists_of_links(cells) if _share(items, kept) < MOST_OF_LIST]
    return frozenset(cell.at for items in halves for cell in items if cell.at in kept)


def _lists_of_links(cells: Sequence[Cell]) -> list[list[Cell]]:
    lists: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.kind is BlockKind.LIST_ITEM:
            lists[cell.markup.boxes[1] if len(cell.markup.boxes) > 1 else 0].append(cell)
    return list(filter(_is_of_links, lists.values()))


def _is_of_links(items: Sequence[Cell]) -> bool:
    linked = sum(cell.size * cell.markup.link_density for cell in items)
    return linked > LISTS_LINKS * sum(cell.size for cell in items)


def _share(items: Sequence[Cell], kept: AbstractSet[int]) -> float:
    return sum(cell.size for cell in items if cell.at in kept) / sum(cell.size for cell in items)


def _without_text(cells: Sequence[Cell], kept: AbstractSet[int]) -> Iterator[int]:
    """Find headings of whose text nothing is kept: "See also"."""
    heading, has_text, is_shown = None, False, False
    for cell in (*cells, None):
        if cell is not None and cell.kind is not BlockKind.HEADING:
            has_text, is_shown = True, is_shown or cell.at in kept
            continue
        is_over = cell is None or heading is None or cell.level <= heading.level
        if heading is not None and heading.at in kept and has_text and not is_shown and is_over:
            yield heading.at
        heading, has_text, is_shown = cell, False, False
