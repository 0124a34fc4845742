"""What an exporter is given: everything that the reader made, article by article."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.passages import Placed


@dataclass(frozen=True, slots=True)
class Section:
    """What the reader made of one article."""

    article_id: str
    """As it stands in the library; of a lost article, as it stood there."""
    title: str
    path: str
    source: str = ""
    author: str = ""
    date: str = ""
    starred: bool = False
    tags: tuple[str, ...] = ()
    """Of the whole article."""
    note: str = ""
    """On the whole article."""
    corrections: Mapping[str, str] = field(default_factory=dict)
    """What the reader knows better; `title` and the others say so already."""
    annotations: tuple[Placed, ...] = ()
    """In the order of the text; those whose passage is not found, where it was."""
    is_lost: bool = False
    """True if the article is no longer in the library."""

    @property
    def says_something(self) -> bool:
        """Whether the reader said anything of the article as a whole."""
        return bool(self.starred or self.tags or self.note or self.corrections)
