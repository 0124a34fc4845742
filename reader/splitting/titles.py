"""The title of an article: found above the text, freed of what a site hung on it, or made from the lead."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from reader.reading_time import count_words
from reader.splitting.dates import date_in, without_dates
from reader.splitting.language import STOP_WORDS, language_of
from reader.splitting.metadata import is_byline
from reader.splitting.shapes import is_prose, is_title_like

DERIVED = 80  # code points of a derived title, the ellipsis included
CLAUSE = 32  # a shorter clause says too little
BEGUN = 3  # words of a clause that has only begun: it goes
HEAD = 300  # blocks among which a title is looked for
ABOVE = 20  # blocks between title and text: date, author, picture, buttons to share
SHEET = 60  # blocks; of pages without two paragraphs together the shortest met has 84
BODY = 40  # blocks of the text that are asked for the title's words
PARAGRAPH = 2_000  # code points of each
NEAR = 4  # blocks among which two more paragraphs stand, where a text begins
STEM = 5  # letters
ENOUGH = 5  # shared words, above which more say nothing
SENTENCE = 1.0  # what a full stop costs
COUNTED = 1.0  # what a number at the beginning costs: a quantity, a date, an entry of a list
TRAIL = 1.0  # what each step of "Home > News > ..." costs
UNKNOWN = 0.5  # what a word costs that the text does not use
FAR = 0.03  # what a block between title and text costs
FIRST = 1.0  # what it is worth to be the first line of all
ALONE = 3.0  # and to be so with no more than one line before the text
MIN_SCORE = 0.9
DATED = 3  # words beside the date of a first line that says what it is that was held on that day
ELLIPSIS = "…"
LEADER = "...."  # leads from an entry of a table of contents to its page

_SPEAKER = re.compile(r"^[^\W\d_]{1,2}[:：]\s+(?=\S{2})")
"""Who speaks, in an interview: "Q:"."""
_STEM = re.compile(r"[^\W\d_]{4,}")
_HAN = re.compile("[\u3400-\u9fff]{2,}")
_TRAIL = re.compile("[>»›|/] ")
_SUFFIX = re.compile(r"\s+[-–—]\s+(?=\S)")
_PUBLISHER = re.compile(
    r"(?:\b(?:News|Times|Post|Guardian|Journal|Herald|Tribune|Telegraph|Gazette|Chronicle|Independent|Observer"
    r"|Daily|Magazine|Zeitung|Spiegel|Monde|Figaro|País|Mundo|Gazeta|Reuters|Bloomberg|BBC|CNN|CNBC|NPR|AP|AFP"
    r"|TASS|dpa|Slate|Forbes|Wired|Politico|Axios)\b|\.(?:com|org|net|co\.uk|de|fr|ru|pl|es|it)$)"
)
_CLAUSE_END = re.compile(r"[,;:]\s|\s[–—-]\s|[.!?][\"'”’»)]*\s")
# What asks for another word, besides the commonest words of each language.
_DANGLING_WORDS = (
    "about after against among an any around because been before between both could did do does during each"
    " either every has into its like may might more most near no nor our over own said says she should since"
    " so some such than their them then there these they those though through told under until up upon very"
    " we were what when where whether which while who whom whose will within without would you your"
)
_DANGLING = frozenset(_DANGLING_WORDS.split())
_OPENERS = frozenset(
    ("that", "which", "who", "whose", "because", "when", "where", "while", "after", "before")
)
_OPENING = "“„«(["
_CLOSING = {"“": "”", "„": "“", "«": "»", "(": ")", "[": "]"}


class Heading(NamedTuple):
    """A title, and what stood behind its last bar."""

    title: str
    section: str = ""
    source: str = ""


def clean_title(text: str) -> Heading:
    """Take the section and the publisher off a title.

    `X | US foreign policy` has a section, `X - BBC News` a publisher. A dash inside a
    title stays: only a name that sounds like a newspaper is taken for one.
    """
    title, *rest = (part.strip() for part in text.split(" | "))
    if count_words(title) < 2 or any(count_words(part) > 5 for part in rest):
        title, rest = text, []
    publishers = [part for part in rest if _PUBLISHER.search(part)]
    sections = [part for part in rest if part not in publishers]
    *_, last = (None, *_SUFFIX.finditer(title))
    if last and _is_publisher(title[last.end() :]) and count_words(title[: last.start()]) > 2:
        publishers.append(title[last.end() :])
        title = title[: last.start()]
    return Heading(title, sections[-1] if sections else "", publishers[-1] if publishers else "")


def _is_publisher(text: str) -> bool:
    words = text.split()
    return (
        len(words) <= 4
        and bool(_PUBLISHER.search(text))
        and all(word[0].isupper() or "." in word for word in words)
    )


def find_title(texts: Sequence[str], marked: Sequence[bool]) -> int | None:
    """Find the title of an article that nothing sets apart: a line above the text that speaks of it.

    Menus stand above an article too. What tells a title from them is that the
    article uses its words.

    Args:
        texts: The first blocks.
        marked: Which of them are headings of level 1.

    Returns:
        Its index, or None: an article may well have no title.
    """
    body = _body(texts)
    above = range(max(0, body - ABOVE), body)
    by_mark = next((index for index in above if marked[index] and is_title_like(texts[index])), None)
    if by_mark is not None or body == len(texts):
        return by_mark
    spoken_of = _stems(" ".join(text[:PARAGRAPH] for text in texts[body : body + BODY]))
    scores = {
        index: _score(texts[index], spoken_of, body - index) + _prior(index, texts[:body])
        for index in above
        if _may_be_title(texts[index])
    }
    best = max(scores, key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= MIN_SCORE else None


def _body(texts: Sequence[str]) -> int:
    """Find the first paragraph of prose that others follow."""
    prose = [index for index, text in enumerate(texts) if is_prose(text)]
    runs = (
        index
        for index in prose
        if sum(index < near <= index + NEAR for near in prose) >= min(2, len(prose) - 1)
    )
    return next(runs, len(texts))


def _score(text: str, spoken_of: frozenset[str], distance: int) -> float:
    """Weigh a line: the words it shares with the text count, up to a few; a sentence is the standfirst."""
    stems = _stems(text)
    known = len(stems & spoken_of)
    score = min(known, ENOUGH) - UNKNOWN * (len(stems) - known) - FAR * distance
    score -= SENTENCE * text.endswith(".") + COUNTED * text[0].isdigit()
    return score - TRAIL * len(_TRAIL.findall(text))


def _prior(index: int, above: Sequence[str]) -> float:
    """Weigh a place: what opens a file stands where a title does, the more so if the text follows at once.

    Args:
        index: Of the line.
        above: All lines before the text. Who wrote it, and when, stands between no title and its text.
    """
    if index:
        return 0.0
    between = sum(not _says_who_or_when(text) for text in above[1:])
    return ALONE if between <= 1 else FIRST


def _says_who_or_when(text: str) -> bool:
    rest = without_dates(text)
    is_date = len(rest.split()) < 2 and bool(date_in(text))  # "Published 3 April 2018"
    return is_date or is_byline(rest)


def _stems(text: str) -> frozenset[str]:
    """Gather the beginnings of words, so that inflected forms meet, and pairs of ideographs."""
    pairs = [first + second for run in _HAN.findall(text) for first, second in pairwise(run)]
    return frozenset([word[:STEM].casefold() for word in _STEM.findall(text)] + pairs)


def _may_be_title(text: str) -> bool:
    if not is_title_like(text) or text[-1] in ",;:…" or text[0] == "©" or "@" in text or LEADER in text:
        return False
    return count_words(text) >= 2


def lead_of(texts: Sequence[str]) -> str:
    """Return what a title is made of: the first paragraph, or the first line of what has hardly any.

    A list, a quiz or minutes ("Minutes of the society, 4 March 2024") are called by their first line; a page
    is not, that opens with a menu.
    """
    opening = texts[0] if texts else ""
    if len(texts) <= SHEET and _may_be_title(opening) and _stems(opening) and not is_prose(opening):
        is_sheet = sum(map(is_prose, texts)) < 2 or _body(texts) == len(texts)
        if is_sheet or (count_words(without_dates(opening)) >= DATED and date_in(opening)):
            return opening
    return next(filter(is_prose, texts), opening)


def derive_title(lead: str) -> str:
    """Make a title from the first sentence of an article.

    Args:
        lead: Its first paragraph, without a dateline.

    Returns:
        The first clause, or as many words of it as fit, with "…" where it was cut;
        no word at its end that asks for another.
    """
    lead = _SPEAKER.sub("", lead)
    sentence = lead[: _sentence_end(lead)]
    if len(sentence) <= DERIVED:
        return sentence.rstrip(" .")
    room = lead[: DERIVED - len(ELLIPSIS)]
    clauses = [match.start() for match in _CLAUSE_END.finditer(room) if match.start() >= CLAUSE]
    cut = room[: clauses[-1]] if clauses else _whole_words(room, lead)
    return _tidy(cut, language_of(lead)) + ELLIPSIS


def _sentence_end(text: str) -> int:
    for match in re.finditer(r"[.!?。！？][\"'”’»)]*(?=\s|$)|[。！？]", text[: 2 * DERIVED]):
        word = text[: match.start()].rpartition(" ")[2]
        if len(word) > 3 or not word[:1].isupper():  # "Mr.", "U.S." and "Jan." end no sentence
            return match.end()
    return len(text)


def _whole_words(room: str, lead: str) -> str:
    if lead[len(room) : len(room) + 1].isspace() or " " not in room:
        return room
    return room.rpartition(" ")[0]


def _tidy(cut: str, language: str) -> str:
    """Take what dangles off the end: function words, an open quotation, a comma."""
    stop_words = STOP_WORDS.get(language, STOP_WORDS["en"]) | _DANGLING
    opened = max(cut.rfind(mark) for mark in _OPENING)
    if opened > CLAUSE and _CLOSING[cut[opened]] not in cut[opened + 1 :]:
        cut = cut[:opened]
    words = cut.split(" ")
    for place in range(max(2, len(words) - BEGUN), len(words)):
        if words[place] in _OPENERS:
            del words[place:]
            break
    while len(words) > 2 and (
        words[-1].lower().strip(",;:–—-(“„«\"'") in stop_words or not words[-1].strip(",;:–—-")
    ):
        words.pop()
    return " ".join(words).rstrip(" ,;:–—-.")
