"""All highlights and notes, a card each: the quote, the note below it, then tags, article and date.

Cards differ in height, and there may be ten thousand. So the window scrolls by cards, and
only those that are seen are ever wrapped: the line at the top is always the first of a card.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from rich.segment import Segment
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.inert import inert
from reader.passages import Placed
from reader.tui.card_paint import (
    MAX_NOTE,
    Card,
    Columns,
    Inks,
    Kind,
    Line,
    Marked,
    columns,
    inks_of,
    lay_card,
    paint,
)

_OTHER_LINES = 6  # of a window: head, quote, facts, and a blank line

Key = tuple[Path, str]
"""What an annotation is known by: its file and its id, which a copy of the file has too."""


def key_of(placed: Placed) -> Key:
    """Return what an annotation is known by, also after it was changed."""
    return placed.file, placed.annotation.id


def _is_same(one: Placed, other: Placed) -> bool:
    """Tell whether two have the same key. The ids differ first: to compare paths takes ten times as long."""
    return one.annotation.id == other.annotation.id and one.file == other.file


class NoteCards(ScrollView, can_focus=False):
    """Cards in one column, with a cursor on one of them. Posts `Chosen` at a double click.

    It scrolls by cards: `scroll_offset.y` is the number of the first card that is seen.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    NoteCards { height: 1fr; overflow-x: hidden; scrollbar-gutter: stable; }
    """

    class Chosen(Message):
        """A card was double-clicked."""

    def __init__(self) -> None:
        super().__init__()
        self._placed: Sequence[Placed] = ()
        self._picked: Collection[Key] = ()
        self._by_article = True
        self._cursor = 0
        self._cards: dict[int, Card] = {}
        """Those that were seen, by number."""
        self._window: tuple[int, tuple[Line, ...]] | None = None
        """Number of the first card, and the lines from there on."""
        self._inks: Inks | None = None

    @property
    def current(self) -> Placed | None:
        """The annotation under the cursor."""
        return self._placed[self._cursor] if self._placed else None

    @property
    def placed(self) -> Sequence[Placed]:
        """All annotations that are shown, in their order."""
        return self._placed

    @property
    def cursor(self) -> int:
        """Number of the card under the cursor."""
        return self._cursor

    def show(self, placed: Sequence[Placed], *, by_article: bool) -> None:
        """Show annotations; the cursor stays on its own, else where it stood.

        Args:
            placed: The annotations, in their order.
            by_article: Whether those of an article stand together, under its title.
        """
        before, row = self.current, self._cursor - round(self.scroll_offset.y)
        self._placed, self._by_article = placed, by_article
        numbers = (number for number, one in enumerate(placed) if before and _is_same(one, before))
        self._cursor = next(numbers, min(self._cursor, max(len(placed) - 1, 0)))
        self._lay_out(top=self._cursor - row)

    def mark(self, picked: Collection[Key]) -> None:
        """Show which cards are picked."""
        self._picked = picked
        self.refresh()

    # The cursor

    def move(self, cards: int) -> None:
        """Move the cursor by cards, down or, if negative, up."""
        self.go_to(self._cursor + cards)

    def turn(self, pages: float) -> None:
        """Move the cursor and the window by pages, or parts of one."""
        top = self._top
        seen = self._seen_from(top) if pages > 0 else top - self._first_with(max(top - 1, 0))
        step = max(1, int(seen * abs(pages))) * (1 if pages > 0 else -1)
        self._scroll(top + step)
        self.go_to(self._cursor + step)

    def go_to(self, number: int) -> None:
        """Move the cursor to a card, or to the nearest there is."""
        self._cursor = min(max(number, 0), max(len(self._placed) - 1, 0))
        self._keep_in_sight()
        self.refresh()

    def go(self, *, last: bool) -> None:
        """Move the cursor to the first or the last card."""
        self.go_to(len(self._placed) - 1 if last else 0)

    def _keep_in_sight(self) -> None:
        self._scroll(min(max(self._top, self._first_with(self._cursor)), self._cursor))

    @property
    def _top(self) -> int:
        return round(self.scroll_offset.y)

    def _scroll(self, top: int) -> None:
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    @property
    def _room(self) -> int:
        """Lines of the window that are for cards: the title of the first one's article is always seen."""
        return self.size.height - (1 if self._by_article else 0)

    def _first_with(self, number: int) -> int:
        """Return the first card that can stand at the top so that a later one is seen whole."""
        if not self._placed:
            return 0
        room = self._room - self._card(number).height
        while number > 0:
            room -= self._card(number - 1).height + 1 + self._begins_article(number)
            if room < 0:
                break
            number -= 1
        return number

    def _seen_from(self, top: int) -> int:
        """Return how many cards are seen whole if one stands at the top."""
        room = self._room
        for number in range(top, len(self._placed)):
            room -= self._card(number).height + (number > top and self._begins_article(number))
            if room < 0:
                return number - top
            room -= 1
        return len(self._placed) - top

    # The mouse and the size

    def on_click(self, event: Click) -> None:
        """Put the cursor where the mouse is; choose the card on a double click."""
        event.stop()
        lines = self._lines
        if event.y < len(lines):
            self.go_to(lines[event.y].number)
            if event.chain == 2:
                self.post_message(self.Chosen())

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll by one card: two, as is usual for lines, would be half a page."""
        self._scroll_by_wheel(event, 1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll back by one card."""
        self._scroll_by_wheel(event, -1)

    def _scroll_by_wheel(self, event: MouseScrollDown | MouseScrollUp, step: int) -> None:
        event.stop()
        event.prevent_default()
        self._scroll(self._top + step)

    def on_resize(self, _event: Resize) -> None:
        """Wrap anew."""
        self._lay_out(self._top)

    # The cards

    def _lay_out(self, top: int) -> None:
        """Forget how the cards were wrapped, and show them from one on."""
        self._cards.clear()
        self._window = None
        last = self._first_with(len(self._placed) - 1) if self._placed else 0
        self.virtual_size = Size(self.scrollable_content_region.width, last + self.size.height)
        self._scroll(min(max(top, 0), last))
        self._keep_in_sight()
        self.refresh()

    @property
    def _columns(self) -> Columns:
        return columns(self.scrollable_content_region.width)

    @property
    def _most(self) -> int:
        """Lines of a note: so many that the card has room in the window."""
        return min(max(self.size.height - _OTHER_LINES, 1), MAX_NOTE)

    def _card(self, number: int) -> Card:
        if number not in self._cards:
            self._cards[number] = lay_card(
                self._placed[number], self._columns.words, self._most, with_title=not self._by_article
            )
        return self._cards[number]

    def _begins_article(self, number: int) -> bool:
        """Tell whether a head stands above a card."""
        if not self._by_article:
            return False
        here, above = self._placed[number], self._placed[number - 1]
        return not number or (here.article_id, here.title) != (above.article_id, above.title)

    @property
    def _lines(self) -> tuple[Line, ...]:
        """The lines of the window."""
        if self._window is None or self._window[0] != self._top:
            self._window = self._top, tuple(self._lines_from(self._top))
        return self._window[1]

    def _lines_from(self, top: int) -> Iterator[Line]:
        """Yield lines from a card on, enough to fill the window; the head of the first is always seen."""
        room = self.size.height
        for number in range(top, len(self._placed)):
            if room <= 0:
                return
            if self._by_article and (number == top or self._begins_article(number)):
                yield Line(Kind.HEAD, number, inert(self._placed[number].title))
                room -= 1
            card = self._card(number)
            for kind, words in ((Kind.QUOTE, card.quote), (Kind.NOTE, card.note)):
                yield from (Line(kind, number, text, is_first=not row) for row, text in enumerate(words))
            yield Line(Kind.FACTS, number, card.facts, card.warning)
            yield Line(Kind.BLANK, number)
            room -= card.height + 1

    # Painting

    def notify_style_update(self) -> None:
        """Read the inks anew: the theme may be another."""
        self._inks = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height of the window."""
        lines, width, base = self._lines, self.scrollable_content_region.width, self.rich_style
        if self._inks is None:
            self._inks = inks_of(self)
        segments = self._paint(lines[y], self._inks) if y < len(lines) else []
        return Strip(segments).crop_extend(0, width, base).apply_style(base)

    def _paint(self, line: Line, inks: Inks) -> list[Segment]:
        placed = self._placed[line.number]
        card = Marked(placed.annotation.color, line.number == self._cursor, key_of(placed) in self._picked)
        return paint(line, card, self._columns, inks)
