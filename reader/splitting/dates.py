"""Dates as newspapers write them, in a dozen languages -> ISO 8601."""

import re
from datetime import date

# First letters of the months' names: English, German, Dutch, Swedish, French, Spanish, Italian,
# Portuguese, Polish, Russian, Greek.
_MONTHS = (
    ("jan", "ener", "genn", "styc", "янв", "ιαν"),
    ("feb", "fév", "fev", "lut", "фев", "φεβ"),
    ("mar", "mär", "maa", "мар", "μαρ", "μάρ"),
    ("apr", "avr", "abr", "kwie", "апр", "απρ"),
    ("may", "mai", "mei", "maj", "mag", "май", "мая", "μαΐ", "μάι", "μαϊ"),
    ("jun", "juin", "giu", "czer", "июн", "ιουν", "ιούν"),
    ("jul", "juil", "lug", "lip", "июл", "ιουλ", "ιούλ"),
    ("aug", "aoû", "ago", "sier", "авг", "αυγ", "αύγ"),
    ("sep", "set", "wrz", "сен", "σεπ"),
    ("oct", "okt", "out", "ott", "paź", "окт", "οκτ"),
    ("nov", "lis", "ноя", "νοε", "νοέ"),
    ("dec", "déc", "dez", "dic", "gru", "дек", "δεκ"),
)
_NAME = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?<![\d.:])(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_PATTERNS = (
    re.compile(rf"{_DAY}\s+(?:de\s+)?{_NAME},?\s+(?:de\s+)?{_YEAR}"),
    re.compile(rf"{_NAME}\s+{_DAY},?\s+{_YEAR}"),
    re.compile(rf"{_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"(?<![\d.])(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.{_YEAR}"),
    re.compile(r"(?P<year>(?:19|20)\d\d)\s?[年/]\s?(?P<month>[01]?\d)\s?[月/]\s?(?P<day>[0-3]?\d)(?!\d)"),
)
_DAY_FIRST = re.compile(rf"(?<![\d/-])(?P<day>[0-3]?\d)(?P<bar>[/-])(?P<month>[01]?\d)(?P=bar){_YEAR}")
_MONTH_FIRST = re.compile(rf"(?<![\d/-])(?P<month>[01]?\d)(?P<bar>[/-])(?P<day>[0-3]?\d)(?P=bar){_YEAR}")
_WITHOUT_YEAR = (re.compile(rf"{_NAME}\s+{_DAY}(?!\d)"), re.compile(rf"{_DAY}\s+{_NAME}"))


def date_in(text: str) -> str:
    """Find the first date with a year in a line; "" if there is none."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found = _iso(match["year"], match["month"], match["day"])
            if found:
                return found
    return ""


def numeric_date_in(text: str, lang: str) -> str:
    """Find a date like 05/03/2025, whose order is that of a language; "" if there is none.

    In English the month comes first, as in America: most pages in English with such a date are from there.
    """
    orders = (_MONTH_FIRST, _DAY_FIRST) if lang == "en" else (_DAY_FIRST, _MONTH_FIRST)
    matches = (match for order in orders for match in order.finditer(text))
    return next(filter(None, (_iso(match["year"], match["month"], match["day"]) for match in matches)), "")


def without_dates(text: str) -> str:
    """Take dates out of a line."""
    for pattern in (*_PATTERNS, _DAY_FIRST):
        text = pattern.sub(" ", text)
    return text


def day_in(text: str) -> str:
    """Find a month and a day, as "02-09"; "" if there is none."""
    for pattern in _WITHOUT_YEAR:
        match = pattern.search(text)
        if match and (found := _iso("2000", match["month"], match["day"])):
            return found.removeprefix("2000-")
    return ""


def _iso(year: str, month: str, day: str) -> str:
    number = int(month) if month.isdecimal() else month_number(month)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""


def month_number(name: str) -> int:
    """Number a month by its name or the start of it; 0 if it is none."""
    lower = name.lower()
    return next((number for number, stems in enumerate(_MONTHS, 1) if lower.startswith(stems)), 0)
