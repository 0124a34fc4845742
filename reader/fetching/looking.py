"""What a page is, by its own bytes; and whether it is the article or the door before it. Pure."""

import codecs
import re
from typing import NamedTuple

_HEAD = 2_048  # bytes in which a page shows what it is; browsers look at 1,445
_DEEP = 512 * 1024  # bytes in which a form that asks for a password is looked for
FEW_WORDS = 250  # beside a password field: a login page; short articles have 300 and more

_HTML = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|script|div|article|h1|p|table|a)[\s/>]", re.IGNORECASE
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf|opml)[\s>]", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^<>]{0,500}type\s{0,9}=\s{0,9}[\"']?password", re.IGNORECASE)
_SILENT = (b"script", b"style", b"noscript", b"template")
_TAG = re.compile(rb"<[^<>]*>")
_WORD = re.compile(rb"\w[^\s<>]*")

_FORMATS = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"\x1f\x8b", "an archive"),
)
_ZIP = b"PK\x03\x04"
_EPUB = b"mimetypeapplication/epub+zip"


class Kind(NamedTuple):
    """What a page is."""

    suffix: str
    """Of the file that it is kept in: ".html"; "" if it is no article."""
    refusal: str = ""
    """Why it is none, in words."""


def kind_of(content: bytes, content_type: str = "", path: str = "") -> Kind:
    """Tell what bytes are: by themselves first, then by what the server calls them.

    Args:
        content: All of the page.
        content_type: As the server names it; may be wrong, or missing.
        path: Of the address; its ending tells Markdown from text.
    """
    named = content_type.partition(";")[0].strip().lower()
    head = _beginning(content)
    refusal = _refusal(head, named)
    if refusal:
        return Kind("", refusal)
    if head.startswith(_ZIP):
        return Kind(".epub")
    if _HTML.search(head) or (head.startswith(b"<") and "html" in named):
        return Kind(".html")
    is_markdown = named == "text/markdown" or path.lower().endswith((".md", ".markdown"))
    return Kind(".md" if is_markdown else ".txt")


def _beginning(content: bytes) -> bytes:
    """Return how a page begins, in ASCII bytes where its letters have them."""
    head = content[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).lstrip()


def _refusal(head: bytes, named: str) -> str:
    """Say why something is no article, by how it begins; "" if it may be one."""
    if not head:
        return "there is nothing in it"
    if _FEED.search(head) and not _HTML.match(head):
        return "a feed, a list of articles and no article"
    is_data = "json" in named or "javascript" in named
    found = (words for mark, words in _FORMATS if head.startswith(mark))
    if refusal := next(found, "data, and no text" if is_data else ""):
        return refusal
    if head.startswith(_ZIP):
        return "" if _EPUB in head[:100] else "an archive"
    return "not text" if b"\0" in head else ""


def is_login(content: bytes) -> bool:
    """Tell whether a page asks for a password and says little else."""
    return bool(_PASSWORD.search(content[:_DEEP])) and count_words_of(content[:_DEEP]) < FEW_WORDS


def count_words_of(page: bytes) -> int:
    """Count the words of a page that are there to be read, about."""
    return len(_WORD.findall(_TAG.sub(b" ", _without_silent(page))))


def _without_silent(page: bytes) -> bytes:
    """Take out what is not shown. By searching on from where the last one ended, never back."""
    for name in _SILENT:
        lower, kept, at = page.lower(), bytearray(), 0
        while (begin := lower.find(b"<" + name, at)) >= 0:
            kept += page[at:begin]
            end = lower.find(b"</" + name, begin)
            at = len(page) if end < 0 else end
        page = bytes(kept + page[at:])
    return page
