"""The commands that keep the house: workspaces, settings, keys, faults, completion."""

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from reader.actions import ACTIONS, Place, keys_of
from reader.amounts import amount
from reader.cli.group import PlainGroup, Session
from reader.cli.output import say, tell
from reader.config import explain_config, load_config
from reader.errors import NotWritable, ReaderError
from reader.files import replace_file
from reader.inert import inert
from reader.opening import make_workspace
from reader.workspace import Workspace


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
        say(f"made {shown}: put articles into {shown}/seeds, then run `reader {shown}`")
    else:
        say(f"{shown} is a workspace already")


@click.command
@click.option(
    "--merge", is_flag=True, help="Put together copies and conflicts in your notes; deletes nothing."
)
@click.option("--dry-run", is_flag=True, help="With --merge: only tell what would be done.")
@click.pass_obj
def doctor(session: Session, *, merge: bool, dry_run: bool) -> None:
    """Tell what is wrong in your files, where, and what to do. Exit status 1 if anything is."""
    workspace = session.workspace
    if dry_run and not merge:
        raise click.UsageError("--dry-run goes with --merge; without it nothing is changed anyway")
    if merge:
        _merge_copies(workspace, dry_run=dry_run)
    workspace.notebook.all()  # every passage is looked for, so that those that are lost are known
    rescued = "could not be saved where it belongs; copy it from there, then delete the file"
    problems = [
        *map(str, workspace.problems()),
        *map(str, workspace.notebook.trash_problems()),
        *(f"{path}: {rescued}" for path in workspace.notebook.rescued()),
    ]
    for problem in problems:
        say(problem)
    tell(f"workspace {workspace.root}: {amount(len(workspace.summaries()), 'article')}")
    if problems:
        changed = "" if merge and not dry_run else "; nothing was changed"
        raise ProblemsFound(f"{len(problems)} to look at{changed}")
    tell("all is well")


def _merge_copies(workspace: Workspace, *, dry_run: bool) -> None:
    """Put together what can be, and name it; what cannot is named again among the problems."""
    for one in workspace.merge_copies(dry_run=dry_run):
        if one.fault:
            tell(f"not merged: {one.fault}")
            continue
        done = "would be merged" if dry_run else "merged"
        into = "" if one.source == one.file else f" into {one.file.name}"
        tell(f"{done}: {one.source.name}{into}{f'; as it was: {one.kept}' if one.kept else ''}")
        for clash in one.clashes:
            tell(f"  {clash}")


@click.command
@click.pass_obj
def keys(session: Session) -> None:
    """Print all keys: place, keys, the name for the [keys] table of the settings, and what they do."""
    remapped = load_config(session.places.settings).config.keys
    for place in Place:
        for action in (one for one in ACTIONS if one.place is place):
            names = ", ".join(keys_of(action, remapped))
            say(f"{action.id}\t{names}\t{action.title}")


@click.group(cls=PlainGroup)
def config() -> None:
    """Show or edit the settings."""


@config.command("show")
@click.pass_obj
def show_config(session: Session) -> None:
    """Print all settings as they are in force, each with its meaning, as TOML."""
    loaded = load_config(session.places.settings)
    say(explain_config(loaded.config).rstrip())
    for problem in loaded.problems:
        tell(f"reader: {problem}")


@config.command("path")
@click.pass_obj
def show_path(session: Session) -> None:
    """Print where the settings stand."""
    say(str(session.places.settings))


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
        tell(f"reader: {problem}")


@click.command
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes `reader` in a SHELL: eval "$(reader completion bash)"."""
    root = ctx.find_root()
    found = get_completion_class(shell)
    if found:
        say(found(root.command, {}, "reader", "_READER_COMPLETE").source())
