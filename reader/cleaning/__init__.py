"""Which blocks of an article are not the article, which rule says so, and why.

`rules` reads rule files; `judging` runs the cascade over `measures`: `phrases`, then structure (`edges`,
`repeats`, `tagging`), then the prose score (`prose`, `context`, `weights`). `choices` lets the reader
overrule all of it, `explaining` says why. To add a rule: a table in `rules/phrases.toml`.
"""

from reader.cleaning.choices import apply_choices
from reader.cleaning.explaining import explain
from reader.cleaning.judging import judge
from reader.cleaning.rules import RuleSet, packaged_digest, packaged_rules, parse_rules

VERSION = 1  # raise it when the same article gets other verdicts: what was remembered is then judged anew

__all__ = [
    "VERSION",
    "RuleSet",
    "apply_choices",
    "explain",
    "judge",
    "packaged_digest",
    "packaged_rules",
    "parse_rules",
]
