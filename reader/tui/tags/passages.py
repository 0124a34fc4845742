"""Some passages, as many as there is room for: beside a list that asks which they are."""

from collections.abc import Iterator
from itertools import islice

from rich.segment import Segment
from textual.events import Resize
from textual.strip import Strip
from textual.widget import Widget

from reader.inert import inert
from reader.layout.cells import shortened
from reader.notebook import Tagged
from reader.passages import Placed
from reader.tui.card_paint import Columns, Inks, Kind, Line, Marked, columns, inks_of, lay_card, paint
from reader.tui.signs import ARTICLE

MAX_NOTE = 3  # lines of a note


class Passages(Widget):
    """The first passages of some, each as a card of the notes view, and articles by their titles."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Passages { padding: 1 2; margin: 0 0 0 1; background: $shade; overflow: hidden; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._tagged: tuple[Tagged, ...] = ()
        self._lines: tuple[list[Segment], ...] | None = None
        """Painted, from the top; None until they are seen."""
        self._inks: Inks | None = None

    def show(self, tagged: tuple[Tagged, ...]) -> None:
        """Show others."""
        self._tagged, self._lines = tagged, None
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Wrap anew."""
        self._lines = None

    def notify_style_update(self) -> None:
        """Paint anew: the theme may be another."""
        self._lines = self._inks = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Paint the line at a height."""
        if self._lines is None:
            self._inks = self._inks or inks_of(self)
            self._lines = tuple(islice(self._painted(self._inks), self.size.height))
        width, base = self.size.width, self.rich_style
        segments = self._lines[y] if y < len(self._lines) else []
        return Strip(segments).crop_extend(0, width, base).apply_style(base)

    def _painted(self, inks: Inks) -> Iterator[list[Segment]]:
        shared = columns(self.size.width)
        for one in self._tagged:
            yield from _passage(one.placed, shared, inks) if one.placed else _article(one, shared, inks)
            yield []


def _passage(placed: Placed, shared: Columns, inks: Inks) -> Iterator[list[Segment]]:
    """Paint a passage with its note."""
    card = lay_card(placed, shared.words, MAX_NOTE)
    look = Marked(placed.annotation.color, here=False, picked=False)
    for kind, words in ((Kind.QUOTE, card.quote), (Kind.NOTE, card.note)):
        for number, line in enumerate(words):
            yield paint(Line(kind, 0, line, is_first=not number), look, shared, inks)
    yield paint(Line(Kind.FACTS, 0, card.facts, card.warning), look, shared, inks)


def _article(one: Tagged, shared: Columns, inks: Inks) -> Iterator[list[Segment]]:
    """Paint an article by its title and tags."""
    margin = " " * (shared.left + shared.margin)
    sign = f"{ARTICLE} ".rjust(len(margin))
    tags = " ".join(f"#{inert(tag)}" for tag in one.tags)
    title = shortened(inert(one.title), shared.words)
    yield [Segment(sign, inks.pencil), Segment(title, inks.words[Kind.NOTE])]
    yield [Segment(margin), Segment(shortened(tags, shared.words), inks.words[Kind.FACTS])]
