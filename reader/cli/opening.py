"""The screen, from the command line: how it starts fast.

Most of a start is imports. What is not needed is not loaded (`ssl`, which asyncio
can do without), and the garbage collector rests until all is loaded.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader.cli.group import Session
from reader.config import prepare_terminal
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.workspace import Workspace


class NoTerminal(ReaderError):
    """The screen needs a terminal on both sides."""

    status = 2


@click.command("open", hidden=True)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--article", help="Open this article at once.")
@click.pass_obj
def open_screen(session: Session, paths: tuple[Path, ...] = (), article: str | None = None) -> None:
    """Open the screen on the workspace, or on files and folders in place."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("the screen needs a terminal; `reader list` and `reader show` print to anything")
    with _without_collecting():
        workspace = session.open(paths)
        chosen = _article_to_open(workspace, paths, article)
        app = _load_screen(workspace, chosen)
    try:
        app.run()
    finally:
        workspace.close()
    if app.return_code:
        raise SystemExit(app.return_code)


def _article_to_open(workspace: "Workspace", paths: tuple[Path, ...], article: str | None) -> str | None:
    """Return the id of the article that is opened at once: the one named, or the only one of a file."""
    if article is None and not (len(paths) == 1 and paths[0].is_file()):
        return None
    workspace.sync()
    if article is not None:
        return workspace.find(article).id
    summaries = workspace.summaries()
    return summaries[0].id if len(summaries) == 1 else None


def _load_screen(workspace: "Workspace", article: str | None) -> "ReaderApp":
    prepare_terminal(os.environ)
    with _without_module("ssl"):
        import asyncio  # noqa: F401, PLC0415 - only here, where ssl is out of the way
    from reader.tui.app import ReaderApp  # noqa: PLC0415 - Textual takes 0.2 s; no other command pays it

    return ReaderApp(workspace, article)


@contextlib.contextmanager
def _without_module(name: str) -> Iterator[None]:
    """Keep an import from loading a module that it only tries for; afterwards it can be had again.

    asyncio loads `ssl` if it can: 40 ms and 4 MiB (of 210 ms and 33 MiB), for connections that
    the reading room never makes.
    """
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # the documented way to make an import fail
    try:
        yield
    finally:
        del sys.modules[name]


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """Load without looking for garbage, of which loading makes none; then set what is there aside."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
