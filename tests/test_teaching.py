"""Rules that a reader teaches: what they would do, what they do, and how they are taken back."""

import tomllib
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import teaching
from reader.cleaning.phrases import Rule
from reader.errors import Conflict, NoSuchRule, ReaderError
from reader.files import locked
from reader.model import Category
from reader.rulebook import RuleBook
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in

FERRY = f"The ferry that came too late\n\n{LEAD}\n\nOranges of the day, by our cook\n\n{SECOND}\n\n{THIRD}\n"
TRAIN = f"A train in the snow\n\n{SECOND}\n\nOranges of the day, by our cook\n\n{THIRD}\n\n{LEAD}\n"
COMMENTED = """\
# mine

[[rule]]
id = "one"
words = ["a word"]  # why
# about the next
[[rule]]
id = "two"
pattern = "zzz"
"""


def rule_of(phrase: str, name: str = "mine.x") -> Rule:
    return Rule(name, Category.CLUTTER, "a rule of yours", words=(phrase,))


def taught(workspace: Workspace, phrase: str, *sources: str, keep: bool = False) -> Rule:
    rule = workspace.teaching.make(phrase, whole=False, keep=keep, sources=sources, reason="a rule of yours")
    workspace.teaching.add(rule)
    return rule


def hidden_by(workspace: Workspace, rule: Rule) -> int:
    workspace.sync()
    ledgers = [workspace.desk.open(summary.id).ledger for summary in workspace.summaries()]
    return sum(
        reason is not None and reason.rule == rule.id for ledger in ledgers for reason in ledger.verdicts
    )


def test_a_taught_phrase_is_hidden_in_every_article(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": TRAIN})

    rule = taught(workspace, "oranges of the day")

    assert hidden_by(workspace, rule) == 2
    workspace.close()


def test_a_preview_counts_what_a_rule_would_hide_and_changes_nothing(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY, "b.txt": TRAIN})
    rule = workspace.teaching.make(
        "oranges of the day", whole=False, keep=False, sources=(), reason="a rule of yours"
    )

    assert str(workspace.teaching.preview(rule)) == "would hide 2 blocks in 2 articles"
    assert not (workspace.root / "rules.toml").exists()
    workspace.close()


def test_a_rule_of_more_words_than_a_phrase_may_hide_is_refused(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})

    with pytest.raises(ReaderError, match="max_words"):
        workspace.teaching.make("oranges", whole=False, keep=False, sources=(), reason="mine", max_words=401)
    workspace.close()


def test_a_rule_for_one_source_leaves_the_others_alone(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"papers/a.txt": FERRY, "b.txt": TRAIN})

    rule = taught(workspace, "oranges of the day", "seeds/papers/")

    assert hidden_by(workspace, rule) == 1
    workspace.close()


def test_a_taught_phrase_is_hidden_on_a_page_too_and_the_preview_says_so(tmp_path: Path):
    paragraphs = (LEAD, "Oranges of the day, by our cook, who has a word on each of them.", SECOND, THIRD)
    page = "".join(f"<p>{words}</p>" for words in paragraphs)
    workspace = workspace_in(tmp_path, {"a.html": f"<title>A ferry</title><article>{page}</article>"})
    rule = workspace.teaching.make("oranges of the day", whole=False, keep=False, sources=(), reason="mine")

    said = str(workspace.teaching.preview(rule))
    workspace.teaching.add(rule)

    assert (said, hidden_by(workspace, rule)) == ("would hide 1 block in 1 article", 1)
    workspace.close()


def test_the_first_rule_undone_leaves_no_file(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    rule = taught(workspace, "oranges of the day")
    was_there = (workspace.root / "rules.toml").exists()

    workspace.notebook.undo()

    assert was_there
    assert not (workspace.root / "rules.toml").exists()
    workspace.notebook.redo()
    assert hidden_by(workspace, rule) == 1
    workspace.close()


def test_a_taught_rule_is_undone_and_done_again(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    path = workspace.root / "rules.toml"
    path.write_text(COMMENTED, "utf-8")
    workspace.close()
    workspace = Workspace(workspace.root, places_in(tmp_path), workspace.config)
    rule = taught(workspace, "oranges of the day")

    told = workspace.notebook.undo()
    undone = path.read_text("utf-8"), hidden_by(workspace, rule)
    workspace.notebook.redo()

    assert told == f"rule {rule.id} added"
    assert undone == (COMMENTED, 0)
    assert hidden_by(workspace, rule) == 1
    workspace.close()


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_a_deleted_rule_comes_back_where_it_stood(tmp_path: Path, name: str):
    text = COMMENTED + '\n# the last\n\n[[rule]]\nid = "three"\nwords = "x"\n'
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    path = workspace.root / "rules.toml"
    path.write_text(text, "utf-8")
    workspace.close()
    workspace = Workspace(workspace.root, places_in(tmp_path), workspace.config)
    workspace.teaching.delete(name)
    without = path.read_text("utf-8")

    workspace.notebook.undo()
    undone = path.read_text("utf-8")
    workspace.notebook.redo()

    assert undone == text
    assert path.read_text("utf-8") == without
    workspace.close()


def test_a_deleted_rule_comes_back_last_if_the_one_below_it_has_gone():
    text = teaching.with_entry(COMMENTED, teaching.entry_of(rule_of("a word")), "gone", "\n")

    assert teaching.ids_in(text) == ("one", "two", "mine.x")


def test_a_phrase_without_a_word_is_refused(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})

    with pytest.raises(ReaderError, match="without a word"):
        taught(workspace, "…!")
    workspace.close()


def test_a_rule_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (workspace.root / "rules.toml").write_text(COMMENTED, "utf-8")

    with pytest.raises(Conflict, match="meanwhile"):
        taught(workspace, "oranges of the day")
    assert (workspace.root / "rules.toml").read_text("utf-8") == COMMENTED
    workspace.close()


def test_a_rule_that_was_refused_because_of_another_change_is_taken_the_second_time(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    (workspace.root / "rules.toml").write_text(COMMENTED, "utf-8")
    with pytest.raises(Conflict):
        taught(workspace, "oranges of the day")

    rule = taught(workspace, "oranges of the day")

    text = (workspace.root / "rules.toml").read_text("utf-8")
    assert text.startswith(COMMENTED)
    assert teaching.ids_in(text) == ("one", "two", rule.id)
    workspace.close()


def test_rules_that_are_written_by_hand_hold_at_once(tmp_path: Path):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    workspace.has_news()
    rule = rule_of("oranges of the day")
    (workspace.root / "rules.toml").write_text(teaching.entry_of(rule), "utf-8")

    assert workspace.has_news()
    assert hidden_by(workspace, rule) == 1
    assert workspace.teaching.own()[0].id == rule.id
    workspace.close()


@pytest.mark.parametrize("number", ["1" * 5000, f"0x{'f' * 5000}"], ids=["decimal", "hexadecimal"])
def test_rules_with_a_number_of_thousands_of_digits_are_a_problem(tmp_path: Path, number: str):
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    text = f"{COMMENTED}max_words = {number}\n"
    (workspace.root / "rules.toml").write_text(text, "utf-8")
    workspace.sync()

    assert workspace.problems()
    assert {one.id for one in workspace.teaching.own()} <= {"one"}
    workspace.close()


def test_a_rule_waits_for_another_program_that_writes_and_then_gives_way(tmp_path: Path):
    path, locks = tmp_path / "rules.toml", tmp_path / "locks"
    book = RuleBook(path, locks)

    with ThreadPoolExecutor() as other:
        with locked(path, locks):
            waiting = other.submit(book.replace, "# ours\n")
            wait([waiting], timeout=0.2)
            path.write_text("# theirs\n", "utf-8")
        fault = waiting.exception()

    assert isinstance(fault, Conflict)
    assert path.read_text("utf-8") == "# theirs\n"


def test_deleting_a_rule_leaves_the_comments_around_it():
    text = teaching.without_entry(COMMENTED, "one")

    assert text == '# mine\n\n# about the next\n[[rule]]\nid = "two"\npattern = "zzz"\n'


def test_a_rule_that_is_not_there_cannot_be_deleted():
    with pytest.raises(NoSuchRule, match="three"):
        teaching.without_entry(COMMENTED, "three")


@pytest.mark.parametrize("text", ['rule = [{id = "one", words = ["a"]}]\n', "[[rule]\n"])
def test_a_form_that_cannot_be_changed_safely_is_left_alone(text: str):
    with pytest.raises(Conflict):
        teaching.without_entry(text, "one")


def test_two_rules_of_one_phrase_have_two_names():
    assert teaching.name_for("Read more here", ("mine.read-more-here",)) == "mine.read-more-here-2"


@given(st.text(min_size=1), st.sampled_from(("", COMMENTED, COMMENTED.rstrip("\n"), "# nothing yet\n")))
def test_any_phrase_is_written_read_and_taken_out_again(phrase: str, text: str):
    with_rule = teaching.with_entry(text, teaching.entry_of(rule_of(phrase)))

    assert tomllib.loads(with_rule)["rule"][-1]["id"] == "mine.x"
    assert with_rule.startswith(text)
    assert tomllib.loads(teaching.without_entry(with_rule, "mine.x")).get("rule", []) == tomllib.loads(
        text
    ).get("rule", [])
