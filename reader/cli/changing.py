"""The commands that change the user's files. All of them can be undone."""

from collections.abc import Callable

import click

from reader.cli.group import Session
from reader.cli.output import tell
from reader.errors import NoSuchArticle, NothingFound
from reader.passages import Choice
from reader.workspace import Reading


@click.command
@click.argument("article")
@click.option("--off", is_flag=True, help="Take the star away.")
@click.pass_obj
def star(session: Session, article: str, *, off: bool) -> None:
    """Give an article a star."""
    workspace = session.workspace
    found = workspace.find(article)
    workspace.notebook.star(found.id, starred=not off)
    tell(f"{'no star' if off else 'starred'}: {found.title}")


@click.command
@click.argument("article")
@click.option("--off", is_flag=True, help="Mark as unread.")
@click.pass_obj
def done(session: Session, article: str, *, off: bool) -> None:
    """Mark an article as read."""
    workspace = session.workspace
    found = workspace.find(article)
    workspace.mark_done(found.id, done=not off)
    tell(f"{'unread' if off else 'read'}: {found.title}")


@click.command
@click.argument("article")
@click.argument("line", type=int)
@click.pass_obj
def keep(session: Session, article: str, line: int) -> None:
    """Bring the block at a source LINE back, whatever the rules say."""
    _choose(session, article, line, Choice.KEEP)


@click.command
@click.argument("article")
@click.argument("line", type=int)
@click.pass_obj
def hide(session: Session, article: str, line: int) -> None:
    """Hide the block at a source LINE."""
    _choose(session, article, line, Choice.HIDE)


@click.command("leave")
@click.argument("article")
@click.argument("line", type=int)
@click.pass_obj
def leave_to_rules(session: Session, article: str, line: int) -> None:
    """Leave the block at a source LINE to the rules again."""
    _choose(session, article, line, None)


@click.command
@click.pass_obj
def undo(session: Session) -> None:
    """Take the last change back."""
    _flip(session.workspace.notebook.undo, "undone", "nothing to undo")


@click.command
@click.pass_obj
def redo(session: Session) -> None:
    """Do again what was undone last."""
    _flip(session.workspace.notebook.redo, "done again", "nothing to do again")


def _choose(session: Session, article: str, line: int, choice: Choice | None) -> None:
    workspace = session.workspace
    reading = workspace.desk.judge(workspace.desk.open(workspace.find(article).id))
    block = _block_at(reading, line)
    changed = workspace.desk.choose(reading, block, choice)
    tell(workspace.desk.explain(changed, block))


def _block_at(reading: Reading, line: int) -> int:
    blocks = reading.article.blocks
    for index, block in enumerate(blocks):
        if block.first_line <= line <= block.last_line:
            return index
    first, last = reading.article.lines
    ends = (at for block in blocks for at in (block.first_line, block.last_line))
    nearest = min(ends, key=lambda at: abs(at - line), default=first)
    raise NoSuchArticle(
        f"no block of this article stands on line {line}; it has lines {first} to {last}, "
        f"and the nearest block stands on line {nearest}"
    )


def _flip(turn: Callable[[], str], done: str, nothing: str) -> None:
    words = turn()
    if not words:
        raise NothingFound(nothing)
    tell(f"{done}: {words}")
