"""Finding in the open article: a line to type into, hits as one types, and the way from hit to hit."""

from textual.content import Content
from textual.timer import Timer

from reader.tui.article_room import ArticleRoom, Goal
from reader.tui.chrome import PromptLine
from reader.tui.jumps import Jump
from reader.tui.page_view import BEGINNING
from reader.workspace import Workspace

FIND_AT_ONCE = 500_000  # code points; in a longer text a find waits for a rest in typing
FIND_REST = 0.15  # seconds


class FindingRoom(ArticleRoom):
    """A room where words of the open article can be found.

    Args:
        workspace: What is open.
        article_id: What to read.
        passage: Where to begin.
    """

    def __init__(self, workspace: Workspace, article_id: str, passage: Goal | None = None) -> None:
        super().__init__(workspace, article_id, passage)
        self._find_from = BEGINNING
        self._find_timer: Timer | None = None

    async def action_find(self) -> None:
        """Find in the article."""
        self._find_from = self.view.place
        await self.open_prompt(PromptLine("/ ", hint="find in this article"))

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Find as the reader types; in a book, when the typing rests."""
        if self._find_timer is not None:
            self._find_timer.stop()
        if self.view.page is not None and len(self.view.page.text) > FIND_AT_ONCE:
            self._find_timer = self.set_timer(FIND_REST, lambda: self._find(event.words))
        else:
            self._find(event.words)

    async def on_prompt_line_submitted(self, event: PromptLine.Submitted) -> None:
        """Keep what was found; a find that was waiting is done now."""
        if self._find_timer is not None:
            self._find_timer.stop()
        if event.words != self.finder.phrase:
            self._find(event.words)
        await self.close_prompt()
        if self.finder.here >= 0:
            self.jumps.push(Jump(self.article_id, self._find_from))

    async def on_prompt_line_left(self) -> None:
        """Find nothing, and go back to where it began."""
        await self.close_prompt()
        self.clear_marks()
        self.view.go_to_place(self._find_from)

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Walk through the hits while typing."""
        self._step_hit(1 if event.step in {"down", "page_down"} else -1)

    def action_next_hit(self) -> None:
        """Next hit."""
        self._step_hit(1)

    def action_previous_hit(self) -> None:
        """Previous hit."""
        self._step_hit(-1)

    def _find(self, phrase: str) -> None:
        if self.shown is None:
            return
        self.finder.find(*self.shown, phrase, reveal=self.reveal or self.is_source)
        self._show_hit(self.finder.reach(self._find_from.offset))
        if not self.finder.hits.starts:
            self.view.go_to_place(self._find_from)

    def _step_hit(self, step: int) -> None:
        if self.finder.phrase:
            self._show_hit(self.finder.step(step))

    def _show_hit(self, span: tuple[int, int] | None) -> None:
        self.view.show_hits(self.finder.hits, self.finder.here)
        if span is not None:
            self.view.go_to(span[0])
        self.show_lines()
        for prompt in self.query(PromptLine):
            prompt.show_count(Content(self.finder.count() if self.finder.phrase else ""))

    def clear_marks(self) -> None:
        """Mark nothing: no hit, no selection, no caret."""
        self.finder.clear()
        self.view.show_hits(self.finder.hits, -1)
        self.view.hide_caret()
        self.show_lines()
