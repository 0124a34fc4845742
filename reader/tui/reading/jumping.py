"""The long ways through what is open: to its ends, its sections, its neighbours, to marks, and back again."""

from collections.abc import Callable
from typing import ClassVar

from reader.actions import Place
from reader.tui.keyed import Part
from reader.tui.prompts.picker import Choice, Picked, Picker
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.jumps import Jump
from reader.tui.reading.outline import Section, section_at, sections_of
from reader.tui.reading.page_view import BEGINNING, place_at


class Jumping(Part):
    """Leaves one place for another, so that the reader can come back.

    Args:
        room: Where the article is open.
        siblings: Ids of the articles before and after it, itself included.
    """

    PLACE: ClassVar[Place] = Place.READING

    def __init__(self, room: ArticleRoom, siblings: tuple[str, ...]) -> None:
        self._room = room
        self._view = room.view
        self._jumps = room.jumps
        self._siblings = siblings

    # The ends

    def action_top(self) -> None:
        """To the beginning."""
        self._room.leave_by_jump()
        self._view.go_to_place(BEGINNING)
        self._focus_at(0)

    def action_bottom(self) -> None:
        """To the end."""
        self._room.leave_by_jump()
        self._view.go_to_end()
        self._focus_at(-1)

    def _focus_at(self, block: int) -> None:
        """Put the focus on the first block or the last, also where the page is too short to scroll."""
        if self._room.shown is not None and (blocks := self._room.shown[0].blocks):
            self._view.go_to(blocks[block].start)

    # Back and forward

    def action_jump_back(self) -> None:
        """Back to where the reader jumped from, at last to where the article was opened from."""
        if self._jump(self._jumps.back):
            return
        if len(self._room.app.screen_stack) > 1:
            self._room.leave()
        else:
            self._room.toast("nowhere to go back to")

    def action_jump_forward(self) -> None:
        """Forward again."""
        if not self._jump(self._jumps.forward):
            self._room.toast("nowhere to go forward to")

    def _jump(self, move: Callable[[Jump], Jump | None]) -> bool:
        self._room.show_page()
        there = move(self._room.here)
        if there is None:
            return False
        if there.article_id == self._room.article_id:
            self._view.go_to_place(there.place)
        else:
            self._room.open_article(there.article_id, there.place)
        return True

    # Marks

    def action_set_mark(self) -> None:
        """Mark this place with a letter."""
        self._room.ask_for_letter("mark this place with a letter …", self._set_mark)

    def action_jump_to_mark(self) -> None:
        """Jump to a mark."""
        self._room.ask_for_letter("jump to the mark of a letter …", self._jump_to_mark)

    def _set_mark(self, letter: str) -> None:
        room = self._room
        if not letter.isalnum():
            room.toast("a mark is a letter or a digit")
            return
        room.show_page()
        text = room.reading.article.text if room.reading else ""
        room.workspace.memory.set_mark(room.article_id, letter, self._view.place.kept, text)
        room.toast(f"marked as {letter} · {room.key_of('jump_to_mark')}{letter} comes back")

    def _jump_to_mark(self, letter: str) -> None:
        room = self._room
        if letter in {"'", "`"}:
            self.action_jump_back()
            return
        offset = room.workspace.memory.marks(room.article_id).get(letter)
        if offset is None or room.reading is None:
            room.toast(f"no mark {letter} in this article")
            return
        room.show_page()
        room.leave_by_jump()
        self._view.go_to_place(place_at(room.reading.article, offset))

    # Neighbours

    def action_next_article(self) -> None:
        """Next article."""
        self._go_to_sibling(1, "this is the last article")

    def action_previous_article(self) -> None:
        """Previous article."""
        self._go_to_sibling(-1, "this is the first article")

    def _go_to_sibling(self, step: int, none: str) -> None:
        known = self._room.article_id in self._siblings
        number = self._siblings.index(self._room.article_id) + step if known else -1
        if not 0 <= number < len(self._siblings):
            self._room.toast(none)
            return
        here = self._room.here
        if self._room.open_article(self._siblings[number]):
            self._jumps.push(here)

    # Sections

    def action_next_section(self) -> None:
        """Next section."""
        self._go_to_section(1)

    def action_previous_section(self) -> None:
        """Previous section."""
        self._go_to_section(-1)

    async def action_outline(self) -> None:
        """Show the outline."""
        if sections := self._sections():
            choices = tuple(Choice("  " * min(one.level, 4) + one.words, one.time) for one in sections)
            here = section_at(sections, self._view.focused_offset)
            outline = Picker(choices, here, hint="type to narrow, Enter goes there")
            await self._room.app.push_screen(outline, lambda picked: self._go_to_picked(sections, picked))

    def _sections(self) -> tuple[Section, ...]:
        if self._room.shown is None:
            return ()
        sections = sections_of(*self._room.shown, reveal=self._room.reveal)
        if not sections:
            self._room.toast("there is no heading here")
        return sections

    def _go_to_section(self, step: int) -> None:
        sections, offset = self._sections(), self._view.focused_offset
        here = section_at(sections, offset)
        is_inside = step < 0 <= here and offset > sections[here].end
        number = here if is_inside else here + step
        if 0 <= number < len(sections):
            self._go_to(sections[number])

    def _go_to_picked(self, sections: tuple[Section, ...], picked: Picked | None) -> None:
        if picked is not None:
            self._go_to(sections[picked.number])

    def _go_to(self, section: Section) -> None:
        self._room.leave_by_jump()
        self._view.go_to(section.start, section.end)
