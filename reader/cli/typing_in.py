"""What a user types for a note: as an option, through a pipe, or in an editor of theirs."""

import sys

import click

from reader.cli.group import Session

PIPE = "-"  # as an option's value: read it from standard input


def words_of(option: str) -> str:
    """Return the words that an option gives, or that come through the pipe it names."""
    if option != PIPE:
        return option
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise click.UsageError("what comes through the pipe is no text in UTF-8") from error


def edited(session: Session, text: str) -> str:
    """Let the user change a text in an editor; what is left unsaved there is as it was."""
    changed = click.edit(text, editor=session.places.editor, extension=".md")
    return text if changed is None else changed.strip("\n")
