from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.annotations import AnnotationStore
from reader.annotations.mending import Mended, mend
from reader.files import locked

NOW = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)
NAME = "a-ferry--00000000.toml"
ABOUT = 'version = 1\n\n[article]\nid = "a-ferry-00000000"\ntitle = "A ferry"\npath = "seeds/ferry.txt"\n'


def note(name: str, start: int, color: str = "yellow") -> str:
    return (
        f'\n[[annotation]]\nid = "{name}"\ncolor = "{color}"\n\n[annotation.target]\n'
        f'exact = "fog"\nprefix = ""\nsuffix = ""\nstart = {start}\nend = {start + 3}\n'
    )


MINE, THEIRS = ABOUT + note("01A", 5), ABOUT + note("01B", 9)
MARKED = f"{ABOUT}<<<<<<< HEAD\n{note('01A', 5)}=======\n{note('01B', 9)}>>>>>>> branch\n"


def folder_with(folder: Path, **files: str) -> Path:
    """Annotations, by the names of their files: the file of the ferry is "main"."""
    annotations = folder / "annotations"
    annotations.mkdir()
    for name, text in files.items():
        (annotations / (NAME if name == "main" else name)).write_text(text, encoding="utf-8")
    return annotations


def mended(folder: Path, *, dry_run: bool = False) -> tuple[Mended, ...]:
    return mend(folder, folder / ".trash", folder.parent / "locks", NOW, dry_run=dry_run)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes().decode() for path in files}


@pytest.mark.parametrize(
    "copy",
    [
        "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml",
        "a-ferry--00000000 (Anna's conflicted copy 2026-11-21).toml",
        "a-ferry--00000000 (conflicted copy 2026-11-21 221500).toml",
        "a-ferry--00000000 (1).toml",
        "something else.toml",
    ],
)
def test_a_copy_is_merged_and_lies_in_the_trash_as_it_was(tmp_path: Path, copy: str):
    folder = folder_with(tmp_path, main=MINE, **{copy: THEIRS})

    (outcome,) = mended(folder)

    assert outcome.kept == folder / ".trash" / "merged" / f"{copy.removesuffix('.toml')}.20261121-223000.toml"
    assert contents(folder) == {
        NAME: MINE + note("01B", 9),
        str(outcome.kept.relative_to(folder)): THEIRS,
    }


def test_a_link_that_leads_in_a_circle_is_left_as_it_is(tmp_path: Path):
    folder = folder_with(tmp_path, main=MARKED)
    (folder / "loop.toml").symlink_to("loop.toml")

    (outcome,) = mended(folder)

    assert (outcome.file, outcome.fault) == (folder / NAME, None)
    assert (folder / "loop.toml").is_symlink()


def test_a_store_reads_what_was_mended_without_a_problem(tmp_path: Path):
    folder = folder_with(
        tmp_path, main=MARKED, **{NAME.replace(".toml", " (1).toml"): ABOUT + note("01C", 1)}
    )

    mended(folder)

    store = AnnotationStore(folder, tmp_path / "locks")
    store.refresh()
    assert [one.id for one in store.records[0].annotations] == ["01C", "01A", "01B"]
    assert store.problems == ()
    assert store.trash.problems() == ()
    assert store.trash.entries() == ()


def test_conflict_marks_are_settled(tmp_path: Path):
    folder = folder_with(tmp_path, main=MARKED)

    (outcome,) = mended(folder)

    assert (outcome.file, outcome.source) == (folder / NAME, folder / NAME)
    assert contents(folder) == {
        NAME: MINE + note("01B", 9),
        ".trash/merged/a-ferry--00000000.20261121-223000.toml": MARKED,
    }


def test_a_copy_of_a_file_with_conflict_marks_is_merged_after_them(tmp_path: Path):
    copy = "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml"
    folder = folder_with(tmp_path, main=MARKED, **{copy: MARKED.replace("01B", "01C")})

    outcomes = mended(folder)

    assert len(outcomes) == 2
    assert (folder / NAME).read_text(encoding="utf-8").count("[[annotation]]") == 3


def test_a_copy_whose_file_is_gone_becomes_the_file(tmp_path: Path):
    folder = folder_with(tmp_path, **{"a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml": MINE})

    mended(folder)

    assert (folder / NAME).read_text(encoding="utf-8") == MINE


def test_a_copy_finds_the_file_of_its_article_under_another_name(tmp_path: Path):
    copy = "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml"
    folder = folder_with(tmp_path, **{"ferry.toml": MINE, copy: THEIRS})

    (outcome,) = mended(folder)

    assert outcome.file == folder / "ferry.toml"
    assert (folder / "ferry.toml").read_text(encoding="utf-8") == MINE + note("01B", 9)


def test_what_both_say_differently_is_kept_twice_and_named(tmp_path: Path):
    folder = folder_with(tmp_path, main=MINE, **{"other.toml": ABOUT + note("01A", 5, "pink")})

    (outcome,) = mended(folder)

    assert [clash.key for clash in outcome.clashes] == ["color"]
    assert (folder / NAME).read_text(encoding="utf-8").count("[[annotation]]") == 2


def test_a_second_time_there_is_nothing_to_mend(tmp_path: Path):
    folder = folder_with(tmp_path, main=MARKED, **{"other.toml": THEIRS})
    mended(folder)
    before = contents(folder)

    assert mended(folder) == ()
    assert contents(folder) == before


def test_two_copies_of_one_name_at_one_time_are_both_in_the_trash(tmp_path: Path):
    folder = folder_with(tmp_path, main=MINE, **{"other.toml": THEIRS})
    mended(folder)
    (folder / "other.toml").write_text(ABOUT + note("01C", 20), encoding="utf-8")

    mended(folder)

    names = sorted(path.name for path in (folder / ".trash" / "merged").iterdir())
    assert names == ["other.20261121-223000-2.toml", "other.20261121-223000.toml"]


def test_a_dry_run_tells_and_touches_nothing(tmp_path: Path):
    folder = folder_with(tmp_path, main=MARKED, **{"other.toml": THEIRS})
    before = contents(folder)

    outcomes = mended(folder, dry_run=True)

    assert [outcome.source.name for outcome in outcomes] == [NAME, "other.toml"]
    assert [outcome.kept for outcome in outcomes] == [None, None]
    assert contents(folder) == before


@pytest.mark.parametrize(
    "broken", ["id = = 1\n", MARKED.replace("01B", '01B" = "'), "<<<<<<< HEAD\nid = 1\n"]
)
def test_what_cannot_be_read_is_left_and_named(tmp_path: Path, broken: str):
    copy = "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml"
    folder = folder_with(tmp_path, main=MINE, **{copy: broken})
    before = contents(folder)

    (outcome,) = mended(folder)

    assert outcome.fault is not None
    assert outcome.fault.where.startswith(str(folder / copy))
    assert contents(folder) == before


def test_nothing_is_merged_into_a_file_that_cannot_be_read(tmp_path: Path):
    copy = "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml"
    folder = folder_with(tmp_path, main="id = = 1\n", **{copy: THEIRS})
    before = contents(folder)

    (outcome,) = mended(folder)

    assert outcome.fault is not None
    assert outcome.fault.where.startswith(str(folder / NAME))
    assert contents(folder) == before


def test_a_good_copy_is_merged_beside_one_that_cannot_be_read(tmp_path: Path):
    bad = "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml"
    good = "a-ferry--00000000.sync-conflict-20261121-221600-ABCDEF7.toml"
    folder = folder_with(tmp_path, main=MINE, **{bad: "id = = 1\n", good: THEIRS})

    outcomes = mended(folder)

    assert [bool(outcome.fault) for outcome in outcomes] == [True, False]
    assert sorted(path.name for path in folder.glob("*.toml")) == [bad, NAME]


def test_files_of_other_articles_and_broken_files_alone_are_left_in_peace(tmp_path: Path):
    other = MINE.replace("00000000", "11111111")
    folder = folder_with(
        tmp_path, main=MINE, **{"other.toml": other, "broken.toml": "= 1\n", "b.toml": "= 2\n"}
    )

    assert mended(folder) == ()


def test_a_link_to_a_file_is_no_second_file(tmp_path: Path):
    folder = folder_with(tmp_path, main=MINE)
    (folder / "link.toml").symlink_to(folder / NAME)
    (folder / "another.toml").symlink_to(folder / NAME)

    assert mended(folder) == ()


def test_a_file_keeps_its_mode(tmp_path: Path):
    folder = folder_with(tmp_path, main=MINE, **{"other.toml": THEIRS})
    (folder / NAME).chmod(0o600)

    mended(folder)

    assert (folder / NAME).stat().st_mode & 0o777 == 0o600


def test_a_file_that_another_program_is_writing_is_waited_for(tmp_path: Path):
    copy = "a-ferry--00000000.sync-conflict-20261121-221500-ABCDEF7.toml"
    folder = folder_with(tmp_path, main=MINE, **{copy: ABOUT})
    with ThreadPoolExecutor() as threads:
        with locked(folder / copy, tmp_path / "locks"):
            merging = threads.submit(mended, folder)
            wait([merging], timeout=0.2)
            (folder / copy).write_text(THEIRS, encoding="utf-8")
        merging.result()

    assert contents(folder)[NAME] == MINE + note("01B", 9)
