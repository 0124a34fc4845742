"""Arguments to verbs, values to text. The only rooms that know click."""

from pathlib import Path

import click

from reader import __version__
from reader.cli.group import ReaderGroup, Session
from reader.cli.opening import open_screen

_COMMANDS = {
    "add": "adding:add",
    "annotate": "annotating:annotate",
    "clean": "raw:clean_files",
    "completion": "keeping:completion",
    "config": "keeping:config",
    "correct": "about:correct",
    "diff": "comparing:diff",
    "doctor": "keeping:doctor",
    "done": "changing:done",
    "export": "exporting:export",
    "find": "showing:find_in_article",
    "hide": "changing:hide",
    "index": "searching:index",
    "init": "keeping:init",
    "keep": "changing:keep",
    "keys": "keeping:keys",
    "leave": "changing:leave_to_rules",
    "links": "showing:links",
    "list": "listing:list_articles",
    "merge-driver": "merging:drive",
    "note": "about:note",
    "notes": "notes:notes",
    "open": "opening:open_screen",
    "redo": "changing:redo",
    "related": "searching:related",
    "remove": "adding:remove",
    "restore": "adding:restore",
    "rules": "teaching:rules",
    "same": "comparing:same",
    "search": "searching:search",
    "shelf": "shelving:shelf",
    "show": "showing:show",
    "split": "raw:split_file",
    "star": "changing:star",
    "tag": "tagging:tag",
    "tags": "tagging:tags",
    "trash": "trashing:trash",
    "undo": "changing:undo",
    "why": "showing:why",
}


@click.group(
    cls=ReaderGroup,
    table=_COMMANDS,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--workspace", type=click.Path(path_type=Path), help="Folder with seeds/ and annotations/ to work on."
)
@click.version_option(__version__, prog_name="reader")
@click.pass_context
def main(ctx: click.Context, workspace: Path | None) -> None:
    """A quiet reading room for the terminal.

    Without a command it opens the screen; `reader PATH` opens any file or folder of
    articles in place. ARTICLE is a number of `reader list`, an id, the beginning of
    one, or words of the title.
    """
    ctx.obj = Session(workspace)
    if ctx.invoked_subcommand is None:
        ctx.invoke(open_screen)
