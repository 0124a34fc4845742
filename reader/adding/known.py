"""What is in the library already, as adding needs to know it. Looked up when it is first asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.adding.likeness import Likenesses
from reader.adding.origins import Origin
from reader.adding.store import Store
from reader.folding import fold
from reader.library import Library
from reader.model import Article, Summary
from reader.source_files import find_files

MOST_ALIKE = 5  # articles with a title like that of a new one that are read for it


class Known:
    """What is in the library when adding begins, and what came since; looked up when it is asked for."""

    def __init__(self, library: Library, seeds: Path, store: Store) -> None:
        self._seeds = seeds
        self._store = store
        self._summaries = library.summaries()
        self.ids = {one.id for one in self._summaries}
        self._library = library
        self._likenesses = Likenesses()
        self._titled: dict[str, list[Summary]] | None = None
        self._files: Mapping[Path, str] | None = None
        self._names: Mapping[str, tuple[str, Origin]] | None = None

    def where(self, articles: Sequence[Article]) -> str:
        """Say where articles stand that are there already."""
        wanted = {article.id for article in articles}
        paths = dict.fromkeys(one.path for one in self._summaries if one.id in wanted)
        return f"is there already, in {', '.join(paths)}" if paths else "is there already"

    def titles_in(self, name: str) -> tuple[str, ...]:
        """Return the titles of the articles in a file."""
        path = f"{self._seeds.name}/{name}"
        return tuple(one.title for one in self._summaries if one.path == path)

    def name_of_path(self, path: Path) -> str | None:
        """Return the name of a file that is read already, by itself or by a link to it."""
        if self._files is None:
            files, _ = find_files((self._seeds,), self._seeds.parent)
            self._files = {one.path.resolve(): one.path.relative_to(self._seeds).as_posix() for one in files}
        return self._files.get(path.resolve())

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
        """Return titles of what articles are nearly the same as, and know these articles from now on.

        Looked through is what came in the same go, and what has a title like theirs: to read the
        whole library for each one would take minutes.

        Args:
            articles: Those that are about to be added.
            replaced: The version before; that a new one is like it is no news.
        """
        found: dict[str, None] = {}
        for article in articles:
            for one in self._alike(article.title):
                text = self._library.article(one.id) if one.id not in {old.id for old in replaced} else None
                if text is not None:
                    self._likenesses.put(one.id, one.title, text.text)
            found |= dict.fromkeys(self._likenesses.near(article.text))
        for article in articles:
            self._likenesses.put(article.id, article.title, article.text)
        return tuple(found)

    def _alike(self, title: str) -> list[Summary]:
        """Return articles with half the words of a title and more, the likest first."""
        if self._titled is None:
            self._titled = {}
            for one in self._summaries:
                for word in set(fold(one.title).split()):
                    self._titled.setdefault(word, []).append(one)
        words = set(fold(title).split())
        shared = Counter(one for word in words for one in self._titled.get(word, ()))
        return [one for one, count in shared.most_common(MOST_ALIKE) if 2 * count >= len(words)]

    def _by_origin(self) -> Mapping[str, tuple[str, Origin]]:
        if self._names is None:
            origins = list(self._store.origins())
            self._names = {known: (name, origin) for name, origin in origins for known in origin.names}
        return self._names
