"""A value of each document, for all of a segment at once: a list, as JSON.

Whoosh's own columns give one value at a time, at a microsecond each; a search counts the
sources, tags and years of all it finds.
"""

import json
from typing import Any

from whoosh import columns


class Listed(columns.Column):  # type: ignore[misc]  # Whoosh has no types
    """Strings or numbers.

    Args:
        default: The value of a document that has none.
    """

    def __init__(self, default: str | int) -> None:
        self._default = default

    def writer(self, dbfile: Any) -> "_Writer":
        """Return what writes a column."""
        return _Writer(dbfile, self._default)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> "_Reader":
        """Return the values of a column; raises ValueError if they are damaged."""
        return _Reader(dbfile, basepos, length, doccount)


class _Writer(columns.ColumnWriter):  # type: ignore[misc]  # Whoosh has no types
    def __init__(self, dbfile: Any, default: str | int) -> None:
        self._dbfile = dbfile
        self._default = default
        self._values: list[str | int] = []

    def add(self, docnum: int, value: str | int) -> None:
        self._fill(docnum)
        self._values.append(value)

    def finish(self, doccount: int) -> None:
        self._fill(doccount)
        self._dbfile.write(json.dumps(self._values).encode())

    def _fill(self, number: int) -> None:
        self._values += [self._default] * (number - len(self._values))


class _Reader(columns.ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
        super().__init__(dbfile, basepos, length, doccount)
        self._values: list[str | int] = json.loads(dbfile.get(basepos, length))
        if not isinstance(self._values, list) or len(self._values) != doccount:
            raise ValueError("a column is damaged")

    def __getitem__(self, docnum: int) -> str | int:
        return self._values[docnum]

    def load(self) -> list[str | int]:
        return self._values
