"""Databases in the cache folder that save work and hold nothing of their own: each can be thrown away."""

import contextlib
import sqlite3
from pathlib import Path
from typing import NamedTuple

IN_MEMORY = ":memory:"


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


def open_shadow(path: Path, form: Form) -> sqlite3.Connection | None:
    """Open a database, made anew if it is damaged or of another form; None if it is out of reach."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return connect(path, form)
        except (sqlite3.OperationalError, OSError):
            return None
        except sqlite3.DatabaseError:
            throw_away(path)
    return None


def connect(path: Path | str, form: Form) -> sqlite3.Connection:
    """Open a database, and make its tables if it is new. Threads may share the connection, one at a time.

    Raises:
        sqlite3.DatabaseError: It is damaged, or of another form.
    """
    connection = sqlite3.connect(path, timeout=form.busy, check_same_thread=False)
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


def throw_away(path: Path) -> None:
    """Delete a database, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
