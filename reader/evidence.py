"""What the library itself tells of its articles: the blocks that most articles of a source have.

It is kept in the catalogue. What came, went or changed marks its sources, and only those are weighed
again: nothing is done at a start where no file changed.
"""

from collections.abc import Callable, Iterator, Mapping

from reader.catalogue import traces_in
from reader.model import Article, Ledger, Trace
from reader.recurring import Seen, apply_recurring, recurring
from reader.shadows import Database

SAMPLE = 500  # articles of a source that are looked at; 100,000 in one folder would be read at each change


def places_of(article: Article) -> frozenset[str]:
    """Return the sources that an article may be told to come from: its host, its publisher, its folder."""
    folder, slash, _ = article.path.rpartition("/")
    host = article.url.partition("://")[2].partition("/")[0].lower()
    told = {"on": host, "by": article.source.lower(), "in": f"{folder}/" if slash else ""}
    return frozenset(f"{kind} {name}" for kind, name in told.items() if name)


class Evidence:
    """What recurs in the sources of one library.

    Every method raises `ShadowLost` when the database turns out to be damaged or locked.

    Args:
        database: That of the catalogue, where it is kept.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def traces(self, article_id: str) -> tuple[Trace, ...]:
        """Return what is remembered of the blocks of an article."""
        rows = self._database.rows("SELECT blocks FROM trace WHERE id = ? LIMIT 1", article_id)
        return traces_in(rows[0][0]) if rows else ()

    def places(self, article_id: str) -> frozenset[str]:
        """Return the sources of an article."""
        rows = self._database.rows("SELECT place FROM trace WHERE id = ?", article_id)
        return frozenset(place for (place,) in rows)

    def laid_over(
        self, ledger: Ledger, traces: Callable[[], tuple[Trace, ...]], places: frozenset[str]
    ) -> Ledger:
        """Hide what recurs in the sources of an article, over the verdicts by the rules.

        Args:
            ledger: These verdicts.
            traces: Returns what is remembered of its blocks; asked for if anything recurs there at all.
            places: Its sources; of several the one with more such articles counts.
        """
        rows = [row for place in sorted(places) for row in self._seen_at(place)]
        if not rows:
            return ledger
        seen = {key: Seen(articles, of) for key, articles, of in sorted(rows, key=lambda row: row[1])}
        return apply_recurring(ledger, traces(), seen)

    def others_with(self, article_id: str, key: int) -> tuple[str, ...]:
        """Return the ids of the other articles of its sources that hold a block."""
        places = self._database.rows(
            "SELECT place FROM recurring JOIN trace USING (place) WHERE id = ? AND key = ?", article_id, key
        )
        held = (one for (place,) in places for one, found in self._at(place) if _holds(found, {key}))
        return tuple(one for one in dict.fromkeys(held) if one != article_id)

    def weigh(self) -> Iterator[str]:
        """Weigh the sources anew in which something changed; yield the articles whose verdicts may differ."""
        for (place,) in self._database.rows("SELECT place FROM unweighed ORDER BY place"):
            yield from self._weigh(place)

    def _weigh(self, place: str) -> Iterator[str]:
        before = {key for key, _, _ in self._seen_at(place)}
        after = recurring([found for _, found in self._at(place, SAMPLE)])
        self._put(place, after)
        changed = before ^ after.keys()
        if changed:
            yield from (one for one, found in self._at(place) if _holds(found, changed))

    def _seen_at(self, place: str) -> list[tuple[int, int, int]]:
        return self._database.rows("SELECT key, articles, of FROM recurring WHERE place = ?", place)

    def _at(self, place: str, limit: int = -1) -> Iterator[tuple[str, tuple[Trace, ...]]]:
        """Return the articles of a source, each once however many files it stands in."""
        query = "SELECT id, min(blocks) FROM trace WHERE place = ? GROUP BY id ORDER BY id LIMIT ?"
        return ((one, traces_in(blocks)) for one, blocks in self._database.rows(query, place, limit))

    def _put(self, place: str, seen: Mapping[int, Seen]) -> None:
        with self._database.writing() as db:
            db.execute("DELETE FROM recurring WHERE place = ?", (place,))
            rows = [(place, key, *one) for key, one in seen.items()]
            db.executemany("INSERT INTO recurring VALUES (?, ?, ?, ?)", rows)
            db.execute("DELETE FROM unweighed WHERE place = ?", (place,))


def _holds(found: tuple[Trace, ...], keys: set[int]) -> bool:
    return any(trace.key in keys for trace in found)
