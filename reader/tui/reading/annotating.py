"""Reading with a pencil: highlights, and their notes, tags and colours.

Everything is about what is selected; if nothing is, about the highlight in focus; if there
is none, about the paragraph in focus.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from reader.actions import Place
from reader.errors import NoSuchAnnotation
from reader.layout import end_of_words
from reader.model import Span
from reader.passages import AnchorState, Annotation, Color, Placed, Target
from reader.tui.coloring import COLORS, Coloring
from reader.tui.quoting import QUOTED_IN_SIGHT, quoted
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.task import Task
from reader.workspace import Reading

if TYPE_CHECKING:
    from reader.tui.prompts.note_editor import NoteEditor


class Annotating(Coloring):
    """Makes highlights, and changes the one in focus.

    Args:
        room: Where the article is open.
    """

    PLACE: ClassVar[Place] = Place.READING

    def __init__(self, room: ArticleRoom) -> None:
        self._room = room
        self._view = room.view
        self._notebook = room.workspace.notebook

    # What it is about

    def focused(self) -> Placed | None:
        """Return the annotation in focus; say how one is made if there is none."""
        if self._room.on_page() is None:
            return None
        focused = self._view.focused_annotation
        if focused is None:
            self._room.toast(f"no highlight here · {self._room.key_of('highlight')} makes one")
        return focused

    def _meant(self) -> Placed | None:
        """Return what a note or a tag is for; of a paragraph that is no highlight yet, a draft of one."""
        reading = self._room.on_page()
        if reading is None:
            return None
        if self._view.passage is not None:
            return self.highlight()
        return self._view.focused_annotation or self._draft(reading, self._paragraph(reading))

    def _paragraph(self, reading: Reading) -> Span:
        block = reading.article.blocks[self._view.focused_block]
        return block.start, end_of_words(reading.article, block)

    def _draft(self, reading: Reading, span: Span) -> Placed | None:
        """Return a highlight of a passage that is not made yet: it has no id. None if there are no words."""
        target = Target(reading.article.text[slice(*span)], "", "", *span)
        if not target.exact.strip():
            return None
        last = self._room.workspace.memory.preferences().color
        draft = Annotation("", target, Color(last) if last in COLORS else COLORS[0])
        article = reading.article
        return Placed(draft, article.id, article.title, article.path, AnchorState.EXACT, *span)

    # Highlights

    def action_highlight(self) -> None:
        """Highlight the selection, or this paragraph."""
        self.highlight()

    def highlight(self, color: Color | None = None) -> Placed | None:
        """Highlight the selection, or this paragraph; or take it for what it was selected for.

        Args:
            color: Its colour; None is the one that was used last.

        Returns:
            The highlight; None if there was something else to do, or it could not be made.
        """
        reading = self._room.on_page()
        if reading is None:
            return None
        span = self._view.passage or self._paragraph(reading)
        if (task := self._room.purpose) is not None:
            self._do(task, reading, span)
            return None
        made = self._highlight_of(span) or self._draft(reading, span)
        if made is None:
            return None
        if made.annotation.id and color in {None, made.annotation.color}:
            self._view.end_selection()
            self._view.focus_annotation(made)
            self._room.toast(f"highlighted already · {self._what_next}")
            return made
        wanted = color or made.annotation.color
        return self._try_to_save(made, replace(made.annotation, color=wanted), f"highlighted in {wanted}")

    def _highlight_of(self, span: Span) -> Placed | None:
        same = (one for one in self._room.highlights.between(*span) if (one.start, one.end) == span)
        return max(same, key=lambda one: one.annotation.id, default=None)

    # Colours

    def color(self, color: Color) -> None:
        """Highlight what is selected in a colour; if nothing is, colour the highlight in focus."""
        if self._view.passage is not None:
            self.highlight(color)
        elif (placed := self.focused()) and placed.annotation.color is color:
            self._room.toast(f"{color} already")
        elif placed:
            self._try_to_save(placed, replace(placed.annotation, color=color), f"{color} now")

    # Notes

    async def action_note(self) -> None:
        """Write a note on the selection, the highlight in focus, or this paragraph."""
        if placed := self._meant():
            await self._write_note(placed)

    async def action_edit_note(self) -> None:
        """Edit the note of the highlight in focus."""
        placed = self.focused()
        if placed is not None and placed.annotation.body:
            await self._write_note(placed)
        elif placed is not None:
            self._say_no_note()

    async def action_read_note(self) -> None:
        """Read the whole note of the highlight in focus."""
        from reader.tui.prompts.note_page import NoteSheet  # noqa: PLC0415 - where there is a column, it is seldom needed

        placed = self.focused()
        if placed is not None and placed.annotation.body:
            about = f"note on {quoted(placed.annotation.target.exact, QUOTED_IN_SIGHT)}"
            await self._room.app.push_screen(NoteSheet(placed, about))
        elif placed is not None:
            self._say_no_note()

    def _say_no_note(self) -> None:
        self._room.toast(f"no note here · {self._room.key_of('note')} writes one")

    async def _write_note(self, placed: Placed) -> None:
        from reader.tui.prompts.note_editor import NoteEditor  # noqa: PLC0415 - not needed for reading

        annotation = placed.annotation

        def save(body: str) -> None:
            if body.strip() or annotation.id:
                words = "note written" if body.strip() else "note taken away"
                self._save(placed, replace(annotation, body=body), words)

        about = f"note on {quoted(annotation.target.exact, QUOTED_IN_SIGHT)}"
        await self._open_editor(NoteEditor(annotation.body, about, save), placed.start)

    async def _open_editor(self, editor: "NoteEditor", start: int) -> None:
        """Open the editor at the foot of the screen, with the passage it is about in sight above."""
        room, place = self._room, self._view.place

        def come_back() -> None:
            self._view.go_to_place(place)
            self._view.go_to(start)  # the smaller page may have had no line of it

        def close(_: object) -> None:
            room.remove_class("-typing")
            room.styles.padding = 0
            room.call_after_refresh(self._view.call_after_refresh, come_back)

        room.add_class("-typing")
        room.styles.padding = (0, 0, editor.rows_on(room.size.height), 0)
        room.call_after_refresh(self._view.call_after_refresh, self._view.go_to, start)
        await room.app.push_screen(editor, close)

    # Tags

    async def action_tag(self) -> None:
        """Tag the selection, the highlight in focus, or this paragraph."""
        from reader.tui.prompts.tag_prompt import TagPrompt, Tags  # noqa: PLC0415 - not needed for reading

        placed = self._meant()
        if placed is None:
            return
        annotation = placed.annotation

        def take(tags: Tags | None) -> None:
            if tags is not None and tags != annotation.tags:
                words = "tagged" if tags else "tags taken away"
                self._try_to_save(placed, replace(annotation, tags=tags), words)

        about = f"tags of {quoted(annotation.target.exact, QUOTED_IN_SIGHT)}"
        await self._room.app.push_screen(TagPrompt(self._notebook.tags(), annotation.tags, about), take)

    # Fewer

    def action_delete(self) -> None:
        """Delete the highlight in focus with its note."""
        if placed := self.focused():
            with self._room.attempt():
                self._notebook.delete([placed])
                self._changed("deleted")

    def action_merge(self) -> None:
        """Merge the highlight in focus with the next."""
        placed, reading = self.focused(), self._room.reading
        if placed is None or reading is None:
            return
        order = self._room.highlights.all
        following = order[order.index(placed) + 1 :][:1]
        if not following:
            self._room.toast("this is the last highlight")
            return
        with self._room.attempt():
            self._notebook.merge(reading.article, placed, following[0])
            self._changed(f"merged with {quoted(following[0].annotation.target.exact)}")

    def _do(self, task: Task, reading: Reading, span: Span) -> None:
        """Take a passage for what it was selected for; if that cannot be done, it stays selected."""
        with self._room.attempt():
            taken = task.take(reading, span)
            self._room.end_task()
            self._changed(task.done)
            self._focus(taken.id)

    # Saving

    def _save(self, placed: Placed, new: Annotation, words: str) -> Annotation:
        """Save an annotation, bring it into focus, and say what was done. Raises as the notebook does."""
        saved, said = self._saved(placed, new, words)
        if new.color != placed.annotation.color:
            workspace = self._room.workspace
            workspace.memory.prefer(replace(workspace.memory.preferences(), color=str(new.color)))
        self._view.end_selection()
        self._room.show_annotations()
        self._focus(saved.id)
        self._room.toast(f"{said} · {self._undo if placed.annotation.id else self._what_next}")
        return saved

    def _saved(self, placed: Placed, new: Annotation, words: str) -> tuple[Annotation, str]:
        """Save, and return what stands there then, and what was done in words."""
        if placed.annotation.id:
            try:
                twin = self._notebook.change(placed, new, words)
            except NoSuchAnnotation:
                words = "it was deleted elsewhere, and is here again"
            else:
                return (new, words) if twin is None else (twin, "changed elsewhere too, so there are two now")
        reading, span = self._room.reading, (placed.start, placed.end)
        if reading is None:
            raise NoSuchAnnotation("no article is open")
        made = self._notebook.annotate(reading.article, span, color=new.color, tags=new.tags, body=new.body)
        return made, words

    def _try_to_save(self, placed: Placed, new: Annotation, words: str) -> Placed | None:
        """Save; None if that cannot be done, which is said."""
        saved = None
        with self._room.attempt():
            saved = self._save(placed, new, words)
        return self._shown(saved.id) if saved else None

    def _changed(self, words: str) -> None:
        """Show what was changed, and say so."""
        self._room.show_annotations()
        self._room.say_done(words)

    def _focus(self, identity: str) -> None:
        if shown := self._shown(identity):
            self._view.focus_annotation(shown)

    def _shown(self, identity: str) -> Placed | None:
        return next((one for one in self._room.highlights.all if one.annotation.id == identity), None)

    @property
    def _what_next(self) -> str:
        """Say what can be done with a highlight that was just made."""
        keys = {name: self._room.key_of(name) for name in ("color_1", "color_5", "tag", "note", "undo")}
        colors = f"{keys['color_1']}-{keys['color_5']} colour · " if keys["color_1"] else ""
        return f"{colors}{keys['tag']} tag · {keys['note']} note · {keys['undo']} undo"

    @property
    def _undo(self) -> str:
        return f"{self._room.key_of('undo')} undoes"
