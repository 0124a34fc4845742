"""Learn the weights of the prose score, and measure the cleaning, on labelled pages.

A labelled file holds one JSON object a line, plain or gzipped:

    {"text": "…", "labels": [1, 0, …], "regime": "dump", "url": "https://…", "title": "…"}

with one label for each non-empty line of the text: 1 article, 0 furniture, -1 not counted.

    python -m benchmarks.cleaning learn train_*.jsonl.gz   # writes reader/cleaning/rules/prose.toml
    python -m benchmarks.cleaning score dev_*.jsonl        # precision, recall, F of the lines kept

Learning takes about four minutes for 120,000 lines and needs nothing but Python; the same files give the
same weights. The scores of the first half that the second half learns from are made by models that did
not see the page's domain, so that it learns how far they can be trusted.
"""

import argparse
import gzip
import json
import math
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from reader.cleaning import judge, packaged_rules
from reader.cleaning.context import context_traits
from reader.cleaning.measures import Line, lines_of
from reader.cleaning.phrases import Hit
from reader.cleaning.prose import telling_words, traits
from reader.model import BLOCK_GAP, Article, Block, BlockKind

WEIGHTS = Path(__file__).parent.parent / "reader/cleaning/rules/prose.toml"
FOLDS = 5
EPOCHS = 5
RATE = 0.15  # step of AdaGrad
DECAY = 2e-4  # pull of a weight towards 0, at each step that touches it
DOMAINS = 8  # a word counts only if it stands on pages of so many domains: no names, no topics
FAINT = 0.06  # log-odds; lighter weights are left out
HEADER = """\
# Weights of the prose score, in log-odds of being the article: for each weight the traits that have it.
# Learned by benchmarks/cleaning.py; not written by hand.
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled text."""

    article: Article
    labels: tuple[int, ...]
    regime: str
    domain: str


@dataclass(frozen=True, slots=True)
class Example:
    """One line to learn from."""

    traits: list[int]
    words: list[int]
    factor: float
    label: int
    weight: float
    fold: int


def read_pages(paths: Iterable[Path]) -> Iterator[Page]:
    """Read labelled pages."""
    for path in paths:
        with _opened(path) as rows:
            for row in rows:
                yield _page(json.loads(row))


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _page(row: dict[str, object]) -> Page:
    text, labels = row["text"], row["labels"]
    if not isinstance(text, str) or not isinstance(labels, list):
        raise TypeError("a labelled page has a text and labels")
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    blocks, at = [], 0
    for number, line in lines:
        blocks.append(Block(BlockKind.PARAGRAPH, at, at + len(line), number, number))
        at += len(line) + len(BLOCK_GAP)
    canonical = BLOCK_GAP.join(line for _, line in lines)
    address = str(row.get("url") or row.get("id") or "")
    article = Article(address, str(row.get("title") or ""), canonical, tuple(blocks))
    return Page(article, tuple(labels), str(row.get("regime", "")), urlsplit(address).netloc or address)


class Learner:
    """A logistic regression over named traits, fitted by AdaGrad."""

    def __init__(self, size: int) -> None:
        self.weights = [0.0] * size
        self._squares = [1.0] * size

    def fit(self, examples: Sequence[Example], seed: int) -> None:
        """Go over the examples `EPOCHS` times, in an order that the seed gives."""
        order = list(range(len(examples)))
        shuffled = random.Random(seed)  # noqa: S311 - the order of examples, not a secret
        for _ in range(EPOCHS):
            shuffled.shuffle(order)
            for index in order:
                self._step(examples[index])

    def score(self, example: Example) -> float:
        """Return the log-odds of an example."""
        weights = self.weights
        words = sum([weights[i] for i in example.words])
        return sum([weights[i] for i in example.traits]) + example.factor * words

    def _step(self, example: Example) -> None:
        weights, squares = self.weights, self._squares
        slope = (_probability(self.score(example)) - example.label) * example.weight
        for indices, factor in ((example.traits, 1.0), (example.words, example.factor)):
            for i in indices:
                pull = slope * factor + DECAY * weights[i]
                squares[i] += pull * pull
                weights[i] -= RATE * pull / math.sqrt(squares[i])


def _probability(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class Half:
    """The named traits of all lines of all pages, for one half of the score."""

    names: dict[str, int]
    words: dict[str, int]
    examples: list[Example]

    def weights(self, learner: Learner) -> tuple[dict[str, float], dict[str, float]]:
        """Name the weights of traits and of words."""
        named = {name: learner.weights[i] for name, i in self.names.items()}
        return named, {word: learner.weights[i] for word, i in self.words.items()}


def learn(pages: Sequence[Page], out: Path) -> None:
    """Learn all weights and write them."""
    index = packaged_rules().phrases
    lines = [lines_of(page.article, index.longest) for page in pages]
    hits = [[index.first(line) for line in its_lines] for its_lines in lines]
    folds = _folds(pages)
    alone = _first_half(pages, lines, hits, folds)
    _say(f"{len(alone.examples)} lines, {len(alone.names)} traits, {len(alone.words)} words")
    guesses = _unseen_scores(alone, len(alone.names) + len(alone.words))
    among = _second_half(pages, lines, hits, folds, guesses)
    _say(f"{len(among.names)} traits of the surroundings")
    first, second = Learner(len(alone.names) + len(alone.words)), Learner(len(among.names))
    first.fit(_labelled(alone.examples), seed=1)
    second.fit(_labelled(among.examples), seed=2)
    own, words = alone.weights(first)
    context, _ = among.weights(second)
    out.write_text(HEADER + _table("own", own) + _table("words", words) + _table("context", context), "utf-8")


def _folds(pages: Sequence[Page]) -> list[int]:
    domains = {domain: i for i, domain in enumerate(sorted({page.domain for page in pages}))}
    return [domains[page.domain] % FOLDS for page in pages]


def _labelled(examples: Iterable[Example]) -> list[Example]:
    return [example for example in examples if example.label >= 0]


def _first_half(
    pages: Sequence[Page],
    lines: Sequence[Sequence[Line]],
    hits: Sequence[list[Hit | None]],
    folds: Sequence[int],
) -> Half:
    words = _common_words(pages, lines)
    names: dict[str, int] = {}
    shift = {word: i for i, word in enumerate(words)}
    rows: list[tuple[list[str], Line, int, float, int]] = []
    for page, its_lines, its_hits, fold in zip(pages, lines, hits, folds, strict=True):
        weight = _weight(its_lines)
        for named, line, label in zip(traits(its_lines, its_hits), its_lines, page.labels, strict=True):
            rows.append((named, line, label, weight, fold))
            for name in named:
                names.setdefault(name, len(names))
    shift = {word: len(names) + i for word, i in shift.items()}
    examples = []
    for named, line, label, weight, fold in rows:
        its_words, factor = telling_words(line)
        indices = [shift[word] for word in its_words if word in shift]
        examples.append(Example([names[n] for n in named], indices, factor, label, weight, fold))
    return Half(names, shift, examples)


def _weight(lines: Sequence[Line]) -> float:
    """Weigh a page by the root of its length: neither long menus nor short notes rule the result."""
    return 10 / math.sqrt(max(25, len(lines)))


def _common_words(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> list[str]:
    domains: defaultdict[str, set[str]] = defaultdict(set)
    for page, its_lines in zip(pages, lines, strict=True):
        for line in its_lines:
            for word in telling_words(line)[0]:
                domains[word].add(page.domain)
    return sorted(word for word, where in domains.items() if len(where) >= DOMAINS)


def _unseen_scores(half: Half, size: int) -> list[float]:
    scores = [0.0] * len(half.examples)
    for fold in range(FOLDS):
        learner = Learner(size)
        learner.fit([e for e in half.examples if e.fold != fold and e.label >= 0], seed=fold)
        for i, example in enumerate(half.examples):
            if example.fold == fold:
                scores[i] = learner.score(example)
        _say(f"fold {fold + 1} of {FOLDS}")
    return scores


def _second_half(
    pages: Sequence[Page],
    lines: Sequence[Sequence[Line]],
    hits: Sequence[list[Hit | None]],
    folds: Sequence[int],
    guesses: Sequence[float],
) -> Half:
    names: dict[str, int] = {}
    examples: list[Example] = []
    at = 0
    none: list[int] = []
    for page, its_lines, its_hits, fold in zip(pages, lines, hits, folds, strict=True):
        named = context_traits(its_lines, its_hits, guesses[at : at + len(its_lines)])
        at += len(its_lines)
        weight = _weight(its_lines)
        for its_traits, label in zip(named, page.labels, strict=True):
            indices = [names.setdefault(name, len(names)) for name in its_traits]
            examples.append(Example(indices, none, 0.0, label, weight, fold))
    return Half(names, {}, examples)


def _table(name: str, weights: dict[str, float]) -> str:
    by_weight: defaultdict[float, list[str]] = defaultdict(list)
    for trait, weight in weights.items():
        if abs(weight) >= FAINT:
            by_weight[round(weight, 1 if name == "words" else 2)].append(trait)
    rows = [f"\"{weight:g}\" = '''{' '.join(sorted(by_weight[weight]))}'''" for weight in sorted(by_weight)]
    return f"\n[{name}]\n" + "\n".join(rows) + "\n"


def score(pages: Sequence[Page]) -> None:
    """Judge all pages and print a table, one row a regime."""
    rules = packaged_rules()
    counts: defaultdict[str, list[list[int]]] = defaultdict(list)
    began = time.process_time()
    ledgers = [judge(page.article, rules) for page in pages]
    seconds = time.process_time() - began
    for page, ledger in zip(pages, ledgers, strict=True):
        row = [0] * 6
        for block, label, verdict in zip(page.article.blocks, page.labels, ledger.verdicts, strict=True):
            kept = verdict is None
            if label >= 0 and (kept or label):
                which = 0 if kept and label else 1 if kept else 2
                row[which] += 1
                row[which + 3] += len(page.article.text_of(block).split())
        counts[page.regime].append(row)
    for regime, rows in counts.items():
        line = [sum(column) for column in zip(*rows, strict=True)]
        macro = sum(_f(*row[:3]) for row in rows) / len(rows)
        precision, recall = line[0] / max(1, line[0] + line[1]), line[0] / max(1, line[0] + line[2])
        print(
            f"{regime:10} n={len(rows):4} line P {precision:.3f} R {recall:.3f} F {_f(*line[:3]):.3f}"
            f" | macro F {macro:.3f} | word F {_f(*line[3:]):.3f}"
        )
    size = sum(len(page.article.text.encode()) for page in pages)
    print(f"{size / 1e6:.2f} MB in {seconds:.2f} s: {size / 1e6 / seconds:.2f} MB/s")


def _f(both: int, wrong: int, missed: int) -> float:
    return 2 * both / (2 * both + wrong + missed) if both + wrong + missed else 1.0


def _say(what: str) -> None:
    print(what, flush=True)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Learn or measure the cleaning on labelled pages.")
    parser.add_argument("verb", choices=("learn", "score"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    asked = parser.parse_args()
    pages = list(read_pages(asked.files))
    if asked.verb == "learn":
        learn(pages, asked.out)
    else:
        score(pages)


if __name__ == "__main__":
    main()
