"""Trees of questions to numbers, added up: weights that know of "if". They stand as text in TOML.

A tree is a list of nodes in one line: `name<=number:no` asks, and goes to the next node if so, else to
the node with that index; `=number` answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_Node = tuple[int, float, int]
"""Index of the number asked for, or -1; threshold, or the answer; the node to go to if it is above."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees that each add to a score."""

    trees: tuple[tuple[_Node, ...], ...]

    def score(self, numbers: Sequence[float]) -> float:
        """Add up what the trees answer for some numbers."""
        total = 0.0
        for tree in self.trees:
            at = 0
            while True:
                index, value, other = tree[at]
                if index < 0:
                    total += value
                    break
                at = at + 1 if numbers[index] <= value else other
        return total


def parse_forest(lines: Sequence[str], names: Sequence[str]) -> Forest:
    """Read trees.

    Args:
        lines: A tree each.
        names: Of the numbers that are asked for, in their order.
    """
    index_by_name = {name: index for index, name in enumerate(names)}
    return Forest(tuple(tuple(_node(word, index_by_name) for word in line.split()) for line in lines))


def _node(word: str, index_by_name: dict[str, int]) -> _Node:
    name, _, rest = word.partition("<=")
    if not rest:
        return -1, float(word.removeprefix("=")), 0
    value, _, other = rest.partition(":")
    return index_by_name[name], float(value), int(other)
