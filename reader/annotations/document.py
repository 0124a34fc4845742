"""A TOML file as a row of entries, each of which can be changed without the others.

`tomllib` reads and forgets comments, blank lines and the order of keys; `tomli_w`
writes what it is given. So a file is cut into the texts of its entries (a table such
as `[article]`, or one `[[annotation]]` with its sub-tables). A change adds an entry,
takes one out, or sets one key in it; every other byte stands, and the result is read
again before it is believed. Where it is cut: `cutting`; how a text is made of
lines and keys: `statements`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from reader.annotations import plain
from reader.annotations.cutting import BOM, lead, pieces, small_pieces
from reader.annotations.statements import Unusual, Value, set_key, written

_ONE_OF_MANY = re.compile(r"""[ \t]*\[\[[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\]\]""")
_LONG_NUMBER = re.compile(r"0[xob][0-9A-Fa-f_]{999}")

__all__ = ["Document", "Entry", "Unusual", "Value", "parse_document", "salvage"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One top-level table of the file, or what stands before the first (`name` is "")."""

    name: str
    text: str
    """As it stands in the file, with the comment lines above its header."""
    table: Mapping[str, object]
    is_one_of_many: bool = False
    """Whether its header, as it was read, lets others of its name be (`[[name]]`)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, entry by entry; the texts of the entries joined are the file."""

    entries: tuple[Entry, ...] = ()

    @property
    def text(self) -> str:
        """The file as it is to be written."""
        return "".join(entry.text for entry in self.entries)

    @property
    def newline(self) -> str:
        """How its lines end: as the first one does."""
        first = next((entry.text for entry in self.entries if "\n" in entry.text), "\n")
        return "\r\n" if first[: first.index("\n")].endswith("\r") else "\n"

    def named(self, name: str) -> tuple[Entry, ...]:
        """Return the entries of a name, in the order of the file."""
        return tuple(entry for entry in self.entries if entry.name == name)

    def place_of(self, entry: Entry) -> int:
        """Tell how many entries stand before one; another of the same text is another."""
        return next(at for at, known in enumerate(self.entries) if known is entry)

    def numbered(self) -> Iterator[tuple[int, Entry]]:
        """Yield each entry with the line of its header, from 1."""
        line = 1
        for entry in self.entries:
            yield line + lead(entry.text).count("\n"), entry
            line += entry.text.count("\n")

    def adding(
        self, name: str, table: Mapping[str, object], *, many: bool, place: int | None = None
    ) -> "Document":
        """Add an entry, one blank line apart from its neighbours.

        Args:
            name: Name of the table.
            table: Its values: scalars, lists of scalars, and tables of those.
            many: True if the file may hold several of the name (`[[name]]`).
            place: How many entries shall stand before it; None puts it behind the
                others of its name, or at the end.

        Raises:
            Unusual: The file uses the name in another way.
        """
        if place is None:
            places = [at for at, entry in enumerate(self.entries, 1) if entry.name == name]
            place = max(places, default=len(self.entries))
        text = written(name, table, many=many).replace("\n", self.newline)
        return self.inserting(Entry(name, text, table), place)

    def inserting(self, new: Entry, place: int, *, apart: bool = True) -> "Document":
        """Put an entry among the others as it is.

        Args:
            new: The entry.
            place: How many entries shall stand before it.
            apart: Whether a blank line must part it from its neighbours.

        Raises:
            Unusual: The file uses its name in another way.
        """
        newline, lines = self.newline, 1 + apart
        before = next((entry.text for entry in reversed(self.entries[:place]) if entry.text), "")
        text = _gap(before, newline, lines) + new.text
        if place < len(self.entries):
            text += _gap(text, newline, lines)
        entries = (*self.entries[:place], Entry(new.name, text, new.table), *self.entries[place:])
        return self._checked(entries)

    def setting(self, old: Entry, key: str, value: Value | None) -> "Document":
        """Set one key of an entry, or take it out with None; every other byte of the file stands.

        Args:
            old: The entry, one of this document.
            key: The key; with dots, one in a sub-table ("target.start").
            value: What it shall be. What stood there loses its value, not its comments.

        Raises:
            Unusual: The key cannot be found or set without touching something else.
        """
        path = tuple(key.split("."))
        text = set_key(old.text, path, value, self.newline)
        new = Entry(old.name, text, _with(old.table, path, value))
        return self._checked(tuple(new if entry is old else entry for entry in self.entries))

    def without(self, *old: Entry) -> "Document":
        """Take entries out; with the last of the file goes the blank line that parted it from the others."""
        gone = set(map(id, old))
        kept = [entry for entry in self.entries if id(entry) not in gone]
        if kept and id(self.entries[-1]) in gone:
            kept[-1] = replace(kept[-1], text=_without_gap(kept[-1].text, self.newline))
        return self._checked(tuple(kept))

    def _checked(self, entries: tuple[Entry, ...]) -> "Document":
        """Read a changed file as it would be read, and compare.

        Entries that stand byte for byte as they stood, among others that do, are not read
        again (`_around`): they were read from these bytes before, and compare as they are.

        Raises:
            Unusual: It does not say what it was meant to.
        """
        meant = Document(entries)
        try:
            again = parse_document(meant.text, known=self)
        except (ValueError, RecursionError) as error:
            raise Unusual(str(error)) from error
        if not _say_the_same(again, meant):
            raise Unusual("an entry would change that was not meant to")
        return again


def parse_document(text: str, known: Document | None = None) -> Document:
    """Cut a file into its entries, and read each.

    Args:
        text: The file; a byte order mark is part of its first entry.
        known: The file as it was before: entries that stand in it are not read again.

    Raises:
        ValueError: It is not valid TOML (`tomllib.TOMLDecodeError`, and what else it raises).
        RecursionError: It is nested too deep.
    """
    if known and known.text == text:
        return known
    try:
        document = _around(text, known) if known else Document(tuple(_entries(pieces(text))))
    except ValueError as error:
        if known:
            return parse_document(text)
        tomllib.loads(text.removeprefix(BOM))  # tells the line in the file, not in the entry
        raise Unusual(str(error)) from error
    if not _is_regular(document):
        tomllib.loads(text.removeprefix(BOM))
    return document


def _around(text: str, known: Document) -> Document:
    """Read what differs from a known text, with one entry on each side: whose a comment is, hangs on these.

    A cut between two entries is one wherever both stand unchanged, if what is before is valid.
    """
    entries, start, first = known.entries, 0, 0
    while first < len(entries) and text.startswith(entries[first].text, start):
        start += len(entries[first].text)
        first += 1
    first = max(first - 1, 0)
    start -= len(entries[first].text) if start else 0
    end, last = len(text), len(entries)
    while last > first + 1 and text.endswith(entries[last - 1].text, start, end):
        last -= 1
        end -= len(entries[last].text)
    if last < len(entries):
        end += len(entries[last].text)
        last += 1
    changed = _entries(pieces(text[start:end], None if first else ""))
    return Document((*entries[:first], *changed, *entries[last:]))


def _entries(cut: Iterable[tuple[str, str]]) -> Iterator[Entry]:
    for name, piece in cut:
        is_one_of_many = _ONE_OF_MANY.match(piece, len(lead(piece))) is not None
        yield Entry(name, piece, _table(name, piece), is_one_of_many)


def salvage(text: str) -> tuple[Document, int]:
    """Read those entries of a damaged file that can be read on their own.

    Returns:
        The good entries, and the line of the first header whose entry is none; 0 if all are good.
    """
    good: list[Entry] = []
    line, damaged = 1, 0
    for name, piece in small_pieces(text):
        try:
            good.append(Entry(name, piece, _table(name, piece)))
        except (ValueError, RecursionError):
            damaged = damaged or line + lead(piece).count("\n")
        line += piece.count("\n")
    return Document(tuple(good)), damaged


def _is_regular(document: Document) -> bool:
    """Tell whether entries that are valid, each for itself, must be so together."""
    names = Counter(entry.name for entry in document.entries)
    keys = {key for entry in document.entries if not entry.name for key in entry.table}
    return keys.isdisjoint(names) and all(
        entry.is_one_of_many or names[entry.name] == 1 for entry in document.entries
    )


def _without_gap(text: str, newline: str) -> str:
    """Take away the one blank line at the end of a text; several were meant by whoever wrote them."""
    bare = text.rstrip("\r\n")
    return bare + newline if bare and text == bare + 2 * newline else text


def _say_the_same(one: Document, other: Document) -> bool:
    """Compare what two files say; most of their entries are the same ones."""
    return len(one.entries) == len(other.entries) and all(
        entry is like or (entry.name, entry.table) == (like.name, like.table)
        for entry, like in zip(one.entries, other.entries, strict=True)
    )


def _table(name: str, piece: str) -> Mapping[str, object]:
    """Read an entry: the inside of its table."""
    if table := plain.table_of(piece):
        return table
    whole = tomllib.loads(piece.removeprefix(BOM))
    if _LONG_NUMBER.search(piece):
        _refuse_unwritable(whole)
    value = whole.get(name) if name else whole
    if isinstance(value, list):
        value = value[0] if value else {}
    return value if isinstance(value, dict) else {}


def _refuse_unwritable(table: Mapping[str, object]) -> None:
    """Raise a `ValueError` for a number that TOML can hold in hexadecimal digits, and nobody can write."""
    try:
        str(table)
    except ValueError as error:
        raise ValueError("a number has too many digits") from error


def _gap(before: str, newline: str, lines: int) -> str:
    """Return what must stand after a text so that it ends with so many ends of lines, one or two."""
    if not before.strip(f"{BOM}\r\n"):
        return ""
    plain = before.replace("\r\n", "\n")
    return newline * (lines - plain.endswith("\n") - plain.endswith("\n\n"))


def _with(table: Mapping[str, object], path: tuple[str, ...], value: Value | None) -> dict[str, object]:
    """Return a table with one value set, or taken out."""
    key, *deeper = path
    changed = {name: known for name, known in table.items() if name != key}
    if deeper:
        inner = table.get(key)
        changed[key] = _with(inner if isinstance(inner, Mapping) else {}, tuple(deeper), value)
    elif value is not None:
        changed[key] = value
    return changed
