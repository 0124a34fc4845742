"""What each change makes of a file: from one document to the next. Nothing here touches a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from reader.annotations.document import Document, Entry, Unusual, Value
from reader.annotations.records import (
    LEFT,
    Fault,
    annotation_entries,
    annotation_of,
    annotation_table,
    as_time,
    encodable,
    has_own_tags,
    ids_of,
    target_of,
    target_table,
    time_of,
)
from reader.annotations.writing import Subject
from reader.errors import Conflict
from reader.inert import inert
from reader.passages import Annotation, Choice, Target
from reader.tags import clean_tags

_OWN_KEYS = frozenset(("choice", "chosen", "target"))


Said = bool | str | Sequence[str] | Mapping[str, str]  # what a reader may say of a whole article


class Absent(Exception):
    """No entry of the file has the id."""


def named(document: Document, subject: Subject) -> Document:
    """Note what the file is about, as far as it says something else.

    The annotations that it has already were written on the text of another id: they have to
    be looked for in that of today, so the id of then is kept.
    """
    entry = about(document)
    former, known = str(entry.table["id"]), ids_of(entry.table.get("formerly"))
    if former != subject.id and document.named("annotation"):
        document = document.setting(entry, "formerly", list(dict.fromkeys((*known, former))))
    for key, value in (("id", subject.id), ("title", subject.title), ("path", subject.path)):
        entry = about(document)
        if value and entry.table.get(key) != encodable(value):
            document = document.setting(entry, key, encodable(value))
    return document


def about(document: Document) -> Entry:
    """Return the entry on the whole article.

    Raises:
        Unusual: There is none, or several, or it does not tell the id of the article.
    """
    entries = document.named("article")
    if len(entries) != 1:
        raise Unusual(f"it has {len(entries)} [article] tables of the usual form, not one")
    if not isinstance(entries[0].table.get("id"), str):
        raise Unusual("its [article] lacks the id")
    return entries[0]


def added(document: Document, annotation: Annotation) -> Document:
    """Put an annotation in its place; one whose id is there already is left as it is."""
    if any(known == annotation.id for known, _ in annotation_entries(document)):
        return document
    return _placed(document, annotation)


def put_back(document: Document, entry: Entry) -> Document:
    """Put an entry in its place as it stands; one that is there already is left as it is.

    Raises:
        Conflict: Its annotation stands there as it was changed later: a crash between trash and
            file left both, and the file went on.
    """
    if any(known.text.strip() == entry.text.strip() for known in document.named(entry.name)):
        return document
    identity, changed_at = entry.table.get("id"), time_of(entry.table.get("updated"))
    same = (known for known in document.named(entry.name) if known.table.get("id") == identity)
    if any(time_of(known.table.get("updated")) > changed_at for known in same):
        message = f"“{identity}” stands in its file, and was changed there since; the trash keeps this one"
        raise Conflict(inert(message))
    return document.inserting(entry, _place(document, entry))


def entries_with(document: Document, ids: Sequence[str]) -> tuple[Entry, ...]:
    """Return the annotations that have one of the ids.

    Raises:
        Absent: None has.
    """
    entries = tuple(entry for known, entry in annotation_entries(document) if known in ids)
    if not entries:
        raise Absent
    return entries


def changed(
    document: Document, base: Annotation, new: Annotation, time: str, second_id: str
) -> tuple[Document, Annotation | None]:
    """Change an annotation, field by field, against what the file says by now.

    Args:
        document: What the file says.
        base: The annotation as it was when the change began.
        new: The annotation as it shall be.
        time: The time, for what `new` gives none to.
        second_id: The id of a second annotation, if both sides changed a field differently.

    Returns:
        What the file shall say, and the second annotation if there is one.

    Raises:
        Absent: It is not in the file.
        Unusual: It cannot be changed without touching something else.
    """
    (entry,) = entries_with(document, (base.id,))
    try:
        now = annotation_of(entry, base.id)
    except Fault as fault:
        raise Unusual(f"[[annotation]] {fault}") from fault
    merged, clash = _merged(base, now, replace(new, tags=clean_tags(new.tags)))
    if merged != now:
        updated = new.updated if new.updated != base.updated else time
        document = _rewritten(document, entry, now, replace(merged, updated=updated))
    if not clash:
        return document, None
    second = replace(new, id=second_id, tags=clean_tags(new.tags), updated=time)
    return _placed(document, second), second


def chosen(document: Document, target: Target, choice: Choice | None, now: datetime) -> Document:
    """Decide about a block, at each place where it stands; None takes the decision back."""
    wanted = LEFT if choice is None else str(choice)
    if choice is not None and not _entries_on(document, target):
        table = {"choice": wanted, "chosen": now, "target": target_table(target)}
        return document.adding("block", table, many=True)
    while others := [one for one in _entries_on(document, target) if one.table.get("choice") != wanted]:
        entry = others[0]
        if choice is None and _is_ours(entry):
            document = document.without(entry)
            continue
        at = document.place_of(entry)
        document = document.setting(entry, "choice", wanted)
        if choice is not None:
            document = document.setting(document.entries[at], "chosen", now)
    return document


def said(document: Document, key: str, value: Said) -> Document:
    """Set what the reader says of the whole article; nothing takes the key out."""
    entry = about(document)
    if isinstance(value, Mapping):
        return _corrected(document, key, value)
    if isinstance(value, bool):
        return document.setting(entry, key, value or None)
    if isinstance(value, str):
        return document.setting(entry, key, encodable(value) or None)
    return document.setting(entry, key, _tag_list(entry, value))


def _corrected(document: Document, key: str, wanted: Mapping[str, str]) -> Document:
    kept = {name: encodable(text) for name, text in wanted.items() if text}
    known = about(document).table.get(key, {})
    if not isinstance(known, Mapping):
        raise Unusual(f"its {key} are no table")
    if not kept:
        return document.setting(about(document), key, None) if key in about(document).table else document
    for name in known.keys() - kept.keys():
        document = document.setting(about(document), f"{key}.{name}", None)
    for name, text in kept.items():
        if known.get(name) != text:
            document = document.setting(about(document), f"{key}.{name}", text)
    return document


def _merged(base: Annotation, now: Annotation, new: Annotation) -> tuple[Annotation, bool]:
    """Return what three versions make together, and whether two of them clash."""
    merged, clash = now, False
    for field in ("color", "body", "target"):
        was, there, wanted = (getattr(one, field) for one in (base, now, new))
        if wanted in (was, there):
            continue
        if there == was:
            merged = replace(merged, **{field: wanted})
        else:
            clash = True
    tags = (set(now.tags) | (set(new.tags) - set(base.tags))) - (set(base.tags) - set(new.tags))
    return replace(merged, tags=clean_tags(tags)), clash


def _rewritten(document: Document, entry: Entry, old: Annotation, new: Annotation) -> Document:
    """Set the keys in which two versions differ, and no others."""
    at = document.place_of(entry)
    for key, value in _differences(entry, old, new):
        document = document.setting(document.entries[at], key, value)
    return document


def _differences(entry: Entry, old: Annotation, new: Annotation) -> Iterator[tuple[str, Value | None]]:
    if new.updated != old.updated:
        yield "updated", as_time(new.updated)
    if new.color != old.color:
        yield "color", new.color.value
    if new.tags != old.tags:
        yield "tags", _tag_list(entry, new.tags)
    if new.body != old.body:
        yield "body", encodable(new.body) or None
    before, after = target_table(old.target), target_table(new.target)
    for key, value in after.items():
        if value != before[key]:
            yield f"target.{key}", value


def _tag_list(entry: Entry, tags: Sequence[str]) -> list[str] | None:
    if not has_own_tags(entry):
        raise Unusual("its tags are not a list of texts")
    return list(clean_tags(map(encodable, tags))) or None


def _placed(document: Document, annotation: Annotation) -> Document:
    table = annotation_table(annotation)
    place = _place(document, Entry("annotation", "", table))
    return document.adding("annotation", table, many=True, place=place)


def _place(document: Document, new: Entry) -> int:
    """Tell how many entries stand before a new annotation: up to the last that begins before it."""
    start = _start(new)
    places = [at for at, entry in enumerate(document.entries) if entry.name == new.name]
    later = (at for at in places if _start(document.entries[at]) > start)
    behind = places or [document.place_of(about(document))]
    return next(later, behind[-1] + 1)


def _start(entry: Entry) -> int:
    target = entry.table.get("target")
    start = target.get("start") if isinstance(target, Mapping) else None
    return start if isinstance(start, int) else -1


def _entries_on(document: Document, target: Target) -> list[Entry]:
    return [entry for entry in document.named("block") if _points_at(entry, target)]


def _points_at(entry: Entry, target: Target) -> bool:
    try:
        return target_of(entry) == target
    except Fault:
        return False


def _is_ours(entry: Entry) -> bool:
    """Tell whether the user wrote nothing into an entry."""
    return "#" not in entry.text and _OWN_KEYS.issuperset(entry.table)
