"""Which files may hold articles, and their bytes. No file is ever written here.

Folders are searched with their subfolders; links are followed, each folder is entered
once, hidden names are left out, and pipes and devices are never opened.
"""

import hashlib
import os
import re
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reader.catalogue import Stamp
from reader.errors import UnreadableSource
from reader.importers import IMPORTERS
from reader.inert import inert
from reader.model import Problem

ORIGIN = ".toml"  # behind the name of a file: tells where it came from (`adding`), and is no article
MAX_BYTES = 64 * 2**20  # a larger file is no article: the largest books have under 10 MB of text

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold articles."""

    path: Path
    name: str
    """Its path as it is shown: relative to the workspace where possible, inert, and unique."""
    stamp: Stamp


def find_files(roots: tuple[Path, ...], base: Path) -> tuple[tuple[SourceFile, ...], tuple[Problem, ...]]:
    """Find the files of some files and folders.

    Args:
        roots: What the user named; a file among them is taken whatever its suffix.
        base: Names are relative to it for what lies in it.

    Returns:
        The files, each once, in the order of the roots and of their names; the faults
        met on the way.
    """
    walk = _Walk(base)
    files = tuple(file for root in roots for file in walk.enter(root, asked=True))
    return tuple({file.path: file for file in files}.values()), tuple(walk.problems)


def find_file(path: Path, name: str) -> SourceFile:
    """Look at one file that is known.

    Raises:
        UnreadableSource: It is gone.
    """
    try:
        return SourceFile(path, name, _stamp(path.stat()))
    except OSError as error:
        raise UnreadableSource(f"{name}: cannot be read ({error.strerror or error})") from error


def read_bytes(file: SourceFile) -> bytes:
    """Read a file whole.

    Raises:
        UnreadableSource: It is gone, no regular file, larger than `MAX_BYTES`, or may not be read.
    """
    try:
        status = file.path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableSource(f"{file.name}: a folder; name a file in it")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableSource(f"{file.name}: not a file: a pipe, socket or device; `-` reads a pipe")
        if status.st_size > MAX_BYTES:
            raise UnreadableSource(f"{file.name}: larger than {MAX_BYTES >> 20} MiB")
        return file.path.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{file.name}: cannot be read ({error.strerror or error})") from error


def read_path(path: Path) -> bytes:
    """Read a file that the user named.

    Raises:
        UnreadableSource: As `read_bytes`.
    """
    return read_bytes(find_file(path, inert(os.fspath(path))))


def charset_of(path: Path) -> str:
    """Return the charset that a server named for a file; "" unless the file beside it tells."""
    try:
        told = read_path(path.with_name(path.name + ORIGIN)).decode("utf-8-sig")
        return charset_in(str(tomllib.loads(told).get("content_type", "")))
    except (UnreadableSource, ValueError, RecursionError):
        return ""


def charset_in(content_type: str) -> str:
    """Return the charset that a content type names; "" if it names none."""
    said = _CHARSET.search(content_type)
    return said[1] if said else ""


@dataclass(slots=True)
class _Walk:
    """One search: what was entered, and what went wrong."""

    base: Path
    problems: list[Problem] = field(default_factory=list)
    entered: set[tuple[int, int]] = field(default_factory=set)
    """Device and inode of each folder, so that no loop of links is followed twice."""

    def enter(self, path: Path, *, asked: bool = False) -> Iterator[SourceFile]:
        """Yield the files of a folder, or the file itself; `asked` if the user named it."""
        name = _name(path, self.base)
        try:
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                yield from self._enter_folder(path, name, status)
            elif not stat.S_ISREG(status.st_mode):
                self._note("not a file: a pipe, socket or device", name, "it is left alone")
            elif asked or path.suffix.lower() in IMPORTERS:
                yield SourceFile(path, name, _stamp(status))
            elif path.suffix != ORIGIN or not path.with_suffix("").exists():
                self._note(
                    f"not a kind of file that is read (“{inert(path.suffix)}”)",
                    name,
                    "text, Markdown and HTML are",
                )
        except OSError as error:
            self._note(f"cannot be read ({error.strerror or error})", name, _remedy(error))

    def _enter_folder(self, path: Path, name: str, status: os.stat_result) -> Iterator[SourceFile]:
        if path.suffix and path.suffix.lower() in IMPORTERS:
            self._note("a folder, named like a text file", name, "the files in it are read")
        identity = (status.st_dev, status.st_ino)
        if identity in self.entered:
            return
        self.entered.add(identity)
        for child in sorted(path.iterdir()):
            if not child.name.startswith("."):
                yield from self.enter(child)

    def _note(self, what: str, name: str, remedy: str) -> None:
        self.problems.append(Problem(what, name, remedy))


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


def _remedy(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "put articles there, or name another place"
    return "look at its permissions and links; it is left out"


def _name(path: Path, base: Path) -> str:
    """Name a file as it is shown; names that are only inert with stand-ins get a mark of their own."""
    shown = os.fspath(path.relative_to(base) if path.is_relative_to(base) else path)
    safe = inert(shown)
    if safe == shown:
        return shown
    return f"{safe} ({hashlib.blake2s(os.fsencode(shown), digest_size=3).hexdigest()})"
