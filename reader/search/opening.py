"""Where an index lies: opened, or made, where nobody but the user can write to it."""

import contextlib
import os
import shutil
import stat
from pathlib import Path

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import EmptyIndexError, FileIndex

from reader.files import locked
from reader.search.schema import schema

WORDS = "words.db"  # of the vocabulary
OPENINGS = 5  # an opening while another process commits may miss a file


def open_in(folder: Path) -> tuple[FileIndex, Path | None]:
    """Open the index of a folder, or make one; if that cannot be, keep it in memory, without a folder."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
        with locked(folder, folder.parent):
            return _open_or_make(folder), folder
    except OSError:  # not ours, not writable, no room
        return RamStorage().create_index(schema()), None


def _open_or_make(folder: Path) -> FileIndex:
    for old in folder.parent.glob("v*"):
        if old != folder or not _is_private(old):
            shutil.rmtree(old, ignore_errors=True)
    folder.mkdir(mode=stat.S_IRWXU, exist_ok=True)
    if not _is_private(folder):
        raise PermissionError(f"{folder} belongs to somebody else")
    words = folder / WORDS
    if words.is_file() and words.stat().st_size:  # else beginnings and misspellings would find nothing
        for _ in range(OPENINGS):
            with contextlib.suppress(EmptyIndexError, FileNotFoundError):
                return FileStorage(str(folder)).open_index()
    words.unlink(missing_ok=True)
    return FileStorage(str(folder)).create_index(schema())


def _is_private(folder: Path) -> bool:
    """Tell whether nobody but the user could have written to a folder."""
    found = folder.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
