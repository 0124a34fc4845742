"""Motions of the caret: words, sentences, paragraphs, lines; what a selection covers."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reader.layout import (
    Anchor,
    Caret,
    Motion,
    Page,
    Unit,
    lay_out,
    moved,
    passage_of,
    span_at,
    span_between,
    standing,
)
from reader.layout.cells import graphemes
from reader.layout.prose import sentences, words
from reader.model import Article, BlockKind, Category, Ledger, Reason
from tests.builders import LEAD, SECOND, THIRD, article_of

HIDDEN = Reason("donation.appeal", Category.DONATION, "donation appeal: “support us”")
FAMILY = "👨\u200d👩\u200d👧"
PIECES = (
    *(
        "a",
        "word",
        "reader’s",
        "re-read",
        "3.5",
        "U.S.",
        "Mr.",
        "e.g.",
        "The",
        "I",
        " ",
        " ",
        ". ",
        "! ",
        "… ",
        "\xa0",
    ),
    *(
        "“",
        "”",
        "—",
        "(",
        ")",
        "漢字",
        "かな",
        "カタカナ",
        "。",
        "！？」",
        "、",
        "한국",
        "नमस्ते",
        "ไทย",
        "שלום",
    ),
    *(FAMILY, "🇬🇧", "e\u0301", "か\u3099", "z" + "\u0300" * 9, "\xad", "\u200b", "x" * 70),
)
FORWARD = (
    Motion.RIGHT,
    Motion.DOWN,
    Motion.NEXT_WORD,
    Motion.WORD_END,
    Motion.NEXT_SENTENCE,
    Motion.NEXT_PARAGRAPH,
)
BACKWARD = (Motion.LEFT, Motion.UP, Motion.PREVIOUS_WORD, Motion.PREVIOUS_SENTENCE, Motion.PREVIOUS_PARAGRAPH)


def page_of(*paragraphs: str, width: int = 40, hidden: tuple[int, ...] = ()) -> Page:
    article = article_of(*paragraphs)
    verdicts = tuple(HIDDEN if number in hidden else None for number in range(len(paragraphs)))
    return lay_out(article, Ledger(verdicts), width, reveal=False)


def went(page: Page, start: int, *motions: Motion, anchor: int | None = None) -> int:
    caret = Caret(start)
    for motion in motions:
        caret = moved(page, caret, motion, anchor=None if anchor is None else Anchor(anchor))
    return caret.offset


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Pages of any words, some of their blocks folded away, with words left to stand on."""
    texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join)
    parts = draw(st.lists(texts, min_size=1, max_size=5))
    hidden = draw(st.lists(st.sampled_from((None, None, HIDDEN)), min_size=len(parts), max_size=len(parts)))
    assume(None in hidden)
    return lay_out(article_of(*parts), Ledger(tuple(hidden)), draw(st.integers(4, 60)), reveal=False)


@st.composite
def places(draw: st.DrawFn) -> tuple[Page, int]:
    """Pages, and places on them where a caret can stand."""
    page = draw(pages())
    return page, standing(page, draw(st.integers(0, len(page.text))))


def is_place(page: Page, offset: int) -> bool:
    line = page.line_of(offset)
    start, end = page.lines.starts[line], page.lines.ends[line]
    on_line = {start + at for at, _, _ in graphemes(page.text[start:end])} or {start}
    return offset in on_line and bool(page.lines_of(page.block_at(offset)))


# Words


def test_a_word_keeps_its_apostrophe_its_hyphen_and_its_points() -> None:
    text = "Don’t re-read 3,500 pages of the U.S. étude, e\u0301tude — really."

    found = [text[start:end] for start, end in words(text, 0, len(text))]

    assert found == [
        "Don’t",
        "re-read",
        "3,500",
        "pages",
        "of",
        "the",
        "U.S",
        "étude",
        "e\u0301tude",
        "really",
    ]


def test_without_blanks_a_word_is_a_run_of_one_script() -> None:
    text = "漢字とカタカナ नमस्ते दुनिया"

    assert [text[start:end] for start, end in words(text, 0, len(text))] == [
        "漢字",
        "と",
        "カタカナ",
        "नमस्ते",
        "दुनिया",
    ]


def test_w_goes_to_the_next_word_e_to_its_end_and_b_back() -> None:
    page = page_of(LEAD)

    assert went(page, 0, Motion.NEXT_WORD) == LEAD.index("ferry")
    assert went(page, 0, Motion.NEXT_WORD, Motion.WORD_END) == LEAD.index("ferry") + 4
    assert went(page, 0, *[Motion.NEXT_WORD] * 7, *[Motion.PREVIOUS_WORD] * 6) == LEAD.index("ferry")


def test_a_count_repeats_a_motion() -> None:
    page = page_of(LEAD)

    assert moved(page, Caret(0), Motion.NEXT_WORD, 3).offset == LEAD.index("the harbour")


def test_words_go_on_in_the_next_block_that_is_shown() -> None:
    page = page_of("First words", SECOND, "last words", hidden=(1,))
    last = page.text.index("last")

    assert went(page, page.text.index("words"), Motion.NEXT_WORD) == last
    assert went(page, last, Motion.PREVIOUS_WORD) == page.text.index("words")


def test_at_the_last_word_a_motion_ends_at_its_last_letter() -> None:
    page = page_of("Only two")

    assert moved(page, Caret(5), Motion.NEXT_WORD, 1000).offset == 7


# Sentences


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Aliyev met Gen. Ivanov.|He left.",
        "She works in the U.S. Senate.|It is old.",
        "He lives in the U.S.|The house is small.",
        "J. K. Rowling wrote, e.g. The Casual Vacancy, at 5 p.m. on Jan. 5.|Then she slept.",
        "“Stop!” he said.|“Why?” she asked.|“Because.”",
        "(It rained.)|Nobody came.",
        "He waited… and waited.|Then…|Nothing.",
        "It cost $3.5 billion.|In 2024.|15 people paid.",
        "What?!|No.|Really!",
        "3. The third point.|More.",
        "No full stop at all",
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str) -> None:
    assert said(text.replace("|", " ")) == text.split("|")


def test_ideographic_full_stops_need_no_blank() -> None:
    assert said("他说：「好。」然后走了。真的吗？！是。") == [
        "他说：「好。」",
        "然后走了。",
        "真的吗？！",
        "是。",
    ]


def test_sentences_are_gone_to_forwards_and_backwards() -> None:
    page = page_of("Mr. A. came. He saw. He won.", "Then he left.")
    saw, won, left = (page.text.index(words) for words in ("He saw", "He won", "Then"))

    assert went(page, 3, Motion.NEXT_SENTENCE) == saw
    assert went(page, 3, *[Motion.NEXT_SENTENCE] * 3) == left
    assert went(page, left, Motion.PREVIOUS_SENTENCE) == won
    assert went(page, saw + 4, Motion.PREVIOUS_SENTENCE) == saw


def test_a_sentence_far_behind_is_found_again() -> None:
    page = page_of("Short. Long " + "word " * 5000 + "end. Last.")

    assert went(page, page.text.index("end."), Motion.PREVIOUS_SENTENCE) == len("Short. ")


# Paragraphs and lines


def test_paragraphs_are_gone_to_over_folded_ones() -> None:
    page = page_of(LEAD, SECOND, THIRD, hidden=(1,))
    third = page.text.index(THIRD)

    assert went(page, 5, Motion.NEXT_PARAGRAPH) == third
    assert went(page, third + 5, Motion.PREVIOUS_PARAGRAPH) == third
    assert went(page, third, Motion.PREVIOUS_PARAGRAPH) == 0


def test_up_and_down_keep_the_column_over_short_lines() -> None:
    page = page_of("A long enough line", "short", "another long line")
    third = page.text.index("another")

    assert went(page, 12, Motion.DOWN) == page.text.index("t", page.text.index("short") + 1)
    assert went(page, 12, Motion.DOWN, Motion.DOWN) == third + 12
    assert went(page, 12, Motion.DOWN, Motion.DOWN, Motion.UP, Motion.UP) == 12


def test_who_went_to_the_end_of_a_line_stays_at_the_ends() -> None:
    page = page_of("short", "a longer line")

    assert went(page, 0, Motion.LINE_END, Motion.DOWN) == len(page.text) - 1


def test_a_line_has_a_beginning_and_an_end() -> None:
    page = page_of(LEAD, width=20)
    start, end = page.lines.starts[2], page.lines.ends[2]

    assert went(page, start + 3, Motion.LINE_START) == start
    assert went(page, start + 3, Motion.LINE_END) == end - 1


def test_the_part_of_a_title_that_is_not_shown_is_not_gone_to() -> None:
    text = "A ferry | US news"
    article = article_of(text, LEAD, kinds=(BlockKind.TITLE,))
    shown = Article(article.id, "A ferry", article.text, article.blocks, section="US news")
    page = lay_out(shown, Ledger((None, None)), 40, reveal=False)

    assert went(page, 2, Motion.RIGHT, Motion.LINE_END, Motion.RIGHT) == article.blocks[1].start


# Selecting


def test_a_selection_grows_by_whole_words_and_sentences() -> None:
    text = "It left. He came, and saw."
    page = page_of(text)

    def selected(start: int, *motions: Motion) -> str:
        end = went(page, start, *motions, anchor=start)
        first, last = span_between(page, start, end, Unit.CHARACTER)
        return text[first:last]

    assert selected(0, Motion.NEXT_WORD) == "It"
    assert selected(0, Motion.NEXT_WORD, Motion.NEXT_WORD) == "It left"
    assert selected(0, Motion.NEXT_SENTENCE) == "It left."
    assert selected(9, Motion.NEXT_SENTENCE) == "He came, and saw."
    assert selected(9, Motion.NEXT_WORD, Motion.WORD_END, Motion.PREVIOUS_WORD) == "He"
    assert selected(9, Motion.PREVIOUS_SENTENCE) == "It left. H"
    assert selected(0, Motion.NEXT_PARAGRAPH) == text


def test_who_selects_whole_paragraphs_goes_on_by_whole_ones_wherever_the_caret_stands() -> None:
    page = page_of("One. Two.", "Three. Four.", "Five. Six.")
    second, third = page.article.blocks[1].start, page.article.blocks[2].start

    def selected(at: int, motion: Motion, count: int = 1) -> tuple[int, int]:
        there = moved(page, Caret(at), motion, count, Anchor(second + 3, Unit.PARAGRAPH))
        return span_between(page, second + 3, there.offset, Unit.PARAGRAPH)

    whole = {number: (block.start, block.end) for number, block in enumerate(page.article.blocks)}
    for at in (second, second + 3, second + 8):
        assert selected(at, Motion.NEXT_PARAGRAPH) == (whole[1][0], whole[2][1])
        assert selected(at, Motion.PREVIOUS_PARAGRAPH) == (whole[0][0], whole[1][1])
    assert selected(0, Motion.NEXT_PARAGRAPH) == selected(third + 2, Motion.PREVIOUS_PARAGRAPH) == whole[1]
    assert selected(2, Motion.NEXT_PARAGRAPH, 2) == (whole[1][0], whole[2][1])


def test_units_around_a_place() -> None:
    page = page_of("It left. He came, and saw.")
    spans = [span_at(page, 12, unit) for unit in Unit]

    assert [page.text[start:end] for start, end in spans] == ["c", "came", "He came, and saw.", page.text]


def test_a_sign_between_words_is_no_word() -> None:
    page = page_of("came — saw")

    assert span_at(page, 5, Unit.WORD) == (5, 6)


def test_a_passage_is_whole_characters_without_white_space_around() -> None:
    page = page_of(f"one {FAMILY} two")

    assert passage_of(page, 3, 6) == (4, 4 + len(FAMILY))
    assert passage_of(page, 3, 4) is None
    assert passage_of(page, 5, 5) is None


# What always holds


@given(places())
def test_a_caret_stands_where_it_stands(found: tuple[Page, int]) -> None:
    page, place = found

    assert is_place(page, place)
    assert standing(page, place) == place


@given(places(), st.sampled_from(tuple(Motion)), st.integers(1, 300))
def test_motions_go_one_way_and_end_on_a_place(found: tuple[Page, int], motion: Motion, count: int) -> None:
    page, place = found
    there = moved(page, Caret(place), motion, count).offset

    assert is_place(page, there)
    if motion in FORWARD:
        assert there >= place
    if motion in BACKWARD:
        assert there <= place


@settings(suppress_health_check=[HealthCheck.filter_too_much])  # few texts have two words on end
@given(
    places(),
    st.sampled_from(
        (
            (Motion.NEXT_WORD, Motion.PREVIOUS_WORD),
            (Motion.NEXT_SENTENCE, Motion.PREVIOUS_SENTENCE),
            (Motion.NEXT_PARAGRAPH, Motion.PREVIOUS_PARAGRAPH),
        )
    ),
)
def test_forwards_then_backwards_returns_to_a_beginning(
    found: tuple[Page, int], pair: tuple[Motion, Motion]
) -> None:
    page, place = found
    forwards, backwards = pair
    begin = moved(page, Caret(place), forwards)
    following = moved(page, begin, forwards)
    assume(moved(page, following, forwards).offset > following.offset)  # not on the last word of all

    assert moved(page, following, backwards) == begin


@given(places(), st.data())
def test_a_selection_keeps_its_anchor_inside(found: tuple[Page, int], drawn: st.DataObject) -> None:
    page, anchor = found
    caret = Caret(anchor)
    for motion in drawn.draw(st.lists(st.sampled_from(tuple(Motion)), max_size=8)):
        caret = moved(page, caret, motion, anchor=Anchor(anchor))
        start, end = span_between(page, anchor, caret.offset, drawn.draw(st.sampled_from(tuple(Unit))))

        assert is_place(page, caret.offset)
        assert start <= min(anchor, caret.offset) < end or start == end
        assert end >= max(anchor, caret.offset)


@given(pages(), st.data())
def test_a_passage_lies_within_the_text_and_begins_and_ends_with_words(
    page: Page, drawn: st.DataObject
) -> None:
    start, end = sorted(drawn.draw(st.tuples(*[st.integers(0, len(page.text))] * 2)))
    passage = passage_of(page, start, end)

    if passage is not None:
        assert 0 <= passage[0] < passage[1] <= len(page.text)
        assert page.text[slice(*passage)].strip() == page.text[slice(*passage)]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_sentences_and_words_stand_in_order_and_miss_no_letter(text: str) -> None:
    for find in (sentences, words):
        spans = list(find(text, 0, len(text)))
        covered = {at for start, end in spans for at in range(start, end)}

        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert all(at in covered for at, letter in enumerate(text) if letter.isalpha())
