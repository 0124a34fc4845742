"""A passage in words: itself, what stands around it, and its place."""

from reader.passages import Target

CONTEXT = 32  # code points each side of a quote, as the Hypothesis client stores


def describe(text: str, start: int, end: int) -> Target:
    """Describe the passage `[start, end)` of a canonical text by its words and its place."""
    return Target(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
        end=end,
    )
