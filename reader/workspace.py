"""Every verb a user has. The command line and the screen call these and nothing below.

The workspace holds no text longer than it is asked for: it knows where things stand,
lets pure code decide, and lets one of the edges (library, annotations, state) act.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from reader.anchoring import describe
from reader.annotations import AnnotationStore, ArticleRecord
from reader.catalogue import Catalogue
from reader.config import Config, Places
from reader.errors import AmbiguousArticle, Conflict, NoSuchArticle, ReaderError
from reader.inert import inert, inert_fields
from reader.library import Advance, Library
from reader.model import (
    Article,
    BlockChoice,
    Change,
    Choice,
    Ledger,
    Problem,
    Progress,
    Status,
    Summary,
    Target,
)
from reader.rulebook import RuleBook
from reader.shelf import answering
from reader.state import Edit, Preferences, State

SEEDS = "seeds"
ANNOTATIONS = "annotations"
RULES = "rules.toml"
MAX_CANDIDATES = 8  # articles that the message on an ambiguous name lists

T = TypeVar("T")

__all__ = ["Preferences", "Reading", "Workspace"]


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that is open: its text, and what is hidden of it."""

    article: Article
    ledger: Ledger
    judged: bool = True
    """False if the article is so large that it was opened before it was judged."""
    starred: bool = False
    progress: Progress = field(default_factory=Progress)
    encoding: str = ""
    """The encoding of the source, only if it was guessed."""


class Workspace:
    """The folder that is open.

    Args:
        root: The folder with `seeds/` and `annotations/`.
        places: Where the program keeps its cache and state.
        config: The user's settings.
        paths: Files and folders to read in place of `seeds/`.
        problems: Faults that were found before, in the settings.
    """

    def __init__(
        self,
        root: Path,
        places: Places,
        config: Config,
        paths: tuple[Path, ...] = (),
        problems: tuple[Problem, ...] = (),
    ) -> None:
        self.root = root
        self.config = config
        roots = paths or (root / SEEDS,)
        self._rulebook = RuleBook(root / RULES)
        self._problems = dict.fromkeys(problems)
        self._reads_in_place = bool(paths)
        catalogue = Catalogue(places.cache, "\0".join(str(path.resolve()) for path in roots))
        self._library = Library(roots, root, catalogue, self._rulebook, self._choices_of)
        self._store = AnnotationStore(root / ANNOTATIONS, places.state / "locks")
        self._state = State(places.state / "state.db", inert(str(root.resolve())))
        self._records: dict[str, ArticleRecord] = {}
        self._record_problems: tuple[Problem, ...] = ()
        self._stamp: tuple[tuple[str, int, int], ...] | None = None

    @property
    def roots(self) -> tuple[Path, ...]:
        """Files and folders that the articles come from."""
        return self._library.roots

    # The library

    def sync(self, advance: Advance | None = None) -> Change:
        """Bring the catalogue up to date with the source files.

        Args:
            advance: Called after each file that is read, with its number and the number of all.
        """
        self._read_records()
        return self._library.sync(advance)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all articles, in the order of their path and line."""
        return self._library.summaries()

    def summary(self, article_id: str) -> Summary | None:
        """Return what the list shows of one article; None if it is not in the library."""
        return self._library.summary(article_id)

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults found in the user's files: settings, rules, notes, sources."""
        self._read_records()
        noted = (*self._problems, *self._rulebook.problems, *self._record_problems)
        return (*noted, *self._orphans(), *self._library.problems())

    def find(self, name: str) -> Summary:
        """Find an article by number, id, unique prefix of an id, or words of its title.

        Raises:
            NoSuchArticle: None answers to the name.
            AmbiguousArticle: Several do; the message lists them.
        """
        answers = answering(self.summaries(), name)
        if not answers:
            raise NoSuchArticle(f"no article answers to “{name}”; `reader list` shows what there is")
        if len(answers) > 1:
            raise AmbiguousArticle(_candidates(name, answers))
        return answers[0]

    def open(self, article_id: str) -> Reading:
        """Read an article; a large one comes unjudged, so that it can be shown at once.

        Raises:
            NoSuchArticle: It is not in the library.
            UnreadableSource: Its file is gone or cannot be read.
        """
        summary = self._summary_of(article_id)
        article, source = self._library.load(summary)
        self._read_records()
        judged = self._library.is_judged(article)
        kept = Ledger((None,) * len(article.blocks))
        ledger = self._library.judge(article, self._choices_of(article_id)) if judged else kept
        if judged and ledger.hidden != summary.hidden:
            self._library.recount(article, ledger)
        return Reading(
            article=article,
            ledger=ledger,
            judged=judged,
            starred=article_id in self.starred(),
            progress=self.progress().get(article_id, Progress()),
            encoding=source.encoding if source.encoding_guessed else "",
        )

    def judge(self, reading: Reading) -> Reading:
        """Judge an article that was opened unjudged. May take seconds; safe in a thread."""
        if reading.judged:
            return reading
        ledger = self._library.judge(reading.article, self._choices_of(reading.article.id))
        self._library.recount(reading.article, ledger)
        return replace(reading, ledger=ledger, judged=True)

    def explain(self, reading: Reading, block: int) -> str:
        """Say in a sentence why a block is hidden, or why it is kept."""
        return self._library.explain(reading.article, reading.ledger, block)

    def raw(self, article_id: str) -> str:
        """Return the file an article stands in, whole, as it is but inert; tabs stand.

        Raises:
            NoSuchArticle: The article is not in the library.
            UnreadableSource: Its file is gone or cannot be read.
        """
        text = self._library.raw(self._summary_of(article_id))
        return inert_fields(text.replace("\r\n", "\n").replace("\r", "\n"))

    # The reader's own choices

    def choose(self, reading: Reading, block: int, choice: Choice | None) -> Reading:
        """Keep or hide a block by the reader's own hand; None leaves it to the rules again. Undoable.

        Raises:
            NotWritable: The annotation file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        self._read_records()
        article = reading.article
        span = article.blocks[block]
        target = describe(article.text, span.start, span.end)
        old = next((made for made in self._choices_of(article.id) if _same_place(made.target, target)), None)
        before, after = (old.choice if old else None), choice
        key = asdict(old.target if old else target)
        self._do(Edit(article.id, "block", key, before, after, _words_of(before, after)))
        return self.refresh(reading)

    def refresh(self, reading: Reading) -> Reading:
        """Bring an open article up to date after its choices, star or place were changed elsewhere."""
        self._read_records()
        identity = reading.article.id
        ledger = self._library.judge(reading.article, self._choices_of(identity))
        self._library.recount(reading.article, ledger)
        return replace(reading, ledger=ledger, judged=True, starred=identity in self.starred())

    def star(self, article_id: str, *, starred: bool) -> None:
        """Give an article a star, or take it away. Undoable.

        Raises:
            NotWritable: The annotation file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        words = "star given" if starred else "star taken away"
        self._do(Edit(article_id, "star", None, article_id in self.starred(), starred, words))

    def starred(self) -> frozenset[str]:
        """Return the ids of the starred articles."""
        self._read_records()
        return frozenset(identity for identity, record in self._records.items() if record.starred)

    def undo(self) -> str:
        """Take the last change back. Returns what it was, in words; "" if there is none."""
        return self._flip(undone=True)

    def redo(self) -> str:
        """Do again what was undone last. Returns what it was, in words; "" if there is none."""
        return self._flip(undone=False)

    def _do(self, edit: Edit) -> None:
        """Write a change into the user's file first, and into the journal second."""
        if edit.before != edit.after:
            self._apply(edit, edit.after)
            self._remember_or_note(lambda: self._state.record(edit))

    def _flip(self, *, undone: bool) -> str:
        """Undo or redo a change, unless what it changed was changed again elsewhere."""
        edit = self._state.last_edit(undone=not undone)
        if edit is None:
            return ""
        title = self._subject(edit.article_id).title
        words = f"{edit.words}: “{title}”" if title else edit.words
        there, wanted = (edit.after, edit.before) if undone else (edit.before, edit.after)
        self._state.flip(edit, undone=undone)  # first, so that no other program takes the same one
        if self._value_of(edit) != there:
            raise Conflict(f"{words}: it was changed again elsewhere, and is left as it is now")
        try:
            self._apply(edit, wanted)
        except ReaderError:
            self._state.flip(edit, undone=not undone)
            raise
        return words

    def _value_of(self, edit: Edit) -> object:
        """Return the value now of what a change is about."""
        if edit.kind == "star":
            return edit.article_id in self.starred()
        if edit.kind == "status":
            return self.progress().get(edit.article_id, Progress()).status
        self._read_records()
        target = Target(**edit.key) if isinstance(edit.key, dict) else None
        choices = self._choices_of(edit.article_id)
        return next((made.choice for made in choices if made.target == target), None)

    def _apply(self, edit: Edit, value: object) -> None:
        subject = self._subject(edit.article_id)
        if edit.kind == "star":
            self._store.star(subject, starred=bool(value))
        elif edit.kind == "status":
            now = self.progress().get(edit.article_id, Progress())
            self._state.remember(edit.article_id, replace(now, status=Status(str(value))))
        elif isinstance(edit.key, dict):
            choice = Choice(value) if isinstance(value, str) else None
            self._store.choose(subject, Target(**edit.key), choice)

    # What is remembered

    def progress(self) -> dict[str, Progress]:
        """Return where the reader stands, by article id; absent means new."""
        return self._recall(self._state.progress, {})

    def remember(self, article_id: str, progress: Progress) -> None:
        """Remember where the reader stands in an article."""
        self._remember_or_note(lambda: self._state.remember(article_id, progress))

    def mark_done(self, article_id: str, *, done: bool) -> None:
        """Mark an article as read to its end, or as never read. Undoable."""
        before = self.progress().get(article_id, Progress()).status
        after = Status.DONE if done else Status.NEW
        self._do(Edit(article_id, "status", None, before, after, f"marked as {'read' if done else 'unread'}"))

    def marks(self, article_id: str) -> dict[str, int]:
        """Return the reader's marks in an article: offset by letter."""
        return self._recall(lambda: self._state.marks(article_id), {})

    def set_mark(self, article_id: str, letter: str, offset: int) -> None:
        """Mark a place in an article with a letter."""
        self._remember_or_note(lambda: self._state.set_mark(article_id, letter, offset))

    def preferences(self) -> Preferences:
        """Return what the screen remembers, the settings where it remembers nothing."""
        default = Preferences(width=self.config.width, theme=self.config.theme)
        return self._recall(lambda: self._state.preferences(default), default)

    def prefer(self, preferences: Preferences) -> None:
        """Remember the state of the screen: what differs from before, so that settings hold for the rest."""
        before = self.preferences()
        self._remember_or_note(lambda: self._state.prefer(before, preferences))

    def close(self) -> None:
        """Close the files that are open."""
        self._state.close()
        self._library.close()

    # Within

    def _summary_of(self, article_id: str) -> Summary:
        summary = self._library.summary(article_id)
        if summary is None:
            raise NoSuchArticle(f"no article has the id “{article_id}”; `reader list` shows what there is")
        return summary

    def _subject(self, article_id: str) -> Summary:
        """Return what names an article in a file, also if its source is gone."""
        known = self._library.summary(article_id)
        return known or Summary(article_id, title="", path="", lines=(0, 0), words=0, hidden=0)

    def _read_records(self) -> None:
        """Read the user's files again if any of them was changed, by whomever."""
        stamp = self._store.stamp()
        if stamp != self._stamp:
            self._records, self._record_problems = self._store.load_all()
            self._stamp = stamp

    def _orphans(self) -> Iterator[Problem]:
        """Name what the user said of articles that are no longer there; its file stays as it is."""
        if self._reads_in_place:
            return  # the articles of the workspace are not looked at
        for identity, record in self._records.items():
            said = record.starred or record.choices
            if said and not Path(record.path).is_absolute() and self._library.summary(identity) is None:
                what = f"about “{record.title}”, which is gone from {record.path} or was changed there"
                remedy = "nothing of it is lost: bring the article back, or delete the file"
                yield Problem(what, str(self._store.path_of(identity)), remedy)

    def _choices_of(self, article_id: str) -> tuple[BlockChoice, ...]:
        record = self._records.get(article_id)
        return record.choices if record else ()

    def _recall(self, read: Callable[[], T], default: T) -> T:
        """Read from the state; a state that cannot be read is a problem, no reason to stop."""
        try:
            return read()
        except ReaderError as error:
            self._note_state(error)
            return default

    def _remember_or_note(self, write: Callable[[], None]) -> None:
        try:
            write()
        except ReaderError as error:
            self._note_state(error)

    def _note_state(self, error: ReaderError) -> None:
        problem = Problem(str(error), "state", "places and undo are kept only as long as this program runs")
        self._problems[problem] = None


def _words_of(before: Choice | None, after: Choice | None) -> str:
    """Say what a new choice about a block does."""
    hides = after is Choice.HIDE or (after is None and before is Choice.KEEP)
    return "block hidden" if hides else "block brought back"


def _same_place(one: Target, other: Target) -> bool:
    return (one.exact, one.start) == (other.exact, other.start)


def _candidates(name: str, answers: Sequence[Summary]) -> str:
    lines = [f"  {one.id}  {one.title}" for one in answers[:MAX_CANDIDATES]]
    if len(answers) > MAX_CANDIDATES:
        lines.append(f"  … and {len(answers) - MAX_CANDIDATES} more")
    return "\n".join([f"“{name}” may be any of these {len(answers)}; say more of the id or title:", *lines])
