"""What the reading room says of its notes: where they are read, what became of them, and what can be done."""

from dataclasses import replace
from pathlib import Path

import pytest

from reader.passages import Color
from reader.tui.losses import Losses
from reader.tui.prompts.note_page import NoteSheet
from reader.tui.reading.screen import ReadingScreen
from tests.builders import LEAD
from tests.screens import lines, seen, settled
from tests.test_tui_annotating import FOLLOWING, NEXT, files_of, focused, press, reading, stored

LONG_NOTE = "\n".join(f"Line {number} of a long thought." for number in range(40))


def place_of(screen: ReadingScreen, words: str) -> tuple[int, int]:
    """Return cell and row of some words on the view."""
    page = screen.view.page
    assert page is not None
    line, cell = page.cell_of(page.text.index(words))
    return screen.view._margin + cell, line - screen.view.scroll_offset.y


# The mouse


async def test_words_selected_by_mouse_are_told_with_the_keys_for_them(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await pilot.click(screen.view, offset=place_of(screen, "harbour"), times=2)
        await settled(pilot)
        footer = lines(pilot)[-1]
        await press(pilot, "H")

        assert "1 word selected" in footer
        assert all(hint in footer for hint in ("H highlight", "a note", "t tag", "y copy"))
    assert stored(workspace)[0]["target"]["exact"] == "harbour"


# The place of the text


@pytest.mark.parametrize("size", [(80, 24), (110, 24), (120, 40), (140, 45), (200, 50)])
async def test_the_first_highlight_moves_no_word(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, size=size) as (screen, pilot, _):
        before = screen.view._margin, screen.view.place
        await press(pilot, "a", *"Why", "escape")

        assert (screen.view._margin, screen.view.place) == before
        assert screen.view.has_column == (size[0] >= 110)


# What is changed in another room


async def test_what_is_undone_among_the_notes_is_gone_from_the_page_one_comes_back_to(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "H", "A")
        above = pilot.app.screen
        await press(pilot, "U", "q")

        assert above is not screen
        assert pilot.app.screen is screen
        assert screen.placed == ()
        assert screen.view.focused_annotation is None


# Notes where there is no column


async def test_a_long_note_is_read_whole_over_the_foot_of_its_page(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H")
        (placed,) = screen.placed
        workspace.notebook.change(placed, replace(placed.annotation, body=LONG_NOTE))
        screen.words_changed()
        await settled(pilot)
        footer = lines(pilot)[-1]
        await press(pilot, "enter")
        sheet, first = pilot.app.screen, seen(pilot)
        await press(pilot, "G")
        last = seen(pilot)
        await press(pilot, "escape")

        assert isinstance(sheet, NoteSheet)
        assert "Enter whole" in footer
        assert "Line 0 of" in first
        assert "Line 39 of" in last
        assert pilot.app.screen is screen
        assert focused(screen).annotation.body == LONG_NOTE


async def test_the_pencil_stands_only_where_there_is_a_note(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "t", *"sea", "enter")
        tagged = seen(pilot)
        await press(pilot, "a", *"Why", "escape", NEXT)

        assert "✎" not in tagged
        assert "✎" in seen(pilot)


# Colours


async def test_a_new_highlight_says_its_colour_and_how_to_choose_another(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "H")
        first = seen(pilot)
        await press(pilot, "3", NEXT, "H")

        assert "highlighted in yellow · 1-5 colour · t tag · a note · U undo" in first
        assert "highlighted in blue" in seen(pilot)


async def test_highlights_of_one_passage_are_each_reached(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H")
        (placed,) = screen.placed
        assert screen.reading is not None
        made = [placed.annotation.id]
        for color in (Color.GREEN, Color.BLUE):
            one = workspace.notebook.annotate(screen.reading.article, (placed.start, placed.end), color=color)
            made.append(one.id)
        screen.words_changed()
        await settled(pilot)
        await press(pilot, "escape", "g")
        reached = []
        for _ in made:
            await press(pilot, FOLLOWING)
            reached.append(focused(screen).annotation.id)

        assert sorted(reached) == sorted(made)


# Losses


async def test_a_file_that_is_damaged_meanwhile_is_told_and_stays_told(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H", "escape")
        screen.tell_losses()
        (path,) = files_of(workspace)
        path.write_bytes(path.read_bytes() + b"\n[[annotation]\n")
        screen._look()
        await settled(pilot)

        assert "a file of notes is damaged · ! shows" in seen(pilot)
        assert "1 problem · ! to see" in lines(pilot)[-1]


async def test_notes_that_lose_their_place_are_told(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "H")
        screen.tell_losses()
        (path,) = files_of(workspace)
        text = path.read_text(encoding="utf-8")
        lost = text.replace(LEAD, "Something else that nobody ever wrote, on quite another matter than boats")
        path.write_text(lost, encoding="utf-8")
        screen._look()
        await settled(pilot)

        assert "1 note lost its place · T" in seen(pilot)


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (Losses(), Losses(), ""),
        (Losses(2, 3), Losses(1, 1), ""),
        (Losses(), Losses(2, 0), "2 faults in files of notes · ! shows"),
        (Losses(0, 1), Losses(0, 3), "2 notes lost their place · T"),
    ],
)
def test_only_what_is_new_is_told(before: Losses, now: Losses, words: str) -> None:
    assert now.news(before, "!", "T") == words
