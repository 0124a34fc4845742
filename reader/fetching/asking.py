"""Asking for a page: redirects followed one by one, limits kept, what comes looked at."""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin

from reader import __version__
from reader.config import Fetch
from reader.errors import PageNotFetched
from reader.fetching.addresses import Address, parse_address
from reader.fetching.connecting import Deadline, answer_of
from reader.fetching.looking import is_login, kind_of
from reader.fetching.unpacking import unpack
from reader.inert import inert

USER_AGENT = f"terminal-reader/{__version__}"  # what we are; pages that turn such away are not ours to have
MAX_REDIRECTS = 10  # browsers follow 20; what needs more than 5 goes in circles
_ACCEPT = (
    "text/html,application/xhtml+xml,text/plain,text/markdown;q=0.9,application/epub+zip;q=0.9,*/*;q=0.1"
)
_MOVED = frozenset({301, 302, 303, 307, 308})
_CLOSED = frozenset({401, 402, 403, 407, 451})


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it came."""

    asked: str
    """The address that was asked for."""
    url: str
    """The address that it came from in the end."""
    status: int
    """Of HTTP: 200, or 304 if it is as it was."""
    content: bytes
    """Its bytes, unpacked and else untouched; none if it is as it was."""
    suffix: str
    """Of the file to keep it in: ".html"."""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    """When the server says it was changed last."""

    @property
    def is_as_before(self) -> bool:
        """Whether the server says that nothing changed."""
        return self.status == HTTPStatus.NOT_MODIFIED


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    content: bytes


def fetch(
    url: str,
    limits: Fetch,
    *,
    etag: str = "",
    modified: str = "",
    stop: Callable[[], bool] = lambda: False,
) -> Page:
    """Fetch a page.

    Args:
        url: Its address, with http or https.
        limits: How long it may take in all, how much it may be, and where it may come from.
        etag: What the server called the version that we have.
        modified: When that was changed.
        stop: Is asked several times a second whether to give up.

    Raises:
        PageNotFetched: It did not come, or what came is no article. The message begins with the address.
    """
    asked = parse_address(url)
    known = {"If-None-Match": _sendable(etag), "If-Modified-Since": _sendable(modified)}
    address, deadline, been = asked, Deadline(limits.timeout, stop), {asked.url}
    try:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _ask(address, {name: value for name, value in known.items() if value}, limits, deadline)
            if answer.status not in _MOVED:
                return _page(asked, address, answer)
            address = _next(address, answer)
            if address.url in been:
                raise PageNotFetched("its redirects go in a circle")
            been.add(address.url)
    except PageNotFetched as error:
        raise PageNotFetched(_from(asked, address, str(error))) from error
    raise PageNotFetched(f"{inert(asked.url)}: it is redirected more than {MAX_REDIRECTS} times")


def _sendable(value: str) -> str:
    """Return what may stand in a header; "" for what a server, or a person's hand, made unfit for one."""
    return value if value.isascii() and value.isprintable() else ""


def _from(asked: Address, address: Address, words: str) -> str:
    """Say what went wrong, and where, if that is not where it began."""
    via = "" if address == asked else f" (redirected to {address.url})"
    return inert(f"{asked.url}{via}: {words}")


def _ask(address: Address, known: dict[str, str], limits: Fetch, deadline: Deadline) -> _Answer:
    headers = [("User-Agent", USER_AGENT), ("Accept", _ACCEPT), ("Accept-Encoding", "gzip"), *known.items()]
    with answer_of(address, headers, deadline, allow_private=limits.allow_private) as answer:
        found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        if answer.status in _MOVED or answer.status >= HTTPStatus.BAD_REQUEST:
            return _Answer(answer.status, found, b"")  # what such an answer says is not read
        length = found.get("content-length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > limits.max_bytes:
            raise PageNotFetched(
                f"larger than {limits.max_bytes:,} bytes (`fetch.max_bytes` of the settings)"
            )
        body = unpack(answer.iter_stream(), found.get("content-encoding", ""), limits.max_bytes)
        return _Answer(answer.status, found, body)


def _next(address: Address, answer: _Answer) -> Address:
    """Return where a redirect leads; one to another scheme than http and https is refused there."""
    location = answer.headers.get("location", "")
    if not location:
        raise PageNotFetched("a redirect that leads nowhere")
    try:
        joined = urljoin(address.url, location)
    except ValueError as error:
        raise PageNotFetched("a redirect to what is no address") from error
    try:
        return parse_address(joined)
    except PageNotFetched as error:
        raise PageNotFetched(f"it is redirected to {error}") from error


def _page(asked: Address, address: Address, answer: _Answer) -> Page:
    """Look at what came.

    Raises:
        PageNotFetched: It is an error, or no article.
    """
    _require_good(answer.status)
    content_type = answer.headers.get("content-type", "")
    suffix = ""
    if answer.status != HTTPStatus.NOT_MODIFIED:
        suffix, refusal = kind_of(answer.content, content_type, address.target.partition("?")[0])
        if refusal:
            raise PageNotFetched(f"not an article: {refusal}")
        if suffix == ".html" and is_login(answer.content):
            raise PageNotFetched(
                "a login page came in place of the article; save the page with your browser and add that file"
            )
    return Page(
        asked.url,
        address.url,
        answer.status,
        answer.content,
        suffix,
        inert(content_type),
        inert(answer.headers.get("etag", "")),
        inert(answer.headers.get("last-modified", "")),
    )


def _require_good(status: int) -> None:
    if status in {HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION, HTTPStatus.NOT_MODIFIED}:
        return
    name = f" {HTTPStatus(status).phrase}" if status in {*HTTPStatus} else ""
    closed = "; save the page with your browser and add that file" if status in _CLOSED else ""
    raise PageNotFetched(f"the server answered {status}{name}{closed}")
