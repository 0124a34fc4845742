"""The judged set: a reader's notes on the seeds, what is asked of them, and what should come back.

`tests/samples/judged/README.md` says how it was judged. Here it becomes a workspace, and an
answer becomes a score.
"""

import json
import math
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any, NamedTuple

from reader.annotations import new_id
from reader.config import Config
from reader.workspace import Workspace
from tests.builders import places_in

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "samples" / "judged"
AT = 10  # ranks that a reader looks at
GAIN = {"wanted": 3.0, "also": 1.0}  # of nDCG: 2 ** grade - 1, for the grades 2 and 1
CONTEXT = 32  # code points each side of a quote


@dataclass(frozen=True, slots=True)
class Query:
    """A question, and the documents that answer it: keys of notes, and of articles with an "@"."""

    kind: str
    query: str
    wanted: tuple[str, ...]
    """What whoever asks is looking for."""
    also: tuple[str, ...]
    """What is about it too."""
    is_held_out: bool
    """Half of each kind is not looked at when the order is tuned."""

    @property
    def relevant(self) -> frozenset[str]:
        """All that should be found."""
        return frozenset((*self.wanted, *self.also))


class Score(NamedTuple):
    """How good an answer is; each from 0 to 1."""

    rank: float
    """One over the rank of the first that is wanted."""
    recall: float
    """The share of what is relevant among the first ten; of more than ten relevant ones, ten are enough."""
    gain: float
    """nDCG among the first ten."""


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation of the set."""

    key: str
    article: str
    quote: str
    note: str
    tags: tuple[str, ...]
    color: str
    day: str

    def id(self, number: int) -> str:
        """Return an id for the annotation; `number` tells it from the others of its day."""
        noon = datetime.fromisoformat(f"{self.day}T12:00:00").replace(tzinfo=UTC)
        return new_id(noon, lambda size: number.to_bytes(size, "big"))


class Judged(NamedTuple):
    """A workspace with the notes of the set, and its documents' keys by their ids."""

    workspace: Workspace
    keys: dict[str, str]

    def answer(self, query: str, *, is_misspelt: bool = False) -> list[str]:
        """Return the keys of what is found, the best first; of a misspelt query, of what is suggested."""
        answer = self.workspace.search(query, limit=AT)
        if is_misspelt and answer.suggestion:
            answer = self.workspace.search(answer.suggestion, limit=AT)
        return [self.keys[hit.document.id] for hit in answer.results.hits]


def queries() -> tuple[Query, ...]:
    """Return the questions; every second one of a kind is held out."""
    counts: dict[str, int] = {}
    found = []
    for row in _rows("queries"):
        counts[row["kind"]] = counts.get(row["kind"], 0) + 1
        is_held_out = counts[row["kind"]] % 2 == 0
        found.append(Query(row["kind"], row["query"], tuple(row["wanted"]), tuple(row["also"]), is_held_out))
    return tuple(found)


def notes() -> tuple[Note, ...]:
    """Return the annotations."""
    return tuple(Note(**row | {"tags": tuple(row["tags"])}) for row in _rows("notes"))


def open_judged(folder: Path) -> Judged:
    """Make a workspace of the seeds and the notes, and open it."""
    room = folder / "room"
    shutil.copytree(ROOT / "seeds", room / "seeds")
    (room / "annotations").mkdir()
    workspace = Workspace(room, places_in(folder), Config())
    workspace.sync()
    keys = dict(_write_notes(workspace, room / "annotations"))
    workspace.notebook.refresh()
    return Judged(workspace, keys)


def _write_notes(workspace: Workspace, folder: Path) -> Iterator[tuple[str, str]]:
    """Write the user's files; yield by the id of each document its key."""
    numbered = tuple(enumerate(notes()))
    for row in _rows("articles"):
        text = workspace.desk.open(row["id"]).article.text
        own = [(note.id(number), note) for number, note in numbered if note.article == row["key"]]
        slug, _, digest = row["id"].rpartition("-")
        path = folder / f"{slug}--{digest}.toml"
        path.write_text("\n".join((_head(row), *(_entry(*one, text) for one in own))), encoding="utf-8")
        yield row["id"], f"@{row['key']}"
        for identity, note in own:
            yield identity, note.key


def _head(row: dict[str, Any]) -> str:
    return _table(
        "version = 1\n\n[article]", id=row["id"], title=row["key"], tags=row["tags"], note=row["note"]
    )


def _entry(identity: str, note: Note, text: str) -> str:
    start = text.index(note.quote)
    end = start + len(note.quote)
    noted = f"{note.day}T12:00:00Z"
    about = {"color": note.color, "tags": note.tags, "body": note.note, "created": noted, "updated": noted}
    around = {"prefix": text[max(start - CONTEXT, 0) : start], "suffix": text[end : end + CONTEXT]}
    target = _table("[annotation.target]", exact=note.quote, **around, start=start, end=end)
    return f"{_table('[[annotation]]', id=identity, **about)}\n{target}"


def _table(head: str, **values: object) -> str:
    """Write a table; strings, numbers and lists of JSON are such of TOML."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join((head, *lines, ""))


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (FOLDER / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def score(query: Query, found: Sequence[str]) -> Score:
    """Judge an answer."""
    first = next((rank for rank, key in enumerate(found, 1) if key in query.wanted), math.inf)
    hits = len(query.relevant.intersection(found[:AT]))
    gains = [_gain(query, key) for key in found[:AT]]
    best = sorted((_gain(query, key) for key in query.relevant), reverse=True)[:AT]
    return Score(1 / first, hits / min(AT, len(query.relevant)), _discounted(gains) / _discounted(best))


def mean(scores: Collection[Score]) -> Score:
    """Return the mean of some scores."""
    return Score(*(fmean(column) for column in zip(*scores, strict=True)))


def _gain(query: Query, key: str) -> float:
    return GAIN["wanted"] if key in query.wanted else GAIN["also"] if key in query.also else 0.0


def _discounted(gains: Iterable[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
