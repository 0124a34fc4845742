"""Where the user's files lie, and what their entries mean.

Nothing is overwritten that could not be read: a damaged file is a `Problem`, and an
attempt to write to it a `Conflict`. Unknown keys and entries stay as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from reader.annotations.document import Document, Entry, parse_document
from reader.errors import Conflict, NotWritable
from reader.files import locked, replace_file, sweep
from reader.model import BlockChoice, Choice, Problem, Target

FORMAT = 1  # version of the files, raised when an older program could misread them
_CONFLICT_MARKS = ("<<<<<<<", ">>>>>>>")
_SYNC_COPY = ".sync-conflict-"  # how Syncthing names the losing copy

Change = Callable[[Document], Document]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What the user's file says of an article."""

    article_id: str
    starred: bool = False
    choices: tuple[BlockChoice, ...] = ()


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
        sweep(folder)

    def path_of(self, article_id: str) -> Path:
        """Return the file of an article: `<slug>--<hash>.toml`."""
        slug, _, digest = article_id.rpartition("-")
        return self.folder / f"{slug}--{digest}.toml"

    def load(self, article_id: str) -> tuple[ArticleRecord, tuple[Problem, ...]]:
        """Read what the user's file says of an article; an empty record if there is none."""
        path = self.path_of(article_id)
        try:
            document = _read(path)
        except FileNotFoundError:
            return ArticleRecord(article_id), ()
        except (OSError, ValueError, RecursionError) as error:
            return ArticleRecord(article_id), (_damage(path, error),)
        return _record(article_id, document, path)

    def load_all(self) -> tuple[dict[str, ArticleRecord], tuple[Problem, ...]]:
        """Read all files. Returns the records by article id, and the faults by path."""
        records: dict[str, ArticleRecord] = {}
        problems: list[Problem] = []
        for path in sorted(self.folder.glob("*.toml")):
            if _SYNC_COPY in path.name:
                problems.append(
                    Problem(
                        "a copy that the synchronisation left", str(path), "compare it with its twin by hand"
                    )
                )
                continue
            slug, _, digest = path.stem.rpartition("--")
            record, faults = self.load(f"{slug}-{digest}")
            records[record.article_id] = record
            problems.extend(faults)
        return records, tuple(problems)

    def star(self, article: Subject, *, starred: bool) -> None:
        """Write down that an article has a star, or none any more."""

        def change(document: Document) -> Document:
            (entry,) = document.named("article")
            table = {key: value for key, value in entry.table.items() if key != "starred"}
            return document.with_entry(
                entry, "article", table | ({"starred": True} if starred else {}), many=False
            )

        self._update(article, change)

    def choose(self, article: Subject, target: Target, choice: Choice | None) -> None:
        """Write down what the reader decided about a block; None takes the decision back."""

        def change(document: Document) -> Document:
            old = next((entry for entry in document.named("block") if _target(entry) == target), None)
            if choice is None:
                return document.without(old) if old else document
            unknown = dict(old.table) if old else {}
            table = unknown | {"choice": str(choice), "chosen": _now(), "target": _as_table(target)}
            return document.with_entry(old, "block", table, many=True)

        self._update(article, change)

    def _update(self, article: Subject, change: Change) -> None:
        """Read, change and write an article's file while no other program of ours does."""
        path = self.path_of(article.id)
        try:
            with locked(path, self._locks):
                old = _read_for_writing(path, article)
                new = change(old)
                if new.text != old.text:
                    parse_document(new.text)
                    self.folder.mkdir(parents=True, exist_ok=True)
                    replace_file(path, new.text.encode())
        except OSError as error:
            reason = error.strerror or str(error)
            raise NotWritable(f"{path}: cannot be written ({reason}); nothing was changed") from error


def _read(path: Path) -> Document:
    return parse_document(path.read_bytes().decode("utf-8-sig"))


def _read_for_writing(path: Path, article: Subject) -> Document:
    try:
        document = _read(path)
    except FileNotFoundError:
        document = Document()
    except (ValueError, RecursionError) as error:
        raise Conflict(f"{_damage(path, error)}. It is left as it is") from error
    if not document.entries:
        document = Document((Entry("", f"version = {FORMAT}\n\n", {"version": FORMAT}),))
    if not document.named("article"):
        table = {"id": article.id, "title": article.title, "path": article.path}
        document = document.with_entry(None, "article", table, many=False)
    return document


def _damage(path: Path, error: Exception) -> Problem:
    if isinstance(error, OSError):
        return Problem(f"cannot be read ({error.strerror})", str(path), "look at its permissions")
    if isinstance(error, UnicodeDecodeError):
        return Problem("not UTF-8", str(path), "save it as UTF-8")
    if isinstance(error, RecursionError):
        return Problem("nested too deep", str(path), "mend it by hand")
    if _has_conflict(path):
        return Problem("holds the marks of a merge conflict", str(path), "settle it and take the marks out")
    return Problem(f"not valid TOML: {error}", str(path), "mend it by hand; until then it is not used")


def _has_conflict(path: Path) -> bool:
    return any(line.startswith(_CONFLICT_MARKS) for line in path.read_text("utf-8", "replace").splitlines())


def _record(article_id: str, document: Document, path: Path) -> tuple[ArticleRecord, tuple[Problem, ...]]:
    problems: list[Problem] = []
    choices: list[BlockChoice] = []
    for number, entry in enumerate(document.named("block"), 1):
        target = _target(entry)
        choice = entry.table.get("choice")
        if target is None or not isinstance(choice, str) or choice not in tuple(Choice):
            problems.append(
                Problem(
                    f"the {number}. [[block]] lacks a choice or a target", str(path), "mend it or take it out"
                )
            )
            continue
        choices.append(BlockChoice(target, Choice(choice)))
    starred = any(entry.table.get("starred") is True for entry in document.named("article"))
    return ArticleRecord(article_id, starred, tuple(choices)), tuple(problems)


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
