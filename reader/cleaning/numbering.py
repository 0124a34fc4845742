"""Headings that number the parts of a text: "Chapter 1", "Глава 2", "第三章", "IV", "1.1 The hive"."""

import re
from collections import Counter
from collections.abc import Sequence

from reader.cleaning.measures import Line
from reader.cleaning.wording import NUMBER

LEAST_PARTS = 2
HEADING_WORDS = 8
PARAGRAPH_WORDS = 8  # of the text of a part, which is longer than a heading, or a sentence
BETWEEN = 2  # lines below a heading among which the text begins: a title may stand between
_STOPS = frozenset(".!?。！？")
_NUMERAL = re.compile("[ivxlc]+|[一二三四五六七八九十百]+")


def headings_of_parts(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are alike but for their numbers, and stand above the text of a part each."""
    names = {line.at: name for line in lines if line.word_count <= HEADING_WORDS and (name := _name(line))}
    above = {at: name for at, name in names.items() if _has_text(lines[at + 1 : at + 1 + BETWEEN])}
    parts = Counter(above.values())
    return frozenset(at for at, name in above.items() if parts[name] >= LEAST_PARTS)


def _name(line: Line) -> tuple[str, ...]:
    """Return the words of a line, its number left open; nothing if it has none, or several as a date has."""
    if line.marker[:1].isdecimal():
        return (NUMBER,)
    words = tuple([NUMBER if _NUMERAL.fullmatch(word) else word for word in line.words])
    return words if words.count(NUMBER) == 1 else ()


def _has_text(below: Sequence[Line]) -> bool:
    return any(line.word_count >= PARAGRAPH_WORDS or line.text.rstrip()[-1:] in _STOPS for line in below)
