"""What a reader makes of a whole article: a star, read or unread, tags, a note, corrections."""

from collections.abc import Callable
from typing import ClassVar

from reader.actions import Place
from reader.filtering import status_of
from reader.model import Status, Summary
from reader.tui.keyed import Part
from reader.tui.relating import show_related
from reader.tui.room import Room


def toggle_star(room: Room, article_id: str) -> bool:
    """Star an article, or take the star away, and say so. Returns whether it has one now."""
    notebook = room.workspace.notebook
    starred = not notebook.about(article_id).starred
    notebook.star(article_id, starred=starred)
    room.say_done("starred" if starred else "star taken away")
    return starred


def mark_done(room: Room, article_id: str, *, done: bool) -> None:
    """Mark an article as read to its end, or as unread, and say so."""
    room.workspace.mark_done(article_id, done=done)
    room.say_done(f"marked as {'read' if done else 'unread'}")


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
            with self._room.attempt():
                toggle_star(self._room, summary.id)
                self._room.words_changed()

    def action_toggle_done(self) -> None:
        """Mark as read, or as unread."""
        if summary := self._current():
            is_done = status_of(summary.id, self._workspace.memory.progress()) is Status.DONE
            with self._room.attempt():
                mark_done(self._room, summary.id, done=not is_done)
                self._room.words_changed()

    async def action_tag(self) -> None:
        """Tag the article."""
        from reader.tui.prompts.tag_prompt import TagPrompt  # noqa: PLC0415 - not needed at start

        if summary := self._current():
            tags = self._notebook.about(summary.id).tags
            prompt = TagPrompt(self._notebook.tags(), tags, f"tags of “{summary.title}”")
            await self._room.app.push_screen(prompt, lambda chosen: self._tag(summary.id, chosen, tags))

    def _tag(self, article_id: str, tags: tuple[str, ...] | None, base: tuple[str, ...]) -> None:
        if tags is not None and tags != base:
            with self._room.attempt():
                self._notebook.tag(article_id, tags, base)
                self._done("tagged" if tags else "tags taken away")

    async def action_note(self) -> None:
        """Write a note on the article."""
        from reader.tui.prompts.note_editor import NoteEditor  # noqa: PLC0415 - not needed at start

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
        from reader.tui.prompts.article_form import ArticleForm  # noqa: PLC0415 - not needed at start

        if summary := self._current():
            form = ArticleForm(self._workspace, summary.id, self._room.words_changed)
            await self._room.app.push_screen(form)

    def _done(self, words: str) -> None:
        self._room.words_changed()
        self._room.say_done(words)

    def action_related(self) -> None:
        """List the articles that are most like this one."""
        if (summary := self._current()) is not None:
            show_related(self._room, summary.id)
