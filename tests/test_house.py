"""The house itself: what starts with what, how large a room may be, what the checkout holds."""

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "reader").rglob("*.py"))
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")

MAX_MODULE = 400  # lines
MAX_FUNCTION = 50  # lines, the docstring aside
MAX_FILE = 2**20  # bytes
TOP_LEVEL = {
    *(".ci", ".gitattributes", ".gitignore", "Makefile", "pyproject.toml"),
    *("requirements.lock", "requirements-dev.lock"),
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md"),
    *("annotations", "benchmarks", "docs", "reader", "seeds", "tests"),
}
HEAVY = ("textual", "rich.console", "charset_normalizer")  # 200, 45 and 26 ms to import

SEEDS = {
    "000_03d7ec91ff0c4e69.txt": "ba8d3af9273d30d0add734c58c37073b196ed898a342f0bcd16d37a83ae798fa",
    "001_6a37db9eb04b912a.txt": "4f473c725da4752208de96ec9688a99db4e8cac8143b7699ec073bfc4b8f9b3d",
    "002_8f5643f59bdc25fd.txt": "84a4a0d164c11cff19f0dfb6d57e064920f62d437f07d7432eeae35ce29a69a6",
    "003_79028d1493f76bd9.txt": "8a6348e74101838819620643dc0703156c6c596d17aae7d7b8295ecccdff54a7",
    "004_659efb21ea63ef4f.txt": "1b34141ae2f3c451a069d77b8afcc906fea5c4eddb223f7dde3a5c94d601fb45",
}

HEAVY_AFTER = f"""
import sys
sys.argv = ["reader", *sys.argv[1:]]
try:
    {{action}}
finally:
    print(*[name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""
IMPORT_ALL_WATCHED = """
import importlib, pkgutil, sys
opened = []
sys.addaudithook(lambda event, args: event == "open" and opened.append(str(args[0])))
import reader
for module in pkgutil.walk_packages(reader.__path__, "reader."):
    if module.name != "reader.__main__":
        importlib.import_module(module.name)
print(*[name for name in opened if name.endswith((".toml", ".json", ".txt", ".db"))])
"""


def python(code: str, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a fresh interpreter, with a home folder of its own."""
    places = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("CONFIG", "CACHE", "STATE", "DATA")}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env={**os.environ, **places, "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function of a module, methods and inner ones too."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function, its docstring aside."""
    docstring = ast.get_docstring(function, clean=False)
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    return lines - (docstring.count("\n") + 1 if docstring else 0)


def pins(lock: Path) -> dict[str, str]:
    """Read name and version of each requirement of a lock file."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def test_importing_the_command_line_loads_nothing_heavy(tmp_path: Path) -> None:
    done = python(HEAVY_AFTER.format(action="import reader.cli"), home=tmp_path)

    assert done.stderr.split() == []


def test_listing_the_articles_loads_nothing_heavy(tmp_path: Path) -> None:
    listing = HEAVY_AFTER.format(action="from reader.__main__ import main; main()")

    done = python(listing, "--workspace", str(ROOT), "list", home=tmp_path)

    assert done.stdout.strip()
    assert done.stderr.split() == []


def test_an_article_that_was_judged_opens_without_the_rules(tmp_path: Path) -> None:
    """What recurs in its source is hidden all the same; with the rules it took 55 ms more."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "annotations").mkdir()
    slogan = "The harbour gazette since the old days"
    for number, of in enumerate(("ferry", "train", "baker")):
        story = f"Story of the {of}\n\nNobody saw the {of} leave before the {of} came in again.\n\n{slogan}\n"
        (tmp_path / f"seeds/{number}.txt").write_text(story, "utf-8")
    python("from reader.__main__ import main; main()", "--workspace", str(tmp_path), "list", home=tmp_path)

    show = "import sys; from reader.cli import main; main(standalone_mode=False); print(*sys.modules)"
    shown = python(show, "--workspace", str(tmp_path), "show", "1", home=tmp_path).stdout

    assert "Nobody saw the ferry" in shown
    assert slogan not in shown
    assert "reader.cleaning" not in shown.split()


def test_the_library_is_shown_without_what_sets_searches_and_judges(tmp_path: Path) -> None:
    names = ("reader.layout", "reader.search", "reader.cleaning", "reader.splitting", "whoosh")
    code = f"import reader.tui.library.screen, sys; print([one for one in {names} if one in sys.modules])"

    done = python(code, home=tmp_path)

    assert done.stdout.strip() == "[]"


def test_importing_the_package_opens_no_file_but_its_code(tmp_path: Path) -> None:
    done = python(IMPORT_ALL_WATCHED, home=tmp_path)

    assert done.stdout.split() == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(ROOT)))
def test_a_room_can_be_seen_from_its_door(module: Path) -> None:
    lines = len(module.read_text(encoding="utf-8").splitlines())
    long = [
        f"{function.name}: {lines_of(function)}"
        for function in functions(module)
        if lines_of(function) > MAX_FUNCTION
    ]

    assert lines <= MAX_MODULE
    assert long == []


def test_only_the_configuration_reads_the_environment() -> None:
    reads = re.compile(r"\bos\.environ *[.[]|\bin os\.environ\b|\bgetenv\b|import .*\benviron\b")

    readers = [module.name for module in MODULES if reads.search(module.read_text(encoding="utf-8"))]

    assert [name for name in readers if name != "config.py"] == []


def test_the_seeds_stand_byte_for_byte() -> None:
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (ROOT / "seeds").glob("*.txt")
    }

    assert found.items() >= SEEDS.items()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_names_no_place_where_packages_come_from(lock: Path) -> None:
    stray = re.findall(r"^.*(?:/|@|--(?!hash=)).*$", lock.read_text(encoding="utf-8"), re.MULTILINE)

    assert stray == []


def test_both_lock_files_pin_the_same_versions() -> None:
    runtime, development = map(pins, LOCKS)

    assert runtime.items() <= development.items()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = [re.split(r"[ <>=\[]", line)[0] for line in project["project"]["dependencies"]]

    assert set(named) <= pins(LOCKS[0]).keys()


def test_the_wheel_holds_the_package_and_its_rules_alone(tmp_path: Path) -> None:
    build = "import sys; from flit_core.buildapi import build_wheel; print(build_wheel(sys.argv[1]))"
    wheel = python(build, str(tmp_path), home=tmp_path).stdout.strip()
    held = zipfile.ZipFile(tmp_path / wheel).namelist()

    assert {name.split("/")[0].split("-")[0] for name in held} == {"reader", "terminal_reader"}
    assert {name for name in held if name.endswith(".toml")} == {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "reader").rglob("*.toml")
    }


def test_the_checkout_holds_nothing_but_what_the_layout_names() -> None:
    """A file that was made by accident, or is far too large, is found before it is in the history."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [os.fsdecode(name) for name in listed.split(b"\0") if name]

    assert {name.partition("/")[0] for name in names} <= TOP_LEVEL
    assert [name for name in names if (ROOT / name).stat().st_size > MAX_FILE] == []
