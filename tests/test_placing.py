"""Where the notes on an article are after its source was edited, or cut another way."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.anchoring import describe
from reader.library import Library
from reader.model import Article, Summary
from reader.passages import AnchorState, Placed
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in
from tests.cuts import PARTS, TITLES, cut, whole

QUOTES = ("forty passengers", "fog had been thicker", "on the quay until noon")
RENAMED = ("A boat, late again", "Fog on the water", "Chairs, tea and bets")


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Workspace]:
    workspace = workspace_in(tmp_path, {"a.txt": whole()})
    yield workspace
    workspace.close()


def edit(workspace: Workspace, text: str) -> int:
    (workspace.root / "seeds" / "a.txt").write_text(text, encoding="utf-8")
    return workspace.sync().unplaced


def mark(workspace: Workspace, *quotes: str) -> None:
    for one in workspace.summaries():
        article = workspace.desk.open(one.id).article
        for quote in quotes:
            if (start := article.text.find(quote)) >= 0:
                workspace.notebook.annotate(article, (start, start + len(quote)))


def where(workspace: Workspace) -> list[tuple[str, str]]:
    """The words that each annotation stands on today, with the title of their article."""
    texts = {one.id: workspace.desk.open(one.id).article.text for one in workspace.summaries()}
    return [(texts[one.article_id][one.start : one.end], one.title) for one in workspace.notebook.all()]


def reopened(workspace: Workspace, folder: Path) -> Workspace:
    workspace.close()
    again = Workspace(workspace.root, places_in(folder), workspace.config)
    again.sync()
    return again


def test_a_note_that_is_written_while_the_files_are_gone_through_is_there_afterwards(
    room: Workspace, monkeypatch: pytest.MonkeyPatch
):
    (one,) = room.summaries()
    article = room.desk.open(one.id).article

    def summaries(library: Library) -> tuple[Summary, ...]:
        monkeypatch.undo()
        mark(room, QUOTES[0])  # as the reader would, while a thread syncs
        return library.summaries()

    monkeypatch.setattr(Library, "summaries", summaries)
    room.notebook.settle()

    assert [placed.annotation.target.exact for placed in room.notebook.annotations(article)] == [QUOTES[0]]


def test_a_look_in_the_middle_of_another_finds_no_place_of_before(
    room: Workspace, monkeypatch: pytest.MonkeyPatch
):
    mark(room, QUOTES[0])
    (before,) = room.notebook.all()
    text = room.desk.open(before.article_id).article.text
    start = text.index(QUOTES[1])
    moved = describe(text, start, start + len(QUOTES[1]))
    room.notebook.change(before, replace(before.annotation, target=moved))
    seen: list[int] = []

    def article(library: Library, article_id: str) -> Article | None:
        monkeypatch.undo()
        seen.extend(one.start for one in room.notebook.all())  # as another thread would
        return library.article(article_id)

    monkeypatch.setattr(Library, "article", article)
    room.notebook.all()

    assert seen == [start]


@pytest.mark.parametrize("titles", [TITLES, RENAMED])
def test_each_note_goes_to_the_article_that_holds_it_when_a_source_is_cut(
    room: Workspace, titles: tuple[str, ...]
):
    mark(room, *QUOTES)

    lost = edit(room, cut(titles))

    assert where(room) == list(zip(QUOTES, titles, strict=True))
    assert lost == 0
    assert room.problems() == ()


def test_each_article_of_a_source_that_was_cut_shows_its_own_notes(room: Workspace):
    mark(room, *QUOTES)
    edit(room, cut())

    shown = [room.notebook.annotations(room.desk.open(one.id).article) for one in room.summaries()]
    counts = room.notebook.counts()

    assert [[one.annotation.target.exact for one in placed] for placed in shown] == [[one] for one in QUOTES]
    assert [counts[one.id].highlights for one in room.summaries()] == [1, 1, 1]


def test_notes_on_three_articles_go_to_the_one_that_they_become(tmp_path: Path):
    room = workspace_in(tmp_path, {"a.txt": cut()})
    mark(room, *QUOTES)

    lost = edit(room, whole())

    assert [quote for quote, _ in where(room)] == list(QUOTES)
    assert lost == 0
    room.close()


def test_an_edited_passage_is_found_in_the_part_that_holds_it(room: Workspace):
    quote = "thirty years, said that the fog had been thicker than any she remembered"
    mark(room, quote)

    edit(room, cut(RENAMED).replace("she remembered", "she could remember"))

    ((words, title),) = where(room)
    assert words == quote.replace("she remembered", "she could remember")
    assert title == RENAMED[1]


def test_a_passage_that_stands_in_two_parts_goes_to_neither_and_that_is_said(room: Workspace):
    mark(room, "until half past five")
    paragraph = PARTS[0][1]

    lost = edit(
        room, cut(RENAMED).replace(paragraph, "").replace(THIRD, paragraph).replace(SECOND, paragraph)
    )

    (one,) = room.notebook.all()
    assert one.is_orphan
    assert lost == 1
    (problem,) = room.problems()
    assert "cut another way; 1 of 1 notes and highlights lost their place" in problem.what


def test_a_passage_that_an_article_beside_it_only_quotes_stays_lost(room: Workspace):
    edit(room, cut())
    mark(room, SECOND)

    edit(
        room,
        cut()
        .replace(SECOND, "The captain said nothing at all.")
        .replace(THIRD, f"A sailor: {SECOND} So it was."),
    )

    (one,) = room.notebook.all()
    assert (one.is_orphan, one.title) == (True, TITLES[1])


def test_a_loss_is_told_once_and_named_until_it_is_mended(room: Workspace, tmp_path: Path):
    mark(room, *QUOTES)
    shortened = whole().replace(LEAD, "").replace(SECOND, "")

    lost = edit(room, shortened)
    (problem,) = room.problems()
    again = reopened(room, tmp_path)

    assert lost == 2
    assert "2 of 3 notes and highlights of “The ferry that came too late to the island” lost" in problem.what
    assert again.sync().unplaced == 0
    assert again.problems() == (problem,)
    again.close()


def test_what_was_found_is_not_looked_for_again_at_the_next_start(room: Workspace, tmp_path: Path):
    mark(room, *QUOTES)
    edit(room, cut(RENAMED))
    before = room.notebook.all()
    room.close()
    again = Workspace(room.root, places_in(tmp_path), room.config)
    again.sync()
    (room.root / "seeds" / "a.txt").unlink()  # nothing can be read any more

    after = again.notebook.all()

    assert after == before
    again.close()


def test_a_target_that_was_set_by_hand_is_looked_for_before_it_is_called_exact(
    room: Workspace, tmp_path: Path
):
    mark(room, "forty passengers")
    (path,) = (room.root / "annotations").glob("*.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("forty passengers", "forty passangers"), encoding="utf-8")

    room.notebook.refresh()

    (one,) = room.notebook.all()
    assert one.state is AnchorState.APPROXIMATE


def test_a_target_that_was_moved_by_hand_is_where_its_words_are(room: Workspace):
    mark(room, "forty passengers")
    (one,) = room.notebook.all()
    path = one.file
    start = one.annotation.target.start
    said = path.read_text(encoding="utf-8")
    path.write_text(
        said.replace(f"start = {start}", f"start = {start + 5}").replace(
            f"end = {one.end}", f"end = {one.end + 5}"
        ),
        encoding="utf-8",
    )

    room.notebook.refresh()

    (moved,) = room.notebook.all()
    assert (moved.state, moved.start) == (AnchorState.MOVED, start)


def states(placed: tuple[Placed, ...]) -> list[AnchorState]:
    return [one.state for one in placed]


def test_an_article_that_cannot_be_read_now_leaves_its_notes_where_they_are(room: Workspace):
    mark(room, *QUOTES)
    (room.root / "seeds" / "a.txt").unlink()

    placed = room.notebook.all()

    assert states(placed) == [AnchorState.EXACT] * 3


def test_the_article_of_a_file_is_not_looked_for_again_at_the_next_start(room: Workspace, tmp_path: Path):
    mark(room, SECOND)
    (room.root / "seeds" / "a.txt").unlink()
    there = room.root / "seeds" / "b.txt"
    there.write_text(f"Fog on the water\n\n{SECOND}\n\nNothing else is left of it.\n", encoding="utf-8")
    room.sync()
    before = room.notebook.all()
    unread, stamp = there.read_bytes().replace(b"o", b"0"), there.stat()
    room.close()
    there.write_bytes(unread)
    os.utime(there, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    again = reopened(room, tmp_path)

    assert [one.path for one in before] == ["seeds/b.txt"]
    assert again.notebook.all() == before
