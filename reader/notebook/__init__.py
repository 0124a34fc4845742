"""Everything a reader makes of articles: highlights, notes, tags, stars, choices about blocks.

`contents` reads, `book` has the verbs that change, `homes` tells which article a file is
about and where its passages stand today, `kinds` how changes are undone; `tagging` and
`narrowing` are pure.
"""

from reader.annotations import CORRECTABLE, Trashed
from reader.notebook.book import Notebook
from reader.notebook.contents import About, Amounts, Counts
from reader.notebook.narrowing import Folded, narrow
from reader.notebook.tagging import (
    Branch,
    Retagging,
    Tagged,
    bearing,
    branches,
    by_tag,
    companions,
    merged,
    outer_tags,
    parse_tags,
    retagged,
    tag_counts,
    typed_tags,
)
from reader.tags import NESTS, clean_tags, is_within

__all__ = [
    "CORRECTABLE",
    "NESTS",
    "About",
    "Amounts",
    "Branch",
    "Counts",
    "Folded",
    "Notebook",
    "Retagging",
    "Tagged",
    "Trashed",
    "bearing",
    "branches",
    "by_tag",
    "clean_tags",
    "companions",
    "is_within",
    "merged",
    "narrow",
    "outer_tags",
    "parse_tags",
    "retagged",
    "tag_counts",
    "typed_tags",
]
