"""Every action of the program: its id, default keys, help and command, in one table.

Screens make their key bindings from it, the help and the palette their lines, the
configuration its `[keys]` table, the README its key tables. To add one: a row here,
the screen's `action_<name>`, and the command, if it has one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where an action can be taken."""

    ANYWHERE = "anywhere"
    LIBRARY = "library"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a reader can do."""

    name: str
    """The screen's method is `action_<name>`."""
    place: Place
    keys: tuple[str, ...]
    """Key names as Textual spells them. Two keys in a row are written with a space: "m a"
    is not one key but m, then a. The first is the one that help shows."""
    title: str
    """What it does, in the imperative, as the palette shows it."""
    command: str = ""
    """The command line that does the same, "" where it is about the screen alone."""
    footer: str = ""
    """One word for the footer, "" if it does not stand there."""

    @property
    def id(self) -> str:
        """The name in the configuration's `[keys]` table: "reading.find"."""
        return f"{self.place}.{self.name}"


def _anywhere(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.ANYWHERE, tuple(keys.split(",")), title, command, footer)


def _library(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.LIBRARY, tuple(keys.split(",")), title, command, footer)


def _reading(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.READING, tuple(keys.split(",")), title, command, footer)


ACTIONS: tuple[Action, ...] = (
    _anywhere("show_help", "question_mark,f1", "Show the keys of this place", "reader --help", "help"),
    _anywhere("command_palette", "colon,ctrl+p", "Find an action by its name"),
    _anywhere("next_theme", "c", "Change the theme: light, dark, 16 colours", "reader config edit"),
    _anywhere("show_problems", "exclamation_mark", "List the problems found in files", "reader doctor"),
    _anywhere("undo", "U", "Undo the last change", "reader undo"),
    _anywhere("redo", "ctrl+r", "Do again what was undone", "reader redo"),
    _anywhere("quit", "Q,ctrl+q", "Quit"),
    # The library
    _library("open", "enter,l,right", "Read the article", "reader show ARTICLE", "read"),
    _library("down", "j,down", "Next article"),
    _library("up", "k,up", "Previous article"),
    _library("page_down", "space,ctrl+f,pagedown", "One page down"),
    _library("page_up", "b,ctrl+b,pageup", "One page up"),
    _library("half_page_down", "ctrl+d,d", "Half a page down"),
    _library("half_page_up", "ctrl+u,u", "Half a page up"),
    _library("top", "g,home", "First article"),
    _library("bottom", "G,end", "Last article"),
    _library("filter", "slash", "Filter as you type", "reader list QUERY", "filter"),
    _library("sort", "o", "Sort by the next key", "reader list --sort KEY", "sort"),
    _library("reverse", "O", "Reverse the order", "reader list --reverse"),
    _library("group", "v", "Group by source file, or show one flat list", "reader list --group"),
    _library("preview", "p", "Show or hide the preview"),
    _library("star", "asterisk", "Star the article, or take the star away", "reader star ARTICLE"),
    _library("toggle_done", "r", "Mark as read, or as unread", "reader done ARTICLE"),
    _library("rescan", "R", "Look for new and changed files", "reader list"),
    _library("back", "q,escape", "Clear the filter, or quit"),
    # The reading view
    _reading("down", "j,down", "One line down"),
    _reading("up", "k,up", "One line up"),
    _reading("page_down", "space,ctrl+f,pagedown", "One page down"),
    _reading("page_up", "b,ctrl+b,pageup", "One page up"),
    _reading("half_page_down", "ctrl+d,d", "Half a page down"),
    _reading("half_page_up", "ctrl+u,u", "Half a page up"),
    _reading("top", "g,home", "To the beginning"),
    _reading("bottom", "G,end", "To the end"),
    _reading("next_paragraph", "right_curly_bracket", "Next paragraph"),
    _reading("previous_paragraph", "left_curly_bracket", "Previous paragraph"),
    _reading("next_section", "right_square_bracket right_square_bracket", "Next section"),
    _reading("previous_section", "left_square_bracket left_square_bracket", "Previous section"),
    _reading("next_article", "J", "Next article"),
    _reading("previous_article", "K", "Previous article"),
    _reading(
        "toggle_hidden", "x", "Show or fold the hidden blocks", "reader show ARTICLE --hidden", "hidden"
    ),
    _reading("choose_block", "X", "Bring this block back, or hide it", "reader keep ARTICLE LINE"),
    _reading("toggle_raw", "backslash", "Show the source as it is", "reader show ARTICLE --raw"),
    _reading("why", "w", "Say why this block is hidden or kept", "reader why ARTICLE"),
    _reading("outline", "tab", "Show the outline"),
    _reading("set_mark", "m", "Mark this place with a letter"),
    _reading("jump_to_mark", "apostrophe,grave_accent", "Jump to a mark"),
    _reading("jump_back", "ctrl+o,alt+left", "Back to where you jumped from"),
    _reading("jump_forward", "alt+right", "Forward again"),
    _reading("find", "slash", "Find in the article", "reader find ARTICLE WORDS", "find"),
    _reading("next_hit", "n", "Next hit"),
    _reading("previous_hit", "N", "Previous hit"),
    _reading("wider", "plus", "Wider lines", "reader show ARTICLE --width N"),
    _reading("narrower", "minus", "Narrower lines", "reader show ARTICLE --width N"),
    _reading("reset_width", "equals_sign", "Lines of the usual width", "reader show ARTICLE"),
    _reading("zen", "z", "Show the text alone"),
    _reading("copy", "ctrl+c,y", "Copy what is selected"),
    _reading("links", "f", "List the links of the article", "reader links ARTICLE"),
    _reading("star", "asterisk", "Star the article, or take the star away", "reader star ARTICLE"),
    _reading("toggle_done", "r", "Mark as read, or as unread", "reader done ARTICLE"),
    _reading("back", "q,escape", "Back to the library"),
)


@dataclass(frozen=True, slots=True)
class Clash:
    """One key that two actions of the same place want."""

    key: str
    first: Action
    second: Action


def actions_in(place: Place) -> tuple[Action, ...]:
    """Return the actions that work in a place, its own first, those of everywhere last."""
    own = tuple(action for action in ACTIONS if action.place is place)
    if place is Place.ANYWHERE:
        return own
    return own + tuple(action for action in ACTIONS if action.place is Place.ANYWHERE)


def keys_of(action: Action, remapped: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the keys of an action, as the user's configuration has them.

    Args:
        action: A row of the table.
        remapped: Keys by action id, from the configuration.
    """
    return remapped.get(action.id, action.keys)


def clashes(remapped: Mapping[str, tuple[str, ...]]) -> tuple[Clash, ...]:
    """Find keys that two actions want in one place, by the user's configuration."""
    found: list[Clash] = []
    for place in (Place.LIBRARY, Place.READING):
        by_key: defaultdict[str, list[Action]] = defaultdict(list)
        for action in actions_in(place):
            for key in keys_of(action, remapped):
                by_key[key].append(action)
        found.extend(_pairs(by_key))
    return tuple(dict.fromkeys(found))


def _pairs(by_key: Mapping[str, list[Action]]) -> Iterable[Clash]:
    for key, actions in by_key.items():
        for other in actions[1:]:
            yield Clash(key, actions[0], other)
