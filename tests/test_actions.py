"""The action table: one row for each thing a reader can do, and both front ends keep its word."""

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import permutations

import click
import pytest

from reader.actions import ACTIONS, Action, Place, action_named, actions_in, clashes
from reader.cli import main
from reader.comparing import Comparison
from reader.likeness import Likeness
from reader.model import Summary
from reader.tui.comparing.screen import CompareScreen
from reader.tui.library.screen import LibraryScreen
from reader.tui.notes.screen import NotesScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.room import Room
from reader.tui.search.screen import SearchScreen
from reader.tui.tags.screen import TagsScreen
from reader.workspace import Workspace
from tests.builders import workspace_in

NO_ARTICLE = Summary("", "", "", (0, 0), 0, 0)
NOTHING_COMPARED = Comparison(NO_ARTICLE, NO_ARTICLE, Likeness(0, 0, 0, 0), ())
ROOMS: Mapping[Place, Callable[[Workspace], Room]] = {
    Place.LIBRARY: LibraryScreen,
    Place.READING: partial(ReadingScreen, article_id="a-ferry-00000000"),
    Place.SELECTING: partial(ReadingScreen, article_id="a-ferry-00000000"),
    Place.NOTES: NotesScreen,
    Place.TAGS: TagsScreen,
    Place.SEARCH: SearchScreen,
    Place.COMPARING: partial(CompareScreen, comparison=NOTHING_COMPARED),
}
WITH_COMMAND = [action for action in ACTIONS if action.command]
VALUES = {"LINE": "3", "N": "40", "KEY": "date", "START:END": "1:2"}  # what a person might put in


def in_rooms() -> Iterator[tuple[Place, Action]]:
    for place in ROOMS:
        for action in actions_in(place):
            yield place, action


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """An empty workspace: a room needs one, though none is entered here."""
    made = workspace_in(tmp_path_factory.mktemp("actions"))
    yield made
    made.close()


def doer(room: Room, action: Action) -> object:
    """Return what does an action: a method of the room, or of the part that is for its place."""
    name = f"action_{action.name}"
    parts = [part for part in room.parts if part.PLACE is action.place and hasattr(part, name)]
    return getattr(parts[0] if parts else room, name, None)


def command_of(action: Action) -> tuple[click.Command, list[str]]:
    """Return the command that a row names, and the words after it."""
    command: click.Command | None = main
    _, *words = action.command.split()
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(click.Context(command), words[0])
        if found is None:
            break
        command, words = found, words[1:]
    if isinstance(command, click.Group) and (default := getattr(command, "default", None)):
        command = command.get_command(click.Context(command), default)
    assert command is not None
    return command, words


def test_every_action_has_an_id_of_its_own() -> None:
    ids = [action.id for action in ACTIONS]

    assert len(ids) == len(set(ids))


def test_a_name_means_the_row_of_the_first_place_that_has_it() -> None:
    named = [action_named("down", *places) for places in permutations((Place.SELECTING, Place.READING))]

    assert [one.place for one in named if one] == [Place.SELECTING, Place.READING]
    assert action_named("dance", *Place) is None


def test_no_key_is_wanted_twice_in_a_place() -> None:
    assert clashes({}) == ()


def test_a_key_wanted_twice_is_found() -> None:
    found = clashes({"library.star": ("j",)})

    assert [(clash.key, clash.first.id, clash.second.id) for clash in found] == [
        ("j", "library.down", "library.star")
    ]


@pytest.mark.parametrize(("place", "action"), in_rooms(), ids=lambda value: getattr(value, "id", value))
def test_each_room_can_do_each_action_of_its_place(
    workspace: Workspace, place: Place, action: Action
) -> None:
    room = ROOMS[place](workspace)

    assert callable(doer(room, action))


@pytest.mark.parametrize("action", WITH_COMMAND, ids=lambda action: action.id)
def test_each_command_of_the_table_is_understood(action: Action) -> None:
    command, words = command_of(action)
    arguments = [VALUES.get(word, word) for word in words]

    with contextlib.suppress(click.exceptions.Exit):  # by which click ends after --help
        context = command.make_context(command.name, arguments)
        assert context.command is command


def test_titles_are_short_sentences_in_the_imperative() -> None:
    assert all(re.fullmatch(r"[A-Z][^.]{2,49}", action.title) for action in ACTIONS)


def test_the_footer_has_one_word_for_an_action() -> None:
    assert all(" " not in action.footer for action in ACTIONS)
