"""The search: found as one types, narrowed by a key, read at the passage, and found again as it was."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key
from textual.pilot import Pilot

from reader.search.parsing import parse
from reader.search.values import Kind, Results
from reader.tui.keyed import TYPING_REST
from reader.tui.library.screen import LibraryScreen
from reader.tui.prompts.note_page import NotePage
from reader.tui.search.asking import Answered, Asker, Wanted
from reader.tui.search.narrowing import Chip, chips_of, narrowed, sorted_by, widened
from reader.tui.search.reading import FoundScreen
from reader.tui.search.route import Route, Station, _apart
from reader.tui.search.rows import Line, Marked, SearchList
from reader.tui.search.screen import WAS_LOST, SearchScreen
from reader.workspace import Workspace

from .builders import LEAD, SECOND, THIRD, workspace_in
from .screens import lines, opened, seen, settled, until

FILES = {
    "a.md": f"# The ferry\n\n{LEAD}\n\n{SECOND}\n",
    "b.md": f"# The island\n\n{THIRD}\n\nA second fog came in the evening, and the fog stayed.\n",
    "c.md": "# Harbours\n\nNothing here is of the sea.\n",
}
TODAY = 739_000
PARTS = ("tag:sea", 'source:"The Times"', "date:2024", "in:articles")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Three articles, and a note on the first."""
    made = workspace_in(tmp_path, FILES)
    article = made.desk.open(made.find("ferry").id).article
    start = article.text.index("forty passengers")
    made.notebook.annotate(article, (start, start + 16), tags=("sea",), body="Who counted them in the fog?")
    yield made
    made.close()


async def test_the_search_opens_and_finds_where_nothing_can_be_remembered(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "state.db").write_bytes(b"this is no database, and never was one")
    workspace = workspace_in(tmp_path, FILES)

    async with opened(workspace) as pilot:
        screen = await searched(pilot, "captain")
        await pilot.press("enter", "enter")
        await settled(pilot)

        assert screen.answered == "captain"
        assert any("state" in problem.what for problem in workspace.problems())
    workspace.close()


async def searched(pilot: Pilot[None], query: str, *keys: str) -> SearchScreen:
    """Open the search, type, wait for the answer, and press keys."""
    await pilot.press("s")
    await settled(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, SearchScreen)
    screen.ask_for(query)
    if query:
        await answered(pilot, query)
    for key in keys:
        await pilot.press(key)
        await settled(pilot)
    return screen


async def answered(pilot: Pilot[None], query: str) -> None:
    """Wait until what is shown answers to a query."""

    def is_so() -> bool:
        screen = pilot.app.screen
        if not isinstance(screen, SearchScreen) or screen._asked is None:
            return False
        return screen._asked.wanted.query == query and not screen._indexing

    await until(pilot, is_so)
    await settled(pilot)


def heads(pilot: Pilot[None]) -> list[str]:
    """What was found, by kind and title."""
    rows = pilot.app.screen.query_one(SearchList).rows
    hits = [row.hit for row in rows if isinstance(row, Line) and row.is_first]
    return [f"{hit.document.kind} {hit.document.title}" for hit in hits]


def reading(pilot: Pilot[None]) -> FoundScreen:
    screen = pilot.app.screen
    assert isinstance(screen, FoundScreen)
    return screen


@contextmanager
def held(index: Path) -> Iterator[None]:
    """Keep other programs from writing an index, as one does that writes it."""
    with (index / "MAIN_WRITELOCK").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def days(number: int) -> dict[str, str]:
    """Articles in each of which a word stands once."""
    return {f"{n:02}.md": f"# Day {n}\n\nFog over the harbour.\n" for n in range(number)}


# As one types


async def test_typing_finds_articles_and_notes_together(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await pilot.press("s", *"fo")
        await pilot.press("g")
        await answered(pilot, "fog")

        assert sorted(heads(pilot)) == ["article The ferry", "article The island", "note The ferry"]


async def test_the_last_word_may_be_unfinished(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "lightho")

        assert heads(pilot) == ["article The ferry"]


async def test_a_key_that_follows_at_once_is_what_is_answered(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog")
        for query in ("h", "harb", "harbour"):
            screen.ask_for(query)
        await answered(pilot, "harbour")

        assert "article Harbours" in heads(pilot)


async def test_files_are_not_looked_through_while_the_reader_types(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        library = pilot.app.screen
        assert isinstance(library, LibraryScreen)
        await until(pilot, lambda: library.watching.may_look)
        await pilot.press("s", "f")
        await until(pilot, lambda: pilot.app.screen.typed_at > 0)  # type: ignore[attr-defined]

        assert not library.watching.may_look

        pilot.app.screen.typed_at -= TYPING_REST  # type: ignore[attr-defined]

        assert library.watching.may_look


async def test_reading_files_waits_while_the_reader_types(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await searched(pilot, "fog")
        (workspace.root / "seeds" / "d.md").write_text(
            "# The lighthouse\n\nIts lamp is out.\n", encoding="utf-8"
        )
        library = pilot.app.screen_stack[0]
        assert isinstance(library, LibraryScreen)

        pilot.app.screen.typed_at = inf  # type: ignore[attr-defined]
        library.sync(asked=True)
        await until(pilot, lambda: library.syncing.startswith("looking"))
        for _ in range(10):
            await pilot.pause(0.02)
        assert library.syncing

        pilot.app.screen.typed_at = -inf  # type: ignore[attr-defined]
        await until(pilot, lambda: not library.syncing)

        assert "The lighthouse" in {summary.title for summary in workspace.summaries()}


async def test_what_was_found_says_why_and_is_marked(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "island")

        assert "title, text" in seen(pilot)


async def test_a_note_that_is_found_by_its_tag_is_shown_by_its_words(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "sea")
        at = next(number for number, line in enumerate(lines(pilot)) if "#sea" in line)

        assert "Who counted them in the fog?" in lines(pilot)[at - 1]


async def test_a_fault_in_a_query_is_told_below_its_place(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog OR (ferry")

        told = lines(pilot)[2]
        assert told.index("▔") == 3 + len("fog OR ")
        assert "this bracket is not closed · searched for fog OR ferry" in told


async def test_a_query_that_can_be_read_in_two_ways_is_shown_as_it_was_read(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog ferry OR quay")

        assert "read as (fog ferry) OR quay" in lines(pilot)[2]


async def test_nothing_found_offers_other_queries_each_by_a_digit(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog zeppelin", "enter")
        offer = pilot.app.screen.query_one(SearchList).offers()[0]
        await pilot.press("1")
        await answered(pilot, offer.query)

        assert heads(pilot)


async def test_where_no_article_is_the_search_says_so_and_offers_no_key_in_vain(tmp_path: Path) -> None:
    empty = workspace_in(tmp_path, {})
    async with opened(empty, (100, 30)) as pilot:
        await searched(pilot, "fog", "enter")

        assert "No article is here yet." in seen(pilot)
        assert "Enter read" not in seen(pilot)
    empty.close()


async def test_an_index_that_was_damaged_is_made_anew_and_that_is_said(
    workspace: Workspace, tmp_path: Path
) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog")
        workspace.index.close()
        for path in tmp_path.rglob("*.trm"):
            path.write_bytes(bytes(path.stat().st_size))
        screen.ask_for("harbour")
        await until(pilot, lambda: WAS_LOST in seen(pilot))
        await answered(pilot, "harbour")

        assert "article Harbours" in heads(pilot)


async def test_a_note_that_was_just_written_is_found(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "walrus")
        article = workspace.desk.open(workspace.find("island").id).article
        workspace.notebook.annotate(article, (0, 4), body="A walrus!")
        screen.words_changed()
        await until(pilot, lambda: heads(pilot) == ["note The island"])


async def test_a_selection_in_an_article_begins_the_search(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), workspace.find("ferry").id) as pilot:
        await pilot.press("right_curly_bracket", "v", *"4e", "s")
        await answered(pilot, '"The ferry left the"')

        assert heads(pilot) == ["article The ferry"]


def test_a_search_that_was_left_asks_nothing_more(workspace: Workspace) -> None:
    posted: list[Answered] = []
    asker = Asker(workspace, posted.append)
    asker.close()
    asker.want(Wanted("fog", 5, 80))

    assert not posted


async def test_keys_that_come_in_one_go_are_taken_in_their_order(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "")
        for key in (
            "h",
            "a",
            "r",
            "x",
            "backspace",
            "b",
            "left",
            "left",
            "left",
            "left",
            "delete",
            "H",
            "end",
            "s",
        ):
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: screen._query.endswith("s"))
        await settled(pilot)

        assert screen._query == "Harbs"


# To the passage, across articles, and back


async def test_enter_opens_at_the_passage_with_all_hits_marked(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "evening", "enter", "enter")
        screen = reading(pilot)

        assert screen.finder.count() == "1 of 1"
        assert screen.view.focused_block == 2


async def test_the_way_goes_on_through_hits_and_articles(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog in:articles", "enter", "enter")
        states = []
        for _ in range(3):
            states.append(lines(pilot)[-1].strip().split("   ")[0])
            await pilot.press("n")
            await settled(pilot)

        assert [state.split("” ")[1] for state in states] == [
            "1 of 2 · 1 of 2 articles",
            "2 of 2 · 1 of 2 articles",
            "1 of 1 · 2 of 2 articles",
        ]


async def test_enter_twice_in_one_go_opens_the_first_result(workspace: Workspace) -> None:
    async with opened(workspace) as pilot:
        await searched(pilot, "fog")
        for _ in range(2):
            pilot.app.post_message(Key("enter", "\r"))
        await until(pilot, lambda: isinstance(pilot.app.screen, FoundScreen))

        assert reading(pilot).article_id


async def test_the_way_goes_on_beyond_what_was_fetched_at_first(tmp_path: Path) -> None:
    many = workspace_in(tmp_path, days(14))
    async with opened(many, (100, 12)) as pilot:
        screen = await searched(pilot, "fog", "enter", "enter")
        fetched = len(screen._asked.answer.results.hits) if screen._asked else 0
        read = {reading(pilot).article_id}
        for number in range(2, 15):
            await pilot.press("n")
            await until(pilot, lambda number=number: f"{number} of " in seen(pilot))  # type: ignore[misc]
            read.add(reading(pilot).article_id)
        await pilot.press("n")
        await settled(pilot)

        assert fetched < len(read) == 14
        assert "that was the last of what was found" in seen(pilot)
    many.close()


async def test_the_next_article_is_the_next_on_the_way_also_beyond_what_was_fetched(tmp_path: Path) -> None:
    many = workspace_in(tmp_path, days(14))
    async with opened(many, (100, 12)) as pilot:
        await searched(pilot, "fog", "enter", "enter")
        read = [reading(pilot).article_id]
        for _ in range(13):
            await pilot.press("J")
            await until(pilot, lambda: reading(pilot).article_id != read[-1])
            read.append(reading(pilot).article_id)
        await pilot.press("J", "K")
        await settled(pilot)

        assert len(set(read)) == 14
        assert reading(pilot).article_id == read[-2]
    many.close()


async def test_on_the_way_the_footer_names_the_keys_that_go_on(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog", "enter", "enter")

        assert "N before   n next" in lines(pilot)[-1]


async def test_the_way_back_goes_to_the_last_hit_of_the_article_before(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog in:articles", "enter", "enter", "n", "n", "N")

        assert "2 of 2 · 1 of 2 articles" in seen(pilot)


async def test_jumping_back_comes_to_the_results_as_they_were(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog", "enter", "j", "j")
        before = seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("ctrl+o")
        await settled(pilot)

        assert pilot.app.screen is screen
        assert seen(pilot) == before


async def test_an_article_found_by_its_title_alone_leads_back_too(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "title:harbours", "enter", "enter")
        await pilot.press("ctrl+o")
        await settled(pilot)

        assert pilot.app.screen is screen


async def test_a_note_opens_where_its_passage_stands(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "counted", "enter", "enter")
        focused = reading(pilot).view.focused_annotation

        assert focused is not None
        assert focused.annotation.body == "Who counted them in the fog?"


async def test_a_note_whose_article_is_gone_is_shown_whole(workspace: Workspace) -> None:
    (workspace.root / "seeds" / "a.md").unlink()
    workspace.sync()
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "counted", "enter", "enter")

        assert isinstance(pilot.app.screen, NotePage)


async def test_marks_that_were_taken_away_come_back_with_the_next_hit(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog in:articles", "enter", "enter", "escape")
        cleared = reading(pilot).finder.phrase
        await pilot.press("n")
        await settled(pilot)

        assert cleared == ""
        assert reading(pilot).finder.phrase == "fog in:articles"


async def test_walking_while_typing_makes_enter_open(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog", "ctrl+n", "ctrl+p", "enter")

        assert isinstance(pilot.app.screen, FoundScreen)


async def test_a_double_click_opens_the_hit_also_on_its_second_line(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog")
        await pilot.click(SearchList, offset=(10, 4), times=2)
        await settled(pilot)

        assert isinstance(pilot.app.screen, FoundScreen)


# Beyond what was fetched at first


async def test_the_last_key_goes_to_the_last_of_all_that_was_found(tmp_path: Path) -> None:
    many = workspace_in(tmp_path, days(40))
    async with opened(many, (100, 24)) as pilot:
        await searched(pilot, "fog", "enter", "G")
        await until(pilot, lambda: "40 of 40" in lines(pilot)[-1])

        assert len(heads(pilot)) == 40
    many.close()


async def test_the_wheel_finds_more_and_the_window_stays_where_it_was_turned_to(tmp_path: Path) -> None:
    many = workspace_in(tmp_path, days(40))
    async with opened(many, (100, 24)) as pilot:
        screen = await searched(pilot, "fog")
        before = len(heads(pilot))
        results = screen.query_one(SearchList)
        results.scroll_end(animate=False, immediate=True)
        end = results.scroll_offset.y
        await until(pilot, lambda: len(heads(pilot)) == 40)
        await pilot.pause()

        assert before < 20
        assert results.scroll_offset.y == end > 0
        assert results.number == 0
    many.close()


async def test_an_article_that_comes_while_the_results_stand_is_found(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "walrus", "enter")
        (workspace.root / "seeds" / "d.md").write_text("# Walrus\n\nA walrus sang.\n", encoding="utf-8")
        workspace.sync()
        screen = pilot.app.screen
        assert isinstance(screen, SearchScreen)
        screen.files_changed()

        await until(pilot, lambda: heads(pilot) == ["article Walrus"])


# Narrowing


async def test_a_digit_narrows_and_widens_again(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog", "enter", "1")
        await answered(pilot, "fog in:articles")
        narrow = heads(pilot)
        await pilot.press("backspace")
        await answered(pilot, "fog")

        assert narrow == ["article The island", "article The ferry"] or sorted(narrow) == sorted(
            heads(pilot)[:2]
        )
        assert len(heads(pilot)) == 3
        assert not screen.is_typing


async def test_alt_and_a_digit_narrows_while_typing(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog", "alt+2")
        await answered(pilot, "fog in:notes has:note")

        assert heads(pilot) == ["note The ferry"]
        assert screen.is_typing


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (80, 16)])
async def test_nothing_is_laid_out_anew_while_somebody_types(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as pilot:
        screen = await searched(pilot, "zzz")
        places = [widget.region for widget in screen.query("*")]

        for query in ("fog", "the", "harbours", ""):
            screen.ask_for(query)
            await settled(pilot)
            assert [widget.region for widget in screen.query("*")] == places


async def test_a_click_on_a_facet_narrows(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog")
        row = next(number for number, line in enumerate(lines(pilot)) if "1 articles" in line)
        await pilot.click(offset=(lines(pilot)[row].index("articles"), row))
        await answered(pilot, "fog in:articles")

        assert len(heads(pilot)) == 2


async def test_facets_stand_below_each_other(workspace: Workspace) -> None:
    for number, title in enumerate(("ferry", "island")):
        known = {"source": f"Paper {number}", "date": f"202{number}"}
        workspace.notebook.correct_all(workspace.find(title).id, known)
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog")
        above, below = (next(line for line in lines(pilot) if name in line) for name in (" kind ", " tag "))

        assert above.index("source") == below.index("year")


async def test_the_order_goes_from_best_to_newest_to_title(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog", "enter", "o")
        await answered(pilot, "fog sort:date")
        await pilot.press("o")
        await answered(pilot, "fog sort:title")
        await pilot.press("o")
        await answered(pilot, "fog")

        assert len(heads(pilot)) == 3


def test_an_alternative_is_put_between_brackets_before_it_is_narrowed() -> None:
    chip = Chip("tag", "sea", 2, ("tag:sea",), taken=False)

    assert narrowed("fog OR mist", parse("fog OR mist", TODAY), chip) == "(fog OR mist) tag:sea"
    assert widened("(fog OR mist) tag:sea") == "fog OR mist"


@given(
    st.lists(st.sampled_from(PARTS[:4]), min_size=1, unique=True), st.sampled_from(("fog", "fog mist", ""))
)
def test_what_is_narrowed_is_widened_to_what_it_was(asked: list[str], query: str) -> None:
    narrow = query
    for part in asked:
        narrow = narrowed(narrow, parse(narrow, TODAY), Chip("tag", "", 1, (part,), taken=False))
    for _ in asked:
        narrow = widened(narrow)

    assert narrow == query


@given(st.dictionaries(st.sampled_from(("source", "tag", "year")), st.integers(1, 12)))
def test_there_are_never_more_chips_than_digits(sizes: dict[str, int]) -> None:
    facets = {name: tuple((f"{name}{n}", 20 - n) for n in range(size)) for name, size in sizes.items()}
    chips = chips_of(Results((), {Kind.ARTICLE: 30}, facets), "fog")

    assert len(chips) <= 9
    assert {chip.facet for chip in chips} == set(sizes)


def test_another_order_takes_the_place_of_the_one_before() -> None:
    assert sorted_by("fog sort:date", "title") == "fog sort:title"


# What is kept


async def test_a_search_is_saved_with_a_name_and_offered_again(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog tag:sea", "enter", "S", *"Fog", "enter")
        screen.ask_for("")
        await settled(pilot)
        await until(pilot, lambda: "Shelves" in seen(pilot))

        assert [(one.name, one.query) for one in workspace.searches.saved()] == [("Fog", "fog tag:sea")]


async def test_a_shelf_finds_what_was_seen_when_it_was_saved(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "passen", "enter", "S", *"People", "enter")
        kept = workspace.searches.find("People").query

        assert kept == "passen*"
        assert f"“People”: {kept}" in seen(pilot)
        assert len(workspace.search(kept).results.hits) == len(heads(pilot)) > 0


async def test_a_word_that_finds_no_more_unfinished_is_saved_as_it_is(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "fog", "enter", "S", *"Fog", "enter")

        assert workspace.searches.find("Fog").query == "fog"


async def test_what_is_narrowed_goes_on_finding_the_unfinished_word(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "passen", "enter", "1")
        await answered(pilot, "passen* in:articles")

        assert heads(pilot) == ["article The ferry"]


async def test_a_shelf_that_is_written_by_hand_is_seen_at_once(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "")
        written = '[[search]]\nname = "By hand"\nquery = "fog"\n'
        (workspace.root / "searches.toml").write_text(written, encoding="utf-8")

        await until(pilot, lambda: "By hand" in seen(pilot))


async def test_a_shelf_is_renamed_deleted_and_brought_back(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog")
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "")
        screen._leave_line()
        await pilot.press("r", "ctrl+u", *"Mist", "enter")
        await settled(pilot)
        renamed = workspace.searches.saved()[0].name
        await pilot.press("d", "d")
        await settled(pilot)
        deleted = workspace.searches.saved()
        await pilot.press("U")
        await settled(pilot)

        assert (renamed, deleted) == ("Mist", ())
        assert workspace.searches.saved()[0].name == "Mist"


async def test_the_footer_names_what_can_be_done_with_a_shelf(workspace: Workspace) -> None:
    workspace.searches.save("Fog", "fog")
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "", "enter")

        assert "r rename   dd delete   / edit   Enter ask" in lines(pilot)[-1]


async def test_a_search_answers_while_another_program_writes_and_says_so(workspace: Workspace) -> None:
    article = workspace.desk.open(workspace.find("island").id).article
    async with opened(workspace, (100, 30)) as pilot:
        screen = await searched(pilot, "fog")
        with held(Path(workspace.index.status().folder)):
            workspace.notebook.annotate(article, (0, 4), body="A walrus!")
            screen.ask_for("fog ferry")
            await answered(pilot, "fog ferry")
            while_held = seen(pilot)
        screen.ask_for("walrus")

        await until(pilot, lambda: heads(pilot) == ["note The island"])
        assert "! the newest changes may be missing" in while_held


async def test_what_was_opened_is_asked_before(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await searched(pilot, "evening", "enter", "enter", "q", "q", "s", "down", "enter")
        await answered(pilot, "evening")

        assert heads(pilot) == ["article The island"]


# Lines and ways


@given(st.text(max_size=60), st.integers(1, 40), st.integers(0, 20), st.integers(0, 20))
def test_marks_stay_within_a_text_that_was_cut(text: str, width: int, start: int, length: int) -> None:
    span = (min(start, len(text)), min(start + length, len(text)))
    cut = Marked(text, (span,)).fitting(width)

    assert all(0 <= begin <= end <= len(cut.text) for begin, end in cut.marks)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_the_stops_of_a_way_stand_in_order_and_apart(spans: list[tuple[int, int]]) -> None:
    kept = _apart((min(span), max(span)) for span in spans)

    assert all(before[1] <= after[0] for before, after in pairwise(kept))
    assert bool(kept) == any(start != end for start, end in spans)


def test_a_way_ends_at_its_ends() -> None:
    route = Route("fog", (Station("a", ()), Station("b", ())), 2, 2)

    assert route.beside("a", -1) is None
    assert route.beside("b", 1) is None
    assert route.beside("a", 1) == Station("b", ())


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40), (140, 45)])
async def test_every_size_shows_query_and_results(workspace: Workspace, size: tuple[int, int]) -> None:
    async with opened(workspace, size) as pilot:
        await searched(pilot, "fog")

        assert "fog" in lines(pilot)[1]
        assert "The ferry" in seen(pilot)
        assert all(len(line) <= size[0] for line in lines(pilot))
