"""What every room of the program shares: its keys, its frame, and the actions that work anywhere.

A room is a screen with a place in the action table. A key, or several in a row, becomes
an `Action`, and the action's `action_<name>` is called. The toolkit's own bindings are
not used: the table is the only list of keys, and sequences and remapping need no second.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.style import Style

from reader.actions import ACTIONS, Action, Place
from reader.errors import ReaderError
from reader.inert import inert
from reader.keys import Keymap, first_key, is_modifier, keymap, show_keys
from reader.model import Problem
from reader.tui.chrome import ClosedOnce, PromptLine, Severity, show_toast
from reader.tui.themes import next_theme
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.tui.picker import Picked


class Left(Message):
    """The reader leaves an article; the app decides for where."""

    def __init__(self, room: "Room", why: str = "") -> None:
        super().__init__()
        self.room = room
        self.why = why
        """What made it impossible to stay, in words; "" if it was the reader's wish."""


class Room(ClosedOnce[None]):
    """A screen whose keys are the rows of the action table.

    A subclass names its `PLACE`, has an `action_<name>` for each row of it, and may
    override `words_changed` (after an undo) and `pending_changed` (after half a key sequence).
    """

    PLACE: ClassVar[Place]
    AUTO_FOCUS = None  # keys go to the room; only a prompt takes the focus
    DEFAULT_CSS = """
    Room {
        layers: default toast; background: $background; color: $ink;
        &.-typing FooterLine { display: none; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._keymap: Keymap = keymap(self.PLACE, workspace.config.keys)
        self._pressed: tuple[str, ...] = ()
        self._letter_wanted: Callable[[str], None] | None = None
        self.last_key = ""
        """The key that brought the action about."""
        self.pending = ""
        """What was pressed of a sequence that is not complete: "m …"; for the footer."""

    # Keys

    def on_key(self, event: Key) -> None:
        """Turn a key, or the last of a sequence, into an action."""
        if self._is_typing() or is_modifier(event.key):
            return
        if self._letter_wanted is not None:
            self._take_letter(event)
        elif not self._take_key(event.key):
            return  # not ours: ctrl+c, for one, is the toolkit's
        event.stop()
        event.prevent_default()

    def ask_for_letter(self, what: str, then: Callable[[str], None]) -> None:
        """Give the next character that is typed to `then`; Esc asks no longer.

        Args:
            what: What the footer says meanwhile: "mark with a letter".
            then: Is called with the character, which is printable.
        """
        self._letter_wanted = then
        self._set_pending(what)

    async def take(self, action: Action) -> None:
        """Do an action of this room."""
        await self.run_action(action.name)

    async def _take_pressed(self, action: Action) -> None:
        """Do what a key asked for, unless a key before it brought another page, or left the program."""
        if self.is_active and self.is_attached:
            await self.take(action)

    def key_of(self, name: str) -> str:
        """Return the first key of an action of this place, as help writes it; "" if it has none."""
        for action in ACTIONS:
            if action.name == name and action.place in {self.PLACE, Place.ANYWHERE}:
                return first_key(action, self.workspace.config.keys)
        return ""

    def hint(self, name: str) -> Content:
        """Return key and word of an action for the footer, which a click takes; empty if it has no key."""
        for action in ACTIONS:
            if action.name == name and action.place in {self.PLACE, Place.ANYWHERE}:
                key = first_key(action, self.workspace.config.keys)
                hint = Content.assemble((inert(key), "$ink"), f" {action.footer}") if key else Content()
                return hint.stylize(Style.from_meta({"@click": f"screen.{name}"}))
        return Content()

    def pending_changed(self) -> None:
        """Show or clear `pending`. For subclasses."""

    def _is_typing(self) -> bool:
        return self.focused is not None and self.focused.check_consume_key("a", "a")

    @property
    def is_waiting(self) -> bool:
        """Whether the next key belongs to a prompt or to half a sequence."""
        return bool(self._is_typing() or self._pressed or self._letter_wanted)

    def _take_letter(self, event: Key) -> None:
        then, self._letter_wanted = self._letter_wanted, None
        self._set_pending("")
        if then is not None and event.is_printable and event.character:
            then(event.character)

    def _take_key(self, key: str) -> bool:
        """Take a key, alone or as the next of a sequence. False if it means nothing here."""
        pressed = (*self._pressed, key)
        if self._keymap.is_prefix(pressed):
            self._pressed = pressed
            self._set_pending(f"{show_keys(' '.join(pressed))} …")
            return True
        waited, self._pressed, self.last_key = bool(self._pressed), (), key
        self._set_pending("")
        if waited and key == "escape":
            return True
        action = self._keymap.find(pressed) or self._keymap.find((key,))
        if action is not None:
            self.call_next(self._take_pressed, action)
        return action is not None

    def _set_pending(self, pending: str) -> None:
        if pending != self.pending:
            self.pending = pending
            self.pending_changed()

    async def open_prompt(self, prompt: PromptLine) -> None:
        """Open a line to type into in place of the footer, or go back to the one that is open."""
        if not self.query(PromptLine):
            self.add_class("-typing")
            await self.mount(prompt)
        self.query_one(PromptLine).take_keyboard()

    async def close_prompt(self) -> None:
        """Close the line to type into, and show the footer again."""
        await self.query(PromptLine).remove()
        self.remove_class("-typing")

    # What works anywhere

    def toast(self, words: Content | str, severity: Severity = "information") -> None:
        """Say something in passing."""
        show_toast(self, words, severity)

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong in the user's files, their choice of keys included."""
        return self.workspace.problems()

    def words_changed(self) -> None:
        """Read again what is shown, after an undo or a redo. For subclasses."""

    async def action_show_help(self) -> None:
        """Show the keys of this place."""
        from reader.tui.help_screen import HelpScreen  # noqa: PLC0415 - not needed at start

        await self.app.push_screen(HelpScreen(self.PLACE, self.workspace.config.keys))

    async def action_command_palette(self) -> None:
        """Find an action by its name and do it."""
        from reader.tui.palette import Palette  # noqa: PLC0415 - not needed at start

        palette = Palette(self.PLACE, self.workspace.config.keys)
        await self.app.push_screen(palette, lambda picked: self._take_picked(palette.actions, picked))

    async def _take_picked(self, choices: tuple[Action, ...], picked: "Picked | None") -> None:
        if picked is not None:
            await self.take(choices[picked.number])

    def action_next_theme(self) -> None:
        """Change the theme."""
        self.app.theme = next_theme(self.app.theme).name
        self.workspace.prefer(replace(self.workspace.preferences(), theme=self.app.theme))
        self.toast(f"theme: {self.app.theme}")

    async def action_show_problems(self) -> None:
        """List the problems found in files."""
        from reader.tui.problems_screen import ProblemsScreen  # noqa: PLC0415 - not needed at start

        await self.app.push_screen(ProblemsScreen(self.problems()))

    def action_undo(self) -> None:
        """Undo the last change."""
        self._turn_back(self.workspace.undo, "undone", "nothing to undo")

    def action_redo(self) -> None:
        """Do again what was undone."""
        self._turn_back(self.workspace.redo, "done again", "nothing to do again")

    def _turn_back(self, turn: Callable[[], str], done: str, nothing: str) -> None:
        try:
            what = turn()
        except ReaderError as error:
            self.toast(str(error), "error")
            return
        self.toast(f"{done}: {what}" if what else nothing)
        if what:
            self.words_changed()

    async def action_quit(self) -> None:
        """Leave the program."""
        self.app.exit()
