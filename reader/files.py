"""The one function that replaces a file, and the lock that keeps two programs apart.

After a crash at any moment the file holds the old content or the new, never a part.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import stat
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_TEMPORARY = ".reader-"  # prefix of the files that are being written
_STALE = 60.0  # seconds; a temporary file that old was left behind by a crash
_NEW_FILE_MODE = 0o666  # less the umask, as any program makes its files
_held = threading.local()  # the folders that this thread keeps to itself


def replace_file(path: str | os.PathLike[str], content: bytes) -> None:
    """Replace what a file holds, or make it.

    Written beside the target, synced, moved over it, and the folder synced. Mode and
    symbolic links of an existing file are kept.

    Args:
        path: The file; its folder must exist.
        content: All it shall hold.

    Raises:
        OSError: It cannot be written; the old content stands.
    """
    target = real_path(path)
    mode = _mode_of(target)
    temporary = target.parent / f"{_TEMPORARY}{os.urandom(8).hex()}"
    created = os.open(
        temporary,
        os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC,
        _NEW_FILE_MODE if mode is None else stat.S_IRUSR | stat.S_IWUSR,
    )
    try:
        with os.fdopen(created, "wb") as file:
            file.write(content)
            file.flush()
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


@contextlib.contextmanager
def locked(path: Path, locks: Path) -> Iterator[None]:
    """Keep other programs of ours from writing a file meanwhile.

    The lock is a file of its own under `locks`, named by the target's real path: the
    target itself is replaced on each write, and a lock on it would be lost.

    Args:
        path: The file to be read and written.
        locks: A folder outside the workspace; made if it is missing.
    """
    locks.mkdir(parents=True, exist_ok=True)
    name = hashlib.blake2s(os.fsencode(real_path(path)), digest_size=12).hexdigest()
    with (locks / f"{name}.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Keep other programs from a folder, also those of another account or with other places for their locks.

    A thread that has it may take it again. Where the file system knows no such lock, or the folder
    is not there yet, nobody is kept away: what counts then is `locked`.
    """
    real = real_path(folder)
    mine: set[Path] = _held.__dict__.setdefault("folders", set())
    with contextlib.ExitStack() as leaving:
        if real not in mine:
            with contextlib.suppress(OSError):
                descriptor = os.open(real, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
                leaving.callback(os.close, descriptor)
                fcntl.flock(descriptor, fcntl.LOCK_EX)
                mine.add(real)
                leaving.callback(mine.discard, real)
        yield


def real_path(path: str | os.PathLike[str]) -> Path:
    """Follow links; a link that leads in a circle stays, and whoever opens it is told."""
    return Path(os.path.realpath(path))  # `Path.resolve` raises a RuntimeError there, up to Python 3.12


def sweep(folder: Path) -> None:
    """Remove what writers that crashed more than a minute ago left in a folder."""
    deadline = time.time() - _STALE
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _is_temporary(entry.name) and entry.stat(follow_symlinks=False).st_mtime < deadline:
                Path(entry.path).unlink()


def _is_temporary(name: str) -> bool:
    """Tell whether a name is one that `replace_file` makes, and no person."""
    return re.fullmatch(rf"{re.escape(_TEMPORARY)}[0-9a-f]{{16}}", name) is not None


def _mode_of(target: Path) -> int | None:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
