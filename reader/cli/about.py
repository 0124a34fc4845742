"""What the reader says of a whole article: its note, and what its source has wrong."""

import click

from reader.cli.group import Session
from reader.cli.note import note
from reader.cli.output import say, tell, to_json
from reader.cli.typing_in import words_of
from reader.errors import ReaderError
from reader.notebook import CORRECTABLE
from reader.own_editor import edited
from reader.workspace import Workspace


@note.command("article")
@click.argument("article")
@click.option(
    "--note", "body", metavar="TEXT", help="The note; - reads it from standard input, '' takes it away."
)
@click.option("--edit", "in_editor", is_flag=True, help="Open the note in your editor.")
@click.pass_obj
def note_on_article(session: Session, article: str, *, body: str | None, in_editor: bool) -> None:
    """Print or write the note on a whole article."""
    workspace = session.workspace
    found = workspace.find(article)
    before = workspace.notebook.about(found.id).note
    if body is None and not in_editor:
        say(before) if before else tell(f"no note: {found.title}")
        return
    after = words_of(body) if body is not None else edited(before, session.places.editor)
    if after.strip() == before:
        tell("nothing to change")
        return
    try:
        workspace.notebook.note(found.id, after, before)
    except ReaderError:
        tell(f"your words, which could not be saved:\n{after}")
        raise
    tell(f"{'noted' if after.strip() else 'note taken away'}: {found.title}")


@click.command
@click.argument("article")
@click.option("--title", help="Title; '' takes the correction back.")
@click.option("--author", help="Author, several with ; between.")
@click.option("--source", help="Who published it.")
@click.option("--date", metavar="DATE", help="Date, as exact as it is known: 2025-01-21, 2025-01 or 2025.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def correct(
    session: Session,
    article: str,
    *,
    title: str | None,
    author: str | None,
    source: str | None,
    date: str | None,
    as_json: bool,
) -> None:
    """Correct what is known of an article. The source file is never written.

    Prints each field, and beside a correction what the source says.
    """
    workspace = session.workspace
    found = workspace.find(article)
    said = {"title": title, "author": author, "source": source, "date": date}
    if values := {field: value for field, value in said.items() if value is not None}:
        workspace.notebook.correct_all(found.id, values)
    _say_fields(workspace, found.id, as_json=as_json)


def _say_fields(workspace: Workspace, article_id: str, *, as_json: bool) -> None:
    corrections = workspace.notebook.about(article_id).corrections
    found = workspace.notebook.as_found(article_id)
    rows = [(field, str(getattr(found, field)), corrections.get(field)) for field in CORRECTABLE]
    if as_json:
        values = ({"field": field, "source": said or None, "correction": now} for field, said, now in rows)
        say(to_json(values, "fields"))
        return
    for field, said, now in rows:
        beside = f"  (the source says {f'“{said}”' if said else 'nothing'})" if now else ""
        say(f"{field:<7} {now or said or '-'}{beside}")
