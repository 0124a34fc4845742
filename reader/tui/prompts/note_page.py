"""One note, whole: over the foot of the page it stands on, or on a page of its own if its article is gone."""

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.inert import inert, inert_lines
from reader.passages import Placed
from reader.tui.chrome import ClosedOnce, FooterLine, HeaderLine
from reader.tui.prompts.scrolling import scroll
from reader.tui.words import day_in_words

SHARE = 0.6  # of the rows of a screen, at most, for a note over its page


def whole(placed: Placed) -> Content:
    """Set all that is known of an annotation."""
    annotation, target = placed.annotation, placed.annotation.target
    facts = (
        inert(" ".join(f"#{tag}" for tag in annotation.tags)),
        annotation.color.value,
        day_in_words(annotation.created),
        inert(str(placed.file)),
    )
    return Content.assemble(
        (f"“{inert(placed.title)}” is gone from {inert(placed.path) or 'the library'}.\n\n", "$warning"),
        (f"…{inert_lines(target.prefix)}", "$muted"),
        (inert_lines(target.exact), "bold $ink"),
        (f"{inert_lines(target.suffix)}…\n\n", "$muted"),
        (f"{inert_lines(annotation.body)}\n\n" if annotation.body else "", "$ink"),
        (" · ".join(filter(None, facts)), "$muted"),
    )


class NotePage(ClosedOnce[None]):
    """A page with one note. Esc, q and the key that opened it close it."""

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    NotePage {
        background: $background; color: $ink;
        & > VerticalScroll { height: 1fr; margin: 1 0; padding: 0 2; align-horizontal: center; }
        & Static { height: auto; max-width: 72; }
    }
    """

    def __init__(self, placed: Placed) -> None:
        super().__init__()
        self._header, self._footer = HeaderLine(), FooterLine()
        self._body = VerticalScroll(Static(whole(placed)), can_focus=False)

    def compose(self) -> ComposeResult:
        """Lay out heading, note and footer."""
        yield self._header
        yield self._body
        yield self._footer

    def on_mount(self) -> None:
        """Name the page."""
        self._header.show(Content.assemble("Reading room › Notes › ", ("Orphan", "bold $ink")))
        self._footer.show(Content("if the article comes back, so does the place"), Content("Esc closes"))

    def on_key(self, event: Key) -> None:
        """Scroll, or close."""
        event.stop()
        if event.key in {"escape", "q", "enter", "l", "right"}:
            self.dismiss()
        else:
            scroll(self._body, event.key)


class NoteSheet(ClosedOnce[None], ModalScreen[None]):
    """A note at the foot of the screen, to be read where its passage stands.

    Args:
        placed: What it is.
        about: What it is about, in words.
    """

    AUTO_FOCUS = None
    DEFAULT_CSS = """
    NoteSheet {
        background: transparent; align: left bottom;
        & > Vertical { background: $shade; height: auto; max-height: 60%; }
        & VerticalScroll { height: auto; max-height: 100%; padding: 0 2 1 2; }
        & Static { height: auto; max-width: 72; color: $ink; }
    }
    """

    def __init__(self, placed: Placed, about: str) -> None:
        super().__init__()
        self._header = HeaderLine()
        self._about = about
        tags = inert(" ".join(f"#{tag}" for tag in placed.annotation.tags))
        words = Content.assemble(
            (f"{tags}\n\n" if tags else "", "$muted"), inert_lines(placed.annotation.body)
        )
        self._body = VerticalScroll(Static(words), can_focus=False)

    def compose(self) -> ComposeResult:
        """Lay out what it is about, and the note."""
        with Vertical():
            yield self._header
            yield self._body

    def on_mount(self) -> None:
        """Say what it is, and how it closes."""
        self._header.show(
            Content.styled(inert(self._about), "$ink"), Content("j k scroll"), Content("Esc closes")
        )

    def on_resize(self, event: Resize) -> None:
        """Leave some of the page to be seen, also of a short screen."""
        self._body.styles.max_height = max(1, round(SHARE * event.size.height) - 1)

    def on_key(self, event: Key) -> None:
        """Scroll, or close."""
        event.stop()
        if event.key in {"escape", "q", "enter"}:
            self.dismiss()
        else:
            scroll(self._body, event.key)
