"""The keyboard of a real pseudo-terminal, when it sends what is no text."""

import os
from pathlib import Path

from tests.test_hostile_terminal import HARMLESS, terminal


def test_bytes_that_are_no_text_do_not_end_the_program(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(HARMLESS, encoding="utf-8")
    with terminal(tmp_path, source) as screen:
        screen.wait_for("help")
        for typed in (b"\xe9", b"j\xff\xfe", b"j"):
            os.write(screen.master, typed)
            screen.settle()
        screen.press("?", "Keys")
        screen.press("\x1b", "help")
        os.write(screen.master, b"Q")
        ended = screen.finish()

    assert ended.status == 0
    assert "Traceback" not in ended.output
