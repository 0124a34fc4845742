"""What an element of a page is called, for the judge: its tag, role and classes, and whether it is seen.

A name in "!" says how an element is hidden: "!unseen" from all readers at a desk, by the page itself;
"!aria" from those who listen to the page; "!narrow" from all but those with a small screen.
"""

import re
from collections.abc import Iterable, Mapping

from reader.importers.html_styles import Styles
from reader.markup import UNSEEN

NAMES = 12  # names taken of one element: machine-made classes have hundreds
LONGEST_NAME = 24  # letters; longer is a hash
LONGEST = 512  # code points of classes and id that are read

_LANDMARKS = frozenset(
    (
        "nav", "aside", "header", "footer", "article", "main", "form", "figure", "table", "section",
        "blockquote", "li", "dl", "button", "label", "address", "details", "dialog", "center",
    )
)  # fmt: skip
_NAME = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NARROW = re.compile(
    r"(?:^|[\s-])(?:hidden-(?:desktop|lg|md)|hide-(?:on-)?desktop|d-(?:md|lg|xl)-none|(?:md|lg|xl):hidden"
    r"|(?:show|visible)-(?:on-)?(?:mobile|xs|sm)|mobile-only|only-mobile)(?:\s|$)"
)
"""Classes of what is shown on small screens only."""
_NOT_NARROW = re.compile(r"(?:^|[\s-])hidden-(?:mobile|phone|xs)(?:\s|$)")
_NOT_HIDING = re.compile(
    r"(?:overflow|label|backface)[\w-]*-hidden|hidden-(?:xs|sm|print|mobile|phone|tablet)|\w+:hidden"
)
"""Classes that name something hidden, but do not hide the words in it from a reader at a desk."""
_HIDING = frozenset(
    (
        "hidden", "is-hidden", "d-none", "invisible", "sr-only", "visually-hidden", "screen-reader-text",
    )
)  # fmt: skip
"""Classes that hide in every set of styles that has them, often one in another file."""
_SHOWING = re.compile(r"(?:^|\s)(?:d-)?(?:sm|md|lg|xl)[:-](?:block|flex|grid|inline|table|visible)")


def names_of(tag: str, attributes: Mapping[str, str | None], styles: Styles) -> tuple[str, ...]:
    """Name an element: its tag if that says something, then the words of its classes and id."""
    classes, identity = attributes.get("class") or "", attributes.get("id") or ""
    written = f"{tag if '-' in tag else ''} {classes} {identity}"[:LONGEST]
    named = [f"<{tag}>"] if tag in _LANDMARKS else []
    role = attributes.get("role")
    if role:
        named.append(f"@{role.lower()[:LONGEST_NAME]}")
    prop = attributes.get("itemprop")
    if prop:
        named.append(f"={prop.lower()[:LONGEST_NAME]}")
    narrow = _NARROW.search(written) is not None
    if (
        _is_unseen(attributes)
        or _hides(written, narrow=narrow)
        or styles.hide(tag, classes[:LONGEST], identity)
    ):
        named.append(UNSEEN)
    if attributes.get("aria-hidden") == "true":
        named.append("!aria")
    if narrow:
        named.append("!narrow")
    written = _NOT_HIDING.sub("", written) if "hidden" in written else written
    words: Iterable[str] = (word.lower() for word in _NAME.findall(written))
    fitting = [word for word in dict.fromkeys(words) if len(word) <= LONGEST_NAME]
    return (*named, *fitting[:NAMES])


def _is_unseen(attributes: Mapping[str, str | None]) -> bool:
    style = attributes.get("style")
    if "hidden" in attributes or attributes.get("layout") == "nodisplay":  # as AMP writes it
        return True
    return bool(style) and _HIDDEN_STYLE.search(style or "") is not None


def _hides(written: str, *, narrow: bool) -> bool:
    """Tell whether classes hide an element: on all screens, or on large and on small ones."""
    if not _HIDING.isdisjoint(written.split()):
        return _SHOWING.search(written) is None
    return narrow and _NOT_NARROW.search(written) is not None
