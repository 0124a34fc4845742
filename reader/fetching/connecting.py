"""Connections that are looked at and that end in time; alone imports httpcore.

Names are looked up here, each number they stand for is judged, and the connection goes to
that very number: a name that answers otherwise the second time (DNS rebinding) gains
nothing. Every wait on the wire is part of one deadline, so a server that sends a byte a
second, in the head or in the body, costs no more than one that is silent.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore

from reader.errors import PageNotFetched
from reader.fetching.addresses import Address, may_connect

_PROTOCOL = (
    ("complete message body", "it breaks off before its end"),
    ("without sending a response", "the server hung up without an answer"),
    ("too long", "its headers are longer than those of any page"),
    ("", "what answers is no server of pages"),
)  # what the fault of an answer is called, by what httpcore says of it
SLICE = 0.25  # seconds of a wait after which somebody may have given up
Headers = list[tuple[str, str]]


class Deadline:
    """The time that all of a page may take.

    Args:
        seconds: As much.
        stop: Tells whether nobody waits for it any longer.
    """

    def __init__(self, seconds: float, stop: Callable[[], bool]) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._stop = stop

    def slice(self) -> float:
        """Return the seconds of the next wait on the wire, after which is asked again; as `left`."""
        return min(self.left(), SLICE)

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            PageNotFetched: There are none, or nobody waits.
        """
        if self._stop():
            raise PageNotFetched("given up, as asked")
        left = self._end - time.monotonic()
        if left <= 0:
            raise PageNotFetched(
                f"it took more than {self._seconds:g} seconds (`fetch.timeout` of the settings)"
            )
        return left


class TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends with the deadline."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline rules
        """Read what has come."""
        while True:
            with contextlib.suppress(httpcore.ReadTimeout):
                return self._inner.read(max_bytes, timeout=self._deadline.slice())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - as above
        """Send bytes: a request is short, and fits into what the system keeps for us."""
        self._inner.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.NetworkStream:
        """Prove that the server is the one named, and speak in secret."""
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Pass on what is asked about the connection."""
        return self._inner.get_extra_info(info)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to numbers that may be asked, and to no other."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
        local_address: str | None = None,  # noqa: ARG002 - whichever
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - the usual ones
    ) -> httpcore.NetworkStream:
        """Look a name up, judge what it stands for, and connect to the first number that answers."""
        numbers = _look_up(host, port, self._deadline)
        allowed = [one for one in numbers if may_connect(one, allow_private=self._allow_private)]
        if not allowed:
            found = "is" if host in numbers else f"leads to {', '.join(numbers)}:"
            raise PageNotFetched(
                f"{host} {found} this machine or its own network, which pages are not fetched from"
                " (`fetch.allow_private` of the settings)"
            )
        for number in allowed[:-1]:
            with contextlib.suppress(httpcore.NetworkError, httpcore.TimeoutException):
                return self._connect(number, port)
        return self._connect(allowed[-1], port)

    def _connect(self, number: str, port: int) -> httpcore.NetworkStream:
        return TimedStream(self._inner.connect_tcp(number, port, self._deadline.left()), self._deadline)


def _look_up(host: str, port: int, deadline: Deadline) -> list[str]:
    """Return the numbers of a name. In a thread of its own: a resolver waits as long as it likes."""
    found: list[str] = []
    faults: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            faults.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    while asking.is_alive():
        asking.join(deadline.slice())
    if faults:
        raise PageNotFetched(f"no such host: {host}") from faults[0]
    return found


@contextlib.contextmanager
def answer_of(
    address: Address, headers: Headers, deadline: Deadline, *, allow_private: bool
) -> Iterator[httpcore.Response]:
    """Ask for a page; lends the answer with its body still on the wire.

    Raises:
        PageNotFetched: There is no answer, or it breaks off, or it is none.
    """
    backend = CheckedBackend(deadline, allow_private=allow_private)
    # Loading the certificates takes 20 ms, which no unsecured page need pay.
    secured = (
        httpcore.default_ssl_context()
        if address.scheme == "https"
        else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, ssl_context=secured) as pool,
            pool.stream("GET", address.url, headers=headers) as answer,
        ):
            yield answer
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise PageNotFetched(_words_of(error)) from error


def _words_of(error: Exception) -> str:
    said = str(error) or type(error).__name__
    if isinstance(error, httpcore.TimeoutException):
        return "no connection in time"
    if isinstance(error, httpcore.ProtocolError):  # what it says quotes the answer, and means programmers
        return next(words for mark, words in _PROTOCOL if mark in said)
    return f"the connection failed ({said})"
