"""Articles that are nearly the same as others: found by the runs of words that they share. Pure.

Every run of four words counts as a number; those that divide by `EVERY` stand for all of them,
so a thousand stories are compared at the cost of looking up some numbers.
"""

import zlib
from collections import Counter, defaultdict

from reader.folding import fold

RUN = 4  # words that are compared together: fewer are common phrases, more break at each edit
EVERY = 4  # one number of so many is kept
LONGEST = 20_000  # words of a text that are looked at
LEAST = 10  # numbers that a text must have given: about forty words; shorter ones are alike by chance
NEAR = 0.5  # share of the longer one's numbers that both have; less is an excerpt, or a quotation


def sketch(text: str) -> frozenset[int]:
    """Return the numbers that stand for a text."""
    words = fold(text).split()[:LONGEST]
    runs = (" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))
    numbers = (zlib.crc32(run.encode("utf-8", "replace")) for run in runs)
    return frozenset(number for number in numbers if number % EVERY == 0)


class Likenesses:
    """Texts with names, to be asked which of them another one is nearly the same as."""

    def __init__(self) -> None:
        self._holders: defaultdict[int, list[str]] = defaultdict(list)
        self._sizes: dict[str, int] = {}
        self._titles: dict[str, str] = {}

    def put(self, name: str, title: str, text: str) -> None:
        """Know a text, by a name that is its own; one that is known is not looked at again."""
        if name in self._sizes:
            return
        numbers = sketch(text)
        self._sizes[name], self._titles[name] = len(numbers), title
        for number in numbers if len(numbers) >= LEAST else ():
            self._holders[number].append(name)

    def near(self, text: str) -> tuple[str, ...]:
        """Return the titles of the texts that one is nearly the same as, the likest first."""
        numbers = sketch(text)
        if len(numbers) < LEAST:
            return ()
        common = Counter(name for number in numbers for name in self._holders.get(number, ()))
        shares = {name: count / max(len(numbers), self._sizes[name]) for name, count in common.items()}
        likest = sorted(shares, key=lambda name: -shares[name])
        return tuple(self._titles[name] for name in likest if shares[name] >= NEAR)
