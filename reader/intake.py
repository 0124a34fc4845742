"""The bytes of a file to articles, and articles to verdicts: three rooms in a row.

Loading them takes 60 ms, mostly for patterns; so this module is imported where a file
is read, and never for a list of files that did not change; cleaning, where it judges.
"""

from dataclasses import dataclass

from reader import importers, splitting
from reader.model import Article, Ledger, Source, Trace
from reader.passages import BlockChoice, Target
from reader.rulebook import RuleBook

_LONGEST = 1000  # blocks; a book is not an article among others


@dataclass(frozen=True, slots=True)
class Intake:
    """What reads and judges articles."""

    rulebook: RuleBook

    def read(
        self, content: bytes, suffix: str, name: str, charset: str = ""
    ) -> tuple[Source, tuple[Article, ...]]:
        """Read the bytes of a file and split them into articles.

        Args:
            content: All of the file.
            suffix: Tells the format: ".txt".
            name: What an article is called that has no words to be named after.
            charset: What the server named that it came from.

        Raises:
            UnreadableSource: It is not of that format. The message has no path.
        """
        source = importers.parse(content, suffix, charset)
        return source, splitting.split(source, name)

    def decode(self, content: bytes, suffix: str, charset: str = "") -> str:
        """Decode the bytes of a file, and change nothing else.

        A page is decoded as it says; of a book or a message, whose bytes are no text to read,
        the blocks that were made of it stand for its source.

        Raises:
            UnreadableSource: They are not text. The message has no path.
        """
        if suffix.lower() in importers.PACKED:
            return importers.parse(content, suffix).text
        return importers.decode(content, suffix, charset)

    def judge(self, article: Article) -> Ledger:
        """Judge the blocks of an article by the rules."""
        from reader.cleaning import judge  # noqa: PLC0415 - 50 ms with the rules; often the catalogue knows

        return judge(article, self.rulebook.rules)

    def traces(self, article: Article) -> tuple[Trace, ...]:
        """Return what is remembered of each block, to see it in other articles too; of a book nothing."""
        if len(article.blocks) > _LONGEST:
            return ()
        from reader.cleaning.traces import traces  # noqa: PLC0415 - as above

        return traces(article, self.rulebook.rules)

    def apply_choices(self, article: Article, ledger: Ledger, choices: tuple[BlockChoice, ...]) -> Ledger:
        """Put the reader's own choices over a ledger."""
        from reader.cleaning import apply_choices  # noqa: PLC0415 - as above

        return apply_choices(article, ledger, choices)

    def block_of(self, article: Article, target: Target) -> int | None:
        """Tell which block a choice is about; None if its words are gone."""
        from reader.cleaning.choices import block_of  # noqa: PLC0415 - as above

        return block_of(article, target)

    def explain(self, article: Article, ledger: Ledger, block: int) -> str:
        """Say in a sentence why a block is hidden, or why it is kept."""
        from reader.cleaning import explain  # noqa: PLC0415 - as above

        return explain(article, ledger, block, self.rulebook.rules)
