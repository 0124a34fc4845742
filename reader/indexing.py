"""What of a workspace is searched, and how the index is kept equal to it.

The articles and annotations of today are compared with those in the index by their stamps;
what is new or changed is read and written, what is gone is taken out.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from reader import shelf
from reader.errors import UnreadableSource
from reader.library import Library
from reader.model import Block, Ledger, Placed, Progress, Summary
from reader.notebook import Notebook
from reader.search.dates import days_of
from reader.search.index import Advance, Holdings, Index, IndexLost
from reader.search.parsing import Parsed, parse, within
from reader.search.values import (
    Document,
    Facts,
    Kind,
    Related,
    Relaxation,
    Results,
    Span,
    Stop,
    Synced,
    Trait,
)

_STAMP = 12  # bytes of a digest


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found, and how it was read."""

    parsed: Parsed
    results: Results
    waiting: str = ""
    """Why the index may be behind the files, in one clause; "" if it is not."""
    was_lost: bool = False
    """Whether the index was damaged, and had to be made anew before this could be answered."""
    suggestion: str = ""
    """If nothing was found: the query as it may have been meant; "" if nothing is like it."""
    relaxations: tuple[Relaxation, ...] = ()
    """If nothing was found: queries that ask for less and find something."""


class Indexing:
    """The index of a workspace and its way to the files.

    Args:
        folder: Where the index lies.
        root: What the paths of articles are relative to.
        library: The articles.
        notebook: What the reader made of them.
        version: Tells which rules hide blocks; with another one all articles are looked at again.
        progress: Tells how far the reader got with each article.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what it brings together
        self,
        folder: Path,
        root: Path,
        library: Library,
        notebook: Notebook,
        version: str,
        progress: Callable[[], Mapping[str, Progress]],
    ) -> None:
        self._index = Index(folder)
        self._root = root
        self._library = library
        self._notebook = notebook
        self._version = version
        self._progress = progress
        self._expected = True
        self._records: object = None

    def expect_changes(self) -> None:
        """Be told that articles changed: the next search looks at all of them."""
        self._expected = True

    def search(  # noqa: PLR0913 - what can be said of a search
        self, query: str, *, where: str, limit: int, width: int, typing: bool = False, stop: Stop = bool
    ) -> Answer:
        """Answer a query, after the index was made equal to the files.

        Args:
            query: As it is typed.
            where: "articles" or "notes", if only these are wanted.
            limit: How many hits are wanted.
            width: How long their snippets are, in code points.
            typing: The last word of the query may be unfinished.
            stop: Asked between steps whether nobody waits any longer.

        Raises:
            Stopped: It said so.
        """
        today = date.today().toordinal()  # noqa: DTZ011 - the reader's own day is meant
        parsed = within(parse(query, today, typing=typing), where)
        facts = Facts(today, self._traits() if "is:" in query or "has:" in query else {})
        try:
            synced = Synced() if self._is_synced else self.sync()
            answer = self._answer(parsed, facts, limit, width, stop)
        except IndexLost:
            synced = replace(self.sync(), was_lost=True)
            answer = self._answer(parsed, facts, limit, width, stop)
        return replace(answer, waiting=synced.waiting, was_lost=synced.was_lost)

    def _answer(self, parsed: Parsed, facts: Facts, limit: int, width: int, stop: Stop) -> Answer:
        results = self._index.find(parsed, facts, limit, width, stop)
        if results.hits or parsed.is_empty:
            return Answer(parsed, results)
        suggestion, relaxed = self._index.suggest(parsed, facts)
        return Answer(parsed, results, suggestion=suggestion, relaxations=relaxed)

    def related(self, article_id: str, limit: int) -> tuple[Related, ...]:
        """Return the articles that are most like one, the nearest first."""
        try:
            if not self._is_synced:
                self.sync()
            return self._index.related(article_id, limit)
        except IndexLost:
            self.sync()
            return self._index.related(article_id, limit)

    def sync(self, advance: Advance | None = None, *, rebuild: bool = False) -> Synced:
        """Make the index equal to the articles and annotations of today; all anew, if that is asked.

        May take minutes for a large library; safe in a thread.
        """
        records = self._notebook.records
        wanted = _Wanted(self._root, self._library, self._notebook, self._version)
        stamps = wanted.stamps()
        try:
            synced = self._index.sync(stamps, wanted.load, advance, rebuild=rebuild)
        except IndexLost:  # an empty one stands in its place
            synced = replace(self._index.sync(stamps, wanted.load, advance), was_lost=True)
        self._expected, self._records = bool(synced.waiting), records
        return synced

    @property
    def _is_synced(self) -> bool:
        """Whether nothing changed since the last sync, of the files or, by another program, of the index.

        That program may have looked at the files before the last of them was written. Records are
        never changed, but replaced.
        """
        is_known = not self._expected and self._records is self._notebook.records
        return is_known and self._index.is_as_synced

    def _traits(self) -> dict[str, Trait]:
        """Return what can be asked of an article at this time, by its name in a query."""
        made = self._notebook.counts()
        facts = shelf.Facts(self._progress(), self._notebook.starred(), made)
        known = {name: partial(_holds, test, facts) for name, test in shelf.TRAITS.items()}
        return known | {"is:annotated": made.__contains__}

    def status(self) -> Holdings:
        """Tell what the index holds."""
        try:
            return self._index.status()
        except IndexLost:
            return self._index.status()

    def close(self) -> None:
        """Close the files of the index."""
        self._index.close()
        self._expected = True


class _Wanted:
    """The documents that the index shall hold, read as far as they are asked for."""

    def __init__(self, root: Path, library: Library, notebook: Notebook, version: str) -> None:
        self._root = root
        self._library = library
        self._notebook = notebook
        self._version = version
        self._summaries = {one.id: notebook.corrected(one) for one in reversed(library.summaries())}
        self._placed = {_key_of(one): one for one in notebook.all()}

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
            stamp=repr(self._notebook.choices_of(summary.id)),
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
            added=_day_of(self._root / summary.path),
        )

    def _read(self, summary: Summary, facts: Document) -> Document:
        article, _ = self._library.load(summary)
        ledger = self._library.judge(article, self._notebook.choices_of(summary.id))
        return facts._replace(text=article.text, hidden=tuple(_hidden(article.blocks, ledger)))

    def _noted(self, placed: Placed) -> Document:
        """Return the document of an annotation."""
        annotation, of = placed.annotation, self._summaries.get(placed.article_id)
        return Document(
            key=_key_of(placed),
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


def _holds(test: Callable[[str, shelf.Facts], bool], facts: shelf.Facts, article_id: str) -> bool:
    return test(article_id, facts)


def _key_of(placed: Placed) -> str:
    """Name an annotation: one that was copied stands in two files."""
    return f"{placed.file.name}/{placed.annotation.id}"


def _hidden(blocks: Iterable[Block], ledger: Ledger) -> Iterator[Span]:
    for block, reason in zip(blocks, ledger.verdicts, strict=True):
        if reason is not None:
            yield block.start, block.end


def _day_of(path: Path) -> int:
    """Return the day on which a file was written; 0 if that cannot be told."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).toordinal()  # noqa: DTZ006 - the reader's own day
    except (OSError, ValueError, OverflowError):
        return 0


def _digest(document: Document, version: str = "") -> str:
    return hashlib.blake2s(
        f"{version}{tuple(document)!r}".encode(errors="surrogatepass"), digest_size=_STAMP
    ).hexdigest()
