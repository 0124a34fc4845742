"""A text that the user's own editor changes, in a file made for that."""

import contextlib
import shlex
import subprocess
import tempfile
from pathlib import Path

from reader.errors import ReaderError
from reader.inert import inert


def edited(text: str, editor: str) -> str:
    """Let the user's own editor change a text.

    Args:
        text: The text.
        editor: The command, as VISUAL or EDITOR name it.

    Raises:
        ReaderError: The editor cannot be run, or did not end well and wrote nothing.
    """
    with tempfile.TemporaryDirectory(prefix="reader-") as folder:
        path = Path(folder) / "note.md"
        path.write_bytes(text.encode())
        try:
            subprocess.run([*shlex.split(editor), str(path)], check=True)  # noqa: S603 - the user's own choice
            return path.read_bytes().decode().removesuffix("\n")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            if words := _changed(path, text):
                return words
            raise ReaderError(
                f"{inert(editor)}: {inert(str(error))}; the note is as it was before"
            ) from error


def _changed(path: Path, text: str) -> str:
    """Return what an editor wrote before it ended badly; "" if that is nothing new."""
    with contextlib.suppress(OSError, ValueError):
        words = path.read_bytes().decode().removesuffix("\n")
        return "" if words == text else words
    return ""
