"""What the reader says of a whole article: title, author, source and date as they should be, tags, a note.

The source is never written. What it says itself stands beside what was corrected.
"""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key
from textual.screen import ModalScreen

from reader.errors import ReaderError
from reader.layout.cells import shortened
from reader.model import Summary
from reader.notebook import CORRECTABLE
from reader.tui.chrome import ClosedOnce, FooterLine, HeaderLine, PromptLine, show_toast
from reader.tui.prompts.picker import Choice, ChoiceList
from reader.workspace import Workspace

_NAMED = max(map(len, CORRECTABLE)) + 2  # cells of the column of names
_STEPS = {"j": 1, "down": 1, "k": -1, "up": -1}
FIELDS = (*CORRECTABLE, "tags", "note")
EMPTY = "–"


class ArticleForm(ClosedOnce[None], ModalScreen[None]):
    """What is said of an article, to be changed line by line.

    Args:
        workspace: Where it is kept.
        article_id: The article.
        changed: Is called after each change.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    ArticleForm {
        background: transparent; align: left bottom; layers: default toast;
        & > Vertical { height: auto; max-height: 100%; background: $shade; }
        & ChoiceList { margin: 1 0; }
    }
    """

    def __init__(self, workspace: Workspace, article_id: str, changed: Callable[[], None]) -> None:
        super().__init__()
        self._notebook = workspace.notebook
        self._article_id = article_id
        self._changed = changed
        self._list = ChoiceList((), 0)
        self._header = HeaderLine()
        self._footer = FooterLine()

    def compose(self) -> ComposeResult:
        """Lay out what it is, the lines, and what the keys do."""
        with Vertical():
            yield self._header
            yield self._list
            yield self._footer

    def on_mount(self) -> None:
        """Show what is said."""
        self._header.show(Content.styled("About this article", "$ink"))
        self._footer.show(Content("Enter changes it · Esc closes"))
        self._list.offer(self._lines())

    async def on_key(self, event: Key) -> None:
        """Move, change, or close; while there is a line to type into, its keys are its own."""
        if self.query(PromptLine):
            return
        if event.key in _STEPS:
            self._list.move(_STEPS[event.key])
        elif event.key in {"enter", "l", "right"}:
            await self._change()
        elif event.key in {"escape", "q", "i", "h", "left"}:
            self.dismiss(None)
        else:
            return
        event.stop()
        event.prevent_default()

    async def on_choice_list_chosen(self) -> None:
        """Change what was clicked."""
        await self._change()

    # Changing

    @property
    def _field(self) -> str:
        return FIELDS[self._list.current or 0]

    async def _change(self) -> None:
        """Change what is under the cursor, each thing by what suits it."""
        if self._field == "tags":
            await self._change_tags()
        elif self._field == "note":
            await self._change_note()
        elif not self.query(PromptLine):
            self._footer.display = False
            prompt = PromptLine(f"{self._field}: ", self._now(self._field), hint="empty: as the source says")
            await self.query_one(Vertical).mount(prompt)

    async def on_prompt_line_submitted(self, event: PromptLine.Submitted) -> None:
        """Keep what was typed; what the source says too is no correction."""
        value = "" if event.words.strip() == self._found(self._field) else event.words
        await self.on_prompt_line_left()
        self._keep(lambda: self._notebook.correct(self._article_id, self._field, value))

    async def on_prompt_line_left(self) -> None:
        """Leave it as it is."""
        await self.query(PromptLine).remove()
        self._footer.display = True

    async def _change_tags(self) -> None:
        from reader.tui.prompts.tag_prompt import TagPrompt, Tags  # noqa: PLC0415 - not needed for the rest

        now = self._notebook.about(self._article_id).tags

        def take(tags: Tags | None) -> None:
            if tags is not None:
                self._keep(lambda: self._notebook.tag(self._article_id, tags, now))

        await self.app.push_screen(TagPrompt(self._notebook.tags(), now, "tags of the article"), take)

    async def _change_note(self) -> None:
        from reader.tui.prompts.note_editor import NoteEditor  # noqa: PLC0415 - not needed for the rest

        note = self._notebook.about(self._article_id).note

        def save(body: str) -> None:
            self._notebook.note(self._article_id, body, note)

        editor = NoteEditor(note, "note on the whole article", save)
        await self.app.push_screen(editor, lambda _: self._tell())

    def _keep(self, change: Callable[[], None]) -> None:
        try:
            change()
        except ReaderError as error:
            show_toast(self, str(error), "error")
        self._tell()

    def _tell(self) -> None:
        self._list.offer(self._lines(), self._list.current or 0)
        self._changed()

    # What is said

    def _lines(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(f"{field:<{_NAMED}}{self._now(field) or EMPTY}", self._beside(field)) for field in FIELDS
        )

    def _now(self, field: str) -> str:
        """Return what is said now, in one line."""
        about = self._notebook.about(self._article_id)
        if field == "tags":
            return " ".join(f"#{tag}" for tag in about.tags)
        if field == "note":
            return " ".join(about.note.split())
        return about.corrections.get(field) or self._found(field)

    def _found(self, field: str) -> str:
        """Return what the source says."""
        found: Summary | None = self._notebook.as_found(self._article_id)
        return str(getattr(found, field)) if found else ""

    def _beside(self, field: str) -> str:
        if field not in self._notebook.about(self._article_id).corrections:
            return ""
        return shortened(f"the source says: {self._found(field) or EMPTY}", max(1, self.app.size.width // 2))
