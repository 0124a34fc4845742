"""The index of a workspace as it is asked: each answer comes after a look at what changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from reader import filtering
from reader.indexing.keeping import Keeping
from reader.library import Library
from reader.model import Progress
from reader.notebook import Notebook
from reader.search.filling import Advance
from reader.search.index import PATIENCE, Holdings, Index, IndexLost
from reader.search.parsing import Parsed, parse, within
from reader.search.values import (
    Facts,
    Related,
    Relaxation,
    Results,
    Stop,
    Synced,
    Trait,
)


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
        self._keeping = Keeping(self._index, root, library, notebook, version)
        self._library = library
        self._notebook = notebook
        self._progress = progress

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
            synced = self._keeping.catch_up(0 if typing else PATIENCE)
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

    def articles(self, query: str) -> frozenset[str]:
        """Return the ids of all articles that answer to a query, or have an annotation that does."""
        parsed, facts = self._read(query)
        try:
            self._keeping.catch_up(PATIENCE)
            return self._index.articles(parsed, facts)
        except IndexLost:
            self.sync()
            return self._index.articles(parsed, facts)

    def _read(self, query: str, *, typing: bool = False) -> tuple[Parsed, Facts]:
        """Read a query, with what is known today of what it asks for."""
        today = date.today().toordinal()  # noqa: DTZ011 - the reader's own day is meant
        facts = Facts(today, self._traits(query) if "is:" in query or "has:" in query else {})
        return parse(query, today, typing=typing), facts

    def related(self, article_id: str, limit: int) -> tuple[Related, ...]:
        """Return the articles that are most like one, the nearest first."""
        try:
            self._keeping.catch_up(PATIENCE)
            return self._index.related(article_id, limit)
        except IndexLost:
            self.sync()
            return self._index.related(article_id, limit)

    def sync(self, advance: Advance | None = None, *, rebuild: bool = False) -> Synced:
        """Make the index equal to the articles and annotations of today; all anew, if that is asked.

        May take minutes for a large library; safe in a thread.
        """
        return self._keeping.sync(advance, rebuild=rebuild)

    def catch_up(self, advance: Advance | None = None) -> Synced:
        """Make the index equal to what changed since the last look; if that is not known, as `sync`."""
        try:
            return self._keeping.catch_up(PATIENCE, advance)
        except IndexLost:
            return replace(self.sync(advance), was_lost=True)

    def _traits(self, query: str) -> dict[str, Trait]:
        """Return what can be asked of an article at this time, by its name in a query."""
        made = self._notebook.counts()
        copies = self._library.families().members if "copy" in query else ()  # read from the catalogue
        facts = filtering.Facts(self._progress(), self._notebook.starred(), made, copies)
        known = {name: partial(_holds, test, facts) for name, test in filtering.TRAITS.items()}
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
        self._keeping.forget()


def _holds(test: Callable[[str, filtering.Facts], bool], facts: filtering.Facts, article_id: str) -> bool:
    return test(article_id, facts)
