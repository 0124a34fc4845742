"""Which source files came, changed or went since the last look, without asking for each of them each time.

A folder knows when a name in it came, went or was given to another file, and is asked at each
look. What is written to a file in place only the file itself tells, so a part of them is asked
in turn. Nothing is read here.
"""

import math
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from reader.catalogue import Stamp
from reader.files import SETTLED
from reader.source_files import find_files, stamp_at

TURNS = 4  # looks after which each file was asked: what is written in place is seen within two seconds
AT_ONCE = 1_000  # files that are asked at each look whatever their number; 2 ms


class Watch:
    """What some files and folders hold, as it was when they were looked at last.

    Args:
        roots: Files and folders.
        base: As for `find_files`.
        clock: The time, in nanoseconds as files have it.
    """

    def __init__(self, roots: tuple[Path, ...], base: Path, clock: Callable[[], int] = time.time_ns) -> None:
        self._roots = roots
        self._base = base
        self._clock = clock
        self.stamps: dict[str, Stamp] = {}
        """By the name of the file."""
        self._paths: dict[str, str] = {}
        """By the name of the file; also of those that are gone."""
        self._turn: list[str] = []
        """Names of the files that are still to be asked in this round."""
        self._around: dict[str, int | None] = {}
        self._again_at: float = 0
        self.restless: frozenset[str] = frozenset()
        """Names of the files that came, changed or went between the last two looks."""
        self._edition: object = None
        self._read: Mapping[str, Stamp] = {}
        self._unread: set[str] = set()
        """Names of the files that are others than those that were read, as far as is known."""

    def has_news(self, edition: object, read: Callable[[], Mapping[str, Stamp]]) -> bool:
        """Look whether a file is another than the one that was read, and rests since the last look.

        Args:
            edition: Of what was read: another one whenever that changed.
            read: Returns the stamps that the files had when they were read.
        """
        changed = self.look()
        if edition == self._edition:
            doubtful = self._unread | changed
        else:
            self._edition, self._read = edition, read()
            doubtful = {name for name, _ in self.stamps.items() ^ self._read.items()}
        self._unread = {name for name in doubtful if self.stamps.get(name) != self._read.get(name)}
        return bool(self._unread - self.restless)

    def look(self) -> frozenset[str]:
        """Look again. Returns the names of the files that came, changed or went since the last look."""
        moved = any(_changed_at(path) != known for path, known in self._around.items())
        self.restless = self._find() if moved or self._clock() >= self._again_at else self._ask()
        return self.restless

    def _find(self) -> frozenset[str]:
        """Look at all."""
        now = self._clock()
        files, _, around = find_files(self._roots, self._base)
        before, self.stamps = self.stamps, {file.name: file.stamp for file in files}
        self._paths = {file.name: file.place for file in files}
        self._around = {os.fspath(root): _changed_at(os.fspath(root)) for root in self._roots} | {**around}
        young = any(known and abs(now - known) < SETTLED for known in self._around.values())
        self._again_at = now + SETTLED if young else math.inf
        return frozenset(name for name, _ in before.items() ^ self.stamps.items())

    def _ask(self) -> frozenset[str]:
        """Ask some of the files, and those again that were not at rest."""
        self._turn = self._turn or list(self._paths)
        many = max(AT_ONCE, math.ceil(len(self._paths) / TURNS))
        asked, self._turn = self._turn[:many], self._turn[many:]
        return frozenset(name for name in {*asked, *self.restless} if self._is_changed(name))

    def _is_changed(self, name: str) -> bool:
        before, path = self.stamps.pop(name, None), self._paths.get(name)
        now = stamp_at(path) if path else None
        if now:
            self.stamps[name] = now
        return now != before


def _changed_at(path: str) -> int | None:
    """Return when a folder, or a file, was changed; None if it is not there."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - a third of the time that `Path.stat` takes
    except OSError:
        return None
