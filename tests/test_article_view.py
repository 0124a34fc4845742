"""The article view: its place, its focus, what is marked, and the mouse."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.theme import Theme

from reader.finding import hits_of
from reader.layout import Highlights, Motion, Unit
from reader.model import Article, Category, Ledger, Reason
from reader.passages import AnchorState, Annotation, Color, Placed, Target
from reader.tui.reading.article_paint import FOCUS_BAR
from reader.tui.reading.article_view import ArticleView
from reader.tui.reading.page_view import BEGINNING, Place, place_at
from reader.tui.themes import ANSI, PAPER_DARK, PAPER_LIGHT
from tests.builders import LEAD, SECOND, THIRD, article_of

REASON = Reason("donation.appeal", Category.DONATION, "donation appeal: “support us”")
TWINS = (("A", Color.BLUE), ("B", Color.GREEN))
LONG = article_of(*(f"{number}. {LEAD} {SECOND}" for number in range(40)))
MIXED = article_of("A 漢字 “word” 👨\u200d👩\u200d👧 e\u0301nd of the first line.", THIRD)


class Stage(App[None]):
    """An app with nothing but the view."""

    def __init__(self, view: ArticleView, theme: Theme) -> None:
        super().__init__()
        self.register_theme(theme)
        self.theme = theme.name
        self.view = view

    def compose(self) -> ComposeResult:
        yield self.view


@asynccontextmanager
async def viewing(
    article: Article,
    ledger: Ledger | None = None,
    size: tuple[int, int] = (60, 12),
    *,
    reveal: bool = False,
    theme: Theme = PAPER_DARK,
) -> AsyncIterator[tuple[ArticleView, Pilot[None]]]:
    view = ArticleView(50)
    view.hint = "X brings it back"
    async with Stage(view, theme).run_test(size=size) as pilot:
        view.show(article, ledger or kept(article), reveal=reveal, place=BEGINNING)
        await pilot.pause()
        yield view, pilot


def kept(article: Article) -> Ledger:
    return Ledger((None,) * len(article.blocks))


def painted(view: ArticleView) -> list[str]:
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def placed_at(start: int, end: int, **said: Any) -> Placed:
    """An annotation of a span; what it says, as the fields of `Annotation`."""
    annotation = Annotation(**{"id": "A", "target": Target("", "", "", start, end), **said})
    return Placed(annotation, "a-ferry-00000000", "A ferry", "seeds/ferry.txt", AnchorState.EXACT, start, end)


def placed_on(article: Article, words: str, **said: Any) -> Placed:
    start = article.text.index(words)
    return placed_at(start, start + len(words), **said)


def styles_of(view: ArticleView, y: int) -> list[tuple[str, Style]]:
    """The words of a line in pieces of one style, and their styles."""
    return [(piece.text, piece.style or Style()) for piece in view.render_line(y)]


def look_of(view: ArticleView, y: int, words: str) -> Style:
    """The style of a piece of a line."""
    return next(style for text, style in styles_of(view, y) if text == words)


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


async def test_two_clicks_select_a_word_three_a_sentence_and_four_a_paragraph() -> None:
    async with viewing(article_of(f"It left. {LEAD} It came.", THIRD)) as (view, pilot):
        selected = []
        for times in (2, 3, 4):
            await pilot.click(view, offset=(18, 1), times=times)
            selected.append(view.selected_text)

        assert selected == ["ferry", LEAD, f"It left. {LEAD} It came."]


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


# The caret, and selecting by key


async def test_the_caret_is_hidden_until_it_is_asked_for() -> None:
    async with viewing(LONG) as (view, _):
        before = view.has_caret
        view.move_focus(1)
        view.show_caret()

        assert not before
        assert view.caret == view.focused_offset == LONG.blocks[1].start


async def test_a_click_puts_the_caret_on_a_character() -> None:
    async with viewing(article_of(LEAD)) as (view, pilot):
        await pilot.click(view, offset=(8, 1))

        assert view.has_caret
        assert view.caret == LEAD.index("ferry")
        assert view.passage is None


async def test_a_caret_that_is_scrolled_out_of_sight_is_hidden() -> None:
    async with viewing(LONG) as (view, _):
        view.show_caret()
        view.scroll_pages(2)

        assert not view.has_caret


async def test_a_caret_that_selects_stays_where_the_page_is_scrolled() -> None:
    async with viewing(LONG) as (view, _):
        view.begin_selection(Unit.CHARACTER)
        view.move_caret(Motion.WORD_END)
        view.scroll_pages(2)
        view.move_caret(Motion.NEXT_SENTENCE)

        assert view.passage == (0, len("0. " + LEAD))
        assert top_line(view) == 0


@pytest.mark.parametrize(
    "motion", [Motion.DOWN, Motion.NEXT_WORD, Motion.NEXT_SENTENCE, Motion.NEXT_PARAGRAPH]
)
@pytest.mark.parametrize("size", [(60, 12), (40, 3), (20, 1)])
async def test_the_caret_and_its_block_stay_in_sight(motion: Motion, size: tuple[int, int]) -> None:
    async with viewing(LONG, size=size) as (view, _):
        assert view.page is not None
        for _ in range(60):
            view.move_caret(motion)
            line = view.page.line_of(view.caret)

            assert top_line(view) <= line < top_line(view) + size[1]
            assert view.focused_block == view.page.owner_of(line)


async def test_the_character_under_the_caret_is_painted_in_the_accent() -> None:
    async with viewing(MIXED) as (view, _):
        view.show_caret(MIXED.text.index("漢"))

        assert look_of(view, 1, "漢").bgcolor is not None
        assert look_of(view, 1, "漢").bgcolor != look_of(view, 1, "A ").bgcolor


async def test_v_and_motions_select_whole_words() -> None:
    async with viewing(article_of(LEAD)) as (view, _):
        view.show_caret(LEAD.index("ferry"))
        view.begin_selection(Unit.CHARACTER)
        view.move_caret(Motion.NEXT_WORD, 2)

        assert view.is_selecting
        assert view.selected_text == "ferry left"


async def test_the_ends_of_a_selection_can_be_swapped() -> None:
    async with viewing(article_of(LEAD)) as (view, _):
        view.show_caret(LEAD.index("left"))
        view.begin_selection(Unit.CHARACTER)
        view.move_caret(Motion.WORD_END)
        view.swap_ends()
        view.move_caret(Motion.PREVIOUS_WORD)

        assert view.selected_text == "ferry left"


async def test_paragraphs_are_selected_whole_and_over_folded_ones() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    async with viewing(article, Ledger((None, REASON, None))) as (view, _):
        view.show_caret(20)
        view.begin_selection(Unit.PARAGRAPH)
        one = view.passage
        view.move_caret(Motion.DOWN, 4)

        assert one == (0, len(LEAD))
        assert view.passage == (0, len(article.text))
        assert view.selected_text == f"{LEAD}\n\n{THIRD}"


async def test_a_selection_by_character_can_go_on_by_paragraph() -> None:
    async with viewing(article_of(LEAD, THIRD)) as (view, _):
        view.show_caret(30)
        view.begin_selection(Unit.CHARACTER)
        view.begin_selection(Unit.PARAGRAPH)

        assert view.selected_text == LEAD


async def test_what_the_mouse_selected_can_be_grown_by_key() -> None:
    async with viewing(article_of(LEAD)) as (view, pilot):
        await pilot.mouse_down(view, offset=(8, 1))
        await pilot.hover(view, offset=(12, 1))
        await pilot.mouse_up(view, offset=(12, 1))
        view.begin_selection(Unit.CHARACTER)
        view.move_caret(Motion.NEXT_WORD)

        assert view.selected_text == "ferry left"


async def test_shift_and_a_click_select_from_the_caret_on() -> None:
    async with viewing(article_of(LEAD)) as (view, pilot):
        await pilot.click(view, offset=(8, 1))
        await pilot.click(view, offset=(12, 1), shift=True)

        assert view.selected_text == "ferry"


async def test_a_click_and_a_motion_end_what_is_not_being_selected() -> None:
    async with viewing(article_of(LEAD)) as (view, pilot):
        view.select(0, 9)
        await pilot.click(view, offset=(20, 1))
        clicked = view.passage
        view.select(0, 9)
        view.move_caret(Motion.RIGHT)

        assert (clicked, view.passage) == (None, None)


async def test_a_passage_is_trimmed_and_whole() -> None:
    async with viewing(MIXED) as (view, _):
        start = MIXED.text.index(" 👨")
        view.select(start, start + 3)

        assert view.passage == (start + 1, start + 6)


async def test_another_width_keeps_caret_and_selection() -> None:
    async with viewing(LONG) as (view, _):
        view.show_caret(30)
        view.begin_selection(Unit.CHARACTER)
        view.move_caret(Motion.WORD_END, 3)
        before = view.passage, view.caret
        view.set_measure(23)

        assert (view.passage, view.caret) == before


async def test_a_caret_on_a_block_that_is_folded_goes_to_what_is_shown() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    ledger = Ledger((None, REASON, None))
    async with viewing(article, ledger, reveal=True) as (view, _):
        view.show_caret(article.text.index(SECOND) + 5)
        view.show(article, ledger, reveal=False)

        assert view.caret == len(LEAD) - 1


async def test_a_page_on_which_all_is_folded_has_no_caret() -> None:
    article = article_of(LEAD)
    async with viewing(article, Ledger((REASON,)), reveal=True) as (view, _):
        view.begin_selection(Unit.CHARACTER)
        view.show(article, Ledger((REASON,)), reveal=False)
        view.move_caret(Motion.DOWN)

        assert not view.has_caret
        assert view.passage is None


# Highlights


async def test_each_colour_has_a_ground_and_lines_of_its_own() -> None:
    words = ("one", "two", "three", "four", "five")
    article = article_of(" and ".join(words))
    for theme in (PAPER_DARK, PAPER_LIGHT, ANSI):
        async with viewing(article, theme=theme) as (view, _):
            view.show_annotations(
                Highlights(
                    [
                        placed_on(article, word, id=word, color=color)
                        for word, color in zip(words, Color, strict=True)
                    ]
                )
            )
            looks = [look_of(view, 1, word) for word in words]

            assert len({look.bgcolor for look in looks}) == 5
            assert len({(look.underline, look.underline2, look.overline) for look in looks}) == 5


@pytest.mark.parametrize("theme", [PAPER_DARK, PAPER_LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("color", Color)
async def test_words_are_readable_on_every_ground(theme: Theme, color: Color) -> None:
    article = article_of("one two three four", "five six")
    async with viewing(article, size=(60, 12), theme=theme) as (view, _):
        view.show_annotations(
            Highlights(
                [
                    placed_on(article, "one two three", color=color),
                    placed_on(article, "two", id="B", color=color),
                    placed_on(article, "five six", id="C", color=color, tags=("sea",)),
                ]
            )
        )
        view.move_focus(1)
        painted = [look_of(view, 1, words) for words in ("one ", "t", "wo", " three")]
        painted += [look_of(view, 3, "five six"), look_of(view, 1, color.letter)]

        assert min(map(contrast_of, painted)) >= 4.5


def contrast_of(style: Style) -> float:
    """Contrast of ink and ground by WCAG 2.1."""
    assert style.color is not None
    assert style.bgcolor is not None
    ink, ground = (luminance_of(colour) for colour in (style.color, style.bgcolor))
    return (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05)


def luminance_of(colour: RichColor) -> float:
    parts = [part / 255 for part in colour.get_truecolor()]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("theme", [PAPER_DARK, PAPER_LIGHT, ANSI], ids=lambda theme: theme.name)
async def test_an_inner_highlight_is_told_from_an_outer_one_of_its_colour(theme: Theme) -> None:
    article = article_of("one two three four", "five")
    async with viewing(article, theme=theme) as (view, _):
        view.show_annotations(
            Highlights([placed_on(article, "one two three"), placed_on(article, "two", id="B")])
        )
        view.move_focus(1)
        outer, seam, inner, after = (look_of(view, 1, words) for words in ("one ", "t", "wo", " three"))

        assert outer == after
        assert len({outer, seam, inner}) == 3


@pytest.mark.parametrize("theme", [PAPER_DARK, PAPER_LIGHT, ANSI], ids=lambda theme: theme.name)
async def test_highlights_that_touch_have_a_seam(theme: Theme) -> None:
    article = article_of("It came.", "one two three")
    async with viewing(article, theme=theme) as (view, _):
        view.show_annotations(
            Highlights([placed_on(article, "one t"), placed_on(article, "wo three", id="B")])
        )

        assert look_of(view, 3, "one t") == look_of(view, 3, "o three")
        assert look_of(view, 3, "w") != look_of(view, 3, "o three")


async def test_highlights_that_touch_across_a_break_have_a_seam() -> None:
    article = article_of("It came.", LEAD)
    async with viewing(article) as (view, _):
        assert view.page is not None
        first, second = (view.page.words_of(line) for line in (3, 4))
        view.show_annotations(Highlights([placed_on(article, first), placed_on(article, second, id="B")]))

        assert look_of(view, 4, second[0]) != look_of(view, 4, second[1:])


async def test_the_highlight_in_focus_is_stronger() -> None:
    article = article_of("one two", "three")
    async with viewing(article) as (view, _):
        view.show_annotations(Highlights([placed_on(article, "two"), placed_on(article, "three", id="B")]))
        first = [look_of(view, 1, "two").bold, look_of(view, 3, "three").bold]
        view.move_focus(1)

        assert first == [True, None]
        assert [look_of(view, 1, "two").bold, look_of(view, 3, "three").bold] == [None, True]


async def test_the_selection_lies_over_highlights_and_hits_too() -> None:
    article = article_of("one two")
    async with viewing(article) as (view, _):
        view.show_annotations(Highlights([placed_on(article, "one two")]))
        view.show_hits(hits_of(article.text, "two"), 0)
        hit = look_of(view, 1, "two").bgcolor
        view.select(0, 3)

        assert hit != look_of(view, 1, "e").bgcolor
        assert styles_of(view, 1)[2][1].bgcolor != hit


async def test_the_annotation_under_the_caret_is_in_focus_else_the_first_of_the_block() -> None:
    article = article_of(LEAD)
    outer, inner = placed_on(article, "The ferry left"), placed_on(article, "ferry", id="B")
    async with viewing(article) as (view, _):
        view.show_annotations(Highlights([inner, outer]))
        of_block = view.focused_annotation
        view.show_caret(inner.start)
        under_caret = view.focused_annotation
        view.show_caret(LEAD.index("harbour"))

        assert (of_block, under_caret, view.focused_annotation) == (outer, inner, None)


async def test_of_two_at_one_place_each_comes_into_focus_and_then_lies_on_top() -> None:
    article = article_of(LEAD)
    one, other = (placed_on(article, "ferry", id=name, color=color) for name, color in TWINS)
    async with viewing(article) as (view, _):
        view.show_annotations(Highlights([one, other]))
        reached = [view.focus_annotation(one), view.focused_annotation]
        shown = look_of(view, 1, "erry").bgcolor
        view.focus_annotation(other)

        assert reached == [True, one]
        assert view.focused_annotation == other
        assert look_of(view, 1, "erry").bgcolor != shown


async def test_what_is_chosen_is_in_focus_until_the_reader_moves() -> None:
    article = article_of(LEAD)
    outer, inner = placed_on(article, "The ferry left"), placed_on(article, "ferry", id="B")
    async with viewing(article) as (view, _):
        view.show_annotations(Highlights([outer, inner]))
        view.choose(inner)
        without_caret = view.focused_annotation
        view.focus_annotation(outer)
        with_caret = view.focused_annotation
        view.move_caret(Motion.NEXT_WORD)

        assert (without_caret, with_caret) == (inner, outer)
        assert view.focused_annotation == inner


async def test_an_annotation_that_begins_in_a_folded_block_is_reached_where_it_is_seen() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    crossing = placed_on(article, "captain")._replace(end=article.text.index("On the island") + 13)
    folded = placed_on(article, "fog", id="folded")
    async with viewing(article, Ledger((None, REASON, None))) as (view, _):
        view.show_annotations(Highlights([crossing, folded]))

        assert view.focus_annotation(crossing)
        assert view.caret == article.blocks[2].start
        assert not view.focus_annotation(folded)


async def test_another_article_shows_nothing_of_the_one_before() -> None:
    article = article_of(LEAD)
    async with viewing(article) as (view, _):
        view.show_annotations(Highlights([placed_on(article, "ferry")]))
        view.show(LONG, kept(LONG), reveal=False)

        assert view.focused_annotation is None


# Beside the text


async def test_a_narrow_screen_tells_in_the_gutter_where_highlights_begin() -> None:
    article = article_of(LEAD, SECOND)
    bare = placed_on(article, "ferry", color=Color.GREEN)
    noted = placed_on(article, "captain", id="B", color=Color.BLUE, body="Who?")
    async with viewing(article, size=(70, 12)) as (view, _):
        view.show_annotations(Highlights([bare, noted]))
        assert view.page is not None
        lines = painted(view)

        assert lines[1].split()[0] == f"g{FOCUS_BAR}"
        assert lines[view.page.line_of(noted.start)].split()[0] == "b✎"


async def test_without_a_margin_a_sign_stands_in_place_of_the_bar() -> None:
    article = article_of(LEAD)
    async with viewing(article, size=(40, 12)) as (view, _):
        view.show_annotations(Highlights([placed_on(article, "ferry")]))

        assert [line[:2] for line in painted(view)[1:3]] == ["y ", f"{FOCUS_BAR} "]


async def test_a_wide_screen_has_notes_beside_the_text() -> None:
    article = article_of(LEAD, SECOND)
    async with viewing(article, size=(120, 12)) as (view, _):
        before = view.page.width if view.page else 0
        view.show_annotations(Highlights([placed_on(article, "captain", tags=("sea",), body="Who?")]))
        assert view.page is not None
        line = view.page.line_of(len(LEAD) + 2)

        assert painted(view)[line].split("│")[1].split() == ["y", "#sea"]
        assert painted(view)[line + 1].split("│")[1].strip() == "Who?"
        assert view.page.width == before


async def test_the_wide_column_is_there_only_for_an_article_with_annotations() -> None:
    async with viewing(article_of(LEAD), size=(120, 12)) as (view, _):
        bare = painted(view)
        view.show_annotations(Highlights([placed_on(article_of(LEAD), "ferry")]))
        view.show_annotations(Highlights([]))

        assert painted(view) == bare
        assert "│" not in "".join(bare)


async def test_a_click_on_a_note_brings_its_highlight_into_focus() -> None:
    article = article_of(LEAD, SECOND)
    noted = placed_on(article, "captain", body="Who?")
    async with viewing(article, size=(120, 12)) as (view, pilot):
        view.show_annotations(Highlights([noted]))
        assert view.page is not None
        line = view.page.line_of(noted.start)
        await pilot.click(view, offset=(painted(view)[line].index("Who?"), line))

        assert view.focused_annotation == noted
        assert view.passage is None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(Color)), max_size=8),
    st.integers(6, 130),
)
async def test_highlights_never_change_the_words_or_their_width(
    found: list[tuple[int, int, Color]], width: int
) -> None:
    async with viewing(MIXED, size=(width, 8)) as (view, _):
        assert view.page is not None
        words = [view.page.words_of(line) for line in range(view.page.line_count)]
        view.show_annotations(
            Highlights(
                placed_at(start, start + size, id=str(start), color=color) for start, size, color in found
            )
        )
        strips = [view.render_line(y) for y in range(8)]

        assert [view.page.words_of(line) for line in range(view.page.line_count)] == words
        assert {strip.cell_length for strip in strips} == {max(0, width - 1)}
        assert all(line in strip.text for line, strip in zip(words, strips, strict=False))
