"""What the index shall hold of a workspace: a document for each article and each annotation.

A stamp tells whether a document is as it was; only what is new or changed is read.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from reader.errors import UnreadableSource
from reader.library import Library
from reader.model import Block, Ledger, Span, Summary
from reader.notebook import Notebook
from reader.passages import Placed
from reader.search.dates import days_of
from reader.search.values import Document, Kind

_STAMP = 12  # bytes of a digest


class Wanted:
    """Documents that the index shall hold, read as far as they are asked for."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a document comes from
        self,
        root: Path,
        library: Library,
        notebook: Notebook,
        version: str,
        summaries: Iterable[Summary],
        placed: Iterable[Placed],
    ) -> None:
        self._root = root
        self._library = library
        self._notebook = notebook
        self._version = version
        self._summaries = {one.id: notebook.corrected(one) for one in summaries}
        self._days: dict[str, int] = {}
        self._placed = {key_of(one.file, one.annotation.id): one for one in placed}

    def stamps(self) -> dict[str, str]:
        """Return a stamp for each document, by its key."""
        articles = {key: _digest(self._facts_of(one), self._version) for key, one in self._summaries.items()}
        return articles | {key: _digest(self._noted(one)) for key, one in self._placed.items()}

    def load(self, keys: Iterable[str]) -> Iterator[Document]:
        """Yield documents; those of a file one after the other, since it is read once then."""
        wanted = set(keys)
        for key, placed in self._placed.items():
            if key in wanted:
                yield self._noted(placed)._replace(stamp=_digest(self._noted(placed)))
        for key in sorted(wanted & self._summaries.keys(), key=lambda one: self._summaries[one].path):
            summary = self._summaries[key]
            facts = self._facts_of(summary)
            try:
                yield self._read(summary, facts._replace(stamp=_digest(facts, self._version)))
            except UnreadableSource:  # gone meanwhile: the next sync of the library takes it out
                continue

    def _facts_of(self, summary: Summary) -> Document:
        """Return the document of an article, but for its text."""
        about = self._notebook.about(summary.id)
        return Document(
            key=summary.id,
            stamp=repr((self._notebook.choices_of(summary.id), summary.hidden)),  # another file may hide more
            kind=Kind.ARTICLE,
            id=summary.id,
            article_id=summary.id,
            title=summary.title,
            note=about.note,
            tags=about.tags,
            source=summary.source,
            author=summary.author,
            lang=summary.lang,
            date=summary.date,
            added=self._day_of(summary.path),
        )

    def _day_of(self, path: str) -> int:
        """Return the day on which a file was written; 0 if that cannot be told."""
        if path not in self._days:
            try:
                written = os.stat(os.path.join(self._root, path)).st_mtime  # noqa: PTH116, PTH118 - a third of the time
                self._days[path] = datetime.fromtimestamp(written).toordinal()  # noqa: DTZ006 - the reader's own day
            except (OSError, ValueError, OverflowError):
                self._days[path] = 0
        return self._days[path]

    def _read(self, summary: Summary, facts: Document) -> Document:
        article, _ = self._library.load(summary)
        ledger = self._library.verdicts.judge(article, self._notebook.choices_of(summary.id))
        return facts._replace(text=article.text, hidden=tuple(_hidden(article.blocks, ledger)))

    def _noted(self, placed: Placed) -> Document:
        """Return the document of an annotation."""
        annotation, of = placed.annotation, self._summaries.get(placed.article_id)
        return Document(
            key=key_of(placed.file, annotation.id),
            stamp="",
            kind=Kind.NOTE if annotation.body else Kind.HIGHLIGHT,
            id=annotation.id,
            article_id=placed.article_id,
            title=placed.title,
            quote=annotation.target.exact,
            note=annotation.body,
            tags=annotation.tags,
            source=of.source if of else "",
            author=of.author if of else "",
            lang=of.lang if of else "",
            color=str(annotation.color),
            date=of.date if of else "",
            noted=days_of(annotation.created)[0],
            start=placed.start,
            end=placed.end,
        )


def key_of(file: Path, identity: str) -> str:
    """Name an annotation: one that was copied stands in two files."""
    return f"{file.name}/{identity}"


def _hidden(blocks: Iterable[Block], ledger: Ledger) -> Iterator[Span]:
    for block, reason in zip(blocks, ledger.verdicts, strict=True):
        if reason is not None:
            yield block.start, block.end


def _digest(document: Document, version: str = "") -> str:
    return hashlib.blake2s(
        f"{version}{tuple(document)!r}".encode(errors="surrogatepass"), digest_size=_STAMP
    ).hexdigest()
