"""`reader trash`: what was deleted, until it is deleted for good."""

import sys

import click

from reader.amounts import amount
from reader.cli.cards import chips, shorten_ids
from reader.cli.group import DefaultGroup, Session
from reader.cli.note import restore
from reader.cli.output import say, tell, to_json


@click.group(cls=DefaultGroup, default="list")
def trash() -> None:
    """List what was deleted, bring it back, or delete it for good."""


@trash.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_trash(session: Session, *, as_json: bool) -> None:
    """List what was deleted, the last first: id, when, quote, note, tags and title, with tabs between."""
    entries = session.workspace.notebook.trash()
    if as_json:
        values = (
            {
                "id": one.annotation.id,
                "deleted": one.deleted or None,
                "article": {"id": one.article_id or None, "title": one.title},
                "quote": one.annotation.target.exact,
                "note": one.annotation.body,
                "tags": list(one.annotation.tags),
                "color": str(one.annotation.color),
            }
            for one in entries
        )
        say(to_json(values, "trash"))
        return
    short_ids = shorten_ids(one.annotation for one in entries)
    for one in entries:
        annotation = one.annotation
        quote, tags = f"“{annotation.target.exact}”", chips(annotation.tags)
        fields = (short_ids[annotation.id], one.deleted, quote, annotation.body, tags, one.title)
        say("\t".join(" ".join(field.split()) for field in fields))
    if not entries:
        tell("the trash is empty")


trash.add_command(restore)


@trash.command
@click.argument("identities", metavar="[ID]…", nargs=-1)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def empty(session: Session, identities: tuple[str, ...], *, yes: bool) -> None:
    """Delete for good what lies in the trash, or some of it."""
    notebook = session.workspace.notebook
    doomed = [notebook.find_trashed(one).annotation.id for one in identities] if identities else None
    number = len(notebook.trash()) if doomed is None else len(doomed)
    if number and not yes:
        if not sys.stdin.isatty():
            raise click.UsageError("nobody is there to be asked: say --yes")
        click.confirm(f"delete {amount(number, 'highlight')} for good?", abort=True, err=True)
    gone = notebook.empty_trash(doomed) if number else 0
    tell(f"{amount(gone, 'highlight')} deleted for good")
