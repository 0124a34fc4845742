"""Teaching the cleaning from the screen: what is asked, what it would do, what is written."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.tui.reading.teach_prompt import TeachPrompt
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, workspace_in
from tests.commands import run
from tests.screens import lines, opened, seen, settled, until

OFFER = "Oranges of the day, chosen by our cook for you and your guests."
FERRY = f"The ferry that came too late\n\n{OFFER}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
TRAIN = f"A train in the snow\n\n{SECOND}\n\n{OFFER}\n\n{THIRD}\n\n{LEAD}\n"
TO_OFFER = "right_curly_bracket"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = workspace_in(tmp_path, {"coast/ferry.txt": FERRY, "land/train.txt": TRAIN})
    yield made
    made.close()


def rules_of(workspace: Workspace) -> list[dict[str, Any]]:
    path = workspace.root / "rules.toml"
    return tomllib.loads(path.read_text("utf-8")).get("rule", []) if path.exists() else []


def first(workspace: Workspace) -> str:
    return workspace.summaries()[0].id


async def test_a_phrase_everywhere_is_previewed_over_the_library_and_written(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "down")
        await until(pilot, lambda: "would hide 2 blocks in 2 articles" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)

        assert [rule["words"] for rule in rules_of(workspace)] == [["Oranges of the day, chosen by our cook"]]
        assert OFFER not in seen(pilot)
        assert "1 block hidden" in seen(pilot)


async def test_a_phrase_in_its_source_holds_for_that_folder(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down")
        await until(pilot, lambda: "would hide 1 block in 1 article" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)

        assert [rule["sources"] for rule in rules_of(workspace)] == [["seeds/coast"]]


async def test_a_rule_made_on_the_screen_is_undone_by_a_key(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "down", "enter")
        await settled(pilot)
        made = rules_of(workspace)
        await pilot.press("U")
        await settled(pilot)

        assert made
        assert not rules_of(workspace)
        assert "block hidden" not in seen(pilot)


async def test_keys_and_the_command_write_the_same_rule(tmp_path: Path) -> None:
    by_keys = workspace_in(tmp_path / "keys", {"coast/ferry.txt": FERRY})
    async with opened(by_keys, (100, 30), first(by_keys)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "enter")
        await settled(pilot)
    by_keys.close()
    by_command = workspace_in(tmp_path / "command", {"coast/ferry.txt": FERRY})
    by_command.close()
    phrase = "Oranges of the day, chosen by our cook"
    run("--workspace", str(by_command.root), "rules", "add", phrase, "--in", "seeds/coast")

    assert rules_of(by_keys) == rules_of(by_command) != []


async def test_the_block_alone_needs_no_rule(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "enter")
        await settled(pilot)

        assert not rules_of(workspace)
        assert "1 block hidden" in seen(pilot)


async def test_a_hidden_block_is_taught_to_be_kept(workspace: Workspace) -> None:
    rule = workspace.teaching.make("oranges of the day", whole=False, keep=False, sources=(), reason="mine")
    workspace.teaching.add(rule)
    workspace.sync()
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press("x", TO_OFFER, "R", "down", "down")
        await until(pilot, lambda: "would bring back 2 blocks in 2 articles" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)

        assert [rule["action"] for rule in rules_of(workspace)] == ["drop", "keep"]


async def test_the_words_can_be_changed_and_what_has_none_is_refused(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "down", "ctrl+u", *"fog")
        await until(pilot, lambda: "would hide 2 blocks in 2 articles" in seen(pilot))
        await pilot.press("ctrl+u", "full_stop", "enter")
        await settled(pilot)

        assert isinstance(pilot.app.screen, TeachPrompt)
        assert "without a word" in seen(pilot)
        await pilot.press("escape")
        await settled(pilot)
        assert not rules_of(workspace)


async def test_what_recurs_is_brought_back_by_a_rule_and_hidden_again_when_that_is_undone(
    tmp_path: Path,
) -> None:
    line, stories = "Oranges of the day, by our cook", enumerate((LEAD, SECOND, THIRD))
    files = {f"coast/{n}.txt": f"A story, number {n}\n\n{words}\n\n{line}\n" for n, words in stories}
    workspace = workspace_in(tmp_path, files)
    async with opened(workspace, (100, 30)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "1 block hidden" in seen(pilot))
        await pilot.press("x", TO_OFFER, TO_OFFER, "R", "down", "down", "enter")
        await settled(pilot)
        assert "hidden" not in seen(pilot)
        workspace.sync()  # now nothing recurs that was not taught to stay
        await pilot.press("U")
        await until(pilot, lambda: "in 3 of 3 articles of this source" in seen(pilot))
    workspace.close()


async def test_why_names_the_other_articles_that_a_block_stands_in(tmp_path: Path) -> None:
    line, stories = "Oranges of the day, by our cook", enumerate((LEAD, SECOND, THIRD))
    files = {f"coast/{n}.txt": f"A story, number {n}\n\n{words}\n\n{line}\n" for n, words in stories}
    workspace = workspace_in(tmp_path, files)
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press("x", TO_OFFER, TO_OFFER, "w")
        await settled(pilot)

        told = " ".join(seen(pilot).split())
        assert "in 3 of 3 articles of this source. It also stands in “A story, number 1”" in told
    workspace.close()


async def test_a_preview_names_the_articles_that_a_rule_would_change(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "down")
        await until(pilot, lambda: "A train in the snow" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)

        assert "hides 2 blocks in 2 articles · U undoes" in seen(pilot)


async def test_what_a_rule_holds_for_is_chosen_by_a_click_and_taken_by_another(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R")
        await pilot.pause()
        everywhere = next(row for row, line in enumerate(lines(pilot)) if "phrase everywhere" in line)
        await pilot.click(offset=(8, everywhere))
        await pilot.pause()
        assert "▌ Hide this phrase everywhere" in seen(pilot)
        await pilot.click(offset=(3, 29))
        await settled(pilot)

        assert [rule.get("sources") for rule in rules_of(workspace)] == [None]


async def test_the_block_itself_is_read_where_the_prompt_covers_it(workspace: Workspace) -> None:
    async with opened(workspace, (80, 24), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R")
        await pilot.pause()

        assert OFFER in seen(pilot).partition("would hide 1 block in this article")[2]


async def test_words_that_are_written_are_meant_for_more_than_this_block(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "backspace")
        await pilot.pause()

        assert "▌ Hide this phrase in seeds/coast" in seen(pilot)


async def test_teaching_fits_on_the_smallest_screen(workspace: Workspace) -> None:
    async with opened(workspace, (40, 12), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "down")
        await until(pilot, lambda: "would hide 2 blocks in 2 articles" in seen(pilot))

        assert "Enter makes the rule" in seen(pilot)
        assert "Hide this block" in seen(pilot)
        assert "more article" not in seen(pilot)


async def test_a_rule_holds_for_the_long_paragraph_that_it_was_made_from(tmp_path: Path) -> None:
    long = "Oranges of the day are chosen for you and your guests with care. " * 5
    workspace = workspace_in(tmp_path, {"coast/ferry.txt": f"A ferry\n\n{long}\n\n{LEAD}\n\n{SECOND}\n"})
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        await pilot.press(TO_OFFER, "R", "down", "down")
        await until(pilot, lambda: "would hide 1 block in 1 article" in seen(pilot))
        await pilot.press("enter")
        await settled(pilot)

        assert [rule["max_words"] for rule in rules_of(workspace)] == [65]
        assert "1 block hidden" in seen(pilot)
    workspace.close()


async def test_a_rule_is_found_in_the_list_of_ones_own_and_deleted_and_that_is_undone(
    workspace: Workspace,
) -> None:
    teaching = workspace.teaching
    for phrase in ("ferry left the harbour", "Oranges of the day"):
        teaching.add(teaching.make(phrase, whole=False, keep=False, sources=(), reason="not wanted"))
    async with opened(workspace, (100, 30), first(workspace)) as pilot:
        hidden = OFFER not in seen(pilot)
        await pilot.press("L", *"orang")
        await settled(pilot)
        shown = seen(pilot)
        await pilot.press("enter")
        await settled(pilot)
        left, is_back = rules_of(workspace), OFFER in seen(pilot)
        await pilot.press("U")
        await settled(pilot)

        assert hidden
        assert "hides “Oranges of the day”" in shown
        assert [rule["words"] for rule in left] == [["ferry left the harbour"]]
        assert is_back
        assert len(rules_of(workspace)) == 2
        assert OFFER not in seen(pilot)


async def test_who_made_no_rule_is_told_how(workspace: Workspace) -> None:
    async with opened(workspace, (100, 30)) as pilot:
        await pilot.press("L")
        await settled(pilot)

        assert "no rules of your own yet" in seen(pilot)
