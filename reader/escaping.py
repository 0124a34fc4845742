"""JSON that no terminal acts on: what is active in it is escaped, so nothing is lost and nothing done."""

import json
from collections.abc import Mapping
from typing import Any

from reader.inert import is_inert


def as_json(value: Mapping[str, Any], *, indent: int | None = None) -> str:
    """Write a value, on one line, or indented by so many blanks."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return "\n".join(map(_escaped, written.split("\n")))


def _escaped(line: str) -> str:
    if is_inert(line):
        return line
    return "".join(one if is_inert(one) else json.dumps(one)[1:-1] for one in line)
