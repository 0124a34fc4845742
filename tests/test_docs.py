"""The documents say what the program does: keys, commands and exit codes are checked, not trusted.

`python -m tests.test_docs` (or `make docs`) writes `docs/keys.md` anew.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from reader.actions import ACTIONS, Action, Place
from reader.cleaning.rules import parse_rules
from reader.config import Config, load_config
from reader.errors import ReaderError
from reader.keys import shown_keys

ROOT = Path(__file__).resolve().parents[1]
KEYS = ROOT / "docs" / "keys.md"
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

PLACES = {
    Place.ANYWHERE: "Anywhere",
    Place.LIBRARY: "In the library",
    Place.READING: "While reading",
    Place.SELECTING: "While selecting words",
    Place.NOTES: "In the notes",
    Place.TAGS: "In the tags",
    Place.SEARCH: "In the search",
    Place.COMPARING: "While comparing",
}
EXAMPLES = re.findall(r"^```toml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?<![\w/.-])reader ([a-z]+)\b")


def row(action: Action) -> str:
    """Write an action as a row of a Markdown table."""
    keys = " ".join(f"`` {key} ``" if "`" in key else f"`{key}`" for key in shown_keys(action, {}))
    command = f"`{action.command}`" if action.command else ""
    return f"| {keys} | {action.title} | `{action.id}` | {command} |"


def key_tables() -> str:
    """Write the action table as Markdown."""
    lines = [
        "# Keys",
        "",
        "Every action, its keys, its name in the `[keys]` table of the configuration, and the command",
        "that does the same. Made from the action table by `make docs`.",
    ]
    for place, heading in PLACES.items():
        lines += ["", f"## {heading}", "", "| keys | what | name | command |", "|---|---|---|---|"]
        lines += [row(action) for action in ACTIONS if action.place is place]
    return "\n".join([*lines, ""])


@cache
def commands() -> set[str]:
    """Ask the program for its commands."""
    asked = [sys.executable, "-m", "reader", "--help"]
    said = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    return set(re.findall(r"^  ([a-z]+)\b", said.stdout.partition("--help")[2], re.MULTILINE))


def errors(kind: type[ReaderError] = ReaderError) -> Iterator[type[ReaderError]]:
    """Yield an error and all that are kinds of it."""
    yield kind
    for child in kind.__subclasses__():
        yield from errors(child)


def test_the_list_of_keys_is_the_action_table() -> None:
    assert KEYS.read_text(encoding="utf-8") == key_tables()


def test_every_key_in_the_readme_does_what_it_says() -> None:
    told = re.findall(
        r"^\| (`[^|]+`) \| ([^|]+) \|$", README.partition("### Keys")[2].partition("\n#")[0], re.MULTILINE
    )
    true = {(f"`{key}`", action.title) for action in ACTIONS for key in shown_keys(action, {})}

    assert told
    assert [(key, title) for keys, title in told for key in keys.split(" ") if (key, title) not in true] == []


def test_the_readme_names_every_command_and_no_other() -> None:
    told = set(
        COMMAND.findall("\n".join(re.findall(r"`[^`\n]+`|^    .*$|^reader .*$", README, re.MULTILINE)))
    )

    assert told == commands()


def test_the_command_of_every_action_exists() -> None:
    named = {found[1] for action in ACTIONS if (found := COMMAND.match(action.command))}

    assert named <= commands()


def test_the_readme_lists_every_exit_status() -> None:
    told = {int(status) for status in re.findall(r"^\| (\d) \|", README, re.MULTILINE)}

    assert told == {0, 2} | {error.status for error in errors()}


def test_the_settings_in_the_readme_are_understood(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text(EXAMPLES[0], encoding="utf-8")

    loaded = load_config(settings)

    assert loaded.problems == ()
    assert loaded.config != Config()


def test_the_rules_in_the_readme_are_understood() -> None:
    rules, problems = parse_rules(EXAMPLES[1], "rules.toml")

    assert problems == ()
    assert len(rules.rules) == EXAMPLES[1].count("[[rule]]")


@pytest.mark.parametrize(("number", "folder"), [(0, "reader"), (1, "reader/tui")], ids=["reader", "tui"])
def test_every_module_has_its_row_in_the_layout(number: int, folder: str) -> None:
    layout = CONTRIBUTING.partition("## Layout")[2].partition("\n## ")[0]
    table = layout.split("|---|---|")[number + 1].partition("\n\n")[0]
    rows = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    modules = {
        path.stem
        for path in (ROOT / folder).iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }

    assert set(re.findall(r"`(\w+)/?`", " ".join(rows))) == modules - {"__init__"}


if __name__ == "__main__":
    KEYS.write_text(key_tables(), encoding="utf-8")
