"""Finding in the open article: a line to type into, hits as one types, and the way from hit to hit."""

from typing import ClassVar

from textual.content import Content
from textual.timer import Timer

from reader.actions import Place
from reader.tui.chrome import PromptLine
from reader.tui.keyed import Part
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.jumps import Jump
from reader.tui.reading.page_view import BEGINNING

FIND_AT_ONCE = 500_000  # code points; in a longer text a find waits for a rest in typing
FIND_REST = 0.15  # seconds


class Finding(Part):
    """Finds words of the open article. The room passes on what happens in the line to type into.

    Args:
        room: Where the article is open.
    """

    PLACE: ClassVar[Place] = Place.READING

    def __init__(self, room: ArticleRoom) -> None:
        self._room = room
        self._view = room.view
        self._finder = room.finder
        self._from = BEGINNING
        self._timer: Timer | None = None

    async def action_find(self) -> None:
        """Find in the article."""
        self._from = self._view.place
        await self._room.open_prompt(PromptLine("/ ", hint="find in this article"))

    def typed(self, words: str) -> None:
        """Find as the reader types; in a book, when the typing rests."""
        self._rest()
        if self._view.page is not None and len(self._view.page.text) > FIND_AT_ONCE:
            self._timer = self._room.set_timer(FIND_REST, lambda: self._find(words))
        else:
            self._find(words)

    async def keep(self, words: str) -> None:
        """Keep what was found; a find that was waiting is done now."""
        self._rest()
        if words != self._finder.phrase:
            self._find(words)
        await self._room.close_prompt()
        if self._finder.here >= 0:
            self._room.jumps.push(Jump(self._room.article_id, self._from))

    async def leave(self) -> None:
        """Find nothing, and go back to where it began."""
        self._rest()
        await self._room.close_prompt()
        self._room.clear_marks()
        self._view.go_to_place(self._from)

    def walk(self, step: str) -> None:
        """Walk through the hits while typing."""
        self._step(1 if step in {"down", "page_down"} else -1)

    def action_next_hit(self) -> None:
        """Next hit."""
        self._step(1)

    def action_previous_hit(self) -> None:
        """Previous hit."""
        self._step(-1)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.stop()

    def _find(self, phrase: str) -> None:
        room = self._room
        if room.shown is None:
            return
        self._finder.find(*room.shown, phrase, reveal=room.reveal or room.is_source)
        self._show(self._finder.reach(self._from.offset))
        if not self._finder.hits.starts:
            self._view.go_to_place(self._from)

    def _step(self, step: int) -> None:
        if self._finder.phrase:
            self._show(self._finder.step(step))

    def _show(self, span: tuple[int, int] | None) -> None:
        """Show the hits, and go to the one that is reached."""
        self._view.show_hits(self._finder.hits, self._finder.here)
        if span is not None:
            self._view.go_to(span[0])
        self._room.show_lines()
        for prompt in self._room.query(PromptLine):
            prompt.show_count(Content(self._finder.count() if self._finder.phrase else ""))
