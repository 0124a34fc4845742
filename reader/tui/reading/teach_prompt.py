"""From a block to a rule: what it shall hold for, its words, and what it would do over the whole library."""

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from reader.errors import ReaderError
from reader.inert import inert
from reader.tui.chrome import ClosedOnce, PromptLine
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.cleaning.phrases import Rule

REASON = "a rule of yours"
LOOK_AFTER = 0.25  # seconds without a letter, before the whole library is looked at
_BAR = "▌"


class Scope(Enum):
    """What a lesson holds for."""

    BLOCK = "this block"
    SOURCE = "this phrase in"
    EVERYWHERE = "this phrase everywhere"


class Lesson(NamedTuple):
    """What the reader teaches: a rule, or nothing but the one block."""

    rule: "Rule | None"


class Subject(NamedTuple):
    """What a lesson begins with."""

    phrase: str
    is_hidden: bool
    """Whether the block is hidden now; then it is to be brought back."""
    source: str
    """Host, publisher or folder of the article, as a rule names it."""


class TeachPrompt(ClosedOnce[Lesson | None], ModalScreen[Lesson | None]):
    """Asks what shall be hidden, or brought back, and where. Closes with a `Lesson`, or with None.

    Args:
        workspace: Where it is seen what a rule would do.
        subject: The block that the reader is at.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    TeachPrompt {
        background: transparent; align: left bottom;
        & > Vertical { height: auto; max-height: 100%; background: $shade; padding: 1 0 0 0; }
        & Static { padding: 0 1; height: auto; color: $muted; }
        & #preview { margin: 1 0; }
    }
    """

    def __init__(self, workspace: Workspace, subject: Subject) -> None:
        super().__init__()
        self._workspace = workspace
        self._subject = subject
        self._phrase = subject.phrase
        self._scopes = tuple(scope for scope in Scope if scope is not Scope.SOURCE or subject.source)
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out the choices, what the chosen one would do, and the line for the words."""
        with Vertical():
            yield Static(id="scopes")
            yield Static(id="preview")
            yield PromptLine("“ ", self._phrase, hint="words to look for; “…” stands for up to six")

    def on_mount(self) -> None:
        """Say what the first choice would do."""
        self._timer = self.set_timer(LOOK_AFTER, self._look)
        self._tell()

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Choose what it holds for."""
        step = 1 if event.step in {"down", "page_down"} else -1
        self._at = min(max(self._at + step, 0), len(self._scopes) - 1)
        self._tell()

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Say what these words would do."""
        if event.words != self._phrase:
            self._phrase = event.words
            self._tell()

    def on_prompt_line_submitted(self) -> None:
        """Close with what is chosen; words that cannot be a rule are told."""
        if self._scope is Scope.BLOCK:
            self.dismiss(Lesson(None))
            return
        try:
            self.dismiss(Lesson(self._rule()))
        except ReaderError as error:
            self._say(str(error))

    def on_prompt_line_left(self) -> None:
        """Teach nothing."""
        self.dismiss(None)

    @property
    def _scope(self) -> Scope:
        return self._scopes[self._at]

    @property
    def _verb(self) -> str:
        return "bring back" if self._subject.is_hidden else "hide"

    def _rule(self) -> "Rule":
        sources = (self._subject.source,) if self._scope is Scope.SOURCE else ()
        keep = self._subject.is_hidden
        return self._workspace.teaching.make(
            self._phrase, whole=False, keep=keep, sources=sources, reason=REASON
        )

    def _tell(self) -> None:
        lines = [
            Content.assemble(
                (f"{_BAR if scope is self._scope else ' '} ", "$accent"),
                (self._words_of(scope), "bold $ink" if scope is self._scope else "$muted"),
            )
            for scope in self._scopes
        ]
        self.query_one("#scopes", Static).update(Content("\n").join(lines))
        self.workers.cancel_group(self, "preview")
        self._timer.stop()
        if self._scope is Scope.BLOCK:
            self._say(f"would {self._verb} 1 block in this article · ↑↓ choose · Enter takes it")
        else:
            self._say("looking through the library …")
            self._timer = self.set_timer(LOOK_AFTER, self._look)

    def _words_of(self, scope: Scope) -> str:
        where = f" {inert(self._subject.source)}" if scope is Scope.SOURCE else ""
        return f"{self._verb.capitalize()} {scope.value}{where}"

    def _look(self) -> None:
        if self._scope is Scope.BLOCK:
            return
        try:
            rule = self._rule()
        except ReaderError as error:
            self._say(str(error))
            return
        self.run_worker(partial(self._preview, rule), thread=True, exclusive=True, group="preview")

    def _preview(self, rule: "Rule") -> None:
        worker: Worker[None] = get_current_worker()
        preview = self._workspace.teaching.preview(rule, lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._say, f"{preview} · Enter makes the rule")

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#preview", Static).update(Content(inert(words)))
