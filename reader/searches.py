"""Searches that are kept: those with a name, which are the shelves of the library, and the last ones.

The named ones are the user's own: entries of `searches.toml`, beside `rules.toml`, to be edited
by hand at will. What was asked lately lies in the state.
"""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.annotations.document import Document, Entry, Unusual, salvage
from reader.annotations.reading import damage, document_in
from reader.annotations.records import encodable
from reader.annotations.statements import set_key, written
from reader.annotations.writing import Writer
from reader.errors import Conflict, NameInUse, NoSuchSearch
from reader.folding import fold
from reader.inert import inert
from reader.journal import Kind
from reader.memory import Memory
from reader.model import Problem
from reader.stamps import Stamp, stamp_of
from reader.state import Edit

FILE = "searches.toml"
KIND = "search"  # of an edit, and of an entry in the file
_GREETING = "# Searches with a name: the shelves of the library. Change them by hand at will.\n\n"


@dataclass(frozen=True, slots=True)
class Saved:
    """A search with a name."""

    name: str
    query: str


class Searches:
    """The searches of a workspace.

    Args:
        root: The folder of the user's file, which need not exist.
        locks: Folder for lock files, outside the workspace.
        memory: Where the last ones are remembered.
        do: Does a change so that it can be undone.
    """

    def __init__(self, root: Path, locks: Path, memory: Memory, do: Callable[[Edit], None]) -> None:
        self._path = root / FILE
        self._writer = Writer(locks)
        self._memory = memory
        self._do = do
        self._stamp: Stamp | None = None
        self._document = Document()
        self._damage: Problem | None = None
        self.kinds = {KIND: Kind(self._read, self._write)}
        """How changes are done and undone: for the journal's table."""

    # Those with a name

    def saved(self) -> tuple[Saved, ...]:
        """Return the searches with a name, as the file has them today; of two with one name the first."""
        self.refresh()
        found = map(_saved_in, reversed(self._document.named(KIND)))
        by_name = {one.name: one for one in found if one}
        return tuple(reversed(by_name.values()))

    def find(self, name: str) -> Saved:
        """Find a search by its name, or the beginning of it.

        Raises:
            NoSuchSearch: None, or more than one, has it.
        """
        saved, wanted = self.saved(), fold(name.strip())
        begun = [one for one in saved if wanted and fold(one.name).startswith(wanted)]
        found = [one for one in begun if fold(one.name) == wanted] or begun
        if len(found) != 1:
            known = ", ".join(one.name for one in found or saved) or "there is none yet"
            raise NoSuchSearch(inert(f"no shelf is sure to be meant by “{name}”: {known}"))
        return found[0]

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the file."""
        self.refresh()
        idle = (entry for entry in self._document.named(KIND) if not _saved_in(entry))
        remedy = 'give it a name = "…" and a query = "…"'
        unnamed = (Problem("a search without name or query", str(self._path), remedy) for _ in idle)
        return (*((self._damage,) if self._damage else ()), *unnamed)

    def save(self, name: str, query: str) -> Saved:
        """Keep a search under a name; the one that had it is replaced. Undoable."""
        made = Saved(_clean(name), encodable(query).strip())
        if not made.name or not made.query:
            raise NoSuchSearch("a shelf needs a name, and a query")
        before = self._text_of((made.name,))
        after = (
            set_key(before, ("query",), made.query, "\n")
            if before
            else written(KIND, {"name": made.name, "query": made.query}, many=True)
        )
        self._change((made.name,), before, after, f"shelf “{made.name}” saved")
        return made

    def rename(self, name: str, new: str) -> Saved:
        """Give a search another name. Undoable.

        Raises:
            NoSuchSearch: None has the name.
            NameInUse: Another search has the new one.
        """
        old, new = self.find(name), _clean(new)
        if not new or (new != old.name and any(one.name == new for one in self.saved())):
            raise NameInUse(inert(f"“{new}” is no name for a shelf, or another shelf has it"))
        before = self._text_of((old.name,))
        after = set_key(before or "", ("name",), new, "\n")
        self._change((old.name, new), before, after, f"shelf “{old.name}” renamed to “{new}”")
        return Saved(new, old.query)

    def delete(self, name: str) -> Saved:
        """Take a search out of the file. Undoable; comments and unknown keys come back with it.

        Raises:
            NoSuchSearch: None has the name.
        """
        old = self.find(name)
        self._change((old.name,), self._text_of((old.name,)), None, f"shelf “{old.name}” deleted")
        return old

    # The last ones

    def remember(self, query: str) -> None:
        """Remember what was asked."""
        if query.strip():
            self._memory.note_search(query.strip())

    def last(self, limit: int) -> tuple[str, ...]:
        """Return what was asked last, the newest first, each once."""
        return self._memory.searches(limit)

    # The file

    def refresh(self) -> bool:
        """Read the file, if it is another than at the last look. Returns whether it is."""
        stamp = stamp_of(self._path)
        if stamp == self._stamp:
            return False
        self._read_file(stamp)
        return True

    def _read_file(self, stamp: Stamp | None) -> None:
        self._stamp, self._document, self._damage = stamp, Document(), None
        raw = b""
        try:
            raw = self._path.read_bytes()
            self._document = document_in(raw)
        except FileNotFoundError:
            return
        except OSError as error:
            what = f"cannot be read ({error.strerror})"
            self._damage = Problem(what, str(self._path), "look at its permissions")
        except (ValueError, RecursionError) as error:
            self._damage = damage(self._path, raw, error)
            self._document = salvage(raw.decode("utf-8", "replace"))[0]

    def _change(self, names: tuple[str, ...], before: str | None, after: str | None, words: str) -> None:
        if self._damage:
            raise Conflict(f"{self._damage}")
        entry = _named(self._document, names)
        place = self._document.place_of(entry) if entry else None
        self._do(Edit("", KIND, {"names": list(names), "place": place}, before, after, words))

    def _text_of(self, names: Sequence[str]) -> str | None:
        self.refresh()
        entry = _named(self._document, names)
        return entry.text.strip("\r\n") + "\n" if entry else None

    def _read(self, edit: Edit) -> object:
        return self._text_of(_key(edit)["names"])

    def _write(self, changes: Sequence[tuple[Edit, object]]) -> None:
        for edit, value in changes:
            key, text = _key(edit), value if isinstance(value, str) else None

            def change(old: Document, key: dict[str, Any] = key, text: str | None = text) -> Document:
                return _changed(old, key["names"], text, key["place"])

            self._writer.update(self._path, change, Document((Entry("", _GREETING, {}),)))


def _changed(document: Document, names: Sequence[str], text: str | None, place: int | None) -> Document:
    """Bring the entry that has one of some names to a text; None takes it out."""
    entry = _named(document, names)
    if entry:
        place = document.place_of(entry)
        document = document.without(entry)
    if text is None:
        return document
    at = len(document.entries) if place is None else min(place, len(document.entries))
    try:
        table = tomllib.loads(text)[KIND][0]
    except (ValueError, LookupError) as error:
        raise Unusual(str(error)) from error
    return document.inserting(Entry(KIND, text, table), at)


def _named(document: Document, names: Sequence[str]) -> Entry | None:
    entries = ((entry, _saved_in(entry)) for entry in document.named(KIND))
    return next((entry for entry, saved in entries if saved and saved.name in names), None)


def _saved_in(entry: Entry) -> Saved | None:
    """Read an entry; None if it lacks a name or a query."""
    name, query = entry.table.get("name"), entry.table.get("query")
    if not isinstance(name, str) or not isinstance(query, str) or not _clean(name) or not query.strip():
        return None
    return Saved(_clean(name), query.strip())


def _clean(name: str) -> str:
    return " ".join(inert(name).split())


def _key(edit: Edit) -> dict[str, Any]:
    return edit.key if isinstance(edit.key, dict) else {"names": (), "place": None}
