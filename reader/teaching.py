"""What a reader teaches the cleaning: rules made, looked at beforehand, kept in a file, taken back.

The rules stand in the workspace's `rules.toml`, which is the user's own. Each change of it is one
edit of the journal: the text of a rule before and after.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.journal import Kind
from reader.library import Advance, Library
from reader.model import Summary
from reader.notebook import Notebook
from reader.rulebook import RuleBook
from reader.state import Edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.cleaning.phrases import Rule


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would change: of each article how many blocks."""

    blocks_by_article: tuple[tuple[Summary, int], ...]
    keeps: bool
    """Whether it brings back; else it hides."""

    def __str__(self) -> str:
        return f"would {self._words('bring back' if self.keeps else 'hide')}"

    @property
    def done(self) -> str:
        """Say what it does once it is made: "hides 14 blocks in 9 articles"."""
        return self._words("brings back" if self.keeps else "hides")

    def _words(self, verb: str) -> str:
        blocks = sum(count for _, count in self.blocks_by_article)
        articles = len(self.blocks_by_article)
        if not blocks:
            return f"{verb} nothing that is in the library now"
        return f"{verb} {blocks:,} block{'s' * (blocks != 1)} in {articles:,} article{'s' * (articles != 1)}"


def rule_kind(rulebook: RuleBook) -> Kind:
    """Return how a rule of the user's own file is read and set, for the journal."""

    def read(edit: Edit) -> object:
        from reader.cleaning import teaching  # noqa: PLC0415 - only who teaches pays for it

        return teaching.entry_in(rulebook.text, _name(edit))

    def write(changes: "Sequence[tuple[Edit, object]]") -> None:
        from reader.cleaning import teaching  # noqa: PLC0415 - as above

        for edit, value in changes:
            text = rulebook.text
            if teaching.entry_in(text, _name(edit)) is not None:
                text = teaching.without_entry(text, _name(edit))
            place = edit.key[1:] if isinstance(edit.key, list) else ()
            rulebook.replace(teaching.with_entry(text, str(value), *place) if value is not None else text)

    return Kind(read, write)


def _name(edit: Edit) -> str:
    """Return the id of a rule; of one that was deleted, the place where it stood follows it."""
    return str(edit.key[0] if isinstance(edit.key, list) else edit.key)


class Teaching:
    """The rules of one workspace, as their reader changes them.

    Args:
        library: Where it is seen what a rule would do.
        rulebook: The rules in force, and the user's own file.
        notebook: Keeps the journal.
    """

    def __init__(self, library: Library, rulebook: RuleBook, notebook: Notebook) -> None:
        self._library = library
        self._rulebook = rulebook
        self._notebook = notebook

    def own(self) -> "tuple[Rule, ...]":
        """Return the user's own rules, in the order of their file."""
        from reader.cleaning import parse_rules  # noqa: PLC0415 - 50 ms, for who asks

        return parse_rules(self._rulebook.text, "")[0].rules

    def make(  # noqa: PLR0913 - what can be said of a rule
        self,
        phrase: str,
        *,
        whole: bool,
        keep: bool,
        sources: tuple[str, ...],
        reason: str,
        max_words: int | None = None,
    ) -> "Rule":
        """Make a rule of a phrase.

        Args:
            phrase: Words to look for; "…" stands for up to six others.
            whole: A block must be these words and no others.
            keep: It brings blocks back; else it hides them.
            sources: Folders, files, hosts or publishers that it holds for; for all if empty.
            reason: What a reader is told of a hidden block.
            max_words: Of the longest block that it holds for; None for the usual 40.

        Raises:
            ReaderError: The phrase holds no word, or no rule may reach so far.
        """
        from reader.cleaning import parse_rules, teaching  # noqa: PLC0415 - as above
        from reader.cleaning.phrases import DEFAULT_MAX_WORDS, Action, Rule, Where  # noqa: PLC0415 - as above
        from reader.model import Category  # noqa: PLC0415 - as above

        name = teaching.name_for(phrase, teaching.ids_in(self._rulebook.text))
        made = Rule(
            id=name,
            category=Category.CLUTTER,
            reason=reason,
            words=(" ".join(phrase.split()),),
            where=Where.LINE if whole else Where.ANYWHERE,
            action=Action.KEEP if keep else Action.DROP,
            sources=sources,
            max_words=DEFAULT_MAX_WORDS if max_words is None else max_words,
        )
        rules, problems = parse_rules(teaching.entry_of(made), "the new rule")
        if problems:
            raise ReaderError(f"this cannot be a rule: {problems[0].what}")
        return rules.rules[0]

    def reach(self, block: str) -> int:
        """Return the `max_words` of a rule that shall hold for a block, however long that is."""
        from reader.cleaning.phrases import DEFAULT_MAX_WORDS  # noqa: PLC0415 - as above
        from reader.cleaning.rules import MAX_WORDS  # noqa: PLC0415 - as above
        from reader.cleaning.wording import words_of  # noqa: PLC0415 - as above

        return min(max(DEFAULT_MAX_WORDS, len(words_of(block))), MAX_WORDS)

    def preview(
        self, rule: "Rule", advance: Advance | None = None, *, stop: Callable[[], bool] = bool
    ) -> Preview:
        """Say what a rule would change, by looking at every article; safe in a thread.

        Args:
            rule: The rule; it is not written.
            advance: Called before each article, with how many were looked at, and of how many.
            stop: Asked before each article whether nobody waits any longer.
        """
        from reader.cleaning.judging import fitting  # noqa: PLC0415 - as above
        from reader.cleaning.phrases import Action  # noqa: PLC0415 - as above

        keeps = rule.action is Action.KEEP
        changed: list[tuple[Summary, int]] = []
        summaries = self._library.summaries()
        for number, summary in enumerate(summaries):
            if stop():
                break
            if advance:
                advance(number, len(summaries))
            try:
                article, _ = self._library.load(summary)
            except ReaderError:
                continue  # a file that cannot be read is told of elsewhere, and has no blocks to hide
            verdicts = self._library.verdicts.judge(article, self._notebook.choices_of(article.id)).verdicts
            count = sum((verdicts[index] is not None) == keeps for index in fitting(article, rule))
            if count:
                changed.append((summary, count))
        return Preview(tuple(changed), keeps)

    def add(self, rule: "Rule") -> None:
        """Write a rule into the user's file. Undoable.

        Raises:
            Conflict: The file is damaged, and so left alone.
            NotWritable: It cannot be written.
        """
        from reader.cleaning import teaching  # noqa: PLC0415 - as above

        entry = teaching.entry_of(rule)
        self._notebook.do(Edit("", "rule", rule.id, None, entry, f"rule {rule.id} added"))

    def delete(self, identity: str) -> None:
        """Take a rule out of the user's file. Undoable.

        Raises:
            NoSuchRule: There is no such rule.
            Conflict: The file is damaged, and so left alone.
            NotWritable: It cannot be written.
        """
        from reader.cleaning import teaching  # noqa: PLC0415 - as above

        text = self._rulebook.text
        teaching.without_entry(text, identity)
        before = teaching.entry_in(text, identity)
        key = [identity, *teaching.place_in(text, identity)]
        self._notebook.do(Edit("", "rule", key, before, None, f"rule {identity} deleted"))
