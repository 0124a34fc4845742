"""Learn the weights of the markup score, and measure the cleaning, on pages with their main text.

A row of the labelled file is one JSON object, with the page beside it, plain or gzipped:

    {"file": "html/000.html.gz", "src": "news", "url": "https://…", "gold": "the main text …"}

    python -m benchmarks.pages score pages.jsonl   # word precision, recall and F1 of the body that is kept
    python -m benchmarks.pages check pages.jsonl   # by markup alone, each page judged by what others taught
    python -m benchmarks.pages learn pages.jsonl   # writes reader/cleaning/rules/markup.toml

It needs scikit-learn and lightgbm (`pip install scikit-learn lightgbm`); the program itself does not.
Pages of one domain are never on both sides, nor are the scores that the trees learn from made by weights
that saw the page.
"""

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import blake2s
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from reader.cleaning import judge, packaged_rules
from reader.cleaning.forest import Forest, parse_forest
from reader.cleaning.markup import MarkupScore, body_cells
from reader.cleaning.markup_choosing import article_of, copies_of
from reader.cleaning.markup_measures import LEVELS, NAMES, measure
from reader.cleaning.markup_traits import WORD, Cell, traits_of
from reader.importers import parse
from reader.model import Article, Ledger
from reader.splitting import split

WEIGHTS = Path(__file__).parent.parent / "reader/cleaning/rules/markup.toml"
FOLDS = 5
BAGS = 3  # forests, each from other folds
INNER = 3  # folds inside a fold, for the scores the trees learn from
GRAM = 4  # words that must stand together in the main text
PAGES = 5  # a trait counts only if it stands on so many pages: no names, no topics
PULL = 0.05  # inverse strength of the pull of weights towards 0
TREES = 80  # of a bag
GROWTH = {
    "objective": "binary",
    "learning_rate": 0.07,
    "num_leaves": 7,
    "min_data_in_leaf": 30,
    "lambda_l2": 5,
    "feature_fraction_bynode": 0.3,
    "max_bin": 127,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}
RISING = {"own", "up1", "up2", "up3", "down1", "down2", "down3", "near5", "near15", "peers-own"} | {
    f"box{level}-prose" for level in range(LEVELS)
}
"""Numbers of scores: the better those of a block and around it, the more it is the article."""
FAINT = 0.02  # log-odds; lighter weights are left out
HEADER = """\
# Weights of the markup score, in log-odds of being the article.
# Learned by benchmarks/pages.py; not written by hand. `names`: for each weight the traits that have it;
# `trees`: questions to the numbers of cleaning/markup_measures.py, in the form of cleaning/forest.py.
"""


@dataclass(slots=True)
class Page:
    """One labelled page, with what is learned from it."""

    article: Article
    gold: str
    source: str
    fold: int
    cells: list[Cell] = field(default_factory=list)
    title: Cell | None = None
    traits: list[list[str]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)


def read_pages(path: Path) -> Iterator[Page]:
    """Read labelled pages."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        content = (path.parent / row["file"]).read_bytes()
        content = gzip.decompress(content) if row["file"].endswith(".gz") else content
        article = split(parse(content, ".html"), "page")[0]
        yield Page(article, row["gold"], row["src"], _number(_domain(row["url"])))


def _domain(url: str) -> str:
    host = urlsplit(url if "//" in url else f"//{url}").hostname or url
    return ".".join(host.split(".")[-2:])


def _number(domain: str) -> int:
    return int.from_bytes(blake2s(domain.encode(), digest_size=4).digest(), "big")


def _prepare(page: Page) -> None:
    page.cells, page.title = body_cells(page.article)
    page.traits = traits_of(page.cells)
    grams, lines, glued = _said(page.gold)
    copies = copies_of(page.cells, {cell.at for cell in page.cells})
    page.labels = [cell.at not in copies and _stands(cell.words, grams, lines, glued) for cell in page.cells]
    total = max(60, len(WORD.findall(page.gold)))
    page.weights = [0.2 + 40 * cell.size / total for cell in page.cells]


def _said(gold: str) -> tuple[set[tuple[str, ...]], set[str], str]:
    words = WORD.findall(gold.lower())
    grams = {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}
    lines = {" ".join(WORD.findall(line.lower())) for line in gold.split("\n")}
    return grams, lines, f" {' '.join(words)} "


def _stands(words: Sequence[str], grams: set[tuple[str, ...]], lines: set[str], glued: str) -> bool:
    """Tell whether a block stands in the main text: most of its words do, in their order."""
    if len(words) <= GRAM:
        line = " ".join(words)
        return bool(words) and (line in lines or (len(words) >= 3 and f" {line} " in glued))
    count = len(words) - GRAM + 1
    return 2 * sum(tuple(words[at : at + GRAM]) in grams for at in range(count)) >= count


def _weights_of(pages: Sequence[Page]) -> dict[str, float]:
    """Learn what each trait weighs: a logistic regression."""
    on_pages = Counter(trait for page in pages for trait in {t for named in page.traits for t in named})
    index = {trait: at for at, trait in enumerate(sorted(t for t, n in on_pages.items() if n >= PAGES))}
    rows = [sorted({index[t] for t in named if t in index}) for page in pages for named in page.traits]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    columns = [column for row in rows for column in row]
    matrix = csr_matrix(([1.0] * len(columns), columns, starts), shape=(len(rows), len(index)))
    model = LogisticRegression(C=PULL, max_iter=200)
    model.fit(
        matrix, [y for p in pages for y in p.labels], sample_weight=[w for p in pages for w in p.weights]
    )
    weights = {trait: float(model.coef_[0][at]) for trait, at in index.items()}
    return {"always": float(model.intercept_[0])} | {t: w for t, w in weights.items() if abs(w) >= FAINT}


def _own(page: Page, weights: dict[str, float]) -> list[float]:
    return MarkupScore(weights, Forest(())).own(page.traits)


def _forest_of(pages: Sequence[Page]) -> list[str]:
    """Learn the trees, from own scores by weights that did not see the page: several forests, averaged."""
    return [tree for number in range(BAGS) for tree in _bag(pages, number)]


def _bag(pages: Sequence[Page], number: int) -> list[str]:
    rows: list[tuple[float, ...]] = []
    labels: list[bool] = []
    counts: list[float] = []
    for fold in range(INNER):
        inside = [page for page in pages if _inner(page, number) == fold]
        weights = _weights_of([page for page in pages if _inner(page, number) != fold])
        for page in inside:
            rows += measure(page.cells, _own(page, weights), page.title)
            labels += page.labels
            counts += page.weights
    rising = [int(name in RISING) for name in NAMES]
    seen = lightgbm.Dataset(np.array(rows), np.array(labels, dtype=int), weight=np.array(counts))
    model = lightgbm.train({**GROWTH, "monotone_constraints": rising, "seed": number}, seen, TREES)
    return [_tree(tree["tree_structure"]) for tree in model.dump_model()["tree_info"]]


def _inner(page: Page, bag: int) -> int:
    return (page.fold >> 5 * bag) // FOLDS % INNER


def _tree(root: Mapping[str, Any]) -> str:
    """Write a tree: each question before what follows if it is so, then what follows if not."""
    words: list[str] = []

    def write(node: Mapping[str, Any]) -> None:
        if "leaf_value" in node:
            words.append(f"={node['leaf_value'] / BAGS:.4g}")
            return
        here = len(words)
        words.append("")
        write(node["left_child"])
        words[here] = f"{NAMES[node['split_feature']]}<={node['threshold']:.5g}:{len(words)}"
        write(node["right_child"])

    write(root)
    return " ".join(words)


def _learn(pages: Sequence[Page]) -> tuple[dict[str, float], list[str]]:
    return _weights_of(pages), _forest_of(pages)


def check(path: Path) -> None:
    """Judge each page by what pages of other domains taught, and print the scores."""
    pages = list(read_pages(path))
    for page in pages:
        _prepare(page)
    kept: dict[int, frozenset[int]] = {}
    for fold in range(FOLDS):
        weights, trees = _learn([page for page in pages if page.fold % FOLDS != fold])
        score = MarkupScore(weights, parse_forest(trees, NAMES))
        for number, page in enumerate(pages):
            if page.fold % FOLDS == fold:
                found = article_of(page.cells, score.of(page.cells, page.traits, page.title), page.title)
                kept[number] = found or frozenset(cell.at for cell in page.cells)  # as the judge shows it
    _print(pages, lambda number, _: kept[number])


def score(path: Path) -> None:
    """Judge each page as the program does, and print the scores."""
    rules = packaged_rules()
    _print(
        list(read_pages(path)),
        lambda _, page: _body(page.article, judge(page.article, rules)),
    )


def _body(article: Article, ledger: Ledger) -> set[int]:
    """Return the blocks that `reader clean` prints of a page: those kept, without the headline."""
    judged = zip(article.blocks, ledger.verdicts, strict=True)
    return {at for at, (block, verdict) in enumerate(judged) if verdict is None and block.kind != "title"}


def _print(pages: Sequence[Page], kept: Callable[[int, Page], AbstractSet[int]]) -> None:
    by_source: defaultdict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for number, page in enumerate(pages):
        indexes = kept(number, page)
        text = "\n".join(page.article.text_of(b) for at, b in enumerate(page.article.blocks) if at in indexes)
        by_source[page.source].append(_agreement(text, page.gold))
    for source, scores in sorted(by_source.items()):
        p, r, f = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        print(f"{source:12} {len(scores):4} pages   precision {p:.3f}  recall {r:.3f}  F1 {f:.3f}")


def _agreement(text: str, gold: str) -> tuple[float, float, float]:
    """Compare two bags of words."""
    here, there = Counter(WORD.findall(text.lower())), Counter(WORD.findall(gold.lower()))
    same = (here & there).total()
    p, r = same / (here.total() or 1), same / (there.total() or 1)
    return p, r, 2 * p * r / (p + r) if same else 0.0


def learn(path: Path) -> None:
    """Learn from all pages and write the weights."""
    pages = list(read_pages(path))
    for page in pages:
        _prepare(page)
    weights, trees = _learn(pages)
    traits_by_weight: defaultdict[str, list[str]] = defaultdict(list)
    for trait, weight in sorted(weights.items()):
        traits_by_weight[f"{weight:.2g}"].append(trait)
    lines = [HEADER, "trees = ["]
    lines += [f"  '{tree}'," for tree in trees]
    lines += ["]", "", "[names]"]
    for written in sorted(traits_by_weight, key=float):
        lines.append(f"\"{written}\" = '''{' '.join(traits_by_weight[written])}'''")
    WEIGHTS.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{len(weights)} weights and {len(trees)} trees from {len(pages)} pages")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Learn and measure the markup score")
    parser.add_argument("verb", choices=("score", "check", "learn"))
    parser.add_argument("pages", type=Path)
    options = parser.parse_args()
    {"score": score, "check": check, "learn": learn}[options.verb](options.pages)


if __name__ == "__main__":
    main()
