"""Two versions of one table, made one key by key.

Tags are sets, of two times one is the later, and two notes on an article stand below each
other. Any other key that both sides set keeps one value; whether the other one is put
beside it as a comment is for the caller to say.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from reader.annotations.records import time_of
from reader.annotations.tables import (
    SUB_TABLE,
    as_comments,
    comments_in,
    strands_of,
    with_comments,
    with_value,
)
from reader.annotations.weaving import Clash, Custom, Strand, Woven, weave

ALSO = "\n\n--- and, from another copy ---\n\n"  # parts two notes on an article that were written apart
KEPT = "deleted on one side, changed on the other; it is kept"
BESIDE = "set differently; one value stands, the other beside it as a comment"
_JOINED = "written on both sides; one text stands below the other"
_NOTE = "note"
_WHOLE = "target"  # a sub-table that means nothing key by key
_CHOSEN = {"version": max, "created": min, "updated": max, "chosen": max, "deleted": max}


def merge_tables(base: Strand | None, ours: Strand, theirs: Strand, label: str, *, beside: bool) -> Woven:
    """Merge a table by its keys.

    Args:
        base: The table as it was, if it was.
        ours: The side whose value stands where both set one.
        theirs: The other side.
        label: The entry, as it is named to the user.
        beside: Whether the values of theirs are then put beside those of ours, as comments.

    Returns:
        The table as one strand.

    Raises:
        Unusual: A key stands at two places of a table.
    """
    was, one, other = (strands_of(side.text, table_of(side)) if side else () for side in (base, ours, theirs))
    woven = weave(was, one, other, Custom(partial(_settle, label, beside), partial(_keep, label), breaks=1))
    table = {strand.name: strand.value for strand in woven.strands if strand.value is not None}
    return Woven((replace(ours, text=woven.text, value=table),), woven.clashes)


def table_of(strand: Strand) -> Mapping[str, object]:
    """Return what a strand says, if it is a table."""
    return strand.value if isinstance(strand.value, Mapping) else {}


def _settle(label: str, beside: bool, base: Strand | None, ours: Strand, theirs: Strand) -> Woven:
    was = base and base.value
    if theirs.value in (ours.value, was):
        return Woven((_commented(ours, theirs, base),))
    if ours.value == was:
        return Woven((_commented(theirs, ours, base),))
    if ours.name in _CHOSEN:
        chosen = _CHOSEN[ours.name]((ours, theirs), key=_moment)
        return Woven((_commented(chosen, theirs if chosen is ours else ours, base),))
    united = _united(ours.name, was, ours.value, theirs.value)
    if united is not None:
        joined = (Clash(label, ours.name, _JOINED),) if ours.name == _NOTE else ()
        return Woven((_commented(with_value(ours, united), theirs, base),), joined)
    if ours.rank == theirs.rank == SUB_TABLE and ours.name != _WHOLE:
        known = base if base and base.rank == SUB_TABLE else None
        woven = merge_tables(known, ours, theirs, label, beside=beside)
        clashes = (replace(clash, key=f"{ours.name}.{clash.key}") for clash in woven.clashes)
        return replace(woven, clashes=tuple(clashes))
    stands = with_comments(ours, as_comments(theirs.text)) if beside else ours
    return Woven((stands,), (Clash(label, ours.name, BESIDE),))


def _keep(label: str, base: Strand, left: Strand) -> Woven:
    united = _united(left.name, base.value, left.value, None)
    if united is not None:
        return Woven((with_value(left, united),))
    return Woven((left,), (Clash(label, left.name, KEPT),) if left.value is not None else ())


def _commented(strand: Strand, other: Strand, base: Strand | None) -> Strand:
    """Give a strand the comments that the other side wrote to it."""
    known = comments_in(base.text) if base else ()
    return with_comments(strand, [one for one in comments_in(other.text) if one not in known])


def _moment(strand: Strand) -> tuple[int, str, str]:
    """Order versions and times; what is neither comes first, in an order that is always the same."""
    value = strand.value
    return (value if isinstance(value, int) else -1, time_of(value), str(value))


def _united(name: str, was: object, mine: object, other: object) -> str | list[str] | None:
    """Make one value of two where that loses nothing; None if there is no way."""
    sides = (was, mine, other)
    if name == "tags" and all(_is_tags(side) for side in sides):
        return _together(*(side if isinstance(side, list) else [] for side in sides))
    if name == _NOTE and all(isinstance(side, str | None) for side in sides):
        return ALSO.join(_together(*(str(side).split(ALSO) if side else [] for side in sides)))
    return None


def _is_tags(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(tag, str) for tag in value))


def _together(was: list[str], mine: list[str], other: list[str]) -> list[str]:
    """Return what either side has, less what one of them took out."""
    gone = set(was) - (set(mine) & set(other))
    return sorted({*mine, *other} - gone)
