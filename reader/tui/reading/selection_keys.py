"""The keys while words are selected: the selection grows by motions, with counts, until something is done."""

from typing import ClassVar

from reader.actions import Place
from reader.amounts import amount
from reader.layout import Motion, Unit
from reader.reading_time import count_words
from reader.tui.coloring import COLORS
from reader.tui.keyed import Part
from reader.tui.reading.annotating import Annotating
from reader.tui.reading.article_room import ArticleRoom

MAX_DIGITS = 5  # of a count; no article has more lines
COUNTED = 20_000  # code points of a selection whose words are counted at each key


class Selecting(Part):
    """What the keys of `Place.SELECTING` do.

    Args:
        room: Where the article is open.
        annotating: Does what is done with the selection in the end.
    """

    PLACE: ClassVar[Place] = Place.SELECTING

    def __init__(self, room: ArticleRoom, annotating: Annotating) -> None:
        self._room = room
        self._view = room.view
        self._annotating = annotating
        self._digits = ""

    # The count

    def take_digit(self, key: str) -> bool:
        """Take a digit of the count that the next key shall have. False if the key is none."""
        if not (len(key) == 1 and key in "0123456789") or (key == "0" and not self._digits):
            return False
        self._digits = (self._digits + key)[:MAX_DIGITS]
        self._room.show_lines()
        return True

    def forget_count(self) -> None:
        """Begin a new count: the one that was begun belonged to the last key."""
        if self._digits:
            self._digits = ""
            self._room.show_lines()

    @property
    def _count(self) -> int:
        return int(self._digits or "1")

    def state(self) -> str:
        """Say what is selected, what for, and the count that was begun."""
        return " · ".join(filter(None, (self._digits and f"{self._digits} …", self._task, self._amount)))

    @property
    def _task(self) -> str:
        return self._room.purpose.words if self._room.purpose else ""

    @property
    def _amount(self) -> str:
        start, end = self._view.passage or (0, 0)
        if self._room.shown is None or end - start > COUNTED:
            return "more than a page selected"
        return f"{amount(count_words(self._room.shown[0].text[start:end]), 'word')} selected"

    # Motions

    def action_left(self) -> None:
        """Characters left."""
        self._move(Motion.LEFT)

    def action_right(self) -> None:
        """Characters right."""
        self._move(Motion.RIGHT)

    def action_down(self) -> None:
        """Lines down."""
        self._move(Motion.DOWN)

    def action_up(self) -> None:
        """Lines up."""
        self._move(Motion.UP)

    def action_next_word(self) -> None:
        """Next words."""
        self._move(Motion.NEXT_WORD)

    def action_previous_word(self) -> None:
        """Words before."""
        self._move(Motion.PREVIOUS_WORD)

    def action_end_of_word(self) -> None:
        """End of the word."""
        self._move(Motion.WORD_END)

    def action_next_sentence(self) -> None:
        """Next sentences."""
        self._move(Motion.NEXT_SENTENCE)

    def action_previous_sentence(self) -> None:
        """Sentences before."""
        self._move(Motion.PREVIOUS_SENTENCE)

    def action_next_paragraph(self) -> None:
        """Next paragraphs."""
        self._move(Motion.NEXT_PARAGRAPH)

    def action_previous_paragraph(self) -> None:
        """Paragraphs before."""
        self._move(Motion.PREVIOUS_PARAGRAPH)

    def action_line_start(self) -> None:
        """Beginning of the line."""
        self._move(Motion.LINE_START)

    def action_line_end(self) -> None:
        """End of the line."""
        self._move(Motion.LINE_END)

    def action_top(self) -> None:
        """To the beginning."""
        self._view.show_caret(0)

    def action_bottom(self) -> None:
        """To the end."""
        if self._view.page is not None:
            self._view.show_caret(len(self._view.page.text))

    def _move(self, motion: Motion) -> None:
        self._view.move_caret(motion, self._count)

    # The selection

    def action_swap_ends(self) -> None:
        """Go on at the other end."""
        self._view.swap_ends()

    def action_select(self) -> None:
        """Begin here, by character."""
        self._view.end_selection()
        self._view.begin_selection(Unit.CHARACTER)

    def action_select_paragraphs(self) -> None:
        """Grow by paragraphs."""
        self._view.begin_selection(Unit.PARAGRAPH)

    def action_leave_selection(self) -> None:
        """Select nothing, and leave undone what it was to be selected for."""
        self._room.leave_task()

    # What is done with it

    def action_highlight(self) -> None:
        """Highlight it, in the colour of the count."""
        wanted = int(self._digits) if self._digits else 0
        if wanted > len(COLORS):
            self._room.toast(
                f"there are {len(COLORS)} colours, by {self._room.key_of('highlight')} with 1 to 5"
            )
        else:
            self._annotating.highlight(COLORS[wanted - 1] if wanted else None)

    async def action_note(self) -> None:
        """Highlight it and write a note."""
        await self._annotating.action_note()

    async def action_tag(self) -> None:
        """Highlight it and tag it."""
        await self._annotating.action_tag()

    def action_copy(self) -> None:
        """Copy it."""
        self._room.app.copy_to_clipboard(self._view.selected_text)
        self._room.toast("copied")
        self._view.hide_caret()
