"""What the rooms that are lists share: the keys that move their cursor, and the filter."""

from typing import ClassVar, Protocol

from textual.content import Content

from reader.tui.chrome import PromptLine
from reader.tui.room import Room
from reader.workspace import Workspace


class Walked(Protocol):
    """A list with a cursor, or what moves as one."""

    def move(self, rows: int, /) -> None:
        """Move the cursor by rows, down or, if negative, up."""

    def turn(self, pages: float, /) -> None:
        """Move it by pages, or parts of one."""

    def go(self, *, last: bool) -> None:
        """Move it to the first or the last row."""


class ListRoom(Room):
    """A room with a list in it.

    Args:
        workspace: What is open.
        walked: The list whose cursor the keys move.
    """

    def __init__(self, workspace: Workspace, walked: Walked) -> None:
        super().__init__(workspace)
        self._walked = walked

    def action_down(self) -> None:
        """Next row."""
        self._walked.move(1)

    def action_up(self) -> None:
        """Previous row."""
        self._walked.move(-1)

    def action_page_down(self) -> None:
        """One page down."""
        self._walked.turn(1)

    def action_page_up(self) -> None:
        """One page up."""
        self._walked.turn(-1)

    def action_half_page_down(self) -> None:
        """Half a page down."""
        self._walked.turn(0.5)

    def action_half_page_up(self) -> None:
        """Half a page up."""
        self._walked.turn(-0.5)

    def action_top(self) -> None:
        """First row."""
        self._walked.go(last=False)

    def action_bottom(self) -> None:
        """Last row."""
        self._walked.go(last=True)

    async def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Walk through what was found while typing."""
        await self.run_action(event.step)


class FilteredRoom(ListRoom):
    """A list of what has some words, which are typed in place of the footer.

    A subclass shows what they leave (`filter_changed`), and may say how much that is (`left_over`).

    Args:
        workspace: What is open.
        walked: The list.
        words: What it is filtered by at first.
    """

    FILTER_HINT: ClassVar[str]
    """What the line says while it is empty."""

    def __init__(self, workspace: Workspace, walked: Walked, words: str = "") -> None:
        super().__init__(workspace, walked)
        self.filter = words

    def filter_changed(self, before: str) -> None:
        """Show what the filter leaves now, where it was another before. For subclasses."""
        raise NotImplementedError

    def left_over(self) -> Content:
        """Say how much the filter leaves, behind its words. For subclasses."""
        return Content()

    async def action_filter(self) -> None:
        """Open the line to type a filter into."""
        await self.open_prompt(PromptLine("/ ", self.filter, hint=self.FILTER_HINT))

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Filter as the reader types."""
        self.set_filter(event.words)
        for prompt in self.query(PromptLine):
            prompt.show_count(self.left_over())

    async def on_prompt_line_submitted(self) -> None:
        """Keep the filter and go back to the list."""
        await self.close_prompt()

    async def on_prompt_line_left(self) -> None:
        """Clear the filter and go back to the list."""
        await self.close_prompt()
        self.set_filter("")

    def set_filter(self, words: str) -> None:
        """Filter by other words; "" shows all."""
        if words != self.filter:
            before, self.filter = self.filter, words
            self.filter_changed(before)
