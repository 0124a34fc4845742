"""What stands above the title, and what stands behind the last paragraph."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from reader.cleaning.measures import Line, common_words
from reader.cleaning.tagging import Finding, Found
from reader.model import BlockKind, Category, Reason

NAV_WORDS = 4  # words of a menu entry above a title
PARAGRAPH_WORDS = 20  # above a title: what was taken for it stands within an article
HEADER_WORDS = 8  # words of the header of a list page
CUT_WORDS = range(8, 60)  # words of a text that was cut off
STORY_WORDS = range(25, 80)  # words of a cut-off text under a headline of its own; verse is shorter
HEADLINE_WORDS = range(5, 21)
SHARED_WORDS = 2  # words that headline and text have in common
ABOVE_TITLE = Reason("nav.above-title", Category.NAV, "menu entry above the title")
_ENDS = frozenset(".!?…:;\"”»'’)")
_LIST_PAGE = re.compile(
    r"(?i)^\W*(?:tags?|tagged|categor(?:y|ies)|topics?|authors?|archives?(?: for)?|(?:posts|articles) tagged"
    r"|(?:search )?results for|browsing|рубрика|метка|тег|архив|kategoria|κατηγορία|ετικέτα|kategorie"
    r"|schlagwort|catégorie|étiquette|categoría|etiqueta|标签|分类)\s*[:：]\s*\S"
)
_CUT = re.compile(r"(?:[^\W_]|[,’'])\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")


def list_page_headers(lines: Sequence[Line], _found: Found) -> Iterator[Finding]:
    """Find "Tag: …" at the head of a list page."""
    title = next((line.at for line in lines if line.kind is BlockKind.TITLE), None)
    for line in lines[: 2 if title is None else title]:
        if (
            line.word_count <= HEADER_WORDS
            and (":" in line.text or "：" in line.text)
            and line.kind is not BlockKind.TITLE
            and _LIST_PAGE.match(line.text)
        ):
            yield (
                line.at,
                Reason("tag-page-header.line", Category.TAG_PAGE_HEADER, "header of a list of articles"),
            )


def entries_above_the_title(lines: Sequence[Line]) -> frozenset[int]:
    """Return what would be the entries of a menu, if a menu stands above the title.

    Whether it does is not for them to say: above the title of a play stand its persons.
    """
    above = list(takewhile(lambda line: line.kind is not BlockKind.TITLE, lines))
    if len(above) == len(lines) or any(line.word_count >= PARAGRAPH_WORDS for line in above):
        return frozenset()
    return frozenset(line.at for line in above if line.word_count <= NAV_WORDS and not _is_sentence(line))


def teasers(lines: Sequence[Line], found: Found) -> Iterator[Finding]:
    """Find the cut-off beginnings of other stories behind the article."""
    run = list(takewhile(_is_cut, _from_the_end(lines, found)))
    last = list(islice(_from_the_end(lines, found), 4))
    if len(run) >= 2:
        for line in reversed(run):
            yield line.at, _teaser("cut-off text in a list of other stories")
    elif len(last) > 3 and _is_story(last[1], last[0]):
        yield last[1].at, _teaser("headline of another story")
        yield last[0].at, _teaser("cut-off text of another story")


def _from_the_end(lines: Sequence[Line], found: Found) -> Iterator[Line]:
    return (line for line in reversed(lines) if line.at not in found)


def _teaser(words: str) -> Reason:
    return Reason("teaser.tail", Category.TEASER, words)


def _is_cut(line: Line) -> bool:
    """Tell whether a line breaks off with an ellipsis, and not as one who speaks does."""
    return (
        line.word_count in CUT_WORDS
        and line.text[:1] not in tuple("\"“‘«„'-–—")
        and bool(_CUT.search(line.text))
    )


def _is_story(headline: Line, text: Line) -> bool:
    """Tell whether two lines are the headline of a story and its beginning, cut off in a sentence."""
    breaks_off = bool(_CUT.search(text.text)) or text.text.rstrip()[-1:].isalpha()
    if not breaks_off or text.word_count not in STORY_WORDS or not _is_headline(headline):
        return False
    return len((frozenset(headline.words) & frozenset(text.words)) - common_words()) >= SHARED_WORDS


def _is_headline(line: Line) -> bool:
    return line.kind is not BlockKind.TITLE and line.word_count in HEADLINE_WORDS and not _is_sentence(line)


def _is_sentence(line: Line) -> bool:
    return line.text.rstrip()[-1:] in _ENDS
