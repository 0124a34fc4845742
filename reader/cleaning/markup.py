"""Which blocks of a page are its article, judged by the markup around them.

`markup_traits` says what each block is by itself, `markup_measures` how it stands among the others, and
the weights for both (`rules/markup.toml`, learned by `benchmarks/pages.py`) add up to a score. Of the page
those blocks are kept that are together the best guess. Text alone hides a menu at times; nobody writes an
article into <nav>.
"""

import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from reader.cleaning.context import probability
from reader.cleaning.forest import Forest, parse_forest
from reader.cleaning.markup_measures import NAMES, measure
from reader.cleaning.markup_traits import Cell, cells_of, names_of, traits_of
from reader.markup import LETTER
from reader.model import Article, BlockKind, Category, Reason

UNSEEN = "markup.unseen"
SURE = 0.0  # log-odds of being the article; a page without a block above it has no article
COPIED = 10  # words of a block from which it is no refrain
APART = 3  # boxes, the nearest, within which blocks belong together: an item, its list, what that stands in
TOGETHER = 2  # boxes of a letter, which is laid out in tables: a row holds one thing
_FURNITURE = frozenset(("<nav>", "<aside>", "<header>", "<footer>", "<form>", "<button>"))
_LISTINGS = frozenset((BlockKind.CODE, BlockKind.ROW))  # what is listed again, is so for a purpose
COPY = Reason("markup.copy", Category.CLUTTER, "the page shows this a second time")
MOST = 20_000  # blocks; a page of more is a listing or an attack, and nothing of it is judged
MOSTLY = 0.5  # share of letters that are links, from which that is the reason given
TELLING = -0.15  # log-odds from which a name is the reason given


@dataclass(frozen=True, slots=True)
class MarkupScore:
    """The weights of both halves."""

    weights: Mapping[str, float]
    forest: Forest

    def own(self, traits: Sequence[Sequence[str]]) -> list[float]:
        """Score each block by its traits alone."""
        weight, always = self.weights.get, self.weights.get("always", 0.0)
        return [always + sum(weight(trait, 0.0) for trait in set(named)) for named in traits]

    def of(self, cells: Sequence[Cell], traits: Sequence[Sequence[str]], title: Cell | None) -> list[float]:
        """Score each block among the others."""
        return [self.forest.score(numbers) for numbers in measure(cells, self.own(traits), title)]


@cache
def packaged_score() -> MarkupScore:
    """Load the weights that come with the program."""
    tables = tomllib.loads((resources.files("reader.cleaning") / "rules" / "markup.toml").read_text("utf-8"))
    weights = {trait: float(weight) for weight, traits in tables["names"].items() for trait in traits.split()}
    return MarkupScore(weights, parse_forest(tables["trees"], NAMES))


def body_cells(article: Article) -> tuple[list[Cell], Cell | None]:
    """Measure the blocks that can be judged, and beside them the headline of the page.

    The headline is the block of the title, if the page shows it as one; else the first heading of the
    first level, or what says the title in other places.
    """
    cells = cells_of(article)
    title = next((cell for cell in cells if article.blocks[cell.at].kind is BlockKind.TITLE), None)
    body = [cell for cell in cells if cell is not title]
    if title is None or (body and title.markup is body[0].markup):
        said = title.words if title else ()
        title = next((c for c in body if c.level == 1), None) or next(
            (c for c in body if c.words == said), None
        )
    return body, title


def has_markup(article: Article) -> bool:
    """Tell whether an article comes from a page, so that its markup can be asked."""
    return any(block.markup is not None for block in article.blocks[:2])


def furniture(article: Article) -> dict[int, Reason]:
    """Find the blocks of a page that are not its article, each with the reason."""
    if len(article.blocks) > MOST:
        return {}
    score = packaged_score()
    cells, title = body_cells(article)
    if not any(map(_is_furnished, cells)):
        return {cell.at: _reason(cell, {}) for cell in cells if "!unseen" in cell.markup.around}
    kept = in_full(cells, best_guess(cells, score.of(cells, traits_of(cells), title)))
    copies = copies_of(cells, kept)
    return {
        cell.at: COPY if cell.at in copies else _reason(cell, score.weights)
        for cell in cells
        if cell.at not in kept or cell.at in copies
    }


def _is_furnished(cell: Cell) -> bool:
    """Tell whether a block shows a page around the article; what a word processor writes has none."""
    return cell.markup.link_density > 0 or not _FURNITURE.isdisjoint(cell.markup.around)


def article_of(cells: Sequence[Cell], scores: Sequence[float]) -> frozenset[int]:
    """Choose the blocks of a page that are its article; none if it has none."""
    kept = in_full(cells, best_guess(cells, scores))
    return kept - copies_of(cells, kept)


def best_guess(cells: Sequence[Cell], scores: Sequence[float]) -> frozenset[int]:
    """Choose the blocks of a page that agree best with an article that can only be guessed.

    The surest come first, and more are taken as long as that raises the expected F1 of the words: so of a
    page where much is sure little that is doubtful is kept, and of a doubtful page more of it.
    """
    if not any(score > SURE for score in scores):
        return frozenset()
    chances = [probability(score) for score in scores]
    order = sorted(range(len(cells)), key=lambda at: -chances[at])
    expected = sum(chance * cell.size for chance, cell in zip(chances, cells, strict=True))
    words, right, best, taken = 0, 0.0, 0.0, 0
    for count, at in enumerate(order, 1):
        words += cells[at].size
        right += chances[at] * cells[at].size
        if right >= best * (words + expected):
            best, taken = right / (words + expected or 1), count
    return frozenset(cells[at].at for at in order[:taken])


def in_full(cells: Sequence[Cell], guess: AbstractSet[int]) -> frozenset[int]:
    """Add to a guess the blocks that stand between kept ones in one box, if they lead nowhere.

    No menu is written into the middle of a text; lines of dialogue, an address, the steps of a recipe are.
    Headings of what is kept are added too, and of a letter all that shares a box with it: greeting and name.
    """
    full = frozenset(guess) | _beside(cells, guess, APART, between=True)
    if cells and LETTER in cells[0].markup.around:
        full |= _beside(cells, full, TOGETHER, between=False)
    return full | {above.at for above, below in pairwise(cells) if below.at in full and _heads(above, below)}


def _heads(above: Cell, below: Cell) -> bool:
    is_heading = above.kind is BlockKind.HEADING and below.kind is not BlockKind.HEADING
    is_here = not set(above.markup.boxes[:APART]).isdisjoint(below.markup.boxes[:APART])
    return is_heading and is_here and not above.markup.link_density and "!unseen" not in above.markup.around


def _beside(cells: Sequence[Cell], kept: AbstractSet[int], reach: int, *, between: bool) -> frozenset[int]:
    edges: dict[int, tuple[int, int]] = {}
    for cell in cells:
        for box in cell.markup.boxes[:reach] if cell.at in kept else ():
            edges[box] = edges.get(box, (cell.at, 0))[0], cell.at
    return frozenset(
        cell.at
        for cell in cells
        if not cell.markup.link_density
        and "!unseen" not in cell.markup.around
        and any(
            not between or edges[box][0] < cell.at < edges[box][1]
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


def _reason(cell: Cell, weights: Mapping[str, float]) -> Reason:
    """Say what of a block's markup speaks most against it."""
    named = ((weights.get(trait, 0.0), trait.partition(":")[2]) for trait in names_of(cell.markup))
    weight, name = min(named, default=(0.0, ""))
    if "!unseen" in cell.markup.around:
        return Reason(UNSEEN, Category.CLUTTER, "the page itself does not show this")
    if weight < TELLING:
        return Reason("markup.place", Category.NAV, f"page furniture: it stands in “{name.strip('<>@=!')}”")
    if cell.markup.link_density >= MOSTLY:
        return Reason("markup.links", Category.NAV, "page furniture: mostly links")
    return Reason("markup.score", Category.CLUTTER, "looks like page furniture, by its place in the page")
