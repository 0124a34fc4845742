"""The weights of the prose score, as they stand in `rules/prose.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Weights:
    """What each trait of a block adds to its score, in log-odds of being the article."""

    own: Mapping[str, float] = field(default_factory=dict)
    """By trait of the block alone."""
    words: Mapping[str, float] = field(default_factory=dict)
    """By word that stands in it."""
    context: Mapping[str, float] = field(default_factory=dict)
    """By trait of the block among its neighbours, on top of its own score."""


def parse_weights(text: str) -> Weights:
    """Read a table of weights: for each weight, the traits that have it."""
    tables = tomllib.loads(text)
    return Weights(*(_by_trait(tables[name]) for name in ("own", "words", "context")))


def _by_trait(traits_by_weight: Mapping[str, str]) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for weight, traits in traits_by_weight.items():
        weights.update(dict.fromkeys(traits.split(), float(weight)))
    return weights
