"""The terminal program: one app, which knows the workspace and all rooms, and opens the doors between them.

The environment is read before this module is imported, by `config`: `COLUMNS` and
`LINES` would freeze the size of the screen, `ESCDELAY` and `TEXTUAL_DISABLE_KITTY_KEY`
are read once, while Textual is imported.
"""

import asyncio
import signal
import sys
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from reader.actions import Place, action_named
from reader.keys import first_key
from reader.tui.chrome import show_toast
from reader.tui.doors import Goal
from reader.tui.room import Left
from reader.tui.safety import InertFilter
from reader.tui.themes import ANSI, THEMES
from reader.workspace import Workspace

HAND_OVER = 0.0005
"""Seconds a thread computes before it lets the screen in. With the interpreter's own 0.005 a
key takes 17 ms while a book is judged behind the screen, with these 13."""


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
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = self._first_theme()

    def _first_theme(self) -> str:
        """Return the theme of last time, or ANSI where the terminal has 16 colours or none."""
        if self.no_color or self.console.color_system in {None, "standard", "windows"}:
            return ANSI.name
        wanted = self.workspace.memory.preferences().theme
        return wanted if wanted in {theme.name for theme in THEMES} else THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own colour names a value in a theme that is not ours."""
        return dict(ANSI.variables)

    def get_driver_class(self) -> type[Driver]:
        """Return the terminal's driver: ours on everything that is not Windows or named from outside."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from reader.tui.terminal import SteadyDriver  # noqa: PLC0415 - cannot be imported on Windows

        return SteadyDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Send no colour to who wants none, and let nothing active be the last word before the terminal.

        Textual turns colours into greys for who wants none, the terminal's own into black on black.
        """
        colors = [NoColor()] if self.no_color else super().get_line_filters()
        return [*colors, self._inert_filter]

    def get_default_screen(self) -> Screen[None]:
        """Return the first room: the library, or the article that was asked for.

        As the screen that an app cannot be without; an empty one below it costs 40 ms.
        """
        if self._article is None:
            return self._library()
        siblings = tuple(dict.fromkeys(summary.id for summary in self.workspace.summaries()))
        from reader.tui.reading.alone import LoneReadingScreen  # noqa: PLC0415 - not for who looks at the list

        return LoneReadingScreen(self.workspace, self._article, siblings)

    def on_mount(self) -> None:
        """Let the screen in early while something computes behind it, and leave in order when told to."""
        sys.setswitchinterval(HAND_OVER)
        if not self.is_headless:
            for told in (signal.SIGHUP, signal.SIGTERM):  # a window that is closed, a machine that stops
                asyncio.get_running_loop().add_signal_handler(told, self.exit)

    # The doors between the rooms

    @on(Driver.SignalResume)
    def paint_again(self) -> None:
        """Paint all of the screen on the terminal that was the shell's."""
        self.refresh(layout=True)

    def _library(self) -> Screen[None]:
        from reader.tui.library.screen import LibraryScreen  # noqa: PLC0415 - not for who reads one file

        return LibraryScreen(self.workspace)

    def _reading(
        self, article_id: str, siblings: tuple[str, ...], passage: Goal | None = None
    ) -> Screen[None]:
        from reader.tui.reading.screen import ReadingScreen  # noqa: PLC0415 - not for who looks at the list

        return ReadingScreen(self.workspace, article_id, siblings, passage)

    async def read(
        self, article_id: str, siblings: tuple[str, ...] = (), passage: Goal | None = None
    ) -> None:
        """Open an article, alone or among its siblings; at a passage, or where the reader left it."""
        await self.push_screen(self._reading(article_id, siblings, passage))

    async def show_notes(self, query: str = "") -> None:
        """Open the highlights and notes that a query asks for."""
        from reader.tui.notes.screen import NotesScreen  # noqa: PLC0415 - not needed at start

        await self.push_screen(NotesScreen(self.workspace, query))

    async def show_tags(self) -> None:
        """Open the tags."""
        from reader.tui.tags.screen import TagsScreen  # noqa: PLC0415 - not needed at start

        await self.push_screen(TagsScreen(self.workspace))

    async def search(self, query: str = "") -> None:
        """Open the search, with a query on its line."""
        from reader.tui.search.screen import SearchScreen  # noqa: PLC0415 - not needed at start

        await self.push_screen(SearchScreen(self.workspace, query))

    async def on_left(self, event: Left) -> None:
        """Go back to the library; if the article came first, it is made now, and lies over it."""
        if event.room is not self.screen:
            return  # left already: keys pressed before it was gone still come to it
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            await self.push_screen(self._library())
        if event.why:
            show_toast(self.screen, event.why, "error")

    def action_help_quit(self) -> None:
        """Say how to leave to whoever presses ctrl+c with nothing selected."""
        if leave := action_named("quit", Place.ANYWHERE):
            show_toast(self.screen, f"{first_key(leave, self.workspace.config.keys)} leaves the program")
