"""What is remembered of a reader, from one session to the next; without it the program goes on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from reader.errors import ReaderError
from reader.following import follow, place_at
from reader.journal import Kind
from reader.library import Library
from reader.model import Progress, Status
from reader.state import HERE, Edit, Preferences, State, Visit

T = TypeVar("T")


class Memory:
    """Remembers places, marks, status, searches and the screen.

    Args:
        state: Where it is kept.
        library: The articles; where each stands is kept with its places.
        note: Is told when the state cannot be read or written.
        default: How the screen is, as long as nothing is remembered of it: the settings.
    """

    def __init__(
        self, state: State, library: Library, note: Callable[[ReaderError], None], default: Preferences
    ) -> None:
        self._state = state
        self._library = library
        self._note = note
        self._default = default

    def progress(self) -> dict[str, Progress]:
        """Return where the reader stands, by article id; absent means new."""
        return self._recall(self._state.progress, {})

    def remember(self, article_id: str, progress: Progress, text: str = "") -> None:
        """Remember where the reader stands in an article.

        Args:
            article_id: The article.
            progress: Where the reader stands.
            text: Its canonical text, as the words at a place lead back to it once the source was
                edited; "" leaves the words that are known.
        """

        def write() -> None:
            self._state.remember(article_id, progress)
            self._visit(article_id, HERE, progress.offset, text)

        self._write(write)

    def statuses(self) -> Kind:
        """Return how the status of an article is read and set, for the journal."""
        return Kind(
            lambda edit: self.progress().get(edit.article_id, Progress()).status,
            self._set_statuses,
        )

    def _set_statuses(self, changes: Sequence[tuple[Edit, object]]) -> None:
        for edit, value in changes:
            now = self.progress().get(edit.article_id, Progress())
            self._state.remember(edit.article_id, replace(now, status=Status(str(value))))
            self._visit(edit.article_id, HERE, now.offset, "")

    def marks(self, article_id: str) -> dict[str, int]:
        """Return the reader's marks in an article: offset by letter."""
        return self._recall(lambda: self._state.marks(article_id), {})

    def set_mark(self, article_id: str, letter: str, offset: int, text: str = "") -> None:
        """Mark a place in an article with a letter; `text` as for `remember`."""

        def write() -> None:
            self._state.set_mark(article_id, letter, offset)
            self._visit(article_id, letter, offset, text)

        self._write(write)

    def preferences(self) -> Preferences:
        """Return what is remembered of the screen, the settings where nothing is."""
        return self._recall(lambda: self._state.preferences(self._default), self._default)

    def prefer(self, preferences: Preferences) -> None:
        """Remember the state of the screen: what differs from before, so that settings hold for the rest."""
        self._write(lambda: self._state.prefer(self.preferences(), preferences))

    def searches(self, limit: int) -> tuple[str, ...]:
        """Return what was searched for last, the newest first, each once."""
        return self._recall(lambda: self._state.searches(limit), ())

    def note_search(self, query: str) -> None:
        """Remember what was searched for."""
        self._write(lambda: self._state.note_search(query))

    def follow(self, known: Mapping[str, str], *, in_place: bool) -> dict[str, str]:
        """Carry what is remembered of articles that are gone to what they became; as `following.follow`."""
        return self._recall(lambda: follow(self._state, self._library, known, in_place=in_place), {})

    def _visit(self, article_id: str, letter: str, offset: int, text: str) -> None:
        if summary := self._library.summary(article_id):
            target = place_at(text, offset) if text else None
            self._state.visit(Visit(summary.id, summary.title, summary.path), letter, target)

    def _recall(self, read: Callable[[], T], default: T) -> T:
        """Read from the state; a state that cannot be read is a problem, no reason to stop."""
        try:
            return read()
        except ReaderError as error:
            self._note(error)
            return default

    def _write(self, write: Callable[[], None]) -> None:
        try:
            write()
        except ReaderError as error:
            self._note(error)
