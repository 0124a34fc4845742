"""Source files: what there is to read, and each article of it.

The files are the truth and are never written; the catalogue is their shadow, so that
a list is shown without opening a single file.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.catalogue import Catalogue, Row
from reader.copies import Copies
from reader.errors import UnreadableSource
from reader.families import Families
from reader.inert import inert
from reader.likeness import Sketch
from reader.model import Article, Change, Problem, Source, Summary
from reader.rulebook import RuleBook
from reader.shadows import ShadowLost
from reader.source_files import SourceFile, charset_of, find_file, find_files, read_bytes
from reader.verdicts import Choices, Verdicts
from reader.watching import Listed, News, Watch

if TYPE_CHECKING:
    from reader.intake import Intake

T = TypeVar("T")

ChoicesOf = Callable[[str], Choices]
"""Returns what the reader decided about the blocks of an article, by its id."""
Advance = Callable[[int, int], None]
"""Told how many files are read, and of how many."""


class Library:
    """The articles of some files and folders.

    Args:
        roots: Files and folders; folders are searched with their subfolders.
        base: Paths are shown relative to it where they lie in it.
        catalogue: Where the shadow is kept.
        rulebook: How to judge what is hidden, for the counts in the list.
        choices: Tells what the reader decided about an article.
    """

    def __init__(
        self,
        roots: tuple[Path, ...],
        base: Path,
        catalogue: Catalogue,
        rulebook: RuleBook,
        choices: ChoicesOf,
    ) -> None:
        self.roots = roots
        self._base = base
        self._rulebook = rulebook
        self._catalogue = catalogue
        self.verdicts = Verdicts(catalogue, rulebook, lambda: self._intake, self._asked)
        self._copies = Copies(catalogue.database)
        self._choices = choices
        self._problems: tuple[Problem, ...] = ()
        self._watch = Watch(partial(list_sources, roots, base))
        self._news = News(self._watch)
        self._last: tuple[SourceFile, Source, tuple[Article, ...]] | None = None

    def has_news(self) -> bool:
        """Look whether a file came, went or changed since it was read, and rests since the last such look.

        What was changed between two looks may still be being written: it waits for the next one.
        """
        version = self.verdicts.version
        stamps = partial(self._catalogue.stamps, version)
        return self._news.came((version, self.edition), lambda: self._asked(stamps))

    def sync(self, advance: Advance | None = None, *, at_rest: bool = False) -> Change:
        """Read what is new or changed since the last time, and forget what is gone.

        Args:
            advance: Called after each file that is read, with its number and the number of all.
            at_rest: Whether files are left for later that changed between the last two looks for news.
        """
        return self._again_if_lost(
            lambda: self._sync(advance, self._watch.restless if at_rest else frozenset())
        )

    def _sync(self, advance: Advance | None, restless: frozenset[str]) -> Change:
        files, self._problems, _ = find_files(self.roots, self._base)
        known = self._catalogue.stamps(self.verdicts.version)
        stale = [file for file in files if known.get(file.name) != file.stamp and file.name not in restless]
        gone = self._catalogue.names() - {file.name for file in files}
        if not stale and not gone:
            self._copies.compare_rest()
            return Change()
        self._catalogue.renew()  # now, in case that we are killed on the way; and when all is done
        before = self._catalogue.article_ids()
        self._catalogue.forget(gone)
        for number, file in enumerate(stale, 1):
            self._catalogue.put(self._row(file), self.verdicts.version)
            if advance:
                advance(number, len(stale))
        for article_id in self.verdicts.weigh():
            self.verdicts.count_again(article_id, self._choices(article_id), self.article)
        self._catalogue.renew()
        self._copies.compare()
        return Change(len(stale), len(gone), len(self._catalogue.article_ids() - before))

    @property
    def edition(self) -> int:
        """Another number after each change of what is known of the files, by whichever program."""
        return self._asked(self._catalogue.edition)

    def summaries(self) -> tuple[Summary, ...]:
        """Return what the list shows, by path and place in the file."""
        return self._asked(self._catalogue.summaries)

    def summary(self, article_id: str) -> Summary | None:
        """Return what the list shows of one article; None if it is not in the library."""
        return self._asked(lambda: self._catalogue.summary(article_id))

    def problems(self) -> tuple[Problem, ...]:
        """Return the faults of the files, by path."""
        faults = (*self._problems, *self._asked(self._catalogue.problems))
        return tuple(sorted(faults, key=lambda fault: fault.where))

    def _asked(self, ask: Callable[[], T]) -> T:
        """Ask the catalogue; one that turns out to be damaged is filled anew, and asked again."""
        try:
            return ask()
        except ShadowLost:
            self.sync()
            return ask()

    def _again_if_lost(self, do: Callable[[], T]) -> T:
        """Do something again on the empty catalogue that stands in the place of a damaged one."""
        try:
            return do()
        except ShadowLost:
            return do()

    def load(self, summary: Summary) -> tuple[Article, Source]:
        """Read one article from its file.

        Raises:
            UnreadableSource: The file is gone, cannot be read, or no longer holds the article.
        """
        source, articles = self._read(self._file(summary.path))
        for article in articles:
            if article.id == summary.id:
                return article, source
        raise UnreadableSource(
            f"{summary.path}: the file was changed and no longer holds “{summary.title}”; rescan the library"
        )

    def article(self, article_id: str) -> Article | None:
        """Read an article by its id; None if it is gone, or cannot be read now."""
        summary = self.summary(article_id)
        try:
            return self.load(summary)[0] if summary else None
        except UnreadableSource:
            return None

    def raw(self, summary: Summary) -> str:
        """Return the whole file of an article as text, not yet made inert.

        Raises:
            UnreadableSource: The file is gone or cannot be read.
        """
        file = self._file(summary.path)
        return _named(
            file, lambda: self._intake.decode(read_bytes(file), file.path.suffix, charset_of(file.path))
        )

    def articles_in(self, content: bytes, suffix: str, name: str, charset: str = "") -> tuple[Article, ...]:
        """Read bytes that may come to stand in the library.

        Args:
            content: All of a file, or of a page.
            suffix: Tells the format: ".txt".
            name: What an article is called that has no words to be named after.
            charset: What the server named that they came from.

        Raises:
            UnreadableSource: They are not of that format. The message has no path.
        """
        return self._intake.read(content, suffix, name, charset)[1]

    def file_of(self, summary: Summary) -> SourceFile:
        """Return the file that an article stands in.

        Raises:
            UnreadableSource: It is gone.
        """
        return self._file(summary.path)

    def families(self) -> Families:
        """Return which articles are near copies of which."""
        return self._asked(self._copies.families)

    def anchors(self) -> dict[str, Sequence[int]]:
        """Return the anchors of the sketches of all articles, by their ids."""
        return self._asked(self._copies.anchors)

    def sketch_of(self, article_id: str) -> Sketch | None:
        """Return what is remembered of the words of an article; None if it is not in the library."""
        return self._asked(lambda: self._copies.sketch(article_id))

    def close(self) -> None:
        """Close the catalogue."""
        self._catalogue.close()

    @cached_property
    def _intake(self) -> "Intake":
        """Load what reads and judges articles, when the first of them is read."""
        from reader.intake import Intake  # noqa: PLC0415 - 60 ms that a list of unchanged files need not pay

        return Intake(self._rulebook)

    def _file(self, name: str) -> SourceFile:
        path = self._asked(lambda: self._catalogue.path_of(name))
        if path is None:
            raise UnreadableSource(f"{name}: not in the library; rescan it")
        return find_file(path, name)

    def _row(self, file: SourceFile) -> Row:
        try:
            source, articles = self._read(file)
        except UnreadableSource as error:
            what = str(error).removeprefix(f"{file.name}: ")
            problem = Problem(what, file.name, "it is left out of the list")
            return Row(file.name, file.path, file.stamp, (), problem)
        empty = Problem("empty: there is nothing to read in it", file.name, "write to it, or take it out")
        encoding = source.encoding if source.encoding_guessed else ""
        entries = tuple(self.verdicts.entry(one, self._choices(one.id), encoding) for one in articles)
        return Row(file.name, file.path, file.stamp, entries, None if source.blocks else empty)

    def _read(self, file: SourceFile) -> tuple[Source, tuple[Article, ...]]:
        """Read and split a file; the last one is remembered, since a list is followed by an opening."""
        last = self._last  # once: another thread may set it meanwhile
        if last and last[0] == file:
            return last[1:]
        path = file.path
        source, found = _named(
            file,
            lambda: self._intake.read(read_bytes(file), path.suffix, inert(path.stem), charset_of(path)),
        )
        articles = tuple(replace(article, path=file.name) for article in found)
        self._last = (file, source, articles)
        return source, articles


def list_sources(roots: tuple[Path, ...], base: Path) -> Listed:
    """List the files of some files and folders, to be watched; arguments as for `find_files`."""
    files, _, around = find_files(roots, base)
    return Listed(
        {file.name: file.stamp for file in files}, {file.name: file.place for file in files}, around
    )


def _named(file: SourceFile, read: Callable[[], T]) -> T:
    """Read something of a file; an error tells which file it is."""
    try:
        return read()
    except UnreadableSource as error:
        message = str(error).removeprefix(f"{file.name}: ")
        raise UnreadableSource(f"{file.name}: {message}") from error
