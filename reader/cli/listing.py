"""`reader list`: what there is to read."""

import click

from reader.cli.group import Session
from reader.cli.output import list_lines, listed_as_json, say, tell, to_json
from reader.errors import NothingFound
from reader.filtering import TRAITS, Facts, matching
from reader.model import Summary
from reader.notebook import Counts
from reader.shelf import Group, SortKey, arranged, grouped


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
    """List the articles that hold every word of QUERY in title, source, author, date or path.

    QUERY may also say tag:x, has:note, has:highlight, has:tag, has:copy, is:starred,
    is:unread, is:reading or is:done.
    """
    workspace = session.workspace
    everything, progress = workspace.summaries(), workspace.memory.progress()
    counts, starred = workspace.notebook.counts(), workspace.notebook.starred()
    families = workspace.comparing.families()
    meant = matching(everything, " ".join(query), Facts(progress, starred, counts, families.members))
    found = arranged(meant, SortKey(sort), progress, reverse=reverse)
    if as_json:
        say(to_json(listed_as_json(one, counts.get(one.id, Counts()), families) for one in found))
    else:
        numbers = {(one.path, one.lines): number for number, one in enumerate(everything, 1)}
        shown = grouped(found) if group else (Group("", found),)
        for one in shown:
            if group:
                say(one.path)
            numbered = ((numbers[(summary.path, summary.lines)], summary) for summary in one.summaries)
            for line in list_lines(numbered, progress, starred, counts, families):
                say(line)
    _tell(session, " ".join(query), found)


def _tell(session: Session, query: str, found: tuple[Summary, ...]) -> None:
    """Say on standard error what the list itself cannot: faults, and why it is empty."""
    workspace = session.workspace
    if problems := workspace.problems():
        tell(f"{len(problems)} to look at: `reader doctor`")
    if found:
        return
    if query or workspace.summaries():
        known = f"; tag:NAME, {', '.join(TRAITS)} can be asked for" if ":" in query else ""
        raise NothingFound(f"no article holds “{query}”{known}; `reader list` shows what there is")
    tell(f"no articles yet in {workspace.roots[0]}: `reader add PATH` or `reader add URL` brings some in")
