"""What came of adding: each thing that was asked for, and the sum in one line. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reader.inert import inert

MAX_NEAR = 2  # near copies that are named; `reader same` names all
_UNUSUAL = ("changed", "left out")  # told only if there is one


class Outcome(StrEnum):
    """What became of one thing that was to be added."""

    NEW = "new"
    SAME = "same"
    """It is there already: nothing was done."""
    CHANGED = "changed"
    """It was there in another version, which is kept."""
    FAILED = "failed"
    LEFT_OUT = "left out"
    """It stands in a folder that was named, and is no article."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, page or text."""

    what: str
    """As it was asked for."""
    outcome: Outcome
    name: str = ""
    """Where in seeds/ it stands, or would: "ferry.txt"."""
    how: str = ""
    """"linked", "copied", "fetched" or "kept" (of a pasted text)."""
    titles: tuple[str, ...] = ()
    """Of the articles in it."""
    fresh: int = 0
    """How many of these were not in the library."""
    near: tuple[str, ...] = ()
    """Titles of articles that one in it is a near copy of."""
    note: str = ""
    """Why it failed, what changed, or where it is already."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all of them."""

    entries: tuple[Entry, ...]
    dry_run: bool = False
    stopped: bool = False
    """True if it was ended before all was done; what is reported was done."""

    def of(self, outcome: Outcome) -> tuple[Entry, ...]:
        """Return what came out so."""
        return tuple(entry for entry in self.entries if entry.outcome is outcome)

    @property
    def counts(self) -> dict[str, int]:
        """How many were read, new, and so on; articles of "new" and "same", files of the others."""
        read = [entry for entry in self.entries if entry.outcome not in {Outcome.FAILED, Outcome.LEFT_OUT}]
        unlike = [entry for entry in read if entry.outcome is not Outcome.CHANGED]
        return {
            "read": len(read),
            "new": sum(entry.fresh for entry in unlike),
            "same": sum(len(entry.titles) - entry.fresh for entry in unlike),
            "changed": len(self.of(Outcome.CHANGED)),
            "split": sum(len(entry.titles) > 1 for entry in read),
            "near copies": sum(bool(entry.near) for entry in read),
            "failed": len(self.of(Outcome.FAILED)),
            "left out": len(self.of(Outcome.LEFT_OUT)),
        }


def summed(report: Report) -> str:
    """Say in a line what came of all: "read 3, new 4, same 1, split 1, near copies 0, failed 1"."""
    counts = report.counts
    told = [f"{name} {number:,}" for name, number in counts.items() if number or name not in _UNUSUAL]
    ends = (" · stopped; what was added stays" * report.stopped, " · nothing was added yet" * report.dry_run)
    return ", ".join(told) + "".join(ends)


def lines_of(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a line for each: outcome, where it stands, how many articles, and what is to be said of it."""
    for entry in entries:
        titles = f"{len(entry.titles)} articles" if len(entry.titles) > 1 else "".join(entry.titles)
        where = entry.name if entry.outcome in {Outcome.NEW, Outcome.CHANGED} else entry.what
        told = filter(None, (titles, entry.note, _nearness(entry.near)))
        yield inert(f"{entry.outcome:9}{where}  {' · '.join(told)}".rstrip())


def _nearness(titles: Sequence[str]) -> str:
    """Say what something is a near copy of."""
    rest = f" and {len(titles) - MAX_NEAR:,} more" if len(titles) > MAX_NEAR else ""
    return f"a near copy of “{'”, “'.join(titles[:MAX_NEAR])}”{rest}" if titles else ""
