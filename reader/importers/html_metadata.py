"""What a page says about itself: title, author, date, site, language and address.

Asked in turn are JSON-LD, the names of OpenGraph and others in `meta`, then the page's own marks.
An empty field is better than a wrong one.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from html import unescape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from reader.folding import fold
from reader.inert import inert
from reader.markup import Metadata

LONGEST = 300  # code points of a value; more is no title and no name
DEPTH = 6  # tables in tables of JSON-LD that are looked into
MOST = 2_000  # tables of JSON-LD looked at
SHORTEST = 8  # code points of a heading that is found in a name
AUTHORS = 8  # names taken

_ARTICLES = re.compile(r"Article|Posting|Report|WebPage|Recipe|Review|HowTo|CreativeWork|Book")
_BARS = re.compile(r"\s+[|·•»—–:-]{1,2}\s+|\s*[|»]\s*")
_DAY = re.compile(r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)")
_BY = re.compile(r"^\s*(?:written\s+)?(?:by|von|par|por|di|автор)\b[\s:]+", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title", "headline")
_AUTHORS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl",
    "og:article:author", "book:author", "citation_author",
)  # fmt: skip
_DATES = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "dc.date.issued", "dcterms.created", "dc.date",
    "date", "article.published", "og:pubdate", "published_time", "citation_publication_date",
)  # fmt: skip
_BYLINES = (
    "[rel=author]", "[itemprop=author] [itemprop=name]", "[itemprop=author]",
    ".byline a", ".byline-name", ".author-name", ".author a", ".byline", ".author",
)  # fmt: skip


def read_metadata(tree: LexborHTMLParser, headings: Sequence[str]) -> Metadata:
    """Read what a page says about itself.

    Args:
        tree: The page.
        headings: The words of its headings of the first level, in order.
    """
    named = _named(tree)
    told = _told(tree)
    url = _url(tree, named)
    site = named.get("og:site_name", "") or _name_of(told.get("publisher"))
    whole = tree.css_first("head title, title")
    names = [_plain(told.get("headline")), *(named.get(name, "") for name in _TITLES)]
    names.append(_plain(whole.text()) if whole else "")
    return Metadata(
        title=_title([name for name in names if name], headings, site, url),
        author="; ".join(dict.fromkeys(_authors(tree, named, told)))[:LONGEST],
        date=_date(tree, named, told, url),
        site=site,
        lang=_language(tree, named),
        url=url,
    )


def _plain(value: object) -> str:
    if not isinstance(value, str):
        return ""
    return inert(_BLANKS.sub(" ", unescape(value)).strip())[:LONGEST]  # many escape twice


def _named(tree: LexborHTMLParser) -> dict[str, str]:
    """Collect the `meta` of a page by their names, the first of each."""
    named: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        value = _plain(attributes.get("content"))
        if name and value:
            named.setdefault(name.lower(), value)
    return named


def _told(tree: LexborHTMLParser) -> Mapping[str, object]:
    """Find what JSON-LD tells of the article: of the first kind of article in it."""
    found: Mapping[str, object] = {}
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            tables = _tables(json.loads(node.text().strip(), strict=False))
            for table in tables:
                kind = str(table.get("@type"))
                if "headline" in table and _ARTICLES.search(kind):
                    return table
                if not found and _ARTICLES.search(kind):
                    found = table
        except (ValueError, RecursionError):
            continue
    return found


def _tables(value: object) -> Iterator[Mapping[str, object]]:
    waiting: list[tuple[object, int]] = [(value, 0)]
    for _ in range(MOST):
        if not waiting:
            return
        value, depth = waiting.pop(0)
        if isinstance(value, list):
            waiting += [(item, depth + 1) for item in value if depth < DEPTH]
        elif isinstance(value, dict):
            yield value
            waiting += [(item, depth + 1) for key, item in value.items() if key == "@graph" or depth < 2]


def _url(tree: LexborHTMLParser, named: Mapping[str, str]) -> str:
    link = tree.css_first("link[rel=canonical][href]")
    urls = (_plain(link.attributes.get("href")) if link else "", named.get("og:url", ""))
    return next((url for url in urls if url.startswith(("https://", "http://"))), "")


def _title(names: Sequence[str], headings: Sequence[str], site: str, url: str) -> str:
    """Choose the title: a heading that the page names as such, else the first name, without the site's."""
    own = _own_names(site, url)
    said = " \n".join(map(fold, names))
    for heading in headings:
        if len(heading) >= SHORTEST and fold(heading) in said and _letters(heading) not in own:
            return heading
    if names:
        return _without_site(names[0], own)
    return headings[0] if headings else ""


def _own_names(site: str, url: str) -> set[str]:
    """Return what a site calls itself, as letters alone: by name, and by host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.").partition(".")[0] if url else ""
    return {_letters(site), _letters(host)} - {""}


def _without_site(title: str, own: AbstractSet[str]) -> str:
    """Take the name of the site off the end, or the beginning, of a title."""
    bars = list(_BARS.finditer(title))
    if bars:
        first, last = bars[0], bars[-1]
        if _letters(title[last.end() :]) in own:
            return title[: last.start()]
        if _letters(title[: first.start()]) in own:
            return title[first.end() :]
        if "|" in last.group() and last.start() > 2 * (len(title) - last.end()):
            return title[: last.start()]
    return title


def _letters(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _name_of(value: object) -> str:
    if isinstance(value, Mapping):
        return _plain(value.get("name"))
    return _plain(value)


def _authors(tree: LexborHTMLParser, named: Mapping[str, str], told: Mapping[str, object]) -> Iterable[str]:
    value = told.get("author") or told.get("creator")
    values = value if isinstance(value, list) else [value]
    names = list(filter(_is_name, map(_name_of, values)))[:AUTHORS]
    if names:
        return names
    for name in _AUTHORS:
        if _is_name(named.get(name, "")):
            return [named[name]]
    for selector in _BYLINES:
        node = tree.css_first(selector)
        text = _BY.sub("", _plain(node.text(separator=" "))) if node else ""
        if _is_name(text) and len(text.split()) <= 6:
            return [text]
    return ()


def _is_name(text: str) -> bool:
    return 3 <= len(text) <= 120 and "://" not in text and "@" not in text and any(map(str.isalpha, text))


def _date(tree: LexborHTMLParser, named: Mapping[str, str], told: Mapping[str, object], url: str) -> str:
    values = [told.get("datePublished"), told.get("dateCreated"), *(named.get(name) for name in _DATES)]
    times = tree.css("time[datetime], [itemprop=datePublished]")[:3]
    values += [node.attributes.get("datetime") or node.attributes.get("content") for node in times]
    for value in values:
        day = _DAY.search(value) if isinstance(value, str) else None
        if day:
            return "-".join(day.groups())
    in_url = _DAY_IN_URL.search(urlsplit(url).path) if url else None
    return "{}-{:0>2}-{:0>2}".format(*in_url.groups()) if in_url else ""


def _language(tree: LexborHTMLParser, named: Mapping[str, str]) -> str:
    root = tree.css_first("html")
    said = (root.attributes.get("lang") or "") if root else ""
    said = said or named.get("og:locale", "") or named.get("content-language", "")
    code = re.match(r"[A-Za-z]{2}(?![A-Za-z])", said.strip())
    return code.group().lower() if code else ""
