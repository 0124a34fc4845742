"""Labelled pages: read, and taken apart as the program does it.

A file holds one JSON object a line, plain or gzipped:

    {"text": "…", "labels": [1, 0, …], "regime": "dump", "url": "https://…"}

with one label for each non-empty line of the text: 1 article, 0 furniture, -1 not counted.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from reader import importers, splitting
from reader.model import Article

CLEAN = "clean"  # the regime of pages that are their article alone


@dataclass(frozen=True, slots=True)
class Page:
    """One article of a labelled text, with a label for each block."""

    article: Article
    labels: tuple[int, ...]
    regime: str
    domain: str
    name: str
    """Tells texts apart: a text may hold several articles."""

    @property
    def clean(self) -> bool:
        """Whether there is nothing to hide."""
        return self.regime == CLEAN


def read_pages(paths: Iterable[Path], *, clean: bool = False) -> Iterator[Page]:
    """Read labelled pages.

    Args:
        paths: The files.
        clean: Whether to take from each page its article alone.
    """
    for path in paths:
        with _opened(path) as rows:
            for row in rows:
                yield from _pages(json.loads(row), clean=clean)


def _opened(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def _pages(row: dict[str, object], *, clean: bool) -> Iterator[Page]:
    text, labels = row["text"], row["labels"]
    if not isinstance(text, str) or not isinstance(labels, list):
        raise TypeError("a labelled page has a text and labels")
    lines = text.split("\n")
    given = iter(labels)
    by_line = [next(given) if line.strip() else None for line in lines]
    if clean:
        kept = [(line, label) for line, label in zip(lines, by_line, strict=True) if label in {None, 1}]
        lines, by_line = [line for line, _ in kept], [label for _, label in kept]
    name = str(row.get("id") or row.get("url") or "")
    domain = urlsplit(str(row.get("url") or "")).netloc or name
    regime = CLEAN if clean else str(row.get("regime", ""))
    for article in splitting.split(importers.parse("\n".join(lines).encode(), ".txt"), "page"):
        its_labels = (_label(by_line[block.first_line - 1 : block.last_line]) for block in article.blocks)
        yield Page(article, tuple(its_labels), regime, domain, name)


def _label(labels: Sequence[int | None]) -> int:
    """Return the label that most lines of a block have."""
    given = [label for label in labels if label is not None]
    return max(given, key=given.count, default=-1)
