"""A TOML file as a row of entries, each of which can be changed without the others.

`tomllib` reads and forgets comments, blank lines and the order of keys; `tomli_w`
writes what it is given. So a file is cut into the texts of its entries (a table such
as `[article]`, or one `[[block]]` with its sub-tables). A change adds an entry, takes
one out, or sets one key in it; every other byte stands, and the result is read again
before it is believed.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import tomli_w

_HEADER = re.compile(
    r"""^[ \t]*\[{1,2}[ \t]*(?:(?P<bare>[\w-]+)|"(?P<quoted>[^"\\]+)"|'(?P<literal>[^']+)')"""
    r"""(?P<deeper>(?:[ \t]*\.[^\]]+)?)[ \t]*\]{1,2}[ \t]*(?:\#.*)?$"""
)
# A value on one line that is neither a table nor a list; a date may hold a blank.
_SCALAR = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'\[{]+(?:[ ][\d:.+-]+)?)"""

Value = str | int | bool | datetime


class Unusual(ValueError):
    """The file is valid, but of a form in which a change might touch something else."""


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

    def adding(self, name: str, table: Mapping[str, object], *, many: bool) -> "Document":
        """Add an entry behind the others of its name, or at the end.

        Args:
            name: Name of the table.
            table: Its values: scalars, lists of scalars, and tables of those.
            many: True if the file may hold several of the name (`[[name]]`).
        """
        places = [at for at, entry in enumerate(self.entries, 1) if entry.name == name]
        place = max(places, default=len(self.entries))
        before = "".join(entry.text for entry in self.entries[:place])
        gap = "" if not before or before.endswith("\n\n") else "\n" if before.endswith("\n") else "\n\n"
        text = gap + _write(name, table, many=many) + ("\n" if place < len(self.entries) else "")
        entries = (*self.entries[:place], Entry(name, text, table), *self.entries[place:])
        return _checked(Document(entries))

    def setting(self, old: Entry, key: str, value: Value | None) -> "Document":
        """Set one key of an entry, or take it out with None; every other byte of the file stands.

        Raises:
            Unusual: The key cannot be found or set without touching something else.
        """
        table = {name: known for name, known in old.table.items() if name != key}
        if value is not None:
            table[key] = value
        new = Entry(old.name, _with_key(old.text, key, value), table)
        return _checked(Document(tuple(new if entry is old else entry for entry in self.entries)))

    def without(self, old: Entry) -> "Document":
        """Take an entry out."""
        return _checked(Document(tuple(entry for entry in self.entries if entry is not old)))


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
    for line in _lines(text):
        header = _HEADER.match(line.rstrip("\r\n"))
        if header and not _continues(name, header) and (table := _parsed(pending)) is not None:
            kept, comments = _split_comments(pending)
            if kept or entries:
                entries.append(Entry(name, kept, _inner(table, name)))
            name, pending = _name_in(header), comments
        pending += line
    if pending:
        entries.append(Entry(name, pending, _inner(tomllib.loads(pending), name)))
    return Document(tuple(entries))


def _checked(document: Document) -> Document:
    """Read a changed file as it would be read, and compare.

    Raises:
        Unusual: It does not say what it was meant to.
    """
    try:
        again = parse_document(document.text)
    except ValueError as error:
        raise Unusual(str(error)) from error
    if [(one.name, one.table) for one in again.entries] != [
        (one.name, one.table) for one in document.entries
    ]:
        raise Unusual("an entry would change that was not meant to")
    return again


def _lines(text: str) -> Iterator[str]:
    """Yield lines with their ends; TOML knows LF and CR LF only, where `str.splitlines` knows ten more."""
    return (line for line in re.split(r"(?<=\n)", text) if line)


def _name_in(header: re.Match[str]) -> str:
    return header["bare"] or header["quoted"] or header["literal"]


def _continues(name: str, header: re.Match[str]) -> bool:
    """Tell whether a header opens a sub-table of the entry that is open: `[block.target]`."""
    return bool(header["deeper"]) and _name_in(header) == name


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
    lines = list(_lines(text))
    at = len(lines)
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return "".join(lines[:at]), "".join(lines[at:])


def _with_key(text: str, key: str, value: Value | None) -> str:
    """Set a key on a line of its own in the table that the first header of a text opens."""
    lines = list(_lines(text))
    headers = [at for at, line in enumerate(lines) if _HEADER.match(line.rstrip("\r\n"))]
    if not headers:
        raise Unusual("it has no header")
    first, end = headers[0] + 1, headers[1] if len(headers) > 1 else len(lines)
    known = re.compile(rf"^([ \t]*(?:{key}|\"{key}\"|'{key}')[ \t]*=[ \t]*){_SCALAR}([ \t]*(?:#.*)?)$")
    for at in range(first, end):
        match = known.match(lines[at].rstrip("\r\n"))
        if match:
            ending = lines[at][len(lines[at].rstrip("\r\n")) :]
            lines[at] = "" if value is None else f"{match[1]}{_literal(value)}{match[2]}{ending}"
            return "".join(lines)
    if value is not None:
        last = max((at for at in range(first, end) if lines[at].strip()), default=first - 1)
        if not lines[last].endswith("\n"):
            lines[last] += "\n"
        lines.insert(last + 1, f"{key} = {_literal(value)}\n")
    return "".join(lines)


def _literal(value: Value) -> str:
    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def _write(name: str, table: Mapping[str, object], *, many: bool) -> str:
    """Write an entry, one key a line, sub-tables last: `tomli_w` alone may set them inline."""
    flat = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    deep = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    header = f"[[{name}]]" if many else f"[{name}]"
    parts = [f"{header}\n{tomli_w.dumps(flat)}"]
    parts += [f"\n[{name}.{key}]\n{tomli_w.dumps(value)}" for key, value in deep.items()]
    return "".join(parts)
