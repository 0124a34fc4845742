"""Learn the weights of the prose score, and measure the cleaning, on labelled pages (see `labelled`).

    python -m benchmarks.cleaning learn train_*.jsonl.gz   # writes reader/cleaning/rules/prose.toml
    python -m benchmarks.cleaning score dev_*.jsonl        # precision, recall, F of the lines kept
    python -m benchmarks.cleaning harm dev_*.jsonl         # words hidden where all is the article

Learning takes five minutes for 160,000 lines and needs scikit-learn and lightgbm besides the program
(`pip install scikit-learn lightgbm`); scoring needs nothing. Learn on some pages and score others, of
other domains.
"""

import argparse
import gc
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks.labelled import Page, read_pages
from reader.cleaning import judge, packaged_rules
from reader.model import Ledger

WEIGHTS = Path(__file__).parent.parent / "reader/cleaning/rules/prose.toml"


def learn(files: Sequence[Path]) -> None:
    """Learn from pages as they are, and from the article alone of those that are nearly clean."""
    from benchmarks.prose_score import learn as fit  # noqa: PLC0415 - needs packages that scoring does without

    residue = [file for file in files if "residue" in file.name]
    fit([*read_pages(files), *read_pages(residue or files, clean=True)], WEIGHTS)


def score(files: Sequence[Path]) -> None:
    """Judge all pages and print a table, one row a regime."""
    pages, ledgers = _judged(read_pages(files))
    counts: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0] * 6))
    for page, ledger in zip(pages, ledgers, strict=True):
        row = counts[page.regime][page.name]
        for block, label, verdict in zip(page.article.blocks, page.labels, ledger.verdicts, strict=True):
            kept = verdict is None
            if label >= 0 and (kept or label):
                which = 0 if kept and label else 1 if kept else 2
                row[which] += 1
                row[which + 3] += len(page.article.text_of(block).split())
    for regime, by_name in counts.items():
        rows = list(by_name.values())
        line = [sum(column) for column in zip(*rows, strict=True)]
        macro = sum(_f(*row[:3]) for row in rows) / len(rows)
        precision, recall = line[0] / max(1, line[0] + line[1]), line[0] / max(1, line[0] + line[2])
        print(
            f"{regime:10} n={len(rows):4} line P {precision:.3f} R {recall:.3f} F {_f(*line[:3]):.3f}"
            f" | macro F {macro:.3f} | word F {_f(*line[3:]):.3f}"
        )


def harm(files: Sequence[Path]) -> None:
    """Judge the article of each page alone, and tell which share of its words stay; the worst by name."""
    pages, ledgers = _judged(read_pages(files, clean=True))
    shares: list[tuple[float, str]] = []
    everything = hidden = 0
    for page, ledger in zip(pages, ledgers, strict=True):
        words = [len(page.article.text_of(block).split()) for block in page.article.blocks]
        lost = sum(count for count, reason in zip(words, ledger.verdicts, strict=True) if reason)
        everything, hidden = everything + sum(words), hidden + lost
        shares.append((lost / max(1, sum(words)), page.name))
    print(f"{len(pages)} articles: {1 - hidden / max(1, everything):.2%} of {everything} words stay")
    for share, name in sorted(shares, reverse=True)[:5]:
        print(f"  {share:.1%} hidden in {name}")


def _judged(found: Iterable[Page]) -> tuple[list[Page], list[Ledger]]:
    pages, rules = list(found), packaged_rules()
    gc.freeze()  # else each collection looks through all pages that wait here for their turn
    began = time.process_time()
    ledgers = [judge(page.article, rules) for page in pages]
    seconds = time.process_time() - began
    size = sum(len(page.article.text.encode()) for page in pages)
    lines = sum(len(page.labels) for page in pages)
    print(f"{size / 1e6:.2f} MB, {lines} blocks in {seconds:.2f} s: {size / 1e6 / seconds:.2f} MB/s")
    return pages, ledgers


def _f(both: int, wrong: int, missed: int) -> float:
    return 2 * both / (2 * both + wrong + missed) if both + wrong + missed else 1.0


_VERBS: dict[str, Callable[[Sequence[Path]], None]] = {"learn": learn, "score": score, "harm": harm}


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Learn or measure the cleaning on labelled pages.")
    parser.add_argument("verb", choices=tuple(_VERBS))
    parser.add_argument("files", nargs="+", type=Path)
    asked = parser.parse_args()
    _VERBS[asked.verb](asked.files)


if __name__ == "__main__":
    main()
