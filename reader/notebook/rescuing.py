"""What cannot be saved where it belongs is kept elsewhere, and whoever wrote it is told where."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from reader.errors import Conflict, NoSuchAnnotation, NotWritable

T = TypeVar("T")


def or_rescued(save: Callable[[], T], rescue: Callable[[], Path]) -> T:
    """Save something; if that fails, keep the words elsewhere.

    Args:
        save: Saves it.
        rescue: Keeps it in a file of its own, which it returns.

    Raises:
        NotWritable, Conflict, NoSuchAnnotation: As `save` does; the message says where the words are.
    """
    try:
        return save()
    except (NotWritable, Conflict, NoSuchAnnotation) as error:
        try:
            kept = rescue()
        except NotWritable:
            raise error from None  # there is no place at all; the words stand in the editor still
        raise type(error)(f"{error.what}; what you wrote is kept in {kept}", error.where) from error
