"""Bytes of one format -> canonical text and blocks. A new format is a file here and a row in the table.

An importer is loaded when the first file of its format is read.
"""

from collections.abc import Callable
from types import MappingProxyType

from reader.model import Source


def _text(content: bytes) -> Source:
    from reader.importers import text  # noqa: PLC0415 - 12 ms of patterns

    return text.parse(content)


IMPORTERS: MappingProxyType[str, Callable[[bytes], Source]] = MappingProxyType(
    {"": _text, ".txt": _text, ".text": _text, ".md": _text, ".markdown": _text}
)
"""What reads a file, by the suffix of its name in lower case."""


def parse(content: bytes, suffix: str) -> Source:
    """Read the bytes of a file.

    Args:
        content: All of the file.
        suffix: Of its name, with the dot; case does not matter. A file whose suffix is
            unknown is read as text: somebody named it, so it may well be some.

    Raises:
        UnreadableSource: The bytes are not of that format. The message has no path:
            only the caller knows it.
    """
    return IMPORTERS.get(suffix.lower(), _text)(content)
