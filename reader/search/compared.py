"""What the index was last compared with: so that a start looks only at what changed since.

Each of the reader's files has a row: how it was when the index was made equal to it, and what
it held then. The rows hold of one state of the index and of no other; when another program
has written to it since, nothing is known, and all is compared again.
"""

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from reader.shadows import Database, Form, ShadowLost

_SCHEMA = """
CREATE TABLE IF NOT EXISTS state (name TEXT);
CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, stamp TEXT, article TEXT, held TEXT) WITHOUT ROWID;
"""
_FORM = Form(1, _SCHEMA, probe="SELECT count(*) FROM state", busy=1.0)


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
        path: The file; None keeps none.
    """

    def __init__(self, path: Path | None) -> None:
        self._database = Database(path, _FORM)

    def load(self, state: str) -> dict[str, Standing]:
        """Return the files by their names, if that is what this state of the index was compared with."""
        query = "SELECT name, stamp, article, held FROM file WHERE (SELECT group_concat(name) FROM state) = ?"
        with contextlib.suppress(ShadowLost):
            return {name: Standing(*row) for name, *row in self._database.rows(query, state)}
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
        with contextlib.suppress(ShadowLost), self._database.writing() as db:
            db.execute("DELETE FROM state")
            db.execute("INSERT INTO state VALUES (?)", (state,))
            if anew:
                db.execute("DELETE FROM file")
            db.executemany("DELETE FROM file WHERE name = ?", gone)
            db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()
