import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.files import locked, replace_file, sweep


def test_a_new_file_holds_the_content_and_honours_the_umask(tmp_path: Path):
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "note.toml", b"a = 1\n")
    finally:
        os.umask(before)

    assert (tmp_path / "note.toml").read_bytes() == b"a = 1\n"
    assert stat.S_IMODE((tmp_path / "note.toml").stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_the_mode_of_an_existing_file_is_kept(tmp_path: Path, mode: int):
    path = tmp_path / "note.toml"
    path.write_bytes(b"old")
    path.chmod(mode)

    replace_file(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_symbolic_link_is_followed_and_stays_a_link(tmp_path: Path):
    target = tmp_path / "real.toml"
    target.write_bytes(b"old")
    link = tmp_path / "link.toml"
    link.symlink_to(target)

    replace_file(link, b"new")

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_content_and_no_stray_file(tmp_path: Path):
    folder = tmp_path / "note.toml"
    folder.mkdir()

    with pytest.raises(OSError, match="directory"):
        replace_file(folder, b"new")

    assert [child.name for child in tmp_path.iterdir()] == ["note.toml"]


def test_sweeping_removes_only_old_strays_of_ours(tmp_path: Path):
    old, fresh = tmp_path / ".reader-00112233aabbccdd", tmp_path / ".reader-ffeeddcc99887766"
    foreign = tmp_path / ".reader-notes.txt"
    for path in (old, fresh, foreign):
        path.write_bytes(b"")
    long_ago = time.time() - 3600
    os.utime(old, (long_ago, long_ago))
    os.utime(foreign, (long_ago, long_ago))

    sweep(tmp_path)

    assert sorted(child.name for child in tmp_path.iterdir()) == [fresh.name, foreign.name]


def test_two_programs_that_count_in_one_file_under_the_lock_lose_no_count(tmp_path: Path):
    counter = tmp_path / "count"
    replace_file(counter, b"0")
    program = (
        "import sys; from pathlib import Path; from reader.files import locked, replace_file\n"
        "path, locks = Path(sys.argv[1]), Path(sys.argv[2])\n"
        "for _ in range(50):\n"
        "    with locked(path, locks):\n"
        "        replace_file(path, str(int(path.read_bytes()) + 1).encode())\n"
    )
    command = [sys.executable, "-c", program, str(counter), str(tmp_path / "locks")]
    runs = [subprocess.Popen(command, cwd=Path(__file__).parent.parent) for _ in range(2)]
    for run in runs:
        assert run.wait() == 0

    assert counter.read_bytes() == b"100"


def test_a_lock_is_free_again_after_its_block(tmp_path: Path):
    for _ in range(2):
        with locked(tmp_path / "note.toml", tmp_path / "locks"):
            pass

    assert len(list((tmp_path / "locks").iterdir())) == 1
