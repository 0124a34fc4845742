"""How a passage is named: by its first words. Apart from other words, since a library needs no layout."""

from reader.layout.cells import shortened

QUOTED = 40  # cells of a passage where it is named
QUOTED_IN_SIGHT = 20  # cells of one that stands above


def quoted(words: str, cells: int = QUOTED) -> str:
    """Name a passage by how it begins, in quotation marks; so many cells of it."""
    return f"“{shortened(' '.join(words[: 4 * cells].split()), cells)}”"
