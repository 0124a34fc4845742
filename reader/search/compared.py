"""What the index was last compared with: so that a start looks only at what changed since.

Each of the reader's files has a row: how it was when the index was made equal to it, and what
it held then. The rows hold of one state of the index and of no other; when another program
has written to it since, nothing is known, and all is compared again.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT);
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, stamp TEXT, article TEXT, held TEXT) WITHOUT ROWID;
"""
_BUSY = 1.0  # seconds to wait for another program of ours


class Standing(NamedTuple):
    """A file as it was."""

    stamp: str
    """Tells whether it still is; "" if that cannot be told."""
    article_id: str = ""
    """What it is about."""
    held: str = "[]"
    """The keys of its documents, as JSON: of thousands of files few are asked for them."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its documents."""
        return tuple(json.loads(self.held))


def standing(stamp: str, article_id: str, keys: Iterable[str]) -> Standing:
    """Return how a file is."""
    return Standing(stamp, article_id, json.dumps(list(keys)))


class Compared:
    """The rows of one index. It only saves time: what goes wrong with it is as if it knew nothing.

    Args:
        path: The file; ":memory:" keeps none.
    """

    def __init__(self, path: Path | str) -> None:
        self._path = path
        self._db = _opened(path)

    def load(self, state: str) -> dict[str, Standing]:
        """Return the files by their names, if that is what this state of the index was compared with."""
        try:
            known = [name for (name,) in self._db.execute("SELECT name FROM state")]
            rows = self._db.execute("SELECT name, stamp, article, held FROM file") if known == [state] else ()
            return {name: Standing(*row) for name, *row in rows}
        except sqlite3.Error as error:
            self._do_without(error)
            return {}

    def put(self, state: str, files: Mapping[str, Standing | None], *, anew: bool) -> None:
        """Write down what a state of the index was compared with.

        Args:
            state: Names it.
            files: By name how they are, None if they are gone.
            anew: Whether these are all; otherwise the rows of the others hold of this state too.
        """
        rows = [(name, *one) for name, one in files.items() if one]
        gone = [(name,) for name, one in files.items() if one is None]
        try:
            with self._db as db:
                db.execute("DELETE FROM state")
                db.execute("INSERT INTO state VALUES (?)", (state,))
                if anew:
                    db.execute("DELETE FROM file")
                db.executemany("DELETE FROM file WHERE name = ?", gone)
                db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", rows)
        except sqlite3.Error as error:
            self._do_without(error)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _do_without(self, error: sqlite3.Error) -> None:
        """Begin anew after damage; without a file where it is out of reach."""
        self.close()
        if isinstance(error, sqlite3.OperationalError):
            self._db = _connect(":memory:")
        else:
            _remove(self._path)
            self._db = _opened(self._path)


def _opened(path: Path | str) -> sqlite3.Connection:
    """Open the file, made anew if it is damaged; do without it where it cannot be had."""
    for _ in range(2):
        try:
            return _connect(path)
        except sqlite3.OperationalError:
            break
        except sqlite3.DatabaseError:
            _remove(path)
    return _connect(":memory:")


def _remove(path: Path | str) -> None:
    with contextlib.suppress(OSError):
        Path(path).unlink(missing_ok=True)


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # a shadow, as the index is
        connection.executescript(_SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection
