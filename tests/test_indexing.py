"""How the index follows the files: one note at a time, and beside a long writing."""

import contextlib
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import Config
from reader.errors import Conflict
from reader.indexing import Answer
from reader.search.compared import Standing
from reader.search.index import MANY, Index
from reader.search.values import Document, Synced
from reader.search.writing import MOST
from reader.workspace import Workspace
from tests.builders import places_in, workspace_in
from tests.test_search import FILES, article, found

VERBS = ("note", "body", "tag", "delete", "star", "correct", "undo", "elsewhere")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    made = Index(tmp_path / "index")
    made.sync({"a": "1", "b": "1"}, lambda keys: (article(key, "fog") for key in keys))
    yield made
    made.close()


@given(
    steps=st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 9)), min_size=1, max_size=8),
)
@settings(max_examples=12, deadline=None)
def test_after_any_changes_of_notes_nothing_is_left_to_be_written(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace = workspace_in(tmp_path_factory.mktemp("room"), FILES)
    workspace.search("ferry")

    for verb, number in steps:
        change(workspace, verb, number)
        workspace.search("ferry")

    assert workspace.index.sync() == Synced()
    workspace.close()


def change(workspace: Workspace, verb: str, number: int) -> None:
    """Change something of what the reader made of the articles."""
    notebook, placed = workspace.notebook, workspace.notebook.all()
    home = workspace.summaries()[number % 3].id
    if verb == "star":
        notebook.star(home, starred=True)
    elif verb == "correct":
        notebook.correct_all(home, {"title": f"Title {number}"})
    elif verb == "undo":
        with contextlib.suppress(Conflict):  # an editor was there meanwhile
            notebook.undo()
    elif verb == "note" or not placed:
        opened = workspace.desk.open(home).article
        notebook.annotate(opened, (number, number + 12), body=f"word{number}")
    elif verb == "delete":
        notebook.delete([placed[number % len(placed)]])
    elif verb == "elsewhere":  # an editor takes the whole file away
        placed[number % len(placed)].file.unlink()
    else:
        one = placed[number % len(placed)]
        tags = (f"tag{number}",) if verb == "tag" else one.annotation.tags
        notebook.change(one, replace(one.annotation, tags=tags, body=f"other{number}"))


def test_one_document_is_saved_without_a_look_at_the_others(index: Index) -> None:
    def load(keys: Iterable[str]) -> Iterator[Document]:
        return (article(key, "ice", stamp="2") for key in keys)

    saved = index.save({"b": "2"}, {"a", "z"}, load)

    assert saved == Synced(1, 1)
    assert index.stamps() == {"b": "2"}
    assert index.save({"b": "2"}, {"a"}, load) == Synced()


def test_who_saves_does_not_wait_for_another_thread_that_writes_many(index: Index) -> None:
    is_asked, is_answered = threading.Event(), threading.Event()

    def slowly(keys: Iterable[str]) -> Iterator[Document]:
        for key in keys:
            is_asked.set()
            assert is_answered.wait(10)
            yield article(key, "fog too")

    wanted = dict.fromkeys(("a", "b", *(f"m{number}" for number in range(MANY))), "1")
    writing = threading.Thread(target=index.sync, args=(wanted, slowly), kwargs={"touched": {"m1", "m2"}})
    writing.start()
    assert is_asked.wait(10)
    before = found(index, "fog").total
    saved = index.save({"m1": "2"}, {"m2"}, lambda keys: (article(key, "kraken", stamp="2") for key in keys))
    after = found(index, "kraken").total
    is_answered.set()
    writing.join()

    assert (before, saved, after) == (2, Synced(1, 0), 1)
    assert found(index, "fog").total == len(wanted) - 2  # what was saved, and deleted, meanwhile is newer
    assert found(index, "kraken").total == 1


def test_who_types_is_answered_while_everything_is_compared_with_the_files(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    answers: list[Answer] = []

    workspace.index.sync(lambda *_: answers.append(workspace.search("ferry", typing=True)))
    after = workspace.search("ferry", typing=True)
    workspace.close()

    assert {one.waiting for one in answers} == {"the index is being compared with the files"}
    assert (after.waiting, bool(after.results.hits)) == ("", True)


def test_a_note_that_is_written_while_everything_is_compared_is_found_by_the_next_key(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    kept = annotated(workspace, "narwhal")
    seen: list[tuple[int, int, str]] = []

    def write_and_search(number: int, _total: int) -> None:
        annotated(workspace, f"kraken{number}", 1 + number % 2)
        kept.unlink(missing_ok=True)
        workspace.notebook.refresh()
        found = workspace.search(f"kraken{number}", typing=True)
        old = workspace.search("narwhal", typing=True).results.total
        seen.append((found.results.total, old, found.waiting))

    workspace.index.sync(write_and_search)
    after = workspace.search("kraken*")
    everything = workspace.search("narwhal").results.total

    assert set(seen) == {(1, 0, "the index is being compared with the files")}
    assert (after.results.total, after.waiting, everything) == (len(seen), "", 0)
    assert workspace.index.sync() == Synced()
    workspace.close()


def test_what_could_not_be_read_again_is_found_no_more(index: Index) -> None:
    index.sync({"a": "2", "b": "1"}, lambda _: iter(()))

    assert index.stamps() == {"b": "1"}


def test_many_saves_leave_few_segments_and_every_document(index: Index) -> None:
    for number in range(40):
        key = f"n{number % 25}"  # some are written again
        index.save({key: str(number)}, (), lambda keys: (article(one, "rain") for one in keys))

    assert index.status().segments <= MOST
    assert found(index, "rain").total == 25
    assert found(index, "fog").total == 2


# What is remembered from one start to the next


def remembered(folder: Path) -> dict[str, Standing]:
    """What the index knows of the files it was compared with, as a program that starts now sees it."""
    (home,) = (folder / "cache").rglob("*.index")
    index = Index(home)
    found = index.compared()
    index.close()
    return found


def again(folder: Path) -> Workspace:
    """Start again on a workspace."""
    workspace = Workspace(folder / "room", places_in(folder), Config())
    workspace.sync()
    return workspace


def annotated(workspace: Workspace, body: str, number: int = 0) -> Path:
    """Write a note; return its file."""
    article = workspace.desk.open(workspace.summaries()[number].id).article
    made = workspace.notebook.annotate(article, (0, 12), body=body)
    return next(one.file for one in workspace.notebook.all() if one.annotation.id == made.id)


@pytest.fixture
def searched(tmp_path: Path) -> Path:
    """The folder of a workspace with a note, that was searched and closed."""
    workspace = workspace_in(tmp_path, FILES)
    annotated(workspace, "kraken")
    workspace.search("ferry")
    workspace.close()
    return tmp_path


def hits(workspace: Workspace, query: str) -> int:
    """Search, and close."""
    total = workspace.search(query).results.total
    workspace.close()
    return total


def test_a_start_knows_what_the_index_was_compared_with(searched: Path) -> None:
    before = remembered(searched)

    hits(again(searched), "ferry")

    assert len(before) == 2  # the sources as one, and the file with the note
    assert remembered(searched) == before


def test_a_note_that_was_written_between_two_searches_is_found_and_known_of(searched: Path) -> None:
    writing = again(searched)
    files = {annotated(writing, "squid", 0).name, annotated(writing, "squid", 1).name}
    writing.close()

    assert hits(again(searched), "squid") == 2
    assert files <= remembered(searched).keys()


def test_a_file_that_went_between_two_searches_is_found_no_more(searched: Path) -> None:
    for file in (searched / "room" / "annotations").glob("*.toml"):
        file.unlink()

    assert hits(again(searched), "kraken") == 0
    assert len(remembered(searched)) == 1


def test_a_file_that_was_edited_between_two_searches_is_found_as_it_is(searched: Path) -> None:
    (file,) = (searched / "room" / "annotations").glob("*.toml")
    file.write_text(file.read_text("utf-8").replace("kraken", "mermaid"), "utf-8")

    assert hits(again(searched), "mermaid") == 1
    assert hits(again(searched), "kraken") == 0


def test_sources_that_came_went_and_changed_between_two_searches_are_seen(searched: Path) -> None:
    seeds = searched / "room" / "seeds"
    first, second = sorted(seeds.glob("*.txt"))[:2]
    first.unlink()
    second.write_text("A narwhal\n\nOne narwhal was seen off the coast.\n", "utf-8")
    (seeds / "new.txt").write_text("Another narwhal\n\nIt was seen too.\n", "utf-8")

    assert hits(again(searched), "narwhal") == 2
    assert hits(again(searched), "in:articles -narwhal") == len(FILES) - 2


@pytest.mark.parametrize("harm", [b"", b"no database", None])
def test_without_what_was_remembered_all_is_compared_again(searched: Path, harm: bytes | None) -> None:
    (path,) = searched.rglob("*.index/v*/files.db")
    path.unlink()
    if harm is not None:
        path.write_bytes(harm)
    writing = again(searched)
    annotated(writing, "squid")
    writing.close()

    assert hits(again(searched), "squid OR kraken") == 2
    assert len(remembered(searched)) == 2


def test_what_was_compared_is_not_believed_of_an_index_that_another_program_wrote_to(searched: Path) -> None:
    (home,) = (searched / "cache").rglob("*.index")
    stranger = Index(home)
    stranger.save({}, stranger.stamps().keys(), lambda _: iter(()))
    stranger.close()

    assert remembered(searched) == {}
    assert hits(again(searched), "kraken") == 1
