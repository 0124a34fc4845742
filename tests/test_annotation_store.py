import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.annotations import AnnotationStore, ArticleRecord
from reader.errors import Conflict, NoSuchAnnotation, NotWritable
from reader.passages import Annotation, BlockChoice, Choice, Color, Target
from tests.notes import SAMPLES, SUBJECT, annotation_at, annotations, store_in, written

ROOT = Path(__file__).parent.parent
ONE, TWO, THREE = (annotation_at(start, body="a note\nof two lines") for start in (10, 200, 3000))
LATER = "2026-11-22T08:00:00Z"
BLOCK = Target("The ferry left the harbour", "", "", 0, 26)
OTHER_BLOCK = Target("Its captain", "", "", 100, 111)
ABOUT = 'version = 1\n\n[article]\nid = "a-ferry-00000000"\ntitle = "A ferry"\npath = "seeds/ferry.txt"\n'


def entry(identity: str, start: int = 0, more: str = "") -> str:
    """An entry by hand, of ten lines and what is said more."""
    target = f'exact = "fog"\nprefix = ""\nsuffix = ""\nstart = {start}\nend = {start + 3}\n'
    return f'\n[[annotation]]\nid = "{identity}"\n{more}\n[annotation.target]\n{target}'


def record_in(store: AnnotationStore) -> ArticleRecord:
    """The one record of a store, read anew from its files."""
    again = store_in(store.folder.parent)
    again.refresh()
    (record,) = again.records
    return record


def problems_in(store: AnnotationStore) -> list[tuple[str, str]]:
    """Where each problem is, from the name of its file on, and what it is."""
    store.refresh()
    return [(Path(problem.where).name, problem.what) for problem in store.problems]


@pytest.mark.parametrize("target", ["a.toml", "gone.toml", "a.toml/b.toml"])
def test_a_link_that_leads_nowhere_is_named_and_stands_in_no_ones_way(tmp_path: Path, target: str):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    (store.folder / "a.toml").symlink_to(target)
    store.refresh()
    store.glance()

    ((where, what),) = problems_in(store)

    assert (where, what.partition(" (")[0]) == ("a.toml", "cannot be read")
    assert not store.glance()
    assert record_in(store).annotations == (ONE,)


def test_a_number_that_is_too_long_to_be_written_is_told_and_the_rest_is_read(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    file = store.folder / "a-ferry--00000000.toml"
    long = f"0x{'f' * 5000}"
    text = file.read_text(encoding="utf-8") + entry("01B").replace("end = 3", f"end = {long}")
    file.write_text(text, encoding="utf-8")

    ((where, what),) = problems_in(store)

    assert where == file.name
    assert what == "a number has too many digits"
    assert [one.id for one in store.records[0].annotations] == [ONE.id]


def test_a_file_without_its_article_says_after_a_change_what_it_says_when_it_is_read(tmp_path: Path):
    store = store_in(tmp_path)
    for made in (ONE, TWO):
        store.add(SUBJECT, made)
    file = store.folder / "a-ferry--00000000.toml"
    store.discard(file, [ONE.id])
    text = file.read_text(encoding="utf-8").replace('id = "a-ferry-00000000"\n', "")
    file.write_text(text, encoding="utf-8")
    store.refresh()

    store.restore([ONE.id])

    assert store.records == (record_in(store),)
    assert store.records[0].article_id == SUBJECT.id


def test_a_file_that_is_a_link_in_a_circle_is_not_written(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    file = store.folder / "a-ferry--00000000.toml"
    file.unlink()
    file.symlink_to(file.name)

    with pytest.raises(NotWritable, match="cannot be written"):
        store.add(SUBJECT, TWO)


# What is written is read


def test_annotations_are_read_back(tmp_path: Path):
    store = store_in(tmp_path)

    for made in (TWO, ONE):
        store.add(SUBJECT, made)

    assert record_in(store) == ArticleRecord(
        SUBJECT.id,
        store.folder / "a-ferry--00000000.toml",
        "A ferry",
        "seeds/ferry.txt",
        annotations=(ONE, TWO),
    )
    assert store.problems == ()


def test_what_is_said_of_an_article_is_read_back(tmp_path: Path):
    store = store_in(tmp_path)

    store.set_article(SUBJECT, "starred", value=True)
    store.set_article(SUBJECT, "tags", ["sea", "#fog"])
    store.set_article(SUBJECT, "note", "read\nagain")
    store.set_article(SUBJECT, "corrections", {"title": "The ferry", "date": "2026"})
    store.choose(SUBJECT, BLOCK, Choice.HIDE)

    record = record_in(store)
    assert (record.starred, record.tags, record.note) == (True, ("fog", "sea"), "read\nagain")
    assert record.corrections == {"title": "The ferry", "date": "2026"}
    assert record.choices == (BlockChoice(BLOCK, Choice.HIDE),)


def test_what_is_taken_back_leaves_no_file_behind(tmp_path: Path):
    store = store_in(tmp_path)
    store.set_article(SUBJECT, "starred", value=True)
    store.set_article(SUBJECT, "corrections", {"title": "The ferry"})
    store.set_article(SUBJECT, "tags", ["fog"])
    store.choose(SUBJECT, BLOCK, Choice.KEEP)

    store.choose(SUBJECT, BLOCK, None)
    store.set_article(SUBJECT, "tags", [])
    store.set_article(SUBJECT, "corrections", {})
    store.set_article(SUBJECT, "starred", value=False)

    assert list(store.folder.iterdir()) == []
    assert store.refresh() is False
    assert store.records == ()


def test_a_choice_with_words_of_the_user_is_taken_back_without_them(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(SUBJECT, BLOCK, Choice.KEEP)
    file = store.path_of(SUBJECT.id)
    file.write_text(file.read_text("utf-8").replace("[[block]]", "[[block]]  # dear to me"), "utf-8")

    store.choose(SUBJECT, BLOCK, None)

    assert record_in(store).choices == ()
    assert "# dear to me" in file.read_text("utf-8")
    store.choose(SUBJECT, BLOCK, Choice.HIDE)
    assert record_in(store).choices == (BlockChoice(BLOCK, Choice.HIDE),)


def test_a_block_that_stands_twice_is_changed_twice(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(SUBJECT, BLOCK, Choice.KEEP)
    file = store.path_of(SUBJECT.id)
    text = file.read_text("utf-8")
    file.write_text(text + "\n" + text[text.index("[[block]]") :], "utf-8")

    store.choose(SUBJECT, BLOCK, Choice.HIDE)

    assert [made.choice for made in record_in(store).choices] == [Choice.HIDE, Choice.HIDE]


def test_setting_a_key_leaves_every_other_byte_of_its_entry(tmp_path: Path):
    store = store_in(tmp_path)
    text = (
        "version = 1\r\n[article]\r\n# why I like it\r\nid = 'a-ferry-00000000' # mine\r\n"
        "starred   =   false   # not yet\r\n[article.a.b]\r\nk = 1\r\n"
    )
    file = written(store, text)

    store.set_article(SUBJECT, "starred", value=True)

    assert file.read_bytes().decode() == text.replace("false", "true")


def test_a_change_goes_to_the_file_and_to_what_is_known(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    store.refresh()

    second = store.change(store.path_of(SUBJECT.id), ONE, replace(ONE, color=Color.PINK, updated=LATER))

    assert second is None
    assert store.records[0].annotations == (replace(ONE, color=Color.PINK, updated=LATER),)
    assert record_in(store) == store.records[0]


def test_after_many_changes_what_is_known_is_what_the_file_says(tmp_path: Path):
    store = store_in(tmp_path)
    made = [annotation_at(start) for start in range(0, 90, 10)]
    for one in made:
        store.add(SUBJECT, one)
    file = store.path_of(SUBJECT.id)

    for one in made[::2]:
        store.change(file, one, replace(one, body="Far out.", color=Color.PINK))
    store.discard(file, [made[3].id, made[4].id])

    again = store_in(tmp_path)
    again.refresh()
    assert store.records == again.records


def test_a_change_meets_one_made_by_hand_and_both_are_kept(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    file = store.path_of(SUBJECT.id)
    file.write_text(file.read_text("utf-8").replace("a note", "by hand"), "utf-8")

    second = store.change(file, ONE, replace(ONE, body="mine"))

    assert second is not None
    assert [one.body for one in record_in(store).annotations] == ["by hand\nof two lines", "mine"]
    assert len(second.id) == len(ONE.id)


def test_what_is_gone_cannot_be_changed_nor_discarded(tmp_path: Path):
    store = store_in(tmp_path)
    file = written(store, ABOUT)
    elsewhere = file.with_name("other.toml")

    for path in (file, elsewhere):
        with pytest.raises(NoSuchAnnotation):
            store.change(path, ONE, TWO)
        with pytest.raises(NoSuchAnnotation):
            store.discard(path, [ONE.id])

    assert not elsewhere.exists()


# Whose file it is


def test_a_file_that_was_renamed_is_found_by_its_id(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    renamed = store.path_of(SUBJECT.id).rename(store.folder / "my ferry.toml")
    store = store_in(tmp_path)

    store.add(SUBJECT, TWO)

    assert store.path_of(SUBJECT.id) == renamed
    assert record_in(store).annotations == (ONE, TWO)


def test_an_article_that_was_found_again_keeps_its_file_under_its_new_id(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    home = store.path_of(SUBJECT.id)
    today = SUBJECT._replace(id="a-late-ferry-11111111", title="A late ferry")

    store.add(today, TWO, home=home)

    record = record_in(store)
    assert (record.file, record.article_id, record.title) == (home, today.id, today.title)
    assert record.annotations == (ONE, TWO)


def test_the_file_of_another_article_is_not_taken_for_its_name(tmp_path: Path):
    store = store_in(tmp_path)
    written(store, ABOUT.replace("a-ferry-00000000", "a-train-11111111"))

    store.add(SUBJECT, ONE)

    assert store.path_of(SUBJECT.id).name == "a-ferry--00000000-2.toml"
    assert [record.article_id for record in store.records] == [SUBJECT.id, "a-train-11111111"]


def test_no_id_leads_out_of_the_folder(tmp_path: Path):
    store = store_in(tmp_path)

    path = store.path_of("../../etc/passwd-00000000")

    assert path.parent == store.folder


# Files of other hands and forms


@pytest.mark.parametrize(
    "text",
    [
        'article = { id = "a-ferry-00000000" }\n',
        "article = 3\n",
        '[[article]]\nid = "a-ferry-00000000"\n[[article]]\nid = "b"\n',
        '[article]\nid = "a-ferry-00000000"\n[other]\n[article.more]\nk = 1\n',
        'version = 2\n[article]\nid = "a-ferry-00000000"\n',
    ],
)
def test_a_valid_file_of_an_unusual_form_is_never_rewritten(tmp_path: Path, text: str):
    store = store_in(tmp_path)
    file = written(store, text)

    with pytest.raises(Conflict):
        store.set_article(SUBJECT, "starred", value=True, home=file)

    assert file.read_text("utf-8") == text


def test_a_header_in_quotes_is_a_header(tmp_path: Path):
    store = store_in(tmp_path)
    written(store, '["article"]\nid = "a-ferry-00000000"\n')

    store.set_article(SUBJECT, "starred", value=True)

    assert record_in(store).starred


def test_a_file_without_an_article_is_named(tmp_path: Path):
    store = store_in(tmp_path)
    written(store, "a = 1\n", "notes.toml")

    assert problems_in(store) == [("notes.toml", "lacks the id of an article")]
    assert store.records == ()


def test_the_annotations_of_a_file_without_an_article_are_shown(tmp_path: Path):
    store = store_in(tmp_path)
    written(store, entry("one"))

    (record,) = store.records
    assert (record.article_id, record.writable) == (SUBJECT.id, False)
    assert [one.id for one in record.annotations] == ["one"]


def test_a_byte_order_mark_stays(tmp_path: Path):
    store = store_in(tmp_path)
    file = written(store, "\ufeff" + ABOUT)

    store.add(SUBJECT, ONE)

    assert file.read_text("utf-8").startswith("\ufeff" + ABOUT)
    assert problems_in(store) == []


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ('id = "two"', "[[annotation]] lacks its target"),
        ('id = "two"\ntarget = 3', "[[annotation]] lacks its target"),
        (
            'id = "two"\ntarget = {exact = "", start = 1, end = 2}',
            "[[annotation]] has a target without its words",
        ),
        (
            'id = "two"\ntarget = {exact = "a", start = -1, end = 2}',
            "[[annotation]] has a target without its place",
        ),
        (
            'id = "two"\ntarget = {exact = "a", start = true, end = 2}',
            "[[annotation]] has a target without its place",
        ),
        ('target = {exact = "a", start = 1, end = 2}', "[[annotation]] lacks its id"),
        ('id = 3\ntarget = {exact = "a", start = 1, end = 2}', "[[annotation]] lacks its id"),
    ],
)
def test_an_entry_that_lacks_something_is_named_by_its_line_and_stays(tmp_path: Path, said: str, what: str):
    store = store_in(tmp_path)
    file = written(store, f"{ABOUT}\n# mine\n[[annotation]]\n{said}\n{entry('one', 10)}")

    ((where, found),) = problems_in(store)
    store.add(SUBJECT, TWO)

    assert where == f"{file.name}:9"
    assert found.startswith(what)
    assert [one.id for one in record_in(store).annotations] == ["one", TWO.id]
    assert said in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ('color = "ultraviolet"\n', "the color 'ultraviolet' is unknown"),
        ("color = [1]\n", "the color [1] is unknown"),
        ('tags = "a, b"\n', "the tags are not a list of texts"),
        ("body = 3\n", "the body is not a text"),
        ('created = "yesterday"\n', "created is not a time"),
    ],
)
def test_a_value_that_is_not_understood_is_named_and_the_rest_is_used(tmp_path: Path, said: str, what: str):
    store = store_in(tmp_path)
    file = written(store, ABOUT + entry("one", more=said))

    assert problems_in(store) == [(f"{file.name}:8", what)]
    assert [(one.id, one.color) for one in store.records[0].annotations] == [("one", Color.YELLOW)]
    assert store.records[0].writable


def test_an_id_that_stands_twice_is_shown_twice_and_each_can_be_changed(tmp_path: Path):
    store = store_in(tmp_path)
    file = written(store, ABOUT + entry("one", 10) + entry("one", 20))
    first, second = store.records[0].annotations

    store.change(file, second, replace(second, body="of the second"))
    store.discard(file, [first.id])

    assert second.id == "one~2"
    (left,) = record_in(store).annotations
    assert (left.id, left.target.start, left.body) == ("one", 20, "of the second")


# Damaged files


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_hostile_file_is_named_and_stands_as_it_is(tmp_path: Path, sample: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    file = store.folder / "a-ferry--00000000.toml"
    file.write_bytes(sample.read_bytes())

    store.refresh()
    with pytest.raises(Conflict):
        store.add(SUBJECT, ONE)

    assert store.problems
    assert all(problem.where.startswith(str(file)) for problem in store.problems)
    assert file.read_bytes() == sample.read_bytes()


GOOD = ABOUT + entry("one", 10) + entry("two", 20) + entry("three", 30)


@pytest.mark.parametrize(
    ("damaged", "line", "what", "left"),
    [
        (
            GOOD.replace("start = 20", "start = = 20"),
            25,
            "not valid TOML: Invalid value (at line 25",
            "one three",
        ),
        (GOOD.replace('"two"', '"two'), 19, "not valid TOML: ", "one three"),
        (GOOD.replace('"two"', '"""two'), 18, "not valid TOML: ", "one three"),
        (GOOD.replace('"two"', "[ # open"), 21, "not valid TOML: ", "one three"),
        (
            GOOD.replace('id = "two"', 'id = "two"\nid = "2"'),
            20,
            "not valid TOML: Cannot overwrite",
            "one three",
        ),
        (GOOD[: GOOD.index("start = 30") + 8], 28, "not valid TOML: ", "one two"),
        (GOOD.replace('id = "two"', f"id = {'9' * 5000}"), 18, "not valid TOML: ", "one three"),
        (GOOD.replace('id = "two"', f"id = {'[' * 5000}"), 18, "nested too deep", "one three"),
        (GOOD.replace("[[annotation]]", "[annotation]"), 18, "not valid TOML: ", "one two three"),
        (f"{ABOUT}{entry('one')}\0{entry('two')}", 17, "not valid TOML: ", "two"),
    ],
    ids=["syntax", "string", "strings", "array", "key", "cut", "number", "depth", "tables", "nul"],
)
def test_of_a_damaged_file_the_good_entries_are_shown(
    tmp_path: Path, damaged: str, line: int, what: str, left: str
):
    store = store_in(tmp_path)
    file = written(store, damaged)

    (record,) = store.records
    assert [one.id for one in record.annotations] == left.split()
    assert not record.writable
    first = store.problems[0]
    assert first.what.startswith(what)
    assert first.where == f"{file}:{line}"
    with pytest.raises(Conflict, match="left as it is"):
        store.change(file, record.annotations[0], ONE)
    with pytest.raises(Conflict):
        store.discard(file, ["one"])
    assert file.read_text("utf-8") == damaged
    assert store.path_of(SUBJECT.id) == file


@pytest.mark.parametrize("base", ["", '||||||| base\n\n[[annotation]]\nid = "old"\n'])
def test_of_a_merge_conflict_both_sides_are_shown(tmp_path: Path, base: str):
    store = store_in(tmp_path)
    sides = f"<<<<<<< HEAD{entry('mine', 5)}{base}======={entry('theirs', 7)}>>>>>>> branch\n"
    file = written(store, f"{ABOUT}{entry('one')}{sides}{entry('two', 9)}")

    (record,) = store.records
    assert [one.id for one in record.annotations] == ["one", "mine", "theirs", "two"]
    assert (record.article_id, record.writable) == (SUBJECT.id, False)
    assert problems_in(store) == [(f"{file.name}:17", "holds the marks of a merge conflict")]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_of_another_encoding_is_shown_and_not_written(tmp_path: Path, encoding: str):
    store = store_in(tmp_path)
    file = written(store, "")
    file.write_bytes((ABOUT + "# é\n" + entry("one")).encode(encoding))

    store.refresh()
    with pytest.raises(Conflict, match="not UTF-8"):
        store.add(SUBJECT, ONE)

    assert [one.id for one in store.records[0].annotations] == ["one"]


@pytest.mark.parametrize(
    "mark", [".sync-conflict-20260101-000000-ABCDEFG", " (my other desk's conflicted copy 2026-01-01)"]
)
def test_a_copy_left_by_a_synchronisation_shows_what_its_twin_lacks(tmp_path: Path, mark: str):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    copy = f"a-ferry--00000000{mark}.toml"
    text = store.path_of(SUBJECT.id).read_text("utf-8")
    file = written(store, text + entry("new", 99), copy)

    record = next(one for one in store.records if one.file == file)
    assert [one.id for one in record.annotations] == ["new"]
    assert not record.writable
    assert problems_in(store) == [(copy, "a copy that a synchronisation left behind")]
    assert "reader doctor --merge" in store.problems[0].remedy
    with pytest.raises(Conflict):
        store.change(file, record.annotations[0], ONE)
    written(store, text, copy)
    assert len(store.records) == 1


def test_two_files_about_one_article_are_both_shown(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    other = written(store, ABOUT + entry("two"), "other.toml")

    assert problems_in(store) == [("other.toml", "about the same article as a-ferry--00000000.toml")]
    assert [one.id for record in store.records for one in record.annotations] == [ONE.id, "two"]
    store.change(other, store.records[1].annotations[0], replace(store.records[1].annotations[0], body="new"))
    assert 'body = "new"' in other.read_text("utf-8")


def test_what_lies_in_a_folder_with_a_dot_is_no_record(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    store.discard(store.path_of(SUBJECT.id), [ONE.id])
    written(store, ABOUT, ".hidden.toml")

    assert store.records == ()
    assert store.problems == ()


# What changes outside


def test_a_change_made_outside_is_seen_at_the_next_look(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    store.refresh()
    file = store.path_of(SUBJECT.id)

    file.write_text(file.read_text("utf-8").replace("a note", "a word"), "utf-8")

    assert store.refresh()
    assert store.records[0].annotations[0].body == "a word\nof two lines"
    assert not store.refresh()
    file.unlink()
    assert store.refresh()
    assert store.records == ()


def test_a_change_under_the_same_stamp_is_seen(tmp_path: Path):
    store = store_in(tmp_path)
    file = written(store, ABOUT + entry("one"))
    before = file.stat()

    with file.open("r+b") as open_file:
        open_file.write((ABOUT + entry("two")).encode())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    store.refresh()

    assert [one.id for one in store.records[0].annotations] == ["two"]


def test_what_was_just_written_is_known_whatever_the_clock_says(tmp_path: Path):
    store = store_in(tmp_path)
    store.refresh()

    store.add(SUBJECT, ONE)

    assert store.records == (record_in(store),)
    assert not store.refresh()


# The format, as it is told


def test_the_example_in_the_documents_is_read_without_a_word_of_complaint(tmp_path: Path):
    (example,) = re.findall(
        r"```toml\n(.*?)```", (ROOT / "docs" / "annotations.md").read_text("utf-8"), re.DOTALL
    )
    store = store_in(tmp_path)
    file = written(store, example)
    (record,) = store.records
    (made,) = record.annotations

    assert store.problems == ()
    assert (record.starred, record.tags, record.note) == (True, ("sea",), "Read it again in winter.")
    assert record.corrections == {"date": "2026-11-21"}
    assert (made.color, made.tags) == (Color.GREEN, ("fog", "war/air-defence"))
    assert made.body.splitlines()[1] == "Compare this with the log of 1987."
    assert [made.choice for made in record.choices] == [Choice.HIDE]
    store.discard(file, [made.id])
    store.restore([made.id])
    assert file.read_text("utf-8") == example
    file.unlink()
    store.add(SUBJECT, made)
    assert example[example.index("[[annotation]]") : example.index("[[block]]")].strip() in file.read_text(
        "utf-8"
    )


def test_threads_may_read_what_came_and_went_at_the_same_time(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    files = [store.folder / f"a--{number:08x}.toml" for number in range(100)]
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # seconds; threads take turns wherever they can
    try:
        with ThreadPoolExecutor(2) as pool:
            for _ in range(25):
                for file in files:
                    file.write_text(ABOUT, "utf-8")
                came = [*pool.map(lambda _: store.refresh(), range(2))]
                for file in files:
                    file.unlink()
                went = [*pool.map(lambda _: store.refresh(), range(2))]
    finally:
        sys.setswitchinterval(before)

    assert (sorted(came), sorted(went), store.records) == ([False, True], [False, True], ())


# The shadow


def test_a_start_with_a_shadow_knows_what_the_files_say(tmp_path: Path):
    store = store_in(tmp_path, shadow=True)
    store.add(SUBJECT, ONE)
    store.choose(SUBJECT, BLOCK, Choice.HIDE)
    store.set_article(SUBJECT, "corrections", {"title": "The ferry"})
    written(store, "damaged =", "damaged.toml")
    long_ago = 1_000_000_000
    for file in store.folder.iterdir():
        os.utime(file, (long_ago, long_ago))
    store.refresh()
    store.close()
    again = store_in(tmp_path, shadow=True)
    again.refresh()
    again.close()

    assert (again.records, again.problems) == (store.records, store.problems)
    assert rows_in(tmp_path) == 2


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path):
    store = store_in(tmp_path, shadow=True)
    store.add(SUBJECT, ONE)
    store.refresh()
    store.close()
    with sqlite3.connect(tmp_path / "cache" / "records.db") as db:
        db.execute("UPDATE file SET said = replace(said, 'A ferry', 'A shadow')")
    db.close()

    again = store_in(tmp_path, shadow=True)
    again.refresh()

    assert again.records[0].title == "A shadow"
    store_in(tmp_path).add(SUBJECT, TWO)
    again.refresh()
    assert again.records[0].title == "A ferry"
    again.close()


def rows_in(folder: Path) -> int:
    """How many files the shadow knows."""
    with sqlite3.connect(folder / "cache" / "records.db") as db:
        (count,) = db.execute("SELECT count(*) FROM file").fetchone()
    db.close()
    return int(count)


@given(st.lists(annotations(), max_size=3, unique_by=lambda one: one.id))
def test_the_shadow_says_what_the_files_say(tmp_path_factory: pytest.TempPathFactory, made: list[Annotation]):
    folder = tmp_path_factory.mktemp("workspace")
    store = store_in(folder, shadow=True)
    for one in made:
        store.add(SUBJECT, one)
    store.refresh()
    store.close()

    shadowed, plain = store_in(folder, shadow=True), store_in(folder)
    shadowed.refresh()
    plain.refresh()

    assert shadowed.records == plain.records
    assert {one for record in plain.records for one in record.annotations} == set(made)
    shadowed.close()


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_shadow_is_made_anew(tmp_path: Path, damage: bytes):
    store_in(tmp_path).add(SUBJECT, ONE)
    shadow = tmp_path / "cache" / "records.db"
    shadow.parent.mkdir()
    shadow.write_bytes(damage)

    store = store_in(tmp_path, shadow=True)
    store.refresh()
    store.add(SUBJECT, TWO)
    store.close()

    assert store.records[0].annotations == (ONE, TWO)
    assert rows_in(tmp_path) == 1


@pytest.mark.parametrize("said", ["", "[]", "[1, []]", '[[], [["a"]]]', json.dumps([["x"] * 10, []])])
def test_a_shadow_that_says_nonsense_is_thrown_away(tmp_path: Path, said: str):
    store = store_in(tmp_path, shadow=True)
    store.add(SUBJECT, ONE)
    store.refresh()
    store.close()
    with sqlite3.connect(tmp_path / "cache" / "records.db") as db:
        db.execute("UPDATE file SET said = ?", (said,))
    db.close()

    again = store_in(tmp_path, shadow=True)
    again.refresh()
    again.close()

    assert again.records == store.records


def test_a_shadow_out_of_reach_is_done_without(tmp_path: Path):
    (tmp_path / "cache").write_text("a file where the folder should be", "utf-8")
    store = store_in(tmp_path, shadow=True)

    store.add(SUBJECT, ONE)
    store.refresh()
    store.close()

    assert store.records[0].annotations == (ONE,)


# Many hands, and files that cannot be written


def test_two_programs_that_add_to_one_article_lose_nothing(tmp_path: Path):
    program = (
        "import sys; from pathlib import Path; from tests.notes import SUBJECT, annotation_at, store_in\n"
        "store = store_in(Path(sys.argv[1]))\n"
        "for number in range(200):\n"
        "    store.add(SUBJECT, annotation_at(2 * number + int(sys.argv[2])))\n"
    )
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(parity)], cwd=ROOT)
        for parity in (0, 1)
    ]
    for run in runs:
        assert run.wait() == 0

    record = record_in(store_in(tmp_path))
    assert [one.target.start for one in record.annotations] == list(range(400))


def test_two_accounts_that_add_to_one_article_lose_nothing(tmp_path: Path):
    program = (
        "import sys; from pathlib import Path; from reader.annotations.store import AnnotationStore\n"
        "from tests.notes import SUBJECT, annotation_at\n"
        "root, parity = Path(sys.argv[1]), int(sys.argv[2])\n"
        "store = AnnotationStore(root / 'annotations', root / f'state-{parity}')\n"
        "for number in range(60):\n"
        "    store.add(SUBJECT, annotation_at(2 * number + parity))\n"
    )
    (tmp_path / "annotations").mkdir()
    runs = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), str(parity)], cwd=ROOT)
        for parity in (0, 1)
    ]
    for run in runs:
        assert run.wait() == 0

    record = record_in(store_in(tmp_path))
    assert [one.target.start for one in record.annotations] == list(range(120))


def test_mode_and_link_of_a_file_are_kept(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    real = tmp_path / "real.toml"
    real.write_text(ABOUT, "utf-8")
    real.chmod(0o640)
    link = store.folder / "a-ferry--00000000.toml"
    link.symlink_to(real)

    store.add(SUBJECT, ONE)

    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert record_in(store).annotations == (ONE,)


def test_a_folder_that_cannot_be_made_is_named_and_the_words_are_kept(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.write_text("a file where the folder should be", "utf-8")

    with pytest.raises(NotWritable, match="annotations"):
        store.add(SUBJECT, ONE)
    kept = store.rescue(SUBJECT, ONE)

    assert store.rescued() == (kept,)
    again = AnnotationStore(kept.parent, tmp_path / "locks")
    again.refresh()
    assert again.records[0].annotations == (ONE,)
    assert again.problems == ()


def test_what_is_rescued_twice_is_kept_twice(tmp_path: Path):
    store = store_in(tmp_path)

    kept = {store.rescue(SUBJECT, replace(ONE, body=body)) for body in ("first", "second")}

    assert set(store.rescued()) == kept
    assert len(kept) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    store.folder.chmod(0o555)

    with pytest.raises(NotWritable, match="Permission denied"):
        store.add(SUBJECT, ONE)

    store.folder.chmod(0o755)
    assert list(store.folder.iterdir()) == []
