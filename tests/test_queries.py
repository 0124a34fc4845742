"""How a filter is written: words, fields, and quotation marks around what holds blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.queries import WORD, asking, half_typed, parts_of
from reader.tags import is_within

FIELDS = ("tag", "has")


def test_a_query_has_words_and_parts_with_a_field() -> None:
    parts = parts_of("  truce tag:war has:note  tag:arms ", FIELDS)

    assert parts == {WORD: ("truce",), "tag": ("war", "arms"), "has": ("note",)}


@pytest.mark.parametrize("query", ["from:me", "http://a.b", "tag:", 'tag:""', "10:45"])
def test_a_part_without_a_known_field_or_a_value_is_a_word(query: str) -> None:
    parts = parts_of(query, FIELDS)

    assert parts == {WORD: (query.replace('"', ""),), "tag": (), "has": ()}


def test_words_in_quotation_marks_are_one_part() -> None:
    parts = parts_of('"air defence" tag:"two words" tag:"say ""hi"""', FIELDS)

    assert parts[WORD] == ("air defence",)
    assert parts["tag"] == ("two words", 'say "hi"')


def test_an_open_quotation_goes_to_the_end() -> None:
    assert parts_of('war "air def', FIELDS)[WORD] == ("war", "air def")


@given(st.lists(st.text(min_size=1), max_size=4))
def test_a_part_that_is_written_is_read_as_it_was(tags: list[str]) -> None:
    query = " ".join(asking("tag", tag) for tag in tags)

    read = parts_of(query, FIELDS)

    assert read["tag"] == tuple(tags)


@given(st.text())
def test_every_text_is_a_query(query: str) -> None:
    parts = parts_of(query, FIELDS)

    assert all(all(values) for values in parts.values())


@pytest.mark.parametrize(
    ("query", "typed"),
    [
        ("truce tag:we", ("truce ", "tag", "we")),
        ('tag:"two wo', ("", "tag", "two wo")),
        ("has:", ("", "has", "")),
        ("tag:war has:note tru", None),
        ("tag:war ", None),
        ('tag:"two words"', None),
        ("from:me", None),
        ("", None),
    ],
)
def test_only_a_last_part_with_a_field_and_no_end_is_half_typed(
    query: str, typed: tuple[str, str, str] | None
) -> None:
    assert half_typed(query, FIELDS) == typed


def test_a_nested_tag_lies_in_the_outer_one_alone() -> None:
    assert is_within("war/air-defence", "war")
    assert is_within("war", "war")
    assert not is_within("warfare", "war")
    assert not is_within("war", "war/air-defence")
