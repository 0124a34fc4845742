r"""A text to the terms it is found by: accents and case folded, words cut to their stems. Pure.

A word is letters and digits; `C++`, `R&D`, `don't`, `3.5` and `U.S.` are words of their own.
Chinese, Japanese and Korean, which need no blanks, are cut into pairs of characters. Texts
and queries pass the same way, so that what is written is found.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from reader.folding import fold
from reader.search.spelling import american

DEFAULT_LANGUAGE = "en"  # of texts whose language is not clear
UNSTEMMED = "-"  # the language of texts in a language that has no stemmer
STEMMED = frozenset(
    ("da", "nl", "en", "fi", "fr", "de", "hu", "it", "no", "pt", "ro", "ru", "es", "sv")
)  # Snowball's, in Whoosh
_MAX_KNOWN = 200_000  # surfaces a language remembers, about 30 MB; then it begins anew

_SHORT = 3  # letters that words of a longer term begin with as it does
_UNSURE = 2  # its last letters, which its words may have otherwise: "eenheid" is a term of "eenheden"
_ABBREVIATED = 6  # letters of a term that may stand with dots: N.A.T.O.
_RESPELT = re.compile("or|ter|ens|iz|lyz")  # where a word may be spelt otherwise: what `american` writes

_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # kana, Han, Hangul
_IS_WIDE = re.compile(f"[{_WIDE}]")
_RUNS = re.compile(f"[{_WIDE}]+|[^{_WIDE}]+")
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[^\W\d_](?:\+\+|\#)(?![^\W_])"  # C++, C#
    r"|[^\W_]+(?:(?:&|\.(?=\d)|['’](?=(?:s|t|re|ve|ll|d|m)\b))[^\W_]+)*"  # R&D, 3.5, don't
)
_JOINTS = ".&'"
_JOINT = re.compile(r"[^\W_](?:&|\.(?=\d|[^\W\d_]\.)|'(?=(?:s|t|re|ve|ll|d|m)\b))")  # in a word, folded


def terms_of(text: str, language: str) -> list[str]:
    """Cut a text into terms, in its order. `language` is one that `language_of` returned."""
    known = _known_of(language)
    return list(chain.from_iterable(map(known.__getitem__, WORD.findall(text))))


def cut(text: str, language: str) -> tuple[list[str], set[str]]:
    """Return the terms of a text as `terms_of`, and its words as `words_of`; the text is looked at once."""
    surfaces = WORD.findall(text)
    terms, words = _known_of(language), _known_of(UNSTEMMED)
    return (
        list(chain.from_iterable(map(terms.__getitem__, surfaces))),
        set(chain.from_iterable(map(words.__getitem__, set(surfaces)))),
    )


def language_of(code: str) -> str:
    """Return how texts of a language, by its ISO 639-1 code, are cut."""
    if not code:
        return DEFAULT_LANGUAGE
    return code if code in STEMMED else UNSTEMMED


def words_of(text: str) -> set[str]:
    """Return the words of a text, folded but not cut to their stems: a vocabulary."""
    known = _known_of(UNSTEMMED)
    return set(chain.from_iterable(map(known.__getitem__, set(WORD.findall(text)))))


def spans_of(text: str, language: str, wanted: Iterable[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where the words of wanted terms stand in a text, in order, by those that are there."""
    known, plain, looked_for = _known_of(language), _plain(text), _looked_for(frozenset(wanted))
    found = {term: [(at, at + len(term)) for at in _places(text, term)] for term in looked_for.wide}
    for begun in looked_for.begun:
        for word in filter(None, map(WORD.match, repeat(text), _places_begun(plain, begun))):
            for term in begun.terms.intersection(known[word[0]]):
                found.setdefault(term, []).append(word.span())
    return {term: sorted(set(spans)) for term, spans in found.items() if spans}


class _Begun(NamedTuple):
    """Words that begin with the same few letters."""

    stub: str
    """Those letters."""
    beginnings: tuple[str, ...]
    """How the words begin that are looked for."""
    terms: frozenset[str]
    """What they may be."""


class _LookedFor(NamedTuple):
    """What is looked for in a text, to find the words of some terms."""

    wide: tuple[str, ...]
    """Terms that stand in it as they are."""
    begun: tuple[_Begun, ...]


@lru_cache(maxsize=64)  # of one query in each field of each of its hits
def _looked_for(wanted: frozenset[str]) -> _LookedFor:
    wide = tuple(filter(is_wide, wanted))
    by_stub = defaultdict[str, set[tuple[str, str]]](set)
    for term in wanted.difference(wide):
        for beginning in _beginnings(_plain(term)):
            by_stub[beginning[:_SHORT]].add((beginning, term))
    begun = (
        _Begun(stub, tuple({one for one, _ in found}), frozenset(term for _, term in found))
        for stub, found in by_stub.items()
    )
    return _LookedFor(wide, tuple(begun))


def _beginnings(term: str) -> tuple[str, ...]:
    """Return how words of a term may begin: what stemmers were seen to change, and dots."""
    if len(term) == 1:
        return (term,)
    dotted = (f"{term[0]}.{term[1]}.",) if len(term) <= _ABBREVIATED else ()
    if len(term) > _SHORT:
        respelt = _RESPELT.search(term, _SHORT - 1)
        sure = min(len(term) - _UNSURE, respelt.start() + 1 if respelt else len(term))
        return (term[: max(sure, _SHORT)], *dotted)
    if len(term) == _SHORT and term[-1] in "ei":  # "using" is "use", "try" is "tri", "dying" is "die"
        return (term[:-1], f"{term[0]}y", *dotted)
    return (term, term[:-1] + term[-2], *dotted)  # "loop" is "lop" in Dutch


def _places_begun(plain: str, begun: _Begun) -> Iterator[int]:
    """Yield where words may stand that begin so; to look at each word would take three times as long."""
    for at in _places(plain, begun.stub):
        before = plain[at - 1 : at]
        is_within = before.isalnum() or (before and before in _JOINTS and _JOINT.match(plain, at - 2))
        if not is_within and plain.startswith(begun.beginnings, at):
            yield at


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _plain(text: str) -> str:
    """Fold a text letter by letter, so that each stays in its place."""
    lowered = text.lower().replace("’", "'")
    if lowered.isascii():
        return lowered
    if len(lowered) != len(text):
        lowered = text.replace("’", "'")
    return lowered.translate({ord(one): (fold(one) or one)[0] for one in set(lowered) if not one.isascii()})


def is_wide(term: str) -> bool:
    """Tell whether a term is of a script that is cut into pairs of characters."""
    return not term.isascii() and _IS_WIDE.match(term) is not None


class _Known(dict[str, tuple[str, ...]]):
    """The terms of each word that was met; made when it is first asked for."""

    def __init__(self, stem: Callable[[str], str], stem_cyrillic: Callable[[str], str]) -> None:
        self._stem = stem
        self._stem_cyrillic = stem_cyrillic

    def __missing__(self, surface: str) -> tuple[str, ...]:
        if len(self) > _MAX_KNOWN:
            self.clear()
        terms = self[surface] = tuple(filter(None, self._terms(surface)))
        return terms

    def _terms(self, surface: str) -> Iterable[str]:
        if _IS_CYRILLIC.match(surface):
            return (self._stem_cyrillic(_fold_cyrillic(surface)),)
        word = fold(surface.replace("’", "'")).removesuffix("'s")
        if word.endswith("."):
            word = word.replace(".", "")
        if surface.isascii() or not _IS_WIDE.search(word):
            return (self._stem(word),)
        return chain.from_iterable(map(self._run, _RUNS.findall(word)))

    def _run(self, run: str) -> Iterable[str]:
        if not is_wide(run):
            return (self._stem(run),)
        return (run,) if len(run) == 1 else map("".join, pairwise(run))


@cache
def _known_of(language: str) -> _Known:
    """Return the terms of a language; a Russian note on a text in another is cut as Russian all the same."""
    if language == UNSTEMMED:
        return _Known(str, str)
    from whoosh.lang import stemmer_for_language  # noqa: PLC0415 - 80 ms that who does not search need not pay

    stem, stem_cyrillic = map(_unfailing, map(stemmer_for_language, (language, "ru")))
    if language != DEFAULT_LANGUAGE:
        return _Known(stem, stem_cyrillic)
    return _Known(lambda word: stem(american(word)), stem_cyrillic)


def _unfailing(stem: Callable[[str], str]) -> Callable[[str], str]:
    """Return a stemmer that leaves a word alone where Whoosh's stumbles: the Spanish one at "zbguéamos"."""

    def stem_or_leave(word: str) -> str:
        try:
            return stem(word)
        except IndexError:
            return word

    return stem_or_leave


def _fold_cyrillic(word: str) -> str:
    """Fold as `fold`, but let й stand, which the stemmer needs; ё is written е as often as not."""
    return word.casefold().replace("ё", "е")
