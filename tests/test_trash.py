from dataclasses import replace
from pathlib import Path

import pytest

from reader.annotations import AnnotationStore
from reader.errors import Conflict, NoSuchAnnotation
from reader.passages import Annotation
from tests.notes import SUBJECT, annotation_at, store_in

ONE, TWO, THREE = (annotation_at(start, body="a note", tags=("fog",)) for start in (10, 200, 3000))


def filled(folder: Path) -> AnnotationStore:
    """A store with three annotations, of which two have comments by hand."""
    store = store_in(folder)
    for one in (ONE, TWO, THREE):
        store.add(SUBJECT, one)
    file = store.path_of(SUBJECT.id)
    text = file.read_text("utf-8").replace('body = "a note"', 'body = "a note" # to be continued', 2)
    file.write_text(text.replace("[[annotation]]", "# a word on it\n[[annotation]]", 2), "utf-8")
    store.refresh()
    return store


def test_what_is_discarded_lies_in_the_trash(tmp_path: Path):
    store = filled(tmp_path)

    store.discard(store.path_of(SUBJECT.id), [ONE.id, THREE.id])

    assert store.records[0].annotations == (TWO,)
    entries = store.trash.entries()
    assert {one.annotation for one in entries} == {ONE, THREE}
    assert {(one.article_id, one.title, one.deleted) for one in entries} == {
        (SUBJECT.id, SUBJECT.title, "2026-11-21T12:00:00Z")
    }
    assert "# to be continued" in entries[-1].file.read_text("utf-8")


@pytest.mark.parametrize("chosen", [[ONE], [TWO], [THREE], [ONE, TWO], [THREE, ONE, TWO]])
def test_what_is_restored_stands_as_it_stood_also_after_a_restart(tmp_path: Path, chosen):
    store = filled(tmp_path)
    file = store.path_of(SUBJECT.id)
    before = file.read_bytes()
    for one in chosen:
        store.discard(file, [one.id])
    store = store_in(tmp_path)

    for one in chosen:
        store.restore([one.id])
    store.refresh()
    (record,) = store.records

    assert record.file == file
    assert file.read_bytes() == before
    assert store.trash.entries() == ()
    assert list(store.trash.folder.iterdir()) == []


def test_lines_that_end_with_two_characters_are_restored_so(tmp_path: Path):
    store = filled(tmp_path)
    file = store.path_of(SUBJECT.id)
    before = file.read_bytes().replace(b"\n", b"\r\n")
    file.write_bytes(before)

    store.discard(file, [TWO.id])
    store.restore([TWO.id])

    assert file.read_bytes() == before


def test_a_file_that_loses_its_last_word_is_gone_and_comes_back(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    file = store.path_of(SUBJECT.id)
    before = file.read_bytes()

    store.discard(file, [ONE.id])

    assert not file.exists()
    store.restore([ONE.id])
    assert file.read_bytes() == before
    assert store.records[0].annotations == (ONE,)


def test_an_annotation_goes_back_to_its_article_under_whatever_name(tmp_path: Path):
    store = filled(tmp_path)
    store.discard(store.path_of(SUBJECT.id), [TWO.id])
    store.path_of(SUBJECT.id).rename(store.folder / "my ferry.toml")
    store.refresh()

    store.restore([TWO.id])
    store.refresh()
    (record,) = store.records

    assert record.file == store.folder / "my ferry.toml"
    assert record.annotations == (ONE, TWO, THREE)


def test_what_is_back_already_is_not_put_back_twice(tmp_path: Path):
    store = filled(tmp_path)
    file = store.path_of(SUBJECT.id)
    before = file.read_bytes()
    store.discard(file, [TWO.id])
    file.write_bytes(before)  # as after a power cut between the trash and the file

    store.restore([TWO.id])
    store.refresh()
    (record,) = store.records

    assert record.annotations == (ONE, TWO, THREE)
    assert file.read_bytes() == before
    assert store.trash.entries() == ()


def test_an_annotation_of_an_id_that_stood_twice_comes_back(tmp_path: Path):
    store = store_in(tmp_path)
    store.add(SUBJECT, ONE)
    file = store.path_of(SUBJECT.id)
    text = file.read_text("utf-8")
    twin = text[text.index("[[annotation]]") :].replace("a note", "another")
    file.write_text(f"{text}\n{twin}", "utf-8")
    store.refresh()

    store.discard(file, [f"{ONE.id}~2"])
    store.restore([f"{ONE.id}~2"])

    assert sorted(one.body for one in store.records[0].annotations) == ["a note", "another"]


def test_what_another_program_emptied_meanwhile_is_gone_and_no_fault(tmp_path: Path):
    store = filled(tmp_path)
    store.discard(store.path_of(SUBJECT.id), [ONE.id])
    (found,) = store.trash.entries()
    found.file.unlink()  # between the look and the deed

    store.trash.remove(found.file, {ONE.id})

    assert store.trash.entries() == ()


def test_what_is_emptied_is_gone_for_good(tmp_path: Path):
    store = filled(tmp_path)
    store.discard(store.path_of(SUBJECT.id), [ONE.id, TWO.id])

    assert store.trash.empty([ONE.id, "unknown"]) == 1
    assert [one.annotation.id for one in store.trash.entries()] == [TWO.id]
    assert store.trash.empty() == 1
    assert store.trash.entries() == ()
    with pytest.raises(NoSuchAnnotation):
        store.restore([ONE.id])


def test_a_damaged_trash_is_named_and_nothing_is_deleted(tmp_path: Path):
    store = filled(tmp_path)
    file = store.path_of(SUBJECT.id)
    store.discard(file, [ONE.id])
    trashed = store.trash.folder / file.name
    trashed.write_bytes(b"damaged =\n" + trashed.read_bytes())
    before = file.read_bytes(), trashed.read_bytes()

    with pytest.raises(Conflict):
        store.discard(file, [TWO.id])
    with pytest.raises(Conflict):
        store.restore([ONE.id])

    assert [one.annotation for one in store.trash.entries()] == [ONE]
    assert [problem.where for problem in store.trash.problems()] == [f"{trashed}:1"]
    assert (file.read_bytes(), trashed.read_bytes()) == before


def test_an_annotation_that_was_changed_and_deleted_again_comes_back_as_it_was_last(tmp_path: Path):
    store = filled(tmp_path)
    file = store.path_of(SUBJECT.id)
    store.discard(file, [TWO.id])
    store.restore([TWO.id])
    later = replace(TWO, body="later", updated="2026-11-22T08:00:00Z")
    store.change(file, TWO, later)

    store.discard(file, [TWO.id])
    store.restore([TWO.id])

    assert store.records[0].annotations == (ONE, later, THREE)


def test_what_a_synchronisation_renamed_in_the_trash_goes_back_to_its_file(tmp_path: Path):
    store = filled(tmp_path)
    file = store.path_of(SUBJECT.id)
    before = file.read_bytes()
    store.discard(file, [TWO.id])
    (trashed,) = store.trash.folder.iterdir()
    trashed.rename(trashed.with_name(f"{trashed.stem}.sync-conflict-20261122-070000-ABCDEFG.toml"))

    store.restore([TWO.id])

    assert file.read_bytes() == before


def after_a_crash(folder: Path) -> tuple[AnnotationStore, Path, Annotation]:
    """A store that wrote its trash but not the file any more, and whose annotation was changed since."""
    store = filled(folder)
    file = store.path_of(SUBJECT.id)
    before = file.read_bytes()
    store.discard(file, [TWO.id])
    file.write_bytes(before)
    store.refresh()
    later = replace(TWO, body="later", updated="2026-11-22T08:00:00Z")
    store.change(file, TWO, later)
    return store, file, later


def test_an_older_version_in_the_trash_is_not_put_over_or_beside_a_newer_one(tmp_path: Path):
    store, _, later = after_a_crash(tmp_path)

    with pytest.raises(Conflict, match="changed there since"):
        store.restore([TWO.id])

    assert store.records[0].annotations == (ONE, later, THREE)
    assert [one.annotation for one in store.trash.entries()] == [TWO]


def test_of_two_versions_in_the_trash_the_last_deleted_comes_back(tmp_path: Path):
    store, file, later = after_a_crash(tmp_path)

    store.discard(file, [TWO.id])
    store.restore([TWO.id])

    assert store.records[0].annotations == (ONE, later, THREE)
