"""The near copies in the library: which stand together, what is said of them, and how they are compared."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content

from reader.actions import Place
from reader.families import Families
from reader.likeness import in_words, percent
from reader.model import Summary
from reader.shelf import sections_of
from reader.tui.comparing.asking import compare
from reader.tui.keyed import Part
from reader.tui.library.rows import Row, article_in, rows_of
from reader.tui.room import Room
from reader.workspace import Preferences


def copies_in_words(families: Families, article_id: str) -> str:
    """Say how many near copies an article has, and how like they are; "" if it has none."""
    pairs = [families.pair(article_id, other) for other in families.others(article_id)]
    shares = sorted({percent(pair.likeness) for pair in pairs if pair})
    if not shares:
        return ""
    if len(pairs) == 1 and pairs[0]:
        return f"1 near copy · {in_words(pairs[0].likeness)}"
    least, most = shares[0], shares[-1]
    return f"{len(pairs)} near copies · {least if least == most else f'{least}–{most}'} % in common"


class Copies(Part):
    """Lays the list out with near copies together, and compares them.

    Args:
        room: The library.
        current: Returns the article under the cursor.
    """

    PLACE: ClassVar[Place] = Place.LIBRARY

    def __init__(self, room: Room, current: Callable[[], Summary | None]) -> None:
        self._room = room
        self._current = current
        self.families = Families()
        """Which articles are near copies."""

    def refresh(self) -> None:
        """Read which articles are near copies."""
        self.families = self._room.workspace.comparing.families()

    def rows(self, shown: Sequence[Summary], preferences: Preferences) -> tuple[Row, ...]:
        """Lay out the articles that are shown."""
        sections = sections_of(shown, self.families, by_file=preferences.grouped)
        return tuple(rows_of(sections, self.families, folded=preferences.folded))

    def standing(self, article_id: str, rows: Sequence[Row]) -> str:
        """Return the id of the article that a list shows for one: itself, or the one it is folded under."""
        family = self.families.members.get(article_id)
        if not family:
            return article_id
        shown = [one.id for row in rows if (one := article_in(row)) and one.id in family]
        return article_id if article_id in shown or not shown else shown[0]

    def words(self) -> Content:
        """Say how many near copies the article under the cursor has, and how like they are."""
        current = self._current()
        return Content(copies_in_words(self.families, current.id) if current else "")

    def action_compare(self) -> None:
        """Show what is different in near copies, or in two versions."""
        if current := self._current():
            compare(self._room, current.id)
