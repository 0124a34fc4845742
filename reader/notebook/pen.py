"""Writes annotations into the user's files, and tells each change as it went, so that it can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from reader.annotations import AnnotationStore, Subject
from reader.notebook.kinds import (
    Key,
    Kinds,
    Steps,
    annotation_as_value,
    cleaned,
    edit_of,
    key_of_placed,
    value_of,
)
from reader.notebook.rescuing import or_rescued
from reader.passages import Annotation, Placed
from reader.state import Edit

T = TypeVar("T")


class Pen:
    """Makes, changes and discards annotations, file by file.

    Args:
        store: The user's files.
        kinds: Tells how annotations stand there.
        subject_of: Returns what names an article in a file, by its id.
    """

    def __init__(self, store: AnnotationStore, kinds: Kinds, subject_of: Callable[[str], Subject]) -> None:
        self._store = store
        self._kinds = kinds
        self._subject_of = subject_of

    def make(self, subject: Subject, fresh: Annotation, words: str) -> Edit:
        """Write an annotation that is new into the file of its article."""
        file = self._store.add(subject, fresh, home=self._kinds.home_of(subject.id))
        return edit_of(subject.id, (fresh.id, file.name), None, annotation_as_value(fresh), words)

    def change(
        self,
        changes: Sequence[tuple[Placed, Annotation]],
        words: str,
        now: str,
        edits: list[Edit],
        twins: dict[Key, Annotation | None],
    ) -> Steps:
        """Write changes.

        Args:
            changes: Each annotation as the reader saw it, and what it shall be.
            words: What is done, for undo.
            now: When.
            edits: Gets the changes as they went.
            twins: Gets the second annotations that conflicts made; None where there was none.
        """
        by_file: dict[Path, list[tuple[Annotation, Annotation]]] = {}
        articles = {key_of_placed(base): base.article_id for base, _ in changes}
        for base, new in changes:
            wanted = replace(cleaned(base.annotation, new), updated=now)
            by_file.setdefault(base.file, []).append((base.annotation, wanted))
        before = self._kinds.known(articles)
        try:
            for file, pairs in by_file.items():
                keys = [(base.id, file.name) for base, _ in pairs]
                made = self.rescuing(
                    self._subject_of(articles[keys[0]]),
                    [new for _, new in pairs],
                    partial(self._store.change_all, file, pairs),
                )
                twins |= dict(zip(keys, made, strict=True))
                yield len(twins)
        finally:
            after = self._kinds.known(twins)
            for key, twin in twins.items():
                edits.append(edit_of(articles[key], key, value_of(before, key), value_of(after, key), words))
                if twin:
                    value = annotation_as_value(twin)
                    edits.append(edit_of(articles[key], (twin.id, key[1]), None, value, words))

    def discard(self, doomed: Sequence[Placed], words: str, edits: list[Edit]) -> Steps:
        """Put annotations into the trash; `edits` gets what they said."""
        by_file: dict[Path, list[Placed]] = {}
        for one in doomed:
            by_file.setdefault(one.file, []).append(one)
        before = self._kinds.known(list(map(key_of_placed, doomed)))
        for file, ones in by_file.items():
            self._store.discard(file, [one.annotation.id for one in ones])
            edits += [
                edit_of(one.article_id, key_of_placed(one), value_of(before, key_of_placed(one)), None, words)
                for one in ones
                if key_of_placed(one) in before
            ]
            yield len(edits)

    def rescuing(self, subject: Subject, annotations: Sequence[Annotation], save: Callable[[], T]) -> T:
        """Save annotations; what cannot be saved is kept in files of its own.

        Raises:
            NotWritable, Conflict, NoSuchAnnotation: As `save` does; the message says where the words are.
        """

        def rescue() -> Path:
            return [self._store.rescue(subject, one) for one in annotations][-1]

        return or_rescued(save, rescue)
