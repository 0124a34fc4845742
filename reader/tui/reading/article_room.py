"""The article that is open: what is shown of it, what the lines around it say, what is remembered.

The ways through it are the actions of `screen`.
"""

from dataclasses import replace

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Resize
from textual.message import Message

from reader.errors import ReaderError
from reader.inert import inert
from reader.layout import Highlights, nothing_hidden
from reader.model import Article, Ledger, Progress, Status
from reader.passages import Placed
from reader.reading_time import minutes
from reader.tui.chrome import FooterLine, HeaderLine
from reader.tui.doors import Goal
from reader.tui.reading.article_view import ArticleView
from reader.tui.reading.bookmark import Bookmark
from reader.tui.reading.finder import Finder
from reader.tui.reading.jumps import Jump, JumpStack
from reader.tui.reading.outline import chapter_at
from reader.tui.reading.page_view import BEGINNING, Place, place_at
from reader.tui.reading.source import ShownSource, source_at
from reader.tui.reading.task import Task
from reader.tui.reading.words import encoding_words, fault_words, header, hidden_words, time_left, words_in
from reader.tui.room import Left, Room
from reader.workspace import Reading, Workspace

REMEMBER_EVERY = 5.0  # seconds; a crash loses no more of the place
JUDGE_AFTER = 0.15  # seconds; a thread that judges slows the first paint to a half
LONG = 20  # minutes; the header of what takes longer names the chapter
SHORT = 16  # rows; with fewer, no blank lines stand around the page


class ArticleRoom(Room):
    """A room in which one article is open.

    Args:
        workspace: What is open.
        article_id: What to read.
        passage: Where to begin, if not where the reader left it: this flashes.
    """

    DEFAULT_CSS = """
    ArticleRoom {
        ArticleView { margin: 1 0; }
        &.-short ArticleView, &.-zen ArticleView { margin: 0; }
        &.-zen HeaderLine, &.-zen FooterLine { display: none; }
    }
    """

    class Judged(Message):
        """The open article has its verdicts: a large one late, any other after the files changed."""

        def __init__(self, reading: Reading) -> None:
            super().__init__()
            self.reading = reading

    def __init__(self, workspace: Workspace, article_id: str, passage: Goal | None = None) -> None:
        super().__init__(workspace)
        self.article_id = article_id
        self._begin_at = passage
        self.header, self.footer = HeaderLine(), FooterLine()
        self.view = ArticleView(workspace.memory.preferences().width)
        self.view.hint = f"{self.key_of('choose_block')} brings it back"
        self.finder = Finder()
        self.jumps = JumpStack()
        self.reading: Reading | None = None
        self.placed: tuple[Placed, ...] = ()
        """What the reader made of the article; orphans last."""
        self.highlights = Highlights()
        """Those that stand in the text."""
        self.reveal = False
        self._source: ShownSource | None = None
        """The source as it is, while that is shown."""
        self._words = 0
        self.bookmark = Bookmark(workspace, self.view)
        self._purpose: Task | None = None
        self._made_before: tuple[object, ...] | None = None
        """What the files said when another room was opened above this one; None if none was."""

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

    def on_screen_suspend(self) -> None:
        """Know what the reader had made when another room was opened above."""
        self._made_before = self.workspace.notebook.records

    def on_screen_resume(self) -> None:
        """Show what was changed there."""
        if self.app.screen is self and self._made_before not in (None, self.workspace.notebook.records):
            self.words_changed()

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
            return self._source.article, nothing_hidden(self._source.article)
        return self.reading.article, self.reading.ledger

    @property
    def is_source(self) -> bool:
        """Whether the source is shown in place of the article."""
        return self._source is not None

    def open_article(self, article_id: str, place: Place | None = None) -> bool:
        """Open an article where the reader left it, or at a place. Returns whether it could be read."""
        try:
            reading = self.workspace.desk.open(article_id)
        except ReaderError as error:
            if self.reading is None:
                self.post_message(Left(self, str(error)))
            else:
                self.toast(str(error), "error")
            return False
        self.remember()
        self.article_id, self.reading, self._source = article_id, reading, None
        self.workspace.memory.prefer(replace(self.workspace.memory.preferences(), last_article=article_id))
        self.bookmark.lay_into(reading.article, reading.progress.status)
        self._words = words_in(reading)
        self._place_annotations(reading)
        self.finder.clear()
        self.show(place or _first_place(reading))
        if reading.ledger.note:
            self.toast(reading.ledger.note)
        if not reading.judged:
            self.set_timer(JUDGE_AFTER, self._judge)
        return True

    def files_changed(self) -> None:
        """Go on in what this article became, at the same words; one that is gone stays until it is left."""
        if self.reading is None:
            return
        if self.is_waiting or self.view.has_caret:
            self.set_timer(REMEMBER_EVERY, self.files_changed)  # not under the reader's hand
            return
        is_there = self.workspace.summary(self.article_id) is not None
        became = "" if is_there else self.workspace.notebook.became(self.article_id)
        if is_there:
            self._judge()  # by other rules, or beside other articles of its source
        elif became and self.open_article(became):
            self.toast("the file was changed; this is the new text")
        elif not became:
            self.toast(
                "its file is gone, or was changed beyond knowing; this is the text as it was", "warning"
            )

    def show(self, place: Place | None = None) -> None:
        """Show what is open as it is now; at a place, or at the one that is shown."""
        if self.shown is not None:
            self.view.show(*self.shown, reveal=self.reveal or self.is_source, place=place)
            self.view.show_annotations(Highlights() if self.is_source else self.highlights)
            self.show_lines()

    def show_passage(self, start: int, end: int) -> None:
        """Bring a passage into sight, also from under a fold, and let it flash."""
        if self.is_folded(start, end):
            self.reveal = True
            self.show()
        self.view.go_to(start, end)

    def is_folded(self, start: int, end: int) -> bool:
        """Tell whether no word of a passage is on the page."""
        if self.reading is None or self.reveal:
            return False
        blocks = zip(self.reading.article.blocks, self.reading.ledger.verdicts, strict=True)
        return all(reason is not None for block, reason in blocks if block.start < end and start < block.end)

    def show_annotations(self) -> None:
        """Show the highlights and notes as they are now; place and caret stay."""
        if self.reading is not None:
            self._place_annotations(self.reading)
            if not self.is_source:
                self.view.show_annotations(self.highlights)
            self.show_lines()

    def _place_annotations(self, reading: Reading) -> None:
        self.placed = self.workspace.notebook.annotations(reading.article)
        self.highlights = Highlights(self.placed)

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
        """Judge an article behind the screen that already shows it.

        It takes no argument: the toolkit keeps the `repr` of each, and that of a book
        is five times the book.
        """
        if self.reading is not None:
            self.post_message(self.Judged(self.workspace.desk.judge(replace(self.reading, judged=False))))

    def on_article_room_judged(self, event: Judged) -> None:
        """Show verdicts that are new."""
        if event.reading != self.reading:
            self.update_reading(event.reading)

    @property
    def here(self) -> Jump:
        """Where the reader is, to come back to."""
        return Jump(self.article_id, self.view.place)

    def leave_by_jump(self) -> None:
        """Remember this place, which is about to be left by a jump."""
        self.bookmark.jumped = True
        if not self.is_source:
            self.jumps.push(self.here)
        if self.view.passage is None:
            self.view.hide_caret()

    def leave(self) -> None:
        """Leave the article, and keep the place."""
        self.remember()
        self.post_message(Left(self))

    def on_page(self) -> Reading | None:
        """Return the open article if its page is shown, and has lines; else say why not."""
        if self.is_source:
            self.toast(f"{self.key_of('toggle_raw')} shows the page, where this works")
        elif self.reading is not None and not self.reading.article.blocks:
            self.toast("this article is empty")
        elif self.view.page is not None and not self.view.page.line_count:
            self.toast(f"all of this article is hidden · {self.key_of('toggle_hidden')} shows it")
        else:
            return self.reading
        return None

    # The source

    def show_source(self) -> None:
        """Show the source as it is, at the same words."""
        if self.reading is None:
            return
        with self.attempt():
            self._show_source(self.reading.article, self.workspace.desk.raw(self.article_id))

    def _show_source(self, article: Article, text: str) -> None:
        self._source = source_at(article, text, self.view.place)
        self.finder.clear()
        self.show(self._source.begun)
        self._source = replace(self._source, begun=self.view.place)  # near an end, the view stands elsewhere

    def show_page(self) -> None:
        """Show the page again, at the words that the source stood at."""
        if self._source is not None:
            place, self._source = self._source.back(self.view.place), None
            self.finder.clear()
            self.show(place)

    # What the lines say

    def on_page_view_moved(self) -> None:
        """Say how far the reader is now; at first, go where the reader was to begin."""
        if self._begin_at is not None and self.view.page is not None:
            goal, self._begin_at = self._begin_at, None
            self._begin(goal)
        self.bookmark.see(is_source=self.is_source)
        self.show_lines()

    def _begin(self, goal: Goal) -> None:
        """Go to what the reader came for; to an annotation where it stands now."""
        if not isinstance(goal, Placed):
            self.show_passage(*goal)
        elif there := self.highlights.same_as(goal):
            self.show_passage(there.start, there.end)
            self.view.choose(there)
        else:
            self.toast(f"the passage is not found here · {self.key_of('orphans')} puts it back", "warning")
            return
        self.bookmark.look()

    def _notice(self) -> None:
        """Remember the place; who is still at the end has read to it, by whichever way."""
        self.bookmark.see_end(is_source=self.is_source)
        self.remember()

    def pending_changed(self) -> None:
        """Show half a key sequence in the footer."""
        self.show_lines()

    def show_lines(self) -> None:
        """Bring header and footer up to date."""
        if self.reading is None or self.view.page is None:
            return
        fraction, chapter = self.view.fraction, self._chapter(self.reading)
        self.header.show(*header(self.reading, fraction, chapter, is_source=self.is_source))
        words = self.pending or self.state(self.reading)
        self.footer.show(Content(inert(words)), *map(self.hint, self.hinted))

    def _chapter(self, reading: Reading) -> str:
        """Return the chapter of a long text that the reader is in; a short one is seen at a glance."""
        if self.is_source or minutes(self._words) < LONG:
            return ""
        return chapter_at(reading.article, reading.ledger, self.view.focused_offset)

    @property
    def hinted(self) -> tuple[str, ...]:
        """Names of the actions that the footer shows, the most needed last."""
        return ("find", "show_help") if self.is_source else ("highlight", "note", "tag", "find", "show_help")

    def state(self, reading: Reading) -> str:
        """Say how things stand, at the left of the footer."""
        if self.finder.phrase:
            return f"“{self.finder.phrase}” {self.finder.count()}"
        if self.is_source:
            return f"{self.key_of('toggle_raw')} shows the page"
        left = time_left(self._words, self.view.fraction_above, at_end=self.view.is_at_end)
        hidden = hidden_words(reading, self.key_of("toggle_hidden"), reveal=self.reveal)
        faults = fault_words(self.workspace.notebook.problems(), self.key_of("show_problems"))
        return " · ".join(filter(None, (faults, left, hidden, encoding_words(reading))))

    # What the next passage is for

    @property
    def purpose(self) -> Task | None:
        """What the next passage is for that is selected here."""
        return self._purpose if self._purpose and self._purpose.article_id in {"", self.article_id} else None

    def begin_task(self, task: Task) -> None:
        """Have the next passage taken for something."""
        self._purpose = task
        self.show_lines()

    def end_task(self) -> None:
        """Take the next passage for a highlight again."""
        self._purpose = None
        self.view.hide_caret()
        self.show_lines()

    def leave_task(self) -> None:
        """Leave undone what a passage was to be selected for, and select nothing."""
        if self.purpose is not None:
            self.toast("left as it was")
        self.end_task()

    def clear_marks(self) -> None:
        """Mark nothing: no hit, no selection, no caret."""
        self.finder.clear()
        self.view.show_hits(self.finder.hits, -1)
        self.view.hide_caret()
        self.show_lines()

    # What is remembered

    def remember(self) -> None:
        """Remember where the reader stands, if that has changed."""
        self.bookmark.put_down(self._source.left if self._source else self.view.place)

    def words_changed(self) -> None:
        """Show verdicts, annotations, star and status as they are after an undo, or a change elsewhere."""
        if self.reading is not None:
            self.bookmark.take(self.workspace.memory.progress().get(self.article_id, Progress()).status)
            reading = self.workspace.desk.refresh(self.reading)
            self._place_annotations(reading)
            self.update_reading(reading)


def _first_place(reading: Reading) -> Place:
    """Where to begin: where the reader left, but at the beginning of what was read to its end."""
    if reading.progress.status is Status.DONE:
        return BEGINNING
    return place_at(reading.article, reading.progress.offset)
