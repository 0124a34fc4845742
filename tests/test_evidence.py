"""What the library tells of its articles: blocks that most articles of one source have."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Ledger, Trace
from reader.passages import Choice
from reader.recurring import RULE, Seen, apply_recurring, recurring
from reader.workspace import Workspace
from tests.builders import workspace_in
from tests.commands import run

SLOGAN = "The harbour gazette since the old days"
STORIES = (
    "The ferry left the harbour at six in the morning with forty passengers and a cargo of oranges.",
    "A train stood in the snow for nine hours while the crew melted ice for tea and told stories.",
    "The baker of the upper town has sold his shop to a cousin who never baked a loaf in her life.",
    "Two storks came back to the chimney of the brickworks, a week before anybody looked for them.",
    "The choir sings again on Sunday, after a winter in which half of its voices had been hoarse.",
)
SECONDS = (
    "Its captain said that the fog had been thicker than any she had seen in thirty years of sailing.",
    "Nobody was hurt, and a child who was born in the third carriage was named after the engine.",
    "Customers were given the last rye bread for nothing, and many of them stayed to talk until noon.",
    "The mayor had the road closed for a day so that the young birds would not be disturbed by carts.",
    "Tickets are sold at the door, and whoever brings a chair of their own pays only half of it.",
)


def story(number: int, *more: str) -> str:
    title = f"Story number {'abcdefgh'[number]} of the coast"
    return "\n\n".join((title, STORIES[number], SECONDS[number], *more)) + "\n"


def library(folder: Path, count: int = 4, *more: str) -> Workspace:
    return workspace_in(folder, {f"gazette/{n}.txt": story(n, *(more or (SLOGAN,))) for n in range(count)})


def reasons(workspace: Workspace, number: int = 0) -> dict[str, str]:
    reading = workspace.desk.open(workspace.summaries()[number].id)
    pairs = zip(reading.article.blocks, reading.ledger.verdicts, strict=True)
    return {reading.article.text_of(block): reason.words for block, reason in pairs if reason}


def hidden_in_list(workspace: Workspace) -> list[int]:
    return [summary.hidden for summary in workspace.summaries()]


def test_a_block_that_all_articles_of_a_source_have_is_hidden_with_their_number(tmp_path: Path) -> None:
    workspace = library(tmp_path)

    assert reasons(workspace) == {SLOGAN: "in 4 of 4 articles of this source"}
    assert hidden_in_list(workspace) == [1, 1, 1, 1]
    workspace.close()


def test_two_articles_tell_nothing(tmp_path: Path) -> None:
    workspace = library(tmp_path, 2)

    assert not reasons(workspace)
    workspace.close()


def test_a_block_of_a_few_among_many_articles_stays(tmp_path: Path) -> None:
    files = {f"gazette/{n}.txt": story(n, *((SLOGAN,) if n < 2 else ())) for n in range(5)}
    workspace = workspace_in(tmp_path, files)

    assert not reasons(workspace)
    workspace.close()


def test_articles_of_other_folders_do_not_count(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {f"{'abcd'[n]}/x.txt": story(n, SLOGAN) for n in range(4)})

    assert not reasons(workspace)
    workspace.close()


def test_a_sentence_of_background_stays_though_four_stories_have_it(tmp_path: Path) -> None:
    background = "The harbour was closed for two years after the great storm had broken its outer wall."
    workspace = library(tmp_path, 4, background)

    assert not reasons(workspace)
    workspace.close()


def test_a_heading_that_all_articles_have_stays(tmp_path: Path) -> None:
    files = {
        f"notes/{n}.md": f"# Story {'abcd'[n]}\n\n{STORIES[n]}\n\n## What we know about it\n\n{SECONDS[n]}\n"
        for n in range(4)
    }
    workspace = workspace_in(tmp_path, files)

    assert not reasons(workspace)
    workspace.close()


def test_a_line_that_heads_a_text_of_its_own_in_most_plain_texts_stays(tmp_path: Path) -> None:
    heading = "What we know about it"
    files = {
        f"notes/{n}.txt": f"Story {'abcd'[n]}\n\n{STORIES[n]}\n\n{heading}\n\n{SECONDS[n]}\n\n{SLOGAN}\n"
        for n in range(4)
    }
    workspace = workspace_in(tmp_path, files)

    assert reasons(workspace) == {SLOGAN: "in 4 of 4 articles of this source"}
    workspace.close()


def test_lines_that_recur_one_above_the_other_head_nothing(tmp_path: Path) -> None:
    address = "Write to the gazette at the old harbour, number one"
    workspace = library(tmp_path, 4, SLOGAN, address)

    assert set(reasons(workspace)) == {SLOGAN, address}
    workspace.close()


def test_versions_of_one_story_hide_nothing_of_each_other(tmp_path: Path) -> None:
    body = "\n\n".join((*STORIES, SLOGAN, *SECONDS))
    files = {
        f"gazette/{n}.txt": f"The coast, edition {'abcd'[n]}\n\n{body}\n\nEdition {n}.\n" for n in range(4)
    }
    workspace = workspace_in(tmp_path, files)

    assert not reasons(workspace)
    workspace.close()


def test_a_new_file_changes_the_verdicts_on_the_articles_before_it(tmp_path: Path) -> None:
    workspace = library(tmp_path, 2)
    before = hidden_in_list(workspace)

    (workspace.root / "seeds/gazette/2.txt").write_text(story(2, SLOGAN), "utf-8")
    workspace.sync()

    assert (before, hidden_in_list(workspace)) == ([0, 0], [1, 1, 1])
    assert reasons(workspace) == {SLOGAN: "in 3 of 3 articles of this source"}
    workspace.close()


def test_a_file_that_goes_takes_its_evidence_with_it(tmp_path: Path) -> None:
    workspace = library(tmp_path, 3)
    before = workspace.summaries()[0]

    (workspace.root / "seeds/gazette/2.txt").unlink()
    workspace.sync()

    assert hidden_in_list(workspace) == [0, 0]
    assert workspace.summaries()[0].words > before.words
    assert not reasons(workspace)
    workspace.close()


def test_a_sync_in_steps_equals_one_of_all(tmp_path: Path) -> None:
    steps = library(tmp_path / "steps", 1)
    for number in range(1, 5):
        (steps.root / f"seeds/gazette/{number}.txt").write_text(story(number, SLOGAN), "utf-8")
        steps.sync()
    once = library(tmp_path / "once", 5)

    assert steps.summaries() == once.summaries()
    assert reasons(steps) == reasons(once) == {SLOGAN: "in 5 of 5 articles of this source"}
    steps.close()
    once.close()


def test_the_reader_brings_such_a_block_back_and_it_stays(tmp_path: Path) -> None:
    workspace = library(tmp_path)
    reading = workspace.desk.open(workspace.summaries()[0].id)
    block = next(at for at, reason in enumerate(reading.ledger.verdicts) if reason)

    workspace.desk.choose(reading, block, Choice.KEEP)
    (workspace.root / "seeds/gazette/3.txt").unlink()
    workspace.sync()

    assert hidden_in_list(workspace) == [0, 1, 1]
    workspace.close()


def test_a_rule_of_the_reader_keeps_such_a_block(tmp_path: Path) -> None:
    workspace = library(tmp_path)
    teaching = workspace.teaching

    rule = teaching.make("harbour gazette since", whole=False, keep=True, sources=(), reason="mine")
    teaching.add(rule)
    workspace.sync()

    assert hidden_in_list(workspace) == [0, 0, 0, 0]
    workspace.close()


def test_the_search_hides_what_another_file_made_furniture(tmp_path: Path) -> None:
    workspace = library(tmp_path, 2)
    before = workspace.search("gazette").results.total

    (workspace.root / "seeds/gazette/2.txt").write_text(story(2, SLOGAN), "utf-8")
    workspace.sync()

    assert (before, workspace.search("gazette").results.total) == (2, 0)
    workspace.close()


def test_why_names_the_other_articles(tmp_path: Path) -> None:
    workspace = library(tmp_path, 3)
    workspace.close()

    told = run("--workspace", str(workspace.root), "why", "1")

    assert f"recurring\t{RULE}\tin 3 of 3 articles of this source\t{SLOGAN}" in told.stdout
    assert "also in “Story number b of the coast”, “Story number c of the coast”" in told.stderr


SOME = st.lists(st.builds(Trace, st.integers(0, 6), st.integers(1, 60)), max_size=8)


def test_a_rule_that_keeps_what_recurs_holds_before_the_files_are_read_anew(tmp_path: Path) -> None:
    workspace = library(tmp_path)
    reading = workspace.desk.open(workspace.summaries()[0].id)
    rule = workspace.teaching.make(SLOGAN, whole=False, keep=True, sources=(), reason="mine")

    workspace.teaching.add(rule)
    with_rule = workspace.desk.refresh(reading).ledger.hidden
    workspace.notebook.undo()

    assert (with_rule, workspace.desk.refresh(reading).ledger.hidden) == (0, 1)
    workspace.close()


@given(st.lists(SOME, max_size=12))
def test_what_recurs_stands_in_more_than_half_of_at_least_three(articles: list[list[Trace]]) -> None:
    for key, seen in recurring(articles).items():
        assert key
        assert seen.articles >= 3
        assert seen.of < 2 * seen.articles <= 2 * seen.of


@given(SOME)
def test_no_article_loses_more_than_half_of_its_words(traces: list[Trace]) -> None:
    seen = {key: Seen(3, 3) for key in range(1, 7)}

    ledger = apply_recurring(Ledger((None,) * len(traces)), traces, seen)

    pairs = zip(traces, ledger.verdicts, strict=True)
    assert 2 * sum(trace.words for trace, reason in pairs if reason) <= sum(trace.words for trace in traces)
