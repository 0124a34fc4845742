"""How long a text takes to read: words, and minutes from words."""

import re

WORDS_PER_MINUTE = 238
# Silent reading of English non-fiction: Brysbaert 2019, "How many words do we read per minute?",
# Journal of Memory and Language 109, mean of 190 studies.

_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
IDEOGRAPHS_PER_WORD = 1.6  # Chinese read at about 380 characters a minute: 380 / 238


def count_words(text: str) -> int:
    """Count words; Chinese and Japanese characters count in proportion to their reading speed."""
    words = len(text.split())
    if text.isascii():
        return words
    ideographs = len(_IDEOGRAPHS.findall(text))
    return words + round(ideographs / IDEOGRAPHS_PER_WORD)


def minutes(words: int) -> int:
    """Minutes to read so many words, at least 1."""
    return max(1, round(words / WORDS_PER_MINUTE))
