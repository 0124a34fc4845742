"""Where a TOML file is cut: into the texts of its entries, each with the comments above its header.

The texts joined are the file. What an entry says is for `document` to read.
"""

import re
import tomllib
from collections.abc import Iterator

from reader.annotations import plain
from reader.annotations.statements import heading, statements

BOM = "\ufeff"
_LEAD = re.compile(r"(?:[ \t]*+(?:#[^\n]*+)?\r?\n)*+")  # comments and blank lines above a header
_OUR_ENTRY = re.compile(r"^(?=\[(?:\[annotation\]|\[block\]|article)\])", re.MULTILINE)


def pieces(text: str, name: str | None = "") -> Iterator[tuple[str, str]]:
    """Yield name and text of each entry.

    Args:
        text: A file, or some of its entries.
        name: Name of what stands before the first header; None if that belongs to the header.
    """
    start = 0
    while start < len(text):
        found, end = plain.piece_at(text, start)
        if end == start:
            found, end = _piece(text, start, name)
        yield found, text[start:end]
        start, name = end, None


def _piece(text: str, start: int, name: str | None) -> tuple[str, int]:
    """Return the name of the entry that begins at a place of a text, and where it ends; `name` as above."""
    pending = [BOM] if not start and text.startswith(BOM) else []
    for statement in statements(text, start + len(pending)):
        path = heading(statement)
        if path is not None and not (len(path) > 1 and path[0] == name):
            cut = 0 if name is None else _end_of(pending)
            if cut:
                return name or "", start + sum(map(len, pending[:cut]))
            name = path[0]
        pending.append(statement)
    return name or "", len(text)


def _end_of(entry: list[str]) -> int:
    """Tell how many statements belong to an entry; comments after them belong to the next header.

    These are the comments behind the first blank line after its last key, or all of
    them if there is none.
    """
    end = len(entry)
    while end and _is_idle(entry[end - 1]):
        end -= 1
    tail = range(end, len(entry))
    blank = next((at for at in tail if not entry[at].strip()), end)
    return next((at for at in tail if at >= blank and entry[at].strip()), len(entry))


def _is_idle(statement: str) -> bool:
    return not statement.strip() or statement.lstrip(" \t").startswith("#")


def small_pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of a damaged file; one that cannot be read is cut again, by its lines alone.

    A quote that is never closed reaches far.
    """
    for name, piece in pieces(text):
        if len(_OUR_ENTRY.findall(piece)) < 2 or _is_readable(piece):
            yield name, piece
            continue
        for part in filter(None, _OUR_ENTRY.split(piece)):
            path = heading(part[len(lead(part)) :])
            yield path[0] if path else name, part


def lead(text: str) -> str:
    """Return the comments and blank lines above the header of an entry."""
    match = _LEAD.match(text)
    return match.group() if match else ""


def _is_readable(text: str) -> bool:
    try:
        tomllib.loads(text.removeprefix(BOM))
    except (ValueError, RecursionError):
        return False
    return True
