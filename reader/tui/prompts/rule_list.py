"""The reader's own rules, at the foot of the screen: to be looked through, and deleted."""

from typing import TYPE_CHECKING

from reader.inert import inert
from reader.tui.prompts.picker import Choice, Picker
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.cleaning.phrases import Rule

HINT = "type to narrow, Enter deletes the rule"


class RuleList(Picker):
    """Rules in the order of their file. Closes with the number of one.

    Args:
        workspace: What is open.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._teaching = workspace.teaching
        self._rules = workspace.teaching.own()
        super().__init__(tuple(map(_choice, self._rules)), hint=HINT)

    @property
    def is_empty(self) -> bool:
        """Whether the reader made no rule."""
        return not self._rules

    def delete(self, number: int) -> str:
        """Delete the rule on a line, and return its id.

        Raises:
            ReaderError: It cannot be deleted.
        """
        identity = self._rules[number].id
        self._teaching.delete(identity)
        return identity


def _choice(rule: "Rule") -> Choice:
    does = "keeps" if rule.action == "keep" else "hides"
    words = f"{does} “{'”, “'.join(rule.words) or rule.pattern}”"
    places = f"in {', '.join(rule.sources)}" if rule.sources else ""
    return Choice(inert(words), inert(" · ".join(filter(None, (places, rule.id)))))
