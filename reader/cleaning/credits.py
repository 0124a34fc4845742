"""Lines that name who made a picture, and say nothing of it."""

import re
from collections.abc import Iterator, Sequence

from reader.cleaning.measures import Line
from reader.cleaning.tagging import Finding, Found
from reader.cleaning.wording import words_of
from reader.model import BlockKind, Category, Reason

CREDIT_WORDS = 14
CREDITED_WORDS = 3  # words of a subject between its credits: "Getty Images Ada Byron (Credit: Getty Images)"
_AGENCIES = tuple(
    name.strip()
    for names in (
        "Agence France-Presse, Associated Press, EPA-EFE, AFP, AP, EPA, EFE, Reuters, PA, dpa, ANSA, Xinhua",
        "Anadolu Agency, Anadolu, Bloomberg, Sipa, ZUMA Press, ZUMA, imago, NurPhoto, Sputnik, Handout",
        "ТАСС, РИА Новости",
        "Getty, iStockphoto, iStock, Adobe Stock, Shutterstock, Alamy, Unsplash, Pexels, Pixabay, Flickr",
        "Wikimedia Commons, Wikimedia, Courtesy, via",
    )
    for name in names.split(",")
)  # of two that begin alike the longer comes first
_AGENCY = re.compile(rf"(?i)\b(?:{'|'.join(_AGENCIES)})(?: (?:Images|Photos?|Wire|Media|Archive))?\b")
_CREDIT = re.compile(
    r"(?i)[(\[]\s*(?:(?:photo|image|picture) )?(?:credits?|source|photo|image|foto|фото)\s*[:：]"
    r"[^()\[\]]{1,60}[)\]]"
)
_SIGNS = frozenset(  # words of which one stands in every credit; they spare most lines the expressions
    (
        "credit",
        "credits",
        "source",
        "photo",
        "image",
        "foto",
        "фото",
        *(words_of(name)[0] for name in _AGENCIES),
    )
)


def credits_alone(lines: Sequence[Line], _found: Found) -> Iterator[Finding]:
    """Find lines that are a picture credit and no caption."""
    short = [line for line in lines if line.word_count <= CREDIT_WORDS and not _SIGNS.isdisjoint(line.words)]
    for line in short:
        if line.kind is not BlockKind.TITLE and _is_credit(line.text):
            yield line.at, Reason("credit.alone", Category.CREDIT, "a picture credit without a caption")


def _is_credit(text: str) -> bool:
    bare, credited = _CREDIT.subn(" ", text)
    bare, agencies = _AGENCY.subn(" ", bare)
    left = len(words_of(bare))
    return left <= CREDITED_WORDS if credited else agencies > 0 and left == 0
