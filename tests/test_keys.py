"""Keys to actions: sequences, remapping, and how keys are written for people."""

import pytest
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key

from reader.actions import ACTIONS, Place
from reader.keys import is_modifier, key_problems, keymap, parse_keys, show_keys, shown_keys


def test_a_key_finds_its_action() -> None:
    action = keymap(Place.LIBRARY, {}).find(("j",))

    assert action is not None
    assert action.id == "library.down"


def test_what_works_anywhere_works_in_a_place() -> None:
    action = keymap(Place.READING, {}).find(("question_mark",))

    assert action is not None
    assert action.id == "anywhere.show_help"


def test_the_first_key_of_two_waits_for_the_second() -> None:
    reading = keymap(Place.READING, {})

    assert reading.is_prefix(("d",))
    assert reading.find(("d", "d")) is not None
    assert not reading.is_prefix(("j",))


def test_a_remapped_key_takes_the_place_of_the_old_one() -> None:
    reading = keymap(Place.READING, {"reading.find": ("ctrl+s",)})

    found = reading.find(("ctrl+s",))
    assert found is not None
    assert found.name == "find"
    assert reading.find(("slash",)) is None


@pytest.mark.parametrize("character", [c for c in map(chr, range(33, 127)) if not c.isalnum()])
def test_a_character_is_named_as_the_toolkit_names_it(character: str) -> None:
    assert parse_keys(character) == (_character_to_key(character),)


@pytest.mark.parametrize("character", [chr(code) for code in range(33, 127)])
def test_a_character_is_shown_as_itself(character: str) -> None:
    assert show_keys(character) == character


def test_the_toolkit_has_no_short_name_we_do_not_know() -> None:
    short = {parse_keys(character)[0] for character in map(chr, range(33, 127))}

    assert set(KEY_NAME_REPLACEMENTS.values()) <= short


@pytest.mark.parametrize(
    ("keys", "shown"),
    [
        ("right_square_bracket right_square_bracket", "]]"),
        ("ctrl+o", "ctrl+o"),
        ("alt+left", "alt+←"),
        ("pagedown", "PgDn"),
        ("escape", "Esc"),
        ("f1", "F1"),
        ("ctrl+right_square_bracket", "ctrl+]"),
        ("m a", "ma"),
    ],
)
def test_keys_are_shown_as_a_person_writes_them(keys: str, shown: str) -> None:
    assert show_keys(keys) == shown


def test_every_key_of_the_table_is_short_when_shown() -> None:
    shown = [key for action in ACTIONS for key in shown_keys(action, {})]

    assert not [key for key in shown if "_" in key or len(key) > 7]


@pytest.mark.parametrize("key", ["left_shift", "right_control", "ctrl+left_alt", "caps_lock"])
def test_a_modifier_alone_is_no_key(key: str) -> None:
    assert is_modifier(key)
    assert not is_modifier("left")


def test_a_key_that_begins_a_longer_one_is_a_problem() -> None:
    problems = tuple(key_problems({"reading.wider": ("d",)}, lambda name: f"config.toml:{name}"))

    assert len(problems) == 1
    assert "reading.wider" in problems[0].what
    assert problems[0].where == "config.toml:reading.wider"


def test_the_keys_of_the_table_have_no_problem() -> None:
    assert not tuple(key_problems({}, lambda name: f"config.toml:{name}"))
