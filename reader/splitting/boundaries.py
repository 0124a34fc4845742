"""Where the articles of a file begin.

A dump sets its titles apart in one way or another (see `styles`), and always in the same. A way
is believed only if it finds two titles or more, each with an article's worth of text below.
When in doubt a file is one article: a torn article is worse than a long one.
"""

import re
from typing import NamedTuple

from reader.model import Source
from reader.splitting.shapes import is_prose
from reader.splitting.styles import HASHTAGS, MANY, SECTION, STYLES, Page, ending_of, template

HEADER = 300  # code points that may stand before the first title
AGREEMENT = 0.8  # share of titles that must have so much below

_CHAPTER = re.compile(r"[^\W\d_]{2,12}\s+(?:\d+|[IVXLC]+)\b[.:]?", re.IGNORECASE)


class Start(NamedTuple):
    """Where an article begins."""

    block: int
    """Its first block."""
    title: int | None
    """The block that is its title; None if nothing sets one apart."""


def starts_of(source: Source) -> tuple[Start, ...]:
    """Find where the articles of a source begin.

    Returns:
        One start or more, in order; the first at block 0, whatever stands before the
        first title.
    """
    page = Page(source)
    if not page.blocks:
        return (Start(0, None),)
    for style in STYLES:
        titles = style(page)
        if _is_plausible(page, titles):
            return _with_untitled(page, titles)
    return (Start(0, None),)


def _is_plausible(page: Page, titles: list[int]) -> bool:
    if not 2 <= len(titles) <= MANY or page.blocks[titles[0]].start > HEADER:
        return False
    if any(is_prose(page.text(index)) for index in range(titles[0])):
        return False  # an article has begun already
    enough = sum(page.length_between(start, end) >= SECTION for start, end in page.sections(titles))
    if enough < AGREEMENT * len(titles):
        return False
    return not all(_CHAPTER.match(page.text(title)) for title in titles)


def _with_untitled(page: Page, titles: list[int]) -> tuple[Start, ...]:
    """Add the articles without a title: what follows the hashtags that end each, and is no title."""
    starts = {title: Start(title, title) for title in titles}
    del starts[titles[0]]
    starts[0] = Start(0, titles[0])
    if template(page, titles) == HASHTAGS:
        for index in range(titles[0], len(page.blocks) - 1):
            if index + 1 not in starts and ending_of(page, index) == HASHTAGS:
                starts[index + 1] = Start(index + 1, None)
    return tuple(starts[block] for block in sorted(starts))
