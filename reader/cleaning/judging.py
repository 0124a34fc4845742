"""The cascade: phrases, then structure, then the prose score, then what must be brought back.

Each stage adds reasons for blocks that have none yet. Nothing here reads or writes a file, and the
same article and rules give the same ledger.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from reader.cleaning.columns import Columns
from reader.cleaning.context import context_scores, surroundings
from reader.cleaning.credits import credits_alone
from reader.cleaning.edges import ABOVE_TITLE, entries_above_the_title, list_page_headers, teasers
from reader.cleaning.markup import UNSEEN, furniture, has_markup, shows_page
from reader.cleaning.measures import Line, lines_of, places_of
from reader.cleaning.numbering import headings_of_parts
from reader.cleaning.phrases import Action, Hit, PhraseIndex, Rule, has_phrase
from reader.cleaning.prose import LONG, SHORT, measured, scores
from reader.cleaning.repeats import repeated_captions, repeated_titles
from reader.cleaning.rules import RuleSet
from reader.cleaning.tagging import Finding, Found, filler, hashtag_lines, tag_lists
from reader.model import Article, BlockKind, Category, Ledger, Reason

LEAST_LEFT = 0.15  # share of the words that must remain, or the prose score is not believed
CLEAR_WORDS = 40  # words of kept prose that are an article, however small their share
SURELY_FURNITURE = -2.0  # log-odds; blocks that look this much like furniture show a page around the article
SURE_BLOCKS = 2  # of them, beside a phrase of furniture and a paragraph; the looks of one may deceive
MANY_SURE = 12  # where there is no such phrase, as of many languages few are known
LIST_SURE = 20  # where there is no paragraph, as on a sheet of dates and places
CERTAIN = -0.5  # log-odds; how much a paragraph, a block of `LONG` words or speech must look like furniture
SPEECH_SHARE = 0.25  # of the blocks begin as speech does: a story, where short lines are no menu
LIVE_ENTRIES = 3  # make a live blog, which is short pieces by nature
FEWEST = 7  # blocks; with fewer the surroundings tell too little for the prose score
GREETING = 5  # words
PARAGRAPH_WORDS = 20
SENTENCE_WORDS = 10  # of a sentence that may be a short paragraph
BOOK = 4000  # blocks; more are judged in parts, by named rules
PART = 1000  # blocks
BOOK_NOTE = "a long text, so only named rules were used"
MARKUP_NOTE = "nothing of the page looks like an article, so all of it is shown"
NOTE = "little would have been left, so only named rules were used"

_Stage = tuple[Callable[[Sequence[Line], Found], Iterator[Finding]], ...]
_AROUND_THE_TITLE: _Stage = (list_page_headers, repeated_titles)
_STRUCTURE: _Stage = (
    tag_lists,
    hashtag_lines,
    filler,
    credits_alone,
    repeated_captions,
    teasers,
)
_DROPPING = frozenset({Action.DROP, Action.DROP_TO_NEXT})
_STOPS = frozenset(".!?。！？")
_AROUND = ("apart from the text", "beside other such lines", "between other such lines")
"""By how many of the two lines around it look like furniture, too."""
_CLOSED = frozenset('.!?…。！？”"’»')
_COMMAS = frozenset(",，،")
_SPEECH = frozenset("“„«‘—")  # how a line of dialogue begins; no menu does
# What importers and splitting have recognised is not judged by its looks.
_SETTLED = frozenset({BlockKind.TITLE, BlockKind.LIVE_ENTRY, BlockKind.CODE, BlockKind.QUOTE})
_TOLD = frozenset({BlockKind.HEADING, BlockKind.ROW})
"""What the markup of a page makes of words, so that a phrase which is all of them is no button."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A ledger and how it came about, for those who ask why."""

    ledger: Ledger
    lines: tuple[Line, ...]
    hits: tuple[Hit | None, ...]
    columns: Columns = field(default_factory=dict)
    """By measure its class on each block; empty where the prose score was not asked."""
    scores: tuple[float, ...] = ()
    """Of each block among its neighbours."""


def judge(article: Article, rules: RuleSet) -> Ledger:
    """Give a verdict on each block of an article.

    Args:
        article: The article; its text and blocks stay as they are.
        rules: Packaged rules, with the user's own before them.

    Returns:
        For each block None or the reason it is hidden, and a note if the judging as a
        whole had to be careful. The title is never hidden; a rule with `keep` beats all others.
    """
    if has_markup(article):
        return _judge_by_markup(article, rules)
    if is_book(article):
        parts = (_judge_by_name(part, rules) for part in _parts(article))
        return Ledger(tuple(verdict for part in parts for verdict in part.verdicts), BOOK_NOTE)
    return judge_in_full(article, rules).ledger


def is_book(article: Article) -> bool:
    """Tell whether an article is so long that it is judged part by part, and by named rules alone.

    The prose score weighs each line against all others: for a book of 5 MB that takes 40 MiB
    and a second, and it says nothing that holds for all of it.
    """
    return len(article.blocks) > BOOK


def _judge_by_markup(article: Article, rules: RuleSet) -> Ledger:
    """Judge a page by its markup, the user's own rules, and phrases where other furniture was found."""
    lines, hits = _lines_and_hits(article, rules.phrases)
    kept = _kept_by_hand(lines, hits)
    taught: dict[int, Reason] = {}
    _drop(lines, [hit if hit and hit.rule in rules.own else None for hit in hits], kept, taught)
    found = {at: reason for at, reason in furniture(article).items() if at not in kept}
    if shows_page(found.values()):
        _add(found, list(_named_on_page(lines, hits)), kept)
    if len(found) + sum(line.kind is BlockKind.TITLE for line in lines) < len(lines):
        return _ledger(lines, found | taught)
    unseen = {at: why for at, why in found.items() if why is UNSEEN}
    return _ledger(lines, unseen | taught, MARKUP_NOTE)


def _named_on_page(lines: Sequence[Line], hits: Sequence[Hit | None]) -> Iterator[Finding]:
    """Find what phrases name as furniture of a page that shows other furniture.

    What they only suspect is so there, too, unless it is a heading or a cell of a table. Where an article
    first appeared is part of its text.
    """
    for line, hit in zip(lines, hits, strict=True):
        if hit is None or hit.rule.category is Category.SYNDICATION:
            continue
        if hit.rule.action in _DROPPING:
            yield from ((index, reason_of(hit)) for index in _reach(lines, line, hit))
        elif _is_suspect(line, hit) and line.kind not in _TOLD:
            yield line.at, reason_of(hit)


def _judge_by_name(article: Article, rules: RuleSet) -> Ledger:
    lines, hits = _lines_and_hits(article, rules.phrases)
    found = _named(lines, hits)
    return _ledger(lines, _suspects(lines, hits, found) | found)


def _parts(article: Article) -> Iterator[Article]:
    for first in range(0, len(article.blocks), PART):
        blocks = article.blocks[first : first + PART]
        start, end = blocks[0].start, blocks[-1].end
        moved = tuple(block._replace(start=block.start - start, end=block.end - start) for block in blocks)
        yield replace(article, text=article.text[start:end], blocks=moved)


def judge_in_full(article: Article, rules: RuleSet) -> Judged:
    """Judge an article and keep what the verdicts rest on."""
    lines, hits = _lines_and_hits(article, rules.phrases)
    found = _named(lines, hits)
    if not rules.weights.among or len(lines) < FEWEST:
        return Judged(_ledger(lines, _suspects(lines, hits, found) | found), lines, hits)
    columns = measured(lines, hits)
    alone = scores(lines, hits, columns, rules.weights)
    columns |= surroundings(lines, hits, columns, alone)
    judged = context_scores(columns, rules.weights)
    doubted = _doubted(lines, hits, found, judged)
    if not _shows_page(lines, hits, judged):
        doubted = _around_the_text(lines, judged, doubted)
    if _too_little_left(lines, found, doubted):
        ledger = _ledger(lines, _suspects(lines, hits, found) | found, NOTE)
    else:
        ledger = _ledger(lines, found | doubted)
    return Judged(ledger, lines, hits, columns, tuple(judged))


def _lines_and_hits(article: Article, index: PhraseIndex) -> tuple[tuple[Line, ...], tuple[Hit | None, ...]]:
    lines = lines_of(article, index.longest)
    return lines, index.hits(lines, places_of(article))


def fitting(article: Article, *rules: Rule) -> tuple[int, ...]:
    """Return the blocks that one of some rules fits, the title left out."""
    lines, hits = _lines_and_hits(article, PhraseIndex(rules))
    pairs = zip(lines, hits, strict=True)
    return tuple(line.at for line, hit in pairs if hit and line.kind is not BlockKind.TITLE)


def _named(lines: Sequence[Line], hits: Sequence[Hit | None]) -> dict[int, Reason]:
    """Apply the rules that have a name: those around the title, phrases, then structure."""
    kept = _kept_by_hand(lines, hits)
    found: dict[int, Reason] = {}
    _apply(_AROUND_THE_TITLE, lines, kept, found)
    _drop(lines, hits, kept, found)
    _apply(_STRUCTURE, lines, kept, found)
    return found


def _drop(
    lines: Sequence[Line], hits: Sequence[Hit | None], kept: frozenset[int], found: dict[int, Reason]
) -> None:
    """Hide what phrases say must go."""
    for line, hit in zip(lines, hits, strict=True):
        if hit and hit.rule.action in _DROPPING and line.at not in found:
            _add(found, ((index, reason_of(hit)) for index in _reach(lines, line, hit)), kept)


def _apply(stage: _Stage, lines: Sequence[Line], kept: frozenset[int], found: dict[int, Reason]) -> None:
    for rule in stage:
        _add(found, list(rule(lines, found)), kept)


def _add(found: dict[int, Reason], findings: Iterable[Finding], kept: frozenset[int]) -> None:
    for index, reason in findings:
        if index not in kept:
            found.setdefault(index, reason)


def _kept_by_hand(lines: Sequence[Line], hits: Sequence[Hit | None]) -> frozenset[int]:
    titles = [line.at for line in lines if line.kind is BlockKind.TITLE]
    kept = [at for at, hit in enumerate(hits) if hit and hit.rule.action is Action.KEEP]
    return frozenset(titles + kept)


def reason_of(hit: Hit) -> Reason:
    """Say which rule hides a block, with the words it fits."""
    return Reason(hit.rule.id, hit.rule.category, f"{hit.rule.reason}: “{hit.quote}”")


def _reach(lines: Sequence[Line], line: Line, hit: Hit) -> range:
    """Return the blocks that a hit hides: its own, or all up to the closing mark if there is one."""
    alone = range(line.at, line.at + 1)
    if hit.rule.action is not Action.DROP_TO_NEXT:
        return alone
    for later in lines[line.at + 1 : line.at + 1 + hit.rule.within]:
        if later.kind is BlockKind.TITLE:
            break
        if has_phrase(later, hit.rule.until):
            return range(line.at, later.at + 1)
    return alone


def _shows_page(lines: Sequence[Line], hits: Sequence[Hit | None], judged: Sequence[float]) -> bool:
    """Tell whether a page stands around an article: what is surely furniture, by looks and by name.

    Looks alone deceive: what stands around a letter or the chapters of a book is short, too. So without a
    name, or without a paragraph, much must look like furniture.
    """
    named, paragraphs = len(hits) - hits.count(None), len(_prose(lines, judged))
    if max(named, paragraphs) < SURE_BLOCKS:
        return False
    least = LIST_SURE if not paragraphs else SURE_BLOCKS if named else MANY_SURE
    return sum(score < SURELY_FURNITURE for score in judged) >= least


def _prose(lines: Sequence[Line], judged: Sequence[float]) -> list[int]:
    return [line.at for line in lines if line.word_count >= PARAGRAPH_WORDS and judged[line.at] > 0]


def _around_the_text(
    lines: Sequence[Line], judged: Sequence[float], doubted: dict[int, Reason]
) -> dict[int, Reason]:
    """Doubt only short fragments around the paragraphs, and none of these that numbers a part."""
    prose = _prose(lines, judged)
    if len(prose) < 2:
        return {}
    sentences = [line.at for line in lines if line.at not in doubted and not _is_fragment(line)]
    text = range(prose[0], max(prose[-1:] + sentences) + 1)
    spared = headings_of_parts(lines) | _greetings(lines)
    if not any(line.kind is BlockKind.TITLE for line in lines):
        spared |= {0}  # may be the title
    short = {line.at for line in lines if line.word_count < SHORT and _is_fragment(line)}
    return {at: doubted[at] for at in short.intersection(doubted) - spared if at not in text}


def _greetings(lines: Sequence[Line]) -> frozenset[int]:
    """Find few words that end with a comma, and those below them: "Dear Ann,", "Yours," and "Bo"."""
    few = [line for line in lines if line.word_count <= GREETING]
    opened = [line.at for line in few if line.text.rstrip()[-1:] in _COMMAS]
    return frozenset(opened).union(line.at for line in few if line.at - 1 in opened)


def _is_fragment(line: Line) -> bool:
    return line.kind is not BlockKind.HEADING and line.text.rstrip()[-1:] not in _CLOSED


def _suspects(lines: Sequence[Line], hits: Sequence[Hit | None], found: Found) -> dict[int, Reason]:
    """Hide suspects that stand beside other furniture, where the prose score has no say."""
    named = {line.at: hit for line, hit in zip(lines, hits, strict=True) if hit and _is_suspect(line, hit)}
    return {
        index: reason_of(hit)
        for index, hit in named.items()
        if any(beside in named or beside in found for beside in (index - 1, index + 1))
    }


def _is_suspect(line: Line, hit: Hit | None) -> bool:
    named = hit is not None and hit.rule.action is Action.SUSPECT
    return named and line.kind not in _SETTLED and line.text[:1] not in _SPEECH


def _doubted(
    lines: Sequence[Line], hits: Sequence[Hit | None], found: Found, judged: Sequence[float]
) -> dict[int, Reason]:
    """Hide what the prose score holds for furniture; a suspect for the reason its rule gives."""
    doubted: dict[int, Reason] = {}
    told, menu = _told(lines), entries_above_the_title(lines)
    for line in [line for line, score in zip(lines, judged, strict=True) if score <= 0]:
        hit, is_open = hits[line.at], line.at not in found and line.at not in told
        is_unlike = judged[line.at] <= CERTAIN or not _is_passage(line)
        if is_open and is_unlike and _may_be_doubted(line, hit):
            looks = ABOVE_TITLE if line.at in menu else _clutter(judged, line)
            doubted[line.at] = reason_of(hit) if hit and _is_suspect(line, hit) else looks
    return doubted


def _told(lines: Sequence[Line]) -> range:
    """Return what is told in short lines by nature: dialogue and live blogs. No looks hide it."""
    if sum([line.text[:1] in _SPEECH for line in lines]) >= SPEECH_SHARE * len(lines):
        return range(len(lines))
    entries = [line.at for line in lines if line.kind is BlockKind.LIVE_ENTRY]
    return range(entries[0], entries[-1]) if len(entries) >= LIVE_ENTRIES else range(0)


def _is_passage(line: Line) -> bool:
    """Tell whether a block reads as a paragraph or as speech."""
    is_sentence = line.word_count >= SENTENCE_WORDS and not _is_fragment(line)
    return is_sentence or line.word_count >= LONG or line.text[:1] in _SPEECH


def _may_be_doubted(line: Line, hit: Hit | None) -> bool:
    is_kept = hit is not None and hit.rule.action is Action.KEEP
    return not is_kept and line.kind not in _SETTLED


def _clutter(judged: Sequence[float], line: Line) -> Reason:
    """Tell how a block looks, and how those beside it do; one that is not there looks like the other."""
    above = judged[line.at - 1] if line.at else judged[1]
    below = judged[line.at + 1] if line.at + 1 < len(judged) else judged[line.at - 1]
    around = _AROUND[(above <= 0) + (below <= 0)]
    return _looks_like_furniture(line.word_count, line.text.rstrip()[-1:] in _STOPS, around)


@lru_cache(maxsize=512)
def _looks_like_furniture(count: int, is_sentence: bool, around: str) -> Reason:
    words = "1 word" if count == 1 else f"{count} words"
    shape = "" if is_sentence else ", no sentence"
    return Reason(
        "clutter.score", Category.CLUTTER, f"looks like a part of the page: {words}{shape}, {around}"
    )


def _too_little_left(lines: Sequence[Line], found: Found, doubted: Found) -> bool:
    """Tell whether the prose score would leave neither a fair share of the words nor a clear article."""
    open_to_doubt = [line for line in lines if line.at not in found]
    everything = sum(line.word_count for line in open_to_doubt)
    left = sum(line.word_count for line in open_to_doubt if line.at not in doubted)
    return left < LEAST_LEFT * everything and left < CLEAR_WORDS


def _ledger(lines: Sequence[Line], reasons: Found, note: str = "") -> Ledger:
    return Ledger(tuple(reasons.get(line.at) for line in lines), note)
