"""What frames a page: one line above, one below, a prompt in place of the lower, a toast over it.

No boxes: the regions of a screen are told apart by space and by the strength of ink.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

from rich.style import Style as RichStyle
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.events import DescendantBlur, Key
from textual.message import Message
from textual.screen import Screen
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget

from reader.inert import inert

if TYPE_CHECKING:
    from textual.widgets import Input

Result = TypeVar("Result")
Severity = Literal["information", "warning", "error"]

TOAST_SECONDS = 3.0  # for each line
TOAST_LINES = 3  # a longer sentence is cut
WORDS_NEED = 16  # cells of a line to type into that its count leaves: a sign, margins, and 10 for words
NARROW = 60  # cells; with fewer, headers say no way back, and margins are as small as can be
GAP = 3  # cells between two things on one line
LEAST_LEFT = 12  # cells of the left that the last piece on the right does not take


def fit_line(left: Content, right: tuple[Content, ...], width: int) -> Content:
    """Set words at both ends of a line, without overlap.

    While they do not fit, pieces on the right go one by one, the first one first; then
    the left is cut with "…"; at last the last piece on the right goes too.

    Args:
        left: What stands at the left.
        right: Pieces that stand at the right, the last of them the most needed.
        width: Cells there are.
    """
    right = tuple(piece for piece in right if piece)
    while right and left.cell_length + GAP + _joined(right).cell_length > width:
        if len(right) == 1 and width - GAP - right[0].cell_length >= min(LEAST_LEFT, left.cell_length):
            break
        right = right[1:]
    end = _joined(right)
    room = max(0, width - end.cell_length - (GAP if right else 0))
    start = left.truncate(room, ellipsis=True)
    return Content.assemble(start, " " * (width - start.cell_length - end.cell_length), end)


def _joined(pieces: tuple[Content, ...]) -> Content:
    return Content(" " * GAP).join(pieces)


def way_back(words: str, action: str = "back") -> Content:
    """Write where one came from, such that a click goes there: by an action of the screen."""
    return Content(words).stylize(Style.from_meta({"@click": f"screen.{action}"}))


def room_title(name: str, width: int) -> Content:
    """Name a room at the left of its header; behind the way back to the library, where there is room."""
    return Content.assemble(way_back("Reading room › " if width >= NARROW else ""), (name, "bold $ink"))


def rich_style(widget: Widget, style: str) -> RichStyle:
    """Return a style of the theme, such as "bold $muted on $cursor", for the segments of a line."""
    return widget.app.stylesheet.parse_style(style).rich_style


def key_hint(key: str, does: str, action: str = "") -> Content:
    """Write for the footer of a prompt what a key does; nothing if it does nothing.

    Args:
        key: As it is named on the keyboard.
        does: "adds it".
        action: Of the screen, which a click does; "" if there is none.
    """
    hint = Content.assemble((key, "bold"), f" {does}") if does else Content()
    return hint.stylize(Style.from_meta({"@click": f"screen.{action}"})) if action else hint


class _Line(Widget):
    """One line with something at its left and something at its right."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._left = Content()
        self._right: tuple[Content, ...] = ()

    def show(self, left: Content, *right: Content) -> None:
        """Put words on the line. On a narrow screen the first pieces on the right go first."""
        now, before = (left, *right), (self._left, *self._right)
        if len(now) == len(before) and all(map(Content.is_same, now, before)):
            return
        self._left, self._right = left, right
        self.refresh()

    def render(self) -> Content:
        """Set the line for the width the screen has now."""
        return fit_line(self._left, self._right, self.size.width)


class HeaderLine(_Line):
    """The first line of a screen: where am I."""

    DEFAULT_CSS = """
    HeaderLine {
        height: 1; padding: 0 1; color: $muted;
        link-style: none; link-color: $muted; link-style-hover: underline; link-color-hover: $ink;
        link-background-hover: $background;
    }
    """


class FooterLine(_Line):
    """The last line of a screen: how things stand at the left, the keys that matter at the right."""

    DEFAULT_CSS = """
    FooterLine {
        height: 1; padding: 0 1; color: $muted;
        link-style: none; link-color: $muted; link-style-hover: underline; link-color-hover: $ink;
        link-background-hover: $background;
    }
    """


class PromptLine(Widget):
    """One line to type into, with a sign before it and a count after it.

    It takes the place of the footer while it is open. Posts `Changed` at each letter,
    `Submitted` at Enter, `Left` at Esc, and `Moved` when the reader wants to walk
    through the results without leaving it.
    """

    DEFAULT_CSS = """
    PromptLine {
        layout: horizontal; height: 1; padding: 0 1; background: $shade;
        & > #sign { width: auto; color: $accent; }
        & > #count { width: 0; margin: 0 0 0 2; color: $muted; text-align: right; }
        & > Input { width: 1fr; height: 1; border: none; padding: 0; background: $shade; color: $ink; }
        & > Input:focus { border: none; background-tint: 0%; }
    }
    """
    _STEPS: ClassVar[dict[str, str]] = {
        "up": "up",
        "down": "down",
        "pageup": "page_up",
        "pagedown": "page_down",
    }

    class Changed(Message):
        """The words were changed."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Submitted(Changed):
        """Enter was pressed."""

    class Left(Message):
        """Esc was pressed."""

    class Moved(Message):
        """An arrow or a page key was pressed; `step` is the name of the action it means."""

        def __init__(self, step: str) -> None:
            super().__init__()
            self.step = step

    def __init__(self, sign: str, words: str = "", *, hint: str = "") -> None:
        super().__init__(id="prompt")
        self._sign = sign
        self._words = words
        self._hint = hint
        self._count = Content()

    def on_resize(self) -> None:
        """Say how much was found where there is room for it now."""
        self.show_count(self._count)

    def compose(self) -> ComposeResult:
        """Lay out sign, words and count."""
        from textual.widgets import Static  # noqa: PLC0415 - 20 ms that no start needs

        from reader.tui.typed_line import TypedLine  # noqa: PLC0415 - as above

        yield Static(Content(inert(self._sign)), id="sign")
        yield TypedLine(self._words, placeholder=self._hint, select_on_focus=False, compact=True)
        yield Static(Content(), id="count")

    def on_mount(self) -> None:
        """Take the keyboard."""
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Have what is typed from now on."""
        self.screen.set_focus(self.query_one("Input"))

    def set_words(self, words: str) -> None:
        """Put other words on the line, with the cursor behind them."""
        from textual.widgets import Input  # noqa: PLC0415 - see compose

        line = self.query_one(Input)
        line.value = words
        line.cursor_position = len(words)

    def show_count(self, count: Content) -> None:
        """Say at the right how much was found."""
        from textual.widgets import Static  # noqa: PLC0415 - see compose

        self._count = count
        if count.cell_length > self.size.width - WORDS_NEED:
            count = Content()  # the words go first
        shown, width = self.query_one("#count", Static), count.cell_length
        if width > shown.size.width or not width:  # else all is laid out anew for each digit
            shown.styles.width = width
        shown.update(count, layout=False)

    def on_input_changed(self, event: "Input.Changed") -> None:
        """Pass on what was typed."""
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: "Input.Submitted") -> None:
        """Pass on that typing is over."""
        event.stop()
        self.post_message(self.Submitted(event.value))

    def on_key(self, event: Key) -> None:
        """Take Esc and the keys that walk; all others are the words' own."""
        if event.key == "escape":
            event.stop()
            self.post_message(self.Left())
        elif event.key in self._STEPS:
            event.stop()
            self.post_message(self.Moved(self._STEPS[event.key]))


class ClosedOnce(Screen[Result]):
    """A screen that closes only itself, and keeps the keyboard where it belongs.

    Keys that were pressed before it was gone still come to it. A second closing would
    take the screen below with it.
    """

    @property
    def wants_typing(self) -> bool:
        """Whether what has the keyboard shall keep it."""
        return True

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Give the keyboard back to a line that lost it to nothing: by a click where no widget stands."""
        if self.wants_typing and self.is_current and self.focused is None and self.app.app_focus:
            self.set_focus(event.widget)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the screen, unless that was done already."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class ToastLine(Widget):
    """A word in passing, bottom left above the footer."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ToastLine {
        layer: toast; dock: bottom; offset: 0 -1; width: 100%; height: auto;
        padding: 0 1; background: $shade; color: $ink; display: none;
        &.-warning { color: $warning; }
        &.-error { color: $error; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="toast")
        self._words = Content()
        self._timer: Timer | None = None

    def show(self, words: Content, severity: Severity) -> None:
        """Say something for three seconds a line; a newer word replaces an older one."""
        sign = "" if severity == "information" else "! "
        self._words = Content(sign) + words
        seconds = TOAST_SECONDS * len(self._lines())
        self.set_class(severity == "warning", "-warning")
        self.set_class(severity == "error", "-error")
        self.display = True
        self.refresh(layout=True)
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, self._hide)

    def render(self) -> Content:
        """Set the words for what the screen has."""
        return Content("\n").join(self._lines())

    def _lines(self) -> list[Content]:
        """Wrap the words; never over more than a part of the screen."""
        width = max(1, self.screen.size.width - 2)
        most = min(TOAST_LINES, max(1, self.screen.size.height // 4))
        lines = self._words.wrap(width)
        if len(lines) > most:
            rest = Content(" ").join(lines[most - 1 : most + 1])
            lines = [*lines[: most - 1], rest.truncate(width, ellipsis=True)]
        return lines

    def _hide(self) -> None:
        self.display = False


def show_toast(screen: Screen[Any], words: Content | str, severity: Severity = "information") -> None:
    """Say something on a screen in passing. A text may come from outside."""
    content = words if isinstance(words, Content) else Content(inert(words))
    toast = next(iter(screen.query(ToastLine)), None)
    if not screen.is_attached:
        return  # the program is being left
    if toast is None:
        toast = ToastLine()
        screen.mount(toast)
    toast.show(content, severity)
