"""The two front ends: what keys write into the user's files, commands write too."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import LEAD, SECOND, workspace_in
from tests.commands import FERRY, run
from tests.screens import opened, settled

OWN = ("id", "created", "updated", "deleted", "chosen")  # of an entry, and never the same twice
FIRST = ("right_curly_bracket",)  # goes to the first paragraph, LEAD
MARK = ("annotate", "1", "--quote", LEAD)


@dataclass(frozen=True, slots=True)
class Case:
    """A change, made by keys in the article or the library, and by commands."""

    keys: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]
    """ID and ID2 stand for the ids of the annotations that there are."""
    in_library: bool = False


CASES = {
    "highlight": Case((*FIRST, "H"), (MARK,)),
    "select": Case((*FIRST, "v", *"4eH"), (("annotate", "1", "--quote", "The ferry left the"),)),
    "note": Case((*FIRST, "a", *"Why?", "escape"), ((*MARK, "--note", "Why?"),)),
    "tag": Case((*FIRST, "t", *"fog,sea", "enter"), ((*MARK, "--tag", "sea", "--tag", "fog"),)),
    "edit": Case(
        (*FIRST, "a", *"Why", "escape", "e", "?", "escape"),
        ((*MARK, "--note", "Why"), ("note", "edit", "ID", "--note", "Why?")),
    ),
    "range": Case(
        (*FIRST, "v", *"4eH", "E", *"2eH"),
        (
            ("annotate", "1", "--quote", "The ferry left the"),
            ("note", "edit", "ID", "--quote", "The ferry left the harbour at"),
        ),
    ),
    "merge": Case(
        (*FIRST, "H", "right_curly_bracket", "H", "left_square_bracket", "M"),
        (MARK, ("annotate", "1", "--quote", SECOND), ("note", "merge", "ID", "ID2")),
    ),
    "color in the notes": Case((*FIRST, "H", "A", "4"), (MARK, ("note", "edit", "ID", "--color", "pink"))),
    "tag in the notes": Case(
        (*FIRST, "H", "A", "t", *"sea", "enter"), (MARK, ("note", "edit", "ID", "--tag", "sea"))
    ),
    "delete in the notes": Case((*FIRST, "H", "A", "d", "d"), (MARK, ("note", "delete", "ID"))),
    "color": Case((*FIRST, "H", "3"), (MARK, ("note", "edit", "ID", "--color", "blue"))),
    "delete": Case((*FIRST, "H", "d", "d"), (MARK, ("note", "delete", "ID"))),
    "undo": Case((*FIRST, "H", "3", "U"), (MARK, ("note", "edit", "ID", "--color", "blue"), ("undo",))),
    "undo of delete": Case((*FIRST, "H", "d", "d", "U"), (MARK, ("note", "delete", "ID"), ("undo",))),
    "redo": Case(
        (*FIRST, "H", "3", "U", "ctrl+r"),
        (MARK, ("note", "edit", "ID", "--color", "blue"), ("undo",), ("redo",)),
    ),
    "hide": Case((*FIRST, "X"), (("hide", "1", "3"),)),
    "star": Case(("asterisk",), (("star", "1"),), in_library=True),
    "tag the article": Case(("t", *"sea", "enter"), (("tag", "1", "sea"),), in_library=True),
    "note on the article": Case(
        ("a", *"Why?", "escape"), (("note", "article", "1", "--note", "Why?"),), in_library=True
    ),
    "correct": Case(
        ("i", "enter", "ctrl+u", *"A ferry", "enter"),
        (("correct", "1", "--title", "A ferry"),),
        in_library=True,
    ),
    "rename": Case(
        ("t", *"sea", "enter", "number_sign", "r", "ctrl+u", *"fog", "enter"),
        (("tag", "1", "sea"), ("tags", "rename", "sea", "fog")),
        in_library=True,
    ),
    "take a tag away": Case(
        ("t", *"sea,fog", "enter", "number_sign", "d", "d", "enter"),
        (("tag", "1", "sea", "fog"), ("tags", "delete", "fog")),
        in_library=True,
    ),
    "keep a search": Case(
        ("s", *"harbour ", "enter", "S", *"Sea", "enter"),
        (("shelf", "add", "Sea", "harbour"),),
        in_library=True,
    ),
    "rename a search": Case(
        (
            "s",
            *"harbour ",
            "enter",
            "S",
            *"Sea",
            "enter",
            *"/",
            "ctrl+u",
            "enter",
            *"r",
            "ctrl+u",
            *"Port",
            "enter",
        ),
        (("shelf", "add", "Sea", "harbour"), ("shelf", "rename", "Sea", "Port")),
        in_library=True,
    ),
    "delete a search": Case(
        ("s", *"harbour ", "enter", "S", *"Sea", "enter", *"/", "ctrl+u", "enter", *"dd"),
        (("shelf", "add", "Sea", "harbour"), ("shelf", "delete", "Sea")),
        in_library=True,
    ),
}


async def press(folder: Path, case: Case) -> Path:
    """Make a change by keys; returns the workspace."""
    workspace = workspace_in(folder, {"ferry.txt": FERRY})
    article = None if case.in_library else workspace.summaries()[0].id
    async with opened(workspace, (100, 30), article) as pilot:
        for key in case.keys:
            await pilot.press(key)
            await settled(pilot)
    workspace.close()
    return workspace.root


def command(folder: Path, case: Case) -> Path:
    """Make a change by commands; returns the workspace."""
    workspace = workspace_in(folder, {"ferry.txt": FERRY})
    workspace.close()
    for words in case.commands:
        ids = identities_in(workspace.root)
        filled = [ids.get(word, word) for word in words]
        result = run("--workspace", str(workspace.root), *filled)
        assert result.exit_code == 0, result.stderr
    return workspace.root


def identities_in(room: Path) -> dict[str, str]:
    """Return the ids of the first two annotations, by what stands for them."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in (room / "annotations").glob("*.toml")]
    ids = (one["id"] for table in tables for one in table.get("annotation", []))
    return dict(zip(("ID", "ID2"), ids, strict=False))


def said_in(room: Path) -> dict[str, Any]:
    """Read all of a user's files, those in the trash too, without what is never the same twice."""
    files = (*(room / "annotations").rglob("*.toml"), *room.glob("*.toml"))
    return {
        str(path.relative_to(room)): lasting(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted(files)
    }


def lasting(table: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [without_own(one) for one in said] if isinstance(said, list) else said
        for name, said in table.items()
    }


def without_own(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in OWN}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
@pytest.mark.usefixtures("room")
async def test_keys_and_commands_write_the_same(tmp_path: Path, case: Case) -> None:
    by_keys = said_in(await press(tmp_path / "keys", case))
    by_commands = said_in(command(tmp_path / "commands", case))

    assert by_commands
    assert by_keys == by_commands
