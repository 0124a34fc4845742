"""Reading with a pencil: each key, what it leaves on the screen, and what it leaves in the user's file."""

import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import TextArea

from reader.errors import ReaderError
from reader.own_editor import edited
from reader.passages import Color, Placed
from reader.tui.prompts.article_form import ArticleForm
from reader.tui.prompts.note_editor import NoteEditor
from reader.tui.prompts.picker import Picker
from reader.tui.prompts.tag_prompt import TagPrompt, last_word, offers, read_tags, write_tags
from reader.tui.reading.screen import ReadingScreen
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, workspace_in
from tests.screens import lines, opened, seen, settled, until

TITLE = "A ferry leaves late"
FERRY = f"{TITLE}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
NEXT = "right_curly_bracket"
FOLLOWING, BEFORE = "right_square_bracket", "left_square_bracket"


@asynccontextmanager
async def reading(
    folder: Path, text: str = FERRY, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ReadingScreen, Pilot[None], Workspace]]:
    """Open an article that has a neighbour after it, with the focus on its first paragraph."""
    workspace = workspace_in(folder, {"a.txt": text, "b.txt": f"The next one\n\n{SECOND}\n\n{LEAD}\n"})
    first = workspace.summaries()[0].id
    async with opened(workspace, size, first) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        await press(pilot, NEXT)
        yield screen, pilot, workspace


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settled(pilot)


def shown_below(screen: ReadingScreen) -> list[str]:
    """Read the reading room line by line, also while something lies over its foot."""
    return [strip.text.rstrip() for strip in screen._compositor.render_strips()]


def files_of(workspace: Workspace) -> list[Path]:
    return sorted((workspace.root / "annotations").glob("*.toml"))


def stored(workspace: Workspace) -> list[dict[str, Any]]:
    """Read the annotations from the user's files, as they lie on the disk."""
    documents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files_of(workspace)]
    return [entry for document in documents for entry in document.get("annotation", [])]


def article_table(workspace: Workspace) -> dict[str, Any]:
    (path,) = files_of(workspace)
    table: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["article"]
    return table


def quotes(screen: ReadingScreen) -> list[str]:
    return [one.annotation.target.exact for one in screen.placed]


def focused(screen: ReadingScreen) -> Placed:
    placed = screen.view.focused_annotation
    assert placed is not None
    return placed


# Highlights


async def test_a_paragraph_is_highlighted_and_the_file_has_its_words(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H")

        assert quotes(screen) == [LEAD]
        assert focused(screen).annotation.target.exact == LEAD
        assert "highlighted in yellow" in seen(pilot)
    (entry,) = stored(workspace)
    assert (entry["target"]["exact"], entry["color"]) == (LEAD, "yellow")


async def test_a_selection_is_highlighted_and_comes_into_focus(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "H", "v", "e", "e", "H")

        assert quotes(screen) == ["The ferry", LEAD]
        assert focused(screen).annotation.target.exact == "The ferry"
        assert not screen.view.is_selecting


async def test_a_passage_is_highlighted_once(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "H")

        assert "highlighted already" in seen(pilot)
    assert len(stored(workspace)) == 1


async def test_the_colour_that_was_used_last_is_used_again(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "4", NEXT, "H")

        assert [one.annotation.color for one in screen.placed] == [Color.PINK, Color.PINK]
        assert workspace.memory.preferences().color == "pink"
    assert [entry["color"] for entry in stored(workspace)] == ["pink", "pink"]


async def test_a_selection_by_mouse_is_highlighted_by_a_digit_in_its_colour(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        assert screen.reading is not None
        start = screen.reading.article.text.index("harbour")
        screen.view.select(start, start + 7)
        await press(pilot, "3")

        assert quotes(screen) == ["harbour"]
        assert screen.view.passage is None
    assert stored(workspace)[0]["color"] == "blue"


async def test_a_colour_that_it_has_already_changes_nothing_and_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "H", "2", "2")
        said = seen(pilot)
        await press(pilot, "U")

        assert "green already" in said
        assert focused(screen).annotation.color is Color.YELLOW


@pytest.mark.parametrize("key", ["H", "E", "v", "a", "t", "d d"])
async def test_where_all_of_an_article_is_hidden_the_pencil_says_how_to_see_it(
    tmp_path: Path, key: str
) -> None:
    async with reading(tmp_path, text="Nothing but this one line stands here.") as (screen, pilot, _):
        screen.open_article(screen.workspace.summaries()[0].id)
        await press(pilot, "H", "X", *key.split())

        assert "all of this article is hidden · x shows it" in seen(pilot)
        assert len(screen.placed) == 1


async def test_undo_and_redo_take_back_and_bring_back_what_the_pencil_did(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "2")
        place = screen.view.place
        await press(pilot, "U")
        recoloured = [one.annotation.color for one in screen.placed]
        await press(pilot, "U")
        undone = quotes(screen)
        await press(pilot, "ctrl+r", "ctrl+r")

        assert (recoloured, undone) == ([Color.YELLOW], [])
        assert [one.annotation.color for one in screen.placed] == [Color.GREEN]
        assert screen.view.place == place
    assert [entry["color"] for entry in stored(workspace)] == ["green"]


async def test_a_highlight_is_deleted_and_can_be_brought_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "d", "d")
        deleted = quotes(screen), stored(workspace), seen(pilot)
        await press(pilot, "U")

        assert deleted[:2] == ([], [])
        assert "deleted · U undoes" in deleted[2]
        assert quotes(screen) == [LEAD]


async def test_neighbours_are_merged_when_it_is_asked_for(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", NEXT, "H", BEFORE, "M")

        assert quotes(screen) == [f"{LEAD}\n\n{SECOND}"]
        assert "merged with “Its captain" in seen(pilot)
        await press(pilot, "M")
        assert "this is the last highlight" in seen(pilot)
    assert len(stored(workspace)) == 1


async def test_keys_that_need_a_highlight_say_how_one_is_made(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        for keys in (["e"], ["E"], ["d", "d"], ["M"], ["1"], [FOLLOWING]):
            await press(pilot, *keys)
            assert "no highlight here · H makes one" in seen(pilot), keys
    assert files_of(workspace) == []


async def test_a_highlight_in_a_block_that_is_shown_again_is_kept_when_it_is_folded(tmp_path: Path) -> None:
    text = (
        f"{FERRY}\nSign up to our newsletter\n\nSign up to our free weekly newsletter to get more stories.\n"
    )
    async with reading(tmp_path, text) as (screen, pilot, _):
        assert screen.reading is not None
        assert screen.reading.ledger.hidden
        await press(pilot, "x", "G", "H", "x")
        folded = screen.view.focused_annotation
        await press(pilot, "g", FOLLOWING)

        assert folded is None
        assert screen.reveal
        assert "newsletter" in focused(screen).annotation.target.exact


async def test_the_source_has_no_highlights_and_says_where_they_can_be_made(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "backslash", NEXT, "H")

        assert screen.view.focused_annotation is None
        assert "shows the page" in seen(pilot)
        assert "highlight" not in lines(pilot)[-1]
    assert len(stored(workspace)) == 1


# From one to the next


async def test_highlights_are_walked_through_and_the_walk_ends_at_both_ends(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "H", NEXT, NEXT, "H", "g", FOLLOWING)
        first = focused(screen).annotation.target.exact
        await press(pilot, FOLLOWING)
        second = focused(screen).annotation.target.exact
        await press(pilot, FOLLOWING)
        end = seen(pilot)
        await press(pilot, BEFORE, BEFORE)

        assert (first, second) == (LEAD, THIRD)
        assert "this is the last highlight" in end
        assert "this is the first highlight" in seen(pilot)
        assert focused(screen).annotation.target.exact == LEAD


async def test_overlapping_highlights_are_each_reached(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "H", "v", "2", "e", "H", "escape", "v", "3", "e", "H", "g")
        reached = []
        for _ in range(3):
            await press(pilot, FOLLOWING)
            reached.append(focused(screen).annotation.target.exact)

        assert reached == ["The ferry", "The ferry left", LEAD]


async def test_two_highlights_of_the_same_words_are_each_reached_and_changed(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        assert screen.reading is not None
        article = screen.reading.article
        span = (article.text.index("ferry left"), article.text.index(" the harbour"))
        made = [workspace.notebook.annotate(article, span, body=body).id for body in ("one", "two")]
        screen.words_changed()
        await press(pilot, "g")
        reached = []
        for _ in made:
            await press(pilot, FOLLOWING)
            reached.append(focused(screen).annotation.id)
        await press(pilot, FOLLOWING)
        end = seen(pilot)
        await press(pilot, BEFORE, "3")

        assert reached == made
        assert "this is the last highlight" in end
        assert focused(screen).annotation.id == made[0]
    assert {entry["body"]: entry["color"] for entry in stored(workspace)} == {"one": "blue", "two": "yellow"}


@pytest.mark.parametrize(("width", "is_said"), [(70, False), (108, True)])
async def test_the_footer_says_the_note_where_the_text_leaves_no_room_beside_it(
    tmp_path: Path, width: int, is_said: bool
) -> None:
    async with reading(tmp_path, size=(120, 24)) as (screen, pilot, _):
        screen.view.set_measure(width)
        await press(pilot, "H", "a", *"Why", "escape")

        assert screen.view.has_column != is_said
        assert ("✎ Why" in lines(pilot)[-1]) == is_said


async def test_a_jump_to_a_highlight_can_be_taken_back(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"On day {n} {WHO}" for n, WHO in enumerate([LEAD, SECOND, THIRD] * 12))
    async with reading(tmp_path, f"A long crossing\n\n{paragraphs}\n") as (screen, pilot, _):
        await press(pilot, "G", "H", "g")
        top = screen.view.place
        await press(pilot, FOLLOWING)
        there = screen.view.place
        await press(pilot, "ctrl+o")

        assert there != top
        assert screen.view.place == top


# Notes


async def test_a_note_is_written_in_place_and_saved_by_leaving(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "a", *"Who guaranteed it?", "enter", *"Ask.")
        editor, page = seen(pilot), "\n".join(shown_below(screen))
        await press(pilot, "escape")

        assert "The ferry left the harbour" in page
        assert "Esc saves" in editor
        assert "✎ Who guaranteed it?" in lines(pilot)[-1]
        assert pilot.app.screen is screen
    assert stored(workspace)[0]["body"] == "Who guaranteed it?\nAsk."


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (120, 40), (20, 6)])
async def test_the_passage_stays_in_sight_above_the_editor(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size=size) as (screen, pilot, _):
        await press(pilot, "G", "H", "a", *"end")
        above = shown_below(screen)[: size[1] - NoteEditor.rows_on(size[1])]
        place_while_typing = screen.view.size.height
        await press(pilot, "escape")

        assert any("On the" in line for line in above)
        assert screen.view.size.height > place_while_typing


async def test_a_note_on_a_selection_is_undone_in_two_steps_and_one_on_a_paragraph_in_one(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "v", "e", "a", *"one", "escape", "escape", NEXT, "a", *"two", "escape")
        both = [entry["body"] for entry in stored(workspace)]
        await press(pilot, "U")
        one = [entry["body"] for entry in stored(workspace)]
        await press(pilot, "U", "U")

        assert (both, one) == (["one", "two"], ["one"])
        assert quotes(screen) == []


async def test_a_paragraph_without_a_note_is_not_highlighted_by_opening_the_editor(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "a", "escape")

    assert files_of(workspace) == []


async def test_an_emptied_note_is_taken_away_and_the_highlight_stays(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "a", *"ab", "escape", "e", "backspace", "backspace", "escape")

        assert "note taken away" in seen(pilot)
    (entry,) = stored(workspace)
    assert entry.get("body", "") == ""


async def test_editing_where_there_is_no_note_says_how_one_is_written(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "H", "e")

        assert "no note here · a writes one" in seen(pilot)


async def test_a_note_that_is_given_up_lies_in_the_clipboard(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "a", *"never", "ctrl+g")

        assert pilot.app.clipboard == "never"
    assert stored(workspace)[0].get("body", "") == ""


async def test_a_note_is_saved_when_the_program_is_left_while_it_is_written(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "a", *"half a thou", "ctrl+q")

    assert stored(workspace)[0]["body"] == "half a thou"


async def test_a_note_on_what_was_deleted_elsewhere_is_not_lost(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "a", *"still mine")
        files_of(workspace)[0].unlink()
        await press(pilot, "escape")

        assert "deleted elsewhere" in seen(pilot)
        assert quotes(screen) == [LEAD]
    assert [entry["body"] for entry in stored(workspace)] == ["still mine"]


async def test_a_note_that_cannot_be_saved_stays_in_the_editor(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "a", *"kept")
        (path,) = files_of(workspace)
        whole = path.read_bytes()
        path.write_bytes(b"[article\n" + whole)
        await press(pilot, "escape")
        refused, why = pilot.app.screen, seen(pilot)
        path.write_bytes(whole)
        await press(pilot, "escape")

        assert isinstance(refused, NoteEditor)
        assert "!" in why
        assert pilot.app.screen is screen
    assert stored(workspace)[0]["body"] == "kept"


async def test_control_characters_of_a_note_are_kept_and_shown_inert(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "a")
        pilot.app.screen.query_one(TextArea).insert("red \x1b[31m alert")
        await press(pilot, "escape")

        assert "\x1b" not in seen(pilot)
    assert stored(workspace)[0]["body"] == "red \x1b[31m alert"


def test_an_editor_of_the_users_own_changes_the_text(tmp_path: Path) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf "and more\\n" >> "$1"\n', encoding="utf-8")
    editor.chmod(0o700)

    assert edited("a note\n", f"'{editor}'") == "a note\nand more"


@pytest.mark.parametrize("editor", ["false", "/no/such/editor", "'unclosed"])
def test_an_editor_that_fails_leaves_the_note_alone(editor: str) -> None:
    with pytest.raises(ReaderError, match="as it was before"):
        edited("a note", editor)


async def test_a_terminal_that_cannot_be_lent_is_told_of(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "H", "a", *"x", "ctrl+e")

        assert isinstance(pilot.app.screen, NoteEditor)
        assert "cannot be lent" in seen(pilot)


# Tags


async def test_tags_are_completed_and_several_are_set_at_once(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "t", *"caucasus, war/drones", "enter")
        await press(pilot, NEXT, "t", *"cau", "tab", "space", *"wa", "tab", "tab", "enter")

    assert [entry["tags"] for entry in stored(workspace)] == [["caucasus", "war/drones"]] * 2


async def test_tags_that_are_there_stand_on_the_line_and_can_be_taken_away(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H", "t", *"one two", "enter", "t")
        line = lines(pilot)[-1]
        await press(pilot, *["backspace"] * 4, "enter")

        assert "one two" in line
    assert stored(workspace)[0]["tags"] == ["one"]


async def test_a_tag_prompt_that_is_left_changes_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "t", *"never", "escape")

    assert files_of(workspace) == []


async def test_tab_goes_round_through_what_is_offered(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "H", "t", *"alpha beta", "enter", NEXT, "t", "tab")
        first = lines(pilot)[-1]
        await press(pilot, "tab")
        second = lines(pilot)[-1]
        await press(pilot, "tab")

        assert isinstance(pilot.app.screen, TagPrompt)
        assert [line.split()[1] for line in (first, second, lines(pilot)[-1])] == ["alpha", "beta", "alpha"]


def test_tags_are_offered_one_level_at_a_time() -> None:
    in_use = {"war/air/defence": 3, "war/drones": 2, "peace": 2, "cold-war": 1}

    assert offers(in_use, "wa") == {"war/": 5, "cold-war": 1}
    assert offers(in_use, "war/") == {"war/air/": 3, "war/drones": 2}
    assert offers(in_use, "", taken=("peace",)) == {"war/": 5, "cold-war": 1}


@pytest.mark.parametrize(
    ("line", "word"),
    [("", ""), ("one ", ""), ("one tw", "tw"), ("one,#tw", "tw"), ('"a b" "c d', "c d"), ('"a b"', "")],
)
def test_the_word_that_is_typed_is_the_last_of_the_line(line: str, word: str) -> None:
    assert last_word(line)[1] == word


def test_a_tag_with_a_blank_survives_the_line() -> None:
    tags = ("island news", "war/drones")

    assert read_tags(write_tags(tags)) == tags


# Orphans


ORPHANED = (
    f"{TITLE}\n\n{SECOND}\n\n{THIRD}\n\nA new paragraph about a harbour, and about nothing else at all.\n"
)


async def with_an_orphan(folder: Path) -> Workspace:
    """A workspace where a highlighted paragraph is gone from its source, that has a note."""
    async with reading(folder) as (_, pilot, workspace):
        await press(pilot, "H", "a", *"about oranges", "escape")
        (workspace.root / "seeds" / "a.txt").write_text(ORPHANED, encoding="utf-8")
        workspace.sync()
    return workspace


async def test_an_orphan_is_put_back_where_its_reader_selects(tmp_path: Path) -> None:
    workspace = await with_an_orphan(tmp_path)
    identity = workspace.find("leaves late").id
    async with opened(workspace, article=identity) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        orphans = [one.is_orphan for one in screen.placed]
        await press(pilot, "T")
        listed = seen(pilot)
        await press(pilot, "enter")
        asked = lines(pilot)[-1]
        await press(pilot, "G", "V", "enter")

        assert orphans == [True]
        assert "The ferry left" in listed
        assert "about oranges" in listed
        assert "select where" in asked
        assert [one.is_orphan for one in screen.placed] == [False]
        assert focused(screen).annotation.target.exact.startswith("A new paragraph")
    assert stored(workspace)[0]["target"]["exact"].startswith("A new paragraph")


async def test_putting_an_orphan_back_is_left_by_esc(tmp_path: Path) -> None:
    workspace = await with_an_orphan(tmp_path)
    async with opened(workspace, article=workspace.find("leaves late").id) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        await press(pilot, "T", "enter", "escape", NEXT, "H")

        assert [one.is_orphan for one in screen.placed] == [False, True]


async def test_without_orphans_the_tray_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "T")

        assert not isinstance(pilot.app.screen, Picker)
        assert "has its place" in seen(pilot)


async def test_the_footer_says_what_an_approximate_passage_was(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "H")
        changed = FERRY.replace("an hour late", "two hours late")
        (workspace.root / "seeds" / "a.txt").write_text(changed, encoding="utf-8")
        workspace.sync()
    async with opened(workspace, article=workspace.find("leaves late").id) as pilot:
        await press(pilot, NEXT)

        assert "approximate: was “The ferry left" in lines(pilot)[-1]


# The article as a whole


async def test_a_title_is_corrected_beside_what_the_source_says(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "i", "enter", *"!", "enter")
        form, header = seen(pilot), shown_below(screen)[0]
        await press(pilot, "escape", "U")

        assert "the source says: A ferry leaves late" in form
        assert f"{TITLE}!" in header
        assert f"{TITLE}!" not in lines(pilot)[0]
        assert (workspace.root / "seeds" / "a.txt").read_text(encoding="utf-8") == FERRY


async def test_a_correction_to_what_the_source_says_is_none(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "i", "enter", *"!", "enter", "enter", "backspace", "enter")

        assert workspace.notebook.about(screen.article_id).corrections == {}
        assert isinstance(pilot.app.screen, ArticleForm)


async def test_tags_and_note_of_the_article_are_kept(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "i", *["j"] * 4, "enter", *"sea", "enter", "j", "enter", *"Read twice.", "escape")
        form = seen(pilot)

        assert "#sea" in form
        assert "Read twice." in form
    table = article_table(workspace)
    assert (table["tags"], table["note"]) == (["sea"], "Read twice.")


# Others


async def test_a_change_made_elsewhere_is_shown_and_caret_and_place_stay(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "v", "escape", "v", "w")
        caret, place = screen.view.caret, screen.view.place
        (path,) = files_of(workspace)
        path.write_text(path.read_text(encoding="utf-8").replace('"yellow"', '"blue"'), encoding="utf-8")
        screen._look()
        await settled(pilot)

        assert [one.annotation.color for one in screen.placed] == [Color.BLUE]
        assert (screen.view.caret, screen.view.place) == (caret, place)


async def test_a_damaged_file_lets_nothing_be_written_and_says_so(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H")
        (path,) = files_of(workspace)
        path.write_bytes(path.read_bytes() + b"\n[[annotation]\n")
        damaged = path.read_bytes()
        screen._look()
        await press(pilot, NEXT, "v", "e", "H")

        assert "! not valid TOML" in seen(pilot)
        assert path.read_bytes() == damaged
        assert screen.view.passage is not None


async def test_a_folder_that_cannot_be_written_is_named_and_the_words_stay(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        folder = workspace.root / "annotations"
        folder.rmdir()
        folder.write_text("no folder", encoding="utf-8")
        await press(pilot, "a", *"not lost", "escape")

        editor = pilot.app.screen
        assert isinstance(editor, NoteEditor)
        assert editor.query_one(TextArea).text == "not lost"
        assert "is kept in" in " ".join(seen(pilot).split())
    kept = [path.read_text(encoding="utf-8") for path in (tmp_path / "state" / "unsaved").iterdir()]
    assert any("not lost" in text for text in kept)


async def test_who_came_for_a_passage_sees_it_and_goes_back_without_losing_the_place(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"On day {n} {who}" for n, who in enumerate([LEAD, SECOND, THIRD] * 12))
    workspace = workspace_in(tmp_path, {"a.txt": f"A long crossing\n\n{paragraphs}\n"})
    identity = workspace.summaries()[0].id
    text = workspace.desk.open(identity).article.text
    start = text.index("On day 30")
    async with opened(workspace) as pilot:
        below = pilot.app.screen
        await pilot.app.push_screen(ReadingScreen(workspace, identity, (), (start, start + 9)))
        await settled(pilot)
        screen = pilot.app.screen
        shown = seen(pilot)
        await press(pilot, "G", "ctrl+o")
        still = pilot.app.screen
        await press(pilot, "ctrl+o")

        assert "On day 30" in shown
        assert still is screen
        assert pilot.app.screen is below


async def test_a_look_at_a_passage_does_not_move_the_place_that_is_remembered(tmp_path: Path) -> None:
    paragraphs = "\n\n".join(f"On day {n} {who}" for n, who in enumerate([LEAD, SECOND, THIRD] * 12))
    workspace = workspace_in(tmp_path, {"a.txt": f"A long crossing\n\n{paragraphs}\n"})
    identity = workspace.summaries()[0].id
    async with opened(workspace, article=identity) as pilot:
        await press(pilot, "space", "q")
        before = workspace.memory.progress()[identity].offset
        text = workspace.desk.open(identity).article.text
        start = text.index("On day 30")
        await pilot.app.push_screen(ReadingScreen(workspace, identity, (), (start, start + 9)))
        await settled(pilot)
        await press(pilot, "q")

        assert before
        assert workspace.memory.progress()[identity].offset == before


async def test_letters_typed_before_the_editor_stands_are_not_lost(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        for letter in "aHello":
            pilot.app.post_message(Key(letter, letter))

        await until(pilot, lambda: isinstance(pilot.app.screen, NoteEditor))
        await until(pilot, lambda: pilot.app.screen.query_one(TextArea).text == "Hello")


async def test_keys_that_change_a_note_come_before_the_letters_typed_after_them(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "a", *"no")
        for key in ("ctrl+u", "y", "e", "t", "backspace", "s"):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))

        await until(pilot, lambda: pilot.app.screen.query_one(TextArea).text == "yes")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_note_leaves_the_focus_on_its_passage(tmp_path: Path, size: tuple[int, int]) -> None:
    long = f"{TITLE}\n\n" + "\n\n".join(f"{number}. {LEAD}" for number in range(9))
    async with reading(tmp_path, long, size) as (screen, pilot, _):
        await press(pilot, *[NEXT] * 4)
        before = screen.view.focused_block

        await press(pilot, "a", "x", "escape")

        assert screen.view.focused_block == before
        focused = screen.view.focused_annotation
        assert focused is not None
        assert focused.annotation.body == "x"


async def test_a_tag_that_was_completed_is_not_glued_to_the_next(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, "t", *"caucasus", "enter")
        await press(pilot, NEXT, "t", *"ca", "tab", *"war", "enter")

        assert {tag for one in stored(workspace) for tag in one["tags"]} == {"caucasus", "war"}


def test_what_an_editor_wrote_before_it_failed_is_kept(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho "a thought" > "$1"\nexit 1\n', encoding="utf-8")
    editor.chmod(0o755)

    assert edited("before", str(editor)) == "a thought"
