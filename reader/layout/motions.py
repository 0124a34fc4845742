"""Where a caret goes: by characters, lines, words, sentences and paragraphs of a page.

A caret stands on the first code point of a visible character, on a line with words; so
blocks that are folded away are passed over. Each step looks only at the text nearby, in a
paragraph of a megabyte too. What a selection covers is told here as well.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from reader.layout.cells import graphemes
from reader.layout.page import Page, Role
from reader.layout.prose import sentences, spans_before, spans_from, words
from reader.layout.setting import end_of_words
from reader.model import Span


class Unit(StrEnum):
    """What a selection grows by."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


class Motion(StrEnum):
    """A way for the caret to go."""

    LEFT = "left"
    RIGHT = "right"
    UP = "up"
    DOWN = "down"
    LINE_START = "line start"
    LINE_END = "line end"
    NEXT_WORD = "next word"
    PREVIOUS_WORD = "previous word"
    WORD_END = "word end"
    NEXT_SENTENCE = "next sentence"
    PREVIOUS_SENTENCE = "previous sentence"
    NEXT_PARAGRAPH = "next paragraph"
    PREVIOUS_PARAGRAPH = "previous paragraph"


class Caret(NamedTuple):
    """Where the reader stands in a text."""

    offset: int
    goal: int = -1
    """The cell that the lines above and below are entered at; -1 is that of the offset."""


class Anchor(NamedTuple):
    """The end of a selection that stays when the caret moves."""

    offset: int
    unit: Unit = Unit.CHARACTER
    """What the selection grows by."""


_FINDERS = {Unit.WORD: words, Unit.SENTENCE: sentences}
_FAR_RIGHT = 1_000_000  # cells: the goal of who went to the end of a line
_BY_UNIT = {
    Motion.NEXT_WORD: (Unit.WORD, 1),
    Motion.PREVIOUS_WORD: (Unit.WORD, -1),
    Motion.NEXT_SENTENCE: (Unit.SENTENCE, 1),
    Motion.PREVIOUS_SENTENCE: (Unit.SENTENCE, -1),
    Motion.NEXT_PARAGRAPH: (Unit.PARAGRAPH, 1),
    Motion.PREVIOUS_PARAGRAPH: (Unit.PARAGRAPH, -1),
}


def standing(page: Page, offset: int) -> int:
    """Return the place for a caret at an offset: the nearest one before it, else the first after it."""
    line = page.line_of(offset)
    shown = next(_lines_with_words(page, line, -1), None)
    if shown is None:
        shown = next(_lines_with_words(page, line, 1), None)
    if shown is None:
        return offset
    stops = _stops(page, shown)
    return stops[max(0, bisect_right(stops, offset) - 1)]


def moved(page: Page, caret: Caret, motion: Motion, count: int = 1, anchor: Anchor | None = None) -> Caret:
    """Move a caret.

    Args:
        page: Where it stands.
        caret: A place for a caret, as `standing` returns it.
        motion: Which way.
        count: How often; it ends where the text does.
        anchor: The other end of what is selected. Then a caret after it stands at the ends
            of words, sentences and paragraphs, and one before it at their beginnings, so
            that whole ones are selected. Where it grows by the units of the motion, the
            caret goes on past the one that is selected whole already.
    """
    end = anchor.offset if anchor else None
    for _ in range(max(1, count)):
        there = _step(page, caret, motion, end)
        if anchor and _goes_by(motion, anchor.unit) and _is_same(page, anchor, caret, there):
            there = _step(page, there, motion, end)
        if there == caret:
            break
        caret = there
    return caret


def span_at(page: Page, offset: int, unit: Unit) -> Span:
    """Return the unit around a place for a caret; the character where there is none."""
    begin, end = _words_of(page, page.block_at(offset))
    if unit is Unit.PARAGRAPH and begin < end:
        return begin, end
    if unit in _FINDERS:
        around = next(spans_from(_FINDERS[unit], page.text, begin, offset, end), (end, end))
        if around[0] <= offset:
            return around
    return offset, _end_of_character(page, offset)


def span_between(page: Page, anchor: int, caret: int, unit: Unit) -> Span:
    """Return what is selected from one place to another, both included, in whole units."""
    first, last = sorted((anchor, caret))
    return span_at(page, first, unit)[0], span_at(page, last, unit)[1]


def passage_of(page: Page, start: int, end: int) -> Span | None:
    """Return a span in whole characters and without white space around it; None if nothing is left."""
    if start >= end or not page.line_count:
        return None
    text = page.text
    start, end = min(start, standing(page, start)), max(end, _end_of_character(page, standing(page, end - 1)))
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None


def _goes_by(motion: Motion, unit: Unit) -> bool:
    return motion in _BY_UNIT and _BY_UNIT[motion][0] is unit


def _is_same(page: Page, anchor: Anchor, *carets: Caret) -> bool:
    """Tell whether the same is selected from an anchor to each of some places."""
    return len({span_between(page, anchor.offset, caret.offset, anchor.unit) for caret in carets}) == 1


def _step(page: Page, caret: Caret, motion: Motion, anchor: int | None) -> Caret:
    at = caret.offset
    match motion:
        case Motion.LEFT | Motion.RIGHT:
            return Caret(_beside(page, at, 1 if motion is Motion.RIGHT else -1))
        case Motion.UP | Motion.DOWN:
            return _on_next_line(page, caret, 1 if motion is Motion.DOWN else -1)
        case Motion.LINE_START:
            return Caret(_stops(page, page.line_of(at))[0])
        case Motion.LINE_END:
            return Caret(_stops(page, page.line_of(at))[-1], _FAR_RIGHT)
        case Motion.WORD_END:
            return Caret(_edge(page, at, Unit.WORD, 1, is_end=True))
        case _:
            return Caret(_by_unit(page, at, *_BY_UNIT[motion], anchor))


def _by_unit(page: Page, at: int, unit: Unit, step: int, anchor: int | None) -> int:
    """Go to the beginning of a unit; beyond the anchor of a selection, to an end."""
    if anchor is None:
        return _edge(page, at, unit, step, is_end=False)
    is_end = at > anchor or (at == anchor and step > 0)
    there = _edge(page, at, unit, step, is_end=is_end)
    has_crossed = there < anchor if is_end else there > anchor
    return _edge(page, at, unit, step, is_end=not is_end) if has_crossed else there


def _edge(page: Page, at: int, unit: Unit, step: int, *, is_end: bool) -> int:
    """Return the next beginning, or last character, of a unit after or before a place."""
    nearest = at
    for start, end in _units(page, at, unit, step):
        nearest = standing(page, end - 1 if is_end else start)
        if (nearest - at) * step > 0:
            return nearest
    return _outermost(page, at, step)


def _outermost(page: Page, at: int, step: int) -> int:
    """Return the first or the last place of a page."""
    line = next(_lines_with_words(page, 0 if step < 0 else page.line_count - 1, -step), None)
    return at if line is None else _stops(page, line)[0 if step < 0 else -1]


def _units(page: Page, at: int, unit: Unit, step: int) -> Iterator[Span]:
    """Yield the units of all blocks that are shown, from the one around a place on in a direction."""
    block = page.block_at(at)
    while 0 <= block < len(page.tops):
        start, end = _words_of(page, block)
        if start < end and page.lines_of(block):
            if unit is Unit.PARAGRAPH:
                yield start, end
            elif step > 0:
                yield from spans_from(_FINDERS[unit], page.text, start, max(at, start), end)
            else:
                yield from spans_before(_FINDERS[unit], page.text, start, min(at, end), end)
        block += step


def _beside(page: Page, at: int, step: int) -> int:
    """Return the character before or after a place, across lines."""
    line = page.line_of(at)
    stops = _stops(page, line)
    number = bisect_left(stops, at) + step
    if 0 <= number < len(stops):
        return stops[number]
    following = next(_lines_with_words(page, line + step, step), None)
    return at if following is None else _stops(page, following)[0 if step > 0 else -1]


def _on_next_line(page: Page, caret: Caret, step: int) -> Caret:
    line, cell = page.cell_of(caret.offset)
    goal = cell if caret.goal < 0 else caret.goal
    following = next(_lines_with_words(page, line + step, step), None)
    return caret if following is None else Caret(page.offset_at(following, goal), goal)


def _lines_with_words(page: Page, line: int, step: int) -> Iterator[int]:
    while 0 <= line < page.line_count:
        if page.role_of(line) is Role.WORDS:
            yield line
        line += step


def _stops(page: Page, line: int) -> list[int]:
    """Return the places on a line, at least one."""
    start, end = page.lines.starts[line], page.lines.ends[line]
    return [start + at for at, _, cells in graphemes(page.text[start:end]) if cells] or [start]


def _end_of_character(page: Page, place: int) -> int:
    line = page.line_of(place)
    stops = _stops(page, line)
    number = bisect_right(stops, place)
    return stops[number] if number < len(stops) else page.lines.ends[line]


def _words_of(page: Page, block: int) -> Span:
    """Return the span of the words of a block that stand on the page."""
    found = page.article.blocks[block]
    return found.start, end_of_words(page.article, found)
