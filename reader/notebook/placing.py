"""Where the passages of the user's files stand today: looked for once, and known from then on."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from reader.anchoring import CLEAR, locate_all, locate_among
from reader.annotations import ArticleRecord
from reader.library import Library
from reader.model import Article, Summary
from reader.notebook.answers import Answers
from reader.notebook.homes import Homes
from reader.passages import Anchored, AnchorState, Annotation, Placed, Target

_SURE = 0.95  # score of a passage that no other article can hold better

_STATES = {str(state): state for state in AnchorState}
"""By their names: to make an enumeration's value of each takes longer than to read it."""

_Name = tuple[str, str]  # title and path of an article


class Found(NamedTuple):
    """Where a target stands."""

    checksum: int
    """Of the target that was looked for."""
    article_id: str
    """The article that holds it; "" if none of the candidates does."""
    start: int
    end: int
    state: AnchorState


class Look(NamedTuple):
    """What a look for the passages of a file brought."""

    candidates: tuple[str, ...]
    """The articles that were looked into; an id names a text."""
    found: Mapping[str, Found]
    """By the id of the annotation."""


class _Placing(NamedTuple):
    """The annotations of a file in their places, and what that followed from."""

    record: ArticleRecord
    candidates: tuple[str, ...]
    names: tuple[_Name | None, ...]
    placed: tuple[Placed, ...]


class Places:
    """Finds the places of passages; remembers what it found, also for the next start.

    Args:
        library: The articles of today.
        homes: Which of them each file is about.
        answers: Where it is kept what was found.
    """

    def __init__(self, library: Library, homes: Homes, answers: Answers) -> None:
        self._library = library
        self._homes = homes
        self._answers = answers
        self._looks: dict[Path, Look] = {}
        self._sought: dict[Path, dict[str, Annotation]] = {}
        """What the last look at a file was for, by id: what stands as it stood needs no other."""
        self._unkept: dict[Path, Look] = {}
        self._placings: dict[Path, _Placing] = {}

    def within(self, article: Article) -> tuple[Placed, ...]:
        """Place what stands in an article, and what was lost from it: by place, orphans last."""
        own = self._homes.records_of(article.id)
        strays = (one for one in self._homes.changed if article.id in self._homes.candidates(one)[1:])
        names = {article.id: (article.title, article.path)}
        placed = [
            one
            for record in (*own, *strays)
            for one in self._placed_by(record, self._looked(record, article), names)
            if one.article_id == article.id
        ]
        return tuple(sorted(placed, key=lambda one: (one.is_orphan, one.start, one.end)))

    def everywhere(self, records: Iterable[ArticleRecord], summaries: Iterable[Summary]) -> Iterator[Placed]:
        """Place the annotations of some files.

        A passage is looked for once in the text that its article has; what was found holds as
        long as neither changes. 10,000 annotations that are known are placed in 40 ms at first,
        and in 3 ms from then on.

        Args:
            records: What the files say.
            summaries: All articles of today.
        """
        names = {one.id: (one.title, one.path) for one in summaries}
        for record in records:
            if record.annotations:
                yield from self._placed(record, names)
        self.keep()

    def look(self, records: Iterable[ArticleRecord]) -> int:
        """Look for the passages of some files. Returns how many are lost that were not lost before."""
        lost = 0
        for record in records:
            before = self._last_look(record)
            known = {key for key, one in before.found.items() if not one.article_id} if before else ()
            found = self._looked(record).found
            lost += sum(not one.article_id and key not in known for key, one in found.items())
        self.keep()
        return lost

    def keep(self) -> None:
        """Keep what was found for the next start. Not after each change: of 2,000 annotations it is 5 ms."""
        unkept, self._unkept = self._unkept, {}
        for file, look in unkept.items():
            self._answers.put(_question(file), _as_text(look))
        self._answers.keep()

    def known_orphans(self, record: ArticleRecord) -> int:
        """Count the annotations of a file that were looked for in vain; reads no article."""
        look = self._known_look(record, self._homes.candidates(record))
        found = (look.found.get(one.id) for one in record.annotations)
        return sum(one is not None and not one.article_id for one in found)

    def article_of(self, record: ArticleRecord, annotation: Annotation) -> str:
        """Return the article that an annotation stands in, as far as is known; "" if it is gone."""
        home, *others = candidates = self._homes.candidates(record)
        known = self._known_look(record, candidates).found.get(annotation.id) if others else None
        return (known.article_id if known else "") or home

    # Within

    def _placed(self, record: ArticleRecord, names: Mapping[str, _Name]) -> tuple[Placed, ...]:
        candidates = self._homes.candidates(record)
        named = tuple(names.get(one) for one in candidates)
        known = self._placings.get(record.file)
        if known and known.record is record and known[1:3] == (candidates, named):
            return known.placed
        look = self._looked(record)
        placed = tuple(self._placed_by(record, look, names))
        if len(look.found) == len(record.annotations):
            self._placings[record.file] = _Placing(record, candidates, named, placed)
        return placed

    def _placed_by(self, record: ArticleRecord, look: Look, names: Mapping[str, _Name]) -> Iterator[Placed]:
        home, known, file, writable = self._homes.of(record), look.found.get, record.file, record.writable
        own = (record.title, record.path)
        for one in record.annotations:
            _, there, start, end, state = known(one.id) or _unread(record, home, one.target)
            there = there or home
            title, path = names.get(there, own)
            yield Placed(one, there, title, path, state, start, end, file, writable)

    def _looked(self, record: ArticleRecord, open_now: Article | None = None) -> Look:
        """Look for those annotations of a file that were not looked for yet in the texts of today."""
        candidates = self._homes.candidates(record)
        sought = self._sought.get(record.file, {})  # before what is known: another thread may look, too
        known = self._known_look(record, candidates)
        kept = {
            one.id: found
            for one in record.annotations
            if (found := known.found.get(one.id))
            and (_is_as_sought(one, sought.get(one.id)) or found.checksum == _checksum(one.target))
        }
        new = [one for one in record.annotations if one.id not in kept]
        texts = self._texts(candidates, open_now) if new else None
        if texts is not None:
            targets = [one.target for one in new]
            places = zip(new, _found(candidates[0], targets, texts), strict=True)
            kept |= {
                one.id: Found(_checksum(one.target), there, *_place(one.target, at))
                for one, (there, at) in places
            }
        look = known
        if kept != known.found:
            look = self._looks[record.file] = self._unkept[record.file] = Look(candidates, kept)
        self._sought[record.file] = {one.id: one for one in record.annotations}  # and behind what was found
        return look

    def _known_look(self, record: ArticleRecord, candidates: tuple[str, ...]) -> Look:
        """Return what is known of a file; nothing, if it was looked for in other texts."""
        look = self._last_look(record)
        return look if look and look.candidates == candidates else Look(candidates, {})

    def _last_look(self, record: ArticleRecord) -> Look | None:
        if record.file not in self._looks and (text := self._answers.get(_question(record.file))):
            self._looks[record.file] = _from_text(text)
        return self._looks.get(record.file)

    def _texts(self, ids: Sequence[str], open_now: Article | None) -> dict[str, str] | None:
        """Return texts by id; None if one of them cannot be read now."""
        texts: dict[str, str] = {}
        for one in filter(None, ids):
            article = open_now if open_now and open_now.id == one else self._library.article(one)
            if article is None:
                return None
            texts[one] = article.text
        return texts


def _found(
    home: str, targets: Sequence[Target], texts: Mapping[str, str]
) -> list[tuple[str, Anchored | None]]:
    """Find targets in the article of their file; else, and if clearly better, in one beside it."""
    nothing: tuple[Anchored | None, ...] = (None,) * len(targets)
    here = locate_all(texts[home], targets) if home else nothing
    others = [one for one in texts if one != home]
    strays = [at for at, one in enumerate(here) if one is None or one.score < _SURE] if others else []
    found: list[tuple[str, Anchored | None]] = [(home if one else "", one) for one in here]
    among = locate_among([texts[one] for one in others], [targets[at] for at in strays])
    for at, there in zip(strays, among, strict=True):
        own = here[at]
        if there and (own is None or there[1].score > own.score + CLEAR):
            found[at] = (others[there[0]], there[1])
    return found


def _place(target: Target, anchored: Anchored | None) -> tuple[int, int, AnchorState]:
    """Say where a target is; an orphan stays where it was."""
    if anchored is None:
        return target.start, target.end, AnchorState.ORPHAN
    return anchored.start, anchored.end, anchored.state


def _unread(record: ArticleRecord, home: str, target: Target) -> Found:
    """Believe a file whose article cannot be read now, if it was written on the text of today."""
    is_sure = home == record.article_id and not record.formerly
    state = AnchorState.EXACT if is_sure else AnchorState.ORPHAN
    return Found(0, home if is_sure else "", target.start, target.end, state)


def _is_as_sought(one: Annotation, sought: Annotation | None) -> bool:
    """Tell whether an annotation points where it did: told in a fifth of the time that a checksum takes."""
    return one is sought or (sought is not None and one.target == sought.target)


def _checksum(target: Target) -> int:
    said = f"{target.start} {target.end} {target.exact}\0{target.prefix}\0{target.suffix}"
    return crc32(said.encode("utf-8", "surrogatepass"))


def _question(file: Path) -> str:
    return f"places {file.name}"


def _as_text(look: Look) -> str:
    return json.dumps([look.candidates, look.found])


def _from_text(text: str) -> Look:
    candidates, found = json.loads(text)
    places = {
        one: Found(checksum, there, start, end, _STATES[state])
        for one, (checksum, there, start, end, state) in found.items()
    }
    return Look(tuple(candidates), places)
