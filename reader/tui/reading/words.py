"""What the header, the footer and the toasts of the reading room say. Pure."""

from collections.abc import Sequence

from textual.content import Content

from reader.amounts import amount
from reader.inert import inert
from reader.model import Problem, Summary
from reader.passages import AnchorState, Placed
from reader.reading_time import count_words, minutes
from reader.tui.chrome import way_back
from reader.tui.quoting import quoted
from reader.workspace import Reading

MOST_OTHERS = 2  # articles that are named, of those that a block stands in too
_SAMPLE = 100_000  # code points; of a longer text the words are counted in its beginning, and scaled


def words_in(reading: Reading) -> int:
    """Count the words of the blocks that are kept; estimate them in a large article."""
    taken = size = words = 0
    for block in reading.ledger.kept(reading.article):
        size += block.end - block.start
        if taken < _SAMPLE:
            words += count_words(reading.article.text[block.start : min(block.end, block.start + _SAMPLE)])
            taken += min(block.end - block.start, _SAMPLE)
    return round(words * size / taken) if taken else 0


def header(
    reading: Reading, fraction: float, chapter: str = "", *, is_source: bool
) -> tuple[Content, Content, Content]:
    """Say where the reader is: in which article, in which chapter of a long one, and how far."""
    title = Content.assemble(
        way_back("Source › " if is_source else "Reading room › "),
        ("★ " if reading.starred else "", "$ink"),
        (inert(reading.article.title), "$ink"),
    )
    return title, Content(inert(chapter)), Content(f"{int(fraction * 100)} %")


def time_left(words: int, above: float, *, at_end: bool) -> str:
    """Say how long the rest takes to read."""
    return "the end" if at_end else f"{minutes(round(words * (1 - above)))} min left"


def hidden_words(reading: Reading, key: str, *, reveal: bool) -> str:
    """Say how many blocks are hidden, and which key shows or folds them."""
    if not reading.judged:
        return "cleaning …"
    if not reading.ledger.hidden:
        return ""
    amount_hidden = f"{amount(reading.ledger.hidden, 'block')} hidden"
    return f"{amount_hidden}, shown here · {key} folds" if reveal else f"{amount_hidden} · {key} to see"


def encoding_words(reading: Reading) -> str:
    """Say that the encoding of the source was guessed, if it was."""
    return f"read as {inert(reading.encoding)}, a guess" if reading.encoding else ""


def fault_words(problems: Sequence[Problem], key: str) -> str:
    """Say that files of notes are damaged, and which key shows what is wrong with them."""
    return f"! {amount(len(problems), 'problem')} · {key} to see" if problems else ""


def anchored(placed: Placed) -> str:
    """Say how sure it is that an annotation stands where it was put; "" if it does."""
    match placed.state:
        case AnchorState.MOVED:
            return "moved"
        case AnchorState.APPROXIMATE:
            return f"approximate: was {quoted(placed.annotation.target.exact)}"
        case _:
            return ""


def said(placed: Placed) -> str:
    """Return what an annotation says in one line: the beginning of its note, and its tags."""
    annotation = placed.annotation
    first = annotation.body.lstrip().partition("\n")[0].rstrip()
    tags = " ".join(f"#{tag}" for tag in annotation.tags)
    return " · ".join(filter(None, (f"✎ {first}" if first else "", tags)))


def also_in(why: str, others: Sequence[Summary]) -> str:
    """Say behind why a block is hidden, or kept, in which other articles of its source it stands."""
    if not others:
        return why
    named = ", ".join(f"“{one.title}”" for one in others[:MOST_OTHERS])
    more = f" and {len(others) - MOST_OTHERS} more" * (len(others) > MOST_OTHERS)
    return f"{why} It also stands in {named}{more}."
