"""The tag browser: counts and folds, narrowing step by step, and changing a tag everywhere."""

import tomllib
from pathlib import Path

import pytest
from textual.pilot import Pilot

from reader.passages import Annotation
from reader.tui.library.screen import LibraryScreen
from reader.tui.notes.screen import NotesScreen
from reader.tui.tags.passages import Passages
from reader.tui.tags.retag_prompt import RetagPrompt
from reader.tui.tags.rows import TagList, columns
from reader.tui.tags.screen import TagsScreen
from reader.workspace import Workspace

from .builders import LEAD, SECOND, THIRD, workspace_in
from .screens import lines, opened, seen, settled, until

FILES = {"a.md": f"# The ferry\n\n{LEAD}\n\n{SECOND}\n", "b.md": f"# The island\n\n{THIRD}\n\n{SECOND}\n"}


def mark(workspace: Workspace, words: str, *tags: str) -> Annotation:
    """Highlight words where they first stand, with tags."""
    for summary in workspace.summaries():
        article = workspace.desk.open(summary.id).article
        start = article.text.find(words)
        if start >= 0:
            return workspace.notebook.annotate(article, (start, start + len(words)), tags=tags)
    raise AssertionError(words)


def edit_by_hand(workspace: Workspace, words: str, tag: str) -> None:
    """Highlight words, and write a tag into the file as a person could, by the letters of TOML."""
    file = workspace.notebook.find(mark(workspace, words, "by-hand").id).file
    file.write_text(file.read_text(encoding="utf-8").replace("by-hand", tag), encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = workspace_in(tmp_path, FILES)
    mark(workspace, "forty passengers", "people", "sea/ferries")
    mark(workspace, "a cargo of oranges", "food", "sea/ferries")
    mark(workspace, "thicker than any", "sea/weather")
    mark(workspace, "people waited on the quay", "people")
    workspace.notebook.tag(workspace.summaries()[1].id, ["sea"])
    return workspace


async def open_tags(pilot: Pilot[None]) -> TagsScreen:
    await pilot.press("number_sign")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, TagsScreen)
    return screen


def rows(pilot: Pilot[None]) -> list[str]:
    """The tags that are shown, with their numbers."""
    listed = pilot.app.screen.query_one(TagList).rows
    return [f"{'  ' * row.depth}{row.label} {row.passages}+{row.articles}" for row in listed]


def here(pilot: Pilot[None]) -> str:
    row = pilot.app.screen.query_one(TagList).under_cursor
    return row.tag if row else ""


def tags_of(workspace: Workspace) -> list[tuple[str, ...]]:
    return [one.annotation.tags for one in workspace.notebook.all()]


def saved_tags(folder: Path) -> list[list[str]]:
    """What the user's files say."""
    files = sorted((folder / "room" / "annotations").glob("*.toml"))
    read = [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]
    return [entry.get("tags", []) for file in read for entry in file.get("annotation", [])]


# What there is


async def test_tags_stand_with_their_numbers_nested_ones_folded(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)

        assert rows(pilot) == ["sea 3+1", "people 2+0", "food 1+0"]
        assert "5 tags · ▪ 4 passages · ▤ 1 article" in lines(pilot)[0]
        assert any("▸ sea" in line and "▪3" in line and "▤1" in line for line in lines(pilot))


async def test_tab_unfolds_what_is_nested_and_folds_it_again_from_within(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("tab")
        unfolded = rows(pilot)
        await pilot.press("j", "tab")

        assert unfolded == ["sea 3+1", "  ferries 2+0", "  weather 1+0", "people 2+0", "food 1+0"]
        assert rows(pilot) == ["sea 3+1", "people 2+0", "food 1+0"]
        assert here(pilot) == "sea"


async def test_tags_are_sorted_by_name_and_back(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("o")
        by_name = rows(pilot)
        await pilot.press("o")

        assert by_name == ["food 1+0", "people 2+0", "sea 3+1"]
        assert rows(pilot)[0] == "sea 3+1"


async def test_a_filter_finds_nested_tags_too_and_esc_clears_it(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("slash", *"ferr")
        found = rows(pilot)
        await pilot.press("escape")

        assert found == ["sea/ferries 2+0"]
        assert len(rows(pilot)) == 3


async def test_a_filter_that_finds_nothing_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("slash", *"[/]")

        assert "No tag has “[/]”." in seen(pilot)


async def test_without_tags_it_says_how_to_make_one(tmp_path: Path) -> None:
    async with opened(workspace_in(tmp_path, FILES)) as pilot:
        await open_tags(pilot)

        assert "No tags yet." in seen(pilot)
        await pilot.press("enter", "r", "d", "d", "n", "tab", "j", "G", "q")
        await settled(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_beside_a_tag_stand_those_it_is_used_with(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)

        assert any("food" in line and "#sea/ferries" in line for line in lines(pilot))


# Narrowing


async def test_narrowing_leaves_what_stands_together_and_q_widens_step_by_step(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("enter")
        once, header = rows(pilot), lines(pilot)[0]
        await pilot.press("enter")
        twice = rows(pilot)
        await pilot.press("q")
        again = here(pilot)
        await pilot.press("q")
        widest = rows(pilot), here(pilot)
        await pilot.press("q")
        await settled(pilot)

        assert once == ["sea/ferries 2+0", "food 1+0", "people 1+0", "sea/weather 1+0"]
        assert "Tags › #sea" in header
        assert twice == ["food 1+0", "people 1+0"]
        assert again == "sea/ferries"
        assert widest == (["sea 3+1", "people 2+0", "food 1+0"], "sea")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_enter_shows_the_notes_when_no_other_tag_is_left(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("enter", "enter", "enter")
        await settled(pilot)

        assert isinstance(pilot.app.screen, NotesScreen)
        assert "a cargo of oranges" in seen(pilot)
        assert "forty passengers" not in seen(pilot)


async def test_n_shows_the_notes_of_the_chosen_tags_and_q_comes_back(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        tags = await open_tags(pilot)
        await pilot.press("j", "enter", "n")
        await settled(pilot)
        notes = pilot.app.screen
        shown = seen(pilot)
        await pilot.press("escape", "escape")
        await settled(pilot)

        assert isinstance(notes, NotesScreen)
        assert "forty passengers" in shown
        assert "people waited" in shown
        assert "oranges" not in shown
        assert pilot.app.screen is tags


async def test_a_tag_with_blanks_from_a_file_edited_by_hand_has_its_notes(workspace: Workspace) -> None:
    edit_by_hand(workspace, "the lighthouse", r"the \"big\" fog")
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("slash", *"big", "enter", "n")
        await settled(pilot)

        assert isinstance(pilot.app.screen, NotesScreen)
        assert "the lighthouse" in seen(pilot)


async def test_a_tag_of_articles_alone_has_no_notes_and_says_where_they_are(workspace: Workspace) -> None:
    workspace.notebook.tag(workspace.summaries()[0].id, ["later"])
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("G", "enter")
        await settled(pilot)

        assert "no passage, only 1 article" in seen(pilot)
        assert "tag:later" in seen(pilot)


async def test_the_passages_of_a_tag_stand_beside_a_wide_list_alone(workspace: Workspace) -> None:
    async with opened(workspace, size=(120, 30)) as pilot:
        await open_tags(pilot)
        await pilot.press("j")
        await pilot.pause()
        wide = seen(pilot)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()

        assert "people waited on the quay" in wide
        assert "oranges" not in wide
        assert not pilot.app.screen.query_one(Passages).display


# Changing a tag everywhere


async def test_a_rename_is_shown_done_and_undone_in_one_step(workspace: Workspace, tmp_path: Path) -> None:
    before = saved_tags(tmp_path)
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("j", "r", "ctrl+u", *"crowd")
        preview = seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        after, cursor, said = saved_tags(tmp_path), here(pilot), seen(pilot)
        await pilot.press("U")
        await settled(pilot)

        assert "renames #people in 2 passages" in preview
        assert "forty passengers" in preview
        assert [tags for tags in after if "crowd" in tags] == [["crowd", "sea/ferries"], ["crowd"]]
        assert not any("people" in tags for tags in after)
        assert cursor == "crowd"
        assert "#people renamed to #crowd in 2 passages · U undoes" in said
        assert saved_tags(tmp_path) == before


async def test_a_rename_to_a_tag_in_use_says_that_they_become_one(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("j", "r", "ctrl+u", *"#food")
        preview = seen(pilot)
        await pilot.press("enter")
        await settled(pilot)

        assert "#food exists with 1: they become one" in preview
        assert rows(pilot) == ["sea 3+1", "food 3+0"]


async def test_a_rename_takes_nested_tags_and_articles_along(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("r", "ctrl+u", *"water")
        preview = " ".join(seen(pilot).split())
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("tab")

        assert "renames #sea in 3 passages, 1 article, with 2 tags nested in it" in preview
        assert rows(pilot)[:3] == ["water 3+1", "  ferries 2+0", "  weather 1+0"]
        assert workspace.notebook.about(workspace.summaries()[1].id).tags == ("water",)


async def test_a_rename_to_nothing_or_to_itself_is_none(workspace: Workspace) -> None:
    before = tags_of(workspace)
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("r", "enter", "ctrl+u", "enter")
        await settled(pilot)
        stayed = pilot.app.screen
        await pilot.press("escape")
        await settled(pilot)

        assert isinstance(stayed, RetagPrompt)
        assert isinstance(pilot.app.screen, TagsScreen)
    assert tags_of(workspace) == before


async def test_a_tag_is_taken_away_everywhere_only_after_enter(workspace: Workspace, tmp_path: Path) -> None:
    before = saved_tags(tmp_path)
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("j", "d", "d")
        await settled(pilot)
        preview = seen(pilot)
        await pilot.press("escape", "d", "d")
        await settled(pilot)
        untouched = saved_tags(tmp_path)
        await pilot.press("enter")
        await settled(pilot)
        after = rows(pilot)
        await pilot.press("U")
        await settled(pilot)

        assert "takes #people away from 2 passages" in preview
        assert untouched == before
        assert after == ["sea 3+1", "food 1+0"]
        assert saved_tags(tmp_path) == before


async def test_when_the_last_bearer_of_a_chosen_tag_is_gone_the_view_widens(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        screen = await open_tags(pilot)
        await pilot.press("G", "enter")
        narrowed = lines(pilot)[0]
        workspace.notebook.delete([one for one in workspace.notebook.all() if "food" in one.annotation.tags])
        screen.words_changed()
        await settled(pilot)

        assert "› #food" in narrowed
        assert "#food" not in lines(pilot)[0]
        assert rows(pilot)[0] == "sea 2+1"


async def test_a_tag_written_by_another_program_appears(workspace: Workspace) -> None:
    file = workspace.notebook.all()[0].file
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        file.write_text(file.read_text(encoding="utf-8").replace('"food"', '"fruit"'), encoding="utf-8")

        await until(pilot, lambda: "fruit 1+0" in rows(pilot))


async def test_what_stands_in_a_damaged_file_alone_is_not_changed(
    workspace: Workspace, tmp_path: Path
) -> None:
    made = mark(workspace, "their kitchens", "home")
    file = workspace.notebook.find(made.id).file
    file.write_text("no = = TOML\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    damaged = file.read_bytes()
    async with opened(workspace) as pilot:
        await open_tags(pilot)
        await pilot.press("slash", *"home", "enter", "d", "d")
        await settled(pilot)

        assert "stands only in files that are damaged or copies" in " ".join(seen(pilot).split())
    assert file.read_bytes() == damaged


# The screen


async def test_names_from_outside_are_shown_letter_for_letter(workspace: Workspace) -> None:
    edit_by_hand(workspace, "the lighthouse", r"[bold]x\u001b[2J")
    async with opened(workspace, size=(120, 30)) as pilot:
        await open_tags(pilot)
        listed = seen(pilot)
        await pilot.press("slash", *"bold", "enter", "r")
        await settled(pilot)
        asked = seen(pilot)

        assert "[bold]x␛[2J" in listed
        assert "a new name for #[bold]x␛[2J" in asked
        assert "\x1b" not in listed + asked


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (20, 5), (40, 12), (80, 24), (200, 60)])
async def test_every_size_works_with_every_key(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size=size) as pilot:
        await open_tags(pilot)
        for key in ["j", "k", "space", "b", "ctrl+d", "ctrl+u", "G", "g", "o", "tab", "j", "tab", "o"]:
            await pilot.press(key)
        await pilot.press("slash", "a", "escape", "r", "x", "escape", "d", "d", "escape", "enter", "q")
        await settled(pilot)

        assert isinstance(pilot.app.screen, TagsScreen)


@pytest.mark.parametrize("width", range(1, 160))
def test_columns_never_take_more_than_there_is_once_there_is_room(width: int) -> None:
    shared = columns(width, name=20, passages=4, articles=3)

    taken = 4 + shared.name + sum(cells + 2 for cells in (shared.passages, shared.articles)) + shared.rest
    assert shared.name >= 1
    assert width < 17 or taken <= width


# The header


async def test_a_click_on_the_way_back_leaves_the_tags(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await open_tags(pilot)

        await pilot.click(offset=(lines(pilot)[0].index("Reading room"), 0))
        await settled(pilot)

        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_of_narrowed_tags_a_click_leads_to_all_or_out(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        screen = await open_tags(pilot)
        await pilot.press("enter")
        await settled(pilot)
        narrowed = lines(pilot)[0]
        await pilot.click(offset=(narrowed.index("Tags ›"), 0))
        await settled(pilot)
        all_again = lines(pilot)[0]
        is_there = pilot.app.screen is screen
        await pilot.press("enter")
        await settled(pilot)

        await pilot.click(offset=(lines(pilot)[0].index("Reading room"), 0))
        await settled(pilot)

        assert "#" in narrowed
        assert "#" not in all_again
        assert is_there
        assert isinstance(pilot.app.screen, LibraryScreen)
