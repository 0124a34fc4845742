"""The verbs of whoever reads with a pencil: highlight, note, tag, recolour, move, merge, delete, undo."""

import contextlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime

from reader.anchoring import describe
from reader.annotations import CORRECTABLE, AnnotationStore, encodable, new_id
from reader.errors import NotADate, ReaderError
from reader.journal import Journal, Kind
from reader.library import Library
from reader.model import Article
from reader.notebook.contents import Contents
from reader.notebook.kinds import (
    Key,
    Kinds,
    Steps,
    annotation_as_value,
    edit_of,
    finish,
    key_of_placed,
    told,
)
from reader.notebook.pen import Pen
from reader.notebook.rescuing import or_rescued
from reader.notebook.tagging import Retagging, typed_tags
from reader.passages import Annotation, Choice, Color, Placed, Target
from reader.state import Edit, State
from reader.tags import clean_tags

_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class Notebook(Contents):
    """What the reader made of the articles of a workspace.

    Args:
        store: The user's files.
        library: The articles.
        state: Where the journal is kept.
        kinds: Further kinds of changes that can be undone.
        note: Is told when the journal cannot be written.
    """

    def __init__(
        self,
        store: AnnotationStore,
        library: Library,
        state: State,
        kinds: Mapping[str, Kind],
        note: Callable[[ReaderError], None],
    ) -> None:
        super().__init__(store, library)
        own = Kinds(store, self._homes, self.about, self._subject)
        self._pen = Pen(store, own, self._subject)
        self._table = {**kinds, **own.table()}
        self._journal = Journal(state, self._table, note)

    # Annotations

    def annotate(
        self,
        article: Article,
        passage: tuple[int, int],
        *,
        color: Color = Color.YELLOW,
        tags: Iterable[str] = (),
        body: str = "",
    ) -> Annotation:
        """Annotate a passage. Undoable.

        Args:
            article: What the passage stands in.
            passage: Where it begins and ends in the canonical text; not empty.
            color: Colour of the highlight.
            tags: Its tags, in any form.
            body: The note, if there is one.

        Raises:
            NotWritable: The file cannot be written; the message says where the words are kept.
            Conflict: The file is damaged, and so left alone.
        """
        start, end = passage
        if not 0 <= start < end <= len(article.text):
            raise ValueError(f"no passage: {start} to {end} of {len(article.text)}")
        now = _now()
        target = describe(article.text, start, end)
        identity = new_id(datetime.now(UTC), os.urandom)
        made = Annotation(
            identity, target, color, typed_tags(tags), encodable(body).strip(), created=now, updated=now
        )
        words = "note written" if made.body else "highlighted"
        subject = self._library.summary(article.id) or article
        edit = self._pen.rescuing(subject, [made], lambda: self._pen.make(subject, made, words))
        with self._recording() as edits:
            edits.append(edit)
        return made

    def change(self, base: Placed, new: Annotation, words: str = "") -> Annotation | None:
        """Change an annotation. Undoable.

        Args:
            base: The annotation as the reader saw it when the change began.
            new: What it shall be; tags in any form.
            words: What is done, for undo: "note changed".

        Returns:
            None; or, if the same thing was changed elsewhere meanwhile in another way, the
            second annotation that holds what the reader wanted, beside what was made elsewhere.

        Raises:
            NoSuchAnnotation: It was deleted elsewhere.
            NotWritable: The file cannot be written; the message says where the words are kept.
            Conflict: The file is damaged, and so left alone.
        """
        return self.change_all([(base, new)], words)[0]

    def change_all(
        self, changes: Sequence[tuple[Placed, Annotation]], words: str = ""
    ) -> tuple[Annotation | None, ...]:
        """Change several annotations, to be undone together; as `change` for each."""
        twins = dict[Key, Annotation | None]()
        with self._recording() as edits:
            finish(self._pen.change(changes, words or "changed", _now(), edits, twins))
        return tuple(twins[key_of_placed(base)] for base, _ in changes)

    def changing(self, changes: Sequence[tuple[Placed, Annotation]], words: str = "") -> Steps:
        """Change many as `change_all` does, a file at a time: what was done when it is stopped is undone."""
        with self._recording() as edits:
            yield from self._pen.change(changes, words or "changed", _now(), edits, {})

    def delete(self, doomed: Sequence[Placed]) -> None:
        """Put annotations into the trash. Undoable, also later: see `restore`."""
        finish(self.deleting(doomed))

    def deleting(self, doomed: Sequence[Placed]) -> Steps:
        """Delete many, a file at a time: what was done when it is stopped is undone together."""
        words = "deleted" if len(doomed) == 1 else f"{len(doomed)} deleted"
        with self._recording() as edits:
            yield from self._pen.discard(doomed, words, edits)

    def merge(self, article: Article, first: Placed, second: Placed) -> Annotation:
        """Make one annotation of two of an article: from the beginning of the one to the end of the other.

        Colour and id are those of the first; tags are joined, and notes one below the other.
        """
        start, end = min(first.start, second.start), max(first.end, second.end)
        one, other = first.annotation, second.annotation
        merged = replace(
            one,
            target=describe(article.text, start, end),
            tags=clean_tags((*one.tags, *other.tags)),
            body="\n\n".join(filter(None, (one.body, other.body))),
        )
        with self._recording() as edits:
            finish(self._pen.change([(first, merged)], "merged", _now(), edits, {}))
            finish(self._pen.discard([second], "merged", edits))
        return merged

    def attach(self, placed: Placed, article: Article, passage: tuple[int, int]) -> Annotation:
        """Point an annotation at another passage, of another article if need be. Undoable.

        Returns:
            The annotation as it is now; in another article it has another id.
        """
        words, target = "passage changed", describe(article.text, *passage)
        moved = replace(placed.annotation, target=target)
        if placed.article_id == article.id:
            self.change(placed, moved, words)
            return moved
        fresh = replace(moved, id=new_id(datetime.now(UTC), os.urandom), updated=_now())
        subject = self._library.summary(article.id) or article
        with self._recording() as edits:
            edits.append(self._pen.make(subject, fresh, words))
            finish(self._pen.discard([placed], words, edits))
        return fresh

    def restore(self, identity: str) -> None:
        """Bring an annotation back from the trash. Undoable.

        Raises:
            NoSuchAnnotation: It is not there.
        """
        with self._recording() as edits:
            self._store.restore([identity])
            self.settle()
            one = self.find(identity)
            value = annotation_as_value(one.annotation)
            edits.append(edit_of(one.article_id, key_of_placed(one), None, value, "restored"))

    def empty_trash(self, identities: Sequence[str] | None = None) -> int:
        """Delete for good what lies in the trash, or some of it. Returns how much that was."""
        return self._store.trash.empty(identities)

    # Tags

    def retag(self, plans: Sequence[Retagging], words: str = "tags changed") -> None:
        """Do what was planned, to be undone together."""
        changes = [
            (one.placed, replace(one.placed.annotation, tags=one.after)) for one in plans if one.placed
        ]
        with self._recording() as edits:
            finish(self._pen.change(changes, words, _now(), edits, {}))
            for one in plans:
                if not one.placed:
                    edit = Edit(one.article_id, "tags", None, list(one.before), list(one.after), words)
                    self._table["tags"].write([(edit, edit.after)])
                    edits.append(edit)

    # The article

    def star(self, article_id: str, *, starred: bool) -> None:
        """Give an article a star, or take it away. Undoable.

        Raises:
            NotWritable: The file cannot be written.
            Conflict: The file is damaged, and so left alone.
        """
        self.refresh()
        words = "star given" if starred else "star taken away"
        self.do(Edit(article_id, "star", None, article_id in self.starred(), starred, words))

    def tag(self, article_id: str, tags: Iterable[str], base: Iterable[str] | None = None) -> None:
        """Give an article tags. Undoable; raises as `star`.

        Args:
            article_id: The article.
            tags: What it shall have, in any form.
            base: What it had when the reader saw it; tags that it got elsewhere since then stay.
        """
        self.refresh()
        now = set(self.about(article_id).tags)
        wanted = set(typed_tags(tags, now))
        seen = now if base is None else set(base)
        after = sorted((now - (seen - wanted)) | (wanted - seen))
        self.do(Edit(article_id, "tags", None, sorted(now), after, "article tagged"))

    def note(self, article_id: str, body: str, base: str | None = None) -> None:
        """Write a note on an article; "" takes it away. Undoable.

        Args:
            article_id: The article.
            body: The note.
            base: The note that the reader saw; if it was changed elsewhere since then, both are kept,
                one below the other.

        Raises:
            NotWritable: The file cannot be written; the message says where the words are kept.
            Conflict: The file is damaged, and so left alone; the message says the same.
        """
        self.refresh()
        now, after = self.about(article_id).note, encodable(body).strip()
        if base is not None and now not in (base, after):
            after = "\n\n".join(filter(None, (now, after)))
        edit = Edit(article_id, "note", None, now, after, "note written")
        subject = self._subject(article_id)
        or_rescued(lambda: self.do(edit), lambda: self._store.rescue(subject, note=after))

    def correct(self, article_id: str, field: str, value: str) -> None:
        """Correct title, author, source or date of an article; as `correct_all`."""
        self.correct_all(article_id, {field: value})

    def correct_all(self, article_id: str, values: Mapping[str, str]) -> None:
        """Correct what is known of an article, to be undone together.

        Args:
            article_id: The article.
            values: By field, of `CORRECTABLE`; "", or what the source says too, takes a correction back.

        Raises:
            ValueError: A field is none of `CORRECTABLE`.
            NotADate: The date is none.
        """
        if strange := values.keys() - set(CORRECTABLE):
            raise ValueError(f"{', '.join(strange)} cannot be corrected; {', '.join(CORRECTABLE)} can")
        if (date := values.get("date", "").strip()) and not _DATE.fullmatch(date):
            raise NotADate(f"“{date}” is no date; write 2025-01-21, 2025-01 or 2025")
        self.refresh()
        before, found = dict(self.about(article_id).corrections), self.as_found(article_id)
        wanted = before | {field: encodable(value).strip() for field, value in values.items()}
        after = {field: said for field, said in wanted.items() if said not in ("", getattr(found, field))}
        words = f"{' and '.join(values)} corrected"
        self.do(Edit(article_id, "corrections", None, before, after, words))

    def choose(self, article_id: str, target: Target, choice: Choice | None, words: str) -> None:
        """Keep or hide a block; None leaves it to the rules again. Undoable; raises as `star`."""
        self.refresh()
        place = (target.exact, target.start)
        made = (one for one in self.choices_of(article_id) if (one.target.exact, one.target.start) == place)
        old = next(made, None)
        key = asdict(old.target if old else target)
        self.do(Edit(article_id, "block", key, old.choice if old else None, choice, words))

    # Undo

    def do(self, *edits: Edit) -> None:
        """Do changes of any kind of the journal's table. Undoable as one."""
        self._journal.do(*edits)
        self._regroup()

    def undo(self) -> str:
        """Take the last change back. Returns what it was, in words; "" if there is none."""
        return self._turn(self._journal.undo)

    def redo(self) -> str:
        """Do again what was undone last. Returns what it was, in words; "" if there is none."""
        return self._turn(self._journal.redo)

    # Within

    def _turn(self, turn: Callable[[], tuple[Edit, ...]]) -> str:
        self.refresh()  # what was changed elsewhere is not to be undone
        try:
            edits = turn()
        finally:
            self._regroup()
        if not edits:
            return ""
        return told(edits, lambda article_id: self._subject(article_id).title)

    @contextlib.contextmanager
    def _recording(self) -> Iterator[list[Edit]]:
        """Collect what is changed, from what stands in the files now; whatever was done can be undone."""
        self.refresh()
        edits: list[Edit] = []
        try:
            yield edits
        finally:
            self._regroup()
            self._journal.done(*edits)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
