"""`reader search` and `reader index`."""

from pathlib import Path

import pytest

from reader.search.schema import VERSION
from tests.builders import LEAD
from tests.commands import listed, run

pytestmark = pytest.mark.usefixtures("room")


def test_each_hit_is_a_line_with_its_id_and_place() -> None:
    done = run("search", "lighthouse")

    identity, line, snippet = done.stdout.rstrip("\n").split(":", 2)
    assert identity.startswith("the-ferry-that-came-too-late-")
    assert line == "5"
    assert "lighthouse" in snippet


def test_nothing_found_is_a_status_of_its_own() -> None:
    done = run("search", "kraken")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "kraken" in done.stderr


def test_a_note_is_found_by_the_next_command() -> None:
    run("annotate", "1", "--quote", LEAD, "--note", "A kraken!")

    (hit,) = listed(run("search", "kraken", "--json"), "hits")

    assert (hit["kind"], hit["found_in"], hit["note"]) == ("note", ["note"], "A kraken!")


def test_json_tells_where_to_land() -> None:
    (hit,) = listed(run("search", "lighthouse", "--json"), "hits")

    (start, end) = hit["marks"][0]
    assert hit["snippet"][start:end] == "lighthouse"
    assert hit["passages"]


def test_a_search_can_be_of_notes_alone() -> None:
    run("annotate", "1", "--quote", LEAD, "--note", "Which lighthouse?")

    kinds = {
        place: run("search", "lighthouse", "--in", place, "--count").stdout for place in ("notes", "articles")
    }

    assert kinds == {"notes": "1\n", "articles": "1\n"}
    assert run("search", "lighthouse", "--count").stdout == "2\n"


def test_what_is_not_shown_is_told() -> None:
    run("annotate", "1", "--quote", LEAD, "--note", "Which lighthouse?")

    done = run("search", "lighthouse", "--limit", "1")

    assert len(done.stdout.splitlines()) == 1
    assert "1 of 2" in done.stderr


def test_a_fault_of_a_query_is_told_and_the_rest_is_searched() -> None:
    done = run("search", "titel:x", "OR", "lighthouse")

    assert done.exit_code == 0
    assert "at character 1: there is no titel:" in done.stderr
    assert "searched for: title:x OR lighthouse" in done.stderr


def test_a_query_of_which_nothing_is_left_finds_nothing_and_says_why() -> None:
    done = run("search", "date:soon")

    assert (done.exit_code, done.stdout) == (1, "")
    assert "at character 6: “soon” is no date" in done.stderr
    assert "searched for:" not in done.stderr


def test_a_word_to_be_left_out_is_no_option() -> None:
    plain, dashed = run("search", "lighthouse NOT putin"), run("search", "lighthouse", "-putin")

    assert dashed.stdout == plain.stdout


def test_a_snippet_is_as_long_as_is_asked() -> None:
    short, long = (run("search", "lighthouse", "--context", width).stdout for width in ("10", "200"))

    assert len(short) < len(long)


def test_what_is_found_would_make_no_terminal_act(room: Path) -> None:
    (room / "seeds" / "bell.txt").write_text("A bell\n\nIt rings \x1b]0;owned\x07 and \x1b[31mshines red.\n")

    done = run("search", "rings")

    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_the_index_tells_what_it_holds() -> None:
    done = run("index", "--status")

    held = dict(line.split("\t") for line in done.stdout.splitlines())
    assert (held["articles"], held["notes"], held["version"]) == ("0", "0", str(VERSION))


@pytest.mark.parametrize("options", [(), ("--rebuild",)])
def test_the_index_can_be_made(options: tuple[str, ...]) -> None:
    done = run("index", *options)

    assert done.exit_code == 0
    assert "articles\t1" in done.stdout
    assert "1 document written" in done.stderr


def test_facets_are_counted() -> None:
    done = run("search", "ferry", "--facets", "kind")

    assert done.stdout == "article\t1\n"


def test_facets_can_be_read_by_programs() -> None:
    assert listed(run("search", "ferry", "--facets", "kind", "--json"), "facets") == [
        {"value": "article", "count": 1}
    ]


def test_a_query_that_finds_nothing_is_offered_in_other_words() -> None:
    done = run("search", "fery", "tag:none")

    assert done.exit_code == 1
    assert "did you mean" not in done.stderr
    assert run("search", "oragnes").stderr.startswith("did you mean: oranges\n")
    assert "without tag:none: 1, by: ferry" in run("search", "ferry", "tag:none").stderr


def test_related_articles_are_listed_with_their_words() -> None:
    done = run("related", "1")

    assert done.exit_code == 1
    assert "no other article" in done.stderr
