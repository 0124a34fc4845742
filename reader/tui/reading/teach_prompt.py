"""From a block to a rule: what it shall hold for, its words, and what it would do over the whole library."""

from enum import Enum
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import Worker, get_current_worker

from reader.amounts import amount
from reader.errors import ReaderError
from reader.inert import inert
from reader.teaching import Preview
from reader.tui.chrome import ClosedOnce, FooterLine, PromptLine, fit_line, key_hint
from reader.tui.prompts.picker import Choice, ChoiceList
from reader.tui.words import bar
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.cleaning.phrases import Rule

REASON = "a rule of yours"
LOOK_AFTER = 0.25  # seconds without a letter, before the whole library is looked at
TELL_EVERY = 0.1  # seconds between two words on how far that is
MAX_LINES = 6  # of what it would do
FEWEST = 2  # of these lines, for some articles of many: one to name, one to say how many more there are
FRAME = 9  # rows of the prompt without these lines
SHARE = 3  # one of so many rows that are left may be such a line: the page stays in sight
EDGE = 2  # cells left and right of them


class Scope(Enum):
    """What a lesson holds for."""

    BLOCK = "this block"
    SOURCE = "this phrase in"
    EVERYWHERE = "this phrase everywhere"


class Lesson(NamedTuple):
    """What the reader teaches: a rule, or nothing but the one block."""

    rule: "Rule | None"
    preview: Preview | None = None
    """What the rule will do, if that was known when it was taken."""


class Subject(NamedTuple):
    """What a lesson begins with."""

    block: str
    """Its words."""
    phrase: str
    is_hidden: bool
    """Whether the block is hidden now; then it is to be brought back."""
    source: str
    """Host, publisher or folder of the article, as a rule names it."""
    is_selected: bool = False
    """Whether the phrase was selected, and not just where the block begins."""

    @property
    def verb(self) -> str:
        """What is to be done with it."""
        return "bring back" if self.is_hidden else "hide"


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
        & ChoiceList { margin: 0 0 1 0; }
        & PromptLine { padding: 0; }
        & #would { margin: 1 0; padding: 0 2; color: $muted; }
    }
    """

    def __init__(self, workspace: Workspace, subject: Subject) -> None:
        super().__init__()
        self._workspace = workspace
        self._subject = subject
        self._phrase = subject.phrase
        self._scopes = tuple(scope for scope in Scope if scope is not Scope.SOURCE or subject.source)
        self._list = ChoiceList(tuple(map(self._choice, self._scopes)), int(subject.is_selected))
        self._footer = FooterLine()
        self._preview: Preview | None = None
        self._said = ""
        """In place of a preview: how far it is, or why there is none."""

    def compose(self) -> ComposeResult:
        """Lay out the choices, the line for the words, what they would do, and what the keys do."""
        with Vertical():
            yield self._list
            yield PromptLine("“ ", self._phrase, hint="words to look for; “…” stands for up to six")
            yield Static(id="would")
            yield self._footer

    def on_mount(self) -> None:
        """Say what the first choice would do."""
        self._timer = self.set_timer(LOOK_AFTER, self._look)
        self._look_anew()

    def on_resize(self) -> None:
        """Show as much of it as there is room for."""
        self.query_one("#would").styles.height = 1 + self._most
        self._show()

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Choose what it holds for."""
        self._list.move(1 if event.step in {"down", "page_down"} else -1)
        self._look_anew()

    def on_choice_list_chosen(self) -> None:
        """Say what the choice would do that was clicked."""
        self._look_anew()

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Say what these words would do; who writes some means more than this block."""
        if event.words != self._phrase:
            self._phrase = event.words
            self._list.move(int(self._scope is Scope.BLOCK))
            self._look_anew()

    def on_prompt_line_submitted(self) -> None:
        """Close with what is chosen; words that cannot be a rule are told."""
        self.action_teach()

    def on_prompt_line_left(self) -> None:
        """Teach nothing."""
        self.action_leave()

    def action_teach(self) -> None:
        """Close with what is chosen, unless it cannot be a rule."""
        try:
            rule = None if self._scope is Scope.BLOCK else self._rule()
        except ReaderError as error:
            self._say(str(error))
        else:
            self.dismiss(Lesson(rule, self._preview))

    def action_leave(self) -> None:
        """Teach nothing."""
        self.dismiss(None)

    @property
    def _scope(self) -> Scope:
        return self._scopes[self._list.current or 0]

    def _choice(self, scope: Scope) -> Choice:
        where = f" {self._subject.source}" if scope is Scope.SOURCE else ""
        return Choice(f"{self._subject.verb.capitalize()} {scope.value}{where}")

    def _rule(self) -> "Rule":
        teaching = self._workspace.teaching
        return teaching.make(
            self._phrase,
            whole=False,
            keep=self._subject.is_hidden,
            sources=(self._subject.source,) if self._scope is Scope.SOURCE else (),
            reason=REASON,
            max_words=teaching.reach(self._subject.block),
        )

    # What it would do

    def _look_anew(self) -> None:
        """Say what the choice would do, when the library was looked through."""
        self.workers.cancel_group(self, "preview")
        self._timer.stop()
        self._preview = None
        if self._scope is not Scope.BLOCK:
            self._timer = self.set_timer(LOOK_AFTER, self._look)
        self._say("looking through the library …")
        block = "brings it back" if self._subject.is_hidden else "hides it"
        does = block if self._scope is Scope.BLOCK else "makes the rule"
        keys = (("Enter", does, "teach"), ("↑↓", "choose", ""), ("Esc", "leaves it", "leave"))
        self._footer.show(*(key_hint(*key) for key in keys))

    def _look(self) -> None:
        try:
            rule = self._rule()
        except ReaderError as error:
            self._say(str(error))
            return
        self.run_worker(partial(self._look_through, rule), thread=True, exclusive=True, group="preview")

    def _look_through(self, rule: "Rule") -> None:
        worker: Worker[None] = get_current_worker()
        told = monotonic()

        def advance(number: int, total: int) -> None:
            nonlocal told
            if monotonic() - told >= TELL_EVERY and not worker.is_cancelled:
                told = monotonic()
                words = f"{bar(number, total)} looking through {number:,} of {amount(total, 'article')}"
                self.app.call_from_thread(self._say, words)

        preview = self._workspace.teaching.preview(rule, advance, stop=lambda: worker.is_cancelled)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, preview)

    def _found(self, preview: Preview) -> None:
        self._preview = preview
        self._say(str(preview))

    def _say(self, words: str) -> None:
        self._said = words
        self._show()

    @property
    def _most(self) -> int:
        return max(0, min(MAX_LINES, (self.size.height - FRAME) // SHARE))

    def _show(self) -> None:
        if not self.is_attached:
            return
        width = max(1, self.size.width - 2 * EDGE)
        said, lines = (
            (f"would {self._subject.verb} 1 block in this article", _wrapped(self._subject.block, width))
            if self._scope is Scope.BLOCK
            else (self._said, _examples(self._preview, self._most, width))
        )
        first = Content.styled(inert(said), "$ink").truncate(width, ellipsis=True)
        self.query_one("#would", Static).update(Content("\n").join((first, *lines[: self._most])))


def _wrapped(words: str, width: int) -> list[Content]:
    return Content(inert(words)).wrap(width)


def _examples(preview: Preview | None, most: int, width: int) -> list[Content]:
    """Name the articles that a rule would change, each with its number of blocks if that is more than one."""
    changed = preview.blocks_by_article if preview else ()
    if len(changed) > most < FEWEST:
        return []  # how many they are is said above
    shown = changed if len(changed) <= most else changed[: most - 1]
    lines = [
        fit_line(Content(inert(summary.title)), (Content(amount(count, "block") * (count > 1)),), width)
        for summary, count in shown
    ]
    rest = len(changed) - len(shown)
    return [*lines, *[Content(f"and {amount(rest, 'more article')}")] * (rest > 0)]
