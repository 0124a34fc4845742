"""The cleaning rules in force: the packaged ones, and those of the workspace over them.

They are parsed when something is judged for the first time: a list of articles that did
not change needs their digest only.
"""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import Conflict, NotWritable
from reader.files import locked, replace_file
from reader.model import Problem
from reader.stamps import Stamp, stamp_of
from reader.versions import PACKAGED_RULES

if TYPE_CHECKING:
    from reader.cleaning import RuleSet


class _InForce(NamedTuple):
    """What the user's own text makes of the rules."""

    text: str
    rules: "RuleSet"
    problems: tuple[Problem, ...]


class RuleBook:
    """The rules of one workspace. Threads may share it.

    Args:
        path: The user's own rules, None for the packaged ones alone; the file need not exist.
        locks: A folder for the lock of the file, outside the workspace; None if nothing is written.
    """

    def __init__(self, path: Path | None, locks: Path | None = None) -> None:
        self._path = path
        self._locks = locks
        self._fault: tuple[Problem, ...] = ()
        self._stamp: Stamp | None = stamp_of(path) if path else None
        self._text = self._read(path) if path else ""
        self._parsed: _InForce | None = None

    def refresh(self) -> None:
        """Read the user's own rules, if the file is another than at the last look."""
        stamp = stamp_of(self._path) if self._path else None
        if self._path and stamp != self._stamp:
            self._stamp, self._text = stamp, self._read(self._path)

    @property
    def text(self) -> str:
        """The user's own rules as they stand in the file; "" if there are none."""
        return self._text

    def replace(self, text: str) -> None:
        """Write the user's own rules; they hold at once.

        Raises:
            Conflict: The file could not be read, or was changed meanwhile; it is left as it is.
            NotWritable: It cannot be written, or there is no place for it.
        """
        if self._path is None or self._locks is None:
            raise NotWritable("there is no workspace to keep rules in; make one with `reader init`")
        try:
            with locked(self._path, self._locks):
                self._refuse_if_changed(self._path)
                if text or self._path.is_symlink():
                    replace_file(self._path, text.encode())
                else:  # no file says the same, and there was none before the first rule
                    self._path.unlink(missing_ok=True)
        except OSError as error:
            raise NotWritable(f"{self._path}: the rules cannot be kept ({error})") from error
        self._text = text

    def _refuse_if_changed(self, path: Path) -> None:
        known, self._text = self._text, self._read(path)
        if self._text != known or self._fault:
            raise Conflict(f"{path}: it was changed meanwhile, or cannot be read; look at it and try again")

    @property
    def digest(self) -> str:
        """Tell whether these are the rules that something was judged by."""
        return hashlib.blake2s(f"{PACKAGED_RULES}\0{self._text}".encode(), digest_size=8).hexdigest()

    @property
    def rules(self) -> "RuleSet":
        """All rules, the user's first."""
        return self._in_force.rules

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the user's rules."""
        return self._in_force.problems if self._text else self._fault

    @property
    def _in_force(self) -> _InForce:
        text, parsed = self._text, self._parsed
        if parsed is None or parsed.text != text:
            parsed = self._parsed = self._parse(text)
        return parsed

    def _parse(self, text: str) -> _InForce:
        from reader.cleaning import packaged_rules, parse_rules  # noqa: PLC0415 - 60 ms that a list need not pay

        packaged = packaged_rules()
        if not text:
            return _InForce(text, packaged, ())
        own, problems = parse_rules(text, str(self._path))
        return _InForce(text, packaged.with_user(own), problems)

    def _read(self, path: Path) -> str:
        self._fault = ()
        try:
            return path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            self._fault = (Problem(f"cannot be read ({error})", str(path), "the packaged rules are used"),)
            return ""
