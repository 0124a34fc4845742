"""Saved newsletters (.eml) and pages saved whole (MHTML): both are messages with parts.

Of a message is read the page in it, or its plain text if it has none; pictures and attachments are not.
"""

import email
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from reader.errors import UnreadableSource
from reader.importers import html, text
from reader.importers.html_decoding import decode_page
from reader.inert import inert
from reader.markup import LETTER, Metadata
from reader.model import Source

MOST_PARTS = 500  # parts of a message looked at
LONGEST_HEADER = 4_000  # code points that are decoded; the newer parsers of Python take 16 GB for 1 MB of one
LONGEST = 300  # code points of a value
_HEADERS = ("from", "subject", "date", "mime-version", "content-type", "received", "return-path")


def parse(content: bytes) -> Source:
    """Read the bytes of a message.

    Raises:
        UnreadableSource: It is no message, has no text, or holds messages in messages without end.
    """
    try:
        return _read(content)
    except RecursionError as error:  # the standard library goes into parts of parts, and of addresses
        raise UnreadableSource("a message of parts in parts, nested too deep to read") from error


def _read(content: bytes) -> Source:
    message = email.message_from_bytes(content)
    if not any(name in message for name in _HEADERS):
        raise UnreadableSource("not a message: it has no headers")
    page = _part(message, "text/html")
    if page is not None:
        source = html.parse_text(page, around=() if _address(message) else (LETTER,))
    else:
        plain = _part(message, "text/plain")
        if plain is None:
            raise UnreadableSource("a message without text: neither a page nor plain text is in it")
        source = text.parse(plain.encode("utf-8", "replace"))
    return Source(source.text, source.blocks, source.lines, "utf-8", metadata=_metadata(message, source))


def _part(message: Message, kind: str) -> str | None:
    """Return the text of the first part of a kind that is no attachment."""
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            return None
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return _decoded(payload, part.get_content_charset())
    return None


def _decoded(payload: bytes, charset: str | None) -> str:
    try:
        text = payload.decode(charset or "utf-8")
    except (LookupError, ValueError):  # no such encoding, no such name of one, or not its bytes
        return decode_page(payload).text
    return text.encode("utf-8", "replace").decode("utf-8")  # UTF-7 can write half a letter


def _metadata(message: Message, source: Source) -> Metadata:
    """Read the headers; of a saved page its own metadata go before them."""
    told = source.metadata or Metadata()
    address = _address(message)
    sender = _header(message, "from").partition("<")[0].strip(' "')
    return Metadata(
        title=_header(message, "subject") or told.title,
        author=told.author or ("" if address else sender),
        date=told.date or _day(message),
        site=told.site or ("" if address else sender),
        lang=told.lang,
        url=told.url or (address if address.startswith(("https://", "http://")) else ""),
    )


def _address(message: Message) -> str:
    """Return where a page stood that was saved whole; a letter has no such place."""
    return _header(message, "snapshot-content-location") or _header(message, "content-location")


def _header(message: Message, name: str) -> str:
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    value = raw[:LONGEST_HEADER].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return inert(" ".join(_words(value).split()))[:LONGEST]


def _words(value: str) -> str:
    """Decode the words of a header that are written as =?utf-8?q?…?=."""
    try:
        parts = decode_header(" ".join(value.split()))
    except HeaderParseError:
        return value
    return "".join(
        part if isinstance(part, str) else _decoded(part, charset or "raw-unicode-escape")
        for part, charset in parts
    )


def _day(message: Message) -> str:
    try:
        return parsedate_to_datetime(_header(message, "date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
