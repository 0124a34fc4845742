"""What may happen to an index from outside: killed writers, damage, strangers, full disks, rivals."""

import gc
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.config import Config
from reader.search.index import Index
from reader.workspace import Workspace
from tests.builders import places_in, workspace_in
from tests.commands import run
from tests.crashing import FIRST, ask, differences, fill, kill_while_it_writes, library, started

KILLS = 3  # `python -m benchmarks.crashing` does fifty
RIVAL = """
import sys
from pathlib import Path
from tests.test_search_faults import rival
rival(Path(sys.argv[1]), sys.argv[2])
"""
SAVES = 6  # of each of two programs
FERRY = "A ferry\n\nThe ferry left the harbour at six in the morning, in a fog that nobody had foreseen.\n"

# Whoosh leaves the files open that it cannot read.
leaves_files_open = pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


@pytest.fixture(autouse=True)
def _no_warning_for_others(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let what a test leaves open be collected while its warnings are still expected."""
    yield
    if request.node.get_closest_marker("filterwarnings"):
        gc.collect()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where an index of a few documents lies that nobody has open."""
    index = Index(tmp_path / "index")
    fill(index, library(FIRST))
    index.close()
    return tmp_path / "index"


@pytest.fixture
def index(folder: Path) -> Iterator[Index]:
    opened = Index(folder)
    yield opened
    opened.close()


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("v*/*") if path.is_file())


# Killed


def test_an_index_whose_writer_was_killed_answers_as_one_made_anew(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - no secret

    for number in range(KILLS):
        told = kill_while_it_writes(tmp_path / f"{number}", chance)

        assert differences(tmp_path / f"{number}", told) == []


# Damaged


@leaves_files_open
@pytest.mark.parametrize("harm", ["cut", "empty", "zeros", "foreign", "gone"])
@pytest.mark.parametrize("kind", [".", "toc", "trm", "doc", "db"])
def test_any_damaged_file_is_mended_by_the_next_search_and_save(tmp_path: Path, kind: str, harm: str) -> None:
    room = workspace_in(tmp_path, {"ferry.txt": FERRY})
    note(room, "A kraken!")
    expected = found(room, "fog OR kraken OR squid")
    room.close()
    for path in (tmp_path / "cache").rglob(f"*.index/v*/*{kind}*"):
        hurt(path, harm)

    again = Workspace(tmp_path / "room", places_in(tmp_path), Config())
    again.sync()
    note(again, "A squid!")

    assert len(found(again, "fog OR kraken OR squid")) == len(expected) + 1
    assert len(found(again, "frog~ OR kraken OR squ*")) == len(expected) + 1
    again.close()


@leaves_files_open
@pytest.mark.parametrize("kind", ["toc", "trm", "doc", "db"])
def test_that_an_index_was_made_anew_is_said_once(tmp_path: Path, kind: str) -> None:
    room = workspace_in(tmp_path, {"ferry.txt": FERRY})
    room.search("fog")
    for path in (tmp_path / "cache").rglob(f"*.index/v*/*{kind}*"):
        hurt(path, "foreign")
    room.close()

    again = Workspace(tmp_path / "room", places_in(tmp_path), Config())
    again.sync()

    assert [again.search("fog").was_lost for _ in range(3)] == [True, False, False]
    again.close()


@leaves_files_open
@pytest.mark.usefixtures("room")
def test_the_command_line_tells_that_the_index_was_made_anew() -> None:
    run("search", "lighthouse")
    for path in Path("..").glob("xdg_cache_home/**/*.toc"):
        hurt(path, "foreign")

    first, second = run("search", "lighthouse"), run("search", "lighthouse")

    assert "was made anew" in first.stderr
    assert first.stdout == second.stdout != ""
    assert second.stderr == ""


def note(workspace: Workspace, body: str) -> None:
    """Note something on the first article."""
    article = workspace.desk.open(workspace.summaries()[0].id).article
    workspace.notebook.annotate(article, (0, 20), body=body)


def found(workspace: Workspace, query: str) -> list[str]:
    return [hit.document.id for hit in workspace.search(query).results.hits]


def hurt(path: Path, harm: str) -> None:
    content = path.read_bytes()
    if harm == "gone":
        path.unlink()
    else:
        harmed = {"cut": content[: len(content) // 2], "empty": b"", "zeros": bytes(len(content))}
        path.write_bytes(harmed.get(harm) or (b"" if harm in harmed else os.urandom(len(content))))


# Not one's own

EVIL = b"cos\nsystem\n(S'touch %s'\ntR."  # a pickle that runs a command


@leaves_files_open
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o707, 0o750, 0o755])
def test_what_others_may_have_written_is_never_unpickled(
    folder: Path, index: Index, tmp_path: Path, mode: int
) -> None:
    plant(folder, tmp_path / "harmed")
    next(folder.glob("v*")).chmod(mode)

    assert ask(index, "fog").total == 0
    assert not (tmp_path / "harmed").exists()
    assert next(folder.glob("v*")).stat().st_mode & 0o077 == 0


@leaves_files_open
def test_an_index_behind_a_symbolic_link_is_never_unpickled(
    folder: Path, index: Index, tmp_path: Path
) -> None:
    plant(folder, tmp_path / "harmed")
    (inner,) = folder.glob("v*")
    inner.rename(tmp_path / "elsewhere")
    inner.symlink_to(tmp_path / "elsewhere")

    assert ask(index, "fog").total == 0
    assert fill(index, library(FIRST)).written == FIRST  # in memory then
    assert not (tmp_path / "harmed").exists()
    assert list((tmp_path / "elsewhere").glob("*.toc"))  # and what the link leads to stands


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_an_index_of_another_user_is_never_unpickled(folder: Path, index: Index, tmp_path: Path) -> None:
    plant(folder, tmp_path / "harmed")
    os.chown(next(folder.glob("v*")), 65534, 65534)

    assert ask(index, "fog").total == 0
    assert not (tmp_path / "harmed").exists()


def test_the_pickle_of_these_tests_would_do_harm(folder: Path, tmp_path: Path) -> None:
    plant(folder, tmp_path / "harmed")
    program = f"from whoosh.index import open_dir; open_dir({str(next(folder.glob('v*')))!r})"

    subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)

    assert (tmp_path / "harmed").exists()


def plant(folder: Path, harmed: Path) -> None:
    """Put a pickle into an index that does harm: the schema in the table of contents."""
    (toc,) = folder.glob("v*/*.toc")
    content = toc.read_bytes()
    at = (
        content.index(b"cwhoosh.fields\nSchema")
        if b"cwhoosh.fields\nSchema" in content
        else content.index(b"\x80")
    )
    evil = EVIL % str(harmed).encode()
    toc.write_bytes(content[:at] + evil + bytes(max(0, len(content) - at - len(evil))))


# No room, no lock


def test_on_a_full_disk_the_old_state_is_found_and_the_reason_is_told(folder: Path, index: Index) -> None:
    starved = started("write_on_a_full_disk", folder)
    told, _ = starved.communicate(timeout=60)
    waiting, total = told.splitlines()

    assert re.match(r"the index cannot be written \(.*\)", waiting)
    assert int(total) == FIRST
    assert ask(index, "fog").total == FIRST
    assert fill(index, library(30)).waiting == ""  # there is room again


def test_while_another_program_writes_the_old_state_is_found_and_the_reason_is_told(
    folder: Path, index: Index
) -> None:
    holding = started("hold_the_lock", folder)
    assert holding.stdout
    holding.stdout.readline()

    synced, total = fill(index, library(30)), ask(index, "fog").total
    holding.kill()
    holding.communicate()

    assert synced.waiting == "another process is writing the index"
    assert total == FIRST
    assert fill(index, library(30)).waiting == ""


# Two at once


def rival(folder: Path, name: str) -> None:
    """Save and search in a workspace that another program has open too; print how often a note was found."""
    workspace = Workspace(folder / "room", places_in(folder), Config())
    workspace.sync()
    for number in range(SAVES):
        note(workspace, f"marker{name}{number}")
        print(len(found(workspace, f"marker{name}{number}")), flush=True)  # noqa: T201 - its answer
    workspace.close()


def test_two_programs_that_save_and_search_at_once_lose_and_double_nothing(tmp_path: Path) -> None:
    room = workspace_in(tmp_path, {"ferry.txt": FERRY})
    command = [sys.executable, "-c", RIVAL, str(tmp_path)]
    rivals = [subprocess.Popen([*command, name], stdout=subprocess.PIPE, text=True) for name in ("a", "b")]

    told = [one.communicate(timeout=120)[0].split() for one in rivals]

    assert told == [["1"] * SAVES] * 2
    assert room.search("in:notes", limit=100).results.total == 2 * SAVES
    room.close()


def test_what_a_program_with_an_older_view_took_out_of_the_index_is_found_again(tmp_path: Path) -> None:
    room = workspace_in(tmp_path, {"ferry.txt": FERRY})
    older = Workspace(tmp_path / "room", places_in(tmp_path), Config())
    older.sync()
    older.search("fog")
    note(room, "A kraken!")
    room.search("kraken")

    older.index.sync()  # it has not looked at the notes since

    assert len(found(room, "kraken")) == 1
    assert len(found(older, "kraken")) == 1
    older.close()
    room.close()


# Hostile queries


@pytest.mark.parametrize(
    "query",
    [
        "(" * 10_000,
        ")" * 10_000,
        "()" * 5_000,
        "(fog " * 2_000,
        "fog OR " * 1_500,
        "-" * 10_000,
        "-(" * 5_000,
        "fog~2 " * 1_700,
        "f* " * 3_300,
        '"fog ' * 2_000,
        '"' + "fog " * 2_500 + '"',
        '"' + "fog " * 50 + '"~99',
        "title:" * 1_700,
        "date:2024.." * 900,
        "tag:" + "a/" * 5_000,
        "x" * 10_000,
        "x" * 5_000 + "~2",
        "霧" * 10_000,
        "е\u0301" * 5_000,
        "\x00\x01\x1b[2J\x7f\u202e fog",
        "(a+)+$ ^.*(.*)*$ [a-z]{1,99999} \\1 \\p{L}",
        "{note} : fog NEAR(fog)",
        "[a TO z] ^2 ?*? &&|| !fog",
        "\ud800 fog",
        "fog~99999999999999999999",
        "date:99999-99-99 before:0000 added:-1",
    ],
    ids=lambda query: repr(query[:12]),
)
def test_no_query_is_an_error(folder: Path, index: Index, query: str) -> None:
    assert 0 <= ask(index, query).total <= FIRST
