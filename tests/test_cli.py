import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result

from tests.builders import LEAD, SECOND, THIRD
from tests.commands import FERRY, listed, run

SEEDS = Path(__file__).parent.parent / "seeds"
SAMPLES = Path(__file__).parent / "samples"


def articles(result: Result) -> list[dict[str, object]]:
    return listed(result, "articles")


def test_list_prints_number_title_and_reading_time(room: Path):
    result = run("list")

    assert result.exit_code == 0
    assert "1 ● The ferry that came too late" in result.stdout
    assert "1 min" in result.stdout


def test_list_as_json_has_the_promised_shape_without_blocks(room: Path):
    (one,) = articles(run("list", "--json"))

    keys = "id title title_derived source author date lang words path lines highlights notes tags near_copies"
    assert list(one) == keys.split()
    assert one["path"] == "seeds/ferry.txt"
    assert one["lines"] == [1, 9]


def test_list_filters_and_says_so_when_nothing_is_left(room: Path):
    assert "ferry" in run("list", "FERRY", "late").stdout

    result = run("list", "bicycle")

    assert result.exit_code == 1
    assert result.stdout == ""
    assert "bicycle" in result.stderr


def test_list_tells_how_much_was_made_of_an_article_and_filters_by_it(room: Path):
    run("annotate", "1", "--quote", "cargo of oranges", "--tag", "fruit")
    run("annotate", "1", "--quote", "fog", "--note", "Whose fault?")

    (one,) = articles(run("list", "tag:fruit", "has:note", "--json"))
    result = run("list")

    assert (one["highlights"], one["notes"], one["tags"]) == (1, 1, ["fruit"])
    assert "1 highlight, 1 note" in result.stdout
    assert run("list", "tag:ships").exit_code == 1


def test_an_empty_workspace_says_what_to_do(room: Path):
    (room / "seeds" / "ferry.txt").unlink()

    result = run("list")

    assert result.exit_code == 0
    assert result.stdout == ""
    assert f"no articles yet in {room / 'seeds'}: `reader add PATH`" in result.stderr


def test_show_prints_the_article_without_what_is_hidden_and_tells_how_much_that_is(room: Path):
    result = run("show", "1", "--width", "50")

    assert "newsletter" not in result.stdout
    assert "1 block hidden" in result.stderr
    assert max(map(len, result.stdout.splitlines())) <= 50
    assert " ".join(result.stdout.split()).count(SECOND) == 1


def test_show_hidden_prints_the_reason_before_the_block(room: Path):
    lines = run("show", "1", "--hidden").stdout.splitlines()

    (at,) = [
        number for number, line in enumerate(lines) if "Sign up to our newsletter" in line and "┊" in line
    ]
    assert "newsletter" in lines[at - 1]


def test_show_as_json_has_each_block_with_its_verdict(room: Path):
    (one,) = articles(run("show", "1", "--json"))

    blocks = one["blocks"]
    assert isinstance(blocks, list)
    assert [block["kind"] for block in blocks][:2] == ["title", "paragraph"]
    assert blocks[1] == {"kind": "paragraph", "lines": [3, 3], "text": LEAD, "hidden": None}
    assert blocks[-1]["hidden"]["category"] == "newsletter"
    assert set(blocks[-1]["hidden"]) == {"rule", "category", "reason"}


def test_show_tells_an_encoding_that_was_guessed(room: Path):
    (room / "seeds" / "ferry.txt").write_bytes(FERRY.replace("ferry", "fähre").encode("cp1252"))

    result = run("show", "1")

    assert "fähre" in result.stdout
    assert "cp1252" in result.stderr


def test_show_raw_prints_the_source(room: Path):
    assert run("show", "1", "--raw").stdout.rstrip("\n") == FERRY.rstrip("\n")


def test_why_prints_the_ledger(room: Path):
    (line,) = run("why", "1").stdout.splitlines()

    number, category, _rule, _reason, words = line.split("\t")
    assert (number, category, words) == ("9", "newsletter", "Sign up to our newsletter")


def test_a_block_is_kept_hidden_left_undone_and_redone(room: Path):
    assert run("keep", "1", "9").exit_code == 0
    assert run("why", "1").stdout == ""
    assert run("hide", "1", "7").exit_code == 0
    assert "hidden by you" in run("why", "1").stdout
    assert run("undo").exit_code == 0
    assert run("why", "1").stdout == ""
    assert run("redo").exit_code == 0
    assert "hidden by you" in run("why", "1").stdout
    assert run("leave", "1", "9").exit_code == 0
    assert "newsletter" in run("why", "1").stdout


def test_a_line_between_two_blocks_is_an_error_that_tells_the_nearest(room: Path):
    assert "the nearest block stands on line 7" in run("keep", "1", "8").stderr


def test_a_line_without_a_block_is_an_error_that_tells_the_range(room: Path):
    result = run("keep", "1", "99")

    assert result.exit_code == 3
    assert "lines 1 to 9" in result.stderr


def test_stars_and_reading_states_are_shown_in_the_list(room: Path):
    run("done", "1")
    assert "✓" in run("list").stdout
    run("star", "1")
    assert "★" in run("list").stdout
    run("star", "1", "--off")
    run("done", "1", "--off")
    assert "●" in run("list").stdout


def test_find_prints_the_lines_that_hold_a_phrase(room: Path):
    result = run("find", "1", "forty", "passengers")

    assert result.stdout == f"3:{LEAD}\n"
    assert run("find", "1", "submarine").exit_code == 1


def test_links_are_printed_one_a_line(room: Path):
    (room / "seeds" / "ferry.txt").write_text(
        FERRY
        + "\nThe timetable stands at https://example.org/ferry?day=1, the captain writes at (http://example.com).\n",
        encoding="utf-8",
    )

    assert run("links", "1").stdout.split() == ["https://example.org/ferry?day=1", "http://example.com"]


def test_links_within_an_article_are_printed_with_the_lines_they_join(room: Path):
    links = "See [the slip](#the-old-slip) and [this](https://quay.example)."
    text = f"# Boats\n\n{links}\n\n## The old slip\n\n{LEAD}\n"
    (room / "seeds" / "ferry.txt").unlink()
    (room / "seeds" / "boats.md").write_text(text, encoding="utf-8")

    assert run("links", "--within", "1").stdout == "3\tthe slip\t5\tThe old slip\n"
    assert run("links", "1").stdout == "https://quay.example\n"


def test_clean_reads_a_file_or_standard_input(room: Path):
    from_file = run("clean", "seeds/ferry.txt")
    from_input = run("clean", "-", given=FERRY.encode())

    assert from_file.stdout == from_input.stdout
    assert from_file.stdout == f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"


def test_clean_prints_the_body_of_a_page_and_its_headline_when_asked(room: Path):
    page = str(SAMPLES / "pages" / "harbour.html")

    body = run("clean", page).stdout
    titled = run("clean", "--title", page).stdout

    assert body.startswith("For a hundred years nobody asked")
    assert titled == f"The harbour that learned to listen\n\n{body}"


def test_clean_parts_several_files_by_a_separator_line(room: Path):
    assert run("clean", "seeds/ferry.txt", "seeds/ferry.txt").stdout.count("\n\x1e\n") == 1


def test_split_prints_one_object_a_line_for_each_article():
    lines = run("split", str(SEEDS / "002_8f5643f59bdc25fd.txt")).stdout.splitlines()

    found = [json.loads(line) for line in lines]
    assert len(found) == 10
    assert all(set(one) == {"title", "text"} for one in found)


def test_the_fourteen_articles_of_the_seeds_are_listed(room: Path):
    result = run("--workspace", str(SEEDS.parent), "list")

    assert len(result.stdout.splitlines()) == 14


def test_an_unknown_command_is_refused_with_the_nearest_one(room: Path):
    result = run("lsit")

    assert result.exit_code == 2
    assert "reader list" in result.stderr


def test_an_unknown_article_and_an_ambiguous_one_have_their_exit_codes(room: Path):
    (room / "seeds" / "b.txt").write_text(FERRY.replace("late", "soon"), encoding="utf-8")

    unknown, ambiguous = run("show", "bicycle"), run("show", "ferry")

    assert unknown.exit_code == 3
    assert ambiguous.exit_code == 4
    assert "soon" in ambiguous.stderr


def test_a_binary_file_is_refused_with_one_clear_line(room: Path):
    (room / "program").write_bytes(b"\x7fELF\x02\x01\x01\x00" + bytes(500))

    result = run("clean", "program")

    assert result.exit_code == 5
    assert result.stderr.startswith("reader: program: not text")
    assert len(result.stderr.splitlines()) == 1


def test_the_screen_is_not_opened_without_a_terminal(room: Path):
    result = run()

    assert result.exit_code == 2
    assert "needs a terminal" in result.stderr


def test_doctor_names_each_problem_and_exits_with_one(room: Path):
    assert run("doctor").exit_code == 0
    (room / "seeds" / "empty.txt").touch()

    result = run("doctor")

    assert result.exit_code == 1
    assert result.stdout.startswith("seeds/empty.txt: empty")


def test_a_full_disk_ends_the_output_with_one_line(room: Path):
    environment = os.environ | {"PYTHONPATH": str(SEEDS.parent)}
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        command = [sys.executable, "-m", "reader", "show", "1"]
        result = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment, check=False
        )

    assert result.returncode == 6
    assert result.stderr.splitlines()[-1] == "reader: the output cannot be written (No space left on device)"
    assert "Traceback" not in result.stderr


def test_a_letter_that_the_output_cannot_hold_is_no_traceback(room: Path):
    environment = os.environ | {"PYTHONPATH": str(SEEDS.parent), "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-m", "reader", "list"]

    result = subprocess.run(command, capture_output=True, env=environment, check=False)

    assert result.returncode == 0
    assert b"The ferry" in result.stdout


def test_a_folder_that_is_taken_away_while_one_stands_in_it_is_no_traceback(room: Path):
    gone = room / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()

    result = run("list")
    os.chdir(room)

    assert result.exit_code == 5
    assert "the current folder is gone" in result.stderr


def test_a_closed_input_holds_nothing_and_is_no_traceback(room: Path):
    environment = os.environ | {"PYTHONPATH": str(SEEDS.parent)}
    command = f'"{sys.executable}" -m reader add - <&-'

    result = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)  # noqa: S602 - only a shell closes it

    assert "Traceback" not in result.stderr
    assert "there is nothing in it" in result.stdout


def test_a_folder_to_clean_is_refused_with_what_to_do(room: Path):
    result = run("clean", "seeds")

    assert result.exit_code == 5
    assert "name a file in it" in result.stderr


def test_a_workspace_that_the_settings_name_is_made(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = Path(run("config", "path").stdout.strip())
    path.parent.mkdir(parents=True)
    path.write_text(f'workspace = "{tmp_path / "reading"}"\n', encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    assert run("list").exit_code == 0
    assert (tmp_path / "reading" / "seeds").is_dir()


def test_tabs_of_the_source_stand_in_its_raw_form(room: Path):
    (room / "seeds" / "ferry.txt").write_text(FERRY + "\n\ta table\there\n", encoding="utf-8")

    assert "\n\ta table\there" in run("show", "1", "--raw").stdout


def test_init_makes_a_workspace_once(room: Path):
    assert "made new" in run("init", "new").stdout
    assert "already" in run("init", "new").stdout
    assert (room / "new" / "seeds").is_dir()
    assert (room / "new" / "annotations").is_dir()


def test_settings_are_shown_and_edited_in_the_users_editor(room: Path, monkeypatch: pytest.MonkeyPatch):
    editor = room / "editor"
    editor.write_text(
        f'#!{sys.executable}\nimport sys\nopen(sys.argv[1], "a").write("width = 50")\n', encoding="utf-8"
    )
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    path = Path(run("config", "path").stdout.strip())
    path.parent.mkdir(parents=True)
    path.write_text('theme = "ansi"\n', encoding="utf-8")

    assert run("config", "edit").exit_code == 0

    shown = run("config", "show").stdout
    assert "width = 50" in shown
    assert 'theme = "ansi"' in shown


def test_a_broken_setting_is_told_and_the_program_goes_on(room: Path):
    path = Path(run("config", "path").stdout.strip())
    path.parent.mkdir(parents=True)
    path.write_text("width = 3\n", encoding="utf-8")

    assert run("list").exit_code == 0
    assert f"{path}:1: width" in run("doctor").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script(room: Path, shell: str):
    assert "_READER_COMPLETE" in run("completion", shell).stdout


def test_keys_are_printed_with_their_names(room: Path):
    assert "reading.find\tslash\tFind in the article" in run("keys").stdout


def test_control_characters_in_names_and_messages_stay_inert(room: Path):
    (room / "seeds" / "evil\x1b[31m.txt").write_text("\x1b]0;owned\x07" + FERRY, encoding="utf-8")

    (room / "annotations" / "e\x1b]0;pwn\x07--00000000.toml").write_text("a = ", encoding="utf-8")

    for arguments in (["list"], ["show", "1"], ["show", "1", "--raw"], ["show", "\x1b[31m"], ["doctor"]):
        result = run(*arguments)
        assert "\x1b" not in result.stdout
        assert "\x1b" not in result.stderr


def test_a_pipe_that_closes_early_leaves_no_traceback(room: Path):
    command = f'"{sys.executable}" -m reader --workspace "{SEEDS.parent}" show 5 | head -1'
    environment = os.environ | {"PYTHONPATH": str(SEEDS.parent)}

    result = subprocess.run(command, shell=True, capture_output=True, text=True, env=environment, check=False)  # noqa: S602 - a pipe needs a shell

    assert "Traceback" not in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_no_colour_is_written_to_a_pipe(room: Path):
    assert "\x1b" not in run("list", "--group").stdout


def test_a_pipe_as_a_file_is_refused_instead_of_waited_for(room: Path):
    os.mkfifo(room / "pipe.txt")

    result = run("clean", "pipe.txt")

    assert result.exit_code == 5
    assert "pipe" in result.stderr
