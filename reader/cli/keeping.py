"""The commands that keep the house: workspaces, settings, keys, faults, completion."""

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from reader.actions import ACTIONS, Place, keys_of
from reader.cli.group import Session
from reader.config import explain_config, load_config
from reader.errors import NotWritable, ReaderError
from reader.files import replace_file
from reader.inert import inert
from reader.opening import make_workspace


class ProblemsFound(ReaderError):
    """`reader doctor` found something to mend."""

    status = 1


@click.command
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a workspace: a FOLDER with seeds/ for articles and annotations/ for what you make of them."""
    made = make_workspace(folder)
    shown = inert(str(folder))
    if made:
        click.echo(f"made {shown}: put articles into {shown}/seeds, then run `reader {shown}`")
    else:
        click.echo(f"{shown} is a workspace already")


@click.command
@click.pass_obj
def doctor(session: Session) -> None:
    """Tell what is wrong in your files, where, and what to do. Exit status 1 if anything is."""
    workspace = session.workspace
    problems = workspace.problems()
    for problem in problems:
        click.echo(str(problem))
    click.echo(f"workspace {inert(str(workspace.root))}: {len(workspace.summaries())} articles", err=True)
    if problems:
        raise ProblemsFound(f"{len(problems)} to look at; nothing was changed")


@click.command
@click.pass_obj
def keys(session: Session) -> None:
    """Print all keys: place, keys, the name for the [keys] table of the settings, and what they do."""
    remapped = load_config(session.places.settings).config.keys
    for place in Place:
        for action in (one for one in ACTIONS if one.place is place):
            names = ", ".join(keys_of(action, remapped))
            click.echo(f"{action.id}\t{names}\t{action.title}")


@click.group
def config() -> None:
    """Show or edit the settings."""


@config.command("show")
@click.pass_obj
def show_config(session: Session) -> None:
    """Print all settings as they are in force, each with its meaning, as TOML."""
    loaded = load_config(session.places.settings)
    click.echo(explain_config(loaded.config), nl=False)
    for problem in loaded.problems:
        click.echo(f"reader: {problem}", err=True)


@config.command("path")
@click.pass_obj
def show_path(session: Session) -> None:
    """Print where the settings stand."""
    click.echo(session.places.settings)


@config.command("edit")
@click.pass_obj
def edit_config(session: Session) -> None:
    """Open the settings in your editor; a file with the defaults is made first if there is none."""
    path = session.places.settings
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, explain_config(load_config(path).config).encode())
    except OSError as error:
        raise NotWritable(f"{inert(str(path))}: cannot be written ({error.strerror})") from error
    click.edit(filename=str(path), editor=session.places.editor)
    for problem in load_config(path).problems:
        click.echo(f"reader: {problem}", err=True)


@click.command
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes `reader` in a SHELL: eval "$(reader completion bash)"."""
    root = ctx.find_root()
    found = get_completion_class(shell)
    if found:
        click.echo(found(root.command, {}, "reader", "_READER_COMPLETE").source())
