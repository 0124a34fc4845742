"""Asking the index while somebody types: in a thread, one question at a time, and only what is still wanted.

A key never waits: it says what is wanted now. The question on its way sees that it is not, gives
up, and the next one is asked.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from reader.errors import ReaderError
from reader.search.values import Stopped
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.indexing import Answer

MORE = 80  # hits that are fetched whenever a reader nears the last one
_MS = 1_000
_TELL_EVERY = 0.1  # seconds between two words on how far the index is


class Wanted(NamedTuple):
    """A question."""

    query: str
    limit: int
    width: int
    """Code points of a snippet."""


class Asked(NamedTuple):
    """A question with its answer."""

    wanted: Wanted
    answer: "Answer"
    milliseconds: float
    """How long the answer took."""


class Answered(Message):
    """A question came back; `asked` is None if it was given up, or could not be answered."""

    def __init__(self, wanted: Wanted, asked: Asked | None, error: str = "") -> None:
        super().__init__()
        self.wanted = wanted
        self.asked = asked
        self.error = error


class Indexed(Message):
    """The index is being brought up to date; `words` is "" once it is."""

    def __init__(self, words: str, waiting: str = "") -> None:
        super().__init__()
        self.words = words
        self.waiting = waiting


def ask(workspace: Workspace, wanted: Wanted, is_stale: Callable[[], bool]) -> Answered:
    """Answer a question, unless nobody wants that any longer."""
    began = time.perf_counter()
    try:
        answer = workspace.search(
            wanted.query, limit=wanted.limit, width=wanted.width, typing=True, stop=is_stale
        )
    except Stopped:
        return Answered(wanted, None)
    except ReaderError as error:
        return Answered(wanted, None, str(error))
    return Answered(wanted, Asked(wanted, answer, (time.perf_counter() - began) * _MS))


def bring_up_to_date(workspace: Workspace, post: Callable[[Message], object]) -> None:
    """Make the index equal to the files, and tell how far it is."""
    told = time.monotonic()

    def advance(number: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told >= _TELL_EVERY:
            told = time.monotonic()
            post(Indexed(f"indexing {number:,} of {total:,} …"))

    waiting = ""
    try:
        workspace.notebook.refresh()
        waiting = workspace.index.catch_up(advance).waiting
    except ReaderError as error:
        waiting = str(error)
    finally:
        post(Indexed("", waiting))
