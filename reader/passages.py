"""The words for what a reader makes of passages, as frozen values: where they point, what is said there.

Names from the W3C Web Annotation model keep its meaning. Offsets are those of `model`.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Target:
    """Where an annotation points, in the words of the W3C Web Annotation model.

    A TextQuoteSelector (`exact`, `prefix`, `suffix`) and a TextPositionSelector
    (`start`, `end`), in code points of the canonical text.
    """

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


class AnchorState(StrEnum):
    """How sure it is that an annotation stands where its reader put it."""

    EXACT = "exact"
    """The quote stands at the stored position, between the stored context."""
    MOVED = "moved"
    """The same words stand elsewhere in the text now."""
    APPROXIMATE = "approximate"
    """The passage was edited; what stands there now is near enough to be shown."""
    ORPHAN = "orphan"
    """Not found: shown in the tray, never on another passage."""


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a target was found in a text as it reads today."""

    start: int
    end: int
    score: float
    """In (0, 1]; 1 means unchanged."""
    state: AnchorState
    """Never ORPHAN: what is not found has no `Anchored`."""


class Color(StrEnum):
    """The colours of a highlight; keys 1 to 5 in this order."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    ORANGE = "orange"

    @property
    def letter(self) -> str:
        """The letter that names it in the margin, for eyes and terminals without colours."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Annotation:
    """What the reader made of a passage: a highlight, and a note if it has a body."""

    id: str
    """A ULID: 26 letters and digits, in the order of creation; "" of a note on a whole article."""
    target: Target
    color: Color = Color.YELLOW
    tags: tuple[str, ...] = ()
    """As the reader wrote them, without "#"; "war/air-defence" is nested. Sorted, each once."""
    body: str = ""
    """The note, in lines; "" for a highlight alone."""
    created: str = ""
    """UTC, ISO 8601 to the second: "2026-11-21T22:30:00Z"."""
    updated: str = ""


class Placed(NamedTuple):
    """An annotation with the place it has today.

    A named tuple, as `Block` is: all 2,000 of an article are placed again after each change.
    """

    annotation: Annotation
    article_id: str
    """The article it belongs to, by its id in the library of today; "" if that is gone."""
    title: str
    """Title of the article; that of the user's file if it is gone."""
    path: str
    """Where the article's source stands, or stood."""
    state: AnchorState
    start: int
    """Where the passage is today; of an orphan, where it was."""
    end: int
    file: Path = Path()
    """The user's file that holds it."""
    writable: bool = True
    """False if that file is damaged, or a copy: then it is shown, and never changed."""

    @property
    def is_of_article(self) -> bool:
        """Whether it is the note on a whole article, which has no passage."""
        return not self.annotation.id

    @property
    def is_orphan(self) -> bool:
        """Whether its passage is not found, or its article is gone."""
        return self.state is AnchorState.ORPHAN


class Choice(StrEnum):
    """What the reader decided about a block, against or ahead of the rules."""

    KEEP = "keep"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class BlockChoice:
    """The reader's own verdict on one block."""

    target: Target
    choice: Choice
