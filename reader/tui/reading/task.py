"""What the next passage is for that is selected, if not for a highlight of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from reader.model import Span
from reader.passages import Annotation
from reader.workspace import Reading


@dataclass(frozen=True, slots=True)
class Task:
    """Something that a passage is to be selected for."""

    words: str
    """What the reader is to do, for the footer."""
    take: Callable[[Reading, Span], Annotation]
    """Does it, and returns what has the passage now; may raise a `ReaderError`."""
    done: str
    """What was done, in words."""
    article_id: str = ""
    """The article it has to be selected in; "" if any will do."""
