"""Which blocks of an article are not the article, which rule says so, and why.

`rules` reads rule files; `judging` runs the cascade over `measures`: `phrases`, then structure (`edges`,
`repeats`, `tagging`), then the prose score (`prose`, `context`, and `weights` over `columns`). `choices` lets
the reader overrule all of it, `explaining` says why. To add a rule: a table in `rules/phrases.toml`.
"""

from reader.cleaning.choices import apply_choices
from reader.cleaning.explaining import explain
from reader.cleaning.judging import judge
from reader.cleaning.rules import RuleSet, packaged_rules, parse_rules

__all__ = [
    "RuleSet",
    "apply_choices",
    "explain",
    "judge",
    "packaged_rules",
    "parse_rules",
]
