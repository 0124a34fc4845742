"""Keys to actions: the action table and the user's remapping, as one map that a screen asks.

Pure: no screen, no toolkit. Key names are Textual's (`slash`, `ctrl+o`, `right_curly_bracket`);
in the configuration a single character may stand for its name.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reader.actions import Action, Place, actions_in, clashes, keys_of
from reader.model import Problem

Remapped = Mapping[str, tuple[str, ...]]
"""Keys by action id, from the configuration."""
Pressed = tuple[str, ...]
"""Names of keys pressed one after the other."""

# Where Textual's name of a character is not its Unicode name.
_SHORT_NAMES = {
    "/": "slash",
    "\\": "backslash",
    "@": "at",
    "-": "minus",
    "+": "plus",
    "_": "underscore",
}
_SHOWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "backspace": "Bksp",
    "delete": "Del",
}
_SENT_MODIFIERS = frozenset(("ctrl", "alt", "shift"))
_FUNCTION_KEY = re.compile(r"f\d{1,2}|insert")
# With the kitty keyboard protocol a modifier pressed alone arrives as a key of its own.
_MODIFIERS = frozenset(
    f"{side}_{name}"
    for side in ("left", "right")
    for name in ("shift", "control", "alt", "super", "hyper", "meta")
) | {"caps_lock", "num_lock", "scroll_lock", "iso_level3_shift", "iso_level5_shift"}


@dataclass(frozen=True, slots=True)
class Keymap:
    """What the keys do in one place."""

    actions: Mapping[Pressed, Action]
    """The first action of the table wins a key that two of them want."""

    def find(self, pressed: Pressed) -> Action | None:
        """Return the action of these keys."""
        return self.actions.get(pressed)

    def is_prefix(self, pressed: Pressed) -> bool:
        """Tell whether an action waits for more keys after these."""
        size = len(pressed)
        return any(len(keys) > size and keys[:size] == pressed for keys in self.actions)


def keymap(place: Place, remapped: Remapped) -> Keymap:
    """Map the keys of a place to its actions.

    Args:
        place: Where the keys are pressed.
        remapped: Keys by action id, from the configuration.
    """
    actions: dict[Pressed, Action] = {}
    for action in actions_in(place):
        for keys in keys_of(action, remapped):
            actions.setdefault(parse_keys(keys), action)
    return Keymap(actions)


def parse_keys(keys: str) -> Pressed:
    """Split keys as the table and the configuration write them: "m a" is m, then a."""
    return tuple(_name_of(key) for key in keys.split())


def show_keys(keys: str) -> str:
    """Write keys as a person would: "]]" for two brackets, "Esc", "ctrl+o"."""
    shown = [_show_key(key) for key in parse_keys(keys)]
    return ("" if all(len(key) == 1 for key in shown) else " ").join(shown)


def shown_keys(action: Action, remapped: Remapped) -> tuple[str, ...]:
    """Write all keys of an action as a person would, the first one first."""
    return tuple(show_keys(keys) for keys in keys_of(action, remapped))


def first_key(action: Action, remapped: Remapped) -> str:
    """Write the first key of an action; "" if the user has taken all its keys away."""
    return next(iter(shown_keys(action, remapped)), "")


def is_modifier(key: str) -> bool:
    """Tell whether a key event is only a modifier going down."""
    return key.rpartition("+")[2] in _MODIFIERS


def is_key(keys: str) -> bool:
    """Tell whether a terminal can send these keys."""
    return all(map(_is_sent, parse_keys(keys)))


def _is_sent(key: str) -> bool:
    *modifiers, last = key.split("+")
    return _SENT_MODIFIERS.issuperset(modifiers) and (
        len(last) == 1 or last in _SHOWN or last in _CHARACTERS or bool(_FUNCTION_KEY.fullmatch(last))
    )


def key_problems(remapped: Remapped, where: Callable[[str], str]) -> Iterator[Problem]:
    """Find keys that two actions want, and keys that longer ones begin with: one never comes to its action.

    Args:
        remapped: Keys by action id, from the configuration.
        where: Tells path and line of an action in the settings.
    """
    for clash in clashes(remapped):
        what = f"the key {show_keys(clash.key)} is wanted by {clash.first.id} and {clash.second.id}"
        culprit = clash.second.id if clash.second.id in remapped else clash.first.id
        yield Problem(what, where(culprit), "give one of them another key; the first one has it until then")
    for place in Place:
        here = keymap(place, remapped)
        for keys, action in here.actions.items():
            if here.is_prefix(keys):
                shown = show_keys(" ".join(keys))
                what = f"the key {shown} of {action.id} is also the beginning of longer keys"
                yield Problem(what, where(action.id), f"give {action.id} another key")


def _name_of(key: str) -> str:
    modifiers, plus, last = key.rpartition("+") if len(key) > 1 else ("", "", key)
    return f"{modifiers}{plus}{_name_of_character(last) if len(last) == 1 else last}"


def _name_of_character(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return _SHORT_NAMES.get(character, name)


def _show_key(key: str) -> str:
    modifiers, plus, last = key.rpartition("+")
    return f"{modifiers}{plus}{_SHOWN.get(last) or _CHARACTERS.get(last) or _show_other(last)}"


def _show_other(name: str) -> str:
    """Write a function key, a letter, or a character that is on few keyboards."""
    try:
        return unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return name.upper() if name[1:].isdigit() else name


_CHARACTERS = {_name_of_character(character): character for character in string.punctuation}
