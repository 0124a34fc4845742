"""Which article of today each of the user's files is about."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from threading import Lock

from reader.anchoring import locate_among
from reader.annotations import ArticleRecord
from reader.library import Library
from reader.model import Summary
from reader.notebook.answers import Answers, digest_of
from reader.tracing import Trail, stands_in, trace, trace_by_quotes


class Homes:
    """Finds the article of a file; remembers what it found.

    Args:
        library: The articles of today.
        answers: What was found before.
    """

    def __init__(self, library: Library, answers: Answers) -> None:
        self._library = library
        self._answers = answers
        self._became: Mapping[str, str] = {}
        self._home_of: dict[Path, str] = {}
        self._records_of: dict[str, tuple[ArticleRecord, ...]] = {}
        self._changed: tuple[ArticleRecord, ...] = ()
        self._ids_by_path: dict[str, tuple[str, ...]] = {}
        self._turn = Lock()  # of who takes note of what the files say

    def learn(self, became: Mapping[str, str]) -> bool:
        """Be told what articles that are gone became, by old ids. Returns whether a file waits for it."""
        self._became = became
        return any(not self.of(one) and one.article_id in became for one in self._changed)

    def became(self, article_id: str) -> str:
        """Return what an article that is gone became, as far as that was learned; "" if it is not known."""
        return self._became.get(article_id, "")

    def settle(self, records: Sequence[ArticleRecord]) -> None:
        """Find the article of each file: by its id and its traces, then by its words.

        The words are looked for in the articles that its source holds now, since a file may be
        cut another way, and then in all that no other file is about. `regroup` is to follow.
        """
        summaries = self._library.summaries()
        ids = {one.id for one in summaries}
        trails = {record.file: _trail(record) for record in records}
        homes = trace(tuple(trails.values()), summaries, self._stands)
        homes |= {
            one.file: self._became[one.article_id]
            for one in records
            if one.file not in homes and self._became.get(one.article_id) in ids
        }
        self._ids_by_path = _by_path(summaries) if any(_is_changed(one, homes) for one in records) else {}
        lost = [one for one in records if one.file not in homes and one.annotations]
        homes |= {one.file: home for one in lost if (home := self._holding_most(one))}
        lost = [one for one in lost if one.file not in homes]
        if lost:
            free = frozenset(ids) - set(homes.values())
            mark = digest_of(*sorted(free))
            homes |= {one.file: home for one in lost if (home := self._search(trails[one.file], free, mark))}
        self._home_of = homes
        self._answers.keep()

    def regroup(self, latest: Callable[[], Sequence[ArticleRecord]]) -> None:
        """Take note of what the files say now, after one of them was written.

        Args:
            latest: Returns it. Asked when no other thread takes note: what is newer is never overwritten.
        """
        with self._turn:
            self._group(latest())

    def _group(self, records: Sequence[ArticleRecord]) -> None:
        by_article: defaultdict[str, list[ArticleRecord]] = defaultdict(list)
        for record in records:
            if record.file not in self._home_of and self._library.summary(record.article_id):
                self._home_of[record.file] = record.article_id  # a file that was just made
            if home := self._home_of.get(record.file, ""):
                by_article[home].append(record)
        self._records_of = {home: _own_first(home, ones) for home, ones in by_article.items()}
        self._changed = tuple(one for one in records if _is_changed(one, self._home_of))

    def of(self, record: ArticleRecord) -> str:
        """Return the id of the article that a file is about; "" if it is gone."""
        return self._home_of.get(record.file, "")

    def records_of(self, article_id: str) -> tuple[ArticleRecord, ...]:
        """Return the files about an article, the one that bears its id first."""
        return self._records_of.get(article_id, ())

    @property
    def changed(self) -> tuple[ArticleRecord, ...]:
        """The files that were written, in part at least, on another text than stands today."""
        return self._changed

    def candidates(self, record: ArticleRecord) -> tuple[str, ...]:
        """Return the articles that may hold the passages of a file: the one it is about, "" if that is gone.

        Then, if it was written on another text, the others that its source holds now.
        """
        home = self.of(record)
        if not _is_changed(record, self._home_of):
            return (home,)
        summary = self._library.summary(home) if home else None
        return (
            home,
            *(one for one in self._held_by(summary.path if summary else record.path) if one != home),
        )

    def _held_by(self, path: str) -> tuple[str, ...]:
        return self._ids_by_path.get(path, ())

    def _holding_most(self, record: ArticleRecord) -> str:
        """Find the article of its source that holds more than half of the passages of a file; "" if none."""
        ids = self._held_by(record.path)
        question = f"most {digest_of(_trail(record), ids)}" if ids else ""
        if question and (known := self._answers.get(question)) is None:
            articles = [article for one in ids if (article := self._library.article(one))]
            targets = [one.target for one in record.annotations]
            found = locate_among([one.text for one in articles], targets)
            counts = Counter(articles[one[0]].id for one in found if one)
            known = next((home for home, count in counts.items() if 2 * count > len(targets)), "")
            self._answers.put(question, known)
        return known or "" if question else ""

    def _search(self, trail: Trail[Path], free: frozenset[str], mark: str) -> str:
        """Look for the article of a file by its quotes, in all articles that no other file is about."""
        question = f"search {digest_of(trail, mark)}"
        known = self._answers.get(question)
        if known is None:
            articles = ((one, found.text) for one in sorted(free) if (found := self._library.article(one)))
            known = trace_by_quotes(trail, articles) or ""
            self._answers.put(question, known)
        return known

    def _stands(self, trail: Trail[Path], article_id: str) -> bool:
        question = f"stands {digest_of(trail, article_id)}"
        known = self._answers.get(question)
        if known is None and trail.quotes and (article := self._library.article(article_id)):
            known = "yes" if stands_in(trail, article.text) else ""
            self._answers.put(question, known)
        return bool(known)


def _is_changed(record: ArticleRecord, homes: Mapping[Path, str]) -> bool:
    return homes.get(record.file) != record.article_id or bool(record.formerly)


def _by_path(summaries: Iterable[Summary]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in summaries:
        found[one.path].append(one.id)
    return {path: tuple(ids) for path, ids in found.items()}


def _trail(record: ArticleRecord) -> Trail[Path]:
    quotes = tuple(annotation.target.exact for annotation in record.annotations)
    return Trail(record.file, record.article_id, record.title, record.path, quotes)


def _own_first(article_id: str, records: Iterable[ArticleRecord]) -> tuple[ArticleRecord, ...]:
    return tuple(sorted(records, key=lambda one: (one.article_id != article_id, not one.writable, one.file)))
