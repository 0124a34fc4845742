"""What was deleted, at the foot of the screen: to be brought back."""

from reader.inert import inert
from reader.notebook import Trashed
from reader.tui.prompts.picker import Choice, Picker
from reader.tui.quoting import QUOTED, QUOTED_IN_SIGHT, quoted
from reader.tui.words import day_in_words
from reader.workspace import Workspace

HINT = "type to narrow, Enter brings it back"


class TrashList(Picker):
    """Deleted highlights and notes, the last first, then removed files. Closes with the number of one.

    Args:
        workspace: What is open.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._trashed, self._removed = workspace.notebook.trash(), workspace.adding.removed()
        files = (Choice(inert(name), "file of articles, removed") for name in self._removed)
        super().__init__((*map(_choice, self._trashed), *files), hint=HINT)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was deleted."""
        return not self._trashed and not self._removed

    def restore(self, number: int) -> None:
        """Bring back what stands on a line.

        Raises:
            ReaderError: It cannot be brought back.
        """
        if number < len(self._trashed):
            self._workspace.notebook.restore(self._trashed[number].annotation.id)
        else:
            self._workspace.adding.restore(self._removed[number - len(self._trashed)])


def _choice(one: Trashed) -> Choice:
    body = one.annotation.body
    words = quoted(one.annotation.target.exact, QUOTED_IN_SIGHT if body else QUOTED) + (
        f" — {body.splitlines()[0]}" if body else ""
    )
    return Choice(words, " · ".join(filter(None, (one.title, day_in_words(one.deleted)))))
