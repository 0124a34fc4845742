"""Saved searches: kept in a file that a person edits, each change undoable; and the last ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from reader.errors import Conflict, NameInUse, NoSuchSearch
from reader.searches import Saved
from reader.workspace import Workspace

from .builders import workspace_in
from .commands import listed, run
from .notes import texts

BY_HAND = """\
# My shelves.

[[search]]
name = "Fog"  # the one I look at each morning
query = "fog -harbour"
mood = "grey"

# What to ask the captain.
[[search]]
query = "note:why"
name = "Questions"
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in(tmp_path)
    yield made
    made.close()


def shelves(workspace: Workspace) -> Path:
    return workspace.root / "searches.toml"


def test_a_saved_search_is_found_by_its_name(workspace: Workspace) -> None:
    workspace.searches.save("Fog at sea", "fog tag:sea")

    assert workspace.searches.find("fog") == Saved("Fog at sea", "fog tag:sea")


def test_what_a_person_wrote_is_read(workspace: Workspace) -> None:
    shelves(workspace).write_text(BY_HAND, encoding="utf-8")

    assert workspace.searches.saved() == (Saved("Fog", "fog -harbour"), Saved("Questions", "note:why"))


def test_a_query_whose_letters_were_torn_is_saved_with_a_sign_in_their_place(workspace: Workspace) -> None:
    workspace.searches.save("Torn", "fog \udcff")

    assert workspace.searches.find("Torn").query == "fog \ufffd"


def test_comments_and_unknown_keys_survive_a_new_query(workspace: Workspace) -> None:
    shelves(workspace).write_text(BY_HAND, encoding="utf-8")

    workspace.searches.save("Fog", "fog")

    assert shelves(workspace).read_text("utf-8") == BY_HAND.replace('"fog -harbour"', '"fog"')


def test_comments_and_unknown_keys_survive_a_new_name(workspace: Workspace) -> None:
    shelves(workspace).write_text(BY_HAND, encoding="utf-8")

    workspace.searches.rename("Fog", "Mist")

    assert shelves(workspace).read_text("utf-8") == BY_HAND.replace('"Fog"', '"Mist"')


@pytest.mark.parametrize("name", ["Fog", "Questions"])
def test_a_shelf_that_was_deleted_comes_back_as_it_was(workspace: Workspace, name: str) -> None:
    shelves(workspace).write_text(BY_HAND, encoding="utf-8")
    workspace.searches.delete(name)

    undone = workspace.notebook.undo()

    assert undone == f"shelf “{name}” deleted"
    assert shelves(workspace).read_text("utf-8") == BY_HAND


def test_saving_and_renaming_can_be_undone_and_done_again(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog")
    workspace.searches.rename("Fog", "Mist")
    for _ in range(2):
        workspace.notebook.undo()
    gone = workspace.searches.saved()
    for _ in range(2):
        workspace.notebook.redo()

    assert gone == ()
    assert workspace.searches.saved() == (Saved("Mist", "fog"),)


def test_what_was_changed_by_hand_meanwhile_is_not_undone(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog")
    shelves(workspace).write_text('[[search]]\nname = "Fog"\nquery = "mist"\n', encoding="utf-8")

    with pytest.raises(Conflict, match="changed again elsewhere"):
        workspace.notebook.undo()

    assert workspace.searches.find("Fog").query == "mist"


def test_a_damaged_file_is_read_as_far_as_it_goes_and_never_written(workspace: Workspace) -> None:
    damaged = BY_HAND + '\n[[search]]\nname = "half\n'
    shelves(workspace).write_text(damaged, encoding="utf-8")

    with pytest.raises(Conflict, match=r"searches\.toml"):
        workspace.searches.save("New", "fog")

    assert [one.name for one in workspace.searches.saved()] == ["Fog", "Questions"]
    assert shelves(workspace).read_text("utf-8") == damaged
    assert any("searches.toml" in problem.where for problem in workspace.problems())


def test_a_search_without_a_query_is_a_problem(workspace: Workspace) -> None:
    shelves(workspace).write_text('[[search]]\nname = "Fog"\n', encoding="utf-8")

    assert workspace.searches.saved() == ()
    assert [one.what for one in workspace.problems()] == ["a search without name or query"]


def test_a_name_is_not_given_twice(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog")
    workspace.searches.save("Mist", "mist")

    with pytest.raises(NameInUse):
        workspace.searches.rename("Fog", "Mist")


def test_a_name_that_none_has_is_told_with_those_there_are(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog")

    with pytest.raises(NoSuchSearch, match="Fog"):
        workspace.searches.delete("sea")


@given(texts(min_size=1), texts(min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_saved_is_read(workspace: Workspace, name: str, query: str) -> None:
    shelves(workspace).unlink(missing_ok=True)
    try:
        saved = workspace.searches.save(name, query)
    except NoSuchSearch:
        return

    assert workspace.searches.saved() == (saved,)
    assert saved.query == query.strip()


def test_the_last_searches_come_newest_first_and_once(workspace: Workspace) -> None:
    for query in ("fog", "harbour", "fog", " "):
        workspace.searches.remember(query)

    assert workspace.searches.last(5) == ("fog", "harbour")


# By command


@pytest.mark.usefixtures("room")
def test_a_shelf_is_added_renamed_and_deleted_by_command() -> None:
    run("shelf", "add", "Fog", "fog", "tag:sea")
    run("shelf", "rename", "Fog", "Mist")
    kept = listed(run("shelf", "list", "--json"), "shelves")
    run("shelf", "delete", "Mist")

    assert kept == [{"name": "Mist", "query": "fog tag:sea"}]
    assert run("shelf").exit_code == 1


@pytest.mark.usefixtures("room")
def test_a_shelf_deleted_by_command_is_brought_back_by_undo() -> None:
    run("shelf", "add", "Fog", "fog")
    run("shelf", "delete", "Fog")
    run("undo")

    assert run("shelf").stdout == "Fog\tfog\n"
