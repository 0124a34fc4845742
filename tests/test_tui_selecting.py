"""The keys while words are selected: motions, counts, and what is done with the selection."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.actions import Place, actions_in
from reader.tui.reading.screen import ReadingScreen
from tests.builders import LEAD, SECOND, THIRD
from tests.screens import lines, seen
from tests.test_tui_annotating import FERRY, NEXT, TITLE, focused, press, quotes, reading, stored

KEYS = sorted({action.keys[0] for action in actions_in(Place.SELECTING) if action.place is Place.SELECTING})


def selected(screen: ReadingScreen) -> str:
    start, end = screen.view.passage or (0, 0)
    assert screen.reading is not None
    return screen.reading.article.text[start:end]


def typed(keys: str) -> list[str]:
    """Name keys as they are pressed: "v 2 e" and "}" as Textual knows them."""
    names = {"}": NEXT, "{": "left_curly_bracket", ")": "right_parenthesis", "(": "left_parenthesis"}
    names |= {"$": "dollar_sign"}
    return [names.get(key, key) for key in keys.split()]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("v l l", "The"),
        ("v 2 l", "The"),
        ("v e", "The"),
        ("v 3 e", "The ferry left"),
        ("v 1 0 l", "The ferry l"),
        ("v e e h h", "The fer"),
        ("v )", LEAD),
        ("V", LEAD),
        ("V }", f"{LEAD}\n\n{SECOND}"),
        ("V w }", f"{LEAD}\n\n{SECOND}"),
        ("V 2 }", f"{LEAD}\n\n{SECOND}\n\n{THIRD}"),
        ("V } } { {", LEAD),
        ("V {", f"{TITLE}\n\n{LEAD}"),
        ("V j j", f"{LEAD}\n\n{SECOND}"),
        ("v G", f"{LEAD}\n\n{SECOND}\n\n{THIRD}"),
        ("v g", f"{TITLE}\n\nT"),
        ("v e escape", ""),
    ],
)
async def test_a_selection_grows_by_motions_and_counts(tmp_path: Path, keys: str, words: str) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed(keys))

        assert selected(screen) == words
        assert screen.view.is_selecting == (not keys.endswith("escape"))


async def test_a_nought_without_a_count_goes_to_the_beginning_of_the_line(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v $ v 0"))

        assert LEAD.startswith(selected(screen))
        assert len(selected(screen)) > 40


async def test_a_count_stands_in_the_footer_until_it_is_used(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        await press(pilot, "v", "1", "2")
        pending = lines(pilot)[-1]
        await press(pilot, "l")

        assert "12 …" in pending
        assert "…" not in lines(pilot)[-1]
        assert "words selected" in lines(pilot)[-1]


async def test_a_count_is_used_up_by_whatever_key_follows(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v 9 o e"))

        assert selected(screen) == "The"


async def test_the_ends_are_swapped_and_the_other_one_moves(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v e v e o"))
        before = selected(screen)
        await press(pilot, "l")

        assert (before, selected(screen)) == ("e ferry", "ferry")


async def test_v_begins_the_selection_anew(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v 2 e v e"))

        assert selected(screen) == "y left"


@pytest.mark.parametrize(
    ("keys", "color"), [("H", "yellow"), ("3 H", "blue"), ("enter", "yellow"), ("5 enter", "orange")]
)
async def test_a_selection_is_highlighted_in_the_colour_of_the_count(
    tmp_path: Path, keys: str, color: str
) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, *typed(f"v 2 e {keys}"))

        assert quotes(screen) == ["The ferry"]
        assert screen.place is Place.READING
    assert stored(workspace)[0]["color"] == color


async def test_a_colour_that_is_not_there_makes_no_highlight(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, *typed("v 2 e 7 H"))

        assert "5 colours" in seen(pilot)
        assert selected(screen) == "The ferry"
    assert stored(workspace) == []


async def test_a_selection_is_tagged(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, *typed("v 2 e t"), *"sea", "enter")

    assert [(one["target"]["exact"], one["tags"]) for one in stored(workspace)] == [("The ferry", ["sea"])]


async def test_a_selection_is_noted(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, workspace):
        await press(pilot, *typed("v 2 e a"), *"which one?", "escape")

    assert [(one["target"]["exact"], one["body"]) for one in stored(workspace)] == [
        ("The ferry", "which one?")
    ]


async def test_a_selection_is_copied_and_let_go(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v 2 e y"))

        assert pilot.app.clipboard == "The ferry"
        assert screen.view.passage is None
        assert not screen.view.has_caret


async def test_esc_ends_the_selection_and_only_then_leaves(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, "v", "e", "escape")
        stays = pilot.app.screen is screen
        await press(pilot, "escape")

        assert stays
        assert pilot.app.screen is not screen


async def test_help_shows_the_keys_of_the_selection(tmp_path: Path) -> None:
    async with reading(tmp_path, size=(80, 40)) as (_, pilot, _):
        await press(pilot, "v", "question_mark")

        assert "Go on at the other end" in seen(pilot)


async def test_the_ends_of_a_highlight_are_moved(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, *typed("v 2 e H E e"))
        asked = lines(pilot)[-1]
        await press(pilot, "enter")

        assert "sets these ends" in asked
        assert focused(screen).annotation.target.exact == "The ferry left"
        await press(pilot, "U")
        assert quotes(screen) == ["The ferry"]
    assert [one["target"]["exact"] for one in stored(workspace)] == ["The ferry"]


async def test_a_highlight_whose_end_was_moved_into_the_next_paragraph_keeps_the_focus(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v 2 e H E } l enter"))

        assert focused(screen).annotation.target.exact.startswith(LEAD)
        assert len(quotes(screen)) == 1


async def test_the_ends_of_a_highlight_stay_after_esc_and_the_next_passage_is_a_new_one(
    tmp_path: Path,
) -> None:
    async with reading(tmp_path) as (screen, pilot, _):
        await press(pilot, *typed("v 2 e H E e escape"))
        left = quotes(screen)
        await press(pilot, *typed("} H"))

        assert left == ["The ferry"]
        assert quotes(screen) == ["The ferry", SECOND]


async def test_ends_that_are_being_moved_are_not_moved_in_another_article(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await press(pilot, *typed("v 2 e H E"))
        screen.open_article(workspace.summaries()[1].id)
        await press(pilot, NEXT, "H")

        assert [one.annotation.target.exact for one in screen.placed] == [SECOND]
    assert len(stored(workspace)) == 2


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("text", ["\n", "One\n", FERRY])
async def test_no_key_fails_while_words_are_selected(tmp_path: Path, key: str, text: str) -> None:
    async with reading(tmp_path, text) as (screen, pilot, _):
        await press(pilot, "v", key, "escape", "escape")

        assert screen.reading is not None


async def click(pilot: Pilot[None], words: str, times: int) -> None:
    """Click on words of the page so many times."""
    row = next(number for number, line in enumerate(lines(pilot)) if words in line)
    await pilot.click(offset=(lines(pilot)[row].index(words) + 1, row), times=times)
    await pilot.pause()


async def test_two_clicks_select_a_word_which_is_highlighted(tmp_path: Path) -> None:
    async with reading(tmp_path) as (screen, pilot, workspace):
        await click(pilot, "harbour", 2)
        await press(pilot, "H")

        assert quotes(screen) == ["harbour"]
    assert stored(workspace)[0]["target"]["exact"] == "harbour"


async def test_two_clicks_between_the_lines_select_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path) as (_, pilot, _):
        row = next(number for number, line in enumerate(lines(pilot)) if "harbour" in line)
        blank = next(at for at in range(row, len(lines(pilot))) if not lines(pilot)[at].strip(" ▎▍│┃▌"))

        await pilot.click(offset=(10, blank), times=2)
        await press(pilot, "y")

        assert pilot.app.clipboard == ""


async def test_a_passage_of_a_revealed_block_is_highlighted(tmp_path: Path) -> None:
    text = (
        f"{FERRY}\nSign up to our newsletter\n\nSign up to our free weekly newsletter to get more stories.\n"
    )
    async with reading(tmp_path, text) as (screen, pilot, _):
        await press(pilot, *typed("x G V } H"))

        assert "newsletter" in quotes(screen)[0]
