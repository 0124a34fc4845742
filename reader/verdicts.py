"""The verdict on each block of an article: by the rules, by what recurs in its sources, by its reader.

What the rules said is kept in the catalogue, so that an article which was judged once opens
without loading one; what recurs, and the reader's own choices, are laid over it each time.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol, TypeVar

from reader.catalogue import Catalogue, Entry
from reader.evidence import Evidence, places_of
from reader.likeness import Sketch, sketch
from reader.model import BLOCK_GAP, Article, Ledger, Summary, Trace
from reader.passages import BlockChoice, Target
from reader.reading_time import count_words
from reader.rulebook import RuleBook
from reader.versions import READING

if TYPE_CHECKING:
    from reader.intake import Intake

T = TypeVar("T")

LARGE = 100_000  # code points; to judge more takes over 50 ms, so a list does not wait for it

Choices = tuple[BlockChoice, ...]
Traces = Callable[[str], tuple[Trace, ...]]
"""Returns what is remembered of the blocks of an article, by its id."""


class Ask(Protocol):
    """Asks the catalogue; one that turns out to be damaged is filled anew, and asked again."""

    def __call__(self, ask: Callable[[], T], /) -> T:
        """Return the answer."""


class Verdicts:
    """Judges the articles of one library.

    Args:
        catalogue: Where verdicts are kept.
        rulebook: The rules in force.
        intake: Returns what judges by them; loads it when it is asked first.
        ask: How the catalogue is asked, but while it is being filled.
    """

    def __init__(
        self, catalogue: Catalogue, rulebook: RuleBook, intake: Callable[[], "Intake"], ask: Ask
    ) -> None:
        self._catalogue = catalogue
        self._rulebook = rulebook
        self._intake = intake
        self._ask = ask
        self._evidence = Evidence(catalogue.database)

    @property
    def version(self) -> str:
        """What verdicts hang on: the program, and the rules in force."""
        return f"{READING}.{self._rulebook.digest}"

    def is_at_hand(self, article: Article) -> bool:
        """Tell whether the verdicts on an article are known, or found in no time."""
        return len(article.text) <= LARGE or self._known(article) is not None

    def judge(self, article: Article, choices: Choices) -> Ledger:
        """Judge the blocks of an article: by the rules, by what recurs, then by the reader's own choices."""
        by_rules = self._known(article)
        traces: Traces = self._evidence.traces
        if by_rules is None:  # then the rules may be others than those that the blocks are remembered by
            by_rules, traces = self._judge_by_rules(article), lambda _: self._intake().traces(article)
        ledger = self._ask(lambda: self._with_evidence(article.id, by_rules, traces))
        return self._intake().apply_choices(article, ledger, choices) if choices else ledger

    def judge_apart(self, article: Article) -> Ledger:
        """Judge an article that is not in the library, by the rules alone; a large one is kept whole."""
        kept = Ledger((None,) * len(article.blocks))
        return self._intake().judge(article) if len(article.text) <= LARGE else kept

    def sketch(self, article: Article) -> Sketch:
        """Return what would be remembered of the words of an article that is to come."""
        return sketch(kept_text(article, self.judge_apart(article)))

    def recount(self, article: Article, ledger: Ledger) -> None:
        """Bring the counts of an article in the catalogue up to date with its ledger."""
        words = _kept_words(article, ledger)
        self._ask(lambda: self._catalogue.recount(article.id, words, ledger.hidden))

    def block_of(self, article: Article, target: Target) -> int | None:
        """Tell which block a choice is about; None if its words are gone."""
        return self._intake().block_of(article, target)

    def explain(self, article: Article, ledger: Ledger, block: int) -> str:
        """Say in a sentence why a block is hidden, or why it is kept."""
        return self._intake().explain(article, ledger, block)

    def others_with(self, article_id: str, block: int) -> tuple[str, ...]:
        """Return the ids of the other articles of its source that a block stands in, as evidence has it."""
        traces = self._ask(lambda: self._evidence.traces(article_id))
        if block >= len(traces) or not traces[block].key:
            return ()
        return self._ask(lambda: self._evidence.others_with(article_id, traces[block].key))

    # While the catalogue is filled

    def entry(self, article: Article, choices: Choices, encoding: str) -> Entry:
        """Return what is remembered of an article; its ledger unless it would take long to find.

        Args:
            article: The article, just read.
            choices: What its reader decided about its blocks.
            encoding: In which its source was guessed to be written; "" if that is known.
        """
        by_rules = self._known(article)
        if by_rules is None and len(article.text) <= LARGE:
            by_rules = self._intake().judge(article)
        sketched = sketch(kept_text(article, by_rules))
        traces, places = self._intake().traces(article), places_of(article)
        ledger = by_rules or Ledger((None,) * len(article.blocks))
        if by_rules:
            ledger = self._evidence.laid_over(ledger, lambda: traces, places)
        if choices:
            ledger = self._intake().apply_choices(article, ledger, choices)
        return Entry(_summary(article, ledger, encoding), by_rules, traces, places, sketched)

    def weigh(self) -> Iterator[str]:
        """Weigh again what recurs where something changed; yield the articles whose verdicts may differ."""
        return self._evidence.weigh()

    def count_again(self, article_id: str, choices: Choices, read: Callable[[str], Article | None]) -> None:
        """Count again what is kept of an article; one of which nothing was chosen is not read for it."""
        ledger, traces = self._catalogue.ledger(article_id, self.version), self._evidence.traces(article_id)
        if ledger is None or len(traces) != len(ledger.verdicts):
            return  # a long text that is judged when it is opened
        if choices:
            if article := read(article_id):
                self.recount(article, self.judge(article, choices))
            return
        ledger = self._with_evidence(article_id, ledger, lambda _: traces)
        pairs = zip(traces, ledger.verdicts, strict=True)
        words = sum(trace.words for trace, reason in pairs if reason is None)
        self._catalogue.recount(article_id, words, ledger.hidden)

    # Within

    def _known(self, article: Article) -> Ledger | None:
        ledger = self._ask(lambda: self._catalogue.ledger(article.id, self.version))
        return ledger if ledger and len(ledger.verdicts) == len(article.blocks) else None

    def _judge_by_rules(self, article: Article) -> Ledger:
        version, ledger = self.version, self._intake().judge(article)
        self._ask(lambda: self._catalogue.put_ledger(article.id, ledger, version))
        return ledger

    def _with_evidence(self, article_id: str, ledger: Ledger, traces: Traces) -> Ledger:
        places = self._evidence.places(article_id)
        return self._evidence.laid_over(ledger, lambda: traces(article_id), places)


def _summary(article: Article, ledger: Ledger, encoding: str) -> Summary:
    return Summary(
        id=article.id,
        title=article.title,
        path=article.path,
        lines=article.lines,
        words=_kept_words(article, ledger),
        hidden=ledger.hidden,
        title_derived=article.title_derived,
        section=article.section,
        source=article.source,
        author=article.author,
        date=article.date,
        lang=article.lang,
        encoding=encoding,
    )


def _kept_words(article: Article, ledger: Ledger) -> int:
    if not ledger.hidden:
        return count_words(article.text)
    return sum(count_words(article.text_of(block)) for block in ledger.kept(article))


def kept_text(article: Article, ledger: Ledger | None) -> str:
    """Return what is shown of an article, all of it without a ledger."""
    if ledger is None or not ledger.hidden:
        return article.text
    return BLOCK_GAP.join(map(article.text_of, ledger.kept(article)))
