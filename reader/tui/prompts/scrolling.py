"""The keys that scroll what is longer than the screen, where no room is there to look them up."""

from textual.containers import VerticalScroll

_EVERYTHING = 1_000_000  # lines, more than there are: to the end


def scroll(body: VerticalScroll, key: str) -> None:
    """Scroll by a key, as the pages of articles do."""
    page = body.size.height
    steps: dict[str, int] = {
        **dict.fromkeys(("j", "down"), 1),
        **dict.fromkeys(("k", "up"), -1),
        **dict.fromkeys(("space", "pagedown"), page),
        **dict.fromkeys(("b", "pageup"), -page),
        **dict.fromkeys(("g", "home"), -_EVERYTHING),
        **dict.fromkeys(("G", "end"), _EVERYTHING),
    }
    if key in steps:
        body.scroll_relative(y=steps[key], animate=False)
