"""Something that takes long, done step by step before the reader's eyes, who may stop it."""

import asyncio
from collections.abc import Generator
from contextlib import closing

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from reader.errors import ReaderError
from reader.tui.chrome import ClosedOnce, FooterLine, show_toast


class Working(ClosedOnce[int | None], ModalScreen[int | None]):
    """Does all steps. Closes with how much was done, or with None if one of them could not be, which is said.

    Nothing else is done meanwhile: all keys but Esc, which stops it, go nowhere.

    Args:
        steps: Does a step whenever it is asked, and yields how much is done.
        total: How much there is to do.
        words: What is done, in words.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    Working { background: transparent; align: left bottom; & FooterLine { background: $shade; } }
    """

    def __init__(self, steps: Generator[int, None, None], total: int, words: str) -> None:
        super().__init__()
        self._steps = steps
        self._total = total
        self._words = words
        self._footer = FooterLine()
        self._is_stopped = False

    def compose(self) -> ComposeResult:
        """Lay out the line that says how far it is."""
        yield self._footer

    def on_mount(self) -> None:
        """Begin."""
        self._tell(0)
        self._work()

    def on_key(self, event: Key) -> None:
        """Stop at Esc."""
        event.stop()
        event.prevent_default()
        self._is_stopped = self._is_stopped or event.key == "escape"

    def _tell(self, done: int) -> None:
        self._footer.show(Content(f"{done:,} of {self._total:,} {self._words}"), Content("Esc stops"))

    @work
    async def _work(self) -> None:
        done = 0
        with closing(self._steps):
            try:
                for done in self._steps:
                    self._tell(done)
                    await asyncio.sleep(0)  # the screen's turn, and the reader's
                    if self._is_stopped:
                        break
            except ReaderError as error:
                show_toast(self.app.screen_stack[-2], error.in_short, "error")
                self.dismiss(None)
                return
        self.dismiss(done)
