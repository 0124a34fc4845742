"""`reader add`, `remove` and `restore`: articles come in and go out."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event
from typing import TYPE_CHECKING

import click

from reader.amounts import amount
from reader.cli.group import Session, progress_line
from reader.cli.output import say, tell, to_json
from reader.errors import PageNotFetched, ReaderError, UnreadableSource
from reader.source_files import READ

if TYPE_CHECKING:
    from reader.adding.report import Report

PIPE = "-"


class NotAll(ReaderError):
    """Some of what was to be added could not be read; the rest was added."""

    status = UnreadableSource.status


@click.command
@click.argument("what", metavar="PATH|URL|-…", nargs=-1, required=True)
@click.option("--copy", is_flag=True, help="Copy files into the workspace; otherwise a link stands for each.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be added; pages are fetched for that.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def add(session: Session, what: tuple[str, ...], *, copy: bool, dry_run: bool, as_json: bool) -> None:
    """Add files, folders, pages by their address, and with - what comes through a pipe.

    A page is fetched now, once, and kept as it came; added again, it is looked at for changes, and the
    version before is kept. What is there already is not added twice. Prints a line for each, and the sum.
    """
    from reader.adding.report import Outcome, lines_of, summed  # noqa: PLC0415 - for this command alone
    from reader.adding.wishes import TextWish, wish_of  # noqa: PLC0415 - as above

    workspace = session.workspace
    wishes = [TextWish(_piped()) if word == PIPE else wish_of(word, session.here) for word in what]
    with _stoppable() as stop:
        report = workspace.adding.add(wishes, copy=copy, dry_run=dry_run, advance=progress_line, stop=stop)
    if not dry_run:
        workspace.sync(progress_line)
    if as_json:
        entries = ({**asdict(one), "outcome": str(one.outcome)} for one in report.entries)
        say(to_json(entries, "added"))
    else:
        for line in lines_of(report.entries):
            say(line)
    tell(summed(report))
    if report.of(Outcome.LEFT_OUT):
        tell(f"what is read: {READ}")
    _end(report)


def _end(report: "Report") -> None:
    """End with the status of what went wrong, if anything did."""
    from reader.adding.report import Outcome  # noqa: PLC0415 - as above

    if report.stopped:
        raise click.Abort
    failed = len(report.of(Outcome.FAILED))
    if not failed:
        return
    of_pages = all("://" in one.what for one in report.of(Outcome.FAILED))
    asked = len(report.entries) - len(report.of(Outcome.LEFT_OUT))
    message = f"{failed} of {asked} could not be added; the reasons stand above"
    raise PageNotFetched(message) if of_pages else NotAll(message)


@contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Lend what tells whether Ctrl+C was pressed and the rest is to be left; pressed again, it ends all."""
    pressed = Event()

    def note(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        pressed.set()

    before = signal.signal(signal.SIGINT, note)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _piped() -> bytes:
    if sys.stdin.isatty():
        tell("reading from the keyboard; Ctrl+D ends it")
    return sys.stdin.buffer.read()


@click.command
@click.argument("article")
@click.option("--yes", is_flag=True, help="Do not ask, also if the file is your own or holds other articles.")
@click.pass_obj
def remove(session: Session, article: str, *, yes: bool) -> None:
    """Take the file of an article out of the library. It is kept, your notes stay, and it can be undone."""
    workspace = session.workspace
    found = workspace.find(article)
    adding = workspace.adding
    beside = adding.beside(found)
    reasons = [f"holds {amount(len(beside), 'article')}"] if len(beside) > 1 else []
    reasons += [] if adding.is_added(found) else ["was put there by you, not by `reader add`"]
    if reasons and not yes:
        question = f"{found.path} {' and '.join(reasons)}; remove it?"
        if not sys.stdin.isatty():
            raise click.UsageError(f"{question} Nobody is there to be asked: say --yes")
        click.confirm(question, abort=True, err=True)
    adding.remove(found)
    workspace.sync()
    tell(f"removed {found.path}: {amount(len(beside), 'article')}; `reader undo` brings it back")


@click.command
@click.argument("name", required=False)
@click.pass_obj
def restore(session: Session, name: str | None) -> None:
    """Bring back a file that was removed; without a NAME, list what was."""
    workspace = session.workspace
    if name is not None:
        workspace.adding.restore(name)
        workspace.sync()
        tell(f"brought back {name}")
        return
    removed = workspace.adding.removed()
    for one in removed:
        say(one)
    if not removed:
        tell("nothing was removed")
