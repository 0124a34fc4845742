"""A line for a name, at the foot of the screen."""

from textual.app import ComposeResult
from textual.screen import ModalScreen

from reader.tui.chrome import ClosedOnce, PromptLine


class NamePrompt(ClosedOnce[str | None], ModalScreen[str | None]):
    """Asks for a name. Closes with it, or with None.

    Args:
        sign: What stands before the line.
        name: What stands in it at first.
        hint: What stands in it while it is empty.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    NamePrompt { background: transparent; align: left bottom; }
    """

    def __init__(self, sign: str, name: str, hint: str) -> None:
        super().__init__()
        self._sign, self._name_first, self._hint = sign, name, hint

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield PromptLine(self._sign, self._name_first, hint=self._hint)

    def on_prompt_line_submitted(self, event: PromptLine.Submitted) -> None:
        """Close with the name, if there is one."""
        self.dismiss(event.words.strip() or None)

    def on_prompt_line_left(self) -> None:
        """Close without a name."""
        self.dismiss(None)
