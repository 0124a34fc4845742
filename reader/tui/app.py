"""The terminal program: one app, which knows the workspace and opens the first room.

The environment is read before this module is imported, by `config`: `COLUMNS` and
`LINES` would freeze the size of the screen, `ESCDELAY` and `TEXTUAL_DISABLE_KITTY_KEY`
are read once, while Textual is imported.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from reader.tui.chrome import show_toast
from reader.tui.library_screen import LibraryScreen
from reader.tui.safety import InertFilter
from reader.tui.themes import ANSI, THEMES
from reader.workspace import Workspace


class ReaderApp(App[None]):
    """The reading room on a terminal.

    Args:
        workspace: What is open.
        article: Id of an article to read at once; the library otherwise.
    """

    TITLE = "reader"
    ENABLE_COMMAND_PALETTE = False  # the rooms have their own, made from the action table
    BINDINGS: ClassVar[list[BindingType]] = []
    CSS = """
    * { scrollbar-size-vertical: 1; }
    """

    def __init__(self, workspace: Workspace, article: str | None = None) -> None:
        super().__init__()
        self.animation_level = "none"
        self.workspace = workspace
        self._article = article
        self._inert_filter = InertFilter()
        self._library = LibraryScreen(workspace)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme()

    def _first_theme(self) -> str:
        """Return the theme of last time, or ANSI where the terminal has 16 colours or none."""
        if self.console.color_system in {None, "standard", "windows"}:
            return ANSI.name
        wanted = self.workspace.preferences().theme
        return wanted if wanted in {theme.name for theme in THEMES} else THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value in a theme that is not ours."""
        return dict(ANSI.variables)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let the filter against active characters be the last before the terminal."""
        return [*super().get_line_filters(), self._inert_filter]

    def get_default_screen(self) -> Screen[None]:
        """Return the room below all others: the library, which reads nothing until it is seen."""
        return self._library

    async def on_mount(self) -> None:
        """Open the article that was asked for."""
        if self._article is not None:
            siblings = tuple(summary.id for summary in self.workspace.summaries())
            await self._library.read(self._article, siblings)

    def action_help_quit(self) -> None:
        """Say how to leave to whoever presses ctrl+c with nothing selected."""
        show_toast(self.screen, "Q leaves the program")
