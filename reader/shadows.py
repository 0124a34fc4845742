"""What lies in the cache folder: it saves work and holds nothing of its own, and so can be thrown away."""

import contextlib
import hashlib
import os
import re
import sqlite3
import time
from pathlib import Path
from typing import NamedTuple

IN_MEMORY = ":memory:"
KEPT = 30 * 86_400  # seconds; what a version left that nobody used for so long is thrown away

_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside a database
_FOLDER = re.compile(r"v-[0-9a-f]{8}")


def folder_of(cache: Path, version: str, now: float | None = None) -> Path:
    """Return the folder for the shadows of one version of the program, made if it can be.

    Two versions that run at once in one folder would take all that the other read for stale,
    and read all files in turn for ever. A new one begins with what the last one knew: what it
    has to read anew is listed and found meanwhile.

    Args:
        cache: The cache folder, of all versions.
        version: Whatever tells them apart.
        now: The time, in seconds as files have it.
    """
    now = time.time() if now is None else now
    folder = cache / f"v-{hashlib.blake2s(version.encode(), digest_size=4).hexdigest()}"
    with contextlib.suppress(OSError):
        if not folder.is_dir():
            cache.mkdir(parents=True, exist_ok=True, mode=0o700)
            _throw_away_unused(cache, now)
            others = (one for one in cache.iterdir() if _FOLDER.fullmatch(one.name))
            _begin(folder, max(others, key=lambda one: one.stat().st_mtime, default=None))
        os.utime(folder, (now, now))  # the time of its last use
    return folder


def _throw_away_unused(cache: Path, now: float) -> None:
    import shutil  # noqa: PLC0415 - once for each version

    for folder in cache.iterdir():
        if _FOLDER.match(folder.name) and folder.stat().st_mtime < now - KEPT:
            shutil.rmtree(folder, ignore_errors=True)


def _begin(folder: Path, last: Path | None) -> None:
    """Make a folder, with what another one holds; the other may be in use, and what is torn is made anew."""
    import shutil  # noqa: PLC0415 - once for each version
    import tempfile  # noqa: PLC0415 - as above

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
    import shutil  # noqa: PLC0415 - once for each version

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


class Form(NamedTuple):
    """How a database looks."""

    version: int
    """Raised with any change of the tables, or of what they hold."""
    schema: str
    """The statements that make the tables."""
    probe: str
    """A query that a database of this form answers, unless it is damaged."""
    busy: float
    """Seconds to wait for another program of ours."""


def open_shadow(path: Path, form: Form) -> sqlite3.Connection | None:
    """Open a database, made anew if it is damaged or of another form; None if it is out of reach."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            return connect(path, form)
        except (sqlite3.OperationalError, OSError):
            return None
        except sqlite3.DatabaseError:
            throw_away(path)
    return None


def connect(path: Path | str, form: Form) -> sqlite3.Connection:
    """Open a database, and make its tables if it is new. Threads may share the connection, one at a time.

    Raises:
        sqlite3.DatabaseError: It is damaged, or of another form.
    """
    connection = sqlite3.connect(path, timeout=form.busy, check_same_thread=False)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version not in (0, form.version):
            raise sqlite3.DatabaseError("a database of another form")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut tears is made anew
        if version == 0:
            connection.executescript(f"BEGIN; {form.schema} PRAGMA user_version = {form.version}; COMMIT;")
        connection.execute(form.probe).fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def throw_away(path: Path) -> None:
    """Delete a database, with what SQLite keeps beside it."""
    for suffix in ("", *_BESIDE):
        with contextlib.suppress(OSError):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
