"""How the command line behaves as a whole: `reader PATH` without a verb, errors, the session."""

import difflib
import errno
import importlib
import io
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from reader.config import Places, places
from reader.errors import NotWritable, ReaderError, UnreadableSource
from reader.inert import inert_lines
from reader.opening import find_root, open_workspace
from reader.rulebook import RuleBook
from reader.workspace import RULES, Workspace

_DEFAULT = "open"
_SENTENCE = 200  # letters; Click would cut the first sentence of a command at the end of a line


class Session:
    """What the commands of one run share.

    Args:
        named: What `--workspace` names.
    """

    def __init__(self, named: Path | None) -> None:
        self.named = named

    @cached_property
    def here(self) -> Path:
        """The current folder."""
        try:
            return Path.cwd()
        except FileNotFoundError as error:
            raise UnreadableSource("the current folder is gone; go to another one and try again") from error

    @cached_property
    def places(self) -> Places:
        """Where the program keeps things."""
        return places(os.environ)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that is open, brought up to date with its files."""
        workspace = self.open()
        click.get_current_context().find_root().call_on_close(workspace.close)
        workspace.sync(progress_line)
        return workspace

    @cached_property
    def rulebook(self) -> RuleBook:
        """What hides blocks of a file that stands in no library: the rules of the workspace we stand in."""
        root = find_root(self.places, self.here, self.named)
        rulebook = RuleBook(root / RULES if root else None)
        for problem in rulebook.problems:
            click.echo(f"reader: {problem}", err=True)
        return rulebook

    def open(self, paths: tuple[Path, ...] = ()) -> Workspace:
        """Open the workspace, or files and folders in place."""
        return open_workspace(self.places, self.here, named=self.named, paths=paths)


class PlainGroup(click.Group):
    """A group whose help gives of each command the whole first sentence."""

    def headings(self, ctx: click.Context) -> Mapping[str, Iterable[str]]:
        """Return the names of the commands, as the help lists them, under its headings."""
        return {"Commands": self.list_commands(ctx)}

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write under each heading its commands."""
        width = max(map(len, self.list_commands(ctx)))
        for heading, named in self.headings(ctx).items():
            known = ((name, self.get_command(ctx, name)) for name in named)
            rows = [
                (name.ljust(width), command.get_short_help_str(_SENTENCE))
                for name, command in known
                if command is not None and not command.hidden
            ]
            with formatter.section(heading):
                formatter.write_dl(rows)


class ReaderGroup(PlainGroup):
    """A group whose first argument may be a path instead of a command, and that prints our errors.

    A command is loaded when it is called: `reader list` does not pay for what `reader show` needs.

    Args:
        table: Where the commands stand: "module:function" by name, under the headings of the help.
    """

    def __init__(self, *args: Any, table: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._headings = table
        self._table = {name: place for named in table.values() for name, place in named.items()}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return sorted(self._table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Load a command."""
        if cmd_name not in self._table:
            return None
        module, _, name = self._table[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(f"reader.cli.{module}"), name)
        return command

    def headings(self, ctx: click.Context) -> Mapping[str, Iterable[str]]:  # noqa: ARG002 - as above
        """Return the commands by what one wants to do."""
        return self._headings

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no command for a path to open."""
        first = args[0]
        if self.get_command(ctx, first) is None and not first.startswith("-"):
            if not Path(first).exists() and not Path(first).is_symlink():
                raise click.UsageError(_no_such(first, self.list_commands(ctx)), ctx)
            args = [_DEFAULT, *args]
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the program; an output that cannot be written ends it with a line, not a traceback."""
        sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO())  # closed: there is nothing to be read
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(
                    errors="replace"
                )  # a letter that the terminal's encoding lacks is no reason to stop
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.filename is not None or error.errno not in _NOT_WRITTEN:
                raise
            sys.stdout = None  # nothing is left to be flushed at the end
            click.echo(f"reader: the output cannot be written ({error.strerror})", err=True)
            sys.exit(NotWritable.status)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a request that cannot be met ends in one message and its exit status."""
        try:
            return super().invoke(ctx)
        except ReaderError as error:
            click.echo(f"reader: {inert_lines(str(error))}", err=True)
            ctx.exit(error.status)


class DefaultGroup(PlainGroup):
    """A group that does one of its commands if none is named: `reader tags war` is `reader tags list war`.

    Args:
        default: The name of that command.
    """

    def __init__(self, *args: Any, default: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what names no command for the arguments of the default."""
        names_one = bool(args) and (args[0] in self.commands or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if names_one else [self.default, *args])


def _no_such(name: str, commands: list[str]) -> str:
    message = f"there is no command, file or folder “{inert_lines(name)}”"
    near = difflib.get_close_matches(name, commands, n=1)
    return f"{message}; did you mean `reader {near[0]}`?" if near else message


def progress_line(number: int, total: int) -> None:
    """Tell on standard error how far a long reading is, if somebody watches."""
    if total > _WORTH_TELLING and sys.stderr.isatty():
        end = "\n" if number == total else ""
        click.echo(f"\rreading {number} of {total} files", nl=False, err=True)
        click.echo(end, nl=False, err=True)


_NOT_WRITTEN = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG)
_WORTH_TELLING = 100  # files; fewer are read in well under a second
