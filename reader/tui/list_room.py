"""What the rooms that are lists share: the keys that move their cursor."""

from typing import Protocol

from reader.tui.chrome import PromptLine
from reader.tui.room import Room
from reader.workspace import Workspace


class Walked(Protocol):
    """A list with a cursor."""

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
