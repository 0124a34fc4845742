"""Near copies in the library, and two texts beside each other on the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from reader.adding.wishes import FileWish
from reader.differing import Sentence, compare
from reader.layout.cells import cells_of
from reader.tui.comparing.lines import MARGIN, WIDE, Piece, lines_of, widths
from reader.tui.comparing.screen import CompareScreen
from reader.tui.library.rows import LibraryList
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from tests.builders import LEAD, SECOND, THIRD, workspace_in
from tests.screens import lines, opened, seen, settled, until
from tests.test_copies import AGENCY, BREAD, FERRY, LONGER

AMONG = {"a.txt": AGENCY, "bread.txt": BREAD, "c.txt": FERRY, "d.txt": LONGER}
PAIR = {"a.txt": AGENCY, "d.txt": LONGER}


@asynccontextmanager
async def library(
    folder: Path, files: dict[str, str], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    workspace = workspace_in(folder, files)
    async with opened(workspace, size) as pilot:
        yield pilot
    workspace.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def test_near_copies_stand_below_the_first_of_them(tmp_path: Path) -> None:
    async with library(tmp_path, AMONG) as pilot:
        found = [line for line in lines(pilot) if "●" in line]

    assert [line[6:31].strip() for line in found] == [
        "Fog delays boat to island",
        "└ The ferry that came too",
        "└ Boat lost in fog",
        "Bread gets dearer",
    ]
    assert "≈ 2" in found[0]
    assert "≈ 92 %" in found[1]
    assert "≈" not in found[3]


async def test_they_do_so_in_a_list_without_files_and_in_each_order(tmp_path: Path) -> None:
    async with library(tmp_path, AMONG) as pilot:
        await press(pilot, "v", "o")
        found = [line[6:31].strip() for line in lines(pilot) if "●" in line]

    assert found == [
        "Boat lost in fog",
        "└ Fog delays boat to isla",
        "└ The ferry that came too",
        "Bread gets dearer",
    ]


async def test_the_same_text_in_two_files_is_a_copy_too(tmp_path: Path) -> None:
    async with library(tmp_path, {"a.txt": FERRY, "again.txt": FERRY}) as pilot:
        found = [line for line in lines(pilot) if "●" in line]

    assert "≈ 1" in found[0]
    assert "└ The ferry" in found[1]
    assert "≈ same" in found[1]


async def test_folded_copies_leave_a_mark_and_come_back_by_the_same_key(tmp_path: Path) -> None:
    async with library(tmp_path, AMONG) as pilot:
        await press(pilot, "j", "x")
        folded, header = [line for line in lines(pilot) if "●" in line], lines(pilot)[0]
        here = pilot.app.screen.query_one(LibraryList).current
        await press(pilot, "x")
        again = [line for line in lines(pilot) if "●" in line]

    assert len(folded) == 2
    assert "≈ +2" in folded[0]
    assert here is not None
    assert here.title == "Fog delays boat to island"
    assert "4 articles" in header
    assert len(again) == 4


async def test_what_is_folded_is_remembered_and_found_by_a_filter(tmp_path: Path) -> None:
    async with library(tmp_path, AMONG) as pilot:
        await press(pilot, "x")
        folded = pilot.app.screen.workspace.memory.preferences().folded  # type: ignore[attr-defined]
        await press(pilot, "slash", *"ferry", "enter")
        found = [line[6:40].strip() for line in lines(pilot) if "●" in line]

    assert folded
    assert [one.split("  ")[0] for one in found] == ["The ferry that came too late"]


async def test_the_footer_says_how_like_the_copies_are(tmp_path: Path) -> None:
    async with library(tmp_path, AMONG) as pilot:
        await press(pilot, "G", "k")
        copy = lines(pilot)[-1]
        await press(pilot, "j")
        other = lines(pilot)[-1]

    assert "2 near copies · 92" in copy
    assert "% in common" in copy
    assert "C compare" in copy
    assert "near cop" not in other


async def test_the_key_shows_the_sentences_that_differ_and_each_leads_to_its_article(tmp_path: Path) -> None:
    async with library(tmp_path, PAIR) as pilot:
        await press(pilot, "C")
        await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
        await settled(pilot)
        compared = seen(pilot)
        await press(pilot, "n", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingScreen))
        await settled(pilot)
        article = seen(pilot)
        await press(pilot, "ctrl+o")
        back = pilot.app.screen
        await press(pilot, "escape")
        home = pilot.app.screen

    assert "1/2" in compared
    assert "fifty passengers" in compared
    assert "… 2 sentences in common …" in compared
    assert SECOND.split(",")[0] not in compared
    assert "The harbour office said on Friday" in article
    assert "Boat lost in fog" in article
    assert isinstance(back, CompareScreen)
    assert isinstance(home, LibraryScreen)


@pytest.mark.parametrize(
    ("size", "beside"),
    [((120, 40), True), ((100, 30), True), ((99, 30), False), ((80, 24), False), ((40, 12), False)],
)
async def test_two_texts_stand_beside_each_other_where_there_is_room(
    tmp_path: Path, size: tuple[int, int], *, beside: bool
) -> None:
    async with library(tmp_path, PAIR, size) as pilot:
        await press(pilot, "C")
        await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
        await settled(pilot)
        names = [line for line in lines(pilot) if "Fog delays" in line or "Boat lost" in line]
        texts = [line for line in lines(pilot) if "cargo of oranges" in line or "oranges that nobody" in line]
        longest = max(map(len, lines(pilot)))

    assert len(names) == (1 if beside else 2)
    assert ("Boat lost" in names[0]) is beside
    assert any(line.count("oranges") == 2 for line in texts) is beside
    assert longest <= size[0]


async def test_of_several_copies_the_reader_chooses(tmp_path: Path) -> None:
    async with library(tmp_path, AMONG) as pilot:
        await press(pilot, "C")
        await until(pilot, lambda: "compare with" in seen(pilot))
        asked = seen(pilot)
        await press(pilot, *"ferry", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
        await settled(pilot)
        compared = seen(pilot)

    assert "% in common" in asked
    assert "The ferry that came too late" in compared
    assert "Boat lost" not in compared


async def test_who_has_no_copy_is_told_so(tmp_path: Path) -> None:
    async with library(tmp_path, {"bread.txt": BREAD}) as pilot:
        await press(pilot, "C")
        await until(pilot, lambda: "near copy" in seen(pilot))
        screen = pilot.app.screen

    assert isinstance(screen, LibraryScreen)


async def test_an_open_article_is_compared_with_the_version_before(tmp_path: Path) -> None:
    source = tmp_path / "boat.txt"
    workspace = workspace_in(tmp_path)
    for text in (AGENCY, AGENCY.replace("fifty", "sixty").replace(THIRD, "")):
        source.write_text(text, encoding="utf-8")
        workspace.adding.add([FileWish(source)], copy=True)
        workspace.sync()
    async with opened(workspace, (80, 24), workspace.summaries()[0].id) as pilot:
        await press(pilot, "C")
        await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
        await settled(pilot)
        compared = seen(pilot)
        await press(pilot, "G", "enter")
        told = seen(pilot)
    workspace.close()

    assert "the version before" in compared
    assert "1 sentence changed, 1 gone" in compared
    assert "only the version before has it" in told


async def test_nothing_of_a_hostile_text_reaches_the_terminal(tmp_path: Path) -> None:
    bad = LONGER.replace("oranges", "\x1b[31moranges\x1b]52;c;eA==\x07 [@click=app.quit]").replace(
        "Boat", "B[/]oat"
    )
    async with library(tmp_path, {"a.txt": AGENCY, "d.txt": bad}) as pilot:
        await press(pilot, "C")
        await until(pilot, lambda: isinstance(pilot.app.screen, CompareScreen))
        await settled(pilot)
        compared = seen(pilot)

    assert "\x1b" not in compared
    assert "[@click=app.quit]" in compared


# The lines


def sentence(text: str) -> Sentence:
    return Sentence(text, 0, len(text))


def pieces(text: str, other: str, width: int) -> list[Piece]:
    found = lines_of(compare([sentence(text)], [sentence(other)]), width)
    return [piece for line in found for piece in (line.first, line.second) if piece.words]


@given(st.text(min_size=1), st.text(min_size=1), st.integers(10, 200))
def test_no_line_is_wider_than_its_column(text: str, other: str, width: int) -> None:
    shared = widths(width)

    assert all(cells_of(piece.words) <= shared.text for piece in pieces(text, other, width))
    assert (shared.text + MARGIN) * (2 if shared.beside else 1) <= width


def test_marks_are_shared_out_over_the_lines() -> None:
    other = LEAD.replace("six in the morning", "seven in the evening")

    found = [piece for piece in pieces(LEAD, other, 40) if piece.marks]
    marked = [piece.words[start:end] for piece in found for start, end in piece.marks]

    assert marked == ["six", "morning", "seven", "evening"]


def test_only_a_wide_screen_has_both_texts_on_a_line() -> None:
    parts = compare([sentence(LEAD)], [sentence(LEAD.replace("forty", "fifty"))])

    assert all(line.second.words for line in lines_of(parts, WIDE))
    assert not any(line.second.words for line in lines_of(parts, WIDE - 1))
