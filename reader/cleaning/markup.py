"""Which blocks of a page are its article, judged by the markup around them.

`markup_traits` says what each block is by itself, `markup_measures` how it stands among the others, and
the weights for both (`rules/markup.toml`, learned by `benchmarks/pages.py`) add up to a score; of the scores
`markup_choosing` makes the article. Text alone hides a menu at times; nobody writes an article into <nav>.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reader.cleaning.forest import Forest, parse_forest
from reader.cleaning.markup_choosing import best_guess, copies_of, in_full
from reader.cleaning.markup_letters import around_letter, is_letter
from reader.cleaning.markup_measures import NAMES, measure
from reader.cleaning.markup_places import place_called
from reader.cleaning.markup_strangers import furniture_name, strangers
from reader.cleaning.markup_traits import PARTS, Cell, cells_of, names_of, traits_of
from reader.markup import is_unseen
from reader.model import Article, BlockKind, Category, Reason

COPY = Reason("markup.copy", Category.CLUTTER, "the page shows this a second time")
AROUND_LETTER = Reason("markup.letter", Category.NEWSLETTER, "its sender adds this to every letter")
UNSEEN = Reason("markup.unseen", Category.CLUTTER, "the page itself does not show this")
MOST = 20_000  # blocks; a page of more is a listing or an attack, and nothing of it is judged
MOSTLY = 0.5  # share of letters that are links, from which that is the reason given
TELLING = -0.15  # log-odds from which a name is the reason given
TELLING_PARTS = PARTS - {"<form>"}  # some pages stand in a form as a whole


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

    What the page itself does not show is none of them. The headline is the block of the title, if the page
    shows it as one; else the first heading of the first level, or what says the title in other places.
    """
    cells = [cell for cell in cells_of(article) if not is_unseen(cell.markup)]
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


def shows_page(reasons: Iterable[Reason]) -> bool:
    """Tell whether what was found of a page is furniture around an article."""
    return any(reason not in {UNSEEN, AROUND_LETTER} for reason in reasons)


def furniture(article: Article) -> dict[int, Reason]:
    """Find the blocks of a page that are not its article, each with the reason."""
    if len(article.blocks) > MOST:
        return {}
    score, unseen = packaged_score(), _unseen(article)
    cells, title = body_cells(article)
    if not any(map(_is_furnished, cells)) and not is_letter(cells):
        return unseen
    scores = score.of(cells, traits_of(cells), title)
    guess = best_guess(cells, scores)
    if is_letter(cells):
        return unseen | dict.fromkeys(around_letter(cells, scores, guess), AROUND_LETTER)
    full = in_full(cells, guess, title)
    kept = full - strangers(cells, full)
    copies = copies_of(cells, kept)
    return unseen | {
        cell.at: COPY if cell.at in copies else _reason(cell, score.weights)
        for cell in cells
        if cell.at not in kept or cell.at in copies
    }


def _unseen(article: Article) -> dict[int, Reason]:
    return {
        at: UNSEEN
        for at, block in enumerate(article.blocks)
        if block.kind is not BlockKind.TITLE and is_unseen(block.markup)
    }


def _is_furnished(cell: Cell) -> bool:
    """Tell whether a block shows a page around the article; what a word processor writes has none."""
    return cell.markup.link_density > 0 or not PARTS.isdisjoint(cell.markup.around)


def _reason(cell: Cell, weights: Mapping[str, float]) -> Reason:
    """Say what of a block's markup speaks most against it, of what a reader understands."""
    part = next((name for name in reversed(cell.markup.around) if name in TELLING_PARTS), "")
    place = place_called(furniture_name(cell) or part)
    if place:
        return _standing(place)
    named = (
        (weights.get(trait, 0.0), place_called(trait.partition(":")[2])) for trait in names_of(cell.markup)
    )
    weight, place = min(((weight, place) for weight, place in named if place), default=(0.0, ""))
    if weight < TELLING:
        return _standing(place)
    if cell.markup.link_density >= MOSTLY:
        return Reason("markup.links", Category.NAV, "belongs to the page: mostly links")
    return Reason("markup.score", Category.CLUTTER, "belongs to the page, it seems from where it stands")


def _standing(place: str) -> Reason:
    return Reason("markup.place", Category.NAV, f"it stands {place}")
