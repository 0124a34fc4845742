"""What is of the form in which we write reads as in `tomllib`; all else is left alone."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.plain import piece_at, table_of
from reader.annotations.records import annotation_table
from reader.annotations.statements import written
from reader.passages import Annotation, Target
from tests.notes import annotations

ENTRY = """\
[[annotation]]
id = "01JD0000000000000000000001"
created = 2025-01-01T06:00:00Z
color = "blue"
tags = ["harbours", "sea/ferries"]
body = "An hour late."

[annotation.target]
exact = "the ferry left"
prefix = ""
suffix = "\\n“at six”"
start = 4
end = 18
"""


def entry_of(annotation: Annotation) -> str:
    return written("annotation", annotation_table(annotation), many=True)


def in_toml(text: str) -> object:
    (value,) = tomllib.loads(text).values()
    return value if isinstance(value, list) else [value]


@given(annotations())
def test_what_we_write_reads_as_in_toml(annotation: Annotation) -> None:
    text = entry_of(annotation)

    table = table_of(text)

    assert table is None or in_toml(text) == [table]


@given(st.text("abcXYZ äöü“”’–\n\t\"\\'[]#=0189.,", max_size=60).filter(str.strip))
def test_of_what_we_write_common_texts_are_read_without_toml(words: str) -> None:
    target = Target(words, words, words, 0, len(words))
    text = entry_of(Annotation("01JD", target, tags=("a tag", "b"), body=words))

    assert [table_of(text)] == in_toml(text)


@given(st.integers(0, len(ENTRY) - 1), st.text('"\\\n[]#=,.- 0aT\r\x00\x7fé', max_size=3), st.integers(0, 3))
def test_what_a_hand_changed_reads_as_in_toml_or_not_at_all(at: int, new: str, gone: int) -> None:
    text = ENTRY[:at] + new + ENTRY[at + gone :]

    table = table_of(text)

    assert table is None or in_toml(text) == [table]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[annotation]]", "# mine\n[[annotation]]"),
        ('"blue"', "'blue'"),
        ('"blue"', '"blue" # the sea'),
        ('"blue"', '"\\u0062lue"'),
        ('"blue"', '"blue"\ncolor = "pink"'),
        ('"blue"', '"blue"\ntarget = "x"'),
        ("color =", "color="),
        ("2025-01-01", "2025-02-30"),
        ("start = 4", "start = 04"),
        ("start = 4", "start = +4"),
        ("\n", "\r\n"),
        ("[annotation.target]", "[annotation.target.inner]"),
    ],
)
def test_another_form_is_left_to_those_who_know_all_of_toml(old: str, new: str) -> None:
    assert table_of(ENTRY) is not None
    assert table_of(ENTRY.replace(old, new)) is None


@pytest.mark.parametrize(
    "entry",
    [
        '[article]\nid = "ferry-0a1b"\nstarred = true\ntags = ["sea"]\n[article.corrections]\ntitle = "x"\n',
        '[[block]]\nchoice = "keep"\n\n[block.target]\nexact = "words"\nstart = 0\nend = 5\n',
        "[[reading-list]]\nread_2 = false\n",
    ],
)
def test_tables_of_any_name_are_read_without_toml(entry: str) -> None:
    assert [table_of(entry)] == in_toml(entry)


def test_a_table_within_another_table_is_left_to_those_who_know_all_of_toml() -> None:
    assert table_of("[article]\nx = 1\n\n[block.target]\ny = 2\n") is None


def test_an_entry_ends_where_the_next_one_begins() -> None:
    assert piece_at(f"{ENTRY}\n{ENTRY}", 0) == ("annotation", len(ENTRY) + 1)


def test_an_entry_ends_where_one_of_another_name_begins() -> None:
    assert piece_at(f"[article]\nx = 1\n{ENTRY}", 0) == ("article", 16)


def test_a_header_in_a_note_ends_no_entry() -> None:
    text = ENTRY.replace('"An hour late."', '"""\n[[annotation]]\nid = 3\n"""')

    assert piece_at(text, 0) == ("annotation", len(text))


@pytest.mark.parametrize("after", ["# a remark\n\n[[annotation]]\n", "[annotation.more]\nx = 1\n"])
def test_an_entry_before_something_else_is_not_taken_for_all_of_it(after: str) -> None:
    assert piece_at(f"{ENTRY}\n{after}", 0) == ("", 0)
