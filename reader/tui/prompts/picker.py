"""Pick one line of a list: sections of an article, links. At the foot of the screen, over the page."""

from typing import NamedTuple

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.folding import fold
from reader.inert import inert
from reader.layout.cells import cells_of, shortened
from reader.tui.chrome import ClosedOnce, FooterLine, PromptLine, rich_style
from reader.tui.signs import BAR

MAX_ROWS = 14  # shown at once; more would hide the page


class Choice(NamedTuple):
    """A line that can be picked."""

    words: str
    note: str = ""
    """Stands at the right, in muted ink."""


class Picked(NamedTuple):
    """What was picked, and with which key."""

    number: int
    """Number of the choice, from 0, in the order they were given."""
    key: str


def matching_choices(choices: tuple[Choice, ...], words: str) -> tuple[int, ...]:
    """Return the numbers of the choices that hold all words."""
    wanted = fold(words).split()
    return tuple(
        number
        for number, choice in enumerate(choices)
        if all(word in fold(f"{choice.words} {choice.note}") for word in wanted)
    )


class ChoiceList(ScrollView, can_focus=False):
    """Choices, one a line, with a cursor. Posts `Chosen` when one is clicked."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ChoiceList { height: auto; max-height: 14; background: $shade; overflow-x: hidden; }
    """

    class Chosen(Message):
        """A choice was clicked."""

    def __init__(self, choices: tuple[Choice, ...], cursor: int) -> None:
        super().__init__()
        self._choices = choices
        self._shown = tuple(range(len(choices)))
        self._cursor = max(0, cursor)

    @property
    def current(self) -> int | None:
        """Number of the choice under the cursor."""
        return self._shown[self._cursor] if self._shown else None

    @property
    def words(self) -> str:
        """What the choice under the cursor says; "" if there is none."""
        return "" if self.current is None else self._choices[self.current].words

    def offer(self, choices: tuple[Choice, ...], cursor: int = 0) -> None:
        """Offer other choices, all of them shown, with the cursor on one of them."""
        self._choices = choices
        self.show(tuple(range(len(choices))), cursor)

    def show(self, numbers: tuple[int, ...], cursor: int = 0) -> None:
        """Show some of the choices, with the cursor on one of these."""
        self._shown, self._cursor = numbers, cursor
        self._fit()

    def turn(self, step: int) -> None:
        """Move the cursor; after the last comes the first."""
        self.move((self._cursor + step) % max(len(self._shown), 1) - self._cursor)

    def move(self, step: int) -> None:
        """Move the cursor, down or, if negative, up."""
        self._cursor = min(max(self._cursor + step, 0), max(len(self._shown) - 1, 0))
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        top = min(max(top, self._cursor - height + 1), self._cursor)
        self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Use the room there is."""
        self._fit()

    def on_click(self, event: Click) -> None:
        """Choose what is under the mouse."""
        event.stop()
        row = event.y + self.scroll_offset.y
        if row < len(self._shown):
            self._cursor = row
            self.refresh()
            self.post_message(self.Chosen())

    def _fit(self) -> None:
        self.styles.height = min(max(len(self._shown), 1), MAX_ROWS)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._shown))
        self.move(0)

    def render_line(self, y: int) -> Strip:
        """Paint a choice and its note."""
        width = self.scrollable_content_region.width
        row = y + self.scroll_offset.y
        if row >= len(self._shown):
            words = "  Nothing here has these words." if not self._shown and not row else ""
            return self._on_ground(Strip([Segment(words, rich_style(self, "$muted"))]), width)
        choice, here = self._choices[self._shown[row]], row == self._cursor
        ground = " on $cursor" if here else ""
        note = shortened(inert(choice.note), width // 2)
        room = max(1, width - cells_of(note) - 4)
        strip = Strip(
            [
                Segment(f"{BAR if here else ' '} ", rich_style(self, f"$accent{ground}")),
                Segment(
                    set_cell_size(shortened(inert(choice.words), room), room),
                    rich_style(self, f"{'bold ' if here else ''}$ink{ground}"),
                ),
                Segment(f" {note} ", rich_style(self, f"$muted{ground}")),
            ]
        )
        return self._on_ground(strip, width)

    def _on_ground(self, strip: Strip, width: int) -> Strip:
        return strip.crop_extend(0, width, self.rich_style).apply_style(self.rich_style)


class Picker(ClosedOnce[Picked | None], ModalScreen[Picked | None]):
    """Choices to pick one of: with a line to narrow them, or with further keys.

    A subclass may override `matching`, to find choices in another way.

    Args:
        choices: What there is to pick.
        cursor: Number of the choice the cursor begins on.
        hint: What the line below says. With `keys`, that they do something.
        keys: Keys that pick as well as Enter does; there is no line to type into then, and a number goes
            to the choice in that place.
        sign: What stands before the line.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    Picker {
        background: transparent; align: left bottom;
        & > Vertical { height: auto; max-height: 100%; background: $shade; padding: 1 0 0 0; }
        & ChoiceList { margin: 0 0 1 0; }
    }
    """

    def __init__(
        self,
        choices: tuple[Choice, ...],
        cursor: int = 0,
        *,
        hint: str,
        keys: tuple[str, ...] = (),
        sign: str = "/ ",
    ) -> None:
        super().__init__()
        self._choices = choices
        self._sign = sign
        self._list = ChoiceList(choices, cursor)
        self._hint = hint
        self._keys = keys
        self._digits = ""
        """Those that were pressed last, one after the other."""

    def compose(self) -> ComposeResult:
        """Lay out the choices, and below them the line to type into, or what the keys do."""
        with Vertical():
            yield self._list
            yield FooterLine() if self._keys else PromptLine(self._sign, hint=self._hint)

    def on_mount(self) -> None:
        """Say what the keys do."""
        for footer in self.query(FooterLine):
            footer.show(Content(self._hint))

    def on_key(self, event: Key) -> None:
        """Move, pick, or leave; while there is a line to type into, only Tab leaves here."""
        digits, self._digits = self._digits, ""
        steps = {"j": 1, "down": 1, "k": -1, "up": -1, "pagedown": MAX_ROWS, "pageup": -MAX_ROWS}
        if event.key == "tab" or (self._keys and event.key in {"escape", "q", "f"}):
            self.dismiss(None)
        elif self._keys and event.key in steps:
            self._list.move(steps[event.key])
        elif self._keys and event.key.isdecimal():
            self._go_to(f"{digits}{event.key}", event.key)
        elif self._keys and event.key in {"enter", *self._keys}:
            self._pick(event.key)
        else:
            return
        event.stop()
        event.prevent_default()

    def _go_to(self, *numbers: str) -> None:
        """Go to the choice that the first of some numbers counts, from 1."""
        self._digits = next((one for one in numbers if 1 <= int(one) <= len(self._choices)), "")
        if self._digits and self._list.current is not None:
            self._list.move(int(self._digits) - 1 - self._list.current)

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Keep the choices that have the words."""
        self._list.show(self.matching(event.words))

    def matching(self, words: str) -> tuple[int, ...]:
        """Return the numbers of the choices that are meant by some words."""
        return matching_choices(self._choices, words)

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Move the cursor."""
        self._list.move({"up": -1, "down": 1, "page_up": -MAX_ROWS, "page_down": MAX_ROWS}[event.step])

    def on_prompt_line_submitted(self) -> None:
        """Pick what is under the cursor."""
        self._pick("enter")

    def on_choice_list_chosen(self) -> None:
        """Pick what was clicked."""
        self._pick("enter")

    def on_prompt_line_left(self) -> None:
        """Pick nothing."""
        self.dismiss(None)

    def _pick(self, key: str) -> None:
        number = self._list.current
        self.dismiss(None if number is None else Picked(number, key))
