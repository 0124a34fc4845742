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
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.filetables import FileFormatError
from whoosh.index import EmptyIndexError, FileIndex, create_in, open_dir
from whoosh.index import IndexError as UnreadableIndex
from whoosh.writing import CLEAR, LockError, SegmentWriter

from reader.files import locked
from reader.search.parsing import Parsed
from reader.search.postings import CODEC
from reader.search.ranking import Found, count, find
from reader.search.relating import related
from reader.search.schema import VERSION, fields_of, schema, vocabulary_of
from reader.search.segments import Segments
from reader.search.suggesting import relaxations, suggest
from reader.search.values import Document, Facts, Kind, Related, Relaxation, Results, Stop, Synced
from reader.search.vocabulary import Vocabulary

T = TypeVar("T")

PATIENCE = 0.5  # seconds to wait for another process that writes
_MEMORY = 128  # MiB of terms before a build puts some of them aside
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
        self._lock = threading.RLock()
        self._segments: Segments | None = None
        self._synced_at = -1

    @property
    def is_as_synced(self) -> bool:
        """Whether no other program wrote to the index since the last `sync`."""
        return self._ask(lambda segments: segments.generation == self._synced_at)

    def stamps(self) -> dict[str, str]:
        """Return the stamps of all documents by their keys."""
        return self._ask(_stamps)

    def find(self, parsed: Parsed, facts: Facts, limit: int, width: int, stop: Stop = bool) -> Results:
        """Find what a query asks for, as `ranking.find`.

        Raises:
            Stopped: `stop` said so.
        """
        return self._ask(lambda segments: find(segments, parsed, facts, Found(limit, width, stop)))

    def suggest(self, parsed: Parsed, facts: Facts) -> tuple[str, tuple[Relaxation, ...]]:
        """Return what to ask in place of a query that finds nothing, as `suggesting`."""

        def ask(segments: Segments) -> tuple[str, tuple[Relaxation, ...]]:
            counted = partial(count, segments, facts=facts)
            return suggest(parsed, segments.vocabulary.spellings, counted), relaxations(parsed, counted)

        return self._ask(ask)

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
        generation, stamps = self._ask(lambda segments: (segments.generation, _stamps(segments)))
        if not rebuild and stamps == wanted:
            self._synced_at = generation
            return Synced()
        with self._lock:
            try:
                return self._write(wanted, load, advance, rebuild=rebuild)
            except _Waiting as waiting:
                return Synced(waiting=str(waiting))

    def close(self) -> None:
        """Close the files."""
        with self._lock:
            if self._segments is not None:
                self._segments.close()
            self._segments = None

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
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        return IndexLost(str(error))

    def _opened(self) -> Segments:
        """Return the state that was committed last."""
        if self._segments is None:
            self._segments = Segments(*_open(self._folder))
        for _ in range(_OPENINGS - 1):
            with contextlib.suppress(FileNotFoundError):  # another process committed between two looks
                self._segments.refresh()
                return self._segments
        self._segments.refresh()
        return self._segments

    def _write(
        self, wanted: Mapping[str, str], load: Load, advance: Advance | None, *, rebuild: bool
    ) -> Synced:
        with self._writing() as (segments, writer):
            with self._lost_if_damaged():
                segments.refresh()
                known = _known(segments)
            fresh = [key for key, stamp in wanted.items() if rebuild or known.get(key, (0, ""))[1] != stamp]
            gone = known.keys() - wanted.keys()
            words: Counter[str] = Counter()
            for number, document in enumerate(load(fresh), 1):
                writer.add_document(**fields_of(document))
                words.update(vocabulary_of(document))
                if advance:
                    advance(number, len(fresh))
            for key in () if rebuild else gone | (known.keys() & set(fresh)):
                words.subtract(vocabulary_of(segments.document(known[key][0])))
                writer.delete_document(known[key][0])
            segments.vocabulary.count(words, anew=rebuild or not known)
            writer.commit(mergetype=CLEAR if rebuild else None)
            self._synced_at = writer.generation
        return Synced(len(fresh), len(gone))

    @contextlib.contextmanager
    def _writing(self) -> Iterator[tuple[Segments, Any]]:
        """Lend the one writer there is; what it wrote is forgotten unless it is committed."""
        segments = self._ask(lambda segments: segments)
        try:
            writer = SegmentWriter(
                segments.index, timeout=PATIENCE, limitmb=_MEMORY, compound=False, codec=CODEC
            )
            try:
                yield segments, writer
            finally:
                if not writer.is_closed:
                    with contextlib.suppress(OSError):
                        writer.cancel()
        except LockError:
            raise _Waiting("another process is writing the index") from None
        except FileNotFoundError as error:  # a file of the index itself is gone
            raise self._lost(error) from error
        except (OSError, sqlite3.OperationalError) as error:
            raise _Waiting(f"the index cannot be written ({error})") from error
        except Exception as error:
            if not _is_damage(error):  # else met while small segments were merged
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


class _Waiting(Exception):
    """The index cannot be written now; the message says why."""


def _is_damage(error: Exception) -> bool:
    """Tell whether an error says that the files are damaged; of torn postings it is a plain `Exception`."""
    return isinstance(error, _DAMAGE) or type(error) is Exception


def _known(segments: Segments) -> dict[str, tuple[int, str]]:
    """Return number and stamp of each document by its key."""
    keys, stamps = segments.column("key"), segments.column("stamp")
    return {keys[number]: (number, stamps[number]) for number in segments.numbers()}


def _stamps(segments: Segments) -> dict[str, str]:
    return {key: stamp for key, (_, stamp) in _known(segments).items()}


def _open(folder: Path) -> tuple[FileIndex, Vocabulary]:
    """Open the index of a folder, or make one; where none can be made it is kept in memory."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
        with locked(folder, folder.parent):
            return _open_or_make(folder), Vocabulary(folder / _WORDS)
    except OSError:  # not ours, not writable, no room
        return RamStorage().create_index(schema()), Vocabulary(":memory:")


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
                return open_dir(folder)
    words.unlink(missing_ok=True)
    return create_in(folder, schema())


def _is_private(folder: Path) -> bool:
    """Tell whether nobody but the user could have written to a folder."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
