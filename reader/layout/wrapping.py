"""Cut a text into lines no wider than so many cells.

Greedy, as ragged-right text is set. Plain text costs one `rfind` a line; only text
with wide or joining characters is measured. Lines go into two arrays of offsets, so
that a book of 5 MB needs no object for any of its 80,000 lines.
"""

from array import array
from typing import NamedTuple

from reader.layout.cells import end_of_narrow, fit, is_plain, is_wide

MIN_WIDTH = 2  # cells; narrower, an ideograph would not fit on a line

# A line that would leave this part of the width empty may break inside a word, after a sign.
_RAGGED = 4
_SIGNS = "/-—–"

# Kinsoku: what does not begin a line, and what does not end one.
_NO_BREAK_SPACES = "\xa0\u202f"
_CLOSING = frozenset(
    "、。，．,.;:!?；：！？…‥·・%％‰’”)]}）］｝」』】〕〉》〗〙ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ"
    + _NO_BREAK_SPACES
)
_OPENING = frozenset("‘“([{（［｛「『【〔〈《〖〘$＄￥" + _NO_BREAK_SPACES)
_BLANKS = frozenset(" \u200b")  # a line breaks after them


class Lines(NamedTuple):
    """Spans of a text, one for each line, in order. A line does not hold the blank it broke at."""

    starts: "array[int]"
    ends: "array[int]"


class Wrapper:
    """Goes through one text from its beginning and adds the lines of its spans to `lines`."""

    def __init__(self, text: str) -> None:
        self.lines = Lines(array("I"), array("I"))
        self._text = text
        self._narrow_until = len(text) if text.isascii() else 0
        """All before it is narrow; what is there is not, or has not been looked at."""

    def wrap(self, start: int, end: int, width: int) -> None:
        """Add the lines of a span; an empty span is one empty line.

        Args:
            start: Not before the end of the span that was wrapped last.
            end: A newline before it ends a line.
            width: Cells, at least `MIN_WIDTH`.
        """
        while (newline := self._text.find("\n", start, end)) >= 0:
            self._wrap_line(start, newline, width)
            start = newline + 1
        self._wrap_line(start, end, width)

    def _wrap_line(self, start: int, end: int, width: int) -> None:
        if self._narrow_until < end:
            self._narrow_until = end_of_narrow(self._text, max(start, self._narrow_until))
        wrap = _wrap_narrow if self._narrow_until >= end else _wrap_mixed
        wrap(self._text, start, end, width, self.lines)


def _wrap_narrow(text: str, start: int, end: int, width: int, lines: Lines) -> None:
    """Wrap a span in which each code point takes one cell."""
    add_start, add_end, rfind = lines.starts.append, lines.ends.append, text.rfind
    enough = width - width // _RAGGED
    while end - start > width:
        add_start(start)
        blank = rfind(" ", start, start + width + 1)
        if blank - start >= enough:
            add_end(blank)
            start = blank + 1
        else:
            stop, start = _break_ragged(text, start, start + width, blank)
            add_end(stop)
    add_start(start)
    add_end(end)


def _wrap_mixed(text: str, start: int, end: int, width: int, lines: Lines) -> None:
    """Wrap a span that has to be measured."""
    while (limit := fit(text, start, end, width)) < end:
        lines.starts.append(start)
        stop, start = _break_mixed(text, start, max(limit, start + 1))
        lines.ends.append(stop)
    lines.starts.append(start)
    lines.ends.append(end)


def _break_ragged(text: str, start: int, limit: int, blank: int) -> tuple[int, int]:
    """Break a line that ends in a very long word: after a sign in it, else before it, else anywhere.

    Returns:
        Where the line ends, and where the next one starts.
    """
    before = max(blank, start)
    best = before
    for sign in _SIGNS:
        at = text.rfind(sign, best + 1, limit)
        if at > best and text[at + 1].isalnum() and text[at - 1] not in _BLANKS:
            best = at
    if best > before:
        return best + 1, best + 1
    return (blank, blank + 1) if blank > start else (limit, limit)


def _break_mixed(text: str, start: int, limit: int) -> tuple[int, int]:
    """Break at the last place that allows it: a blank, or beside a wide character."""
    if text[limit] == " ":
        return limit, limit + 1
    at = limit
    while at > start and not _may_break(text[at - 1], text[at]):
        at -= 1
    if at == start:
        return _break_ragged(text, start, limit, -1)
    return (at - 1 if text[at - 1] == " " else at), at


def _may_break(before: str, after: str) -> bool:
    if before in _BLANKS:
        return after != " "
    if after in _CLOSING or before in _OPENING or after in _BLANKS:
        return False
    return (is_wide(before) and is_plain(after)) or (is_wide(after) and is_plain(before))
