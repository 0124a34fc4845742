"""Bytes of one format -> canonical text and blocks. A new format is a file here and a row in the table.

An importer is loaded when the first file of its format is read.
"""

from collections.abc import Callable
from types import MappingProxyType

from reader.model import Source


def _text(content: bytes, charset: str) -> Source:
    from reader.importers import text  # noqa: PLC0415 - 12 ms of patterns

    return text.parse(content, charset)


def _markdown(content: bytes, _: str) -> Source:
    from reader.importers import markdown  # noqa: PLC0415 - 40 ms with its parser

    return markdown.parse(content)


def _html(content: bytes, charset: str) -> Source:
    from reader.importers import html  # noqa: PLC0415 - 30 ms with its parser

    return html.parse(content, charset)


def _epub(content: bytes, _: str) -> Source:
    from reader.importers import epub  # noqa: PLC0415 - few libraries hold a book

    return epub.parse(content)


def _mail(content: bytes, _: str) -> Source:
    from reader.importers import mail  # noqa: PLC0415 - 30 ms with the library for messages

    return mail.parse(content)


IMPORTERS: MappingProxyType[str, Callable[[bytes, str], Source]] = MappingProxyType(
    {
        "": _text,
        ".txt": _text,
        ".text": _text,
        ".md": _markdown,
        ".markdown": _markdown,
        ".html": _html,
        ".htm": _html,
        ".xhtml": _html,
        ".epub": _epub,
        **dict.fromkeys((".eml", ".mhtml", ".mht"), _mail),
        **dict.fromkeys((".xml", ".rss", ".atom", ".opml"), _html),  # a page, or refused with the reason
    }
)
"""What reads a file, by the suffix of its name in lower case."""


def parse(content: bytes, suffix: str, charset: str = "") -> Source:
    """Read the bytes of a file.

    Args:
        content: All of the file.
        suffix: Of its name, with the dot; case does not matter. A file whose suffix is
            unknown is read as text: somebody named it, so it may well be some.
        charset: What the server named that it came from; asked where the bytes do not tell.

    Raises:
        UnreadableSource: The bytes are not of that format. The message has no path:
            only the caller knows it.
    """
    return IMPORTERS.get(suffix.lower(), _text)(content, charset)


PACKED = (".epub", ".eml", ".mhtml", ".mht")
"""Files whose own bytes nobody reads as text."""


def decode(content: bytes, suffix: str, charset: str = "") -> str:
    """Decode the bytes of a file, and change nothing else. Arguments as for `parse`.

    Raises:
        UnreadableSource: They are not text.
    """
    if IMPORTERS.get(suffix.lower()) is _html:
        from reader.importers.html_decoding import decode_page  # noqa: PLC0415 - as above

        return decode_page(content, charset).text
    from reader.importers.decoding import decode as decode_text  # noqa: PLC0415 - as above

    return decode_text(content, charset).text
