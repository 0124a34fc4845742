"""What to offer when nothing is found: the query with its words spelt right, and queries that ask for less.

Each offer is tried before it is made. Pure, but for the functions it is given.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from reader.search.parsing import Parsed
from reader.search.tree import All, Any, Node, Without, Words
from reader.search.values import Relaxation
from reader.search.words import UNSTEMMED, WORD, terms_of

MAX_SPELLINGS = 3  # of a word that are tried
MAX_UNKNOWN = 3  # words that are looked up; who types more that nobody wrote is not understood by spelling
MAX_TRIES = 8  # queries that are tried in all

Count = Callable[[Parsed], int]
"""Returns how many documents a query finds."""
Spell = Callable[[str], Sequence[str]]
"""Returns the words that a word may have been meant to be, the likeliest first; none for a known one."""


def suggest(parsed: Parsed, spell: Spell, count: Count) -> str:
    """Return a query that differs in its spelling alone and finds something; "" if there is none."""
    unknown = dict.fromkeys(word for words in _words_in(parsed.tree) for word in WORD.findall(words.text))
    spellings = {word: found for word in islice(unknown, MAX_UNKNOWN) if (found := _spellings(word, spell))}
    for chosen in islice(product(*spellings.values()), MAX_TRIES if spellings else 0):
        right = dict(zip(spellings, chosen, strict=True))
        suggested = replace(parsed, tree=_respelt(parsed.tree, right))
        if count(suggested):
            return str(suggested)
    return ""


def relaxations(parsed: Parsed, count: Count) -> tuple[Relaxation, ...]:
    """Return queries that ask for less and find something, those that keep most of the query first."""
    for tries in (_without_one(parsed), _of_one(parsed)):
        tried = ((words, query, count(query)) for words, query in islice(tries, MAX_TRIES))
        if found := tuple(Relaxation(words, str(query), total) for words, query, total in tried if total):
            return found
    return ()


def _without_one(parsed: Parsed) -> Iterator[tuple[str, Parsed]]:
    """Yield the query with one thing taken from it, and what that is."""
    parts = parsed.tree.parts if isinstance(parsed.tree, All) else (parsed.tree,)
    if parsed.in_hidden:
        yield "without in:hidden", replace(parsed, in_hidden=False)
    for at, part in enumerate(parts):
        before, after = parts[:at], parts[at + 1 :]
        if isinstance(part, Words):
            for words, looser in _looser(part):
                yield words, replace(parsed, tree=_all((*before, *looser, *after)))
        if len(parts) > 1:
            yield f"without {_written(part)}", replace(parsed, tree=_all((*before, *after)))


def _of_one(parsed: Parsed) -> Iterator[tuple[str, Parsed]]:
    """Yield each part of a query by itself."""
    if isinstance(parsed.tree, All) and len(parsed.tree.parts) > 2:
        for part in parsed.tree.parts:
            if not isinstance(part, Without):
                yield f"only {_written(part)}", replace(parsed, tree=part)


def _looser(words: Words) -> Iterator[tuple[str, tuple[Words, ...]]]:
    if words.quoted and " " in words.text:
        single = tuple(Words(one, words.field) for one in WORD.findall(words.text))
        yield f"the words of {words}, anywhere", single
    if words.field:
        yield f"{replace(words, field='')} in any field", (replace(words, field=""),)


def _written(part: Node) -> str:
    return f"({part})" if isinstance(part, All | Any) else str(part)


def _all(parts: Sequence[Node]) -> Node:
    return parts[0] if len(parts) == 1 else All(tuple(parts))


def _words_in(node: Node) -> Iterator[Words]:
    """Yield the words that are asked for."""
    if isinstance(node, Words) and not (node.begins or node.typos):
        yield node
    if isinstance(node, All | Any):
        for part in node.parts:
            yield from _words_in(part)


def _spellings(word: str, spell: Spell) -> tuple[str, ...]:
    folded = "".join(terms_of(word, UNSTEMMED)[:1])
    return tuple(islice(spell(folded), MAX_SPELLINGS)) if folded else ()


def _respelt(node: Node, right: dict[str, str]) -> Node:
    """Return a tree with some words in place of others."""
    if isinstance(node, Words):
        text = WORD.sub(lambda found: right.get(found[0], found[0]), node.text)
        return replace(node, text=text, unfinished=False)
    if isinstance(node, All | Any):
        return replace(node, parts=tuple(_respelt(part, right) for part in node.parts))
    return node
