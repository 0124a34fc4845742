"""What was deleted and comes back, what is written for other programs, what is counted, what is refused."""

from pathlib import Path

import pytest

from reader.errors import NotATag, NotWritable
from reader.notebook import typed_tags
from reader.passages import Color
from reader.tui.notes.screen import NotesScreen
from reader.tui.notes.working import Working
from reader.tui.prompts.tag_prompt import TagPrompt
from reader.tui.prompts.trash_list import TrashList
from reader.workspace import Workspace
from tests.builders import LEAD, workspace_in
from tests.screens import lines, opened, seen, settled, until
from tests.test_tui_annotating import NEXT, files_of, press, quotes, reading, stored


async def test_what_was_deleted_comes_back_from_the_trash_and_that_is_undone_too(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "a", *"Why", "escape", "d", "d")
        gone = quotes(screen)
        await press(pilot, "D")
        shown, is_list = seen(pilot), isinstance(pilot.app.screen, TrashList)
        await press(pilot, "enter")
        back = quotes(screen)
        await press(pilot, "U")

        assert gone == []
        assert is_list
        assert "— Why" in shown
        assert back == [LEAD]
        assert quotes(screen) == []


async def test_an_empty_trash_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "D")

        assert "nothing was deleted" in seen(pilot)
        assert pilot.app.screen is screen


async def test_the_notes_are_written_to_a_file_and_a_file_of_others_is_left_alone(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "a", *"Why", "escape", "A", "W", *"markdown", "enter")
        said, path = seen(pilot), workspace.root / "notes.md"
        written = path.read_text(encoding="utf-8")
        path.write_text("my own words\n", encoding="utf-8")
        await press(pilot, "W", *"markdown", "enter")

        assert "written: 1 passage" in said
        assert "Why" in written
        assert "is no export of this kind" in seen(pilot)
        assert path.read_text(encoding="utf-8") == "my own words\n"


async def test_library_and_notes_count_the_same(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(100, 24)) as (_, pilot, _):
        await press(pilot, "H", NEXT, "a", *"Why", "escape", "escape", "escape")
        await press(pilot, "a", *"On the whole", "escape")
        library = lines(pilot)[0]
        await press(pilot, "A")
        notes = lines(pilot)[0]

        assert isinstance(pilot.app.screen, NotesScreen)
        assert "1 highlight · 2 notes" in library
        assert "1 highlight · 2 notes" in notes


# What is refused


def test_a_tag_that_means_without_in_a_search_is_refused_unless_it_is_there_already() -> None:
    with pytest.raises(NotATag, match="“-bulk” can be no tag"):
        typed_tags(["sea", "-bulk"])

    assert typed_tags(["sea", "-bulk"], ("-bulk",)) == ("-bulk", "sea")


async def test_a_tag_that_is_refused_stays_on_its_line(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "t", *"sea -bulk", "enter")
        prompt, said = pilot.app.screen, seen(pilot)
        await press(pilot, *["backspace"] * 5, *"bulk", "enter")

        assert isinstance(prompt, TagPrompt)
        assert "“-bulk” can be no tag" in said
    assert stored(workspace)[0]["tags"] == ["bulk", "sea"]


async def test_what_cannot_be_saved_is_told_with_what_happened_first(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H")
        (path,) = files_of(workspace)
        path.write_bytes(path.read_bytes() + b"\n[[annotation]\n")
        screen._look()
        await press(pilot, NEXT, "H")

        toast = next(line for line in lines(pilot) if "!" in line)
        assert toast.strip().startswith("! not valid TOML")


def test_an_error_names_its_file_first_or_last() -> None:
    error = NotWritable("cannot be written", "/a/very/long/path")

    assert str(error) == "/a/very/long/path: cannot be written"
    assert error.in_short == "cannot be written · path"
    assert NotWritable("no place").in_short == "no place"


# What git leaves behind


async def test_the_marks_of_a_merge_are_named_on_the_screen_and_both_sides_shown(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "a", *"ours", "escape")
        screen.tell_losses()
        (path,) = files_of(workspace)
        head, entry = path.read_text(encoding="utf-8").split("[[annotation]]")
        entry = f"[[annotation]]{entry}"
        theirs = entry.replace("ours", "theirs").replace('id = "01', 'id = "02')
        both = f"{head}<<<<<<< HEAD\n{entry}=======\n{theirs}>>>>>>> other\n"
        path.write_text(both, encoding="utf-8")
        screen._look()
        await settled(pilot)
        told, notes = seen(pilot), sorted(one.annotation.body for one in screen.placed)
        await press(pilot, "exclamation_mark")

        assert "a file of notes is damaged · ! shows" in told
        assert notes == ["ours", "theirs"]
        assert "holds the marks of a merge conflict" in seen(pilot)
        assert "reader doctor --merge" in seen(pilot)
        assert path.read_text(encoding="utf-8") == both


async def test_the_order_of_the_notes_is_remembered(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "A", "o", "escape", "A")

        assert "newest first" in lines(pilot)[-1]
        assert workspace.memory.preferences().notes_sort == "date"


# Undo


async def test_what_was_undone_and_done_again_is_the_same_file_byte_for_byte(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "a", *"Why", "escape")
        (path,) = files_of(workspace)
        old = path.read_text(encoding="utf-8").replace("updated = 20", "updated = 19")  # long ago
        path.write_text(old, encoding="utf-8")
        await press(pilot, "3")
        blue = path.read_bytes()
        await press(pilot, "U")
        undone = path.read_text(encoding="utf-8")
        await press(pilot, "ctrl+r")

        assert undone == old
        assert path.read_bytes() == blue


# Many at once


def many_notes(folder: Path) -> Workspace:
    """A workspace of six articles with 50 highlights each."""
    words = " ".join(f"word{number}" for number in range(60))
    workspace = workspace_in(folder, {f"{name}.txt": f"Article {name}\n\n{words}\n" for name in "abcdef"})
    for summary in workspace.summaries():
        article = workspace.desk.open(summary.id).article
        for number in range(50):
            start = article.text.index(f"word{number}")
            workspace.notebook.annotate(article, (start, start + 5))
    return workspace


async def test_many_notes_are_changed_while_the_screen_lives_and_undone_at_once(tmp_path: Path) -> None:
    workspace = many_notes(tmp_path)
    async with opened(workspace) as pilot:
        await press(pilot, "A", "V", "3")
        await until(pilot, lambda: isinstance(pilot.app.screen, NotesScreen))
        blue = {one.annotation.color for one in workspace.notebook.all()}
        said = seen(pilot)
        await press(pilot, "U")

        assert blue == {Color.BLUE}
        assert "300 blue · U undoes" in said
        assert {one.annotation.color for one in workspace.notebook.all()} == {Color.YELLOW}


async def test_a_change_of_many_is_stopped_between_two_files_and_what_was_done_is_undone(
    tmp_path: Path,
) -> None:
    workspace = many_notes(tmp_path)
    async with opened(workspace) as pilot:
        await press(pilot, "A")
        steps = workspace.notebook.deleting(workspace.notebook.all())
        working = Working(steps, 300, "deleted")
        working._is_stopped = True
        done: list[int | None] = []
        await pilot.app.push_screen(working, done.append)
        await until(pilot, lambda: bool(done))
        left = len(workspace.notebook.all())
        workspace.notebook.undo()

        assert (done, left) == ([50], 250)
        assert len(workspace.notebook.all()) == 300
