"""What brings articles in from the screen, and takes them out: by a line, by pasting, by dropping a file."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from textual.message import Message
from textual.worker import get_current_worker

from reader.actions import Place
from reader.adding.report import Outcome, Report
from reader.amounts import amount
from reader.errors import ReaderError
from reader.model import Problem, Summary
from reader.tui.keyed import Part
from reader.tui.library.add_prompt import AddPrompt, Asked, Question
from reader.tui.room import Room
from reader.tui.syncing import SyncAdvanced
from reader.tui.words import bar
from reader.workspace import SEEDS

REMEDY = "it was not added; the library is as it was"
_DONE = {Outcome.NEW: "added: ", Outcome.CHANGED: "changed: "}
"""What is said before the title of one thing that was asked for; that it is there already, its note says."""
_BESIDE = {
    "same": "there already",
    "changed": "changed",
    "near copies": "nearly as another",
    "failed": "failed",
    "left out": "left out: no text",
}
"""What is said of the counts of a report beside what is new."""


class Brought(Message):
    """Adding is over, or something was taken out: the files are others now."""

    def __init__(
        self, words: str, *, path: str = "", failed: bool = False, refused: tuple[Problem, ...] = ()
    ) -> None:
        super().__init__()
        self.words = words
        self.path = path
        """Of what was added, or was there already; of several, of the first new one."""
        self.failed = failed
        self.refused = refused
        """What could not be added, and why."""


class Bringing(Part):
    """Adds to the library, and removes the article that the cursor stands on. Posts `Brought` to the room.

    Args:
        room: Where the list is.
        current: Returns the article under the cursor.
    """

    PLACE: ClassVar[Place] = Place.LIBRARY

    def __init__(self, room: Room, current: Callable[[], Summary | None]) -> None:
        self._room = room
        self._workspace = room.workspace
        self._current = current
        self._asked: Asked | None = None

    async def action_add(self) -> None:
        """Open the line for what shall be added."""
        await self.offer("")

    async def offer(self, pasted: str) -> None:
        """Offer to add what was pasted or dropped."""
        if self._workspace.reads_in_place:
            self._room.toast("files are open in place; open a workspace to add to it", "warning")
            return
        await self._room.app.push_screen(AddPrompt(pasted, self._here()), self._begin)

    def _here(self) -> Path:
        """Return the folder that a relative path starts from; if somebody took it away, the workspace."""
        try:
            return Path.cwd()
        except FileNotFoundError:
            return self._workspace.root

    def _begin(self, asked: Asked | None) -> None:
        if asked is not None:
            self._asked = asked
            self._room.run_worker(self._add, thread=True, exclusive=True, group="adding")

    def _add(self) -> None:
        """Add what was asked for, behind the screen."""
        worker, asked, post = get_current_worker(), self._asked, self._room.post_message

        def advance(number: int, total: int) -> None:
            post(SyncAdvanced(f"{bar(number, total)} adding {number:,} of {total:,} · Esc stops"))

        if asked is None:
            return
        try:
            report = self._workspace.adding.add(
                asked.wishes, copy=asked.copy, advance=advance, stop=lambda: worker.is_cancelled
            )
            refused = tuple(Problem(one.note, one.what, REMEDY) for one in report.of(Outcome.FAILED))
            words = _said(report, self._room.key_of("show_problems"))
            post(Brought(words, path=_path(report), failed=bool(refused), refused=refused))
        except ReaderError as error:
            post(Brought(str(error), failed=True))

    async def action_remove(self) -> None:
        """Take the file of the article out; if it is the reader's own, or holds others too, ask first."""
        summary = self._current()
        if summary is None:
            return
        adding = self._workspace.adding
        try:
            is_added, beside = adding.is_added(summary), len(adding.beside(summary))
        except ReaderError as error:
            self._room.toast(str(error), "error")
            return
        reasons = [f"holds {amount(beside, 'article')}"] if beside > 1 else []
        reasons += [] if is_added else ["was put there by you"]
        if not reasons:
            self._remove(summary)
            return
        words = f"{summary.path} {' and '.join(reasons)}. It is kept in seeds/.kept, and your notes stay."
        question = Question(words, "removes it")
        await self._room.app.push_screen(question, lambda yes: self._remove(summary) if yes else None)

    def _remove(self, summary: Summary) -> None:
        try:
            self._workspace.adding.remove(summary)
        except ReaderError as error:
            self._room.toast(str(error), "error")
        else:
            undo = self._room.key_of("undo")
            self._room.post_message(Brought(f"removed {summary.path} · {undo} brings it back"))


def _path(report: Report) -> str:
    """Return where the cursor should go."""
    there = (*report.of(Outcome.NEW), *report.of(Outcome.CHANGED), *report.of(Outcome.SAME))
    return next((f"{SEEDS}/{entry.name}" for entry in there if entry.name), "")


def _said(report: Report, key: str) -> str:
    """Say in a line or two what came of it, what failed first; a key lists all that did."""
    failed = [f"{entry.what}: {entry.note}" for entry in report.of(Outcome.FAILED)]
    if len(report.entries) > 1:
        more = [f"{key} lists what failed"] if len(failed) > 1 else []
        return " · ".join([*failed[:1], *_sums(report), *more])
    if failed:
        return failed[0]
    (entry,) = report.entries
    what = amount(len(entry.titles), "article") if len(entry.titles) > 1 else "".join(entry.titles)
    near = f"nearly the same as “{entry.near[0]}”" if entry.near else ""
    return " · ".join(filter(None, (f"{_DONE.get(entry.outcome, '')}{what}", entry.note, near)))


def _sums(report: Report) -> Iterator[str]:
    """Yield how many there are of each outcome; what did not happen is not told."""
    counts = report.counts
    yield f"{amount(counts['new'], 'article')} added" if counts["new"] else "nothing is new"
    yield from (f"{counts[name]:,} {words}" for name, words in _BESIDE.items() if counts[name])
    if report.stopped:
        yield "stopped; what was added stays"
