"""Comparing the library with the files, behind the screen, and looking now and then whether that is worth it.

Runs in a thread. What it has to say goes out as messages: unlike a call into the
screen, they never wait for one that is closing.
"""

import gc
import time
from collections.abc import Callable

from textual.message import Message

from reader.errors import ReaderError
from reader.model import Change
from reader.tui.giving_way import is_typed_into
from reader.tui.room import Room
from reader.tui.words import bar
from reader.workspace import Workspace

WATCH_EVERY = 0.5  # seconds between two looks; what rests from one to the next is read within two seconds
WATCH_REST = 4  # times as much as a look took of a processor is rested: 100,000 files keep no core busy
_TELL_EVERY = 0.1  # seconds between two words on how far it is


class SyncAdvanced(Message):
    """A sync goes on."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class SyncEnded(Message):
    """A sync is over. `asked` is true if the reader asked for it and wants to hear of it."""

    def __init__(self, change: Change, *, asked: bool, error: str = "", stopped: bool = False) -> None:
        super().__init__()
        self.stopped = stopped
        """True if the reader ended it; what was read stays, and the next one goes on."""
        self.change = change
        self.asked = asked
        self.error = error


class NewsFound(Message):
    """A source file came, went or changed."""


class _Stopped(Exception):
    """Ends a sync that nobody waits for."""


def sync(
    workspace: Workspace,
    is_wanted: Callable[[], bool],
    post: Callable[[Message], object],
    *,
    asked: bool,
    at_rest: bool = False,
) -> None:
    """Bring the catalogue up to date, and tell how it goes.

    Args:
        workspace: What to sync.
        is_wanted: Asked before each file whether to go on, as `giving_way.waiting_turn`.
        post: Sends a message from a thread.
        asked: True if the reader asked for it.
        at_rest: Whether files that may still be being written are left for later.
    """
    told = 0.0

    def advance(number: int, total: int) -> None:
        nonlocal told
        if not is_wanted():
            raise _Stopped
        now = time.monotonic()
        if now - told >= _TELL_EVERY:
            told = now
            post(SyncAdvanced(f"{bar(number, total)} reading {number:,} of {total:,} files"))

    try:
        post(SyncEnded(workspace.sync(advance, at_rest=at_rest), asked=asked))
    except _Stopped:
        post(SyncEnded(Change(), asked=False, stopped=True))
    except ReaderError as error:
        post(SyncEnded(Change(), asked=asked, error=str(error)))
    else:
        workspace.notebook.all()  # remembered: with 10,000 notes, 40 ms of the first look at them
        gc.freeze()  # what was read stays: to look for garbage in 10,000 notes stops the screen for 80 ms


class Watching:
    """Looks now and then whether source files came, went or changed; posts `NewsFound` to the room.

    Args:
        room: Who is told.
        is_idle: Asked before each look whether the room would read now what was found.
    """

    def __init__(self, room: Room, is_idle: Callable[[], bool]) -> None:
        self._room = room
        self._is_idle = is_idle
        self._rests_until = 0.0

    def begin(self) -> None:
        """Look from now on."""
        self._room.set_interval(WATCH_EVERY, self._look_if_may)

    @property
    def may_look(self) -> bool:
        """Whether nothing else is going on: the reader does not type, and the last look is over for long."""
        rested = time.monotonic() >= self._rests_until
        return rested and self._is_idle() and not is_typed_into(self._room.app)

    def _look_if_may(self) -> None:
        if self.may_look:
            self._room.run_worker(self._look, thread=True, exclusive=True, group="watch")

    def _look(self) -> None:
        begun = time.thread_time()
        try:
            if self._room.workspace.has_news():
                self._room.post_message(NewsFound())
        except ReaderError as error:
            self._room.post_message(SyncEnded(Change(), asked=False, error=str(error)))
        self._rests_until = time.monotonic() + WATCH_REST * (time.thread_time() - begun)
