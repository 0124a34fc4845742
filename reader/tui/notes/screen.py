"""All highlights and notes of the library: found, walked through, and changed where they stand."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static
from textual.worker import get_current_worker

from reader.actions import Place
from reader.notebook import Folded
from reader.passages import Placed
from reader.tui.chrome import FooterLine, HeaderLine, room_title
from reader.tui.list_room import FilteredRoom
from reader.tui.notes.cards import NoteCards, key_of
from reader.tui.notes.changing import Changing
from reader.tui.notes.words import counts, nothing_found, nothing_here, picks
from reader.tui.words import filtered, found
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.tui.notes.export_list import ExportList
    from reader.tui.prompts.picker import Picked

FOLD_AFTER = 0.15  # seconds; a thread that folds 10,000 notes for 0.25 s would slow the first paint
IN_TEXT, NEWEST_FIRST = "article", "date"  # the orders, as the command line names them
SHORT = 16  # rows; with fewer, no blank lines stand around the cards


class NotesScreen(FilteredRoom):
    """Every annotation of the library, a card each.

    Args:
        workspace: What is open.
        query: What is asked for at first; "" for all. Leaving goes back to it before it goes on.
    """

    PLACE: ClassVar[Place] = Place.NOTES
    FILTER_HINT: ClassVar[str] = "words, tag:x color:x has:note"
    DEFAULT_CSS = """
    NotesScreen {
        NoteCards { margin: 1 0; }
        #notice { height: 1fr; margin: 1 0; padding: 2 4; color: $muted; display: none; }
        &.-empty NoteCards { display: none; }
        &.-empty #notice { display: block; }
        &.-short NoteCards { margin: 0; }
        &.-covered NoteCards { max-height: 50%; }
        &.-covered FooterLine { display: none; }
        &.-short #notice { margin: 0; padding: 0 1; }
    }
    """

    def __init__(self, workspace: Workspace, query: str = "") -> None:
        self._cards = NoteCards()
        super().__init__(workspace, self._cards, query)
        self._changing = Changing(self, self._cards, self._show_lines)
        self.parts = (self._changing,)
        self._header, self._footer = HeaderLine(), FooterLine()
        self._notice = Static(id="notice")
        self._folded = Folded(())
        self._counts: tuple[Content, ...] = ()
        self._shown: tuple[Placed, ...] = ()
        self._query = query
        self._sort = workspace.memory.preferences().notes_sort

    def compose(self) -> ComposeResult:
        """Lay out header, cards and footer."""
        yield self._header
        yield self._cards
        yield self._notice
        yield self._footer

    # What is shown

    def on_screen_resume(self) -> None:
        """Read the notes when they are first seen, and whenever they are seen again."""
        if self.app.screen is self:
            self.remove_class("-covered")
            self.words_changed()

    def words_changed(self) -> None:
        """Read the notes again; cursor, filter and picks stay."""
        self._folded = Folded(self.workspace.notebook.everything(), self._folded)
        self._counts = counts(self.workspace.notebook.amounts(), self._folded.all)
        self._changing.keep(self._folded.all)
        self._arrange()
        self.set_timer(FOLD_AFTER, self._fold)

    @work(thread=True, exclusive=True)
    def _fold(self) -> None:
        """Make the texts ready that a filter looks into, before its first letter is typed."""
        worker = get_current_worker()
        self._folded.prepare(lambda: not worker.is_cancelled)

    @property
    def _newest_first(self) -> bool:
        return self._sort == NEWEST_FIRST

    def _arrange(self) -> None:
        """Filter and sort."""
        shown = self._folded.narrow(self.filter)
        if self._newest_first:
            shown = tuple(sorted(shown, key=_newest, reverse=True))
        self._shown = shown
        self._cards.show(shown, by_article=not self._newest_first)
        self._show_notice()
        self._show_lines()

    def _show_notice(self) -> None:
        """Say why there is nothing to be seen, and what to do."""
        self.set_class(not self._shown, "-empty")
        if self._shown:
            return
        if self._folded.all:
            self._notice.update(nothing_found(self.filter, len(self._folded.all)))
        else:
            highlight, note = (self.key_of(name, Place.READING) for name in ("highlight", "note"))
            self._notice.update(nothing_here(highlight, note, self.key_of("back")))

    def _show_lines(self) -> None:
        title = room_title("Notes", self.size.width)
        self._header.show(title, *self._counts)
        names = ("edit_note", "tag", "filter", "open", "show_help") if self._folded.all else ("show_help",)
        self._footer.show(self._state(), *map(self.hint, names))

    def _state(self) -> Content:
        """Return the left of the footer: what is going on, else what is not as usual."""
        if self.pending:
            return Content(self.pending)
        picked = self._changing.picked
        seen = sum(key_of(one) in picked for one in self._shown) if picked else 0
        parts = (
            picks(len(picked), seen),
            filtered(self.filter, len(self._shown), len(self._folded.all)),
            Content("newest first" if self._newest_first else ""),
        )
        return Content(" · ").join(part for part in parts if part)

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self._show_lines()

    def on_resize(self, event: Resize) -> None:
        """Leave a short screen to the words."""
        self.set_class(event.size.height < SHORT, "-short")
        self._show_lines()

    # The filter

    def filter_changed(self, before: str) -> None:  # noqa: ARG002 - the base class has it
        """Show the notes that the filter lets through."""
        self._arrange()

    def left_over(self) -> Content:
        """Say how many of the notes that are."""
        return found(len(self._shown), len(self._folded.all))

    def action_sort(self) -> None:
        """In the order of the articles, or newest first."""
        self._sort = IN_TEXT if self._newest_first else NEWEST_FIRST
        self.workspace.memory.prefer(replace(self.workspace.memory.preferences(), notes_sort=self._sort))
        self._arrange()
        self.toast("newest first" if self._newest_first else "in the order of the articles")

    # Into a file

    async def action_export(self) -> None:
        """Write these notes to a file of another program."""
        from reader.tui.notes.export_list import ExportList  # noqa: PLC0415 - seldom needed

        if self._shown:
            exports = ExportList(self.workspace, self.filter)
            await self.app.push_screen(exports, lambda picked: self._export(exports, picked))

    def _export(self, exports: "ExportList", picked: "Picked | None") -> None:
        if picked is not None:
            with self.attempt():
                self.toast(exports.write(picked.number))

    # To the passage, and back

    async def on_note_cards_chosen(self) -> None:
        """Go to what was double-clicked."""
        await self.action_open()

    async def action_open(self) -> None:
        """Go to the passage; of a note whose article is gone, show all there is."""
        placed = self._cards.current
        if placed is None:
            return
        if not placed.article_id:
            from reader.tui.prompts.note_page import NotePage  # noqa: PLC0415 - seldom needed

            await self.app.push_screen(NotePage(placed))
            return
        siblings = tuple(dict.fromkeys(one.article_id for one in self._shown if one.article_id))
        await self.doors.read(placed.article_id, siblings, None if placed.is_of_article else placed)

    async def action_show_notes(self) -> None:
        """Show all, also what a filter keeps away: they are here already."""
        self.set_filter("")

    def action_back(self) -> None:
        """Let go what is picked; else clear the filter; else go back."""
        if self._changing.picked:
            self._changing.pick({})
        elif self.filter not in {"", self._query}:
            self.set_filter(self._query)
        else:
            self.dismiss()


def _newest(placed: Placed) -> tuple[str, str]:
    return placed.annotation.created, placed.annotation.id
