"""The reading room: how an article is read, and what its reader does with it as a whole.

Each action of the table is a method here or in one of the parts: the long ways are those of
`jumping`, the pencil is that of `annotating` and `placing`, the keys while words are
selected are those of `selection_keys`. It says what the view, the finder or the workspace
shall do; how they do it is their own matter.
"""

import gc
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.events import Key

from reader import actions
from reader.model import Category
from reader.passages import Choice as BlockChoice
from reader.tui.chrome import PromptLine
from reader.tui.doors import Goal
from reader.tui.marking import mark_done, toggle_star
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.words import also_in, anchored, said
from reader.workspace import Reading, Workspace

if TYPE_CHECKING:
    from reader.tui.reading.parts import ReadingParts
    from reader.tui.reading.teach_prompt import Lesson

READY_AFTER = 0.2  # seconds; what only keys need would hold up the first paint by 15 ms
MANY = 100  # annotations from which on their file is read ahead: 2,000 take 0.1 s, once
SEARCHED = 12  # words of a selection that a search may begin with
WIDTH_STEP = 4  # cells
MIN_WIDTH, MAX_WIDTH = 20, 200  # cells of the measure, as the settings allow


class ReadingScreen(ArticleRoom):
    """One article, and the ways through it.

    Args:
        workspace: What is open.
        article_id: What to read.
        siblings: Ids of the articles before and after it, itself included.
        passage: Where to begin, if the reader came from a list of passages and goes back there.
    """

    PLACE: ClassVar[actions.Place] = actions.Place.READING

    def __init__(
        self,
        workspace: Workspace,
        article_id: str,
        siblings: tuple[str, ...] = (),
        passage: Goal | None = None,
    ) -> None:
        super().__init__(workspace, article_id, passage)
        self._siblings = siblings

    def on_mount(self) -> None:
        """Be ready for keys soon after the first paint."""
        self.set_timer(READY_AFTER, self._be_ready)

    def _be_ready(self) -> None:
        if self.parts and len(self.placed) >= MANY:
            self._prepare_notes()

    @work(thread=True, exclusive=True, group="prepare")
    def _prepare_notes(self) -> None:
        self.workspace.notebook.prepare(self.article_id)
        gc.freeze()  # what was read stays: to look for garbage in it took 48 ms of the first highlight

    @cached_property
    def parts(self) -> "ReadingParts":
        """Who does what here; made when the first key comes, if not before."""
        from reader.tui.reading.parts import reading_parts  # noqa: PLC0415 - see READY_AFTER

        return reading_parts(self, self._siblings)

    @property
    def place(self) -> actions.Place:
        """Where the keys are looked up: others work while words are being selected."""
        return actions.Place.SELECTING if self.view.is_selecting else self.PLACE

    def on_key(self, event: Key) -> None:
        """Take the digits of a count; let Esc take marks away first, and leave only when there are none."""
        if self.is_waiting or not (self._is_count(event.key) or self._clears(event.key)):
            return
        event.stop()
        event.prevent_default()

    def _is_count(self, key: str) -> bool:
        return self.view.is_selecting and self.parts.selecting.take_digit(key)

    def _clears(self, key: str) -> bool:
        is_marked = bool(self.finder.phrase or self.view.has_caret or self.purpose)
        if key != "escape" or self.view.is_selecting or not is_marked:
            return False
        self.leave_task()
        self.clear_marks()
        return True

    async def take(self, action: actions.Action) -> None:
        """Do an action; a count that stood before it is used up."""
        await super().take(action)
        self.parts.selecting.forget_count()

    def state(self, reading: Reading) -> str:
        """Say what is being selected, or what is in focus, or how far the reader is."""
        selected = self.parts.selecting.state() if self._is_selected else ""
        task = self.purpose.words if self.purpose else ""
        annotated = "" if self.finder.phrase or self.is_source else self._annotated()
        return selected or task or annotated or super().state(reading)

    @property
    def hinted(self) -> tuple[str, ...]:
        """Names of the actions that the footer shows; while words are selected, what they are for."""
        if self._is_selected:
            return ("copy", "note", "tag", "highlight", "show_help")
        return ("tag", "edit_note", "show_help", "read_note") if self._is_cut else super().hinted

    @property
    def _is_cut(self) -> bool:
        """Whether the footer says the beginning of a note, of which no more stands on the screen."""
        placed = self.view.focused_annotation
        return placed is not None and bool(placed.annotation.body) and not self.view.has_column

    @property
    def _is_selected(self) -> bool:
        """Whether words are being selected by key, or were by mouse."""
        return self.view.is_selecting or self.view.passage is not None

    def _annotated(self) -> str:
        """Say what the annotation in focus says, unless that stands beside the text, and whether it moved."""
        placed = self.view.focused_annotation
        if placed is None:
            return ""
        words = "" if self.view.has_column else said(placed)
        return " · ".join(filter(None, (anchored(placed), words)))

    # The line to type into

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Find as the reader types."""
        self.parts.finding.typed(event.words)

    async def on_prompt_line_submitted(self, event: PromptLine.Submitted) -> None:
        """Keep what was found."""
        await self.parts.finding.keep(event.words)

    async def on_prompt_line_left(self) -> None:
        """Find nothing."""
        await self.parts.finding.leave()

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Walk through the hits while typing."""
        self.parts.finding.walk(event.step)

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
        self.bookmark.jumped = False
        self.view.scroll_lines(lines)

    def _scroll_pages(self, pages: float) -> None:
        self.bookmark.jumped = False
        self.view.scroll_pages(pages)

    def action_next_paragraph(self) -> None:
        """Next paragraph."""
        self._step_paragraph(1)

    def action_previous_paragraph(self) -> None:
        """Previous paragraph."""
        self._step_paragraph(-1)

    def _step_paragraph(self, step: int) -> None:
        if self.view.passage is None:
            self.view.hide_caret()
        self.view.move_focus(step)

    def action_copy(self) -> None:
        """Copy what is selected; say how to leave to whoever presses ctrl+c for that."""
        if words := self.view.selected_text:
            self.app.copy_to_clipboard(words)
            self.toast("copied")
        else:
            select, leave = self.key_of("select"), self.key_of("quit")
            self.toast(f"nothing is selected · {select} selects · {leave} leaves the program")

    @property
    def search_begins_with(self) -> str:
        """Search for what is selected, as a phrase; a long passage begins no search."""
        words = self.view.selected_text.replace('"', " ").split()
        return f'"{" ".join(words)}"' if 0 < len(words) <= SEARCHED else ""

    def action_related(self) -> None:
        """List the articles that are most like this one."""
        from reader.tui.relating import show_related  # noqa: PLC0415 - seldom needed

        show_related(self, self.article_id, self._read_related)

    def action_compare(self) -> None:
        """Compare with a near copy or an older one."""
        from reader.tui.comparing.asking import compare  # noqa: PLC0415 - as above

        compare(self, self.article_id)

    def _read_related(self, article_id: str) -> None:
        here = self.here
        if self.open_article(article_id):
            self.jumps.push(here)

    async def action_links(self) -> None:
        """List the links of the article."""
        from reader.tui.reading.linking import show_links  # noqa: PLC0415 - seldom needed

        await show_links(self)

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
        return self.workspace.memory.preferences().width

    def _set_width(self, width: int) -> None:
        width = min(max(width, MIN_WIDTH), MAX_WIDTH)
        self.workspace.memory.prefer(replace(self.workspace.memory.preferences(), width=width))
        self.view.set_measure(width)
        self.toast(f"{width} cells a line")

    # What the reader does with it

    def _judged(self) -> Reading | None:
        """Return the open article, if its page is shown and judged."""
        reading = self.on_page()
        if reading is not None and not reading.judged:
            self.toast("still cleaning")
            return None
        return reading

    def action_choose_block(self) -> None:
        """Bring this block back, or hide it."""
        if reading := self._judged():
            self._choose(reading, self.view.focused_block)

    def _choose(self, reading: Reading, block: int) -> None:
        reason = reading.ledger.verdicts[block]
        by_hand = reason is not None and reason.category is Category.CHOICE
        choice = BlockChoice.HIDE if reason is None else None if by_hand else BlockChoice.KEEP
        with self.attempt():
            self.update_reading(self.workspace.desk.choose(reading, block, choice))
            self.say_done("hidden" if reason is None else "brought back")

    async def action_teach(self) -> None:
        """Make a rule of this block, or of the words that are selected."""
        from reader.tui.reading.teaching import prompt_for  # noqa: PLC0415 - seldom needed

        if reading := self._judged():
            block = self.view.focused_block
            prompt = prompt_for(self, reading, block)
            await self.app.push_screen(prompt, lambda lesson: self._teach(reading, block, lesson))

    def _teach(self, reading: Reading, block: int, lesson: "Lesson | None") -> None:
        if lesson is None:
            return
        if lesson.rule is None:
            self._choose(reading, block)
            return
        with self.attempt():
            self.workspace.teaching.add(lesson.rule)
            self.update_reading(self.workspace.desk.refresh(reading))
            done = lesson.preview.done if lesson.preview else "is made"
            self.say_done(f"the rule {lesson.rule.id} {done}")

    def action_why(self) -> None:
        """Say why this block is hidden or kept."""
        if reading := self._judged():
            block = self.view.focused_block
            others = self.workspace.desk.others_with(reading, block)
            self.toast(also_in(self.workspace.desk.explain(reading, block), others))

    def action_star(self) -> None:
        """Star the article, or take the star away."""
        if self.reading is None:
            return
        with self.attempt():
            self.reading = replace(self.reading, starred=toggle_star(self, self.article_id))
            self.show_lines()

    async def action_about(self) -> None:
        """Correct title, author, source or date."""
        from reader.tui.prompts.article_form import ArticleForm  # noqa: PLC0415 - not needed for reading

        await self.app.push_screen(ArticleForm(self.workspace, self.article_id, self.words_changed))

    def action_toggle_done(self) -> None:
        """Mark as read, or as unread."""
        done = not self.bookmark.is_done
        with self.attempt():
            mark_done(self, self.article_id, done=done)
            self.bookmark.mark(done=done)

    def action_back(self) -> None:
        """Back to the library."""
        if self.is_source:
            self.show_page()
        else:
            self.leave()
