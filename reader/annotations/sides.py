"""The versions that a file with the conflict marks of git is made of."""

import re
from dataclasses import dataclass, field

# As git writes them: seven signs, and a name at most. A longer row of signs is somebody's text.
_MARK = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:[ ].*)?\r?\n?")
_OPENING = re.compile(r"^<{7}(?:[ ].*)?\r?$", re.MULTILINE)
_NEXT = {"": "<", "<": "|=", "|": "=", "=": ">"}  # which mark can follow which; "" outside of a conflict


@dataclass(frozen=True, slots=True)
class Sides:
    """A file with conflict marks, taken apart."""

    ours: str
    theirs: str
    base: str | None
    """What both came from; None if git was not told to show it (`merge.conflictStyle`)."""
    first: int = field(default=1, compare=False)
    """The line of the first mark."""
    is_closed: bool = True
    """False if the last conflict lacks its end."""


def sides_of(text: str) -> Sides | None:
    """Take a file apart; None if it has no conflict marks."""
    if not _OPENING.search(text):
        return None
    ours, base, theirs = "<", "|", "="
    versions: dict[str, list[str]] = {ours: [], base: [], theirs: []}
    opened, first = "", 0
    seen: list[str] = []
    for number, line in enumerate(re.split(r"(?<=\n)", text), 1):
        if _MARK.fullmatch(line) and line[0] in _NEXT[opened]:
            opened = line[0] if line[0] != ">" else ""
            first = first or number
            seen.append(line[0])
            continue
        for side in [opened] if opened else versions:
            versions[side].append(line)
    has_base = seen.count(base) == seen.count(ours)
    was = "".join(versions[base]) if has_base else None
    return Sides("".join(versions[ours]), "".join(versions[theirs]), was, first, not opened)
