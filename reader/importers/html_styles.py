"""The styles that a page carries -> which of its elements they hide from a reader at a desk.

Drafts, templates and the layout for other screens stand in a page, and one line of its styles says that
nobody sees them. Only `display` is asked, of selectors that name an element by its classes and id; a rule
of several steps ("main .note") is believed where it shows something, not where it hides.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

DESK = 1280  # CSS pixels: the width of the window that is thought of
EM = 16  # CSS pixels
MOST = 2_000_000  # characters of styles that are read; more is an attack
MOST_OF_NAME = 64  # rules that are asked for elements of a name
IMPORTANT = 1_000_000  # of a weight: `!important` outdoes any selector
OF_ID = 1_000  # of a weight; a class is 1
DEEPEST = 16  # rules in rules

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_DISPLAY = re.compile(r"(?:^|[;\s])display\s*:\s*([a-z-]+)\s*(!\s*important)?", re.IGNORECASE)
_STEP = re.compile(r"\s*[\s>+~]\s*")
_COMPOUND = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)+)", re.IGNORECASE)
_NAME = re.compile(r"[.#][\w-]+")
_BOUND = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)(px|r?em)\s*\)", re.IGNORECASE)
_AT_DESK = frozenset(("only", "screen", "all", "and"))


class _Rule(NamedTuple):
    """What a page says of the elements of a tag that bear some names."""

    weight: tuple[int, int]
    """How it stands against other rules: the strength of its selector, then its place."""
    tag: str
    names: frozenset[str]
    """As selectors write them: ".note", "#top"."""
    hides: bool


@dataclass(frozen=True, slots=True)
class Styles:
    """The rules of a page that hide or show elements."""

    rules_by_name: Mapping[str, tuple[_Rule, ...]]
    """Each under one of its names."""

    def hide(self, tag: str, classes: str, identity: str) -> bool:
        """Tell whether an element is hidden: the strongest of the rules for it says so."""
        if not self.rules_by_name:
            return False
        names = {f".{name}" for name in classes.split()} | ({f"#{identity}"} if identity else set())
        rules = (rule for name in names for rule in self.rules_by_name.get(name, ()))
        fitting = [rule for rule in rules if rule.names <= names and rule.tag in {"", tag}]
        return max(fitting).hides if fitting else False


def read_styles(tree: LexborHTMLParser) -> Styles:
    """Read the styles that stand in a page; those of other files are not asked for."""
    rules: defaultdict[str, dict[tuple[str, frozenset[str]], _Rule]] = defaultdict(dict)
    left, place = MOST, 0
    for node in tree.css("style"):
        styles = node.text()
        left -= len(styles)
        if left < 0:
            break
        if "display" not in styles.lower():
            continue
        for selector, value, important in _said(styles, node.attributes.get("media") or ""):
            place += 1
            for rule in _rules(selector, value, important=important, place=place):
                _take(rule, rules[min(rule.names)])
    hiding = any(rule.hides for its in rules.values() for rule in its.values())
    return Styles({name: tuple(its.values()) for name, its in rules.items()} if hiding else {})


def _take(rule: _Rule, rules: dict[tuple[str, frozenset[str]], _Rule]) -> None:
    """Keep of the rules for the same elements the strongest."""
    other = rules.get((rule.tag, rule.names))
    if (other is None and len(rules) < MOST_OF_NAME) or (other is not None and other.weight < rule.weight):
        rules[rule.tag, rule.names] = rule


def _said(styles: str, media: str) -> Iterator[tuple[str, str, bool]]:
    """Find the selectors that say something of `display` at a desk: what, and whether it is important."""
    styles = _COMMENT.sub("", styles)
    opened: list[str] = [f"@media {media}"] if media else []
    outside = len(opened)
    at = 0
    for brace in _BRACE.finditer(styles):
        before, at = styles[at : brace.start()], brace.end()
        if len(opened) > DEEPEST:
            return
        if brace.group() == "{":
            opened.append(before.rpartition(";")[2].strip())
        elif len(opened) > outside:
            selector = opened.pop()
            value = list(_DISPLAY.finditer(before))[-1:]
            if value and not selector.startswith("@") and all(map(_is_at_desk, opened)):
                yield selector, value[0][1].lower(), value[0][2] is not None


def _is_at_desk(around: str) -> bool:
    """Tell whether the rules inside of this one count for a reader at a desk."""
    name, _, query = around.partition(" ")
    if name.lower() == "@media":
        return any(map(_fits, query.split(",")))
    return name.lower() in {"@supports", "@layer"}


def _fits(query: str) -> bool:
    for which, number, unit in _BOUND.findall(query):
        width = float(number) * (1 if unit.lower() == "px" else EM)
        if (width > DESK) if which.lower() == "min" else (width < DESK):
            return False
    return _AT_DESK.issuperset(_BOUND.sub("", query).lower().split())


def _rules(selectors: str, value: str, *, important: bool, place: int) -> Iterable[_Rule]:
    hides = value == "none"
    for selector in selectors.split(","):
        steps = _STEP.split(selector.strip())
        fits = _COMPOUND.fullmatch(steps[-1])
        if fits is None or (hides and len(steps) > 1):
            continue
        names = [name for step in steps for name in _NAME.findall(step)]
        weight = IMPORTANT * important + sum(OF_ID if name[0] == "#" else 1 for name in names)
        tag = (fits[1] or "").lower()
        yield _Rule((weight, place), tag, frozenset(_NAME.findall(fits[2])), hides)
