"""What was deleted, at the foot of the screen: to be brought back."""

from collections.abc import Sequence

from reader.inert import inert
from reader.notebook import Trashed
from reader.tui.prompts.picker import Choice, Picker
from reader.tui.words import QUOTED, QUOTED_IN_SIGHT, day_in_words, quoted

HINT = "type to narrow, Enter brings it back"


class TrashList(Picker):
    """Deleted highlights and notes, the last first, then removed files. Closes with the number of one.

    Args:
        trashed: What was deleted of the notes.
        removed: Names of the files that were taken out of the library.
    """

    def __init__(self, trashed: Sequence[Trashed], removed: Sequence[str]) -> None:
        files = (Choice(inert(name), "file of articles, removed") for name in removed)
        super().__init__((*map(_choice, trashed), *files), hint=HINT)


def _choice(one: Trashed) -> Choice:
    body = one.annotation.body
    words = quoted(one.annotation.target.exact, QUOTED_IN_SIGHT if body else QUOTED) + (
        f" — {body.splitlines()[0]}" if body else ""
    )
    return Choice(words, " · ".join(filter(None, (one.title, day_in_words(one.deleted)))))
