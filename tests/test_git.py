"""What real git makes of the files of two people who write apart."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reader.annotations import AnnotationStore
from reader.model import Summary
from reader.passages import Annotation
from tests.notes import annotation_at, store_in

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

FERRY = Summary("a-ferry-00000000", "A ferry", "seeds/ferry.txt", (1, 9), words=90, hidden=0)
QUAY = Summary("a-quay-11111111", "A quay", "seeds/quay.txt", (1, 9), words=90, hidden=0)
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Clone:
    """A workspace under git."""

    root: Path

    @property
    def store(self) -> AnnotationStore:
        store = store_in(self.root)
        store.refresh()
        return store

    @property
    def file(self) -> Path:
        return self.store.path_of(FERRY.id)

    def git(self, *words: str, fails: bool = False) -> str:
        """Run git away from the settings of whoever runs the tests."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PYTHONPATH": str(ROOT),
        }
        result = subprocess.run(
            ["git", "-c", "user.name=reader", "-c", "user.email=reader@localhost", *words],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert bool(result.returncode) == fails, result.stdout + result.stderr
        return result.stdout + result.stderr

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Read on")

    def add(self, *annotations: Annotation, about: Summary = FERRY) -> None:
        for annotation in annotations:
            self.store.add(about, annotation)

    def use_driver(self) -> None:
        """Let git ask the program, as the documents tell the user to."""
        driver = f"'{sys.executable}' -m reader merge-driver %O %A %B %P"
        self.git("config", "merge.reader.driver", driver)

    def notes(self) -> list[tuple[str, str]]:
        """The notes of the ferry by their ids; none may be hidden by a fault."""
        store = self.store
        assert store.problems == ()
        return [(one.id, one.body) for record in store.records for one in record.annotations]


@pytest.fixture
def first(tmp_path: Path) -> Clone:
    """A workspace with a file of two notes, committed."""
    clone = Clone(tmp_path / "first")
    clone.root.mkdir()
    clone.git("init", "--quiet", "--initial-branch", "main")
    (clone.root / ".gitignore").write_text("locks/\n", encoding="utf-8")
    (clone.root / ".gitattributes").write_text("annotations/**/*.toml merge=reader\n", encoding="utf-8")
    clone.add(annotation_at(100), annotation_at(300))
    clone.commit()
    return clone


@pytest.fixture
def second(first: Clone, tmp_path: Path) -> Clone:
    """A clone of it."""
    first.git("clone", "--quiet", str(first.root), str(tmp_path / "second"))
    return Clone(tmp_path / "second")


def ids(*starts: int) -> list[str]:
    return [annotation_at(start).id for start in starts]


def both_ways(first: Clone, second: Clone) -> None:
    """Commit on both sides, and merge each into the other as it was before."""
    first.commit()
    second.commit()
    first.git("branch", "before")
    first.git("pull", "--quiet", "--no-rebase", "--no-edit", str(second.root), "main")
    second.git("pull", "--quiet", "--no-rebase", "--no-edit", str(first.root), "before")


def test_the_diff_of_a_new_note_shows_that_note_alone(first: Clone):
    first.add(annotation_at(200, body="Thick.\nVery thick."))

    diff = first.git("diff", "--unified=0", "--", "annotations").splitlines()

    changed = [line for line in diff if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]
    assert all(line.startswith("+") for line in changed)
    assert changed.count("+[[annotation]]") == 1
    assert len([line for line in diff if line.startswith("@@")]) == 1


def test_plain_git_merges_notes_on_two_articles(first: Clone, second: Clone):
    first.add(annotation_at(200))
    second.add(annotation_at(7), about=QUAY)

    both_ways(first, second)

    assert first.notes() == second.notes()
    assert [one for one, _ in first.notes()] == ids(100, 200, 300, 7)


def test_plain_git_merges_notes_at_two_places_of_one_article(first: Clone, second: Clone):
    first.add(annotation_at(50))
    second.add(annotation_at(200))

    both_ways(first, second)

    assert first.notes() == second.notes()
    assert [one for one, _ in first.notes()] == ids(50, 100, 200, 300)


def test_plain_git_leaves_marks_where_both_write_at_one_place(first: Clone, second: Clone):
    first.add(annotation_at(200))
    second.add(annotation_at(201))
    first.commit()
    second.commit()

    first.git("pull", "--quiet", "--no-rebase", "--no-edit", str(second.root), "main", fails=True)

    (problem,) = first.store.problems
    assert "marks of a merge conflict" in problem.what
    (record,) = first.store.records
    assert [one.id for one in record.annotations] == ids(100, 200, 201, 300)


def test_the_driver_merges_notes_at_one_place(first: Clone, second: Clone):
    first.use_driver()
    second.use_driver()
    first.add(annotation_at(200), annotation_at(202, body="The lighthouse?"))
    second.add(annotation_at(201, body="Which captain?"), annotation_at(203))

    both_ways(first, second)

    assert first.file.read_bytes() == second.file.read_bytes()
    assert [one for one, _ in first.notes()] == ids(100, 200, 201, 202, 203, 300)


def test_the_driver_merges_a_file_that_both_sides_made(first: Clone, second: Clone):
    first.use_driver()
    second.use_driver()
    first.add(annotation_at(7), about=QUAY)
    second.add(annotation_at(8), about=QUAY)

    both_ways(first, second)

    assert first.notes() == second.notes()
    assert [one for one, _ in first.notes()] == ids(100, 300, 7, 8)


def test_the_driver_keeps_comments_of_both_sides(first: Clone, second: Clone):
    first.use_driver()
    edit(first.file, lambda text: text.replace("[[annotation]]", "# for the essay\n[[annotation]]", 1))
    edit(second.file, lambda text: text.replace('color = "green"', 'color = "green"  # as the sea', 1))
    second.add(annotation_at(99))
    first.add(annotation_at(98))
    first.commit()
    second.commit()

    first.git("pull", "--quiet", "--no-rebase", "--no-edit", str(second.root), "main")

    text = first.file.read_text(encoding="utf-8")
    assert "# for the essay" in text
    assert "# as the sea" in text
    assert [one for one, _ in first.notes()] == ids(98, 99, 100, 300)


def test_the_driver_keeps_two_versions_of_a_note_and_says_so(first: Clone, second: Clone):
    first.use_driver()
    second.use_driver()
    for clone, body in ((first, "Why so late?"), (second, "Who was on board?")):
        note = annotation_at(100)
        clone.store.change(clone.file, note, replace(note, body=body))
    first.commit()
    second.commit()
    first.git("branch", "before")

    told = first.git("pull", "--no-rebase", "--no-edit", str(second.root), "main")
    second.git("pull", "--quiet", "--no-rebase", "--no-edit", str(first.root), "before")

    assert "annotations/a-ferry--00000000.toml: [[annotation]]" in told
    assert "body: set differently; both are kept" in told
    assert first.notes() == second.notes()
    assert sorted(body for _, body in first.notes()) == ["", "Who was on board?", "Why so late?"]


def test_the_driver_deletes_what_one_side_deleted(first: Clone, second: Clone):
    first.use_driver()
    second.use_driver()
    first.store.discard(first.file, ids(100))
    second.add(annotation_at(101))

    both_ways(first, second)

    assert first.file.read_bytes() == second.file.read_bytes()
    assert [one for one, _ in first.notes()] == ids(101, 300)
    assert [one.annotation.id for one in second.store.trash.entries()] == ids(100)


def test_the_driver_leaves_marks_where_a_side_cannot_be_read(first: Clone, second: Clone):
    first.use_driver()
    edit(first.file, lambda text: text.replace('color = "green"', "color = green", 1))
    second.add(annotation_at(99))
    first.commit()
    second.commit()

    first.git("pull", "--quiet", "--no-rebase", "--no-edit", str(second.root), "main", fails=True)

    assert first.git("diff", "--name-only", "--diff-filter=U").strip() == "annotations/a-ferry--00000000.toml"
    text = first.file.read_text(encoding="utf-8")
    assert "color = green\n" in text
    assert ids(99)[0] in text


def edit(path: Path, change: Callable[[str], str]) -> None:
    """Edit a file by hand."""
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
