"""Lines, cells and offsets of a page."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from reader.inert import inert, is_inert
from reader.layout import (
    Page,
    Role,
    lay_out,
    offset_in_article,
    offset_in_source,
    plain_lines,
    source_article,
)
from reader.layout.cells import (
    MAX_MARKS,
    cells_of,
    drawn,
    end_of_narrow,
    fit,
    graphemes,
    is_narrow,
    is_wide,
    shortened,
)
from reader.layout.notes import metadata_of, written_date
from reader.layout.wrapping import Wrapper
from reader.model import Article, Block, BlockKind, Category, Ledger, Reason
from tests.builders import LEAD, SECOND, THIRD, article_of

FAMILY = "👨\u200d👩\u200d👧"
FLAG = "🇬🇧"
ACCENTED = "e\u0301"
DONATION = Reason("donation.appeal", Category.DONATION, "donation appeal: “support us”")

PIECES = (
    *(
        "a",
        "word",
        "reader’s",
        " ",
        "  ",
        "—",
        "-",
        "/",
        "https://example.org/a/b",
        "\xa0",
        "\xad",
        "\u200b",
    ),
    *("漢字", "、", "。」", "（", "カタカナ", "한국", "！！！", "ｶ\uff9e"),
    *(
        FAMILY,
        FLAG,
        "🇬",
        "❤\ufe0f",
        "#\ufe0f\u20e3",
        "👍🏽",
        ACCENTED,
        "\u0301",
        "\u200d",
        "\ufe0f",
        "z" + "\u0300" * 20,
    ),
    *("שלום", "مرحبا", "مَرْحَبًا", "नमस्ते", "ไทย", "\u3099", "か\u3099", "x" * 90),
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=40).map(inert)
kinds = st.sampled_from(tuple(BlockKind))
widths = st.integers(min_value=2, max_value=90)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, Ledger]:
    """Articles of any kinds of blocks, some of them hidden."""
    parts = draw(st.lists(texts.filter(bool), min_size=1, max_size=6))
    chosen = draw(st.lists(kinds, min_size=len(parts), max_size=len(parts)))
    hidden = draw(st.lists(st.sampled_from((None, None, DONATION)), min_size=len(parts), max_size=len(parts)))
    return article_of(*parts, kinds=tuple(chosen)), Ledger(tuple(hidden))


def kept(article: Article) -> Ledger:
    return Ledger((None,) * len(article.blocks))


def page_of(*paragraphs: str, width: int = 40, kinds: tuple[BlockKind, ...] = ()) -> Page:
    article = article_of(*paragraphs, kinds=kinds)
    return lay_out(article, kept(article), width, reveal=False)


def wrapped(text: str, width: int) -> list[str]:
    wrapper = Wrapper(text)
    wrapper.wrap(0, len(text), width)
    return [text[start:end] for start, end in zip(*wrapper.lines, strict=True)]


# Cells


def test_every_plain_character_is_as_wide_as_the_screen_draws_it() -> None:
    characters = filter(is_inert, map(chr, range(0x30000)))
    wrong = [
        character
        for character in characters
        if (is_narrow(character) and get_character_cell_size(character) != 1)
        or (is_wide(character) and get_character_cell_size(character) != 2)
    ]

    assert wrong == []


def test_a_family_a_flag_and_an_accented_letter_are_one_grapheme_each() -> None:
    text = FAMILY + FLAG + ACCENTED

    assert [text[start:end] for start, end, _ in graphemes(text)] == [FAMILY, FLAG, ACCENTED]
    assert [cells for _, _, cells in graphemes(text)] == [2, 2, 1]


def test_three_halves_of_flags_are_a_flag_and_a_half() -> None:
    assert [end - start for start, end, _ in graphemes("🇬🇧🇫")] == [2, 1]


def test_a_soft_hyphen_takes_no_cell_and_is_not_drawn() -> None:
    assert cells_of("read\xader") == 6
    assert drawn("read\xader") == "reader"


def test_piled_marks_are_bounded_when_drawn() -> None:
    assert len(drawn("z" + "\u0301" * 5000 + "!")) == 1 + MAX_MARKS + 1


def test_a_text_that_is_cut_says_so() -> None:
    assert shortened("漢字漢字", 5) == "漢字…"
    assert shortened("short", 5) == "short"
    assert shortened("no room", 0) == ""


@given(texts)
def test_graphemes_tile_the_text_and_add_up_to_its_cells(text: str) -> None:
    spans = graphemes(text)

    assert "".join(text[start:end] for start, end, _ in spans) == text
    assert sum(cells for _, _, cells in spans) == cells_of(text)


@given(texts)
def test_what_is_drawn_takes_the_cells_that_were_counted(text: str) -> None:
    assert cell_len(drawn(text)) == cells_of(text)


@given(texts, st.integers(min_value=0, max_value=40))
def test_as_much_fits_as_there_are_cells_and_no_more(text: str, width: int) -> None:
    stop = fit(text, 0, len(text), width)
    following = [end for start, end, cells in graphemes(text) if start <= stop < end and cells]

    assert cells_of(text[:stop]) <= width
    assert not following or cells_of(text[: following[0]]) > width


def test_a_run_of_narrow_characters_ends_where_another_begins() -> None:
    assert end_of_narrow("naïve “quote”漢", 0) == 13


# Wrapping


def test_words_go_to_the_next_line_whole() -> None:
    assert wrapped("the quick brown fox", 10) == ["the quick", "brown fox"]


def test_a_no_break_space_does_not_break() -> None:
    assert wrapped("about 10\xa0km", 9) == ["about", "10\xa0km"]


def test_an_address_breaks_after_a_slash() -> None:
    assert wrapped("https://example.org/reading/room", 24) == ["https://example.org/", "reading/room"]


def test_a_word_without_signs_is_cut_at_the_width() -> None:
    assert wrapped("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_ideographs_break_between_any_two_but_not_before_a_full_stop() -> None:
    assert wrapped("漢字漢字。漢字", 8) == ["漢字漢", "字。漢字"]


def test_no_line_ends_with_an_opening_bracket() -> None:
    assert wrapped("漢字（漢字）", 6) == ["漢字", "（漢", "字）"]


def test_a_grapheme_is_never_broken() -> None:
    assert wrapped(FAMILY * 3, 4) == [FAMILY * 2, FAMILY]
    assert wrapped(FLAG * 3, 5) == [FLAG * 2, FLAG]


def test_a_newline_ends_a_line() -> None:
    assert wrapped("one\n\ntwo", 10) == ["one", "", "two"]


def test_a_very_long_word_and_very_many_marks_do_not_hang() -> None:
    assert len(wrapped("x" * 200_000, 72)) == 2778
    assert len(wrapped("e" + "\u0301" * 50_000, 72)) == 1


@given(texts, widths)
def test_no_line_is_wider_than_the_width(text: str, width: int) -> None:
    assert all(cells_of(line) <= width for line in wrapped(text, width))


@given(texts, widths)
def test_lines_hold_every_character_but_the_blanks_they_broke_at(text: str, width: int) -> None:
    wrapper = Wrapper(text)
    wrapper.wrap(0, len(text), width)
    starts, ends = wrapper.lines
    between = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]

    assert set(between) <= {"", " "}
    assert (starts[0], ends[-1]) == (0, len(text))


# Pages


def test_a_page_has_white_space_by_the_kind_of_its_blocks() -> None:
    kinds = (BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.QUOTE)
    page = page_of("A ferry", "It left.", "Later", "oranges", "Fog!", kinds=kinds)

    assert list(plain_lines(page)) == [
        "",
        "A ferry",
        "",
        "It left.",
        "",
        "",
        "Later",
        "",
        "• oranges",
        "",
        "▌ Fog!",
    ]


def test_code_has_a_bar_beside_each_of_its_lines() -> None:
    page = page_of("def tide():\n    pass", kinds=(BlockKind.CODE,))

    assert list(plain_lines(page))[1:] == ["│ def tide():", "│     pass"]


def test_a_quote_in_quotes_has_a_bar_for_each_up_to_four() -> None:
    article = article_of("so", "said", "she", kinds=(BlockKind.QUOTE,) * 3)
    markers = ("", ">>", ">" * 9)
    blocks = tuple(b._replace(marker=m) for b, m in zip(article.blocks, markers, strict=True))
    page = lay_out(replace(article, blocks=blocks), Ledger((None,) * 3), 40, reveal=False)

    quoted = [line.strip() for line in plain_lines(page) if "▌" in line]

    assert quoted == ["▌ so", "▌ ▌ said", "▌ ▌ ▌ ▌ she"]


def test_list_items_hang_below_their_bullet() -> None:
    page = page_of("oranges that nobody had ordered", width=20, kinds=(BlockKind.LIST_ITEM,))

    assert list(plain_lines(page))[1:] == ["• oranges that", "  nobody had ordered"]


def test_source_author_and_date_stand_below_the_title() -> None:
    article = article_of("A ferry | World", "It left.", kinds=(BlockKind.TITLE,))
    known = Article(
        article.id,
        "A ferry",
        article.text,
        article.blocks,
        section="World",
        source="Island Post",
        date="2025-01-21",
    )
    page = lay_out(known, kept(known), 60, reveal=False)

    assert list(plain_lines(page))[1:3] == ["A ferry", "Island Post · 21 January 2025 · World"]


def test_a_letter_that_names_its_sender_as_author_too_is_not_said_to_be_of_two() -> None:
    article = article_of("A ferry", "It left.", kinds=(BlockKind.TITLE,))
    letter = replace(article, source="The Quay Letter", author="The Quay Letter", date="2026-11-12")

    assert metadata_of(letter) == "The Quay Letter · 12 November 2026"


def live_blog(width: int) -> list[str]:
    text = "Ferry leaves\n\nIt was late."
    blocks = (
        Block(BlockKind.LIVE_ENTRY, 0, 12, 1, 1, time="10:45"),
        Block(BlockKind.PARAGRAPH, 14, 26, 3, 3),
    )
    article = Article("live-00000000", "Live", text, blocks)
    return list(plain_lines(lay_out(article, kept(article), width, reveal=False)))


def test_the_time_of_a_live_entry_stands_in_the_margin() -> None:
    assert live_blog(60) == ["", "10:45  Ferry leaves", "", "       It was late."]


def test_on_a_narrow_page_the_time_stands_above_its_entry() -> None:
    assert live_blog(30) == ["", "10:45", "Ferry leaves", "", "It was late."]


def test_a_hidden_block_is_folded_away() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    page = lay_out(article, Ledger((None, DONATION, None)), 72, reveal=False)

    assert not page.lines_of(1)
    assert "captain" not in "\n".join(plain_lines(page))


def test_a_revealed_block_gives_its_reason_first() -> None:
    article = article_of("It left.", "Support us.", "It came.")
    page = lay_out(article, Ledger((None, DONATION, None)), 72, reveal=True, hint="X brings it back")

    assert list(plain_lines(page))[3:6] == [
        "┊ donation appeal: “support us” — X brings it back",
        "┊ Support us.",
        "",
    ]


def test_a_reason_is_not_cut_for_the_key_behind_it() -> None:
    article = article_of("It left.", "Support us.", "It came.")
    page = lay_out(article, Ledger((None, DONATION, None)), 40, reveal=True, hint="X brings it back")

    assert "┊ donation appeal: “support us”" in list(plain_lines(page))


def test_blocks_that_are_hidden_for_one_reason_give_it_once() -> None:
    article = article_of("Support us.", "Give now.")
    page = lay_out(article, Ledger((DONATION, DONATION)), 72, reveal=True)

    assert [page.role_of(line) for line in range(page.line_count)] == [
        Role.GAP,
        Role.REASON,
        Role.WORDS,
        Role.WORDS,
    ]


def test_an_offset_that_is_folded_away_belongs_to_the_line_before() -> None:
    article = article_of("It left.", "Support us.", "It came.")
    page = lay_out(article, Ledger((None, DONATION, None)), 72, reveal=False)

    assert page.line_of(article.blocks[1].start) == page.line_of(0)


def test_an_article_without_words_is_an_empty_page() -> None:
    article = Article("empty-00000000", "", "", ())
    page = lay_out(article, Ledger(()), 72, reveal=True)

    assert page.line_count == 0
    assert list(plain_lines(page)) == []


@given(articles(), widths, st.booleans())
def test_no_line_of_a_page_is_wider_than_the_page(
    pair: tuple[Article, Ledger], width: int, reveal: bool
) -> None:
    page = lay_out(*pair, width, reveal=reveal, hint="X brings it back")

    assert all(cell_len(page.signs_of(n) + page.words_of(n)) <= width for n in range(page.line_count))


@given(articles(), widths, st.booleans())
def test_the_cell_of_an_offset_is_at_that_offset(
    pair: tuple[Article, Ledger], width: int, reveal: bool
) -> None:
    page = lay_out(*pair, width, reveal=reveal)
    seen = [
        page.lines.starts[line] + start
        for line in range(page.line_count)
        for start, _, cells in graphemes(page.text[page.lines.starts[line] : page.lines.ends[line]])
        if cells
    ]

    assert [page.offset_at(*page.cell_of(offset)) for offset in seen] == seen


@given(articles(), widths)
def test_a_revealed_page_shows_every_word(pair: tuple[Article, Ledger], width: int) -> None:
    article, _ = pair
    page = lay_out(*pair, width, reveal=True)
    shown = "".join(page.text[start:end] for start, end in zip(*page.lines, strict=True))

    assert shown.replace(" ", "").replace("\n", "") == article.text.replace(" ", "").replace("\n", "")


@given(articles(), widths, st.booleans())
def test_every_line_belongs_to_the_block_that_claims_it(
    pair: tuple[Article, Ledger], width: int, reveal: bool
) -> None:
    page = lay_out(*pair, width, reveal=reveal)

    assert all(
        page.owner_of(line) == block for block in range(len(page.tops)) for line in page.lines_of(block)
    )


def test_dates_are_written_as_exactly_as_they_are_known() -> None:
    dates = ("2025-01-21", "2025-01", "2024", "02-09", "", "last week", "2025-13-01")

    assert [written_date(date) for date in dates] == [
        *("21 January 2025", "January 2025", "2024", "9 February", "", "last week", "2025-13-01")
    ]


# The source


def test_the_source_stands_line_by_line_with_its_numbers() -> None:
    article = article_of(LEAD)
    source = source_article(article, "one\n\n  two")
    page = lay_out(source, kept(source), 40, reveal=True)

    assert list(plain_lines(page)) == ["", "1  one", "2", "3    two"]


def test_a_place_is_found_again_in_the_source_and_back() -> None:
    article = article_of(LEAD, SECOND, THIRD)
    source = source_article(article, f"  {LEAD}\n\n  {SECOND}\n\n  {THIRD}\n")
    offset = article.text.index("captain")
    there = offset_in_source(article, source, offset)

    assert source.text[there:].startswith("captain")
    assert offset_in_article(article, source, there) == article.blocks[1].start
