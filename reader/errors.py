"""The error tree: what a user's request can fail with, and the exit status of each.

Faults in a user's *files* are not errors but `Problem`s (see `model`): the
program names them and goes on. Bugs are neither; they crash.
"""

from pathlib import PurePath
from typing import ClassVar


class ReaderError(Exception):
    """A request that cannot be met. The message says what, where and what to do.

    Args:
        what: What went wrong, and what to do.
        where: The file it is about, if it is about one: the message begins with it.
    """

    status: ClassVar[int] = 1
    """Exit status of the command line; the numbers are a promise (README, *Exit codes*)."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(f"{where}: {what}" if where else what)
        self.what = what
        self.where = where

    @property
    def in_short(self) -> str:
        """The message for a line of the screen: what happened first, and of the file only its name."""
        return f"{self.what} · {PurePath(self.where).name}" if self.where else self.what


class NothingFound(ReaderError):
    """A search or a filter has no result."""

    status = 1


class NoSuchArticle(ReaderError):
    """No article answers to the name that was given."""

    status = 3


class AmbiguousArticle(ReaderError):
    """Several articles answer to the name that was given; the message lists them."""

    status = 4


class UnreadableSource(ReaderError):
    """A file or folder of articles cannot be read, or is not text."""

    status = 5


class NotWritable(ReaderError):
    """The user's own file (annotations, configuration, state) cannot be written."""

    status = 6


class Conflict(ReaderError):
    """A file to be written is damaged or was changed outside; it is left as it is."""

    status = 7


class PageNotFetched(ReaderError):
    """A page did not come from the network, or what came is no article."""

    status = 8


class NoSuchRule(ReaderError):
    """No rule of the user's own has the id that was given."""

    status = 3


class NoSuchAnnotation(ReaderError):
    """No highlight or note has the id that was given, or it is gone by now."""

    status = 3


class AmbiguousAnnotation(ReaderError):
    """Several highlights or notes answer to the id that was given."""

    status = 4


class NoSuchSearch(ReaderError):
    """No saved search has the name that was given, or several have it."""

    status = 3


class NameInUse(ReaderError):
    """A saved search cannot have the name that was given."""

    status = 2


class NotATag(ReaderError):
    """What shall be a tag could not be asked for."""

    status = 2


class NotADate(ReaderError):
    """What shall be a date is none."""

    status = 2
