"""The doors between the rooms: the app opens each of them, and no room knows another."""

from pathlib import Path

import pytest

from reader.tui.app import ReaderApp
from reader.tui.doors import Doors
from reader.tui.notes.screen import NotesScreen
from reader.tui.reading.screen import ReadingScreen
from reader.tui.room import Room
from reader.tui.search.screen import SearchScreen
from reader.tui.tags.screen import TagsScreen

from .builders import workspace_in
from .screens import opened

FILES = {"a.md": "# The ferry\n\nIt left at nine.\n", "b.md": "# The island\n\nNobody waited there.\n"}
OPENED_BY = {"show_notes": NotesScreen, "show_tags": TagsScreen, "search": SearchScreen}


@pytest.mark.parametrize(("name", "room"), OPENED_BY.items(), ids=OPENED_BY)
async def test_a_door_leads_to_its_room_and_the_way_back_to_where_one_was(
    tmp_path: Path, name: str, room: type[Room]
) -> None:
    async with opened(workspace_in(tmp_path, FILES)) as pilot:
        before = pilot.app.screen
        assert isinstance(before, Room)

        await getattr(before.doors, name)()
        entered = pilot.app.screen
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(entered, room)
        assert pilot.app.screen is before


async def test_an_article_is_entered_among_its_siblings(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    first, second = (summary.id for summary in workspace.summaries())
    app = ReaderApp(workspace, first)
    doors: Doors = app  # that it has all of them, the type checker proves
    async with app.run_test() as pilot:
        await doors.read(second, (first, second))
        await pilot.press("K")
        await pilot.pause()

        assert isinstance(app.screen, ReadingScreen)
        assert app.screen.article_id == first
