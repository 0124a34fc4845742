"""What is in the library already, as adding needs to know it. Looked up when it is first asked for."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from reader.adding.origins import Origin
from reader.adding.store import Store
from reader.files import real_path
from reader.library import Library
from reader.likeness import Sketch, near
from reader.model import Article
from reader.source_files import find_files


class Known:
    """What is in the library when adding begins, and what came since; looked up when it is asked for."""

    def __init__(self, library: Library, seeds: Path, store: Store) -> None:
        self._seeds = seeds
        self._store = store
        self._summaries = library.summaries()
        self.ids = {one.id for one in self._summaries}
        self._library = library
        self._came: dict[str, tuple[str, Sketch]] = {}
        """Title and words of what came since."""
        self._file_by_id: dict[str, str] = {}
        """Of what came since."""
        self._files: Mapping[Path, str] | None = None
        self._names: Mapping[str, tuple[str, Origin]] | None = None

    def where(self, articles: Sequence[Article]) -> tuple[str, str]:
        """Return the (first) file of articles that are there already, and a word on where they are."""
        wanted = {article.id for article in articles}
        paths = tuple(dict.fromkeys(one.path for one in self._summaries if one.id in wanted))
        if paths:
            return paths[0].removeprefix(f"{self._seeds.name}/"), f"is there already, in {', '.join(paths)}"
        came = (self._file_by_id[article.id] for article in articles if article.id in self._file_by_id)
        names = tuple(dict.fromkeys(came))
        return "".join(names[:1]), f"the same as {', '.join(names)}" if names else "is there already"

    def take(self, ids: Collection[str], name: str) -> None:
        """Know that articles came, and in which file."""
        self.ids.update(ids)
        self._file_by_id.update(dict.fromkeys(ids, name))

    def titles_in(self, name: str) -> tuple[str, ...]:
        """Return the titles of the articles in a file."""
        path = f"{self._seeds.name}/{name}"
        return tuple(one.title for one in self._summaries if one.path == path)

    def name_of_path(self, path: Path) -> str | None:
        """Return the name of a file that is read already, by itself or by a link to it."""
        if self._files is None:
            files = find_files((self._seeds,), self._seeds.parent).files
            self._files = {real_path(one.path): one.path.relative_to(self._seeds).as_posix() for one in files}
        return self._files.get(real_path(path))

    def page(self, url: str) -> tuple[str, Origin]:
        """Return the file of a page and what is known of it; empty ones if there is none."""
        return self._by_origin().get(url, ("", Origin()))

    def version_of(self, origin: Origin) -> tuple[str, str | None]:
        """Return what something of an origin is a new version of, with its token; ("", None) if nothing."""
        for called in origin.names:
            name, _ = self.page(called)
            if name and (token := self._store.token(name)):
                return name, token
        return "", None

    def near(self, articles: Sequence[Article], replaced: Sequence[Article]) -> tuple[str, ...]:
        """Return titles of what articles are near copies of, and know these articles from now on.

        Args:
            articles: Those that are about to be added.
            replaced: The version before; that a new one is like it is no news.
        """
        no_news, found = {one.id for one in (*articles, *replaced)}, dict[str, None]()
        came = {article.id: (article.title, self._library.verdicts.sketch(article)) for article in articles}
        for _, sketch in came.values():
            alike = near(sketch, self._anchors, self._sketch_of)
            found |= dict.fromkeys(self._title_of(one) for one in alike if one not in no_news)
        self._came |= came
        self._anchors |= {one: sketch.anchors for one, (_, sketch) in came.items()}
        return tuple(found)

    @cached_property
    def _anchors(self) -> dict[str, Sequence[int]]:
        return self._library.anchors()

    def _sketch_of(self, article_id: str) -> Sketch | None:
        return self._came[article_id][1] if article_id in self._came else self._library.sketch_of(article_id)

    def _title_of(self, article_id: str) -> str:
        if article_id in self._came:
            return self._came[article_id][0]
        summary = self._library.summary(article_id)
        return summary.title if summary else article_id

    def _by_origin(self) -> Mapping[str, tuple[str, Origin]]:
        if self._names is None:
            origins = list(self._store.origins())
            self._names = {known: (name, origin) for name, origin in origins for known in origin.names}
        return self._names
