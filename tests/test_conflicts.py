import tomllib
from pathlib import Path

import pytest

from reader.annotations.conflicts import merge_driver, merge_sides
from reader.annotations.reading import find
from reader.annotations.sides import Sides, sides_of
from reader.errors import Conflict
from tests.notes import SAMPLES

ABOUT = 'version = 1\n\n[article]\nid = "a-ferry-00000000"\n'


def note(name: str, start: int, body: str = "") -> str:
    said = f"body = '{body}'\n" if body else ""
    return (
        f'\n[[annotation]]\nid = "{name}"\n{said}\n[annotation.target]\n'
        f'exact = "fog"\nprefix = ""\nsuffix = ""\nstart = {start}\nend = {start + 3}\n'
    )


def versions_in(folder: Path, *texts: str) -> tuple[Path, Path, Path]:
    """Three files as git hands them to a merge driver: base, ours, theirs."""
    paths = [folder / name for name in ("base", "ours", "theirs")]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths[0], paths[1], paths[2]


def test_a_conflict_is_taken_apart():
    text = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> branch\nd\n"

    assert sides_of(text) == Sides("a\nb\nd\n", "a\nc\nd\n", None)


def test_a_conflict_that_shows_the_base_is_taken_apart():
    text = "a\n<<<<<<< HEAD\nb\n||||||| 1234567\nx\n=======\nc\n>>>>>>> branch\nd\n"

    assert sides_of(text) == Sides("a\nb\nd\n", "a\nc\nd\n", "a\nx\nd\n")


def test_a_conflict_in_a_file_of_windows_is_taken_apart():
    text = "a\r\n<<<<<<< HEAD\r\nb\r\n=======\r\n>>>>>>> branch\r\n"

    assert sides_of(text) == Sides("a\r\nb\r\n", "a\r\n", None)


def test_a_rule_of_equals_signs_in_a_note_is_no_mark():
    text = "=======\n<<<<<<< a\nb\n=======\nc\n>>>>>>> d\n======= \n"

    assert sides_of(text) == Sides("=======\nb\n======= \n", "=======\nc\n======= \n", None)


@pytest.mark.parametrize("text", ["", "a = 1\n", "<<<<<<< a\nb\n", "<<<<<<< a\nb\n=======\nc\n"])
def test_what_has_no_whole_conflict_is_refused(text: str):
    with pytest.raises(ValueError, match="conflict mark"):
        merge_sides(text)


def test_the_sides_of_a_conflict_are_merged_by_entries():
    text = ABOUT + f"<<<<<<< HEAD{note('01A', 5)}={'=' * 6}{note('01B', 2)}>>>>>>> branch\n"

    merged = merge_sides(
        text.replace("<<<<<<< HEAD\n", "<<<<<<< HEAD\n\n").replace("=======\n", "=======\n\n")
    )

    assert [entry.table["id"] for entry in merged.document.named("annotation")] == ["01B", "01A"]


def test_the_driver_writes_the_merge_into_ours(tmp_path: Path):
    base, ours, theirs = versions_in(tmp_path, ABOUT, ABOUT + note("01A", 5), ABOUT + note("01B", 2))

    clashes = merge_driver(base, ours, theirs)

    assert clashes == ()
    assert ours.read_text(encoding="utf-8") == ABOUT + note("01B", 2) + note("01A", 5)


def test_the_driver_tells_what_it_kept_twice(tmp_path: Path):
    one, two, three = (ABOUT + note("01A", 5, body) for body in ("Why?", "Why now?", "Who?"))
    base, ours, theirs = versions_in(tmp_path, one, two, three)

    clashes = merge_driver(base, ours, theirs)

    assert [clash.key for clash in clashes] == ["body"]
    assert ours.read_text(encoding="utf-8").count("[[annotation]]") == 2


def test_the_driver_merges_files_that_both_sides_made(tmp_path: Path):
    base, ours, theirs = versions_in(tmp_path, "", ABOUT + note("01A", 5), ABOUT + note("01B", 2))

    merge_driver(base, ours, theirs)

    assert ours.read_text(encoding="utf-8") == ABOUT + note("01B", 2) + note("01A", 5)


@pytest.mark.parametrize("broken", ["id = = 1\n", 'version = 2\n[article]\nid = "x"\n', "body = '''no end\n"])
def test_a_side_that_cannot_be_read_is_left_between_marks(tmp_path: Path, broken: str):
    good = ABOUT + note("01A", 5)
    base, ours, theirs = versions_in(tmp_path, ABOUT, good, ABOUT + broken)

    with pytest.raises(Conflict, match=r"annotations/a\.toml: the two versions cannot be merged"):
        merge_driver(base, ours, theirs, "annotations/a.toml")

    assert sides_of(ours.read_text(encoding="utf-8")) == Sides(good, ABOUT + broken, None)


def test_a_side_without_a_line_end_is_left_whole_between_marks(tmp_path: Path):
    base, ours, theirs = versions_in(tmp_path, "", "a = = 1", "a = = 2")

    with pytest.raises(Conflict):
        merge_driver(base, ours, theirs)

    assert ours.read_text(encoding="utf-8") == "<<<<<<< ours\na = = 1\n=======\na = = 2\n>>>>>>> theirs\n"


def test_a_base_that_cannot_be_read_deletes_nothing(tmp_path: Path):
    base, ours, theirs = versions_in(tmp_path, "= broken", ABOUT + note("01A", 5), ABOUT)

    merge_driver(base, ours, theirs)

    assert tomllib.loads(ours.read_text(encoding="utf-8"))["annotation"][0]["id"] == "01A"


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_hostile_side_is_merged_or_left_between_marks(tmp_path: Path, sample: Path):
    base, ours, theirs = versions_in(tmp_path, ABOUT, ABOUT + note("01A", 5), "")
    theirs.write_bytes(sample.read_bytes())

    try:
        merge_driver(base, ours, theirs)
    except Conflict:
        outcome = ours.read_bytes()
        assert set(sample.read_bytes().splitlines()) <= set(outcome.splitlines())
    else:
        outcome = ours.read_bytes()
        tomllib.loads(outcome.decode().removeprefix("\ufeff"))
    assert b'id = "01A"' in outcome


def test_what_is_shown_of_a_conflict_is_what_a_merge_makes_of_it(tmp_path: Path):
    rule = "=" * 30
    text = f"{ABOUT}note = '''\n{rule}\nthe log\n{rule}\n'''\n"
    marked = f"<<<<<<< ours\n{text}{note('01A', 1)}=======\n{text}{note('01B', 9)}>>>>>>> theirs\n"
    path = tmp_path / "a.toml"
    path.write_text(marked, encoding="utf-8")

    record = find(path).record

    assert record is not None
    assert [one.id for one in record.annotations] == ["01A", "01B"]
    assert record.note == f"{rule}\nthe log\n{rule}\n"
    assert merge_sides(marked).document.text.count(rule) == 2
