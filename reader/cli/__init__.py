"""Arguments to verbs, values to text. The only rooms that know click."""

from pathlib import Path

import click

from reader import __version__
from reader.cli.group import ReaderGroup, Session
from reader.cli.opening import open_screen

_COMMANDS = {
    "Reading": {
        "list": "listing:list_articles",
        "show": "showing:show",
        "find": "showing:find_in_article",
        "links": "showing:links",
        "open": "opening:open_screen",
    },
    "Marking": {
        "annotate": "annotating:annotate",
        "notes": "notes:notes",
        "note": "about:note",
        "tag": "tagging:tag",
        "tags": "tagging:tags",
        "star": "changing:star",
        "done": "changing:done",
        "correct": "about:correct",
        "export": "exporting:export",
    },
    "Searching": {
        "search": "searching:search",
        "shelf": "shelving:shelf",
        "related": "searching:related",
        "same": "comparing:same",
    },
    "Articles in and out": {
        "add": "adding:add",
        "remove": "adding:remove",
        "restore": "adding:restore",
        "diff": "comparing:diff",
    },
    "What is hidden": {
        "why": "showing:why",
        "keep": "changing:keep",
        "hide": "changing:hide",
        "leave": "changing:leave_to_rules",
        "rules": "teaching:rules",
        "clean": "raw:clean_files",
        "split": "raw:split_file",
    },
    "Taking back": {
        "undo": "changing:undo",
        "redo": "changing:redo",
        "trash": "trashing:trash",
    },
    "The room itself": {
        "init": "keeping:init",
        "config": "keeping:config",
        "keys": "keeping:keys",
        "doctor": "keeping:doctor",
        "index": "searching:index",
        "completion": "keeping:completion",
        "merge-driver": "merging:drive",
    },
}
"""By what one wants to do, as the help lists them."""


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
