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
    SELECTING = "selecting"
    """The reading view while words are being selected."""
    NOTES = "notes"
    TAGS = "tags"
    SEARCH = "search"
    COMPARING = "comparing"
    """Two texts beside each other."""


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


def _selecting(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.SELECTING, tuple(keys.split(",")), title, command, footer)


def _notes(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.NOTES, tuple(keys.split(",")), title, command, footer)


def _tags(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.TAGS, tuple(keys.split(",")), title, command, footer)


def _comparing(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.COMPARING, tuple(keys.split(",")), title, command, footer)


def _search(name: str, keys: str, title: str, command: str = "", footer: str = "") -> Action:
    return Action(name, Place.SEARCH, tuple(keys.split(",")), title, command, footer)


ACTIONS: tuple[Action, ...] = (
    _anywhere("show_help", "question_mark,f1", "Show the keys of this place", "reader --help", "help"),
    _anywhere("command_palette", "colon,ctrl+p", "Find an action by its name"),
    _anywhere("next_theme", "c", "Change the theme: light, dark, 16 colours", "reader config edit"),
    _anywhere("show_problems", "exclamation_mark", "List the problems found in files", "reader doctor"),
    _anywhere("undo", "U", "Undo the last change", "reader undo"),
    _anywhere("redo", "ctrl+r", "Do again what was undone", "reader redo"),
    _anywhere("show_notes", "A", "Show all highlights and notes", "reader notes", "notes"),
    _anywhere("show_tags", "number_sign", "Browse the tags", "reader tags", "tags"),
    _anywhere("show_trash", "D", "Bring back what was deleted or removed", "reader trash"),
    _anywhere("show_rules", "L", "List your own rules, and delete one", "reader rules delete ID"),
    _anywhere("search", "s", "Search everything as you type", "reader search QUERY", "search"),
    _anywhere("suspend", "ctrl+z", "Go to the shell; fg comes back"),
    _anywhere("quit", "Q,ctrl+q", "Quit"),
    # The library
    _library("open", "enter,l,right", "Read the article", "reader show ARTICLE", "read"),
    _library("down", "j,down", "Next article"),
    _library("up", "k,up", "Previous article"),
    _library("page_down", "space,ctrl+f,pagedown", "One page down"),
    _library("page_up", "b,ctrl+b,pageup", "One page up"),
    _library("half_page_down", "ctrl+d", "Half a page down"),
    _library("half_page_up", "ctrl+u", "Half a page up"),
    _library("top", "g,home", "First article"),
    _library("bottom", "G,end", "Last article"),
    _library("filter", "slash", "Filter as you type", "reader list QUERY", "filter"),
    _library("sort", "o", "Sort by the next key", "reader list --sort KEY", "sort"),
    _library("reverse", "O", "Reverse the order", "reader list --reverse"),
    _library("group", "v", "Group by source file, or one flat list", "reader list --group"),
    _library("preview", "p", "Show or hide the preview"),
    _library("next_shelf", "tab,greater_than_sign", "Next shelf: a search with a name", "reader shelf list"),
    _library("previous_shelf", "less_than_sign", "Previous shelf", "reader shelf list"),
    _library("related", "equals_sign", "List related articles", "reader related ARTICLE"),
    _library(
        "compare",
        "C",
        "Compare with a near copy or an older one",
        "reader same ARTICLE OTHER",
        "compare",
    ),
    _library("fold_copies", "x", "Show or fold near copies", "reader same"),
    _library("star", "asterisk", "Star the article, or take the star away", "reader star ARTICLE"),
    _library("toggle_done", "r", "Mark as read, or as unread", "reader done ARTICLE"),
    _library("tag", "t", "Tag the article", "reader tag ARTICLE TAG"),
    _library("note", "a", "Write a note on the article", "reader note article ARTICLE --note WORDS"),
    _library("about", "i", "Correct title, author, source or date", "reader correct ARTICLE"),
    _library("add", "plus", "Add a file, a page, or what you paste", "reader add WHAT", "add"),
    _library("remove", "d d", "Take its file out of the library", "reader remove ARTICLE"),
    _library("rescan", "R", "Look for new and changed files", "reader list"),
    _library("back", "q,escape", "Clear the filter, or quit"),
    # The reading view
    _reading("down", "j,down", "One line down"),
    _reading("up", "k,up", "One line up"),
    _reading("page_down", "space,ctrl+f,pagedown", "One page down"),
    _reading("page_up", "b,ctrl+b,pageup", "One page up"),
    _reading("half_page_down", "ctrl+d", "Half a page down"),
    _reading("half_page_up", "ctrl+u", "Half a page up"),
    _reading("top", "g,home", "To the beginning"),
    _reading("bottom", "G,end", "To the end"),
    _reading("next_paragraph", "right_curly_bracket", "Next paragraph"),
    _reading("previous_paragraph", "left_curly_bracket", "Previous paragraph"),
    _reading("next_section", "greater_than_sign", "Next section"),
    _reading("previous_section", "less_than_sign", "Previous section"),
    _reading("next_article", "J", "Next article"),
    _reading("previous_article", "K", "Previous article"),
    _reading(
        "toggle_hidden", "x", "Show or fold the hidden blocks", "reader show ARTICLE --hidden", "hidden"
    ),
    _reading("choose_block", "X", "Bring this block back, or hide it", "reader keep ARTICLE LINE"),
    _reading("toggle_raw", "backslash", "Show the source as it is", "reader show ARTICLE --raw"),
    _reading("why", "w", "Say why this block is hidden or kept", "reader why ARTICLE"),
    _reading("teach", "R", "Teach: hide or keep such blocks", "reader rules add WORDS"),
    _reading("outline", "tab", "Show the outline"),
    _reading("set_mark", "m", "Mark this place with a letter"),
    _reading("jump_to_mark", "apostrophe,grave_accent", "Jump to a mark"),
    _reading("jump_back", "ctrl+o,alt+left", "Back to where you jumped, or came, from"),
    _reading("jump_forward", "alt+right", "Forward again"),
    _reading("find", "slash", "Find in the article", "reader find ARTICLE WORDS", "find"),
    _reading("next_hit", "n", "Next hit", footer="next"),
    _reading("previous_hit", "N", "Previous hit", footer="before"),
    _reading("wider", "plus", "Wider lines", "reader show ARTICLE --width N"),
    _reading("narrower", "minus", "Narrower lines", "reader show ARTICLE --width N"),
    _reading("related", "equals_sign", "List related articles", "reader related ARTICLE"),
    _reading("compare", "C", "Compare with a near copy or an older one", "reader same ARTICLE OTHER"),
    _reading("reset_width", "0", "Lines of the usual width", "reader show ARTICLE"),
    _reading("zen", "z", "Show the text alone"),
    _reading("copy", "y,ctrl+c", "Copy what is selected", footer="copy"),
    _reading("links", "f", "List the links of the article", "reader links ARTICLE"),
    _reading("star", "asterisk", "Star the article, or take the star away", "reader star ARTICLE"),
    _reading("toggle_done", "r", "Mark as read, or as unread", "reader done ARTICLE"),
    _reading("select", "v", "Select by character", "reader annotate ARTICLE --at START:END"),
    _reading("select_paragraphs", "V", "Select by paragraph", "reader annotate ARTICLE --quote WORDS"),
    _reading(
        "highlight",
        "H",
        "Highlight the selection, or this paragraph",
        "reader annotate ARTICLE --quote WORDS",
        "highlight",
    ),
    _reading("note", "a", "Write a note on it", "reader annotate ARTICLE --quote WORDS --note WORDS", "note"),
    _reading("tag", "t", "Tag it", "reader annotate ARTICLE --quote WORDS --tag TAG", "tag"),
    _reading("read_note", "enter", "Read the whole note", "reader note show ID", "whole"),
    _reading("edit_note", "e", "Edit the note", "reader note edit ID", "edit"),
    _reading("edit_range", "E", "Move the ends of the highlight", "reader note edit ID --at START:END"),
    _reading("color_1", "1", "Yellow", "reader note edit ID --color yellow"),
    _reading("color_2", "2", "Green", "reader note edit ID --color green"),
    _reading("color_3", "3", "Blue", "reader note edit ID --color blue"),
    _reading("color_4", "4", "Pink", "reader note edit ID --color pink"),
    _reading("color_5", "5", "Orange", "reader note edit ID --color orange"),
    _reading("delete", "d d", "Delete the highlight with its note", "reader note delete ID"),
    _reading("merge", "M", "Merge the highlight with the next", "reader note merge ID ID"),
    _reading("next_annotation", "right_square_bracket", "Next highlight", "reader notes --article ARTICLE"),
    _reading(
        "previous_annotation", "left_square_bracket", "Previous highlight", "reader notes --article ARTICLE"
    ),
    _reading("orphans", "T", "Notes that lost their place: put one back", "reader notes --orphans"),
    _reading("about", "i", "Correct title, author, source or date", "reader correct ARTICLE"),
    _reading("back", "q,escape", "Back to the library"),
    # The reading view while words are being selected; a number before a key is its count
    _selecting("left", "h,left", "One character left"),
    _selecting("right", "l,right", "One character right"),
    _selecting("down", "j,down", "One line down"),
    _selecting("up", "k,up", "One line up"),
    _selecting("next_word", "w", "Next word"),
    _selecting("previous_word", "b", "Word before"),
    _selecting("end_of_word", "e", "End of the word"),
    _selecting("next_sentence", "right_parenthesis", "Next sentence"),
    _selecting("previous_sentence", "left_parenthesis", "Sentence before"),
    _selecting("next_paragraph", "right_curly_bracket", "Next paragraph"),
    _selecting("previous_paragraph", "left_curly_bracket", "Paragraph before"),
    _selecting("line_start", "0,home", "Beginning of the line"),
    _selecting("line_end", "dollar_sign,end", "End of the line"),
    _selecting("top", "g", "To the beginning"),
    _selecting("bottom", "G", "To the end"),
    _selecting("swap_ends", "o", "Go on at the other end"),
    _selecting("select", "v", "Begin here, by character"),
    _selecting("select_paragraphs", "V", "By paragraph"),
    _selecting(
        "highlight",
        "H,enter",
        "Highlight it; 3H in the third colour",
        "reader annotate ARTICLE --at START:END",
        "highlight",
    ),
    _selecting(
        "note",
        "a",
        "Highlight it and write a note",
        "reader annotate ARTICLE --quote WORDS --note WORDS",
        "note",
    ),
    _selecting(
        "tag", "t", "Highlight it and tag it", "reader annotate ARTICLE --quote WORDS --tag TAG", "tag"
    ),
    _selecting("copy", "y,ctrl+c", "Copy it", footer="copy"),
    _selecting("leave_selection", "escape,q", "Select nothing"),
    # All highlights and notes
    _notes("open", "enter,l,right", "Go to the passage", "reader show ARTICLE", "read"),
    _notes("down", "j,down", "Next note"),
    _notes("up", "k,up", "Previous note"),
    _notes("page_down", "space,ctrl+f,pagedown", "One page down"),
    _notes("page_up", "b,ctrl+b,pageup", "One page up"),
    _notes("half_page_down", "ctrl+d", "Half a page down"),
    _notes("half_page_up", "ctrl+u", "Half a page up"),
    _notes("top", "g,home", "First note"),
    _notes("bottom", "G,end", "Last note"),
    _notes("filter", "slash", "Filter as you type", "reader notes WORDS", "filter"),
    _notes("sort", "o", "In the order of the articles, or newest first", "reader notes --sort date", "sort"),
    _notes("pick", "v", "Pick this note, or not"),
    _notes("pick_all", "V", "Pick all that are shown, or none"),
    _notes("edit_note", "e,a", "Edit the note", "reader note edit ID", "edit"),
    _notes("tag", "t", "Tag it, or all that are picked", "reader note edit ID --tag TAG", "tag"),
    _notes("color_1", "1", "Yellow", "reader note edit ID --color yellow"),
    _notes("color_2", "2", "Green", "reader note edit ID --color green"),
    _notes("color_3", "3", "Blue", "reader note edit ID --color blue"),
    _notes("color_4", "4", "Pink", "reader note edit ID --color pink"),
    _notes("color_5", "5", "Orange", "reader note edit ID --color orange"),
    _notes("delete", "d d", "Delete it, or all that are picked", "reader note delete ID"),
    _notes("copy", "y,ctrl+c", "Copy quote and note", "reader note show ID"),
    _notes("export", "W", "Write these notes to a file of another program", "reader export markdown"),
    _notes("back", "q,escape,ctrl+o", "Clear the filter, or go back"),
    # The tags
    _tags(
        "open", "enter,l,right", "Narrow by this tag, or show its notes", "reader notes --tag TAG", "narrow"
    ),
    _tags("down", "j,down", "Next tag"),
    _tags("up", "k,up", "Previous tag"),
    _tags("page_down", "space,ctrl+f,pagedown", "One page down"),
    _tags("page_up", "b,ctrl+b,pageup", "One page up"),
    _tags("half_page_down", "ctrl+d", "Half a page down"),
    _tags("half_page_up", "ctrl+u", "Half a page up"),
    _tags("top", "g,home", "First tag"),
    _tags("bottom", "G,end", "Last tag"),
    _tags("filter", "slash", "Filter as you type", "reader tags WORDS", "filter"),
    _tags("sort", "o", "By name, or the commonest first", "reader tags --sort name", "sort"),
    _tags("fold", "tab", "Fold or unfold nested tags"),
    _tags("notes", "n", "Show the notes of the chosen tags", "reader notes --tag TAG", "notes"),
    _tags(
        "rename", "r", "Rename the tag; to a name in use, merge them", "reader tags rename OLD NEW", "rename"
    ),
    _tags("delete", "d d", "Take the tag away everywhere", "reader tags delete TAG"),
    _tags("back", "q,escape,ctrl+o", "Widen again, or go back"),
    # The search; while one types, letters go to the line
    _search("open", "enter,l,right", "Go to the passage, or take an offer", "reader show ARTICLE", "read"),
    _search("down", "j,down,ctrl+n", "Next result"),
    _search("up", "k,up", "Previous result"),
    _search("page_down", "space,ctrl+f,pagedown", "One page down"),
    _search("page_up", "b,ctrl+b,pageup", "One page up"),
    _search("half_page_down", "ctrl+d", "Half a page down"),
    _search("half_page_up", "ctrl+u", "Half a page up"),
    _search("top", "g,home", "First result"),
    _search("bottom", "G,end", "Last result"),
    _search("edit", "slash,i", "Change the query", "reader search QUERY", "edit"),
    _search(
        "narrow",
        "1,2,3,4,5,6,7,8,9",
        "Narrow by the value of a digit, or widen",
        "reader search QUERY --facets tag",
    ),
    _search("widen", "backspace", "Widen what was narrowed last"),
    _search("sort", "o", "The best first, the newest first, or by title", "reader search QUERY sort:date"),
    _search("save", "S", "Keep the search under a name", "reader shelf add NAME QUERY", "save"),
    _search("rename", "r", "Rename the shelf under the cursor", "reader shelf rename NAME NEW", "rename"),
    _search("delete", "d d", "Delete the shelf under the cursor", "reader shelf delete NAME", "delete"),
    _search("back", "q,escape,ctrl+o", "Go back"),
    # Two texts beside each other
    _comparing("open", "enter,l,right", "Go to the sentence in its article", "reader show ARTICLE", "read"),
    _comparing("next_difference", "n,right_square_bracket", "Next difference", "reader diff ARTICLE", "next"),
    _comparing("previous_difference", "N,left_square_bracket", "Difference before"),
    _comparing("down", "j,down", "One line down"),
    _comparing("up", "k,up", "One line up"),
    _comparing("page_down", "space,ctrl+f,pagedown", "One page down"),
    _comparing("page_up", "b,ctrl+b,pageup", "One page up"),
    _comparing("half_page_down", "ctrl+d", "Half a page down"),
    _comparing("half_page_up", "ctrl+u", "Half a page up"),
    _comparing("top", "g,home", "First difference"),
    _comparing("bottom", "G,end", "Last difference"),
    _comparing("back", "q,escape,ctrl+o", "Go back"),
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


def action_named(name: str, *places: Place) -> Action | None:
    """Return the action of a name, from the first of some places that has it."""
    rows = (action for place in places for action in ACTIONS if (action.place, action.name) == (place, name))
    return next(rows, None)


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
    for place in Place:
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
