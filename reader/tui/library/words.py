"""What the library says around its list: how much there is, how it is shown, and why it is empty."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from textual.content import Content

from reader.amounts import amount
from reader.filtering import TRAITS, Facts, status_of
from reader.inert import inert
from reader.model import Status, Summary
from reader.notebook import Amounts
from reader.shelf import SortKey
from reader.tui.words import KeyOf

SORTS = {
    SortKey.PATH: "file",
    SortKey.TITLE: "title",
    SortKey.DATE: "date",
    SortKey.LENGTH: "length",
    SortKey.RECENT: "last read",
}
"""What a list is sorted by, in words."""

HEADER_WITH_MADE = 64  # cells from which on the header says how many highlights and notes there are


class Totals(NamedTuple):
    """How much there is in all."""

    articles: int = 0
    unread: int = 0
    highlights: int = 0
    notes: int = 0
    """On passages and on whole articles, as the rows count them."""


def totals(summaries: Sequence[Summary], facts: Facts, amounts: Amounts) -> Totals:
    """Count the articles, and what was made of them."""
    unread = sum(status_of(one.id, facts.progress) is Status.NEW for one in summaries)
    return Totals(len(summaries), unread, amounts.highlights, amounts.notes + amounts.of_articles)


def counts(there_is: Totals, *, made: bool) -> Content:
    """Say how much there is: "14 articles · 11 unread · 3 notes".

    Args:
        there_is: How much that is.
        made: Whether there is room for highlights and notes.
    """
    articles, unread, highlights, notes = there_is
    if not articles:
        return Content()
    parts = [amount(articles, "article"), f"{unread:,} unread"]
    if made:
        parts += [amount(highlights, "highlight")] if highlights else []
        parts += [amount(notes, "note")] if notes else []
    return Content(" · ".join(parts))


def order(sort: SortKey, *, reverse: bool) -> Content:
    """Say how the list is sorted, if not in the usual order."""
    if sort is SortKey.PATH and not reverse:
        return Content()
    return Content(f"by {SORTS[sort]}{', reversed' if reverse else ''}")


def faults(problems: int, key_of: KeyOf) -> Content:
    """Say how many problems there are, and how to see them."""
    if not problems:
        return Content()
    return Content.styled(f"! {amount(problems, 'problem')} · {key_of('show_problems')} to see", "$warning")


def nothing_found(words: str, articles: int, key_of: KeyOf) -> Content:
    """Say that the filter found nothing, what can be asked for, where else to look, and how to see all."""
    known = "\n\ntag:NAME and " + ", ".join(TRAITS) + " can be asked for." if ":" in words else ""
    return Content.assemble(
        (f"No article has “{inert(words)}”.", "$ink"),
        f"{known}\n\nEsc shows all {articles:,} again, {key_of('search')} looks into their texts.",
    )


def nothing_here(roots: Iterable[Path], key_of: KeyOf) -> Content:
    """Say how to get something to read."""
    folders = "\n".join(f"  {inert(str(root))}" for root in roots)
    return Content.assemble(
        ("Nothing to read here yet.\n\n", "bold $ink"),
        (key_of("add"), "bold $ink"),
        " adds a file, a folder or a page; pasting an address or a text, or dropping a file here,"
        " does too. Or put files into\n",
        (f"{folders}\n", "$ink"),
        "or open any file or folder with\n",
        ("  reader PATH\n\n", "$ink"),
        (key_of("show_help"), "bold $ink"),
        " shows the keys, ",
        (key_of("quit"), "bold $ink"),
        " leaves.",
    )
