"""The terminal: read so that no byte typed into it ends the program, and left when it is gone.

Textual reads the keyboard as strict UTF-8, and a single byte that is none stops it: one letter
from a terminal that sends Latin-1, or Alt held down where that sets the eighth bit. It begins to
read once more at each SIGCONT, also where it reads already; and that signal comes, too, when the
terminal is closed, after which nothing would end the second reading, nor the program.
"""

import os
from codecs import getincrementaldecoder
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

CHUNK = 4096  # bytes read at once
TICK = 0.1  # seconds after which a lone escape is the key and not the beginning of a sequence


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
        parser = XTermParser()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with DefaultSelector() as keyboard:
            keyboard.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if keyboard.select(TICK):
                    typed = self._typed()
                    if not typed:  # the terminal is gone: nothing more will come
                        self._loop.call_soon_threadsafe(self._app.exit)
                        self.exit_event.wait()
                    elif text := decode(typed):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def _typed(self) -> bytes:
        with suppress(OSError):
            return os.read(self.fileno, CHUNK)
        return b""
