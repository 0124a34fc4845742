"""`reader merge-driver`: what git asks when it cannot merge a file of notes by its lines."""

from pathlib import Path

import click

from reader.cli.output import tell
from reader.errors import Conflict
from reader.notebook.mending import merge_driver

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("merge-driver")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("path", default="")
@click.pass_context
def drive(ctx: click.Context, base: Path, ours: Path, theirs: Path, path: str) -> None:
    """Merge two versions of a file of notes into OURS, for git. Exit status 1 if that cannot be done.

    \b
    git config merge.reader.driver 'reader merge-driver %O %A %B %P'
    echo 'annotations/**/*.toml merge=reader' >> .gitattributes
    """  # noqa: D301 - click takes the character \b for "do not wrap"
    try:
        clashes = merge_driver(base, ours, theirs, path)
    except Conflict as error:
        tell(f"reader: {error}")
        ctx.exit(1)  # by which git knows that the marks in the file are to be settled
    for clash in clashes:
        tell(f"{path or ours}: {clash}")
