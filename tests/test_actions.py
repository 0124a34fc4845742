"""The action table: one row for each thing a reader can do, and both front ends keep its word."""

import re
from collections.abc import Iterator

import pytest
from click import Context
from textual.screen import Screen

from reader.actions import ACTIONS, Action, Place, actions_in, clashes
from reader.cli import main
from reader.tui.library_screen import LibraryScreen
from reader.tui.reading_screen import ReadingScreen

SCREENS: dict[Place, type[Screen[None]]] = {Place.LIBRARY: LibraryScreen, Place.READING: ReadingScreen}
WITH_COMMAND = [action for action in ACTIONS if action.command]


def on_screens() -> Iterator[tuple[Place, Action]]:
    for place in SCREENS:
        for action in actions_in(place):
            yield place, action


def test_every_action_has_an_id_of_its_own() -> None:
    ids = [action.id for action in ACTIONS]

    assert len(ids) == len(set(ids))


def test_no_key_is_wanted_twice_in_a_place() -> None:
    assert clashes({}) == ()


def test_a_key_wanted_twice_is_found() -> None:
    found = clashes({"library.star": ("j",)})

    assert [(clash.key, clash.first.id, clash.second.id) for clash in found] == [
        ("j", "library.down", "library.star")
    ]


@pytest.mark.parametrize(("place", "action"), on_screens(), ids=lambda value: getattr(value, "id", value))
def test_each_screen_can_do_each_action_of_its_place(place: Place, action: Action) -> None:
    method = getattr(SCREENS[place], f"action_{action.name}", None)

    assert callable(method)


@pytest.mark.parametrize("action", WITH_COMMAND, ids=lambda action: action.id)
def test_each_command_of_the_table_exists_with_its_options(action: Action) -> None:
    name, *words = action.command.removeprefix("reader").split()
    if name.startswith("--"):
        return  # an option of the program itself, which click checks
    command = main.get_command(Context(main), name)

    assert command is not None
    subcommands = getattr(command, "commands", {})
    if words and words[0] in subcommands:
        command = subcommands[words[0]]
    options = {
        option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)
    }
    assert {word for word in words if word.startswith("--")} <= options


def test_titles_are_short_sentences_in_the_imperative() -> None:
    assert all(re.fullmatch(r"[A-Z][^.]{2,49}", action.title) for action in ACTIONS)


def test_the_footer_has_one_word_for_an_action() -> None:
    assert all(" " not in action.footer for action in ACTIONS)
