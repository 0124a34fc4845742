r"""Markdown, as note-taking programs read it: a section an article, a quote a passage.

Titles and quotes are shown as they were written: what Markdown would act on is escaped.
Notes are their reader's own Markdown and stand as they are. Each passage ends with its
tags, its colour and a block id (`^01jd…`), by which it can be linked to.

The whole stands between two comments. Only what is between them is renewed in a file that
is there already; what its owner wrote above and below stays.
"""

import re
from collections.abc import Iterator, Sequence

from reader.exporters.escaping import escaped, escaped_lines
from reader.exporters.section import Section
from reader.inert import inert, inert_lines
from reader.passages import AnchorState, Placed

BEGIN = "<!-- reader:begin: an export renews what stands from here to reader:end, and nothing else -->"
END = "<!-- reader:end -->"
_BEGIN_LINE = re.compile(r"^<!-- reader:begin\b.*-->$", re.MULTILINE)
_END_LINE = re.compile(r"^<!-- reader:end\b.*-->$", re.MULTILINE)
_OF_A_TAG = re.compile(r"[^\w/-]+")  # what would end a "#tag"
_OF_A_BLOCK_ID = re.compile(r"[^A-Za-z0-9-]+")
_STATES = {AnchorState.APPROXIMATE: "the article was edited here", AnchorState.ORPHAN: "lost its place"}


def write_markdown(sections: Sequence[Section]) -> str:
    """Write a document with a section for each article."""
    parts = [part for section in sections for part in _parts(section)]
    return "\n\n".join([BEGIN, *parts, END]) + "\n"


def renew_markdown(old: str, new: str) -> str | None:
    """Return what a file holds after an export; None if it has no place for one, or several."""
    begins, ends = list(_BEGIN_LINE.finditer(old)), list(_END_LINE.finditer(old))
    if len(begins) != 1 or len(ends) != 1 or ends[0].start() < begins[0].end():
        return None
    return old[: begins[0].start()] + new.removesuffix("\n") + old[ends[0].end() :]


def _parts(section: Section) -> Iterator[str]:
    """Yield the paragraphs of a section."""
    yield f"## {escaped(_on_one_line(section.title)) or '(no title)'}"
    known = (section.source, section.author, section.date, section.path)
    facts = [escaped(_on_one_line(fact)) for fact in known if fact]
    facts += ["no longer in the library"] * section.is_lost + ["★"] * section.starred
    yield " · ".join(filter(None, (*facts, _chips(section.tags))))
    if section.note:
        yield _own_words(section.note)
    for placed in section.annotations:
        yield from _passage(placed)


def _passage(placed: Placed) -> Iterator[str]:
    annotation = placed.annotation
    quote = escaped_lines(inert_lines(annotation.target.exact).strip())
    yield "\n".join(f"> {line}" if line else ">" for line in quote.split("\n"))
    if annotation.body:
        yield _own_words(annotation.body)
    known = (_chips(annotation.tags), str(annotation.color), annotation.created[:10])
    facts = " · ".join(filter(None, (*known, _STATES.get(placed.state, ""))))
    yield f"{facts} ^{_OF_A_BLOCK_ID.sub('-', annotation.id).lower()}"


def _chips(tags: Sequence[str]) -> str:
    """Write tags with their signs; a character that a tag cannot hold becomes a hyphen."""
    return " ".join(f"#{_OF_A_TAG.sub('-', tag)}" for tag in tags)


def _own_words(note: str) -> str:
    """Return a note as it is, unless it would end the document before its time."""
    return inert_lines(note).strip("\n").replace("<!-- reader:", r"\<!-- reader:")


def _on_one_line(text: str) -> str:
    return inert(" ".join(text.split()))
