"""Where the reader jumped from: back, and forward again."""

from typing import NamedTuple

from reader.tui.reading.page_view import Place

MAX_JUMPS = 200  # older ones are forgotten


class Jump(NamedTuple):
    """A place in an article."""

    article_id: str
    place: Place


class JumpStack:
    """The places that were left by a jump, as a browser keeps its pages."""

    def __init__(self) -> None:
        self._behind: list[Jump] = []
        self._ahead: list[Jump] = []

    def push(self, here: Jump) -> None:
        """Remember a place that is about to be left; what was ahead is forgotten."""
        if here not in self._behind[-1:]:
            self._behind = [*self._behind, here][-MAX_JUMPS:]
        self._ahead.clear()

    def back(self, here: Jump) -> Jump | None:
        """Return the place that was left last, and remember this one as ahead."""
        return _move(self._behind, self._ahead, here)

    def forward(self, here: Jump) -> Jump | None:
        """Return the place that `back` came from, and remember this one as behind."""
        return _move(self._ahead, self._behind, here)


def _move(source: list[Jump], target: list[Jump], here: Jump) -> Jump | None:
    while source:
        there = source.pop()
        if there != here:
            target.append(here)
            return there
    return None
