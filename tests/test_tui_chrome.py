"""The frame of a screen: lines that never overlap, a toast, a prompt, and the last filter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.theme import Theme

from reader.amounts import amount
from reader.inert import is_inert
from reader.tui.chrome import fit_line
from reader.tui.safety import InertFilter
from reader.tui.themes import HIGHLIGHTS, PAPER_DARK, PAPER_LIGHT, THEMES, next_theme
from reader.tui.words import date_in_words, length_in_words

BLACK = Color(0, 0, 0)


def test_left_and_right_stand_at_the_ends() -> None:
    assert fit_line(Content("left"), (Content("right"),), 20).plain == "left           right"


def test_pieces_on_the_right_go_before_the_left_is_cut() -> None:
    line = fit_line(Content("a long state"), (Content("/ filter"), Content("? help")), 22)

    assert line.plain == "a long state    ? help"


def test_the_left_is_cut_before_the_last_piece_goes() -> None:
    line = fit_line(Content("a title that is far too long"), (Content("38 %"),), 24)

    assert line.plain == "a title that is …   38 %"


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3), st.integers(0, 60))
def test_a_line_is_as_wide_as_it_may_be(left: str, right: list[str], width: int) -> None:
    line = fit_line(Content(left), tuple(map(Content, right)), width)

    assert line.cell_length == width


@given(st.text())
def test_no_active_character_passes_the_filter_and_the_width_stays(text: str) -> None:
    segment = Segment(text)

    after = InertFilter().apply([segment], BLACK)

    assert is_inert(after[0].text)
    assert after[0].cell_length == segment.cell_length


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "https://a\x1b]8;;b"])
def test_a_link_that_is_not_for_the_web_is_dropped(link: str) -> None:
    after = InertFilter().apply([Segment("word", Style(link=link, bold=True))], BLACK)

    assert after[0].style == Style(bold=True)


def test_a_link_for_the_web_stays() -> None:
    segments = [Segment("word", Style(link="https://example.org/"))]

    assert InertFilter().apply(segments, BLACK) is segments


@pytest.mark.parametrize("theme", [PAPER_DARK, PAPER_LIGHT], ids=lambda theme: theme.name)
def test_ink_is_readable_on_paper_and_on_every_highlight(theme: Theme) -> None:
    colours = {**theme.to_color_system().generate(), **theme.variables}
    paper = Color.parse(colours["background"])

    assert contrast(colours["ink"], paper) >= 7  # WCAG 2.1 AAA for the text one reads
    assert contrast(colours["muted"], paper) >= 4.5  # AA
    assert contrast(colours["faint"], paper) >= 3
    assert contrast(colours["accent"], paper) >= 4.5
    for ground in (*(f"highlight-{name}" for name in HIGHLIGHTS), "found", "found-here", "cursor", "shade"):
        assert contrast(colours["ink"], Color.parse(colours[ground])) >= 4.5


def contrast(ink: str, paper: Color) -> float:
    """Contrast ratio by WCAG 2.1."""
    light, dark = sorted((luminance(Color.parse(ink)), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    """Relative luminance by WCAG 2.1."""
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def test_themes_follow_one_another_in_a_ring() -> None:
    names = [THEMES[0].name]
    for _ in THEMES:
        names.append(next_theme(names[-1]).name)

    assert names[0] == names[-1]
    assert set(names) == {theme.name for theme in THEMES}


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025-01-21", "21 Jan 2025"),
        ("2025-01", "Jan 2025"),
        ("2024", "2024"),
        ("02-09", "9 Feb"),
        ("2025-01-21T10:45:00Z", "21 Jan 2025"),
        ("", ""),
        ("yesterday", "yesterday"),
        ("2025-13-40", "2025-13-40"),
    ],
)
def test_a_date_is_written_as_people_do(date: str, words: str) -> None:
    assert date_in_words(date) == words


def test_a_length_is_told_in_minutes_and_a_book_in_hours() -> None:
    assert length_in_words(1200) == "5 min"
    assert length_in_words(1_000_000) == "70 h"


def test_amounts_agree_with_their_noun() -> None:
    assert (amount(1, "article"), amount(1204, "article")) == ("1 article", "1,204 articles")
