"""How many terminal cells a text takes, and where one visible character ends.

Most text is plain: one code point, one or two cells, joining with nothing. The rest
(combining marks, emoji sequences, flags) is measured by `rich.cells`, because that is
what the screen is painted with. It takes 15 ms to import, so plain text never asks it.
"""

import re
from bisect import bisect_right
from functools import cache

# One cell each: Latin, Greek, Cyrillic, Hebrew and Arabic letters, typographic signs,
# currencies, arrows, pictures of controls, box drawing. A test holds them against rich.
NARROW = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a"
    "\u0671-\u06d3\u2010-\u2027\u202f-\u205e\u20a0-\u20bf\u2190-\u21ff\u2400-\u2426\u2500-\u25fc"
)
# Two cells each, and a line may break between any two: ideographs, kana, Hangul, full-width
# forms and their punctuation. Emoji are not among them: they join.
WIDE = (
    "\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
    "\uf900-\ufa6d\uff01-\uff60"
)
_NARROW_RUN = re.compile(f"[\n{NARROW}]*+")
_NARROW_RUNS = re.compile(f"[{NARROW}]++")

_WIDE_BOUNDS = "".join(f"{low}{chr(ord(high) + 1)}" for low, high in re.findall("(.)-(.)", WIDE))
"""First character of each range, and first after it, in turn."""

# Drawn as nothing, since terminals disagree on them: soft hyphen, zero width space, word joiner.
_UNSEEN = "\xad\u200b\u2060"
_NO_UNSEEN = str.maketrans(dict.fromkeys(_UNSEEN))
_FLAG_HALVES = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # regional indicators
_RARE = re.compile(f"[{_UNSEEN}\U0001f1e6-\U0001f1ff]")
_JOINER = "\u200d"
_AS_EMOJI = "\ufe0f"  # variation selector 16: the character before it becomes two cells wide

MAX_MARKS = 6  # drawn on one character: Tibetan needs 5, a "zalgo" text brings hundreds
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED_MARKS = re.compile(f"({_MARK}{{{MAX_MARKS}}}){_MARK}+")
MAX_JOINED = 12  # code points of an emoji sequence: a family of four with skin tones has 11


Grapheme = tuple[int, int, int]
"""One visible character: where it starts and ends in its text, and its cells."""


def end_of_narrow(text: str, start: int) -> int:
    """Return the first offset from `start` whose character is not one plain cell."""
    match = _NARROW_RUN.match(text, start)
    return match.end() if match else start


def is_narrow(text: str) -> bool:
    """Tell whether each code point of a line is one plain cell."""
    return text.isascii() or end_of_narrow(text, 0) == len(text)


def is_wide(character: str) -> bool:
    """Tell whether a line may break on either side of a character."""
    return bisect_right(_WIDE_BOUNDS, character) % 2 == 1


def is_plain(character: str) -> bool:
    """Tell whether a character never joins with the one before it."""
    return is_wide(character) or is_narrow(character)


def graphemes(text: str) -> list[Grapheme]:
    """Divide a text into visible characters; the spans tile it."""
    if is_narrow(text):
        return [(at, at + 1, 1) for at in range(len(text))]
    return _divide(text)


def cells_of(text: str) -> int:
    """Count the cells that a text takes."""
    return len(text) if is_narrow(text) else sum(cells for _, _, cells in _divide(text))


def drawn(text: str) -> str:
    """Return what the terminal is sent for a text: as many cells, and nothing that spills.

    Unseen characters are left out, and so are marks beyond `MAX_MARKS` on one character.
    """
    if is_narrow(text):
        return text
    text = _PILED_MARKS.sub(r"\1", text)  # first, at once: there may be a hundred thousand
    return "".join(_drawn(text[start:end]) for start, end, _ in _divide(text))


def shortened(text: str, width: int) -> str:
    """Cut a text to a width in cells; an ellipsis says so."""
    if cells_of(text) <= width:
        return text
    return text[: fit(text, 0, len(text), width - 1)].rstrip() + "…" if width > 0 else ""


def fit(text: str, start: int, end: int, width: int) -> int:
    """Return how far a text goes in a number of cells.

    Args:
        text: The text.
        start: Where it begins, at the start of a grapheme.
        end: Where it has to end.
        width: Cells.

    Returns:
        The greatest offset up to `end` such that all graphemes before it fit.
    """
    at, room = _fit_plain(text, start, end, width)
    while at < end and (room or not is_plain(text[at])):
        divided = _divide_some(text, at, end, 2 * room + 16)
        for begin, _, cells in divided:
            if cells > room:
                return at + begin
            room -= cells
        at, room = _fit_plain(text, at + divided[-1][1], end, room)
    return at


def _fit_plain(text: str, at: int, end: int, room: int) -> tuple[int, int]:
    """Go over plain characters while they fit. Returns where that ends, and the cells left."""
    stop = _end_of_plain(text, at, min(end, at + room))
    if at < stop < end and not is_plain(text[stop]):
        stop -= 1  # what follows may join with it
    while at < stop and room > 0:
        step = min(stop, at + (room // 2 or 1))  # so many fit, or one
        cells = 2 * (step - at) - sum(map(len, _NARROW_RUNS.findall(text, at, step)))
        if cells > room:
            return at, 0
        at, room = step, room - cells
    return at, room


def _end_of_plain(text: str, start: int, end: int) -> int:
    match = _plain_run().match(text, start, end)
    return match.end() if match else start


@cache
def _plain_run() -> re.Pattern[str]:
    """Compile it when it is needed: a class with so many ideographs takes 20 ms."""
    return re.compile(f"[{NARROW}{WIDE}]*+")


def _divide_some(text: str, start: int, end: int, size: int) -> list[Grapheme]:
    """Divide the beginning of a text: at least one grapheme, and each of them whole."""
    while start + size < end:
        found = _divide(text[start : start + size])
        if len(found) > 1:
            return found[:-1]
        size *= 4
    return _divide(text[start:end])


def _divide(text: str) -> list[Grapheme]:
    from rich.cells import split_graphemes  # noqa: PLC0415 - see the module's docstring

    lone = len(text) - len(text.lstrip(_JOINER + _UNSEEN))  # joiners that follow nothing join nothing
    spans = split_graphemes(text[lone:])[0]
    if lone:
        first = [(at, at + 1, 0) for at in range(lone)]
        spans = first + [(lone + start, lone + end, cells) for start, end, cells in spans]
    return spans if _RARE.search(text) is None else _join_rare(text, spans)


def _join_rare(text: str, spans: list[Grapheme]) -> list[Grapheme]:
    """Join the two halves of a flag, and what is unseen to the character before it."""
    joined: list[Grapheme] = []
    for start, end, cells in spans:
        begin, stop, before = joined[-1] if joined else (0, 0, 0)
        if text[start] in _UNSEEN:
            joined[-1:] = [(begin, end, before)]
        elif stop - begin == 1 and text[begin] in _FLAG_HALVES and text[start] in _FLAG_HALVES:
            joined[-1:] = [(begin, end, before + cells)]
        else:
            joined.append((start, end, cells))
    return joined


def _drawn(grapheme: str) -> str:
    seen = grapheme.translate(_NO_UNSEEN)
    limit = MAX_JOINED if _JOINER in seen else 1 + MAX_MARKS
    widened = _AS_EMOJI if _AS_EMOJI in seen[limit:] else ""
    return seen[:limit].strip(_JOINER) + widened  # a joiner without a neighbour joins the next grapheme
