"""The library: what there is to read, in what order, and how far the reader got."""

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Paste, Resize
from textual.widgets import Static
from textual.worker import get_current_worker

from reader.actions import Place
from reader.filtering import Facts, Folded
from reader.model import Change, Problem, Summary
from reader.shelf import SortKey
from reader.tui.chrome import FooterLine, HeaderLine
from reader.tui.keyed import Part
from reader.tui.library.copies import Copies
from reader.tui.library.ordering import Ordering
from reader.tui.library.preview import LIST_WITH_PREVIEW, ROWS_WITH_PREVIEW, Preview
from reader.tui.library.rows import LibraryList
from reader.tui.library.shelves import Shelves
from reader.tui.library.synced_room import SyncedRoom
from reader.tui.library.words import (
    HEADER_WITH_MADE,
    Totals,
    counts,
    faults,
    nothing_found,
    nothing_here,
    totals,
)
from reader.tui.marking import Marking
from reader.tui.words import filtered, found
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.tui.library.bringing import Bringing


class LibraryScreen(SyncedRoom):
    """All articles of the workspace."""

    PLACE: ClassVar[Place] = Place.LIBRARY
    FILTER_HINT: ClassVar[str] = "words, tag:x, has:note, has:highlight, has:copy, is:starred, is:unread"
    DEFAULT_CSS = """
    LibraryScreen {
        #shelf { height: 1fr; margin: 1 0; }
        #notice { height: 1fr; margin: 1 0; padding: 2 4; color: $muted; display: none; }
        LibraryList { width: 3fr; }
        &.-short #shelf { margin: 0; }
        &.-short #notice { margin: 0; padding: 0 1; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        self._list = LibraryList()
        super().__init__(workspace, self._list)
        self._preview = Preview(workspace.desk.open, workspace.notebook.about)
        self._header, self._footer = HeaderLine(), FooterLine()
        self._shelves = Shelves(self, self._arrange)
        self._ordering = Ordering(self, self._arrange)
        self._copies = Copies(self, lambda: self._list.current)
        self._summaries: tuple[Summary, ...] = ()
        self._shown: tuple[Summary, ...] = ()
        self._folded = Folded(())
        self._facts, self._totals = Facts(), Totals()
        self._problems: tuple[Problem, ...] = ()
        self._loaded = False

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What is done with an article, and what brings more of them; made when the first key asks for it."""
        marking = Marking(self, lambda: self._list.current)
        return (marking, self._bringing, self._shelves, self._ordering, self._copies)

    @cached_property
    def _bringing(self) -> "Bringing":
        from reader.tui.library.bringing import Bringing  # noqa: PLC0415 - not needed at start

        return Bringing(self, lambda: self._list.current)

    def compose(self) -> ComposeResult:
        """Lay out header, list, preview and footer."""
        yield self._header
        yield self._shelves.line
        with Horizontal(id="shelf"):
            yield self._list
            yield self._preview
        yield Static(id="notice")
        yield self._footer

    # Reading what there is

    def on_screen_resume(self) -> None:
        """Read the library when it is first seen, and what may have changed whenever it is seen again."""
        if self.app.screen is not self:
            return  # an article was asked for, and covers the library before it was ever seen
        if self._loaded:
            before = self._ordering.preferences.last_article
            self.words_changed()
            if (last := self._ordering.preferences.last_article) != before:
                self._list.go_to(self._copies.standing(last, self._list.rows))
        else:
            self._loaded = True
            self._show_preview()  # before the first paint: no column has to move for it
            self._load()
            self.sync(asked=False)

    def words_changed(self) -> None:
        """Show the library as it is after an undo, after reading, or after a change made elsewhere."""
        before = self._summaries, self._copies.families
        self._read()
        if (self._summaries, self._copies.families) != before or self._ordering.key is SortKey.RECENT:
            self._arrange()
        else:
            self._list.mark(self._facts)
            self._show_lines()
        self._preview.show_about()

    def _load(self) -> None:
        """Read and show what there is."""
        self._read()
        self._arrange()

    def _read(self) -> None:
        workspace, notebook = self.workspace, self.workspace.notebook
        self._summaries = workspace.summaries()
        self._folded = Folded(self._summaries, self._folded)
        self._copies.refresh()
        copies = self._copies.families.members
        self._facts = Facts(workspace.memory.progress(), notebook.starred(), notebook.counts(), copies)
        self._totals = totals(self._summaries, self._facts, notebook.amounts())
        self._problems = self.problems()
        self._ordering.refresh()
        self._shelves.refresh(len(self._summaries))

    async def on_paste(self, event: Paste) -> None:
        """Offer to add what was pasted, or dropped on the terminal."""
        event.stop()
        if event.text.strip():
            await self._bringing.offer(event.text)

    def show_change(self, change: Change) -> bool:
        """Show what a sync changed; returns whether there was anything before."""
        had_any = bool(self._summaries)
        if had_any and change == Change():
            self.words_changed()
        else:
            self._load()
        if added := next((one.id for one in self._shown if one.path == self.brought), ""):
            self._list.go_to(self._copies.standing(added, self._list.rows))
        return had_any

    def sync_changed(self) -> None:
        """Show how far the sync is."""
        self._show_lines()
        self._show_notice()

    # Showing it

    def _arrange(self, *, narrower: bool = False) -> None:
        """Filter, sort and group, and keep the cursor on its article.

        Args:
            narrower: The filter can only have lost articles since the last time.
        """
        pool = self._shown if narrower else self._shelves.keep(self._summaries)
        matches = self._folded.matching(pool, self.filter, self._facts) if self.filter else pool
        self._shown = self._ordering.arranged(matches, self._facts.progress)
        wanted = self._ordering.preferences
        rows = self._copies.rows(self._shown, wanted)
        at = self._heir_of(self._list.current) or wanted.last_article
        self._list.show(rows, self._facts, self._copies.standing(at, rows))
        self._show_notice()
        self._show_lines()

    def _heir_of(self, before: Summary | None) -> str:
        """Return the id of the article that the cursor stands on from now: the same, or what it became."""
        if before is None:
            return ""
        shown = {one.id for one in self._shown}
        became = self.workspace.notebook.became(before.id) if before.id not in shown else before.id
        if became in shown:
            return became
        beside = (one.id for one in self._shown if one.path >= before.path)
        return next(beside, self._shown[-1].id if self._shown else "")

    def _show_lines(self) -> None:
        title = Content.styled("Reading room", "bold $ink")
        self._header.show(title, counts(self._totals, made=self.size.width >= HEADER_WITH_MADE))
        names: tuple[str, ...] = ("show_tags", "show_notes", "filter", "search", "open", "show_help")
        if self._copies.words():
            names = ("filter", "search", "compare", "open", "show_help")
        names = names if self._summaries else ("add", "show_help")
        self._footer.show(self._state(), *map(self.hint, names))

    def _state(self) -> Content:
        """Return the left of the footer: what is going on, else what is not as usual."""
        if self.pending or self.syncing:
            syncing = self.syncing if self._summaries else ""  # of an empty library the notice says it
            return Content(self.pending or syncing)
        parts = (
            faults(len(self._problems), self.key_of),
            filtered(self.filter or self._shelves.name, len(self._shown), len(self._summaries)),
            self._ordering.words(),
            self._copies.words(),
        )
        return Content(" · ").join(part for part in parts if part)

    def _show_notice(self) -> None:
        """Say why the list is empty, and what to do."""
        notice = self.query_one("#notice", Static)
        if self._shown:
            words = Content()
        elif self._summaries:
            words = nothing_found(self.filter or self._shelves.name, len(self._summaries), self.key_of)
        elif self.syncing:
            words = Content(self.syncing)
        else:
            words = nothing_here(self.workspace.roots, self.key_of)
        notice.display = bool(words)
        self.query_one("#shelf").display = not words
        if words:
            notice.update(words)

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self._show_lines()

    def on_resize(self, event: Resize) -> None:
        """Show the preview only where the list leaves room for it."""
        self.set_class(event.size.height < ROWS_WITH_PREVIEW, "-short")
        self._show_preview()
        self._show_lines()

    # The preview

    def on_cursor_list_moved(self) -> None:
        """Let the preview follow the cursor."""
        self._preview.show(self._list.current)
        self._show_lines()

    @property
    def _has_room_for_preview(self) -> bool:
        return self.size.width >= LIST_WITH_PREVIEW and self.size.height >= ROWS_WITH_PREVIEW

    def _show_preview(self) -> None:
        self._preview.open(visible=self._has_room_for_preview and self._ordering.preferences.preview)

    def action_preview(self) -> None:
        """Show or hide the preview."""
        if not self._has_room_for_preview:
            self.toast(f"the preview needs {LIST_WITH_PREVIEW} columns and {ROWS_WITH_PREVIEW} rows")
            return
        self._ordering.prefer(preview=not self._ordering.preferences.preview)
        self._show_preview()

    # The filter

    async def action_filter(self) -> None:
        """Open the line to type a filter into."""
        await super().action_filter()
        self._fold()

    @work(thread=True, exclusive=True, group="fold")
    def _fold(self) -> None:
        """Make the texts ready that the filter looks into, before its first letter is typed."""
        worker = get_current_worker()
        self._folded.prepare(lambda: not worker.is_cancelled)

    def filter_changed(self, before: str) -> None:
        """Show the articles that the filter lets through."""
        # What stands after a colon or between quotation marks can find others with each letter.
        narrower = bool(before) and self.filter.startswith(before) and not {*self.filter} & {":", '"'}
        self._arrange(narrower=narrower)

    def left_over(self) -> Content:
        """Say how many of the articles that are."""
        return found(len(self._shown), len(self._summaries))

    # Opening

    async def on_cursor_list_chosen(self) -> None:
        """Open what was double-clicked."""
        await self.action_open()

    async def action_open(self) -> None:
        """Read the article under the cursor, from where the reader left it."""
        if self._list.current is not None:
            await self.doors.read(self._list.current.id, self._list.article_ids)

    # Leaving

    async def action_back(self) -> None:
        """Clear the filter, or quit; Esc only clears, since it may be pressed once too often."""
        if self.filter:
            self.set_filter("")
        elif self._shelves.name:
            self._shelves.open(0)
        elif self.last_key == "escape" and self.syncing:
            self.end_sync()
        elif self.last_key == "escape":
            self.toast(f"{self.key_of('quit')} leaves the program")
        else:
            await self.action_quit()
