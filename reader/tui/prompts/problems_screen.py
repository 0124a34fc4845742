"""What is wrong in the user's files: what, where, and what to do about it."""

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

from reader.amounts import amount
from reader.inert import inert
from reader.model import Problem
from reader.tui.chrome import ClosedOnce, FooterLine, HeaderLine
from reader.tui.prompts.scrolling import scroll


def problem_list(problems: Iterable[Problem]) -> Content:
    """Set problems below one another: the fault first, then its place and the remedy."""
    blocks = [
        Content.assemble(
            ("! ", "bold $warning"),
            (inert(problem.what), "$ink"),
            (f"\n  {inert(problem.where)}", "$muted"),
            (f"\n  → {inert(problem.remedy)}", "$muted"),
        )
        for problem in problems
    ]
    return Content("\n\n").join(blocks) if blocks else Content.styled("Nothing is wrong.", "$muted")


class ProblemsScreen(ClosedOnce[None]):
    """A page with all problems. Esc, q and the key that opened it close it."""

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    ProblemsScreen {
        background: $background; color: $ink;
        & > VerticalScroll { height: 1fr; margin: 1 2; scrollbar-gutter: stable; }
        & Static { height: auto; }
    }
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self._problems = problems
        self._header, self._footer = HeaderLine(), FooterLine()
        self._body = VerticalScroll(Static(problem_list(problems)), can_focus=False)

    def compose(self) -> ComposeResult:
        """Lay out heading, problems and footer."""
        yield self._header
        yield self._body
        yield self._footer

    def on_mount(self) -> None:
        """Name the page."""
        title = Content.styled("Problems", "bold $ink")
        self._header.show(title, Content(amount(len(self._problems), "problem")))
        comfort = "the rest of the library goes on" if self._problems else ""
        self._footer.show(Content(comfort), Content("Esc closes"))

    def on_key(self, event: Key) -> None:
        """Scroll, or close."""
        event.stop()
        if event.key in {"escape", "q", "exclamation_mark", "enter"}:
            self.dismiss()
        else:
            scroll(self._body, event.key)
