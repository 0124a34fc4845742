"""The shadow of the source files, in the cache folder: what a list needs, and what judging found.

Versioned and disposable: one that is old, damaged or missing is made anew, and one
that cannot be written is kept in memory for as long as the program runs.
"""

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from reader.model import Category, Ledger, Problem, Reason, Summary

_FORMAT = 2  # raised with any change of the tables
_SCHEMA = """
CREATE TABLE source (
    name TEXT PRIMARY KEY, path BLOB NOT NULL, mtime INTEGER, size INTEGER, inode INTEGER, version TEXT,
    what TEXT, remedy TEXT
) WITHOUT ROWID;
CREATE TABLE article (
    id TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES source ON DELETE CASCADE,
    title TEXT, first_line INTEGER, last_line INTEGER, words INTEGER, hidden INTEGER, title_derived INTEGER,
    section TEXT, publisher TEXT, author TEXT, date TEXT, lang TEXT, encoding TEXT, ledger TEXT
) WITHOUT ROWID;
CREATE INDEX article_by_name ON article (name, first_line);
"""
_COLUMNS = (
    "id, name, title, first_line, last_line, words, hidden, title_derived,"
    " section, publisher, author, date, lang, encoding"
)
_SELECT = f"SELECT {_COLUMNS} FROM article"  # noqa: S608 - a constant
_PLACES = ", ".join("?" * len(_COLUMNS.split(",")))
_INSERT = f"INSERT OR REPLACE INTO article ({_COLUMNS}, ledger) VALUES ({_PLACES}, ?)"  # noqa: S608 - constants
_BUSY = 5.0  # seconds to wait for another program of ours


class Stamp(NamedTuple):
    """What tells that a file is as it was."""

    mtime: int
    """Nanoseconds."""
    size: int
    """Bytes."""
    inode: int


@dataclass(frozen=True, slots=True)
class Row:
    """A file and what was read from it."""

    name: str
    path: Path
    stamp: Stamp
    articles: tuple[tuple[Summary, Ledger | None], ...]
    """What the list shows of each, and its verdicts by the rules alone; None if it is not judged yet."""
    problem: Problem | None = None


class Catalogue:
    """The catalogue of one library.

    Args:
        folder: The cache folder; made if it is missing.
        key: Tells libraries apart: the paths of its roots.
    """

    def __init__(self, folder: Path, key: str) -> None:
        digest = hashlib.blake2s(os.fsencode(key), digest_size=8).hexdigest()
        self._db = _open(folder / f"catalogue-{digest}.db")

    def stamps(self, version: str) -> dict[str, Stamp]:
        """Return the stamps of the files that were read by this version of the program."""
        rows = self._db.execute("SELECT name, mtime, size, inode FROM source WHERE version = ?", (version,))
        return {name: Stamp(mtime, size, inode) for name, mtime, size, inode in rows}

    def names(self) -> frozenset[str]:
        """Return the names of all files, read by whatever version."""
        return frozenset(name for (name,) in self._db.execute("SELECT name FROM source"))

    def article_ids(self) -> frozenset[str]:
        """Return the ids of all articles."""
        return frozenset(identity for (identity,) in self._db.execute("SELECT id FROM article"))

    def ids_outside(self, name: str) -> frozenset[str]:
        """Return the ids of the articles of all other files."""
        rows = self._db.execute("SELECT id FROM article WHERE name <> ?", (name,))
        return frozenset(identity for (identity,) in rows)

    def path_of(self, name: str) -> Path | None:
        """Return where a file stands, None if it is not known."""
        row = self._db.execute("SELECT path FROM source WHERE name = ?", (name,)).fetchone()
        return Path(os.fsdecode(row[0])) if row else None

    def summaries(self) -> tuple[Summary, ...]:
        """Return what the list shows, by name of the file and line."""
        return tuple(map(_as_summary, self._db.execute(f"{_SELECT} ORDER BY name, first_line")))

    def summary(self, article_id: str) -> Summary | None:
        """Return what the list shows of one article."""
        row = self._db.execute(f"{_SELECT} WHERE id = ?", (article_id,)).fetchone()
        return _as_summary(row) if row else None

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults of the files, by name."""
        rows = self._db.execute("SELECT what, name, remedy FROM source WHERE what IS NOT NULL ORDER BY name")
        return tuple(Problem(what, name, remedy) for what, name, remedy in rows)

    def put(self, row: Row, version: str) -> None:
        """Write down a file and its articles, in the place of what was known of it."""
        self.forget((row.name,))
        what, remedy = (row.problem.what, row.problem.remedy) if row.problem else (None, None)
        self._db.execute(
            "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (row.name, os.fsencode(row.path), *row.stamp, version, what, remedy),
        )
        self._db.executemany(
            _INSERT, [(*_as_row(summary), _as_text(ledger)) for summary, ledger in row.articles]
        )

    def ledger(self, article_id: str) -> Ledger | None:
        """Return the verdicts on an article by the rules alone; None if it is not judged yet."""
        row = self._db.execute("SELECT ledger FROM article WHERE id = ?", (article_id,)).fetchone()
        return _as_ledger(row[0]) if row and row[0] else None

    def put_ledger(self, article_id: str, ledger: Ledger) -> None:
        """Write down the verdicts on an article by the rules alone."""
        self._db.execute("UPDATE article SET ledger = ? WHERE id = ?", (_as_text(ledger), article_id))
        self._db.commit()

    def recount(self, article_id: str, words: int, hidden: int) -> None:
        """Write down the counts of an article after its verdicts changed."""
        self._db.execute("UPDATE article SET words = ?, hidden = ? WHERE id = ?", (words, hidden, article_id))
        self._db.commit()

    def forget(self, names: Iterable[str]) -> None:
        """Forget files and their articles."""
        rows = [(name,) for name in names]
        self._db.executemany("DELETE FROM article WHERE name = ?", rows)
        self._db.executemany("DELETE FROM source WHERE name = ?", rows)

    def commit(self) -> None:
        """Keep what was written since the last time."""
        self._db.commit()

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _as_row(summary: Summary) -> tuple[object, ...]:
    return (
        summary.id,
        summary.path,
        summary.title,
        *summary.lines,
        summary.words,
        summary.hidden,
        summary.title_derived,
        summary.section,
        summary.source,
        summary.author,
        summary.date,
        summary.lang,
        summary.encoding,
    )


def _as_text(ledger: Ledger | None) -> str | None:
    """Write a ledger as JSON: its length, its note, and the blocks that are hidden, each with its reason."""
    if ledger is None:
        return None
    hidden = [
        [index, reason.rule, reason.category, reason.words]
        for index, reason in enumerate(ledger.verdicts)
        if reason
    ]
    return json.dumps([len(ledger.verdicts), ledger.note, hidden], ensure_ascii=False)


def _as_ledger(text: str) -> Ledger:
    length, note, hidden = json.loads(text)
    verdicts: list[Reason | None] = [None] * length
    for index, rule, category, words in hidden:
        verdicts[index] = Reason(rule, Category(category), words)
    return Ledger(tuple(verdicts), note)


def _as_summary(row: tuple[Any, ...]) -> Summary:
    identity, name, title, first, last, words, hidden, derived, *rest = row
    return Summary(identity, title, name, (first, last), words, hidden, bool(derived), *rest)


def _open(path: Path) -> sqlite3.Connection:
    """Open the file, make it anew if it is damaged or of another format, or do without it."""
    for _ in range(2):
        with contextlib.suppress(sqlite3.DatabaseError, OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return _connect(path)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    return _connect(":memory:")


def _connect(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, _FORMAT):
            raise sqlite3.DatabaseError("a catalogue of another format")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a shadow: what a power cut tears is made anew
        if version == 0:
            connection.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {_FORMAT}; COMMIT;")
        connection.execute("SELECT count(*) FROM source").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
