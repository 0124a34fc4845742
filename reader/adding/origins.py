"""Where a file came from: a small TOML file beside it, which a person may read and git keeps."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from reader.source_files import ORIGIN


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a file came from. What is not known is "" (a status: 0)."""

    url: str = ""
    """The address that was asked for."""
    address: str = ""
    """The address that it came from, if redirects led elsewhere."""
    path: str = ""
    """The file that it is a copy of."""
    added: str = ""
    """When it came, UTC, ISO 8601."""
    status: int = 0
    """Of HTTP."""
    content_type: str = ""
    etag: str = ""
    modified: str = ""
    """When the server says it was changed last."""

    @property
    def names(self) -> frozenset[str]:
        """What it can be asked for by."""
        return frozenset({self.url, self.address, self.path} - {""})


def origin_file(path: Path) -> Path:
    """Return the file that tells where a file came from."""
    return path.with_name(path.name + ORIGIN)


def written(origin: Origin) -> bytes:
    """Write an origin as TOML."""
    import tomli_w  # noqa: PLC0415 - only what is added is written

    known = {field.name: getattr(origin, field.name) for field in fields(Origin)}
    head = "# Where the file beside this one came from; written by `reader add`.\n"
    return (head + tomli_w.dumps({name: value for name, value in known.items() if value})).encode(
        "utf-8", "replace"
    )


def read_origin(path: Path) -> Origin | None:
    """Read where a file came from; None if nothing tells, or nothing that is understood."""
    try:
        table = tomllib.loads(origin_file(path).read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    return _origin(table)


def _origin(table: Mapping[str, object]) -> Origin:
    known = {field.name: type(getattr(Origin(), field.name)) for field in fields(Origin)}
    fitting = {name: value for name, value in table.items() if type(value) is known.get(name)}
    return Origin(**fitting)  # type: ignore[arg-type]  # of the type that each field has
