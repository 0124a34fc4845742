"""The search screen under whatever is done to it: keys in one go, pastes, clicks, notes, a lost index."""

import random
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot

from reader.tui.search.screen import SearchScreen
from reader.tui.typed_line import TypedLine
from reader.workspace import Workspace

from .builders import LEAD, SECOND, THIRD, workspace_in
from .screens import opened, settled, until

FILES = {f"{number}.md": f"# Day {number}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n" for number in range(9)}
WORDS = (
    "fog",
    "ferr*",
    "-fog",
    "OR",
    "(",
    "in:hidden",
    "tag:sea",
    "is:unread",
    '"a cargo',
    "東京",
    "date:2024..",
)
KEYS = (
    *("space", "enter", "enter", "escape", "up", "down", "pagedown", "G", "g", "j", "k", "n", "N", "J"),
    *("s", "slash", "q", "ctrl+o", "backspace", "ctrl+u", "alt+1", "1", "2", "S", "d", "U", "x", "o", "left"),
    *("question_mark", "equals_sign", "ctrl+n", "home"),
)
SIZES = ((80, 24), (120, 40), (40, 12), (24, 6))
STEPS = 16


class Walk:
    """One reader's doings, as a seed has them."""

    def __init__(self, pilot: Pilot[None], workspace: Workspace, folder: Path, seed: int) -> None:
        self._pilot = pilot
        self._workspace = workspace
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 - no secret

    async def step(self) -> None:
        """Do something."""
        doings: tuple[Callable[[], object], ...] = (
            self._press,
            self._type,
            self._paste,
            self._write,
            self._lose,
        )
        self._chance.choices(doings, (5, 4, 1, 1, 1))[0]()
        if self._chance.random() < 0.3:
            await self._pilot.resize_terminal(*self._chance.choice(SIZES))
        if self._chance.random() < 0.3:
            size = self._pilot.app.size
            at = self._chance.randrange(size.width), self._chance.randrange(size.height)
            await self._pilot.click(offset=at, times=self._chance.choice((1, 2)))
        await self._pilot.pause()

    async def come_back(self) -> SearchScreen:
        """Leave whatever is open until the search is, or begin one."""
        while not isinstance(self._pilot.app.screen, SearchScreen):
            is_first = len(self._pilot.app.screen_stack) == 1
            await self._pilot.press("s" if is_first else self._chance.choice(("q", "escape")))
            await settled(self._pilot)
        return self._pilot.app.screen

    def _press(self) -> None:
        for key in self._chance.choices(KEYS, k=self._chance.randint(1, 4)):
            self._pilot.app.post_message(Key(key, key if len(key) == 1 else None))

    def _type(self) -> None:
        for letter in " ".join(self._chance.choices(WORDS, k=2)):
            self._pilot.app.post_message(Key(letter, letter))

    def _paste(self) -> None:
        self._pilot.app.post_message(
            Paste(self._chance.choice(("fog\nferry", "ferry " * 400, "\x1b[31mfog")))
        )

    def _write(self) -> None:
        article = self._workspace.desk.open(self._workspace.summaries()[0].id).article
        self._workspace.notebook.annotate(
            article, (0, 3), body=self._chance.choice(("", "fog!")), tags=("sea",)
        )

    def _lose(self) -> None:
        for index in self._folder.rglob("*.index"):
            shutil.rmtree(index, ignore_errors=True)


def is_in_order(screen: SearchScreen) -> bool:
    """Tell whether keyboard, line and what is shown agree, or all of it was left."""
    if not screen.is_current:
        return True
    line = screen.query_one(TypedLine)
    is_answered = screen.answered == screen._query if screen._query.strip() else not screen.answered
    return (screen.focused is line) == screen.is_typing and line.value == screen._query and is_answered


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_is_done_what_is_shown_answers_to_the_line(tmp_path: Path, seed: int) -> None:
    workspace = workspace_in(tmp_path, FILES)
    async with opened(workspace, (80, 24)) as pilot:
        walk = Walk(pilot, workspace, tmp_path, seed)
        for _ in range(STEPS):
            screen = await walk.come_back()
            await until(pilot, partial(is_in_order, screen))
            await walk.step()
    workspace.close()
