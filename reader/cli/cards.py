"""Annotations as text: one a line, or one on a card of its own."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from reader.passages import Annotation, Placed

SHORT_ID = 6  # characters; the end of a ULID is random, and few libraries need more of it
SHORT_QUOTE = 60  # code points, in messages


def annotation_line(placed: Placed, short_ids: Mapping[str, str]) -> str:
    """Return an annotation on one line: id, colour letter, state, quote, note, tags, title; tabs between."""
    annotation = placed.annotation
    passage = (
        ("-", "-", "article", "")
        if placed.is_of_article
        else (
            short_ids[annotation.id],
            annotation.color.letter,
            placed.state,
            f"“{annotation.target.exact}”",
        )
    )
    fields = (
        *passage,
        annotation.body,
        chips(annotation.tags),
        placed.title,
    )
    return "\t".join(" ".join(field.split()) for field in fields)


def card_lines(placed: Placed, now: str) -> Iterator[str]:
    """Yield the lines of a card.

    Args:
        placed: The annotation.
        now: The words that stand at its place today; "" if none do.
    """
    annotation = placed.annotation
    facts = {
        "id": annotation.id,
        "article": placed.title,
        "path": placed.path,
        "place": f"{placed.start}:{placed.end}, {placed.state}",
        "color": str(annotation.color),
        "tags": chips(annotation.tags),
        "created": annotation.created,
        "updated": annotation.updated,
        "file": str(placed.file) if placed.writable else f"{placed.file} (damaged or a copy: only shown)",
    }
    yield from (f"{name:<8} {fact}" for name, fact in facts.items() if fact)
    yield f"\n“{annotation.target.exact}”"
    if now and now != annotation.target.exact:
        yield f"\nnow reads:\n“{now}”"
    if annotation.body:
        yield f"\n{annotation.body}"


def shorten_ids(annotations: Iterable[Annotation]) -> dict[str, str]:
    """Give each id its shortest ending that no other has."""
    mirrored = sorted({annotation.id[::-1] for annotation in annotations if annotation.id})
    shared = [0, *(_shared(*pair) for pair in pairwise(mirrored)), 0]
    lengths = (max(SHORT_ID, before + 1, after + 1) for before, after in pairwise(shared))
    return {one[::-1]: one[:length][::-1] for one, length in zip(mirrored, lengths, strict=False)}


def _shared(one: str, other: str) -> int:
    """Count the characters at which two texts begin alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (left, right) in pairs if left != right), min(len(one), len(other)))


def chips(tags: Iterable[str]) -> str:
    """Write tags with their signs."""
    return " ".join(f"#{tag}" for tag in tags)


def shortened(quote: str) -> str:
    """Return the beginning of a quote on one line, for a message."""
    line = " ".join(quote.split())
    return f"“{line}”" if len(line) <= SHORT_QUOTE else f"“{line[:SHORT_QUOTE]}…”"
