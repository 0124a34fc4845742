"""How many documents are written at once, and by two processes."""

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from reader.search.apart import Apart
from reader.search.filling import WORTH
from reader.search.index import Index
from reader.search.opening import open_in
from reader.search.values import Document, Synced
from tests.crashing import article, ask

MANY = {f"a{at}": f"fog number{at} é \ud83d\n霧 " + "harbour " * (at % 7) for at in range(WORTH + 20)}
QUERIES = ("fog", "harbour", "number1*", "-harbour", "numbr12~", "霧", "")
HIDDEN = ".MAIN_*"


def load(keys: Iterable[str]) -> Iterator[Document]:
    return (article(key, MANY[key]) for key in keys)


def filled(folder: Path, processes: int, *, rebuild: bool = False) -> tuple[Index, Synced]:
    """Fill an index with many documents."""
    index = Index(folder)
    return index, index.sync(dict.fromkeys(MANY, "1"), load, processes=processes, rebuild=rebuild)


def answers(index: Index) -> list[list[tuple[Document, float]]]:
    """Ask many things, and close the index."""
    found = [[(hit.document, hit.score) for hit in ask(index, query).hits] for query in QUERIES]
    index.close()
    return found


def test_two_processes_write_what_one_writes(tmp_path: Path) -> None:
    one, _ = filled(tmp_path / "one", 1)
    two, synced = filled(tmp_path / "two", 2)

    assert synced == Synced(len(MANY))
    assert (one.status().segments, two.status().segments) == (1, 2)
    assert answers(two) == answers(one)


def test_all_may_be_written_anew_by_two_processes(tmp_path: Path) -> None:
    index, _ = filled(tmp_path, 1)
    before = answers(index)

    again, synced = filled(tmp_path, 2, rebuild=True)

    assert synced == Synced(len(MANY))
    assert again.status().segments == 2
    assert answers(again) == before


@pytest.mark.parametrize("program", ["false", "no such program"])
def test_without_a_second_process_all_is_written_by_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    one, _ = filled(tmp_path / "one", 1)
    monkeypatch.setattr(sys, "executable", shutil.which(program) or program)

    two, synced = filled(tmp_path / "two", 2)

    assert synced == Synced(len(MANY), was_left_alone=program == "false")
    assert answers(two) == answers(one)
    assert not list(tmp_path.rglob(HIDDEN))


def test_a_process_whose_sender_was_killed_leaves_nothing(tmp_path: Path) -> None:
    index, _ = open_in(tmp_path / "index")
    apart = Apart(index.storage)

    apart._to.close()  # as the system does for who is killed

    apart._listening.join()

    assert apart._process.wait() != 0
    assert not list(tmp_path.rglob(HIDDEN))


def test_what_killed_programs_left_is_swept_but_nothing_of_who_may_still_write(tmp_path: Path) -> None:
    index, _ = filled(tmp_path, 1)
    (folder,) = tmp_path.glob("v*")
    old, new = folder / ".MAIN_old.trm", folder / ".MAIN_new.trm"
    for path in (old, new):
        path.touch()
    os.utime(old, (time.time() - 86_400,) * 2)
    index.close()

    again, _ = filled(tmp_path, 1, rebuild=True)

    assert (old.exists(), new.exists()) == (False, True)
    again.close()


def test_what_is_gone_when_it_is_asked_for_is_taken_out(tmp_path: Path) -> None:
    index, _ = filled(tmp_path, 1)
    wanted = dict.fromkeys(MANY, "2")

    index.sync(wanted, lambda keys: (one for one in load(keys) if one.key != "a7"), processes=2)

    assert "a7" not in index.stamps()
    assert len(index.stamps()) == len(MANY) - 1
    index.close()


def test_one_program_fills_an_index_and_others_save_meanwhile(tmp_path: Path) -> None:
    one, other = Index(tmp_path), Index(tmp_path)
    told: list[tuple[str, str]] = []

    def load_and_rival(keys: Iterable[str]) -> Iterator[Document]:
        rival = other.sync(dict.fromkeys(MANY, "1"), load)
        saved = other.save({"b": "1"}, (), lambda _: iter((article("b", "kraken"),)))
        told.append((rival.waiting, saved.waiting))
        yield from load(keys)

    synced = one.sync(dict.fromkeys(MANY, "1"), load_and_rival)

    assert told == [("the index is being made", "")]
    assert synced == Synced(len(MANY))
    assert ask(other, "kraken").total == 1
    assert not list(tmp_path.rglob(HIDDEN))
    one.close()
    other.close()


def test_a_filling_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    index = Index(tmp_path)

    def broken(keys: Iterable[str]) -> Iterator[Document]:
        yield from list(load(keys))[:400]
        raise RuntimeError("a fault of the program")

    with pytest.raises(RuntimeError):
        index.sync(dict.fromkeys(MANY, "1"), broken, processes=2)

    assert index.stamps() == {}
    assert not list(tmp_path.rglob(HIDDEN))
    index.close()
