"""Where the words of a query stand in a document, and some of what stands around them. Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reader.model import Span
from reader.search.evaluating import Sought
from reader.search.values import Document, Kind, Snippet
from reader.search.words import is_wide, language_of, spans_of

MAX_PLACES = 1_000  # in one text; a book has more of "the"
WIDTH = 160  # code points of a snippet
_BEFORE = 3  # part of a snippet that stands before its place: a third
_GAP = 8  # code points between two words of a phrase
_GAPS = re.compile(r"\s{2,}")
_HAS_WORD = re.compile(r"[^\W_]")
_CUT = 24  # code points that a snippet may begin earlier, to begin with a word

LABELS = ("title", "note", "tags", "quote", "text", "hidden", "author", "source")
"""The fields of a document that can be shown, the most telling first."""
_NAMES = {"tags": "tag"}  # as the reader calls them


Places = dict[Span, str]
"""Where words stand in a text, in order, and which of the words that were asked for each is."""


def places_of(document: Document, sought: Sequence[Sought]) -> dict[str, Places]:
    """Return by field, in the order of `LABELS`, where words stand; fields without any are absent."""
    found: dict[str, Places] = {}
    for name in LABELS:
        spans = _places_in(_text_in(document, name), name, language_of(document.lang), sought)
        if document.hidden and name in ("text", "hidden"):
            inside, outside = _parted(spans, document.hidden)
            spans = {span: spans[span] for span in (inside if name == "hidden" else outside)}
        if spans:
            found[name] = spans
    return found


def _places_in(text: str, field: str, language: str, sought: Iterable[Sought]) -> Places:
    """Return where words and phrases stand in a text; of spans that overlap the first."""
    here = [one for one in sought if field in one.fields] if text else []
    spans = spans_of(text, language, {term for one in here for term in one.terms}) if here else {}
    met = (one for one in here if all(map(spans.__contains__, one.terms)))
    found = {span: one.asked for one in met for span in _occurrences(text, one, spans)}
    kept: Places = {}
    end = 0
    for span in sorted(found, key=lambda one: (one[0], -one[1])):
        if span[0] >= end and len(kept) < MAX_PLACES:
            kept[span] = found[span]
            end = span[1]
    return kept


def _occurrences(text: str, one: Sought, spans: Mapping[str, list[Span]]) -> Iterator[Span]:
    if one.is_near or len(one.terms) == 1:
        for term in one.terms:
            yield from spans[term]
        return
    first, *others = (spans[term] for term in one.terms)
    for start, end in first:
        last = _end_of_phrase(text, end, others)
        if last is not None:
            yield start, last


def _end_of_phrase(text: str, end: int, others: Iterable[list[Span]]) -> int | None:
    """Return where a phrase ends whose first word ends there; None if the others do not follow."""
    for spans in others:
        begin = end - 1 if is_wide(text[end - 1]) else end  # pairs of characters overlap
        at = bisect_left(spans, (begin, 0))
        if at == len(spans) or spans[at][0] - end > _GAP or _HAS_WORD.search(text, end, spans[at][0]):
            return None
        end = spans[at][1]
    return end


def labels_in(places: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the fields where words stand."""
    return tuple(_NAMES.get(name, name) for name in places)


def snippet_of(document: Document, places: Mapping[str, Places], width: int = WIDTH) -> Snippet:
    """Return the words around the best place; without one, the beginning of the document.

    The tags of a note are shown beside it anyway: it begins as if nothing of it were found.
    """
    own = ("tags", "title") if document.kind is Kind.ARTICLE else ()
    for name in ("note", "quote", "text", "hidden", *own):
        if name in places:
            text, found = _text_in(document, name), places[name]
            return cut(text, found, best_in(document, name, found, width), width)
    beginning = document.note or document.quote or _opening(document, width)
    return cut(beginning, (), (0, 0), width)


def _opening(document: Document, width: int) -> str:
    """Return the first words of a text, with some to spare, and without title and hidden blocks."""
    text, room = document.text, len(document.title) + 2 * width
    shown, at = "", 0
    for start, end in (*document.hidden, (len(text), len(text))):
        shown += text[at : min(start, at + room)]
        at = end
        if len(shown) > room:
            break
    return shown.strip().removeprefix(document.title).lstrip() or text[:room]


def best_in(document: Document, name: str, places: Places, width: int = WIDTH) -> Span:
    """Return the place in a field that its snippet is about; the title at its head is shown anyway."""
    title = len(document.title) if name == "text" and document.text.startswith(document.title) else 0
    below = {span: asked for span, asked in places.items() if span[0] >= title} if title else places
    return _best_of(below or places, width - width // _BEFORE)


def _best_of(places: Places, width: int) -> Span:
    """Return the first place of a stretch with most of what was asked for, and with that most often."""
    spans, asked = tuple(places), tuple(places.values())
    best, most, most_kinds = spans[0], 0, 0
    first, kinds, times = 0, 0, dict.fromkeys(asked, 0)
    for last, (word, (_, end)) in enumerate(zip(asked, spans, strict=True)):
        kinds += not times[word]
        times[word] += 1
        while end - spans[first][0] > width and first < last:
            times[asked[first]] -= 1
            kinds -= not times[asked[first]]
            first += 1
        if kinds > most_kinds or (kinds == most_kinds and last - first >= most):
            best, most, most_kinds = spans[first], last - first + 1, kinds
    return best


def cut(text: str, places: Iterable[Span], around: Span, width: int) -> Snippet:
    """Cut out a line of a text around a place, with what is found in it marked."""
    room = max(width - (around[1] - around[0]), 0)
    start = max(min(around[0] - room // _BEFORE, len(text) - width), 0)
    if start:
        blank = text.find(" ", start, min(start + _CUT, around[0]))
        start = blank + 1 if blank >= 0 else start
    end = min(start + max(width, around[1] - start), len(text))
    if end < len(text):
        blank = text.rfind(" ", max(end - _CUT, around[1]), end)
        end = blank if blank >= 0 else end
    before, after = "…" * (start > 0), "…" * (end < len(text))
    shift = len(before) - start
    inside = [(one + shift, other + shift) for one, other in places if start <= one and other <= end]
    return _on_one_line(f"{before}{text[start:end]}{after}", inside)


def _on_one_line(text: str, marks: Iterable[Span]) -> Snippet:
    """Put one blank where there is white space, such as between paragraphs, and move the marks along."""
    gaps = [gap.span() for gap in _GAPS.finditer(text)]

    def moved(at: int) -> int:
        return at - sum(min(end, at) - start - 1 for start, end in gaps if start < at)

    return Snippet(
        " ".join(re.split(r"\s+", text)), tuple((moved(one), moved(other)) for one, other in marks)
    )


def _text_in(document: Document, field: str) -> str:
    """Return the words of a field; the hidden ones stand in the whole text."""
    if field == "tags":
        return " ".join(document.tags)
    if field == "hidden":
        return document.text if document.hidden else ""
    is_own = field != "title" or document.kind is Kind.ARTICLE
    return str(getattr(document, field)) if is_own else ""


def _parted(places: Iterable[Span], spans: Sequence[Span]) -> tuple[list[Span], list[Span]]:
    """Part places into those inside some spans and those outside; all stand in order."""
    inside: list[Span] = []
    outside: list[Span] = []
    at = 0
    for place in places:
        while at < len(spans) and spans[at][1] <= place[0]:
            at += 1
        is_inside = at < len(spans) and spans[at][0] < place[1]
        (inside if is_inside else outside).append(place)
    return inside, outside
