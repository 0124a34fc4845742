"""An article that was opened from the command line: no library lies below it that would follow the files."""

from typing import ClassVar

from textual import work

from reader import actions
from reader.model import Change
from reader.tui.giving_way import waiting_turn
from reader.tui.reading.screen import ReadingScreen
from reader.tui.room import Room
from reader.tui.syncing import SyncEnded, Watching, sync


class LoneReadingScreen(ReadingScreen):
    """An article that follows its file as long as no other room is open. Arguments as for `ReadingScreen`."""

    PLACE: ClassVar[actions.Place] = actions.Place.READING

    _has_news = False
    """Whether news that a look found are being read."""

    @property
    def _is_alone(self) -> bool:
        return not any(isinstance(screen, Room) and screen is not self for screen in self.app.screen_stack)

    def on_mount(self) -> None:
        """Look now and then whether the file was changed."""
        Watching(self, lambda: self._is_alone and not self._has_news).begin()

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
