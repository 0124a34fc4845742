"""What the entries of a user's file mean: values out of tables, and tables out of values.

Reading is forgiving by entry: one that lacks something is a `Problem` with its line and
stays in the file, the others are used. Nothing here touches a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple

from reader.annotations.document import Document, Entry
from reader.model import Problem
from reader.passages import Annotation, BlockChoice, Choice, Color, Target
from reader.tags import clean_tags

CORRECTABLE = ("title", "author", "source", "date")
"""What the reader may know better of an article; kept beside the source, never written to it."""

LEFT = "leave"  # what a choice says that was taken back but whose entry holds words of the user
_COLORS = tuple(Color)
_MEND = "mend it or take it out; until then it is not shown"
_OURS = ("article", "annotation", "block")


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What one of the user's files says of an article."""

    article_id: str
    """As it stands in the file; "" if the file does not tell."""
    file: Path
    title: str = ""
    """Title and path of the article when the file was last written."""
    path: str = ""
    starred: bool = False
    choices: tuple[BlockChoice, ...] = ()
    tags: tuple[str, ...] = ()
    """Of the whole article, as those of an `Annotation`."""
    note: str = ""
    """On the whole article."""
    corrections: Mapping[str, str] = field(default_factory=dict)
    """What the reader knows better about the article, by name: title, author, source, date."""
    annotations: tuple[Annotation, ...] = ()
    """By start, then by id."""
    formerly: tuple[str, ...] = ()
    """Ids that the article had when older annotations of the file were written, on another text."""
    writable: bool = True
    """False if the file is damaged, or a copy: it is shown, and never written."""

    @property
    def says_something(self) -> bool:
        """Whether the reader said anything about the article."""
        said = (self.starred, self.choices, self.tags, self.note, self.corrections, self.annotations)
        return any(said)


class Fault(ValueError):
    """An entry that cannot be used; the message says what is wrong with it."""


class Meaning(NamedTuple):
    """What an entry of an annotation says."""

    entry: Entry
    identity: str
    annotation: Annotation | None
    """None if it cannot be used."""
    faults: tuple[tuple[str, str], ...]
    """What is wrong with it, and how to mend it."""


class Meanings:
    """What the annotations of the last file meant: entries that stand as they stood are not read again."""

    def __init__(self) -> None:
        self._known: dict[int, Meaning] = {}

    def of(self, document: Document) -> dict[int, Meaning]:
        """Return what each annotation of a file means, by the identity of its entry."""
        ids = {id(entry): identity for identity, entry in annotation_entries(document)}
        found: dict[int, Meaning] = {}
        for entry in document.named("annotation"):
            known, identity = self._known.get(id(entry)), ids.get(id(entry), "")
            found[id(entry)] = known if known and known.identity == identity else _meaning(entry, identity)
        self._known = found  # which keeps the entries alive, so that no other gets the identity of one
        return found


def record_of(
    document: Document, file: Path, meanings: Meanings | None = None
) -> tuple[ArticleRecord, tuple[Problem, ...]]:
    """Read what a file says, and what is wrong with it.

    Args:
        document: The file, entry by entry.
        file: Where it lies.
        meanings: What was read before; is told what is read now.
    """
    record = ArticleRecord("", file, writable=False)
    choices: list[BlockChoice] = []
    faults: list[tuple[Entry, str, str]] = []
    known = (meanings or Meanings()).of(document)
    for entry in document.entries:
        if entry.name == "annotation":
            if told := known[id(entry)].faults:
                faults += ((entry, *fault) for fault in told)
            continue
        try:
            if entry.name == "article":
                record = _about(entry, record)
            elif entry.name == "block":
                choices += _choice_in(entry)
        except Fault as fault:
            faults.append((entry, f"[[{entry.name}]] {fault}", _MEND))
        faults += ((entry, *doubt) for doubt in _doubts(entry, ""))
    problems = list(_problems(document, file, faults))
    if not record.article_id:
        problems.append(Problem("lacks the id of an article", str(file), 'write [article] with its id = "…"'))
    annotations = [one.annotation for one in known.values() if one.annotation]
    annotations.sort(key=lambda one: (one.target.start, one.id))
    record = replace(record, choices=tuple(choices), annotations=tuple(annotations))
    return record, tuple(problems)


def _meaning(entry: Entry, identity: str) -> Meaning:
    doubts = tuple(_doubts(entry, identity))
    try:
        return Meaning(entry, identity, annotation_of(entry, identity), doubts)
    except Fault as fault:
        return Meaning(entry, identity, None, ((f"[[annotation]] {fault}", _MEND), *doubts))


def _problems(document: Document, file: Path, faults: Sequence[tuple[Entry, str, str]]) -> Iterator[Problem]:
    lines = {id(entry): line for line, entry in document.numbered()} if faults else {}
    return (Problem(what, f"{file}:{lines[id(entry)]}", remedy) for entry, what, remedy in faults)


def annotation_entries(document: Document) -> Iterator[tuple[str, Entry]]:
    """Yield each annotation that has an id, in the order of the file, with its id.

    An id that stands twice gets a number the second time ("01ABC~2"), so that both
    are shown and each can be changed; the file keeps what it says.
    """
    seen: set[str] = set()
    for entry in document.named("annotation"):
        identity = entry.table.get("id")
        if not identity or not isinstance(identity, str):
            continue
        shown, number = identity, 1
        while shown in seen:
            number += 1
            shown = f"{identity}~{number}"
        seen.add(shown)
        yield shown, entry


def bare_id(identity: str) -> str:
    """Return an id as its file says it, without the number that tells it from a second one."""
    return identity.partition("~")[0]


def annotation_of(entry: Entry, identity: str) -> Annotation:
    """Read an annotation from its entry.

    Raises:
        Fault: It lacks what it must have.
    """
    if not identity:
        raise Fault("lacks its id")
    table = entry.table
    color = table.get("color")
    body = table.get("body", "")
    return Annotation(
        id=identity,
        target=target_of(entry),
        color=Color(str(color)) if color in _COLORS else Color.YELLOW,
        tags=tags_of(table.get("tags")),
        body=body if isinstance(body, str) else "",
        created=time_of(table.get("created")),
        updated=time_of(table.get("updated")),
    )


def annotation_table(annotation: Annotation) -> dict[str, object]:
    """Return what the entry of an annotation says, in the order of its keys."""
    said: dict[str, object] = {
        "id": annotation.id,
        "created": as_time(annotation.created),
        "updated": as_time(annotation.updated),
        "color": annotation.color.value,
        "tags": list(clean_tags(map(encodable, annotation.tags))),
        "body": encodable(annotation.body),
    }
    table = {key: value for key, value in said.items() if value not in (None, "", [])}
    return {**table, "target": target_table(annotation.target)}


def target_of(entry: Entry) -> Target:
    """Read where an entry points.

    Raises:
        Fault: It does not say so.
    """
    table = entry.table.get("target")
    if not isinstance(table, Mapping):
        raise Fault("lacks its target")
    exact, prefix, suffix = (table.get(key, "") for key in ("exact", "prefix", "suffix"))
    if not exact or not (isinstance(exact, str) and isinstance(prefix, str) and isinstance(suffix, str)):
        raise Fault("has a target without its words (exact, prefix, suffix)")
    start, end = (table.get(key) for key in ("start", "end"))
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        raise Fault("has a target without its place (start, end)")
    return Target(exact, prefix, suffix, start, end)


def target_table(target: Target) -> dict[str, str | int]:
    """Return what the entry of a target says."""
    return {
        "exact": encodable(target.exact),
        "prefix": encodable(target.prefix),
        "suffix": encodable(target.suffix),
        "start": target.start,
        "end": target.end,
    }


def tags_of(value: object) -> tuple[str, ...]:
    """Read tags; what is not text is left out."""
    return clean_tags(tag for tag in value if isinstance(tag, str)) if isinstance(value, list) else ()


def ids_of(value: object) -> tuple[str, ...]:
    """Read ids; what is not text is left out."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def has_own_tags(entry: Entry) -> bool:
    """Tell whether an entry has tags as we write them, or none."""
    tags = entry.table.get("tags", [])
    return isinstance(tags, list) and all(isinstance(tag, str) for tag in tags)


def encodable(text: str) -> str:
    """Return a text without halves of surrogate pairs, which no file in UTF-8 can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def time_of(value: object) -> str:
    """Write a time of a file as UTC to the second; "" if it is none. Without an offset it is UTC."""
    if isinstance(value, datetime) and value.tzinfo is UTC and not value.microsecond:
        return value.isoformat()[:-6] + "Z"  # as most are, in a tenth of the time
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value)
        elif isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if not isinstance(value, datetime):
            return ""
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def as_time(text: str) -> datetime | None:
    """Return a time as TOML knows it; None if the text is none."""
    known = time_of(text)
    return datetime.fromisoformat(known) if known else None


def _about(entry: Entry, record: ArticleRecord) -> ArticleRecord:
    if record.article_id:
        return record
    table = entry.table
    identity = table.get("id")
    title, path, note = (
        value if isinstance(value := table.get(key), str) else "" for key in ("title", "path", "note")
    )
    known = table.get("corrections")
    corrections = known.items() if isinstance(known, Mapping) else ()
    return ArticleRecord(
        article_id=identity if isinstance(identity, str) else "",
        file=record.file,
        title=title,
        path=path,
        starred=table.get("starred") is True,
        tags=tags_of(table.get("tags")),
        note=note,
        corrections={
            key: value for key, value in corrections if key in CORRECTABLE and isinstance(value, str)
        },
        formerly=ids_of(table.get("formerly")),
        writable=isinstance(identity, str) and bool(identity),
    )


def _choice_in(entry: Entry) -> tuple[BlockChoice, ...]:
    choice = entry.table.get("choice")
    target = target_of(entry)
    if choice == LEFT:
        return ()
    if choice not in tuple(Choice):
        raise Fault('lacks its choice ("keep" or "hide")')
    return (BlockChoice(target, Choice(str(choice))),)


def _doubts(entry: Entry, identity: str) -> Iterator[tuple[str, str]]:
    """Tell what of an entry is not understood, though the rest is used, and how to mend it."""
    table = entry.table
    if entry.name == "annotation":
        yield from _doubts_of_annotation(table, identity)
    elif not entry.name:
        for name in _OURS:
            if name in table:
                yield f"{name} is not of the usual form", f"write [{name}] or [[{name}]] on a line of its own"
    elif entry.name == "article" and not isinstance(table.get("note", ""), str):
        yield "the note is not a text", 'write it as note = "…"'
    if entry.name in ("article", "annotation") and not has_own_tags(entry):
        yield "the tags are not a list of texts", 'write them as tags = ["one", "two"]'


def _doubts_of_annotation(table: Mapping[str, object], identity: str) -> Iterator[tuple[str, str]]:
    if identity and identity != table["id"]:
        yield f"the id {table['id']} stands here a second time", "both are shown; give one of them another id"
    if table.get("color", Color.YELLOW) not in _COLORS:
        yield f"the color {table['color']!r} is unknown", f"write one of {', '.join(Color)}"
    if not isinstance(table.get("body", ""), str):
        yield "the body is not a text", 'write it as body = "…"'
    for key in ("created", "updated"):
        if key in table and not time_of(table[key]):
            yield f"{key} is not a time", "write it as 2026-11-21T22:30:00Z"
