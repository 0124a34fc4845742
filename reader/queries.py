"""Read what is typed into a filter: words, and parts with a field, as in `tag:war has:note truce`. Pure.

Whoever filters knows the fields; here is only how a query is written.
"""

import re
from collections.abc import Collection

WORD = ""  # the field of what has none

# What stands between quotation marks is one part, blanks and all; two of them are the mark itself.
_PART = re.compile(r'(?:[^\s"]|"(?:[^"]|"")*"?)+')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"?')


def parts_of(query: str, fields: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Read a query into its parts.

    Args:
        query: As it is typed. A mark of quotation that is not closed goes to the end.
        fields: What may stand before a colon.

    Returns:
        By each field, and `WORD`, what is asked for, in its order and as it is written. A part
        whose field is not known, or that has no value yet, is a word.
    """
    parts: dict[str, list[str]] = {WORD: [], **{field: [] for field in fields}}
    for part in _PART.findall(query):
        field, _, written = part.partition(":")
        value = _unquoted(written) if field in fields else ""
        if words := value or _unquoted(part):
            parts[field if value else WORD].append(words)
    return {field: tuple(values) for field, values in parts.items()}


def half_typed(query: str, fields: Collection[str]) -> tuple[str, str, str] | None:
    """Take off a query the part that is being typed, if it has a field: `truce color:bl`.

    Returns:
        What stands before it, its field, and the value as far as it is written; None if the
        query ends in a word, a blank, or a closing mark of quotation.
    """
    parts = list(_PART.finditer(query))
    if not parts or parts[-1].end() < len(query):
        return None
    field, colon, written = parts[-1].group().partition(":")
    is_closed = written.startswith('"') and written.count('"') % 2 == 0
    if not colon or field not in fields or is_closed:
        return None
    return query[: parts[-1].start()], field, _unquoted(written)


def asking(field: str, value: str) -> str:
    """Write a part of a query so that `parts_of` reads it as it was: `tag:"air defence"`."""
    if _PART.fullmatch(value) and '"' not in value:
        return f"{field}:{value}"
    doubled = value.replace('"', '""')
    return f'{field}:"{doubled}"'


def _unquoted(part: str) -> str:
    return _QUOTED.sub(lambda quoted: quoted[1].replace('""', '"'), part)
