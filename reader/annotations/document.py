"""A TOML file as a row of entries, each of which can be rewritten without the others.

`tomllib` reads and forgets comments, blank lines and the order of keys; `tomli_w`
writes what it is given. So a file is cut into the texts of its entries (a table such
as `[article]`, or one `[[block]]` with its sub-tables), and only the entry that
changes is written anew: all others stand byte for byte.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

import tomli_w

_HEADER = re.compile(r"^[ \t]*\[{1,2}[ \t]*([A-Za-z0-9_-]+)((?:[ \t]*\.[^\]]+)?)[ \t]*\]{1,2}[ \t]*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One top-level table of the file, or what stands before the first (`name` is "")."""

    name: str
    text: str
    """As it stands in the file, with the comment lines above its header."""
    table: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Document:
    """A file, entry by entry; the texts of the entries joined are the file."""

    entries: tuple[Entry, ...] = ()

    @property
    def text(self) -> str:
        """The file as it is to be written."""
        return "".join(entry.text for entry in self.entries)

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a name, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.name == name)

    def with_entry(
        self, old: Entry | None, name: str, table: Mapping[str, object], *, many: bool
    ) -> "Document":
        """Put an entry in the place of another, or at the end of those of its name.

        Args:
            old: The entry that is replaced; its comment lines stay. None to add one.
            name: Name of the table.
            table: Its values: scalars, lists of scalars, and tables of those.
            many: True if the file may hold several of the name (`[[name]]`).
        """
        written = _write(name, table, many=many)
        if old is not None:
            gap = old.text[len(old.text.rstrip("\r\n")) :].replace("\r", "")[1:]
            new = Entry(name, _comments_above(old.text) + written + gap, table)
            return Document(tuple(new if entry is old else entry for entry in self.entries))
        place = max(
            (at for at, entry in enumerate(self.entries, 1) if entry.name == name), default=len(self.entries)
        )
        gap = "" if not self.entries or self.text.endswith("\n\n") else "\n"
        before, after = self.entries[:place], self.entries[place:]
        added = Entry(name, gap + written + ("\n" if after else ""), table)
        return Document((*before, added, *after))

    def without(self, old: Entry) -> "Document":
        """Take an entry out."""
        return Document(tuple(entry for entry in self.entries if entry is not old))


def parse_document(text: str) -> Document:
    """Cut a file into its entries.

    A line that looks like a header is one if what stands before it, from the last
    cut on, is valid TOML: inside a multi-line string or array it is not.

    Raises:
        ValueError: It is not valid TOML (`tomllib.TOMLDecodeError`, and what else it raises).
        RecursionError: It is nested too deep.
    """
    tomllib.loads(text)
    entries: list[Entry] = []
    name, pending = "", ""
    for line in text.splitlines(keepends=True):
        header = _HEADER.match(line.rstrip("\r\n"))
        if header and not _continues(name, header) and (table := _parsed(pending)) is not None:
            kept, comments = _split_comments(pending)
            if kept or entries:
                entries.append(Entry(name, kept, _inner(table, name)))
            name, pending = header[1], comments
        pending += line
    if pending:
        entries.append(Entry(name, pending, _inner(tomllib.loads(pending), name)))
    return Document(tuple(entries))


def _continues(name: str, header: re.Match[str]) -> bool:
    """Tell whether a header opens a sub-table of the entry that is open: `[block.target]`."""
    return bool(header[2]) and header[1] == name


def _parsed(text: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(text)
    except ValueError:
        return None


def _inner(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = table.get(name) if name else table
    if isinstance(value, list):
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {}


def _split_comments(text: str) -> tuple[str, str]:
    """Part an entry from the comment lines at its end: they belong to the next header."""
    lines = text.splitlines(keepends=True)
    at = len(lines)
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return "".join(lines[:at]), "".join(lines[at:])


def _comments_above(text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at += 1
    return "".join(lines[:at])


def _write(name: str, table: Mapping[str, object], *, many: bool) -> str:
    """Write an entry, one key a line, sub-tables last: `tomli_w` alone may set them inline."""
    flat = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    deep = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    header = f"[[{name}]]" if many else f"[{name}]"
    parts = [f"{header}\n{tomli_w.dumps(flat)}"]
    parts += [f"\n[{name}.{key}]\n{tomli_w.dumps(value)}" for key, value in deep.items()]
    return "".join(parts)
