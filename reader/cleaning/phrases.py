"""Phrase rules, and an index that finds the first one that fits a line.

Phrases are compared word by word. Each is filed under its rarest word, so a line is compared only with
phrases it shares that word with; a pattern is tried only if one of the words or signs near it is there.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from reader.cleaning.measures import Line, common_words
from reader.cleaning.wording import words_of
from reader.model import Category

GAP = "…"  # in a phrase: up to GAP_WORDS words in between
GAP_WORDS = 6
DEFAULT_MAX_WORDS = 40  # words; a paragraph that mentions a phrase is not the phrase
DEFAULT_WITHIN = 8  # blocks between an opening and its closing mark
_WITHOUT_ACCENT = str.maketrans("άέήίόύώϊϋΐΰ", "αεηιουωιυιυ")


class Action(StrEnum):
    """What a rule does with the block it fits."""

    DROP = "drop"
    KEEP = "keep"
    SUSPECT = "suspect"
    """Hidden only among other furniture, or where the prose score says so too."""
    DROP_TO_NEXT = "drop-to-next"


class Where(StrEnum):
    """Which part of a block the words must be."""

    LINE = "line"
    START = "start"
    END = "end"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase rule, as its TOML table says it."""

    id: str
    category: Category
    reason: str
    words: tuple[str, ...] = ()
    pattern: str = ""
    near: tuple[str, ...] = ()
    where: Where = Where.ANYWHERE
    max_words: int = DEFAULT_MAX_WORDS
    action: Action = Action.DROP
    until: tuple[str, ...] = ()
    within: int = DEFAULT_WITHIN
    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Folders, files or publishers that it holds for, in lower case; for all if empty."""


class Hit(NamedTuple):
    """A rule that fits a line, and the words of the line that it fits."""

    rule: Rule
    quote: str


class _Phrase(NamedTuple):
    rank: int
    """Place of the rule in the rule set; the lowest that fits wins."""
    parts: tuple[str, ...]
    """Runs of words, each with a space before and behind; between two may stand a gap."""
    where: Where
    max_words: int
    quote: str


class _Pattern(NamedTuple):
    rank: int
    pattern: str
    max_words: int


class PhraseIndex:
    """Phrase rules, filed so that most lines are compared with none."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._lines: dict[str, _Phrase] = {}
        self._phrases: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._patterns: defaultdict[str, list[_Pattern]] = defaultdict(list)
        self._patterns_by_sign: defaultdict[str, list[_Pattern]] = defaultdict(list)
        for rank, rule in enumerate(rules):
            self._file(rank, rule)
        self._has_sources = any(rule.sources for rule in rules)
        self._gate = frozenset(self._phrases) | frozenset(self._patterns)
        self.longest = max((rule.max_words for rule in rules), default=0)
        """Words of the longest block that any rule can fit."""

    def hits(self, lines: Sequence[Line], places: frozenset[str] = frozenset()) -> tuple[Hit | None, ...]:
        """Find for each line of an article, which comes from these places, the first rule that fits it."""
        signed = self._signed(lines)
        found: dict[int, Hit | None] = {}
        for line in lines:
            if line.first == line.at and line.word_count <= self.longest:
                words = self._gate.intersection(line.words)
                if words or line.key in self._lines or line.at in signed:
                    found[line.at] = self._first(line, words, signed.get(line.at, ()), places)
        return tuple([found.get(line.first) for line in lines])

    def _signed(self, lines: Sequence[Line]) -> dict[int, list[_Pattern]]:
        """Return the patterns near whose sign a line stands."""
        signed: defaultdict[int, list[_Pattern]] = defaultdict(list)
        texts = [line.text.lower() for line in lines]
        starts = list(accumulate([len(text) + 1 for text in texts], initial=0))
        whole = "\n".join(texts)
        for sign, patterns in self._patterns_by_sign.items():
            at = whole.find(sign)  # the empty sign, of patterns that name nothing near, is in every text
            while 0 <= at < starts[-1]:
                line = bisect_right(starts, at) - 1
                signed[line] += patterns
                at = whole.find(sign, starts[line + 1])
        return signed

    def _first(
        self, line: Line, words: Iterable[str], signed: Sequence[_Pattern], places: frozenset[str]
    ) -> Hit | None:
        fitting = self._fitting(line, words)
        if signed:
            fitting += _matching(signed, line)
        if self._has_sources:
            fitting = [found for found in fitting if holds_for(self.rules[found[0]], places)]
        if not fitting:
            return None
        rank, quote = min(fitting)
        return Hit(self.rules[rank], quote)

    def _file(self, rank: int, rule: Rule) -> None:
        for words in _spellings(rule.words):
            phrase = _phrase(rank, rule, words)
            if rule.where is Where.LINE and len(phrase.parts) == 1 and not rule.sources:
                self._lines.setdefault(phrase.parts[0], phrase)
            else:
                self._phrases[_rarest_word(phrase)].append(phrase)
        if rule.pattern:
            pattern = _Pattern(rank, rule.pattern, rule.max_words)
            for near in rule.near or ("",):
                by = self._patterns if words_of(near) == (near,) else self._patterns_by_sign
                by[near].append(pattern)

    def _fitting(self, line: Line, words: Iterable[str]) -> list[tuple[int, str]]:
        """Return the rank and the words of each phrase or pattern that fits, if it has one of the words."""
        count, key = line.word_count, line.key
        whole = self._lines.get(key)
        fitting = [(whole.rank, whole.quote)] if whole and count <= whole.max_words else []
        for word in words:
            if word in self._phrases:
                fitting += [
                    (phrase.rank, phrase.quote)
                    for phrase in self._phrases[word]
                    if phrase.parts[0] in key and count <= phrase.max_words and _stands_in(phrase, key)
                ]
            if word in self._patterns:
                fitting += _matching(self._patterns[word], line)
        return fitting


def holds_for(rule: Rule, places: frozenset[str]) -> bool:
    """Tell whether a rule holds for an article that comes from these places."""
    return not rule.sources or not places.isdisjoint(rule.sources)


def has_phrase(line: Line, phrases: tuple[str, ...]) -> bool:
    """Tell whether one of the phrases stands anywhere in a line."""
    return any(_in_order(_parts(phrase), line.key, 0, len(line.key)) for phrase in phrases)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed; asking `re` each time takes four times as long."""
    return re.compile(pattern)


def _matching(patterns: Sequence[_Pattern], line: Line) -> list[tuple[int, str]]:
    return [
        (pattern.rank, found.group().strip())
        for pattern in patterns
        if line.word_count <= pattern.max_words and (found := _compiled(pattern.pattern).search(line.text))
    ]


def _spellings(phrases: tuple[str, ...]) -> Iterator[str]:
    """Yield each phrase, and as it is spelt in Greek capitals: without accents."""
    for words in phrases:
        yield words
        if not words.isascii() and (bare := words.translate(_WITHOUT_ACCENT)) != words:
            yield bare


def _phrase(rank: int, rule: Rule, words: str) -> _Phrase:
    return _Phrase(rank, _parts(words), rule.where, rule.max_words, words)


def _parts(words: str) -> tuple[str, ...]:
    if GAP not in words:
        return (f" {' '.join(words_of(words))} ",)
    return tuple(f" {' '.join(words_of(part))} " for part in words.split(GAP) if part.strip())


def _rarest_word(phrase: _Phrase) -> str:
    """Choose the word that the fewest lines have: the longest, and none of the commonest words."""
    return max(" ".join(phrase.parts).split(), key=lambda word: (word not in common_words(), len(word)))


def _stands_in(phrase: _Phrase, key: str) -> bool:
    first, last = phrase.parts[0], phrase.parts[-1]
    if phrase.where in {Where.START, Where.LINE} and not key.startswith(first):
        return False
    if phrase.where in {Where.END, Where.LINE} and not key.endswith(last):
        return False
    return _in_order(phrase.parts, key, 0, len(key))


def _in_order(parts: tuple[str, ...], key: str, begin: int, limit: int) -> bool:
    """Tell whether the parts stand in `key[begin:limit]` one after another, with small gaps."""
    at = key.find(parts[0], begin, limit)
    while at >= 0:
        if len(parts) == 1:
            return True
        end = at + len(parts[0]) - 1
        if _in_order(parts[1:], key, end, _after_words(key, end, GAP_WORDS) + len(parts[1])):
            return True
        at = key.find(parts[0], at + 1, limit)
    return False


def _after_words(key: str, begin: int, words: int) -> int:
    at = begin
    for _ in range(words):
        following = key.find(" ", at + 1)
        if following < 0:
            return at
        at = following
    return at
