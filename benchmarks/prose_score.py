"""Learn the weights of the prose score from labelled pages.

Two models in a row. The first, a logistic regression, weighs what a block shows alone: each measure by
class of length, and single words and signs. The second, boosted trees of depth two, weighs it among its
neighbours; such trees look at two measures at most, so all of them together are one small table a pair,
and that is what is written down. The scores that the second learns from are made by first models that did
not see the page's domain, so that it learns how far they can be trusted.

Pages may be learned from twice: as they are, and as their article alone, so that clean texts are known, too.

Needs scikit-learn and lightgbm; the same files and versions of both give the same weights.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.labelled import Page
from reader.cleaning import parse_rules
from reader.cleaning.context import surroundings
from reader.cleaning.measures import Line, lines_of
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import measured, script, signs_of, words_that_count
from reader.cleaning.weights import UNIT

PHRASES = Path(__file__).parent.parent / "reader/cleaning/rules/phrases.toml"
FOLDS = 5
DOMAINS = 8  # a word counts only if it stands on pages of so many domains: no names, no topics
FAINT = 0.06  # log-odds; lighter words are left out
STRENGTH = 0.3  # of the logistic regression (its C)
PAIRS = 120  # tables that are written
SCOUTS = 200  # trees that find out which pairs matter
TREES = 500
CLEAN_WEIGHT = 0.5  # of a page that is its article alone
ABROAD_WEIGHT = 2.5  # of a page not in plain Latin letters: of ten pages learned from one is
_BOOSTING: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.1,
    "max_depth": 2,
    "num_leaves": 4,
    "min_child_samples": 100,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,  # two wait for each other on a busy machine
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
HEADER = """\
# Weights of the prose score, in log-odds of being the article, times 100.
# Learned by benchmarks/cleaning.py; not written by hand. A block's class of the measure `rows` chooses the
# row of a table, its class of `columns` the weight in that row. [alone] tables and [signs] are added up to
# the block's own score; its class, `own`, is one of the measures of the [among] tables, whose sum decides:
# above 0 it is the article.
"""
_SAYINGS = {
    "size": "its length",
    "words": "its length",
    "letters": "the length of its words",
    "ends": "how it ends",
    "begins": "how it begins",
    "common": "its share of common words",
    "capitals": "its capital letters",
    "numbers": "its numbers",
    "commas": "its commas",
    "again": "how often it is repeated",
    "kind": "what kind of block it is",
    "marker": "its bullet or number",
    "rule": "words that pages use",
    "place": "its place in the text",
    "first": "its place near the beginning",
    "last": "its place near the end",
    "paragraphs": "the share of paragraphs in the text",
    "scale": "the length of the whole text",
    "marked": "how much in the text belongs to a page",
    "script": "what it is written in",
    "own": "how it looks",
    "score": "how the line beside it looks",
    "end": "how the line beside it ends",
    "near": "the sentences around it",
    "above": "the sentences above it",
    "below": "the sentences below it",
    "mass": "the words of the article around it",
    "before": "the words of the article above it",
    "behind": "the words of the article below it",
    "marks": "what belongs to the page around it",
    "past": "how much of the article is above it",
    "ahead": "how much of the article is below it",
    "total": "how many sentences there are",
    "mean": "how much of the text is sentences",
    "bulk": "how many words stand in sentences",
    "best": "the length of the longest passage",
    "window": "how far the longest passage is",
    "bare": "the lines beside it that are no sentences",
    "short": "the bits of text beside it",
    "since": "how far the last paragraph above is",
    "until": "how far the next paragraph below is",
    "since-mark": "how far above it something belongs to the page",
    "until-mark": "how far below it something belongs to the page",
    "comments": "how far above the comments began",
    "title": "how far the title is",
    "kin": "the words it shares with the article",
    "shared": "the words it shares with the article",
    "titled": "the words it shares with the title",
}


@dataclass(slots=True)
class Sheet:
    """One article, measured."""

    lines: Sequence[Line]
    hits: Sequence[Hit | None]
    columns: dict[str, bytes]
    labels: tuple[int, ...]
    weight: float
    fold: int
    domain: str


def learn(pages: Sequence[Page], out: Path) -> None:
    """Learn all weights and write them."""
    sheets = list(_sheets(pages))
    first = _First(sheets)
    guesses = first.unseen_scores()
    at = 0
    for sheet in sheets:
        own = guesses[at : at + len(sheet.lines)]
        at += len(sheet.lines)
        sheet.columns |= surroundings(sheet.lines, sheet.hits, sheet.columns, list(map(float, own)))
    base, among = _second(sheets)
    out.write_text(HEADER + f"base = {round(base * UNIT)}\n\n" + first.written() + among, "utf-8")


def _sheets(pages: Sequence[Page]) -> Iterator[Sheet]:
    index = parse_rules(PHRASES.read_text("utf-8"), PHRASES.name)[0].phrases
    domains = {domain: i for i, domain in enumerate(sorted({page.domain for page in pages}))}
    for page in pages:
        lines = lines_of(page.article, index.longest)
        if lines:
            hits = index.hits(lines)
            weight = 10 / math.sqrt(max(25, len(lines)))  # neither long menus nor short notes rule the result
            share = (CLEAN_WEIGHT if page.clean else 1.0) * (ABROAD_WEIGHT if script(lines) else 1.0)
            fold = domains[page.domain] % FOLDS
            yield Sheet(lines, hits, measured(lines, hits), page.labels, weight * share, fold, page.domain)


class _First:
    """The logistic regression on what blocks show alone."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._names: dict[tuple[str, ...], int] = {}
        words = _common(sheets)
        rows, columns, values = [], [], []
        at = 0
        for sheet in sheets:
            for i, (line, hit) in enumerate(zip(sheet.lines, sheet.hits, strict=True)):
                for name, value in _shown(sheet, i, line, hit, words):
                    rows.append(at)
                    columns.append(self._names.setdefault(name, len(self._names)))
                    values.append(value)
                at += 1
        self._shown = csr_matrix((values, (rows, columns)), (at, len(self._names)), dtype=np.float32)
        self._sheets = sheets
        self._labels, self._weights, self._folds = _stacked(sheets)

    def unseen_scores(self) -> Any:
        """Score each block by a model that did not see its domain."""
        scores = np.zeros(len(self._labels))
        for fold in range(FOLDS):
            unseen = self._folds == fold
            scores[unseen] = self._fit(~unseen).decision_function(self._shown[unseen])
        return scores

    def written(self) -> str:
        """Learn from all pages, and write the tables of measures, and the signs."""
        model = self._fit(self._folds >= 0)
        weights = dict(zip(self._names, model.coef_[0], strict=True))
        tables: dict[str, dict[tuple[int, int], float]] = defaultdict(dict)
        signs: dict[str, float] = {}
        for name, weight in weights.items():
            if len(name) == 1:
                signs[name[0]] = weight
            else:
                measure, row, column = name
                tables[measure][int(row), int(column)] = weight + (
                    model.intercept_[0] if measure == "words" else 0.0
                )
        written = [_table("alone", name, "size", cells) for name, cells in sorted(tables.items())]
        return "".join(written) + _signs(signs)

    def _fit(self, used: Any) -> Any:
        chosen = used & (self._labels >= 0)
        model = LogisticRegression(C=STRENGTH, solver="liblinear")
        return model.fit(self._shown[chosen], self._labels[chosen], sample_weight=self._weights[chosen])


def _stacked(sheets: Sequence[Sheet]) -> tuple[Any, Any, Any]:
    sizes = [len(sheet.lines) for sheet in sheets]
    labels = np.array([label for sheet in sheets for label in sheet.labels])
    weights, folds = (np.array([getattr(sheet, name) for sheet in sheets]) for name in ("weight", "fold"))
    return labels, np.repeat(weights, sizes), np.repeat(folds, sizes)


def _common(sheets: Sequence[Sheet]) -> frozenset[str]:
    domains: defaultdict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for line in sheet.lines:
            for word in words_that_count(line)[0]:
                domains[word].add(sheet.domain)
    return frozenset(word for word, where in domains.items() if len(where) >= DOMAINS)


def _shown(
    sheet: Sheet, at: int, line: Line, hit: Hit | None, common: frozenset[str]
) -> Iterator[tuple[tuple[str, ...], float]]:
    size = str(sheet.columns["size"][at])
    for measure, classes in sheet.columns.items():
        if measure != "size":
            yield (measure, str(classes[at]), size), 1.0
    words, factor = words_that_count(line)
    yield from (((word,), factor) for word in words if word in common)
    yield from (((sign,), 1.0) for sign in signs_of(line, hit))


def _second(sheets: Sequence[Sheet]) -> tuple[float, str]:
    """Learn the tables of the surroundings."""
    measures = list(sheets[0].columns)
    seen = np.column_stack(
        [
            np.concatenate([np.frombuffer(sheet.columns[name], np.uint8) for sheet in sheets]).astype(
                np.float32
            )
            for name in measures
        ]
    )
    labels, weights, _ = _stacked(sheets)
    counted = labels >= 0
    learned = lightgbm.Dataset(seen[counted], labels[counted], weight=weights[counted], params=_BOOSTING)
    scouts = lightgbm.train(_BOOSTING, learned, SCOUTS).dump_model()
    pairs = _best_pairs(scouts)
    wanted = _BOOSTING | {"interaction_constraints": [list(pair) for pair in pairs], "feature_fraction": 1.0}
    forest = lightgbm.train(wanted, learned, TREES).dump_model()
    tables: dict[tuple[int, int], Any] = {}
    most = [int(seen[:, i].max()) + 1 for i in range(len(measures))]
    for tree in forest["tree_info"]:
        for path, value in _leaves(tree["tree_structure"], ()):
            pair = _pair_of(path, pairs)
            table = tables.setdefault(pair, np.zeros((most[pair[0]], most[pair[1]])))
            table[_region(path, pair, most)] += value
    base = sum(float(table.mean()) for table in tables.values())
    written = [
        _table("among", measures[a], measures[b], _cells(table - table.mean()))
        for (a, b), table in sorted(tables.items())
    ]
    return base, "".join(written)


_Split = tuple[int, float, bool]


def _leaves(node: dict[str, Any], path: tuple[_Split, ...]) -> Iterator[tuple[tuple[_Split, ...], float]]:
    if "leaf_value" in node:
        yield path, node["leaf_value"]
        return
    split = node["split_feature"], float(node["threshold"])
    yield from _leaves(node["left_child"], (*path, (*split, True)))
    yield from _leaves(node["right_child"], (*path, (*split, False)))


def _best_pairs(forest: dict[str, Any]) -> list[tuple[int, int]]:
    """Name the pairs of measures that gained most, the best first."""
    gains: defaultdict[tuple[int, int], float] = defaultdict(float)
    for tree in forest["tree_info"]:
        root = tree["tree_structure"]
        below = [root[side] for side in ("left_child", "right_child") if "split_gain" in root[side]]
        for node in below:
            pair = sorted((root["split_feature"], node["split_feature"]))
            gains[pair[0], pair[1]] += node["split_gain"] + root["split_gain"] / len(below)
    apart = [pair for pair in gains if pair[0] != pair[1]]
    return sorted(apart, key=lambda pair: -gains[pair])[:PAIRS]


def _pair_of(path: tuple[_Split, ...], pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
    used = {measure for measure, _, _ in path}
    return next(pair for pair in pairs if used <= set(pair))


def _region(path: tuple[_Split, ...], pair: tuple[int, int], most: Sequence[int]) -> tuple[slice, slice]:
    sides = []
    for measure in pair:
        low, high = 0, most[measure]
        for one, threshold, is_below in path:
            if one == measure and is_below:
                high = min(high, math.floor(threshold) + 1)
            elif one == measure:
                low = max(low, math.floor(threshold) + 1)
        sides.append(slice(low, max(low, high)))
    return sides[0], sides[1]


def _table(kind: str, rows: str, columns: str, cells: dict[tuple[int, int], float]) -> str:
    sayings = list(dict.fromkeys((_saying(rows), _saying(columns))))
    height, width = (1 + max(cell[side] for cell in cells) for side in range(2))
    width = max(width, 7) if columns == "size" else width
    lines = (
        " ".join(str(round(UNIT * cells.get((row, column), 0.0))) for column in range(width))
        for row in range(height)
    )
    weights = "\n".join(lines)
    why = " and ".join(sayings)
    head = f'[[{kind}]]\nrows = "{rows}"\ncolumns = "{columns}"\nwhy = "{why}"\n'
    return f'{head}weights = """\n{weights}\n"""\n\n'


def _cells(table: Any) -> dict[tuple[int, int], float]:
    return {(row, column): float(weight) for (row, column), weight in np.ndenumerate(table)}


def _saying(measure: str) -> str:
    bare = measure.removesuffix("-above").removesuffix("-below").rstrip("0123456789")
    return _SAYINGS[bare]


def _signs(weights: dict[str, float]) -> str:
    by_weight: defaultdict[float, list[str]] = defaultdict(list)
    for sign, weight in weights.items():
        if abs(weight) >= FAINT:
            by_weight[round(weight, 1 if "/" not in sign and ":" not in sign else 2)].append(sign)
    rows = [f"\"{weight:g}\" = '''{' '.join(sorted(by_weight[weight]))}'''" for weight in sorted(by_weight)]
    return "[signs]\n" + "\n".join(rows) + "\n\n"
