"""Adding and removing: files, pages and texts come into the library, and go out of it again.

Each thing is read first and stored only if it holds an article that is not there yet, so that
adding twice adds nothing. What could not be read is reported and leaves nothing behind.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reader.adding.known import Known
from reader.adding.naming import file_name, page_name, text_name
from reader.adding.origins import Origin
from reader.adding.report import Entry, Outcome, Report
from reader.adding.store import Store
from reader.adding.wishes import FileWish, PageWish, TextWish, Wish, count_links, is_folder
from reader.config import Fetch
from reader.errors import Conflict, NoSuchArticle, PageNotFetched, UnreadableSource
from reader.fetching.addresses import parse_address
from reader.fetching.looking import kind_of
from reader.files import real_path
from reader.inert import inert
from reader.library import Advance, Library
from reader.model import Article, Summary
from reader.reading_time import count_words
from reader.source_files import charset_in, charset_of, find_files, read_path
from reader.state import Edit

SHRUNK = 0.5  # share of its words below which a page fetched anew is taken for a stub of itself
SOURCE = "source"  # the journal's kind of a change of a file in `seeds/`
Do = Callable[..., None]
Stop = Callable[[], bool]


class Stopped(Exception):
    """Ends an import that nobody waits for; raised by an `Advance`."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How things are added."""

    copy: bool
    dry_run: bool
    stop: Stop


@dataclass(frozen=True, slots=True)
class _Offer:
    """Something that can be added: its bytes, and what it is to be called."""

    what: str
    content: bytes
    suffix: str
    name: str
    """Below `seeds/`."""
    how: str
    origin: Origin
    target: Path | None = None
    """The file to be linked to, in place of a copy."""


class Adding:
    """What brings articles into a workspace and takes them out.

    Args:
        seeds: The folder of the articles.
        library: Reads them, and knows those that are there.
        limits: What fetching a page may cost.
        do: Does edits, and writes them down so that they can be undone.
    """

    def __init__(self, seeds: Path, library: Library, limits: Fetch, do: Do) -> None:
        self.store = Store(seeds)
        self._seeds = seeds
        self._library = library
        self._limits = limits
        self._do = do

    # The journal's view: what stands under a name

    def standing(self, edit: Edit) -> object:
        """Return the token of the file that an edit is about; None if there is none."""
        return self.store.token(str(edit.key))

    def set_all(self, changes: Sequence[tuple[Edit, object]]) -> None:
        """Let files be as edits want them."""
        for edit, token in changes:
            self.store.bring(str(edit.key), str(token) if token is not None else None)

    # Adding

    def add(
        self,
        wishes: Sequence[Wish],
        *,
        copy: bool = False,
        dry_run: bool = False,
        advance: Advance | None = None,
        stop: Stop = lambda: False,
    ) -> Report:
        """Add files, pages and texts. Undoable as one.

        Args:
            wishes: What is asked for.
            copy: Whether files are copied; else they stay where they are, and a link stands for each. Of what
                was copied before, the copy is brought up to date.
            dry_run: Only tell what would be added; pages are fetched all the same, to look at them.
            advance: Called before each thing, with its number and the number of all.
            stop: Is asked whether to end; what was added by then stays.

        Raises:
            NotWritable: The folder of the articles cannot be written; what was added before stays.
        """
        way = _Way(copy, dry_run, stop)
        known = Known(self._library, self._seeds, self.store)
        entries: list[Entry] = []
        edits: list[Edit] = []
        left_out = [entry for wish in wishes for entry in self._left_out(wish)]
        ones = [one for wish in wishes for one in _spread(wish, self._seeds)]
        try:
            for number, (wish, parts) in enumerate(ones, 1):
                if stop():
                    break
                if advance:
                    advance(number, len(ones))
                entry, edit = self._add_one(wish, parts, known, way)
                entries.append(entry)
                edits += [edit] if edit else []
        finally:
            words = f"added {len(edits):,} files"
            self._do(*(edits if len(edits) == 1 else (replace(edit, words=words) for edit in edits)))
        stopped = len(entries) < len(ones)
        return Report((*entries, *left_out), dry_run=dry_run, stopped=stopped)

    def _left_out(self, wish: Wish) -> Iterator[Entry]:
        """Yield what stands in a folder and is no article, or the folder, if nothing does."""
        if not isinstance(wish, FileWish) or not is_folder(wish.path):
            return
        files, problems, _ = find_files((wish.path,), self._seeds.parent)
        for one in problems:
            yield Entry(one.where, Outcome.LEFT_OUT, note=one.what)
        if not files and not problems:
            yield Entry(_shown(wish), Outcome.LEFT_OUT, note="a folder with nothing in it")

    def _add_one(
        self, wish: Wish, parts: tuple[str, ...], known: Known, way: _Way
    ) -> tuple[Entry, Edit | None]:
        try:
            offer = self._offer(wish, parts, known, way)
            return (
                self._take(offer, known, dry_run=way.dry_run) if isinstance(offer, _Offer) else (offer, None)
            )
        except (UnreadableSource, PageNotFetched) as error:
            what = _shown(wish)
            note = str(error).removeprefix(what).removeprefix(": ").lstrip()
            name = known.page(wish.url)[0] if isinstance(wish, PageWish) else ""
            stays = f"; the copy in {self._seeds.name}/{name} stays as it is" if name else ""
            return Entry(what, Outcome.FAILED, note=note + stays), None

    # Reading what is offered

    def _offer(self, wish: Wish, parts: tuple[str, ...], known: Known, way: _Way) -> _Offer | Entry:
        if isinstance(wish, PageWish):
            return self._offered_page(wish, known, way.stop)
        if isinstance(wish, TextWish):
            suffix, refusal = kind_of(wish.content)
            if refusal:
                raise UnreadableSource(f"not an article: {refusal}")
            return _Offer(_shown(wish), wish.content, suffix, "", "kept", Origin(added=_now()))
        if name := known.name_of_path(wish.path):
            return Entry(
                _shown(wish), Outcome.SAME, name, titles=known.titles_in(name), note="is there already"
            )
        content = read_path(wish.path)
        origin = Origin(path=str(wish.path), added=_now())
        is_copied = way.copy or known.version_of(origin)[1] is not None  # what was copied once stays a copy
        target, how = (None, "copied") if is_copied else (wish.path, "linked")
        return _Offer(_shown(wish), content, wish.path.suffix, file_name(parts), how, origin, target)

    def _offered_page(self, wish: PageWish, known: Known, stop: Stop) -> _Offer | Entry:
        from reader.fetching.asking import fetch  # noqa: PLC0415 - httpcore and ssl, 85 ms, for who fetches

        asked = parse_address(wish.url)
        name, before = known.page(asked.url)
        page = fetch(asked.url, self._limits, etag=before.etag, modified=before.modified, stop=stop)
        if page.is_as_before and name:
            titles = known.titles_in(name)
            return Entry(_shown(wish), Outcome.SAME, name, "fetched", titles, note="is as it was")
        address = parse_address(page.url)
        name = name or known.page(page.url)[0] or page_name(address.host, address.target, page.suffix)
        origin = Origin(
            url=page.asked,
            address="" if page.url == page.asked else page.url,
            added=_now(),
            status=page.status,
            content_type=page.content_type,
            etag=page.etag,
            modified=page.modified,
        )
        return _Offer(_shown(wish), page.content, page.suffix, name, "fetched", origin)

    # Deciding, and storing

    def _take(self, offer: _Offer, known: Known, *, dry_run: bool) -> tuple[Entry, Edit | None]:
        """Add what is offered, unless it is there already."""
        charset = charset_in(offer.origin.content_type)
        articles = self._library.articles_in(
            offer.content, offer.suffix, inert(Path(offer.name).stem), charset
        )
        if not any(article.text for article in articles):
            raise UnreadableSource(f"{offer.what}: there is nothing to read in it")
        if links := count_links([article.text for article in articles]):
            raise UnreadableSource(
                f"{offer.what}: not an article: {links:,} links and nothing else; add one to fetch its page"
            )
        titles = tuple(article.title for article in articles)
        fresh = _ids(articles) - known.ids
        name, before = known.version_of(offer.origin) if offer.target is None else ("", None)
        old = self._articles_of(self.store.path_of(name)) if before else ()
        if not fresh or _ids(articles) == _ids(old):
            there, note = known.where(articles)
            return Entry(offer.what, Outcome.SAME, name or there, offer.how, titles, note=note), None
        outcome, note = Outcome.NEW, ""
        if old:
            outcome, note = (
                Outcome.CHANGED,
                f"{self._compared(old, articles, offer.what)}; the old version is kept",
            )
        else:
            name = self.store.free_name(offer.name or text_name(articles[0].title, offer.suffix))
        known.take(fresh, name)
        near = known.near(articles, old)
        entry = Entry(offer.what, outcome, name, offer.how, titles, len(fresh), near, note)
        if dry_run:
            return entry, None
        token = self._put(name, offer)
        return entry, Edit("", SOURCE, name, before, token, f"added {_listed(articles)}")

    def _compared(self, old: Sequence[Article], new: Sequence[Article], what: str) -> str:
        """Say how a new version differs from the one that stands there.

        Raises:
            UnreadableSource: It is much shorter: a stub must not take the place of a good copy.
        """
        from reader.differing import compare, counted, sentences_of  # noqa: PLC0415 - for versions alone

        before, after = (sum(count_words(one.text) for one in ones) for ones in (old, new))
        if after < SHRUNK * before:
            raise UnreadableSource(
                f"{what}: only {after:,} words came, of {before:,} before (remove what is there first if"
                " this is meant)"
            )
        texts = (
            [
                sentence
                for one in ones
                for sentence in sentences_of(one, self._library.verdicts.judge_apart(one))
            ]
            for ones in (old, new)
        )
        return counted(compare(*texts)) or "only its form changed"

    def _put(self, name: str, offer: _Offer) -> str:
        if offer.target is not None:
            return self.store.link(name, offer.target)
        return self.store.put(name, offer.content, offer.origin)

    def _articles_of(self, path: Path) -> tuple[Article, ...]:
        return self._library.articles_in(read_path(path), path.suffix, inert(path.stem), charset_of(path))

    # Looking back, and taking out

    def has_before(self, summary: Summary) -> bool:
        """Tell whether there is a version before of an article's file."""
        return bool(self.store.versions(self.name_of(summary)))

    def articles_before(self, summary: Summary) -> tuple[Article, ...]:
        """Return what an article's file held in the version before; () if there is none."""
        versions = self.store.versions(self.name_of(summary))
        return self._articles_of(versions[0]) if versions else ()

    def is_added(self, summary: Summary) -> bool:
        """Tell whether the file of an article was put there by the program; else it is the user's own."""
        return self.store.is_added(self.name_of(summary))

    def name_of(self, summary: Summary) -> str:
        """Return the name of an article's file below `seeds/`.

        Raises:
            Conflict: It stands elsewhere: it was opened in place, or lies in a folder that is linked.
        """
        path = self._library.file_of(summary).path
        is_within = real_path(path.parent).is_relative_to(real_path(self._seeds))
        if not (path.is_relative_to(self._seeds) and is_within):
            raise Conflict(f"{summary.path}: stands outside of {inert(str(self._seeds))}, and is left alone")
        return path.relative_to(self._seeds).as_posix()

    def beside(self, summary: Summary) -> tuple[Summary, ...]:
        """Return the articles of the file that an article stands in, itself among them."""
        return tuple(one for one in self._library.summaries() if one.path == summary.path)

    def remove(self, summary: Summary) -> None:
        """Take the file of an article out of the library; it is kept, and notes stay. Undoable."""
        name, words = self.name_of(summary), f"removed {_listed(self.beside(summary))}"
        self._do(Edit("", SOURCE, name, self.store.token(name), None, words))

    def removed(self) -> tuple[str, ...]:
        """Return names of files that were taken out and can be brought back."""
        return tuple(name for name, _ in self.store.removed())

    def restore(self, name: str) -> None:
        """Bring back a file that was removed. Undoable.

        Raises:
            NoSuchArticle: Nothing of that name was removed.
        """
        token = dict(self.store.removed()).get(name)
        if token is None:
            raise NoSuchArticle(f"nothing called “{name}” was removed; `reader restore` lists what was")
        self._do(Edit("", SOURCE, name, None, token, f"brought back {inert(name)}"))


def _spread(wish: Wish, seeds: Path) -> Iterator[tuple[Wish, tuple[str, ...]]]:
    """Yield what a wish stands for one by one: of a folder its files, each with the parts of its name."""
    if not isinstance(wish, FileWish) or not is_folder(wish.path):
        yield wish, (wish.path.name,) if isinstance(wish, FileWish) else ()
        return
    for file in find_files((wish.path,), seeds.parent).files:
        yield FileWish(file.path), (wish.path.name, *file.path.relative_to(wish.path).parts)


def _shown(wish: Wish) -> str:
    if isinstance(wish, TextWish):
        return "the text"
    return inert(str(wish.path)) if isinstance(wish, FileWish) else wish.shown


def _ids(articles: Sequence[Article]) -> set[str]:
    return {article.id for article in articles}


def _listed(articles: Sequence[Article | Summary]) -> str:
    rest = f" and {len(articles) - 1} more" if len(articles) > 1 else ""
    return f"“{articles[0].title}”{rest}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
