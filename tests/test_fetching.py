import gzip
import re
import socket
import time
import zlib
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import Fetch
from reader.errors import PageNotFetched
from reader.fetching.addresses import may_connect, parse_address
from reader.fetching.asking import USER_AGENT, Page, fetch
from reader.fetching.looking import is_login, kind_of
from reader.fetching.unpacking import unpack
from tests.pages import STORY, Answer, Server, answer, moved, page, serving

NEARBY = Fetch(allow_private=True, timeout=20, max_bytes=200_000)
HASTY = Fetch(allow_private=True, timeout=1, max_bytes=200_000)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({"/story": page()}) as running:
        yield running


def asked_for(wanted: Answer, limits: Fetch = NEARBY) -> Page:
    """Fetch a page that answers so."""
    with serving({"/": wanted}) as running:
        return fetch(running.url(), limits)


def refusal(wanted: Answer, limits: Fetch = NEARBY) -> str:
    """Fetch a page that answers so, in vain; returns what is said of it."""
    with pytest.raises(PageNotFetched) as caught:
        asked_for(wanted, limits)
    return str(caught.value)


def dripping(head: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    """Send a beginning, then a drop ten times a second."""

    def drip(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(100):
            connection.sendall(drop)
            time.sleep(0.1)

    return drip


def silent(_connection: socket.socket) -> None:
    """Say nothing for longer than anybody waits."""
    time.sleep(2)


# What comes


def test_a_page_comes_as_its_own_bytes_and_with_what_the_server_says_of_it() -> None:
    found = asked_for(page(STORY, 'ETag: "v1"', "Last-Modified: Sat, 21 Nov 2026 10:00:00 GMT"))

    assert (found.content, found.suffix, found.status) == (STORY.encode(), ".html", 200)
    assert (found.etag, found.modified) == ('"v1"', "Sat, 21 Nov 2026 10:00:00 GMT")


def test_the_reader_says_what_it_is_and_gives_no_cookie(server: Server) -> None:
    fetch(server.url("/story"), NEARBY)

    assert f"User-Agent: {USER_AGENT}\r\n" in server.requests[0]
    assert "ookie" not in server.requests[0]


def test_a_page_that_we_have_is_not_sent_again() -> None:
    def unless_known(connection: socket.socket) -> None:
        connection.sendall(answer(b"", status="304 Not Modified"))

    with serving({"/": unless_known}) as running:
        found = fetch(running.url(), NEARBY, etag='"v1"', modified="yesterday")

    assert found.is_as_before
    assert 'If-None-Match: "v1"\r\n' in running.requests[0]
    assert "If-Modified-Since: yesterday\r\n" in running.requests[0]


def test_a_fragment_stays_here(server: Server) -> None:
    found = fetch(server.url("/story#part-2"), NEARBY)

    assert found.asked == server.url("/story")


def test_a_packed_page_is_unpacked() -> None:
    assert asked_for(page(gzip.compress(STORY.encode()), "Content-Encoding: gzip")).content == STORY.encode()


def test_a_page_in_chunks_is_put_together() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<html\r\n9\r\n><p>Hello\r\n0\r\n\r\n"
    )

    assert asked_for(chunked).content == b"<html><p>Hello"


@pytest.mark.parametrize(
    ("content", "content_type", "suffix"),
    [
        (STORY.encode(), "", ".html"),
        (STORY.encode(), "image/png", ".html"),
        (STORY.encode(), "text/plain", ".html"),
        (STORY.encode("utf-16"), "", ".html"),
        (b"\xef\xbb\xbf\n  <!-- hello --><html>", "", ".html"),
        (b"Just words, in some lines.\n", "", ".txt"),
        (b"Just words, in some lines.\n", "application/octet-stream", ".txt"),
        (b"# A heading\n", "text/markdown", ".md"),
        (b"[1] A footnote begins here.", "text/plain", ".txt"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "", ".epub"),
    ],
)
def test_what_a_page_is_is_told_by_its_bytes_first(content: bytes, content_type: str, suffix: str) -> None:
    assert kind_of(content, content_type).suffix == suffix


@pytest.mark.parametrize(
    ("content", "content_type", "why"),
    [
        (b"%PDF-1.7 ...", "text/html", "PDF"),
        (b"\x89PNG\r\n", "text/html", "picture"),
        (b"PK\x03\x04\x14\x00", "application/epub+zip", "archive"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel>', "text/html", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "", "feed"),
        (b'{"a": 1}', "application/json", "data"),
        (b"\x00\x01\x02", "", "not text"),
        (b"  \n ", "text/html", "nothing in it"),
    ],
)
def test_what_is_no_article_is_refused_by_name(content: bytes, content_type: str, why: str) -> None:
    assert why in kind_of(content, content_type).refusal


# What does not


REFUSED = {
    "missing": (answer("gone", status="404 Not Found"), "404 Not Found"),
    "forbidden": (answer("no", status="403 Forbidden"), "save the page with your browser"),
    "server error": (answer("oops", status="500 Internal Server Error"), "500 Internal Server Error"),
    "unknown status": (answer("huh", status="799 Whatever"), "answered 799"),
    "no content": (answer(b"", status="204 No Content"), "answered 204"),
    "redirect to nowhere": (answer(b"", status="302 Found"), "leads nowhere"),
    "redirect to no address": (moved("http://["), "no address"),
    "redirect to a file": (
        moved("file:///etc/passwd"),
        ": it is redirected to file:///etc/passwd: pages are",
    ),
    "redirect to ftp": (moved("ftp://127.0.0.1/"), "http and https"),
    "redirect with a password": (moved("http://user:secret@127.0.0.1/"), "name or password"),
    "redirect to itself": (moved("/"), "in a circle"),
    "pdf": (page(b"%PDF-1.4"), "PDF"),
    "too large": (page("<p>" + "x" * 300_000), "larger than 200,000 bytes"),
    "brotli": (page(b"<p>", "Content-Encoding: br"), "packed in a way"),
    "gzip cut": (page(gzip.compress(STORY.encode())[:40], "Content-Encoding: gzip"), "breaks off"),
    "gzip damaged": (page(b"\x1f\x8b" + b"x" * 50, "Content-Encoding: gzip"), "damaged"),
    "body cut": (page()[:-20], "breaks off before its end"),
    "huge header": (
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 300_000 + b"\r\n\r\n",
        "headers are longer",
    ),
    "many headers": (b"HTTP/1.1 200 OK\r\n" + b"X-Many: y\r\n" * 50_000 + b"\r\n", "headers are longer"),
    "no http": (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "no server of pages"),
    "no answer": (b"", "hung up without an answer"),
}


@pytest.mark.parametrize(("wanted", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_had_is_refused_with_the_reason(wanted: bytes, why: str) -> None:
    assert why in refusal(wanted)


def test_a_page_sent_without_its_length_is_cut_at_the_limit() -> None:
    def flood(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n<p>")
        while True:
            connection.sendall(b"x" * 65_536)

    assert "larger than 200,000 bytes" in refusal(flood)


def test_a_bomb_is_not_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 100_000_000)

    assert "larger than 200,000 bytes" in refusal(page(bomb, "Content-Encoding: gzip"))


def test_a_drop_at_a_time_in_the_body_ends_with_the_deadline() -> None:
    assert "more than 1 seconds" in refusal(dripping(b"HTTP/1.1 200 OK\r\n\r\n<p>", b"x"), HASTY)


def test_a_drop_at_a_time_in_the_head_ends_with_the_deadline() -> None:
    assert "more than 1 seconds" in refusal(dripping(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x"), HASTY)


def test_silence_ends_with_the_deadline() -> None:
    assert "more than 1 seconds" in refusal(silent, HASTY)


def test_a_circle_of_redirects_with_ever_new_addresses_ends() -> None:
    ways = {f"/{number}": moved(f"/{number + 1}") for number in range(30)}

    with serving(ways) as running, pytest.raises(PageNotFetched, match="redirected more than 10 times"):
        fetch(running.url("/0"), NEARBY)

    assert len(running.requests) == 11


def test_who_no_longer_waits_is_not_kept() -> None:
    with serving({"/": dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"x")}) as running:
        begun = lambda: bool(running.requests)  # noqa: E731

        with pytest.raises(PageNotFetched, match="given up"):
            fetch(running.url(), NEARBY, stop=begun)


def test_a_login_page_is_not_taken_for_the_article() -> None:
    form = '<html><p>Please sign in to read on.<form><input name="p" type="password"></form></html>'

    assert "login page" in refusal(page(form))


def test_an_article_with_a_login_form_in_its_margin_is_an_article() -> None:
    words = "<p>The ferry left the harbour at six in the morning, an hour late.</p>" * 40

    assert not is_login(f"<form><input type=password></form>{words}".encode())


def test_what_only_a_script_says_is_not_counted_as_words() -> None:
    script = "<script>" + "var word = 1; " * 500 + "</script>"

    assert is_login(f"<input type='password'>{script}".encode())


def test_a_page_of_brackets_alone_is_looked_through_in_no_time() -> None:
    assert not is_login(b"<" * 5_000_000)
    assert kind_of(b"<" * 5_000_000, "text/html").suffix == ".html"


# Where it comes from


def test_this_machine_is_asked_only_if_the_settings_allow_it(server: Server) -> None:
    with pytest.raises(PageNotFetched, match=re.escape("127.0.0.1 is this machine")):
        fetch(server.url("/story"), Fetch())

    assert server.requests == []


def test_a_name_that_leads_to_this_machine_is_judged_by_the_number(server: Server) -> None:
    with pytest.raises(PageNotFetched, match=r"localhost leads to .*127\.0\.0\.1"):
        fetch(server.url("/story", "localhost"), Fetch())

    assert server.requests == []


def test_a_redirect_is_judged_like_the_first_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first number counts as open here, so that the second, which is not, can be led to."""
    from reader.fetching import connecting  # noqa: PLC0415

    def first_alone(number: str, *, allow_private: bool) -> bool:
        return number == "127.0.0.1"

    monkeypatch.setattr(connecting, "may_connect", first_alone)
    server.answers["/away"] = moved(f"http://127.0.0.2:{server.port}/story")

    with pytest.raises(PageNotFetched, match=r"redirected to http://127\.0\.0\.2.*127\.0\.0\.2 is this"):
        fetch(server.url("/away"), Fetch())

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fd00::1", "ff02::1",  # noqa: S104
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "not a number",
    ],
)  # fmt: skip
def test_numbers_of_this_machine_and_its_network_are_closed(number: str) -> None:
    assert not may_connect(number, allow_private=False)


@pytest.mark.parametrize(
    "number", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "64:ff9b::5db8:d822"]
)
def test_numbers_of_the_open_network_are_open(number: str) -> None:
    assert may_connect(number, allow_private=False)


@pytest.mark.parametrize("number", ["0.0.0.0", "::", "224.0.0.1", "ff02::1", "::ffff:0.0.0.0"])  # noqa: S104
def test_what_is_no_single_machine_stays_closed_though_the_neighbours_are_allowed(number: str) -> None:
    assert not may_connect(number, allow_private=True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("file:///etc/passwd", "http and https"),
        ("javascript:alert(1)", "http and https"),
        ("//example.org/", "http and https"),
        ("https://", "no host"),
        ("https://user:secret@example.org/", "name or password"),
        ("http://example.org:99999/", "not an address"),
        ("http://[::1", "not an address"),
        ("http://example.org/" + "a" * 9_000, "too long"),
        ("https://example.org/\x1b[31m", "http"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(text: str, why: str) -> None:
    if text.endswith("m"):
        assert "\x1b" not in parse_address(text).url
        return
    with pytest.raises(PageNotFetched, match=why):
        parse_address(text)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(PageNotFetched) as caught:
        parse_address("https://user:secret@example.org/")

    assert "secret" not in str(caught.value)


def test_an_address_is_sent_in_its_ascii_form() -> None:
    address = parse_address("https://Bücher.example/straße?q=ä b#end")

    assert address.url == "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4%20b"


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = parse_address(f"http://{text}").url
    except PageNotFetched:
        return

    assert url.isascii()
    assert parse_address(url).url == url


@given(st.lists(st.binary(max_size=300), max_size=5), st.integers(1, 400))
def test_what_is_packed_comes_out_as_it_was_or_is_too_much(parts: list[bytes], step: int) -> None:
    whole = b"".join(parts)
    packed = b"".join(gzip.compress(part) for part in parts)
    chunks = [packed[at : at + step] for at in range(0, len(packed), step)]

    assert unpack(chunks, "gzip", len(packed) + len(whole)) == whole
    if len(whole) > 1:
        with pytest.raises(PageNotFetched, match="larger"):
            unpack(chunks, "gzip", len(whole) - 1)


def test_only_gzip_is_taken_for_gzip() -> None:
    with pytest.raises(PageNotFetched, match="damaged"):
        unpack([zlib.compress(b"words")], "gzip", 1_000)
