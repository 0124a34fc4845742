"""Where the user's files lie, and what is done with them.

What was read is kept until a file changes; every change is written at once (`writing`),
and what is deleted goes to the `trash`. How a file reads: `reading` and `records`.
"""

import functools
import itertools
import os
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.document import Document, Entry
from reader.annotations.editing import (
    Absent,
    about,
    added,
    changed,
    chosen,
    entries_with,
    named,
    put_back,
    said,
)
from reader.annotations.ids import new_id
from reader.annotations.reading import found_in, list_files, twin_of
from reader.annotations.records import ArticleRecord, Meanings, annotation_table, time_of
from reader.annotations.shadow import Read, Shadow
from reader.annotations.trash import TRASH, Trash, Trashed
from reader.annotations.view import MERGE, View, read, view_of
from reader.annotations.writing import Change, Subject, Writer, Written, new_document
from reader.errors import Conflict, NoSuchAnnotation
from reader.files import sweep
from reader.inert import inert
from reader.model import Problem
from reader.passages import Annotation, Choice, Target
from reader.stamps import Stamp
from reader.watching import Watch

_UNSAFE = re.compile(r"[^\w-]+")  # what an id from a file could bring into the name of another


class AnnotationStore:
    """The folder of the user's files. Threads may share it.

    Args:
        folder: `annotations/` of the workspace; made when the first file is written.
        locks: Folder for lock files, outside the workspace.
        shadow: Database in the cache folder that saves reading unchanged files; None for none.
        unsaved: Folder for what could not be saved; made when something could not.
        now: The time, in UTC.
    """

    def __init__(
        self,
        folder: Path,
        locks: Path,
        shadow: Path | None = None,
        unsaved: Path | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.folder = folder
        self._unsaved = unsaved or locks.parent / "unsaved"
        self._now = now
        self._watch = Watch(functools.partial(list_files, folder))
        self._writer = Writer(locks)
        self._meanings = Meanings()
        self.trash = Trash(folder / TRASH, self._writer)
        self._shadow = Shadow(shadow, folder) if shadow else None
        self._files: dict[str, Read] | None = None
        self._view: View | None = View()
        self._written: set[str] = set()
        self._lock = threading.RLock()
        sweep(folder)

    # What the files say

    @property
    def records(self) -> tuple[ArticleRecord, ...]:
        """What each file says, by its name, as it was at the last `refresh`."""
        return self._seen.records

    @property
    def stamps(self) -> dict[str, Stamp | None]:
        """What tells of each file, by its name, whether it is as it was; None if that cannot be told."""
        return {name: one.stamp for name, one in dict(self._files or {}).items()}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the files, by their names."""
        return self._seen.problems

    @property
    def _seen(self) -> View:
        """What all files say together; made when it is asked for, since many may be written in a row."""
        if (seen := self._view) is None:
            with self._lock:
                self._view = seen = view_of(self._files or {}, self.folder)
        return seen

    def refresh(self) -> bool:
        """Read the files that were changed, by whomever. Returns whether any says something new."""
        with self._lock:
            self._watch.look_at_all()
            return self._take(self._watch.stamps)

    def glance(self, share: float = 1) -> bool:
        """Do as `refresh`, if a look without asking each file, as `Watch.look`, tells that it is worth it."""
        with self._lock:
            return bool(self._watch.look(share)) and self._take(self._watch.stamps)

    def _take(self, found: Mapping[str, Stamp]) -> bool:
        """Read the files that are others than those that were read."""
        before, files = self._seen, self._known_files(found)
        stale = [name for name, stamp in found.items() if name not in files or files[name].stamp != stamp]
        gone = files.keys() - found.keys()
        if not stale and not gone:
            return False
        for name in gone:
            del files[name]
        for name in stale:
            files[name] = read(self.folder / name, found[name])
        if self._shadow:
            self._shadow.forget(gone)
            self._shadow.put({name: files[name] for name in stale})
        self._view = None
        return self._seen != before

    def path_of(self, article_id: str) -> Path:
        """Return the file of an article: the one that holds its id, else `<slug>--<hash>.toml`."""
        if self._files is None:
            self.refresh()
        if article_id in self._seen.paths:
            return self._seen.paths[article_id]
        slug, _, digest = _UNSAFE.sub("-", article_id).rpartition("-")
        endings = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
        names = (f"{slug}--{digest}{ending}.toml" for ending in endings)
        return self.folder / next(name for name in names if self._is_free_for(name, article_id))

    def close(self) -> None:
        """Note in the shadow what was written, and close it."""
        if not self._shadow:
            return
        with self._lock:
            files = self._files or {}
            self._shadow.put({name: files[name] for name in self._written & files.keys()})
            self._shadow.close()
            self._shadow = None

    def recall(self) -> dict[str, str]:
        """Return what was found out about the files and kept; without a shadow nothing is."""
        return self._shadow.answers() if self._shadow else {}

    def keep(self, answers: Mapping[str, str]) -> None:
        """Keep what was found out, by question."""
        if self._shadow:
            self._shadow.answer(answers)

    def prepare(self, file: Path) -> None:
        """Read a file ahead of its first change, which need not wait for that then. Safe in a thread."""
        if document := self._writer.read_ahead(file):
            self._meanings.of(document)

    # Annotations

    def add(self, subject: Subject, annotation: Annotation, home: Path | None = None) -> Path:
        """Write an annotation down, in its place among the others. Returns the file.

        Args:
            subject: The article; its id, title and path are noted in the file.
            annotation: The annotation; one that is there already is left as it is.
            home: The file, if the article was found again under another id; None for its own.

        Raises:
            NotWritable: The file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        return self._update(subject, lambda document: added(named(document, subject), annotation), home)

    def change(self, file: Path, base: Annotation, new: Annotation) -> Annotation | None:
        """Change an annotation: `change_all` for one."""
        return self.change_all(file, [(base, new)])[0]

    def change_all(
        self, file: Path, changes: Sequence[tuple[Annotation, Annotation]]
    ) -> tuple[Annotation | None, ...]:
        """Change annotations of a file, field by field, against what the file says by now.

        A field that only one side changed is changed; tags are added and taken away. What
        both changed differently stays as the file has it, and a second annotation
        holds the new one.

        Args:
            file: The file that holds them.
            changes: Each as it was when the change began, and as it shall be.

        Returns:
            For each the second annotation, if one was needed.

        Raises:
            NoSuchAnnotation: One of them is no longer there; none is changed.
            NotWritable: The file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        seconds: list[Annotation | None] = []

        def change(document: Document) -> Document:
            for base, new in changes:
                time = time_of(self._now())
                document, second = changed(document, base, new, time, new_id(self._now(), os.urandom))
                seconds.append(second)
            return document

        self._write(file, change)
        return tuple(seconds)

    def discard(self, file: Path, annotation_ids: Sequence[str]) -> None:
        """Move annotations to the trash, with the comments in and above them.

        Raises:
            NoSuchAnnotation: None of them is there any more.
            NotWritable: The file or the trash cannot be written.
            Conflict: One of the two is damaged, and so left alone.
        """

        def change(document: Document) -> Document:
            entries = entries_with(document, annotation_ids)
            self.trash.put(file.name, about(document), entries, self._second())
            return document.without(*entries)

        self._write(file, change)

    def restore(self, annotation_ids: Collection[str], origin: str = "") -> None:
        """Put back what was deleted, as it stood.

        Args:
            annotation_ids: What to put back.
            origin: Name of the file that it was deleted from, if only that is meant.

        Raises:
            NoSuchAnnotation: The trash does not hold one of them; none is put back.
            NotWritable: A file cannot be written.
            Conflict: A file, or that in the trash, is damaged, and so left alone; or it holds
                the annotation by now, in another version.
        """
        by_file: dict[Path, list[Trashed]] = {}
        for trashed in self.trash.find(annotation_ids, origin):
            by_file.setdefault(trashed.file, []).append(trashed)
        for file, found in by_file.items():
            fresh, entries = self.trash.take(found)
            home = self.folder / found[0].origin
            path = home if home.exists() else self._seen.paths.get(found[0].article_id, home)
            self._write(path, functools.partial(_all_back, entries), fresh)
            self.trash.remove(file, {one.annotation.id for one in found})

    # The whole article

    def set_article(
        self,
        subject: Subject,
        key: str,
        value: bool | str | Sequence[str] | Mapping[str, str],
        home: Path | None = None,
    ) -> None:
        """Write down what the reader says of a whole article.

        Args:
            subject: The article.
            key: "starred" (a bool), "tags", "note" (a text) or "corrections" (texts by name).
            value: What shall stand there; nothing (False, "", no tags) takes the key out.
            home: As for `add`.

        Raises:
            NotWritable: The file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        self._update(subject, lambda document: said(_at_home(document, subject, home), key, value), home)

    def choose(
        self, article: Subject, target: Target, choice: Choice | None, home: Path | None = None
    ) -> None:
        """Write down what the reader decided about a block; None takes the decision back.

        A merge can leave the same block twice in a file: all its entries are changed.
        """

        def change(document: Document) -> Document:
            return chosen(_at_home(document, article, home), target, choice, self._second())

        self._update(article, change, home)

    # What could not be saved

    def rescue(self, subject: Subject, annotation: Annotation | None = None, *, note: str = "") -> Path:
        """Keep what cannot be saved where it belongs. Returns the file, of the same form.

        Args:
            subject: The article.
            annotation: An annotation of it.
            note: The note on the whole article.

        Raises:
            NotWritable: This folder cannot be written either.
        """
        path = self._unsaved / f"{self.path_of(subject.id).stem}-{new_id(self._now(), os.urandom)}.toml"
        document = said(new_document(subject.id, subject.title, subject.path), "note", note)
        if annotation is not None:
            document = document.adding("annotation", annotation_table(annotation), many=True)
        self._writer.update(path, lambda _: document, document)
        return path

    def rescued(self) -> tuple[Path, ...]:
        """Return the files that hold what could not be saved."""
        return tuple(sorted(self._unsaved.glob("*.toml")))

    # Within

    def _known_files(self, found: Collection[str]) -> dict[str, Read]:
        if self._files is None:
            self._files = self._shadow.load() if self._shadow and found else {}
            self._view = None
        return self._files

    def _is_free_for(self, name: str, article_id: str) -> bool:
        """Tell whether a file is of no other article."""
        read = (self._files or {}).get(name)
        return read is None or read.record is None or read.record.article_id in ("", article_id)

    def _second(self) -> datetime:
        return self._now().replace(microsecond=0)

    def _update(self, subject: Subject, change: Change, home: Path | None) -> Path:
        path = home or self.path_of(subject.id)
        self._write(path, change, new_document(subject.id, subject.title, subject.path))
        return path

    def _write(self, path: Path, change: Change, fresh: Document | None = None) -> Document:
        """Change a file, and know at once what it says now, whatever its time stamp tells."""
        if twin_of(path.name):
            message = f"a copy that a synchronisation left behind; {MERGE}"
            raise Conflict(message, inert(str(path)))
        with self._lock:
            document, stamp = self._written_to(path, change, fresh)
            if self._files is not None:
                self._written.add(path.name)
                self._files.pop(path.name, None)
                if stamp:
                    found = found_in(document, path, self._meanings)
                    self._files[path.name] = Read(stamp, found.record, found.problems)
                self._view = None
        return document

    def _written_to(self, path: Path, change: Change, fresh: Document | None) -> Written:
        try:
            return self._writer.update(path, change, fresh)
        except FileNotFoundError as error:
            raise NoSuchAnnotation("is no longer there", inert(str(path))) from error
        except Absent as error:
            raise NoSuchAnnotation("no longer holds what was to be changed", inert(str(path))) from error


def _all_back(entries: Sequence[Entry], document: Document) -> Document:
    return functools.reduce(put_back, entries, document)


def _at_home(document: Document, subject: Subject, home: Path | None) -> Document:
    """Note what the file is about, if its article was found again under another id."""
    about(document)  # which says that this is a file of ours
    return named(document, subject) if home else document
