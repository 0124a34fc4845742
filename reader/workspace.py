"""Every verb a user has. The command line and the screen call these and nothing below.

The workspace holds no text longer than it is asked for: it knows where things stand,
lets pure code decide, and lets one of the edges (library, annotations, state) act.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from reader.anchoring import describe
from reader.annotations import AnnotationStore, ArticleRecord
from reader.catalogue import Catalogue
from reader.config import Config, Places
from reader.errors import AmbiguousArticle, NoSuchArticle, ReaderError
from reader.inert import inert_lines
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
from reader.state import Edit, State

SEEDS = "seeds"
ANNOTATIONS = "annotations"
RULES = "rules.toml"
MAX_CANDIDATES = 8  # articles that the message on an ambiguous name lists

T = TypeVar("T")


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


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the screen remembers from one session to the next."""

    width: int
    theme: str
    sort: str = "path"
    reverse: bool = False
    grouped: bool = True
    preview: bool = True
    last_article: str = ""


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
        catalogue = Catalogue(places.cache, "\0".join(map(str, roots)))
        self._library = Library(roots, root, catalogue, self._rulebook)
        self._store = AnnotationStore(root / ANNOTATIONS, places.state / "locks")
        self._state = State(places.state / "state.db", str(root))
        self._records: dict[str, ArticleRecord] | None = None

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
        return self._library.sync(self._choices_of, advance)

    def summaries(self) -> tuple[Summary, ...]:
        """Return all articles, in the order of their path and line."""
        return self._library.summaries()

    def summary(self, article_id: str) -> Summary | None:
        """Return what the list shows of one article; None if it is not in the library."""
        return self._library.summary(article_id)

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults found in the user's files: settings, rules, notes, sources."""
        self._all_records()
        return (*self._problems, *self._rulebook.problems, *self._library.problems())

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
        judged = self._library.is_judged(article)
        kept = Ledger((None,) * len(article.blocks))
        return Reading(
            article=article,
            ledger=self._library.judge(article, self._choices_of(article_id)) if judged else kept,
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
        """Return the file an article stands in, whole, as it is but inert.

        Raises:
            NoSuchArticle: The article is not in the library.
            UnreadableSource: Its file is gone or cannot be read.
        """
        text = self._library.raw(self._summary_of(article_id))
        return inert_lines(text.replace("\r\n", "\n").replace("\r", "\n"))

    # The reader's own choices

    def choose(self, reading: Reading, block: int, choice: Choice | None) -> Reading:
        """Keep or hide a block by the reader's own hand; None leaves it to the rules again. Undoable.

        Raises:
            NotWritable: The annotation file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        article = reading.article
        span = article.blocks[block]
        target = describe(article.text, span.start, span.end)
        old = next((made for made in self._choices_of(article.id) if _same_place(made.target, target)), None)
        if old:
            target = old.target
        words = {
            Choice.KEEP: "brought a block back",
            Choice.HIDE: "hid a block",
            None: "left a block to the rules",
        }
        before = str(old.choice) if old else None
        after = str(choice) if choice else None
        self._do(Edit(article.id, "block", asdict(target), before, after, words[choice]))
        return self.refresh(reading)

    def refresh(self, reading: Reading) -> Reading:
        """Bring an open article up to date after its choices, star or place were changed elsewhere."""
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
        words = "gave a star" if starred else "took a star away"
        self._do(Edit(article_id, "star", None, article_id in self.starred(), starred, words))

    def starred(self) -> frozenset[str]:
        """Return the ids of the starred articles."""
        return frozenset(identity for identity, record in self._all_records().items() if record.starred)

    def undo(self) -> str:
        """Take the last change back. Returns what was undone, in words; "" if there is none."""
        return self._flip(undone=True)

    def redo(self) -> str:
        """Do again what was undone last. Returns what, in words; "" if there is none."""
        return self._flip(undone=False)

    def _do(self, edit: Edit) -> None:
        """Write a change into the user's file first, into the journal second."""
        self._apply(edit, edit.after)
        self._remember_or_note(lambda: self._state.record(edit))

    def _flip(self, *, undone: bool) -> str:
        edit = self._state.last_edit(undone=not undone)
        if edit is None:
            return ""
        self._apply(edit, edit.before if undone else edit.after)
        self._state.flip(edit, undone=undone)
        return edit.words

    def _apply(self, edit: Edit, value: object) -> None:
        subject = self._subject(edit.article_id)
        if edit.kind == "star":
            self._store.star(subject, starred=bool(value))
        elif edit.kind == "progress" and isinstance(value, dict):
            self._state.remember(edit.article_id, Progress(**value | {"status": Status(value["status"])}))
        elif edit.kind == "block" and isinstance(edit.key, dict):
            choice = Choice(value) if isinstance(value, str) else None
            self._store.choose(subject, Target(**edit.key), choice)
        self._records = None

    # What is remembered

    def progress(self) -> dict[str, Progress]:
        """Return where the reader stands, by article id; absent means new."""
        return self._recall(self._state.progress, {})

    def remember(self, article_id: str, progress: Progress) -> None:
        """Remember where the reader stands in an article."""
        self._remember_or_note(lambda: self._state.remember(article_id, progress))

    def mark_done(self, article_id: str, *, done: bool) -> None:
        """Mark an article as read to its end, or as never read. Undoable."""
        now = self.progress().get(article_id, Progress())
        words = "marked as read" if done else "marked as unread"
        after = replace(now, status=Status.DONE) if done else Progress(opened=now.opened)
        self._do(Edit(article_id, "progress", None, asdict(now), asdict(after), words))

    def marks(self, article_id: str) -> dict[str, int]:
        """Return the reader's marks in an article: offset by letter."""
        return self._recall(lambda: self._state.marks(article_id), {})

    def set_mark(self, article_id: str, letter: str, offset: int) -> None:
        """Mark a place in an article with a letter."""
        self._remember_or_note(lambda: self._state.set_mark(article_id, letter, offset))

    def preferences(self) -> Preferences:
        """Return what the screen remembers, the settings where it remembers nothing."""
        default = Preferences(width=self.config.width, theme=self.config.theme)
        known: dict[str, object] = self._recall(self._state.preferences, {})
        fitting = {
            name: value
            for name, value in known.items()
            if name in Preferences.__slots__ and type(value) is type(getattr(default, name))
        }
        return replace(default, **fitting)  # type: ignore[arg-type]  # compared just now

    def prefer(self, preferences: Preferences) -> None:
        """Remember the state of the screen."""
        self._remember_or_note(lambda: self._state.prefer(asdict(preferences)))

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

    def _all_records(self) -> dict[str, ArticleRecord]:
        if self._records is None:
            self._records, problems = self._store.load_all()
            self._problems |= dict.fromkeys(problems)
        return self._records

    def _choices_of(self, article_id: str) -> tuple[BlockChoice, ...]:
        record = self._all_records().get(article_id)
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


def _same_place(one: Target, other: Target) -> bool:
    return (one.exact, one.start) == (other.exact, other.start)


def _candidates(name: str, answers: Sequence[Summary]) -> str:
    lines = [f"  {one.id}  {one.title}" for one in answers[:MAX_CANDIDATES]]
    if len(answers) > MAX_CANDIDATES:
        lines.append(f"  … and {len(answers) - MAX_CANDIDATES} more")
    return "\n".join([f"“{name}” may be any of these {len(answers)}; say more of the id or title:", *lines])
