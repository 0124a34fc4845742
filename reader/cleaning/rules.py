"""Rule files: TOML in, checked rules out, and what is wrong with the rest.

The form of a file is told at the top of `rules/phrases.toml`. A user's own file has the same form; its
rules come first, so they win.
"""

import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import resources

from reader.cleaning.phrases import (
    DEFAULT_MAX_WORDS,
    DEFAULT_WITHIN,
    GAP,
    Action,
    PhraseIndex,
    Rule,
    Where,
)
from reader.cleaning.weights import Weights, parse_weights
from reader.cleaning.wording import words_of
from reader.inert import inert
from reader.model import Category, Problem

MAX_WORDS = 400  # words; above it a block is an essay, and no phrase may hide it
_ENTRY = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.MULTILINE)
_SYNTAX_LINE = re.compile(r"\(at line (\d+)")
_REMEDY = "mend this rule; the others work"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All that judging needs to know: phrase rules in order, and the weights of the prose score."""

    rules: tuple[Rule, ...]
    weights: Weights
    phrases: PhraseIndex = field(compare=False, repr=False)
    own: frozenset[Rule] = frozenset()
    """Those that are the user's: they win where the packaged ones have no say."""

    def with_user(self, other: "RuleSet") -> "RuleSet":
        """Put a user's rules before these, so that they win."""
        return replace(rule_set(other.rules + self.rules, self.weights), own=frozenset(other.rules))


def rule_set(rules: tuple[Rule, ...], weights: Weights | None = None) -> RuleSet:
    """Make a rule set of rules in their order; without weights there is no prose score."""
    return RuleSet(rules, weights or Weights(), PhraseIndex(rules))


@cache
def packaged_rules() -> RuleSet:
    """Load the rules that come with the program."""
    folder = resources.files("reader.cleaning") / "rules"
    rules, problems = _read((folder / "phrases.toml").read_text("utf-8"), "phrases.toml")
    if problems:
        raise ValueError(str(problems[0]))
    return rule_set(rules, parse_weights((folder / "prose.toml").read_text("utf-8")))


def parse_rules(text: str, where: str) -> tuple[RuleSet, tuple[Problem, ...]]:
    """Read a user's own rules.

    Args:
        text: A TOML file.
        where: Its path, for the problems.

    Returns:
        The rules that can be used, and what is wrong with the others.
    """
    rules, problems = _read(text, where)
    return rule_set(rules), problems


def _read(text: str, where: str) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return (), (_syntax_problem(error, where),)
    entries = tables.get("rule", [])
    if not isinstance(entries, list):
        return (), (
            Problem("`rule` is not a list of tables", f"{where}:1", "write [[rule]] above each rule"),
        )
    lines = [text.count("\n", 0, found.start()) + 1 for found in _ENTRY.finditer(text)]
    lines += [1] * (len(entries) - len(lines))
    rules: list[Rule] = []
    problems: list[Problem] = []
    for entry, line in zip(entries, lines, strict=False):
        try:
            rules.append(_rule(entry))
        except ValueError as fault:
            problems.append(Problem(inert(str(fault)), f"{where}:{line}", _REMEDY))
    return tuple(rules), tuple(problems)


def _syntax_problem(error: Exception, where: str) -> Problem:
    at = _SYNTAX_LINE.search(str(error))
    line = at.group(1) if at else "1"
    what = (
        str(error).split(" (at ", maxsplit=1)[0] if at else "nested too deeply, cut off, or a number too long"
    )
    return Problem(
        f"not TOML: {inert(what)}", f"{where}:{line}", "mend the file; until then none of its rules work"
    )


def _rule(entry: object) -> Rule:
    if not isinstance(entry, dict):
        raise ValueError("a rule is not a table")
    fields = _Fields(entry)
    rule = Rule(
        id=fields.text("id"),
        category=_category(fields.text("category", "clutter")),
        reason=fields.text("reason", "a rule of yours"),
        words=fields.texts("words"),
        pattern=_checked_pattern(fields.text("pattern", "")),
        near=tuple(near.lower() for near in fields.texts("near")),
        where=Where(fields.one_of("where", Where, Where.ANYWHERE)),
        max_words=fields.number("max_words", DEFAULT_MAX_WORDS, MAX_WORDS),
        action=Action(fields.one_of("action", Action, Action.DROP)),
        until=fields.texts("until"),
        within=fields.number("within", DEFAULT_WITHIN, MAX_WORDS),
        languages=fields.texts("languages"),
        sources=tuple(source.lower().strip("/") for source in fields.texts("sources")),
    )
    fields.no_others()
    _check_sense(rule)
    return rule


def _check_sense(rule: Rule) -> None:
    if not rule.words and not rule.pattern:
        raise ValueError(f"rule {rule.id!r} has neither words nor a pattern")
    if rule.action is Action.DROP_TO_NEXT and not rule.until:
        raise ValueError(f"rule {rule.id!r} drops to the next mark but names none in `until`")
    for phrase in rule.words + rule.until:
        parts = [part for part in phrase.split(GAP) if part.strip()]
        if not parts or not all(map(words_of, parts)):
            raise ValueError(f"rule {rule.id!r} has a phrase without a word: {phrase!r}")


def _category(name: str) -> Category:
    try:
        return Category(name)
    except ValueError:
        raise ValueError(f"no such category: {name!r}") from None


def _checked_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        raise ValueError(f"`pattern` is not a regular expression: {error}") from None
    return pattern


class _Fields:
    """The fields of one table, taken out one by one and checked."""

    def __init__(self, table: dict[str, object]) -> None:
        self._table = dict(table)
        self._name = f"rule {table.get('id')!r}: " if isinstance(table.get("id"), str) else ""

    def text(self, field_name: str, default: str | None = None) -> str:
        value = self._table.pop(field_name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise ValueError(f"{self._name}`{field_name}` is not a text")
        return value

    def texts(self, field_name: str) -> tuple[str, ...]:
        value = self._table.pop(field_name, [])
        if isinstance(value, str):
            value = [" ".join(phrase.split()) for phrase in value.split(";")]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ValueError(f"{self._name}`{field_name}` is not a list of texts")
        return tuple(value)

    def number(self, field_name: str, default: int, most: int) -> int:
        value = self._table.pop(field_name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
            raise ValueError(f"{self._name}`{field_name}` is not a number from 1 to {most}")
        return value

    def one_of(self, field_name: str, choices: type[Where] | type[Action], default: str) -> str:
        value = self.text(field_name, default)
        allowed = [str(choice) for choice in choices]
        if value not in allowed:
            raise ValueError(f"{self._name}`{field_name}` is not one of {', '.join(allowed)}")
        return value

    def no_others(self) -> None:
        for field_name in self._table:
            raise ValueError(f"{self._name}`{field_name}` is not a field of a rule")
