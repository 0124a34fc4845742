"""What every room says in the same words: dates, amounts, what a filter keeps, how far something is."""

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from reader.inert import inert
from reader.reading_time import minutes

BAR_CELLS = 12  # of the bar that shows how far something is
KeyOf = Callable[[str], str]
"""Returns the key of an action, as the reader has it."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HOURS_FROM = 600  # minutes from which on a length is told in hours


def date_in_words(date: str) -> str:
    """Write an ISO date, as exact as it is: "21 Jan 2025", "9 Feb", "Jan 2025", "2024"."""
    parts = date[:10].split("-")
    if not all(part.isdecimal() for part in parts):
        return date
    year = parts.pop(0) if len(parts[0]) == 4 else ""
    month, day = (*parts, "", "")[:2]
    if month and not 1 <= int(month) <= 12:
        return date
    words = (day.lstrip("0"), _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(word for word in words if word)


def day_in_words(moment: str) -> str:
    """Write the day of a time in UTC, as it was here: "21 Jan 2025"; "" if there is none."""
    try:
        return date_in_words(datetime.fromisoformat(moment).astimezone().date().isoformat())
    except (ValueError, OverflowError):
        return ""


def length_in_words(words: int) -> str:
    """Write how long a text takes to read: "5 min", "17 h"."""
    time = minutes(words)
    return f"{time} min" if time < _HOURS_FROM else f"{round(time / 60)} h"


def bar(number: int, total: int) -> str:
    """Draw how far something is."""
    done = BAR_CELLS * number // max(1, total)
    return "━" * done + "╌" * (BAR_CELLS - done)


def found(shown: int, there_are: int) -> Content:
    """Say how many of all a filter lets through."""
    return Content(f"{shown:,} of {there_are:,}")


def filtered(words: str, shown: int, there_are: int) -> Content:
    """Say what a list is filtered by, and how many that leaves."""
    return Content(f"“{inert(words)}” {shown:,} of {there_are:,} · Esc clears") if words else Content()
