"""What a reader makes of a whole article: a star, read or unread, tags, a note, corrections."""

from collections.abc import Callable
from typing import ClassVar

from reader.actions import Place
from reader.errors import ReaderError
from reader.model import Status, Summary
from reader.shelf import status_of
from reader.tui.room import Part, Room


class Marking(Part):
    """Marks the article that the cursor stands on.

    Args:
        room: Where the list is.
        current: Returns the article under the cursor.
    """

    PLACE: ClassVar[Place] = Place.LIBRARY

    def __init__(self, room: Room, current: Callable[[], Summary | None]) -> None:
        self._room = room
        self._workspace = room.workspace
        self._notebook = room.workspace.notebook
        self._current = current

    def action_star(self) -> None:
        """Star the article, or take the star away."""
        if summary := self._current():
            starred = not self._notebook.about(summary.id).starred
            words = "starred" if starred else "star taken away"
            self._do(lambda: self._notebook.star(summary.id, starred=starred), words)

    def action_toggle_done(self) -> None:
        """Mark as read, or as unread."""
        if summary := self._current():
            done = status_of(summary.id, self._workspace.progress()) is not Status.DONE
            words = f"marked as {'read' if done else 'unread'}"
            self._do(lambda: self._workspace.mark_done(summary.id, done=done), words)

    async def action_tag(self) -> None:
        """Tag the article."""
        from reader.tui.tag_prompt import TagPrompt  # noqa: PLC0415 - not needed at start

        if summary := self._current():
            tags = self._notebook.about(summary.id).tags
            prompt = TagPrompt(self._notebook.tags(), tags, f"tags of “{summary.title}”")
            await self._room.app.push_screen(prompt, lambda chosen: self._tag(summary.id, chosen, tags))

    def _tag(self, article_id: str, tags: tuple[str, ...] | None, base: tuple[str, ...]) -> None:
        if tags is not None and tags != base:
            words = "tagged" if tags else "tags taken away"
            self._do(lambda: self._notebook.tag(article_id, tags, base), words)

    async def action_note(self) -> None:
        """Write a note on the article."""
        from reader.tui.note_editor import NoteEditor  # noqa: PLC0415 - not needed at start

        if summary := self._current():
            note = self._notebook.about(summary.id).note
            editor = NoteEditor(
                note, f"note on “{summary.title}”", lambda body: self._notebook.note(summary.id, body, note)
            )
            await self._room.app.push_screen(
                editor, lambda saved: self._done("note written") if saved else None
            )

    async def action_about(self) -> None:
        """Correct title, author, source or date."""
        from reader.tui.article_form import ArticleForm  # noqa: PLC0415 - not needed at start

        if summary := self._current():
            form = ArticleForm(self._workspace, summary.id, self._room.words_changed)
            await self._room.app.push_screen(form)

    def _do(self, change: Callable[[], None], words: str) -> None:
        """Make a change, show it and say so; or say why it cannot be made."""
        try:
            change()
        except ReaderError as error:
            self._room.toast(str(error), "error")
        else:
            self._done(words)

    def _done(self, words: str) -> None:
        self._room.words_changed()
        self._room.toast(f"{words} · {self._room.key_of('undo')} undoes")
