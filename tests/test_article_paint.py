"""What a page sets apart, and what is found and highlighted across it."""

from pathlib import Path

import pytest
from rich.style import Style
from textual.theme import Theme

from reader.cleaning import judge, packaged_rules
from reader.finding import hits_of
from reader.importers import parse
from reader.layout import Highlights, links_of
from reader.model import Article, Category, Ledger, Reason
from reader.passages import Color
from reader.splitting import split
from reader.tui.reading.article_view import ArticleView
from reader.tui.themes import ANSI, PAPER_DARK, PAPER_LIGHT
from tests.test_article_view import placed_on, styles_of, viewing

PAGE = Path(__file__).parent / "samples" / "pages" / "tides.html"
SIZE = (90, 80)
THEMES = (PAPER_DARK, PAPER_LIGHT, ANSI)


def tides() -> Article:
    return split(parse(PAGE.read_bytes(), ".html"), "tides")[0]


def grounds_of(view: ArticleView) -> list[tuple[str, object]]:
    """Return all that is on the screen in pieces of one style, each with what it stands on."""
    return [(text, style.bgcolor) for y in range(view.size.height) for text, style in styles_of(view, y)]


def marked(view: ArticleView, plain: list[tuple[str, object]]) -> str:
    """Return the words that stand on another ground than anything did before, without their blanks."""
    before = {ground for _, ground in plain}
    return "".join("".join(text.split()) for text, ground in grounds_of(view) if ground not in before)


def style_of(view: ArticleView, words: str) -> Style:
    """Return the style of the piece of the screen that is these words."""
    pieces = (piece for y in range(view.size.height) for piece in styles_of(view, y))
    return next(style for text, style in pieces if text == words)


@pytest.mark.parametrize("theme", THEMES)
async def test_links_and_emphasis_are_told_by_more_than_a_colour(theme: Theme) -> None:
    async with viewing(tides(), size=SIZE, theme=theme) as (view, _):
        assert style_of(view, "the wind").underline
        assert style_of(view, "when").italic
        assert style_of(view, "how high").bold
        assert style_of(view, "Low water").bold


async def test_a_link_in_a_hidden_block_is_as_faint_as_the_block() -> None:
    article = tides()
    reason = Reason("markup.place", Category.NAV, "page furniture")
    ledger = Ledger(tuple(reason if at == 0 else None for at in range(len(article.blocks))))
    async with viewing(article, ledger, SIZE, reveal=True) as (view, _):
        assert not style_of(view, "The Quay").underline
        assert style_of(view, "News").underline


def lines_of(view: ArticleView) -> list[str]:
    """Return what is painted, line by line."""
    return ["".join(text for text, _ in styles_of(view, y)).rstrip() for y in range(view.size.height)]


@pytest.mark.parametrize("width", [90, 140])
async def test_lines_have_the_numbers_of_their_links_while_these_are_listed(width: int) -> None:
    article = tides()
    places = [link.start for link in links_of(article, judge(article, packaged_rules()))]
    async with viewing(article, judge(article, packaged_rules()), (width, 80)) as (view, _):
        plain = lines_of(view)
        view.number_lines(tuple(places))
        numbered = {
            line.split()[0]: line
            for line, before in zip(lines_of(view), plain, strict=True)
            if line != before
        }
        view.number_lines(())

        assert list(numbered) == [str(number) for number in range(1, len(places) + 1)]
        assert "the wind" in numbered["1"]
        assert lines_of(view) == plain


PHRASES = ("counted from the chart datum, a level", "0.8 | 09:20", "says when the", "and height(3) is half")


@pytest.mark.parametrize("words", PHRASES)
async def test_a_phrase_is_found_across_links_cells_and_emphasis(words: str) -> None:
    article = tides()
    async with viewing(article, size=SIZE) as (view, _):
        plain = grounds_of(view)
        view.show_hits(hits_of(article.text, words), 0)

        assert marked(view, plain) == words.replace(" ", "").replace("|", "│")


@pytest.mark.parametrize("words", PHRASES)
async def test_a_highlight_goes_across_links_cells_and_emphasis(words: str) -> None:
    article = tides()
    async with viewing(article, size=SIZE) as (view, _):
        plain = grounds_of(view)
        view.show_annotations(Highlights([placed_on(article, words, color=Color.GREEN)]))

        assert marked(view, plain) == words.replace(" ", "").replace("|", "│")
