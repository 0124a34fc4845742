"""What a page says about itself: title, author, date, site, language and address.

Asked in turn are JSON-LD, the names of OpenGraph and others in `meta`, then the page's own marks.
An empty field is better than a wrong one.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.importers.html_titles import choose_title
from reader.inert import inert
from reader.markup import Metadata

LONGEST = 300  # code points of a value; more is no title and no name
DEPTH = 6  # tables in tables of JSON-LD that are looked into
MOST = 2_000  # tables of JSON-LD looked at
AUTHORS = 8  # names taken

_ARTICLES = re.compile(r"Article|Posting|Report|WebPage|Recipe|Review|HowTo|CreativeWork|Book")
_DAY = re.compile(r"((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:[/-]|$)")
_BY = re.compile(r"^\s*(?:written\s+)?(?:by|von|par|por|di|autor(?:ka)?|author|автор)\b[\s:]+", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"\s*[|•·]|\s+\d")
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
_PUBLISHED = re.compile(r"publi(?:sh|cation).*(?:date|time)|(?:date|time).*publi(?:sh|cation)")
_BYLINES = ("[rel=author]", "[itemprop=author] [itemprop=name]", "[itemprop=author]")  # fmt: skip


def read_metadata(tree: LexborHTMLParser, headings: Sequence[str]) -> Metadata:
    """Read what a page says about itself.

    Args:
        tree: The page.
        headings: The words of its headings of the first level, in order.
    """
    named = _named(tree)
    tables = _all_tables(tree)
    told = _told(tables)
    url = _url(tree, named)
    site = named.get("og:site_name", "") or _name_of(told.get("publisher"))
    whole = tree.css_first("head title, title")
    names = [_plain(told.get("headline")), *(named.get(name, "") for name in _TITLES)]
    names.append(_plain(whole.text()) if whole else "")
    return Metadata(
        title=choose_title([name for name in names if name], headings, site, url),
        author="; ".join(dict.fromkeys(_authors(tree, named, told, tables)))[:LONGEST],
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


def _all_tables(tree: LexborHTMLParser) -> list[Mapping[str, object]]:
    """Read the tables of JSON-LD, as far as they can be read."""
    tables: list[Mapping[str, object]] = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            tables += _tables(json.loads(node.text().strip(), strict=False))
        except (ValueError, RecursionError):
            continue
    return tables


def _told(tables: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    """Find the table of the article: the first with a headline, else the first of that kind."""
    articles = [table for table in tables if _ARTICLES.search(str(table.get("@type")))]
    return next((table for table in articles if "headline" in table), articles[0] if articles else {})


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


def _name_of(value: object) -> str:
    if isinstance(value, Mapping):
        return _plain(value.get("name"))
    return _plain(value)


def _authors(
    tree: LexborHTMLParser,
    named: Mapping[str, str],
    told: Mapping[str, object],
    tables: Sequence[Mapping[str, object]],
) -> Iterable[str]:
    value = told.get("author") or told.get("creator")
    values = [_followed(one, tables) for one in (value if isinstance(value, list) else [value])]
    names = list(filter(_is_name, (_bare(_name_of(value)) for value in values)))[:AUTHORS]
    if names:
        return names
    for name in _AUTHORS:
        text = _bare(named.get(name, ""))
        if _is_name(text):
            return [text]
    for selector in _BYLINES:
        node = tree.css_first(selector)
        text = _bare(_plain(node.text(separator=" "))) if node else ""
        if _is_name(text) and len(text.split()) <= 6:
            return [text]
    return ()


def _bare(author: str) -> str:
    """Leave the name alone of "By Jane Doe | The Quay" and "Jane Doe 11/01/2025"; of a mere date, nothing."""
    name = _BY.sub("", author)
    behind = _BEHIND_NAME.search(name)
    if behind is None:
        return name
    return name[: behind.start()] if " " in name[: behind.start()] else ""


def _followed(value: object, tables: Sequence[Mapping[str, object]]) -> object:
    """Return what a reference refers to: a table that says no more than `@id`."""
    if not isinstance(value, Mapping) or "name" in value or "@id" not in value:
        return value
    return next((t for t in tables if t.get("@id") == value["@id"] and "name" in t), value)


def _is_name(text: str) -> bool:
    """Tell whether a value may name an author; one word in small letters is how somebody logs in."""
    fits = 3 <= len(text) <= 120 and ":" not in text and "@" not in text
    return fits and any(map(str.isalpha, text)) and (" " in text or not text.islower())


def _date(tree: LexborHTMLParser, named: Mapping[str, str], told: Mapping[str, object], url: str) -> str:
    values = [told.get("datePublished"), told.get("dateCreated"), *(named.get(name) for name in _DATES)]
    values += [value for name, value in named.items() if _PUBLISHED.search(name)]
    values += [time.attributes.get("datetime") or time.attributes.get("content") for time in _times(tree)]
    days = [day for value in values if isinstance(value, str) for day in _DAY.finditer(value)][:1]
    in_url = _DAY_IN_URL.search(urlsplit(url).path) if url else None
    told_day = _day(*days[0].groups()) if days else None
    named_day = _day(*in_url.groups()) if in_url else None
    if told_day and named_day and abs((told_day - named_day).days) == 1:
        return named_day.isoformat()  # the address has the day where the writer lives, the time that in UTC
    day = told_day or named_day
    return day.isoformat() if day else ""


def _times(tree: LexborHTMLParser) -> Sequence[LexborNode]:
    """Find the first times that a page marks below its headline: those above it are of other stories."""
    nodes = tree.css("h1, time[datetime], [itemprop=datePublished]")
    first = next((at for at, node in enumerate(nodes) if node.tag == "h1"), -1)
    below = [node for node in nodes[first + 1 :] if node.tag != "h1"]
    return (below or [node for node in nodes if node.tag != "h1"])[:3]


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _language(tree: LexborHTMLParser, named: Mapping[str, str]) -> str:
    root = tree.css_first("html")
    said = (root.attributes.get("lang") or "") if root else ""
    said = said or named.get("og:locale", "") or named.get("content-language", "")
    code = re.match(r"[A-Za-z]{2}(?![A-Za-z])", said.strip())
    return code.group().lower() if code else ""
