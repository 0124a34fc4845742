"""The links that stand in the words of an article, and the host each really leads to."""

import re
from urllib.parse import urlsplit

from reader.model import Article

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"“”«»|\\^`{}]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?'’*_…"
_PAIRS = {")": "(", "]": "["}


def links_of(article: Article) -> tuple[str, ...]:
    """Return the web and mail addresses in an article, each once, in the order of the text."""
    return tuple(dict.fromkeys(_without_tail(found.group()) for found in _LINK.finditer(article.text)))


def host_of(link: str) -> str:
    """Return where a link leads: its host, in punycode if it has letters beyond ASCII; a mail address.

    Letters that look like others ("аpple.com" with a Cyrillic а) are told apart that way.
    """
    if link[:7].lower() == "mailto:":
        return link[7:].partition("?")[0]
    try:
        host = urlsplit(link).hostname or ""
        return host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return "no valid host"


def _without_tail(link: str) -> str:
    """Drop what belongs to the sentence: full stops, and brackets that were opened before the link."""
    surplus = {closing: link.count(closing) - link.count(opening) for closing, opening in _PAIRS.items()}
    end = len(link)
    while end and (link[end - 1] in _AFTER_LINK or surplus.get(link[end - 1], 0) > 0):
        end -= 1
        if link[end] in surplus:
            surplus[link[end]] -= 1
    return link[:end]
