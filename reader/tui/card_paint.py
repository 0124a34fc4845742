"""One card of the notes view: how its words are wrapped, and how a line of it is painted.

The quote has a bar in its colour, the note a pencil; so each is told without colours, as
the colour is by its letter.
"""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.widget import Widget

from reader.inert import inert, inert_lines
from reader.layout.cells import cells_of, drawn, shortened
from reader.layout.wrapping import MIN_WIDTH, Wrapper
from reader.passages import AnchorState, Color, Placed
from reader.tui.chrome import NARROW, rich_style
from reader.tui.note_palette import note_palette_of
from reader.tui.signs import BAR, NOTE, PICKED
from reader.tui.words import day_in_words

MAX_QUOTE = 3  # lines
MAX_NOTE = 6
_MEASURE = 80  # cells of the widest card, its margin included
_MARGIN, _NARROW_MARGIN = 6, 4  # cells: cursor, pick, letter of the colour, bar
_POINTS = 8  # code points a cell may take: more of a long text are not looked at
_LEAST_TITLE = 12  # cells; a shorter piece of a title tells nothing
_DOT = " · "
ON_ARTICLE = "on the whole article"


class Card(NamedTuple):
    """What is written on a card, wrapped."""

    quote: tuple[str, ...]
    note: tuple[str, ...]
    warning: str
    """What is wrong with its place; "" if nothing."""
    facts: str
    """Tags, article, and date."""

    @property
    def height(self) -> int:
        """Lines of the card, without the blank one below."""
        return len(self.quote) + len(self.note) + 1


class Kind(Enum):
    """What a line shows."""

    HEAD = auto()
    """The title of the article, above the first of its cards."""
    QUOTE = auto()
    NOTE = auto()
    FACTS = auto()
    BLANK = auto()


class Line(NamedTuple):
    """A line of a card, or around it."""

    kind: Kind
    number: int
    """Of the card."""
    words: str = ""
    warning: str = ""
    is_first: bool = False
    """Whether it is the first of its kind on the card."""


class Columns(NamedTuple):
    """How the width is shared out, in cells."""

    left: int
    margin: int
    words: int


def columns(width: int) -> Columns:
    """Share out a width: one column, in the middle of a wide screen."""
    margin = _MARGIN if width >= NARROW else _NARROW_MARGIN
    column = min(width, _MEASURE)
    return Columns((width - column) // 2, margin, max(column - margin - 1, MIN_WIDTH))


# What is written


def lay_card(placed: Placed, width: int, most: int = MAX_NOTE, *, with_title: bool = True) -> Card:
    """Write a card.

    Args:
        placed: The annotation.
        width: Cells of a line.
        most: Lines of the note at most.
        with_title: Whether the article is named.
    """
    annotation, enough = placed.annotation, width * MAX_NOTE * _POINTS
    body = (line.expandtabs(4) for line in annotation.body[:enough].splitlines() if line.strip())
    exact = annotation.target.exact  # "" of a note on a whole article
    warning = shortened(state_in_words(placed), width)
    room = width - cells_of(warning) - (2 if warning else 0)
    return Card(
        quote=clipped(inert(" ".join(exact[:enough].split())), width, MAX_QUOTE) if exact else (),
        note=clipped(inert_lines("\n".join(body)), width, most) if annotation.body else (),
        warning=warning,
        facts=_facts(placed, inert(placed.title) if with_title else "", room),
    )


def clipped(text: str, width: int, most: int) -> tuple[str, ...]:
    """Wrap a text into lines of a width in cells; of more than `most`, the last ends in "…"."""
    wrapper = Wrapper(text)
    wrapper.wrap(0, len(text), max(width, MIN_WIDTH))
    lines = [text[start:end] for start, end in zip(*wrapper.lines, strict=True)]
    if len(lines) > most:
        lines[most - 1 :] = [shortened(f"{lines[most - 1]}…", width)]
    return tuple(lines)


def _facts(placed: Placed, title: str, width: int) -> str:
    """Write tags, title and date on one line; where room is short, the title gives way, then the date."""
    annotation = placed.annotation
    tags, day = inert(" ".join(f"#{tag}" for tag in annotation.tags)), day_in_words(annotation.created)
    if placed.is_of_article:
        tags = _DOT.join(filter(None, (ON_ARTICLE, tags)))
    spare = width - sum(cells_of(part) + len(_DOT) for part in (tags, day) if part)
    title = shortened(title, spare) if spare >= _LEAST_TITLE else ""
    facts = _DOT.join(part for part in (tags, title, day) if part)
    return facts if cells_of(facts) <= width else shortened(tags, width)


def state_in_words(placed: Placed) -> str:
    """Say what is wrong with the place of an annotation; "" if nothing is."""
    if placed.state is AnchorState.ORPHAN:
        where = "not found in the article" if placed.article_id else "its article is gone"
        state = f"! orphan: {where}"
    else:
        state = "" if placed.state is AnchorState.EXACT else f"{placed.state}"
    return " · ".join(filter(None, (state, "" if placed.writable else "! read only")))


# What it looks like


class Inks(NamedTuple):
    """What cards look like in the theme of now."""

    accent: Style
    head: Style
    words: Mapping[Kind, Style]
    warning: Style
    pencil: Style
    signs: Mapping[Color, Style]
    """Of the letters of the colours."""
    bars: Mapping[Color, Style]
    here: Style
    """The ground of the card under the cursor."""


def inks_of(widget: Widget) -> Inks:
    """Read the inks from the theme of a widget's app."""
    is_ansi = widget.app.current_theme.ansi
    quiet = "$muted" if is_ansi else "$faint"  # of a terminal's own colours, faint is not sure to be read
    inks = {Kind.QUOTE: "$muted", Kind.NOTE: "$ink", Kind.FACTS: quiet}
    bar = "$highlight-{}" if is_ansi else "$highlight-{}-ink"
    return Inks(
        accent=rich_style(widget, "bold $accent"),
        head=rich_style(widget, "bold $muted"),
        words={kind: rich_style(widget, ink) for kind, ink in inks.items()},
        warning=rich_style(widget, "$warning"),
        pencil=rich_style(widget, "$muted"),
        signs={color: look.sign for color, look in note_palette_of(widget).looks.items()},
        bars={color: rich_style(widget, bar.format(color.value)) for color in Color},
        here=rich_style(widget, "on $cursor"),
    )


class Marked(NamedTuple):
    """What is shown of a card besides its words."""

    color: Color
    here: bool
    """Whether the cursor is on it."""
    picked: bool


def paint(line: Line, card: Marked, shared: Columns, inks: Inks) -> list[Segment]:
    """Paint a line of a card."""
    left = Segment(" " * shared.left)
    if line.kind is Kind.BLANK:
        return [left]
    if line.kind is Kind.HEAD:
        title = shortened(line.words or "without a title", shared.margin + shared.words - 1)
        return [left, Segment(f" {drawn(title)}", inks.head)]
    painted = [*_margin(line, card, shared, inks), Segment(drawn(line.words), inks.words[line.kind])]
    if line.warning:
        painted.insert(-1, Segment(f"{line.warning}  ", inks.warning))
    if not card.here:
        return [left, *painted]
    return [left, *_grounded(painted, shared.margin + shared.words + 1, inks.here)]


def _margin(line: Line, card: Marked, shared: Columns, inks: Inks) -> Iterator[Segment]:
    """Paint what stands left of the words: the cursor, whether it is picked, and its colour."""
    is_top = line.kind is Kind.QUOTE and line.is_first
    pick = Segment(PICKED if card.picked and is_top else " ", inks.accent)
    letter = Segment(card.color.letter, inks.signs[card.color]) if is_top else Segment(" ")
    yield Segment(BAR if card.here else " ", inks.accent)
    if shared.margin == _NARROW_MARGIN:
        yield pick if card.picked else letter
    else:
        yield from (pick, letter, Segment(" "))
    if line.kind is Kind.QUOTE:
        yield Segment(f"{BAR} ", inks.bars[card.color])
    else:
        yield Segment(f"{NOTE if line.kind is Kind.NOTE and line.is_first else ' '} ", inks.pencil)


def _grounded(segments: list[Segment], width: int, ground: Style) -> Iterator[Segment]:
    """Lay a ground under segments, and under the rest of a width."""
    taken = sum(cells_of(segment.text) for segment in segments)
    for segment in (*segments, Segment(" " * max(0, width - taken))):
        yield Segment(segment.text, ground + (segment.style or Style.null()))
