"""Which workspace is open: the one that is named, the one that we stand in, or the last resort.

In this order: `--workspace`, READER_WORKSPACE, a folder above the current one that is a
workspace, the settings, and `reader/` under XDG_DATA_HOME; the last two are made on first use.
"""

from pathlib import Path

from reader.config import Places, load_config
from reader.errors import NotWritable, UnreadableSource
from reader.inert import inert
from reader.workspace import ANNOTATIONS, SEEDS, Workspace

_README = """\
This folder is a workspace of the reading room.

- `seeds/` holds the articles: put text files there, in folders of your own if you like.
  They are read and never written.
- `annotations/` holds what you make of them: TOML files that you may edit by hand and keep in git.
"""


def open_workspace(
    places: Places, here: Path, *, named: Path | None = None, paths: tuple[Path, ...] = ()
) -> Workspace:
    """Open a workspace, or files and folders in place.

    Args:
        places: Where the program keeps things.
        here: The current folder.
        named: What `--workspace` names.
        paths: Files and folders to read instead of `seeds/`; a single folder that is a
            workspace is opened as one.

    Raises:
        UnreadableSource: What is named does not exist.
        NotWritable: The workspace of the settings, or of last resort, cannot be made.
    """
    loaded = load_config(places.settings)
    paths = tuple((here / path).absolute() for path in paths)
    for path in paths:
        _require(path)
    if named is None and len(paths) == 1 and is_workspace(paths[0]):
        named, paths = paths[0], ()
    root = find_root(places, here, named)
    if root is None:
        root = loaded.config.workspace or places.library
        make_workspace(here / root)
    root = (here / root).absolute()
    _require(root)
    return Workspace(root, places, loaded.config, paths, loaded.problems)


def find_root(places: Places, here: Path, named: Path | None) -> Path | None:
    """Tell which workspace is meant, by name or by where we stand; None if neither says."""
    above = (folder for folder in (here, *here.parents) if is_workspace(folder))
    return named or places.workspace or next(above, None)


def is_workspace(folder: Path) -> bool:
    """Tell whether a folder has a place for articles and one for annotations."""
    return (folder / SEEDS).is_dir() and (folder / ANNOTATIONS).is_dir()


def make_workspace(folder: Path) -> bool:
    """Make a workspace, or what is missing of one.

    Returns:
        False if it was there already.

    Raises:
        NotWritable: It cannot be made.
    """
    if is_workspace(folder):
        return False
    try:
        for name in (SEEDS, ANNOTATIONS):
            (folder / name).mkdir(parents=True, exist_ok=True)
        readme = folder / "README.md"
        if not readme.exists():
            readme.write_text(_README, encoding="utf-8")
    except OSError as error:
        raise NotWritable(
            f"{inert(str(folder))}: no workspace can be made there ({error.strerror})"
        ) from error
    return True


def _require(path: Path) -> None:
    if not path.exists():
        raise UnreadableSource(
            f"{inert(str(path))}: there is no such file or folder; check the path, or make a workspace there "
            "with `reader init`"
        )
