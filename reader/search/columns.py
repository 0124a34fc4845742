"""The documents of a segment and the values of each, in one file.

Whoosh keeps fifteen files for this, each to be made and opened at every save. Here the
documents lie one behind the other, each compressed; then the columns, each a list of values
for all documents at once, since a search counts the sources, tags and years of all it finds;
then where the columns begin. All of it is JSON, so that nothing in it can do harm.
"""

import json
import struct
import zlib
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any, TypeVar

from whoosh.codec.base import PerDocumentReader

from reader.search.values import Document, document_in

T = TypeVar("T")

_TAIL = struct.Struct("=QI")  # where the table of columns begins, and its length
_ENDS = "ends"  # the column that says where each document ends
_LEVEL = 3  # of zlib: a third of the time of the usual 6, for a tenth more bytes


class DocumentsWriter:
    """Gathers the documents of a segment, in the order of their numbers."""

    def __init__(self) -> None:
        self._packed: list[bytes] = []
        self._columns: dict[str, list[Any]] = {}

    def add(self, document: Document, values: dict[str, Any]) -> None:
        """Add a document, and its value for each column."""
        self._packed.append(zlib.compress(json.dumps(document).encode(), _LEVEL))
        for name, value in values.items():
            self._columns.setdefault(name, []).append(value)

    def take(self, documents: "Documents", numbers: Iterable[int]) -> None:
        """Take over some documents of another segment, as they are."""
        kept = list(numbers)
        self._packed += map(documents.packed, kept)
        for name in documents.names - {_ENDS}:
            values = documents.column(name)
            self._columns.setdefault(name, []).extend(values[number] for number in kept)

    def write(self, file: Any) -> None:
        """Write them to a file of Whoosh's, from its beginning."""
        ends = list(accumulate(map(len, self._packed)))
        for packed in self._packed:
            file.write(packed)
        at, table = (ends or [0])[-1], {}
        for name, values in {_ENDS: ends, **self._columns}.items():
            written = json.dumps(values, separators=(",", ":")).encode()
            table[name] = at, len(written)
            file.write(written)
            at += len(written)
        written = json.dumps(table).encode()
        file.write(written + _TAIL.pack(at, len(written)))


class Documents(PerDocumentReader):  # type: ignore[misc]  # Whoosh has no types
    """The documents of a segment, deleted ones too; each part is read when it is asked for.

    Args:
        file: What a `DocumentsWriter` wrote.
        length: Of the file, in bytes.
        size: How many documents there should be.

    Raises:
        ValueError, LookupError, TypeError, AttributeError, struct.error, zlib.error: It is damaged; so does
            every method.
    """

    def __init__(self, file: Any, length: int, size: int) -> None:
        self._file = file
        self._size = size
        at, long = _TAIL.unpack(file.get(max(length - _TAIL.size, 0), _TAIL.size))
        self._table: dict[str, tuple[int, int]] = json.loads(file.get(at, long))
        self.names = self._table.keys()
        self._columns: dict[str, list[Any]] = {}

    def column(self, name: str) -> list[Any]:
        """Return the values of a column."""
        if name not in self._columns:
            values = json.loads(self._file.get(*self._table[name]))
            if not isinstance(values, list) or len(values) != self._size:
                raise ValueError("a column is damaged")
            self._columns[name] = values
        return self._columns[name]

    def derived(self, name: str, columns: Sequence[str], make: Callable[..., list[T]]) -> list[T]:
        """Return the values of a column that stands in no file: it is made of others, once."""
        if name not in self._columns:
            self._columns[name] = make(*map(self.column, columns))
        return self._columns[name]

    def packed(self, number: int) -> bytes:
        """Return a document as it lies in the file."""
        ends = self.column(_ENDS)
        start = ends[number - 1] if number else 0
        packed: bytes = self._file.get(start, ends[number] - start)
        return packed

    def document(self, number: int) -> Document:
        """Return a document."""
        return document_in(zlib.decompress(self.packed(number)))

    def close(self) -> None:
        """Close the file."""
        self._file.close()
