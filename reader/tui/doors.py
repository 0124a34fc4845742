"""The doors between the rooms: a room asks for another here, and knows neither its class nor who opens it.

The app opens them. It alone knows all rooms, and loads each when it is first entered; so no room
imports one that stands above it, and none is loaded before it is wanted.
"""

from typing import Protocol

from reader.model import Span
from reader.passages import Placed

Goal = Placed | Span
"""What a reader comes to an article for: an annotation, or a span of the text."""


class Doors(Protocol):
    """Where a room leads to. Each opens another room above the one that the reader is in."""

    async def read(
        self, article_id: str, siblings: tuple[str, ...] = (), passage: Goal | None = None
    ) -> None:
        """Open an article.

        Args:
            article_id: What to read.
            siblings: Ids of all articles that can be reached from it, in their order.
            passage: Where to begin, if not where the reader left it.
        """

    async def show_notes(self, query: str = "") -> None:
        """Show the highlights and notes that a query asks for; "" for all."""

    async def show_tags(self) -> None:
        """Show the tags."""

    async def search(self, query: str = "") -> None:
        """Search everything; for a query at first."""
