"""Two texts: the sentences that are not the same in both, and the way to each of them in its article."""

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.strip import Strip
from textual.widget import Widget

from reader.actions import Place
from reader.differing import counted, differences_in
from reader.inert import inert
from reader.layout.cells import cells_of, shortened
from reader.likeness import in_words
from reader.tui.chrome import FooterLine, HeaderLine, rich_style, room_title
from reader.tui.comparing.lines import FIRST, GAP, MARGIN, SCROLL_BAR, SECOND, widths
from reader.tui.comparing.view import CompareView
from reader.tui.list_room import ListRoom
from reader.tui.words import date_in_words
from reader.workspace import Workspace

if TYPE_CHECKING:
    from reader.comparing import Comparison

SHORT = 16  # rows; with fewer, no blank lines stand around the page


class _Names(Widget):
    """The names of the two texts, where each of them stands."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    _Names { height: 2; }
    """

    def __init__(self, first: str, second: str) -> None:
        super().__init__()
        self._first, self._second = first, second

    def on_resize(self, event: Resize) -> None:
        """Take one line where there is room for both beside each other."""
        self.styles.height = 1 if widths(event.size.width - SCROLL_BAR).beside else 2

    def render_line(self, y: int) -> Strip:
        """Paint the name of one text, or both."""
        shared, base = widths(self.size.width - SCROLL_BAR), self.rich_style
        names = (self._first, self._second) if shared.beside else ((self._first, self._second)[y],)
        signs = (FIRST, SECOND) if shared.beside else ((FIRST, SECOND)[y],)
        segments = [Segment(" " * (MARGIN - 2))]
        for sign, name in zip(signs, names, strict=True):
            shown = shortened(name, shared.text)
            fill = " " * (shared.text - cells_of(shown) + GAP)
            segments += [
                Segment(f"{sign} ", rich_style(self, "$muted")),
                Segment(shown, rich_style(self, "bold $ink")),
                Segment(fill),
            ]
        return Strip(segments).crop_extend(0, self.size.width, base).apply_style(base)


class CompareScreen(ListRoom):
    """What is different in two texts.

    Args:
        workspace: What is open.
        comparison: What was compared.
    """

    PLACE: ClassVar[Place] = Place.COMPARING
    DEFAULT_CSS = """
    CompareScreen {
        _Names { margin: 1 0 0 0; }
        CompareView { margin: 1 0; }
        &.-short _Names, &.-short CompareView { margin: 0; }
    }
    """

    def __init__(self, workspace: Workspace, comparison: "Comparison") -> None:
        self._view = CompareView(comparison.parts)
        super().__init__(workspace, self._view)
        self._comparison = comparison
        self._found = differences_in(comparison.parts)
        self._header, self._footer = HeaderLine(), FooterLine()
        self._names = _Names(*self._named())

    def _named(self) -> tuple[str, str]:
        first, second = self._comparison.first, self._comparison.second
        facts = ((one.title, one.source, date_in_words(one.date)) for one in (first, second))
        named = tuple(inert(" · ".join(filter(None, one))) for one in facts)
        return (inert(first.title) if self._comparison.is_version else named[0]), named[1]

    def compose(self) -> ComposeResult:
        """Lay out header, names, differences and footer."""
        yield self._header
        yield self._names
        yield self._view
        yield self._footer

    def on_resize(self, event: Resize) -> None:
        """Use all of a short screen."""
        self.set_class(event.size.height < SHORT, "-short")
        self._show_lines()

    def on_compare_view_moved(self) -> None:
        """Say which difference this is."""
        self._show_lines()

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self._show_lines()

    def _show_lines(self) -> None:
        title = room_title("Differences", self.size.width)
        total = len(self._found)
        at = Content(f"{self._view.current + 1:,}/{total:,}" if total else "")
        self._header.show(title, Content(in_words(self._comparison.common)), at)
        hints = map(self.hint, ("open", "next_difference", "show_help") if total else ("show_help",))
        self._footer.show(Content(self.pending or self._state()), *hints)

    def _state(self) -> str:
        only = ("gone", "new") if self._comparison.is_version else ("only above", "only below")
        if widths(self.size.width - SCROLL_BAR).beside and not self._comparison.is_version:
            only = ("only at the left", "only at the right")
        return counted(self._comparison.parts, *only) or "the words are the same"

    # The ways through it

    def action_next_difference(self) -> None:
        """Next difference."""
        if not self._view.step(1):
            self.toast("this is the last difference")

    def action_previous_difference(self) -> None:
        """Difference before."""
        if not self._view.step(-1):
            self.toast("this is the first difference")

    async def on_compare_view_chosen(self) -> None:
        """Go to what was double-clicked."""
        await self.action_open()

    async def action_open(self) -> None:
        """Go to the sentence in its article; of one that both have, in the first."""
        if not self._found:
            return
        one, is_version = self._found[self._view.current], self._comparison.is_version
        if one.before and not is_version:
            there, sentence = self._comparison.first, one.before
        elif one.after:
            there, sentence = self._comparison.second, one.after
        else:
            self.toast("only the version before has it, which is kept beside the articles")
            return
        await self.doors.read(there.id, passage=(sentence.start, sentence.end))

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()
