"""The ways in which dumps set the titles of their articles apart, one function each.

Every function gathers the blocks that would be titles, or none if its way is not the file's.
What they ask for is form alone: markers, indents, gaps, rules, and lines that come again.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise

from reader.model import Block, BlockKind, Source
from reader.reading_time import count_words
from reader.splitting.shapes import is_hashtags, is_prose, is_rule, is_title_like

MANY = 2_000  # articles; a file with more is a list of something else
SECTION = 200  # code points an article has at least
LONG_SECTION = 350  # and on average where its title could as well be a heading
TEASER = 1_000  # code points an article has on average that ends as a teaser does, in "Read more"
HEADING_WORDS = 3  # fewer words, on average, are headings and not titles
NUMBERED_WORDS = 4  # and where titles are numbered, as tips are
CAPITAL_WORDS = 4  # fewer words in capitals are a heading or a shout
NEAR = 8  # blocks below a title among which prose begins
NEAR_RULE = 40  # and below a rule or a gap, which no list has: menus may stand between
LIKE_TITLES = 0.6  # share of lines after rules or gaps that look like titles, for all to be
TEMPLATE = 0.6  # share of articles that end alike, for it to be a template
DRAWN = frozenset("-=_*~#—–•.")  # what a rule or a line of hashtags begins with
SURE = "#:"  # hashtags, or a label: these no teaser has
LABELLED = 600  # code points of a line with a label or of hashtags
HASHTAGS = "#"  # the ending of articles that end with hashtags, whichever

_NUMBER = re.compile(r"(\d{1,3})[.)]$")
_LABEL = re.compile(r"[^\W\d_]{3,20}(?: [^\W\d_]{2,20})?:")


class Page:
    """A source with what every style asks of it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.blocks = source.blocks
        # The few blocks that can matter, gathered once: a book has 60,000, and eight styles look at them.
        self.marked = [index for index, block in enumerate(self.blocks) if block.marker]
        self.drawn = [index for index, block in enumerate(self.blocks) if source.text[block.start] in DRAWN]

    def text(self, index: int) -> str:
        """Return the words of a block."""
        block = self.blocks[index]
        return self.source.text[block.start : block.end]

    def after(self, indexes: list[int]) -> list[int]:
        """Return the first block and those that follow others: where articles may begin."""
        return [0, *(index + 1 for index in indexes if index + 1 < len(self.blocks))]

    def length_between(self, start: int, end: int) -> int:
        """Measure the text after block `start` and before block `end`, in code points."""
        return self.blocks[end - 1].end - self.blocks[start].end

    def sections(self, titles: list[int]) -> Iterator[tuple[int, int]]:
        """Pair each title with the end of its section."""
        return pairwise([*titles, len(self.blocks)])


Style = Callable[[Page], list[int]]


def _bullets(page: Page) -> list[int]:
    """Gather bullets with the article indented below.

    More blank lines follow them than stand within an article, or all articles end alike.
    """
    below = [
        index
        for index in page.marked
        if _is_bullet(block := page.blocks[index])
        and index + 1 < len(page.blocks)
        and (following := page.blocks[index + 1]).indent > block.indent
        and following.kind is not BlockKind.LIST_ITEM
    ]
    apart = [index for index in below if page.blocks[index + 1].blanks_before >= 2]
    if not below:
        return []
    indent = Counter(page.blocks[index].indent for index in apart or below).most_common(1)[0][0]
    level = [
        index for index in below if page.blocks[index].indent == indent and is_title_like(page.text(index))
    ]
    return level if 2 <= len(apart) >= len(level) / 2 or template(page, level) else []


def _is_bullet(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM and not block.marker[0].isdecimal()


def _underlines(page: Page) -> list[int]:
    """Gather lines underlined with `=====`, or with `-----` if the file begins so."""
    underlined = [
        index - 1
        for index in page.drawn
        if index
        and not page.blocks[index].blanks_before
        and page.text(index)[0] in "=-"
        and is_rule(page.text(index))
        and page.blocks[index - 1].kind is BlockKind.PARAGRAPH
        and is_title_like(page.text(index - 1))
    ]
    titles = [index for index in underlined if page.text(index + 1)[0] == "="] or underlined
    if not titles or (page.text(titles[0] + 1)[0] == "-" and titles[0]):
        return []
    return titles if _are_titles(page, titles) or all(page.text(title).isupper() for title in titles) else []


def _headings(page: Page) -> list[int]:
    """Gather the highest headings: a document has one of level 1, a collection one for each article.

    Headings of a lower level are sections of a document, unless all end alike.
    """
    signed = [index for index in page.marked if page.blocks[index].level and is_title_like(page.text(index))]
    highest = min((page.blocks[index].level for index in signed), default=0)
    titles = [index for index in signed if page.blocks[index].level == highest]
    return titles if template(page, titles) or (highest == 1 and _are_titles(page, titles)) else []


def _numbers(page: Page) -> list[int]:
    """Gather titles numbered 1, 2, 3.

    Lists and "ten tips" are numbered too. So the articles must end alike, or be long under
    long titles.
    """
    numbered = [
        (index, int(match[1]))
        for index in page.marked
        if (match := _NUMBER.match(page.blocks[index].marker)) and is_title_like(page.text(index))
    ]
    ending = template(page, [index for index, _ in numbered], agreement=0)
    titles: list[int] = []
    for index, number in numbered:
        if number == len(titles) + 1 and (not titles or not ending or ending_of(page, index - 1) == ending):
            titles.append(index)
    if ending:
        return titles
    header = titles[0] if titles else 0
    announced = any(str(len(titles)) in page.text(index) for index in range(header))  # "11 tips for ..."
    enough = header <= 1 and not announced and _are_titles(page, titles, words=NUMBERED_WORDS)
    return titles if enough else []


def _rules(page: Page) -> list[int]:
    """Gather what follows the lines that are drawn across the page, if it looks like titles."""
    rules = [index for index in page.drawn if page.blocks[index].blanks_before and is_rule(page.text(index))]
    return _if_like_titles(page, page.after(rules), NEAR_RULE) if rules else []


def _endings(page: Page) -> list[int]:
    """Gather what follows the line that the file ends with, where it stands before: a template."""
    ending = ending_of(page, len(page.blocks) - 1)
    if not ending:
        return []
    candidates = page.drawn if ending == HASHTAGS else range(len(page.blocks))
    longest = len(ending) if ending[-1] not in SURE else LABELLED
    ends = _few(
        index
        for index in candidates
        if page.blocks[index].end - page.blocks[index].start <= longest
        and page.text(index).casefold().startswith(ending)
        and ending_of(page, index) == ending
    )
    sure = ending[-1] in SURE
    if len(ends) < (2 if sure else 3):
        return []
    return _if_like_titles(page, page.after(ends), NEAR, LONG_SECTION if sure else TEASER)


def _gaps(page: Page) -> list[int]:
    """Gather lines after gaps that are wider than those between paragraphs."""
    gaps = [index for index, block in enumerate(page.blocks) if index and block.blanks_before >= 2]
    return _if_like_titles(page, [0, *gaps], NEAR_RULE) if 0 < len(gaps) <= len(page.blocks) / 4 else []


def _capitals(page: Page) -> list[int]:
    """Gather lines in capitals, if the file begins with one."""
    text = page.source.text
    capitals = _few(
        index
        for index, block in enumerate(page.blocks)
        if text[block.start : block.start + 6].isupper()
        and page.text(index).isupper()
        and len(page.text(index).split()) >= CAPITAL_WORDS
    )
    titles = [index for index in capitals if _stands_as_title(page, index)]
    return titles if titles and titles[0] <= 1 and _are_titles(page, titles) else []


STYLES: tuple[Style, ...] = (
    _bullets,
    _underlines,
    _headings,
    _numbers,
    _rules,
    _endings,
    _gaps,
    _capitals,
)
"""Every way, the surest first."""


def _few(indexes: Iterable[int]) -> list[int]:
    """Gather indexes, but none if there are more than any file has articles."""
    few = list(islice(indexes, MANY + 1))
    return few if len(few) <= MANY else []


# --- What a title is ---


def _are_titles(
    page: Page, titles: list[int], words: int = HEADING_WORDS, length: int = LONG_SECTION
) -> bool:
    """Tell titles of articles from headings of sections: they are longer, and so is what follows."""
    if len(titles) < 2:
        return False
    enough = sum(count_words(page.text(title)) for title in titles) >= words * len(titles)
    return enough and page.blocks[-1].end - page.blocks[titles[0]].end >= length * len(titles)


def _if_like_titles(page: Page, lines: list[int], near: int, length: int = LONG_SECTION) -> list[int]:
    """Keep the lines that can be titles, if most stand as titles do."""
    if len(lines) > MANY:
        return []
    standing = {index for index in lines if _stands_as_title(page, index, near)}
    titles = [index for index in lines if index in standing or _may_be_title(page.text(index))]
    most = len(standing) >= LIKE_TITLES * len(lines)
    return titles if most and _are_titles(page, titles, length=length) else []


def _may_be_title(text: str) -> bool:
    return is_title_like(text) and count_words(text) >= HEADING_WORDS and not is_prose(text)


def _stands_as_title(page: Page, index: int, near: int = NEAR) -> bool:
    block = page.blocks[index]
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING) or index + 1 >= len(page.blocks):
        return False
    text = page.text(index)
    if not is_title_like(text) or text[-1] in ".,;:" or is_rule(text):
        return False
    return any(is_prose(page.text(below)) for below in range(index + 1, min(index + near, len(page.blocks))))


# --- The template that articles end in ---


def template(page: Page, titles: list[int], agreement: float = TEMPLATE) -> str:
    """Find what most articles end in; "" if they end in different ways."""
    if len(titles) > MANY:
        return ""
    last = [title - 1 for title in titles[1:]] + [len(page.blocks) - 1]
    endings = Counter(filter(None, (ending_of(page, index) for index in last)))
    ending, count = endings.most_common(1)[0] if endings else ("", 0)
    return ending if count >= 2 and count >= agreement * len(last) else ""


def ending_of(page: Page, index: int) -> str:
    """Name the way in which an article that ends with this block ends; "" if it just ends."""
    block = page.blocks[index]
    text = page.text(index)
    if is_hashtags(text):
        return HASHTAGS
    label = _LABEL.match(text)  # "Tags: one, two"
    if label and not is_prose(text):
        return label.group().casefold()
    return "" if block.marker or is_prose(text) or not any(map(str.isalpha, text)) else text.casefold()
