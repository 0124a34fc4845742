"""What is seen in a block: its words, however they are found, and what it has in common with its double."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning.measures import lines_of
from reader.cleaning.wording import NUMBER, words_of
from tests.builders import article_of

WESTERN = "aZéßŸœ’' 10_.“–½\xa0\ufffd"
CENTRAL, CYRILLIC, GREEK = "łŻß’' 7_", "Яжё№’' 7_", "ΣσςΆάΩ’' 7_"
ABROAD = "ЯжΣςαłŻ中の→ǅ"


def words_by_the_letter(text: str) -> tuple[str, ...]:
    """Find words as they are defined: letters and digits, "'" between them, an ideograph for itself."""
    plain = re.sub("([\u3040-\u30ff\u4e00-\u9fff])", r" \1 ", text.lower().replace("’", "'"))
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", plain)
    return tuple(NUMBER if word.isdigit() else word for word in words)


@given(st.sampled_from((WESTERN, CENTRAL, CYRILLIC, GREEK, WESTERN + ABROAD)).flatmap(st.text))
def test_the_words_of_a_text_are_the_same_however_they_are_found(text: str) -> None:
    assert words_of(text) == words_by_the_letter(text)


@pytest.mark.parametrize(
    ("text", "capitals", "pieces"),
    [
        ("Sign Up for news", 2, 4),
        ("École d’Été, Œuvre “Non”", 2, 4),
        ("Новости и Спорт", 2, 3),
    ],
)
def test_pieces_that_begin_with_a_capital_letter_are_counted(text: str, capitals: int, pieces: int) -> None:
    (line,) = lines_of(article_of(text), longest=40)

    assert (line.capitals, line.pieces) == (capitals, pieces)


@given(st.lists(st.text(WESTERN + CENTRAL + GREEK + "中★|:\n")))
def test_what_a_text_shows_does_not_depend_on_those_beside_it(texts: list[str]) -> None:
    together = lines_of(article_of(*texts), longest=4)
    apart = [lines_of(article_of(text), longest=4)[0] for text in texts]

    assert [line[6:] for line in together] == [line[6:] for line in apart]


def test_the_signs_of_a_block_stand_in_their_order() -> None:
    (western, eastern) = lines_of(article_of("Home | “News” (7): a_b", "★ 中文 | ©"), longest=40)

    assert (western.signs, eastern.signs) == ("|“(:_", "★|©")


def test_a_block_that_stands_twice_is_the_same_but_for_its_place() -> None:
    _, first, second = lines_of(article_of("A title", "Sign up today", "Sign up today"), longest=40)

    assert second == first._replace(at=2)
    assert second.first == 1
