"""What every room of the program shares: its frame, its look at the user's files, what works anywhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.message import Message

from reader.actions import Action, Place
from reader.errors import ReaderError
from reader.inert import inert
from reader.model import Problem
from reader.tui.chrome import Severity, show_toast
from reader.tui.doors import Doors
from reader.tui.keyed import KeyedScreen
from reader.tui.losses import Losses, losses_in
from reader.tui.themes import next_theme
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.tui.prompts.picker import Picked
    from reader.tui.prompts.rule_list import RuleList
    from reader.tui.prompts.trash_list import TrashList

LOOK_EVERY = 0.5  # seconds; a change made by another program is seen within a second


class Left(Message):
    """The reader leaves an article; the app decides for where."""

    def __init__(self, room: "Room", why: str = "") -> None:
        super().__init__()
        self.room = room
        self.why = why
        """What made it impossible to stay, in words; "" if it was the reader's wish."""


class Room(KeyedScreen):
    """A screen of the workspace. Looks now and then whether somebody else changed the user's files.

    A subclass may override `words_changed` (after an undo, and after a file was changed elsewhere).
    """

    DEFAULT_CSS = """
    Room {
        layers: default toast; background: $background; color: $ink; overflow: hidden;
        &.-typing FooterLine { display: none; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace.config.keys)
        self.workspace = workspace
        self._losses: Losses | None = None
        """What was lost when it was looked for last; None before."""

    def on_mount(self) -> None:
        """Look now and then whether somebody else changed the user's files."""
        self.set_interval(LOOK_EVERY, self._look)

    def remember(self) -> None:
        """Remember where the reader is, before the files are read anew. For subclasses."""

    def files_changed(self) -> None:
        """Go on with what the files hold now. For subclasses."""

    def _look(self) -> None:
        if not self.is_active or self.is_typed_into:
            return
        if self.workspace.notebook.glance() | self.workspace.searches.refresh():
            self.words_changed()
            self.tell_losses()
        elif self._losses is None and not any(worker.is_running for worker in self.workers):
            self.tell_losses()

    def tell_losses(self) -> None:
        """Say what was lost since the last look: a file was damaged, or notes lost their place."""
        before, self._losses = self._losses, losses_in(self.workspace.notebook)
        if before is not None:
            keys = self.key_of("show_problems"), self.key_of("orphans") or self.key_of("show_notes")
            if news := self._losses.news(before, *keys):
                self.toast(news, "warning")

    # What works anywhere

    @property
    def doors(self) -> Doors:
        """The ways to other rooms, which the app opens."""
        return cast("Doors", self.app)

    def toast(self, words: Content | str, severity: Severity = "information") -> None:
        """Say something in passing."""
        show_toast(self, words, severity)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Try what may not be possible: if it is not, that is said, and the rest of it is left out."""
        try:
            yield
        except ReaderError as error:
            self.toast(error.in_short, "error")

    def say_done(self, words: str) -> None:
        """Say what was done, and which key undoes it."""
        self.toast(f"{words} · {self.key_of('undo')} undoes")

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong in the user's files, their choice of keys included."""
        return self.workspace.problems()

    def words_changed(self) -> None:
        """Read again what is shown, after an undo or a redo. For subclasses."""

    async def action_show_help(self) -> None:
        """Show the keys of this place."""
        from reader.tui.prompts.help_screen import HelpScreen  # noqa: PLC0415 - not needed at start

        await self.app.push_screen(HelpScreen(self.place, self.workspace.config.keys))

    async def action_command_palette(self) -> None:
        """Find an action by its name and do it."""
        from reader.tui.prompts.palette import Palette  # noqa: PLC0415 - not needed at start

        palette = Palette(self.place, self.workspace.config.keys)
        await self.app.push_screen(palette, lambda picked: self._take_picked(palette.actions, picked))

    async def _take_picked(self, choices: tuple[Action, ...], picked: "Picked | None") -> None:
        if picked is not None:
            await self.take(choices[picked.number])

    async def action_show_notes(self) -> None:
        """Show all highlights and notes."""
        await self.doors.show_notes()

    async def action_show_tags(self) -> None:
        """Browse the tags."""
        await self.doors.show_tags()

    async def action_show_trash(self) -> None:
        """Show what was deleted, to bring some of it back."""
        from reader.tui.prompts.trash_list import TrashList  # noqa: PLC0415 - not needed at start

        trash = TrashList(self.workspace)
        if trash.is_empty:
            self.toast("nothing was deleted")
        else:
            await self.app.push_screen(trash, lambda picked: self._restore(trash, picked))

    def _restore(self, trash: "TrashList", picked: "Picked | None") -> None:
        if picked is not None:
            with self.attempt():
                trash.restore(picked.number)
                self.words_changed()
                self.say_done("restored")

    async def action_show_rules(self) -> None:
        """Show the reader's own rules, to delete one."""
        from reader.tui.prompts.rule_list import RuleList  # noqa: PLC0415 - not needed at start

        rules = RuleList(self.workspace)
        if rules.is_empty:
            self.toast(
                f"no rules of your own yet · {self.key_of('teach', Place.READING)} in an article makes one"
            )
        else:
            await self.app.push_screen(rules, lambda picked: self._delete_rule(rules, picked))

    def _delete_rule(self, rules: "RuleList", picked: "Picked | None") -> None:
        if picked is not None:
            with self.attempt():
                identity = rules.delete(picked.number)
                self.words_changed()
                self.say_done(f"the rule {inert(identity)} is deleted")

    async def action_search(self) -> None:
        """Search everything."""
        await self.doors.search(self.search_begins_with)

    @property
    def search_begins_with(self) -> str:
        """What a search asks for at first. For subclasses."""
        return ""

    def action_next_theme(self) -> None:
        """Change the theme."""
        self.app.theme = next_theme(self.app.theme).name
        self.workspace.memory.prefer(replace(self.workspace.memory.preferences(), theme=self.app.theme))
        self.toast(f"theme: {self.app.theme}")

    async def action_show_problems(self) -> None:
        """List the problems found in files."""
        from reader.tui.prompts.problems_screen import ProblemsScreen  # noqa: PLC0415 - not needed at start

        await self.app.push_screen(ProblemsScreen(self.problems()))

    def action_undo(self) -> None:
        """Undo the last change."""
        self._turn_back(self.workspace.notebook.undo, "undone", "nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._turn_back(self.workspace.notebook.redo, "done again", "nothing to do again")

    def _turn_back(self, turn: Callable[[], str], done: str, nothing: str) -> None:
        with self.attempt():
            what = turn()
            self.toast(f"{done}: {what}" if what else nothing)
            if what:
                self.words_changed()

    def action_suspend(self) -> None:
        """Stop the program and give the terminal to the shell, until that goes on with it."""
        self.app.action_suspend_process()

    async def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()
