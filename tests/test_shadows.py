import os
import sqlite3
import time
from contextlib import closing
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


def test_a_new_version_begins_with_what_the_last_one_knew(tmp_path: Path) -> None:
    now = time.time()
    for version, word in (("1.2", "old"), ("1.3", "new")):
        folder = folder_of(tmp_path, version, now)
        (folder / "a.index").mkdir(mode=0o700, exist_ok=True)
        (folder / "a.index" / "MAIN.toc").write_text(word, encoding="utf-8")
    with closing(sqlite3.connect(folder / "catalogue.db", isolation_level=None)) as writing:
        writing.execute("PRAGMA journal_mode = WAL")
        writing.execute("CREATE TABLE article (title TEXT)")
        writing.execute("INSERT INTO article VALUES ('The ferry')")
        folder_of(tmp_path, "1.3", now + 4)
        newest = folder_of(tmp_path, "1.4", now + 5)

    with closing(sqlite3.connect(newest / "catalogue.db")) as reading:
        assert reading.execute("SELECT title FROM article").fetchall() == [("The ferry",)]
    assert (newest / "a.index" / "MAIN.toc").read_text(encoding="utf-8") == "new"
    assert (newest / "a.index").stat().st_mode & 0o777 == 0o700
    assert len([*tmp_path.iterdir()]) == 3


def test_a_damaged_database_keeps_no_version_from_beginning(tmp_path: Path) -> None:
    (folder_of(tmp_path, "1.2", NOW) / "catalogue.db").write_bytes(b"no database" * 1000)

    assert folder_of(tmp_path, "1.3", NOW + 1).is_dir()


def test_a_cache_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")

    assert not folder_of(tmp_path / "cache", "1.2").exists()
