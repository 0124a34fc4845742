import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from reader.config import Config, Fetch
from reader.tui.library.add_prompt import AddPrompt, Question
from reader.tui.library.rows import LibraryList
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in
from tests.pages import answer, serving
from tests.screens import opened, seen, settled, until

NEARBY = Config(fetch=Fetch(allow_private=True, timeout=20))
FERRY = f"A ferry that came too late\n\n{LEAD}\n\n{THIRD}\n"
ISLAND = f"An island in the fog\n\n{SECOND}\n\n{THIRD}\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in(tmp_path, {"ferry.txt": FERRY}, NEARBY)
    yield made
    made.close()


@pytest.fixture
def island(tmp_path: Path) -> Path:
    path = tmp_path / "an island (1).txt"
    path.write_text(ISLAND, encoding="utf-8")
    return path


async def paste(pilot: Pilot[None], text: str) -> None:
    """Let the terminal paste a text, as it does with a file that is dropped on it."""
    pilot.app.post_message(Paste(text))
    await settled(pilot)


def files(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in (workspace.root / "seeds").iterdir() if path.name[0] != ".")


async def test_a_dropped_file_is_offered_and_added_by_enter(workspace: Workspace, island: Path) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, f"'{island}'")
        offered = seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "An island in the fog" in seen(pilot))
        await settled(pilot)

        assert f"Adds, as a link, the file {island}" in " ".join(offered.split())
        assert (workspace.root / "seeds" / island.name).readlink() == island


async def test_a_file_is_offered_where_the_current_folder_is_gone(
    workspace: Workspace, island: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, f"'{island}'")

        assert f"Adds, as a link, the file {island}" in " ".join(seen(pilot).split())


async def test_of_a_folder_only_that_is_told_which_happened(workspace: Workspace, island: Path) -> None:
    folder = island.parent / "saved"
    folder.mkdir()
    island.rename(folder / island.name)
    (folder / "photo.bin").write_bytes(b"\0\1\2")
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(folder))
        await pilot.press("enter")
        await until(pilot, lambda: "added" in seen(pilot))

        assert "1 article added · 1 left out: no text" in seen(pilot)
        assert "failed" not in seen(pilot)


async def test_the_cursor_goes_to_what_was_added(workspace: Workspace, island: Path) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        shelf = pilot.app.screen.query_one(LibraryList)
        before = shelf.current
        await paste(pilot, str(island))
        await pilot.press("enter")
        await until(pilot, lambda: "An island in the fog" in seen(pilot))
        await settled(pilot)

        assert before is not None
        assert before.title == "A ferry that came too late"
        assert shelf.current is not None
        assert shelf.current.title == "An island in the fog"


async def test_what_came_of_adding_stays_said_when_the_library_has_read_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "good.txt").write_text(ISLAND, encoding="utf-8")
    (folder / "bad.txt").write_bytes(bytes(range(256)) * 8)
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(folder))
        await pilot.press("enter")
        await until(pilot, lambda: "An island in the fog" in seen(pilot))
        await settled(pilot)

        assert "bad.txt" in seen(pilot)
        assert "1 new article" not in seen(pilot)


async def test_all_that_could_not_be_added_is_listed_until_it_was_looked_at(
    workspace: Workspace, tmp_path: Path
) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "feed.xml").write_text("<rss><channel><title>x</title></channel></rss>", encoding="utf-8")
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(folder))
        await pilot.press("enter")
        await until(pilot, lambda: "! lists what failed" in " ".join(seen(pilot).split()))
        await settled(pilot)
        told = seen(pilot)
        await pilot.press("exclamation_mark")
        await settled(pilot)
        listed = seen(pilot)
        await pilot.press("escape")
        await settled(pilot)

        assert "2 problems" in told
        assert "there is nothing to read in it" in listed
        assert "not an article: a feed" in listed
        assert "problem" not in seen(pilot)


async def test_a_near_copy_that_is_added_is_told_to_be_one(tmp_path: Path) -> None:
    story = f"{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
    workspace = workspace_in(tmp_path, {"ferry.txt": f"A ferry that came too late\n\n{story}"})
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, f"A boat in the fog\n\n{story.replace('forty', 'fifty')}")
        await pilot.press("enter")
        await until(pilot, lambda: "nearly the same as “A ferry that came too late”" in seen(pilot))
    workspace.close()


async def test_the_keys_of_adding_are_told_and_clicked(workspace: Workspace, island: Path) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(island))
        offered = seen(pilot)
        where = next(line for line in offered.splitlines() if "Tab copies it instead" in line)
        await pilot.click(offset=(where.index("Tab"), offered.splitlines().index(where)))
        await pilot.pause()
        copying = seen(pilot)
        await pilot.click(offset=(2, 29))
        await until(pilot, lambda: island.name in files(workspace))
        await settled(pilot)

        assert "Enter adds it" in offered
        assert "Tab links to it instead" in copying
        assert not (workspace.root / "seeds" / island.name).is_symlink()


async def test_tab_makes_it_a_copy(workspace: Workspace, island: Path) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(island))
        await pilot.press("tab", "enter")
        await until(pilot, lambda: island.name in files(workspace))
        await settled(pilot)

        assert not (workspace.root / "seeds" / island.name).is_symlink()


async def test_a_pasted_text_is_kept_as_a_file(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, ISLAND)
        offered = seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "An-island-in-the-fog.txt" in files(workspace))
        await settled(pilot)

        assert "Keeps the text" in offered
        assert "An island in the fog" in seen(pilot)


async def test_escape_adds_nothing(workspace: Workspace, island: Path) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(island))
        await pilot.press("escape")
        await settled(pilot)

        assert not isinstance(pilot.app.screen, AddPrompt)
        assert files(workspace) == ["ferry.txt"]


async def test_a_path_is_typed_after_a_key_and_what_is_not_there_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "i.txt").write_text(ISLAND, encoding="utf-8")
    async with opened(workspace, (140, 30)) as pilot:
        await pilot.press("plus", *str(tmp_path), "slash")
        await pilot.press("x", "enter")
        await settled(pilot)
        wrong = seen(pilot)
        await pilot.press("backspace", "i", "full_stop", "t", "x", "t", "enter")
        await until(pilot, lambda: "i.txt" in files(workspace))
        await settled(pilot)

        assert "Nothing of that name is there" in wrong


async def test_a_pasted_address_is_fetched_only_after_enter(workspace: Workspace) -> None:
    with serving({"/story": answer(ISLAND, "Content-Type: text/plain")}) as server:
        async with opened(workspace, (100, 30)) as pilot:
            await paste(pilot, server.url("/story"))
            asked_before = list(server.requests)
            await pilot.press("enter")
            await until(pilot, lambda: "An island in the fog" in seen(pilot))
            await settled(pilot)

    assert asked_before == []
    assert (workspace.root / "seeds" / "127.0.0.1" / "story.txt").exists()


async def test_a_page_that_does_not_come_is_told_with_the_reason(workspace: Workspace) -> None:
    with serving({}) as server:
        async with opened(workspace, (140, 30)) as pilot:
            await paste(pilot, server.url("/gone"))
            await pilot.press("enter")
            await until(pilot, lambda: "404 Not Found" in seen(pilot))

    assert files(workspace) == ["ferry.txt"]


async def test_escape_gives_up_a_page_that_keeps_us_waiting(workspace: Workspace) -> None:
    def slow(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x")
            time.sleep(0.05)

    with serving({"/slow": slow}) as server:
        async with opened(workspace, (140, 30)) as pilot:
            await paste(pilot, server.url("/slow"))
            await pilot.press("enter")
            await until(pilot, lambda: "Esc stops" in seen(pilot) and bool(server.requests))
            await pilot.press("escape")
            await until(pilot, lambda: "given up" in seen(pilot))

    assert files(workspace) == ["ferry.txt"]


async def test_a_file_of_the_reader_is_removed_after_a_question_and_comes_back_by_undo(
    workspace: Workspace,
) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await pilot.press("d", "d")
        await settled(pilot)
        asked = isinstance(pilot.app.screen, Question) and "was put there by you" in seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: files(workspace) == [])
        await settled(pilot)
        await pilot.press("U")
        await until(pilot, lambda: "A ferry that came too late" in seen(pilot))

        assert asked
        assert files(workspace) == ["ferry.txt"]


async def test_a_file_that_was_added_is_removed_without_a_question(
    workspace: Workspace, island: Path
) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await paste(pilot, str(island))
        await pilot.press("enter")
        await until(pilot, lambda: "An island" in seen(pilot))
        await settled(pilot)
        await pilot.press("g", "d", "d")
        await until(pilot, lambda: files(workspace) == ["ferry.txt"])
        await settled(pilot)

        assert "brings it back" in seen(pilot)
        assert island.exists()


async def test_a_file_that_was_removed_lies_in_the_trash_too_and_comes_back(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await pilot.press("d", "d")
        await settled(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: files(workspace) == [])
        await settled(pilot)
        await pilot.press("D")
        await settled(pilot)
        offered = seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "A ferry that came too late" in seen(pilot))

        assert "ferry.txt" in offered
        assert files(workspace) == ["ferry.txt"]


async def test_nothing_is_added_while_files_are_open_in_place(tmp_path: Path, island: Path) -> None:
    room = workspace_in(tmp_path / "room")
    room.close()
    in_place = Workspace(room.root, places_in(tmp_path), Config(), (island,))
    in_place.sync()
    async with opened(in_place, (100, 30)) as pilot:
        await paste(pilot, str(island))

        assert "open in place" in seen(pilot)
    in_place.close()


async def test_what_is_pasted_cannot_reach_the_terminal(workspace: Workspace, tmp_path: Path) -> None:
    odd = tmp_path / "odd\x1b]0;title\x07.txt"
    odd.write_text(ISLAND, encoding="utf-8")
    async with opened(workspace, (140, 30)) as pilot:
        await paste(pilot, f"'{odd}'")
        offered = seen(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: len(files(workspace)) == 2)
        await settled(pilot)

        assert "\x1b" not in offered
        assert all(name.isprintable() for name in files(workspace))
