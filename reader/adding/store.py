"""The files in `seeds/`: put there, put in the place of others, and taken out again.

Nothing is deleted. What is taken out or replaced goes to `seeds/.kept/NAME/`, under a token that
its content gives; so each of these moves can be taken back, and versions of a page
lie there too. The article's file is at no moment missing or half written.
"""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from reader.adding.origins import Origin, origin_file, read_origin, written
from reader.errors import Conflict, NotWritable
from reader.files import replace_file
from reader.inert import inert
from reader.source_files import ORIGIN

KEPT = ".kept"  # folder in `seeds/`; what begins with a dot is read as no article
_LINK = b"link:"


class Store:
    """The files of a workspace's `seeds/`. Names are paths below it, with "/".

    Every method raises `NotWritable` when the folder cannot be written.

    Args:
        seeds: The folder.
    """

    def __init__(self, seeds: Path) -> None:
        self.seeds = seeds
        self._kept = seeds / KEPT

    def path_of(self, name: str) -> Path:
        """Return where a file of a name stands, or would."""
        return self.seeds / name

    def token(self, name: str) -> str | None:
        """Return the token of what stands under a name; None if nothing does."""
        path = self.path_of(name)
        try:
            return token_of(_LINK + os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes())
        except OSError:
            return None

    def origins(self) -> Iterator[tuple[str, Origin]]:
        """Yield the files that tell where they came from, with what they tell."""
        for path in sorted(self.seeds.rglob(f"*{ORIGIN}")):
            source = path.with_name(path.name.removesuffix(ORIGIN))
            name = source.relative_to(self.seeds).as_posix()
            if not name.startswith(f"{KEPT}/") and (origin := read_origin(source)):
                yield name, origin

    def is_added(self, name: str) -> bool:
        """Tell whether a file was put there by the program; what was not is a person's own."""
        path = self.path_of(name)
        return path.is_symlink() or origin_file(path).exists()

    def free_name(self, wanted: str) -> str:
        """Return a name that nothing stands under: the one that is wanted, or with a number behind it."""
        path, number = Path(wanted), 1
        name = wanted
        while os.path.lexists(self.path_of(name)) or os.path.lexists(origin_file(self.path_of(name))):
            number += 1
            name = path.with_name(f"{path.stem}-{number}{path.suffix}").as_posix()
        return name

    # Putting there, and taking out

    def put(self, name: str, content: bytes, origin: Origin) -> str:
        """Let a file hold something new; what it held is kept. Returns the token of what it holds then."""
        token = token_of(content)
        with _writing(self.seeds):
            staged = self._place(name, token)
            staged.parent.mkdir(parents=True, exist_ok=True)
            replace_file(origin_file(staged), written(origin))
            replace_file(staged, content)
            self.bring(name, token)
        return token

    def link(self, name: str, target: Path) -> str:
        """Let a name stand for a file elsewhere. Returns its token."""
        with _writing(self.seeds):
            path = self.path_of(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.symlink_to(target)
        return token_of(_LINK + os.fsencode(target))

    def bring(self, name: str, token: str | None) -> None:
        """Let what has a token stand under a name, or nothing; what stood there is kept.

        Raises:
            Conflict: Nothing of that token is kept.
        """
        now = self.token(name)
        if now == token:
            return
        with _writing(self.seeds):
            if token is None:
                self._take_out(name, now)
                return
            staged = self._place(name, token)
            if not os.path.lexists(staged):
                raise Conflict(f"{inert(name)}: what it held is no longer kept in {self._kept}")
            if now is not None:
                self._keep_beside(name, now)
            path = self.path_of(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(path)
            _move_origin(staged, path)
            _remove_empty(staged.parent, self.seeds)

    def versions(self, name: str) -> tuple[Path, ...]:
        """Return what was kept of a name, the last one first."""
        folder = self._kept / name
        found = (path for path in folder.glob("*") if path.suffix != ORIGIN and not path.name.startswith("."))
        return tuple(sorted(found, key=lambda path: path.lstat().st_mtime_ns, reverse=True))

    def removed(self) -> tuple[tuple[str, str], ...]:
        """Return names that nothing stands under any more, each with the token of the last it held."""
        folders = {path.parent for path in self._kept.rglob("*") if not path.is_dir() or path.is_symlink()}
        names = sorted(folder.relative_to(self._kept).as_posix() for folder in folders)
        gone = (name for name in names if not os.path.lexists(self.path_of(name)))
        return tuple((name, kept[0].name.partition(".")[0]) for name in gone if (kept := self.versions(name)))

    def _place(self, name: str, token: str) -> Path:
        return self._kept / name / f"{token}{Path(name).suffix}"

    def _take_out(self, name: str, token: str | None) -> None:
        path, kept = self.path_of(name), self._place(name, str(token))
        kept.parent.mkdir(parents=True, exist_ok=True)
        path.replace(kept)
        _touch(kept)
        _move_origin(path, kept)
        _remove_empty(path.parent, self.seeds)

    def _keep_beside(self, name: str, token: str) -> None:
        """Keep what stands under a name, and let it stand: it is replaced in the next moment."""
        path, kept = self.path_of(name), self._place(name, token)
        kept.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            kept.unlink(missing_ok=True)
            kept.symlink_to(path.readlink())
        else:
            replace_file(kept, path.read_bytes())
        if origin_file(path).exists():
            replace_file(origin_file(kept), origin_file(path).read_bytes())


def token_of(content: bytes) -> str:
    """Return what tells contents apart: 16 hex digits."""
    return hashlib.blake2s(content, digest_size=8).hexdigest()


def _touch(path: Path) -> None:
    """Let the last that was kept be the newest; of a link, its target is left alone."""
    with contextlib.suppress(OSError, NotImplementedError):
        os.utime(path, follow_symlinks=False)


def _remove_empty(folder: Path, top: Path) -> None:
    """Remove a folder that holds nothing any more, and those above it, but not the topmost."""
    with contextlib.suppress(OSError):  # the first that holds something
        while folder != top:
            folder.rmdir()
            folder = folder.parent


def _move_origin(source: Path, target: Path) -> None:
    if origin_file(source).exists():
        origin_file(source).replace(origin_file(target))
    else:
        origin_file(target).unlink(missing_ok=True)


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = error.strerror or error
        raise NotWritable(f"{inert(str(error.filename or folder))}: cannot be written ({what})") from error
