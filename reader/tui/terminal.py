"""The terminal's keyboard, read so that no byte typed into it ends the program.

Textual reads the keyboard as strict UTF-8, and a single byte that is none stops it: one letter
from a terminal that sends Latin-1, or Alt held down where that sets the eighth bit.
"""

import os
from codecs import getincrementaldecoder
from selectors import EVENT_READ, DefaultSelector

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

CHUNK = 4096  # bytes read at once
TICK = 0.1  # seconds after which a lone escape is the key and not the beginning of a sequence


class SteadyDriver(LinuxDriver):
    """Shows what is not UTF-8 as U+FFFD and goes on, also in the middle of a paste."""

    def run_input_thread(self) -> None:
        """Read keys and the mouse until the program ends."""
        parser = XTermParser()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with DefaultSelector() as keyboard:
            keyboard.register(self.fileno, EVENT_READ)
            while not self.exit_event.is_set():
                if keyboard.select(TICK):
                    typed = os.read(self.fileno, CHUNK)
                    if not typed:  # the terminal is gone: nothing more will come
                        self.exit_event.wait(TICK)
                    elif text := decode(typed):
                        for message in parser.feed(text):
                            self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)
