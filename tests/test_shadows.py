import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader.shadows import KEPT, Database, Form, ShadowLost, folder_of

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


# --- Databases ---

NUMBERS = Form(3, "CREATE TABLE number (value INTEGER);", probe="SELECT count(*) FROM number", busy=0.0)


def numbers(database: Database) -> list[int]:
    return [value for (value,) in database.rows("SELECT value FROM number ORDER BY value")]


def put(database: Database, value: int) -> None:
    with database.writing() as db:
        db.execute("INSERT INTO number VALUES (?)", (value,))


def test_what_was_written_is_known_the_next_time(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "new" / "a.db", NUMBERS)) as first:
        put(first, 7)

    with closing(Database(tmp_path / "new" / "a.db", NUMBERS)) as second:
        assert numbers(second) == [7]


def test_a_database_of_another_form_is_made_anew(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "a.db", NUMBERS)) as old:
        put(old, 7)

    with closing(Database(tmp_path / "a.db", NUMBERS._replace(version=4))) as new:
        assert numbers(new) == []


def test_damage_is_told_once_and_leaves_an_empty_database(tmp_path: Path) -> None:
    path, unseen = tmp_path / "a.db", NUMBERS._replace(probe="SELECT 1")
    with closing(Database(path, unseen)) as database, database.writing() as db:
        db.executemany("INSERT INTO number VALUES (?)", ((value,) for value in range(5000)))
    with closing(Database(path, unseen)) as database:
        path.write_bytes(path.read_bytes()[:4096] + b"no page" * 9000)
        with pytest.raises(ShadowLost):
            numbers(database)

        assert numbers(database) == []
    with closing(Database(path, NUMBERS)) as after:
        assert numbers(after) == []


def test_what_another_program_holds_is_done_without_and_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(Database(path, NUMBERS)) as database, closing(sqlite3.connect(path)) as other:
        put(database, 7)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ShadowLost):
            put(database, 8)
        put(database, 9)

        assert numbers(database) == [9]
    with closing(Database(path, NUMBERS)) as after:
        assert numbers(after) == [7]


def test_where_nothing_can_be_written_a_database_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file where the folder should be")

    with closing(Database(tmp_path / "cache" / "a.db", NUMBERS)) as database:
        put(database, 7)

        assert numbers(database) == [7]
