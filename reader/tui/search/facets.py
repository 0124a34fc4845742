"""What a search can be narrowed to, below its results: taken by a digit or a click, and given up again."""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from reader.actions import Place, action_named, keys_of
from reader.inert import inert
from reader.layout.cells import shortened
from reader.tui.keyed import Part
from reader.tui.room import Room
from reader.tui.search.asking import Asked
from reader.tui.search.narrowing import Chip, chips_of, narrowed, sorted_by, widened
from reader.tui.search.rows import Offer

ORDERS = ("", "date", "title")
_GAP = "      "  # between two facets
_LONGEST = 24  # cells of a value
_KINDS = {"article": "articles", "note": "notes", "highlight": "highlights"}
_FACET_LINES = (("kind", "source"), ("tag", "year"))
_LABELS = {"kind": 4, "tag": 4, "source": 6, "year": 6}
"""Cells of each name, as it stands above or below another."""


class FacetLines(Widget):
    """What a search can be narrowed to, each with its digit; a click takes it.

    It is as high as its screen lets it be, whatever it holds: nothing moves while somebody types.

    Args:
        take: Takes the one of a number.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    FacetLines { height: 2; padding: 0 1; color: $muted; }
    """

    def __init__(self, take: Callable[[int], None]) -> None:
        super().__init__()
        self.auto_links = False  # links would lose their own ink, and with it which of them is taken
        self._take = take
        self._lines: tuple[Content, ...] = ()

    def show(self, chips: Sequence[Chip], lines: int, width: int) -> None:
        """Show chips on so many lines at most."""
        numbered = list(enumerate(chips, 1))
        parts = {name: _facet(name, [one for one in numbered if one[1].facet == name]) for name in _LABELS}
        pairs = [(parts[left], parts[right]) for left, right in _FACET_LINES[:lines]]
        before, self._lines = self._lines, tuple(_in_columns(pairs, max(width - 2, 1)))
        if not all(map(Content.is_same, before, self._lines)) or len(before) != len(self._lines):
            self.refresh()

    def action_take(self, number: int) -> None:
        """Take what is clicked."""
        self._take(number)

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self._lines)


def _in_columns(pairs: Sequence[tuple[Content, Content]], width: int) -> Iterator[Content]:
    """Yield a line for each pair, with the right ones below each other if there is room for that."""
    column = max((left.cell_length + len(_GAP) for left, _ in pairs if left), default=0)
    longest = max((right.cell_length for _, right in pairs), default=0)
    for left, right in pairs:
        fill = column - left.cell_length if column + longest <= width else len(_GAP) * bool(left)
        line = Content.assemble(left, " " * fill, right) if right else left
        yield line.truncate(width, ellipsis=True)


def _facet(name: str, numbered: Sequence[tuple[int, Chip]]) -> Content:
    if not numbered:
        return Content()
    label = f"{name:{_LABELS[name]}} "
    return Content.assemble((label, "$muted"), Content("  ").join(_chip(*one) for one in numbered))


def _chip(number: int, chip: Chip) -> Content:
    value = shortened(_KINDS.get(chip.value, inert(chip.value)), _LONGEST)
    ink = "bold $accent" if chip.taken else "$ink"
    sign = "×" if chip.taken else f"{chip.total:,}"
    words = Content.assemble((f"{number}", "bold $muted"), (f" {value} ", ink), (sign, "$muted"))
    return words.stylize(Style.from_meta({"@click": f"take({number})"}))


class Narrowing(Part):
    """Narrows what is found, widens it again, and puts it in another order.

    Args:
        room: Where that is done.
        query: Tells what is asked now, with no word left unfinished.
        offers: Tells what can be asked instead.
        ask_for: Asks something else.
    """

    PLACE: ClassVar[Place] = Place.SEARCH

    def __init__(
        self,
        room: Room,
        query: Callable[[], str],
        offers: Callable[[], Sequence[Offer]],
        ask_for: Callable[[str], None],
    ) -> None:
        self._room = room
        self._query = query
        self._offers = offers
        self._ask_for = ask_for
        self._asked: Asked | None = None
        self._chips: tuple[Chip, ...] = ()
        self.lines = FacetLines(self.take)

    def show(self, asked: Asked | None, lines: int, width: int) -> None:
        """Show what can be taken, on so many lines at most."""
        self._asked = asked
        results = asked.answer.results if asked else None
        self._chips = chips_of(results, asked.wanted.query) if asked and results and results.hits else ()
        self.lines.show(self._chips, lines, width)

    def take(self, number: int) -> None:
        """Narrow by a value, by its number; without results take the offer of the number."""
        offers = self._offers()
        if self._asked and number <= len(self._chips):
            self._ask_for(narrowed(self._query(), self._asked.answer.parsed, self._chips[number - 1]))
        elif number <= len(offers):
            self._ask_for(offers[number - 1].query)

    def action_narrow(self) -> None:
        """Narrow by the value of a digit, widen again, or take the offer of that number."""
        action = action_named("narrow", Place.SEARCH)
        keys = keys_of(action, self._room.workspace.config.keys) if action else ()
        if self._room.last_key in keys:
            self.take(keys.index(self._room.last_key) + 1)

    def action_widen(self) -> None:
        """Take away what was narrowed to last."""
        query = self._query()
        wider = widened(query)
        if wider == query:
            self._room.toast("nothing to widen")
        else:
            self._ask_for(wider)

    def action_sort(self) -> None:
        """The best first, the newest first, or by title."""
        parsed = self._asked.answer.parsed if self._asked else None
        order = (
            ORDERS[(ORDERS.index(parsed.sort) + 1) % len(ORDERS)] if parsed and parsed.sort in ORDERS else ""
        )
        self._ask_for(sorted_by(self._query(), order))
