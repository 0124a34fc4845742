"""One article as it lies open: read, judged, and its blocks kept or hidden by its reader's own hand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from reader.anchoring import describe
from reader.errors import NoSuchArticle
from reader.inert import inert_fields
from reader.library import Library
from reader.model import Article, Ledger, Progress, Reading, Summary
from reader.notebook import CORRECTABLE, Notebook
from reader.passages import BlockChoice, Choice


class Desk:
    """Opens articles, and brings those that are open up to date.

    Args:
        library: The articles.
        notebook: What the reader makes of them.
        progress: Returns where the reader stands, by article id.
    """

    def __init__(
        self, library: Library, notebook: Notebook, progress: Callable[[], Mapping[str, Progress]]
    ) -> None:
        self._library = library
        self._verdicts = library.verdicts
        self._notebook = notebook
        self._progress = progress

    def open(self, article_id: str) -> Reading:
        """Read an article; a large one comes unjudged, so that it can be shown at once.

        Raises:
            NoSuchArticle: It is not in the library.
            UnreadableSource: Its file is gone or cannot be read.
        """
        summary = self._summary_of(article_id)
        article, source = self._library.load(summary)
        self._notebook.refresh()
        judged = self._verdicts.is_at_hand(article)
        kept = Ledger((None,) * len(article.blocks))
        ledger = self._verdicts.judge(article, self._notebook.choices_of(article_id)) if judged else kept
        if judged and ledger.hidden != summary.hidden:
            self._verdicts.recount(article, ledger)
        about = self._notebook.about(article_id)
        return Reading(
            article=_corrected(article, about.corrections),
            ledger=ledger,
            judged=judged,
            starred=about.starred,
            progress=self._progress().get(article_id, Progress()),
            encoding=source.encoding if source.encoding_guessed else "",
        )

    def judge(self, reading: Reading) -> Reading:
        """Judge an article that was opened unjudged. May take seconds; safe in a thread."""
        if reading.judged:
            return reading
        ledger = self._verdicts.judge(reading.article, self._notebook.choices_of(reading.article.id))
        self._verdicts.recount(reading.article, ledger)
        return replace(reading, ledger=ledger, judged=True)

    def explain(self, reading: Reading, block: int) -> str:
        """Say in a sentence why a block is hidden, or why it is kept."""
        return self._verdicts.explain(reading.article, reading.ledger, block)

    def others_with(self, reading: Reading, block: int) -> tuple[Summary, ...]:
        """Return the other articles of its source in which a block stands too."""
        return tuple(
            self._notebook.corrected(found)
            for one in self._verdicts.others_with(reading.article.id, block)
            if (found := self._library.summary(one))
        )

    def raw(self, article_id: str) -> str:
        """Return the file an article stands in, whole, as it is but inert; tabs stand.

        Raises:
            NoSuchArticle: The article is not in the library.
            UnreadableSource: Its file is gone or cannot be read.
        """
        text = self._library.raw(self._summary_of(article_id))
        return inert_fields(text.replace("\r\n", "\n").replace("\r", "\n"))

    # The reader's own choices

    def choose(self, reading: Reading, block: int, choice: Choice | None) -> Reading:
        """Keep or hide a block by the reader's own hand; None leaves it to the rules again. Undoable.

        Raises:
            NotWritable: The annotation file cannot be written.
            Conflict: It is damaged, and so left alone.
        """
        article = reading.article
        span, made = article.blocks[block], self._made(reading, block)
        target = made.target if made else describe(article.text, span.start, span.end)
        before = made.choice if made else None
        self._notebook.choose(article.id, target, choice, _words_of(before, choice))
        return self.refresh(reading)

    def _made(self, reading: Reading, block: int) -> BlockChoice | None:
        """Return the choice that holds for a block, wherever the block stood when it was made."""
        choices, article = self._notebook.choices_of(reading.article.id), reading.article
        holding = (one for one in choices if self._verdicts.block_of(article, one.target) == block)
        return next(reversed(tuple(holding)), None)

    def refresh(self, reading: Reading) -> Reading:
        """Bring an open article up to date after what its reader says of it, or its place, was changed."""
        self._notebook.refresh()
        identity = reading.article.id
        ledger = self._verdicts.judge(reading.article, self._notebook.choices_of(identity))
        self._verdicts.recount(reading.article, ledger)
        about, found = self._notebook.about(identity), self._library.summary(identity)
        as_found = {name: getattr(found, name) for name in CORRECTABLE} if found else {}
        article = _corrected(reading.article, as_found | dict(about.corrections))
        return replace(reading, article=article, ledger=ledger, judged=True, starred=about.starred)

    # Within

    def _summary_of(self, article_id: str) -> Summary:
        summary = self._library.summary(article_id)
        if summary is None:
            raise NoSuchArticle(f"no article has the id “{article_id}”; `reader list` shows what there is")
        return summary


def _words_of(before: Choice | None, after: Choice | None) -> str:
    """Say what a new choice about a block does."""
    hides = after is Choice.HIDE or (after is None and before is Choice.KEEP)
    return "block hidden" if hides else "block brought back"


def _corrected(article: Article, corrections: Mapping[str, str]) -> Article:
    return replace(article, **dict[str, Any](corrections)) if corrections else article
