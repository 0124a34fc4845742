"""The program on a real pseudo-terminal: its keyboard, its colours, other programs on it, and its end."""

import os
import re
import signal
import stat
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.tui.terminal import PASTE_BEGINS, PASTE_ENDS, Pastes, Piece
from tests.test_hostile_terminal import HARMLESS, PATIENCE, Terminal, terminal

SGR = re.compile(r"\x1b\[([\d;:]*)m")
COLOURS = re.compile(r"(?:^|;)(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;|$)")


def article_in(folder: Path) -> Path:
    source = folder / "a.txt"
    source.write_text(HARMLESS, encoding="utf-8")
    return source


@contextmanager
def reading(folder: Path, **environment: str) -> Iterator[Terminal]:
    """Read a file on a terminal, in a workspace of the test's own."""
    for name in ("seeds", "annotations"):
        (folder / "room" / name).mkdir(parents=True)
    room = str(folder / "room")
    with terminal(folder, article_in(folder), READER_WORKSPACE=room, **environment) as screen:
        screen.wait_for("the end")
        yield screen


def notes_in(folder: Path) -> str:
    files = folder.glob("room/annotations/*.toml")
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def leave(screen: Terminal) -> None:
    os.write(screen.master, b"Q")


def test_bytes_that_are_no_text_do_not_end_the_program(tmp_path: Path) -> None:
    with reading(tmp_path) as screen:
        for typed in (b"\xe9", b"j\xff\xfe", b"j"):
            os.write(screen.master, typed)
            screen.settle()
        screen.press("?", "Keys")
        screen.press("\x1b", "H highlight")
        leave(screen)
        ended = screen.finish()

    assert ended.status == 0
    assert "Traceback" not in ended.output


def test_what_is_pasted_presses_no_keys(tmp_path: Path) -> None:
    with reading(tmp_path) as screen:
        screen.press("}a", "Esc saves")
        screen.press("\x1b[200~one\x1b[31m red\x1b\x1b]0;dd\x07Q\x1b[201~", "Q")
        screen.press("\x1b", "note written")
        leave(screen)
        ended = screen.finish()

    assert ended.status == 0
    assert "one␛[31m red␛␛]0;dd␇Q" in notes_in(tmp_path)


@given(st.lists(st.text("\x1b[201~a", min_size=1, max_size=9)), st.integers(2, 9))
def test_a_paste_is_told_from_what_is_typed_in_whatever_parts_it_comes(words: list[str], size: int) -> None:
    words = [word for word in words if PASTE_ENDS not in word]
    sent = "".join(f"k{PASTE_BEGINS}{word}{PASTE_ENDS}" for word in words) + "k"
    pastes = Pastes()

    parts = (sent[at : at + size] for at in range(0, len(sent), size))
    pieces = [piece for part in parts for piece in pastes.feed(part)]

    assert [piece.text for piece in pieces if piece.is_pasted] == words
    assert "".join(piece.text for piece in pieces if not piece.is_pasted) == "k" * (len(words) + 1)


def test_a_paste_whose_end_never_comes_is_over_when_nothing_more_does() -> None:
    pastes = Pastes()

    assert [*pastes.feed(f"{PASTE_BEGINS}fog\x1b[20")] == []
    assert [*pastes.flush()] == [Piece("fog\x1b[20", is_pasted=True)]
    assert [*pastes.feed("j")] == [Piece("j")]


@pytest.mark.parametrize(("typed", "at_once"), [("\x1b", "\x1b"), ("j\x1b[2", "j")])
def test_what_may_begin_a_paste_is_waited_with_unless_it_is_the_key(typed: str, at_once: str) -> None:
    pastes = Pastes()

    assert "".join(piece.text for piece in pastes.feed(typed)) == at_once
    assert at_once + "".join(piece.text for piece in pastes.flush()) == typed


def test_no_colour_is_sent_to_who_wants_none(tmp_path: Path) -> None:
    with reading(tmp_path, NO_COLOR="1") as screen:
        screen.press("}H", "highlighted")
        screen.press("A", "Notes")
        screen.press("\x1b", "H highlight")
        leave(screen)
        ended = screen.finish()

    sent = {codes for codes in SGR.findall(ended.output) if COLOURS.search(codes)}
    assert sent == set()
    assert SGR.search(ended.output)  # lines and weight are told still


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGHUP], ids=lambda told: told.name)
def test_what_was_typed_is_saved_when_the_machine_stops(tmp_path: Path, told: signal.Signals) -> None:
    with reading(tmp_path) as screen:
        screen.press("}a", "Esc saves")
        screen.press("half a thought", "thought")
        os.kill(screen.program.pid, told)
        screen.finish()

    assert 'body = "half a thought"' in notes_in(tmp_path)


@pytest.mark.parametrize("told", [(), (signal.SIGHUP, signal.SIGCONT)], ids=["untold", "told"])
def test_what_was_typed_is_saved_when_the_terminal_is_closed(
    tmp_path: Path, told: tuple[signal.Signals, ...]
) -> None:
    with reading(tmp_path) as screen:
        screen.press("}a", "Esc saves")
        screen.press("half a thought", "thought")
        os.dup2(os.open(os.devnull, os.O_RDWR), screen.master)
        for one in told:
            os.kill(screen.program.pid, one)
        screen.program.wait(timeout=PATIENCE)

    assert 'body = "half a thought"' in notes_in(tmp_path)


def test_a_program_that_was_stopped_reads_each_key_once_and_leaves_the_terminal_clean(tmp_path: Path) -> None:
    with reading(tmp_path) as screen:
        for told in (signal.SIGSTOP, signal.SIGCONT):
            os.kill(screen.program.pid, told)
        screen.wait_for("help", len(screen.output))
        screen.press("}a", "Esc saves")
        screen.press("one thought", "thought")
        screen.press("\x1b", "note written")
        leave(screen)
        ended = screen.finish()

    assert 'body = "one thought"' in notes_in(tmp_path)
    assert (ended.status, ended.after) == (0, ended.before)


def test_a_key_gives_the_terminal_to_the_shell_until_it_goes_on(tmp_path: Path) -> None:
    with reading(tmp_path) as screen:
        screen.press("\x1a", "\x1b[?1049l")
        assert termios.tcgetattr(screen.slave) == screen.before

        os.kill(screen.program.pid, signal.SIGCONT)
        screen.wait_for("help", len(screen.output))
        leave(screen)
        ended = screen.finish()

    assert (ended.status, ended.after) == (0, ended.before)


def test_the_editor_of_the_reader_has_the_terminal_and_gives_it_back(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(
        f"#!{sys.executable}\nimport sys\nprint('IN THE EDITOR', flush=True)\n"
        "open(sys.argv[1], 'a').write(' and what was written there')\n",
        encoding="utf-8",
    )
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    with reading(tmp_path, EDITOR=str(editor)) as screen:
        screen.press("}a", "Esc saves")
        screen.press("mine", "mine")
        screen.press("\x05", "IN THE EDITOR")
        screen.wait_for("written there")
        screen.press("\x1b", "note written")
        leave(screen)
        ended = screen.finish()

    assert ended.status == 0
    assert 'body = "mine and what was written there"' in notes_in(tmp_path)
    assert ended.after == ended.before
