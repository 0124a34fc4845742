"""Which articles of a library are near copies: of those that came, found when a sync ends.

What is compared are the sketches in the catalogue; no article is read for it. Only articles that
came or changed are compared with the others, and each pair that was found stays in the catalogue.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from reader.catalogue import anchors_in
from reader.families import Families, Pair, families_of
from reader.likeness import Likeness, Sketch, candidates, likeness
from reader.shadows import Database

_AT_HAND = 256  # sketches that are kept while pairs are compared, which come in the order of their first
_FORGET = (
    "DELETE FROM near_copy WHERE one IN (SELECT id FROM uncompared) OR other IN (SELECT id FROM uncompared)"
    " OR one NOT IN (SELECT id FROM sketch) OR other NOT IN (SELECT id FROM sketch)"
)


class Copies:
    """The near copies of one library.

    Every method raises `ShadowLost` when the database turns out to be damaged or locked.

    Args:
        database: That of the catalogue, where they are kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def families(self) -> Families:
        """Return which articles are near copies of which."""
        rows = self._database.rows("SELECT * FROM near_copy")
        return families_of(Pair(one, other, Likeness(*counts)) for one, other, *counts in rows)

    def sketch(self, article_id: str) -> Sketch | None:
        """Return what is remembered of the words of an article; None if nothing is."""
        rows = self._database.rows("SELECT words, anchors FROM sketch WHERE id = ?", article_id)
        return Sketch(rows[0][0], tuple(anchors_in(rows[0][1]))) if rows else None

    def anchors(self) -> dict[str, Sequence[int]]:
        """Return the anchors of all articles, by their ids."""
        return {one: anchors_in(held) for one, held in self._database.rows("SELECT id, anchors FROM sketch")}

    def compare_rest(self) -> None:
        """Compare what a sync that was stopped has left; mostly nothing."""
        if self._fresh():
            self.compare()

    def compare(self) -> None:
        """Compare what came or changed since the last time with all others, and keep what is near."""
        fresh = self._fresh()
        found = tuple(self._found(fresh)) if fresh else ()
        with self._database.writing() as db:
            db.execute(_FORGET)
            db.executemany(
                "INSERT OR REPLACE INTO near_copy VALUES (?, ?, ?, ?, ?, ?)",
                ((pair.one, pair.other, *pair.likeness) for pair in found),
            )
            db.executemany("DELETE FROM uncompared WHERE id = ?", ((one,) for one in fresh))

    def _fresh(self) -> frozenset[str]:
        rows = self._database.rows("SELECT id FROM uncompared JOIN sketch USING (id)")
        return frozenset(one for (one,) in rows)

    def _found(self, fresh: frozenset[str]) -> Iterator[Pair]:
        sketch = lru_cache(_AT_HAND)(self.sketch)
        for one, other in candidates(self.anchors(), fresh):
            found, found_other = sketch(one), sketch(other)
            if found and found_other and (common := likeness(found, found_other)).is_near:
                yield Pair(one, other, common)
