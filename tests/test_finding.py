"""What a phrase finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.finding import find_words, hits_of


def found(text: str, phrase: str) -> list[str]:
    return [text[start:end] for start, end in find_words(text, phrase)]


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("The ferry, the Ferry", "ferry", ["ferry", "Ferry"]),
        ("The ferry, the Ferry", "Ferry", ["Ferry"]),
        ("a café, a cafe, a cafe\u0301", "cafe", ["café", "cafe", "cafe\u0301"]),
        ("a café, a cafe, a cafe\u0301", "café", ["café", "cafe\u0301"]),
        ("the captain\n\nsaid, the captain said", "captain said", ["captain\n\nsaid", "captain said"]),
        ("the reader’s “room”", 'reader\'s "room"', ["reader’s “room”"]),
        ("a well–known well-known fact", "well-known", ["well–known", "well-known"]),
        ("pass\u200bword", "password", ["pass\u200bword"]),
        ("Łódź and Øre", "lodz", ["Łódź"]),
        ("a (b) [c] .*", ".*", [".*"]),
        ("anything", "   ", []),
    ],
)
def test_a_phrase_finds_what_a_reader_means(text: str, phrase: str, expected: list[str]) -> None:
    assert found(text, phrase) == expected


@given(st.text(alphabet="aeéE’' \n漢ß", min_size=1, max_size=40), st.data())
def test_every_phrase_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    phrase = text[start:end]

    assert not phrase.strip() or found(text, phrase)


def test_hits_are_asked_for_by_span() -> None:
    hits = hits_of("one two one two one", "one")

    assert [hits.span(number) for number in hits.between(2, 10)] == [(0, 3), (8, 11)]
    assert not hits.between(3, 8)


def test_hits_in_hidden_spans_are_left_out() -> None:
    hits = hits_of("one two one two one", "one").outside([(8, 15)])

    assert list(hits.starts) == [0, 16]
