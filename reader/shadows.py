"""What lies in the cache folder: it saves work and holds nothing of its own, and so can be thrown away."""

import contextlib
import hashlib
import os
import re
import sqlite3
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

KEPT = 30 * 86_400  # seconds; what a version left that nobody used for so long is thrown away

_FOLDER = re.compile(r"v-[0-9a-f]{8}")
_IN_MEMORY = ":memory:"
_BESIDE = ("", "-wal", "-shm")  # a database, and what SQLite keeps beside it


def folder_of(cache: Path, version: str, now: float | None = None) -> Path:
    """Return the folder for the shadows of one version of the program, made if it can be.

    Two versions that run at once in one folder would take all that the other read for stale,
    and read all files in turn for ever. A new one begins with what the last one knew: what it
    has to read anew is listed and found meanwhile.

    Args:
        cache: The cache folder, of all versions.
        version: Whatever tells them apart.
        now: The time, in seconds as files have it.
    """
    now = time.time() if now is None else now
    folder = cache / f"v-{hashlib.blake2s(version.encode(), digest_size=4).hexdigest()}"
    with contextlib.suppress(OSError):
        if not folder.is_dir():
            _begin(folder, now)
        os.utime(folder, (now, now))  # the time of its last use
    return folder


def _begin(folder: Path, now: float) -> None:
    from reader import beginnings  # noqa: PLC0415 - once for each version

    cache = folder.parent
    cache.mkdir(parents=True, exist_ok=True, mode=0o700)
    for unused in cache.iterdir():
        if _FOLDER.match(unused.name) and unused.stat().st_mtime < now - KEPT:
            beginnings.throw_away(unused)
    others = (one for one in cache.iterdir() if _FOLDER.fullmatch(one.name))
    beginnings.begin(folder, max(others, key=lambda one: one.stat().st_mtime, default=None))


class ShadowLost(Exception):
    """A database was damaged or is out of reach; an empty one stands in its place, to be filled anew."""


class Form(NamedTuple):
    """How a database looks."""

    version: int
    """Raised with any change of the tables, or of what they hold."""
    schema: str
    """The statements that make the tables."""
    probe: str
    """A query that a database of this form answers, unless it is damaged."""
    busy: float
    """Seconds to wait for another program of ours."""


class Database:
    """A database that can be thrown away. Threads may share it.

    One that is damaged, or of another form, is made anew; one that is out of reach is kept in
    memory for as long as the program runs.

    Args:
        path: The file; None keeps none.
        form: How it looks.
    """

    def __init__(self, path: Path | None, form: Form) -> None:
        self._path = path
        self._form = form
        self._lock = threading.RLock()
        self._connection = self._opened()

    @property
    def state(self) -> tuple[object, ...]:
        """Another value after each change, by other programs (of `data_version`) or by this one."""
        ((others,),) = self.rows("PRAGMA data_version")
        return (self._connection, others, self._connection.total_changes)

    def rows(self, query: str, *values: str | int | bytes) -> list[tuple[Any, ...]]:
        """Ask for something.

        Raises:
            ShadowLost: It cannot be answered.
        """
        with self._lost_if_damaged() as connection:
            return connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one short transaction.

        Raises:
            ShadowLost: Nothing of it was written.
        """
        with self._lost_if_damaged() as connection, connection:
            yield connection

    def begin_anew(self) -> None:
        """Throw all away that is known: it turned out to make no sense."""
        with self._lock:
            self.close()
            if self._path:
                _throw_away(self._path)
            self._connection = self._opened()

    def close(self) -> None:
        """Close the file, once no thread asks for something any longer."""
        with self._lock:
            self._connection.close()

    @contextlib.contextmanager
    def _lost_if_damaged(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.ProgrammingError:  # it was closed: the file is whole
                raise
            except sqlite3.OperationalError as error:  # another program holds it: go on without it
                self.close()
                self._connection = self._connected(None)
                raise ShadowLost(str(error)) from error
            except sqlite3.DatabaseError as error:
                self.begin_anew()
                raise ShadowLost(str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        """Open the file, made anew if need be, or do without one."""
        if self._path is None:
            return self._connected(None)
        for _ in range(2):
            try:
                return self._connected(self._path)
            except (sqlite3.OperationalError, OSError):
                break
            except sqlite3.DatabaseError:
                _throw_away(self._path)
        return self._connected(None)

    def _connected(self, path: Path | None) -> sqlite3.Connection:
        """Open a file, and have it closed with this object, also by who forgets to."""
        if path:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = connect(path, self._form)
        weakref.finalize(self, connection.close)
        return connection


def connect(path: Path | None, form: Form) -> sqlite3.Connection:
    """Open a database, and make its tables if it is new. Threads may share the connection, one at a time.

    Args:
        path: The file; None keeps none.
        form: How it looks.

    Raises:
        sqlite3.DatabaseError: It is damaged, or of another form.
    """
    connection = sqlite3.connect(path or _IN_MEMORY, timeout=form.busy, check_same_thread=False)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, form.version):
            raise sqlite3.DatabaseError("a database of another form")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut tears is made anew
        if version == 0:
            connection.executescript(f"BEGIN; {form.schema} PRAGMA user_version = {form.version}; COMMIT;")
        connection.execute(form.probe).fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _throw_away(path: Path) -> None:
    """Delete a database, with what SQLite keeps beside it."""
    for suffix in _BESIDE:
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
