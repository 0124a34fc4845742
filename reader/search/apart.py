"""A segment that is written by a process of its own, so that two processors share a large library.

The process gets the documents on its standard input, a line of JSON each, and tells on its
standard output how many are done; the last line says what it wrote. It makes files that are
hidden until they are adopted, and nothing else: if it is killed, nothing is lost but its time.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from queue import SimpleQueue
from typing import IO, cast

from whoosh.filedb.filestore import FileStorage

from reader.search.building import Building, Built, discard, hidden
from reader.search.values import Document, document_in

_PROGRAM = "import sys; sys.path[:0] = sys.argv[1:2]; from reader.search.apart import main; main()"
_ROOT = Path(__file__).parents[2]  # where this package is imported from
_END = b"end\n"  # behind the last document: without it whoever sent them was killed
_STEP = 10  # documents between two words on how many are done
_ENOUGH = 50  # documents of 5 KB that it has a tenth of a second to do with
_NICENESS = 5  # the process gives way to whoever reads


class Apart:
    """A segment and the process that writes it.

    Args:
        storage: The folder of the index, of Whoosh.

    Raises:
        OSError: No process can be had.
    """

    def __init__(self, storage: FileStorage) -> None:
        self._storage = storage
        self._segment = hidden(storage)
        self._keys: list[str] = []
        self._said = b""
        self.done = 0
        """How many documents are turned round."""
        pipe, silence = subprocess.PIPE, subprocess.DEVNULL
        command = [sys.executable, "-c", _PROGRAM, str(_ROOT), storage.folder, self._segment.segid]
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=silence)  # noqa: S603 - our own program
        self._to, self._from = (cast("IO[bytes]", one) for one in (self._process.stdin, self._process.stdout))
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the documents that it was given."""
        return tuple(self._keys)

    @property
    def wants_more(self) -> bool:
        """Whether it has not enough to do, and is there to do it."""
        return len(self._keys) - self.done < _ENOUGH and self.is_there

    @property
    def is_there(self) -> bool:
        """Whether it did not come to its end."""
        return self._listening.is_alive()

    def give(self, document: Document) -> None:
        """Send it a document. If it is gone meanwhile, `result` tells."""
        self._keys.append(document.key)
        self._send(json.dumps(document).encode() + b"\n")

    def _send(self, line: bytes) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._to.write(line)
            self._to.flush()

    def end(self) -> None:
        """Say that there are no more."""
        self._send(_END)
        self._close()

    def result(self) -> Built | None:
        """Wait for what it wrote; None if it came to a bad end."""
        self._listening.join()
        with contextlib.suppress(ValueError, KeyError):
            said = json.loads(self._said)
            if self._process.wait() == 0 and said["documents"] == len(self._keys):
                self._segment.set_doc_count(said["documents"])
                return Built(self._segment, self.keys, Counter(said["words"]))
        self.stop()
        return None

    def stop(self) -> None:
        """End it, and delete what it wrote."""
        self._process.kill()
        self._listening.join()
        self._process.wait()
        self._close()
        discard(self._storage, self._segment)

    def _close(self) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._to.close()

    def _listen(self) -> None:
        with self._from as lines:
            for line in lines:
                self._said = line
                if line[:1].isdigit():
                    self.done = int(line)


def main() -> None:
    """Write the segment of one process: what `Apart` starts."""
    os.nice(_NICENESS)
    folder, name = sys.argv[2:]
    building, number = Building(), 0
    for line in _lines(sys.stdin.buffer):
        building.add(document_in(line))
        number += 1
        if number % _STEP == 0:
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
    built = building.write(FileStorage(folder), name)
    sys.stdout.write(json.dumps({"documents": number, "words": built.words}))


def _lines(pipe: IO[bytes]) -> Iterator[bytes]:
    """Yield what is sent, however fast that comes: who sends has better things to do than to wait.

    Raises:
        EOFError: Whoever sends is gone.
    """
    lines = SimpleQueue[bytes]()

    def read() -> None:
        for line in pipe:
            lines.put(line)
            if line == _END:  # nobody may still be reading when the process ends
                return
        lines.put(b"")

    threading.Thread(target=read, daemon=True).start()
    while (line := lines.get()) != _END:
        if not line:
            raise EOFError
        yield line
