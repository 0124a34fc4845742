"""A list of articles that keeps itself equal to the files, and says what came of it."""

from typing import TYPE_CHECKING

from textual import work

from reader.amounts import amount
from reader.model import Change, Problem
from reader.tui.giving_way import waiting_turn
from reader.tui.list_room import FilteredRoom, Walked
from reader.tui.losses import Losses
from reader.tui.room import Room
from reader.tui.syncing import SyncAdvanced, SyncEnded, Watching, sync
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.tui.library.bringing import Brought


class SyncedRoom(FilteredRoom):
    """A room whose list follows the files.

    A subclass shows what changed (`show_change`), and how far it is (`sync_changed`).

    Args:
        workspace: What is open.
        walked: The list.
    """

    def __init__(self, workspace: Workspace, walked: Walked) -> None:
        super().__init__(workspace, walked)
        self.syncing = ""
        """How far a sync is; "" if there is none."""
        self.brought = ""
        """Where something stands that was added and is not shown yet: the cursor should go there."""
        self._has_told = False
        """Whether the reader was told of what the sync on its way will find."""
        self.watching = Watching(self, lambda: not (self.syncing or self._has_news))
        """What looks whether files came, went or changed."""
        self._has_news = False
        """Whether news that a look found are being read: another look would find them again."""
        self._refused: tuple[Problem, ...] = ()
        """What could not be added last, until the reader looked at it."""

    def show_change(self, change: Change) -> bool:
        """Show what a sync changed; returns whether there was anything before. For subclasses."""
        raise NotImplementedError

    def sync_changed(self) -> None:
        """Show or clear `syncing`. For subclasses."""

    def sync(self, *, asked: bool, at_rest: bool = False) -> None:
        """Compare the library with the files, behind the screen."""
        if not at_rest:
            self.syncing = "looking for new files …"
            self.sync_changed()
        self._sync(asked=asked, at_rest=at_rest)

    @work(thread=True, exclusive=True, group="sync")
    def _sync(self, *, asked: bool, at_rest: bool) -> None:
        is_wanted = waiting_turn(self.app)
        sync(self.workspace, is_wanted, self.post_message, asked=asked, at_rest=at_rest)

    def end_sync(self) -> None:
        """Look for no more files, and add no more; what was read stays."""
        self.workers.cancel_node(self)
        self.syncing = ""
        self.sync_changed()

    def action_rescan(self) -> None:
        """Look for new and changed files."""
        self.sync(asked=True)

    def on_brought(self, message: "Brought") -> None:
        """Show what adding or removing changed; the sync after it has no news that would be worth more."""
        self.toast(message.words, "error" if message.failed else "information")
        self._has_told, self.brought, self._refused = True, message.path, message.refused
        self.sync(asked=False)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong in the user's files, and what could not be added until that was looked at."""
        return (*super().problems(), *self._refused)

    async def action_show_problems(self) -> None:
        """List the problems found in files."""
        await super().action_show_problems()
        self._refused = ()

    def on_mount(self) -> None:
        """Look now and then whether files came, went or changed."""
        self.watching.begin()

    def on_news_found(self) -> None:
        """Read the files that came or changed; an open article remembers its place before."""
        self._has_news = True
        for room in self._rooms_above():
            room.remember()
        self.sync(asked=False, at_rest=True)

    def _rooms_above(self) -> list[Room]:
        return [screen for screen in self.app.screen_stack if isinstance(screen, Room) and screen is not self]

    def on_sync_advanced(self, message: SyncAdvanced) -> None:
        """Say how far the sync is."""
        self.syncing = message.words
        self.sync_changed()

    def on_sync_ended(self, message: SyncEnded) -> None:
        """Show what the sync found."""
        self.syncing, self._has_news = "", False
        change, had_any = message.change, self.show_change(message.change)
        self.brought = self.brought if message.stopped else ""
        for room in self._rooms_above() if change != Change() else ():
            room.files_changed()
        self.tell_losses()
        has_told, self._has_told = self._has_told, self._has_told and message.stopped
        if message.error:
            self.toast(message.error, "error")
        elif change.unplaced:
            lost = Losses(orphans=change.unplaced)
            self.toast(lost.news(Losses(), "", self.key_of("show_notes")), "warning")
        elif has_told:
            return  # of more than how many articles are new
        elif message.stopped:
            self.toast(f"stopped; {self.key_of('rescan')} goes on")
        elif had_any and change.new:
            self.toast(amount(change.new, "new article"))
        elif message.asked:
            self.toast("nothing new" if change == Change() else "the library is up to date")
