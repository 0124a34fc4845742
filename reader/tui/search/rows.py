"""What a search shows, line by line: hits of two lines each, and searches that can be taken."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.geometry import Region
from textual.strip import Strip

from reader.inert import inert
from reader.layout.cells import cells_of, drawn, shortened
from reader.model import Span
from reader.search.values import Hit, Kind
from reader.tui.chrome import rich_style
from reader.tui.cursor_list import CursorList
from reader.tui.signs import ARTICLE, BAR, HIGHLIGHT, NOTE
from reader.tui.words import date_in_words

SIGNS = {Kind.ARTICLE: ARTICLE, Kind.NOTE: NOTE, Kind.HIGHLIGHT: HIGHLIGHT}
INDENT = 4  # cells before the words: bar, space, sign, space
_GAP = 2  # cells between words and what stands right of them
_LEAST = 24  # cells of words that leave room for what stands right of them
_SHARE = 0.45  # of a line, that what stands right may take
_USUAL = 15  # cells of a date, or of a reason, with the gap before it
_DOT = " · "


class Line(NamedTuple):
    """One of the lines of a hit."""

    hit: Hit
    is_first: bool


class Offer(NamedTuple):
    """A search that can be taken as it is."""

    words: str
    """What stands on the line."""
    query: str
    note: str = ""
    """Stands at the right."""
    sign: str = " "
    name: str = ""
    """Of a search that has one."""


class Heading(NamedTuple):
    """A line above others."""

    words: str


Row = Line | Offer | Heading | None
"""What a line shows; None leaves it blank."""


def rows_of(hits: Iterable[Hit], *, apart: bool) -> Iterator[Row]:
    """Yield the lines of hits; with a blank one between them, if they shall stand apart."""
    for number, hit in enumerate(hits):
        if number and apart:
            yield None
        yield Line(hit, is_first=True)
        yield Line(hit, is_first=False)


def is_stop(row: Row) -> bool:
    """Tell whether a row is the first of a hit, or can be taken."""
    return isinstance(row, Offer) or (isinstance(row, Line) and row.is_first)


def row_of(rows: Sequence[Row], number: int) -> int | None:
    """Return which row is that of a hit, or an offer, by its number from 0; else that of the last one."""
    stops = [at for at, row in enumerate(rows) if is_stop(row)]
    return stops[min(number, len(stops) - 1)] if stops else None


class Marked(NamedTuple):
    """Words with some of them marked."""

    text: str
    marks: tuple[Span, ...] = ()

    def fitting(self, width: int) -> "Marked":
        """Cut it to a width in cells."""
        text = shortened(self.text, width)
        end = len(text) if text == self.text else len(text) - 1
        return Marked(text, tuple((start, min(stop, end)) for start, stop in self.marks if start < end))


def room_for(width: int) -> int:
    """Return how many cells of a line its words have beside a date or a reason of usual length."""
    room = width - INDENT - 1
    return room if room - int(room * _SHARE) < _LEAST else room - _USUAL


def words_in(line: Line) -> Marked:
    """Return the words of a line: what was found first, then what tells where it stands."""
    document, snippet = line.hit.document, line.hit.snippet
    found = Marked(inert(snippet.text), snippet.marks)
    if document.kind is Kind.ARTICLE:
        if not line.is_first:
            return found
        title = inert(document.title) or "without a title"
        return Marked(title, snippet.marks) if snippet.text == document.title else Marked(title)
    if line.is_first:
        return found
    title = inert(document.title) or "its article is gone"
    return Marked(_DOT.join((*(inert(f"#{tag}") for tag in document.tags), title)))


def facts_in(line: Line) -> str:
    """Return what stands right: who published it and when; below it, why it was found."""
    document = line.hit.document
    if not line.is_first:
        return why(line.hit)
    if document.kind is Kind.ARTICLE:
        return _DOT.join(filter(None, (inert(document.source), date_in_words(inert(document.date)))))
    return date_in_words(date.fromordinal(document.noted).isoformat()) if document.noted else ""


def why(hit: Hit) -> str:
    """Say where the words stand: "title, text ×3"."""
    times = len(set(hit.passages)) if hit.document.kind is Kind.ARTICLE else 0
    return ", ".join(
        f"{label} ×{times}" if label in ("text", "hidden") and times > 1 else label for label in hit.labels
    )


class _Inks(NamedTuple):
    """How the words of a line are painted, on one ground."""

    bar: Style
    title: Style
    ink: Style
    muted: Style
    quiet: Style
    mark: Style


class SearchList(CursorList[Row], can_focus=False):
    """Hits, or searches to take, with a cursor on one."""

    # The bar keeps its column, blank or not: else letters that find more or less would lay the screen out.
    DEFAULT_CSS = """
    SearchList { overflow-y: scroll; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._inks: dict[bool, _Inks] = {}
        """By whether they stand on the cursor's row; while lines are painted."""

    def stops_at(self, row: Row) -> bool:
        """Tell whether the cursor can stand on a row."""
        return is_stop(row)

    @property
    def hit(self) -> Hit | None:
        """The hit under the cursor."""
        row = self.under_cursor
        return row.hit if isinstance(row, Line) else None

    @property
    def offer(self) -> Offer | None:
        """The search under the cursor."""
        row = self.under_cursor
        return row if isinstance(row, Offer) else None

    @property
    def number(self) -> int:
        """How many hits stand above the cursor."""
        return self._stops_above(max(self._cursor, 0))

    @property
    def seen(self) -> int:
        """How many hits begin above the lower end of the window."""
        return self._stops_above(self.scroll_offset.y + self.size.height)

    def _stops_above(self, row: int) -> int:
        return sum(map(is_stop, self.rows[:row]))

    def offers(self) -> tuple[Offer, ...]:
        """Return the searches that can be taken, in their order."""
        return tuple(row for row in self.rows if isinstance(row, Offer))

    def set_cursor(self, row: int) -> None:
        """Put the cursor on a row; the hit of before loses its ground on both of its lines."""
        super().set_cursor(row)
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Take a click on the second line of a hit for one on the first."""
        number = event.y + self.scroll_offset.y
        row = self.rows[number] if number < len(self.rows) else None
        if isinstance(row, Line) and not row.is_first:
            event.stop()
            event.prevent_default()
            self.set_cursor(number - 1)
            if event.chain == 2:
                self.post_message(self.Chosen())

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines, all with the same inks."""
        self._inks = {here: self._inks_on(" on $cursor" if here else "") for here in (False, True)}
        return super().render_lines(crop)

    def _inks_on(self, ground: str) -> "_Inks":
        is_ansi = self.app.current_theme.ansi
        names = ("$accent", "bold $ink", "$ink", "$muted", "$muted" if is_ansi else "$faint")
        bar, title, ink, muted, quiet = (rich_style(self, name + ground) for name in names)
        found = rich_style(self, "underline" if is_ansi else "underline on $found")
        return _Inks(bar, title, ink, muted, quiet, title + found)

    def paint(self, row: Row, *, here: bool) -> list[Segment]:
        """Paint a line."""
        if isinstance(row, Line):
            return self._paint_hit(row, here=row.hit is self.hit)
        if isinstance(row, Offer):
            return self._paint_offer(row, here=here)
        return [Segment(f"{' ' * INDENT}{row.words}", self._inks[False].muted)] if row else []

    def _paint_hit(self, line: Line, *, here: bool) -> list[Segment]:
        inks, sign = self._inks[here], SIGNS[line.hit.document.kind] if line.is_first else " "
        is_title = line.is_first and line.hit.document.kind is Kind.ARTICLE
        style = inks.title if is_title else inks.ink if line.is_first else inks.muted
        words, facts = self._shared(words_in(line), facts_in(line))
        lead = (Segment(f"{BAR if here else ' '} ", inks.bar), Segment(f"{sign} ", inks.quiet))
        return self._filled([*lead, *_segments(words, style, inks.mark)], facts, inks.quiet)

    def _shared(self, words: Marked, facts: str) -> tuple[Marked, str]:
        """Share a line out between the words and what stands right of them."""
        width = max(self.line_width - INDENT - 1, 1)
        room = int(width * _SHARE)
        facts = shortened(facts, room) if width - room >= _LEAST else ""
        return words.fitting(width - (cells_of(facts) + _GAP if facts else 0)), facts

    def _paint_offer(self, offer: Offer, *, here: bool) -> list[Segment]:
        inks = self._inks[here]
        words, note = self._shared(Marked(inert(offer.words)), inert(offer.note))
        lead = (Segment(f"{BAR if here else ' '} ", inks.bar), Segment(f"{offer.sign} ", inks.muted))
        return self._filled([*lead, Segment(drawn(words.text), inks.ink)], note, inks.muted)

    def _filled(self, painted: list[Segment], right: str, style: Style) -> list[Segment]:
        """Put something at the right end of a line."""
        taken = sum(cells_of(one.text) for one in painted)
        gap = self.line_width - taken - cells_of(right) - 1
        return [*painted, Segment(f"{' ' * max(gap, 0)}{drawn(right)} ", style)]


def _segments(words: Marked, style: Style, mark: Style) -> Iterator[Segment]:
    at = 0
    for start, end in words.marks:
        yield Segment(drawn(words.text[at:start]), style)
        yield Segment(drawn(words.text[start:end]), mark)
        at = end
    yield Segment(drawn(words.text[at:]), style)
