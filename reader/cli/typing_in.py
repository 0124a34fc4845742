"""What a user types for a note: as an option, through a pipe."""

import sys

import click

PIPE = "-"  # as an option's value: read it from standard input


def words_of(option: str) -> str:
    """Return the words that an option gives, or that come through the pipe it names."""
    if option != PIPE:
        return option
    try:
        return sys.stdin.buffer.read().decode()
    except UnicodeDecodeError as error:
        raise click.UsageError("what comes through the pipe is no text in UTF-8") from error
