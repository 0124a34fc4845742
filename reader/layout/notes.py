"""The lines of a page that are not in the text: where it comes from, and why a block is hidden."""

from reader.layout.cells import cells_of
from reader.model import Article, Reason

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def metadata_of(article: Article) -> str:
    """Return source, author, date and section of an article, each once; "" if nothing is known."""
    author = article.author.replace("; ", ", ")
    known = (article.source, author, written_date(article.date), article.section)
    return " · ".join(filter(None, dict.fromkeys(known)))


def written_date(date: str) -> str:
    """Write an ISO 8601 date as a newspaper does: "21 January 2025", "9 February", "2024"."""
    parts = date[:10].split("-")
    if not all(part.isdecimal() for part in parts):
        return date
    year = parts.pop(0) if len(parts[0]) == 4 else ""
    month, day = (*map(int, parts), 0, 0)[:2]
    if not 0 <= month <= len(_MONTHS):
        return date
    return " ".join(filter(None, (str(day or ""), _MONTHS[month - 1] if month else "", year)))


def reason_of(reason: Reason | None, hint: str, room: int) -> str:
    """Return the line above a revealed block: why it is hidden, and, if there is room, how to bring it back.

    Args:
        reason: Why it is hidden.
        hint: How it is brought back, the same for all blocks.
        room: Cells of the line.
    """
    if reason is None:
        return ""
    whole = " — ".join(filter(None, (reason.words, hint)))
    return whole if cells_of(whole) <= room else reason.words
