"""Everything the reader made, gathered by article, for exporters."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from reader.annotations import ArticleRecord
from reader.exporters import Section
from reader.model import Summary
from reader.notebook.contents import About, Contents
from reader.passages import Placed


def gather(contents: Contents, summaries: Iterable[Summary]) -> tuple[Section, ...]:
    """Gather what was made of each article, if anything was.

    Args:
        contents: What stands in the user's files.
        summaries: All articles, in the order of the library, as the reader has them.

    Returns:
        The articles in their order, then those that are gone, by title.
    """
    by_article: defaultdict[str, list[Placed]] = defaultdict(list)
    by_lost_file: defaultdict[Path, list[Placed]] = defaultdict(list)
    for one in contents.all():
        (by_article[one.article_id] if one.article_id else by_lost_file[one.file]).append(one)
    found = (_section(one, contents.about(one.id), by_article[one.id]) for one in summaries)
    lost = sorted(contents.lost(), key=lambda record: (record.title, record.file))
    gone = (_lost_section(record, by_lost_file[record.file]) for record in lost)
    return tuple(one for one in (*found, *gone) if one.annotations or one.says_something)


def _section(summary: Summary, about: About, placed: Sequence[Placed]) -> Section:
    return Section(
        article_id=summary.id,
        title=summary.title,
        path=summary.path,
        source=summary.source,
        author=summary.author,
        date=summary.date,
        starred=about.starred,
        tags=about.tags,
        note=about.note,
        corrections=about.corrections,
        annotations=tuple(placed),
    )


def _lost_section(record: ArticleRecord, placed: Sequence[Placed]) -> Section:
    section = Section(
        article_id=record.article_id,
        title=record.title,
        path=record.path,
        starred=record.starred,
        tags=record.tags,
        note=record.note,
        corrections=record.corrections,
        annotations=tuple(placed),
        is_lost=True,
    )
    return replace(section, **dict[str, Any](record.corrections))
