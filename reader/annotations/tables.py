"""The text of an entry, cut into strands: its header, its keys and its sub-tables.

The strands joined are the entry, byte for byte. Each key has the comments above it, and
a sub-table is one strand, which can be cut again.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reader.annotations.statements import Unusual, comments, heading, set_key, statements
from reader.annotations.weaving import Strand

_HEAD, _TAIL = "[", "#"  # names of the header and of what stands behind the last key: no bare key has these
SUB_TABLE = (2,)  # rank of a sub-table: behind the keys


def strands_of(text: str, table: Mapping[str, object]) -> tuple[Strand, ...]:
    """Cut an entry, or a sub-table of one.

    Args:
        text: The entry with its sub-tables; valid TOML.
        table: What it says.

    Raises:
        Unusual: A key stands at two places.
    """
    cut: dict[str, Strand] = {}
    depth, inside, last, pending = 0, "", "", ""
    for statement in statements(text):
        pending += statement
        if _is_idle(statement):
            continue
        header = heading(statement)
        if header is None:
            key, rank = (inside, SUB_TABLE) if inside else (next(iter(tomllib.loads(statement))), (1,))
        elif depth and len(header) > depth:
            key, rank = inside, _ = header[depth], SUB_TABLE
        else:
            key, rank, depth = _HEAD, (0,), len(header)
        if key in cut and key != last:
            raise Unusual(f"“{key}” stands at two places of one entry")
        before = cut[key].text if key in cut else ""
        cut[key] = Strand((key,), rank, before + pending, table.get(key))
        last, pending = key, ""
    if pending:
        cut[_TAIL] = Strand((_TAIL,), (3,), pending, None)
    return tuple(cut.values())


def comments_in(text: str) -> tuple[str, ...]:
    """Return the comments of a text, each with its sign, in their order."""
    return tuple(found.group().rstrip() for found in comments(text))


def with_comments(strand: Strand, wanted: Iterable[str]) -> Strand:
    """Set comment lines above a strand, less those that it has."""
    known, text = comments_in(strand.text), strand.text
    body = text.lstrip("\r\n")
    blank = text[: len(text) - len(body)]
    lines = "".join(f"{comment}{line_end(text)}" for comment in wanted if comment not in known)
    return replace(strand, text=blank + lines + body)


def as_comments(text: str) -> tuple[str, ...]:
    """Turn each line of a strand into a comment."""
    lines = (line.rstrip() for line in text.strip().split("\n"))
    return tuple(line if line.startswith("#") else f"# {line}".rstrip() for line in lines)


def with_value(strand: Strand, value: str | list[str]) -> Strand:
    """Give a key another value; the comments stay."""
    header = "[table]\n"
    text = set_key(header + strand.text, (strand.name,), value, line_end(strand.text))
    return replace(strand, text=text.removeprefix(header), value=value)


def line_end(text: str) -> str:
    """Tell how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def _is_idle(statement: str) -> bool:
    return not statement.strip() or statement.lstrip().startswith("#")
