"""The links in the words of an article: to the web, and the host each really leads to, or within it."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from reader.markup import MarkKind
from reader.model import Article, Block, Ledger

_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"“”«»|\\^`{}]+", re.IGNORECASE)
_AFTER_LINK = ".,;:!?'’*_…"
_PAIRS = {")": "(", "]": "["}


class Link(NamedTuple):
    """What words of an article lead to."""

    address: str
    """On the web, or a mail address; of a link within the article "#" and a name."""
    start: int
    """Where its words begin, in the text."""
    words: str = ""
    """What it is behind; "" if it is written itself."""
    target: Block | None = None
    """Of a link within the article: the block it leads to."""


def links_of(article: Article, ledger: Ledger | None = None) -> tuple[Link, ...]:
    """Return the links of an article, each address once, in the order of the text.

    Args:
        article: Its blocks may have links as marks; an address may also stand in the words.
        ledger: If given, links of hidden blocks, and those to hidden blocks, are left out.
    """
    kept = article.blocks if ledger is None else tuple(ledger.kept(article))
    targets = {name: block for block in reversed(kept) for name in block.names}
    links: dict[str, Link] = {}
    for block in kept:
        for link in sorted(_links_in(article, block, targets), key=lambda one: one.start):
            links.setdefault(link.address, link)
    return tuple(links.values())


def _links_in(article: Article, block: Block, targets: Mapping[str, Block]) -> Iterator[Link]:
    for found in _LINK.finditer(article.text, block.start, block.end):
        yield Link(_without_tail(found.group()), found.start())
    for mark in block.marks:
        if mark.kind is not MarkKind.LINK:
            continue
        start = block.start + mark.start
        words = article.text[start : block.start + mark.end]
        name = _name_within(mark.href, article.url)
        target = targets.get(name)
        if target is not None and target is not block:
            yield Link(f"#{name}", start, words, target)
        elif target is None and (address := _absolute(mark.href, article.url)):
            yield Link(address, start, "" if words == address else words)


def _name_within(href: str, base: str) -> str:
    """Return the name of the place in the same source that a link leads to; "" if it leads elsewhere."""
    page, _, name = href.partition("#")
    return unquote(name) if not page or (name and page == base.partition("#")[0]) else ""


def _absolute(href: str, base: str) -> str:
    """Complete an address by that of its page; "" if it does not lead to the web or to a mailbox."""
    try:
        link = urljoin(base, href)
    except ValueError:
        return ""
    return link if _LINK.fullmatch(link) else ""


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


def target_of(link: str) -> str:
    """Return where a link leads, to be read at a glance: its real host, and the path there."""
    try:
        path = urlsplit(link)._replace(scheme="", netloc="").geturl()
    except ValueError:
        path = ""
    return host_of(link) + ("" if link[:7].lower() == "mailto:" else path.removesuffix("/"))


def _without_tail(link: str) -> str:
    """Drop what belongs to the sentence: full stops, and brackets that were opened before the link."""
    surplus = {closing: link.count(closing) - link.count(opening) for closing, opening in _PAIRS.items()}
    end = len(link)
    while end and (link[end - 1] in _AFTER_LINK or surplus.get(link[end - 1], 0) > 0):
        end -= 1
        if link[end] in surplus:
            surplus[link[end]] -= 1
    return link[:end]
