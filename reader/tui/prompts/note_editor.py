"""A note, written in place: some lines at the foot of the screen, with the passage above them.

Nothing asks to be saved. Whoever leaves has saved; what cannot be saved stays where it was
typed, with the reason beside it.
"""

import contextlib
import os
from collections.abc import Callable

from textual.app import ComposeResult, SuspendNotSupported
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from reader.config import places
from reader.errors import ReaderError
from reader.inert import inert
from reader.own_editor import edited
from reader.tui.chrome import ClosedOnce, HeaderLine, show_toast
from reader.tui.typed_line import KeysInOrder

SHARE = 0.4  # of the rows of a screen, for the editor
MIN_ROWS, MAX_ROWS = 4, 14  # of the editor, its heading included

Save = Callable[[str], None]
"""Saves a text; raises a `ReaderError` if that cannot be done."""


class NoteLines(TextArea, KeysInOrder):
    """The lines of a note."""

    LEAVES = frozenset({"ctrl+e"})


class NoteEditor(ClosedOnce[bool], ModalScreen[bool]):
    """Lines to type a note into. Closes with True if it was saved, with False if there was nothing to save.

    However it is left, what was typed is saved, unless the reader gives it up.

    Args:
        body: The note as it is.
        about: What it is about, in words.
        save: Saves it; is not called if nothing was changed.
    """

    AUTO_FOCUS = "TextArea"
    DEFAULT_CSS = """
    NoteEditor {
        background: transparent; align: left bottom;
        & > Vertical { background: $shade; }
        & #complaint { height: auto; max-height: 60%; padding: 0 1; color: $error; display: none; }
        & TextArea {
            height: 1fr; border: none; padding: 0 2; background: $shade; color: $ink;
            &:focus { border: none; }
            & .text-area--cursor-line { background: $shade; }
        }
    }
    """

    def __init__(self, body: str, about: str, save: Save) -> None:
        super().__init__()
        self._header = HeaderLine()
        self._about = about
        self._save = save
        self._area = NoteLines(body, highlight_cursor_line=False)
        self._settled = self._area.text
        """What need not be saved: the note as it was, or what was saved or given up."""

    def compose(self) -> ComposeResult:
        """Lay out what it is about, and the lines."""
        with Vertical():
            yield self._header
            yield Static(id="complaint")
            yield self._area

    def on_mount(self) -> None:
        """Say what the keys do, and begin at the end."""
        keys = ("ctrl+g gives up", "ctrl+e editor", "Esc saves")
        self._header.show(Content.styled(inert(self._about), "$ink"), *map(Content, keys))
        self._area.move_cursor(self._area.document.end)

    @staticmethod
    def rows_on(height: int) -> int:
        """Return how many rows of a screen so high the editor takes."""
        return min(max(MIN_ROWS, round(SHARE * height)), MAX_ROWS)

    def on_resize(self, event: Resize) -> None:
        """Leave most of the screen to what the note is about."""
        self.query_one(Vertical).styles.height = self.rows_on(event.size.height)

    def on_unmount(self) -> None:
        """Save what was typed also if the program is left meanwhile."""
        with contextlib.suppress(ReaderError):  # nobody is there to be told; the notebook has kept the words
            self._save_changes()

    def on_key(self, event: Key) -> None:
        """Save, give up, or go on in the user's own editor."""
        done = {"escape": self._leave, "ctrl+g": self._give_up, "ctrl+e": self._open_editor}.get(event.key)
        if done is not None:
            event.stop()
            event.prevent_default()
            done()

    def _leave(self) -> None:
        """Save and close; what cannot be saved stays here, with the reason."""
        try:
            is_saved = self._save_changes()
        except ReaderError as error:
            self._complain(error.in_short)
        else:
            self.dismiss(is_saved)

    def _complain(self, why: str) -> None:
        """Say what went wrong, whole, and as long as it is so: it names the file that keeps the words."""
        complaint = self.query_one("#complaint", Static)
        complaint.update(Content(f"! {inert(why)}"))
        complaint.display = bool(why)

    def _save_changes(self) -> bool:
        """Save what is not saved yet. Returns whether there was anything; raises as `save` does."""
        text = self._area.text
        if text == self._settled:
            return False
        self._save(text)
        self._settled = text
        return True

    def _give_up(self) -> None:
        """Leave without saving; what was typed lies in the clipboard."""
        if self._area.text != self._settled:
            self.app.copy_to_clipboard(self._area.text)
            show_toast(self.app.screen_stack[-2], "given up · ctrl+v in an editor brings the words back")
        self._settled = self._area.text
        self.dismiss(result=False)

    def _open_editor(self) -> None:
        try:
            with self.app.suspend():
                text = edited(self._area.text, places(os.environ).editor)
        except SuspendNotSupported:
            self._complain("this terminal cannot be lent to another program")
        except ReaderError as error:
            self._complain(error.in_short)
        else:
            self._complain("")
            self._area.text = text
            self._area.move_cursor(self._area.document.end)
        self.app.refresh(layout=True)
