import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from reader.errors import Conflict, NotWritable, ReaderError
from reader.journal import Journal, Kind
from reader.state import Edit, State
from tests.builders import closed_while_asked


class Shelf:
    """Values by name, which a journal changes; one that is locked cannot be written."""

    def __init__(self) -> None:
        self.values: dict[object, object] = {}
        self.locked: set[object] = set()

    def read(self, edit: Edit) -> object:
        return self.values.get(edit.key)

    def write(self, changes: Sequence[tuple[Edit, object]]) -> None:
        for edit, value in changes:
            if edit.key in self.locked:
                raise NotWritable(f"{edit.key} is locked")
            self.values[edit.key] = value


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(tmp_path / "state.db", "here")
    yield state
    state.close()


@pytest.fixture
def journal(shelf: Shelf, state: State) -> Journal:
    return Journal(state, {"value": Kind(shelf.read, shelf.write)}, _refuse)


def _refuse(error: ReaderError) -> None:
    raise error


def edit(key: str, before: object, after: object, words: str = "set") -> Edit:
    return Edit("article", "value", key, before, after, words)


def test_a_change_is_done_undone_and_done_again(shelf: Shelf, journal: Journal):
    journal.do(edit("a", None, 1))
    done = dict(shelf.values)
    journal.undo()
    undone = dict(shelf.values)
    journal.redo()

    assert (done, undone, shelf.values) == ({"a": 1}, {"a": None}, {"a": 1})


def test_what_a_newer_program_did_is_passed_over(shelf: Shelf, state: State, journal: Journal):
    journal.do(edit("a", None, 1))
    state.record([Edit("article", "unheard of", "b", None, 2, "set")])

    with pytest.raises(Conflict, match="newer program"):
        journal.undo()
    journal.undo()

    assert shelf.values == {"a": None}


def test_changes_that_were_done_together_are_undone_together(shelf: Shelf, journal: Journal):
    journal.do(edit("a", None, 1))
    journal.do(edit("b", None, 2), edit("c", None, 3))

    undone = journal.undo()

    assert [one.key for one in undone] == ["c", "b"]
    assert shelf.values == {"a": 1, "b": None, "c": None}


def test_there_is_an_end_to_what_can_be_undone(journal: Journal):
    assert journal.undo() == ()
    assert journal.redo() == ()


def test_what_changes_nothing_is_not_written_down(journal: Journal):
    journal.do(edit("a", 1, 1))

    assert journal.undo() == ()


def test_a_new_change_ends_what_could_be_redone(shelf: Shelf, journal: Journal):
    journal.do(edit("a", None, 1))
    journal.undo()
    journal.do(edit("b", None, 2))

    assert journal.redo() == ()
    assert shelf.values == {"a": None, "b": 2}


def test_what_was_changed_elsewhere_is_left_and_the_rest_is_undone(shelf: Shelf, journal: Journal):
    journal.do(edit("a", None, 1), edit("b", None, 2))
    shelf.values["b"] = "elsewhere"

    with pytest.raises(Conflict, match="changed again elsewhere"):
        journal.undo()

    assert shelf.values == {"a": None, "b": "elsewhere"}


def test_what_cannot_be_undone_now_can_be_undone_later(shelf: Shelf, journal: Journal):
    journal.do(edit("a", None, 1), edit("b", None, 2))
    shelf.locked.add("a")
    with pytest.raises(NotWritable):
        journal.undo()
    shelf.locked.clear()

    journal.undo()

    assert shelf.values == {"a": None, "b": None}


def test_a_change_that_fails_leaves_those_before_it_to_be_undone(shelf: Shelf, journal: Journal):
    shelf.locked.add("b")

    with pytest.raises(NotWritable):
        journal.do(edit("a", None, 1), edit("b", None, 2))

    journal.undo()
    assert shelf.values == {"a": None}


def test_a_journal_of_an_earlier_version_is_read(tmp_path: Path, shelf: Shelf):
    path = tmp_path / "state.db"
    with sqlite3.connect(path) as old:
        old.execute(
            "CREATE TABLE edit (number INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT, article TEXT,"
            " kind TEXT, key TEXT, before TEXT, after TEXT, words TEXT, undone INTEGER NOT NULL DEFAULT 0)"
        )
        row = ("here", "article", "value", '"a"', "null", "1", "set")
        old.execute(
            "INSERT INTO edit (workspace, article, kind, key, before, after, words) VALUES (?,?,?,?,?,?,?)",
            row,
        )
    old.close()
    shelf.values["a"] = 1
    state = State(path, "here")

    undone = Journal(state, {"value": Kind(shelf.read, shelf.write)}, _refuse).undo()

    state.close()
    assert [one.words for one in undone] == ["set"]
    assert shelf.values == {"a": None}


def test_a_state_that_is_closed_while_a_thread_uses_it_keeps_what_comes_later(tmp_path: Path) -> None:
    state = State(tmp_path / "state.db", "here")

    def ask() -> None:
        state.note_search("ferry")
        state.searches(2)

    met = closed_while_asked(ask, state.close)

    assert met is None
    assert state.searches(2) == ("ferry",)
    state.close()
