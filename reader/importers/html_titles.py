"""What a page is called: the title of its article, from the names it gives itself and its headings."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from reader.folding import fold

SHORTEST = 8  # code points of a heading that is found in a name
TELLING = 4  # code points of a word that tells of what a page is
SAME = 0.85  # likeness from which two titles differ in writing alone
CUT = 100  # code points from which a name may be cut; search engines read 110

_BARS = re.compile(r"\s+[|·•»—–:-]{1,2}\s+|\s*[|»]\s*")


def choose_title(names: Sequence[str], headings: Sequence[str], site: str, url: str) -> str:
    """Choose the title: a heading that the page names as such, else its one headline, else the first name.

    Args:
        names: What the page calls itself in its metadata, the most telling first.
        headings: The words of its headings of the first level, in order.
        site: The name of the site, if that is known.
        url: Where the page stands.
    """
    own = _own_names(site, url) | _tails(names)
    said = " \n".join(map(fold, names))
    for heading in headings:
        if len(heading) >= SHORTEST and fold(heading) in said and _letters(heading) not in own:
            return heading
    if len(headings) == 1 and any(_is_first_part(headings[0], name) for name in names):
        return headings[0]
    if len(headings) == 1 and (not names or _says_more(headings[0], names, url, own)):
        return headings[0]
    if names:
        return _without_site(_uncut(names), own)
    return headings[0] if headings else ""


def _is_first_part(heading: str, name: str) -> bool:
    """Tell whether a name is a heading, however short, and something behind a bar: "FAQ | The Quay"."""
    bar = _BARS.search(name)
    return bar is not None and fold(name[: bar.start()]) == fold(heading)


def _says_more(heading: str, names: Sequence[str], url: str, own: AbstractSet[str]) -> bool:
    """Tell whether a heading is the headline: it speaks of what the names do, but in words of its own."""
    about = fold(" ".join((*names, urlsplit(url).path)))
    shares = any(len(word) >= TELLING and word in about for word in fold(heading).split())
    alike = max(
        SequenceMatcher(None, fold(heading), fold(_without_site(name, own))).ratio() for name in names
    )
    return shares and len(heading) >= SHORTEST and _letters(heading) not in own and alike < SAME


def _uncut(names: Sequence[str]) -> str:
    """Return the first name, or the whole of it if it was cut to fit."""
    first = names[0].rstrip("….")
    if len(first) < CUT and first == names[0]:
        return first
    longer = (
        n for n in names if n.startswith(first) and len(n) > len(first) and not _BARS.match(n, len(first))
    )
    return next(longer, names[0])


def _tails(names: Sequence[str]) -> set[str]:
    """Return what stands behind the last bar of a name, if that is the smaller part: a site's name."""
    bars = [(name, bar) for name in names for bar in list(_BARS.finditer(name))[-1:]]
    return {_letters(name[bar.end() :]) for name, bar in bars if len(name) - bar.end() < bar.start()} - {""}


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
