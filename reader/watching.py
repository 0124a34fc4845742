"""Which files came, changed or went since the last look, without asking for each of them each time.

A folder knows when a name in it came, went or was given to another file, as programs do that save
with care, and is asked at each look. What is written to a file in place only the file itself
tells, so a part of them is asked in turn. Nothing is read here; the caller says what is looked at.
"""

import math
import os
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from reader.stamps import SETTLED, Stamp, stamp_of

TURNS = 4  # looks after which each file was asked: what is written in place is seen within two seconds
AT_ONCE = 500  # files that are asked at each look whatever their number; 1.5 ms


class Listed(NamedTuple):
    """What stands in some folders."""

    stamps: dict[str, Stamp]
    """By the name of the file."""
    paths: Mapping[str, str]
    """By the name of the file; of those that can be asked one by one."""
    around: Mapping[str, int | None]
    """Where a change tells that other files are to be found: folders, by path, with the time of their last
    change in nanoseconds, as it was before they were listed; None for what could not be looked at."""


class Watch:
    """Some files, as they were when they were looked at last.

    Args:
        find: Lists all of them.
        clock: The time, in nanoseconds as files have it.
    """

    def __init__(self, find: Callable[[], Listed], clock: Callable[[], int] = time.time_ns) -> None:
        self._find = find
        self._clock = clock
        self.stamps: dict[str, Stamp] = {}
        """By the name of the file."""
        self._paths: Mapping[str, str] = {}
        """By the name of the file; also of those that are gone."""
        self._turn: list[str] = []
        """Names of the files that are still to be asked in this round."""
        self._around: Mapping[str, int | None] = {}
        self._again_at: float = 0
        self.restless: frozenset[str] = frozenset()
        """Names of the files that came, changed or went between the last two looks."""

    def look(self, share: float = 1) -> frozenset[str]:
        """Look again. Returns the names of the files that came, changed or went since the last look.

        Args:
            share: Of the files that are asked otherwise; who looks at each key asks few of them.
        """
        moved = any(_changed_at(path) != known for path, known in self._around.items())
        if moved or self._clock() >= self._again_at:
            return self.look_at_all()
        self.restless = self._ask(share)
        return self.restless

    def look_at_all(self) -> frozenset[str]:
        """Look again, at each file."""
        now, before = self._clock(), self.stamps
        self.stamps, self._paths, self._around = self._find()
        young = any(known and abs(now - known) < SETTLED for known in self._around.values())
        self._again_at = now + SETTLED if young else math.inf
        self.restless = frozenset(name for name, _ in before.items() ^ self.stamps.items())
        return self.restless

    def _ask(self, share: float) -> frozenset[str]:
        """Ask some of the files, and those again that were not at rest."""
        self._turn = self._turn or list(self._paths)
        many = math.ceil(max(AT_ONCE, len(self._paths) / TURNS) * share)
        asked, self._turn = self._turn[:many], self._turn[many:]
        return frozenset(name for name in {*asked, *self.restless} if self._is_changed(name))

    def _is_changed(self, name: str) -> bool:
        path = self._paths.get(name)
        if path is None:
            return False  # it is gone, or only listing them all tells of it
        before, now = self.stamps.pop(name, None), stamp_of(path)
        if now:
            self.stamps[name] = now
        return now != before


class News:
    """Which files are others than those that were read, and rest.

    Args:
        watch: Looks at the files.
    """

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._edition: object = None
        self._read: Mapping[str, Stamp] = {}
        self._unread: set[str] = set()
        """Names of the files that are others than those that were read, as far as is known."""

    def came(self, edition: object, read: Callable[[], Mapping[str, Stamp]]) -> bool:
        """Look whether a file is another than the one that was read, and rests since the last look.

        Args:
            edition: Of what was read: another one whenever that changed.
            read: Returns the stamps that the files had when they were read.
        """
        changed, now = self._watch.look(), self._watch.stamps
        if edition == self._edition:
            doubtful = self._unread | changed
        else:
            self._edition, self._read = edition, read()
            doubtful = {name for name, _ in now.items() ^ self._read.items()}
        self._unread = {name for name in doubtful if now.get(name) != self._read.get(name)}
        return bool(self._unread - self._watch.restless)


def _changed_at(path: str) -> int | None:
    """Return when a folder was changed; None if it is not there."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - a third of the time that `Path.stat` takes
    except OSError:
        return None
