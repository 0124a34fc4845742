"""Where the user's files lie, and what their entries mean.

Nothing is overwritten that could not be read or is of an unknown form: such a file is a
`Problem`, and an attempt to write to it a `Conflict`. Unknown keys and entries stay.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from reader.annotations.document import Document, Entry, Unusual, parse_document
from reader.errors import Conflict, NotWritable
from reader.files import locked, replace_file, sweep
from reader.inert import inert
from reader.model import BlockChoice, Choice, Problem, Target

FORMAT = 1  # version of the files, raised when an older program could misread them
LEFT = "leave"  # what a choice says that was taken back but whose entry holds words of the user
_OWN_KEYS = frozenset(("choice", "chosen", "target"))
_CONFLICT_MARKS = ("<<<<<<<", ">>>>>>>")
_SYNC_COPY = ".sync-conflict-"  # how Syncthing names the losing copy

Change = Callable[[Document], Document]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What the user's file says of an article."""

    article_id: str
    starred: bool = False
    choices: tuple[BlockChoice, ...] = ()
    title: str = ""
    path: str = ""
    """Where its source stood when the file was made."""


class Subject(Protocol):
    """What a file is about: an article, or its line in a list."""

    @property
    def id(self) -> str:
        """Its id, which names the file."""

    @property
    def title(self) -> str:
        """Its title, for the person who reads the file."""

    @property
    def path(self) -> str:
        """Where its source stands."""


class AnnotationStore:
    """The folder of the user's files.

    Args:
        folder: `annotations/` of the workspace; made when the first file is written.
        locks: Folder for lock files, outside the workspace.
    """

    def __init__(self, folder: Path, locks: Path) -> None:
        self.folder = folder
        self._locks = locks
        self._paths: dict[str, Path] = {}
        sweep(folder)

    def path_of(self, article_id: str) -> Path:
        """Return the file of an article: the one that holds its id, else `<slug>--<hash>.toml`."""
        if article_id in self._paths:
            return self._paths[article_id]
        slug, _, digest = article_id.rpartition("-")
        return self.folder / f"{slug}--{digest}.toml"

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Tell one state of the folder from another: name, time and size of each file."""
        found = []
        for path in self.folder.glob("*.toml"):
            try:
                status = path.stat()
            except OSError:
                continue  # gone since it was listed
            found.append((path.name, status.st_mtime_ns, status.st_size))
        return tuple(sorted(found))

    def load_all(self) -> tuple[dict[str, ArticleRecord], tuple[Problem, ...]]:
        """Read all files. Returns the records by article id, and the faults by path."""
        records: dict[str, ArticleRecord] = {}
        problems: list[Problem] = []
        paths: dict[str, Path] = {}
        for path in sorted(self.folder.glob("*.toml")):
            if _SYNC_COPY in path.name:
                what = "a copy that a synchronisation left behind"
                problems.append(Problem(what, str(path), "compare it with its twin, then delete it"))
                continue
            record, faults = self._load(path)
            problems.extend(faults)
            if record and record.article_id in paths:
                what = f"about the same article as {paths[record.article_id].name}"
                problems.append(Problem(what, str(path), "put both into one file; this one is not used"))
            elif record:
                records[record.article_id], paths[record.article_id] = record, path
        self._paths = paths
        return records, tuple(problems)

    def star(self, article: Subject, *, starred: bool) -> None:
        """Write down that an article has a star, or none any more."""
        self._update(article, lambda document: document.setting(_about(document), "starred", starred or None))

    def choose(self, article: Subject, target: Target, choice: Choice | None) -> None:
        """Write down what the reader decided about a block; None takes the decision back.

        A merge can leave the same block twice in a file: all its entries are changed.
        """
        wanted = LEFT if choice is None else str(choice)

        def change(document: Document) -> Document:
            if choice is not None and not _entries_on(document, target):
                table = {"choice": wanted, "chosen": _now(), "target": _as_table(target)}
                return document.adding("block", table, many=True)
            while others := [
                one for one in _entries_on(document, target) if one.table.get("choice") != wanted
            ]:
                document = (
                    _take_back(document, others[0])
                    if choice is None
                    else _choose(document, others[0], choice)
                )
            return document

        self._update(article, change)

    def _load(self, path: Path) -> tuple[ArticleRecord | None, tuple[Problem, ...]]:
        try:
            document = _read(path)
            return _record(document, path)
        except (OSError, ValueError, RecursionError) as error:
            return None, (_damage(path, error),)

    def _update(self, article: Subject, change: Change) -> None:
        """Read, change and write an article's file while no other program of ours does."""
        path = self.path_of(article.id)
        try:
            with locked(path, self._locks):
                self._write(path, _new_document(article), change)
        except OSError as error:
            reason = error.strerror or str(error)
            where = inert(str(error.filename or path))
            raise NotWritable(f"{where}: cannot be written ({reason}); nothing was changed") from error

    def _write(self, path: Path, fresh: Document, change: Change) -> None:
        try:
            old = _read(path)
        except FileNotFoundError:
            old = fresh
        except (ValueError, RecursionError) as error:
            raise Conflict(f"{_damage(path, error)}. It is left as it is") from error
        try:
            new = change(old)
        except Unusual as error:
            message = f"{path}: its form is unusual ({error}); it is left as it is, change it by hand"
            raise Conflict(inert(message)) from error
        if new.text.strip() == fresh.text.strip():
            path.unlink(missing_ok=True)  # it says nothing any more that is not said by having none
        elif new.text != old.text:
            self.folder.mkdir(parents=True, exist_ok=True)
            replace_file(path, new.text.encode())


def _read(path: Path) -> Document:
    document = parse_document(path.read_bytes().decode("utf-8-sig"))
    version = next((entry.table.get("version") for entry in document.named("")), None)
    if isinstance(version, int) and version > FORMAT:
        raise Unusual(f"version {version}, made by a newer program")
    return document


def _new_document(article: Subject) -> Document:
    """Return what every file begins with."""
    version = Entry("", f"version = {FORMAT}\n\n", {"version": FORMAT})
    about = {"id": article.id, "title": article.title, "path": article.path}
    return Document((version,)).adding("article", about, many=False)


def _about(document: Document) -> Entry:
    entries = document.named("article")
    if len(entries) != 1:
        raise Unusual(f"it has {len(entries)} [article] tables of the usual form, not one")
    return entries[0]


def _entries_on(document: Document, target: Target) -> list[Entry]:
    return [entry for entry in document.named("block") if _target(entry) == target]


def _choose(document: Document, entry: Entry, choice: Choice) -> Document:
    at = document.entries.index(entry)
    document = document.setting(entry, "choice", str(choice))
    return document.setting(document.entries[at], "chosen", _now())


def _take_back(document: Document, entry: Entry) -> Document:
    """Take an entry out, unless the user wrote into it: then it stays, and decides nothing."""
    if "#" in entry.text or not _OWN_KEYS.issuperset(entry.table):
        return document.setting(entry, "choice", LEFT)
    return document.without(entry)


def _damage(path: Path, error: Exception) -> Problem:
    where = str(path)
    if isinstance(error, OSError):
        return Problem(f"cannot be read ({error.strerror})", where, "look at its permissions")
    if isinstance(error, UnicodeDecodeError):
        return Problem("not UTF-8", where, "save it as UTF-8")
    if isinstance(error, RecursionError):
        return Problem("nested too deep", where, "mend it by hand")
    if isinstance(error, Unusual):
        return Problem(str(error), where, "it is not used, and left as it is")
    if _has_conflict(path):
        return Problem("holds the marks of a merge conflict", where, "settle it and take the marks out")
    return Problem(f"not valid TOML: {error}", where, "mend it by hand; until then it is not used")


def _has_conflict(path: Path) -> bool:
    return any(line.startswith(_CONFLICT_MARKS) for line in path.read_text("utf-8", "replace").splitlines())


def _record(document: Document, path: Path) -> tuple[ArticleRecord | None, tuple[Problem, ...]]:
    about = next(iter(document.named("article")), None)
    article_id = about.table.get("id") if about else None
    if about is None or not isinstance(article_id, str):
        fault = Problem("lacks the id of an article", str(path), 'write [article] with its id = "…"')
        return None, (fault,)
    problems: list[Problem] = []
    choices: list[BlockChoice] = []
    for number, entry in enumerate(document.named("block"), 1):
        target, choice = _target(entry), entry.table.get("choice")
        if target is not None and choice in tuple(Choice):
            choices.append(BlockChoice(target, Choice(str(choice))))
        elif target is None or choice != LEFT:
            what = f"[[block]] number {number} lacks a choice or a target"
            problems.append(Problem(what, str(path), "mend it or take it out"))
    starred = about.table.get("starred") is True
    title, source = (str(about.table.get(key, "")) for key in ("title", "path"))
    return ArticleRecord(article_id, starred, tuple(choices), title, source), tuple(problems)


def _target(entry: Entry) -> Target | None:
    table = entry.table.get("target")
    if not isinstance(table, Mapping):
        return None
    words = [table.get(key, "") for key in ("exact", "prefix", "suffix")]
    offsets = [table.get(key) for key in ("start", "end")]
    if not all(isinstance(word, str) for word in words) or not words[0]:
        return None
    if not all(isinstance(offset, int) and not isinstance(offset, bool) for offset in offsets):
        return None
    return Target(*words, *offsets)


def _as_table(target: Target) -> dict[str, object]:
    return {
        "exact": target.exact,
        "prefix": target.prefix,
        "suffix": target.suffix,
        "start": target.start,
        "end": target.end,
    }


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
