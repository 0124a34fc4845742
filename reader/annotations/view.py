"""What all files say together: the record of each, and the file to write in about an article."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reader.annotations.reading import find, twin_of
from reader.annotations.records import ArticleRecord
from reader.annotations.shadow import Read
from reader.model import Problem
from reader.stamps import SETTLED, Stamp

MERGE = "`reader doctor --merge` puts both into one file"


@dataclass(frozen=True, slots=True)
class View:
    """What all files say together."""

    records: tuple[ArticleRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    paths: Mapping[str, Path] = field(default_factory=dict)
    """The file to write in about an article, by its id."""


def read(path: Path, stamp: Stamp) -> Read:
    """Read a file; one that was changed a moment ago may change again and keep its stamp."""
    is_sure = abs(time.time_ns() - stamp.mtime) >= SETTLED
    found = find(path)
    return Read(stamp if is_sure else None, found.record, found.problems)


def view_of(files: Mapping[str, Read], folder: Path) -> View:
    """Make records and problems of what was read of each file, by its name."""
    records: list[ArticleRecord] = []
    problems: list[Problem] = []
    paths: dict[str, Path] = {}
    for name in sorted(files):
        record, faults = files[name].record, files[name].problems
        what = ""
        if twin := twin_of(name):
            what = "a copy that a synchronisation left behind"
            record = _only_in_copy(record, files.get(twin))
        elif record and record.article_id in paths:
            what = f"about the same article as {paths[record.article_id].name}"
        elif record and record.writable:
            paths[record.article_id] = record.file
        problems += faults
        if what:
            problems.append(Problem(what, str(folder / name), MERGE))
        if record:
            records.append(record)
    return View(tuple(records), tuple(problems), paths)


def _only_in_copy(copy: ArticleRecord | None, twin: Read | None) -> ArticleRecord | None:
    """Return what a copy says that its twin does not: the annotations with other ids; None if nothing."""
    if copy is None:
        return None
    if twin is None or twin.record is None:
        return replace(copy, writable=False)
    known = {one.id for one in twin.record.annotations}
    only = tuple(one for one in copy.annotations if one.id not in known)
    if not only:
        return None
    return ArticleRecord(copy.article_id, copy.file, copy.title, copy.path, annotations=only, writable=False)
