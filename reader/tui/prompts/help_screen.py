"""The keys of the place one is in, made from the action table and the keys as they are now."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from reader.actions import Action, Place, actions_in
from reader.folding import fold
from reader.inert import inert
from reader.keys import Remapped, shown_keys
from reader.tui.chrome import ClosedOnce, HeaderLine, PromptLine

TWO_COLUMNS = 110  # cells from which on the table stands in two columns
ALL_KEYS = 60  # cells from which on all keys of an action are shown, not only the first
_GAP = 3  # cells between two columns


class Entry(NamedTuple):
    """One line of the table: an action, or the heading of those that follow."""

    keys: str
    title: str
    is_heading: bool = False


def entries(place: Place, remapped: Remapped, words: str, *, all_keys: bool) -> Iterator[Entry]:
    """List the actions of a place whose keys or title hold the words, under two headings."""
    named = {place: place.capitalize(), Place.ANYWHERE: "Anywhere"}
    for section, heading in named.items():
        actions = [action for action in actions_in(place) if action.place is section]
        found = [entry for action in actions if (entry := _entry(action, remapped, words, all_keys))]
        if found:
            yield Entry("", heading, is_heading=True)
            yield from found


def _entry(action: Action, remapped: Remapped, words: str, all_keys: bool) -> Entry | None:
    keys = shown_keys(action, remapped)
    if words in keys or all(word in fold(action.title) for word in fold(words).split()):
        return Entry(inert(" ".join(keys if all_keys else keys[:1])), action.title)
    return None


def key_table(place: Place, remapped: Remapped, words: str, width: int) -> Content:
    """Set the actions of a place for a width, in one column or two."""
    found = tuple(entries(place, remapped, words, all_keys=width >= ALL_KEYS))
    if not found:
        return Content.styled(f"No action has “{inert(words)}”.", "$muted")
    if width < TWO_COLUMNS:
        return Content("\n").join(_set(found, width))
    left, right = (tuple(_set(half, width)) for half in _halves(found))
    half = (width - _GAP) // 2
    size = max(
        half, min(_widest(left), width - _GAP - _widest(right))
    )  # what one half does not need, the other has
    pairs = zip_longest(left, right, fillvalue=Content())
    return Content("\n").join(
        one.truncate(size, ellipsis=True).pad_right(size + _GAP - min(one.cell_length, size))
        + other.truncate(width - _GAP - size, ellipsis=True)
        for one, other in pairs
    )


def _widest(lines: Iterable[Content]) -> int:
    return max((line.cell_length for line in lines), default=0)


def _halves(found: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Share the entries out; a heading never ends a column."""
    middle = (len(found) + 1) // 2
    middle -= found[middle - 1].is_heading
    return found[:middle], found[middle:]


def _set(found: Iterable[Entry], width: int) -> Iterator[Content]:
    found = tuple(found)
    keys = max((len(entry.keys) for entry in found), default=0)
    for number, entry in enumerate(found):
        if entry.is_heading:
            if number:
                yield Content()
            yield Content.styled(entry.title, "bold $ink").truncate(width, ellipsis=True)
        else:
            key, title = Content.styled(entry.keys.ljust(keys), "$ink"), Content(entry.title)
            line = Content.assemble(key, " " * _GAP, title)
            yield line.truncate(width, ellipsis=True)


class HelpScreen(ClosedOnce[None]):
    """The table of keys, searched by typing.

    Args:
        place: Whose keys.
        remapped: Keys by action id, from the configuration.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    HelpScreen {
        background: $background; color: $muted;
        & > VerticalScroll { height: 1fr; margin: 1 2; scrollbar-gutter: stable; }
        & Static { height: auto; }
    }
    """

    def __init__(self, place: Place, remapped: Remapped) -> None:
        super().__init__()
        self._place = place
        self._remapped = remapped
        self._words = ""
        self._header, self._table = HeaderLine(), Static()
        self._body = VerticalScroll(self._table, can_focus=False)

    def compose(self) -> ComposeResult:
        """Lay out heading, table and the line to search in."""
        yield self._header
        yield self._body
        yield PromptLine("/ ", hint="type to find an action")

    def on_mount(self) -> None:
        """Name the place."""
        title = Content.assemble(("Keys", "bold $ink"), f" › {self._place.capitalize()}")
        self._header.show(title, Content("Esc closes"))

    def on_resize(self, _event: Resize) -> None:
        """Set the table for the width there is."""
        self._show()

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Keep the lines that have the words; the key that opened the help closes it, too."""
        if event.words == "?" and not self._words:
            self.dismiss()
            return
        self._words = event.words
        self._show()
        self._body.scroll_home(animate=False)

    def on_prompt_line_submitted(self) -> None:
        """Close at Enter."""
        self.dismiss()

    def on_prompt_line_left(self) -> None:
        """Close at Esc."""
        self.dismiss()

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Scroll with the arrows and the page keys."""
        page = self._body.size.height
        step = {"up": -1, "down": 1, "page_up": -page, "page_down": page}[event.step]
        self._body.scroll_relative(y=step, animate=False)

    def _show(self) -> None:
        width = self._body.scrollable_content_region.width or self.size.width - 5
        table = key_table(self._place, self._remapped, self._words, width)
        self._table.update(table)
