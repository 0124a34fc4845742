"""What a line looks like, without asking what it says: a title, prose, a rule, a credit."""

import re

from reader.reading_time import count_words

TITLE_WORDS = 30  # the longest of the 1,200 titles looked at have 27
TITLE_LENGTH = 220  # code points
HEADING_WORDS = 14
HEADING_LENGTH = 110  # code points
LONG = 1_000  # code points; a line so long is not counted but taken for prose
PROSE_WORDS = 20
SENTENCE_WORDS = 8  # a line of so many words that ends as a sentence does is prose too

_ENDING = re.compile("[.!?…。！？؟:;,][\"'”’»)\\]]*$")
_FULL_STOP = re.compile("[.!?…。！？؟][\"'”’»)\\]]*$")
_RULE = re.compile(r"([-=_*~#—–•.])(?:\s?\1){2,}")
_LETTER = re.compile(r"[^\W\d_]")


def is_title_like(text: str) -> bool:
    """Tell whether a line that something sets apart could be a title."""
    return len(text) <= TITLE_LENGTH and bool(_LETTER.search(text)) and count_words(text) <= TITLE_WORDS


def is_prose(text: str) -> bool:
    """Tell whether a line is a paragraph of prose."""
    if len(text) > LONG:
        return True
    words = count_words(text)
    return words >= PROSE_WORDS or (words >= SENTENCE_WORDS and ends_a_sentence(text))


def is_heading_like(text: str) -> bool:
    """Tell whether a line is as short as a heading and ends as one."""
    if len(text) > HEADING_LENGTH or not _LETTER.search(text) or count_words(text) > HEADING_WORDS:
        return False
    return not _ENDING.search(text) or text.rstrip("\"'”’»").endswith(("?", "!"))


def ends_a_sentence(text: str) -> bool:
    """Tell whether a line ends with a full stop, also one inside quotation marks."""
    return bool(_FULL_STOP.search(text[-4:]))


def is_rule(text: str) -> bool:
    """Tell whether a line is drawn and not written: `-----`, `* * *`."""
    return len(text) <= TITLE_LENGTH and text[:1] in "-=_*~#—–•." and _RULE.fullmatch(text) is not None


def is_hashtags(text: str) -> bool:
    """Tell whether a line is nothing but hashtags, two at least."""
    return (
        text[:1] == "#"
        and len(text) <= LONG
        and len(words := text.split()) > 1
        and all(word[0] == "#" and word[1:] for word in words)
    )
