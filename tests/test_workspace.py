import contextlib
import os
import shutil
import sqlite3
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import Config, Places
from reader.errors import AmbiguousArticle, Conflict, NoSuchArticle, NotWritable, UnreadableSource
from reader.model import Progress, Status
from reader.opening import is_workspace, make_workspace, open_workspace
from reader.passages import Choice
from reader.workspace import Preferences, Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in

FERRY = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
TRAIN = f"A train in the snow\n\n{SECOND}\n\n{THIRD}\n\n{LEAD}\n"


def reopened(workspace: Workspace, folder: Path) -> Workspace:
    again = Workspace(workspace.root, places_in(folder), workspace.config)
    again.sync()
    return again


def test_an_article_is_found_by_number_id_prefix_and_words_of_its_title(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": TRAIN})
    ferry, train = workspace.summaries()

    assert workspace.find("1") == ferry
    assert workspace.find(train.id) == train
    assert workspace.find(train.id[:7]) == train
    assert workspace.find("snow TRAIN") == train


def test_a_number_of_any_length_is_the_name_of_no_article(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})

    with pytest.raises(NoSuchArticle):
        workspace.find("1" * 5000)


def test_a_name_that_fits_several_lists_them(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": TRAIN})

    with pytest.raises(AmbiguousArticle, match="A train in the snow"):
        workspace.find("r")
    with pytest.raises(NoSuchArticle):
        workspace.find("bicycle")


def test_only_what_changed_is_read_again(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": TRAIN})

    untouched = workspace.sync()
    (workspace.root / "seeds" / "b.txt").write_text(
        TRAIN + "\nA last line was added to it.\n", encoding="utf-8"
    )
    changed = workspace.sync()
    (workspace.root / "seeds" / "b.txt").unlink()
    gone = workspace.sync()

    assert (untouched.read, untouched.gone) == (0, 0)
    assert (changed.read, changed.gone, changed.new) == (1, 0, 1)
    assert (gone.read, gone.gone) == (0, 1)
    assert [one.title for one in workspace.summaries()] == ["The ferry that came too late"]


def test_the_cache_can_be_deleted_and_comes_back_the_same(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "sub/b.txt": TRAIN})
    before = workspace.summaries()
    workspace.close()
    shutil.rmtree(tmp_path / "cache")

    assert reopened(workspace, tmp_path).summaries() == before


@pytest.mark.parametrize("damage", [b"not a database at all, whatever its name says", b""])
def test_a_damaged_catalogue_is_made_anew(tmp_path: Path, damage: bytes):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    before = workspace.summaries()
    workspace.close()
    for path in (tmp_path / "cache").rglob("catalogue-*"):
        path.write_bytes(damage)

    assert reopened(workspace, tmp_path).summaries() == before


def test_the_same_article_in_two_files_is_one_article_in_two_places(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": FERRY})

    first, second = workspace.summaries()
    workspace.notebook.star(first.id, starred=True)
    (workspace.root / "seeds" / "a.txt").unlink()
    workspace.sync()

    assert first.id == second.id
    assert [one.path for one in workspace.summaries()] == ["seeds/b.txt"]
    assert workspace.desk.open(second.id).starred


def test_two_files_that_change_places_keep_their_articles(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": TRAIN})
    ferry, train = workspace.summaries()
    workspace.notebook.star(train.id, starred=True)
    (workspace.root / "seeds" / "a.txt").write_text(TRAIN, encoding="utf-8")
    (workspace.root / "seeds" / "b.txt").write_text(FERRY, encoding="utf-8")
    workspace.sync()

    assert [one.id for one in workspace.summaries()] == [train.id, ferry.id]
    assert workspace.desk.open(train.id).starred


TEXTS = st.sampled_from(
    (FERRY, TRAIN, f"{FERRY}\nA line more.\n", "", f"# One\n\n{LEAD}\n\n# Two\n\n{SECOND}\n")
)
STEPS = st.lists(st.tuples(st.sampled_from(("a.txt", "b.txt", "c.md")), st.none() | TEXTS), max_size=8)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_a_sync_after_any_changes_equals_a_rebuild(steps: list[tuple[str, str | None]]):
    with tempfile.TemporaryDirectory() as folder:
        workspace = workspace_in(Path(folder))
        for name, text in steps:
            path = workspace.root / "seeds" / name
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
            workspace.sync()
        synced = (workspace.summaries(), workspace.problems())
        workspace.close()
        shutil.rmtree(Path(folder) / "cache")
        rebuilt = reopened(workspace, Path(folder))

        assert (rebuilt.summaries(), rebuilt.problems()) == synced
        assert all(rebuilt.desk.open(one.id) for one in rebuilt.summaries())
        rebuilt.close()


def test_a_page_of_the_catalogue_that_is_torn_is_noticed_and_made_good(tmp_path: Path):
    workspace = workspace_in(
        tmp_path, {f"{number}.txt": FERRY + f"Number {number}.\n" for number in range(60)}
    )
    before = workspace.summaries()
    workspace.close()
    (path,) = (tmp_path / "cache").rglob("catalogue-*.db")
    content = bytearray(path.read_bytes())
    content[8192:12288] = b"\xa5" * 4096
    path.write_bytes(content)

    assert reopened(workspace, tmp_path).summaries() == before


def test_a_catalogue_that_another_program_holds_is_done_without(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (path,) = (tmp_path / "cache").rglob("catalogue-*.db")
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    (workspace.root / "seeds" / "b.txt").write_text(TRAIN, encoding="utf-8")

    workspace.sync()

    assert [one.title for one in workspace.summaries()] == [
        "The ferry that came too late",
        "A train in the snow",
    ]
    holder.close()


def test_a_star_goes_with_an_article_that_was_changed(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.notebook.star(one.id, starred=True)
    (workspace.root / "seeds" / "a.txt").write_text(FERRY + "\nOne more line.\n", encoding="utf-8")
    workspace.sync()

    (changed,) = workspace.summaries()

    assert changed.id != one.id
    assert workspace.notebook.starred() == {changed.id}
    assert workspace.problems() == ()


def test_what_was_said_of_an_article_that_is_gone_is_named_and_kept(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.notebook.star(one.id, starred=True)
    (workspace.root / "seeds" / "a.txt").unlink()
    workspace.sync()

    (problem,) = workspace.problems()

    assert "The ferry that came too late" in problem.what
    assert Path(problem.where).exists()


def test_an_edit_by_hand_is_seen_at_once(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.notebook.star(one.id, starred=True)
    (path,) = (workspace.root / "annotations").glob("*.toml")

    path.write_text(path.read_text(encoding="utf-8").replace("starred = true", "mood = 1"), encoding="utf-8")

    assert workspace.notebook.refresh()
    assert workspace.notebook.starred() == frozenset()
    assert workspace.problems() == ()


def test_undo_leaves_alone_what_was_changed_again_elsewhere(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    reading = workspace.desk.open(one.id)
    workspace.desk.choose(reading, 2, Choice.HIDE)
    (path,) = (workspace.root / "annotations").glob("*.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('"hide"', '"keep"'), encoding="utf-8")

    with pytest.raises(Conflict):
        workspace.notebook.undo()

    assert '"keep"' in path.read_text(encoding="utf-8")
    assert workspace.notebook.undo() == ""


def test_what_changes_nothing_is_nothing_to_undo(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()

    workspace.notebook.star(one.id, starred=False)
    workspace.mark_done(one.id, done=False)
    workspace.desk.choose(workspace.desk.open(one.id), 1, None)

    assert workspace.notebook.undo() == ""


def test_undoing_a_mark_keeps_the_place_that_was_reached_since(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.mark_done(one.id, done=True)
    workspace.memory.remember(one.id, Progress(90, 0.9, Status.DONE))

    workspace.notebook.undo()

    assert workspace.memory.progress()[one.id] == Progress(90, 0.9, Status.NEW)


def test_a_setting_holds_until_the_reader_chooses_otherwise(tmp_path: Path):
    workspace = workspace_in(tmp_path, config=Config(width=60))
    workspace.memory.prefer(replace(workspace.memory.preferences(), sort="title"))
    wider = Workspace(workspace.root, places_in(tmp_path), Config(width=90))

    assert wider.memory.preferences().width == 90
    assert wider.memory.preferences().sort == "title"
    wider.memory.prefer(replace(wider.memory.preferences(), width=64))
    assert workspace.memory.preferences().width == 64


def test_a_block_that_is_hidden_by_hand_stays_hidden_until_it_is_undone(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    reading = workspace.desk.open(one.id)

    hidden = workspace.desk.choose(reading, 2, Choice.HIDE)
    again = reopened(workspace, tmp_path)
    kept = again.desk.open(one.id)
    undone = again.notebook.undo()

    assert hidden.ledger.verdicts[2] is not None
    assert kept.ledger.verdicts[2] is not None
    assert undone == "block hidden: “The ferry that came too late”"
    assert again.desk.refresh(kept).ledger.verdicts[2] is None
    assert again.notebook.redo() == undone
    assert again.desk.refresh(kept).ledger.verdicts[2] is not None


def test_the_list_knows_of_a_choice(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (before,) = workspace.summaries()

    workspace.desk.choose(workspace.desk.open(before.id), 2, Choice.HIDE)

    (after,) = workspace.summaries()
    assert after.hidden == before.hidden + 1
    assert after.words < before.words


def test_a_star_is_written_into_the_users_file_and_can_be_undone(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()

    workspace.notebook.star(one.id, starred=True)

    assert reopened(workspace, tmp_path).notebook.starred() == {one.id}
    workspace.notebook.undo()
    assert workspace.notebook.starred() == frozenset()
    assert workspace.notebook.undo() == ""


def test_reading_never_writes_into_the_seeds(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    path = workspace.root / "seeds" / "a.txt"
    before = (path.read_bytes(), path.stat().st_mtime_ns, sorted((workspace.root / "seeds").iterdir()))

    reading = workspace.desk.open(one.id)
    workspace.desk.choose(reading, 1, Choice.HIDE)
    workspace.notebook.star(one.id, starred=True)
    workspace.memory.remember(one.id, Progress(offset=5, status=Status.READING))

    assert (
        path.read_bytes(),
        path.stat().st_mtime_ns,
        sorted((workspace.root / "seeds").iterdir()),
    ) == before


def test_cache_and_state_stay_out_of_the_workspace(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()

    workspace.memory.remember(one.id, Progress(offset=5))
    workspace.memory.prefer(Preferences(width=60, theme="ansi"))

    assert sorted(path.name for path in workspace.root.rglob("*")) == ["a.txt", "annotations", "seeds"]


def test_places_marks_and_preferences_are_remembered(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    progress = Progress(40, 0.5, Status.READING, "2026-01-01T00:00:00Z")
    preferences = Preferences(
        60, "ansi", "title", reverse=True, grouped=False, preview=False, last_article=one.id
    )

    workspace.memory.remember(one.id, progress)
    workspace.memory.set_mark(one.id, "a", 40)
    workspace.memory.prefer(preferences)

    again = reopened(workspace, tmp_path)
    assert again.memory.progress() == {one.id: progress}
    assert again.memory.marks(one.id) == {"a": 40}
    assert again.memory.preferences() == preferences


def test_marking_as_read_can_be_undone_with_the_place_kept(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.memory.remember(one.id, Progress(40, 0.5, Status.READING))

    workspace.mark_done(one.id, done=True)
    done = workspace.memory.progress()[one.id].status
    workspace.notebook.undo()

    assert done is Status.DONE
    assert workspace.memory.progress()[one.id] == Progress(40, 0.5, Status.READING)


def test_a_file_that_is_gone_while_the_list_stands_is_an_error_that_names_it(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    (workspace.root / "seeds" / "a.txt").unlink()

    with pytest.raises(UnreadableSource, match=r"seeds/a\.txt"):
        workspace.desk.open(one.id)


def test_a_file_that_cannot_be_read_is_a_problem_and_the_rest_goes_on(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    seeds = workspace.root / "seeds"
    (seeds / "binary.txt").write_bytes(b"\x7fELF\x00\x00\x01\x02" * 50)
    (seeds / "empty.txt").touch()
    (seeds / "named.txt").mkdir()
    (seeds / "loop").symlink_to("loop")
    (seeds / "self").symlink_to(".")
    (seeds / "picture.png").write_bytes(b"\x89PNG")
    workspace.sync()

    wheres = [Path(problem.where).name for problem in workspace.problems()]

    assert wheres == ["binary.txt", "empty.txt", "loop", "picture.png"]
    assert "The ferry that came too late" in [one.title for one in workspace.summaries()]


def test_a_missing_seeds_folder_is_a_problem(tmp_path: Path):
    workspace = workspace_in(tmp_path)
    (workspace.root / "seeds").rmdir()
    workspace.sync()

    (problem,) = workspace.problems()

    assert problem.where == "seeds"
    assert workspace.summaries() == ()


def test_a_file_in_folders_that_lie_very_deep_is_read(tmp_path: Path):
    workspace = workspace_in(tmp_path)
    with contextlib.chdir(workspace.root / "seeds"):
        for _ in range(600):  # two calls for each would be more than Python follows
            Path("d").mkdir()
            os.chdir("d")
        Path("ferry.txt").write_text(FERRY, encoding="utf-8")

    workspace.sync()

    (one,) = workspace.summaries()
    assert one.path.endswith("d/d/ferry.txt")


def test_two_names_that_are_shown_alike_are_two_files(tmp_path: Path):
    workspace = workspace_in(tmp_path)
    (workspace.root / "seeds" / "a\x1b.txt").write_text(FERRY, encoding="utf-8")
    (workspace.root / "seeds" / "a␛.txt").write_text(TRAIN, encoding="utf-8")
    workspace.sync()

    summaries = workspace.summaries()

    assert len(summaries) == 2
    assert all("\x1b" not in one.path for one in summaries)
    assert {workspace.desk.open(one.id).article.title for one in summaries} == {
        one.title for one in summaries
    }


def test_a_damaged_annotation_file_is_a_problem_and_is_left_alone(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.notebook.star(one.id, starred=True)
    (path,) = (workspace.root / "annotations").glob("*.toml")
    path.write_text("starred = \n", encoding="utf-8")
    again = reopened(workspace, tmp_path)

    with pytest.raises(Conflict):
        again.notebook.star(one.id, starred=True)

    assert path.read_text(encoding="utf-8") == "starred = \n"
    assert f"{path}:1" in [problem.where for problem in again.problems()]


def test_a_state_that_cannot_be_kept_is_a_problem_and_reading_goes_on(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (one,) = workspace.summaries()
    workspace.close()
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "state.db").write_bytes(b"this is no database, and never was one")
    again = reopened(workspace, tmp_path)

    again.memory.remember(one.id, Progress(offset=1))

    assert again.desk.open(one.id).progress == Progress()
    assert any("state" in problem.what for problem in again.problems())


def test_the_users_own_rules_win(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (workspace.root / "rules.toml").write_text(
        '[[rule]]\nid = "own.fog"\ncategory = "promo"\npattern = "fog had been thicker"\nwhere = "anywhere"\n'
        'reason = "I do not want to read about fog"\n',
        encoding="utf-8",
    )
    again = reopened(workspace, tmp_path)
    (one,) = again.summaries()

    hidden = [reason for reason in again.desk.open(one.id).ledger.verdicts if reason]

    assert [reason.rule for reason in hidden] == ["own.fog"]


def test_the_raw_source_is_whole_and_inert(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY + "\x1b]52;c;aGk=\x07\r\nend"})
    (one,) = workspace.summaries()

    raw = workspace.desk.raw(one.id)

    assert "␛]52;c;aGk=␇\nend" in raw
    assert raw.startswith("The ferry that came too late\n\n")


def test_a_workspace_is_found_from_a_folder_within_it(tmp_path: Path):
    make_workspace(tmp_path / "room")
    inside = tmp_path / "room" / "seeds"

    assert open_workspace(places_in(tmp_path), inside).root == tmp_path / "room"


def test_the_named_workspace_comes_first_then_the_environment_then_the_settings(tmp_path: Path):
    for name in ("named", "variable", "settings"):
        make_workspace(tmp_path / name)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.toml").write_text(
        f'workspace = "{tmp_path / "settings"}"\n', encoding="utf-8"
    )
    bare = places_in(tmp_path)
    with_variable = Places(bare.config, bare.cache, bare.state, bare.library, workspace=tmp_path / "variable")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    assert open_workspace(with_variable, elsewhere, named=tmp_path / "named").root == tmp_path / "named"
    assert open_workspace(with_variable, elsewhere).root == tmp_path / "variable"
    assert open_workspace(bare, elsewhere).root == tmp_path / "settings"


def test_the_workspace_of_last_resort_is_made_on_first_use(tmp_path: Path):
    workspace = open_workspace(places_in(tmp_path), tmp_path)
    workspace.sync()

    assert is_workspace(tmp_path / "library")
    assert workspace.summaries() == ()
    assert workspace.problems() == ()


def test_a_file_is_opened_in_place_and_its_annotations_go_to_the_workspace(tmp_path: Path):
    make_workspace(tmp_path / "room")
    (tmp_path / "ferry.log").write_text(FERRY, encoding="utf-8")

    workspace = open_workspace(
        places_in(tmp_path), tmp_path, named=tmp_path / "room", paths=(Path("ferry.log"),)
    )
    workspace.sync()
    (one,) = workspace.summaries()
    workspace.notebook.star(one.id, starred=True)

    assert one.title == "The ferry that came too late"
    assert len(list((tmp_path / "room" / "annotations").glob("*.toml"))) == 1


def test_a_path_that_is_a_workspace_is_opened_as_one(tmp_path: Path):
    make_workspace(tmp_path / "room")

    assert open_workspace(places_in(tmp_path), tmp_path, paths=(Path("room"),)).root == tmp_path / "room"


def test_a_path_that_does_not_exist_is_an_error(tmp_path: Path):
    with pytest.raises(UnreadableSource, match="nowhere"):
        open_workspace(places_in(tmp_path), tmp_path, paths=(Path("nowhere"),))


def test_a_workspace_that_cannot_be_made_is_an_error(tmp_path: Path):
    (tmp_path / "file").touch()

    with pytest.raises(NotWritable, match="file"):
        make_workspace(tmp_path / "file" / "room")


def test_the_settings_give_the_first_width_and_theme(tmp_path: Path):
    workspace = workspace_in(tmp_path, config=Config(width=60, theme="ansi"))

    assert workspace.memory.preferences() == Preferences(width=60, theme="ansi")


def test_threads_that_ask_for_the_index_at_once_get_the_same_one(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {})
    start = Barrier(8)

    def ask(_: int) -> int:
        start.wait()
        return id(workspace.index)

    with ThreadPoolExecutor(8) as threads:
        asked = set(threads.map(ask, range(8)))

    assert len(asked) == 1
    workspace.close()
