"""The shelves of the library: searches with a name, each with the articles that answer to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from reader.actions import Place
from reader.errors import ReaderError
from reader.inert import inert
from reader.model import Summary
from reader.searches import Saved
from reader.tui.keyed import Part
from reader.tui.room import Room
from reader.workspace import Workspace

_GAP = "   "
Answers = Mapping[str, frozenset[str]]
"""Ids of the articles that answer to a search, by its query."""


class Filled(Message):
    """It is known what stands on the shelves."""

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers


class ShelfLine(Widget):
    """All shelves on one line, with how many articles stand on each; a click opens one."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ShelfLine {
        height: 1; padding: 0 1; color: $muted; display: none;
    }
    """

    def __init__(self, take: Callable[[Answers], None], open_shelf: Callable[[int], None]) -> None:
        super().__init__()
        self.auto_links = False  # links would lose their own ink, and with it which of them is taken
        self._take = take
        self._open = open_shelf
        self._words = Content()

    def on_filled(self, message: Filled) -> None:
        """Hand on what stands on the shelves."""
        self._take(message.answers)

    def action_open(self, number: int) -> None:
        """Open the shelf that is clicked."""
        self._open(number)

    def show(self, words: Content) -> None:
        """Show shelves; no words, no line."""
        self._words = words
        self.display = bool(words)
        self.refresh()

    def render(self) -> Content:
        """Return the line."""
        return self._words.truncate(self.size.width - 2, ellipsis=True)


class Shelves(Part):
    """Opens one shelf after the other.

    Args:
        room: The library.
        arrange: Shows the articles of the shelf that is open.
    """

    PLACE: ClassVar[Place] = Place.LIBRARY

    def __init__(self, room: Room, arrange: Callable[[], None]) -> None:
        self.line = ShelfLine(self._take, self.open)
        self._room = room
        self._arrange = arrange
        self._saved: tuple[Saved, ...] = ()
        self._total = 0
        self._is_painted = False
        self._answers: Answers = {}
        self._open: Saved | None = None

    @property
    def name(self) -> str:
        """Name of the shelf that is open; "" if all articles are shown."""
        return inert(self._open.name) if self._open else ""

    def keep(self, summaries: Sequence[Summary]) -> Sequence[Summary]:
        """Keep the articles of the shelf that is open."""
        if self._open is None or self._open.query not in self._answers:
            return summaries
        ids = self._answers[self._open.query]
        return tuple(one for one in summaries if one.id in ids)

    def refresh(self, total: int) -> None:
        """Read which shelves there are; from the second time on, find out what stands on them.

        The first time is that of the first paint, which is not to wait for an index.

        Args:
            total: How many articles there are in all.
        """
        self._saved = self._room.workspace.searches.saved()
        name = self._open.name if self._open else ""
        self._open = next((one for one in self._saved if one.name == name), None)
        self._total = total
        self._show()
        is_first, self._is_painted = not self._is_painted, True
        if self._saved and not is_first:
            self._room.run_worker(self._fill, thread=True, exclusive=True, group="shelves")

    def _fill(self) -> None:
        self.line.post_message(Filled(answers_to(self._room.workspace, self._saved)))

    def _take(self, answers: Answers) -> None:
        """Show what stands on the shelves."""
        changed = answers != self._answers
        self._answers = answers
        self._show()
        if changed and self._open:
            self._arrange()

    def _show(self) -> None:
        if not self._saved:
            self.line.show(Content())
            return
        everything = _shelf(0, "All", self._total, is_open=self._open is None)
        shelves = (
            _shelf(number, one.name, self._count(one), is_open=one == self._open)
            for number, one in enumerate(self._saved, 1)
        )
        self.line.show(Content(_GAP).join((everything, *shelves)))

    def _count(self, saved: Saved) -> int | None:
        return len(self._answers[saved.query]) if saved.query in self._answers else None

    # Opening

    def action_next_shelf(self) -> None:
        """Next shelf."""
        self._step(1)

    def action_previous_shelf(self) -> None:
        """Previous shelf."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if not self._saved:
            self._room.toast(f"no shelf yet · {self._room.key_of('search')} searches, and keeps what you ask")
            return
        here = self._saved.index(self._open) + 1 if self._open else 0
        self.open((here + step) % (len(self._saved) + 1))

    def open(self, number: int) -> None:
        """Open the shelf of a number, from 1; 0 shows all articles."""
        self._open = self._saved[number - 1] if 0 < number <= len(self._saved) else None
        self._show()
        self._arrange()


def answers_to(workspace: Workspace, saved: Sequence[Saved]) -> Answers:
    """Find the articles of each search; one that cannot be asked now is left out. May take a second."""
    answers: dict[str, frozenset[str]] = {}
    for one in saved:
        try:
            answers[one.query] = workspace.index.articles(one.query)
        except ReaderError:
            continue
    return answers


def _shelf(number: int, name: str, total: int | None, *, is_open: bool) -> Content:
    ink = "bold $accent" if is_open else "$ink"
    words = Content.assemble((f"≡ {inert(name)}", ink), "" if total is None else f" {total:,}")
    return words.stylize(Style.from_meta({"@click": f"open({number})"}))
