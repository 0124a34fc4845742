"""Keeping a search under a name, and renaming and deleting what is kept."""

from collections.abc import Callable
from typing import ClassVar

from reader.actions import Place
from reader.tui.keyed import Part
from reader.tui.prompts.name_prompt import NamePrompt
from reader.tui.room import Room
from reader.tui.search.rows import Offer


class Shelving(Part):
    """Saves, renames and deletes searches.

    Args:
        room: Where that is done.
        query: Tells what is asked now, with no word left unfinished.
        offer: Tells which search is under the cursor.
        changed: Is told when another search is kept.
    """

    PLACE: ClassVar[Place] = Place.SEARCH

    def __init__(
        self,
        room: Room,
        query: Callable[[], str],
        offer: Callable[[], Offer | None],
        changed: Callable[[], None],
    ) -> None:
        self._room = room
        self._searches = room.workspace.searches
        self._query = query
        self._offer = offer
        self._changed = changed

    async def action_save(self) -> None:
        """Keep the search under a name."""
        query = self._query().strip()
        if not query:
            self._room.toast("nothing is asked yet")
            return
        known = next((one.name for one in self._searches.saved() if one.query == query), "")
        prompt = NamePrompt("save as ", known, "a name for this search: a shelf of the library")
        await self._room.app.push_screen(prompt, lambda name: self._save(name, query))

    def _save(self, name: str | None, query: str) -> None:
        if name:
            with self._room.attempt():
                saved = self._searches.save(name, query)
                self._room.say_done(f"saved as “{saved.name}”: {saved.query}")
                self._changed()

    async def action_rename(self) -> None:
        """Rename the search under the cursor."""
        if name := self._named():
            prompt = NamePrompt("rename to ", name, "another name")
            await self._room.app.push_screen(prompt, lambda new: self._rename(name, new))

    def _rename(self, name: str, new: str | None) -> None:
        if new:
            with self._room.attempt():
                self._searches.rename(name, new)
                self._room.say_done(f"renamed to “{new}”")
                self._changed()

    def action_delete(self) -> None:
        """Delete the search under the cursor."""
        if name := self._named():
            with self._room.attempt():
                self._searches.delete(name)
                self._room.say_done(f"deleted “{name}”")
                self._changed()

    def _named(self) -> str:
        """Return the name of the search under the cursor; "" if it has none, which is said."""
        offer = self._offer()
        if offer is None or not offer.name:
            self._room.toast("on a shelf, while nothing is asked, this renames or deletes it")
            return ""
        return offer.name
