"""Settings and places: the only module that reads the environment.

Every setting is typed and documented and stands in one TOML file. A broken value is
a `Problem` with its line, the default stands in for it, and the program starts.
"""

import os
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from reader.actions import ACTIONS
from reader.inert import inert
from reader.keys import is_key, key_problems, parse_keys
from reader.model import Problem

THEMES = ("paper-dark", "paper-light", "ansi")
MIN_WIDTH, MAX_WIDTH = 20, 200  # cells; below 20 words are torn, above 200 the eye loses the line
SETTINGS_FILE = "config.toml"
MAX_TIMEOUT = 3600  # seconds
MAX_BYTES = 64 * 2**20  # of a page; a larger file is not read either
_ESCAPE_DELAY = "25"  # ms that Textual waits to tell the escape key from a sequence; its own 100 are felt


@dataclass(frozen=True, slots=True)
class Fetch:
    """What fetching a page may cost, and where it may go: the `[fetch]` table."""

    allow_private: bool = field(
        default=False, metadata={"help": "Whether pages may come from this machine and its own network."}
    )
    timeout: int = field(
        default=30, metadata={"help": f"Seconds that a page may take in all, 1 to {MAX_TIMEOUT}."}
    )
    max_bytes: int = field(
        default=16 * 2**20, metadata={"help": f"Bytes that a page may have, unpacked, 1 to {MAX_BYTES}."}
    )


@dataclass(frozen=True, slots=True)
class Config:
    """The user's settings."""

    workspace: Path | None = field(
        default=None, metadata={"help": "Folder that is opened where no other is named."}
    )
    width: int = field(
        default=72, metadata={"help": f"Measure of the reading view in cells, {MIN_WIDTH} to {MAX_WIDTH}."}
    )
    theme: str = field(
        default=THEMES[0], metadata={"help": f"Theme at the first start: {', '.join(THEMES)} (16 colours)."}
    )
    fetch: Fetch = field(
        default_factory=Fetch, metadata={"help": "Fetching pages, which is done only by `reader add URL`."}
    )
    keys: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict,
        metadata={"help": 'Keys by action, as `reader keys` names them: "reading.find" = "slash,ctrl+s".'},
    )


@dataclass(frozen=True, slots=True)
class Places:
    """Where the program keeps things, by the XDG Base Directory Specification."""

    config: Path
    """Folder of the settings."""
    cache: Path
    """Folder of what can be made again."""
    state: Path
    """Folder of reading positions, the undo journal and locks."""
    library: Path
    """The workspace of last resort."""
    workspace: Path | None = None
    """What READER_WORKSPACE names."""
    editor: str = "vi"
    """The user's editor, as VISUAL or EDITOR name it."""

    @property
    def settings(self) -> Path:
        """The file of the settings."""
        return self.config / SETTINGS_FILE


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as read, and what was wrong with them."""

    config: Config
    problems: tuple[Problem, ...] = ()


def places(environment: Mapping[str, str]) -> Places:
    """Tell where things are kept. Folders are made when something is written there."""
    home = _at_home(environment.get("HOME") or "~")

    def base(variable: str, default: str) -> Path:
        """A relative path in an XDG variable is to be ignored, says the specification."""
        value = environment.get(variable, "")
        return (Path(value) if Path(value).is_absolute() else home / default) / "reader"

    named = environment.get("READER_WORKSPACE", "")
    return Places(
        config=base("XDG_CONFIG_HOME", ".config"),
        cache=base("XDG_CACHE_HOME", ".cache"),
        state=base("XDG_STATE_HOME", ".local/state"),
        library=base("XDG_DATA_HOME", ".local/share"),
        workspace=_at_home(named) if named else None,
        editor=environment.get("VISUAL") or environment.get("EDITOR") or "vi",
    )


def prepare_terminal(environment: MutableMapping[str, str]) -> None:
    """Set what Textual reads once, at its import.

    COLUMNS and LINES would freeze the size of the screen: `shutil.get_terminal_size`
    prefers them to the terminal's own answer, so a resize would have no effect. The
    keyboard protocol of kitty is left off: with it, five characters committed by an
    input method arrive as garbage (Textual 8.2.8, `_xterm_parser`).
    """
    environment.pop("COLUMNS", None)
    environment.pop("LINES", None)
    environment.setdefault("ESCDELAY", _ESCAPE_DELAY)
    environment.setdefault("TEXTUAL_ANIMATIONS", "none")
    environment.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")


def load_config(path: Path) -> Loaded:
    """Read the settings. A missing file means the defaults; a broken one is a `Problem`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return Loaded(Config())
    except OSError as error:
        problem = Problem(f"cannot be read ({error.strerror})", str(path), "the defaults are used")
        return Loaded(Config(), (problem,))
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{path}:{line[1]}" if line else str(path)
        problem = Problem(f"not valid TOML: {error}", where, "the defaults are used until it is mended")
        return Loaded(Config(), (problem,))
    return _check(table, text, path)


def explain_config(config: Config) -> str:
    """Write settings out as TOML, each with its meaning above it."""
    return "\n".join(_explained(config))


def _explained(settings: "Config | Fetch") -> list[str]:
    lines: list[str] = []
    for setting in fields(settings):
        value = getattr(settings, setting.name)
        lines += [f"# {setting.metadata['help']}", *_as_toml(setting.name, value), ""]
    return lines


def _as_toml(name: str, value: object) -> list[str]:
    if value is None:
        return [f"# {name} = "]
    if isinstance(value, Fetch):
        return [f"[{name}]", *_explained(value)[:-1]]
    import tomli_w  # noqa: PLC0415 - a start of the program does without

    if isinstance(value, dict):
        value = {action: ",".join(keys) for action, keys in value.items()}
    elif isinstance(value, Path):
        value = str(value)
    return tomli_w.dumps({name: value}).splitlines()


def _check(table: Mapping[str, object], text: str, path: Path) -> Loaded:
    values: dict[str, object] = {}
    problems: list[Problem] = []

    def where(name: str) -> str:
        return f"{path}:{_line_of(name, text)}"

    for name, value in table.items():
        try:
            values[name] = _READERS.get(name, _refuse)(value)
        except ValueError as error:
            problems.append(
                Problem(f"{name}: {error}", where(name), "`reader config show` lists the settings")
            )
    values["fetch"], refused = _read_fetch(values.get("fetch", {}), where)
    values["keys"], faults = _read_keys(values.get("keys", {}), where)
    config = Config(**values)  # type: ignore[arg-type]  # each value comes from the reader of its field
    return Loaded(config, (*problems, *refused, *faults, *key_problems(config.keys, where)))


def _line_of(name: str, text: str) -> int:
    """Return the line of a setting, or of the table it belongs to if it stands inside that line."""
    for wanted in (name, "fetch" if name in _FETCH_READERS else "keys"):
        found = re.search(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(wanted)}(?![\w.])", text, re.MULTILINE)
        if found:
            return text.count("\n", 0, found.start()) + 1
    return 1


def _refuse(_value: object) -> object:
    raise ValueError("there is no setting of this name")


def _read_folder(value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise ValueError("must be a path in quotes")
    if "\0" in value:
        raise ValueError("holds a sign that no path has")
    return _at_home(value)


def _at_home(path: str) -> Path:
    """Return a path, its "~" followed; one of somebody who is not known stays as it is written."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - pathlib raises where there is no such user


def _read_theme(value: object) -> str:
    if value not in THEMES:
        raise ValueError(f"must be one of {', '.join(THEMES)}")
    return str(value)


def _read_table(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise ValueError("must be a table, its name in brackets on a line of its own")
    return value


def _read_number(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return value

    return read


def _read_switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("must be true or false")
    return value


def _read_fetch(table: object, where: Callable[[str], str]) -> tuple[Fetch, tuple[Problem, ...]]:
    """Read what fetching may do, each setting by itself; one with a fault has its default."""
    values: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in _read_table(table).items():
        try:
            values[name] = _FETCH_READERS.get(name, _refuse)(value)
        except ValueError as error:
            what = f"fetch.{inert(name)}: {error}"
            known = name if name in _FETCH_READERS else "fetch"
            problems.append(Problem(what, where(known), "`reader config show` lists the settings"))
    return Fetch(**values), tuple(problems)  # type: ignore[arg-type]  # as in _check


def _read_keys(
    table: object, where: Callable[[str], str]
) -> tuple[dict[str, tuple[str, ...]], tuple[Problem, ...]]:
    """Read the keys of each action by itself, so that one fault costs the others nothing."""
    known = {action.id for action in ACTIONS}
    keys: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for name, wanted in _read_table(table).items():
        remedy = "`reader keys` lists actions and keys"
        if name not in known:
            problems.append(Problem(f"no action has the name “{inert(name)}”", where(name), remedy))
        elif not isinstance(wanted, str) or not wanted.strip():
            what = f"“{name}” must be key names in quotes, with commas between"
            problems.append(Problem(what, where(name), remedy))
        else:
            named = [key.strip() for key in wanted.split(",") if key.strip()]
            keys[name] = tuple(" ".join(parse_keys(key)) for key in named if is_key(key))
            problems += [
                Problem(f"no terminal sends a key “{inert(key)}”, wanted for {name}", where(name), remedy)
                for key in named
                if not is_key(key)
            ]
    return keys, tuple(problems)


_READERS: dict[str, Callable[[object], object]] = {
    "workspace": _read_folder,
    "width": _read_number(MIN_WIDTH, MAX_WIDTH),
    "theme": _read_theme,
    "fetch": _read_table,
    "keys": _read_table,
}
_FETCH_READERS: dict[str, Callable[[object], object]] = {
    "allow_private": _read_switch,
    "timeout": _read_number(1, MAX_TIMEOUT),
    "max_bytes": _read_number(1, MAX_BYTES),
}
