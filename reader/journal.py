"""Changes of the user's files: done, written down, undone, done again.

A change is a value before and a value after (`state.Edit`). What kind of value that is,
and how it is read and set, is told by a table; the journal knows the order alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reader.errors import Conflict, ReaderError
from reader.state import Edit, State


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind are read and set. Values are those of JSON."""

    read: Callable[[Edit], object]
    """Returns the value that what a change is about has now."""
    write: Callable[[Sequence[tuple[Edit, object]]], None]
    """Sets such values, in order; raises a `ReaderError` if one of them cannot be set."""


class Journal:
    """Does changes so that they can be undone.

    Args:
        state: Where they are written down.
        kinds: How values are read and set, by the kind of an edit.
        note: Is told when the journal itself cannot be written; the change is done all the same.
    """

    def __init__(self, state: State, kinds: Mapping[str, Kind], note: Callable[[ReaderError], None]) -> None:
        self._state = state
        self._kinds = kinds
        self._note = note

    def do(self, *edits: Edit) -> None:
        """Do changes that are undone together: the user's files first, the journal second.

        Raises:
            ReaderError: One of them cannot be done; those before it are done, and written down.
        """
        wanted = [edit for edit in edits if edit.before != edit.after]
        try:
            self._write([(edit, edit.after) for edit in wanted])
        except ReaderError:
            self._record([edit for edit in wanted if self._is_now(edit, edit.after)])
            raise
        self._record(wanted)

    def done(self, *edits: Edit) -> None:
        """Write down changes that were done already."""
        self._record(edits)

    def undo(self) -> tuple[Edit, ...]:
        """Take the last changes back, the last one first. Returns them; none if there is nothing.

        Raises:
            Conflict: What one of them changed was changed again elsewhere; it is left as it is now.
            ReaderError: It cannot be written.
        """
        return self._turn(undone=True)

    def redo(self) -> tuple[Edit, ...]:
        """Do again what was undone last; as `undo`."""
        return self._turn(undone=False)

    def _record(self, edits: Sequence[Edit]) -> None:
        if edits:
            try:
                self._state.record(edits)
            except ReaderError as error:
                self._note(error)

    def _turn(self, *, undone: bool) -> tuple[Edit, ...]:
        edits = self._state.last_edits(undone=not undone)
        self._state.flip(edits, undone=undone)  # first: another program is unlikely to take the same ones
        changes = [(edit, edit.before if undone else edit.after) for edit in edits]
        free: list[tuple[Edit, object]] = []
        try:
            free += [one for one in changes if self._reads(one[0], one[0].after if undone else one[0].before)]
            self._write(free)
        except ReaderError:
            done = [edit for edit, value in free if self._is_now(edit, value)]
            self._state.flip([edit for edit in edits if edit not in done], undone=not undone)
            raise
        if len(free) < len(changes):
            taken = next(edit for edit, value in changes if (edit, value) not in free)
            why = (
                "was changed again elsewhere" if taken.kind in self._kinds else "was done by a newer program"
            )
            raise Conflict(f"{taken.words}: it {why}, and is left as it is now")
        return edits

    def _write(self, changes: Sequence[tuple[Edit, object]]) -> None:
        """Set values, those of one kind that follow each other at once."""
        for kind, ones in groupby(changes, key=lambda one: one[0].kind):
            self._kinds[kind].write(tuple(ones))

    def _is_now(self, edit: Edit, value: object) -> bool:
        """Tell whether a value could be set, though another could not."""
        try:
            return self._reads(edit, value)
        except ReaderError:
            return False

    def _reads(self, edit: Edit, value: object) -> bool:
        """Tell whether a value stands there; of a kind that only a newer program knows, none does."""
        kind = self._kinds.get(edit.kind)
        return kind is not None and kind.read(edit) == value
