"""Some words of a text around what was found, on one line."""

from hypothesis import given
from hypothesis import strategies as st

from reader.search.snippets import cut, snippet_of
from reader.search.values import Document, Kind

TEXTS = st.lists(st.sampled_from(["fog", "sea", "ice", "\n\n", " ", "\t", ". "]), max_size=30).map("".join)


def test_paragraphs_are_parted_by_one_blank() -> None:
    snippet = cut("The ferry\n\nwas late in the  fog.", [(20, 22), (28, 31)], (28, 31), 160)

    assert snippet.text == "The ferry was late in the fog."
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["in", "fog"]


@given(TEXTS, st.integers(0, 40), st.data())
def test_a_snippet_is_one_line_and_its_marks_are_the_words_that_were_found(
    text: str, width: int, data: st.DataObject
) -> None:
    places = [(at, at + 3) for at in range(len(text)) if text.startswith("fog", at)]
    around = data.draw(st.sampled_from(places or [(0, 0)]))

    snippet = cut(text, places, around, width)

    assert "  " not in snippet.text
    assert not set(snippet.text) & set("\n\t")
    assert {snippet.text[start:end] for start, end in snippet.marks} <= {"fog"}
    assert not places or snippet.marks


def test_what_is_found_without_a_word_is_told_by_what_is_read_first_below_its_title() -> None:
    text = "Home Subscribe\n\nThe late ferry\n\nBy nobody\n\nIt came at noon."
    hidden = (text.index("Home"), text.index("The")), (text.index("By"), text.index("It"))
    document = Document(
        "a:ferry", "1", Kind.ARTICLE, "ferry", "ferry", "The late ferry", text=text, hidden=hidden
    )

    assert snippet_of(document, {}).text == "It came at noon."


def test_a_text_that_is_hidden_whole_is_told_by_its_first_words() -> None:
    document = Document(
        "a:ferry",
        "1",
        Kind.ARTICLE,
        "ferry",
        "ferry",
        "The late ferry",
        text="Home Subscribe",
        hidden=((0, 14),),
    )

    assert snippet_of(document, {}).text == "Home Subscribe"
