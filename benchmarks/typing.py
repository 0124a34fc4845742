"""How fast a search follows who types it: `python -m benchmarks.typing [ARTICLES] [FOLDER]`.

A workspace with articles of 5 KB is made and indexed, which takes some minutes for 10,000;
in a folder that is named it is kept for the next run. Then words are typed letter by letter,
once into a screen in memory, once into the program on a pseudo-terminal, and once into a
screen behind which all is read and indexed anew.
"""

import asyncio
import fcntl
import os
import pty
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from textual.events import Key
from textual.pilot import Pilot

from benchmarks.searching import Texts, documents
from reader.config import Config, places
from reader.tui.app import ReaderApp
from reader.tui.search.screen import SearchScreen
from reader.workspace import Workspace

ARTICLES = 10_000
NOTED = 10  # one article of so many has a note
SIZE = (120, 40)  # columns and rows
WORDS = 25
REST = 0.15  # seconds without output: what a key brought about is over
LONGEST = 2.0  # seconds that are waited for one key
IDLE = 0.1  # seconds of the processor in one second: nothing is compared or indexed any longer
IDLE_FOR = 2  # seconds of that in a row: between two files that are read it would be less
START = 120  # seconds that are waited for that
WORK = 5  # seconds after the start at which all that is remembered is being made anew
MS = 1_000
TICK = os.sysconf("SC_CLK_TCK")
TARGETS = {"line": "keys never wait", "results": "60 / 120"}
CLEAR = b"\x15"  # ctrl+u empties the line


# The workspace


def make(folder: Path, number: int) -> None:
    """Write articles and notes into a workspace, and index them."""
    seeds = folder / "room" / "seeds"
    seeds.mkdir(parents=True)
    (folder / "room" / "annotations").mkdir()
    for one in documents(Texts(), number):
        if one.text:
            head = f"---\ndate: {one.date}\nsource: {one.source}\n---\n\n# {one.title}\n\n"
            (seeds / f"{one.key}.md").write_text(head + one.text, encoding="utf-8")
    workspace = opened(folder)
    workspace.sync()
    for summary in workspace.summaries()[::NOTED]:
        article = workspace.desk.open(summary.id).article
        start = len(article.text) // 2
        workspace.notebook.annotate(article, (start, start + 60), tags=("idea",), body="What of this?")
    workspace.index.sync()
    workspace.close()


def environment(folder: Path) -> dict[str, str]:
    """Return what makes the program keep everything in a folder."""
    homes = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")
    return {home: str(folder / home.lower()) for home in homes}


def opened(folder: Path) -> Workspace:
    """Open the workspace of a folder."""
    return Workspace(folder / "room", places(environment(folder)), Config())


def words() -> list[str]:
    """Return the words that are typed: such as people search for, the same in each run."""
    texts = Texts()
    return [texts.word() for _ in range(WORDS)]


# On a screen in memory


async def typed_in_memory(folder: Path, begin: Callable[[], Awaitable[None]], what: str) -> None:
    """Type into a search once something is over, and print how long the results took."""
    workspace = opened(folder)
    seconds, processor = [], []
    async with ReaderApp(workspace).run_test(size=SIZE) as pilot:
        await begin()
        await pilot.press("s")
        await begin()
        for word in words():
            for end in range(1, len(word) + 1):
                await pilot.pause(REST)
                began, worked = time.perf_counter(), time.process_time()
                pilot.app.post_message(Key(word[end - 1], word[end - 1]))
                await painted(pilot, word[:end])
                seconds.append(time.perf_counter() - began)
                processor.append(time.process_time() - worked)
            await pilot.press("ctrl+u")
    workspace.close()
    print(f"{what} results {spread(seconds)}   [{TARGETS['results']}]   processor {spread(processor)}")


async def idle() -> None:
    """Wait until nothing goes on behind the screen."""
    quiet = 0
    for _ in range(START):
        before = time.process_time()
        await asyncio.sleep(1)
        quiet = quiet + 1 if time.process_time() - before < IDLE else 0
        if quiet >= IDLE_FOR:
            return


async def work() -> None:
    """Wait until all is being read and indexed."""
    await asyncio.sleep(WORK)


async def painted(pilot: Pilot[None], query: str) -> None:
    """Wait until what a query finds is painted."""
    screen, done = pilot.app.screen, asyncio.Event()
    until = time.perf_counter() + LONGEST
    while isinstance(screen, SearchScreen) and screen.answered != query and time.perf_counter() < until:
        await asyncio.sleep(0.001)
    screen.call_after_refresh(done.set)
    await done.wait()


# On a pseudo-terminal


class Terminal:
    """The program on a pseudo-terminal, seen from outside."""

    def __init__(self, folder: Path) -> None:
        self.process, self._end = pty.fork()
        if not self.process:
            columns, rows = SIZE
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            kind = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            command = [sys.executable, "-m", "reader", "--workspace", str(folder / "room")]
            os.execve(sys.executable, command, os.environ | kind | environment(folder))  # noqa: S606 - ourselves

    def press(self, keys: bytes) -> tuple[float, float]:
        """Press keys; return after how many seconds the first and the last output came."""
        began = time.perf_counter()
        os.write(self._end, keys)
        stamps = [stamp - began for stamp in self.outputs(began + LONGEST, REST)]
        return (stamps[0], stamps[-1]) if stamps else (LONGEST, LONGEST)

    def outputs(self, until: float, rest: float) -> Iterator[float]:
        """Read what the program writes, until it has begun and rests; yield when it wrote."""
        wait = until - time.perf_counter()
        with suppress(OSError):  # the program has ended
            while time.perf_counter() < until and select.select([self._end], [], [], wait)[0]:
                os.read(self._end, 1 << 16)
                yield time.perf_counter()
                wait = rest

    def idle(self) -> None:
        """Wait until nothing goes on behind the screen."""
        quiet = 0
        for _ in range(START):
            before = self.processor()
            list(self.outputs(time.perf_counter() + 1, 1))
            quiet = quiet + 1 if 0 < before > self.processor() - IDLE else 0
            if quiet >= IDLE_FOR:
                return

    def processor(self) -> float:
        """Return how many seconds of the processor the program took so far."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def close(self) -> None:
        """End the program."""
        os.kill(self.process, signal.SIGTERM)
        list(self.outputs(time.perf_counter() + LONGEST, LONGEST))
        os.close(self._end)
        os.waitpid(self.process, 0)


def typed_on_a_terminal(folder: Path) -> None:
    """Type into a search, and print how long the line and the results took."""
    terminal = Terminal(folder)
    terminal.idle()
    terminal.press(b"s")
    terminal.idle()
    before = terminal.processor()
    times: list[tuple[float, float]] = []
    for word in words():
        times.extend(terminal.press(letter.encode()) for letter in word)
        terminal.press(CLEAR)
    work = (terminal.processor() - before) / (len(times) + WORDS)
    line, results = zip(*times, strict=True)
    print(f"on a pty    line    {spread(line)}   [{TARGETS['line']}]")
    print(
        f"on a pty    results {spread(results)}   [{TARGETS['results']}]   processor {work * MS:.1f} ms a key"
    )
    terminal.close()


def spread(seconds: Iterable[float]) -> str:
    """Write median and 95th percentile."""
    ordered = sorted(seconds)
    return f"{statistics.median(ordered) * MS:6.1f} / {ordered[int(len(ordered) * 0.95)] * MS:6.1f} ms"


def main(number: int, folder: Path) -> None:
    """Measure, and print a line each: what, median / 95th percentile, target."""
    if not (folder / "room").exists():
        make(folder, number)
    print(f"load {os.getloadavg()[0]:.1f}")
    asyncio.run(typed_in_memory(folder, idle, "in memory  "))
    typed_on_a_terminal(folder)
    shutil.rmtree(places(environment(folder)).cache)
    asyncio.run(typed_in_memory(folder, work, "indexing   "))
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    amount = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    if len(sys.argv) > 2:
        main(amount, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(amount, Path(temporary))
