"""Lines to type into. A module of its own, since Textual's are not needed at start."""

from typing import ClassVar

from textual.events import Key
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget
from textual.widgets import Input


class KeysInOrder(Widget):
    """Does what its own keys are bound to when they come.

    Textual looks a binding up when its key has climbed to the app, behind the letters that came
    meanwhile: of "fogx", backspace and "gy", typed while something computes, it took the "y" away.
    """

    LEAVES: ClassVar[frozenset[str]] = frozenset()
    """Keys that are for the screen, whatever they are bound to here."""

    async def on_key(self, event: Key) -> None:
        """Do what the key is bound to, if it can be done now."""
        bound = self._bindings.key_to_bindings.get(event.key)
        if bound and event.key not in self.LEAVES and await self.app.run_action(bound[0].action, self):
            event.stop()
            event.prevent_default()


class TypedLine(Input, KeysInOrder):
    """An input that is as wide as its prompt lets it be, whatever stands in it."""

    virtual_size = Reactive(Size(0, 0))  # Textual's lays out the whole screen with each letter: 3 ms
