"""Words and sentences of a span of text, forwards and backwards, looking only nearby.

A word is a run of letters and digits, with the apostrophes, hyphens and points inside it;
where a script writes no blanks between words, a run of one script. A sentence goes to its
full stop and the quotes and brackets that close after it. An abbreviation ends no
sentence, or only before a word that often begins one.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from reader.model import Span

"""Half-open, in code points."""

Find = Callable[[str, int, int], Iterator[Span]]
"""Yields the spans between two offsets of a text, in order; the first begins where it is told to."""

NEAR = 256  # code points looked at first, going backwards; four times as many each time that is too few

_IDEOGRAPHS = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KATAKANA = "\u3099\u309a\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_HIRAGANA = "\u3041-\u309f"
# What `\w` leaves out of words: combining marks, and the vowel signs of scripts from India to Cambodia.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u0e00-\u109f\u1780-\u17d3\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_INSIDE_WORDS = r"(?:['’.\-‐‑]|,(?=\d))"

_STOPS = ".!?…؟۔।"
_WIDE_STOPS = frozenset("。！？｡")
_CLOSING = "\"'”’»›)\\]}」』）】》〉"
_OPENING = "\"'“‘„«‹(\\[{—–\\-"

_TITLES = (
    "mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr adm maj brig rev hon messrs mme mlle "
    "vs cf e.g i.e viz bzw z.b d.h ca"
)
"""Never the last word of a sentence; a name or an example follows."""
_NUMBERED = "jan feb mar apr jun jul aug sep sept oct nov dec no nos nr vol pp fig ch sec art"
"""Abbreviations where a number follows, words otherwise."""
_ABBREVIATIONS = "st ave blvd mt ft jr sr inc ltd co corp dept est etc al usw"
"""May end a sentence. So may initials ("J.") and what has points inside ("U.S.", "p.m.")."""
_BEGINNERS = (
    "the a an this that these those there here it its he his she her they their we our i you your "
    "in on at by for from with to of as if when while after before since until although though because "
    "but and or so yet however meanwhile moreover then now still also what who why how where which "
    "mr mrs ms dr both some many most several all no not one two"
)
"""Words that, with a capital, often begin a sentence after an abbreviation."""

_MAX_ABBREVIATION = 16  # code points


def words(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the words between two offsets."""
    return (found.span() for found in _word().finditer(text, start, end))


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the sentences between two offsets; the last one ends with the text."""
    for found in _break().finditer(text, start, end):
        if found.end() < end and _is_end(text, found):
            yield start, found.end("last")
            start = found.end()
    if start < end:
        yield start, end


def spans_before(find: Find, text: str, start: int, at: int, end: int) -> Iterator[Span]:
    """Yield the spans that begin before an offset, the last one first.

    Args:
        find: `words` or `sentences`.
        text: The text.
        start: Where a first span begins.
        at: The offset.
        end: Where a last span ends.
    """
    reach = NEAR
    while at > start:
        low = max(start, at - reach)
        found = []
        for span in find(text, low, end):
            if span[0] >= at:
                break
            found.append(span)
        if low > start:
            del found[:1]  # it may begin above
        yield from reversed(found)
        if low == start:
            return
        at, reach = (found[0][0], NEAR) if found else (at, reach * 4)


def spans_from(find: Find, text: str, start: int, at: int, end: int) -> Iterator[Span]:
    """Yield the spans that end after an offset, the one around it first. Arguments as for `spans_before`."""
    around = next(spans_before(find, text, start, at + 1, end), (start, end))
    return (span for span in find(text, around[0], end) if span[1] > at)


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Tell whether a full stop ends a sentence, by the words around it."""
    if found.end() == found.end("last"):  # no blank follows, nor has to after an ideographic full stop
        return not _WIDE_STOPS.isdisjoint(found["last"])
    following = _following().match(text, found.end())
    word = following.group(1) if following else ""
    if word[:1].islower():
        return False
    before = _preceding().search(text, max(0, found.start() - _MAX_ABBREVIATION), found.start())
    if before is None or found["last"] != ".":
        return True
    if before.group().isdecimal():  # "3." at the beginning is the number of what follows
        return before.start() > 0 and text[before.start() - 1] != "\n"
    return not _is_abbreviation(before.group(), word)


def _is_abbreviation(word: str, following: str) -> bool:
    """Tell whether a word before a point only seems to end a sentence."""
    lower = word.lower()
    if lower in _listed(_TITLES):
        return True
    if lower in _listed(_NUMBERED):
        return following[:1].isdecimal()
    is_initial = len(word) == 1 and word.isalpha()
    may_end = is_initial or "." in word or lower in _listed(_ABBREVIATIONS)
    return may_end and following.lower() not in _listed(_BEGINNERS)


@cache
def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Compiled when a caret first moves: most readers only read.


@cache
def _word() -> re.Pattern[str]:
    letter = rf"[^\W{_IDEOGRAPHS}{_KATAKANA}{_HIRAGANA}]"
    letters = rf"{letter}++(?:[{_MARKS}]++{letter}*+)*+"
    return re.compile(
        rf"[{_IDEOGRAPHS}]++|[{_KATAKANA}]++|[{_HIRAGANA}]++|{letters}(?:{_INSIDE_WORDS}{letters})*+"
    )


@cache
def _break() -> re.Pattern[str]:
    """What may stand between two sentences; `last` is what belongs to the first one."""
    stop = f"[{_STOPS}{''.join(sorted(_WIDE_STOPS))}]"
    return re.compile(rf"(?P<last>{stop}(?<!{stop}{stop}){stop}*+[{_CLOSING}]*+)\s*+")


@cache
def _following() -> re.Pattern[str]:
    return re.compile(rf"[{_OPENING}\s]*+(\w*+)")


@cache
def _preceding() -> re.Pattern[str]:
    return re.compile(r"\w+(?:\.\w+)*$")
