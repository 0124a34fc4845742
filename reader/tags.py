"""What a tag is: how it is kept, and how one lies in another."""

from collections.abc import Iterable

NESTS = "/"  # "war/air-defence" lies in "war"
_SIGN = "#"


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Bring tags to the form in which they are kept: without "#" and outer blanks, sorted, each once."""
    joined = (" ".join(tag.split()) for tag in tags)
    cleaned = (tag.lstrip(f"{_SIGN}{NESTS} ").rstrip(f"{NESTS} ") for tag in joined)
    return tuple(sorted({tag for tag in cleaned if tag}))


def is_within(tag: str, outer: str) -> bool:
    """Tell whether a tag is another one, or is nested in it."""
    return tag == outer or tag.startswith(outer + NESTS)
