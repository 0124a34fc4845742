"""Find an action by its name: a picker whose choices are the actions of a place."""

from reader.actions import Action, Place, actions_in
from reader.folding import fold
from reader.keys import Remapped, first_key
from reader.tui.prompts.picker import Choice, Picker

_INNER = "command_palette"  # it is open already


def matching_actions(place: Place, words: str) -> tuple[Action, ...]:
    """Return the actions of a place whose title holds every word, the nearest first.

    A title that begins with the words comes before one where a word does, and that
    before one where they stand anywhere.
    """
    wanted = fold(words).split()
    found = [
        action
        for action in actions_in(place)
        if action.name != _INNER and all(word in fold(action.title) for word in wanted)
    ]
    return tuple(sorted(found, key=lambda action: _distance(fold(action.title), wanted)))


def _distance(title: str, wanted: list[str]) -> int:
    if not wanted or title.startswith(" ".join(wanted)):
        return 0
    return 1 if any(word.startswith(wanted[0]) for word in title.split()) else 2


class Palette(Picker):
    """The palette: closes with the action that was picked, or with none.

    Args:
        place: Whose actions.
        remapped: Keys by action id, from the configuration.
    """

    def __init__(self, place: Place, remapped: Remapped) -> None:
        self._place = place
        self.actions = matching_actions(place, "")
        choices = tuple(Choice(action.title, first_key(action, remapped)) for action in self.actions)
        super().__init__(choices, hint="type what you want to do", sign=": ")

    def matching(self, words: str) -> tuple[int, ...]:
        """Return the numbers of the actions that are meant by some words, the nearest first."""
        return tuple(map(self.actions.index, matching_actions(self._place, words)))
