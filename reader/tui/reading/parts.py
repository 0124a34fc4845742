"""Who does what in the reading room; a module of its own, as nothing of it is needed to show a page."""

from typing import NamedTuple

from reader.tui.reading.annotating import Annotating
from reader.tui.reading.article_room import ArticleRoom
from reader.tui.reading.finding import Finding
from reader.tui.reading.jumping import Jumping
from reader.tui.reading.placing import Placing
from reader.tui.reading.selection_keys import Selecting


class ReadingParts(NamedTuple):
    """The parts of the reading room."""

    annotating: Annotating
    placing: Placing
    jumping: Jumping
    selecting: Selecting
    finding: Finding


def reading_parts(room: ArticleRoom, siblings: tuple[str, ...]) -> ReadingParts:
    """Make the parts of a room.

    Args:
        room: Where the article is open.
        siblings: Ids of the articles before and after it, itself included.
    """
    annotating = Annotating(room)
    return ReadingParts(
        annotating,
        Placing(room, annotating),
        Jumping(room, siblings),
        Selecting(room, annotating),
        Finding(room),
    )
