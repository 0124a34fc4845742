"""A name for an article that stays: readable, safe as a file name, and its own.

The slug is for people, the hash for machines: two articles of one title differ, and the same
article keeps its name wherever its file stands and whatever the cleaning rules say.
"""

import hashlib
import re
import unicodedata

SLUG = 48  # code points
SLUG_BYTES = 120  # of UTF-8: a file name has 255, and a suffix, the hash and a draft's ending take some
CHUNK = 65_536  # code points
UNTITLED = "untitled"

_NOT_LETTERS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def identify(title: str, text: str) -> str:
    """Make the id of an article from its title and canonical text."""
    digest = hashlib.blake2s(digest_size=4)
    digest.update(title.encode("utf-8", "replace") + b"\n")
    for start in range(0, len(text), CHUNK):  # a book is not copied whole
        digest.update(text[start : start + CHUNK].encode("utf-8", "replace"))
    return f"{slug(title)}-{digest.hexdigest()}"


def slug(title: str) -> str:
    """Turn a title into a name of lower-case letters, digits and hyphens, cut at a word."""
    plain = unicodedata.normalize("NFKC", title).casefold()
    plain = _NOT_LETTERS.sub("-", _APOSTROPHES.sub("", plain)).strip("-")
    short = _cut(plain)
    while len(short.encode("utf-8", "replace")) > SLUG_BYTES:
        short = short[:-1]
    return short.strip("-") or UNTITLED


def _cut(plain: str) -> str:
    if len(plain) <= SLUG:
        return plain
    head, hyphen, _ = plain[: SLUG + 1].rpartition("-")
    return head if hyphen and len(head) > SLUG // 2 else plain[:SLUG]
