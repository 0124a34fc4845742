"""Hostile files on a real pseudo-terminal: what a document holds never acts on the terminal.

The program is run twice, on harmless files and on hostile ones, through the library
and every view of each article; every byte it writes is kept. What it wrote of control
sequences for the hostile files must be of the kinds it wrote for the harmless ones.
"""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HOSTILE = Path(__file__).parent / "samples" / "hostile"
ROWS, COLUMNS = 30, 100
QUIET = 0.1  # seconds without output after which a screen counts as painted
PATIENCE = 20.0  # seconds; a slow machine is no failure

CSI = r"\x1b\[([<=>?]?)([0-;]*)([ -/]*[@-~])"
CONTROL = re.compile(
    rf"{CSI}|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b[ -/]*[0-~]|[\x00-\x1f\x7f-\x9f]",
    re.DOTALL,
)
MODE = re.compile(r"\x1b\[\?([\d;]+)([hl])")
DIRECTIONAL = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HARMLESS = (
    "A quiet town\n\nThe ferry left the harbour at six in the morning.\n\nIts captain had seen it all.\n"
)

ESC = "\x1b"
THROUGH_THE_LIBRARY = (  # keys, and what only the screen they lead to shows: a key must never come before it
    ("Gg", ""),
    ("/e", "/ e"),
    (ESC, "Enter read"),
    ("!", "Problems"),
    (ESC, "Enter read"),
    ("?", "Keys"),
    (ESC, "Enter read"),
    ("\r", "H highlight"),
)
THROUGH_AN_ARTICLE = (("x", ""), ("\\", "Source"), ("\\/e\r", "“e”"))
HEADING = re.compile(r"Reading room › (.*?) \d+ %")

WORDS = {
    "esc_csi.txt": ("before", "after"),
    "esc_osc52.txt": ("before", "mid", "after"),
    "esc_osc_title.txt": ("before", "pwned title"),
    "esc_osc8_spoof.txt": ("https://bank.example/",),
    "esc_single.txt": ("charset", "lqqk"),
    "esc_unterminated_osc.txt": ("readable line 1", "line 2 must be visible", "line 3 must be visible"),
    "esc_unterminated_dcs_eof.txt": ("start visible",),
    "esc_c1_utf8.txt": ("csi", "nel"),
    "rich_markup.txt": ("[bold]not bold[/bold] [/]", ":smile:"),
}


@dataclass
class Recording:
    """What a run of the program wrote, and how it left the terminal."""

    output: str
    before: list[object]
    after: list[object]
    status: int

    def controls(self) -> Iterator[str]:
        return (match.group() for match in CONTROL.finditer(self.output))

    def kinds(self) -> set[str]:
        """Kinds of control sequences: without the numbers of positions and colours."""
        return {kind_of(control) for control in self.controls()}

    def text(self) -> str:
        return readable(self.output)

    def modes(self) -> dict[str, str]:
        """The last state of each private mode the program touched."""
        return {mode: state for modes, state in MODE.findall(self.output) for mode in modes.split(";")}


def readable(output: str) -> str:
    """What can be read, with one space for any white space and the bar of the focused block."""
    plain = CONTROL.sub(lambda match: "" if match[3] == "m" else " ", output)
    return re.sub(r"[\s▌┊]+", " ", plain)


def kind_of(control: str) -> str:
    match = re.fullmatch(CSI, control)
    if match and match[3] in {"m", "H", "A", "B", "C", "D"}:
        return f"\x1b[{match[1]}#{match[3]}"
    return control


class Terminal:
    """A pseudo-terminal with the program on it."""

    def __init__(self, folder: Path, *paths: Path, **environment: str) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.slave = slave
        self.before = termios.tcgetattr(slave)
        self.output = bytearray()
        surroundings = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "PYTHONPATH") if name in os.environ},
            **{f"XDG_{name}_HOME": str(folder / name) for name in ("CONFIG", "CACHE", "STATE", "DATA")},
            "HOME": str(folder),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONUTF8": "1",
            **environment,
        }
        self.program = subprocess.Popen(
            [sys.executable, "-m", "reader", *map(str, paths)],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=Path(__file__).parents[1],
            env=surroundings,
            start_new_session=True,
        )

    def wait_for(self, words: str, start: int = 0) -> None:
        self.wait_until(lambda output: words in output or words in readable(output), start, words)

    def wait_until(self, is_there: Callable[[str], bool], start: int, what: str) -> None:
        """Wait until what was written since a position is as asked for, and nothing more is written."""
        end = time.monotonic() + PATIENCE
        while not is_there(self.output[start:].decode(errors="replace")):
            assert time.monotonic() < end, f"{what!r} never came: {bytes(self.output[-2000:])!r}"
            self._read(0.05)
        self.settle()

    def settle(self) -> None:
        end = time.monotonic() + PATIENCE
        while self._read(QUIET) and time.monotonic() < end:
            pass

    def press(self, keys: str, until: str = "") -> None:
        """Type keys, and wait until some words were painted."""
        start = len(self.output)
        os.write(self.master, keys.encode())
        self.wait_for(until, start)

    def finish(self) -> Recording:
        end = time.monotonic() + PATIENCE
        while self.program.poll() is None and time.monotonic() < end:
            self._read(0.05)
        while self._read(QUIET):
            pass
        status = self.program.wait(timeout=PATIENCE)
        after = termios.tcgetattr(self.slave)
        return Recording(self.output.decode(), self.before, after, status)

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self.master)
        os.close(self.slave)

    def _read(self, seconds: float) -> bool:
        watched = select.poll()  # not `select`, which knows no descriptor above 1,023
        watched.register(self.master, select.POLLIN)
        ready = watched.poll(1000 * seconds)
        if ready:
            self.output += os.read(self.master, 1 << 16)
        return bool(ready)


@contextmanager
def terminal(folder: Path, *paths: Path, **environment: str) -> Iterator[Terminal]:
    running = Terminal(folder, *paths, **environment)
    try:
        yield running
    finally:
        running.close()


def walk(folder: Path, sources: Path, articles: int) -> Recording:
    """Show the list, filter it, and go through every article in every view."""
    with terminal(folder, sources) as screen:
        screen.wait_for(f"{articles} articles")
        for keys, until in THROUGH_THE_LIBRARY:
            screen.press(keys, until)
        title = titles(screen.output.decode())[-1]
        for following in range(articles):
            title = go_on(screen, title) if following else title
            for keys, until in THROUGH_AN_ARTICLE:
                screen.press(keys, until)
        os.write(screen.master, b"Q")
        return screen.finish()


def go_on(screen: Terminal, before: str) -> str:
    """Go to the next article, wait until it is shown, and return its title."""
    start = len(screen.output)
    os.write(screen.master, b"J")
    screen.wait_until(
        lambda output: titles(output)[-1:] not in ([], [before]), start, f"what follows {before}"
    )
    return titles(screen.output[start:].decode())[-1]


def titles(output: str) -> list[str]:
    return HEADING.findall(readable(output))


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    folder = tmp_path_factory.mktemp("harmless")
    sources = folder / "sources"
    sources.mkdir()
    for place in ("town", "port"):
        (sources / f"{place}.txt").write_text(HARMLESS.replace("town", place), encoding="utf-8")
    (sources / "binary.txt").write_bytes(bytes(range(256)))
    return walk(folder, sources, 2)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return walk(tmp_path_factory.mktemp("hostile"), HOSTILE, len([*HOSTILE.iterdir()]))


def test_the_harmless_run_shows_its_words_and_ends_well(harmless: Recording) -> None:
    assert harmless.status == 0
    assert "The ferry left the harbour" in harmless.text()


def test_a_library_that_was_not_looked_at_yet_is_not_called_empty(harmless: Recording) -> None:
    assert "looking for new files" in harmless.text()
    assert "Nothing to read" not in harmless.text()


def test_no_sequence_of_a_document_reaches_the_terminal(harmless: Recording, hostile: Recording) -> None:
    assert hostile.status == 0
    assert "Traceback" not in hostile.output
    assert hostile.kinds() - harmless.kinds() == set()


def test_no_colour_of_a_document_reaches_the_terminal(harmless: Recording, hostile: Recording) -> None:
    own = set(harmless.controls())
    theirs = {
        match.group()
        for file in HOSTILE.iterdir()
        for match in CONTROL.finditer(file.read_bytes().decode("utf-8", "replace"))
        if len(match.group()) > 1
    }

    assert set(hostile.controls()) & (theirs - own) == set()


def test_a_document_turns_no_mode_on_or_off(harmless: Recording, hostile: Recording) -> None:
    once = [control for control in harmless.controls() if MODE.fullmatch(control) and "2026" not in control]
    again = [control for control in hostile.controls() if MODE.fullmatch(control) and "2026" not in control]

    assert Counter(again) == Counter(once)


@pytest.mark.parametrize("run", ["harmless", "hostile"])
def test_the_terminal_is_left_as_it_was_found(run: str, request: pytest.FixtureRequest) -> None:
    recording: Recording = request.getfixturevalue(run)

    modes = recording.modes()
    assert modes.pop("25") == "h"
    assert {mode for mode, state in modes.items() if state == "h"} <= {"7"}
    assert recording.output.count("\x1b[<u") >= len(re.findall(r"\x1b\[>\d+u", recording.output))
    assert recording.after == recording.before


def test_no_character_turns_the_direction_of_a_line(hostile: Recording) -> None:
    assert not DIRECTIONAL.search(hostile.output)


@pytest.mark.parametrize("name", WORDS)
def test_the_words_around_stay_readable(name: str, hostile: Recording) -> None:
    text = hostile.text()

    assert [word for word in WORDS[name] if word not in text] == []
