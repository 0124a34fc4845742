"""The library screen: what stands in the list, and what its keys and the mouse do."""

from pathlib import Path

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from reader.config import Config
from reader.families import Families
from reader.filtering import Facts
from reader.model import Progress, Status, Summary
from reader.shelf import sections_of
from reader.tui.library.preview import Preview
from reader.tui.library.rows import Columns, Heading, LibraryList, columns, rows_of
from reader.tui.library.screen import LibraryScreen
from reader.tui.prompts.help_screen import HelpScreen
from reader.tui.reading.screen import ReadingScreen
from reader.workspace import Workspace

from .builders import LEAD, SECOND, THIRD, workspace_in
from .screens import lines, opened, seen, settled, until

FERRY = f"# The ferry\n\n{LEAD}\n\n{SECOND}\n"
ISLAND = f"# The island\n\n{THIRD}\n\n{SECOND}\n"
ZOE = f"# Zoë’s “quiet” house\n\n{LEAD}\n\n{THIRD}\n"
FILES = {"a.md": FERRY, "b.md": ISLAND, "c.md": ZOE}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path, FILES)


def article_list(pilot: Pilot[None]) -> LibraryList:
    return pilot.app.screen.query_one(LibraryList)


def current(pilot: Pilot[None]) -> str:
    summary = article_list(pilot).current
    return summary.title if summary else ""


def summary(name: str, path: str = "a.txt", **fields: str) -> Summary:
    return Summary(name, name, path, (1, 2), 100, 0, **fields)  # type: ignore[arg-type]  # only fields of text


def test_a_narrow_row_has_title_and_minutes_and_a_wide_one_all() -> None:
    narrow, wide = columns(40), columns(120)

    assert (narrow.date, narrow.source) == (0, 0)
    assert narrow.minutes
    assert all((wide.date, wide.source, wide.minutes))


def test_what_no_article_of_the_list_has_takes_no_room_from_the_titles() -> None:
    assert columns(100, source=0, date=0, minutes=5).title == 100 - 6 - 7 - 1


def test_marks_take_room_only_where_there_is_enough_and_any_are() -> None:
    assert columns(47, marks=5).marks == columns(120).marks == 0
    assert columns(48, marks=5).marks == 5


async def test_progress_takes_room_only_from_the_title_of_its_own_row(workspace: Workspace) -> None:
    first, second, _ = workspace.summaries()
    workspace.memory.remember(first.id, Progress(10, 0.42, Status.READING))
    async with opened(workspace, size=(60, 12)) as pilot:
        rows = [line for line in lines(pilot) if "The" in line]
        title_width = columns(60, source=0, date=0, minutes=5).title

        assert rows[0].split()[-4:] == ["42", "%", "1", "min"]
        assert rows[0].index("42 %") == 6 + title_width - 4
        assert "%" not in rows[1]
        assert second.title in rows[1]


@pytest.mark.parametrize("width", range(1, 200))
def test_columns_never_take_more_than_there_is_once_there_is_room(width: int) -> None:
    shared: Columns = columns(width)

    taken = shared.title + sum(cells + 2 for cells in (shared.date, shared.source, shared.minutes) if cells)
    assert shared.title >= 1
    assert width < 12 or taken + 7 <= width


def test_only_a_file_of_several_articles_has_a_heading_with_space_around_it() -> None:
    articles = (summary("a"), summary("b", "b.txt"), summary("c", "b.txt"), summary("d", "d.txt"))

    rows = tuple(rows_of(sections_of(articles, Families(), by_file=True), Families()))

    assert rows == (articles[0], None, Heading("b.txt", 2), *articles[1:3], None, articles[3])


async def test_the_list_shows_all_articles_and_counts_them(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        shown = lines(pilot)

        assert shown[0].strip().startswith("Reading room")
        assert shown[0].endswith("3 articles · 3 unread")
        assert [name for name in ("The ferry", "The island", "Zoë’s “quiet” house") if name in seen(pilot)]
        assert "? help" in shown[-1]


async def test_the_cursor_moves_by_key_and_stays_in_the_list(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("j", "down", "j", "j")
        last = current(pilot)
        await pilot.press("g")

        assert (current(pilot), last) == ("The ferry", "Zoë’s “quiet” house")


async def test_a_filter_narrows_the_list_as_one_types_and_esc_clears_it(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("slash", *"zoe", "space", *"house")
        filtered = [current(pilot), lines(pilot)[-1]]
        await pilot.press("escape")

        assert filtered[0] == "Zoë’s “quiet” house"
        assert filtered[1].endswith("1 of 3")
        assert "The ferry" in seen(pilot)
        assert not pilot.app.screen.query(Input)


@pytest.mark.parametrize("width", [20, 60])
async def test_the_count_gives_way_to_the_words_on_a_narrow_line(workspace: Workspace, width: int) -> None:
    async with opened(workspace, (width, 24)) as pilot:
        await pilot.press("slash", *"the", "space", *"islands")
        line = lines(pilot)[-1]

        assert line.startswith(" / the islands")
        assert line.endswith(" of 3") == (width == 60)


async def test_a_filter_stays_after_enter_and_the_footer_says_so(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("slash", *"island", "enter")
        await pilot.pause()

        assert "“island” 1 of 3 · Esc clears" in lines(pilot)[-1]
        await pilot.press("q")
        assert "The ferry" in seen(pilot)


async def test_an_empty_library_that_is_read_says_so_once_and_nothing_of_problems(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {"a.md": f"# The ferry\n\n{LEAD}\n"})
    workspace.notebook.note(workspace.find("ferry").id, "Who lit the lamps?")
    (tmp_path / "room" / "seeds" / "a.md").unlink()
    workspace.sync()
    async with opened(workspace) as pilot:
        await settled(pilot)
        after = seen(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        screen.syncing = "looking for new files …"
        screen.sync_changed()
        await pilot.pause()
        meanwhile = seen(pilot)

    assert meanwhile.count("looking for new files") == 1
    assert "1 problem" not in meanwhile
    assert "1 problem" in after


async def test_a_filter_that_finds_nothing_says_so_and_how_to_go_on(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("slash", *"[/b]")

        assert "No article has “[/b]”." in seen(pilot)
        assert "Esc shows all 3 again, s looks into their texts." in seen(pilot)


async def test_the_arrows_walk_through_the_matches_while_typing(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("slash", *"the", "down")

        assert current(pilot) == "The island"


async def test_a_star_is_given_shown_and_undone(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("asterisk")
        starred = "★" in seen(pilot), workspace.notebook.starred()
        await pilot.press("U")

        assert starred[0]
        assert len(starred[1]) == 1
        assert not workspace.notebook.starred()
        assert "★" not in seen(pilot)


async def test_an_article_is_marked_as_read_and_as_unread_again(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("r")
        done = lines(pilot)
        await pilot.press("r")

        assert any("✓" in line and "The ferry" in line for line in done)
        assert done[0].endswith("3 articles · 2 unread")
        assert lines(pilot)[0].endswith("3 articles · 3 unread")


async def test_keys_that_were_typed_after_the_one_that_leaves_do_nothing(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        for key in ("Q", "r", "slash"):
            pilot.app.screen.post_message(Key(key, None))
        await pilot.pause()

    assert workspace.memory.progress() == {}


async def test_the_order_changes_and_is_remembered(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("o", "O", "v")
        first = lines(pilot)[2]

    assert "Zoë" in first
    remembered = workspace.memory.preferences()
    assert (remembered.sort, remembered.reverse, remembered.grouped) == ("title", True, False)


async def test_a_new_file_is_found_by_a_rescan_and_told(workspace: Workspace, tmp_path: Path) -> None:
    async with opened(workspace) as pilot:
        (tmp_path / "room" / "seeds" / "d.md").write_text(f"# The quay\n\n{THIRD} {LEAD}\n", encoding="utf-8")
        await pilot.press("R")
        await settled(pilot)

        assert "The quay" in seen(pilot)
        assert "1 new article" in seen(pilot)


async def test_a_file_that_is_gone_leaves_the_list(workspace: Workspace, tmp_path: Path) -> None:
    async with opened(workspace) as pilot:
        (tmp_path / "room" / "seeds" / "a.md").unlink()
        await pilot.press("R")
        await settled(pilot)

        assert "The ferry" not in seen(pilot)
        assert current(pilot) == "The island"


async def test_the_preview_shows_the_beginning_where_there_is_room(workspace: Workspace) -> None:
    async with opened(workspace, size=(140, 30)) as pilot:
        await until(pilot, lambda: "The ferry left the harbour" in seen(pilot))
        await pilot.resize_terminal(80, 24)
        await settled(pilot)

        assert not pilot.app.screen.query_one(Preview).display


async def test_the_preview_shows_lists_and_tables_as_the_page_does(tmp_path: Path) -> None:
    text = f"# Ropes\n\n{LEAD}\n\n- hemp\n- nylon\n\n| Rope | Load |\n|---|---|\n| hemp | 400 |\n"
    workspace = workspace_in(tmp_path, {"ropes.md": text})
    async with opened(workspace, size=(140, 30)) as pilot:
        await until(pilot, lambda: "Load" in seen(pilot))
        rows = [line.strip() for line in lines(pilot)]

        assert rows[rows.index("• hemp") :][:5] == ["• hemp", "• nylon", "", "Rope │ Load", "hemp │ 400"]
    workspace.close()


async def test_enter_opens_the_article_and_q_comes_back_to_it(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("j", "enter")
        await settled(pilot)
        reading = pilot.app.screen
        await pilot.press("q")
        await settled(pilot)

        assert isinstance(reading, ReadingScreen)
        assert current(pilot) == "The island"
    assert workspace.memory.preferences().last_article == workspace.summaries()[1].id


async def test_esc_pressed_too_often_stays_in_the_library(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        for _ in range(3):
            pilot.app.screen.post_message(Key("escape", None))
        await settled(pilot)

        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_cursor_is_where_one_left_it_last_time(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("G", "enter")
        await settled(pilot)
        await pilot.press("q")
        await settled(pilot)
    async with opened(workspace) as pilot:
        assert current(pilot) == "Zoë’s “quiet” house"


async def test_an_article_can_be_opened_at_once(workspace: Workspace) -> None:
    article = workspace.summaries()[2].id
    async with opened(workspace, article=article) as pilot:
        opened_at_once = pilot.app.screen
        await pilot.press("q")
        await settled(pilot)

        assert isinstance(opened_at_once, ReadingScreen)
        assert isinstance(pilot.app.screen, LibraryScreen)
        assert current(pilot) == "Zoë’s “quiet” house"


async def test_a_click_selects_and_a_double_click_opens(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.click(LibraryList, offset=(10, 1))
        selected = current(pilot)
        await pilot.double_click(LibraryList, offset=(10, 1))
        await settled(pilot)

        assert selected == "The island"
        assert isinstance(pilot.app.screen, ReadingScreen)


async def test_progress_and_marks_are_shown(workspace: Workspace) -> None:
    first, second, _ = workspace.summaries()
    workspace.memory.remember(first.id, Progress(10, 0.42, Status.READING, "2025-01-01T10:00:00Z"))
    workspace.memory.remember(second.id, Progress(10, 1, Status.DONE, "2025-01-01T11:00:00Z"))
    async with opened(workspace, size=(100, 24)) as pilot:
        shown = lines(pilot)

    assert any("◐" in line and "42 %" in line for line in shown)
    assert any("✓" in line and "The island" in line for line in shown)


async def test_the_first_paint_has_the_titles_and_the_columns_of_all_that_follow(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    paint = LibraryList.render_line

    def noted(shelf: LibraryList, y: int) -> Strip:
        strip = paint(shelf, y)
        painted.append(strip.text)
        return strip

    monkeypatch.setattr(LibraryList, "render_line", noted)
    async with opened(workspace, size=(120, 40)) as pilot:
        await settled(pilot)
        last = article_list(pilot).render_line(0)

        assert "The ferry" in painted[0]
        assert len(painted[0]) == last.cell_length


async def test_an_empty_library_says_what_to_do(tmp_path: Path) -> None:
    async with opened(workspace_in(tmp_path)) as pilot:
        shown = seen(pilot)

        assert "Nothing to read here yet." in shown
        assert "+ add" in lines(pilot)[-1]
        assert str(tmp_path / "room" / "seeds")[:60] in shown
        await pilot.press("j", "enter", "asterisk", "r", "G", "space", "p", "o", "escape")
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_problems_are_counted_in_the_footer_and_listed(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    (tmp_path / "room" / "seeds" / "broken.txt").write_bytes(b"\x7fELF\x00\x00\x00\x01" * 40)
    async with opened(workspace) as pilot:
        footer = lines(pilot)[-1]
        await pilot.press("exclamation_mark")
        listed = seen(pilot)
        await pilot.press("escape")

        assert "! 1 problem · ! to see" in footer
        assert "broken.txt" in listed
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_esc_does_not_leave_but_q_does(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        stayed = pilot.app._exit
        await pilot.press("q")
        await pilot.pause()

        assert not stayed
        assert pilot.app._exit


async def test_ctrl_c_tells_how_to_leave(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("ctrl+c")
        await pilot.pause()

        assert "Q leaves the program" in seen(pilot)


async def test_remapped_keys_work_and_stand_in_the_footer(tmp_path: Path) -> None:
    workspace = workspace_in(
        tmp_path, FILES, Config(keys={"library.filter": ("ctrl+s",), "library.down": ("t n",)})
    )
    async with opened(workspace) as pilot:
        footer = lines(pilot)[-1]
        await pilot.press("t")
        await pilot.pause()
        waiting = lines(pilot)[-1]
        await pilot.press("n")

        assert "ctrl+s filter" in footer
        assert "t …" in waiting
        assert current(pilot) == "The island"


@pytest.mark.parametrize("size", [(1, 1), (10, 3), (20, 5), (40, 12), (80, 24), (200, 60)])
async def test_every_size_works_with_every_key(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size=size) as pilot:
        for key in [
            "j",
            "k",
            "space",
            "b",
            "ctrl+d",
            "ctrl+u",
            "G",
            "g",
            "o",
            "O",
            "v",
            "p",
            "*",
            "r",
            "R",
            "c",
        ]:
            await pilot.press(key)
        await pilot.press("slash", "a", "escape", "question_mark", "escape", "colon", "escape")
        await pilot.press("exclamation_mark", "escape")
        await settled(pilot)

        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_resize_keeps_the_cursor_in_sight(tmp_path: Path) -> None:
    files = {f"{number:03}.md": f"# Number {number}\n\n{LEAD}\n" for number in range(60)}
    async with opened(workspace_in(tmp_path, files), size=(80, 40)) as pilot:
        for _ in range(30):
            await pilot.press("j")
        await pilot.resize_terminal(60, 10)
        await pilot.pause()

        assert any("▌" in line and current(pilot) in line for line in lines(pilot))


async def test_the_list_paints_only_what_is_seen(workspace: Workspace) -> None:
    rows = tuple(summary(str(number)) for number in range(100_000))
    async with opened(workspace) as pilot:
        article_list(pilot).show(rows, Facts(), "99999")
        await pilot.pause()

        assert "99999" in seen(pilot)
        await pilot.press("g")
        assert current(pilot) == "0"


async def test_titles_from_outside_are_shown_letter_for_letter(tmp_path: Path) -> None:
    files = {"x.md": f"# [bold]Not[/bold] [@click=app.quit]a link[/] :smile: {{x}}\n\n{LEAD}\n"}
    async with opened(workspace_in(tmp_path, files), size=(120, 30)) as pilot:
        assert "[bold]Not[/bold] [@click=app.quit]a link[/] :smile:" in seen(pilot)


async def test_sixteen_colours_mean_the_terminals_own(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("COLORTERM", raising=False)
    async with opened(workspace) as pilot:
        assert pilot.app.theme == "ansi"


async def test_the_theme_is_changed_and_remembered(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    async with opened(workspace) as pilot:
        await pilot.press("c")
        chosen = pilot.app.theme
    async with opened(workspace) as pilot:
        assert pilot.app.theme == chosen == "paper-light"


async def test_a_click_on_a_word_of_the_footer_does_what_it_says(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        at = lines(pilot)[-1].index("help")
        await pilot.click(offset=(at, pilot.app.size.height - 1))
        await settled(pilot)

        assert isinstance(pilot.app.screen, HelpScreen)


# What the reader made of the articles


def highlight(workspace: Workspace, words: str, *tags: str, body: str = "") -> str:
    """Highlight words where they first stand; return the id of the article."""
    for one in workspace.summaries():
        article = workspace.desk.open(one.id).article
        start = article.text.find(words)
        if start >= 0:
            workspace.notebook.annotate(article, (start, start + len(words)), tags=tags, body=body)
            return one.id
    raise AssertionError(words)


def line_with(pilot: Pilot[None], words: str) -> str:
    return next(line for line in lines(pilot) if words in line)


async def test_a_row_tells_how_many_highlights_and_notes_there_are(workspace: Workspace) -> None:
    highlight(workspace, "forty passengers")
    highlight(workspace, "a cargo of oranges")
    highlight(workspace, "the fog", body="Whose fog?")
    async with opened(workspace) as pilot:
        wide = line_with(pilot, "The ferry"), line_with(pilot, "The island"), lines(pilot)[0]
        await pilot.resize_terminal(40, 12)
        await pilot.pause()

        assert wide[0].endswith("▪2 ✎1")
        assert wide[1].endswith("min")
        assert wide[2].endswith("3 articles · 3 unread · 2 highlights · 1 note")
        assert "▪" not in seen(pilot)
        assert lines(pilot)[0].endswith("3 articles · 3 unread")


async def test_marks_are_shown_anew_after_an_undo_and_after_a_change_made_elsewhere(
    workspace: Workspace, tmp_path: Path
) -> None:
    highlight(workspace, "forty passengers")
    file = workspace.notebook.all()[0].file
    async with opened(workspace) as pilot:
        before = line_with(pilot, "The ferry")
        await pilot.press("U")
        undone = line_with(pilot, "The ferry")
        await pilot.press("ctrl+r")
        file.write_text(
            file.read_text(encoding="utf-8").replace("color", 'body = "!"\ncolor'), encoding="utf-8"
        )
        await until(pilot, lambda: "✎1" in seen(pilot))

        assert "▪1" in before
        assert "▪1" not in undone
        assert "▪1" not in seen(pilot)


async def test_the_list_is_filtered_by_what_was_made_of_the_articles(workspace: Workspace) -> None:
    highlight(workspace, "forty passengers", "sea/ferries")
    workspace.notebook.star(workspace.summaries()[1].id, starred=True)
    async with opened(workspace) as pilot:
        await pilot.press("slash", *"has:highlight", "space", *"tag:sea")
        tagged = current(pilot), lines(pilot)[-1]
        await pilot.press("ctrl+u", *"is:starred")
        starred = current(pilot), lines(pilot)[-1]
        await pilot.press("ctrl+u", *"has:notes")

        assert tagged[0] == "The ferry"
        assert tagged[1].endswith("1 of 3")
        assert starred[0] == "The island"
        assert starred[1].endswith("1 of 3")
        assert "No article has “has:notes”." in seen(pilot)
        assert "has:note, has:highlight" in seen(pilot)


async def test_an_article_is_tagged_and_untagged_again(workspace: Workspace) -> None:
    first = workspace.summaries()[0].id
    async with opened(workspace) as pilot:
        await pilot.press("t")
        await settled(pilot)
        await pilot.press(*"sea", "space", *"later", "enter")
        await settled(pilot)
        tags = workspace.notebook.about(first).tags
        await pilot.press("U")

        assert tags == ("later", "sea")
        assert workspace.notebook.about(first).tags == ()


async def test_a_note_on_a_whole_article_is_written_counted_and_shown_beside_it(workspace: Workspace) -> None:
    async with opened(workspace, size=(140, 30)) as pilot:
        await pilot.press("a")
        await settled(pilot)
        await pilot.press(*"Why so late?", "escape")
        await settled(pilot)

        assert workspace.notebook.about(workspace.summaries()[0].id).note == "Why so late?"
        assert "✎1" in line_with(pilot, "● ")
        assert "✎ Why so late?" in seen(pilot)
        assert "1 note" in lines(pilot)[0]


async def test_a_corrected_title_stands_in_the_list(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("i")
        await settled(pilot)
        await pilot.press("enter", "ctrl+u", *"A late ferry", "enter")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)

        assert current(pilot) == "A late ferry"
        assert "A late ferry" in seen(pilot)


async def test_help_leaves_the_cursor_where_it_is(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("q")
        await settled(pilot)
        await pilot.press("j", "question_mark")
        await settled(pilot)
        await pilot.press("escape")
        await settled(pilot)

        assert current(pilot) == "The island"


async def test_letters_typed_before_the_line_stands_are_not_lost(workspace: Workspace):
    async with opened(workspace) as pilot:
        for key, character in (("slash", "/"), ("z", "z"), ("o", "o")):
            pilot.app.post_message(Key(key, character))

        await until(pilot, lambda: "1 of 3" in seen(pilot))
