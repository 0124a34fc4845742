"""An article that was opened from the command line: no library lies below it that would follow the files."""

from typing import ClassVar

from textual import work

from reader import actions
from reader.model import Change
from reader.tui.doors import Goal
from reader.tui.giving_way import waiting_turn
from reader.tui.reading.screen import ReadingScreen
from reader.tui.room import Room
from reader.tui.syncing import SyncEnded, Watching, sync
from reader.workspace import Workspace


class LoneReadingScreen(ReadingScreen):
    """An article that follows its file as long as no other room is open. Arguments as for `ReadingScreen`."""

    PLACE: ClassVar[actions.Place] = actions.Place.READING

    def __init__(
        self,
        workspace: Workspace,
        article_id: str,
        siblings: tuple[str, ...] = (),
        passage: Goal | None = None,
    ) -> None:
        super().__init__(workspace, article_id, siblings, passage)
        self._has_news = False
        self._watching = Watching(self, lambda: self._is_alone and not self._has_news)

    @property
    def _is_alone(self) -> bool:
        return not any(isinstance(screen, Room) and screen is not self for screen in self.app.screen_stack)

    def on_mount(self) -> None:
        """Look now and then whether the file was changed."""
        self._watching.begin()

    def on_news_found(self) -> None:
        """Read what changed, and remember the place before."""
        self._has_news = True
        self.remember()
        self._sync()

    @work(thread=True, exclusive=True, group="sync")
    def _sync(self) -> None:
        sync(self.workspace, waiting_turn(self.app), self.post_message, asked=False, at_rest=True)

    def on_sync_ended(self, message: SyncEnded) -> None:
        """Go on in what the article became."""
        self._has_news = False
        if message.change != Change():
            self.files_changed()
        if message.error:
            self.toast(message.error, "error")
