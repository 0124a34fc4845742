"""Files that a synchronisation or a merge left in pieces, put together again.

These are copies beside a file, conflict marks in it, and two files about one article. Nothing
is deleted: what was merged into another file lies in the trash as it was.
"""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from pathlib import Path

from reader.annotations.conflicts import merge_sides
from reader.annotations.document import Document
from reader.annotations.merging import Merged, merge_documents
from reader.annotations.reading import damage, document_in, twin_of
from reader.annotations.sides import sides_of
from reader.annotations.statements import Unusual
from reader.annotations.weaving import Clash
from reader.annotations.writing import Writer
from reader.files import real_path, replace_file
from reader.model import Problem

MERGED = "merged"  # folder in the trash for what was merged into another file


@dataclass(frozen=True, slots=True)
class Mended:
    """A file that was merged into another, or could not be."""

    file: Path
    """The file that holds it now."""
    source: Path
    """What was merged into it: a copy, or `file` itself if it had conflict marks."""
    clashes: tuple[Clash, ...] = ()
    """What both said differently; all of it stands in `file`."""
    kept: Path | None = None
    """Where the source lies now, as it was; None if nothing was done."""
    fault: Problem | None = None
    """Why it was left as it is."""


@dataclass(frozen=True, slots=True)
class _Version:
    """A file as it stands, and what it says."""

    merged: Merged
    has_marks: bool = False
    fault: Problem | None = None

    @property
    def article_id(self) -> str:
        """The article it is about; "" if it does not tell."""
        about = next(iter(self.merged.document.named("article")), None)
        return str(about.table.get("id", "")) if about else ""


def mend(
    folder: Path, trash: Path, locks: Path, now: datetime, *, dry_run: bool = False
) -> tuple[Mended, ...]:
    """Merge copies, conflict marks and files about one article.

    Args:
        folder: `annotations/` of the workspace.
        trash: Folder of the trash; what was merged goes to `merged/` in it.
        locks: Folder for lock files, outside the workspace.
        now: The time, which goes into the names in the trash.
        dry_run: Only tell what would be done.

    Returns:
        One outcome for each file that was, or would be, merged, and for each that could not be.

    Raises:
        NotWritable: The folder or the trash cannot be written.
    """
    writer = Writer(locks)
    outcomes: list[Mended] = []
    for home, sources in _families(folder).items():
        with ExitStack() as held:
            for path in sorted({home, *sources}):
                held.enter_context(writer.holding(path))
            joined, mended = _join(home, sources)
            if joined is not None and not dry_run:
                mended = tuple(_kept(one, trash / MERGED, now) for one in mended)
                replace_file(home, joined.text.encode())
                for one in mended:
                    if one.kept and one.source != home:
                        one.source.unlink()
        outcomes += mended
    return tuple(outcomes)


def _families(folder: Path) -> dict[Path, tuple[Path, ...]]:
    """Tell which files belong into which: a copy into its twin, files about one article into one.

    Of several files about one article, that which is named after it takes the others in, or
    else that with the shortest name. A file with conflict marks belongs into itself.
    """
    paths = _files(folder)
    versions = {path: version for path in paths if (version := _read(path))}
    twins = {path: folder / name for path in paths if (name := twin_of(path.name))}
    homes: dict[str, Path] = {}
    for path in sorted(versions.keys() - twins.keys(), key=lambda path: (len(path.name), path.name)):
        article_id = versions[path].article_id
        known = homes.setdefault(article_id, path)
        if path.stem == "--".join(article_id.rsplit("-", 1)) != known.stem:
            homes[article_id] = path
    families: dict[Path, list[Path]] = defaultdict(list)
    for path, version in versions.items():
        twin = twins.get(path, path)
        article_id = versions.get(twin, version).article_id
        home = homes.get(article_id, twin) if article_id else twin
        if path != home:
            families[home].append(path)
        elif version.has_marks:
            families[home] += []
    return {home: tuple(sources) for home, sources in families.items()}


def _files(folder: Path) -> list[Path]:
    """List the files in a folder, each once: of a file and links to it only the file."""
    paths = [path for path in folder.glob("*.toml") if not path.name.startswith(".")]
    links_first = sorted(paths, key=lambda path: (not path.is_symlink(), path))
    return sorted({real_path(path): path for path in links_first}.values())


def _read(path: Path) -> _Version | None:
    """Read a file, with the sides of a conflict in it merged; None if it is gone."""
    nothing = Merged(Document())
    raw = b""
    try:
        raw = path.read_bytes()
        return _Version(Merged(document_in(raw)))
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = Problem(f"cannot be read ({error.strerror})", str(path), "look at its permissions")
        return _Version(nothing, fault=problem)
    except (ValueError, RecursionError) as error:
        problem = damage(path, raw, error)
    if not sides_of(raw.decode(errors="replace")):
        return _Version(nothing, fault=problem)
    try:
        return _Version(merge_sides(raw.decode()), has_marks=True)
    except (ValueError, RecursionError) as error:
        what = f"the sides of its conflict cannot be merged: {error}"
        return _Version(
            nothing, has_marks=True, fault=replace(problem, what=what, remedy="settle it by hand")
        )


def _join(home: Path, sources: tuple[Path, ...]) -> tuple[Document | None, tuple[Mended, ...]]:
    """Merge files into one. Returns what that one shall say; None if nothing is to be written."""
    version = _read(home)
    if version and version.fault:
        return None, tuple(Mended(home, path, fault=version.fault) for path in sources or (home,))
    joined = version.merged.document if version else None
    mended = [Mended(home, home, version.merged.clashes)] if version and version.has_marks else []
    for path in sources:
        copy = _read(path)
        if copy is None:
            continue  # another program of ours merged it since
        if copy.fault:
            mended.append(Mended(home, path, fault=copy.fault))
            continue
        try:
            merged = merge_documents(None, joined, copy.merged.document) if joined else copy.merged
        except Unusual as error:
            problem = Problem(f"cannot be merged: {error}", str(path), "merge it by hand")
            mended.append(Mended(home, path, fault=problem))
            continue
        joined = merged.document
        mended.append(Mended(home, path, (*copy.merged.clashes, *merged.clashes)))
    return joined if any(not one.fault for one in mended) else None, tuple(mended)


def _kept(one: Mended, folder: Path, now: datetime) -> Mended:
    """Put a copy of what is merged into the trash."""
    if one.fault:
        return one
    folder.mkdir(parents=True, exist_ok=True)
    names = (
        f"{one.source.stem}.{now:%Y%m%d-%H%M%S}{ending}.toml"
        for ending in chain([""], map("-{}".format, count(2)))
    )
    kept = next(path for name in names if not (path := folder / name).exists())
    replace_file(kept, one.source.read_bytes())
    return replace(one, kept=kept)
