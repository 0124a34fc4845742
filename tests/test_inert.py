from hypothesis import given
from hypothesis import strategies as st

from reader.inert import inert, inert_lines, is_inert


def test_an_escape_becomes_its_picture():
    assert inert("\x1b[31mred") == "␛[31mred"


def test_eight_bit_controls_and_directional_overrides_become_replacement_characters():
    assert inert("\x9b31m\u202edcba") == "\ufffd31m\ufffddcba"


def test_newlines_stand_where_lines_are_meant():
    assert inert_lines("one\ntwo\x07") == "one\ntwo␇"


@given(st.text())
def test_inert_text_is_as_long_as_it_was_and_holds_nothing_active(text: str):
    safe = inert(text)

    assert len(safe) == len(text)
    assert is_inert(safe)
    assert inert(safe) == safe


@given(st.text(st.characters(codec="utf-8")))
def test_inert_text_can_always_be_encoded(text: str):
    inert(text + "\ud800").encode()
