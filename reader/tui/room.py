"""What every room of the program shares: its keys, its frame, and the actions that work anywhere.

A room is a screen with a place in the action table. A key, or several in a row, becomes
an `Action`, and the action's `action_<name>` is called. The toolkit's own bindings are
not used: the table is the only list of keys, and sequences and remapping need no second.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from inspect import isawaitable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, cast

from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.style import Style

from reader.actions import Action, Place, action_named
from reader.errors import ReaderError
from reader.inert import inert
from reader.keys import Keymap, first_key, is_modifier, keymap, show_keys
from reader.model import Problem
from reader.tui.chrome import ClosedOnce, PromptLine, Severity, show_toast
from reader.tui.doors import Doors
from reader.tui.losses import Losses, losses_in
from reader.tui.themes import next_theme
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.tui.prompts.picker import Picked
    from reader.tui.prompts.trash_list import TrashList

TYPING_REST = 1.0  # seconds after a letter in which the reader may be about to type the next one
LOOK_EVERY = 0.5  # seconds; a change made by another program is seen within a second


class Left(Message):
    """The reader leaves an article; the app decides for where."""

    def __init__(self, room: "Room", why: str = "") -> None:
        super().__init__()
        self.room = room
        self.why = why
        """What made it impossible to stay, in words; "" if it was the reader's wish."""


class Part:
    """Some of the actions of a room, with what they need to know: an `action_<name>` for each.

    A room asks its parts before itself, so that no room need be able to do everything.
    """

    PLACE: ClassVar[Place]
    """The place in the action table whose rows the part does."""


class Room(ClosedOnce[None]):
    """A screen whose keys are the rows of the action table.

    A subclass names its `PLACE`, has an `action_<name>` for each row of it, itself or in one
    of its `parts`, and may override `words_changed` (after an undo, and after a file was
    changed elsewhere) and `pending_changed` (after half a key sequence).
    """

    PLACE: ClassVar[Place]
    AUTO_FOCUS: ClassVar[str | None] = None  # keys go to the room; only a prompt takes the focus
    DEFAULT_CSS = """
    Room {
        layers: default toast; background: $background; color: $ink; overflow: hidden;
        &.-typing FooterLine { display: none; }
    }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._keymaps: dict[Place, Keymap] = {}
        self._pressed: tuple[str, ...] = ()
        self._letter_wanted: Callable[[str], None] | None = None
        self._losses: Losses | None = None
        """What was lost when it was looked for last; None before."""
        self.typed_at = -math.inf
        """When a letter was typed into a line last, by the clock of `time.monotonic`."""
        self.last_key = ""
        """The key that brought the action about."""
        self.pending = ""
        """What was pressed of a sequence that is not complete: "m …"; for the footer."""

    def on_mount(self) -> None:
        """Look now and then whether somebody else changed the user's files."""
        self.set_interval(LOOK_EVERY, self._look)

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:  # noqa: ARG002 - for subclasses
        """Note when a letter came: what can wait does while the reader types."""
        self.typed_at = monotonic()

    @property
    def is_typed_into(self) -> bool:
        """Whether a letter was just typed into a line of the room."""
        return monotonic() < self.typed_at + TYPING_REST

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

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What does some of its actions; made when the first of them is asked for. For subclasses."""
        return ()

    # Keys

    @property
    def place(self) -> Place:
        """Where in the action table the keys are looked up now. A room may have several such places."""
        return self.PLACE

    @property
    def _keymap(self) -> Keymap:
        if self.place not in self._keymaps:
            self._keymaps[self.place] = keymap(self.place, self.workspace.config.keys)
        return self._keymaps[self.place]

    def on_key(self, event: Key) -> None:
        """Turn a key, or the last of a sequence, into an action."""
        if self._is_for_another(event):
            event.stop()
            self.app.post_message(Key(event.key, event.character))
            return
        if self._is_typing() or is_modifier(event.key):
            return
        if self._letter_wanted is not None:
            self._take_letter(event)
        elif not self._take_key(event.key):
            return  # not ours: ctrl+c, for one, is the toolkit's
        event.stop()
        event.prevent_default()

    def _is_for_another(self, event: Key) -> bool:
        """Tell whether a key was pressed before what it is meant for stood there: a prompt, an editor.

        A line that has the keyboard takes all letters: what comes here did not pass it.
        """
        if self._is_typing():
            return event.is_printable
        return not self.is_active and not isinstance(self.app.screen, Room)

    def ask_for_letter(self, what: str, then: Callable[[str], None]) -> None:
        """Give the next character that is typed to `then`; Esc asks no longer.

        Args:
            what: What the footer says meanwhile: "mark with a letter".
            then: Is called with the character, which is printable.
        """
        self._letter_wanted = then
        self._set_pending(what)

    async def take(self, action: Action) -> None:
        """Do an action of this room, by the part that can."""
        done = self._doer_of(action)()
        if isawaitable(done):
            await done

    def _doer_of(self, action: Action) -> Callable[[], object]:
        name = f"action_{action.name}"
        parts = (part for part in self.parts if part.PLACE is action.place and hasattr(part, name))
        doer: Callable[[], object] = getattr(next(parts, self), name)
        return doer

    async def action_take(self, name: str) -> None:
        """Do the action of a name that is clicked."""
        if action := self._action_named(name):
            await self.take(action)

    def _action_named(self, name: str) -> Action | None:
        return action_named(name, self.place, self.PLACE, Place.ANYWHERE)

    async def _take_pressed(self, action: Action) -> None:
        """Do what a key asked for, unless a key before it brought another page, or left the program."""
        if self.is_active and self.is_attached:
            await self.take(action)

    def key_of(self, name: str) -> str:
        """Return the first key of an action of this place, as help writes it; "" if it has none."""
        action = self._action_named(name)
        return first_key(action, self.workspace.config.keys) if action else ""

    def hint(self, name: str, word: str = "") -> Content:
        """Return key and word of an action for the footer, which a click takes; empty if it has no key.

        Args:
            name: Of the action.
            word: What it does here, where that is not what its row says.
        """
        action, key = self._action_named(name), self.key_of(name)
        if action is None or not key:
            return Content()
        hint = Content.assemble((inert(key), "bold"), f" {word or action.footer}")
        return hint.stylize(Style.from_meta({"@click": f"screen.take('{name}')"}))

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
        self.remove_class("-typing")
        await self.query(PromptLine).remove()

    @property
    def wants_typing(self) -> bool:
        """Whether a line to type into is open."""
        return self.has_class("-typing")

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
        self.workspace.prefer(replace(self.workspace.preferences(), theme=self.app.theme))
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
