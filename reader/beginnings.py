"""How a new version of the program begins: with what the last one knew. Loaded once for each version."""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database; a copy of the database holds it


def begin(folder: Path, last: Path | None) -> None:
    """Make the folder of a version, with what another one holds.

    The other may be in use, and what is torn is made anew.
    """
    made = Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        with contextlib.suppress(shutil.Error):  # a file that is gone meanwhile
            if last:
                shutil.copytree(last, made, copy_function=_copy, dirs_exist_ok=True)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    folder.chmod(0o700)


def _copy(source: str, target: str) -> None:
    """Copy a file; a database as a whole, whoever writes to it."""
    if source.endswith(_BESIDE):
        return
    if not source.endswith(".db"):
        shutil.copyfile(source, target)
        return
    with (
        contextlib.suppress(sqlite3.Error),
        contextlib.closing(sqlite3.connect(source)) as known,
        contextlib.closing(sqlite3.connect(target)) as begun,
    ):
        known.backup(begun)


def throw_away(folder: Path) -> None:
    """Delete the folder of a version that nobody used for long."""
    shutil.rmtree(folder, ignore_errors=True)
