"""Words that begin in a way, or that resemble one: out of those of the documents."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.vocabulary import Vocabulary

LETTERS = "abcd"
TYPED = st.text(LETTERS, min_size=1, max_size=7)


@pytest.fixture
def vocabulary() -> Iterator[Vocabulary]:
    vocabulary = Vocabulary(":memory:")
    yield vocabulary
    vocabulary.close()


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the letters that are wrong, missing, too many or in the place of their neighbour."""
    rows: list[list[int]] = [[*range(len(other) + 1)]]
    for row in range(1, len(one) + 1):
        rows.append([row])
        for column in range(1, len(other) + 1):
            is_wrong = one[row - 1] != other[column - 1]
            least = min(rows[-2][column] + 1, rows[-1][-1] + 1, rows[-2][column - 1] + is_wrong)
            if row > 1 < column and (one[row - 1], one[row - 2]) == (other[column - 2], other[column - 1]):
                least = min(least, rows[-3][column - 2] + 1)
            rows[-1].append(least)
    return rows[-1][-1]


def test_the_commonest_words_that_begin_so_come_first(vocabulary: Vocabulary) -> None:
    vocabulary.count({"fog": 1, "foggy": 3, "fop": 9})

    assert vocabulary.beginning("fog", 5) == ["foggy", "fog"]


def test_a_word_that_stands_nowhere_any_longer_is_forgotten(vocabulary: Vocabulary) -> None:
    vocabulary.count({"fog": 2})
    vocabulary.count({"fog": -2})

    assert vocabulary.beginning("fog", 5) == []


def test_a_word_that_is_known_is_spelt_right(vocabulary: Vocabulary) -> None:
    vocabulary.count({"ferry": 1, "merry": 9})

    assert vocabulary.spellings("ferry", "ferri") == []
    assert vocabulary.spellings("fery", "feri") == ["ferry"]


def test_of_a_short_word_two_letters_are_not_taken_for_wrong(vocabulary: Vocabulary) -> None:
    vocabulary.count({"z": 1, "fog": 3})

    assert vocabulary.spellings("zzz", "zzz") == []
    assert vocabulary.spellings("frog", "frog") == ["fog"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("превет", "привет"), ("καλυμερα", "καλημερα"), ("crhis", "chris"), ("paraíso", "paraiso")],
)
def test_a_wrong_letter_is_found_in_each_alphabet(vocabulary: Vocabulary, typed: str, meant: str) -> None:
    vocabulary.count({meant: 1})

    assert vocabulary.resembling(typed, 1) == [meant]


@given(st.sets(TYPED, max_size=12), TYPED)
def test_a_word_with_one_typo_is_found(words: set[str], typed: str) -> None:
    vocabulary = Vocabulary(":memory:")
    vocabulary.count(dict.fromkeys(words, 1))

    found = vocabulary.resembling(typed, 1)
    vocabulary.close()

    assert set(found) == {word for word in words if distance(typed, word) <= 1}


@given(st.sets(TYPED, max_size=12), TYPED)
def test_a_word_with_two_typos_is_found_if_it_begins_right(words: set[str], typed: str) -> None:
    vocabulary = Vocabulary(":memory:")
    vocabulary.count(dict.fromkeys(words, 1))

    found = vocabulary.resembling(typed, 2)
    vocabulary.close()

    right = {word for word in words if word[0] == typed[0] and distance(typed, word) <= 2}
    assert set(found) == right | {word for word in words if distance(typed, word) <= 1}
