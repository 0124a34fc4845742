"""Keys to actions: what a screen does with each key that is pressed.

A key, or several in a row, becomes an `Action`, and the action's `action_<name>` is called. The
toolkit's own bindings are not used: the action table is the only list of keys, and sequences and
remapping need no second.
"""

import math
from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import isawaitable
from time import monotonic
from typing import ClassVar

from textual.content import Content
from textual.events import Key
from textual.style import Style

from reader.actions import Action, Place, action_named
from reader.inert import inert
from reader.keys import Keymap, first_key, is_modifier, keymap, show_keys
from reader.tui.chrome import ClosedOnce, PromptLine

TYPING_REST = 1.0  # seconds after a letter in which the reader may be about to type the next one


class Part:
    """Some of the actions of a room, with what they need to know: an `action_<name>` for each.

    A room asks its parts before itself, so that no room need be able to do everything.
    """

    PLACE: ClassVar[Place]
    """The place in the action table whose rows the part does."""


class KeyedScreen(ClosedOnce[None]):
    """A screen whose keys are the rows of the action table.

    A subclass names its `PLACE`, has an `action_<name>` for each row of it, itself or in one
    of its `parts`, and may override `pending_changed` (after half a key sequence).

    Args:
        remapped: The user's own keys, as in the settings.
    """

    PLACE: ClassVar[Place]
    AUTO_FOCUS: ClassVar[str | None] = None  # keys go to the screen; only a prompt takes the focus

    def __init__(self, remapped: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._remapped = remapped
        self._keymaps: dict[Place, Keymap] = {}
        self._pressed: tuple[str, ...] = ()
        self._letter_wanted: Callable[[str], None] | None = None
        self.typed_at = -math.inf
        """When a letter was typed into a line last, by the clock of `time.monotonic`."""
        self.last_key = ""
        """The key that brought the action about."""
        self.pending = ""
        """What was pressed of a sequence that is not complete: "m …"; for the footer."""

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:  # noqa: ARG002 - for subclasses
        """Note when a letter came: what can wait does while the reader types."""
        self.typed_at = monotonic()

    @property
    def is_typed_into(self) -> bool:
        """Whether a letter was just typed into a line of the room."""
        return monotonic() < self.typed_at + TYPING_REST

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What does some of its actions; made when the first of them is asked for. For subclasses."""
        return ()

    @property
    def place(self) -> Place:
        """Where in the action table the keys are looked up now. A room may have several such places."""
        return self.PLACE

    @property
    def _keymap(self) -> Keymap:
        if self.place not in self._keymaps:
            self._keymaps[self.place] = keymap(self.place, self._remapped)
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
        return not self.is_active and not isinstance(self.app.screen, KeyedScreen)

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

    def key_of(self, name: str, place: Place | None = None) -> str:
        """Return the first key of an action, as help writes it; "" if it has none.

        Args:
            name: Of the action.
            place: Where it works; here, if nothing is said.
        """
        action = action_named(name, place) if place else self._action_named(name)
        return first_key(action, self._remapped) if action else ""

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
