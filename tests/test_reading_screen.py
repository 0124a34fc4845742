"""The reading room: every action by its key, and what it leaves behind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot

from reader.actions import Place, actions_in
from reader.model import Status
from reader.passages import Choice
from reader.tui.chrome import PromptLine
from reader.tui.prompts.picker import Picker
from reader.tui.reading.jumps import Jump, JumpStack
from reader.tui.reading.page_view import BEGINNING
from reader.tui.reading.page_view import Place as PagePlace
from reader.tui.reading.screen import ReadingScreen
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, workspace_in
from tests.screens import lines, opened, seen, settled, until

FERRY = f"A ferry leaves late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
WHO = ("captain", "pilot", "cook", "mate", "stoker", "purser", "nurse", "piper", "baker", "clerk", "porter")
WHAT = ("counted the oranges", "watched the fog", "mended a lamp", "wrote a long letter", "slept until noon")
WHERE = (
    "below the bridge",
    "near the harbour wall",
    "in the cold galley",
    "by the lighthouse",
    "on the quay",
)
WHY = ("because nobody had asked", "as the old rules wanted", "while rain fell", "before the bell rang")


KEYS = {action.keys[0] for action in actions_in(Place.READING)}


def paragraph(number: int) -> str:
    """A paragraph that is like no other, so that cleaning takes none for a repetition."""
    turns = (number, number * 7 + 3, number * 5 + 1)
    sentences = (
        f"On day {turn}, the {WHO[turn % 11]} {WHAT[turn % 5]} {WHERE[turn // 5 % 5]} {WHY[turn // 3 % 4]}."
        for turn in turns
    )
    return f"Chapter and verse {number}: {' '.join(sentences)}"


def book(paragraphs: int) -> str:
    return "\n\n".join(("A long crossing", *map(paragraph, range(1, paragraphs)))) + "\n"


BOOK = book(60)
LINKED = (
    f"The timetable\n\n{LEAD}\n\n"
    f"See https://example.org/ferries and http://аpple.example/x before you go to the island.\n\n{SECOND}\n"
)


@asynccontextmanager
async def reading(
    folder: Path, text: str = FERRY, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[ReadingScreen, Pilot[None], Workspace]]:
    """Open an article that has a neighbour after it."""
    workspace = workspace_in(folder, {"a.txt": text, "b.txt": f"The next one\n\n{SECOND}\n\n{LEAD}\n"})
    first = workspace.summaries()[0].id
    async with opened(workspace, size, first) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        yield screen, pilot, workspace


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await settled(pilot)


def footer(pilot: Pilot[None]) -> str:
    return lines(pilot)[-1]


@pytest.mark.parametrize("place", [Place.READING, Place.SELECTING])
async def test_every_action_of_the_table_has_its_method(tmp_path: Path, place: Place) -> None:
    async with reading(tmp_path) as (screen, _, _):
        doers = (*(part for part in screen.parts if part.PLACE is place), screen)
        missing = [
            action.name
            for action in actions_in(place)
            if not any(hasattr(doer, f"action_{action.name}") for doer in doers)
        ]

        assert missing == []


async def test_the_page_shows_title_and_words_and_how_long_they_take(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        assert "A ferry leaves late" in lines(pilot)[0]
        assert "The ferry left the harbour" in seen(pilot)
        assert "? help" in footer(pilot)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (200, 60), (20, 5), (5, 2)])
async def test_the_room_stands_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(tmp_path, BOOK, size) as (screen, pilot, _):
        await press(pilot, "space", "right_curly_bracket", "G", "x", "backslash", "backslash")

        assert screen.view.page is not None
        assert len(lines(pilot)) == size[1]


@pytest.mark.parametrize(
    ("keys", "back"),
    [
        (("j", "j"), ("k", "k")),
        (("space",), ("b",)),
        (("ctrl+d",), ("ctrl+u",)),
        (("pagedown",), ("pageup",)),
        (("G",), ("g",)),
        (("G",), ("ctrl+o",)),
        (("m", "a", "G"), ("apostrophe", "a")),
    ],
)
async def test_keys_move_and_others_move_back(
    tmp_path: Path, keys: tuple[str, ...], back: tuple[str, ...]
) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, _):
        await press(pilot, *keys)
        moved = screen.view.place
        await press(pilot, *back)

        assert moved != BEGINNING
        assert screen.view.scroll_offset.y == 0


async def test_a_jump_back_can_be_taken_forward_again(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, _):
        await press(pilot, "G")
        end = screen.view.place
        await press(pilot, "ctrl+o", "alt+right")

        assert screen.view.place == end


async def test_the_neighbour_is_read_next_and_the_jump_stack_comes_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "J")
        after = lines(pilot)[0]
        await press(pilot, "ctrl+o")

        assert "The next one" in after
        assert "A ferry leaves late" in lines(pilot)[0]


async def test_a_hidden_block_is_shown_with_its_reason_and_brought_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "right_curly_bracket", "X")
        hidden = footer(pilot)
        folded = "The ferry left" not in seen(pilot)
        await press(pilot, "x")
        shown = seen(pilot)
        assert screen.reading is not None
        block = next(n for n, reason in enumerate(screen.reading.ledger.verdicts) if reason)
        screen.view.go_to(screen.reading.article.blocks[block].start)
        await press(pilot, "X")

        assert "1 block hidden · x to see" in hidden
        assert folded
        assert "┊" in shown
        assert "X brings it back" in shown
        assert workspace.desk.open(screen.article_id).ledger.hidden == 0


async def test_undo_brings_a_hidden_block_back(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "right_curly_bracket", "X", "U")

        assert screen.reading is not None
        assert screen.reading.ledger.hidden == 0
        assert "The ferry left" in seen(pilot)


async def test_the_source_is_shown_with_line_numbers_and_left_at_the_same_place(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, _):
        await press(pilot, "space", "space")
        place = screen.view.place
        await press(pilot, "backslash")
        source = seen(pilot)
        await press(pilot, "backslash")

        assert "Source ›" in source
        assert "17  Chapter and verse 8:" in source
        assert screen.view.place == place


async def test_a_phrase_is_found_counted_and_stepped_through(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, _):
        await press(pilot, "slash", *"chapter")
        typing = footer(pilot)
        await press(pilot, "enter", "n")
        second = footer(pilot)
        await press(pilot, "N", "N")
        last = footer(pilot)
        await press(pilot, "escape")

        assert "1 of 59" in typing
        assert "2 of 59" in second
        assert "59 of 59" in last
        assert screen.finder.phrase == ""
        assert "the end" in footer(pilot)


async def test_a_find_that_is_given_up_goes_back_to_where_it_began(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, _):
        await press(pilot, "slash", *"verse 59", "escape")

        assert screen.view.scroll_offset.y == 0
        assert "? help" in footer(pilot)


async def test_the_width_is_changed_and_remembered(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "minus", "minus")
        narrow = screen.view.page.width if screen.view.page else 0
        kept = workspace.memory.preferences().width
        await press(pilot, "0")

        assert (narrow, kept) == (64, 64)
        assert workspace.memory.preferences().width == 72


async def test_zen_leaves_the_words_alone(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "z")
        alone = seen(pilot)
        await press(pilot, "z")

        assert "Reading room" not in alone
        assert "help" not in alone
        assert "Reading room" in seen(pilot)


async def test_links_are_listed_with_their_real_host_and_copied(tmp_path: Path) -> None:
    async with reading(tmp_path, LINKED) as (_, pilot, _):
        await press(pilot, "f")
        listed = seen(pilot)
        await press(pilot, "y")

        assert "1 https://example.org/ferries" in listed
        assert "xn--pple-43d.example" in listed
        assert pilot.app.clipboard == "https://example.org/ferries"


async def test_a_link_is_listed_by_its_words_and_chosen_by_its_number(tmp_path: Path) -> None:
    links = " ".join(f"[the {word} log](https://quay.example/{word})" for word in "abcdefghijkl")
    workspace = workspace_in(tmp_path, {"logs.md": f"# Logs\n\n{LEAD}\n\n{links}\n"})
    async with opened(workspace, (80, 30), workspace.summaries()[0].id) as pilot:
        await press(pilot, "f")
        listed = seen(pilot)
        await press(pilot, "1", "2", "y")
        twelfth = pilot.app.clipboard
        await press(pilot, "f", "9", "9", "y")

        assert " 3 the c log" in listed
        assert "quay.example/c" in listed
        assert twelfth == "https://quay.example/l"
        assert pilot.app.clipboard == "https://quay.example/i"
    workspace.close()


async def test_a_link_within_the_article_is_followed_and_left_again(tmp_path: Path) -> None:
    words = "".join(f"On day {number}: {LEAD} {SECOND}\n\n" for number in range(20))
    text = f"# Boats\n\nSee [the slip](#the-old-slip).\n\n{words}## The old slip\n\n{THIRD}\n"
    workspace = workspace_in(tmp_path, {"boats.md": text})
    async with opened(workspace, (80, 30), workspace.summaries()[0].id) as pilot:
        await press(pilot, "f")
        listed = seen(pilot)
        await press(pilot, "enter")
        there = seen(pilot)
        await press(pilot, "ctrl+o")

        assert "1 the slip" in listed
        assert "The old slip" in there
        assert "See the slip" not in there
        assert "See the slip" in seen(pilot)
    workspace.close()


async def test_the_outline_is_narrowed_and_goes_there(tmp_path: Path) -> None:
    text = "# A ferry\n\n" + "".join(f"## Part {n}\n\n{LEAD} {SECOND}\n\n{THIRD}\n\n" for n in range(1, 9))
    async with reading(tmp_path, text) as (screen, pilot, _):
        await press(pilot, "tab")
        is_open = isinstance(pilot.app.screen, Picker)
        await press(pilot, *"part 7", "enter")

        assert is_open
        assert screen.reading is not None
        block = screen.reading.article.blocks[screen.view.focused_block]
        assert "Part 7" in screen.reading.article.text_of(block)


async def test_sections_are_walked_through(tmp_path: Path) -> None:
    text = "# A ferry\n\n" + "".join(f"## Part {n}\n\n{LEAD} {SECOND}\n\n{THIRD}\n\n" for n in range(1, 9))
    async with reading(tmp_path, text) as (screen, pilot, _):
        await press(pilot, *["greater_than_sign"] * 3, "less_than_sign")

        assert screen.reading is not None
        block = screen.reading.article.blocks[screen.view.focused_block]
        assert "Part 2" in screen.reading.article.text_of(block)


async def test_why_says_why(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "right_curly_bracket", "w")
        assert screen.reading is not None
        reason = workspace.desk.explain(screen.reading, screen.view.focused_block)

        assert reason[:30] in seen(pilot)


async def test_a_star_is_given_and_the_article_marked_as_read(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, workspace):
        await press(pilot, "asterisk", "r")

        assert workspace.notebook.starred() == {screen.article_id}
        assert workspace.memory.progress()[screen.article_id].status is Status.DONE
        assert "★" in lines(pilot)[0]


async def test_the_place_is_remembered_and_restored(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, workspace):
        await press(pilot, "space", "space")
        place, identity = screen.view.place, screen.article_id
        await press(pilot, "q")
    async with opened(workspace, article=identity) as pilot:
        again = pilot.app.screen

        assert isinstance(again, ReadingScreen)
        assert again.view.place.offset == place.offset
        assert workspace.memory.progress()[identity].status is Status.READING


async def test_an_article_is_done_when_it_was_read_to_its_end(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, workspace):
        while not screen.view.is_at_end:
            await press(pilot, "space")
        await press(pilot, "g", "q")

        assert workspace.memory.progress()[screen.article_id].status is Status.DONE


async def test_a_look_at_the_end_is_no_reading(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, workspace):
        await press(pilot, "G", "g", "q")

        assert workspace.memory.progress()[screen.article_id].status is not Status.DONE


async def test_an_article_that_was_only_opened_stays_unread(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, workspace):
        await press(pilot, "q")

        assert workspace.memory.progress()[screen.article_id].status is Status.NEW


async def test_an_article_that_is_marked_as_unread_stays_so(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, workspace):
        await press(pilot, "j", "r", "r", "q")

        assert workspace.memory.progress()[screen.article_id].status is Status.NEW


async def test_a_click_on_the_way_back_goes_to_the_library(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await pilot.click(offset=(3, 0))
        await settled(pilot)

        assert pilot.app.screen is not screen


async def test_a_mark_is_a_letter_or_a_digit(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, "m", "space")

        assert workspace.memory.marks(screen.article_id) == {}
        assert "letter or a digit" in seen(pilot)


async def test_lines_grow_no_wider_than_the_terminal(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, *["plus"] * 12)
        widest = workspace.memory.preferences().width
        await press(pilot, "minus")

        assert widest <= 80
        assert workspace.memory.preferences().width < 80


async def test_a_file_that_goes_away_leaves_its_words_on_the_screen(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        for file in (workspace.root / "seeds").iterdir():
            file.unlink()
        await press(pilot, "backslash")
        after_source = seen(pilot)
        await press(pilot, "J")

        assert "The ferry left" in after_source
        told = ("a.txt", "`reader list`")  # which one depends on whether the watch has seen it already
        assert any(words in after_source for words in told)
        assert "The ferry left" in seen(pilot)


async def test_a_large_article_is_shown_at_once_and_judged_behind(tmp_path: Path) -> None:
    async with reading(tmp_path, book(700)) as (screen, pilot, _):
        await until(pilot, lambda: screen.reading is not None and screen.reading.judged)
        await settled(pilot)

        assert "cleaning" not in footer(pilot)


async def test_a_selection_is_copied_and_cleared(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        screen.view.select(0, 7)
        await press(pilot, "ctrl+c")
        await press(pilot, "escape")

        assert pilot.app.clipboard == "A ferry"
        assert screen.view.selected_text == ""


async def test_a_choice_of_the_reader_is_kept_by_the_workspace(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, _, workspace):
        assert screen.reading is not None
        chosen = workspace.desk.choose(screen.reading, 1, Choice.HIDE)

        assert chosen.ledger.hidden == 1


async def test_ctrl_c_without_a_selection_says_how_to_leave(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "ctrl+c")

        assert "Q leaves the program" in seen(pilot)


async def test_esc_ends_half_a_sequence_before_it_clears_a_selection(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        screen.view.select(0, 7)
        await press(pilot, "m", "escape")
        kept = screen.view.selected_text
        await press(pilot, "escape")

        assert (kept, screen.view.selected_text) == ("A ferry", "")
        assert "mark this place" not in footer(pilot)


async def test_a_find_that_is_asked_for_twice_opens_one_prompt(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, _, _):
        await screen.parts.finding.action_find()
        await screen.parts.finding.action_find()

        assert len(screen.query(PromptLine)) == 1


async def test_what_is_typed_before_a_prompt_has_the_keyboard_is_not_lost(tmp_path: Path) -> None:
    async with reading(tmp_path, BOOK) as (screen, pilot, _):
        for key in ("slash", "v", "e", "r"):
            screen.post_message(Key(key, "/" if key == "slash" else key))
        await settled(pilot)

        assert screen.finder.phrase == "ver"


async def test_a_find_in_zen_leaves_the_words_alone_again(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "z", "slash", *"ferry", "enter")

        assert "help" not in footer(pilot)


async def test_a_long_sentence_is_read_to_its_end_and_a_longer_one_cut(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(40, 24)) as (screen, pilot, _):
        screen.toast("why it is hidden: " + "word " * 16 + "end")
        await pilot.pause()
        whole = lines(pilot)[-5:-1]
        screen.toast("word " * 100)
        await pilot.pause()
        cut = lines(pilot)[-5:-1]

        assert whole[-1].endswith("end")
        assert whole[-3].lstrip().startswith("why it is hidden")
        assert cut[-1].endswith("…")
        assert "word" not in cut[0]


async def test_a_section_behind_a_title_is_not_found_where_nothing_shows_it(tmp_path: Path) -> None:
    text = f"# A ferry leaves late | Island news\n\n{LEAD}\n\n{SECOND}\n"
    async with reading(tmp_path, text) as (screen, pilot, _):
        assert screen.reading is not None
        await press(pilot, "slash", *"island news")

        assert screen.reading.article.section == "Island news"
        assert "not found" in footer(pilot)
        assert "hidden" not in footer(pilot)


@pytest.mark.parametrize("key", sorted(KEYS - {"J"}))
async def test_no_key_fails_in_an_empty_article(tmp_path: Path, key: str) -> None:
    async with reading(tmp_path, "\n") as (screen, pilot, _):
        await press(pilot, *key.split(), "escape")

        assert screen.reading is not None
        assert screen.reading.article.blocks == ()


async def test_the_outline_closes_only_itself(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "tab")
        outline = pilot.app.screen
        for _ in range(2):
            outline.post_message(Key("tab", "\t"))
        await settled(pilot)

        assert isinstance(outline, Picker)
        assert pilot.app.screen is screen


def test_a_jump_forgets_what_was_ahead() -> None:
    stack = JumpStack()
    one, two, three = (Jump("a", PagePlace(offset)) for offset in (1, 2, 3))
    stack.push(one)
    back = stack.back(two)
    stack.push(three)

    assert back == one
    assert stack.forward(one) is None


async def test_an_article_that_cannot_be_read_leads_back_to_the_library(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    identity = workspace.summaries()[0].id
    (workspace.root / "seeds" / "a.txt").unlink()
    async with opened(workspace, article=identity) as pilot:
        await settled(pilot)

        assert not isinstance(pilot.app.screen, ReadingScreen)
        assert "a.txt" in seen(pilot)


def chapters(paragraphs: int) -> str:
    """A book of two chapters."""
    fog, ice = (
        "\n\n".join(map(paragraph, range(first, first + paragraphs))) for first in (1, paragraphs + 1)
    )
    return f"# A long crossing\n\n## Fog\n\n{fog}\n\n## Ice\n\n{ice}\n"


async def test_the_header_of_a_long_text_names_the_chapter_where_there_is_room(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {"book.md": chapters(70)})
    async with opened(workspace, (100, 24), workspace.find("crossing").id) as pilot:
        await settled(pilot)
        top = lines(pilot)[0]
        await pilot.press("greater_than_sign", "j")
        await settled(pilot)
        first = lines(pilot)[0]
        await pilot.press("G")
        await settled(pilot)
        last = lines(pilot)[0]
        await pilot.resize_terminal(30, 24)
        await settled(pilot)

        assert "Fog" not in top
        assert first.split()[-3] == "Fog"
        assert last.split()[-3:] == ["Ice", "100", "%"]
        assert "Ice" not in lines(pilot)[0]


async def test_the_header_of_a_short_text_names_no_chapter(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {"story.md": chapters(9)})
    async with opened(workspace, (100, 24), workspace.find("crossing").id) as pilot:
        await pilot.press("G")
        await settled(pilot)

        assert "Ice" not in lines(pilot)[0]
