"""The notes view: which cards stand there, how one finds and reaches them, and what changes them."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.containers import Vertical
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from reader.layout.cells import cells_of
from reader.passages import AnchorState, Annotation, Color, Placed, Target
from reader.tui.card_paint import MAX_NOTE, MAX_QUOTE, Kind, clipped, lay_card, state_in_words
from reader.tui.notes.cards import NoteCards
from reader.tui.notes.screen import NotesScreen
from reader.tui.prompts.note_editor import NoteEditor
from reader.tui.prompts.note_page import NotePage
from reader.tui.prompts.tag_prompt import TagPrompt
from reader.tui.reading.screen import ReadingScreen
from reader.tui.words import day_in_words
from reader.workspace import Workspace

from .builders import LEAD, SECOND, THIRD, workspace_in
from .screens import lines, opened, seen, settled

FILES = {
    "a.md": f"# The ferry\n\n{LEAD}\n\n{SECOND}\n",
    "b.md": f"# The island\n\n{THIRD}\n\n{SECOND}\n",
}
HARBOUR, FORTY, LIGHTHOUSE, QUAY = (
    "left the harbour",
    "forty passengers",
    "the lighthouse had been dark",
    "the quay",
)

WORDS = ("The", "ferry", "left", "harbour", "six", "morning", "hour", "late", "forty", "passengers")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Three annotations of the ferry, one of the island; made in another order than that of the text."""
    workspace = workspace_in(tmp_path, FILES)
    mark(workspace, "island", QUAY, color=Color.PINK, tags=("people",))
    mark(workspace, "ferry", LIGHTHOUSE, color=Color.BLUE, tags=("sea/lights",), body="Who was on duty?")
    mark(workspace, "ferry", HARBOUR, tags=("sea/harbours",))
    mark(workspace, "ferry", FORTY, body="Compare the crew list.\n\nIt is in the archive.")
    return workspace


def mark(
    workspace: Workspace,
    title: str,
    words: str,
    *,
    color: Color = Color.YELLOW,
    tags: tuple[str, ...] = (),
    body: str = "",
) -> None:
    article = workspace.desk.open(workspace.find(title).id).article
    start = article.text.index(words)
    workspace.notebook.annotate(article, (start, start + len(words)), color=color, tags=tags, body=body)


async def notes_in(pilot: Pilot[None], *keys: str) -> NotesScreen:
    """Open the notes view and press keys."""
    await pilot.press("A")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, NotesScreen)
    await pilot.press(*keys)
    await settled(pilot)
    return screen


def cards(pilot: Pilot[None]) -> NoteCards:
    return pilot.app.screen.query_one(NoteCards)


def quote(pilot: Pilot[None]) -> str:
    current = cards(pilot).current
    return current.annotation.target.exact if current else ""


def quotes(pilot: Pilot[None]) -> list[str]:
    """The quotes on the cards that are seen, from the top."""
    window = [cards(pilot).render_line(y).text for y in range(cards(pilot).size.height)]
    return re.findall("|".join((HARBOUR, FORTY, LIGHTHOUSE, QUAY)), "\n".join(window))


def is_seen_whole(screen: NotesScreen) -> bool:
    """Tell whether the window shows all lines of the card under the cursor."""
    cards = screen.query_one(NoteCards)
    assert cards.current is not None
    window = cards._lines[: cards.size.height]
    shown = [
        line for line in window if line.number == cards.cursor and line.kind not in {Kind.HEAD, Kind.BLANK}
    ]
    return len(shown) == cards._card(cards.cursor).height


def annotations(workspace: Workspace) -> dict[str, Annotation]:
    """What the files say now, by quote."""
    return {one.annotation.target.exact: one.annotation for one in workspace.notebook.all()}


def placed(exact: str = "words", body: str = "", **fields: object) -> Placed:
    annotation = Annotation("01A", Target(exact, "", "", 0, len(exact)), body=body)
    one = Placed(annotation, "id", "A title", "a.txt", AnchorState.EXACT, 0, len(exact))
    return one._replace(**fields)  # type: ignore[arg-type]  # names of its fields


# A card


@given(st.text(), st.text(), st.integers(4, 90), st.booleans())
def test_no_line_of_a_card_is_wider_than_it_may_be(
    exact: str, body: str, width: int, with_title: bool
) -> None:
    card = lay_card(placed(exact, body, title=body), width, with_title=with_title)

    written = [*card.quote, *card.note, card.facts, card.warning]
    assert max(map(cells_of, written)) <= width
    assert len(card.quote) <= MAX_QUOTE
    assert len(card.note) <= MAX_NOTE


@given(st.text(max_size=200), st.integers(4, 40), st.integers(1, 6))
def test_what_is_clipped_says_so_and_what_is_not_is_whole(text: str, width: int, most: int) -> None:
    whole = clipped(text, width, 1_000_000)

    lines = clipped(text, width, most)

    assert lines == whole if len(whole) <= most else lines[-1].endswith("…")


def test_a_quote_over_paragraphs_goes_on_in_one_line() -> None:
    assert lay_card(placed("one\n\n  two\tthree"), 40).quote == ("one two three",)


def test_blank_lines_of_a_note_take_no_room() -> None:
    assert lay_card(placed(body="one\n\n\ntwo"), 40).note == ("one", "two")


def test_active_characters_of_a_file_are_shown_and_not_sent() -> None:
    card = lay_card(placed("a\x1b[2Jb", "c\x07d", title="e\x9bf"), 40)

    assert (card.quote, card.note) == (("a␛[2Jb",), ("c␇d",))
    assert "\x9b" not in card.facts


def test_a_title_gives_way_to_tags_and_date() -> None:
    tagged = replace(placed().annotation, tags=("one", "two"), created="2025-01-21T12:00:00Z")

    wide = lay_card(placed(annotation=tagged, title="x" * 50), 60).facts
    narrow = lay_card(placed(annotation=tagged, title="x" * 50), 30).facts

    assert wide == "#one #two · " + "x" * 33 + "… · 21 Jan 2025"
    assert narrow == "#one #two · 21 Jan 2025"


def test_the_state_of_a_place_is_said_only_if_it_is_not_as_it_was() -> None:
    said = {state: state_in_words(placed(state=state)) for state in AnchorState}

    assert said[AnchorState.EXACT] == ""
    assert said[AnchorState.MOVED] == "moved"
    assert said[AnchorState.APPROXIMATE] == "approximate"
    assert said[AnchorState.ORPHAN] == "! orphan: not found in the article"
    assert state_in_words(placed(state=AnchorState.ORPHAN, article_id="")) == "! orphan: its article is gone"
    assert state_in_words(placed(writable=False)) == "! read only"


@pytest.mark.parametrize("moment", ["", "yesterday", "2025-13-40T00:00:00Z"])
def test_a_time_that_is_none_is_left_out(moment: str) -> None:
    assert day_in_words(moment) == ""


# What is shown


async def test_all_annotations_stand_there_by_article_and_place(workspace: Workspace) -> None:
    async with opened(workspace, size=(80, 40)) as pilot:
        await notes_in(pilot)
        shown = lines(pilot)

        assert quotes(pilot) == [HARBOUR, FORTY, LIGHTHOUSE, QUAY]
        assert [line.strip() for line in shown if line.strip() in {"The ferry", "The island"}] == [
            "The ferry",
            "The island",
        ]
        assert "Reading room › Notes" in shown[0]
        assert shown[0].endswith("2 highlights · 2 notes")
        assert "Compare the crew list." in seen(pilot)
        assert "#sea/harbours" in seen(pilot)


async def test_a_colour_is_told_by_its_letter_and_a_note_by_a_pencil(workspace: Workspace) -> None:
    async with opened(workspace, size=(80, 40)) as pilot:
        await notes_in(pilot)
        shown = lines(pilot)

        assert next(line for line in shown if QUAY in line).split()[:2] == ["p", "▌"]
        assert next(line for line in shown if "Who was on duty?" in line).split()[0] == "✎"


async def test_without_annotations_the_view_says_how_to_make_one(tmp_path: Path) -> None:
    async with opened(workspace_in(tmp_path, FILES)) as pilot:
        await notes_in(pilot, "j", "G", "space", "v", "V", "e", "t", "1", "d", "d", "y", "enter")

        assert "Nothing is highlighted yet." in seen(pilot)
        assert "H highlights" in seen(pilot)


async def test_sorted_by_date_the_newest_comes_first_with_its_title(workspace: Workspace) -> None:
    island = next((workspace.root / "annotations").glob("the-island*"))
    island.write_text(re.sub("created = .*", "created = 2030-01-01T12:00:00Z", island.read_text()))
    async with opened(workspace, size=(80, 40)) as pilot:
        await notes_in(pilot, "o")

        assert quotes(pilot)[0] == QUAY
        assert "The island · 1 Jan 2030" in seen(pilot)
        assert "newest first" in seen(pilot)


@pytest.mark.parametrize("size", [(40, 12), (20, 6), (100, 30)])
async def test_the_card_under_the_cursor_is_always_seen_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    workspace = workspace_in(tmp_path, FILES)
    for word in WORDS:
        mark(workspace, "ferry", word, body=f"About {word}. " * 3, tags=("x",))
    mark(workspace, "island", QUAY)
    async with opened(workspace, size=size) as pilot:
        screen = await notes_in(pilot)
        whole = []
        for key in ["j"] * 12 + ["k"] * 5 + ["space", "ctrl+d", "b", "ctrl+u", "G", "k", "g", "G", "b"]:
            await pilot.press(key)
            whole.append(is_seen_whole(screen))

        assert all(whole)


async def test_pages_go_down_and_up_again_over_all_cards(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    for word in WORDS:
        mark(workspace, "ferry", word, body=f"About {word}.")
    async with opened(workspace, size=(80, 14)) as pilot:
        await notes_in(pilot)
        places = [cards(pilot).cursor]
        for key in ["space"] * 6 + ["b"] * 6:
            await pilot.press(key)
            places.append(cards(pilot).cursor)

        assert places[:7] == sorted(places[:7])
        assert places[6] == 9
        assert places[-1] == 0


async def test_the_mouse_puts_the_cursor_and_the_wheel_scrolls(workspace: Workspace) -> None:
    async with opened(workspace, size=(60, 12)) as pilot:
        await notes_in(pilot)
        row = next(number for number, line in enumerate(lines(pilot)) if FORTY in line)
        await pilot.click(offset=(10, row))
        clicked = quote(pilot)
        await pilot._post_mouse_events([MouseScrollDown], NoteCards, (5, 5))
        await pilot.pause()

        assert clicked == FORTY
        assert cards(pilot).scroll_offset.y == 1


# The filter


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("DUTY", [LIGHTHOUSE]),
        ("island", [QUAY]),
        ("has:note crew", [FORTY]),
    ],
)
async def test_a_filter_looks_into_quote_note_tags_and_title(
    workspace: Workspace, query: str, found: list[str]
) -> None:
    async with opened(workspace, size=(80, 40)) as pilot:
        await notes_in(pilot, "slash", *("space" if letter == " " else letter for letter in query))
        prompt = lines(pilot)[-1]
        await pilot.press("enter")

        assert quotes(pilot) == found
        assert prompt.endswith(f"{len(found)} of 4")
        assert f"“{query}” {len(found)} of 4" in seen(pilot)


async def test_a_filter_that_finds_nothing_says_what_it_understands(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "slash", *"[b]zz", "enter")

        assert "Nothing here has “[b]zz”." in seen(pilot)
        assert "color:blue" in seen(pilot)


async def test_leaving_clears_the_filter_first_and_goes_back_then(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "slash", *"quay", "enter")
        await pilot.press("q")
        cleared = [quotes(pilot), pilot.app.screen]
        await pilot.press("q")

        assert cleared[0] == [HARBOUR, FORTY, LIGHTHOUSE, QUAY]
        assert isinstance(cleared[1], NotesScreen)
        assert not isinstance(pilot.app.screen, NotesScreen)


async def test_a_query_that_is_given_holds_until_the_view_is_left(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.app.push_screen(NotesScreen(workspace, "tag:sea"))
        await settled(pilot)
        given_first = quotes(pilot)
        await pilot.press("slash", *" dark", "enter", "q")
        again = quotes(pilot)
        await pilot.press("q")

        assert given_first == again == [HARBOUR, LIGHTHOUSE]
        assert not isinstance(pilot.app.screen, NotesScreen)


async def test_arrows_walk_through_what_is_found_while_typing(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "slash", *"tag:sea", "down")

        assert quote(pilot) == LIGHTHOUSE


async def test_a_line_keeps_the_keyboard_when_a_click_on_nothing_takes_it(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        screen = await notes_in(pilot, "slash", *"forty")
        screen.set_focus(None)
        await pilot.press("x", "escape")
        filtered = quotes(pilot)
        await pilot.press("e")
        pilot.app.screen.set_focus(None)
        await pilot.press("y", "escape")
        await settled(pilot)

        assert filtered == [HARBOUR, FORTY, LIGHTHOUSE, QUAY]
        assert screen.focused is None
        assert annotations(workspace)[HARBOUR].body == "y"


async def test_no_screen_scrolls_as_a_whole_however_small(workspace: Workspace) -> None:
    async with opened(workspace, size=(80, 3)) as pilot:
        for key in ("A", "number_sign"):
            await pilot.press(key, "slash", "x")
            await settled(pilot)

            assert not pilot.app.screen.show_vertical_scrollbar
            await pilot.press("escape")


# To the passage, and back


async def test_ctrl_o_goes_back_from_tags_and_from_notes(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        before = pilot.app.screen
        notes = await notes_in(pilot)
        await pilot.press("number_sign")
        await settled(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)
        there = pilot.app.screen
        await pilot.press("ctrl+o")
        await settled(pilot)

        assert there is notes
        assert pilot.app.screen is before


async def test_enter_goes_to_the_passage_and_back_to_the_same_card(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "slash", *"tag:sea", "enter", "j", "enter")
        await settled(pilot)
        reading = pilot.app.screen
        assert isinstance(reading, ReadingScreen)
        focused = reading.view.focused_annotation
        await pilot.press("ctrl+o")
        await settled(pilot)

        assert focused is not None
        assert focused.annotation.target.exact == LIGHTHOUSE
        assert isinstance(pilot.app.screen, NotesScreen)
        assert (quote(pilot), quotes(pilot)) == (LIGHTHOUSE, [HARBOUR, LIGHTHOUSE])


async def test_the_note_that_was_gone_to_is_in_focus_and_its_words_alone_flash(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "j", "enter")
        reading = pilot.app.screen
        assert isinstance(reading, ReadingScreen)
        page = reading.view.page
        assert page is not None
        focused, flash = reading.view.focused_annotation, page.text[slice(*reading.view._flash)]
        await pilot.press("5", "q")
        await settled(pilot)

        assert focused is not None
        assert focused.annotation.target.exact == flash == FORTY
        assert isinstance(pilot.app.screen, NotesScreen)
        current = cards(pilot).current
        assert current is not None
        assert current.annotation.color is Color.ORANGE


async def test_the_order_is_remembered(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "o")
        newest_first = quotes(pilot)
        await pilot.press("q")
        await notes_in(pilot)

        assert newest_first == quotes(pilot) == [FORTY, HARBOUR, LIGHTHOUSE, QUAY]


async def test_a_colour_that_is_half_typed_finds_notes(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "slash", *"color:bl")

        assert quotes(pilot) == [LIGHTHOUSE]


async def test_a_double_click_goes_to_the_passage_too(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot)
        row = next(number for number, line in enumerate(lines(pilot)) if QUAY in line)
        await pilot.click(offset=(10, row), times=2)
        await settled(pilot)

        assert isinstance(pilot.app.screen, ReadingScreen)


async def test_a_note_whose_article_is_gone_stays_and_is_shown_whole(workspace: Workspace) -> None:
    (workspace.root / "seeds" / "a.md").unlink()
    (workspace.root / "seeds" / "b.md").write_text(
        "# Else\n\nQuite other words stand here now, and no island.\n"
    )
    workspace.sync()
    async with opened(workspace, size=(80, 40)) as pilot:
        await notes_in(pilot, "slash", *"duty", "enter")
        card = seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        page, screen = seen(pilot), pilot.app.screen
        await pilot.press("q")

        assert "! orphan: its article is gone" in card
        assert "! 4 orphans" in card
        assert isinstance(screen, NotePage)
        assert all(
            words in page for words in ("“The ferry” is gone from seeds/a.md", LIGHTHOUSE, "Who was on duty?")
        )
        assert isinstance(pilot.app.screen, NotesScreen)


# Changing


async def test_a_note_is_edited_in_place_and_the_edit_undone(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "j", "j", "e")
        editor = pilot.app.screen
        await pilot.press(*" Ask!", "escape")
        await settled(pilot)
        edited, shown = annotations(workspace)[LIGHTHOUSE].body, seen(pilot)
        await pilot.press("U")

        assert isinstance(editor, NoteEditor)
        assert edited == "Who was on duty? Ask!"
        assert edited in shown
        assert annotations(workspace)[LIGHTHOUSE].body == "Who was on duty?"
        assert "Ask!" not in seen(pilot).replace("Ask!: ", "")


@pytest.mark.parametrize(("height", "key"), [(12, "e"), (18, "t"), (45, "e")])
async def test_the_card_stays_in_sight_above_what_one_types_into(
    workspace: Workspace, height: int, key: str
) -> None:
    async with opened(workspace, size=(80, height)) as pilot:
        screen = await notes_in(pilot, "G", key)
        covered = pilot.app.screen.query_one(Vertical).region.y
        bottom, whole = screen.query_one(NoteCards).region.bottom, is_seen_whole(screen)
        await pilot.press("escape")
        await settled(pilot)

        assert bottom <= covered
        assert whole
        assert "? help" in lines(pilot)[-1]


async def test_tags_are_added_to_all_that_are_picked_and_taken_from_them_at_once(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "v", "j", "v", "t")
        prompt = pilot.app.screen
        await pilot.press(*"night", "enter")
        await settled(pilot)
        tagged = annotations(workspace)
        await pilot.press("U")

        assert isinstance(prompt, TagPrompt)
        assert tagged[HARBOUR].tags == ("night", "sea/harbours")
        assert tagged[LIGHTHOUSE].tags == ("night", "sea/lights")
        assert tagged[FORTY].tags == ()
        assert annotations(workspace)[HARBOUR].tags == ("sea/harbours",)
        assert annotations(workspace)[LIGHTHOUSE].tags == ("sea/lights",)


async def test_only_common_tags_of_the_picked_can_be_taken_away(workspace: Workspace) -> None:
    mark(workspace, "island", "until noon", tags=("people", "time"))
    async with opened(workspace) as pilot:
        await notes_in(pilot, "slash", *"tag:people", "enter", "V", "t")
        await pilot.press("ctrl+u", *"later", "enter")
        await settled(pilot)

        assert annotations(workspace)[QUAY].tags == ("later",)
        assert annotations(workspace)["until noon"].tags == ("later", "time")


async def test_a_colour_is_given_to_all_that_are_shown_and_undone_at_once(workspace: Workspace) -> None:
    before = annotations(workspace)
    async with opened(workspace) as pilot:
        await notes_in(pilot, "V", "5")
        colors = {one.color for one in annotations(workspace).values()}
        said = seen(pilot)
        await pilot.press("U")

        assert colors == {Color.ORANGE}
        assert "4 picked" in said
        assert {quote: one.color for quote, one in annotations(workspace).items()} == {
            quote: one.color for quote, one in before.items()
        }


async def test_a_deleted_note_leaves_the_cursor_on_the_next(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "j", "d", "d")
        left, here = set(annotations(workspace)), quote(pilot)
        await pilot.press("U")
        await settled(pilot)

        assert left == {HARBOUR, LIGHTHOUSE, QUAY}
        assert here == LIGHTHOUSE
        assert quotes(pilot) == [HARBOUR, FORTY, LIGHTHOUSE, QUAY]


async def test_all_that_are_picked_are_deleted_at_once_and_come_back_at_once(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "V", "d", "d")
        left, said = dict(annotations(workspace)), seen(pilot)
        await pilot.press("U")
        await settled(pilot)

        assert not left
        assert "Nothing is highlighted yet." in said
        assert len(annotations(workspace)) == 4
        assert quotes(pilot) == [HARBOUR, FORTY, LIGHTHOUSE, QUAY]


async def test_what_is_picked_stays_so_under_a_filter_and_the_footer_tells(workspace: Workspace) -> None:
    async with opened(workspace, size=(100, 24)) as pilot:
        await notes_in(pilot, "v", "slash", *"quay", "enter", "v")
        footer = lines(pilot)[-1]
        await pilot.press("escape")
        let_go = lines(pilot)[-1]

        assert "2 picked, 1 not shown" in footer
        assert "picked" not in let_go
        assert "“quay” 1 of 4" in let_go


async def test_quote_and_note_are_copied(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot, "j", "j", "y")

        assert pilot.app.clipboard == f"{LIGHTHOUSE}\n\nWho was on duty?"


async def test_what_another_program_writes_is_shown_and_the_cursor_stays(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        screen = await notes_in(pilot, "j", "j")
        file = next((workspace.root / "annotations").glob("the-ferry*"))
        file.write_text(file.read_text().replace("Who was on duty?", "Nobody was."))
        screen._look()
        await settled(pilot)

        assert "Nobody was." in seen(pilot)
        assert quote(pilot) == LIGHTHOUSE


async def test_a_note_on_a_whole_article_stands_before_its_passages(workspace: Workspace) -> None:
    article = workspace.find("ferry").id
    workspace.notebook.note(article, "Who lit the lamps?")
    async with opened(workspace) as pilot:
        screen = await notes_in(pilot, "/", *"lamps", "enter")

        shown = seen(pilot)
        assert "✎ Who lit the lamps?" in shown
        assert "on the whole article" in shown
        assert "▌ y" not in shown
        assert "1 of " in shown
        await pilot.press("escape", "g")
        assert [one.is_of_article for one in cards(pilot).placed] == [True, False, False, False, False]
        await pilot.press("enter")
        await settled(pilot)
        assert pilot.app.screen is not screen
        assert "The ferry" in seen(pilot)


async def test_a_note_on_a_whole_article_is_edited_tagged_and_deleted_and_comes_back(
    workspace: Workspace,
) -> None:
    article = workspace.find("ferry").id
    workspace.notebook.note(article, "Who lit the lamps?")
    async with opened(workspace) as pilot:
        await notes_in(pilot, "/", *"lamps", "enter", "e")
        await pilot.press(*" And why?", "escape")
        await settled(pilot)
        edited = workspace.notebook.about(article).note
        await pilot.press("t")
        await settled(pilot)
        await pilot.press(*"light", "enter")
        await settled(pilot)
        tagged = workspace.notebook.about(article).tags
        await pilot.press("d", "d")
        await settled(pilot)
        deleted = workspace.notebook.about(article).note
        await pilot.press("U")
        await settled(pilot)

        assert (edited, tagged, deleted) == ("Who lit the lamps? And why?", ("light",), "")
        assert workspace.notebook.about(article).note == edited


async def test_a_note_on_a_whole_article_has_no_colour_and_is_not_picked_with_others(
    workspace: Workspace,
) -> None:
    workspace.notebook.note(workspace.find("ferry").id, "Who lit the lamps?")
    before = annotations(workspace)
    async with opened(workspace) as pilot:
        screen = await notes_in(pilot, "/", *"lamps", "enter", "3")
        uncoloured = seen(pilot)
        await pilot.press("v")
        await pilot.pause()
        unpicked = seen(pilot)
        await pilot.press("escape", "V")

        assert "has no colour" in uncoloured
        assert "changed by itself" in unpicked
        assert len(screen._changing.picked) == len(before)
    assert annotations(workspace) == before


async def test_a_note_in_a_damaged_file_is_shown_and_never_changed(workspace: Workspace) -> None:
    file = next((workspace.root / "annotations").glob("the-ferry*"))
    damaged = file.read_text() + '\n[[annotation]]\nid = "broken\n'
    file.write_text(damaged)
    async with opened(workspace, size=(100, 40)) as pilot:
        await notes_in(pilot, "d", "d")
        said = seen(pilot)
        await pilot.press("3")

        assert "! read only" in said
        assert file.name in "".join(said.split())
        assert file.read_text() == damaged


async def test_the_key_that_opens_the_view_shows_all_of_it_again(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        screen = await notes_in(pilot, "slash", *"quay", "enter", "A")

        assert pilot.app.screen is screen
        assert quotes(pilot) == [HARBOUR, FORTY, LIGHTHOUSE, QUAY]


async def test_the_view_looks_the_same_after_a_change_of_theme(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await notes_in(pilot)
        before = lines(pilot)[1:-2]
        await pilot.press("c", "c")
        await settled(pilot)

        assert lines(pilot)[1:-2] == before
