"""Articles beside each other: near copies, and what is different in two texts; `Workspace.comparing`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.errors import Conflict, NoSuchArticle
from reader.families import Families
from reader.library import Library
from reader.likeness import Likeness, Sketch, likeness, sketch
from reader.model import Article, Ledger, Summary
from reader.notebook import Notebook
from reader.verdicts import kept_text

if TYPE_CHECKING:
    from reader.adding.adder import Adding
    from reader.differing import Part

BEFORE = "the version before"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts beside each other."""

    first: Summary
    """Of a version before: as it is today, under the name of that version."""
    second: Summary
    common: Likeness
    parts: "tuple[Part, ...]"
    """In the order of the second."""
    is_version: bool = False
    """Whether the first is a version before of the second, which cannot be opened."""


class Comparing:
    """What compares articles.

    Args:
        library: Where they are.
        notebook: What the reader decided about their blocks.
        adding: Returns what keeps the versions before; loaded when it is first asked for.
    """

    def __init__(self, library: Library, notebook: Notebook, adding: "Callable[[], Adding]") -> None:
        self._library = library
        self._notebook = notebook
        self._adding = adding

    def families(self) -> Families:
        """Return which articles are near copies of which."""
        return self._library.families()

    def copies(self, article_id: str) -> tuple[tuple[Summary, Likeness], ...]:
        """Return the near copies of an article, the likest first, with what it has in common with each."""
        others = self.families().others(article_id)
        found = [(one, self.likeness(article_id, other)) for other in others if (one := self._summary(other))]
        return tuple(sorted(found, key=lambda one: (-one[1].share, one[0].id)))

    def likeness(self, one_id: str, other_id: str) -> Likeness:
        """Count what two articles have in common, without reading them."""
        return likeness(*(self._library.sketch_of(one) or Sketch(b"", ()) for one in (one_id, other_id)))

    def beside(self, first_id: str, second_id: str) -> Comparison:
        """Compare two articles, sentence by sentence. Takes some milliseconds; of books, seconds.

        What they have in common is counted of what is compared: without blocks that the reader hid. Which
        articles are near copies, and how near, is told by the rules alone, and stays whatever is hidden.

        Raises:
            NoSuchArticle: One of them is not in the library.
            UnreadableSource: A file is gone or cannot be read.
        """
        first, second = self._known(first_id), self._known(second_id)
        texts = self._read(first), self._read(second)
        common = likeness(*(sketch(kept_text(*text)) for text in texts))
        return Comparison(first, second, common, _compared(*texts, titled=False))

    def has_version(self, article_id: str) -> bool:
        """Tell whether there is a version before of the page that an article came from."""
        try:
            return self._adding().has_before(self._known(article_id))
        except Conflict:  # its file is not in the workspace
            return False

    def version(self, article_id: str) -> Comparison:
        """Compare an article with what it was in the version before of its file.

        Raises:
            NoSuchArticle: There is none. Of several articles in it, the likest is taken.
            UnreadableSource: A file is gone or cannot be read.
            Conflict: The file is not in the workspace.
        """
        summary = self._known(article_id)
        articles = self._adding().articles_before(summary)
        if not articles:
            raise NoSuchArticle(f"“{summary.title}” has no other version; one is kept when a page changed")
        now = self._read(summary)
        sketch = self._library.sketch_of(article_id) or Sketch(b"", ())
        common, old = max(
            ((likeness(self._library.verdicts.sketch(one), sketch), one) for one in articles),
            key=lambda pair: pair[0].share,
        )
        parts = _compared((old, self._library.verdicts.judge_apart(old)), now, titled=True)
        return Comparison(summary._replace(title=BEFORE), summary, common, parts, is_version=True)

    def _read(self, summary: Summary) -> tuple[Article, Ledger]:
        article, _ = self._library.load(summary)
        return article, self._library.verdicts.judge(article, self._notebook.choices_of(article.id))

    def _known(self, article_id: str) -> Summary:
        if summary := self._summary(article_id):
            return summary
        raise NoSuchArticle(f"no article has the id “{article_id}”; `reader list` shows what there is")

    def _summary(self, article_id: str) -> Summary | None:
        summary = self._library.summary(article_id)
        return self._notebook.corrected(summary) if summary else None


def _compared(
    first: tuple[Article, Ledger], second: tuple[Article, Ledger], *, titled: bool
) -> "tuple[Part, ...]":
    from reader.differing import compare, sentences_of  # noqa: PLC0415 - who only lists does not pay for it

    return compare(*(sentences_of(*text, titled=titled) for text in (first, second)))
