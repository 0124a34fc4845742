"""What a file is called in `seeds/`: words that any file system and any person can read. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath

from reader.importers import IMPORTERS
from reader.inert import is_inert

LONGEST = 60  # code points of a name that is made from words
_ODD = re.compile(r"[^\w.+-]+")
_PLAIN = re.compile(r"[^./][^/]*")
_EDGES = "-._ "


def page_name(host: str, target: str, suffix: str) -> str:
    """Name the file of a page: "example.org/the-ferry.html".

    Args:
        host: Of its address.
        target: Path and query of its address.
        suffix: Of the file.
    """
    path = target.partition("?")[0].rstrip("/")
    last = PurePosixPath(path).stem if path else ""
    return f"{slug(host, 'pages')}/{slug(last, 'index')}{suffix}"


def text_name(title: str, suffix: str) -> str:
    """Name the file of a text that came without a name, by its title."""
    return f"{slug(title, 'text')}{suffix}"


def file_name(parts: tuple[str, ...]) -> str:
    """Name the file of one that stands elsewhere: as it is called there, if that can be read.

    Args:
        parts: The folders from the one that was named, and the file, by their names.
    """
    safe = [part if _PLAIN.fullmatch(part) and is_inert(part) else slug(part, "text") for part in parts]
    known = PurePosixPath(safe[-1]).suffix.lower() in IMPORTERS
    return "/".join(safe) + ("" if known else ".txt")  # somebody named it, so it may well be text


def slug(words: str, default: str) -> str:
    """Write words as one: "the-ferry-that-came"; letters of any script stay."""
    plain = unicodedata.normalize("NFKC", words)
    joined = _ODD.sub("-", plain).strip(_EDGES)[:LONGEST].strip(_EDGES)
    return joined or default
