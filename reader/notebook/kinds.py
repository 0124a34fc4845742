"""How each kind of change of the user's files is read, done and undone: the journal's table."""

from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from reader.annotations import AnnotationStore, ArticleRecord, encodable
from reader.errors import Conflict
from reader.inert import inert
from reader.journal import Kind
from reader.model import Summary
from reader.notebook.contents import About
from reader.notebook.homes import Homes
from reader.notebook.tagging import typed_tags
from reader.passages import Annotation, Choice, Color, Placed, Target
from reader.state import Edit

Key = tuple[str, str]
"""Id of an annotation and name of its file: a copy of a file holds the same ids."""

Steps = Generator[int, None, None]
"""Does a step whenever it is asked, and yields how much is done."""

QUOTED = 40  # code points of a passage by which a change of it is told


class Kinds:
    """Reads and writes the values that edits are about.

    Args:
        store: The user's files.
        homes: Which of them are about an article.
        about: Returns what they say of a whole article, by its id.
        subject: Returns what names an article in a file, by its id.
    """

    def __init__(
        self,
        store: AnnotationStore,
        homes: Homes,
        about: Callable[[str], About],
        subject: Callable[[str], Summary],
    ) -> None:
        self._store = store
        self._homes = homes
        self._about = about
        self._subject = subject
        self._indexed: tuple[ArticleRecord, ...] = ()
        self._by_id: dict[str, dict[str, tuple[Path, Annotation]]] = {}

    def table(self) -> Mapping[str, Kind]:
        """Return the kinds by name."""
        return {
            "star": Kind(
                lambda edit: self._about(edit.article_id).starred,
                one_by_one(lambda edit, value: self._set(edit, "starred", bool(value))),
            ),
            "tags": Kind(
                lambda edit: list(self._about(edit.article_id).tags),
                one_by_one(lambda edit, value: self._set(edit, "tags", _list(value))),
            ),
            "note": Kind(
                lambda edit: self._about(edit.article_id).note,
                one_by_one(lambda edit, value: self._set(edit, "note", str(value))),
            ),
            "corrections": Kind(
                lambda edit: dict(self._about(edit.article_id).corrections),
                one_by_one(lambda edit, value: self._set(edit, "corrections", _table(value))),
            ),
            "block": Kind(self._choice, one_by_one(self._choose)),
            "annotation": Kind(self._annotation, self._annotate),
        }

    def home_of(self, article_id: str) -> Path | None:
        """Return the file to write in about an article; None if it has none yet."""
        files = (one.file for one in self._homes.records_of(article_id) if one.writable)
        return next(files, None)

    # The article

    def _set(self, edit: Edit, key: str, value: bool | str | Sequence[str] | Mapping[str, str]) -> None:
        """Set what is said of an article in its file; other files about it no longer say such a thing."""
        subject, nothing = self._subject(edit.article_id), type(value)()
        home = self.home_of(edit.article_id)
        self._store.set_article(subject, key, value, home=home)
        for record in self._homes.records_of(edit.article_id):
            if record.file != home and record.writable and getattr(record, key):
                self._store.set_article(subject, key, nothing, home=record.file)

    # Its blocks

    def _choice(self, edit: Edit) -> object:
        target = Target(**_table(edit.key))
        choices = (made for one in self._homes.records_of(edit.article_id) for made in one.choices)
        return next((made.choice for made in choices if made.target == target), None)

    def _choose(self, edit: Edit, value: object) -> None:
        choice = Choice(value) if isinstance(value, str) else None
        subject, home = self._subject(edit.article_id), self.home_of(edit.article_id)
        self._store.choose(subject, Target(**_table(edit.key)), choice, home=home)

    # Its annotations

    def _annotation(self, edit: Edit) -> object:
        if known := self.known([key_of(edit)]):
            return annotation_as_value(known[key_of(edit)][1])
        damaged = (one for one in self._homes.records_of(edit.article_id) if not one.writable)
        if record := next(damaged, None):
            raise Conflict(
                "it is damaged, or a copy; mend it first: `reader doctor`", inert(str(record.file))
            )
        return None

    def known(self, keys: Collection[Key]) -> dict[Key, tuple[Path, Annotation]]:
        """Find annotations that can be changed: each with its file, by its key."""
        found = {key: self._one_of(*key) for key in keys}
        return {key: one for key, one in found.items() if one}

    def _one_of(self, identity: str, name: str) -> tuple[Path, Annotation] | None:
        """Find an annotation in a file of that name; of a file that was renamed, the only one of its id."""
        by_name = self._index().get(identity, {})
        if name in by_name or len(by_name) != 1:
            return by_name.get(name)
        trashed = self._store.trash.entries() if name else ()
        was_deleted = any((one.annotation.id, one.origin) == (identity, name) for one in trashed)
        return None if was_deleted else next(iter(by_name.values()))

    def _index(self) -> Mapping[str, Mapping[str, tuple[Path, Annotation]]]:
        """Return all annotations that can be changed, by id and file; made anew after one was written."""
        if self._indexed is not self._store.records:
            self._indexed = self._store.records
            self._by_id = {}
            for record in (one for one in self._indexed if one.writable):
                for one in record.annotations:
                    self._by_id.setdefault(one.id, {})[record.file.name] = record.file, one
        return self._by_id

    def _annotate(self, changes: Sequence[tuple[Edit, object]]) -> None:
        """Bring annotations to a value: changed, made, fetched from the trash, or put there."""
        values = {key_of(edit): value for edit, value in changes}
        doomed = [key for key, value in values.items() if value is None]
        for file, known in self._by_file(doomed).items():
            self._store.discard(file, [one.id for _, one in known])
        wanted = {key: _table(value) for key, value in values.items() if value is not None}
        self._fetch(wanted.keys() - self.known(wanted).keys())
        for file, pairs in self._by_file(wanted).items():
            stale = [(key, one) for key, one in pairs if annotation_as_value(one) != wanted[key]]
            # a base without a time, so that the one of the value counts
            fresh = [
                (replace(one, updated=""), annotation_of_value(one.id, wanted[key])) for key, one in stale
            ]
            if fresh:
                self._store.change_all(file, fresh)
        for edit, value in changes:
            if value is not None and not self.known([key_of(edit)]):
                made = annotation_of_value(key_of(edit)[0], _table(value))
                self._store.add(self._subject(edit.article_id), made, home=self.home_of(edit.article_id))

    def _fetch(self, missing: Collection[Key]) -> None:
        """Fetch from the trash what lies there."""
        by_origin: defaultdict[str, set[str]] = defaultdict(set)
        for one in self._store.trash.entries() if missing else ():
            for key in ((one.annotation.id, one.origin), (one.annotation.id, "")):
                if key in missing:
                    by_origin[key[1]].add(key[0])
        for origin, ids in by_origin.items():
            self._store.restore(ids, origin)

    def _by_file(self, keys: Collection[Key]) -> dict[Path, list[tuple[Key, Annotation]]]:
        found: defaultdict[Path, list[tuple[Key, Annotation]]] = defaultdict(list)
        for key, (file, annotation) in self.known(keys).items():
            found[file].append((key, annotation))
        return found


def key_of(edit: Edit) -> Key:
    """Return which annotation a change is about; those of earlier versions do not tell the file."""
    return (str(edit.key[0]), str(edit.key[1])) if isinstance(edit.key, list | tuple) else (str(edit.key), "")


def key_of_placed(placed: Placed) -> Key:
    """Return the key of an annotation."""
    return placed.annotation.id, placed.file.name


def edit_of(article_id: str, key: Key, before: object, after: object, words: str) -> Edit:
    """Return a change of an annotation, for the journal."""
    return Edit(article_id, "annotation", list(key), before, after, words)


def value_of(known: Mapping[Key, tuple[Path, Annotation]], key: Key) -> object:
    """Return the value that one of the known annotations has; None if it is none of them."""
    return annotation_as_value(known[key][1]) if key in known else None


def one_by_one(write: Callable[[Edit, object], None]) -> Callable[[Sequence[tuple[Edit, object]]], None]:
    """Make a writer of many values out of one for a single value."""

    def write_all(changes: Sequence[tuple[Edit, object]]) -> None:
        for edit, value in changes:
            write(edit, value)

    return write_all


def annotation_as_value(annotation: Annotation) -> dict[str, object]:
    """Return what an annotation says, in JSON: all but its id."""
    value = asdict(annotation) | {"tags": list(annotation.tags), "color": str(annotation.color)}
    return {key: said for key, said in value.items() if key != "id"}


def annotation_of_value(identity: str, value: Mapping[str, Any]) -> Annotation:
    """Return the annotation that a value of the journal says, as it was, and as old as it was."""
    return Annotation(
        identity,
        Target(**value["target"]),
        Color(value["color"]),
        tuple(value["tags"]),
        value["body"],
        value["created"],
        value["updated"],
    )


def quote_of(edit: Edit) -> str:
    """Return the first words of the passage that a change is about; "" if it is about none."""
    target = _table(_table(edit.after or edit.before).get("target")) if edit.kind == "annotation" else {}
    words = " ".join(str(target.get("exact", "")).split())
    return words if len(words) <= QUOTED else f"{words[: QUOTED - 1]}…"


def cleaned(base: Annotation, new: Annotation) -> Annotation:
    """Bring tags and body to the form in which they are kept, if they were changed at all."""
    tags = new.tags if new.tags == base.tags else typed_tags(new.tags, base.tags)
    return replace(new, tags=tags, body=new.body if new.body == base.body else encodable(new.body).strip())


def finish(steps: Steps) -> None:
    """Do all of what is done in steps."""
    for _ in steps:
        pass


def told(edits: Sequence[Edit], title_of: Callable[[str], str]) -> str:
    """Say what was changed: the words of a passage, or the title of an article, or how many they are."""
    words = edits[0].words
    titles = {title_of(edit.article_id) for edit in edits if edit.article_id} - {""}
    if not titles:
        return words  # about a file, which they name
    if quote := quote_of(edits[0]) if len(edits) == 1 else "":
        return f"{words} “{quote}”"
    return f"{words}: “{titles.pop()}”" if len(titles) == 1 else f"{words} in {len(titles)} articles"


def _list(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else []


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
