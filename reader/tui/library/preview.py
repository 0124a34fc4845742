"""The first paragraphs of the article under the cursor, beside a list that leaves room."""

from collections.abc import Callable

from textual import work
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget

from reader.amounts import amount
from reader.errors import ReaderError
from reader.inert import inert, inert_lines
from reader.model import Block, BlockKind, Summary
from reader.notebook import About
from reader.tui.signs import NOTE
from reader.tui.words import date_in_words, length_in_words
from reader.workspace import Reading

LIST_WITH_PREVIEW = 120  # cells from which on a list leaves room for a preview
ROWS_WITH_PREVIEW = 16
SAID = 6  # lines of what the reader says of the whole article
REST = 0.12  # seconds the cursor rests before an article is read
_ENOUGH = 3000  # code points; the tallest screen shows less
_STYLES = {
    BlockKind.HEADING: "bold",
    BlockKind.LIVE_ENTRY: "bold",
    BlockKind.CAPTION: "italic $muted",
    BlockKind.BYLINE: "$muted",
    BlockKind.QUOTE: "$muted",
}


def facts(summary: Summary) -> Content:
    """Say in one line what is known of an article."""
    known = (
        inert(summary.source),
        inert(summary.author),
        inert(date_in_words(summary.date)),
        length_in_words(summary.words),
        f"{amount(summary.hidden, 'block')} hidden" if summary.hidden else "",
    )
    return Content(" · ".join(fact for fact in dict.fromkeys(known) if fact))


def said(about: About) -> Content:
    """Say what the reader wrote on the whole article: its tags, and the note."""
    tags = Content.styled("  ".join(f"#{inert(tag)}" for tag in about.tags), "$muted")
    note = Content.styled(f"{NOTE} {inert_lines(about.note)}", "$ink") if about.note else Content()
    return Content("\n").join(part for part in (tags, note) if part)


def beginning(reading: Reading) -> Content:
    """Return the first blocks that are kept, without the title; below each other as on the page."""
    from reader.layout import is_dense  # noqa: PLC0415 - read in a thread, when a list is shown already

    parts: list[Content] = []
    size, above = 0, None
    for block in reading.ledger.kept(reading.article):
        if block.kind is not BlockKind.TITLE:
            words = _words_of(block, reading.article.text)
            gap = "" if above is None else "\n" if above is block.kind and is_dense(block) else "\n\n"
            parts.append(Content.styled(gap + words, _STYLES.get(block.kind, "")))
            size, above = size + len(words), block.kind
            if size > _ENOUGH:
                break
    return Content("").join(parts)


def _words_of(block: Block, text: str) -> str:
    from reader.layout import marker_of, with_bars  # noqa: PLC0415 - as above

    words = text[block.start : min(block.end, block.start + _ENOUGH)]
    if block.kind is BlockKind.LIST_ITEM:
        words = f"{marker_of(block)} {words}"
    return inert_lines(with_bars(words) if block.kind is BlockKind.ROW else words)


class Preview(Widget, can_focus=False):
    """Title, facts and beginning of one article.

    It is one widget of a size that stays: what it shows, each key changes, and lays nothing out.

    Args:
        read: Opens an article by its id; called in a thread.
        about: Tells what the reader says of an article.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Preview {
        width: 2fr; max-width: 72; height: 1fr; padding: 1 3 0 2; margin: 0 0 0 1;
        background: $shade; color: $ink; display: none;
    }
    """

    class Begun(Message):
        """The beginning of an article was read."""

        def __init__(self, summary: Summary, words: Content) -> None:
            super().__init__()
            self.summary = summary
            self.words = words

    def __init__(self, read: Callable[[str], Reading], about: Callable[[str], About]) -> None:
        super().__init__()
        self._said = self._beginning = Content()
        self._read = read
        self._about = about
        self._summary: Summary | None = None
        self._timer: Timer | None = None

    def show(self, summary: Summary | None) -> None:
        """Show what the list knows of an article; its beginning follows when the cursor rests."""
        self._summary = summary
        self._beginning = Content()
        self.show_about()
        self._read_soon()

    def show_about(self) -> None:
        """Show what the reader says of the article now."""
        self._said = said(self._about(self._summary.id)) if self._summary else Content()
        self.refresh()

    def render(self) -> Content:
        """Set what is known of the article above how it begins; the toolkit wraps it."""
        if self._summary is None:
            return Content()
        title = Content.styled(inert(self._summary.title), "bold")
        head = Content("\n").join((title, facts(self._summary).stylize("$muted")))
        about = (
            Content("\n").join(self._said.wrap(self.content_size.width)[:SAID]) if self._said else Content()
        )
        return Content("\n\n").join(part for part in (head, about, self._beginning) if part)

    def open(self, *, visible: bool) -> None:
        """Show or hide the preview; nothing is read for one that is hidden."""
        self.display = visible
        self._read_soon()

    def _read_soon(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        if self.display and self._summary is not None:
            self._timer = self.set_timer(REST, self._read_beginning)

    @work(thread=True, exclusive=True)
    def _read_beginning(self) -> None:
        summary = self._summary
        if summary is None:
            return
        try:
            words = beginning(self._read(summary.id))
        except ReaderError as error:
            words = Content.styled(f"! {inert(str(error))}", "$error")
        self.post_message(self.Begun(summary, words))

    def on_preview_begun(self, message: Begun) -> None:
        """Show the beginning of an article, if the cursor is still on it."""
        message.stop()
        if message.summary is self._summary:
            self._beginning = message.words
            self.refresh()
