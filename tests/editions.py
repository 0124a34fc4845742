"""Made-up editions of the seeds: a text after an edit, and what became of a passage in it."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from reader.anchoring import describe, locate
from reader.passages import Target

SEEDS = Path(__file__).parent.parent / "seeds"
SHARE = 9_000  # code points of a seed that make a text
GONE = -1  # where a passage starts that was deleted
BORDER = 2  # code points that a border may be off
WORD = 14  # and where the word at the border was replaced
WORD_AT = re.compile(r"\w+")
SENTENCE_AT = re.compile(r"\S[^.!?\n]{15,300}[.!?”\"]*")


class Edition(NamedTuple):
    """A text after an edit, and what became of a passage that was described before."""

    kind: str
    text: str
    target: Target
    start: int
    """Where the passage is now; negative if it is gone."""
    end: int = GONE
    slack: int = BORDER
    """Code points that a border may be off."""


class Passage(NamedTuple):
    """A passage of a text, before the edit."""

    text: str
    start: int
    end: int

    @property
    def parts(self) -> tuple[str, str, str]:
        """What stands before it, itself, and what stands after it."""
        return self.text[: self.start], self.text[self.start : self.end], self.text[self.end :]

    @property
    def target(self) -> Target:
        """How it is kept."""
        return describe(self.text, self.start, self.end)

    @property
    def paragraph(self) -> tuple[int, int]:
        """Where the paragraphs that hold it start and end."""
        start = self.text.rfind("\n", 0, self.start) + 1
        end = self.text.find("\n", self.end)
        return start, len(self.text) if end < 0 else end


class Writer(NamedTuple):
    """Writes other words into a text, the same for the same dice."""

    dice: random.Random
    words: list[str]

    def write(self, count: int) -> str:
        """Write so many words."""
        return " ".join(self.dice.choices(self.words, k=count))

    def reword(self, exact: str, share: float) -> str:
        """Replace a share of the words of a passage, at least one."""
        pieces = exact.split(" ")
        for at in self.dice.sample(range(len(pieces)), max(1, round(len(pieces) * share))):
            pieces[at] = self.dice.choice(self.words)
        return " ".join(pieces)


Edit = Callable[[Passage, Writer], Edition | None]
"""Makes an edition of the text of a passage; None if the passage is not fit for it."""


def editions(seed: int, count: int) -> Iterator[Edition]:
    """Make editions of the seeds, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - no secret, but the same cases each time
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    writer = Writer(dice, sorted({word for text in texts for word in WORD_AT.findall(text)}))
    kinds = list(EDITS.items())
    while count:
        kind, edit = kinds[count % len(kinds)]
        passage = _passage(dice, dice.choice(texts), is_word=kind.startswith("word,"))
        edition = edit(passage, writer) if passage else None
        if edition:
            count -= 1
            yield edition._replace(kind=kind)


def _passage(dice: random.Random, text: str, *, is_word: bool) -> Passage | None:
    """Choose a passage that stands only once in its text; a single word with its neighbours."""
    begin = dice.randrange(max(1, len(text) - SHARE))
    text = text[begin : begin + SHARE]
    if is_word:
        start, end = dice.choice(list(WORD_AT.finditer(text))).span()
        return Passage(text, start, end) if text.count(text[max(0, start - 12) : end + 12]) == 1 else None
    sentences = list(SENTENCE_AT.finditer(text))
    first = dice.randrange(len(sentences))
    last = min(len(sentences) - 1, first + dice.choice((0, 0, 0, 1, 2)))
    start, end = sentences[first].start(), sentences[last].end()
    if dice.random() < 0.4:
        inner = list(WORD_AT.finditer(text, start, end))
        if len(inner) > 9:
            start, end = inner[dice.randrange(3)].start(), inner[-1 - dice.randrange(3)].end()
    exact = text[start:end]
    return Passage(text, start, end) if text.count(exact) == 1 and end - start >= 24 else None


def _inside(passage: Passage, exact: str, slack: int = BORDER, above: str = "") -> Edition:
    """Tell of an edition in which the passage itself reads another way."""
    before, _, after = passage.parts
    start = len(above) + len(before)
    return Edition("", above + before + exact + after, passage.target, start, start + len(exact), slack)


def _between(passage: Passage, before: str, exact: str, after: str) -> Edition:
    """Tell of an edition of the passage and all around it."""
    return Edition("", before + exact + after, passage.target, len(before), len(before) + len(exact))


def _moved(edition: Edition, start: int, end: int) -> Edition:
    """Tell of an edition whose paragraphs in `[start, end)` now stand at the end."""
    text = edition.text
    rest = f"{text[:start]}{text[end:]}\n\n"
    by = len(rest) - start
    return edition._replace(text=rest + text[start:end], start=edition.start + by, end=edition.end + by)


def _gone(passage: Passage, text: str) -> Edition:
    return Edition("", text, passage.target, GONE)


def _misspelt(exact: str, dice: random.Random) -> str:
    at = dice.randrange(3, len(exact) - 3)
    return f"{exact[:at]}x{exact[at + 1 :]}"


def paragraph_above(passage: Passage, writer: Writer) -> Edition:
    """Put a paragraph above everything."""
    return _inside(passage, passage.parts[1], above=f"{writer.write(30)}.\n\n")


def sentences_beside(passage: Passage, writer: Writer) -> Edition:
    """Put a sentence right before and right after the passage, and change a letter in it."""
    before, exact, after = passage.parts
    exact = _misspelt(exact, writer.dice)
    return _between(passage, f"{before}{writer.write(9)}. ", exact, f" {writer.write(9)}.{after}")


def words_replaced(passage: Passage, writer: Writer) -> Edition:
    """Replace one word in six."""
    return _inside(passage, writer.reword(passage.parts[1], 1 / 6), WORD)


def words_replaced_and_moved(passage: Passage, writer: Writer) -> Edition:
    """Replace one word in eight, and put a paragraph above."""
    return _inside(passage, writer.reword(passage.parts[1], 1 / 8), WORD, f"{writer.write(40)}.\n\n")


def letters_changed(passage: Passage, writer: Writer) -> Edition:
    """Change, drop or double one letter in thirty."""
    letters = list(passage.parts[1])
    for at in range(3, len(letters) - 3):
        if writer.dice.random() < 1 / 30:
            letters[at] = writer.dice.choice((letters[at] * 2, "", "x"))
    return _inside(passage, "".join(letters))


def typography(passage: Passage, writer: Writer) -> Edition:
    """Write quotes, dashes and cases another way, and wrap the lines anew."""
    exact = passage.parts[1].translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2013: "--"})
    exact = re.sub(" ", lambda _: writer.dice.choice((" ", " ", "  ", "\n", "\n    ")), exact)
    return _inside(passage, writer.dice.choice((exact, exact.upper())))


def clause_inside(passage: Passage, writer: Writer) -> Edition | None:
    """Put a clause or a paragraph into the middle."""
    exact = passage.parts[1]
    if len(exact) < 80:
        return None
    gap = exact.index(" ", len(exact) // 3)
    block = writer.write(writer.dice.choice((4, 8, 25)))
    return _inside(passage, f"{exact[:gap]}\n\n{block}\n\n{exact[gap + 1 :]}")


def clause_lost(passage: Passage, writer: Writer) -> Edition | None:
    """Drop a third out of the middle."""
    exact = passage.parts[1]
    if len(exact) < 80:
        return None
    gap, rest = exact.index(" ", len(exact) // 3), exact.rindex(" ", 0, 2 * len(exact) // 3)
    return _inside(passage, exact[:gap] + exact[rest:])


def paragraph_moved(passage: Passage, writer: Writer) -> Edition:
    """Move the paragraph to the end."""
    return _moved(_inside(passage, passage.parts[1]), *passage.paragraph)


def paragraph_moved_and_mended(passage: Passage, writer: Writer) -> Edition:
    """Move the paragraph to the end, and change one letter in thirty."""
    mended = letters_changed(passage, writer)
    start, end = passage.paragraph
    return _moved(mended, start, end + len(mended.text) - len(passage.text))


def paragraph_quoted(passage: Passage, writer: Writer) -> Edition:
    """Quote the passage in a paragraph of its own at the top, and change a letter where it was."""
    above = f"{writer.write(9)}: {passage.parts[1]} {writer.write(9)}\n\n"
    return _inside(passage, _misspelt(passage.parts[1], writer.dice), above=above)


def context_reworded(passage: Passage, writer: Writer) -> Edition:
    """Replace every word around the passage."""
    before, exact, after = passage.parts
    return _between(passage, f"{before[:-60]} {writer.write(9)} ", exact, f" {writer.write(9)} {after[60:]}")


def paragraph_deleted(passage: Passage, writer: Writer) -> Edition:
    """Delete the paragraph."""
    start, end = passage.paragraph
    return _gone(passage, passage.text[:start] + passage.text[end:])


def sentence_deleted(passage: Passage, writer: Writer) -> Edition:
    """Delete the passage alone; what stood around it stays."""
    before, _, after = passage.parts
    return _gone(passage, before + after)


def sentence_replaced(passage: Passage, writer: Writer) -> Edition | None:
    """Write another sentence in its place, out of the same text."""
    before, _, after = passage.parts
    others = [found.group() for found in SENTENCE_AT.finditer(before) if len(found.group()) > 40]
    return _gone(passage, before + writer.dice.choice(others) + after) if others else None


def decoy_elsewhere(passage: Passage, writer: Writer) -> Edition:
    """Delete the paragraph, and write a sentence with half of its words at another place."""
    start, end = passage.paragraph
    rest = passage.text[:start] + passage.text[end:]
    at = rest.find("\n", len(rest) // 2)
    return _gone(passage, f"{rest[:at]}\n\n{writer.reword(passage.parts[1], 0.5)}\n\n{rest[at:]}")


def other_text(passage: Passage, writer: Writer) -> Edition:
    """Look for it in a text of the same words in another order."""
    shuffled = passage.text.split()
    writer.dice.shuffle(shuffled)
    return _gone(passage, " ".join(shuffled))


EDITS: Mapping[str, Edit] = {
    edit.__name__: edit
    for edit in (
        paragraph_above,
        sentences_beside,
        words_replaced,
        words_replaced_and_moved,
        letters_changed,
        typography,
        clause_inside,
        clause_lost,
        paragraph_moved,
        paragraph_moved_and_mended,
        paragraph_quoted,
        context_reworded,
        paragraph_deleted,
        sentence_deleted,
        sentence_replaced,
        decoy_elsewhere,
        other_text,
    )
} | {
    f"word, {edit.__name__}": edit
    for edit in (paragraph_above, paragraph_moved, paragraph_deleted, other_text)
}


def verdict(edition: Edition) -> str:
    """Look for the passage of an edition: "right", "border" (overlaps, but is off), "wrong" or "given up"."""
    found = locate(edition.text, edition.target)
    if found is None:
        return "right" if edition.start < 0 else "given up"
    if edition.start < 0:
        return "wrong"
    off = max(abs(found.start - edition.start), abs(found.end - edition.end))
    if off <= edition.slack:
        return "right"
    shared = min(found.end, edition.end) - max(found.start, edition.start)
    whole = max(found.end, edition.end) - min(found.start, edition.start)
    return "border" if shared > 0.5 * whole else "wrong"
