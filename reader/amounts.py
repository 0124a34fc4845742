"""Numbers of things, in words."""


def amount(number: int, noun: str) -> str:
    """Write a number of things: "1 article", "1,204 articles"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
