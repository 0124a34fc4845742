"""The command line for the tests: run in this process, its JSON read."""

import json
from typing import Any

from click.testing import CliRunner, Result

from reader.cli import main
from tests.builders import LEAD, SECOND, THIRD

FERRY = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n\nSign up to our newsletter\n"


def run(*arguments: str, given: bytes | None = None) -> Result:
    """Run the program with some arguments, and what comes through a pipe."""
    return CliRunner().invoke(main, arguments, input=given, catch_exceptions=False)


def listed(result: Result, name: str) -> list[dict[str, Any]]:
    """Read the list that a command printed as JSON."""
    document = json.loads(result.stdout)
    assert document["version"] == 1
    found: list[dict[str, Any]] = document[name]
    return found
