"""How fast a list of many articles follows the keys: `python -m benchmarks.library [ARTICLES] [FOLDER]`.

The workspace is that of `benchmarks.typing`, and is kept in a folder that is named. Times are of
the processor, from a key until what it changed is painted on a screen in memory.
"""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from textual.pilot import Pilot

from benchmarks.notes import show
from benchmarks.typing import ARTICLES, MS, SIZE, idle, make, opened
from reader.tui.app import ReaderApp
from reader.workspace import Workspace

KEYS = 40
REST = 0.3  # seconds after which the preview of an article has been read
WORDS = (
    "verl",
    "is:star",
    "tag:id",
    "the sa",
)  # one that few titles have, a field, a tag, two that many have
NAMES = {" ": "space", ":": "colon"}
OPENINGS = 8


async def time_keys(pilot: Pilot[None], *keys: str, rest: float = 0) -> list[float]:
    """Press keys, with a rest after each. Returns milliseconds of the processor until each is painted."""
    times = []
    for key in keys:
        begun = time.process_time()
        pilot.app.simulate_key(key)
        await pilot.pause(0)  # until all that was asked for is done and painted
        times.append((time.process_time() - begun) * MS)
        await asyncio.sleep(rest)
    return times


async def measure(workspace: Workspace) -> None:
    """Print the table."""
    print(f"{'ms of the processor':<24}{'least':>8}{'median':>8}{'most':>8}")
    async with ReaderApp(workspace).run_test(size=SIZE) as pilot:
        await idle()
        show("down", await time_keys(pilot, *["j"] * KEYS))
        show("down, preview read", await time_keys(pilot, *["j"] * (KEYS // 4), rest=REST))
        show("page down", await time_keys(pilot, *["space"] * (KEYS // 2)))
        show("end and beginning", await time_keys(pilot, *["G", "g"] * (KEYS // 4)))
        for words in WORDS:
            await time_keys(pilot, "slash", rest=REST)
            letters = [NAMES.get(letter, letter) for letter in words]
            show(f"filter: {words}", await time_keys(pilot, *letters, rest=REST))
            await time_keys(pilot, "escape", rest=REST)
        times = []
        for _ in range(OPENINGS):
            times += await time_keys(pilot, "enter", rest=REST)
            await time_keys(pilot, "q", "j", rest=REST)
        show("open an article", times)


def main() -> None:
    """Make the workspace, if there is none, and print the table."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        if not (folder / "room").exists():
            make(folder, number)
        workspace = opened(folder)
        asyncio.run(measure(workspace))
        workspace.close()


if __name__ == "__main__":
    main()
