"""`reader list`: what there is to read."""

import click

from reader.cli.group import Session
from reader.cli.output import list_lines, summary_as_json, to_json
from reader.errors import NothingFound
from reader.inert import inert
from reader.model import Summary
from reader.shelf import SortKey, arranged, grouped, matching


@click.command("list")
@click.argument("query", nargs=-1)
@click.option("--sort", type=click.Choice([str(key) for key in SortKey]), default="path", help="Order.")
@click.option("--reverse", is_flag=True, help="Turn the order around.")
@click.option("--group", is_flag=True, help="Group by source file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_articles(
    session: Session, query: tuple[str, ...], *, sort: str, reverse: bool, group: bool, as_json: bool
) -> None:
    """List the articles that hold every word of QUERY in title, source, author, date or path."""
    workspace = session.workspace
    found = matching(workspace.summaries(), " ".join(query))
    found = arranged(found, SortKey(sort), workspace.progress(), reverse=reverse)
    if as_json:
        click.echo(to_json(map(summary_as_json, found)))
    elif group:
        for one in grouped(found):
            click.echo(click.style(one.path, bold=True))
            _print(session, one.summaries)
    else:
        _print(session, found)
    _tell(session, " ".join(query), found)


def _print(session: Session, found: tuple[Summary, ...]) -> None:
    workspace = session.workspace
    numbers = {one.id: number for number, one in enumerate(workspace.summaries(), 1)}
    numbered = [(numbers[one.id], one) for one in found]
    for line in list_lines(numbered, workspace.progress(), workspace.starred()):
        click.echo(line)


def _tell(session: Session, query: str, found: tuple[Summary, ...]) -> None:
    """Say on standard error what the list itself cannot: faults, and why it is empty."""
    workspace = session.workspace
    if problems := workspace.problems():
        click.echo(f"{len(problems)} to look at: `reader doctor`", err=True)
    if found:
        return
    if workspace.summaries():
        raise NothingFound(f"no article holds “{query}”; `reader list` shows what there is")
    click.echo(
        f"no articles yet: put text files into {inert(str(workspace.roots[0]))}, or `reader PATH`", err=True
    )
