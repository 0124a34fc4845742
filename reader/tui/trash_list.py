"""What was deleted, at the foot of the screen: to be brought back."""

from collections.abc import Sequence

from reader.notebook import Trashed
from reader.tui.note_words import day_in_words
from reader.tui.picker import Choice, Picker
from reader.tui.reading_words import QUOTED, QUOTED_IN_SIGHT, quoted

HINT = "type to narrow, Enter brings it back"


class TrashList(Picker):
    """Deleted highlights and notes, the last first. Closes with the number of the one to bring back.

    Args:
        trashed: What there is.
    """

    def __init__(self, trashed: Sequence[Trashed]) -> None:
        super().__init__(tuple(map(_choice, trashed)), hint=HINT)


def _choice(one: Trashed) -> Choice:
    body = one.annotation.body
    words = quoted(one.annotation.target.exact, QUOTED_IN_SIGHT if body else QUOTED) + (
        f" — {body.splitlines()[0]}" if body else ""
    )
    return Choice(words, " · ".join(filter(None, (one.title, day_in_words(one.deleted)))))
