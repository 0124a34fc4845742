"""What tests of several modules begin with."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from reader.workspace import Workspace
from tests.commands import FERRY

# What a machine is busy with otherwise must not decide whether a property holds.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with one article, and places of its own; the current folder is the workspace."""
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    monkeypatch.delenv("READER_WORKSPACE", raising=False)
    folder = tmp_path / "room"
    (folder / "seeds").mkdir(parents=True)
    (folder / "annotations").mkdir()
    (folder / "seeds" / "ferry.txt").write_text(FERRY, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(autouse=True)
def _no_workspace_stays_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Close what a test opened: each workspace holds a dozen descriptors, and a process may have 256."""
    opened: list[Workspace] = []
    begin = Workspace.__init__

    def noted(workspace: Workspace, *what: Any, **else_: Any) -> None:
        opened.append(workspace)
        begin(workspace, *what, **else_)

    monkeypatch.setattr(Workspace, "__init__", noted)
    yield
    for workspace in opened:
        workspace.close()
