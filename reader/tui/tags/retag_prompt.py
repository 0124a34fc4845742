"""Before a tag is changed everywhere: what that would change, and the line for its new name."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.inert import inert
from reader.notebook import Retagging, clean_tags
from reader.tui.chrome import ClosedOnce, FooterLine, PromptLine, fit_line
from reader.tui.signs import ARTICLE, HIGHLIGHT
from reader.tui.tags.words import Doomed, what_changes

MAX_EXAMPLES = 6
SHARE = 4  # one of so many rows of a screen may be examples
_ENOUGH = 200  # code points of a quote; a line holds less


class RetagPrompt(ClosedOnce[str | None], ModalScreen[str | None]):
    """What changing a tag would change. Closes with its new name, with "" to take it away, or with None.

    Args:
        doomed: What bears the tag.
        takes_away: The tag is to be taken away; otherwise a new name is asked for.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    RetagPrompt {
        background: transparent; align: left bottom;
        & > Vertical { height: auto; max-height: 100%; background: $shade; padding: 1 0 0 0; }
        & Static { padding: 0 1; height: auto; color: $muted; }
        & #examples { margin: 0 0 1 0; }
    }
    """

    def __init__(self, doomed: Doomed, *, takes_away: bool) -> None:
        super().__init__()
        self._doomed = doomed
        self._takes_away = takes_away
        self._new = "" if takes_away else doomed.tag

    def compose(self) -> ComposeResult:
        """Lay out what changes, where, and below it the line to type into, or what the keys do."""
        with Vertical():
            yield Static(id="change")
            yield Static(id="examples")
            yield FooterLine() if self._takes_away else PromptLine("# ", self._doomed.tag, hint="a new name")

    def on_mount(self) -> None:
        """Say what the keys do."""
        for footer in self.query(FooterLine):
            footer.show(Content("Enter takes it away"), Content("Esc leaves it"))
        self._tell()

    def on_resize(self, event: Resize) -> None:
        """Show as many examples as there is room for."""
        most = min(MAX_EXAMPLES, event.size.height // SHARE)
        plans = self._doomed.plans
        lines = [_example(plan, event.size.width - 2) for plan in plans[:most]]
        if len(plans) > most:
            lines.append(Content(f"  and {len(plans) - most:,} more"))
        self.query_one("#examples", Static).update(Content("\n").join(lines))

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Say what this name would change."""
        self._new = next(iter(clean_tags((event.words,))), "")
        self._tell()

    def on_prompt_line_submitted(self) -> None:
        """Close with the new name, if there is one."""
        if self._is_new:
            self.dismiss(self._new)

    def on_prompt_line_left(self) -> None:
        """Leave the tag as it is."""
        self.dismiss(None)

    def on_key(self, event: Key) -> None:
        """Take the tag away, or leave it."""
        if self._takes_away and event.key in {"enter", "escape", "q"}:
            event.stop()
            self.dismiss("" if event.key == "enter" else None)

    @property
    def _is_new(self) -> bool:
        return self._new not in {"", self._doomed.tag}

    def _tell(self) -> None:
        old = f"#{inert(self._doomed.tag)}"
        words = (
            what_changes(self._doomed, self._new)
            if self._takes_away or self._is_new
            else Content(f"a new name for {old}; that of another tag makes them one")
        )
        self.query_one("#change", Static).update(words)


def _example(plan: Retagging, width: int) -> Content:
    """Set one thing that changes in a line."""
    if plan.placed is None:
        return fit_line(Content.assemble(f"{ARTICLE} ", (inert(plan.title), "$ink")), (), width)
    quote = inert(" ".join(plan.placed.annotation.target.exact[:_ENOUGH].split()))
    title = Content(inert(plan.title)).truncate(max(1, width // 3), ellipsis=True)
    return fit_line(Content.assemble(f"{HIGHLIGHT} ", (quote, "$ink")), (title,), width)
