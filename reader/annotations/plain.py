"""Annotations in the form in which we write them, read in a sixth of the time that `tomllib` takes.

Nearly all entries are of this form: one key a line, texts without rare escapes, no comment.
What is of another form is not judged here, but left to those who know all of TOML; and what
is of this one reads here as it does there.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_TEXT = r"""(?: "{3}(?: [^"\\\x00-\x08\x0b-\x1f\x7f]++ | \\["\\bfnrt] )*+"{3}
              | "(?: [^"\\\x00-\x08\x0a-\x1f\x7f]++ | \\["\\bfnrt] )*+" )"""
_TEXTS = rf"\[(?: \n (?:[ ]{{4}}{_TEXT},\n)++ | (?: {_TEXT} (?:,[ ]{_TEXT})*+ )?+ )\]"
_TIME = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_VALUE = rf"(?: {_TEXT} | {_TEXTS} | {_TIME} | 0 | [1-9][0-9]{{0,17}} )"
_LINE = rf"([a-z]++)[ ]=[ ]({_VALUE})\n"
_LINES = rf"(?: [a-z]++[ ]=[ ]{_VALUE}\n )*+"
_ENTRY = rf"""
    \[\[annotation\]\]\n ({_LINES}) \n*+ \[annotation\.target\]\n ({_LINES}) \n*+
    (?= \[\[annotation\]\]\n | \[\[block\]\]\n | \[article\]\n | \Z )
"""


def end_of(text: str, start: int) -> int:
    """Return where the annotation ends that begins at a place of a text; `start` if it is not plain."""
    entry = _pattern(_ENTRY).match(text, start)
    return entry.end() if entry else start


def table_of(piece: str) -> Mapping[str, object] | None:
    """Read the text of an entry, and nothing else; None if it is not plain, or not valid."""
    entry = _pattern(_ENTRY).fullmatch(piece)
    if entry is None:
        return None
    table, target = _lines(entry[1]), _lines(entry[2])
    if table is None or target is None or "target" in table:
        return None
    return {**table, "target": target}


def _lines(text: str) -> dict[str, object] | None:
    """Read lines of keys and values; None if one is set twice, or is no day of any calendar."""
    lines = _pattern(_LINE).findall(text)
    try:
        table = {key: _value(literal) for key, literal in lines}
    except ValueError:
        return None
    return table if len(table) == len(lines) else None


def _value(literal: str) -> object:
    if literal[0] == '"':
        return _text(literal)
    if literal[0] == "[":
        return [_text(one) for one in _pattern(_TEXT).findall(literal)]
    return datetime.fromisoformat(literal) if "T" in literal else int(literal)


def _text(literal: str) -> str:
    text = literal[3:-3].removeprefix("\n") if literal.startswith('"""') else literal[1:-1]
    return re.sub(r"\\(.)", _unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    return _ESCAPES[escape[1]]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)  # 3 ms for all, which only those who change a file wait for
