"""What a person names, pastes or drops, read as what shall be added.

Pure, but for looking whether a file is there.

Terminals paste the path of a file that is dropped on them: quoted, or with backslashes, or as
a file: address, and several with blanks between.
"""

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reader.fetching.addresses import without_user
from reader.inert import inert
from reader.reading_time import count_words

LEAST_WORDS = 12  # of pasted words that are a text; fewer are a slip, or a path that is wrong
_PAGE = re.compile(r"https?://\S+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FileWish:
    """A file, or a folder with all files in it."""

    path: Path
    """Absolute."""


@dataclass(frozen=True, slots=True)
class PageWish:
    """A page of the network."""

    url: str

    @property
    def shown(self) -> str:
        """The address as it may be shown: inert, and without a password."""
        return inert(without_user(self.url))


@dataclass(frozen=True, slots=True)
class TextWish:
    """A text that was pasted, or came through a pipe."""

    content: bytes


Wish = FileWish | PageWish | TextWish


def wish_of(word: str, here: Path) -> Wish:
    """Read one word of a command line: an address, or else a path, whether or not it is there.

    Args:
        word: As the shell passes it.
        here: The folder that a relative path starts from.
    """
    if word.lower().startswith("file://"):
        return FileWish(_local(word))
    if _SCHEME.match(word):
        return PageWish(word)
    home = os.path.expanduser(word)  # noqa: PTH111 - pathlib raises where there is no such user
    return FileWish(Path(os.path.normpath(here / home)))


def wishes_in(pasted: str, here: Path) -> tuple[Wish, ...]:
    """Read what was pasted or dropped: addresses, paths that are there, or else a text.

    Returns:
        What it asks for; nothing if it is no text either.
    """
    text = pasted.strip()
    for words in _readings(text):
        wishes = tuple(map(lambda word: wish_of(word, here), words))  # noqa: C417 - `here` stays the same
        if wishes and all(map(_is_there, wishes)):
            return tuple(dict.fromkeys(wishes))
    if count_words(text) >= LEAST_WORDS:
        return (TextWish(f"{text}\n".encode("utf-8", "replace")),)
    return ()


def is_folder(path: Path) -> bool:
    """Tell whether a path is that of a folder; of one that is too long to be any, up to Python 3.12 too."""
    try:
        return path.is_dir()
    except OSError:
        return False


def count_links(texts: Sequence[str]) -> int:
    """Count the addresses in texts that hold nothing else; 0 if they hold anything else."""
    if not all(map(_PAGE.match, texts)):
        return 0
    words = [word for text in texts for word in text.split()]
    return len(words) if all(map(_PAGE.fullmatch, words)) else 0


def _readings(text: str) -> Iterator[Iterable[str]]:
    """Yield the ways to read a text as paths and addresses, the most literal first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(text) > 100_000:
        return  # no shell takes as many paths
    yield lines
    try:
        yield [word for line in lines for word in shlex.split(line)]
    except ValueError:
        yield [line.strip("'\"") for line in lines]


def _is_there(wish: Wish) -> bool:
    if isinstance(wish, PageWish):
        return bool(_PAGE.fullmatch(wish.url))
    try:
        return isinstance(wish, FileWish) and wish.path.exists()
    except (OSError, ValueError):  # too long, or a zero byte
        return False


def _local(url: str) -> Path:
    """Return the path of a file: address."""
    try:
        return Path(unquote(urlsplit(url).path) or "/")
    except ValueError:
        return Path(url)
