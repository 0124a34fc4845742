"""The screen, from the command line."""

import os
import sys
from pathlib import Path

import click

from reader.cli.group import Session
from reader.config import prepare_terminal
from reader.errors import ReaderError


class NoTerminal(ReaderError):
    """The screen needs a terminal on both sides."""

    status = 2


@click.command("open", hidden=True)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--article", help="Open this article at once.")
@click.pass_obj
def open_screen(session: Session, paths: tuple[Path, ...], article: str | None) -> None:
    """Open the screen on the workspace, or on files and folders in place."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminal("the screen needs a terminal; `reader list` and `reader show` print to anything")
    workspace = session.open(paths)
    one_file = len(paths) == 1 and paths[0].is_file()
    if one_file or article:
        workspace.sync()
    summaries = workspace.summaries() if one_file else ()
    chosen = workspace.find(article).id if article else summaries[0].id if len(summaries) == 1 else None
    prepare_terminal(os.environ)
    from reader.tui.app import ReaderApp  # noqa: PLC0415 - Textual takes 0.2 s to import; no other command pays it

    try:
        ReaderApp(workspace, chosen).run()
    finally:
        workspace.close()
