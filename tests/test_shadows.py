import os
from pathlib import Path

from reader.shadows import KEPT, folder_of

NOW = 1_800_000_000.0  # seconds


def test_each_version_of_the_program_has_a_folder_of_its_own(tmp_path: Path) -> None:
    one, other = folder_of(tmp_path, "1.2"), folder_of(tmp_path, "1.3")

    assert one != other
    assert folder_of(tmp_path, "1.2") == one
    assert one.is_dir()


def test_what_no_version_used_for_long_is_thrown_away_when_another_comes(tmp_path: Path) -> None:
    unused = folder_of(tmp_path, "1.2", NOW - KEPT - 1)
    (unused / "catalogue.db").write_bytes(b"")
    used = folder_of(tmp_path, "1.3", NOW - KEPT - 1)
    folder_of(tmp_path, "1.3", NOW - 1)
    foreign = tmp_path / "photographs"
    foreign.mkdir()
    os.utime(foreign, (1, 1))

    newest = folder_of(tmp_path, "1.4", NOW)

    assert set(tmp_path.iterdir()) == {used, foreign, newest}


def test_a_cache_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")

    assert not folder_of(tmp_path / "cache", "1.2").exists()
