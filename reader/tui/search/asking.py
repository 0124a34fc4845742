"""Asking the index while somebody types: in a thread, one question at a time, and only what is still wanted.

A key never waits: it says what is wanted now. The question on its way sees that it is not, gives
up, and the next one is asked.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

from textual.message import Message

from reader.errors import ReaderError
from reader.search.values import Stop
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
    """What is wanted was answered, or could not be."""

    def __init__(self, done: Future[Asked]) -> None:
        super().__init__()
        self._done = done

    @property
    def asked(self) -> Asked:
        """The answer; raises what went wrong with it."""
        return self._done.result()


class Indexed(Message):
    """The index is being brought up to date; `words` is "" once it is, or cannot be, for an `error`."""

    def __init__(self, words: str, error: str = "", *, was_lost: bool = False) -> None:
        super().__init__()
        self.words = words
        self.error = error
        self.was_lost = was_lost
        """Whether it was damaged, and was made anew."""


class Asker:
    """Asks one question after the other, in a thread that lives as long as its screen.

    Args:
        workspace: What is asked.
        post: Is given the answer to what is wanted by then, in that thread.
    """

    def __init__(self, workspace: Workspace, post: Callable[[Answered], object]) -> None:
        self._workspace = workspace
        self._post = post
        self._thread = ThreadPoolExecutor(1, "asker")
        self._wanted: Wanted | None = None
        self._is_closed = False

    def want(self, wanted: Wanted | None) -> None:
        """Ask something in place of all that was wanted before; None is for nothing.

        What a screen wants that is left already is not asked: a letter and `q` in one go.
        """
        self._wanted = wanted
        if wanted is None or self._is_closed:
            return

        def tell(done: Future[Asked]) -> None:
            if self._wanted is wanted:
                self._post(Answered(done))

        asking = self._thread.submit(_ask, self._workspace, wanted, lambda: self._wanted is not wanted)
        asking.add_done_callback(tell)

    def close(self) -> None:
        """Ask nothing any longer."""
        self.want(None)
        self._is_closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)


def _ask(workspace: Workspace, wanted: Wanted, stop: Stop) -> Asked:
    began = time.perf_counter()
    answer = workspace.search(wanted.query, limit=wanted.limit, width=wanted.width, typing=True, stop=stop)
    return Asked(wanted, answer, (time.perf_counter() - began) * _MS)


def bring_up_to_date(
    workspace: Workspace, post: Callable[[Message], object], wait_turn: Callable[[], object]
) -> None:
    """Make the index equal to the files, and tell how far it is.

    Args:
        workspace: Whose index.
        post: Sends a message from a thread.
        wait_turn: Called before each step, as `giving_way.waiting_turn`.
    """
    told = time.monotonic()

    def advance(number: int, total: int) -> None:
        nonlocal told
        wait_turn()
        if time.monotonic() - told >= _TELL_EVERY:
            told = time.monotonic()
            post(Indexed(f"indexing {number:,} of {total:,} …"))

    fault, was_lost = "", False
    try:
        workspace.notebook.refresh()
        was_lost = workspace.index.catch_up(advance).was_lost
    except ReaderError as error:
        fault = str(error)
    finally:
        post(Indexed("", fault, was_lost=was_lost))
