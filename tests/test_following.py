"""What is remembered of an article goes with it when its source is edited."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model import Article, Progress, Status
from reader.passages import Choice
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in
from tests.cuts import cut, whole

FERRY = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
ABOVE = "A paragraph that was put above all others when the article was mended, in some haste.\n\n"
MENDED = FERRY.replace(LEAD, ABOVE + LEAD)
RETITLED = MENDED.replace("The ferry that came too late", "Late again: the island and its boat")
OTHER = "Oranges in winter\n\nNobody knows who sent them, and nobody has asked since that morning.\n"


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Workspace]:
    workspace = workspace_in(tmp_path, {"a.txt": FERRY})
    yield workspace
    workspace.close()


def only(workspace: Workspace) -> Article:
    return workspace.desk.open(workspace.summaries()[0].id).article


def read_to(workspace: Workspace, words: str, status: Status = Status.READING) -> str:
    article = only(workspace)
    place = Progress(article.text.index(words), 0.5, status, "2026-11-22T06:00:00+00:00")
    workspace.memory.remember(article.id, place, article.text)
    workspace.memory.set_mark(article.id, "a", article.text.index(THIRD), article.text)
    return article.id


def edit(workspace: Workspace, text: str, name: str = "a.txt") -> None:
    (workspace.root / "seeds" / name).write_text(text, encoding="utf-8")
    workspace.sync()


@pytest.mark.parametrize("text", [MENDED, RETITLED])
def test_the_place_the_status_and_the_marks_follow_an_article_that_was_edited(room: Workspace, text: str):
    read_to(room, SECOND, Status.DONE)

    edit(room, text)

    article = only(room)
    progress = room.memory.progress()[article.id]
    assert article.text[progress.offset :].startswith(SECOND)
    assert progress.status is Status.DONE
    assert article.text[room.memory.marks(article.id)["a"] :] == THIRD


def test_they_follow_an_edit_that_was_made_while_the_program_was_closed(room: Workspace, tmp_path: Path):
    read_to(room, SECOND)
    room.close()
    (room.root / "seeds" / "a.txt").write_text(RETITLED, encoding="utf-8")
    (tmp_path / "cache").rename(tmp_path / "cache of yesterday")
    again = Workspace(room.root, places_in(tmp_path), room.config)

    again.sync()

    article = only(again)
    assert article.text[again.memory.progress()[article.id].offset :].startswith(SECOND)
    again.close()


def test_they_follow_edit_after_edit_and_back(room: Workspace):
    for text, words in ((MENDED, SECOND), (RETITLED, LEAD), (FERRY, SECOND), (MENDED, THIRD)):
        read_to(room, words)
        edit(room, text)

        article = only(room)
        assert article.text[room.memory.progress()[article.id].offset :].startswith(words)


def test_nothing_follows_to_another_article_at_the_same_path(room: Workspace):
    read_to(room, SECOND, Status.DONE)

    edit(room, OTHER)

    assert room.memory.progress().get(only(room).id, Progress()) == Progress()
    assert room.memory.marks(only(room).id) == {}


def test_who_was_in_the_edited_article_later_stays_where_that_was(room: Workspace):
    old = read_to(room, SECOND)
    (room.root / "seeds" / "b.txt").write_text(MENDED, encoding="utf-8")
    room.sync()
    new = next(one.id for one in room.summaries() if one.id != old)
    room.memory.remember(new, Progress(7, 0.1, Status.READING, "2026-11-22T07:00:00+00:00"), "")

    (room.root / "seeds" / "b.txt").unlink()
    edit(room, MENDED)

    assert room.memory.progress()[new].offset == 7


def test_each_place_goes_into_the_part_that_holds_it_when_a_source_is_cut(room: Workspace):
    edit(room, whole())
    read_to(room, SECOND)

    edit(room, cut())

    first, captain, quay = (room.desk.open(one.id).article for one in room.summaries())
    places = room.memory.progress()
    assert not captain.text[places[captain.id].offset :].partition(SECOND)[0]
    assert quay.text[room.memory.marks(quay.id)["a"] :].startswith(THIRD)
    assert room.memory.marks(first.id) == {}


@pytest.mark.parametrize("text", [MENDED, RETITLED])
def test_a_star_and_a_note_follow_and_are_named_as_no_loss(room: Workspace, text: str):
    old = read_to(room, SECOND)
    room.notebook.star(old, starred=True)
    room.notebook.note(old, "Ask the captain.")

    edit(room, text)

    about = room.notebook.about(only(room).id)
    assert (about.starred, about.note) == (True, "Ask the captain.")
    assert room.problems() == ()


def test_a_star_that_followed_is_found_at_the_next_start(room: Workspace, tmp_path: Path):
    room.notebook.star(read_to(room, SECOND), starred=True)
    edit(room, RETITLED)
    room.close()
    again = Workspace(room.root, places_in(tmp_path), room.config)

    again.sync()

    assert again.notebook.starred() == {only(again).id}
    again.close()


def test_a_choice_follows_its_block_and_can_be_taken_back(room: Workspace):
    reading = room.desk.open(room.summaries()[0].id)
    number = next(
        at for at, one in enumerate(reading.article.blocks) if reading.article.text_of(one) == THIRD
    )
    room.desk.choose(reading, number, Choice.HIDE)

    edit(room, MENDED)
    reading = room.desk.open(room.summaries()[0].id)
    hidden = reading.ledger.hidden
    back = room.desk.choose(reading, number + 1, None)

    assert room.notebook.choices_of(back.article.id) == ()
    assert (hidden, back.ledger.hidden) == (1, 0)


def test_a_choice_does_not_follow_to_a_block_that_reads_otherwise(room: Workspace):
    reading = room.desk.open(room.summaries()[0].id)
    number = next(
        at for at, one in enumerate(reading.article.blocks) if reading.article.text_of(one) == THIRD
    )
    room.desk.choose(reading, number, Choice.HIDE)

    edit(room, FERRY.replace("until noon", "until evening"))

    assert room.desk.open(room.summaries()[0].id).ledger.hidden == 0


def test_what_was_done_before_the_edit_can_be_undone_after_it(room: Workspace):
    room.notebook.star(read_to(room, SECOND), starred=True)
    room.mark_done(only(room).id, done=True)
    edit(room, MENDED)

    undone = [room.notebook.undo(), room.notebook.undo()]

    assert [words.partition(":")[0] for words in undone] == ["marked as read", "star given"]
    assert room.notebook.starred() == frozenset()
    assert room.memory.progress()[only(room).id].status is Status.READING


def test_articles_that_are_read_in_place_take_nothing_from_those_of_the_workspace(
    room: Workspace, tmp_path: Path
):
    old = read_to(room, SECOND)
    path = tmp_path / "elsewhere" / "a.txt"
    path.parent.mkdir()
    path.write_text(MENDED, encoding="utf-8")
    there = Workspace(room.root, places_in(tmp_path), room.config, paths=(path,))

    there.sync()

    assert there.memory.progress().keys() == {old}
    there.close()


def test_what_is_out_of_sight_while_a_file_is_read_in_place_is_not_taken_for_gone(
    room: Workspace, tmp_path: Path
):
    read_to(room, SECOND)
    (summary,) = room.summaries()
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(MENDED, encoding="utf-8")
    alone = Workspace(room.root, places_in(tmp_path), room.config, (elsewhere,))

    alone.sync()

    (other,) = alone.summaries()
    assert other.id not in alone.memory.progress()
    assert summary.id in room.memory.progress()
    alone.close()
