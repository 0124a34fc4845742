"""Where highlights stand: the way from one to the next, selecting, moving ends, putting orphans back."""

from typing import ClassVar

from reader.actions import Place
from reader.layout import Unit
from reader.model import Span
from reader.passages import Annotation, Placed
from reader.tui.keyed import Part
from reader.tui.prompts.picker import Choice, Picked, Picker
from reader.tui.quoting import quoted
from reader.tui.reading.annotating import Annotating
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.task import Task
from reader.workspace import Reading


class Placing(Part):
    """Goes to highlights, and gives them other places.

    Args:
        room: Where the article is open.
        annotating: Is told what the next selected passage is for.
    """

    PLACE: ClassVar[Place] = Place.READING

    def __init__(self, room: ArticleRoom, annotating: Annotating) -> None:
        self._room = room
        self._view = room.view
        self._notebook = room.workspace.notebook
        self._annotating = annotating

    # From one to the next

    def action_next_annotation(self) -> None:
        """Next highlight."""
        self._step(1, "this is the last highlight")

    def action_previous_annotation(self) -> None:
        """Previous highlight."""
        self._step(-1, "this is the first highlight")

    def _step(self, step: int, none: str) -> None:
        """Go to the next highlight that can be brought into focus, also from under a fold."""
        if self._room.on_page() is None:
            return
        order = self._room.highlights.all
        number = self._number_here(step) + step
        while 0 <= number < len(order):
            self._view.end_selection()
            self._room.leave_by_jump()
            self._room.show_passage(order[number].start, order[number].end)
            if self._view.focus_annotation(order[number]):
                return
            number += step
        self._room.toast(none if order else f"no highlight here · {self._room.key_of('highlight')} makes one")

    def _number_here(self, step: int) -> int:
        """Return the number of the highlight in focus; if there is none, of the last one passed."""
        order, focused = self._room.highlights.all, self._view.focused_annotation
        if focused is not None:
            return order.index(focused)
        offset = self._view.caret if self._view.has_caret else self._view.focused_offset
        passed = sum(one.start < offset for one in order)
        return passed - 1 if step > 0 else passed

    # Selecting

    def action_select(self) -> None:
        """Select by character."""
        self._select(Unit.CHARACTER)

    def action_select_paragraphs(self) -> None:
        """Select by paragraph."""
        self._select(Unit.PARAGRAPH)

    def _select(self, unit: Unit) -> None:
        if self._room.on_page():
            self._view.begin_selection(unit)
            self._room.show_lines()

    # Other places

    def action_edit_range(self) -> None:
        """Move the ends of the highlight in focus."""
        if placed := self._annotating.focused():
            self._view.select(placed.start, placed.end)
            self._view.begin_selection(Unit.CHARACTER)
            words = f"{self._room.key_of('highlight')} sets these ends"
            self._room.begin_task(self._move(placed, words, "ends moved", self._room.article_id))

    async def action_orphans(self) -> None:
        """Show the notes that lost their place, to put one back."""
        gone = (one for one in self._notebook.all() if one.is_orphan and not one.article_id)
        orphans = (*(one for one in self._room.placed if one.is_orphan), *gone)
        if not orphans:
            self._room.toast("every highlight and note has its place")
            return
        choices = tuple(Choice(_named(one), _why(one)) for one in orphans)
        hint = "type to narrow, Enter takes it, to be put back"
        await self._room.app.push_screen(
            Picker(choices, hint=hint), lambda picked: self._take(orphans, picked)
        )

    def _take(self, orphans: tuple[Placed, ...], picked: Picked | None) -> None:
        if picked is not None:
            orphan = orphans[picked.number]
            words = f"select where {quoted(orphan.annotation.target.exact)} belongs, Enter puts it there"
            self._room.begin_task(self._move(orphan, words, "put back"))

    def _move(self, placed: Placed, words: str, done: str, article_id: str = "") -> Task:
        def move(reading: Reading, span: Span) -> Annotation:
            return self._notebook.attach(placed, reading.article, span)

        return Task(words, move, done, article_id)


def _named(placed: Placed) -> str:
    note = placed.annotation.body
    return quoted(placed.annotation.target.exact) + (f" — {note.splitlines()[0]}" if note else "")


def _why(placed: Placed) -> str:
    return "not in this text" if placed.article_id else f"gone: {placed.title}"
