"""What stands beside the text, and how highlights are found by their place."""

from hypothesis import given
from hypothesis import strategies as st

from reader.inert import is_inert
from reader.layout import Column, Highlights, Marginalia, Page, Part, lay_out, note_lines, top_last
from reader.layout.cells import cells_of
from reader.layout.marginalia import MAX_LINES, MIN_COLUMN, Beside
from reader.model import Category, Ledger, Reason
from reader.passages import AnchorState, Annotation, Color, Placed, Target
from tests.builders import LEAD, SECOND, THIRD, article_of

HIDDEN = Reason("donation.appeal", Category.DONATION, "donation appeal: “support us”")
NOTE = "Compare the ferries of the truce of 2020: who guaranteed what, and for how long?"


def placed_at(
    start: int,
    end: int,
    *,
    name: str = "A",
    color: Color = Color.YELLOW,
    tags: tuple[str, ...] = (),
    body: str = "",
    state: AnchorState = AnchorState.EXACT,
) -> Placed:
    annotation = Annotation(name, Target("", "", "", start, end), color, tags, body)
    return Placed(annotation, "a-ferry-00000000", "A ferry", "seeds/ferry.txt", state, start, end)


def page_of(*paragraphs: str, hidden: tuple[int, ...] = (), width: int = 40) -> Page:
    verdicts = tuple(HIDDEN if number in hidden else None for number in range(len(paragraphs)))
    return lay_out(article_of(*paragraphs), Ledger(verdicts), width, reveal=False)


def column_of(page: Page, *placed: Placed, width: int = MIN_COLUMN, focused: Placed | None = None) -> Column:
    column = Column(Marginalia(page, Highlights(placed).all), width)
    column.focus(focused)
    return column


def text_of(beside: Beside) -> str:
    return "".join(piece.text for piece in beside)


def drawn(column: Column, lines: int) -> list[str]:
    return [text_of(column.line_at(line)).rstrip() for line in range(lines)]


spans = st.tuples(st.integers(0, 80), st.integers(1, 40)).map(lambda span: (span[0], span[0] + span[1]))
several = st.lists(spans, max_size=25).map(
    lambda found: [placed_at(*span, name=f"{number:03}") for number, span in enumerate(found)]
)

# Highlights by place


@given(several, spans)
def test_what_touches_a_span_is_found_in_the_order_of_the_text(
    placed: list[Placed], span: tuple[int, int]
) -> None:
    found = Highlights(placed).between(*span)

    assert {one.annotation.id for one in found} == {
        one.annotation.id for one in placed if one.start < span[1] and span[0] < one.end
    }
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_the_shortest_lies_on_top_and_of_equals_the_latest() -> None:
    long, early, late = placed_at(0, 20, name="C"), placed_at(5, 9, name="A"), placed_at(5, 9, name="B")

    assert top_last([late, long, early]) == [long, early, late]
    assert Highlights([late, long, early]).at(6) == late
    assert Highlights([late, long, early]).at(12) == long
    assert Highlights([late, long, early]).at(20) is None


def test_an_orphan_has_no_place() -> None:
    orphan = placed_at(0, 5, state=AnchorState.ORPHAN)

    assert Highlights([orphan]).all == ()


# Tags and notes as lines


def test_a_note_is_its_tags_and_its_words_in_lines_of_a_width() -> None:
    lines = note_lines(placed_at(0, 5, tags=("caucasus", "war/air-defence"), body=NOTE), 30)

    assert lines[:2] == ("#caucasus #war/air-defence", "Compare the ferries of the")
    assert all(cells_of(line) <= 30 for line in lines)


def test_a_bare_highlight_has_no_lines() -> None:
    assert note_lines(placed_at(0, 5), 30) == ()


def test_a_note_keeps_its_lines_and_loses_what_a_terminal_would_act_on() -> None:
    lines = note_lines(placed_at(0, 5, body="one\x1b]0;x\x07\ntwo\n"), 30)

    assert len(lines) == 2
    assert all(map(is_inert, lines))


# The column


def test_a_note_stands_beside_the_first_line_of_its_passage() -> None:
    page = page_of(LEAD, SECOND)
    start = page.text.index("forty")
    column = column_of(page, placed_at(start, start + 20, tags=("sea",), body="Who?"))
    line = page.line_of(start)

    assert drawn(column, line + 2)[line:] == ["y  #sea", "   Who?"]
    assert drawn(column, line) == [""] * line


def test_bare_highlights_of_one_line_share_a_line_of_letters() -> None:
    page = page_of(LEAD)
    column = column_of(page, placed_at(0, 3), placed_at(6, 9, name="B", color=Color.BLUE))

    assert text_of(column.line_at(1)).split() == ["y", "b"]


def test_notes_that_begin_on_one_line_stand_below_each_other() -> None:
    page = page_of(LEAD)
    first = placed_at(0, 3, name="A", body="First.")
    second = placed_at(6, 9, name="B", color=Color.GREEN, body="Second.")

    assert drawn(column_of(page, first, second), 4) == ["", "y  First.", "g  Second.", ""]


def test_a_note_without_room_before_the_next_says_that_it_goes_on() -> None:
    page = page_of(LEAD)
    column = column_of(page, placed_at(0, 3, body=NOTE), placed_at(6, 9, name="B", body="Second."))

    assert drawn(column, 3)[1:] == ["y  Compare the ferries …", "y  Second."]


def test_the_note_in_focus_is_shown_in_full_and_pushes_the_next_down() -> None:
    page = page_of(LEAD)
    long, short = placed_at(0, 3, body=NOTE), placed_at(6, 9, name="B", body="Second.")
    column = column_of(page, long, short, focused=long)
    full = len(note_lines(long, MIN_COLUMN - 3))

    assert "…" not in "".join(drawn(column, full + 1))
    assert drawn(column, full + 2)[full + 1] == "y  Second."


def test_a_long_note_ends_with_a_sign_until_it_is_in_focus() -> None:
    page = page_of(LEAD, SECOND, THIRD)
    long = placed_at(0, 3, body=NOTE * 5)

    assert drawn(column_of(page, long), 30)[MAX_LINES].endswith("…")
    assert len(list(filter(None, drawn(column_of(page, long, focused=long), 60)))) > MAX_LINES


def test_a_passage_that_is_folded_away_has_no_place_and_one_that_goes_on_has_its_next_line() -> None:
    page = page_of(LEAD, SECOND, THIRD, hidden=(1,))
    second, third = page.text.index(SECOND), page.text.index(THIRD)
    folded = placed_at(second, second + 10, name="A")
    goes_on = placed_at(second + 5, third + 5, name="B")
    marginalia = Marginalia(page, Highlights([folded, goes_on]).all)

    assert marginalia.beginning_at(page.line_of(third)) == [goes_on]
    assert [one for _, item in marginalia.items() for one in item] == [goes_on]


notes = st.tuples(
    spans, st.sampled_from(((), ("sea",), ("a", "b/c" * 9))), st.sampled_from(("", "Who?", NOTE, NOTE * 4))
)


@given(st.lists(notes, min_size=1, max_size=12), st.integers(24, 36), st.data())
def test_the_column_is_never_too_wide_and_shows_each_note_once_below_its_passage(
    found: list[tuple[tuple[int, int], tuple[str, ...], str]], width: int, draw: st.DataObject
) -> None:
    page = page_of(LEAD)
    placed = [
        placed_at(*span, name=f"{number:03}", tags=tags, body=body)
        for number, (span, tags, body) in enumerate(found)
    ]
    focused = draw.draw(st.sampled_from((None, *placed)))
    column = column_of(page, *placed, width=width, focused=focused)
    lines = [column.line_at(line) for line in range(300)]
    tops = {
        piece.placed.annotation.id: number
        for number, line in enumerate(lines)
        for piece in line
        if piece.part is Part.SIGN and piece.text.strip()
    }

    assert all(cells_of(text_of(line)) <= width for line in lines)
    assert set(tops) == {one.annotation.id for one in placed}
    assert all(tops[one.annotation.id] >= page.line_of(one.start) for one in placed)
    if focused is not None:
        shown = "".join(
            piece.text
            for line in lines
            for piece in line
            if piece.placed == focused and piece.part in {Part.TAG, Part.WORDS}
        )
        whole = "".join(note_lines(focused, width - 3))
        assert shown.replace(" ", "") == whole.replace(" ", "")
