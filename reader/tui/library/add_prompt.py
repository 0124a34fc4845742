"""Before something is added: what that would be, and the line to name it on."""

from dataclasses import dataclass
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.adding.wishes import FileWish, PageWish, TextWish, Wish, wishes_in
from reader.amounts import amount
from reader.inert import inert
from reader.reading_time import count_words
from reader.tui.chrome import ClosedOnce, FooterLine, PromptLine, key_hint

MAX_NAMED = 6  # things that are named one by one
_HINT = "a path or an address; a text can be pasted, a file dropped here"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants added."""

    wishes: tuple[Wish, ...]
    copy: bool = False


class AddPrompt(ClosedOnce[Asked | None], ModalScreen[Asked | None]):
    """A line for what shall be added, with what would happen above it. Closes with that, or with None.

    Args:
        pasted: What was pasted or dropped; "" to begin with an empty line.
        here: The folder that a relative path starts from.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    AddPrompt {
        background: transparent; align: left bottom;
        & > Vertical { height: auto; max-height: 100%; background: $shade; padding: 1 0 0 0; }
        & Static { padding: 0 1; height: auto; color: $muted; margin: 0 0 1 0; }
    }
    """

    def __init__(self, pasted: str, here: Path) -> None:
        super().__init__()
        self._here = here
        self._wishes = wishes_in(pasted, here) if pasted else ()
        self._line = " ".join(pasted.split()) if pasted else ""
        self._is_text = any(isinstance(wish, TextWish) for wish in self._wishes) or len(self._wishes) > 1
        self._copy = False
        self._footer = FooterLine()

    def compose(self) -> ComposeResult:
        """Lay out what would happen, and below it the line, or what the keys do."""
        with Vertical():
            yield Static(id="what")
            if not self._is_text:
                yield PromptLine("+ ", self._line, hint=_HINT)
            yield self._footer

    def on_mount(self) -> None:
        """Say what would happen."""
        self._tell()

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Say what would happen with these words."""
        self._wishes = wishes_in(event.words, self._here)
        self._line = event.words
        self._tell()

    def on_prompt_line_submitted(self) -> None:
        """Add it, if it is anything."""
        self.action_add()

    def on_prompt_line_left(self) -> None:
        """Add nothing."""
        self.action_leave()

    def on_key(self, event: Key) -> None:
        """Copy or link by Tab; without a line, Enter adds and Esc leaves."""
        if event.key == "tab":
            event.stop()
            event.prevent_default()
            self.action_copy()
        elif self._is_text and event.key in {"enter", "escape", "q"}:
            event.stop()
            if event.key == "enter":
                self.action_add()
            else:
                self.action_leave()

    def action_add(self) -> None:
        """Add it, if it is anything."""
        if self._wishes:
            self.dismiss(Asked(self._wishes, self._copy))

    def action_copy(self) -> None:
        """Copy what would be linked, or link it after all."""
        self._copy = not self._copy
        self._tell()

    def action_leave(self) -> None:
        """Add nothing."""
        self.dismiss(None)

    def _tell(self) -> None:
        self.query_one("#what", Static).update(would_add(self._wishes, self._line, copy=self._copy))
        files = any(isinstance(wish, FileWish) for wish in self._wishes)
        other = "links to it instead" if self._copy else "copies it instead"
        self._footer.show(
            key_hint("Enter", "adds it" * bool(self._wishes), "add"),
            key_hint("Tab", other * files, "copy"),
            key_hint("Esc", "leaves it", "leave"),
        )


def would_add(wishes: tuple[Wish, ...], line: str, *, copy: bool) -> Content:
    """Say what adding would do: a line for each thing, as many as are named."""
    if not wishes:
        nothing = "Nothing of that name is there; a text has a dozen words or more." if line.strip() else ""
        return Content(nothing or "A file or folder, the address of a page, or a text can be added.")
    lines = [
        Content.assemble(_done(wish, copy=copy), " ", (_name(wish), "$ink")) for wish in wishes[:MAX_NAMED]
    ]
    if len(wishes) > MAX_NAMED:
        lines.append(Content(f"and {len(wishes) - MAX_NAMED:,} more"))
    return Content("\n").join(lines)


def _done(wish: Wish, *, copy: bool) -> str:
    if isinstance(wish, PageWish):
        return "Fetches the page"
    if isinstance(wish, TextWish):
        return "Keeps the text, as a file in seeds/:"
    what = "all texts in" if wish.path.is_dir() else "the file"
    return f"Adds a copy of {what}" if copy else f"Adds, as a link, {what}"


def _name(wish: Wish) -> str:
    if isinstance(wish, FileWish):
        return inert(str(wish.path))
    if isinstance(wish, PageWish):
        return wish.shown
    text = wish.content.decode("utf-8", "replace")
    return f"{amount(count_words(text), 'word')}, “{inert(' '.join(text[:80].split()))}…”"


class Question(ClosedOnce[bool], ModalScreen[bool]):
    """Something that is not done without being asked for. Closes with whether it shall be.

    Args:
        words: What would be done.
        does: What Enter does, for the footer: "removes it".
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = AddPrompt.DEFAULT_CSS.replace("AddPrompt", "Question")

    def __init__(self, words: str, does: str) -> None:
        super().__init__()
        self._words = words
        self._does = does

    def compose(self) -> ComposeResult:
        """Lay out the question, and what the keys do."""
        with Vertical():
            yield Static(Content(inert(self._words)))
            yield FooterLine()

    def on_mount(self) -> None:
        """Say what the keys do."""
        self.query_one(FooterLine).show(
            key_hint("Enter", self._does, "answer(True)"), key_hint("Esc", "leaves it", "answer(False)")
        )

    def on_key(self, event: Key) -> None:
        """Take the answer."""
        if event.key in {"enter", "escape", "q"}:
            event.stop()
            self.action_answer(event.key == "enter")

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
