"""What was lost, or cannot be read, since the last look: told once, when it happens."""

from typing import NamedTuple

from reader.amounts import amount
from reader.notebook import Notebook


class Losses(NamedTuple):
    """How much stands in the user's files that cannot be used as it was."""

    faults: int = 0
    """Faults of the files."""
    orphans: int = 0
    """Annotations that have no place."""

    def news(self, before: "Losses", show_problems: str, show_orphans: str) -> str:
        """Say what was lost since another look; "" if nothing was.

        Args:
            before: What was lost then.
            show_problems: The key that shows faults.
            show_orphans: The key that shows what lost its place; "" if none does here.
        """
        faults, orphans = self.faults - before.faults, self.orphans - before.orphans
        told = []
        if faults > 0:
            files = "a file of notes is damaged" if faults == 1 else f"{faults:,} faults in files of notes"
            told.append(f"{files} · {show_problems} shows")
        if orphans > 0:
            key = f" · {show_orphans}" if show_orphans else ""
            told.append(f"{amount(orphans, 'note')} lost {'its' if orphans == 1 else 'their'} place{key}")
        return " · ".join(told)


def losses_in(notebook: Notebook) -> Losses:
    """Count what is lost now."""
    return Losses(len(notebook.problems()), sum(one.is_orphan for one in notebook.all()))
