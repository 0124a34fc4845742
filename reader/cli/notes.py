"""`reader notes`: all highlights and notes, or some of them."""

import click

from reader.cli.cards import annotation_line, shorten_ids
from reader.cli.group import Session
from reader.cli.output import say, to_json
from reader.errors import NothingFound
from reader.exporters import annotation_value, article_value
from reader.notebook import narrow
from reader.notebook.gathering import gather
from reader.passages import AnchorState, Color, Placed
from reader.queries import asking
from reader.workspace import Workspace

COLORS = click.Choice(list(map(str, Color)))
_STATES = click.Choice(list(map(str, AnchorState)))


@click.command
@click.argument("words", nargs=-1)
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="With this tag, or one nested in it.")
@click.option("--color", "colors", type=COLORS, multiple=True, help="In this colour.")
@click.option("--article", metavar="ARTICLE", help="Of this article.")
@click.option("--state", "states", type=_STATES, multiple=True, help="Whose passage is found in this way.")
@click.option("--orphans", is_flag=True, help="Whose passage is not found, or whose article is gone.")
@click.option(
    "--has", type=click.Choice(["note", "highlight", "tag"]), help="With a note, without, or tagged."
)
@click.option("--sort", type=click.Choice(["article", "date"]), default="article", help="Order.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def notes(
    session: Session,
    words: tuple[str, ...],
    *,
    tags: tuple[str, ...],
    colors: tuple[str, ...],
    article: str | None,
    states: tuple[str, ...],
    orphans: bool,
    has: str | None,
    sort: str,
    as_json: bool,
) -> None:
    """List the highlights and notes that hold all WORDS in quote, note, tags or title.

    One a line: id, colour, state, quote, note, tags and title, with tabs between. An id is
    as short as it can be; --json has all of it, and everything else. A note on a whole article
    has neither id nor colour, and "article" for its state: `reader note article` changes it.
    """
    workspace = session.workspace
    parts = [asking("tag", tag) for tag in tags] + [asking("color", color) for color in colors]
    parts += [asking("state", state) for state in (*states, *["orphan"] * orphans)]
    parts += [asking("has", has)] if has else []
    parts += [asking("article", _located(workspace, article))] if article else []
    everything = workspace.notebook.everything()
    found = narrow(everything, " ".join((*words, *parts)))
    if sort == "date":
        found = tuple(sorted(found, key=_newest, reverse=True))
    if as_json:
        say(notes_as_json(workspace, found))
    elif found:
        short_ids = shorten_ids(one.annotation for one in everything)
        say("\n".join(annotation_line(one, short_ids) for one in found))
    if not found:
        raise NothingFound(
            "no highlight or note is like that" if everything else "no highlights or notes yet"
        )


def notes_as_json(workspace: Workspace, found: tuple[Placed, ...]) -> str:
    """Write annotations as JSON, each with its article as the reader has it; notes on articles after them."""
    sections = gather(workspace.notebook, workspace.summaries())
    section_of = {
        (one.annotation.id, one.file): section for section in sections for one in section.annotations
    }
    noted = {(one.title, one.path) for one in found if one.is_of_article}
    values = (
        annotation_value(one, section_of[one.annotation.id, one.file])
        for one in found
        if not one.is_of_article
    )
    whole = [article_value(one) for one in sections if one.note and (one.title, one.path) in noted]
    return to_json(values, "annotations", articles=whole)


def _newest(placed: Placed) -> tuple[str, str]:
    return placed.annotation.created, placed.annotation.id


def _located(workspace: Workspace, name: str) -> str:
    """Return the id of an article, after its annotations were looked for in its text of today."""
    article = workspace.desk.open(workspace.find(name).id).article
    workspace.notebook.annotations(article)
    return article.id
