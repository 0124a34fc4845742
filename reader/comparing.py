"""Articles beside each other: near copies, and what is different in two texts; `Workspace.comparing`."""

from reader.families import Families
from reader.library import Library


class Comparing:
    """What compares articles.

    Args:
        library: Where they are.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def families(self) -> Families:
        """Return which articles are near copies of which."""
        return self._library.families()
