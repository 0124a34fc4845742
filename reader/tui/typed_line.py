"""A line to type into, within a prompt. A module of its own, since Textual's is not needed at start."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class TypedLine(Input):
    """An input that is as wide as its prompt lets it be, whatever stands in it."""

    virtual_size = Reactive(Size(0, 0))  # Textual's lays out the whole screen with each letter: 3 ms
