import os
from pathlib import Path

import pytest

from reader.annotations.glancing import AT_ONCE, TURNS, Glance
from reader.files import SETTLED

LONG_AGO = 1_000_000_000
FILES = AT_ONCE + 100


def settle(folder: Path) -> None:
    """Let a folder look as if nothing had been changed in it for long."""
    os.utime(folder, ns=(LONG_AGO, LONG_AGO))


@pytest.fixture
def glance(tmp_path: Path) -> Glance:
    for number in range(FILES):
        (tmp_path / f"{number:03}.toml").write_bytes(b"# 1")
    settle(tmp_path)
    made = Glance(tmp_path)
    made.stamps()
    return made


def test_there_is_no_news_while_nothing_happens(glance: Glance) -> None:
    assert not any(glance.finds_news() for _ in range(TURNS + 1))


@pytest.mark.parametrize("name", ["000.toml", f"{FILES - 1:03}.toml"])
def test_a_file_that_is_written_in_place_is_news_after_a_few_glances(
    glance: Glance, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"# 22")
    settle(tmp_path)

    assert any(glance.finds_news() for _ in range(TURNS))
    assert glance.stamps()[name][1] == 4
    assert not any(glance.finds_news() for _ in range(TURNS))


def test_a_name_that_comes_or_goes_is_news_at_once(glance: Glance, tmp_path: Path) -> None:
    (tmp_path / "new.toml").write_bytes(b"")
    came = glance.finds_news()
    settle(tmp_path)
    glance.stamps()
    (tmp_path / "new.toml").unlink()

    assert (came, glance.finds_news()) == (True, True)


def test_a_folder_that_is_made_later_is_news(tmp_path: Path) -> None:
    glance = Glance(tmp_path / "annotations")
    glance.stamps()
    before = glance.finds_news()
    (tmp_path / "annotations").mkdir()

    assert (before, glance.finds_news()) == (False, True)


def test_a_folder_that_just_changed_is_looked_at_again_until_its_time_tells(tmp_path: Path) -> None:
    now = [LONG_AGO]
    settle(tmp_path)
    glance = Glance(tmp_path, clock=lambda: now[0])
    glance.stamps()
    young = glance.finds_news()
    now[0] += SETTLED
    glance.stamps()

    assert (young, glance.finds_news()) == (True, False)
