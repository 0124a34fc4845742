"""How far the reader of the open article is: what of it is remembered, and when it counts as read."""

from dataclasses import replace
from datetime import UTC, datetime

from reader.model import Article, Progress, Status
from reader.tui.reading.page_view import BEGINNING, PageView, Place
from reader.workspace import Workspace


class Bookmark:
    """Lies in one article at a time, and is put down where the reader stops.

    Args:
        workspace: Remembers the place.
        view: Shows the page.
    """

    def __init__(self, workspace: Workspace, view: PageView) -> None:
        self._workspace = workspace
        self._view = view
        self._article: Article | None = None
        self._status = Status.NEW
        self._remembered: Progress | None = None
        self._fraction = 0.0
        """How far the reader was when the page was last seen; a room that is left has no height."""
        self._begun_at = BEGINNING
        """Where the reader was when the article was opened, or marked: who has not moved has not read."""
        self.jumped = False
        """Whether the last move was a jump: who jumps to the end has not read to it."""

    @property
    def is_done(self) -> bool:
        """Whether the article counts as read."""
        return self._status is Status.DONE

    def lay_into(self, article: Article, status: Status) -> None:
        """Begin with an article."""
        self._article, self._status, self._remembered = article, status, None

    def take(self, status: Status) -> None:
        """Take a status that was set elsewhere: by an undo, or by another program."""
        self._status = status

    def mark(self, *, done: bool) -> None:
        """Mark the article as read, or as never read; who stays there does not unsay it."""
        self._status = Status.DONE if done else Status.NEW
        self._begun_at, self.jumped, self._remembered = self._view.place, True, None

    def look(self) -> None:
        """Take this place for the beginning: the reader came for a look, which moves no place."""
        self._fraction = self._view.fraction
        self._begun_at = self._view.place
        self._remembered = self._progress(self._view.place)

    def see(self, *, is_source: bool) -> None:
        """Take note of what is seen now; who scrolls to the end has read to it."""
        self._fraction = self._view.fraction
        if not self.jumped:
            self.see_end(is_source=is_source)

    def see_end(self, *, is_source: bool) -> None:
        """Count the article as read if its end is seen; the end of its source is not its end."""
        if self._article and not is_source and self._view.is_at_end:
            self._status = Status.DONE

    def put_down(self, place: Place) -> None:
        """Remember where the reader stands, if that has changed.

        Args:
            place: Where on the page that is.
        """
        if self._article is None or self._view.page is None:
            return
        now = self._progress(place)
        if now != self._remembered:
            self._remembered = now
            opened = datetime.now(UTC).isoformat(timespec="seconds")
            now = replace(now, opened=opened)
            self._workspace.memory.remember(self._article.id, now, self._article.text)

    def _progress(self, place: Place) -> Progress:
        has_begun = self._status is Status.NEW and self._view.place != self._begun_at
        status = Status.READING if has_begun else self._status
        return Progress(place.kept, round(self._fraction, 4), status)
