import tomllib
from pathlib import Path

import pytest

from reader.actions import ACTIONS, clashes
from reader.config import Config, Fetch, explain_config, load_config, places, prepare_terminal


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_the_defaults(tmp_path: Path):
    loaded = load_config(tmp_path / "config.toml")

    assert loaded.config == Config()
    assert loaded.problems == ()


def test_every_setting_is_read(tmp_path: Path):
    text = 'workspace = "/texts"\nwidth = 60\ntheme = "ansi"\n[keys]\n"reading.find" = "slash,ctrl+s"\n'

    loaded = load_config(written(tmp_path, text))

    keys = {"reading.find": ("slash", "ctrl+s")}
    assert loaded.config == Config(workspace=Path("/texts"), width=60, theme="ansi", keys=keys)
    assert loaded.problems == ()


@pytest.mark.parametrize("folder", ["~nobody-of-this-name/texts", "a\\u0000b"])
def test_a_workspace_that_no_path_leads_to_ends_nothing(tmp_path: Path, folder: str):
    loaded = load_config(written(tmp_path, f'workspace = "{folder}"\nwidth = 60\n'))

    assert loaded.config.width == 60
    assert [loaded.config.workspace] == ([None] if loaded.problems else [Path(folder)])


def test_the_home_of_nobody_stays_as_it_is_written():
    assert places({"READER_WORKSPACE": "~nobody-of-this-name/x"}).workspace == Path("~nobody-of-this-name/x")


def test_the_limits_of_fetching_are_read_and_written_out_as_they_are(tmp_path: Path):
    text = "[fetch]\nallow_private = true\ntimeout = 5\nmax_bytes = 1000\n"

    loaded = load_config(written(tmp_path, text))

    assert loaded.config.fetch == Fetch(allow_private=True, timeout=5, max_bytes=1000)
    assert load_config(written(tmp_path, explain_config(loaded.config))) == loaded


def test_a_syntax_error_is_a_problem_with_its_line_and_the_defaults_stand_in(tmp_path: Path):
    path = written(tmp_path, "width = 60\ntheme = \n")

    loaded = load_config(path)

    assert loaded.config == Config()
    assert [problem.where for problem in loaded.problems] == [f"{path}:2"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("width = 7", "whole number from 20 to 200"),
        ("width = true", "whole number"),
        ('theme = "pink"', "must be one of"),
        ("workspace = 3", "path in quotes"),
        ("colour = 1", "no setting of this name"),
        ("fetch = 3", "table"),
        ("fetch = { timeout = 0 }", "fetch.timeout: must be a whole number from 1"),
        ('fetch = { allow_private = "yes" }', "true or false"),
        ("fetch = { speed = 3 }", "no setting of this name"),
        ('keys = "j"', "table"),
        ('keys = { "reading.fly" = "j" }', "no action has the name"),
        ('keys = { "reading.find" = 3 }', "key names in quotes"),
    ],
)
def test_a_wrong_value_is_a_problem_with_its_line_and_the_rest_is_read(tmp_path: Path, line: str, what: str):
    good, other = ("theme", 'theme = "ansi"') if line.startswith("width") else ("width", "width = 50")
    path = written(tmp_path, f"# settings\n{line}\n{other}\n")

    loaded = load_config(path)

    (problem,) = loaded.problems
    assert what in problem.what
    assert problem.where == f"{path}:2"
    assert getattr(loaded.config, good) == (50 if good == "width" else "ansi")


def test_a_key_that_two_actions_want_is_a_problem(tmp_path: Path):
    loaded = load_config(written(tmp_path, '[keys]\n"reading.find" = "j"\n'))

    (problem,) = loaded.problems
    assert "reading.down" in problem.what
    assert "reading.find" in problem.what


def test_one_wrong_key_costs_the_others_nothing(tmp_path: Path):
    path = written(
        tmp_path,
        '\n[keys]\n"reading.toggle_hidden" = "x,h"\n"reading.nope" = "n"\n"reading.find" = "hyper+foo,f3"\n'
        '"library.open" = "enter,j"\n',
    )

    loaded = load_config(path)

    assert loaded.config.keys["reading.toggle_hidden"] == ("x", "h")
    assert loaded.config.keys["reading.find"] == ("f3",)
    assert [problem.where for problem in loaded.problems] == [f"{path}:4", f"{path}:5", f"{path}:6"]


def test_a_character_may_stand_for_the_name_of_its_key(tmp_path: Path):
    loaded = load_config(written(tmp_path, '[keys]\n"library.star" = "/"\n'))

    assert loaded.config.keys == {"library.star": ("slash",)}
    assert "library.filter" in loaded.problems[0].what


def test_no_two_actions_of_a_place_want_the_same_key_by_default():
    assert clashes({}) == ()


def test_every_action_has_an_id_of_its_own():
    ids = [action.id for action in ACTIONS]

    assert len(set(ids)) == len(ids)


def test_the_settings_written_out_read_back_the_same(tmp_path: Path):
    config = Config(
        workspace=Path('/a "b"\\c'), width=80, theme="ansi", keys={"reading.find": ("slash", "f3")}
    )

    text = explain_config(config)

    assert load_config(written(tmp_path, text)).config == config
    assert tomllib.loads(text)["width"] == 80


def test_places_follow_the_xdg_variables_and_ignore_relative_ones():
    found = places({"HOME": "/home/a", "XDG_CACHE_HOME": "/c", "XDG_STATE_HOME": "relative"})

    assert found.cache == Path("/c/reader")
    assert found.state == Path("/home/a/.local/state/reader")
    assert found.settings == Path("/home/a/.config/reader/config.toml")


def test_the_size_of_the_terminal_is_not_frozen_by_the_environment():
    environment = {"COLUMNS": "80", "LINES": "24"}

    prepare_terminal(environment)

    assert "COLUMNS" not in environment
    assert "LINES" not in environment
