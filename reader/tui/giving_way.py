"""What goes on behind the screen gives way while the reader types: two processors are soon taken.

Where files are read and indexed in a thread, a letter would wait for its turn with each of
the dozens of steps from the key to the painted results.
"""

import time
from collections.abc import Callable

from textual.app import App
from textual.worker import get_current_worker

from reader.tui.room import Room

_LOOK_EVERY = 0.05  # seconds between two looks whether that is over


def is_typed_into(app: App[None]) -> bool:
    """Tell whether a letter was just typed into a line of one of the rooms."""
    return any(room.is_typed_into for room in app.screen_stack if isinstance(room, Room))


def waiting_turn(app: App[None]) -> Callable[[], bool]:
    """Return what a worker in a thread asks before each step.

    It waits until the reader does not type, and tells whether the work is still wanted: once the
    worker is cancelled, it is not, and nothing is waited for.
    """
    worker = get_current_worker()

    def is_wanted() -> bool:
        while is_typed_into(app) and not worker.is_cancelled:
            time.sleep(_LOOK_EVERY)
        return not worker.is_cancelled

    return is_wanted
