"""The page on the query language: each of its examples finds what it is said to find."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.passages import Color
from reader.workspace import Workspace
from tests.builders import workspace_in
from tests.test_search import FILES

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "search.md"
PAGE = DOCUMENT.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `([^`]+)` \|", PAGE, re.MULTILINE)
DATES = re.findall(r"`([^`]+)`", re.search(r"A date is (.+?);", PAGE, re.DOTALL)[1])  # type: ignore[index]
SORTED = re.findall(r"`(ferry sort:\w+)`", PAGE)
DATED = (
    "date: {}\n\nMist and light over the harbour, with fog far away in the sea of clouds that nobody saw.\n"
)
NOTICE = (
    "The county reminds all who keep bees near the road to the brickworks that their hives must stand "
    "twenty paces from it, and that the mason will mend the wall there in the second week of the month. "
    "Whoever has lost a grey mare with one white hoof may ask at the office for her, between nine and noon.\n"
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A workspace in which everything on the page is to be found."""
    files = FILES | {
        "mist.txt": f"The ferry in the mist\n\n{DATED}",
        "fog.txt": f"The ferry in the fog\n\n{DATED}",
        "words.txt": "Words of their own\n\nC++ and R&D don't cost 3.5 percent in 東京都, but need all.\n",
        "notice.txt": f"A notice\n\n{NOTICE}",
        "again.txt": f"The notice again\n\n{NOTICE}",
    }
    workspace = workspace_in(tmp_path_factory.mktemp("page"), files)
    notebook = workspace.notebook
    ferry, mist, fog, bread, prince = (
        workspace.desk.open(workspace.find(name).id).article
        for name in ("came too late", "in the mist", "in the fog", "bread", "to be")
    )
    notebook.annotate(ferry, (10, 40), color=Color.BLUE, tags=("sea/fog",), body="Why forty passengers?")
    start = ferry.text.index("passengers")
    notebook.annotate(ferry, (start, start + 10))
    dates = {mist.id: "2024-12-05", fog.id: "2024-03-01", bread.id: "2026-01-01"}
    for identity, day in dates.items():
        notebook.correct_all(identity, {"date": day, "author": "Ann Miller", "source": "TASS"})
    notebook.star(mist.id, starred=True)
    workspace.mark_done(prince.id, done=True)
    yield workspace
    workspace.close()


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) > 30
    assert len(SORTED) == 2
    assert len(DATES) > 10


@pytest.mark.parametrize("query", [*EXAMPLES, *SORTED])
def test_each_example_finds_something_but_not_everything(workspace: Workspace, query: str) -> None:
    answer = workspace.search(query)

    assert answer.parsed.faults == ()
    assert answer.results.total > 0
    assert answer.results.total < workspace.search("").results.total or query in (
        "lang:en",
        "added:today",
        "in:articles",
    )


@pytest.mark.parametrize("typed", DATES)
def test_each_date_of_the_page_is_one(workspace: Workspace, typed: str) -> None:
    answer = workspace.search(f'ferry -date:"{typed}"')

    assert answer.parsed.faults == ()
    assert answer.results.total > 0


def test_the_page_says_how_words_beside_or_are_read(workspace: Workspace) -> None:
    parsed = workspace.search("fog harbour OR mist").parsed

    assert parsed.is_mixed
    assert str(parsed) == "(fog harbour) OR mist"


@pytest.mark.parametrize("query", ["C++", "R&D", "don't", "3.5", "東京"])
def test_the_page_says_what_is_a_word(workspace: Workspace, query: str) -> None:
    assert f"`{query}`" in PAGE
    assert workspace.search(query).results.total == 1


@pytest.mark.parametrize("query", ["(ferry", "titel:ferry", "is:stared", "ferry date:soon"])
def test_what_the_page_says_cannot_be_read_is_told_and_the_nearest_is_found(
    workspace: Workspace, query: str
) -> None:
    answer = workspace.search(query)

    assert f"`{query}`" in PAGE
    assert len(answer.parsed.faults) == 1
    assert 0 < answer.results.total < workspace.search("").results.total


def test_a_query_that_the_page_says_cannot_be_read_at_all_finds_nothing(workspace: Workspace) -> None:
    answer = workspace.search("date:soon", where="articles")

    assert answer.parsed.is_void
    assert answer.results.total == 0


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("ferry tag:ice", "without tag:ice"),
        ('"fog harbour"', 'the words of "fog harbour", anywhere'),
        ("title:passengers", "passengers in any field"),
    ],
)
def test_what_the_page_says_is_offered_is_offered_and_found(
    workspace: Workspace, query: str, words: str
) -> None:
    (offer,) = (one for one in workspace.search(query).relaxations if one.words == words)

    assert f"`{query}`" in PAGE
    assert workspace.search(offer.query).results.total == offer.total > 0


def test_a_word_of_the_page_is_spelt_right(workspace: Workspace) -> None:
    assert workspace.search("lighthuose").suggestion == "lighthouse"


def test_the_page_says_how_a_word_is_found_while_it_is_typed(workspace: Workspace) -> None:
    totals = [workspace.search(typed, typing=True).results.total for typed in ("passen", "passen ", "pa")]

    assert [total > 0 for total in totals] == [True, False, False]
