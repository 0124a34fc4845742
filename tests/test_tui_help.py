"""Help, palette and problems: what lies over a room, and how it closes."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.events import Key

from reader.actions import Place, actions_in
from reader.model import Problem
from reader.tui import chrome
from reader.tui.library.screen import LibraryScreen
from reader.tui.prompts.help_screen import HelpScreen, key_table
from reader.tui.prompts.palette import Palette, matching_actions
from reader.tui.prompts.problems_screen import problem_list
from reader.workspace import Workspace

from .builders import LEAD, workspace_in
from .screens import opened, seen, settled, until

PLACES = (Place.LIBRARY, Place.READING)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path, {f"{name}.md": f"# Article {name}\n\n{LEAD}\n" for name in "abc"})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("width", [36, 76, 116, 190])
def test_help_names_every_action_of_the_place_at_every_width(place: Place, width: int) -> None:
    table = key_table(place, {}, "", width).plain

    cut = [line.rstrip("…").rstrip() for line in table.split("\n")]
    for action in actions_in(place):
        assert action.title in table or any(action.title[:20] in line for line in cut)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("width", range(1, 200, 7))
def test_no_line_of_help_is_too_long(place: Place, width: int) -> None:
    table = key_table(place, {}, "", width)

    assert all(line.cell_length <= width for line in table.split("\n"))


@pytest.mark.parametrize("place", [place for place in Place if place is not Place.ANYWHERE])
def test_a_column_of_help_takes_what_the_other_does_not_need(place: Place) -> None:
    assert "…" not in key_table(place, {}, "", 135).plain  # a terminal of 140 columns


def test_help_shows_the_keys_as_they_are_now() -> None:
    table = key_table(Place.READING, {"reading.find": ("ctrl+s",)}, "find in", 76).plain

    assert "ctrl+s" in table
    assert "/" not in table


def test_help_is_searched_by_words_and_by_keys() -> None:
    by_word = key_table(Place.LIBRARY, {}, "STAR", 76).plain
    by_key = key_table(Place.LIBRARY, {}, "*", 76).plain

    assert by_word == by_key
    assert by_word.count("\n") == 1


async def test_help_opens_scrolls_and_closes_with_the_same_key(workspace: Workspace) -> None:
    async with opened(workspace, size=(40, 12)) as pilot:
        await pilot.press("question_mark")
        top = seen(pilot)
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        below = seen(pilot)
        await pilot.press("question_mark")

        assert "Keys › Library" in top
        assert "Read the article" in top
        assert "Read the article" not in below
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_help_that_is_asked_for_thrice_at_once_opens_once(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        room = pilot.app.screen
        for _ in range(3):
            room.post_message(Key("f1", None))
        await settled(pilot)

        assert isinstance(pilot.app.screen, HelpScreen)
        assert pilot.app.screen_stack[-2] is room


async def test_help_finds_as_one_types(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("f1", *"quit")

        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Clear the filter, or quit" in seen(pilot)
        assert "Next article" not in seen(pilot)


def test_the_palette_has_every_action_but_itself() -> None:
    names = {action.name for action in matching_actions(Place.READING, "")}

    assert names == {action.name for action in actions_in(Place.READING)} - {"command_palette"}


def test_a_title_that_begins_with_the_words_comes_first() -> None:
    first = matching_actions(Place.LIBRARY, "re")[0]

    assert first.title.startswith("Re")


async def test_the_palette_does_what_is_chosen(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("colon", *"star", "enter")
        await pilot.pause()

        assert isinstance(pilot.app.screen, LibraryScreen)
        assert len(workspace.notebook.starred()) == 1


async def test_the_palette_closes_at_esc_and_does_nothing(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("ctrl+p", *"quit")
        over = pilot.app.screen
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(over, Palette)
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert not pilot.app._exit


async def test_a_palette_without_a_match_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("colon", *"xyz")

        assert "Nothing here has these words." in seen(pilot)
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, LibraryScreen)


def test_a_problem_says_what_where_and_what_to_do() -> None:
    problem = Problem("not text: byte 0x00", "seeds/[b]x.txt", "open it\x1b[31m elsewhere")

    listed: Content = problem_list([problem])

    assert listed.plain == "! not text: byte 0x00\n  seeds/[b]x.txt\n  → open it␛[31m elsewhere"


async def test_where_nothing_is_wrong_no_rest_of_the_library_is_spoken_of(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("exclamation_mark")

        assert "Nothing is wrong." in seen(pilot)
        assert "rest of the library" not in seen(pilot)


async def test_a_toast_goes_by_itself(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chrome, "TOAST_SECONDS", 0.3)
    async with opened(workspace) as pilot:
        await pilot.press("U")
        await pilot.pause()
        toast = pilot.app.screen.query_one(chrome.ToastLine)
        await until(pilot, lambda: not toast.display)
        await pilot.pause()

        assert "nothing to undo" in toast.render().plain
        assert "nothing to undo" not in seen(pilot)
