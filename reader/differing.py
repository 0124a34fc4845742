"""What is different in two texts, sentence by sentence. Pure.

Sentences count as the same if their words are, whatever the signs around them. One that only stands
elsewhere is in common too; one that was edited stands beside what became of it, its changed words marked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

from reader.amounts import amount
from reader.layout.prose import sentences
from reader.model import Article, BlockKind, Ledger, Span

ALIKE = 0.5  # of two sentences that are one, edited: words they share; below, one went and another came
PAIRS = 10_000  # of sentences that are compared with each other: half a second; beyond, none is an edit
LONG = 400  # words of a sentence; in a longer one no single words are marked

_TOKENS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\w+|[^\w\s]")
_WORDS = re.compile(r"\w+")


class Sentence(NamedTuple):
    """A sentence of an article."""

    text: str
    """On one line."""
    start: int
    """Where it begins in the canonical text."""
    end: int


@dataclass(frozen=True, slots=True)
class Common:
    """Sentences that both texts have, one after the other."""

    sentences: int
    elsewhere: int = 0
    """How many of them stand at another place in the first text."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence that is not the same in both."""

    before: Sentence | None = None
    """As the first text has it; None if it does not."""
    after: Sentence | None = None
    changed: tuple[Span, ...] = ()
    """Of one that both have: the words of `before` that went, as spans of its text."""
    changed_after: tuple[Span, ...] = ()
    """The words of `after` that came."""


Part = Common | Difference


def sentences_of(article: Article, ledger: Ledger, *, titled: bool = True) -> tuple[Sentence, ...]:
    """Return the sentences of the blocks that are kept.

    Args:
        article: The article.
        ledger: Its verdicts.
        titled: Whether titles count as sentences.
    """
    kept = (one for one in ledger.kept(article) if titled or one.kind is not BlockKind.TITLE)
    spans = (span for block in kept for span in sentences(article.text, block.start, block.end))
    texts = ((" ".join(article.text[start:end].split()), start, end) for start, end in spans)
    return tuple(Sentence(*one) for one in texts if one[0])


def compare(before: Sequence[Sentence], after: Sequence[Sentence]) -> tuple[Part, ...]:
    """Compare two texts, in the order of the second."""
    keys, keys_after = [_key(one) for one in before], [_key(one) for one in after]
    found: list[Difference | None] = []
    for tag, first, last, start, end in SequenceMatcher(None, keys, keys_after).get_opcodes():
        if tag == "equal":
            found += [None] * (last - first)
        else:
            found += _paired(before[first:last], after[start:end])
    return tuple(_gathered(found, _elsewhere(found)))


def _key(sentence: Sentence) -> str:
    return " ".join(_WORDS.findall(sentence.text)) or sentence.text


def _elsewhere(found: Iterable[Difference | None]) -> Counter[str]:
    """Count the sentences that went at one place and came at another."""
    apart = [one for one in found if one and not (one.before and one.after)]
    gone = Counter(_key(one.before) for one in apart if one.before)
    return gone & Counter(_key(one.after) for one in apart if one.after)


def _gathered(found: Sequence[Difference | None], moved: Counter[str]) -> Iterator[Part]:
    """Put what is in common into one; what only stands elsewhere counts where the second text has it."""
    went, came = moved.copy(), moved.copy()
    steps: list[Difference | int] = []
    for one in found:
        if one is None:
            steps.append(0)
        elif one.before and not one.after and went[_key(one.before)]:
            went[_key(one.before)] -= 1
        elif one.after and not one.before and came[_key(one.after)]:
            came[_key(one.after)] -= 1
            steps.append(1)
        else:
            steps.append(one)
    for is_common, run in groupby(steps, key=lambda step: isinstance(step, int)):
        if is_common:
            counts = [step for step in run if isinstance(step, int)]
            yield Common(len(counts), sum(counts))
        else:
            yield from (step for step in run if isinstance(step, Difference))


def _paired(olds: Sequence[Sentence], news: Sequence[Sentence]) -> Iterator[Difference]:
    """Put each new sentence beside the old one that it is an edit of; order is kept."""
    at_old = at_new = 0
    for old, new in (*_edits(olds, news), (len(olds), len(news))):
        yield from (Difference(before=one) for one in olds[at_old:old])
        yield from (Difference(after=one) for one in news[at_new:new])
        if old < len(olds):
            yield _edit(olds[old], news[new])
        at_old, at_new = old + 1, new + 1


def _edits(olds: Sequence[Sentence], news: Sequence[Sentence]) -> tuple[tuple[int, int], ...]:
    """Choose the pairs, in order, that have most in common together."""
    if not olds or not news or len(olds) * len(news) > PAIRS:
        return ()
    bags, bags_new = [_bag(one) for one in olds], [_bag(one) for one in news]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]  # of what begins there
    alike = [[_alike(bag, other) for other in bags_new] for bag in bags]
    for old in reversed(range(len(olds))):
        for new in reversed(range(len(news))):
            beside = best[old + 1][new + 1] + alike[old][new] if alike[old][new] >= ALIKE else 0.0
            best[old][new] = max(best[old + 1][new], best[old][new + 1], beside)
    return tuple(_way(best))


def _way(best: Sequence[Sequence[float]]) -> Iterator[tuple[int, int]]:
    """Follow what was best."""
    old = new = 0
    while best[old][new] > 0:
        if best[old][new] == best[old + 1][new]:
            old += 1
        elif best[old][new] == best[old][new + 1]:
            new += 1
        else:
            yield old, new
            old, new = old + 1, new + 1


def _bag(sentence: Sentence) -> Counter[str]:
    return Counter(token.lower() for token in _TOKENS.findall(sentence.text) if token[0].isalnum())


def _alike(bag: Counter[str], other: Counter[str]) -> float:
    return 2 * (bag & other).total() / max(1, bag.total() + other.total())


def _edit(old: Sentence, new: Sentence) -> Difference:
    tokens, tokens_new = list(_TOKENS.finditer(old.text)), list(_TOKENS.finditer(new.text))
    if max(len(tokens), len(tokens_new)) > LONG:
        return Difference(old, new, ((0, len(old.text)),), ((0, len(new.text)),))
    words, words_new = [one[0] for one in tokens], [one[0] for one in tokens_new]
    opcodes = SequenceMatcher(None, words, words_new, autojunk=False).get_opcodes()
    changed = [one for one in opcodes if one[0] != "equal"]
    return Difference(
        old,
        new,
        tuple(
            (tokens[first].start(), tokens[last - 1].end())
            for _, first, last, _, _ in changed
            if last > first
        ),
        tuple(
            (tokens_new[start].start(), tokens_new[end - 1].end())
            for *_, start, end in changed
            if end > start
        ),
    )


def differences_in(parts: Iterable[Part]) -> tuple[Difference, ...]:
    """Return what is different, without what is in common."""
    return tuple(part for part in parts if isinstance(part, Difference))


def counted(parts: Iterable[Part], gone: str = "gone", new: str = "new") -> str:
    """Say how much is different: "2 sentences changed, 1 new"; "" if nothing is.

    Args:
        parts: What was compared.
        gone: What is said of sentences that only the first text has.
        new: What is said of those that only the second one has.
    """
    found = differences_in(parts)
    changed = sum(bool(one.before and one.after) for one in found)
    told = (
        (changed, "changed"),
        (sum(not one.before for one in found), new),
        (sum(not one.after for one in found), gone),
    )
    numbers = [(number, words) for number, words in told if number]
    if not numbers:
        return ""
    (first, words), *rest = numbers
    others = (f"{number:,} {words}" for number, words in rest)
    return ", ".join((f"{amount(first, 'sentence')} {words}", *others))


def common_in_words(part: Common) -> str:
    """Say how much stands between two differences: "14 sentences in common"."""
    elsewhere = f", {part.elsewhere:,} of them elsewhere" if part.elsewhere else ""
    return f"{amount(part.sentences, 'sentence')} in common{elsewhere}"
