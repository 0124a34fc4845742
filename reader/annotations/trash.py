"""What was deleted: entries as they stood, in files of the same form, under `.trash/`.

They lie beside the user's files, so that they are synchronised and kept with them.
"""

import contextlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reader.annotations.document import Document, Entry
from reader.annotations.reading import Found, find, twin_of
from reader.annotations.records import annotation_entries, bare_id, time_of
from reader.annotations.writing import Writer, new_document
from reader.errors import Conflict, NoSuchAnnotation
from reader.inert import inert
from reader.model import Problem
from reader.passages import Annotation

TRASH = ".trash"  # folder in that of the files; what begins with a dot is read as no article's
_DELETED = "deleted"  # the key that tells when, in UTC


@dataclass(frozen=True, slots=True)
class Trashed:
    """An annotation that was deleted."""

    annotation: Annotation
    article_id: str
    title: str
    """Title of the article."""
    deleted: str
    """UTC, ISO 8601; "" if the file does not tell."""
    file: Path
    """The file in the trash that holds it."""

    @property
    def origin(self) -> str:
        """Name of the file that it was deleted from; a synchronisation may rename that in the trash."""
        return twin_of(self.file.name) or self.file.name


class Trash:
    """The folder of what was deleted.

    Args:
        folder: `annotations/.trash`; made when something is deleted.
        writer: Writes the files.
    """

    def __init__(self, folder: Path, writer: Writer) -> None:
        self.folder = folder
        self._writer = writer

    def entries(self) -> tuple[Trashed, ...]:
        """Return what can be restored, the last deleted first."""
        found = [one for path in self._files() for one in _trashed(find(path), path)]
        return tuple(sorted(found, key=lambda one: (one.deleted, one.annotation.id), reverse=True))

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the files of the trash."""
        return tuple(problem for path in self._files() for problem in find(path).problems)

    def empty(self, ids: Collection[str] | None = None) -> int:
        """Delete for good what was deleted: all, or what has one of the ids. Returns how many.

        Raises:
            NotWritable: A file cannot be written.
            Conflict: A file is damaged, and left as it is.
        """
        gone = 0
        for path in self._files():
            held = {one.annotation.id for one in _trashed(find(path), path)}
            wanted = held if ids is None else held & set(ids)
            if wanted:
                self.remove(path, wanted)
                gone += len(wanted)
        return gone

    def find(self, annotation_ids: Collection[str], origin: str = "") -> tuple[Trashed, ...]:
        """Return what was deleted under some ids; of several under one id the last.

        Args:
            annotation_ids: The ids; one with a number ("01ABC~2") names the second of its id.
            origin: Name of the file that it was deleted from, if only that is meant.

        Raises:
            NoSuchAnnotation: Nothing was, under one of them.
        """
        by_id: dict[str, Trashed] = {}
        for one in self.entries():
            if origin in ("", one.origin):
                by_id.setdefault(bare_id(one.annotation.id), one)
                by_id.setdefault(one.annotation.id, one)
        return tuple(_found(by_id, wanted) for wanted in annotation_ids)

    def put(self, name: str, about: Entry, entries: Sequence[Entry], now: datetime) -> None:
        """Put entries into the trash, as they stand in their file.

        Args:
            name: Name of their file, and so of the file in the trash.
            about: The `[article]` of their file.
            entries: The entries.
            now: The time, in UTC.
        """
        identity, title, path = (str(about.table.get(key, "")) for key in ("id", "title", "path"))

        def change(document: Document) -> Document:
            for entry in entries:
                is_first = not document.named(
                    entry.name
                )  # the others stand close: a gap would be part of one
                document = document.inserting(entry, len(document.entries), apart=is_first)
                document = document.setting(document.entries[-1], _DELETED, now)
            return document

        self._writer.update(self.folder / name, change, new_document(identity, title, path))

    def take(self, trashed: Sequence[Trashed]) -> tuple[Document, tuple[Entry, ...]]:
        """Return what a new file of an article begins with, and entries as they were before.

        Args:
            trashed: What one file of the trash holds; at least one.

        Raises:
            NoSuchAnnotation: One is no longer in the trash.
            Conflict: The file in the trash is damaged.
        """
        file, article_id = trashed[0].file, trashed[0].article_id
        found = find(file)
        if found.document is None:
            raise Conflict(inert("; ".join(map(str, found.problems))))
        document = found.document
        title, path = (found.record.title, found.record.path) if found.record else ("", "")
        entries = tuple(_as_it_was(document, one) for one in trashed)
        return new_document(article_id, title, path), entries

    def remove(self, path: Path, ids: Collection[str]) -> None:
        """Take entries out of a file of the trash; of one that another program emptied, nothing."""

        def change(document: Document) -> Document:
            return document.without(*(entry for name, entry in _entries(document).items() if name in ids))

        with contextlib.suppress(FileNotFoundError):
            self._writer.update(path, change)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.toml") if not path.name.startswith("."))


def _entries(document: Document) -> dict[str, Entry]:
    return dict(annotation_entries(document))


def _found(by_id: Mapping[str, Trashed], wanted: str) -> Trashed:
    trashed = by_id.get(wanted) or by_id.get(bare_id(wanted))
    if trashed is None:
        message = f"the trash holds nothing with the id “{wanted}”; `reader trash list` shows what it holds"
        raise NoSuchAnnotation(inert(message))
    return trashed


def _as_it_was(document: Document, trashed: Trashed) -> Entry:
    entry = _entries(document).get(trashed.annotation.id)
    if entry is None:
        raise NoSuchAnnotation(inert(f"{trashed.file}: no longer holds “{trashed.annotation.id}”"))
    return document.setting(entry, _DELETED, None).entries[document.place_of(entry)]


def _trashed(found: Found, path: Path) -> Iterator[Trashed]:
    record = found.record
    if record is None:
        return
    times = {
        identity: time_of(entry.table.get(_DELETED))
        for identity, entry in (_entries(found.document).items() if found.document else ())
    }
    for annotation in record.annotations:
        yield Trashed(annotation, record.article_id, record.title, times.get(annotation.id, ""), path)
