"""Conflict marks of git in a file, and the merge that needs none.

git merges lines. Two notes added at one place of a file look like a conflict to it, where
entries tell that they are two notes.
"""

from collections.abc import Iterable
from itertools import takewhile
from operator import eq
from pathlib import Path

from reader.annotations.merging import Merged, merge_documents
from reader.annotations.reading import document_in
from reader.annotations.sides import sides_of
from reader.annotations.weaving import Clash
from reader.errors import Conflict
from reader.files import replace_file
from reader.inert import inert


def merge_sides(text: str) -> Merged:
    """Merge the versions in a file with conflict marks.

    Raises:
        ValueError: It has no marks, or a side of it cannot be read.
        RecursionError: A side is nested too deep.
    """
    versions = sides_of(text)
    if versions is None or not versions.is_closed:
        raise ValueError("a conflict mark lacks its end" if versions else "it has no conflict marks")
    base = None if versions.base is None else versions.base.encode()
    return _merged(base, versions.ours.encode(), versions.theirs.encode())


def merge_driver(base: Path, ours: Path, theirs: Path, name: str = "") -> tuple[Clash, ...]:
    """Merge three versions of a file into `ours`, as git asks a merge driver to.

    What both sides said differently is no conflict to git: the file holds both, and there
    is nothing that a person must settle before the merge can be committed.

    Args:
        base: The version both came from, git's `%O`; empty if there is none.
        ours: Our version, `%A`; holds the outcome afterwards.
        theirs: Their version, `%B`.
        name: Path of the file in the workspace, `%P`, for messages.

    Returns:
        What both sides said differently, for the user to be told.

    Raises:
        Conflict: A side cannot be read. `ours` then holds both sides between conflict
            marks, as git would leave it, and git must be told by the exit status.
    """
    known, mine, other = (path.read_bytes() for path in (base, ours, theirs))
    try:
        merged = _merged(known, mine, other)
    except (ValueError, RecursionError) as error:
        replace_file(ours, _marked(mine, other))
        message = f"{name or ours}: the two versions cannot be merged ({error}); settle the marks in the file"
        raise Conflict(inert(message)) from error
    replace_file(ours, merged.document.text.encode())
    return merged.clashes


def _merged(base: bytes | None, ours: bytes, theirs: bytes) -> Merged:
    """Merge three files; a base that cannot be read is none, so that nothing counts as deleted."""
    try:
        known = None if base is None else document_in(base)
    except (ValueError, RecursionError):
        known = None
    return merge_documents(known, document_in(ours), document_in(theirs))


def _marked(ours: bytes, theirs: bytes) -> bytes:
    """Put two versions into one file, with conflict marks around what differs."""
    one, other = ours.splitlines(keepends=True), theirs.splitlines(keepends=True)
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    mine, their = (b"".join(side[start : len(side) - end]) for side in (one, other))
    marked = b"<<<<<<< ours\n%b=======\n%b>>>>>>> theirs\n" % (_closed(mine), _closed(their))
    return b"".join((*one[:start], marked, *one[len(one) - end :]))


def _alike(one: Iterable[bytes], other: Iterable[bytes]) -> int:
    """Count the lines that two versions begin with alike."""
    return sum(1 for _ in takewhile(bool, map(eq, one, other)))


def _closed(lines: bytes) -> bytes:
    return lines + b"\n" if lines and not lines.endswith(b"\n") else lines
