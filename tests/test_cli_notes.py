"""The commands about highlights, notes and tags: each does what its key does, and says so."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.builders import LEAD, SECOND
from tests.commands import FERRY, listed, run

OTHER = (
    "The lighthouse\n\nIts keeper had gone to the mainland, and the fog came in at night, said the captain.\n"
)


@pytest.fixture
def island(room: Path) -> Path:
    """The workspace with a second article."""
    (room / "seeds" / "lighthouse.txt").write_text(OTHER, encoding="utf-8")
    return room


def annotated(*options: str, article: str = "ferry", quote: str = "cargo of oranges") -> str:
    """Annotate a passage; returns the id."""
    result = run("annotate", article, "--quote", quote, *options)
    assert result.exit_code == 0, result.stderr
    return result.stdout.strip()


def tables(room: Path) -> list[dict[str, Any]]:
    """Read the annotations in all of the user's files."""
    files = sorted((room / "annotations").glob("*.toml"))
    return [table for file in files for table in tomllib.loads(file.read_text("utf-8")).get("annotation", [])]


def notes(*arguments: str) -> list[dict[str, Any]]:
    return listed(run("notes", *arguments, "--json"), "annotations")


def editor_that_writes(room: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a program the user's editor that puts some words into the file it is given."""
    program = room / "editor"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'w').write({words!r})\n", encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))


# annotate


def test_annotate_writes_a_highlight_with_note_tags_and_colour_and_prints_its_id(room: Path):
    identity = annotated(
        "--note", "Who ordered them?", "--tag", "#fruit", "--tag", "trade", "--color", "pink"
    )

    (table,) = tables(room)
    assert table["id"] == identity
    assert table["body"] == "Who ordered them?"
    assert table["tags"] == ["fruit", "trade"]
    assert table["color"] == "pink"
    assert table["target"]["exact"] == "cargo of oranges"


def test_a_quote_is_found_whatever_its_case_white_space_and_quote_marks(room: Path):
    (room / "seeds" / "ferry.txt").write_text(FERRY.replace("the fog", "“the fog’s edge”"), encoding="utf-8")

    annotated(quote='"The  FOG\'s\nedge"')

    assert tables(room)[0]["target"]["exact"] == "“the fog’s edge”"


def test_a_quote_that_stands_at_several_places_is_refused_with_all_of_them(room: Path):
    result = run("annotate", "1", "--quote", "that")

    places = [line.split()[:2] for line in result.stderr.splitlines()[1:]]
    text = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}"
    assert result.exit_code == 4
    assert tables(room) == []
    assert [number for number, _ in places] == ["1", "2", "3", "4"]
    for _, place in places:
        start, end = map(int, place.split(":"))
        assert text[start:end] == "that"


def test_nth_says_which_place_is_meant(room: Path):
    annotated("--nth", "2", quote="that")

    assert tables(room)[0]["target"]["suffix"].startswith(" nobody had ordered")
    assert run("annotate", "1", "--quote", "that", "--nth", "9").exit_code == 2


def test_a_passage_is_named_by_its_place_too(room: Path):
    assert run("annotate", "1", "--at", "4:9").exit_code == 0

    assert tables(room)[0]["target"]["exact"] == "ferry"


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--at", "9"],
        ["--at", "9:4"],
        ["--at", "0:99999"],
        ["--quote", "fog", "--at", "4:9"],
        ["--quote", "fog", "--color", "red"],
    ],
    ids=" ".join,
)
def test_a_passage_that_is_not_named_well_is_refused(room: Path, options: list[str]):
    assert run("annotate", "1", *options).exit_code == 2
    assert tables(room) == []


def test_words_that_are_not_in_the_article_are_nothing_found(room: Path):
    assert run("annotate", "1", "--quote", "submarine").exit_code == 1


def test_a_note_comes_through_a_pipe(room: Path):
    result = run("annotate", "1", "--quote", "fog", "--note", "-", given="Two\nlines, é\n".encode())

    assert result.exit_code == 0
    assert tables(room)[0]["body"] == "Two\nlines, é"
    assert run("annotate", "1", "--quote", "fog", "--note", "-", given=b"\xff").exit_code == 2


# notes


def test_notes_prints_one_line_with_fields_for_each(room: Path):
    identity = annotated("--note", "Who\nordered them?", "--tag", "fruit", "--color", "blue")

    (line,) = run("notes").stdout.splitlines()

    short, *fields = line.split("\t")
    title = "The ferry that came too late"
    assert fields == ["b", "exact", "“cargo of oranges”", "Who ordered them?", "#fruit", title]
    assert identity.endswith(short)


def test_a_note_on_a_whole_article_stands_among_the_notes(island: Path):
    annotated("--note", "Who ordered them?")
    run("note", "article", "ferry", "--note", "Ask the harbour office.")
    run("note", "article", "lighthouse", "--note", "Read it again.")

    lines = run("notes").stdout.splitlines()
    told = json.loads(run("notes", "office", "--json").stdout)

    titles = [line.split("\t")[-1] for line in lines]
    assert titles == ["The ferry that came too late", "The ferry that came too late", "The lighthouse"]
    assert lines[0].split("\t")[:5] == ["-", "-", "article", "", "Ask the harbour office."]
    assert told["annotations"] == []
    assert [one["note"] for one in told["articles"]] == ["Ask the harbour office."]
    assert run("notes", "--color", "yellow").stdout.count("\n") == 1


def test_a_note_on_an_article_that_is_gone_stays_among_the_notes(island: Path):
    run("note", "article", "lighthouse", "--note", "Read it again.")
    (island / "seeds" / "lighthouse.txt").unlink()

    told = json.loads(run("notes", "--json").stdout)

    assert "Read it again." in run("notes", "--orphans").stdout
    assert [one["article"]["lost"] for one in told["articles"]] == [True]


def test_notes_are_narrowed_by_words_tag_colour_article_and_note(island: Path):
    first = annotated("--tag", "war/air defence", "--color", "green")
    second = annotated("--note", "Why oranges?", quote="at six in the morning")
    third = annotated(article="lighthouse", quote="the mainland")

    assert [one["id"] for one in notes()] == [second, first, third]
    assert [one["id"] for one in notes("ORANGES", "--has", "note")] == [second]
    assert [one["id"] for one in notes("--tag", "war")] == [first]
    assert [one["id"] for one in notes("--tag", "war/air defence")] == [first]
    assert [one["id"] for one in notes("--color", "green", "--color", "pink")] == [first]
    assert [one["id"] for one in notes("--article", "lighthouse")] == [third]
    assert [one["id"] for one in notes("tag:war", "color:green")] == [first]
    assert next(one["id"] for one in notes("--sort", "date")) == third
    assert run("notes", "--orphans").exit_code == 1


def test_an_annotation_as_json_has_the_promised_shape(room: Path):
    annotated("--note", "Why?", "--tag", "fruit")

    (one,) = notes()

    keys = "id article quote prefix suffix start end state color tags note created updated"
    assert list(one) == keys.split()
    assert list(one["article"]) == ["id", "title", "path", "source", "author", "date", "lost"]
    assert one["article"]["path"] == "seeds/ferry.txt"


def test_a_passage_that_was_edited_away_is_an_orphan_and_can_be_put_elsewhere(room: Path):
    identity = annotated()
    (room / "seeds" / "ferry.txt").write_text(FERRY.replace(LEAD, "Nothing like it."), encoding="utf-8")

    (one,) = notes("--orphans")
    assert (one["id"], one["state"]) == (identity, "orphan")
    assert "notes --orphans" in run("doctor").stdout
    assert run("note", "edit", identity, "--quote", "Nothing like it").exit_code == 0
    assert notes("--state", "exact")[0]["quote"] == "Nothing like it"


# note


def test_a_note_is_shown_with_all_that_is_known_of_it(room: Path):
    identity = annotated("--note", "Who ordered\nthem?", "--tag", "fruit")

    result = run("note", identity[-8:].lower())

    for words in (
        identity,
        "yellow",
        "#fruit",
        "“cargo of oranges”",
        "Who ordered\nthem?",
        "seeds/ferry.txt",
    ):
        assert words in result.stdout
    assert listed(run("note", "show", identity, "--json"), "annotations")[0]["id"] == identity


def test_an_unknown_id_and_an_ambiguous_one_have_their_exit_codes(room: Path):
    annotated()
    annotated(quote="fog")

    assert run("note", "show", "NOSUCH").exit_code == 3
    assert run("note", "show", "01").exit_code == 4


def test_a_note_is_edited_by_options(room: Path):
    identity = annotated("--note", "old", "--tag", "a", "--tag", "b")

    result = run("note", "edit", identity, "--note", "new", "--tag", "c", "--untag", "a", "--color", "orange")

    (table,) = tables(room)
    assert result.exit_code == 0
    assert (table["body"], table["tags"], table["color"]) == ("new", ["b", "c"], "orange")
    run("undo")
    assert (tables(room)[0]["body"], tables(room)[0]["tags"]) == ("old", ["a", "b"])


def test_tags_are_set_as_a_list_and_an_empty_note_is_taken_away(room: Path):
    identity = annotated("--note", "old", "--tag", "a")

    run("note", "edit", identity, "--tags", "#x, y", "--note", "")

    (table,) = tables(room)
    assert table["tags"] == ["x", "y"]
    assert "body" not in table


def test_the_ends_of_a_highlight_are_moved(room: Path):
    identity = annotated()

    run("note", "edit", identity, "--quote", "a cargo of oranges that nobody had ordered")

    (table,) = tables(room)
    assert table["target"]["exact"] == "a cargo of oranges that nobody had ordered"
    assert table["id"] == identity


def test_without_options_a_note_opens_in_the_users_editor(room: Path, monkeypatch: pytest.MonkeyPatch):
    identity = annotated("--note", "old")
    editor_that_writes(room, "from the editor\n", monkeypatch)

    run("note", "edit", identity)

    assert tables(room)[0]["body"] == "from the editor"


def test_what_an_editor_wrote_before_it_ended_badly_is_the_note(room: Path, monkeypatch: pytest.MonkeyPatch):
    identity = annotated("--note", "old")
    editor_that_writes(room, "nearly lost", monkeypatch)
    program = room / "editor"
    program.write_text(f"{program.read_text('utf-8')}\nraise SystemExit(1)\n", encoding="utf-8")

    run("note", "edit", identity)

    assert tables(room)[0]["body"] == "nearly lost"


def test_an_editor_that_is_not_there_is_named(room: Path, monkeypatch: pytest.MonkeyPatch):
    identity = annotated("--note", "old")
    monkeypatch.setenv("VISUAL", str(room / "nothing"))

    result = run("note", "edit", identity)

    assert result.exit_code == 1
    assert "nothing" in result.stderr
    assert tables(room)[0]["body"] == "old"


def test_a_note_that_was_changed_elsewhere_while_it_was_edited_is_kept_beside(
    room: Path, monkeypatch: pytest.MonkeyPatch
):
    identity = annotated("--note", "old")
    (file,) = (room / "annotations").glob("*.toml")
    program = room / "editor"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        f"file = pathlib.Path({str(file)!r})\n"
        "file.write_text(file.read_text('utf-8').replace('old', 'elsewhere'), 'utf-8')\n"
        "pathlib.Path(sys.argv[1]).write_text('mine')\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(program))

    result = run("note", "edit", identity)

    assert {one["body"] for one in tables(room)} == {"elsewhere", "mine"}
    assert "both are kept" in result.stderr


def test_a_change_that_changes_nothing_writes_nothing(room: Path):
    identity = annotated("--note", "same", "--tag", "a")
    before = [(path.read_bytes(), path.stat().st_ino) for path in (room / "annotations").glob("*.toml")]

    result = run("note", "edit", identity, "--note", "same", "--tag", "a")

    assert "nothing to change" in result.stderr
    after = [(path.read_bytes(), path.stat().st_ino) for path in (room / "annotations").glob("*.toml")]
    assert after == before


def test_notes_are_deleted_together_and_come_back_by_undo_or_restore(room: Path):
    first, second = annotated(), annotated("--note", "thick", quote="fog")

    run("note", "delete", first, second)
    assert tables(room) == []
    assert [one["id"] for one in listed(run("trash", "--json"), "trash")] == [second, first]
    run("undo")
    assert len(tables(room)) == 2
    run("note", "delete", second)
    assert run("note", "restore", second[-6:]).exit_code == 0
    assert len(tables(room)) == 2


def test_two_highlights_become_one(room: Path):
    first = annotated("--tag", "a", "--note", "one", quote="The ferry left")
    second = annotated("--tag", "b", "--note", "two", quote="at six in the morning")

    result = run("note", "merge", first, second)

    (table,) = tables(room)
    assert result.stdout.strip() == first
    assert table["target"]["exact"] == "The ferry left the harbour at six in the morning"
    assert (table["tags"], table["body"]) == (["a", "b"], "one\n\ntwo")


def test_highlights_of_two_articles_are_not_merged(island: Path):
    first, second = annotated(), annotated(article="lighthouse", quote="the mainland")

    assert run("note", "merge", first, second).exit_code == 1
    assert run("note", "merge", first, first).exit_code == 2


def test_the_note_on_an_article_is_written_printed_and_taken_away(room: Path):
    assert run("note", "article", "ferry", "--note", "A tale of fog.").exit_code == 0
    assert run("note", "article", "ferry").stdout == "A tale of fog.\n"
    run("note", "article", "ferry", "--note", "")
    assert run("note", "article", "ferry").stdout == ""
    run("undo")
    assert run("note", "article", "ferry").stdout == "A tale of fog.\n"


def test_words_that_cannot_be_saved_are_printed_or_kept(room: Path):
    annotated()
    (file,) = (room / "annotations").glob("*.toml")
    file.write_text("[article\n", encoding="utf-8")

    on_article = run("note", "article", "ferry", "--note", "precious")
    on_passage = run("annotate", "ferry", "--quote", "fog", "--note", "precious")

    assert on_article.exit_code == on_passage.exit_code == 7
    assert "precious" in on_article.stderr
    assert "what you wrote is kept in" in on_passage.stderr
    assert file.read_text(encoding="utf-8") == "[article\n"
    assert "could not be saved" in run("doctor").stdout


# tags


def test_an_article_is_tagged_and_its_tags_are_printed(room: Path):
    assert run("tag", "ferry", "#sea", "fog").stdout.split() == ["fog", "sea"]
    assert run("tag", "ferry", "harbour", "--remove", "fog").stdout.split() == ["harbour", "sea"]
    assert run("tag", "ferry").stdout.split() == ["harbour", "sea"]
    assert listed(run("tag", "ferry", "--json"), "tags") == [{"tag": "harbour"}, {"tag": "sea"}]


def test_tags_are_listed_with_counts_by_count_or_name_and_filtered(room: Path):
    annotated("--tag", "war/air", "--tag", "sea")
    run("tag", "ferry", "sea", "fog")

    assert run("tags").stdout.split() == ["2", "sea", "1", "fog", "1", "war/air"]
    assert run("tags", "--sort", "name").stdout.split()[1::2] == ["fog", "sea", "war/air"]
    assert listed(run("tags", "WAR", "--json"), "tags") == [{"tag": "war/air", "count": 1}]
    assert run("tags", "bicycle").exit_code == 1


def test_a_tag_is_renamed_everywhere_and_a_dry_run_changes_nothing(room: Path):
    annotated("--tag", "war", "--tag", "war/air")
    run("tag", "ferry", "war")

    dry = run("tags", "rename", "war", "conflict", "--dry-run")
    before = run("tags").stdout
    wet = run("tags", "rename", "war", "conflict")

    assert dry.stdout == wet.stdout
    assert "1 passage, 1 article" in wet.stderr
    assert before.split()[1::2] == ["war", "war/air"]
    assert run("tags").stdout.split()[1::2] == ["conflict", "conflict/air"]
    run("undo")
    assert run("tags").stdout == before


def test_several_tags_become_one_and_one_undo_parts_them_again(room: Path):
    annotated("--tag", "arms", "--tag", "guns")
    annotated("--tag", "guns", quote="fog")
    run("tag", "ferry", "arms", "guns", "weapons")

    result = run("tags", "merge", "arms", "guns", "weapons")

    assert "they become one" in result.stderr
    assert run("tags").stdout.split() == ["3", "weapons"]
    assert run("undo").exit_code == 0
    assert run("tags").stdout.split() == ["3", "guns", "2", "arms", "1", "weapons"]


def test_a_tag_is_taken_away_and_its_passages_stay(room: Path):
    annotated("--tag", "fruit")

    assert run("tags", "delete", "#fruit").exit_code == 0

    assert len(tables(room)) == 1
    assert run("tags", "delete", "fruit").exit_code == 1


# correct


def test_an_article_is_corrected_and_the_source_stays(room: Path):
    run("correct", "ferry", "--title", "A late ferry", "--date", "2025-01-21")

    shown = run("correct", "1").stdout
    (one,) = listed(run("list", "--json"), "articles")
    assert "A late ferry  (the source says “The ferry that came too late”)" in shown
    assert (one["title"], one["date"]) == ("A late ferry", "2025-01-21")
    assert (room / "seeds" / "ferry.txt").read_text(encoding="utf-8") == FERRY
    run("correct", "1", "--title", "")
    assert "The ferry that came too late" in run("list").stdout
    fields = listed(run("correct", "1", "--json"), "fields")
    assert fields[-1] == {"field": "date", "source": None, "correction": "2025-01-21"}


def test_all_that_one_command_corrects_is_undone_together(room: Path):
    run("correct", "ferry", "--title", "A late ferry", "--author", "The crew")

    run("undo")

    (one,) = listed(run("list", "--json"), "articles")
    assert (one["title"], one["author"]) == ("The ferry that came too late", None)


def test_what_the_source_says_itself_is_no_correction(room: Path):
    run("correct", "ferry", "--title", "The ferry that came too late")

    assert "the source says" not in run("correct", "ferry").stdout


# trash


def test_the_trash_is_emptied_only_when_told_so(room: Path):
    first, second = annotated(), annotated(quote="fog")
    run("note", "delete", first, second)

    assert run("trash", "empty").exit_code == 2
    assert run("trash", "empty", first, "--yes").exit_code == 0
    assert [one["id"] for one in listed(run("trash", "list", "--json"), "trash")] == [second]
    run("trash", "empty", "--yes")
    assert run("trash").stdout == ""
    assert run("trash", "restore", second).exit_code == 3


def test_the_trash_is_listed_and_gives_back(room: Path):
    identity = annotated("--note", "Why?", "--tag", "fruit")
    run("note", "delete", identity)

    (line,) = run("trash").stdout.splitlines()

    title = "The ferry that came too late"
    assert line.split("\t")[2:] == ["“cargo of oranges”", "Why?", "#fruit", title]
    run("trash", "restore", line.split("\t")[0])
    assert tables(room)[0]["id"] == identity


# export


def test_everything_is_exported_lost_articles_too(island: Path):
    annotated("--note", "Why?")
    annotated(article="lighthouse", quote="the mainland")
    run("tag", "lighthouse", "sea")
    (island / "seeds" / "lighthouse.txt").unlink()

    markdown = run("export", "markdown").stdout
    lines = [json.loads(line) for line in run("export", "jsonl").stdout.splitlines()]

    assert markdown.index("> cargo of oranges") < markdown.index("> the mainland")
    assert "no longer in the library" in markdown
    assert [line["type"] for line in lines] == ["annotation", "article", "annotation"]
    assert [line["article"]["lost"] for line in lines] == [False, True, True]


def test_passages_are_exported_in_the_order_of_the_text(room: Path):
    annotated(quote="fog")
    annotated(quote="The ferry left")

    quotes = [json.loads(line)["quote"] for line in run("export", "jsonl").stdout.splitlines()]

    assert quotes == ["The ferry left", "fog"]


def test_a_query_chooses_what_is_exported(island: Path):
    annotated("--tag", "fruit")
    annotated(article="lighthouse", quote="the mainland")

    result = run("export", "jsonl", "tag:fruit")

    assert [json.loads(line)["quote"] for line in result.stdout.splitlines()] == ["cargo of oranges"]
    assert run("export", "markdown", "tag:none").exit_code == 1


@pytest.mark.parametrize("form", ["markdown", "jsonl"])
def test_a_second_export_leaves_the_file_unchanged(room: Path, form: str):
    annotated("--note", "Why?")

    first = run("export", form, "-o", "out")
    before = (room / "out").stat()
    second = run("export", form, "-o", "out")

    after = (room / "out").stat()
    assert "written" in first.stderr
    assert "unchanged" in second.stderr
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert (room / "out").read_text(encoding="utf-8") == run("export", form).stdout


def test_a_file_of_somebody_else_is_not_replaced_unless_told_so(room: Path):
    annotated()
    (room / "diary.md").write_text("Dear diary\n", encoding="utf-8")

    refused = run("export", "markdown", "-o", "diary.md")

    assert refused.exit_code == 7
    assert (room / "diary.md").read_text(encoding="utf-8") == "Dear diary\n"
    assert run("export", "markdown", "-o", "diary.md", "--force").exit_code == 0
    assert "> cargo of oranges" in (room / "diary.md").read_text(encoding="utf-8")


def test_an_export_into_a_folder_that_is_not_there_says_so(room: Path):
    annotated()

    assert run("export", "jsonl", "-o", "nowhere/out.jsonl").exit_code == 6


# doctor and git


def test_doctor_merges_a_copy_that_a_synchronisation_left_behind(room: Path):
    first = annotated()
    (file,) = (room / "annotations").glob("*.toml")
    copy = file.with_name(f"{file.stem}.sync-conflict-20261121-223000-ABCDEFG.toml")
    shutil.copy(file, copy)
    second = annotated(quote="fog")

    assert run("doctor").exit_code == 1
    dry = run("doctor", "--merge", "--dry-run")
    assert "would be merged" in dry.stderr
    assert copy.exists()
    assert run("doctor", "--merge").exit_code == 0
    assert not copy.exists()
    assert {one["id"] for one in tables(room)} == {first, second}
    assert run("doctor", "--dry-run").exit_code == 2


def test_doctor_names_what_is_damaged_in_the_trash(room: Path):
    run("note", "delete", annotated())
    (file,) = (room / "annotations" / ".trash").glob("*.toml")
    file.write_text("[article\n", encoding="utf-8")

    result = run("doctor")

    assert result.exit_code == 1
    assert f"{file}:1" in result.stdout


def test_the_merge_driver_unites_what_was_added_on_both_sides(room: Path):
    annotated()
    (file,) = (room / "annotations").glob("*.toml")
    base = room / "base"
    shutil.copy(file, base)
    annotated("--note", "theirs", quote="fog")
    theirs = room / "theirs"
    shutil.copy(file, theirs)
    run("undo")
    annotated("--note", "ours", quote="the lighthouse")

    result = run("merge-driver", str(base), str(file), str(theirs), "annotations/ferry.toml")

    assert result.exit_code == 0
    assert {one.get("body") for one in tables(room)} == {None, "ours", "theirs"}


def test_the_merge_driver_tells_git_by_its_exit_status_what_it_cannot_read(room: Path):
    for name, text in {"base": "", "ours": 'a = "ours"\n', "theirs": "a = \n"}.items():
        (room / name).write_text(text, encoding="utf-8")

    result = run("merge-driver", "base", "ours", "theirs")

    assert result.exit_code == 1
    assert "<<<<<<<" in (room / "ours").read_text(encoding="utf-8")


def test_control_characters_in_notes_stay_inert(room: Path):
    annotated("--note", "\x1b]0;owned\x07", "--tag", "\x1b[31mred")

    for arguments in (["notes"], ["notes", "--json"], ["tags"], ["export", "markdown"], ["export", "jsonl"]):
        result = run(*arguments)
        assert "\x1b" not in result.stdout
        assert "\x1b" not in result.stderr
    assert notes()[0]["note"] == "\x1b]0;owned\x07"


def test_git_asks_the_merge_driver_by_the_command_of_its_help(room: Path):
    said = run("merge-driver", "--help").stdout
    command = next(line for line in said.splitlines() if "git config" in line)

    configured = subprocess.run(["sh", "-n", "-c", command], capture_output=True, check=False)

    assert configured.returncode == 0
    assert "%O %A %B" in command


# show --notes


def test_an_article_is_shown_with_its_highlights_marked_and_its_notes_below(room: Path):
    annotated("--note", "Who ordered\nthem?", "--tag", "trade")
    annotated(quote="cargo of oranges that nobody had ordered. Its captain")
    annotated("--note", "Hidden too.", quote="newsletter")

    shown = run("show", "1", "--notes", "--width", "200").stdout

    assert "and a ==cargo of oranges that nobody had ordered.==" in shown
    assert "==Its captain==, who" in shown
    assert shown.index("✎ Who ordered") < shown.index("them?") < shown.index("#trade")
    assert shown.index("#trade") < shown.index("==Its captain==")
    assert "✎ Hidden too." in shown
    assert "==" not in run("show", "1").stdout
