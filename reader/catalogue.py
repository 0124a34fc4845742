"""The shadow of the source files, in the cache folder: what a list needs, and what judging found.

Versioned and disposable: one that is old, damaged or missing is made anew, and one
that cannot be written is kept in memory for as long as the program runs.
"""

import hashlib
import itertools
import json
import os
import sqlite3
import threading
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from reader.likeness import Sketch
from reader.model import Category, Ledger, Problem, Reason, Summary, Trace
from reader.shadows import Database, Form
from reader.stamps import Stamp
from reader.versions import CATALOGUE

_SCHEMA = """
CREATE TABLE source (
    name TEXT PRIMARY KEY, path BLOB NOT NULL, mtime INTEGER, size INTEGER, inode INTEGER, version TEXT,
    what TEXT, remedy TEXT
) WITHOUT ROWID;
CREATE TABLE article (
    name TEXT NOT NULL, ordinal INTEGER NOT NULL, id TEXT NOT NULL,
    title TEXT, first_line INTEGER, last_line INTEGER, words INTEGER, hidden INTEGER, title_derived INTEGER,
    section TEXT, publisher TEXT, author TEXT, date TEXT, lang TEXT, encoding TEXT, ledger TEXT,
    PRIMARY KEY (name, ordinal)
) WITHOUT ROWID;
CREATE INDEX article_by_id ON article (id);
CREATE TABLE trace (name TEXT NOT NULL, place TEXT NOT NULL, id TEXT NOT NULL, blocks BLOB NOT NULL);
CREATE INDEX trace_by_name ON trace (name);
CREATE INDEX trace_by_place ON trace (place, id);
CREATE INDEX trace_by_id ON trace (id);
CREATE TABLE recurring (
    place TEXT NOT NULL, key INTEGER NOT NULL, articles INTEGER NOT NULL, of INTEGER NOT NULL,
    PRIMARY KEY (place, key)
) WITHOUT ROWID;
CREATE TABLE unweighed (place TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE sketch (id TEXT PRIMARY KEY, anchors BLOB NOT NULL, words BLOB NOT NULL);
CREATE TABLE uncompared (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE near_copy (
    one TEXT NOT NULL, other TEXT NOT NULL,
    common INTEGER NOT NULL, of INTEGER NOT NULL, common_other INTEGER NOT NULL, of_other INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE TABLE edition (number INTEGER);
INSERT INTO edition VALUES (random() / 2);
"""
_COLUMNS = (
    "id, name, title, first_line, last_line, words, hidden, title_derived,"
    " section, publisher, author, date, lang, encoding"
)
_SELECT = f"SELECT {_COLUMNS} FROM article"  # noqa: S608 - a constant
_PLACES = ", ".join("?" * len(_COLUMNS.split(",")))
_INSERT = f"INSERT INTO article ({_COLUMNS}, ledger, ordinal) VALUES ({_PLACES}, ?, ?)"  # noqa: S608 - constants
_UNWEIGHED = "INSERT OR IGNORE INTO unweighed SELECT DISTINCT place FROM trace WHERE name = ?"
_FORGET_SKETCHES = (
    "DELETE FROM sketch WHERE id IN (SELECT id FROM article WHERE name = ?) AND NOT EXISTS"
    " (SELECT 1 FROM article AS elsewhere WHERE elsewhere.id = sketch.id AND elsewhere.name <> ?)"
)
_FORM = Form(CATALOGUE, _SCHEMA, probe="SELECT count(*) FROM source", busy=5.0)


class Entry(NamedTuple):
    """What is remembered of an article."""

    summary: Summary
    ledger: Ledger | None
    """Its verdicts by the rules alone; None if it is not judged yet."""
    traces: tuple[Trace, ...] = ()
    """Of each block; none of a book."""
    places: frozenset[str] = frozenset()
    """The sources it may be told to come from: host, publisher, folder."""
    sketch: Sketch | None = None
    """Of the words that are kept by the rules; None if it is not to be compared with others."""


@dataclass(frozen=True, slots=True)
class Row:
    """A file and what was read from it."""

    name: str
    path: Path
    stamp: Stamp
    articles: tuple[Entry, ...]
    problem: Problem | None = None


class Catalogue:
    """The catalogue of one library. Threads may share it.

    Every method raises `ShadowLost` when the file turns out to be damaged or locked.

    Args:
        folder: The cache folder; made if it is missing.
        key: Tells libraries apart: the paths of its roots.
    """

    def __init__(self, folder: Path, key: str) -> None:
        digest = hashlib.blake2s(os.fsencode(key), digest_size=8).hexdigest()
        self.database = Database(folder / f"catalogue-{digest}.db", _FORM)
        self._lock = threading.Lock()  # of what was listed
        self._listed: tuple[tuple[object, ...], tuple[Summary, ...]] = ((), ())
        """What `summaries` returned last, and what the catalogue's state was before."""

    def stamps(self, version: str) -> dict[str, Stamp]:
        """Return the stamps of the files that were read by this version of the program."""
        rows = self.database.rows("SELECT name, mtime, size, inode FROM source WHERE version = ?", version)
        return {name: Stamp(mtime, size, inode) for name, mtime, size, inode in rows}

    def edition(self) -> int:
        """Return a number that begins anywhere, and grows whenever what is known was changed."""
        number: int = self.database.rows("SELECT number FROM edition")[0][0]
        return number

    def renew(self) -> None:
        """Take note that what is known is changed."""
        with self.database.writing() as db:
            db.execute("UPDATE edition SET number = number + 1")

    def names(self) -> frozenset[str]:
        """Return the names of all files, read by whatever version."""
        return frozenset(name for (name,) in self.database.rows("SELECT name FROM source"))

    def article_ids(self) -> frozenset[str]:
        """Return the ids of all articles."""
        return frozenset(identity for (identity,) in self.database.rows("SELECT id FROM article"))

    def path_of(self, name: str) -> Path | None:
        """Return where a file stands, None if it is not known."""
        rows = self.database.rows("SELECT path FROM source WHERE name = ?", name)
        return Path(os.fsdecode(rows[0][0])) if rows else None

    def summaries(self) -> tuple[Summary, ...]:
        """Return what the list shows, by name of the file and place in it.

        It is asked for four times after a change, and takes 50 ms at 10,000 articles: it is read once.
        """
        with self._lock:
            state = self.database.state
            if state != self._listed[0]:
                self._listed = (
                    state,
                    tuple(map(_as_summary, self.database.rows(f"{_SELECT} ORDER BY name, ordinal"))),
                )
            return self._listed[1]

    def summary(self, article_id: str) -> Summary | None:
        """Return what the list shows of one article; of one that stands in several files, the first."""
        rows = self.database.rows(f"{_SELECT} WHERE id = ? ORDER BY name, ordinal LIMIT 1", article_id)
        return _as_summary(rows[0]) if rows else None

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults of the files, by name."""
        rows = self.database.rows(
            "SELECT what, name, remedy FROM source WHERE what IS NOT NULL ORDER BY name"
        )
        return tuple(Problem(what, name, remedy) for what, name, remedy in rows)

    def ledger(self, article_id: str, version: str) -> Ledger | None:
        """Return the verdicts of a version of the rules on an article; None if it is not judged yet."""
        query = (
            "SELECT ledger FROM article JOIN source USING (name)"
            " WHERE id = ? AND version = ? AND ledger IS NOT NULL LIMIT 1"
        )
        rows = self.database.rows(query, article_id, version)
        return _as_ledger(rows[0][0]) if rows else None

    def put(self, row: Row, version: str) -> None:
        """Write down a file and its articles, in the place of what was known of it."""
        what, remedy = (row.problem.what, row.problem.remedy) if row.problem else (None, None)
        articles = [
            (*_as_row(entry.summary), _as_text(entry.ledger), ordinal)
            for ordinal, entry in enumerate(row.articles)
        ]
        traces = [
            (row.name, place, entry.summary.id, traces_as_bytes(entry.traces))
            for entry in row.articles
            for place in sorted(entry.places)
        ]
        sketches = [
            (entry.summary.id, anchors_as_bytes(entry.sketch.anchors), entry.sketch.words)
            for entry in row.articles
            if entry.sketch
        ]
        source = (row.name, os.fsencode(row.path), *row.stamp, version, what, remedy)
        with self.database.writing() as db:
            _forget(db, (row.name,))
            db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?)", source)
            db.executemany(_INSERT, articles)
            db.executemany("INSERT INTO trace VALUES (?, ?, ?, ?)", traces)
            db.executemany("INSERT OR REPLACE INTO sketch VALUES (?, ?, ?)", sketches)
            db.executemany("INSERT OR IGNORE INTO uncompared VALUES (?)", [row[:1] for row in sketches])
            db.execute(_UNWEIGHED, (row.name,))

    def put_ledger(self, article_id: str, ledger: Ledger, version: str) -> None:
        """Write down the verdicts by a version of the rules on an article that was read by the same one."""
        query = (
            "UPDATE article SET ledger = ?"
            " WHERE id = ? AND name IN (SELECT name FROM source WHERE version = ?)"
        )
        with self.database.writing() as db:
            db.execute(query, (_as_text(ledger), article_id, version))

    def recount(self, article_id: str, words: int, hidden: int) -> None:
        """Write down the counts of an article after its verdicts changed."""
        with self.database.writing() as db:
            db.execute("UPDATE article SET words = ?, hidden = ? WHERE id = ?", (words, hidden, article_id))

    def forget(self, names: Iterable[str]) -> None:
        """Forget files and their articles."""
        with self.database.writing() as db:
            _forget(db, names)

    def close(self) -> None:
        """Close the file, once no thread asks for something any longer."""
        self.database.close()


def _forget(db: sqlite3.Connection, names: Iterable[str]) -> None:
    rows = [(name,) for name in names]
    db.executemany(_UNWEIGHED, rows)
    db.executemany(_FORGET_SKETCHES, [row * 2 for row in rows])
    db.executemany("DELETE FROM trace WHERE name = ?", rows)
    db.executemany("DELETE FROM article WHERE name = ?", rows)
    db.executemany("DELETE FROM source WHERE name = ?", rows)


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


def traces_as_bytes(traces: Iterable[Trace]) -> bytes:
    """Write what is remembered of blocks as numbers, key and words in turn."""
    return array("Q", itertools.chain.from_iterable(traces)).tobytes()


def traces_in(written: bytes) -> tuple[Trace, ...]:
    """Read what `traces_as_bytes` wrote."""
    numbers = array("Q", written)
    return tuple(map(Trace, numbers[::2], numbers[1::2]))


def anchors_as_bytes(anchors: Iterable[int]) -> bytes:
    """Write the anchors of a sketch."""
    return array("I", anchors).tobytes()


def anchors_in(written: bytes) -> Sequence[int]:
    """Read what `anchors_as_bytes` wrote; a quarter of the room that a tuple takes."""
    return array("I", written)


def _as_summary(row: tuple[Any, ...]) -> Summary:
    identity, name, title, first, last, words, hidden, derived, *rest = row
    return Summary(identity, title, name, (first, last), words, hidden, bool(derived), *rest)
