"""Who wrote an article, for whom and when, where its own text tells.

An empty field is better than a wrong one.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reader.splitting.dates import date_in, day_in, month_number
from reader.splitting.names import are_capitalised, is_name
from reader.splitting.texts import BlockTexts

HEAD = 8  # blocks below the title that may hold a byline or a date
SHORT = 14  # words of a line that may be a date or a byline
COPYRIGHT = 60  # words of a copyright line
RIGHTS = 500  # code points of a copyright line
NAME = 2  # words; Mayer, Marlow and Julian begin as months do
DATELINE = 120  # code points in which a dateline ends
CLOSING = 80  # code points of the line that closes an entry of a live blog

_MAY_BE_DATELINE = re.compile("[/(–—]| - ")
_PLACE = r"(?P<place>[^\W\d_](?:[^\W\d_]|[.'’ -]){1,30}(?:, [^\W\d_]{2,20}\.?)??)"
_DAY = r"(?:, (?P<day>[^\W\d_]{3,12}\.? \d\d?|\d\d? [^\W\d_]{3,12}))?"
_WORD = r"[^\W\d_](?:[^\W\d_]|['’-])*"
_NAME = rf"{_WORD}\.?(?: {_WORD}\.?){{1,4}}?"
_BYLINE = re.compile(
    r"(?:by|von|par|por|di|door|author|autor|written by|автор)\s*:?\s+(?P<names>.{3,80}?)"
    r"(?=$|\s*[|•·(]|\s+[–—-]\s|,?\s+(?:in|for|published|updated)\b|,?\s+\d)",
    re.IGNORECASE,
)
_BY_AT_END = re.compile(r"\d.*\bby (?P<names>\D{3,60})$", re.IGNORECASE)
_AND = re.compile(r", | and | & |; | und | et | y | i ")
_SELF = re.compile(r"\b(?P<source>The [A-Z]\w+(?: [A-Z]\w+)?) is trusted by\b")


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Compile the forms of a dateline: half a millisecond each, so not before a text may have one."""
    return (
        # as TASS writes it, MOSCOW, February 9. /TASS/.
        re.compile(rf"{_PLACE}{_DAY}\.? ?/(?P<source>[\w-]{{2,20}})/\.?\s+"),
        # as Reuters and AP do, LONDON (Reuters) -
        re.compile(rf"{_PLACE}{_DAY} \((?P<source>[^\W\d_](?:[^\W\d_]|[ .-]){{1,24}})\)\s?[-–—]+\s*"),
        # and without a name, in capitals: NEW YORK, Jan 5 -
        re.compile(rf"{_PLACE}{_DAY}(?P<source>)\s[-–—]\s+"),
    )


@cache
def _copyright_line() -> re.Pattern[str]:
    """Compile the form of a copyright line."""
    return re.compile(
        r"(?:©|\(c\)|copyright)[\s©:]*(?:\(c\)\s*|copyright\s*)?(?P<year>(?:19|20)\d\d)[,.]?\s+(?:by\s+)?"
        r"(?P<source>[^\W\d_][\w&'’ -]*?)"
        r"(?=,|\.|;|\s(?:GmbH|Inc|LLC|Ltd|Pvt|AG|SA|Corp|unless|all rights)\b|$)",
        re.IGNORECASE,
    )


@cache
def _glued() -> re.Pattern[str]:
    """Compile the form of a line that closes an entry."""
    return re.compile(
        rf"(?P<author>{_NAME})\s?(?P<date>\d{{1,2}} [^\W\d_]{{3,12}} (?:19|20)\d\d)"
        r"\s+(?P<time>\d{1,2}[:.]\d\d)"
    )


class Metadata(NamedTuple):
    """What the text tells about itself."""

    source: str = ""
    author: str = ""
    date: str = ""


def read_metadata(texts: BlockTexts, title: int | None) -> Metadata:
    """Read who, for whom and when.

    Args:
        texts: The blocks of the article.
        title: Index of the title, if there is one.

    Returns:
        The date is the first of: a byline's, a date line's below the title, the
        dateline's, the year of a copyright line.
    """
    first = 0 if title is None else title + 1
    head = [text for text in texts[first : first + HEAD] if len(text) <= 200 and len(text.split()) <= SHORT]
    closings = [match for _, text in texts.short(CLOSING) if (match := closing_of(text))]
    dateline = next((match for text in texts[first : first + HEAD] if (match := dateline_of(text))), None)
    rights = _copyright(texts)
    day = day_in(dateline["day"]) if dateline and dateline["day"] else ""
    dates = [*(date_in(match["date"]) for match in closings), *map(date_in, head), day, rights.date]
    sources = [dateline["source"] if dateline else "", rights.source, _own_name(texts)]
    authors = dict.fromkeys([match["author"] for match in closings] or _authors(head))
    return Metadata(next(filter(None, sources), ""), "; ".join(authors), next(filter(None, dates), ""))


def closing_of(text: str) -> re.Match[str] | None:
    """Match the line that closes an entry of a live blog: "Alex Croft21 January 2025 10:45".

    Its groups are `author`, `date` and `time`.
    """
    if len(text) > CLOSING or not text[-1].isdecimal():
        return None
    match = _glued().fullmatch(text)
    return match if match and is_name(match["author"]) else None


def dateline_of(text: str) -> re.Match[str] | None:
    """Match the place and agency that a report begins with: "MOSCOW, February 9. /TASS/. "."""
    for pattern in _datelines() if _MAY_BE_DATELINE.search(text, 0, DATELINE) else ():
        match = pattern.match(text)
        if match and len(text) > match.end() + 20 and (match["place"].isupper() or _is_agency(match)):
            return match
    return None


def _is_agency(match: re.Match[str]) -> bool:
    return bool(match["source"]) and are_capitalised(match["place"]) and are_capitalised(match["source"])


def is_byline(text: str) -> bool:
    """Tell whether a line names the author, or when an article was published, and nothing else."""
    if len(text) > 120 or len(text.split()) > SHORT:
        return False
    return bool(closing_of(text) or _authors([text]) or date_in(text))


def _authors(head: Sequence[str]) -> list[str]:
    for text in head:
        match = _BYLINE.match(text) or _BY_AT_END.search(text)
        if match is None:
            continue
        is_dated = text[match.end("names") :].lstrip(" ,")[:1].isdigit()
        names = [_as_name(name, is_dated=is_dated) for name in _AND.split(match["names"])]
        if names and all(map(is_name, names)):
            return names
    return []


def _as_name(name: str, *, is_dated: bool) -> str:
    words = name.split()
    if (
        is_dated and len(words) > NAME and month_number(words[-1])
    ):  # "Erika Mustermann December 2, 2025", no Erika Mayer
        words.pop()
    return " ".join(words).title() if name.isupper() else " ".join(words)


def _copyright(texts: BlockTexts) -> Metadata:
    for _, text in texts.short(RIGHTS):
        if text[0] in "©(cC" and len(text.split()) <= COPYRIGHT:
            match = _copyright_line().match(text)
            if match:
                return Metadata(source=match["source"].strip(), date=match["year"])
    return Metadata()


def _own_name(texts: BlockTexts) -> str:
    """Find the name a paper calls itself in its appeal to readers."""
    appeals = filter(None, map(_SELF.search, texts.holding(" is trusted by ")))
    return next((match["source"] for match in appeals), "")
