"""Notes that are picked and changed where they stand: edited, tagged, recoloured, deleted, copied."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from reader.actions import Place
from reader.amounts import amount
from reader.passages import Annotation, Color, Placed
from reader.tui.coloring import Coloring
from reader.tui.notes.cards import Key, NoteCards, key_of
from reader.tui.notes.words import both
from reader.tui.room import Room

AT_ONCE = 200  # annotations; more are changed before the reader's eyes: 10,000 take a quarter of a minute


class Changing(Coloring):
    """What is done with the note under the cursor, or with all that are picked, to be undone at once.

    Args:
        room: Where the notes are shown.
        cards: Shows them.
        picked_changed: Is called when others are picked.
    """

    PLACE: ClassVar[Place] = Place.NOTES

    def __init__(self, room: Room, cards: NoteCards, picked_changed: Callable[[], None]) -> None:
        self._room = room
        self._cards = cards
        self._picked_changed = picked_changed
        self._picked: Mapping[Key, Placed] = {}

    # What is picked

    @property
    def picked(self) -> Mapping[Key, Placed]:
        """The notes that are picked, in the order in which they were."""
        return self._picked

    def pick(self, picked: Mapping[Key, Placed]) -> None:
        """Pick exactly these notes."""
        self._picked = picked
        self._cards.mark(picked.keys())
        self._picked_changed()

    def keep(self, there: Sequence[Placed]) -> None:
        """Know what is picked as it is now, and let go what is no longer there."""
        if self._picked:
            fresh = {key_of(one): one for one in there}
            self.pick({key: fresh[key] for key in self._picked if key in fresh})

    def action_pick(self) -> None:
        """Pick this note, or not, and go on to the next."""
        placed = self._cards.current
        if placed is not None and placed.is_of_article:
            self._room.toast("a note on a whole article is changed by itself")
        elif placed is not None:
            key = key_of(placed)
            others = {known: one for known, one in self._picked.items() if known != key}
            self.pick(others if key in self._picked else {**others, key: placed})
            self._cards.move(1)

    def action_pick_all(self) -> None:
        """Pick all that are shown, or none."""
        shown = {key_of(one): one for one in self._cards.placed if not one.is_of_article}
        self.pick({} if shown.keys() <= self._picked.keys() else {**self._picked, **shown})

    @property
    def _chosen(self) -> tuple[Placed, ...]:
        """What a change is for."""
        current = self._cards.current
        return tuple(self._picked.values()) or ((current,) if current else ())

    # What is done

    async def action_edit_note(self) -> None:
        """Edit the note under the cursor."""
        from reader.tui.prompts.note_editor import NoteEditor  # noqa: PLC0415 - 50 ms, for the lines to type into

        placed = self._cards.current
        if placed is None:
            return
        if not placed.writable:
            self._room.toast(f"{placed.file}: damaged or a copy, and only shown", "error")
            return

        def save(body: str) -> None:
            self._change([placed], lambda one: replace(one, body=body), "note changed")

        self._room.add_class("-covered")
        about = f"note on “{placed.title}”" if placed.is_of_article else placed.annotation.target.exact
        editor = NoteEditor(placed.annotation.body, about, save)
        await self._room.app.push_screen(editor)

    async def action_tag(self) -> None:
        """Tag it, or all that are picked: what they have in common can be taken away."""
        from reader.tui.prompts.tag_prompt import TagPrompt  # noqa: PLC0415 - not needed for the first paint

        chosen = self._chosen
        if not chosen:
            return
        common = set.intersection(*(set(one.annotation.tags) for one in chosen))
        first = chosen[0].title if chosen[0].is_of_article else chosen[0].annotation.target.exact
        about = first if len(chosen) == 1 else f"{len(chosen):,} picked"

        def retag(tags: tuple[str, ...] | None) -> None:
            if tags is not None:
                with self._room.attempt():
                    self._change(chosen, lambda one: _retagged(one, common, set(tags)), "tagged")

        self._room.add_class("-covered")
        prompt = TagPrompt(self._room.workspace.notebook.tags(), tuple(sorted(common)), about)
        await self._room.app.push_screen(prompt, retag)

    def color(self, color: Color) -> None:
        """Colour it, or all that are picked."""
        chosen = self._chosen
        if chosen and chosen[0].is_of_article:
            self._room.toast("a note on a whole article has no colour")
            return
        with self._room.attempt():
            self._change(chosen, lambda one: replace(one, color=color), color.value)

    def action_delete(self) -> None:
        """Delete it, or all that are picked."""
        with self._room.attempt():
            self._delete()

    def action_copy(self) -> None:
        """Copy quote and note."""
        if chosen := self._chosen:
            self._room.app.copy_to_clipboard("\n\n\n".join(map(both, chosen)))
            self._room.toast("copied" if len(chosen) == 1 else f"copied {amount(len(chosen), 'note')}")

    # Within

    def _delete(self) -> None:
        chosen, notebook = self._chosen, self._room.workspace.notebook
        if chosen and chosen[0].is_of_article:
            self._change_whole(chosen[0], replace(chosen[0].annotation, body=""), "deleted")
        elif len(chosen) > AT_ONCE:
            self._work_on(notebook.deleting(chosen), len(chosen), "deleted")
        elif chosen:
            try:
                notebook.delete(chosen)
            finally:
                self._room.words_changed()
            self._say_done(len(chosen), "deleted")

    def _change(
        self, chosen: Sequence[Placed], change: Callable[[Annotation], Annotation], words: str
    ) -> None:
        """Change annotations; say so, and show them as they are then.

        Raises:
            ReaderError: One of them cannot be changed; those before it are.
        """
        if chosen and chosen[0].is_of_article:
            self._change_whole(chosen[0], change(chosen[0].annotation), words)
            return
        changes = [(one, change(one.annotation)) for one in chosen]
        changes = [(one, new) for one, new in changes if new != one.annotation]
        notebook = self._room.workspace.notebook
        if len(changes) > AT_ONCE:
            self._work_on(notebook.changing(changes, words), len(changes), words)
            return
        if not changes:
            return
        try:
            twins = notebook.change_all(changes, words)
        finally:
            self._room.words_changed()
        if any(twins):
            self._room.toast("changed elsewhere too: both are kept", "warning")
        else:
            self._say_done(len(changes), words)

    def _change_whole(self, placed: Placed, new: Annotation, words: str) -> None:
        """Change the note on a whole article, or the tags of the article; as `_change`."""
        notebook, old = self._room.workspace.notebook, placed.annotation
        if not placed.article_id:
            self._room.toast(
                "its article is gone: until it is back, the note can be changed in its file alone", "error"
            )
        elif (new.body, new.tags) != (old.body, old.tags):
            if new.body != old.body:
                notebook.note(placed.article_id, new.body, old.body)
            else:
                notebook.tag(placed.article_id, new.tags, old.tags)
            self._room.words_changed()
            self._room.say_done(words)

    def _work_on(self, steps: Generator[int, None, None], total: int, words: str) -> None:
        """Do what takes long, step by step, and let the reader stop it between two files."""
        from reader.tui.notes.working import Working  # noqa: PLC0415 - seldom needed

        def close(done: int | None) -> None:
            self._room.words_changed()
            if done is not None:
                self._say_done(done, words)

        self._room.app.push_screen(Working(steps, total, words), close)

    def _say_done(self, number: int, words: str) -> None:
        what = f"{number:,} {words}" if number > 1 else words
        self._room.say_done(what)


def _retagged(annotation: Annotation, before: set[str], after: set[str]) -> Annotation:
    """Take away the tags of `before`, and add those of `after`."""
    return replace(annotation, tags=tuple(sorted(set(annotation.tags) - before | after)))
