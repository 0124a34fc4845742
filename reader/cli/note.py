"""`reader note`: what is done to one highlight or note, or to a few."""

from dataclasses import replace

import click

from reader.anchoring import describe
from reader.cli.cards import card_lines, shortened
from reader.cli.group import DefaultGroup, Session
from reader.cli.notes import COLORS, notes_as_json
from reader.cli.output import say, tell
from reader.cli.passages import find_passage, passage_options
from reader.cli.typing_in import words_of
from reader.errors import ReaderError
from reader.model import Article, Span
from reader.notebook import clean_tags, parse_tags
from reader.own_editor import edited
from reader.passages import Annotation, Color, Placed
from reader.workspace import Workspace


@click.group(cls=DefaultGroup, default="show")
def note() -> None:
    """Show, edit, delete, restore or merge a highlight or note: `reader note ID` shows it.

    ID is an id, its beginning, or its end, as `reader notes` prints it.
    """


@note.command
@click.argument("identity", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def show(session: Session, identity: str, *, as_json: bool) -> None:
    """Print a highlight or note with all that is known of it."""
    workspace = session.workspace
    placed = workspace.notebook.find(identity)
    article = _article_of(workspace, placed)
    placed = workspace.notebook.find(placed.annotation.id)  # now that its article was read
    if as_json:
        say(notes_as_json(workspace, (placed,)))
        return
    now = article.text[placed.start : placed.end] if article and not placed.is_orphan else ""
    for line in card_lines(placed, now):
        say(line)


@note.command
@click.argument("identity", metavar="ID")
@click.option(
    "--note", "body", metavar="TEXT", help="The note; - reads it from standard input, '' takes it away."
)
@click.option("--tag", "added", metavar="TAG", multiple=True, help="Add a tag.")
@click.option("--untag", "removed", metavar="TAG", multiple=True, help="Take a tag away.")
@click.option("--tags", "exactly", metavar="LIST", help="Exactly these tags, with commas or blanks between.")
@click.option("--color", type=COLORS, help="Colour.")
@passage_options
@click.option(
    "--article", metavar="ARTICLE", help="With --quote or --at: the article, if that is another now."
)
@click.pass_obj
def edit(
    session: Session,
    identity: str,
    *,
    body: str | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    exactly: str | None,
    color: str | None,
    quote: str | None,
    nth: int | None,
    at: Span | None,
    article: str | None,
) -> None:
    """Change a highlight or note. Without an option, the note opens in your editor."""
    workspace = session.workspace
    placed = workspace.notebook.find(identity)
    moves = quote is not None or at is not None
    asked = moves or added or removed or any(one is not None for one in (body, exactly, color))
    tags = placed.annotation.tags if exactly is None else parse_tags(exactly)
    changed = replace(
        placed.annotation,
        body=_note_of(session, placed, body, opens_editor=not asked),
        tags=clean_tags((*(tag for tag in tags if tag not in clean_tags(removed)), *added)),
        color=Color(color) if color else placed.annotation.color,
    )
    target = _article_to_point_into(workspace, placed, article) if moves else None
    passage = find_passage(target, quote, nth, at) if target else None
    _change(workspace, placed, changed, target, passage)


@note.command
@click.argument("identities", metavar="ID…", nargs=-1, required=True)
@click.pass_obj
def delete(session: Session, identities: tuple[str, ...]) -> None:
    """Delete highlights with their notes. They go to the trash, and `reader undo` brings them back."""
    notebook = session.workspace.notebook
    doomed = {one.annotation.id: one for one in map(notebook.find, identities)}
    notebook.delete(tuple(doomed.values()))
    for one in doomed.values():
        tell(f"deleted: {shortened(one.annotation.target.exact)}")


@note.command
@click.argument("identities", metavar="ID…", nargs=-1, required=True)
@click.pass_obj
def restore(session: Session, identities: tuple[str, ...]) -> None:
    """Bring highlights with their notes back from the trash."""
    notebook = session.workspace.notebook
    for identity in [notebook.find_trashed(one).annotation.id for one in identities]:
        notebook.restore(identity)
        tell(f"restored: {shortened(notebook.find(identity).annotation.target.exact)}")


@note.command
@click.argument("first", metavar="ID")
@click.argument("second", metavar="ID")
@click.pass_obj
def merge(session: Session, first: str, second: str) -> None:
    """Make one highlight of two, with the tags and notes of both. Prints its id."""
    workspace = session.workspace
    one, other = workspace.notebook.find(first), workspace.notebook.find(second)
    if one.annotation.id == other.annotation.id:
        raise click.UsageError("name two highlights")
    article = _article_of(workspace, one)
    if article is None or one.article_id != other.article_id:
        raise ReaderError("only two highlights of one article can be merged")
    one, other = (workspace.notebook.find(each.annotation.id) for each in (one, other))
    if one.is_orphan or other.is_orphan:
        raise ReaderError(
            "one of them lost its place; give it another with `reader note edit ID --quote TEXT`"
        )
    merged = workspace.notebook.merge(article, one, other)
    say(merged.id)
    tell(f"merged: {shortened(merged.target.exact)}")


def _note_of(session: Session, placed: Placed, option: str | None, *, opens_editor: bool) -> str:
    """Return the note that is wanted: that of the option, or of the user's editor, or the one there is."""
    if option is not None:
        return words_of(option)
    return edited(placed.annotation.body, session.places.editor) if opens_editor else placed.annotation.body


def _article_of(workspace: Workspace, placed: Placed) -> Article | None:
    """Return the article of an annotation, its places looked up; None if it is gone or cannot be read."""
    if not placed.article_id:
        return None
    try:
        article = workspace.desk.open(placed.article_id).article
    except ReaderError as error:
        tell(f"reader: {error}")
        return None
    workspace.notebook.annotations(article)
    return article


def _article_to_point_into(workspace: Workspace, placed: Placed, name: str | None) -> Article:
    identity = workspace.find(name).id if name else placed.article_id
    if not identity:
        raise click.UsageError("its article is gone: name another with --article")
    return workspace.desk.open(identity).article


def _change(
    workspace: Workspace, placed: Placed, changed: Annotation, target: Article | None, passage: Span | None
) -> None:
    """Write a change, in one piece if the annotation stays with its article."""
    notebook = workspace.notebook
    moves_away = target is not None and target.id != placed.article_id
    if target and passage and not moves_away:
        changed = replace(changed, target=describe(target.text, *passage))
    if changed == placed.annotation and not moves_away:
        tell("nothing to change")
        return
    if changed != placed.annotation:
        twin = notebook.change(placed, changed, "note changed")
        tell(f"changed: {shortened(changed.target.exact)}")
        if twin:
            tell(f"it was changed elsewhere meanwhile; both are kept, yours as {twin.id}")
    if target and passage and moves_away:
        moved = notebook.attach(notebook.find(placed.annotation.id), target, passage)
        say(moved.id)
        tell(f"now in “{target.title}”: {shortened(moved.target.exact)}")
