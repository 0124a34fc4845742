"""How long a text takes to read: words, and minutes from words."""

import re

WORDS_PER_MINUTE = 238
# Silent reading of English non-fiction: Brysbaert 2019, "How many words do we read per minute?",
# Journal of Memory and Language 109, mean of 190 studies.

IDEOGRAPHS_PER_WORD = 1.6  # Chinese is read at about 380 characters a minute: 380 / 238
_IDEOGRAPHS = "[\u3040-\u9fff]"  # kana and the Han characters
_SAMPLE = 20_000  # code points in which ideographs are counted; the rest of a book is like them


def count_words(text: str) -> int:
    """Count the words of a canonical text: what stands between its single spaces and line breaks.

    Chinese and Japanese characters count in proportion to their reading speed; in a
    long text their share is taken from its beginning.
    """
    if not text:
        return 0
    words = text.count(" ") + text.count("\n\n") + 1
    if text.isascii():
        return words
    sample = text[:_SAMPLE]
    ideographs = len(re.findall(_IDEOGRAPHS, sample)) * len(text) / len(sample)
    return words + round(ideographs / IDEOGRAPHS_PER_WORD)


def minutes(words: int) -> int:
    """Minutes to read so many words, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))
