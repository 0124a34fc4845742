"""The way through what a search found: article by article, and in each from passage to passage. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reader.model import Span
from reader.search.values import Hit


class Station(NamedTuple):
    """An article on the way."""

    article_id: str
    spans: tuple[Span, ...]
    """What was found in its text, in order, no two overlapping; () if only its title has the words."""


@dataclass(frozen=True, slots=True)
class Route:
    """The articles in which something was found, the best first."""

    query: str = ""
    stations: tuple[Station, ...] = ()
    fetched: int = 0
    """How many documents it leads through."""
    total: int = 0
    """How many were found."""

    @property
    def has_more(self) -> bool:
        """Whether more was found than was fetched."""
        return self.fetched < self.total

    def station(self, article_id: str) -> Station | None:
        """Return where an article stands on the way."""
        return next((one for one in self.stations if one.article_id == article_id), None)

    def beside(self, article_id: str, step: int) -> Station | None:
        """Return the station after an article, or before it; None at the ends."""
        ids = [one.article_id for one in self.stations]
        number = ids.index(article_id) + step if article_id in ids else -1
        return self.stations[number] if 0 <= number < len(ids) else None

    def count(self, article_id: str) -> str:
        """Say which of the articles this is: "2 of 5 articles", "5+" if more may come; "" for an only one."""
        ids = [one.article_id for one in self.stations]
        if article_id not in ids or (len(ids) < 2 and not self.has_more):
            return ""
        return f"{ids.index(article_id) + 1:,} of {len(ids):,}{'+' * self.has_more} articles"


def route_of(query: str, hits: Sequence[Hit], total: int) -> Route:
    """Lay the way through hits: an article and the notes on it are one station."""
    spans: dict[str, set[Span]] = {}
    for hit in hits:
        if hit.document.article_id:
            spans.setdefault(hit.document.article_id, set()).update(hit.passages)
    stations = (Station(identity, _apart(found)) for identity, found in spans.items())
    return Route(query, tuple(stations), len(hits), total)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Put spans in order; of those that overlap, the words are kept and the passage around them left out."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one[1], -one[0])):
        if span[0] < span[1] and (not kept or span[0] >= kept[-1][1]):
            kept.append(span)
    return tuple(kept)
