"""The index of one workspace: a shadow of the files, in the user's cache folder.

It is made anew when it is damaged, of another version or gone, and nothing of the user's is
lost with it. Whoever reads it sees whole commits; one process at a time writes.
"""

import contextlib
import os
import pickle
import shutil
import sqlite3
import stat
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.index import IndexError as UnreadableIndex

from reader.files import locked
from reader.search.codec import Folder
from reader.search.compared import Compared, Standing
from reader.search.parsing import Parsed
from reader.search.ranking import Found, articles, counter, find
from reader.search.relating import related
from reader.search.schema import VERSION, schema
from reader.search.segments import Segments
from reader.search.suggesting import relaxations, suggest
from reader.search.values import Document, Facts, Kind, Related, Relaxation, Results, Stop, Synced
from reader.search.vocabulary import Vocabulary
from reader.search.writing import Waiting, commit_to

T = TypeVar("T")

PATIENCE = 0.5  # seconds to wait for another process that writes
_BATCH = 4_000  # documents of one commit: 15,000 make four segments
_OPENINGS = 5  # an opening while another process commits may miss a file

Advance = Callable[[int, int], None]
"""Told how many documents are written, and of how many."""
Load = Callable[[Iterable[str]], Iterator[Document]]
"""Returns documents by their keys; one that is gone meanwhile is left out."""

_DAMAGE = (
    *(OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError),
    *(MemoryError, ImportError, struct.error, zlib.error, pickle.PickleError, sqlite3.Error),
    *(UnreadableIndex, FileFormatError),
)  # what Whoosh was seen to raise on files that are cut off, zeroed or foreign
_WORDS = "words.db"
_FILES = "files.db"
_NOWHERE = ":memory:"


class IndexLost(Exception):
    """The index was damaged; an empty one stands in its place, to be filled anew."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What can be told of an index."""

    folder: str
    """Where it lies; "" if it is only in memory."""
    documents: Mapping[Kind, int]
    segments: int
    size: int
    """Bytes on the disk."""
    version: int = VERSION


class Index:
    """An index. Threads may share it; each call sees one state of it.

    Every method raises `IndexLost` when the files turn out to be damaged.

    Args:
        folder: Where it lies, in the user's own cache folder. What stands there is only
            trusted if nobody else can write to it: an index holds pickles.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder / f"v{VERSION}"
        self._lock = threading.RLock()  # of what is open
        self._turn = threading.Lock()  # of who writes, maybe for minutes; what is there is found meanwhile
        self._segments: Segments | None = None
        self._compared: Compared | None = None
        self._synced_at = -1

    @property
    def is_as_synced(self) -> bool:
        """Whether no other program wrote to the index since the last `sync`."""
        return self._ask(lambda segments: segments.generation == self._synced_at)

    def compared(self) -> dict[str, Standing]:
        """Return how the files were when the index was made equal to them; {} if that is not known."""

        def ask(segments: Segments) -> dict[str, Standing]:
            found = self._compared.load(segments.state) if self._compared else {}
            if found:
                self._synced_at = segments.generation
            return found

        return self._ask(ask)

    def remember(self, files: Mapping[str, Standing | None], *, anew: bool = False) -> None:
        """Keep how the files are that the index is equal to, for the next start; as `Compared.put`.

        Nothing is kept if another program wrote meanwhile.
        """

        def put(segments: Segments) -> None:
            if self._compared and segments.generation == self._synced_at:
                self._compared.put(segments.state, files, anew=anew)

        self._ask(put)

    def stamps(self) -> dict[str, str]:
        """Return the stamps of all documents by their keys."""
        return self._ask(_stamps_in)

    def find(self, parsed: Parsed, facts: Facts, limit: int, width: int, stop: Stop = bool) -> Results:
        """Find what a query asks for, as `ranking.find`.

        Raises:
            Stopped: `stop` said so.
        """
        return self._ask(lambda segments: find(segments, parsed, facts, Found(limit, width, stop)))

    def suggest(self, parsed: Parsed, facts: Facts) -> tuple[str, tuple[Relaxation, ...]]:
        """Return what to ask in place of a query that finds nothing, as `suggesting`."""

        def ask(segments: Segments) -> tuple[str, tuple[Relaxation, ...]]:
            counted = counter(segments, facts)
            return suggest(parsed, segments.vocabulary.spellings, counted), relaxations(parsed, counted)

        return self._ask(ask)

    def articles(self, parsed: Parsed, facts: Facts) -> frozenset[str]:
        """Return the articles in which something is found, as `ranking.articles`."""
        return self._ask(lambda segments: articles(segments, parsed, facts))

    def related(self, key: str, limit: int) -> tuple[Related, ...]:
        """Return the articles that are most like one, as `relating.related`."""
        return self._ask(lambda segments: related(segments, key, limit))

    def status(self) -> Holdings:
        """Tell what the index holds."""
        return self._ask(self._status)

    def sync(
        self, wanted: Mapping[str, str], load: Load, advance: Advance | None = None, *, rebuild: bool = False
    ) -> Synced:
        """Make the index equal to some documents.

        Args:
            wanted: The stamps of all documents by their keys.
            load: Is asked for those that are new or changed.
            advance: Told how far it is.
            rebuild: Write all of them anew; until that is done the old ones are found.
        """
        base, found = self._ask(lambda segments: (segments.generation, _stamps_in(segments)))
        known = {} if rebuild else found
        fresh = [key for key, stamp in wanted.items() if known.get(key) != stamp]
        self._synced_at = base
        return self._write(fresh, known.keys() - wanted.keys(), load, advance, rebuild=rebuild)

    def save(
        self, wanted: Mapping[str, str], gone: Collection[str], load: Load, patience: float = PATIENCE
    ) -> Synced:
        """Bring some documents up to date, and look at no others: a note that was just written.

        Args:
            wanted: Their stamps by their keys.
            gone: Keys of documents that are to be there no longer.
            load: Is asked for those that are new or changed.
            patience: Seconds to wait for another process that writes.
        """
        known = self._ask(lambda segments: _stamps_of(segments, {*wanted, *gone}))
        fresh = [key for key, stamp in wanted.items() if known.get(key) != stamp]
        return self._write(fresh, known.keys() & set(gone), load, None, patience)

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            if self._segments and self._compared:
                self._segments.close()
                self._compared.close()
            self._segments = self._compared = None

    # Within

    def _ask(self, ask: Callable[[Segments], T]) -> T:
        with self._lost_if_damaged():
            return ask(self._opened())

    @contextlib.contextmanager
    def _lost_if_damaged(self) -> Iterator[None]:
        """Throw away an index that cannot answer."""
        with self._lock:
            try:
                yield
            except Exception as error:
                if not _is_damage(error):
                    raise
                raise self._lost(error) from error

    def _lost(self, error: Exception) -> IndexLost:
        """Throw the index away, and return what tells of it."""
        with self._lock:
            self.close()
            shutil.rmtree(self._folder, ignore_errors=True)
        return IndexLost(str(error))

    def _opened(self) -> Segments:
        """Return the state that was committed last."""
        if self._segments is None:
            index, files = _open(self._folder)
            self._segments = Segments(index, Vocabulary(files / _WORDS if files else _NOWHERE))
            self._compared = Compared(files / _FILES if files else _NOWHERE)
        for _ in range(_OPENINGS - 1):
            with contextlib.suppress(FileNotFoundError):  # another process committed between two looks
                self._segments.refresh()
                return self._segments
        self._segments.refresh()
        return self._segments

    def _write(  # noqa: PLR0913 - what makes a change
        self,
        fresh: Sequence[str],
        gone: Collection[str],
        load: Load,
        advance: Advance | None,
        patience: float = PATIENCE,
        *,
        rebuild: bool = False,
    ) -> Synced:
        """Write what changed, some thousands of documents at a time, so that these are found meanwhile.

        If another program wrote since the index was compared, it is to be compared again.
        """
        if not (fresh or gone or rebuild):
            return Synced()
        if not self._turn.acquire(blocking=False):
            self._synced_at = -1
            return Synced(waiting="the index is being made")
        try:
            left = _Left(fresh, advance)
            documents = load(fresh)
            while not self._write_some(documents, gone, left, patience, rebuild=rebuild):
                gone = ()
        except Waiting as waiting:
            self._synced_at = -1
            return Synced(waiting=str(waiting))
        finally:
            self._turn.release()
        return Synced(len(fresh), len(gone))

    def _write_some(
        self,
        documents: Iterator[Document],
        gone: Collection[str],
        left: "_Left",
        patience: float,
        *,
        rebuild: bool,
    ) -> bool:
        """Write the next documents; returns whether these were the last."""
        index = self._ask(lambda segments: segments.index)
        asked = set(left.keys)
        with self._lost_if_torn(), commit_to(index, patience) as commit:
            commit.add(islice(documents, None if rebuild else _BATCH), left.tell)
            is_last = rebuild or len(asked) - len(left.keys) < _BATCH
            written = asked if is_last else asked - left.keys  # what could not be loaded is gone
            with self._lock:
                segments = self._opened()
                if not rebuild:
                    commit.delete(segments, written.union(gone))
                segments.vocabulary.count(commit.words, anew=rebuild or not segments.size)
                is_sole = segments.generation == self._synced_at
            generation = commit.finish(anew=rebuild)
            self._synced_at = generation if is_sole else -1
        return is_last

    @contextlib.contextmanager
    def _lost_if_torn(self) -> Iterator[None]:
        """Throw away an index whose damage is met while it is written; others may read meanwhile."""
        try:
            yield
        except Exception as error:
            is_gone = isinstance(error, FileNotFoundError)
            if not is_gone and (isinstance(error, OSError) or not _is_damage(error)):
                raise
            raise self._lost(error) from error

    def _status(self, segments: Segments) -> Holdings:
        kinds = Counter(map(segments.column("kinds").__getitem__, segments.numbers()))
        files = [path for path in self._folder.glob("*") if path.is_file()]
        return Holdings(
            folder=str(self._folder) if files else "",
            documents={kind: kinds[str(kind)] for kind in Kind},
            segments=segments.number,
            size=sum(path.stat().st_size for path in files),
        )


class _Left:
    """The documents that are still to be written."""

    def __init__(self, keys: Sequence[str], advance: Advance | None) -> None:
        self.keys = set(keys)
        self._total = len(keys)
        self._advance = advance

    def tell(self, document: Document) -> None:
        """Take note of one that is written."""
        self.keys.discard(document.key)
        if self._advance:
            self._advance(self._total - len(self.keys), self._total)


def _is_damage(error: Exception) -> bool:
    """Tell whether an error says that the files are damaged; of torn postings it is a plain `Exception`."""
    return isinstance(error, _DAMAGE) or type(error) is Exception


def _stamps_in(segments: Segments) -> dict[str, str]:
    keys, stamps = segments.column("key"), segments.column("stamp")
    return {keys[number]: stamps[number] for number in segments.numbers()}


def _stamps_of(segments: Segments, keys: Iterable[str]) -> dict[str, str]:
    found = ((key, segments.number_of(key)) for key in keys)
    return {key: segments.value("stamp", number) for key, number in found if number is not None}


def _open(folder: Path) -> tuple[FileIndex, Path | None]:
    """Open the index of a folder, or make one; if that cannot be, keep it in memory, without a folder."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
        with locked(folder, folder.parent):
            return _open_or_make(folder), folder
    except OSError:  # not ours, not writable, no room
        return RamStorage().create_index(schema()), None


def _open_or_make(folder: Path) -> FileIndex:
    for old in folder.parent.glob("v*"):
        if old != folder or not _is_private(old):
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    if not _is_private(folder):
        raise PermissionError(f"{folder} belongs to somebody else")
    words = folder / _WORDS
    if words.is_file() and words.stat().st_size:  # else beginnings and misspellings would find nothing
        for _ in range(_OPENINGS):
            with contextlib.suppress(EmptyIndexError, FileNotFoundError):
                return Folder(str(folder)).open_index()
    words.unlink(missing_ok=True)
    return Folder(str(folder)).create_index(schema())


def _is_private(folder: Path) -> bool:
    """Tell whether nobody but the user could have written to a folder."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
