"""The reading room: every way through an article, and what a reader does with it.

Each action of the table is a method here. It says what the view, the finder, the jump
stack or the workspace shall do; how they do it is their own matter.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.events import Key

from reader import actions
from reader.errors import ReaderError
from reader.layout import host_of, links_of
from reader.tui.finding_room import FindingRoom
from reader.tui.jumps import Jump
from reader.tui.outline import Section, section_at, sections_of
from reader.tui.page_view import BEGINNING, place_at
from reader.tui.picker import Choice, Picked, Picker
from reader.tui.room import Left
from reader.workspace import Reading, Workspace

WIDTH_STEP = 4  # cells
MIN_WIDTH, MAX_WIDTH = 20, 200  # cells of the measure, as the settings allow


class ReadingScreen(FindingRoom):
    """One article, and the ways through it.

    Args:
        workspace: What is open.
        article_id: What to read.
        siblings: Ids of the articles before and after it, itself included.
    """

    PLACE: ClassVar[actions.Place] = actions.Place.READING

    def __init__(self, workspace: Workspace, article_id: str, siblings: tuple[str, ...] = ()) -> None:
        super().__init__(workspace, article_id)
        self._siblings = siblings

    def on_key(self, event: Key) -> None:
        """Let Esc take marks away first, and leave only when there are none."""
        is_marked = bool(self.finder.phrase or self.view.selected_text)
        if event.key == "escape" and is_marked and not self.is_waiting:
            event.stop()
            event.prevent_default()
            self.clear_marks()

    # Scrolling

    def action_down(self) -> None:
        """One line down."""
        self._scroll_lines(1)

    def action_up(self) -> None:
        """One line up."""
        self._scroll_lines(-1)

    def action_page_down(self) -> None:
        """One page down."""
        self._scroll_pages(1)

    def action_page_up(self) -> None:
        """One page up."""
        self._scroll_pages(-1)

    def action_half_page_down(self) -> None:
        """Half a page down."""
        self._scroll_pages(0.5)

    def action_half_page_up(self) -> None:
        """Half a page up."""
        self._scroll_pages(-0.5)

    def _scroll_lines(self, lines: int) -> None:
        self.jumped = False
        self.view.scroll_lines(lines)

    def _scroll_pages(self, pages: float) -> None:
        self.jumped = False
        self.view.scroll_pages(pages)

    def action_next_paragraph(self) -> None:
        """Next paragraph."""
        self.view.move_focus(1)

    def action_previous_paragraph(self) -> None:
        """Previous paragraph."""
        self.view.move_focus(-1)

    # Jumps

    def action_top(self) -> None:
        """To the beginning."""
        self._leave_by_jump()
        self.view.go_to_place(BEGINNING)

    def action_bottom(self) -> None:
        """To the end."""
        self._leave_by_jump()
        self.view.go_to_end()

    def action_next_section(self) -> None:
        """Next section."""
        self._go_to_section(1)

    def action_previous_section(self) -> None:
        """Previous section."""
        self._go_to_section(-1)

    def action_next_article(self) -> None:
        """Next article."""
        self._go_to_sibling(1, "this is the last article")

    def action_previous_article(self) -> None:
        """Previous article."""
        self._go_to_sibling(-1, "this is the first article")

    def action_set_mark(self) -> None:
        """Mark this place with a letter."""
        self.ask_for_letter("mark this place with a letter …", self._set_mark)

    def action_jump_to_mark(self) -> None:
        """Jump to a mark."""
        self.ask_for_letter("jump to the mark of a letter …", self._jump_to_mark)

    def action_jump_back(self) -> None:
        """Back to where the reader jumped from."""
        self._jump(self.jumps.back, "nowhere to go back to")

    def action_jump_forward(self) -> None:
        """Forward again."""
        self._jump(self.jumps.forward, "nowhere to go forward to")

    def _here(self) -> Jump:
        return Jump(self.article_id, self.view.place)

    def _leave_by_jump(self) -> None:
        self.jumped = True
        if not self.is_source:
            self.jumps.push(self._here())

    def _jump(self, move: Callable[[Jump], Jump | None], nowhere: str) -> None:
        self.show_page()
        there = move(self._here())
        if there is None:
            self.toast(nowhere)
        elif there.article_id == self.article_id:
            self.view.go_to_place(there.place)
        else:
            self.open_article(there.article_id, there.place)

    def _go_to_sibling(self, step: int, none: str) -> None:
        known = self.article_id in self._siblings
        number = self._siblings.index(self.article_id) + step if known else -1
        if not 0 <= number < len(self._siblings):
            self.toast(none)
            return
        here = self._here()
        if self.open_article(self._siblings[number]):
            self.jumps.push(here)

    def _set_mark(self, letter: str) -> None:
        if not letter.isalnum():
            self.toast("a mark is a letter or a digit")
            return
        self.show_page()
        self.workspace.set_mark(self.article_id, letter, self.view.place.kept)
        self.toast(f"marked as {letter} · {self.key_of('jump_to_mark')}{letter} comes back")

    def _jump_to_mark(self, letter: str) -> None:
        if letter in {"'", "`"}:
            self.action_jump_back()
            return
        offset = self.workspace.marks(self.article_id).get(letter)
        if offset is None or self.reading is None:
            self.toast(f"no mark {letter} in this article")
            return
        self.show_page()
        self._leave_by_jump()
        self.view.go_to_place(place_at(self.reading.article, offset))

    # Sections and links

    def _sections(self) -> tuple[Section, ...]:
        if self.shown is None:
            return ()
        sections = sections_of(*self.shown, reveal=self.reveal)
        if not sections:
            self.toast("there is no heading here")
        return sections

    def _go_to_section(self, step: int) -> None:
        sections, offset = self._sections(), self.view.focused_offset
        here = section_at(sections, offset)
        is_inside = step < 0 <= here and offset > sections[here].end
        number = here if is_inside else here + step
        if 0 <= number < len(sections):
            self._leave_by_jump()
            self.view.go_to(sections[number].start, sections[number].end)

    async def action_outline(self) -> None:
        """Show the outline."""
        if sections := self._sections():
            choices = tuple(Choice("  " * min(one.level, 4) + one.words, one.time) for one in sections)
            here = section_at(sections, self.view.focused_offset)
            outline = Picker(choices, here, hint="type to narrow, Enter goes there")
            await self.app.push_screen(outline, lambda picked: self._go_to_picked(sections, picked))

    def _go_to_picked(self, sections: tuple[Section, ...], picked: Picked | None) -> None:
        if picked is not None:
            self._leave_by_jump()
            self.view.go_to(sections[picked.number].start, sections[picked.number].end)

    def action_copy(self) -> None:
        """Copy what is selected; say how to leave to whoever presses ctrl+c for that."""
        if words := self.view.selected_text:
            self.app.copy_to_clipboard(words)
            self.toast("copied")
        else:
            self.toast(f"nothing is selected · {self.key_of('quit')} leaves the program")

    async def action_links(self) -> None:
        """List the links of the article."""
        links = links_of(self.reading.article) if self.reading else ()
        if not links:
            self.toast("there is no link in this article")
            return
        choices = tuple(Choice(link, host_of(link)) for link in links)
        picker = Picker(choices, hint="Enter opens in the browser · y copies · Esc closes", keys=("y",))
        await self.app.push_screen(picker, lambda picked: self._take_link(links, picked))

    def _take_link(self, links: tuple[str, ...], picked: Picked | None) -> None:
        if picked is None:
            return
        link = links[picked.number]
        if picked.key == "y":
            self.app.copy_to_clipboard(link)
            self.toast(f"copied {link}")
        else:
            self.app.open_url(link)
            self.toast(f"opened {host_of(link)}")

    # What is shown

    def action_toggle_hidden(self) -> None:
        """Show or fold the hidden blocks."""
        self.show_page()
        if self.reading is not None and not self.reading.ledger.hidden:
            self.toast("nothing is hidden" if self.reading.judged else "still cleaning")
            return
        self.reveal = not self.reveal
        self.show()
        if self.finder.phrase and self.shown is not None:
            self.finder.find(*self.shown, self.finder.phrase, reveal=self.reveal)
            self.view.show_hits(self.finder.hits, -1)

    def action_toggle_raw(self) -> None:
        """Show the source as it is, or the page again."""
        if self.is_source:
            self.show_page()
        else:
            self.show_source()

    def action_zen(self) -> None:
        """Show the text alone."""
        self.toggle_class("-zen")

    def action_wider(self) -> None:
        """Wider lines."""
        page = self.view.page
        if page is not None and page.width < self._width:
            self.toast(f"there is room for {page.width} cells a line")
        else:
            self._set_width(self._width + WIDTH_STEP)

    def action_narrower(self) -> None:
        """Narrower lines."""
        shown = self.view.page.width if self.view.page else self._width
        self._set_width(min(self._width, shown) - WIDTH_STEP)

    def action_reset_width(self) -> None:
        """Lines of the usual width."""
        self._set_width(self.workspace.config.width)

    @property
    def _width(self) -> int:
        return self.workspace.preferences().width

    def _set_width(self, width: int) -> None:
        width = min(max(width, MIN_WIDTH), MAX_WIDTH)
        self.workspace.prefer(replace(self.workspace.preferences(), width=width))
        self.view.set_measure(width)
        self.toast(f"{width} cells a line")

    # What the reader does with it

    def _on_page(self) -> Reading | None:
        """Return the open article, if its page is shown and judged."""
        if self.is_source:
            self.toast(f"{self.key_of('toggle_raw')} shows the page, where this works")
        elif self.reading is not None and not self.reading.judged:
            self.toast("still cleaning")
        elif self.reading is not None and not self.reading.article.blocks:
            self.toast("this article is empty")
        else:
            return self.reading
        return None

    def action_choose_block(self) -> None:
        """Bring this block back, or hide it."""
        if reading := self._on_page():
            self.choose(reading, self.view.focused_block)

    def action_why(self) -> None:
        """Say why this block is hidden or kept."""
        if reading := self._on_page():
            self.toast(self.workspace.explain(reading, self.view.focused_block))

    def action_star(self) -> None:
        """Star the article, or take the star away."""
        if self.reading is None:
            return
        starred = not self.reading.starred
        try:
            self.workspace.star(self.article_id, starred=starred)
        except ReaderError as error:
            self.toast(str(error), "error")
            return
        self.reading = replace(self.reading, starred=starred)
        self.show_lines()
        self.toast(f"{'starred' if starred else 'star taken away'} · {self.key_of('undo')} undoes")

    def action_toggle_done(self) -> None:
        """Mark as read, or as unread."""
        self.set_done(done=not self.is_done)

    def action_back(self) -> None:
        """Back to the library."""
        if self.is_source:
            self.show_page()
        else:
            self.remember()
            self.post_message(Left(self))
