"""The terminal: read so that no byte typed into it ends the program, and left when it is gone.

Textual reads the keyboard as strict UTF-8, and a single byte that is none stops it: one letter
from a terminal that sends Latin-1, or Alt held down where that sets the eighth bit. It begins to
read once more at each SIGCONT, also where it reads already; and that signal comes, too, when the
terminal is closed, after which nothing would end the second reading, nor the program.

A terminal puts marks around what is pasted. Textual looks for keys also between them: a text with
an escape character in it, as a page can put on the clipboard, would press keys, and each letter
would be one; and where the last mark never comes, no key would be one any more.
"""

import os
import re
from codecs import getincrementaldecoder
from collections.abc import Iterable, Iterator
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import NamedTuple

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste

from reader.inert import inert

CHUNK = 4096  # bytes read at once
TICK = 0.1  # seconds after which a lone escape is the key and not the beginning of a sequence
PASTE_REST = 50  # ticks without a letter after which a paste is over, whatever its terminal says
ESCAPE = "\x1b"
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f]"
)  # an editor measures them as nothing, and cuts the line
PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"


class Piece(NamedTuple):
    """Some of what a terminal sent."""

    text: str
    is_pasted: bool = False


class Pastes:
    """Tells what is pasted from what is typed, in whatever parts it comes."""

    def __init__(self) -> None:
        self._pasted: list[str] | None = None
        """What has come of a paste that is not over; None if there is none."""
        self._held = ""
        """The last of what came, where it may be the beginning of a mark."""

    @property
    def is_open(self) -> bool:
        """Whether the end of a paste is still to come."""
        return self._pasted is not None

    def feed(self, text: str) -> Iterator[Piece]:
        """Yield what is whole with a further part."""
        rest = self._held + text
        if rest == ESCAPE and self._pasted is None:
            yield Piece(rest)  # a key, and nobody waits for keys
            return
        while rest:
            mark = PASTE_BEGINS if self._pasted is None else PASTE_ENDS
            before, found, rest = rest.partition(mark)
            self._held = "" if found else _begun(before, mark)
            yield from self._take(before.removesuffix(self._held))
            if found:
                yield from self._turn()

    def flush(self) -> Iterator[Piece]:
        """Yield what was waited with, since no more comes."""
        held, self._held = self._held, ""
        yield from self._take(held)
        if self._pasted is not None:
            yield from self._turn()

    def _take(self, text: str) -> Iterator[Piece]:
        if self._pasted is not None:
            self._pasted.append(text)
        elif text:
            yield Piece(text)

    def _turn(self) -> Iterator[Piece]:
        """Begin a paste, or end the one that is open."""
        if self._pasted is None:
            self._pasted = []
            return
        text, self._pasted = "".join(self._pasted), None
        if text:
            yield Piece(text, is_pasted=True)


def _as_text(pasted: str) -> str:
    """Read what was pasted as lines, in which nothing acts."""
    lines = pasted.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub(lambda control: inert(control.group()), lines)


def _begun(text: str, mark: str) -> str:
    """Return the end of a text that is the beginning of a mark."""
    begun = (mark[:length] for length in range(len(mark) - 1, 0, -1))
    return next(filter(text.endswith, begun), "")


class SteadyDriver(LinuxDriver):
    """Shows what is not UTF-8 as U+FFFD and goes on, also in the middle of a paste.

    It ends the program in order when the terminal is gone, also where no signal tells of it.
    """

    def _sigcont_application(self, *_: object) -> None:
        """Take the terminal again after a stop, also after one that no key asked for; unless it is gone."""
        if not os.isatty(self.fileno):
            return
        if self._auto_restart and self._key_thread is not None and self._key_thread.is_alive():
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()

    def run_input_thread(self) -> None:
        """Read keys and the mouse until the program ends."""
        parser, pastes, quiet = XTermParser(), Pastes(), 0
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with DefaultSelector() as keyboard:
            keyboard.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if keyboard.select(TICK):
                    quiet = 0
                    typed = self._typed()
                    if not typed:  # the terminal is gone: nothing more will come
                        self._loop.call_soon_threadsafe(self._app.exit)
                        self.exit_event.wait()
                    self._send(parser, pastes.feed(decode(typed)))
                else:
                    quiet += 1
                    if quiet >= (PASTE_REST if pastes.is_open else 1):
                        self._send(parser, pastes.flush())
                for message in parser.tick():
                    self.process_message(message)

    def _send(self, parser: XTermParser, pieces: Iterable[Piece]) -> None:
        """Tell the program what was pasted, and which keys and mouse reports came."""
        for piece in pieces:
            if piece.is_pasted:
                self.process_message(Paste(_as_text(piece.text)))
                continue
            for message in parser.feed(piece.text):
                self.process_message(message)

    def _typed(self) -> bytes:
        with suppress(OSError):
            return os.read(self.fileno, CHUNK)
        return b""
