"""Entries in the form in which we write them, read in a sixth of the time that `tomllib` takes.

Nearly all are of this form: one key a line, texts without rare escapes, no comment, and after them
at most one table within (the target of an annotation).
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
_VALUE = rf"(?: {_TEXT} | {_TEXTS} | {_TIME} | 0 | [1-9][0-9]{{0,17}} | true | false )"
_KEY = "[A-Za-z0-9_-]++"
_LINE = rf"({_KEY})[ ]=[ ]({_VALUE})\n"
_LINES = rf"(?: {_KEY}[ ]=[ ]{_VALUE}\n )*+"
_ENTRY = rf"""
    \[ (?: \[(?P<one_of_many>{_KEY})\] | (?P<alone>{_KEY}) ) \]\n (?P<own>{_LINES}) \n*+
    (?: \[ (?: (?P=one_of_many) | (?P=alone) ) \. (?P<within>{_KEY}) \]\n (?P<inner>{_LINES}) \n*+ )?+
    (?= \[{_KEY}\]\n | \[\[{_KEY}\]\]\n | \Z )
"""


def piece_at(text: str, start: int) -> tuple[str, int]:
    """Return name and end of the entry that begins at a place of a text; `start` if it is not plain."""
    entry = _pattern(_ENTRY).match(text, start)
    return (entry["one_of_many"] or entry["alone"], entry.end()) if entry else ("", start)


def table_of(piece: str) -> Mapping[str, object] | None:
    """Read the text of an entry, and nothing else; None if it is not plain, or not valid."""
    entry = _pattern(_ENTRY).fullmatch(piece)
    if entry is None:
        return None
    table, within = _lines(entry["own"]), entry["within"]
    if table is None or within is None:
        return table
    inner = _lines(entry["inner"])
    return None if inner is None or within in table else {**table, within: inner}


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
    if literal[0] in "tf":
        return literal == "true"
    return datetime.fromisoformat(literal) if "T" in literal else int(literal)


def _text(literal: str) -> str:
    text = literal[3:-3].removeprefix("\n") if literal.startswith('"""') else literal[1:-1]
    return re.sub(r"\\(.)", _unescaped, text) if "\\" in text else text


def _unescaped(escape: re.Match[str]) -> str:
    return _ESCAPES[escape[1]]


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)  # 3 ms for all, which only those who change a file wait for
