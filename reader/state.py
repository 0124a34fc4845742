"""What the program remembers of a reader: positions, the screen, and the undo journal.

It lies in the user's state folder, never in the workspace: it is of use, but losing
it loses no word that the user wrote.
"""

import contextlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from reader.errors import NotWritable
from reader.model import Progress, Status
from reader.passages import Target

_SCHEMA = """
CREATE TABLE IF NOT EXISTS progress (
    article TEXT PRIMARY KEY, offset INTEGER, fraction REAL, status TEXT, opened TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (
    article TEXT, letter TEXT, offset INTEGER, PRIMARY KEY (article, letter)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS trail (
    workspace TEXT, article TEXT, title TEXT, path TEXT, became TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (workspace, article)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (
    article TEXT, letter TEXT, exact TEXT, prefix TEXT, suffix TEXT, start INTEGER, end INTEGER,
    PRIMARY KEY (article, letter)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS preference (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS edit (
    number INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT, article TEXT, kind TEXT, key TEXT,
    before TEXT, after TEXT, words TEXT, undone INTEGER NOT NULL DEFAULT 0, batch INTEGER
);
CREATE TABLE IF NOT EXISTS search (
    number INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT, query TEXT, UNIQUE (workspace, query)
);
"""
_ADDED = {"edit": {"batch": "INTEGER"}}
"""Columns that the tables of earlier versions lack, by table."""
_BUSY = 5.0  # seconds to wait for another program of ours
SEARCHES_KEPT = 200  # of all workspaces
HERE = ""  # the letter of the place where the reader stands; marks have one
EDITS_KEPT = 1000  # changes that can be undone; older ones are forgotten


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the screen remembers from one session to the next."""

    width: int
    theme: str
    sort: str = "path"
    reverse: bool = False
    grouped: bool = True
    folded: bool = False
    """Whether near copies are folded away under the first of them."""
    preview: bool = True
    last_article: str = ""
    color: str = "yellow"
    notes_sort: str = "article"
    """The order of all notes: "article" or "date"."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the user's files that can be undone: a value before and after it."""

    article_id: str
    kind: str
    """What was changed: "star", "status", "block", "annotation"."""
    key: object
    """Which one of that kind, in JSON: for a block, its target."""
    before: object
    """Its value before, in JSON; None if there was none."""
    after: object
    words: str
    """What was done, as the reader is told: "hid a block"."""
    number: int = 0
    """Its place in the journal, given when it is written."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of an article that a reader was in, to find it again once its source was edited."""

    article_id: str
    title: str
    path: str
    """Where its source stood."""
    became: str = ""
    """The id that it has since an edit, if that was found out."""


class State:
    """The state file of a user, shared by all workspaces and all programs that are open.

    Args:
        path: The SQLite file; made with its folder when it is first opened.
        workspace: Tells the journals of two workspaces apart.
    """

    def __init__(self, path: Path, workspace: str) -> None:
        self._path = path
        self._workspace = workspace
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.RLock()

    def progress(self) -> dict[str, Progress]:
        """Return where the reader stands, by article id."""
        with self._open() as db:
            rows = db.execute("SELECT article, offset, fraction, status, opened FROM progress").fetchall()
        return {
            article: Progress(offset, fraction, _status(status), opened)
            for article, offset, fraction, status, opened in rows
        }

    def remember(self, article_id: str, progress: Progress) -> None:
        """Write down where the reader stands in an article."""
        row = (article_id, progress.offset, progress.fraction, str(progress.status), progress.opened)
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?)", row)

    def marks(self, article_id: str) -> dict[str, int]:
        """Return the reader's marks in an article: offset by letter."""
        with self._open() as db:
            rows = db.execute("SELECT letter, offset FROM mark WHERE article = ?", (article_id,)).fetchall()
        return dict(rows)

    def set_mark(self, article_id: str, letter: str, offset: int) -> None:
        """Write down a mark; one of the same letter is replaced."""
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", (article_id, letter, offset))

    def searches(self, limit: int) -> tuple[str, ...]:
        """Return what was searched for in this workspace, the newest first, each once."""
        asked = "SELECT query FROM search WHERE workspace = ? ORDER BY number DESC LIMIT ?"
        with self._open() as db:
            return tuple(query for (query,) in db.execute(asked, (self._workspace, limit)))

    def note_search(self, query: str) -> None:
        """Write down what was searched for."""
        with self._open() as db:
            new = "INSERT OR REPLACE INTO search (workspace, query) VALUES (?, ?)"
            last = db.execute(new, (self._workspace, query)).lastrowid or 0
            db.execute("DELETE FROM search WHERE number <= ?", (last - SEARCHES_KEPT,))

    def visit(self, visit: Visit, letter: str, target: Target | None) -> None:
        """Write down what an article can be found by once it was edited, and the words at a place of it.

        Args:
            visit: The article.
            letter: That of a mark, or `HERE`.
            target: The words at this place; None leaves those that are known.
        """
        row = (self._workspace, visit.article_id, visit.title, visit.path, visit.became)
        with self._open() as db:
            db.execute("INSERT OR REPLACE INTO trail VALUES (?, ?, ?, ?, ?)", row)
            if target:
                _put_place(db, visit.article_id, letter, target)

    def visits(self) -> tuple[Visit, ...]:
        """Return the articles of this workspace that the reader was in."""
        query = "SELECT article, title, path, became FROM trail WHERE workspace = ?"
        with self._open() as db:
            return tuple(Visit(*row) for row in db.execute(query, (self._workspace,)))

    def places(self, article_id: str) -> dict[str, Target]:
        """Return the words at the places of an article that are remembered, by letter."""
        query = "SELECT letter, exact, prefix, suffix, start, end FROM place WHERE article = ?"
        with self._open() as db:
            return {letter: Target(*rest) for letter, *rest in db.execute(query, (article_id,))}

    def edited(self) -> frozenset[str]:
        """Return the articles of this workspace that the journal is about."""
        query = "SELECT DISTINCT article FROM edit WHERE workspace = ?"
        with self._open() as db:
            return frozenset(article for (article,) in db.execute(query, (self._workspace,)))

    def follow(self, old: str, new: Visit, places: Mapping[str, Target]) -> None:
        """Say of an article what was said of one that it came of: status, places, marks, the journal.

        What is known of the new one stands if the reader was in it later. The old one keeps what
        it has, so that it is all there if the edit of its source is taken back.

        Args:
            old: Id of the article as it was.
            new: The article as it is.
            places: Where its places are today, by letter; a mark that is not among them is lost.
        """
        with self._open() as db:
            query = "SELECT offset, fraction, status, opened FROM progress WHERE article = ?"
            was, known = (db.execute(query, (one,)).fetchone() for one in (old, new.article_id))
            is_newer = bool(was) and (not known or (known[3] or "") <= (was[3] or ""))
            if is_newer:
                offset = places[HERE].start if HERE in places else 0
                row = (new.article_id, offset, *was[1:])
                db.execute("INSERT OR REPLACE INTO progress VALUES (?, ?, ?, ?, ?)", row)
            for letter, target in places.items():
                if letter != HERE:
                    row = (new.article_id, letter, target.start)
                    db.execute("INSERT OR REPLACE INTO mark VALUES (?, ?, ?)", row)
                if letter != HERE or is_newer:
                    _put_place(db, new.article_id, letter, target)
            here = (self._workspace, old)
            db.execute(
                "UPDATE edit SET article = ? WHERE workspace = ? AND article = ?", (new.article_id, *here)
            )
            db.execute(
                "UPDATE trail SET became = ? WHERE workspace = ? AND article = ?", (new.article_id, *here)
            )
        self.visit(new, HERE, None)

    def preferences(self, default: Preferences) -> Preferences:
        """Return what the screen remembers, and the default where it remembers nothing of use."""
        with self._open() as db:
            rows = db.execute("SELECT name, value FROM preference").fetchall()
        fitting = {
            name: value
            for name, text in rows
            if name in Preferences.__slots__
            and type(value := json.loads(text)) is type(getattr(default, name))
        }
        return replace(default, **fitting)

    def prefer(self, before: Preferences, after: Preferences) -> None:
        """Write down what the screen shall remember, if it differs from before."""
        known = asdict(before)
        rows = [(name, json.dumps(value)) for name, value in asdict(after).items() if value != known[name]]
        if rows:
            with self._open() as db:
                db.executemany("INSERT OR REPLACE INTO preference VALUES (?, ?)", rows)

    def record(self, edits: Sequence[Edit]) -> None:
        """Write changes into the journal, to be undone together; what was undone can no longer be redone."""
        with self._open() as db:
            db.execute("DELETE FROM edit WHERE workspace = ? AND undone", (self._workspace,))
            last = db.execute("SELECT max(number) FROM edit").fetchone()[0] or 0
            rows = [
                (self._workspace, one.article_id, one.kind, *_as_json(one), one.words, last + 1)
                for one in edits
            ]
            db.executemany(
                "INSERT INTO edit (workspace, article, kind, key, before, after, words, batch)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            db.execute("DELETE FROM edit WHERE coalesce(batch, number) <= ?", (last - EDITS_KEPT,))

    def last_edits(self, *, undone: bool) -> tuple[Edit, ...]:
        """Return the changes that undo, or redo, would take next, in the order in which it takes them."""
        first, order = ("min", "ASC") if undone else ("max", "DESC")
        here = "workspace = :workspace AND undone = :undone"
        with self._open() as db:
            batch = db.execute(
                "SELECT article, kind, key, before, after, words, number FROM edit"  # noqa: S608 - no word of a user
                f" WHERE {here} AND coalesce(batch, number) ="
                f" (SELECT {first}(coalesce(batch, number)) FROM edit WHERE {here}) ORDER BY number {order}",
                {"workspace": self._workspace, "undone": undone},
            ).fetchall()
        return tuple(
            Edit(article, kind, json.loads(key), json.loads(before), json.loads(after), words, number)
            for article, kind, key, before, after, words, number in batch
        )

    def flip(self, edits: Sequence[Edit], *, undone: bool) -> None:
        """Write down that changes were undone, or done again."""
        with self._open() as db:
            db.executemany(
                "UPDATE edit SET undone = ? WHERE number = ?", [(undone, edit.number) for edit in edits]
            )

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one transaction; threads wait for each other."""
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = _connect(self._path)
                    weakref.finalize(self, self._connection.close)
                with self._connection as transaction:
                    yield transaction
            except (sqlite3.Error, OSError) as error:
                raise NotWritable(f"{self._path}: the state cannot be kept ({error})") from error

    def close(self) -> None:
        """Close the file, once no thread uses it any longer; what comes later opens it again."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_BUSY, check_same_thread=False)
    try:
        connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")
        _add_columns(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _add_columns(connection: sqlite3.Connection) -> None:
    for table, columns in _ADDED.items():
        known = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
        for column in columns.keys() - known:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {columns[column]}")


def _put_place(db: sqlite3.Connection, article_id: str, letter: str, target: Target) -> None:
    row = (article_id, letter, target.exact, target.prefix, target.suffix, target.start, target.end)
    db.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", row)


def _as_json(edit: Edit) -> tuple[str, ...]:
    return tuple(map(json.dumps, (edit.key, edit.before, edit.after)))


def _status(name: str) -> Status:
    """Read a status; one that a newer program wrote counts as begun."""
    return Status(name) if name in tuple(Status) else Status.READING
