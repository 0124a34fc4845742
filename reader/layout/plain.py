"""A page as plain text, for the command line."""

from collections.abc import Iterator

from reader.layout.page import Page, Role


def plain_lines(page: Page) -> Iterator[str]:
    """Yield the lines of a page: indents, bullets, bars, times and reasons drawn as text."""
    for line in range(page.line_count):
        is_gap = page.role_of(line) is Role.GAP
        yield "" if is_gap else (page.signs_of(line) + page.words_of(line)).rstrip()
