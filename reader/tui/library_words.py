"""What the library says around its list: how much there is, how it is shown, and why it is empty."""

from collections.abc import Callable, Iterable
from pathlib import Path

from textual.content import Content

from reader.inert import inert
from reader.shelf import SortKey
from reader.tui.words import amount

SORTS = {
    SortKey.PATH: "file",
    SortKey.TITLE: "title",
    SortKey.DATE: "date",
    SortKey.LENGTH: "length",
    SortKey.RECENT: "last read",
}
"""What a list is sorted by, in words."""

KeyOf = Callable[[str], str]
"""Returns the key of an action, as the reader has it."""


def counts(articles: int, unread: int) -> Content:
    """Say how many articles there are."""
    return Content(f"{amount(articles, 'article')} · {unread:,} unread") if articles else Content()


def found(shown: int, articles: int) -> Content:
    """Say how many of the articles the filter let through."""
    return Content(f"{shown:,} of {articles:,}")


def order(sort: SortKey, *, reverse: bool) -> Content:
    """Say how the list is sorted, if not in the usual order."""
    if sort is SortKey.PATH and not reverse:
        return Content()
    return Content(f"by {SORTS[sort]}{', reversed' if reverse else ''}")


def filtered(words: str, shown: int, articles: int) -> Content:
    """Say what the list is filtered by."""
    return Content(f"“{inert(words)}” {shown:,} of {articles:,} · Esc clears") if words else Content()


def faults(problems: int, key_of: KeyOf) -> Content:
    """Say how many problems there are, and how to see them."""
    if not problems:
        return Content()
    return Content.styled(f"! {amount(problems, 'problem')} · {key_of('show_problems')} to see", "$warning")


def nothing_found(words: str, articles: int) -> Content:
    """Say that the filter found nothing, and how to see all again."""
    return Content.assemble(
        (f"No article has “{inert(words)}”.", "$ink"), f"\n\nEsc shows all {articles:,} again."
    )


def nothing_here(roots: Iterable[Path], key_of: KeyOf) -> Content:
    """Say how to get something to read."""
    folders = "\n".join(f"  {inert(str(root))}" for root in roots)
    return Content.assemble(
        ("Nothing to read here yet.\n\n", "bold $ink"),
        "Put text files into\n",
        (f"{folders}\n", "$ink"),
        f"and press {key_of('rescan')}, or open any file or folder with\n",
        ("  reader PATH\n\n", "$ink"),
        f"{key_of('show_help')} shows the keys, {key_of('quit')} leaves.",
    )
