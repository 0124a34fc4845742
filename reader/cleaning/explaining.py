"""Why a block is hidden or kept, in one sentence.

Judging does not keep what it was based on: it is made again when somebody asks.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from reader.cleaning.judging import Judged, fitting, is_book, judge, judge_in_full
from reader.cleaning.markup import has_markup
from reader.cleaning.measures import Line
from reader.cleaning.phrases import Action
from reader.cleaning.prose import LONG, words_that_count
from reader.cleaning.rules import RuleSet
from reader.cleaning.weights import UNIT, Weights
from reader.model import Article, BlockKind, Category, Ledger, Reason

TERMS = 3  # measures and words of the prose score that are named


def explain(article: Article, ledger: Ledger, block_index: int, rules: RuleSet) -> str:
    """Say in one sentence why a block is hidden or kept.

    Args:
        article: The article.
        ledger: Its verdicts, the reader's choices applied.
        block_index: Which block.
        rules: The rules it was judged by.
    """
    if is_book(article):
        return _by_name(article, ledger.verdicts[block_index])
    if has_markup(article):
        return _on_page(article, ledger, block_index, rules)
    judged = judge_in_full(article, rules)
    reason, by_rules = ledger.verdicts[block_index], judged.ledger.verdicts[block_index]
    if reason is not None:
        return _why_hidden(reason, judged, block_index, rules.weights)
    if by_rules is not None:
        return _kept_by_hand(by_rules)
    return _why_kept(judged, block_index, rules.weights)


def _by_name(article: Article, reason: Reason | None) -> str:
    if reason is None:
        return f"Kept: no named rule matched, and a text of {len(article.blocks):,} blocks has no other."
    return "Hidden by you." if reason.category is Category.CHOICE else _named(reason)


def _on_page(article: Article, ledger: Ledger, index: int, rules: RuleSet) -> str:
    """Say it of a page, which is judged by its markup and not by its prose."""
    reason, by_rules = ledger.verdicts[index], judge(article, rules).verdicts[index]
    if reason is not None:
        return "Hidden by you." if reason.category is Category.CHOICE else _named(reason)
    if by_rules is not None:
        return _kept_by_hand(by_rules)
    keeping = (rule for rule in rules.own if rule.action is Action.KEEP)
    kept_by = next((rule for rule in keeping if index in fitting(article, rule)), None)
    if kept_by is not None:
        return f"Kept by the rule {kept_by.id}."
    if article.blocks[index].kind is BlockKind.TITLE:
        return "Kept: it is the title."
    return f"Kept: {ledger.note}." if ledger.note else "Kept: it stands where the article of this page does."


def _kept_by_hand(by_rules: Reason) -> str:
    return f"Kept by you; the rule {by_rules.rule} would hide it ({by_rules.words})."


def _named(reason: Reason) -> str:
    return f"Hidden by the rule {reason.rule}: {reason.words}."


def _why_hidden(reason: Reason, judged: Judged, index: int, weights: Weights) -> str:
    if reason.category is Category.CHOICE:
        return "Hidden by you."
    if reason.category is Category.CLUTTER and judged.scores:
        terms = _terms(judged, index, weights, against=True)
        return f"Hidden: {reason.words}; against it are {terms}."
    return _named(reason)


def _why_kept(judged: Judged, index: int, weights: Weights) -> str:
    line, hit = judged.lines[index], judged.hits[index]
    if line.kind is BlockKind.TITLE:
        return "Kept: it is the title."
    if hit and hit.rule.action is Action.KEEP:
        return f"Kept by the rule {hit.rule.id}: “{hit.quote}”."
    if not judged.scores or judged.ledger.note:
        return "Kept: no rule matched."
    if judged.scores[index] > 0:
        terms = _terms(judged, index, weights, against=False)
        return f"Kept: it reads like the article; in its favour are {terms}."
    if line.word_count >= LONG:
        return f"Kept: {line.word_count} words are hidden only by a named rule, and none matched."
    return "Kept: no named rule matched, and its place or its kind speaks for it."


def _terms(judged: Judged, index: int, weights: Weights, *, against: bool) -> str:
    """Name the largest terms of a block's score that point one way."""
    sign = -1 if against else 1
    terms = [(sign * weight, saying) for saying, weight in _weighed(judged, index, weights).items()]
    sayings = (saying for weight, saying in sorted(terms, reverse=True) if weight > 0)
    # a table weighs two measures together, and several tables weigh the same one
    named = dict.fromkeys(name for saying in sayings for name in saying.split(" and "))
    return _listed([*named][:TERMS] or ["its neighbours"])


def _weighed(judged: Judged, index: int, weights: Weights) -> Mapping[str, float]:
    """Return what each table adds to the score of a block, and the words that shaped its own looks."""
    weighed = _weighed_words(judged.lines[index], weights)
    for table in weights.among:
        row, column = judged.columns[table.rows][index], judged.columns[table.columns][index]
        weighed[table.why] = weighed.get(table.why, 0.0) + table.weight(row, column)
    return weighed


def _weighed_words(line: Line, weights: Weights) -> dict[str, float]:
    words, factor = words_that_count(line)
    times = Counter(word for word in words if word.isalpha())
    return {
        f"the word “{word}”": many * factor * weights.signs.get(word, 0) / UNIT
        for word, many in times.items()
    }


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
