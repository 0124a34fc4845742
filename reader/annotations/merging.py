"""Two versions of a file that were changed apart, made one: nothing either side wrote is lost.

Entries are compared with those of the version both came from, then their keys (`uniting`).
What was changed on one side is taken from it byte for byte. Where both set the same key
differently, an annotation becomes two. Which side is "ours" decides on the order of a file and
on comments, not on the annotations: two machines that merge the same versions hold the same.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2s

from reader.annotations.document import Document, Entry, parse_document
from reader.annotations.ids import new_id
from reader.annotations.statements import Unusual, set_key
from reader.annotations.tables import line_end
from reader.annotations.uniting import BESIDE, KEPT, merge_tables, table_of
from reader.annotations.weaving import Clash, Custom, Strand, Woven, weave

_ANNOTATION = "annotation"
_RANKS = {"": 0, "article": 1, "block": 2, _ANNOTATION: 3}  # as the program orders a file
_UNKNOWN = 4  # rank of entries that it does not know
_BYTE_ORDER_MARK = "\ufeff"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TIME_DIGITS = 10  # of a ULID, that tell when it was made; 16 random ones follow


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of two versions."""

    document: Document
    clashes: tuple[Clash, ...] = ()
    """What both sides said differently; all of it stands in the document."""


def merge_documents(base: Document | None, ours: Document, theirs: Document) -> Merged:
    """Merge two versions of a file by their entries.

    Merging the outcome again with either side changes nothing.

    Args:
        base: The version both came from; None if it is not known. Then nothing counts as
            deleted, and what only one side has counts as added.
        ours: One side, whose order stands where both changed it.
        theirs: The other side.

    Raises:
        Unusual: The outcome would not say what its entries say.
    """
    was, one, other = (tuple(_entries(side)) for side in (base or Document(), ours, theirs))
    woven = weave(was, one, other, Custom(_settle, _keep, breaks=2))
    mark = _BYTE_ORDER_MARK if ours.text.startswith(_BYTE_ORDER_MARK) else ""
    try:
        document = parse_document(mark + woven.text, known=ours)
    except ValueError as error:
        raise Unusual(str(error)) from error
    said = [(entry.name, entry.table) for entry in document.entries if entry.text != mark]
    if said != [(strand.name, strand.value) for strand in woven.strands]:
        raise Unusual("an entry would change that was not meant to")
    return Merged(document, woven.clashes)


def _entries(document: Document) -> Iterator[Strand]:
    """Give each entry of a file an identity that outlives changes to it."""
    numbers: Counter[tuple[str, ...]] = Counter()
    for entry in document.entries:
        key = (entry.name, *_identity(entry))
        if text := entry.text.removeprefix(_BYTE_ORDER_MARK):
            yield Strand((*key, numbers[key]), _rank(entry), text, entry.table)
        numbers[key] += 1


def _identity(entry: Entry) -> tuple[str, ...]:
    """Return what tells an entry from others of its name: id, target, or all it says.

    A table of which a file can hold but one (`[article]`) needs nothing.
    """
    lines = (line.lstrip() for line in entry.text.split("\n"))
    if not next((line for line in lines if line.startswith("[")), "").startswith("[["):
        return ()
    identity, target = entry.table.get("id"), entry.table.get("target")
    if isinstance(identity, str):
        return (identity,)
    if isinstance(target, Mapping):
        return (_plain([target.get("exact"), target.get("start")]),)
    return (_plain(entry.table),)


def _rank(entry: Entry) -> tuple[int | str, ...]:
    """Say where an entry goes in a file that lacks it: annotations in the order of the text."""
    rank = _RANKS.get(entry.name, _UNKNOWN)
    if entry.name != _ANNOTATION:
        return (rank,)
    target = entry.table.get("target")
    start = target.get("start") if isinstance(target, Mapping) else None
    return (rank, start if isinstance(start, int) else 0, str(entry.table.get("id")))


def _label(strand: Strand) -> str:
    """Name an entry as its file does."""
    if len(strand.key) == 2:
        return f"[{strand.name}]" if strand.name else "the head of the file"
    identity = table_of(strand).get("id")
    return f"[[{strand.name}]]" + (f" {identity}" if isinstance(identity, str) else "")


def _keep(_base: Strand, left: Strand) -> Woven:
    return Woven((left,), (Clash(_label(left), "", KEPT),))


def _settle(base: Strand | None, ours: Strand, theirs: Strand) -> Woven:
    label = _label(ours)
    woven = merge_tables(base, ours, theirs, label, beside=True)
    keys = [clash.key.partition(".")[0] for clash in woven.clashes if clash.outcome == BESIDE]
    if not keys or ours.name != _ANNOTATION or not isinstance(table_of(ours).get("id"), str):
        return woven
    kept, parted = sorted((ours, theirs), key=partial(_precedence, keys), reverse=True)
    twin = _twin(parted)
    woven = merge_tables(base, kept, parted, label, beside=False)
    outcome = f"set differently; both are kept, the other as {table_of(twin)['id']}"
    clashes = (replace(c, outcome=outcome) if c.outcome == BESIDE else c for c in woven.clashes)
    return Woven((*woven.strands, twin), tuple(clashes))


def _precedence(keys: list[str], side: Strand) -> tuple[int, str]:
    """Rank a side by what it says at the keys in question: the one that says more keeps the id."""
    said = _plain([table_of(side).get(key) for key in keys])
    return len(said), said


def _twin(strand: Strand) -> Strand:
    """Return an annotation as it stands, under an id that is made of what it says.

    So each machine makes the same twin, and makes it but once. The id keeps the time of
    the old one, so that both sort side by side.
    """
    table = table_of(strand)
    digest = new_id(_EPOCH, lambda size: blake2s(_plain(table).encode(), digest_size=size).digest())
    identity = str(table["id"])[:_TIME_DIGITS] + digest[_TIME_DIGITS:]
    text = set_key(strand.text, ("id",), identity, line_end(strand.text))
    return Strand((_ANNOTATION, identity, 0), (*strand.rank[:2], identity), text, {**table, "id": identity})


def _plain(value: object) -> str:
    """Write a value so that equal ones read the same."""
    return json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
