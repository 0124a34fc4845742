"""Find an action by its name and do it: a line to type into, and what fits above it."""

from rich.cells import set_cell_size
from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click, Resize
from textual.geometry import Size
from textual.message import Message
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.actions import Action, Place, actions_in
from reader.folding import fold
from reader.inert import inert
from reader.keys import Remapped, first_key
from reader.tui.chrome import ClosedOnce, PromptLine, rich_style

MAX_ROWS = 14  # actions shown at once; more make a page of what should be a glance
_BAR = "▌"
_INNER = "command_palette"  # it is open already


def matching_actions(place: Place, words: str) -> tuple[Action, ...]:
    """Return the actions of a place whose title holds every word, the nearest first.

    A title that begins with the words comes before one where a word does, and that
    before one where they stand anywhere.
    """
    wanted = fold(words).split()
    found = [
        action
        for action in actions_in(place)
        if action.name != _INNER and all(word in fold(action.title) for word in wanted)
    ]
    return tuple(sorted(found, key=lambda action: _distance(fold(action.title), wanted)))


def _distance(title: str, wanted: list[str]) -> int:
    if not wanted or title.startswith(" ".join(wanted)):
        return 0
    return 1 if any(word.startswith(wanted[0]) for word in title.split()) else 2


class ActionList(ScrollView, can_focus=False):
    """Actions, one a line, with a cursor. Posts `Chosen` when one is clicked."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ActionList { height: auto; max-height: 14; background: $shade; overflow-x: hidden; }
    """

    class Chosen(Message):
        """An action was clicked."""

    def __init__(self, remapped: Remapped) -> None:
        super().__init__()
        self._remapped = remapped
        self._actions: tuple[Action, ...] = ()
        self._cursor = 0

    @property
    def current(self) -> Action | None:
        """The action under the cursor."""
        return self._actions[self._cursor] if self._actions else None

    def show(self, actions: tuple[Action, ...]) -> None:
        """Show actions, with the cursor on the first."""
        self._actions, self._cursor = actions, 0
        self.styles.height = min(max(len(actions), 1), MAX_ROWS)
        self._fit()
        self.scroll_home(animate=False)
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor, down or, if negative, up."""
        self._cursor = min(max(self._cursor + step, 0), max(len(self._actions) - 1, 0))
        top, height = self.scroll_offset.y, max(self.size.height, 1)
        top = min(max(top, self._cursor - height + 1), self._cursor)
        self.scroll_to(y=top, animate=False, immediate=True)
        self.refresh()

    def on_resize(self, _event: Resize) -> None:
        """Use the width there is."""
        self._fit()

    def on_click(self, event: Click) -> None:
        """Choose what is under the mouse."""
        event.stop()
        row = event.y + self.scroll_offset.y
        if row < len(self._actions):
            self._cursor = row
            self.post_message(self.Chosen())

    def _fit(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._actions))

    def render_line(self, y: int) -> Strip:
        """Paint an action and its key."""
        width = self.scrollable_content_region.width
        row = y + self.scroll_offset.y
        if row >= len(self._actions):
            words = " No action of this place has these words." if not self._actions and not row else ""
            return self._line(width, Segment(words, rich_style(self, "$muted")))
        action, here = self._actions[row], row == self._cursor
        ground = " on $cursor" if here else ""
        key = inert(first_key(action, self._remapped))
        title = set_cell_size(action.title, max(1, width - len(key) - 4))
        return self._line(
            width,
            Segment(f"{_BAR if here else ' '} ", rich_style(self, f"$accent{ground}")),
            Segment(title, rich_style(self, f"{'bold ' if here else ''}$ink{ground}")),
            Segment(f" {key} ", rich_style(self, f"$muted{ground}")),
        )

    def _line(self, width: int, *segments: Segment) -> Strip:
        base = self.rich_style
        return Strip(segments).crop_extend(0, width, base).apply_style(base)


class Palette(ClosedOnce[Action | None], ModalScreen[Action | None]):
    """The palette: closes with the action that was chosen, or with none.

    Args:
        place: Whose actions.
        remapped: Keys by action id, from the configuration.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    Palette {
        background: transparent; align: left bottom;
        & > Vertical { height: auto; max-height: 100%; background: $shade; padding: 1 0 0 0; }
        & ActionList { margin: 0 0 1 0; }
    }
    """

    def __init__(self, place: Place, remapped: Remapped) -> None:
        super().__init__()
        self._place = place
        self._list = ActionList(remapped)

    def compose(self) -> ComposeResult:
        """Lay out the actions and the line to type into, at the foot of the screen."""
        with Vertical():
            yield self._list
            yield PromptLine(": ", hint="type what you want to do")

    def on_mount(self) -> None:
        """Show all actions."""
        self._list.show(matching_actions(self._place, ""))

    def on_prompt_line_changed(self, event: PromptLine.Changed) -> None:
        """Keep the actions that have the words."""
        self._list.show(matching_actions(self._place, event.words))

    def on_prompt_line_moved(self, event: PromptLine.Moved) -> None:
        """Move the cursor."""
        self._list.move({"up": -1, "down": 1, "page_up": -MAX_ROWS, "page_down": MAX_ROWS}[event.step])

    def on_prompt_line_submitted(self) -> None:
        """Do what is under the cursor."""
        self.dismiss(self._list.current)

    def on_action_list_chosen(self) -> None:
        """Do what was clicked."""
        self.dismiss(self._list.current)

    def on_prompt_line_left(self) -> None:
        """Do nothing."""
        self.dismiss(None)
