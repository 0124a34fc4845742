"""The index of one workspace: a shadow of the files, in the user's cache folder.

It is made anew when it is damaged, of another version or gone, and nothing of the user's is
lost with it. Whoever reads it sees whole commits; one process at a time writes.
"""

import contextlib
import pickle
import shutil
import sqlite3
import struct
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from whoosh.filedb.filetables import FileFormatError
from whoosh.index import IndexError as UnreadableIndex

from reader.search.building import Built, discard
from reader.search.compared import Compared, Standing
from reader.search.filling import Advance, Filling, Load
from reader.search.opening import OPENINGS, WORDS, open_in
from reader.search.parsing import Parsed
from reader.search.ranking import Found, articles, counter, find, speller
from reader.search.relating import related
from reader.search.schema import VERSION
from reader.search.segments import Segments
from reader.search.suggesting import relaxations, suggest
from reader.search.values import Document, Facts, Kind, Related, Relaxation, Results, Stop, Synced
from reader.search.vocabulary import Vocabulary
from reader.search.writing import FILLING, Commit, Waiting, sole_writer, words_in

T = TypeVar("T")

PATIENCE = 0.5  # seconds to wait for another process that writes
_LONG = 5.0  # seconds to wait to commit what took longer to write
MANY = 200  # documents that are written segment by segment; fewer are one commit

_DAMAGE = (
    *(OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError),
    *(MemoryError, ImportError, struct.error, zlib.error, pickle.PickleError, sqlite3.Error),
    *(UnreadableIndex, FileFormatError),
)  # what Whoosh was seen to raise on files that are cut off, zeroed or foreign
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
        self._turn = threading.Lock()  # of who commits
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
            return suggest(parsed, speller(segments), counted), relaxations(parsed, counted)

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

    def sync(  # noqa: PLR0913 - what makes a comparison
        self,
        wanted: Mapping[str, str],
        load: Load,
        advance: Advance | None = None,
        *,
        rebuild: bool = False,
        touched: Collection[str] = (),
        processes: int = 0,
    ) -> Synced:
        """Make the index equal to some documents. What is saved meanwhile waits for none of it.

        Args:
            wanted: The stamps of all documents by their keys.
            load: Is asked for those that are new or changed.
            advance: Told how far it is.
            rebuild: Write all of them anew; until that is done the old ones are found.
            touched: Keys of documents that were saved since `wanted` was made; it may grow.
            processes: How many may write many documents at once; as many as are worth it, if 0.
        """
        base, found = self._ask(lambda segments: (segments.generation, _stamps_in(segments)))
        known = {} if rebuild else found
        fresh = [key for key, stamp in wanted.items() if known.get(key) != stamp]
        gone = found.keys() - wanted.keys()
        self._synced_at = base
        if len(fresh) < MANY and not rebuild:
            return self._write(_Change(fresh, gone, advance), load, PATIENCE, touched)
        return self._fill(
            Filling(self._storage, fresh, load, advance, processes), gone, touched, anew=rebuild
        )

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
        return self._write(_Change(fresh, known.keys() & set(gone)), load, patience)

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
            index, files = open_in(self._folder)
            self._segments = Segments(index, Vocabulary(files / WORDS if files else _NOWHERE))
            self._compared = Compared(files / _FILES if files else None)
        for _ in range(OPENINGS - 1):
            with contextlib.suppress(FileNotFoundError):  # another process committed between two looks
                self._segments.refresh()
                return self._segments
        self._segments.refresh()
        return self._segments

    @property
    def _storage(self) -> Any:
        return self._ask(lambda segments: segments.index.storage)

    def _write(self, change: "_Change", load: Load, patience: float, touched: Collection[str] = ()) -> Synced:
        """Write some documents, and with them segments that have become too many."""
        if not (change.fresh or change.gone):
            return Synced()
        documents = list(change.loaded(load))

        def write(commit: Commit, segments: Segments) -> None:
            doomed = {*change.fresh, *change.gone}.difference(touched)  # also what could not be loaded
            commit.delete(doomed)
            words = commit.write(one for one in documents if one.key not in touched)
            words.subtract(words_in(segments, doomed))
            segments.vocabulary.count(words, anew=not segments.size)

        try:
            self._commit(write, patience)
        except Waiting as waiting:
            self._synced_at = -1
            return Synced(waiting=str(waiting))
        return Synced(len(change.fresh), len(change.gone))

    def _fill(
        self, filling: Filling, gone: Collection[str], touched: Collection[str], *, anew: bool
    ) -> Synced:
        """Write many documents, segment by segment, so that they are found meanwhile; at once if all are new.

        If another program wrote since the index was compared, it is to be compared again.
        """
        index, total = self._ask(lambda segments: segments.index), len(filling.left)
        hidden: list[Built] = []
        try:
            with self._lost_if_torn(), sole_writer(index, 0, FILLING):
                for built in filling.segments():
                    hidden += built
                    if not anew:
                        self._adopt(hidden, (), touched)
                        hidden.clear()
                self._adopt(hidden, {*gone, *filling.left}, touched, anew=anew)
                hidden.clear()
        except Waiting as error:
            self._synced_at = -1
            return Synced(waiting=str(error))
        finally:
            for one in hidden:
                discard(index.storage, one.segment)
        return Synced(total, len(gone), was_left_alone=filling.was_left_alone)

    def _adopt(
        self, built: Sequence[Built], gone: Collection[str], touched: Collection[str], *, anew: bool = False
    ) -> None:
        """Let segments be found, in the place of what they hold, and of what is gone."""
        doomed = set(gone).union(*(one.keys for one in built))
        words = Counter[str]()
        for one in built:
            words.update(one.words)
        if not anew:
            words.subtract(self._ask(lambda segments: words_in(segments, doomed)))

        def adopt(commit: Commit, segments: Segments) -> None:
            if anew:
                words.update(words_in(segments, touched))
            commit.delete(doomed.difference(touched))
            commit.add(built, touched)
            segments.vocabulary.count(words, anew=anew or not segments.size)

        if doomed:
            self._commit(adopt, _LONG)

    def _commit(self, write: Callable[[Commit, Segments], None], patience: float) -> None:
        """Change the index, alone.

        Raises:
            Waiting: It cannot be written now.
        """
        index = self._ask(lambda segments: segments.index)
        if not self._turn.acquire(timeout=_LONG):
            raise Waiting("another thread is writing the index")
        try:
            with self._lost_if_torn(), sole_writer(index, patience), self._lock:
                segments = self._opened()
                commit = Commit(index, segments)
                try:
                    write(commit, segments)
                    is_sole = segments.generation == self._synced_at
                    generation = commit.finish()
                finally:
                    commit.give_up()
                self._synced_at = generation if is_sole else -1
        finally:
            self._turn.release()

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


class _Change(NamedTuple):
    """What is to be written at once."""

    fresh: Sequence[str]
    """Keys of documents that are new or changed."""
    gone: Collection[str]
    advance: Advance | None = None

    def loaded(self, load: Load) -> Iterator[Document]:
        """Read the documents, and tell how far that is."""
        for number, document in enumerate(load(self.fresh), 1):
            yield document
            if self.advance:
                self.advance(number, len(self.fresh))


def _is_damage(error: Exception) -> bool:
    """Tell whether an error says that the files are damaged; of torn postings it is a plain `Exception`."""
    return isinstance(error, _DAMAGE) or type(error) is Exception


def _stamps_in(segments: Segments) -> dict[str, str]:
    keys, stamps = segments.column("key"), segments.column("stamp")
    return {keys[number]: stamps[number] for number in segments.numbers()}


def _stamps_of(segments: Segments, keys: Iterable[str]) -> dict[str, str]:
    found = ((key, segments.number_of(key)) for key in keys)
    return {key: segments.value("stamp", number) for key, number in found if number is not None}
