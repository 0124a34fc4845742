"""Every verb a user has. The command line and the screen call these and nothing below.

The workspace builds the house when it is opened, and has the verbs that are about all of it;
what is done in one room is a verb of that room (`desk`, `notebook`, `memory`, `adding` and
others). It holds no text longer than it is asked for.
"""

import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from reader.annotations import AnnotationStore
from reader.annotations.trash import TRASH
from reader.catalogue import Catalogue
from reader.comparing import Comparing
from reader.config import Config, Places
from reader.desk import Desk
from reader.errors import AmbiguousArticle, NoSuchArticle, ReaderError
from reader.files import real_path
from reader.inert import inert
from reader.journal import Kind
from reader.library import Advance, Library
from reader.memory import Memory
from reader.model import Change, Problem, Progress, Reading, Status, Summary
from reader.notebook import Notebook
from reader.passages import BlockChoice
from reader.rulebook import RuleBook
from reader.searches import Searches
from reader.shadows import folder_of
from reader.shelf import answering, candidates
from reader.state import Edit, Preferences, State
from reader.teaching import Teaching, rule_kind
from reader.versions import SHADOWS

if TYPE_CHECKING:
    from reader.adding.adder import Adding
    from reader.indexing import Answer, Indexing
    from reader.notebook.mending import Mended
    from reader.search.values import Related

SEEDS = "seeds"
ANNOTATIONS = "annotations"
RULES = "rules.toml"
_AT_A_KEY = 0.1  # of the files of notes that are looked at each time, at each key of a search that is typed

__all__ = ["Preferences", "Reading", "Workspace"]


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
        self._locks = places.state / "locks"
        self._rulebook = RuleBook(root / RULES, self._locks)
        self._problems = dict.fromkeys(problems)
        self.reads_in_place = bool(paths)
        """Whether files are read where they stand, in place of those in `seeds/`."""
        of_roots = "\0".join(str(real_path(path)) for path in roots)
        cache = folder_of(places.cache, SHADOWS)
        catalogue = Catalogue(cache, of_roots)
        self._index_folder = cache / f"{_digest(of_roots)}.index"
        self._index: Indexing | None = None
        self._index_lock = Lock()
        self._library = Library(roots, root, catalogue, self._rulebook, self._choices_of)
        self._state = State(places.state / "state.db", inert(str(real_path(root))))
        store = AnnotationStore(
            root / ANNOTATIONS,
            self._locks,
            shadow=cache / f"{_digest(str(real_path(root)))}.records.db",
            unsaved=places.state / "unsaved",
        )
        default = Preferences(width=config.width, theme=config.theme)
        self.memory = Memory(self._state, self._library, self._note_state, default)
        self.searches = Searches(root, self._locks, self.memory, lambda edit: self.notebook.do(edit))  # noqa: PLW0108 - made later
        kinds = {
            "status": self.memory.statuses(),
            "rule": rule_kind(self._rulebook),
            **self.searches.kinds,
            "source": Kind(lambda one: self.adding.standing(one), lambda all_: self.adding.set_all(all_)),  # noqa: PLW0108 - loads it only then
        }
        self.notebook = Notebook(store, self._library, self._state, kinds, self._note_state)
        self.desk = Desk(self._library, self.notebook, self.memory.progress)
        self.comparing = Comparing(self._library, self.notebook, lambda: self.adding)
        self.teaching = Teaching(self._library, self._rulebook, self.notebook)

    @property
    def roots(self) -> tuple[Path, ...]:
        """Files and folders that the articles come from."""
        return self._library.roots

    # The library

    def has_news(self) -> bool:
        """Look whether a source file came, went or changed, and is no longer being written."""
        self._rulebook.refresh()
        return self._library.has_news()

    def sync(self, advance: Advance | None = None, *, at_rest: bool = False) -> Change:
        """Bring the catalogue up to date with the source files.

        Args:
            advance: Called after each file that is read, with its number and the number of all.
            at_rest: Whether files that may still be being written are left for later.
        """
        self.notebook.refresh()
        self._rulebook.refresh()
        change = self._library.sync(advance, at_rest=at_rest)
        self.notebook.settle()
        self.notebook.learn(self.memory.follow(self.notebook.followed(), in_place=self.reads_in_place))
        if not self.reads_in_place:  # then the articles of the workspace are not gone, but out of sight
            change = replace(change, unplaced=self.notebook.look_again())
        return change

    def summaries(self) -> tuple[Summary, ...]:
        """Return all articles, in the order of their path and line, as the reader has corrected them."""
        return tuple(map(self.notebook.corrected, self._library.summaries()))

    def summary(self, article_id: str) -> Summary | None:
        """Return what the list shows of one article; None if it is not in the library."""
        summary = self._library.summary(article_id)
        return self.notebook.corrected(summary) if summary else None

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults found in the user's files: settings, rules, notes, sources."""
        self.notebook.refresh()
        noted = (*self._problems, *self._rulebook.problems, *self.searches.problems())
        lost = () if self.reads_in_place else self.notebook.losses()
        return (*noted, *self.notebook.problems(), *lost, *self._library.problems())

    def merge_copies(self, *, dry_run: bool = False) -> "tuple[Mended, ...]":
        """Put together what a synchronisation or a merge left in pieces; nothing is deleted.

        Args:
            dry_run: Only tell what would be done.

        Raises:
            NotWritable: The annotations, or their trash, cannot be written.
        """
        from reader.notebook.mending import mend  # noqa: PLC0415 - asked for once in a long while

        folder = self.root / ANNOTATIONS
        mended = mend(folder, folder / TRASH, self._locks, datetime.now(UTC), dry_run=dry_run)
        self.notebook.refresh()
        return mended

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
            raise AmbiguousArticle(candidates(name, answers))
        return answers[0]

    def mark_done(self, article_id: str, *, done: bool) -> None:
        """Mark an article as read to its end, or as never read. Undoable."""
        before = self.memory.progress().get(article_id, Progress()).status
        after = Status.DONE if done else Status.NEW
        words = f"marked as {'read' if done else 'unread'}"
        self.notebook.do(Edit(article_id, "status", None, before, after, words))

    # Search

    def search(  # noqa: PLR0913 - what can be said of a search
        self,
        query: str,
        *,
        where: str = "",
        limit: int = 20,
        width: int = 160,
        typing: bool = False,
        stop: Callable[[], bool] = bool,
    ) -> "Answer":
        """Find articles, passages and notes, the best first; what was just written is found too.

        Args:
            query: As `docs/search.md` describes; whatever it is, it is read without an error.
            where: "articles" or "notes", if only these are wanted.
            limit: How many hits are wanted; all are counted.
            width: How long their snippets are, in code points.
            typing: The last word may be unfinished: words that begin so are found too. What was written
                to a file in place is found within seconds, all else at once: not each file is asked.
            stop: Asked between steps whether nobody waits any longer; then `Stopped` is raised.
        """
        _ = self.notebook.glance(_AT_A_KEY) if typing else self.notebook.refresh()
        return self.index.search(query, where=where, limit=limit, width=width, typing=typing, stop=stop)

    def related(self, article_id: str, limit: int = 10) -> "tuple[Related, ...]":
        """Return the articles that are most like one, the nearest first, with the words they share."""
        self.notebook.refresh()
        return self.index.related(article_id, limit)

    @property
    def index(self) -> "Indexing":
        """The index; made when it is first asked, once, whichever threads ask."""
        with self._index_lock:
            if self._index is None:
                from reader.indexing import Indexing  # noqa: PLC0415 - Whoosh, 80 ms, for who searches

                version = self._library.verdicts.version
                of = (self._index_folder, self.root, self._library, self.notebook)
                self._index = Indexing(*of, version, self.memory.progress)
            return self._index

    # What comes in

    @cached_property
    def adding(self) -> "Adding":
        """What brings articles in and takes them out; loaded when it is first asked for."""
        from reader.adding.adder import Adding  # noqa: PLC0415 - who only reads does not pay for it

        return Adding(self.root / SEEDS, self._library, self.config.fetch, self.notebook.do)

    def close(self) -> None:
        """Close the files that are open."""
        self.notebook.close()
        if self._index:
            self._index.close()
        self._state.close()
        self._library.close()

    # Within

    def _choices_of(self, article_id: str) -> tuple[BlockChoice, ...]:
        return self.notebook.choices_of(article_id)  # asked only after the notebook is there

    def _note_state(self, error: ReaderError) -> None:
        problem = Problem(str(error), "state", "places and undo are kept only as long as this program runs")
        self._problems[problem] = None


def _digest(name: str) -> str:
    return hashlib.blake2s(os.fsencode(name), digest_size=8).hexdigest()
