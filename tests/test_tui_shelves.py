"""The shelves of the library, and the articles that are like one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.model import Summary
from reader.tui.library.rows import LibraryList
from reader.tui.library.shelves import ShelfLine
from reader.tui.prompts.picker import Picker
from reader.tui.reading.screen import ReadingScreen
from reader.workspace import Workspace

from .builders import LEAD, SECOND, THIRD, workspace_in
from .screens import lines, opened, seen, settled, until

FILES = {
    "a.md": f"# The ferry\n\n{LEAD}\n\n{SECOND}\n",
    "b.md": f"# The island\n\n{THIRD}\n\nA second fog came in the evening, and the fog stayed.\n",
    "c.md": "# Harbours\n\nNothing here is of the sea.\n",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Three articles, two shelves, and a note on the article that does not say its word."""
    made = workspace_in(tmp_path, FILES)
    made.searches.save("Fog", "fog")
    made.searches.save("Nowhere", "zeppelin")
    article = made.desk.open(made.find("harbours").id).article
    made.notebook.annotate(article, (0, 8), body="No fog here?")
    yield made
    made.close()


async def filled(pilot: Pilot[None]) -> None:
    await settled(pilot)
    await until(pilot, lambda: "Fog 3" in lines(pilot)[1])


def titles(pilot: Pilot[None]) -> list[str]:
    return [row.title for row in pilot.app.screen.query_one(LibraryList).rows if isinstance(row, Summary)]


async def test_shelves_stand_above_the_list_with_their_counts(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await filled(pilot)

        assert lines(pilot)[1].split() == ["≡", "All", "3", "≡", "Fog", "3", "≡", "Nowhere", "0"]


async def test_without_a_shelf_there_is_no_line(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    async with opened(workspace, (100, 30)) as pilot:
        assert not pilot.app.screen.query_one(ShelfLine).display
        assert workspace._index is None  # nobody searched
    workspace.close()


async def test_a_shelf_shows_its_articles_and_those_with_a_note_that_answers(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog -oranges")
    async with opened(workspace, (100, 30)) as pilot:
        await until(pilot, lambda: "Fog 2" in lines(pilot)[1])
        await pilot.press("tab")
        await settled(pilot)

        assert titles(pilot) == ["The island", "Harbours"]
        assert "“Fog” 2 of 3" in seen(pilot)


async def test_the_shelf_that_is_open_stands_out(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await filled(pilot)
        await pilot.press("tab")
        await settled(pilot)
        painted = pilot.app.screen.query_one(ShelfLine).render_line(0)
        ink = {one.text.strip(): one.style.color for one in painted if one.style}

        assert ink["≡ Fog"] not in {ink["≡ All"], ink["≡ Nowhere"]}
        assert ink["≡ All"] == ink["≡ Nowhere"]


async def test_escape_closes_the_shelf(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await filled(pilot)
        await pilot.press("tab", "tab")
        await settled(pilot)
        empty = titles(pilot)
        await pilot.press("escape")
        await settled(pilot)

        assert empty == []
        assert len(titles(pilot)) == 3


async def test_an_empty_shelf_says_so(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await filled(pilot)
        await pilot.press("less_than_sign")
        await settled(pilot)

        assert "No article has “Nowhere”." in seen(pilot)


async def test_a_filter_looks_within_the_shelf(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog -oranges")
    async with opened(workspace, (100, 30)) as pilot:
        await until(pilot, lambda: "Fog 2" in lines(pilot)[1])
        await pilot.press("tab", "slash", "e", "r", "enter")
        await settled(pilot)

        assert titles(pilot) == []


async def test_a_click_opens_a_shelf(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await filled(pilot)
        await pilot.click(offset=(lines(pilot)[1].index("Nowhere"), 1))
        await settled(pilot)

        assert titles(pilot) == []


async def test_a_shelf_that_was_deleted_is_gone_and_undo_brings_it_back(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await filled(pilot)
        workspace.searches.delete("Nowhere")
        await pilot.press("U")
        await settled(pilot)

        assert "Nowhere" in lines(pilot)[1]


async def test_related_articles_are_listed_and_read_from_the_library(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(pilot.app.screen, Picker))
        await pilot.press("enter")
        await settled(pilot)
        screen = pilot.app.screen

        assert isinstance(screen, ReadingScreen)
        assert screen.article_id != workspace.find("ferry").id


async def test_from_a_related_article_of_the_library_the_way_leads_back_to_it(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        library = pilot.app.screen
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(pilot.app.screen, Picker))
        await pilot.press("enter")
        await settled(pilot)
        related = pilot.app.screen
        await pilot.press("G", "ctrl+o", "ctrl+o")
        await settled(pilot)

        assert isinstance(related, ReadingScreen)
        assert pilot.app.screen is library


async def test_from_a_related_article_the_way_leads_back(workspace: Workspace) -> None:
    ferry = workspace.find("ferry").id
    async with opened(workspace, (100, 30), ferry) as pilot:
        await pilot.press("equals_sign")
        await until(pilot, lambda: isinstance(pilot.app.screen, Picker))
        await pilot.press("enter")
        await settled(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        related = screen.article_id
        await pilot.press("ctrl+o")
        await settled(pilot)

        assert related != ferry
        assert screen.article_id == ferry
