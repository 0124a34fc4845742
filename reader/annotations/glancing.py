"""Whether the user's files may have changed, without asking each of them each time.

The folder tells of what came, went or was replaced, as programs do that save with care; what is
written in place only the file itself tells, so each is asked in turn.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from reader.annotations.reading import Stamp, stamp_of, stamps_in
from reader.files import SETTLED

TURNS = 4  # glances after which each file was asked: with two a second, a change is seen within two seconds
AT_ONCE = 200  # files that are asked at each glance whatever their number; 0.5 ms


class Glance:
    """Looks at a folder of the user's files.

    Args:
        folder: The folder; need not be there.
        clock: The time, in nanoseconds as files have it.
    """

    def __init__(self, folder: Path, clock: Callable[[], int] = time.time_ns) -> None:
        self._folder = folder
        self._clock = clock
        self._stamps: Mapping[str, Stamp] = {}
        self._of_folder: Stamp | None = None
        self._turn: list[str] = []

    def stamps(self) -> dict[str, Stamp]:
        """Look at all files, and remember them; returns their stamps by name."""
        of_folder = stamp_of(self._folder)
        young = of_folder is not None and abs(self._clock() - of_folder[0]) < SETTLED
        self._of_folder = None if young else of_folder
        found = stamps_in(self._folder)
        self._stamps = dict(found)
        return found

    def finds_news(self) -> bool:
        """Tell whether a file is another than it was at the last look at all, as far as a glance tells."""
        if stamp_of(self._folder) != self._of_folder:
            return True
        self._turn = self._turn or list(self._stamps)
        many = max(AT_ONCE, len(self._stamps) // TURNS + 1)
        asked, self._turn = self._turn[:many], self._turn[many:]
        return any(stamp_of(self._folder / name) != self._stamps.get(name) for name in asked)
