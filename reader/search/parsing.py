"""Read a query as it is typed into a tree. Pure, and never at a loss.

What cannot be meant is left out and told as a `Fault` with its place; the rest is the
nearest good query. The language is described in `docs/search.md`.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from reader.passages import Color
from reader.search.dates import EVER, FORMS, Days, mended, parse_days
from reader.search.tree import All, Any, During, Label, Node, Without, Words
from reader.search.words import WORD

MAX_EXPANDED = 4  # words with * or ~, each of which stands for several
MAX_WORDS = 32  # parts of a query, and words of a phrase; who types more has pasted something
MAX_NEAR = 8  # words that stand near each other: each is looked for around each
MAX_PHRASE = 400  # code points of a word or a phrase; one of Chinese needs no blanks
MAX_LENGTH = 4_000  # code points that are read
MIN_BEGINNING = 3  # letters from which on a word that is being typed stands for others; fewer say nothing
MAX_DEPTH = 20  # brackets in brackets
SORTS = ("relevance", "date", "title")
TEXT_FIELDS = ("title", "text", "quote", "note", "source", "author")
DATE_FIELDS = ("date", "before", "after", "added", "noted")
VALUES = {
    "in": ("articles", "notes", "hidden"),
    "is": ("unread", "reading", "done", "starred", "annotated"),
    "has": ("note", "highlight", "tag", "copy"),
    "color": tuple(map(str, Color)),
    "sort": SORTS,
}
"""What can be said of a field that has a few values."""
LABEL_FIELDS = ("tag", "lang")
_ALIKE = 0.8  # of 1: how like a known word a misspelt one is, as difflib counts: "titel" and "title"
OPERATORS = ("AND", "OR", "NOT")
FIELDS = (*TEXT_FIELDS, *LABEL_FIELDS, *DATE_FIELDS, *VALUES)

_TOKEN = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<minus>-)(?=[^\s)-])"
    r"|(?P<field>[A-Za-z]+):(?![:/])"
    r'|"(?P<quoted>[^"]*)(?P<closed>"?)(?:~(?P<near>\d{1,2}))?|(?P<word>[^\s()"]+)'
)
_SIGNS = re.compile(r"(.*?)(\*+|~\d?)?")
_HAS_LETTER = re.compile(r"[^\W_]")


class Fault(NamedTuple):
    """A part of a query that cannot be meant."""

    start: int
    end: int
    what: str
    """In one clause, with what would do."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query, read."""

    tree: Node
    """What was understood; `All()` if nothing was."""
    faults: tuple[Fault, ...] = ()
    sort: str = ""
    """One of `SORTS`; "" leaves it to what is asked for."""
    in_hidden: bool = False
    """Words are looked for in the hidden blocks, and nowhere else."""
    is_mixed: bool = False
    """OR stands beside words without brackets, so that it is worth showing how that was read."""

    @property
    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return self.tree == All() and not self.in_hidden

    @property
    def is_void(self) -> bool:
        """Whether nothing that was asked for could be meant, so that nothing answers to it."""
        return self.is_empty and bool(self.faults)

    def __str__(self) -> str:
        """Write it out with all its brackets: the nearest good query."""
        signs = ["in:hidden"] * self.in_hidden + [f"sort:{self.sort}"] * bool(self.sort)
        words = [f"({self.tree})" if signs and isinstance(self.tree, Any) else str(self.tree)]
        return " ".join(filter(None, [*words, *signs]))


def parse(query: str, today: int, *, typing: bool = False) -> Parsed:
    """Read a query.

    Args:
        query: As it is typed. Whatever it is, it is read without an error.
        today: The day it is, as `date.toordinal` counts; "yesterday" is asked of it.
        typing: The last word may be unfinished, unless something stands behind it.
    """
    readable = query[:MAX_LENGTH].encode(errors="replace").decode()  # a half of a pair is no character
    parser = _Parser(readable, today, typing=typing)
    tree = parser.parse_any(0)
    while parser.token:  # a bracket that nothing opens
        parser.blame("no bracket is open here")
        parser.take()
        tree = _all([tree, parser.parse_any(0)])
    if tree == All() and query.strip() and not (parser.faults or parser.sort or parser.in_hidden):
        parser.faults.append(Fault(0, len(query), "no word stands here"))
    if len(query) > MAX_LENGTH:
        parser.faults.append(Fault(MAX_LENGTH, len(query), "too long: what follows is left out"))
    faults = tuple(sorted(parser.faults))
    return Parsed(tree, faults, parser.sort, parser.in_hidden, parser.is_mixed)


def within(parsed: Parsed, where: str) -> Parsed:
    """Ask for what a query asks for, but only in one of the values of `in:`; "" leaves it as it is."""
    if not where or parsed.is_void:
        return parsed
    return replace(parsed, tree=_all([parsed.tree, Label("in", where)]))


class _Parser:
    """The state of a reading: the tokens, and how far it is."""

    def __init__(self, query: str, today: int, *, typing: bool) -> None:
        self.faults: list[Fault] = []
        self.sort = ""
        self.in_hidden = False
        self.is_mixed = False
        self._query = query
        self._today = today
        self._typing = typing
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(query)
        self._parts = 0
        self._expanded = 0
        self.token: re.Match[str] | None = next(self._tokens, None)

    def take(self) -> re.Match[str]:
        """Go on to the next token, and return this one."""
        taken = self.token
        assert taken is not None  # noqa: S101 - who takes has looked
        self.token = next(self._tokens, None)
        return taken

    def blame(self, what: str, token: re.Match[str] | None = None) -> None:
        """Note a fault at a token: this one, or the end of the query."""
        at = token or self.token
        place = at.span() if at else (len(self._query),) * 2
        self.faults.append(Fault(*place, what))

    def parse_any(self, depth: int) -> Node:
        """Read parts with OR between them, up to a closing bracket or the end."""
        branches = [self._parse_all(depth)]
        while self._is_at("OR"):
            token = self.take()
            branch = self._parse_all(depth)
            if All() in (branch, branches[-1]) and self._parts <= MAX_WORDS:
                self.blame("OR needs words on both sides", token)
            branches.append(branch)
        meant = [branch for branch in dict.fromkeys(branches) if branch != All()]
        self.is_mixed |= len(meant) > 1 and any(isinstance(one, All) for one in meant)
        return Any(tuple(meant)) if len(meant) > 1 else meant[0] if meant else All()

    def _parse_all(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.token and not self.token["close"] and not self._is_at("OR"):
            if self._is_at("AND"):
                token = self.take()
                if not parts or not self.token or self.token["close"] or self._is_at("OR"):
                    self.blame("AND needs words on both sides", token)
            elif part := self._parse_part(depth):
                parts.append(part)
        return _all(parts)

    def _parse_part(self, depth: int) -> Node | None:
        token, is_without = self.take(), False
        while token["minus"] or token["word"] == "NOT":
            is_without = not is_without
            if not self.token or self.token["close"] or self._is_at("OR"):
                self.blame("nothing follows that could be left out", token)
                return None
            token = self.take()
        part = self._parse_group(token, depth) if token["open"] else self._parse_leaf(token)
        return Without(part) if part and is_without else part

    def _parse_leaf(self, token: re.Match[str]) -> Node | None:
        self._parts += 1
        if self._parts > MAX_WORDS:
            if self._parts == MAX_WORDS + 1:
                self.blame(f"more than {MAX_WORDS} words: the others are left out", token)
            return None
        return self._parse_field(token) if token["field"] else self._words(token)

    def _parse_group(self, token: re.Match[str], depth: int) -> Node | None:
        if depth >= MAX_DEPTH:
            self.blame("too many brackets in brackets", token)
            return None
        tree = self.parse_any(depth + 1)
        if self.token:
            self.take()
        else:
            self.blame("this bracket is not closed", token)
        return tree if tree != All() else None

    def _parse_field(self, token: re.Match[str]) -> Node | None:
        field = token["field"].lower()
        return self._parse_value(field, token) if field in FIELDS else self._parse_strange(token)

    def _parse_value(self, field: str, token: re.Match[str]) -> Node | None:
        """Read what stands behind the colon of a field."""
        if not self._has_value(token):
            self.blame(f"{field}: needs a value", token)
            return None
        value = self.take()
        typed = value["word"] or value["quoted"] or ""
        if field in TEXT_FIELDS:
            return self._words(value, field)
        if field in DATE_FIELDS:
            return self._during(field, typed, value)
        if field in VALUES:
            return self._value(field, typed.lower(), value)
        return Label(field, typed.removeprefix("#")) if typed.strip("#* ") else None

    def _parse_strange(self, token: re.Match[str]) -> Node | None:
        """Read what stands before a colon and is no field: one misspelt, or part of a word (`Re:view`)."""
        word = _as_word(Words(token["field"]))
        if not self._has_value(token):
            return word
        if near := _nearest(token["field"].lower(), FIELDS):
            self.blame(f"there is no {token['field']}:, read as {near}:", token)
            return self._parse_value(near, token)
        rest = self._words(self.take())
        return _all([word, _as_word(rest)]) if rest else word

    def _has_value(self, field: re.Match[str]) -> bool:
        """Tell whether a word or a phrase stands right behind the colon of a field."""
        after = self.token
        return bool(after and after.start() == field.end() and (after["word"] or after["quoted"]))

    def _words(self, token: re.Match[str], field: str = "") -> Node | None:
        if token["quoted"] is not None:
            if not token["closed"]:
                self.blame("this quotation mark is not closed", token)
            near = int(token["near"] or 0)
            text = self._shortened(" ".join(token["quoted"].split()), token, near)
            return Words(text, field, quoted=True, near=near) if _HAS_LETTER.search(text) else None
        found = _SIGNS.fullmatch(token["word"] or "")
        text, sign = (found[1], found[2] or "") if found else ("", "")
        text = self._shortened(text, token)
        if not _HAS_LETTER.search(text):
            if sign:
                self.blame(f"{sign} needs a word before it", token)
            return None
        if sign and self._is_one_too_many(token):
            sign = ""
        typos = min(int(sign[1:] or 1), 2) if sign.startswith("~") else 0
        is_last = self._typing and not sign and token.end() == len(self._query) and _is_beginning(text)
        return Words(text, field, begins=sign.startswith("*"), typos=typos, unfinished=is_last)

    def _shortened(self, text: str, token: re.Match[str], near: int = 0) -> str:
        """Leave words out where more stand together than anybody types."""
        most = MAX_NEAR if near else MAX_WORDS
        words = list(islice(WORD.finditer(text), most + 1))
        end = min(words[most - 1].end() if len(words) > most else len(text), MAX_PHRASE)
        if end < len(text):
            together = "near each other" if near else "in a phrase"
            self.blame(f"more than {most} words {together}, or too long: the rest is left out", token)
        return text[:end].rstrip()

    def _is_one_too_many(self, token: re.Match[str]) -> bool:
        """Tell whether a word stands for several, and enough others of the query do."""
        self._expanded += 1
        if self._expanded == MAX_EXPANDED + 1:
            self.blame(f"more than {MAX_EXPANDED} words with * or ~: the others are read without", token)
        return self._expanded > MAX_EXPANDED

    def _during(self, field: str, typed: str, token: re.Match[str]) -> Node | None:
        days = parse_days(typed, self._today)
        if days is None:
            near = mended(typed)
            days = parse_days(near, self._today)
            remedy = f"read as “{near}”" if days else f"write it as {FORMS}"
            self.blame(f"“{typed}” is no date; {remedy}", token)
            typed = near
        return During(field, _beside(field, days), typed) if days else None

    def _value(self, field: str, value: str, token: re.Match[str]) -> Node | None:
        if value not in VALUES[field]:
            near = _nearest(value, VALUES[field])
            read = f"; read as {near}" if near else ""
            self.blame(f"{field}: may be {', '.join(VALUES[field])}{read}", token)
            value = near
        if field == "sort":
            self.sort = value or self.sort
        elif value == "hidden":
            self.in_hidden = True
        elif value:
            return Label(field, value)
        return None

    def _is_at(self, operator: str) -> bool:
        return self.token is not None and self.token["word"] == operator


def _is_beginning(text: str) -> bool:
    """Tell whether a word that is being typed says enough; a sign of Chinese says more than a letter."""
    return len(text) >= MIN_BEGINNING or not text.isascii()


def _nearest(typed: str, known: Sequence[str]) -> str:
    """Return what a misspelt word was meant to be; "" if nothing is like it."""
    return next(iter(difflib.get_close_matches(typed, known, 1, _ALIKE)), "")


def _as_word(node: Node) -> Node:
    """Keep a word from being read as an operator when the query is written out."""
    if isinstance(node, Words) and node.text in OPERATORS:
        return replace(node, quoted=True)
    return node


def _all(parts: list[Node]) -> Node:
    """Put parts together that all have to hold; one alone is itself."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, All) else (part,)
    flat = list(dict.fromkeys(flat))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def _beside(field: str, days: Days) -> Days:
    """Return the days before or after some days, where that is what is asked for."""
    if field == "before":
        return EVER[0], days[0] - 1
    return (days[1] + 1, EVER[1]) if field == "after" else days
