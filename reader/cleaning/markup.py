"""Which blocks of a page are its article, judged by the markup around them.

`markup_traits` says what each block is by itself, `markup_measures` how it stands among the others, and
the weights for both (`rules/markup.toml`, learned by `benchmarks/pages.py`) add up to a score. Text alone
hides a menu at times; nobody writes an article into <nav>.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reader.cleaning.forest import Forest, parse_forest
from reader.cleaning.markup_measures import NAMES, measure
from reader.cleaning.markup_traits import Cell, cells_of, names_of, traits_of
from reader.model import Article, BlockKind, Category, Reason

UNSEEN = "markup.unseen"
KEEP = 0.0  # log-odds of being the article, above which a block is kept
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

    def of(self, cells: Sequence[Cell], traits: Sequence[Sequence[str]]) -> list[float]:
        """Score each block among the others."""
        return [self.forest.score(numbers) for numbers in measure(cells, self.own(traits))]


@cache
def packaged_score() -> MarkupScore:
    """Load the weights that come with the program."""
    tables = tomllib.loads((resources.files("reader.cleaning") / "rules" / "markup.toml").read_text("utf-8"))
    weights = {trait: float(weight) for weight, traits in tables["names"].items() for trait in traits.split()}
    return MarkupScore(weights, parse_forest(tables["base"], tables["trees"], NAMES))


def body_cells(article: Article) -> list[Cell]:
    """Measure the blocks that can be judged: all but the title."""
    return [cell for cell in cells_of(article) if article.blocks[cell.at].kind is not BlockKind.TITLE]


def has_markup(article: Article) -> bool:
    """Tell whether an article comes from a page, so that its markup can be asked."""
    return any(block.markup is not None for block in article.blocks[:2])


def furniture(article: Article) -> dict[int, Reason]:
    """Find the blocks of a page that are not its article, each with the reason."""
    if len(article.blocks) > MOST:
        return {}
    score = packaged_score()
    cells = body_cells(article)
    scores = score.of(cells, traits_of(cells))
    return {
        cell.at: _reason(cell, score.weights)
        for cell, its_score in zip(cells, scores, strict=True)
        if its_score <= KEEP
    }


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
