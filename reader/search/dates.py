"""Dates as they are typed into a query, to days. Pure.

A day is what `date.toordinal` counts. Weeks begin on Monday.
"""

import difflib
import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

EVER = (1, date.max.toordinal())
FORMS = "2024, 2024-12, 2024-12-31, 2024-01..2024-06, december 2024, today, “last week”, “last 7 days”"

Days = tuple[int, int]
"""The first and the last."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_WRITTEN = (
    re.compile(r"(?P<year>\d{4})[/.](?P<month>\d{1,2})(?:[/.](?P<day>\d{1,2}))?"),  # 2024/12/31
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),  # 31.12.2024
    re.compile(r"(?:(?P<day>\d{1,2})\.? )?(?P<name>[a-z]{3,9})\.? (?P<year>\d{4})"),  # 31 december 2024
    re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"),  # dec 31, 2024
)
"""Dates as people write them; 12/31/2024 is none, since 12/11/2024 is read in two ways."""
_RECENT = re.compile(r"(?:last|past) (\d{1,4}) (day|week|month|year)s?")
_AGO = re.compile(r"(\d{1,4}) (day|week|month|year)s? ago")
_UNITS = re.compile(r"(this|last) (week|month|year)")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WORDS = (
    *MONTHS,
    *WEEKDAYS,
    *("today", "yesterday", "this", "last", "ago"),
    *("day", "days", "week", "weeks", "month", "months", "year", "years"),
)


def parse_days(typed: str, today: int) -> Days | None:
    """Read a date, a span of dates, or words for one; None if it is none.

    Args:
        typed: As `FORMS` shows; `..` makes a span, open where a side is missing.
        today: The day it is.
    """
    text = " ".join(typed.lower().split())
    first, dots, last = text.partition("..")
    if not dots:
        return _parse_one(text, today)
    begin = _parse_one(first.strip(), today) if first else EVER
    end = _parse_one(last.strip(), today) if last else EVER
    if not (begin and end and (first or last)) or begin[0] > end[1]:
        return None
    return begin[0], end[1]


def mended(typed: str) -> str:
    """Return a date with its words spelt right: "yesteday", "decembr 2024"."""
    near = (difflib.get_close_matches(word, _WORDS, 1) or [word] for word in typed.lower().split())
    return " ".join(found for (found,) in near)


def days_of(iso: str) -> Days:
    """Return the days that a date of an article may mean; (0, 0) if it has none, or no year."""
    found = _ISO.fullmatch(iso[:10])
    return (found and _calendar(*found.groups())) or (0, 0)


def _parse_one(text: str, today: int) -> Days | None:
    if found := _ISO.fullmatch(text):
        return _calendar(*found.groups())
    for form in _WRITTEN:
        if found := form.fullmatch(text):
            return _calendar(*_numbers_in(found.groupdict()))
    try:
        return _parse_words(text, today)
    except (ValueError, OverflowError):  # before the year 1
        return None


def _parse_words(text: str, today: int) -> Days | None:
    if text in ("today", "yesterday"):
        day = today - (text == "yesterday")
        return day, day
    if found := _UNITS.fullmatch(text):
        return _unit(found[2], today, back=found[1] == "last")
    if found := _RECENT.fullmatch(text):
        return _before(today, int(found[1]), found[2]) + 1, today
    if found := _AGO.fullmatch(text):
        day = _before(today, int(found[1]), found[2])
        return day, day
    weekday = text.removeprefix("last ")
    if weekday in WEEKDAYS:
        day = today - ((today - 1 - WEEKDAYS.index(weekday)) % 7 or 7)  # ordinal 1 was a Monday
        return day, day
    return None


def _unit(unit: str, today: int, *, back: bool) -> Days:
    """Return this week, month or year, or the one before."""
    if unit == "week":
        monday = today - (today - 1) % 7 - 7 * back
        return monday, monday + 6
    now = date.fromordinal(today)
    if unit == "year":
        return _year(now.year - back)
    return _month(*((now.year - 1, 12) if back and now.month == 1 else (now.year, now.month - back)))


def _before(today: int, number: int, unit: str) -> int:
    """Return the day so many days, weeks, months or years before today."""
    if unit in ("day", "week"):
        return date.fromordinal(today - number * (7 if unit == "week" else 1)).toordinal()
    now = date.fromordinal(today)
    year, month = divmod(now.year * 12 + now.month - 1 - number * (12 if unit == "year" else 1), 12)
    return date(year, month + 1, min(now.day, monthrange(year, month + 1)[1])).toordinal()


def _numbers_in(parts: Mapping[str, str | None]) -> tuple[str | None, ...]:
    """Return year, month and day of a date in which the month may have a name."""
    name = parts.get("name")
    months = (str(number) for number, one in enumerate(MONTHS, 1) if name and one.startswith(name))
    return parts["year"], parts.get("month") or next(months, "0"), parts.get("day")


def _calendar(*parts: str | None) -> Days | None:
    """Return the days of a year, a month of it or a day of that; None if there is no such day."""
    year, month, day = (int(part or 0) for part in parts)
    try:
        if day:
            return (date(year, month, day).toordinal(),) * 2
        return _year(year) if parts[1] is None else _month(year, month)
    except ValueError:  # the 13th month, the 30th of February, the year 0
        return None


def _month(year: int, month: int) -> Days:
    first = date(year, month, 1).toordinal()
    return first, first + monthrange(year, month)[1] - 1


def _year(year: int) -> Days:
    return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
