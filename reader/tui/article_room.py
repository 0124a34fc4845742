"""The article that is open: what is shown of it, what the lines around it say, what is remembered.

The ways through it are the actions of `reading_screen`.
"""

from dataclasses import replace
from datetime import UTC, datetime

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.message import Message

from reader.errors import ReaderError
from reader.layout import nothing_hidden, offset_in_article, offset_in_source, source_article
from reader.model import Article, Category, Choice, Ledger, Progress, Status
from reader.tui.article_view import ArticleView
from reader.tui.chrome import FooterLine, HeaderLine
from reader.tui.finder import Finder
from reader.tui.page_view import BEGINNING, Place, place_at
from reader.tui.reading_words import encoding_words, header, hidden_words, time_left, words_in
from reader.tui.room import Left, Room
from reader.workspace import Reading, Workspace

REMEMBER_EVERY = 5.0  # seconds; a crash loses no more of the place
JUDGE_AFTER = 0.15  # seconds; a thread that judges slows the first paint to a half
SHORT = 16  # rows; with fewer, no blank lines stand around the page


class ArticleRoom(Room):
    """A room in which one article is open.

    Args:
        workspace: What is open.
        article_id: What to read.
    """

    DEFAULT_CSS = """
    ArticleRoom {
        ArticleView { margin: 1 0; }
        &.-short ArticleView, &.-zen ArticleView { margin: 0; }
        &.-zen HeaderLine, &.-zen FooterLine { display: none; }
    }
    """

    class Judged(Message):
        """A large article has its verdicts."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.reading = reading

    def __init__(self, workspace: Workspace, article_id: str) -> None:
        super().__init__(workspace)
        self.article_id = article_id
        self.header, self.footer = HeaderLine(), FooterLine()
        hint = f"{self.key_of('choose_block')} brings it back"
        self.view = ArticleView(workspace.preferences().width, hint)
        self.finder = Finder()
        self.reading: Reading | None = None
        self.reveal = False
        self._source: Article | None = None
        """The source as it is, while that is shown."""
        self._page_place = BEGINNING
        """Where the reader was on the page when the source was shown."""
        self._source_place = BEGINNING
        self._words = 0
        self._status = Status.NEW
        self._remembered: Progress | None = None
        self._opened_at = BEGINNING
        """Where the reader was when the article was opened, or marked: who has not moved has not read."""
        self.jumped = False
        """Whether the last move was a jump: who jumps to the end has not read to it."""

    def compose(self) -> ComposeResult:
        """Lay out header, article and footer."""
        yield self.header
        yield self.view
        yield self.footer

    def on_mount(self) -> None:
        """Open the article, and remember the place now and then."""
        self.set_interval(REMEMBER_EVERY, self._notice)
        self.open_article(self.article_id)

    def on_unmount(self) -> None:
        """Remember the place, however the reader leaves."""
        self.remember()

    def on_resize(self, event: Resize) -> None:
        """Leave a short screen to the words."""
        self.set_class(event.size.height < SHORT, "-short")

    # What is shown

    @property
    def shown(self) -> tuple[Article, Ledger] | None:
        """The article and its verdicts, or the source and none; None while nothing is open."""
        if self.reading is None:
            return None
        if self._source is not None:
            return self._source, nothing_hidden(self._source)
        return self.reading.article, self.reading.ledger

    @property
    def is_source(self) -> bool:
        """Whether the source is shown in place of the article."""
        return self._source is not None

    def open_article(self, article_id: str, place: Place | None = None) -> bool:
        """Open an article where the reader left it, or at a place. Returns whether it could be read."""
        try:
            reading = self.workspace.open(article_id)
        except ReaderError as error:
            if self.reading is None:
                self.post_message(Left(self, str(error)))
            else:
                self.toast(str(error), "error")
            return False
        self.remember()
        self.article_id, self.reading, self._source = article_id, reading, None
        self.workspace.prefer(replace(self.workspace.preferences(), last_article=article_id))
        self._status, self._remembered = reading.progress.status, None
        self._words = words_in(reading)
        self.finder.clear()
        self.show(place or _first_place(reading))
        if reading.ledger.note:
            self.toast(reading.ledger.note)
        if not reading.judged:
            self.set_timer(JUDGE_AFTER, self._judge)
        return True

    def show(self, place: Place | None = None) -> None:
        """Show what is open as it is now; at a place, or at the one that is shown."""
        if self.shown is not None:
            self.view.show(*self.shown, reveal=self.reveal or self.is_source, place=place)
            self.show_lines()

    def update_reading(self, reading: Reading) -> None:
        """Show the open article after its verdicts, or its star, became others."""
        if reading.article.id != self.article_id:
            return  # the reader has gone on while it was judged
        self.reading = reading
        self._words = words_in(reading)
        if not self.is_source:
            self.show()
        self.show_lines()

    @work(thread=True, exclusive=True, group="judge")
    def _judge(self) -> None:
        """Judge a large article behind the screen that already shows it.

        It takes no argument: the toolkit keeps the `repr` of each, and that of a book
        is five times the book.
        """
        if self.reading is not None:
            self.post_message(self.Judged(self.workspace.judge(self.reading)))

    def on_article_room_judged(self, event: Judged) -> None:
        """Show the verdicts on a large article."""
        self.update_reading(event.reading)

    # The source

    def show_source(self) -> None:
        """Show the source as it is, at the same words."""
        if self.reading is None:
            return
        try:
            text = self.workspace.raw(self.article_id)
        except ReaderError as error:
            self.toast(str(error), "error")
            return
        self._page_place = self.view.place
        self._source = source_article(self.reading.article, text.expandtabs())
        offset = offset_in_source(self.reading.article, self._source, self._page_place.offset)
        self._source_place = Place(offset)
        self.finder.clear()
        self.show(self._source_place)
        self._source_place = self.view.place

    def show_page(self) -> None:
        """Show the page again, at the words that the source stood at."""
        if self.reading is None or self._source is None:
            return
        place = self._page_place
        if self.view.place != self._source_place:
            place = Place(offset_in_article(self.reading.article, self._source, self.view.place.offset))
        self._source = None
        self.finder.clear()
        self.show(place)

    # What the lines say

    def on_page_view_moved(self) -> None:
        """Say how far the reader is now."""
        if not self.jumped:
            self._see_end()
        self.show_lines()

    def _notice(self) -> None:
        """Remember the place; who is still at the end has read to it, however he came there."""
        self._see_end()
        self.remember()

    def _see_end(self) -> None:
        if self.reading is not None and not self.is_source and self.view.is_at_end:
            self._status = Status.DONE

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self.show_lines()

    def show_lines(self) -> None:
        """Bring header and footer up to date."""
        if self.reading is None or self.view.page is None:
            return
        self.header.show(*header(self.reading, self.view.fraction, is_source=self.is_source))
        hints = [self.hint(name) for name in ("find", "show_help")]
        self.footer.show(Content(self.pending or self._state(self.reading)), *hints)

    def _state(self, reading: Reading) -> str:
        if self.finder.phrase:
            return f"“{self.finder.phrase}” {self.finder.count()}"
        if self.is_source:
            return f"{self.key_of('toggle_raw')} shows the page"
        left = time_left(self._words, self.view.fraction_above, at_end=self.view.is_at_end)
        hidden = hidden_words(reading, self.key_of("toggle_hidden"), reveal=self.reveal)
        return " · ".join(filter(None, (left, hidden, encoding_words(reading))))

    # What is remembered, and the reader's choices

    def remember(self) -> None:
        """Remember where the reader stands, if that has changed."""
        if self.reading is None or self.view.page is None:
            return
        place = self._page_place if self.is_source else self.view.place
        has_begun = self._status is Status.NEW and self.view.place != self._opened_at
        status = Status.READING if has_begun else self._status
        now = Progress(place.kept, round(self.view.fraction, 4), status)
        if now != self._remembered:
            self._remembered = now
            opened = datetime.now(UTC).isoformat(timespec="seconds")
            self.workspace.remember(self.article_id, replace(now, opened=opened))

    def choose(self, reading: Reading, block: int) -> None:
        """Bring a hidden block back, hide one that is kept."""
        reason = reading.ledger.verdicts[block]
        by_hand = reason is not None and reason.category is Category.CHOICE
        choice = Choice.HIDE if reason is None else None if by_hand else Choice.KEEP
        try:
            self.update_reading(self.workspace.choose(reading, block, choice))
        except ReaderError as error:
            self.toast(str(error), "error")
            return
        self.toast(f"{'hidden' if reason is None else 'brought back'} · {self.key_of('undo')} undoes")

    def words_changed(self) -> None:
        """Show verdicts, star and status as they are after an undo."""
        if self.reading is not None:
            self._status = self.workspace.progress().get(self.article_id, Progress()).status
            self.update_reading(self.workspace.refresh(self.reading))

    def set_done(self, *, done: bool) -> None:
        """Mark the article as read to its end, or as unread."""
        try:
            self.workspace.mark_done(self.article_id, done=done)
        except ReaderError as error:
            self.toast(str(error), "error")
            return
        self._status = Status.DONE if done else Status.NEW
        self._opened_at, self.jumped, self._remembered = self.view.place, True, None
        self.toast(f"marked as {'read' if done else 'unread'} · {self.key_of('undo')} undoes")

    @property
    def is_done(self) -> bool:
        """Whether the article counts as read."""
        return self._status is Status.DONE


def _first_place(reading: Reading) -> Place:
    """Where to begin: where the reader left, but at the beginning of what was read to its end."""
    if reading.progress.status is Status.DONE:
        return BEGINNING
    return place_at(reading.article, reading.progress.offset)
