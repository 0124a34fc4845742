"""Names of people in bylines: what is one, and what stands behind it."""

import re

_IDEOGRAPHS = re.compile(r"[\u3400-\u9fff\u3040-\u30ff·]{2,12}")
"""A name in Chinese or Japanese, which is written as one word."""
GLUED = 4  # words of a name with an office behind it, at least: "Mary Jane Head" is a name
_NO_NAME = re.compile(r"[\d:/@!?…|]")
_ENDS = re.compile(
    r"\s*[|•·(]|\s+[–—-]\s|[–—]|,?\s+(?:in|for|on|at|published|updated|posted|last|with|is)\b|,?\s+\d|(?<=[a-z]{3})\.\s+[A-Z]",
)
_AND = re.compile(r"\s*,\s+(?:and\s+)?|\s+(?:and|und|et|y|i|и|&)\s+|\s*;\s*")
_PARTICLES = frozenset(
    (
        "van",
        "von",
        "de",
        "del",
        "der",
        "den",
        "da",
        "di",
        "dos",
        "la",
        "le",
        "bin",
        "al",
        "of",
        "and",
        "el",
        "ten",
    )
)
_OFFICES = re.compile(
    r"\b(?:ceo|cto|cfo|md|phd|rn|rd|director|manager|editor|writer|reporter|correspondent|founder|co-founder|staff"
    r"|senior|junior|head|chief|professor|president|specialist|representative|contributor|columnist|author|analyst"
    r"|officer|consultant|expert|team lead|partner|critic|producer|fellow|read|more|share|updated|published"
    r"|news)\b",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """Read the names that a line begins with, and leave what follows: offices, papers, dates."""
    end = _ENDS.search(text)
    names: list[str] = []
    for part in _AND.split((text[: end.start()] if end else text).strip(" ,.")):
        name = as_name(part)
        if not is_name(name):
            break
        names.append(name)
    return list(dict.fromkeys(names))


def is_name(text: str) -> bool:
    """Tell whether words may be the name of a person."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and len(text) <= 60
        and are_capitalised(text)
        and not _NO_NAME.search(text)
        and not _OFFICES.search(text)
    )


def are_capitalised(text: str) -> bool:
    """Tell whether each word begins with a capital, particles of names and scripts without capitals aside."""
    return all(word[0].isupper() or word in _PARTICLES or _has_no_case(word[0]) for word in text.split())


def _has_no_case(letter: str) -> bool:
    return letter.isalpha() and letter.lower() == letter.upper()


def may_be_one_word(text: str) -> bool:
    """Tell whether one word may name who wrote, where it is said that it does: "Newsdesk", "王小明"."""
    return bool(_IDEOGRAPHS.fullmatch(text)) or (
        len(text.split()) == 1
        and len(text) > 2
        and text[0].isupper()
        and not _NO_NAME.search(text)
        and not _OFFICES.fullmatch(text)
    )


def without_office(name: str) -> str:
    """Take off an office that is glued to a name: "Ann Lee Senior Harbour Reporter"."""
    office = _OFFICES.search(name)
    bare = name[: office.start()].strip(" ,–—-|") if office and len(name.split()) >= GLUED else ""
    return bare if is_name(bare) else name


def as_name(name: str) -> str:
    """Write a name as it is written in a list: without an article, not all in capitals."""
    words = " ".join(name.strip(" ,.").removeprefix("the ").split())
    return words.title() if words.isupper() else words
