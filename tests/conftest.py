"""What tests of several modules begin with."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
