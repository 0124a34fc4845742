"""The shadow of the user's files, in the cache folder: what they said when they were last read.

It only saves time: a thousand files are read from here in a tenth of what TOML takes. It
is thrown away when anything about it is odd, and done without when it is out of reach.
"""

import json
import os
import sqlite3
import weakref
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from reader.annotations.records import ArticleRecord
from reader.model import Problem
from reader.passages import Annotation, BlockChoice, Choice, Color, Target
from reader.shadows import Form, open_shadow, throw_away
from reader.stamps import Stamp
from reader.versions import RECORDS

_SCHEMA = """
CREATE TABLE file (
    folder BLOB NOT NULL, name BLOB NOT NULL, mtime INTEGER, size INTEGER, inode INTEGER, said TEXT,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE TABLE answer (folder BLOB NOT NULL, question TEXT, said TEXT, PRIMARY KEY (folder, question));
"""
MAX_ANSWERS = 50_000  # questions; most of so many are about texts of long ago
_FORM = Form(RECORDS, _SCHEMA, probe="SELECT count(*) FROM file", busy=1.0)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a file."""

    stamp: Stamp | None
    """None if the file may have changed since without a trace."""
    record: ArticleRecord | None
    problems: tuple[Problem, ...] = ()


class Shadow:
    """What the files of one folder said. The database is opened when it is asked for the first time.

    Args:
        path: The database; made if it is missing.
        folder: The folder of the files.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self._path = path
        self._folder = folder
        self._key = os.fsencode(folder.absolute())

    @cached_property
    def _db(self) -> sqlite3.Connection | None:
        return self._opened()

    def load(self) -> dict[str, Read]:
        """Return what is known, by name of the file; {} if nothing is."""
        query = "SELECT name, mtime, size, inode, said FROM file WHERE folder = ?"
        try:
            rows = self._db.execute(query, (self._key,)).fetchall() if self._db else []
            names = [os.fsdecode(row[0]) for row in rows]
            return {
                name: _from_text(said, self._folder / name, Stamp(mtime, size, inode))
                for name, (_, mtime, size, inode, said) in zip(names, rows, strict=True)
            }
        except (sqlite3.DatabaseError, ValueError, TypeError, KeyError, IndexError):
            self._throw_away()
            return {}

    def put(self, files: dict[str, Read]) -> None:
        """Write down what files said."""
        rows = [
            (self._key, os.fsencode(name), *read.stamp, _as_text(read))
            for name, read in files.items()
            if read.stamp
        ]
        self._write("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)", rows)

    def forget(self, names: Iterable[str]) -> None:
        """Forget files."""
        rows = [(self._key, os.fsencode(name)) for name in names]
        self._write("DELETE FROM file WHERE folder = ? AND name = ?", rows)

    def answers(self) -> dict[str, str]:
        """Return what was found out about the passages of the files, by question; {} if too much is known."""
        query = "SELECT question, said FROM answer WHERE folder = ?"
        try:
            rows = self._db.execute(query, (self._key,)).fetchall() if self._db else []
        except sqlite3.DatabaseError:
            self._throw_away()
            return {}
        if len(rows) <= MAX_ANSWERS:
            return dict(rows)
        self._write("DELETE FROM answer WHERE folder = ?", [(self._key,)])
        return {}

    def answer(self, answers: Mapping[str, str]) -> None:
        """Write down what was found out."""
        rows = [(self._key, question, said) for question, said in answers.items()]
        self._write("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", rows)

    def close(self) -> None:
        """Close the database."""
        if "_db" in vars(self) and self._db:
            self._db.close()
        self._db = None

    def _write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows or not self._db:
            return
        try:
            with self._db as db:
                db.executemany(query, rows)
        except sqlite3.OperationalError:
            self.close()  # another program holds it, or the disk is full: do without
        except (sqlite3.DatabaseError, UnicodeEncodeError):
            self._throw_away()

    def _throw_away(self) -> None:
        self.close()
        throw_away(self._path)
        self._db = self._opened()

    def _opened(self) -> sqlite3.Connection | None:
        if connection := open_shadow(self._path, _FORM):
            weakref.finalize(self, connection.close)
        return connection


def _as_text(read: Read) -> str:
    """Write what was read as JSON, in lists: half as long as with names, and read twice as fast."""
    record = read.record
    said = record and [
        record.article_id,
        record.title,
        record.path,
        record.starred,
        [[_as_list(one.target), one.choice] for one in record.choices],
        record.tags,
        record.note,
        dict(record.corrections),
        [
            [one.id, _as_list(one.target), one.color, one.tags, one.body, one.created, one.updated]
            for one in record.annotations
        ],
        record.formerly,
        record.writable,
    ]
    return json.dumps([said, [[one.what, one.where, one.remedy] for one in read.problems]])


def _as_list(target: Target) -> list[str | int]:
    return [target.exact, target.prefix, target.suffix, target.start, target.end]


def _from_text(text: str, file: Path, stamp: Stamp) -> Read:
    said, problems = json.loads(text)
    return Read(stamp, _record(said, file) if said else None, tuple(Problem(*one) for one in problems))


def _record(said: list[Any], file: Path) -> ArticleRecord:
    identity, title, path, starred, choices, tags, note, corrections, annotations, formerly, writable = said
    return ArticleRecord(
        article_id=identity,
        file=file,
        title=title,
        path=path,
        starred=starred,
        choices=tuple(BlockChoice(Target(*target), Choice(choice)) for target, choice in choices),
        tags=tuple(tags),
        note=note,
        corrections=corrections,
        annotations=tuple(
            Annotation(identity, Target(*target), Color(color), tuple(tags), *rest)
            for identity, target, color, tags, *rest in annotations
        ),
        formerly=tuple(formerly),
        writable=writable,
    )
