"""The reference of the commands: what it says of them is asked of the program.

`python -m tests.test_commands_doc` (or `make docs`) writes that part of `docs/commands.md` anew.
"""

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from reader.cli import main
from tests.commands import listed, run

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "commands.md"
BEGIN, END = "<!-- commands -->", "<!-- /commands -->"


def parts() -> tuple[str, str, str]:
    """Return the document before, in, and after the part that is made."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    made, _, after = rest.partition(END)
    return before, made, after


def reference() -> str:
    """Write all commands with their arguments and options as Markdown."""
    return "\n\n".join(["", *(section(path, command) for path, command in commands(main, "reader")), ""])


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands of a group, and of the groups in it, with their full names."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


def section(path: str, command: click.Command) -> str:
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option)]
    words = [path, *map(argument, arguments), *(["[OPTION]…"] if options else [])]
    prose = re.sub(
        r"\x08\n(.*)",
        lambda code: f"```sh\n{code[1]}\n```",
        inspect.cleandoc(command.help or ""),
        flags=re.DOTALL,
    )
    rows = [f"- `{option(one)}`: {one.help}" for one in options]
    return "\n\n".join(
        [
            f"### `{' '.join(words)}`",
            prose,
            *["\n".join(rows)] * bool(rows),
        ]
    )


def argument(one: click.Argument) -> str:
    name = one.metavar or (one.name or "").upper() + ("…" if one.nargs < 0 else "")
    return name if one.required or name.startswith("[") else f"[{name}]"


def option(one: click.Option) -> str:
    words = ", ".join(one.opts)
    if one.is_flag:
        return words
    kinds = {click.Path: "PATH", click.IntRange: "N"}
    value = (
        "|".join(one.type.choices)
        if isinstance(one.type, click.Choice)
        else kinds.get(type(one.type), "TEXT")
    )
    return f"{words} {one.metavar or value}"


def examples() -> list[dict[str, Any]]:
    """Return the JSON that the document shows."""
    return [
        json.loads(text) for text in re.findall(r"^```json\n(.*?)^```", parts()[2], re.MULTILINE | re.DOTALL)
    ]


def test_the_help_names_every_command_and_cuts_no_sentence() -> None:
    shown = run("--help").stdout

    assert "..." not in shown.partition("--help")[2]
    assert max(map(len, shown.splitlines())) <= 80
    for name, command in commands(main, ""):
        if " " not in name.strip():
            first_line = command.get_short_help_str(200).split()[:5]
            assert f"\n  {name.strip()} " in shown
            assert " ".join(first_line) in shown


def test_the_help_of_no_group_of_commands_cuts_a_sentence() -> None:
    groups = [path.split() for path, command in commands(main, "") if isinstance(command, click.Group)]

    shown = {" ".join(path): run(*path, "--help").stdout for path in groups}

    assert len(groups) >= 6
    assert [path for path, text in shown.items() if "..." in text.partition("--help")[2]] == []


def test_the_reference_names_every_command_with_all_that_it_takes() -> None:
    assert parts()[1] == reference()


def test_the_json_in_the_document_is_of_the_shapes_that_are_printed(room: Path) -> None:
    run("annotate", "1", "--quote", "fog", "--note", "Whose fault?")
    run("annotate", "1", "--quote", "oranges")
    run("tag", "1", "sea")
    run("note", "article", "1", "--note", "Compare the log of 1974.")
    run("note", "delete", listed(run("notes", "oranges", "--json"), "annotations")[0]["id"])
    printed = [
        json.loads(text)
        for text in (
            run("notes", "--json").stdout,
            *run("export", "jsonl").stdout.splitlines(),
            run("tags", "--json").stdout,
            run("trash", "--json").stdout,
            run("correct", "1", "--json").stdout,
        )
    ]

    assert [shape(one) for one in examples()] == [shape(one) for one in printed]


def shape(value: object) -> object:
    """Return the keys of a value, and of the first of each list in it."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items() if key != "corrections"}
    return [shape(one) for one in value[:1]] if isinstance(value, list) else None


if __name__ == "__main__":
    start, _, finish = parts()
    DOCUMENT.write_text(f"{start}{BEGIN}{reference()}{END}{finish}", encoding="utf-8")
