"""`reader annotate`: highlight a passage, with a note and tags."""

import click

from reader.cli.cards import shortened
from reader.cli.group import Session
from reader.cli.notes import COLORS
from reader.cli.output import say, tell
from reader.cli.passages import find_passage, passage_options
from reader.cli.typing_in import words_of
from reader.model import Span
from reader.passages import Color


@click.command
@click.argument("article")
@passage_options
@click.option("--note", metavar="TEXT", default="", help="A note on it; - reads it from standard input.")
@click.option("--tag", "tags", metavar="TAG", multiple=True, help="A tag; may be given several times.")
@click.option("--color", type=COLORS, default=str(Color.YELLOW), help="Colour.")
@click.pass_obj
def annotate(
    session: Session,
    article: str,
    *,
    quote: str | None,
    nth: int | None,
    at: Span | None,
    note: str,
    tags: tuple[str, ...],
    color: str,
) -> None:
    """Highlight a passage of an article, with a note and tags if there are any. Prints its id."""
    workspace = session.workspace
    read = workspace.desk.open(workspace.find(article).id).article
    passage = find_passage(read, quote, nth, at)
    made = workspace.notebook.annotate(read, passage, color=Color(color), tags=tags, body=words_of(note))
    say(made.id)
    tell(f"{'noted' if made.body else 'highlighted'}: {shortened(made.target.exact)}")
