"""Near copies gathered into families: articles that stand together in a list. Pure.

A family has one head that the others are like; so a digest that holds three stories gathers these,
and not whatever is like one of them in turn.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.likeness import Likeness


class Pair(NamedTuple):
    """Two articles that are near copies, by their ids."""

    one: str
    other: str
    likeness: Likeness

    @property
    def turned(self) -> "Pair":
        """The same, seen from the other."""
        return Pair(self.other, self.one, self.likeness.turned)


@dataclass(frozen=True, slots=True)
class Families:
    """Which articles are near copies of which."""

    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """All ids of a family, its head first, by the id of each member."""
    likest: Mapping[str, Pair] = field(default_factory=dict)
    """The copy that an article has most in common with, by the id of the article, which comes first."""
    near: Mapping[str, Mapping[str, Pair]] = field(default_factory=dict)
    """All copies of an article, by its id and theirs."""

    def others(self, article_id: str) -> tuple[str, ...]:
        """Return the ids of the near copies of an article."""
        return tuple(one for one in self.members.get(article_id, ()) if one != article_id)

    def pair(self, article_id: str, other_id: str) -> Pair | None:
        """Return what an article has in common with another, or else with the likest of its copies."""
        return self.near.get(article_id, {}).get(other_id, self.likest.get(article_id))

    def all(self) -> tuple[tuple[str, ...], ...]:
        """Return the families, in the order of the ids of their heads."""
        return tuple(sorted(set(self.members.values())))


def families_of(pairs: Iterable[Pair]) -> Families:
    """Gather near copies; the same pairs in any order make the same families."""
    near: dict[str, dict[str, Pair]] = {}
    for pair in sorted(pairs):
        for seen in (pair, pair.turned):
            near.setdefault(seen.one, {})[seen.other] = seen
    likest = {one: _likest(tuple(others.values())) for one, others in near.items()}
    heads = _heads(near)
    for one in near:
        # Whose copies all went to other families goes with the likest of them.
        heads.setdefault(one, heads.get(likest[one].other, one))
    return Families(_members(heads), likest, near)


def _likest(pairs: Sequence[Pair]) -> Pair:
    return max(pairs, key=lambda pair: (pair.likeness.share, pair.likeness.common, pair.other))


def _heads(near: Mapping[str, Mapping[str, Pair]]) -> dict[str, str]:
    """Name the head of each article: whoever has most copies that are still without one comes first."""
    heads: dict[str, str] = {}
    waiting = [(-len(others), one) for one, others in near.items()]
    heapq.heapify(waiting)
    while waiting:
        count, one = heapq.heappop(waiting)
        free = [other for other in near[one] if other not in heads]
        if one in heads or not free:
            continue
        if len(free) < -count:
            heapq.heappush(waiting, (-len(free), one))
            continue
        heads |= dict.fromkeys((one, *free), one)
    return heads


def _members(heads: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    by_head: dict[str, list[str]] = {}
    for one, head in sorted(heads.items()):
        by_head.setdefault(head, []).append(one)
    return {
        one: (head, *(other for other in ones if other != head))
        for head, ones in by_head.items()
        for one in ones
    }
