"""The search: a line to type into, below it what it finds, below that what this can be narrowed to."""

from functools import cached_property
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key, Resize
from textual.widgets import Static

from reader.actions import Place
from reader.errors import NoSuchAnnotation
from reader.passages import Placed
from reader.search.values import Hit, Kind
from reader.tui.chrome import NARROW, FooterLine, HeaderLine, PromptLine, room_title
from reader.tui.giving_way import waiting_turn
from reader.tui.keyed import Part
from reader.tui.list_room import ListRoom
from reader.tui.search.asking import MORE, Answered, Asked, Asker, Indexed, Wanted, bring_up_to_date
from reader.tui.search.facets import Narrowing
from reader.tui.search.narrowing import completed
from reader.tui.search.route import route_of
from reader.tui.search.rows import Row, SearchList, room_for, row_of, rows_of
from reader.tui.search.shelving import Shelving
from reader.tui.search.words import LAST, Nothing, beginning, found, kinds, nothing_yet, said
from reader.workspace import Workspace

NEAR_END = 2  # hits from the last one that is fetched; at first no more are than can be seen
TALL, MEDIUM = 20, 14  # rows from which on hits stand apart and facets take two lines; one line
COMPARING = "comparing with the files …"
WAS_LOST = "the search index was damaged, and was made anew"
HINT = "words, “a phrase”, tag:x, -without, this OR that"


class SearchScreen(ListRoom):
    """Everything there is, searched.

    Args:
        workspace: What is open.
        query: What is asked at first.
    """

    PLACE: ClassVar[Place] = Place.SEARCH
    AUTO_FOCUS = ""  # None is for the app to decide: the line would have the keyboard on each return
    DEFAULT_CSS = """
    SearchScreen {
        PromptLine { background: $shade; }
        PromptLine > #count { min-width: 22; }
        &.-narrow PromptLine > #count { min-width: 0; }
        #said { height: 1; }
        FacetLines { margin: 1 0 0 0; }
        &.-short FacetLines { height: 1; margin: 0; }
        &.-flat FacetLines { display: none; }
        &.-typing FooterLine { display: block; }
    }
    """

    def __init__(self, workspace: Workspace, query: str = "") -> None:
        self._list = SearchList()
        super().__init__(workspace, self._list)
        self._header, self._footer = HeaderLine(), FooterLine()
        self._prompt = PromptLine("/ ", query, hint=HINT)
        self._said = Static(id="said")
        self._narrowing = Narrowing(self, lambda: self._completed, self._list.offers, self.ask_for)
        self._query, self._limit = query, 0
        self._asked: Asked | None = None
        """What is shown."""
        self._asker = Asker(workspace, self.post_message)
        self._indexing = ""
        """How far the index is; "" if that is not known."""
        self._is_comparing = False
        """Whether it is compared with the files: then that the newest changes may be missing is no news."""
        self._records: object = None
        self._goes_down = False
        """Whether the last of all is wanted, which is not fetched yet."""
        self._has_walked = False
        """Whether the cursor was moved while typing: then Enter opens."""

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Who keeps searches, and narrows them."""
        shelving = Shelving(self, lambda: self._completed, lambda: self._list.offer, self._show)
        return (shelving, self._narrowing)

    def compose(self) -> ComposeResult:
        """Lay out header, line, what is said of the query, results, facets and footer."""
        yield self._header
        yield self._prompt
        yield self._said
        yield self._list
        yield self._narrowing.lines
        yield self._footer

    def on_mount(self) -> None:
        """Bring the index up to date behind the screen."""
        self.add_class("-typing")
        self.watch(self._list, "scroll_y", self._fetch_more, init=False)
        self.files_changed()
        self._show()

    def on_unmount(self) -> None:
        """Ask nothing any longer."""
        self._asker.close()

    def on_screen_resume(self) -> None:
        """Ask again, if something was written meanwhile; otherwise all is as it was."""
        if self._records is not self.workspace.notebook.records:
            self.words_changed()

    def files_changed(self) -> None:
        """Bring the index up to date: articles came, went, or were read anew."""
        self._is_comparing = True
        self._bring_up_to_date()

    def words_changed(self) -> None:
        """Ask again: what is found may be other things now."""
        self._records = self.workspace.notebook.records
        self._ask_soon()

    # Asking

    @work(thread=True, exclusive=True, group="index")
    def _bring_up_to_date(self) -> None:
        bring_up_to_date(self.workspace, self.post_message, waiting_turn(self.app))

    def on_indexed(self, message: Indexed) -> None:
        """Say how far the index is; ask again once it is up to date."""
        self._indexing, self._is_comparing = message.words, bool(message.words)
        if message.error or message.was_lost:
            self.toast(message.error or WAS_LOST, "error" if message.error else "information")
        self._show_lines()
        if not message.words:
            self._ask_soon()

    def _ask_soon(self) -> None:
        """Ask once the line is painted: so a key does not wait, and letters that come together ask once."""
        self.call_after_refresh(self._ask)

    @property
    def _wanted(self) -> Wanted:
        seen = self._list.size.height // (3 if self.size.height >= TALL else 2) + 1
        limit = max(self._limit, seen + NEAR_END)
        return Wanted(self._query, limit, max(room_for(self._list.size.width), 20))

    @property
    def answered(self) -> str:
        """The query whose results are shown; "" if none are."""
        return self._asked.wanted.query if self._asked else ""

    @property
    def _completed(self) -> str:
        """What is asked, such that it finds the same when something follows it."""
        asked = self._asked
        if asked is None or asked.wanted.query != self._query:
            return self._query.strip()
        return completed(self._query, asked.answer.results)

    def _ask(self) -> None:
        if self._query.strip():
            self._asker.want(self._wanted)
        else:
            self._asker.want(None)
            self._asked = None
            self._show()

    def on_answered(self, message: Answered) -> None:
        """Show an answer."""
        with self.attempt():
            if (asked := message.asked).wanted.query == self._query:
                self._take(asked)

    def _take(self, asked: Asked) -> None:
        is_same, number = self.answered == asked.wanted.query, self._list.number
        shown = len(self._asked.answer.results.hits) if self._asked else 0
        self._asked = asked
        if asked.answer.was_lost:
            self.toast(WAS_LOST)
        self._show(number if is_same else 0, stay=is_same)
        if is_same and self._goes_down and number == shown - 1:
            self._list.go(last=True)
        self._goes_down = False

    # Showing

    def _show(self, number: int = 0, *, stay: bool = False) -> None:
        """Show what was found, or what can be asked, with the cursor on the one of a number.

        Args:
            number: From 0.
            stay: Leave the window where it is, wherever the cursor stands.
        """
        asked, is_tall = self._asked, self.size.height >= TALL
        rows: tuple[Row, ...]
        if asked is None:
            searches = self.workspace.searches
            rows = tuple(beginning(searches.saved(), searches.last(LAST), self.key_of("save")))
        elif asked.answer.results.hits:
            rows = tuple(rows_of(asked.answer.results.hits, apart=is_tall))
        elif not asked.answer.results.searched:
            rows = tuple(nothing_yet(is_comparing=self._is_comparing))
        else:
            answer = asked.answer
            rows = tuple(Nothing(self._query, answer.suggestion, answer.relaxations).rows())
        self._list.show_rows(rows, row_of(rows, number), stay=stay)
        self._narrowing.show(asked, 2 if is_tall else self.size.height >= MEDIUM, self.size.width)
        self._show_lines()

    def _show_lines(self) -> None:
        asked = self._asked
        title = room_title("Search", self.size.width)
        has_facets = self.size.height >= MEDIUM
        counts = kinds(asked.answer.results) if asked and not has_facets else Content()
        waiting = asked.answer.waiting if asked else ""
        comparing = COMPARING if waiting and self._is_comparing else ""
        self._header.show(title, Content(self._indexing or comparing), counts)
        total = found(asked.answer.results, asked.milliseconds) if asked else Content()
        self._prompt.show_count(total)
        missing = "" if self._is_comparing else waiting
        self._said.update(self._what_is_said(missing), layout=False)  # always one line
        if self.is_typing:
            self._footer.show(self._state(), Content("↑ ↓ walk"), Content("Enter goes to the results"))
        else:
            self._footer.show(self._state(), *self._hints())

    def _what_is_said(self, missing: str) -> Content:
        if self._asked is None:
            return Content()
        answer = self._asked.answer
        return said(answer.parsed, missing, answer.results.shortfall, self.size.width)

    def _hints(self) -> tuple[Content, ...]:
        """Return the keys that matter for what is under the cursor."""
        offer = self._list.offer
        if offer is None:
            of_hits = ("save", "edit", "open", "show_help") if self._list.hit else ("edit", "show_help")
            return tuple(map(self.hint, of_hits))
        names = ("rename", "delete", "edit") if offer.name else ("edit",)
        return (*map(self.hint, names), self.hint("open", "ask"), self.hint("show_help"))

    def _state(self) -> Content:
        if self.pending or self._asked is None:
            return Content(self.pending)
        hits, total = len(self._asked.answer.results.hits), self._asked.answer.results.total
        return Content(f"{self._list.number + 1:,} of {total:,}" if hits else "")

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self._show_lines()

    def on_resize(self, event: Resize) -> None:
        """Use the room there is."""
        self.set_class(event.size.height < TALL, "-short")
        self.set_class(event.size.height < MEDIUM, "-flat")
        self.set_class(event.size.width < NARROW, "-narrow")
        self._show(self._list.number)
        self._ask_soon()

    def on_cursor_list_moved(self) -> None:
        """Say which hit this is."""
        self._show_lines()
        self._fetch_more()

    def _fetch_more(self) -> None:
        """Fetch more hits when the last ones come near, by cursor or by wheel."""
        if self._asked is None or self._asked.wanted != self._wanted:
            return
        results = self._asked.answer.results
        if len(results.hits) < results.total and self._list.seen > len(results.hits) - NEAR_END:
            self._limit = len(results.hits) + MORE
            self._ask_soon()

    def action_bottom(self) -> None:
        """Go to the last of all that was found, once it is fetched."""
        super().action_bottom()
        if self._asked and len(self._asked.answer.results.hits) < self._asked.answer.results.total:
            self._limit, self._goes_down = self._asked.answer.results.total, True
            self._ask_soon()

    # The line

    @property
    def is_typing(self) -> bool:
        """Whether letters go to the line."""
        return self.has_class("-typing")

    def on_descendant_focus(self) -> None:
        """Type where the line was clicked."""
        self.add_class("-typing")
        self._show_lines()

    def action_edit(self) -> None:
        """Change the query."""
        self.add_class("-typing")
        self._prompt.take_keyboard()
        self._show_lines()

    async def action_search(self) -> None:
        """Type on: the search is open already."""
        self.action_edit()

    def _leave_line(self) -> None:
        self.remove_class("-typing")
        self.set_focus(None)
        self._has_walked = False
        self._show_lines()

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Search as the reader types."""
        if event.words != self._query:
            self._query, self._limit, self._has_walked = event.words, 0, False
            self._ask_soon()

    async def on_prompt_line_submitted(self) -> None:
        """Go to the results; open the one that was walked to, or the first if Enter came twice in one go."""
        if self._has_walked or not self.is_typing:
            await self.action_open()
        else:
            self._leave_line()

    def on_prompt_line_left(self) -> None:
        """Go to the results; back, if nothing is asked."""
        if self._query.strip():
            self._leave_line()
        else:
            self.dismiss()

    async def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Walk through the results while typing."""
        self._has_walked = True
        await super().on_prompt_line_moved(event)

    def on_key(self, event: Key) -> None:
        """Take the keys that work while typing too: ctrl+n and ctrl+p walk, alt and a digit narrows."""
        if not self.is_typing or not self.is_active:
            return
        if event.key in {"ctrl+n", "ctrl+p"}:
            self._has_walked = True
            self._list.move(1 if event.key == "ctrl+n" else -1)
        elif event.key.startswith("alt+") and event.key[4:].isdecimal():
            self._narrowing.take(int(event.key[4:]))
        else:
            return
        event.stop()
        event.prevent_default()

    def ask_for(self, query: str) -> None:
        """Ask something else, as if it were typed."""
        self._query, self._limit = query, 0
        self._prompt.set_words(query)
        self._ask_soon()

    # To the passage, and back

    async def on_cursor_list_chosen(self) -> None:
        """Open what was double-clicked."""
        await self.action_open()

    async def action_open(self) -> None:
        """Go to the passage; or ask what is under the cursor."""
        if (offer := self._list.offer) is not None:
            self.ask_for(offer.query)
        elif (hit := self._list.hit) is not None and self._asked is not None:
            self.workspace.searches.remember(self._query)
            self._leave_line()
            await self._open(hit, self._asked)

    async def _open(self, hit: Hit, asked: Asked) -> None:
        goal: Placed | tuple[int, int] | None = next(iter(hit.passages), None)
        if hit.document.kind is not Kind.ARTICLE:
            try:
                goal = self.workspace.notebook.find(hit.document.id)
            except NoSuchAnnotation as error:
                self.toast(str(error), "error")
                return
        if not hit.document.article_id and isinstance(goal, Placed):
            from reader.tui.prompts.note_page import NotePage  # noqa: PLC0415 - seldom needed

            await self.app.push_screen(NotePage(goal))
            return
        from reader.tui.search.reading import FoundScreen  # noqa: PLC0415 - not needed to search

        results = asked.answer.results
        route = route_of(asked.wanted.query, results.hits, results.total)
        await self.app.push_screen(FoundScreen(self.workspace, hit.document.article_id, route, goal))

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
