"""A server on this machine for the tests: it answers as it is told to, byte by byte."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping

Answer = bytes | Callable[[socket.socket], None]
"""All that is sent, the head too, or what is done with the connection."""

STORY = (
    "<!DOCTYPE html><html><head><title>The ferry that came too late</title></head><body>"
    "<h1>The ferry that came too late</h1>"
    "<p>The ferry left the harbour at six in the morning, an hour late, with forty passengers.</p>"
    "<p>Its captain said that the fog had been thicker than any she remembered.</p></body></html>"
)


def answer(body: bytes | str, *headers: str, status: str = "200 OK") -> bytes:
    """Write an answer out: its first line, its headers, its length and its body."""
    content = body.encode() if isinstance(body, str) else body
    lines = (f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(content)}", "Connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def page(body: bytes | str = STORY, *headers: str) -> bytes:
    """Write out the answer of a server that sends a page."""
    return answer(body, "Content-Type: text/html; charset=utf-8", *headers)


def moved(location: str) -> bytes:
    """Write out an answer that leads elsewhere."""
    return answer(b"", f"Location: {location}", status="302 Found")


class Server:
    """What runs: the answers by path, which may be changed meanwhile, and what was asked for."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.requests: list[str] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.stopped = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """Return the address of a page of it."""
        return f"http://{host}:{self.port}{path}"

    def close(self) -> None:
        """Stop, and wait for what runs."""
        self.stopped.set()
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            if self.stopped.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._answer, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = connection.recv(65_536).decode("latin-1")
            self.requests.append(request)
            path = request.split(" ")[1] if " " in request else ""
            wanted = self.answers.get(path, answer("", status="404 Not Found"))
            if callable(wanted):
                wanted(connection)
            else:
                connection.sendall(wanted)


@contextlib.contextmanager
def serving(answers: Mapping[str, Answer]) -> Iterator[Server]:
    """Run a server as long as the block."""
    server = Server(answers)
    try:
        yield server
    finally:
        server.close()
