"""The source as it is, shown in place of the page: the way there, and back, at the same words. Pure."""

from dataclasses import dataclass

from reader.layout import offset_in_article, offset_in_source, source_article
from reader.model import Article
from reader.tui.reading.page_view import Place


@dataclass(frozen=True, slots=True)
class ShownSource:
    """A source that is shown."""

    page: Article
    """The article whose source it is."""
    article: Article
    """The source, in the form of an article."""
    left: Place
    """Where the reader was on the page."""
    begun: Place
    """Where the reader began in the source."""

    def back(self, place: Place) -> Place:
        """Return where on the page the reader goes on: where it was left, unless the reader moved since.

        Args:
            place: Where in the source the reader stands.
        """
        if place == self.begun:
            return self.left
        return Place(offset_in_article(self.page, self.article, place.offset))


def source_at(page: Article, text: str, left: Place) -> ShownSource:
    """Return the source of an article, from the words on that the reader is at.

    Args:
        page: The article.
        text: Its source.
        left: Where on the page the reader is.
    """
    source = source_article(page, text.expandtabs())
    return ShownSource(page, source, left, Place(offset_in_source(page, source, left.offset)))
