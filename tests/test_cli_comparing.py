"""`reader same`: near copies on the command line."""

import json
from pathlib import Path

import pytest

from tests.builders import LEAD, SECOND, THIRD
from tests.commands import run
from tests.test_copies import AGENCY, BREAD, LONGER

TITLES = ["Boat lost in fog", "Fog delays boat to island", "The ferry that came too late"]


@pytest.fixture
def copies(room: Path) -> Path:
    """The workspace of the commands, with two near copies of its article and another one."""
    for name, text in {"agency": AGENCY, "bread": BREAD, "longer": LONGER}.items():
        (room / "seeds" / f"{name}.txt").write_text(text, encoding="utf-8")
    return room


@pytest.mark.usefixtures("copies")
def test_families_are_listed_with_what_they_have_in_common() -> None:
    result = run("same")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert all(title in result.stdout for title in TITLES)
    assert "% in common" in result.stdout


@pytest.mark.usefixtures("copies")
def test_the_copies_of_one_article_are_listed_the_likest_first() -> None:
    found = json.loads(run("same", "Boat lost", "--json").stdout)["copies"]

    assert [one["title"] for one in found] == [TITLES[2], TITLES[1]]
    assert found[0]["share"] >= found[1]["share"] >= 0.5
    assert found[0]["of"] < found[0]["of_other"]


def test_a_text_that_stands_in_two_files_is_a_copy_of_itself(room: Path) -> None:
    (room / "seeds" / "twin.txt").write_bytes((room / "seeds" / "ferry.txt").read_bytes())

    lines, copies = run("same").stdout.splitlines(), json.loads(run("same", "1", "--json").stdout)["copies"]

    assert [line.split()[0] for line in lines] == ["1", "2"]
    assert all(line.endswith("(the same words)") for line in lines)
    assert [(one["path"], one["share"]) for one in copies] == [("seeds/twin.txt", 1.0)]


@pytest.mark.usefixtures("copies")
def test_the_sentences_that_differ_are_printed() -> None:
    result = run("same", "ferry", "Fog delays")

    assert f"- {LEAD.replace('forty', '[-forty-]')}\n" in result.stdout
    assert f"+ {LEAD.replace('forty', '{+fifty+}')}\n" in result.stdout
    assert SECOND not in result.stdout
    assert THIRD not in result.stdout
    assert "… 2 sentences in common …" in result.stdout
    assert "1 sentence changed · 9" in result.stderr


@pytest.mark.usefixtures("copies")
def test_an_article_without_copies_is_said_to_have_none() -> None:
    result = run("same", "Bread")

    assert result.exit_code == 1
    assert "has no near copy" in result.stderr


@pytest.mark.usefixtures("room")
def test_a_library_without_copies_is_said_to_have_none() -> None:
    result = run("same")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "no article" in result.stderr


@pytest.mark.usefixtures("copies")
def test_the_list_names_the_copies_of_an_article() -> None:
    found = {one["title"]: one for one in json.loads(run("list", "--json").stdout)["articles"]}

    assert len(found[TITLES[0]]["near_copies"]) == 2
    assert found["Bread gets dearer"]["near_copies"] == []
    assert "2 near copies" in run("list", "Boat lost").stdout
