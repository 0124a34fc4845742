import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from reader.annotations.reading import list_files
from reader.config import Config
from reader.library import list_sources
from reader.stamps import SETTLED
from reader.tui.library.screen import LibraryScreen
from reader.tui.reading.screen import ReadingScreen
from reader.watching import AT_ONCE, TURNS, Watch
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in
from tests.screens import lines, opened, seen, settled, until

FERRY = f"A ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
ISLAND = f"An island in the fog\n\n{SECOND}\n\n{THIRD}\n"
LONG_AGO = 1_000_000_000  # nanoseconds
LONG = "A book of waves\n\n" + "\n\n".join(f"Wave number {n} came in from the sea. {LEAD}" for n in range(60))
LONGER = LONG.replace("A book of waves", f"A book of waves\n\n{THIRD}\n\n{SECOND}")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in(tmp_path, {"b-ferry.txt": FERRY, "c-waves.txt": LONG})
    yield made
    made.close()


def seed(workspace: Workspace, name: str, text: str) -> Path:
    path = workspace.root / "seeds" / name
    path.write_text(text, encoding="utf-8")
    return path


def titles(workspace: Workspace) -> list[str]:
    return [one.title for one in workspace.summaries()]


# Looking


def test_there_is_no_news_while_nothing_happens(workspace: Workspace) -> None:
    assert [workspace.has_news(), workspace.has_news()] == [False, False]


def test_a_new_file_is_news_once_it_rests_from_one_look_to_the_next(workspace: Workspace) -> None:
    workspace.has_news()
    seed(workspace, "island.txt", ISLAND)

    assert [workspace.has_news(), workspace.has_news()] == [False, True]


def test_a_file_that_is_still_being_written_is_not_read_half(workspace: Workspace) -> None:
    workspace.has_news()
    seed(workspace, "whole.txt", ISLAND)
    workspace.has_news()
    seed(workspace, "half.txt", ISLAND[:60])
    news = workspace.has_news()
    workspace.sync(at_rest=True)
    while_writing = titles(workspace)
    seed(workspace, "half.txt", FERRY.replace("ferry", "boat"))
    still = workspace.has_news()
    done = workspace.has_news()
    workspace.sync(at_rest=True)

    assert (news, still, done) == (True, False, True)
    assert "An island in the fog" in while_writing
    assert len(while_writing) == 3
    assert "A boat that came too late" in titles(workspace)


def test_a_file_that_is_gone_for_a_moment_is_no_news(workspace: Workspace) -> None:
    workspace.has_news()
    path = workspace.root / "seeds" / "b-ferry.txt"
    path.rename(path.with_suffix(".moved"))
    gone = workspace.has_news()
    path.with_suffix(".moved").rename(path)

    assert (gone, workspace.has_news(), workspace.has_news()) == (False, False, False)


def test_a_file_that_stays_away_is_news(workspace: Workspace) -> None:
    workspace.has_news()
    (workspace.root / "seeds" / "b-ferry.txt").unlink()

    assert [workspace.has_news(), workspace.has_news()] == [False, True]


def test_news_that_another_program_read_is_none_any_more(workspace: Workspace, tmp_path: Path) -> None:
    workspace.has_news()
    seed(workspace, "island.txt", ISLAND)
    workspace.has_news()
    with closing(Workspace(workspace.root, places_in(tmp_path), Config())) as other:
        other.sync()

    assert not workspace.has_news()


# Looking at a folder without asking each file


def watch_of(seeds: Path, clock: Callable[[], int] = time.time_ns) -> Watch:
    return Watch(partial(list_sources, (seeds,), seeds.parent), clock)


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    (tmp_path / "seeds" / "sea").mkdir(parents=True)
    for number in range(AT_ONCE + 200):
        (tmp_path / "seeds" / f"{number:04}.txt").write_bytes(b"a")
    made = watch_of(tmp_path / "seeds")
    made.look()
    return made


def test_names_that_come_and_go_are_told_at_the_next_look(watch: Watch, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    (seeds / "sea" / "new.txt").write_bytes(b"a")
    (seeds / "0001.txt").unlink()
    (seeds / "0002.txt").rename(seeds / "0003.txt")

    names = {"sea/new.txt", "0001.txt", "0002.txt", "0003.txt"}
    assert watch.look() == {f"seeds/{name}" for name in names}
    assert watch.look() == set()


def test_each_file_that_is_written_in_place_is_told_within_a_few_looks(watch: Watch, tmp_path: Path) -> None:
    written = {f"{number:04}.txt" for number in range(0, AT_ONCE + 200, 50)}
    for name in written:
        (tmp_path / "seeds" / name).write_bytes(b"more")

    told = [watch.look() for _ in range(TURNS)]
    assert frozenset().union(*told) == {f"seeds/{name}" for name in written}


def test_what_changed_is_asked_again_at_the_next_look(watch: Watch, tmp_path: Path) -> None:
    file = tmp_path / "seeds" / "0007.txt"
    told = []
    for number in range(2, 9):
        file.write_bytes(b"a" * number)
        told.append(bool(watch.look()))

    assert told[told.index(True) :] == [True] * (len(told) - told.index(True))


def test_a_linked_file_that_is_out_of_reach_for_a_while_is_told_when_it_is_back(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "far.txt").write_bytes(b"a")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "far.txt").symlink_to(tmp_path / "disk" / "far.txt")
    watch = watch_of(tmp_path / "seeds")
    watch.look()
    (tmp_path / "disk").rename(tmp_path / "away")
    gone = watch.look()
    (tmp_path / "seeds" / "near.txt").write_bytes(b"b")
    watch.look()
    (tmp_path / "away").rename(tmp_path / "disk")

    assert gone == watch.look() == {"seeds/far.txt"}


def test_a_folder_that_is_made_later_is_told(tmp_path: Path) -> None:
    watch = watch_of(tmp_path / "seeds")
    watch.look()
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "new.txt").write_bytes(b"a")

    assert watch.look() == {"seeds/new.txt"}


def test_a_name_that_leaves_no_trace_in_its_folder_is_told_when_the_folder_is_settled(tmp_path: Path) -> None:
    now = [1]
    (tmp_path / "seeds").mkdir()
    os.utime(tmp_path / "seeds", ns=(1, 1))
    watch = watch_of(tmp_path / "seeds", clock=lambda: now[0])
    watch.look()
    (tmp_path / "seeds" / "new.txt").write_bytes(b"a")
    os.utime(tmp_path / "seeds", ns=(1, 1))

    before = watch.look()
    now[0] += SETTLED

    assert (*before, *watch.look()) == ("seeds/new.txt",)


# The user's own files


def settle(folder: Path) -> None:
    """Let a folder look as if nothing had been changed in it for long."""
    os.utime(folder, ns=(LONG_AGO, LONG_AGO))


@pytest.fixture
def notes(tmp_path: Path) -> Watch:
    for number in range(AT_ONCE + 100):
        (tmp_path / f"{number:03}.toml").write_bytes(b"# 1")
    (tmp_path / ".hidden.toml").write_bytes(b"# 1")
    (tmp_path / "README.md").write_bytes(b"# 1")
    settle(tmp_path)
    made = Watch(partial(list_files, tmp_path))
    made.look()
    return made


def test_of_a_folder_of_notes_the_users_files_are_watched(notes: Watch) -> None:
    assert list(notes.stamps.keys() & {"000.toml", ".hidden.toml", "README.md"}) == ["000.toml"]
    assert not any(notes.look() for _ in range(TURNS + 1))


@pytest.mark.parametrize("name", ["000.toml", f"{AT_ONCE + 99:03}.toml"])
def test_notes_that_are_written_in_place_are_told_within_a_few_looks(
    notes: Watch, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"# 22")
    settle(tmp_path)

    told = [one for _ in range(TURNS) for one in notes.look()]
    assert told == [name]
    assert notes.stamps[name].size == 4


def test_who_looks_more_often_may_ask_fewer_files_at_a_time(notes: Watch, tmp_path: Path) -> None:
    notes.look(0.1)  # at those that just came
    for number in range(AT_ONCE + 100):
        (tmp_path / f"{number:03}.toml").write_bytes(b"# 22")
    settle(tmp_path)

    assert [len(notes.look(0.1)) for _ in range(3)] == [AT_ONCE // 10] * 3


def test_notes_that_come_or_go_are_told_at_once(notes: Watch, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_bytes(b"")
    came = notes.look()
    settle(tmp_path)
    notes.look()
    (tmp_path / "new.toml").unlink()

    assert came == notes.look() == {"new.toml"}


def test_a_folder_of_notes_that_is_made_later_is_told(tmp_path: Path) -> None:
    watch = Watch(partial(list_files, tmp_path / "annotations"))
    before = watch.look()
    (tmp_path / "annotations").mkdir()
    (tmp_path / "annotations" / "new.toml").write_bytes(b"")

    assert not before
    assert watch.look() == {"new.toml"}


# A running program


async def test_a_new_file_appears_and_the_cursor_stays(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("j")
        seed(workspace, "a-island.txt", ISLAND)

        await until(pilot, lambda: "An island" in seen(pilot))
        await settled(pilot)

        (here,) = [line for line in lines(pilot) if line.startswith("▌")]
        assert "A book of waves" in here


async def test_nobody_looks_for_news_while_news_are_read(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        await until(pilot, lambda: screen.watching.may_look)
        seed(workspace, "a-island.txt", ISLAND)
        screen.on_news_found()
        while_read = screen.watching.may_look
        await settled(pilot)

        await until(pilot, lambda: screen.watching.may_look)
        assert not while_read


async def test_an_edited_file_keeps_the_cursor_on_what_it_became(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("j")
        seed(workspace, "c-waves.txt", LONG.replace("A book of waves", "A book of tides"))

        await until(pilot, lambda: "A book of tides" in seen(pilot))
        await settled(pilot)

        (here,) = [line for line in lines(pilot) if line.startswith("▌")]
        assert "A book of tides" in here


async def test_a_file_that_is_deleted_disappears(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        (workspace.root / "seeds" / "b-ferry.txt").unlink()

        await until(pilot, lambda: "A ferry" not in seen(pilot))

        assert "A book of waves" in seen(pilot)


async def test_an_open_article_goes_on_at_the_same_words_when_its_file_is_edited(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("j", "enter", "space", "space", "space")
        await settled(pilot)
        before = next(line.strip() for line in lines(pilot) if "Wave number" in line)
        seed(
            workspace,
            "c-waves.txt",
            LONGER,
        )

        await until(pilot, lambda: "this is the new text" in seen(pilot))
        await settled(pilot)

        screen = pilot.app.screen
        assert isinstance(screen, ReadingScreen)
        assert screen.reading is not None
        assert THIRD in screen.reading.article.text
        assert before in seen(pilot)


async def test_an_open_article_whose_file_is_deleted_stays_until_it_is_left(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        (workspace.root / "seeds" / "b-ferry.txt").unlink()

        await until(pilot, lambda: "its file is gone" in seen(pilot))
        text = seen(pilot)
        await pilot.press("q")
        await settled(pilot)

        assert "The ferry left the harbour" in text
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert "A book of waves" in seen(pilot)


async def test_a_file_that_is_read_alone_is_shown_anew_when_it_is_saved_again(tmp_path: Path) -> None:
    file = tmp_path / "waves.txt"
    file.write_text(LONG, encoding="utf-8")
    with closing(Workspace(tmp_path / "room", places_in(tmp_path), Config(), (file,))) as alone:
        alone.sync()
        (summary,) = alone.summaries()
        async with opened(alone, article=summary.id) as pilot:
            await pilot.press("space", "space", "space")
            await settled(pilot)
            before = next(line.strip() for line in lines(pilot) if "Wave number" in line)
            saved = file.with_suffix(".new")  # as editors do that save with care
            saved.write_text(LONGER, encoding="utf-8")
            saved.replace(file)

            await until(pilot, lambda: "this is the new text" in seen(pilot))
            await settled(pilot)

            screen = pilot.app.screen
            assert isinstance(screen, ReadingScreen)
            assert screen.reading is not None
            assert THIRD in screen.reading.article.text
            assert before in seen(pilot)


async def test_below_an_article_that_came_first_the_library_follows_the_files(workspace: Workspace) -> None:
    (ferry, _) = workspace.summaries()
    async with opened(workspace, article=ferry.id) as pilot:
        await pilot.press("q")
        await settled(pilot)
        seed(workspace, "a-island.txt", ISLAND)

        await until(pilot, lambda: "An island" in seen(pilot))

        assert isinstance(pilot.app.screen, LibraryScreen)
