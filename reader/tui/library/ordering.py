"""In which order the library stands, and how it is laid out; remembered for the next time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.content import Content

from reader.actions import Place
from reader.model import Progress, Summary
from reader.shelf import SortKey, arranged
from reader.tui.keyed import Part
from reader.tui.library.words import SORTS, order
from reader.tui.room import Room


class Ordering(Part):
    """Sorts the list, and chooses how it is laid out.

    Args:
        room: The library.
        arrange: Lays the list out anew.
    """

    PLACE: ClassVar[Place] = Place.LIBRARY

    def __init__(self, room: Room, arrange: Callable[[], None]) -> None:
        self._room = room
        self._arrange = arrange
        self.preferences = room.workspace.memory.preferences()
        """What is remembered of the screen."""

    def refresh(self) -> None:
        """Read what is remembered: an article that was opened meanwhile is the last one."""
        self.preferences = self._room.workspace.memory.preferences()

    def prefer(self, **changes: str | bool) -> None:
        """Change what is remembered of the screen, by the names of its fields."""
        memory = self._room.workspace.memory
        self.preferences = replace(memory.preferences(), **changes)  # type: ignore[arg-type]  # names of its fields
        memory.prefer(self.preferences)

    @property
    def key(self) -> SortKey:
        """What the list is sorted by."""
        try:
            return SortKey(self.preferences.sort)
        except ValueError:  # what an older or newer program remembered
            return SortKey.PATH

    def arranged(self, summaries: Sequence[Summary], progress: Mapping[str, Progress]) -> tuple[Summary, ...]:
        """Return articles in this order."""
        return arranged(summaries, self.key, progress, reverse=self.preferences.reverse)

    def words(self) -> Content:
        """Say what the order is, if it is not the usual one."""
        return order(self.key, reverse=self.preferences.reverse)

    def action_sort(self) -> None:
        """Sort by the next key."""
        keys = tuple(SortKey)
        following = keys[(keys.index(self.key) + 1) % len(keys)]
        self.prefer(sort=str(following))
        self._arrange()
        self._room.toast(f"sorted by {SORTS[following]}")

    def action_reverse(self) -> None:
        """Reverse the order."""
        self.prefer(reverse=not self.preferences.reverse)
        self._arrange()

    def action_group(self) -> None:
        """Group by source file, or one flat list."""
        self.prefer(grouped=not self.preferences.grouped)
        self._arrange()

    def action_fold_copies(self) -> None:
        """Fold near copies away under the first of them, or show them."""
        self.prefer(folded=not self.preferences.folded)
        self._arrange()
        self._room.toast("near copies are folded" if self.preferences.folded else "near copies are shown")
