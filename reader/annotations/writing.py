"""One change of one of the user's files: locked, read again, changed, checked, replaced.

Nothing is overwritten that could not be read or is of an unknown form: such an attempt is
a `Conflict`, and the file stands as it is.
"""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

from reader.annotations.document import Document, Entry, Unusual
from reader.annotations.reading import FORMAT, damage, document_in
from reader.errors import Conflict, NotWritable
from reader.files import folder_locked, locked, real_path, replace_file
from reader.inert import inert
from reader.stamps import Stamp, stamp_of

Change = Callable[[Document], Document]


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


class Written(NamedTuple):
    """A file as it was left."""

    document: Document
    stamp: Stamp | None


class Writer:
    """Changes files, one at a time, and remembers the last one of each folder: it is not read all anew.

    Args:
        locks: Folder for lock files, outside the workspace.
    """

    def __init__(self, locks: Path) -> None:
        self._locks = locks
        self._known: dict[Path, tuple[bytes, Document]] = {}

    def update(self, path: Path, change: Change, fresh: Document | None = None) -> Written:
        """Read, change and write a file while no other program of ours does.

        Args:
            path: The file.
            change: Takes what it says, and returns what it shall say.
            fresh: What a new file begins with; None if the file must be there.

        Returns:
            What the file says now, and its stamp. A file that would say nothing of its article
            is deleted; then there is no stamp.

        Raises:
            NotWritable: It cannot be written; nothing was changed.
            Conflict: It is damaged, or of a form in which the change might touch something else.
            FileNotFoundError: It is not there, and there is nothing to begin with.
        """
        with self.holding(path):
            raw, old = self._read(path, fresh)
            try:
                new = change(old)
            except Unusual as error:
                message = f"its form is unusual ({error}); it is left as it is, change it by hand"
                raise Conflict(inert(message), inert(str(path))) from error
            content = new.text.encode()
            if _is_bare(new):
                real_path(path).unlink(missing_ok=True)  # a link stays
            elif content != raw:
                path.parent.mkdir(parents=True, exist_ok=True)
                replace_file(path, content)
            self._known[path.parent] = content, new
            return Written(new, stamp_of(path))

    def read_ahead(self, path: Path) -> Document | None:
        """Read a file that is about to be changed; None if it cannot be, or was read before."""
        with contextlib.suppress(OSError, ValueError, RecursionError):
            if path.parent not in self._known:
                raw = path.read_bytes()
                return self._known.setdefault(path.parent, (raw, document_in(raw)))[1]
        return None

    @contextlib.contextmanager
    def holding(self, path: Path) -> Iterator[None]:
        """Keep other programs of ours from a file, and say in our words why it cannot be written."""
        try:
            with folder_locked(path.parent), locked(path, self._locks):
                yield
        except FileNotFoundError:
            raise
        except OSError as error:
            reason = error.strerror or str(error)
            named = Path(error.filename) if isinstance(error.filename, str) else path
            where = path if named.parent == path.parent else named  # not a temporary file beside it
            message = f"cannot be written ({reason}); nothing was changed"
            raise NotWritable(inert(message), inert(str(where))) from error

    def _read(self, path: Path, fresh: Document | None) -> tuple[bytes | None, Document]:
        """Read a file; there are no bytes if it is not there."""
        raw = b""
        known, document = self._known.get(path.parent, (b"", None))
        try:
            raw = path.read_bytes()
            return raw, document if document and raw == known else document_in(raw, document)
        except FileNotFoundError:
            if fresh is None:
                raise
            return None, fresh
        except (ValueError, RecursionError) as error:
            fault = damage(path, raw, error)
            raise Conflict(f"{fault.what}; {fault.remedy}. It is left as it is", fault.where) from error


def new_document(identity: str, title: str, path: str) -> Document:
    """Return what the file of an article begins with."""
    version = Entry("", f"version = {FORMAT}\n\n", {"version": FORMAT})
    return Document((version,)).adding("article", {"id": identity, "title": title, "path": path}, many=False)


def _is_bare(document: Document) -> bool:
    """Tell whether a file says no more than what it is about."""
    if [entry.name for entry in document.entries] != ["", "article"]:
        return False
    if "formerly" in document.entries[1].table:
        document = document.setting(document.entries[1], "formerly", None)
    about = document.entries[1].table
    said = [about.get(key) for key in ("id", "title", "path")]
    fresh = new_document(*map(str, said))
    return document.text.strip() == fresh.text.strip()
