"""The user's files as they are found: changed or not, whole, or damaged and read as far as they go.

A damaged file is named with its line, and what can be read of it is shown; it is never
written.
"""

import contextlib
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from reader.annotations.document import Document, Entry, Unusual, parse_document, salvage
from reader.annotations.records import ArticleRecord, Meanings, record_of
from reader.annotations.sides import sides_of
from reader.model import Problem
from reader.stamps import Stamp, stamp_of
from reader.watching import Listed

FORMAT = 1  # version of the files, raised when an older program could misread them
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16
_LINE = re.compile(r"at line (\d+)")
_NAME = re.compile(r"(?P<slug>.+)--(?P<digest>[0-9a-f]{8})\.toml")
# How Syncthing names the losing copy of a file, and how Dropbox and Nextcloud do.
_COPY = re.compile(r"(.+?)(?:\.sync-conflict-[\w-]+| \([^()]*conflicted copy[^()]*\))(\.toml)", re.IGNORECASE)
_NOWHERE = Stamp(0, 0, 0)  # of a link that leads nowhere
_MERGE = "settle it and take the marks out, or let `reader doctor --merge` do so"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a file."""

    document: Document | None
    """None if the file is damaged: it must not be written."""
    record: ArticleRecord | None
    """None if the file says nothing of an article."""
    problems: tuple[Problem, ...] = ()


def find(path: Path) -> Found:
    """Read a file, whatever its state."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        remedy = "look at where it leads" if path.is_symlink() else "look at its permissions"
        return Found(None, None, (Problem(f"cannot be read ({error.strerror})", str(path), remedy),))
    try:
        document = document_in(raw)
    except (ValueError, RecursionError) as error:
        return _damaged(path, raw, error)
    return found_in(document, path)


def found_in(document: Document, path: Path, meanings: Meanings | None = None) -> Found:
    """Return what stands in a file that is whole; `meanings` as for `record_of`."""
    record, problems = record_of(document, path, meanings)
    return Found(document, _named(record), problems)


def list_files(folder: Path) -> Listed:
    """List the user's files, also links to what is not there; none if the folder is not there."""
    place = os.fspath(folder)
    of_folder = stamp_of(place)  # before it is listed: what comes meanwhile is found by its change
    stamps, paths = {}, {}
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            name = entry.name
            if not name.endswith(".toml") or name[0] == ".":
                continue
            if stamp := stamp_of(entry):
                stamps[name], paths[name] = stamp, entry.path
            elif entry.is_symlink():
                stamps[name] = _NOWHERE
    return Listed(stamps, paths, {place: of_folder.mtime if of_folder else None})


def twin_of(name: str) -> str:
    """Return the name of the file that a synchronisation made a copy of; "" if it is no copy."""
    copy = _COPY.fullmatch(name)
    return copy[1] + copy[2] if copy else ""


def document_in(raw: bytes, known: Document | None = None) -> Document:
    """Read the bytes of a file that is whole.

    Raises:
        ValueError: It is not UTF-8, not TOML, or (`Unusual`) made by a newer program.
        RecursionError: It is nested too deep.
    """
    document = parse_document(raw.decode("utf-8"), known)
    version = next((entry.table.get("version") for entry in document.named("")), None)
    if isinstance(version, int) and version > FORMAT:
        raise Unusual(f"version {version}, made by a newer program")
    return document


def damage(path: Path, raw: bytes, error: Exception) -> Problem:
    """Say what is wrong with a file that cannot be used, where, and what to do."""
    text = _forgiving(raw)
    sides = sides_of(text)
    if isinstance(error, UnicodeDecodeError):
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(
            "not UTF-8", f"{path}:{line}", "save it as UTF-8; until then it is shown as far as it goes"
        )
    if isinstance(error, Unusual):
        return Problem(str(error), str(path), "it is shown as far as it goes, and left as it is")
    if sides:
        return Problem("holds the marks of a merge conflict", f"{path}:{sides.first}", _MERGE)
    line = _line_of(text, error)
    what = "nested too deep" if isinstance(error, RecursionError) else f"not valid TOML: {error}"
    return Problem(what, f"{path}:{line}", "mend it by hand; until then it is shown as far as it goes")


def _damaged(path: Path, raw: bytes, error: Exception) -> Found:
    """Read what can be read of a damaged file: each entry on its own, those of both sides of a conflict."""
    text = _forgiving(raw)
    sides = sides_of(text)
    good = [salvage(side)[0] for side in ((sides.ours, sides.theirs) if sides else (text,))]
    record, faults = record_of(_joined(good[0], good[-1]), path)
    named = _named(replace(record, writable=False))
    lines_hold = good[0].text == text
    return Found(None, named, (damage(path, raw, error), *(faults if lines_hold else ())))


def _named(record: ArticleRecord) -> ArticleRecord | None:
    """Give a record that lacks its id the one that its file is named after; None if it says nothing."""
    if record.article_id:
        return record
    match = _NAME.fullmatch(record.file.name)
    identity = f"{match['slug']}-{match['digest']}" if match else ""
    return replace(record, article_id=identity, writable=False) if record.says_something else None


def _forgiving(raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith(_BYTE_ORDER_MARKS) else "utf-8"
    return raw.decode(encoding, "replace")


def _line_of(text: str, error: Exception) -> int:
    """Tell the line of a fault; of what is never closed, that of the entry where it is open."""
    told = _LINE.search(str(error))
    return int(told[1]) if told else salvage(text)[1] or 1


def _joined(ours: Document, theirs: Document) -> Document:
    """Put the entries of two sides together, each once: by their id, or by their text."""
    known = {_identity(entry) for entry in ours.entries}
    new = tuple(entry for entry in theirs.entries if _identity(entry) not in known)
    return Document((*ours.entries, *new))


def _identity(entry: Entry) -> tuple[str, object]:
    identity = entry.table.get("id")
    return (entry.name, identity if isinstance(identity, str) else entry.text)
