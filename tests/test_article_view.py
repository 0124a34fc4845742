"""The article view: its place, its focus, what is marked, and the mouse."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.finding import hits_of
from reader.model import Article, Category, Ledger, Reason
from reader.tui.article_paint import FOCUS_BAR
from reader.tui.article_view import ArticleView
from reader.tui.page_view import BEGINNING, Place, place_at
from reader.tui.themes import PAPER_DARK
from tests.builders import LEAD, SECOND, THIRD, article_of

REASON = Reason("donation.appeal", Category.DONATION, "donation appeal: “support us”")
LONG = article_of(*(f"{number}. {LEAD} {SECOND}" for number in range(40)))
MIXED = article_of("A 漢字 “word” 👨\u200d👩\u200d👧 e\u0301nd of the first line.", THIRD)


class Stage(App[None]):
    """An app with nothing but the view."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__()
        self.register_theme(PAPER_DARK)
        self.theme = PAPER_DARK.name
        self.view = view

    def compose(self) -> ComposeResult:
        yield self.view


@asynccontextmanager
async def viewing(
    article: Article, ledger: Ledger | None = None, size: tuple[int, int] = (60, 12), *, reveal: bool = False
) -> AsyncIterator[tuple[ArticleView, Pilot[None]]]:
    view = ArticleView(50, "X brings it back")
    async with Stage(view).run_test(size=size) as pilot:
        view.show(article, ledger or kept(article), reveal=reveal, place=BEGINNING)
        await pilot.pause()
        yield view, pilot


def kept(article: Article) -> Ledger:
    return Ledger((None,) * len(article.blocks))


def painted(view: ArticleView) -> list[str]:
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def top_line(view: ArticleView) -> int:
    return view.scroll_offset.y


async def test_only_what_is_seen_is_painted_centred_with_a_bar_at_the_focus() -> None:
    async with viewing(article_of(LEAD), size=(60, 6)) as (view, _):
        lines = painted(view)

        assert lines[1].startswith("  ▎ The ferry left")
        assert all(view.render_line(y).cell_length == 59 for y in range(6))


async def test_the_end_of_a_page_is_the_end_of_the_article() -> None:
    async with viewing(LONG) as (view, _):
        view.go_to_end()

        assert view.is_at_end
        assert view.fraction == 1.0


@pytest.mark.parametrize("size", [(100, 30), (30, 8), (12, 5), (3, 2)])
async def test_a_resize_and_back_keeps_the_place(size: tuple[int, int]) -> None:
    async with viewing(LONG) as (view, pilot):
        view.scroll_lines(37)
        before, line = view.place, top_line(view)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.resize_terminal(60, 12)
        await pilot.pause()

        assert (view.place, top_line(view)) == (before, line)


@pytest.mark.parametrize("size", [(60, 40), (60, 400), (200, 60)])
async def test_a_taller_screen_that_shows_the_end_gives_the_place_back(size: tuple[int, int]) -> None:
    async with viewing(LONG) as (view, pilot):
        view.go_to_end()
        before, line = view.place, top_line(view)
        await pilot.resize_terminal(*size)
        await pilot.pause()
        await pilot.resize_terminal(60, 12)
        await pilot.pause()

        assert (view.place, top_line(view)) == (before, line)


@pytest.mark.parametrize("scrolled", range(2, 12))
async def test_a_place_is_remembered_to_the_line_with_the_blank_ones(scrolled: int) -> None:
    async with viewing(LONG, size=(60, 5)) as (view, _):
        view.scroll_lines(scrolled)

        assert place_at(LONG, view.place.kept) == view.place


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    scrolled=st.integers(1, 150),
    changes=st.lists(st.sampled_from([20, 33, 50, 80, "reveal", "fold"]), min_size=1, max_size=6),
)
async def test_width_and_folding_never_move_the_place(scrolled: int, changes: list[int | str]) -> None:
    ledger = Ledger(tuple(REASON if number % 3 == 1 else None for number in range(len(LONG.blocks))))
    async with viewing(LONG, ledger, reveal=True) as (view, _):
        view.scroll_lines(scrolled)
        place, line = view.place, top_line(view)
        for change in changes:
            if isinstance(change, int):
                view.set_measure(change)
            else:
                view.show(LONG, ledger, reveal=change == "reveal")
            assert view.place == place
        view.set_measure(50)
        view.show(LONG, ledger, reveal=True)

        assert (view.place, top_line(view)) == (place, line)


async def test_the_focus_goes_by_paragraphs_and_stays_in_sight() -> None:
    async with viewing(LONG) as (view, _):
        for _ in range(5):
            view.move_focus(1)
        lines = view.page.lines_of(5) if view.page else range(0)

        assert view.focused_block == 5
        assert top_line(view) <= lines.start
        assert lines.stop <= top_line(view) + 12


async def test_a_focus_that_leaves_the_screen_moves_to_what_is_seen() -> None:
    async with viewing(LONG) as (view, _):
        view.scroll_lines(40)

        assert view.page is not None
        assert set(view.page.lines_of(view.focused_block)) & set(range(40, 52))


async def test_the_focus_is_seen_wherever_one_scrolls() -> None:
    async with viewing(LONG) as (view, _):
        view.go_to_end()
        for _ in range(60):
            view.scroll_lines(-3)

            assert any(FOCUS_BAR in line for line in painted(view))


async def test_the_focus_passes_over_folded_blocks() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    async with viewing(article, Ledger((None, REASON, None))) as (view, _):
        view.move_focus(1)

        assert view.focused_block == 2


async def test_every_hit_is_marked_and_the_one_that_is_reached_more() -> None:
    article = article_of("A ferry and a ferry.")
    async with viewing(article) as (view, _):
        view.show_hits(hits_of(article.text, "ferry"), 1)
        found = [segment for segment in view.render_line(1) if segment.text == "ferry"]
        styles = [segment.style for segment in found if segment.style is not None]

        assert [style.underline for style in styles] == [True, True]
        assert [style.bold for style in styles] == [None, True]


async def test_a_phrase_across_two_lines_is_marked_on_both() -> None:
    article = article_of(LEAD)
    async with viewing(article) as (view, _):
        view.show_hits(hits_of(article.text, "morning, an"), 0)
        marked = [s.text for y in (1, 2) for s in view.render_line(y) if s.style and s.style.underline]

        assert marked == ["morning,", "an"]


async def test_a_drag_selects_the_words_under_it() -> None:
    async with viewing(article_of(LEAD, SECOND)) as (view, pilot):
        await pilot.mouse_down(view, offset=(8, 1))
        await pilot.hover(view, offset=(12, 1))
        await pilot.mouse_up(view, offset=(12, 1))

        assert view.selected_text == "ferry"


async def test_a_drag_goes_by_whole_graphemes() -> None:
    async with viewing(MIXED) as (view, pilot):
        assert view.page is not None
        line, cell = view.page.cell_of(MIXED.text.index("👨"))
        await pilot.mouse_down(view, offset=(4 + cell + 1, line))
        await pilot.hover(view, offset=(4 + cell + 3, line))
        await pilot.mouse_up(view, offset=(4 + cell + 3, line))

        assert view.selected_text == "👨\u200d👩\u200d👧 e\u0301"


async def test_two_clicks_select_a_word_and_three_a_paragraph() -> None:
    async with viewing(article_of(LEAD, THIRD)) as (view, pilot):
        await pilot.double_click(view, offset=(9, 1))
        word = view.selected_text
        await pilot.triple_click(view, offset=(9, 1))

        assert (word, view.selected_text) == ("ferry", LEAD)


async def test_a_click_puts_the_focus_on_a_block() -> None:
    async with viewing(article_of("It left.", "It came.")) as (view, pilot):
        await pilot.click(view, offset=(6, 3))

        assert view.focused_block == 1
        assert view.selected_text == ""


async def test_what_is_selected_is_without_folded_blocks() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    async with viewing(article, Ledger((None, REASON, None))) as (view, _):
        view.select(0, len(article.text))

        assert view.selected_text == f"{LEAD}\n\n{THIRD}"


async def test_marks_inside_wide_and_joined_characters_keep_the_line_straight() -> None:
    async with viewing(MIXED) as (view, _):
        width = view.render_line(1).cell_length
        text = view.render_line(1).text
        for offset in range(len(MIXED.text)):
            view.select(offset, offset + 3)
            assert view.render_line(1).cell_length == width
            assert view.render_line(1).text == text


async def test_a_place_beyond_the_end_is_the_end() -> None:
    async with viewing(LONG) as (view, _):
        view.go_to_place(Place(10_000_000))

        assert view.is_at_end


async def test_an_empty_article_is_an_empty_page() -> None:
    async with viewing(Article("empty-00000000", "", "", ())) as (view, pilot):
        view.move_focus(1)
        await pilot.click(view, offset=(5, 5))

        assert painted(view) == [""] * 12
