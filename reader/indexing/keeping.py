"""How the index is kept equal to the files: by a look at what changed, or by comparing all.

To compare all takes a second at 10,000 articles, so what the index was compared with last is
remembered beside it. A start then looks at what changed since, and a note that was just
written costs a look at its article alone.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.annotations import ArticleRecord
from reader.indexing.wanted import Wanted, key_of
from reader.library import Library
from reader.model import Summary
from reader.notebook import Notebook
from reader.passages import Placed
from reader.search.compared import Standing, standing
from reader.search.filling import Advance
from reader.search.index import Index, IndexLost
from reader.search.values import Synced

_FEW = 100  # files that may change before it is quicker to compare all
_SOURCES = ""  # the name that all sources stand under, among those of the reader's files
_COMPARING = "the index is being compared with the files"


@dataclass(slots=True)
class _Known:
    """What the index is equal to; or, until a comparison is through, what it will be equal to."""

    files: dict[str, Standing]
    """The reader's files by their names, and the sources."""
    records: tuple[ArticleRecord, ...] | None = None
    """What the files said; None if no more than `files` is remembered."""
    stamps: dict[str, str] | None = None
    """Of all documents by their keys; None if they were not looked at."""
    is_through: bool = True
    touched: set[str] = field(default_factory=set)
    """Keys of documents that were written, or deleted, before the comparison was through."""


class Keeping:
    """The way from the files to the index. Threads may share it.

    Args:
        index: The index.
        root: What the paths of articles are relative to.
        library: The articles.
        notebook: What the reader made of them.
        version: Tells which rules hide blocks; with another one all articles are looked at again.
    """

    def __init__(self, index: Index, root: Path, library: Library, notebook: Notebook, version: str) -> None:
        self._index = index
        self._root = root
        self._library = library
        self._notebook = notebook
        self._version = version
        self._known: _Known | None = None
        self._turn = threading.Lock()  # of who compares all
        self._lock = threading.RLock()  # of what is known

    # All

    def sync(self, advance: Advance | None = None, *, rebuild: bool = False) -> Synced:
        """Compare all, and write what is new or changed; all anew, if that is asked. May take minutes.

        What the reader writes meanwhile is brought in by `catch_up`, which waits for none of it.
        """
        if not self._turn.acquire(blocking=False):
            return Synced(waiting=_COMPARING)
        try:
            known = self._known = _Known(*self._files_now({}), is_through=False)
            synced = self._compared(known, advance, rebuild=rebuild)
        except BaseException:
            self._known = None
            raise
        finally:
            self._turn.release()
        if synced.waiting:
            self._known = None
        return synced

    def _compared(self, known: _Known, advance: Advance | None, *, rebuild: bool) -> Synced:
        wanted = self._everything()
        stamps = wanted.stamps()
        try:
            synced = self._index.sync(stamps, wanted.load, advance, rebuild=rebuild, touched=known.touched)
        except IndexLost:  # an empty one stands in its place
            synced = self._index.sync(stamps, wanted.load, advance, touched=known.touched)
            synced = replace(synced, was_lost=True)
        if not synced.waiting:
            with self._lock:
                known.stamps = None if known.touched else stamps
                known.is_through = True
                self._index.remember(known.files, anew=True)
        return synced

    # What changed

    def catch_up(self, patience: float, advance: Advance | None = None) -> Synced:
        """Write what changed since the last look; only if that is much, or not known, compare all.

        Args:
            patience: Seconds to wait for another process that writes.
            advance: Told how far it is, if all is compared.
        """
        known = self._known = self._known or self._remembered()
        if known is None or known.files[_SOURCES] != self._sources():
            return self.sync(advance)
        with self._lock:
            synced = self._caught_up(known, patience)
        if synced is None:
            return self.sync(advance)
        return synced if known.is_through else replace(synced, waiting=synced.waiting or _COMPARING)

    def forget(self) -> None:
        """Forget what is known: the index was closed, and may be another when it is opened again."""
        self._known = None

    def _remembered(self) -> _Known | None:
        files = self._index.compared()
        return _Known(files) if _SOURCES in files else None

    def _caught_up(self, known: _Known, patience: float) -> Synced | None:
        """Bring the articles up to date whose files changed; None if it is simpler to compare all.

        Another program may have looked at the files before the last of them was written: what it
        left in the index is compared with what is known.
        """
        is_ours = self._index.is_as_synced or not known.is_through
        if is_ours and known.records is self._notebook.records:
            return Synced()
        files, records = self._files_now(known.files)
        changed, gone = _apart(known.files, files)
        articles = {one.article_id for one in changed.values()}
        articles |= {known.files[name].article_id for name in (*gone, *changed) if name in known.files}
        near = [one for one in records if one.article_id in articles]
        is_little = len(changed) + len(gone) <= _FEW and all(map(self._notebook.is_at_home, near))
        if not is_little or not (is_ours or known.stamps):
            return None
        synced = self._written(known, articles, is_ours=is_ours, patience=patience)
        if not synced.waiting:
            known.files, known.records = files, records
            if not is_ours:
                self._index.remember(files, anew=True)
            elif known.is_through and (changed or gone):
                self._index.remember({**dict.fromkeys(gone), **changed})
        return synced

    def _written(self, known: _Known, articles: set[str], *, is_ours: bool, patience: float) -> Synced:
        """Write the documents of some articles, or all that another program left otherwise."""
        summaries = filter(None, map(self._library.summary, articles))
        wanted = self._wanted(summaries, self._notebook.placed(articles))
        stamps = wanted.stamps()
        held = {key for one in known.files.values() if one.article_id in articles for key in one.keys}
        if not known.is_through:
            known.touched |= held | stamps.keys()
        if known.stamps is not None:
            kept = {key: stamp for key, stamp in known.stamps.items() if key not in held}
            known.stamps = kept | stamps
        if is_ours or known.stamps is None:
            return self._index.save(stamps, held - stamps.keys(), wanted.load, patience)
        return self._index.sync(known.stamps, lambda keys: self._everything().load(keys))

    # Within

    def _files_now(
        self, before: Mapping[str, Standing]
    ) -> tuple[dict[str, Standing], tuple[ArticleRecord, ...]]:
        """Return how the files are, and what they say; they may say something newer, but nothing older.

        Args:
            before: How they were at the last look; those that are as they were are the same values.
        """
        sources, stamps = self._sources(), self._notebook.stamps()
        records, files = self._notebook.records, {_SOURCES: sources}
        for one in records:
            name = one.file.name
            stamp, last = str(stamps.get(name) or ""), before.get(name)
            files[name] = last if last and last.stamp == stamp != "" else _standing(one, stamp)
        return files, records

    def _sources(self) -> Standing:
        return Standing(f"{self._version}.{self._library.edition}")

    def _everything(self) -> Wanted:
        return self._wanted(reversed(self._library.summaries()), self._notebook.all())

    def _wanted(self, summaries: Iterable[Summary], placed: Iterable[Placed]) -> Wanted:
        return Wanted(self._root, self._library, self._notebook, self._version, summaries, placed)


def _standing(record: ArticleRecord, stamp: str) -> Standing:
    return standing(stamp, record.article_id, (key_of(record.file, one.id) for one in record.annotations))


def _apart(
    before: Mapping[str, Standing], after: Mapping[str, Standing]
) -> tuple[dict[str, Standing], set[str]]:
    """Return the files that are new or may have changed, and the names of those that are gone."""
    changed = {name: one for name, one in after.items() if one is not before.get(name) and name != _SOURCES}
    return changed, before.keys() - after.keys()
