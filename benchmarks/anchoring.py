"""Find quotes again: a door for a scorer, made-up editions of the seeds, and the speeds.

    python -m benchmarks.anchoring editions 2000   # how many passages are found, misplaced and given up
    python -m benchmarks.anchoring speed           # how long that takes in texts of several sizes

`locate_quote` is for scorers that have quotes of their own.
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from reader.anchoring import describe, locate, locate_all
from reader.passages import Target
from tests.editions import SEEDS, editions, verdict

UNKNOWN = -1  # a start that nobody knows
PASSAGE = (
    "The ferry left the harbour at six in the morning, an hour late, with forty passengers and a "
    "cargo of oranges that nobody had ordered."
)
CHANGES: dict[str, Callable[[str], str]] = {
    "unchanged": str,
    "moved": lambda text: f"New.\n\n{text}",
    "one letter": lambda text: text.replace("ferry left", "fery left"),
    "upper case": lambda text: text.replace(PASSAGE, PASSAGE.upper()),
    "gone": lambda text: text.replace(PASSAGE, ""),
}


def locate_quote(
    text: str, exact: str, prefix: str | None = "", suffix: str | None = "", start: int | None = None
) -> tuple[int, int] | None:
    """Find a quote in a text.

    Args:
        text: Where to look.
        exact: The quote.
        prefix: What stood before it, if known.
        suffix: What stood after it, if known.
        start: Where it stood, in code points, if known.

    Returns:
        Start and end, in code points; None if it is not there, or cannot be told from its likes.
    """
    known = UNKNOWN if start is None else start
    found = locate(text, Target(exact, prefix or "", suffix or "", known, known + len(exact)))
    return (found.start, found.end) if found else None


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    editing = commands.add_parser("editions")
    editing.add_argument("count", type=int)
    editing.add_argument("--seed", type=int, default=1)
    editing.add_argument("--show", type=int, default=0)
    commands.add_parser("speed")
    chosen = parser.parse_args()
    if chosen.command == "editions":
        _print_editions(chosen.seed, chosen.count, chosen.show)
    else:
        _print_speed()


def _print_editions(seed: int, count: int, show: int) -> None:
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for edition in editions(seed, count):
        seen = verdict(edition)
        verdicts[edition.kind][seen] += 1
        if seen in ("wrong", "border") and show:
            show -= 1
            found = locate(edition.text, edition.target)
            print(seen, edition.kind, found, repr(edition.target.exact))
            print("    want", repr(edition.text[edition.start : edition.end]) if edition.start >= 0 else None)
            print("    got ", found and repr(edition.text[found.start : found.end]))
    total = sum(verdicts.values(), Counter())
    for kind, counts in [*verdicts.items(), ("all", total)]:
        print(f"{kind:26}", *(f"{name} {counts[name]}" for name in ("right", "border", "wrong", "given up")))


def _print_speed() -> None:
    """Print how many milliseconds it takes to find a passage, by the size of the text and its change."""
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    print(f"{'code points':>12}", *(f"{name:>12}" for name in CHANGES))
    for size in (10_000, 80_000, 200_000, 1_000_000, 5_000_000):
        long = (text * (size // len(text) + 1))[:size]
        at = size // 2
        long = f"{long[:at]} {PASSAGE} {long[at:]}"
        target = describe(long, at + 1, at + 1 + len(PASSAGE))
        times = [_milliseconds(locate, change(long), target) for change in CHANGES.values()]
        print(f"{size:>12}", *(f"{spent:>12.2f}" for spent in times))
    targets = [describe(text, at, at + 40) for at in range(0, 80_000, 40)]
    print("2,000 targets unchanged", round(_milliseconds(locate_all, text, targets), 1))
    print("2,000 targets moved", round(_milliseconds(locate_all, f"New.\n\n{text}", targets), 1))


def _milliseconds(call: Callable[[str, Any], object], text: str, asked: object) -> float:
    begun = time.perf_counter()
    call(text, asked)
    return (time.perf_counter() - begun) * 1_000


if __name__ == "__main__":
    main()
