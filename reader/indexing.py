"""What of a workspace is searched, and how the index is kept equal to it.

The articles and annotations of today are compared with those in the index by their stamps;
what is new or changed is read and written, what is gone is taken out.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from reader import shelf
from reader.annotations import ArticleRecord
from reader.errors import UnreadableSource
from reader.library import Library
from reader.model import Block, Ledger, Placed, Progress, Summary
from reader.notebook import Notebook
from reader.search.dates import days_of
from reader.search.index import PATIENCE, Advance, Holdings, Index, IndexLost
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
_FEW = 100  # files that may change before it is quicker to compare all


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
        self._comparing: set[int] = set()
        """Threads that compare everything now."""
        self._records: tuple[ArticleRecord, ...] = ()
        self._stamps: dict[str, str] = {}
        """Of all documents as they were at the last look, by their keys."""

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
        parsed, facts = self._read(query, typing=typing)
        parsed = within(parsed, where)
        try:
            synced = self._caught_up_meanwhile() if typing else self._catch_up(PATIENCE)
            answer = self._answer(parsed, facts, limit, width, stop)
        except IndexLost:
            synced = replace(self.sync(), was_lost=True)
            answer = self._answer(parsed, facts, limit, width, stop)
        return replace(answer, waiting=synced.waiting, was_lost=synced.was_lost)

    def _caught_up_meanwhile(self) -> Synced:
        """Catch up, unless another thread compares everything now: who types does not wait for that."""
        if self._comparing:
            return Synced(waiting="the index is being compared with the files")
        return self._catch_up(0)

    def _answer(self, parsed: Parsed, facts: Facts, limit: int, width: int, stop: Stop) -> Answer:
        results = self._index.find(parsed, facts, limit, width, stop)
        if results.hits or parsed.is_empty:
            return Answer(parsed, results)
        suggestion, relaxed = self._index.suggest(parsed, facts)
        return Answer(parsed, results, suggestion=suggestion, relaxations=relaxed)

    def articles(self, query: str) -> frozenset[str]:
        """Return the ids of all articles that answer to a query, or have an annotation that does."""
        parsed, facts = self._read(query)
        try:
            self._catch_up(PATIENCE)
            return self._index.articles(parsed, facts)
        except IndexLost:
            self.sync()
            return self._index.articles(parsed, facts)

    def _read(self, query: str, *, typing: bool = False) -> tuple[Parsed, Facts]:
        """Read a query, with what is known today of what it asks for."""
        today = date.today().toordinal()  # noqa: DTZ011 - the reader's own day is meant
        facts = Facts(today, self._traits() if "is:" in query or "has:" in query else {})
        return parse(query, today, typing=typing), facts

    def related(self, article_id: str, limit: int) -> tuple[Related, ...]:
        """Return the articles that are most like one, the nearest first."""
        try:
            self._catch_up(PATIENCE)
            return self._index.related(article_id, limit)
        except IndexLost:
            self.sync()
            return self._index.related(article_id, limit)

    def sync(self, advance: Advance | None = None, *, rebuild: bool = False) -> Synced:
        """Make the index equal to the articles and annotations of today; all anew, if that is asked.

        May take minutes for a large library; safe in a thread.
        """
        thread = threading.get_ident()
        self._comparing.add(thread)
        try:
            return self._synced(advance, rebuild=rebuild)
        finally:
            self._comparing.discard(thread)

    def _synced(self, advance: Advance | None, *, rebuild: bool) -> Synced:
        records = self._notebook.records
        wanted = self._everything()
        stamps = wanted.stamps()
        try:
            synced = self._index.sync(stamps, wanted.load, advance, rebuild=rebuild)
        except IndexLost:  # an empty one stands in its place
            synced = replace(self._index.sync(stamps, wanted.load, advance), was_lost=True)
        self._expected, self._records, self._stamps = bool(synced.waiting), records, stamps
        return synced

    def _catch_up(self, patience: float) -> Synced:
        """Write what changed since the last look, here or, by another program, in the index.

        After a note was written only its article and the annotations in that are compared: to
        compare all takes a second at 10,000 articles. Another program may have looked at the files
        before the last of them was written, so what it left in the index is compared with what is
        known. Records are never changed, but replaced.
        """
        records = self._notebook.records
        before, after = _apart(self._records, records)
        if self._expected or len(after) > _FEW or not all(map(self._notebook.is_at_home, after)):
            return self.sync()
        articles = {one.article_id for one in (*before, *after)}
        summaries = tuple(filter(None, map(self._library.summary, articles)))
        wanted = self._wanted(summaries, self._notebook.placed(articles))
        stamps = wanted.stamps()
        gone = {_key_of(one.file, note.id) for one in before for note in one.annotations} - stamps.keys()
        self._stamps |= stamps
        for key in gone:
            self._stamps.pop(key, None)
        if self._index.is_as_synced:
            synced = self._index.save(stamps, gone, wanted.load, patience)
        else:
            synced = self._index.sync(self._stamps, lambda keys: self._everything().load(keys))
        if not synced.waiting:
            self._records = records
        return synced

    def _everything(self) -> "_Wanted":
        return self._wanted(reversed(self._library.summaries()), self._notebook.all())

    def _wanted(self, summaries: Iterable[Summary], placed: Iterable[Placed]) -> "_Wanted":
        return _Wanted(self._root, self._library, self._notebook, self._version, summaries, placed)

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
        self._placed = {_key_of(one.file, one.annotation.id): one for one in placed}

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
        ledger = self._library.judge(article, self._notebook.choices_of(summary.id))
        return facts._replace(text=article.text, hidden=tuple(_hidden(article.blocks, ledger)))

    def _noted(self, placed: Placed) -> Document:
        """Return the document of an annotation."""
        annotation, of = placed.annotation, self._summaries.get(placed.article_id)
        return Document(
            key=_key_of(placed.file, annotation.id),
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


def _apart(
    before: Sequence[ArticleRecord], after: Sequence[ArticleRecord]
) -> tuple[list[ArticleRecord], list[ArticleRecord]]:
    """Return the records that are no longer there, and those that were not there before."""
    if before is after:
        return [], []
    known, there = set(map(id, before)), set(map(id, after))
    return [one for one in before if id(one) not in there], [one for one in after if id(one) not in known]


def _key_of(file: Path, identity: str) -> str:
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
