"""`reader shelf`: searches with a name, which the library shows as shelves."""

import click

from reader.cli.group import DefaultGroup, Session
from reader.cli.output import say, tell, to_json
from reader.errors import NothingFound


@click.group(cls=DefaultGroup, default="list")
def shelf() -> None:
    """List the searches that have a name, or add, rename and delete one: `reader shelf`.

    They are the shelves of the library, and stand in searches.toml in the workspace.
    """


@shelf.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_shelves(session: Session, *, as_json: bool) -> None:
    """List the shelves: name and query."""
    saved = session.workspace.searches.saved()
    if as_json:
        say(to_json(({"name": one.name, "query": one.query} for one in saved), "shelves"))
    else:
        for one in saved:
            say(f"{one.name}\t{one.query}")
    if not saved:
        raise NothingFound("no shelf yet; `reader shelf add NAME QUERY` makes one")


@shelf.command
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.pass_obj
def add(session: Session, name: str, query: tuple[str, ...]) -> None:
    """Keep a search under a name; the shelf that had the name is replaced."""
    saved = session.workspace.searches.save(name, " ".join(query))
    say(f"{saved.name}\t{saved.query}")


@shelf.command
@click.argument("name")
@click.argument("new")
@click.pass_obj
def rename(session: Session, name: str, new: str) -> None:
    """Give a shelf another name."""
    saved = session.workspace.searches.rename(name, new)
    say(f"{saved.name}\t{saved.query}")


@shelf.command
@click.argument("name")
@click.pass_obj
def delete(session: Session, name: str) -> None:
    """Delete a shelf. No article is touched; `reader undo` brings it back."""
    gone = session.workspace.searches.delete(name)
    tell(f"deleted: {gone.name}\t{gone.query}")
