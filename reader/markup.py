"""What a source says beyond its words: marks on them, where blocks stand in a page, and what it is.

Frozen values, as in `model`, which they are a part of.
"""

from enum import StrEnum
from typing import NamedTuple

LETTER = "@letter"
"""Name around all blocks of a letter: it has a reader, and no menus."""

UNSEEN = "!unseen"
"""Name around a block that the page itself does not show."""


class MarkKind(StrEnum):
    """What a mark inside a block says of its words."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    LINK = "link"


class Mark(NamedTuple):
    """Some words inside a block that the source sets apart."""

    kind: MarkKind
    start: int
    """In code points from the beginning of the block."""
    end: int
    href: str = ""
    """Of a link: where it leads, as the source writes it."""


class Markup(NamedTuple):
    """What the markup around a block says of it: evidence for the judge, nothing that is shown."""

    tag: str
    """Of the innermost element that is no part of a line: "p", "li", "div"."""
    link_density: float
    """Share of its letters that are links, 0 to 1."""
    around: tuple[str, ...]
    """Names of the elements around it: "<nav>", "@main" for a role, words of classes and ids.
    Those of an element that begins its line stand first, up to a "|"."""
    boxes: tuple[int, ...]
    """Numbers of the elements around it, the nearest first: blocks that share one stand together."""


def is_unseen(markup: Markup | None) -> bool:
    """Tell whether a block is one that the page itself does not show."""
    return markup is not None and UNSEEN in markup.around


class Metadata(NamedTuple):
    """What a source says about itself; "" where it is silent."""

    title: str = ""
    author: str = ""
    """Names, separated by "; "."""
    date: str = ""
    """ISO 8601."""
    site: str = ""
    """Who published it."""
    lang: str = ""
    """ISO 639-1 code."""
    url: str = ""
    """Where it stands on the web; http or https."""
