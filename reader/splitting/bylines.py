"""Who wrote a page and when, where it shows that near its headline and its metadata are silent.

Pages say it in a hundred ways: "By Jane Doe, staff writer • May 3, 2025", a name that leads to its bearer's
own page, an element that is called "byline". A missing name is better than a wrong one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.markup import MarkKind
from reader.model import Block
from reader.splitting.dates import date_in, numeric_date_in, without_dates
from reader.splitting.names import may_be_one_word, names_in

ABOVE, BELOW = 4, 14  # blocks around the headline that may hold a byline
LONGEST = 160  # code points of a line that is one
SHORT = 16  # words of it
NEAREST = 8  # names around a line that say what it is
LISTED = 2  # lines of one kind that are bylines; more of them are a list of articles

_SAID = re.compile(
    r"(?:^|[|•·–—]\s*|\d,?\s+|\b(?:written|words|text|story|posted|published)\s+)"
    r"(?:by|von|par|por|di|door|av|af|przez|autor(?:ka)?|author|автор|текст|γράφει [ηο]|מאת|بقلم|كتبت?)"
    r"\b\s*:?\s+(?P<names>\S.{2,90})"
    r"|^(?:作者|记者|文|取材・文)\s*[:：/／・]\s*(?P<one>\S{2,12})",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:(?:written|words|text|story|article|posted)\s+)?by\s*:?", re.IGNORECASE)
"""All of a line, if the name stands in the one below it."""
_PUBLISHED = re.compile(r"publi|posted|first|created|опублик|veröff|pubbl", re.IGNORECASE)
_UPDATED = re.compile(r"updat|modif|edited|revis|aktualis|обновл", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d+(?:[-–]\d+)?[- ]min(?:ute)?s?\b(?: read)?|\b(?:read(?:ing)? time|at \d+:\d\d)\b.*", re.IGNORECASE
)
_OWN_PAGE = re.compile(
    r"/(?:authors?|autor|people|person|contributors?|writers?|staff|team|experts?|by|bio|profiles?)/[^/]"
    r"|[?&]author=",
    re.IGNORECASE,
)
_NAMED = re.compile(r"author|byline|^writer$|^creator$|^<address>$")
_WRITTEN = re.compile(r"(?:written|text|words) by\b", re.IGNORECASE)
_DATED = re.compile(r"^(?:=?date|dateline|=?datepublished|publish(?:ed)?|posted|pubdate|timestamp)$")
_ELSEWHERE = frozenset(
    (
        "<nav>", "<footer>", "!unseen", "nav", "menu", "related", "recommended", "popular", "comment",
        "comments", "sidebar", "card", "cards", "teaser", "latest", "trending", "reply", "next", "prev",
    )
)  # fmt: skip


class Byline(NamedTuple):
    """What a page shows of its article."""

    author: str = ""
    date: str = ""


class _Line(NamedTuple):
    """A line that may be a byline, or a part of one."""

    text: str
    block: Block
    kind: tuple[str, ...]
    """Names of the nearest elements around it."""
    day: str
    """The date in it, if there is one."""
    for_author: bool
    """It, or an element around it, says that it names the author."""
    for_date: bool
    is_name: bool
    """An element around it is called after a name, so that one word may be one."""


def read_byline(blocks: Sequence[Block], texts: Sequence[str], title: int | None, lang: str) -> Byline:
    """Read the byline of a page.

    Args:
        blocks: All blocks of the page.
        texts: Their words.
        title: Index of its headline; None if it does not stand in the page.
        lang: Its language, which says how it writes a date in numbers.
    """
    lines = dict(_lines(blocks, texts, lang))
    around = (
        [*range(title + 1, title + BELOW + 1), *range(title - 1, title - ABOVE - 1, -1)]
        if title is not None
        else []
    )
    near = [lines[at] for at in around if at in lines]
    named = _alone(line for line in lines.values() if line.for_author)
    dated = _alone(line for line in lines.values() if line.for_date and line.day)
    return Byline(_author(near, named), _date(near) or _date(dated))


def _lines(blocks: Sequence[Block], texts: Sequence[str], lang: str) -> Iterator[tuple[int, _Line]]:
    above = ""
    for at, block in enumerate(blocks):
        if block.end - block.start > LONGEST or block.markup is None:
            continue
        text, around = texts[at], block.markup.around
        if len(text.split()) <= SHORT and _ELSEWHERE.isdisjoint(around):
            yield at, _line(text, block, around, lang, is_signed=_BY.fullmatch(above) is not None)
        above = text


def _line(text: str, block: Block, around: Sequence[str], lang: str, *, is_signed: bool) -> _Line:
    bar = around.index("|") if "|" in around else 0
    kind = tuple(around[bar + 1 :][-NEAREST:])
    near = (*around[:bar], *kind)
    has_digits = any(map(str.isdecimal, text))
    day = (date_in(text) or numeric_date_in(text, lang)) if has_digits else ""
    for_author = any(map(_NAMED.search, near))
    return _Line(
        text,
        block,
        kind,
        day,
        for_author or is_signed or _WRITTEN.match(text) is not None,
        for_author or any(map(_DATED.match, near)),
        "name" in near,
    )


def _alone(lines: Iterable[_Line]) -> list[_Line]:
    """Leave out what is one of many: a list of articles names each one's author."""
    found = list(lines)
    times = Counter(line.kind for line in found)
    return [line for line in found if times[line.kind] <= LISTED]


def _author(near: Sequence[_Line], named: Sequence[_Line]) -> str:
    for way in (_said, _linked, _called):
        for line in near:
            names = way(line)
            if names:
                return "; ".join(names)
    said = [names for line in named if (names := _said(line) or _linked(line) or _called(line))]
    return "; ".join(said[0]) if said and all(names[0] == said[0][0] for names in said) else ""


def _said(line: _Line) -> list[str]:
    """Read "By Jane Doe, staff writer"."""
    match = _SAID.search(line.text)
    if match is None:
        return []
    one = match["one"] or ""
    return [one] if may_be_one_word(one) else names_in(_TIME.sub("", without_dates(match["names"] or "")))


def _linked(line: _Line) -> list[str]:
    """Read a name that leads to its bearer's own page."""
    links = [m for m in line.block.marks if m.kind is MarkKind.LINK and _OWN_PAGE.search(m.href)]
    return list(dict.fromkeys(name for m in links for name in names_in(line.text[m.start : m.end])))


def _called(line: _Line) -> list[str]:
    """Read the names in an element that is called after them."""
    if not line.for_author:
        return []
    said = _TIME.sub("", without_dates(line.text)).strip(" -–—|•·,:")
    return names_in(said) or ([said] if line.is_name and may_be_one_word(said) else [])


def _date(lines: Sequence[_Line]) -> str:
    """Choose the day of publication among lines with dates; one of an update is better than none."""
    dated = [line for line in lines if line.day]
    published = [line.day for line in dated if _PUBLISHED.search(line.text)]
    plain = [line.day for line in dated if not _UPDATED.search(line.text)]
    return next(iter((*published, *plain, *(line.day for line in dated))), "")
