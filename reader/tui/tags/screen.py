"""The tags: how often each is used, what stands together with what, and changing one everywhere."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from reader.actions import Place
from reader.folding import fold
from reader.inert import inert
from reader.notebook import Tagged, bearing, branches, by_tag, companions, outer_tags, tag_counts
from reader.queries import asking
from reader.tui.chrome import FooterLine, HeaderLine
from reader.tui.list_room import FilteredRoom
from reader.tui.tags.passages import Passages
from reader.tui.tags.retag_prompt import RetagPrompt
from reader.tui.tags.rows import TagList
from reader.tui.tags.words import (
    Doomed,
    how_much,
    in_words,
    no_such_tag,
    nothing_beside,
    nothing_tagged,
    where,
)
from reader.workspace import Workspace

LIST_WITH_PASSAGES = 100  # cells from which on the list leaves room for passages
HEADER_WITH_AMOUNTS = 64  # cells from which on the header says on how much the tags are
ROWS_WITH_MARGINS = 16
MAX_BESIDE = 6  # tags named beside one


class TagsScreen(FilteredRoom):
    """All tags in use; or, narrowed by some, those that stand together with them."""

    PLACE: ClassVar[Place] = Place.TAGS
    FILTER_HINT: ClassVar[str] = "a part of a tag"
    DEFAULT_CSS = """
    TagsScreen {
        #shelf { height: 1fr; margin: 1 0; }
        #notice { height: 1fr; margin: 1 0; padding: 2 4; color: $muted; display: none; }
        TagList { width: 2fr; }
        Passages { width: 3fr; max-width: 84; height: 1fr; }
        &.-narrow Passages { display: none; }
        &.-short #shelf { margin: 0; }
        &.-short #notice { margin: 0; padding: 0 1; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        self._list = TagList()
        super().__init__(workspace, self._list)
        self._passages = Passages()
        self._header = HeaderLine()
        self._footer = FooterLine()
        self._tagged: tuple[Tagged, ...] = ()
        """All that bears tags."""
        self._chosen: tuple[str, ...] = ()
        self._bearing: tuple[Tagged, ...] = ()
        """What bears all chosen tags."""
        self._gathered: dict[str, tuple[Tagged, ...]] = {}
        """The same, by the further tags it bears."""
        self._beside: dict[str, str] = {}
        """What stands together with a tag, in words, for those that were seen."""
        self._unfolded: frozenset[str] = frozenset()
        self._by_name = False

    def compose(self) -> ComposeResult:
        """Lay out header, tags, passages and footer."""
        yield self._header
        with Horizontal(id="shelf"):
            yield self._list
            yield self._passages
        yield Static(id="notice")
        yield self._footer

    def on_resize(self, event: Resize) -> None:
        """Show passages only where the list leaves room for them."""
        self.set_class(event.size.width < LIST_WITH_PASSAGES, "-narrow")
        self.set_class(event.size.height < ROWS_WITH_MARGINS, "-short")
        self._show_lines()

    # Reading what there is

    def on_screen_resume(self) -> None:
        """Read the tags when they are first seen, and whenever they are seen again."""
        self.words_changed()

    def words_changed(self) -> None:
        """Read the tags again; of those chosen, the last ones go that nothing bears any more."""
        self._tagged = self.workspace.notebook.tagged()
        while self._chosen and not bearing(self._tagged, self._chosen):
            self._chosen = self._chosen[:-1]
        self._narrow(self._chosen, self._here)

    # Showing it

    @property
    def _here(self) -> str:
        """The tag under the cursor; "" if there is none."""
        row = self._list.under_cursor
        return row.tag if row else ""

    def _narrow(self, chosen: tuple[str, ...], at: str = "") -> None:
        """Show the tags that stand together with some, with the cursor on one of them."""
        self._chosen = chosen
        self._bearing = bearing(self._tagged, chosen)
        self._gathered = by_tag(self._bearing, chosen)
        self._beside = {}
        self._arrange(at)

    def _arrange(self, at: str) -> None:
        """Filter, nest and sort."""
        words = fold(self.filter).split()
        shown = {
            tag: ones for tag, ones in self._gathered.items() if all(word in fold(tag) for word in words)
        }
        unfolded = shown.keys() if words else self._unfolded
        self._list.show(branches(shown, unfolded, by_name=self._by_name), unfolded, self._words_beside, at)
        self._show_passages()
        self._show_notice(found=bool(shown))
        self._show_lines()

    def _words_beside(self, tag: str) -> str:
        """Name the tags that stand together with one."""
        if tag not in self._beside:
            others = companions(tag, self._gathered.get(tag, ()), self._chosen)
            self._beside[tag] = " ".join(f"#{other}" for other in list(others)[:MAX_BESIDE])
        return self._beside[tag]

    def _show_passages(self) -> None:
        self._passages.show(self._gathered.get(self._here, self._bearing))

    def _show_notice(self, *, found: bool) -> None:
        """Say why the list is empty, and what to do."""
        notice = self.query_one("#notice", Static)
        if found:
            words = Content()
        elif not self._tagged:
            words = nothing_tagged(self.key_of)
        elif self.filter:
            words = no_such_tag(self.filter)
        else:
            words = nothing_beside(self._bearing, self.key_of)
        notice.update(words)
        notice.display = bool(words)
        self.query_one("#shelf").display = not words

    def _show_lines(self) -> None:
        wide = self.size.width >= HEADER_WITH_AMOUNTS
        self._header.show(
            where(self._chosen, self.size.width), how_much(self._bearing, len(self._gathered), wide=wide)
        )
        names = ("rename", "filter", "notes", "open", "show_help") if self._tagged else ("show_help",)
        self._footer.show(self._state(), *map(self.hint, names))

    def _state(self) -> Content:
        """Return the left of the footer: half a key sequence, else what is not as usual."""
        if self.pending:
            return Content(self.pending)
        filtered = f"“{inert(self.filter)}” · Esc clears" if self.filter else ""
        narrowed = f"{self.key_of('back')} widens" if self._chosen and not self.filter else ""
        return Content(" · ".join(filter(None, (filtered, narrowed, "by name" if self._by_name else ""))))

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self._show_lines()

    def on_cursor_list_moved(self) -> None:
        """Let the passages follow the cursor."""
        self._show_passages()

    # Narrowing

    async def on_cursor_list_chosen(self) -> None:
        """Narrow by what was double-clicked."""
        await self.action_open()

    async def action_open(self) -> None:
        """Narrow by this tag; if no other would be left, show its notes."""
        if not self._here:
            return
        chosen = (*self._chosen, self._here)
        if by_tag(self._gathered[self._here], chosen):
            self.filter = ""
            self._narrow(chosen)
        else:
            await self._show_notes_of(chosen)

    async def action_back(self) -> None:
        """Clear the filter, or widen again, or go back."""
        if self.filter:
            self.set_filter("")
        elif self._chosen:
            self._narrow(self._chosen[:-1], self._chosen[-1])
        else:
            self.action_leave()

    def action_leave(self) -> None:
        """Go back, however narrow it is."""
        self.dismiss()

    async def action_show_tags(self) -> None:
        """Go back to all tags: this is where they are."""
        self.filter = ""
        self._narrow((), self._here)

    async def action_notes(self) -> None:
        """Show the notes of the chosen tags; if none is chosen, of this one."""
        if chosen := self._chosen or tuple(filter(None, (self._here,))):
            await self._show_notes_of(chosen)

    async def _show_notes_of(self, chosen: tuple[str, ...]) -> None:
        found = bearing(self._tagged, chosen)
        if any(one.placed for one in found):
            await self.doors.show_notes(" ".join(asking("tag", tag) for tag in chosen))
        else:
            self.toast(
                f"no passage, only {in_words(found)}: the library finds them by {asking('tag', chosen[-1])}"
            )

    # The filter, the order and the folds

    def filter_changed(self, before: str) -> None:  # noqa: ARG002 - the base class has it
        """Show the tags that the filter lets through."""
        self._arrange(self._here)

    def action_sort(self) -> None:
        """Sort by name, or the commonest first."""
        self._by_name = not self._by_name
        self._arrange(self._here)
        self.toast("sorted by name" if self._by_name else "the commonest first")

    def action_fold(self) -> None:
        """Fold or unfold what is nested in this tag; below it, fold it from there."""
        row = self._list.under_cursor
        if row is None or self.filter:
            return
        nests = row.tag if row.nests else next(iter(self._folding(row.tag)), "")
        if nests:
            self._unfolded ^= {nests}
            self._arrange(nests)
        else:
            self.toast("nothing is nested here")

    def _folding(self, tag: str) -> list[str]:
        """Return the unfolded tags that a tag is shown below, the nearest first."""
        return [
            outer for outer in reversed(outer_tags(tag)) if outer in self._unfolded & self._gathered.keys()
        ]

    # Changing a tag everywhere

    async def action_rename(self) -> None:
        """Rename the tag; to a name in use, merge them."""
        await self._ask(takes_away=False)

    async def action_delete(self) -> None:
        """Take the tag away everywhere."""
        await self._ask(takes_away=True)

    async def _ask(self, *, takes_away: bool) -> None:
        """Show what would change before it does."""
        tag = self._here
        if not tag:
            return
        plans = self.workspace.notebook.plan_tags(tag, "")
        beyond = max(0, len(bearing(self._tagged, [tag])) - len(plans))
        if not plans:
            self.toast(f"#{tag} stands only in files that are damaged or copies", "error")
            return
        doomed = Doomed(tag, plans, beyond, tag_counts(one.tags for one in self._tagged))
        await self.app.push_screen(RetagPrompt(doomed, takes_away=takes_away), partial(self._retag, tag))

    def _retag(self, old: str, new: str | None) -> None:
        """Do it."""
        if new is None:
            return
        notebook = self.workspace.notebook
        words = f"#{old} renamed to #{new}" if new else f"#{old} taken away"
        with self.attempt():
            plans = notebook.plan_tags(old, new)
            notebook.retag(plans, words)
            self.say_done(f"{words} in {in_words(plans)}")
        self.words_changed()
        self._narrow(self._chosen, new)
