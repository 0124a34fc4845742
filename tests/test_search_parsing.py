"""Queries as they are typed, read into trees."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.parsing import (
    FIELDS,
    MAX_EXPANDED,
    MAX_LENGTH,
    MAX_NEAR,
    MAX_PHRASE,
    MAX_WORDS,
    Parsed,
    parse,
    within,
)
from reader.search.tree import All, Any, Label, Without, Words

TODAY = date(2026, 11, 22).toordinal()
FOG, SEA, ICE = Words("fog"), Words("sea"), Words("ice")


def read(query: str) -> Parsed:
    return parse(query, TODAY)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("fog", FOG),
        ("fog sea", All((FOG, SEA))),
        ("fog AND sea", All((FOG, SEA))),
        ("fog OR sea", Any((FOG, SEA))),
        ("fog sea OR ice", Any((All((FOG, SEA)), ICE))),
        ("fog (sea OR ice)", All((FOG, Any((SEA, ICE))))),
        ("-fog", Without(FOG)),
        ("NOT fog", Without(FOG)),
        ("NOT -fog", FOG),
        ("-(fog sea)", Without(All((FOG, SEA)))),
        ('"thick fog"', Words("thick fog", quoted=True)),
        ('"fog sea"~5', Words("fog sea", quoted=True, near=5)),
        ("fog*", Words("fog", begins=True)),
        ("fog~", Words("fog", typos=1)),
        ("fog~2", Words("fog", typos=2)),
        ("title:fog", Words("fog", "title")),
        ('note:"thick fog"', Words("thick fog", "note", quoted=True)),
        ("tag:sea/fog", Label("tag", "sea/fog")),
        ('tag:"sea air"', Label("tag", "sea air")),
        ("tag:#sea", Label("tag", "sea")),
        ("TITLE:fog", Words("fog", "title")),
        ("well-known", Words("well-known")),
        ("C++", Words("C++")),
        ("http://a.b/c", Words("http://a.b/c")),
        ("12:30", Words("12:30")),
        ("Notes: fog", All((Words("Notes"), FOG))),
    ],
)
def test_a_query_is_read_as_it_is_meant(query: str, tree: object) -> None:
    assert read(query).tree == tree
    assert read(query).faults == ()


@pytest.mark.parametrize(
    ("query", "start", "end", "nearest"),
    [
        ("(fog", 0, 1, "fog"),
        ("fog)", 3, 4, "fog"),
        ('"thick fog', 0, 10, '"thick fog"'),
        ("fog OR", 4, 6, "fog"),
        ("AND fog", 0, 3, "fog"),
        ("fog -)", 5, 6, "fog"),
        ("fog NOT", 4, 7, "fog"),
        ("titel:fog", 0, 6, "title:fog"),
        ("is:stared fog", 3, 9, "is:starred fog"),
        ("fog sort:dat", 9, 12, "fog sort:date"),
        ("fog color:purple", 10, 16, "fog"),
        ("fog date:yesteday", 9, 17, "fog date:yesterday"),
        ('fog noted:"lst week"', 10, 20, 'fog noted:"last week"'),
        ("fog tag:", 4, 8, "fog"),
        ("fog date:soon", 9, 13, "fog"),
        ("is:good fog", 3, 7, "fog"),
        ("*** fog", 0, 3, "fog"),
    ],
)
def test_a_fault_is_told_with_its_place_and_the_nearest_good_query(
    query: str, start: int, end: int, nearest: str
) -> None:
    parsed = read(query)

    assert [fault[:2] for fault in parsed.faults] == [(start, end)]
    assert str(parsed) == nearest


@pytest.mark.parametrize("query", ["date:soon", "is:good", "sort:loud", "tag:", "AND", "(", "~", "-", "?! …"])
def test_a_query_of_which_nothing_can_be_meant_asks_for_nothing_and_finds_nothing(query: str) -> None:
    assert read(query).is_void
    assert within(read(query), "notes").is_void


@pytest.mark.parametrize("query", ["", "  ", "sort:date", "in:hidden", "fog date:soon", "-fog"])
def test_a_query_of_which_something_can_be_meant_is_not_void(query: str) -> None:
    assert not read(query).is_void


def test_a_misspelt_field_is_told_with_the_one_that_is_like_it() -> None:
    (fault,) = read("titel:fog").faults

    assert "title:" in fault.what


def test_an_order_and_a_place_are_no_part_of_the_tree() -> None:
    parsed = read("fog sort:date in:hidden")

    assert (parsed.tree, parsed.sort, parsed.in_hidden) == (FOG, "date", True)


def test_or_beside_words_is_worth_showing() -> None:
    assert read("fog sea OR ice").is_mixed
    assert not read("fog (sea OR ice)").is_mixed
    assert not read("fog OR ice").is_mixed


def test_more_words_than_anybody_types_are_left_out_and_told() -> None:
    parsed = read(" ".join(f"fog{at}" for at in range(MAX_WORDS + 10)))

    assert len(parsed.tree.parts if isinstance(parsed.tree, All) else ()) == MAX_WORDS
    assert len(parsed.faults) == 1


@pytest.mark.parametrize(("sign", "most"), [("", MAX_WORDS), ("~9", MAX_NEAR)])
def test_more_words_than_anybody_quotes_are_left_out_and_told(sign: str, most: int) -> None:
    words = [f"fog{at}" for at in range(most + 1)]
    parsed = read(f'"{" ".join(words)}"{sign}')

    assert str(parsed) == f'"{" ".join(words[:most])}"{sign}'
    assert [fault[:2] for fault in parsed.faults] == [(0, len(" ".join(words)) + 2 + len(sign))]


def test_more_words_with_signs_than_anybody_types_are_read_without_and_told() -> None:
    parsed = read(" ".join(f"fog{at}*" for at in range(MAX_EXPANDED + 2)))

    parts = parsed.tree.parts if isinstance(parsed.tree, All) else ()
    assert [isinstance(one, Words) and one.begins for one in parts].count(True) == MAX_EXPANDED
    assert len(parts) == MAX_EXPANDED + 2
    assert len(parsed.faults) == 1


@pytest.mark.parametrize("query", ["東" * 900, f'"{"fog" * 300}"', "a" * 900 + "*"])
def test_a_word_or_phrase_that_is_too_long_is_cut_and_told(query: str) -> None:
    parsed = read(query)

    assert isinstance(parsed.tree, Words)
    assert len(parsed.tree.text) == MAX_PHRASE
    assert [fault[:2] for fault in parsed.faults] == [(0, len(query))]


@pytest.mark.parametrize("query", ["AND:fog", "re:OR", "NOT:AND", 'tag:"title:', 'tag:"-ice"'])
def test_what_is_no_operator_and_no_field_is_none_in_the_nearest_good_query_either(query: str) -> None:
    parsed = read(query)

    assert read(str(parsed)).tree == parsed.tree


@pytest.mark.parametrize("query", ["fog fog", "fog OR fog", "fog (fog OR fog)"])
def test_what_is_said_twice_is_asked_once(query: str) -> None:
    assert read(query).tree == FOG


@pytest.mark.parametrize(
    "query", ["(" * 9_000, "NOT " * 3_000, "-(" * 5_000, '"' * 9_001, "a OR " * 2_000, ")" * 9_000]
)
def test_a_query_of_any_length_and_depth_is_read(query: str) -> None:
    parsed = read(query)

    assert any(fault.end == len(query) for fault in parsed.faults)
    assert len(query) > MAX_LENGTH


TYPED = st.lists(
    st.sampled_from(
        [
            *(f"{name}:" for name in FIELDS),
            "AND",
            "OR",
            "NOT",
            "-",
            "(",
            ")",
            '"',
            "~",
            "*",
            "fog",
            " ",
            "2024",
        ]
    )
    | st.text(max_size=5)
).map("".join)


@given(TYPED)
def test_whatever_is_typed_is_read_and_its_faults_lie_in_it(query: str) -> None:
    parsed = read(query)

    assert all(0 <= fault.start <= fault.end <= len(query) for fault in parsed.faults)


@given(TYPED)
def test_the_nearest_good_query_asks_for_the_same(query: str) -> None:
    parsed = read(query)

    again = read(str(parsed))

    assert again.tree == parsed.tree or parsed.faults
