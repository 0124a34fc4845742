"""The lines of a TOML text, as statements: what a header, a key or a comment takes up.

A statement holds its lines whole, so that a value of many lines is one piece. Texts
may be damaged: what is not closed ends with its line, or before the next header of ours.
Nothing here decides whether a text is valid; `document` reads each result again.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import tomli_w

_TOKEN = re.compile(
    r'''
      """(?:[^\\"]++|\\.|"{1,2}(?!"))*+"{3,5}
    | \'\'\'(?:[^']++|'{1,2}(?!'))*+'{3,5}
    | "(?:[^"\\\n]++|\\[^\n])*+"?
    | '[^'\n]*+'?
    | (?P<comment>\#[^\n]*+)
    | [][{}]
    | \n
    ''',
    re.VERBOSE | re.DOTALL,
)
_PART = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY = re.compile(rf"[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART})*[ \t]*=[ \t]*")
_BARE_HEADER = re.compile(r"\[{1,2}([A-Za-z0-9_-]+)(?:\.([A-Za-z0-9_-]+))?\]{1,2}[ \t]*(?:#.*)?\r?\n?")
_HEADER_OF_OURS = re.compile(r"[ \t]*\[{1,2}(?:article|annotation|block)[].]")

Value = str | int | bool | datetime | Sequence[str] | Mapping[str, str | int]
Path = tuple[str, ...]


class Unusual(ValueError):
    """The file is valid, but of a form in which a change might touch something else."""


class _Statement(NamedTuple):
    text: str
    section: Path
    """The sub-table it stands in, from its entry on; () in the entry's own table."""
    key: Path
    """The key that it sets; () if it sets none."""
    is_header: bool

    @property
    def path(self) -> Path:
        return (*self.section, *self.key)


def statements(text: str, start: int = 0) -> Iterator[str]:
    """Cut a text, from the start of a line, into headers, keys with values, comments and blank lines."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        mark = token.group()
        if mark in "[{":
            depth += 1
        elif mark in "]}":
            depth = max(0, depth - 1)
        elif mark == "\n" and (not depth or _HEADER_OF_OURS.match(text, token.end())):
            yield text[start : token.end()]
            start, depth = token.end(), 0
    if start < len(text):
        yield text[start:]


def comments(text: str) -> Iterator[re.Match[str]]:
    """Find the comments of a text, each from its sign on; a sign inside of a value is none."""
    return (token for token in _TOKEN.finditer(text) if token["comment"])


def heading(statement: str) -> Path | None:
    """Return the keys of a header, outermost first; ("",) if it is damaged, None if it is no header."""
    line = statement.lstrip(" \t")
    if not line.startswith("["):
        return None
    if bare := _BARE_HEADER.fullmatch(line):  # `tomllib` takes ten times as long
        return (bare[1], bare[2]) if bare[2] else (bare[1],)
    try:
        return _keys_in(line) or ("",)
    except ValueError:
        return ("",)


def set_key(entry: str, path: Path, value: Value | None, newline: str) -> str:
    """Set a key in the text of an entry, or take it out with None.

    Args:
        entry: The text, from the comments above its header on.
        path: The key, from the entry on: ("target", "start").
        value: The value; the comments in and behind the old one stay.
        newline: How the lines of the file end.

    Raises:
        Unusual: The entry has no header.
    """
    parts = list(_parts(entry))
    if value is None:
        kept = [_bare(part.text, newline) if part.path[: len(path)] == path else part.text for part in parts]
        return "".join(kept)
    for at, part in enumerate(parts):
        if part.key and part.path == path[: len(part.path)]:
            parts[at] = part._replace(text=_assigned(part, path[len(part.path) :], value, newline))
            return "".join(part.text for part in parts)
    return _inserted(parts, path, value, newline)


def written(name: str, table: Mapping[str, object], *, many: bool) -> str:
    """Write an entry, one key a line, sub-tables last: `tomli_w` alone may set them inline."""
    flat = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    deep = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines = [f"[[{name}]]\n" if many else f"[{name}]\n"]
    lines += [f"{_bare_key(key)} = {_literal(value)}\n" for key, value in flat.items()]
    for section, inner in deep.items():
        lines.append(f"\n[{name}.{_bare_key(section)}]\n")
        lines += [f"{_bare_key(key)} = {_literal(value)}\n" for key, value in inner.items()]
    return "".join(lines)


def _parts(entry: str) -> Iterator[_Statement]:
    section: Path = ()
    for text in statements(entry):
        header = heading(text)
        if header is not None:
            section = header[1:]
        key = _KEY.match(text)
        yield _Statement(text, section, _keys_in(f"{key.group()}0") if key else (), header is not None)


def _keys_in(statement: str) -> Path:
    """Read the keys of a header, or of a key that is set to no table."""
    keys = []
    value: object = tomllib.loads(statement)
    while value and isinstance(value, dict | list):
        if isinstance(value, dict):
            keys.append(next(iter(value)))
        value = next(iter(value.values())) if isinstance(value, dict) else value[0]
    return tuple(keys)


def _assigned(part: _Statement, deeper: Path, value: Value, newline: str) -> str:
    """Write a statement anew with another value, or with one set in its inline table."""
    key = _KEY.match(part.text)
    if key is None:
        raise Unusual("a key of an unknown form")
    if deeper:
        table = tomllib.loads(f"v = {part.text[key.end() :]}")["v"]
        if not isinstance(table, dict) or len(deeper) > 1:
            raise Unusual(f"{'.'.join(part.key)} is no table")
        table[deeper[0]] = value
        value = table
    behind = list(comments(part.text))
    body = part.text.rstrip("\r\n")
    tail = part.text[len(body) :]
    if behind and behind[-1].end() >= len(body):
        start = behind.pop().start()
        tail = part.text[len(part.text[:start].rstrip(" \t")) :]
    above = "".join(f"{one.group().rstrip()}{newline}" for one in behind)
    return above + key.group() + _literal(value).replace("\n", newline) + tail


def _inserted(parts: list[_Statement], path: Path, value: Value, newline: str) -> str:
    """Set a key that is not there yet: behind its siblings, or in a new sub-table at the end."""
    section = path[:-1]
    siblings = [at for at, part in enumerate(parts) if part.key and part.path[:-1] == section]
    headers = [at for at, part in enumerate(parts) if part.is_header and part.section == section]
    used = [at for at, part in enumerate(parts) if part.key or part.is_header]
    if not used or not (parts[used[0]].is_header):
        raise Unusual("it has no header")
    at = max(siblings or headers or used)
    near = parts[at]
    indent = near.text[: len(near.text) - len(near.text.lstrip(" \t"))]
    literal = _literal(value).replace("\n", newline)
    if siblings or headers:
        name = ".".join(map(_bare_key, path[len(near.section) :]))
        line = f"{indent}{name} = {literal}{newline}"
    else:
        head = next(part.text for part in parts if part.is_header)
        outer = heading(head) or ()
        name = ".".join(map(_bare_key, (*outer, *section)))
        line = f"{newline}[{name}]{newline}{_bare_key(path[-1])} = {literal}{newline}"
    end = "" if near.text.endswith("\n") else newline
    before = "".join(part.text for part in parts[: at + 1])
    return before + end + line + "".join(part.text for part in parts[at + 1 :])


def _bare(statement: str, newline: str) -> str:
    """Return what stays of a statement that is taken out: its comments, each on a line."""
    return "".join(f"{comment.group().rstrip()}{newline}" for comment in comments(statement))


def _bare_key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _literal(value: object) -> str:
    """Write a value; text of several lines stays so where it is read back the same."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_bare_key(key)} = {_dumped(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, str) and "\n" in value and "\r" not in value:
        lines = _dumped(value, multiline=True)
        if tomllib.loads(f"v = {lines}")["v"] == value:
            return lines
    return _dumped(value)


def _dumped(value: object, *, multiline: bool = False) -> str:
    return tomli_w.dumps({"v": value}, multiline_strings=multiline).removeprefix("v = ").removesuffix("\n")
