import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from reader.errors import AmbiguousAnnotation, Conflict, NoSuchAnnotation, NotWritable, ReaderError
from reader.model import Article
from reader.passages import AnchorState, Color, Placed
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, places_in, workspace_in

FERRY = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
ORANGES = f"Oranges, and what became of them\n\n{THIRD}\n\nThe oranges were sold on the quay.\n"


def opened(workspace: Workspace, number: int = 0) -> Article:
    return workspace.desk.open(workspace.summaries()[number].id).article


def passage(article: Article, words: str) -> tuple[int, int]:
    start = article.text.index(words)
    return start, start + len(words)


def marked(workspace: Workspace, *quotes: str, **said: object) -> tuple[Placed, ...]:
    article = opened(workspace)
    for quote in quotes:
        workspace.notebook.annotate(article, passage(article, quote), **said)  # type: ignore[arg-type]  # what a test says
    return workspace.notebook.annotations(article)


def file_of(workspace: Workspace) -> Path:
    (path,) = (workspace.root / "annotations").glob("*.toml")
    return path


def reopened(workspace: Workspace, folder: Path) -> Workspace:
    again = Workspace(workspace.root, places_in(folder), workspace.config)
    again.sync()
    return again


def quotes(placed: tuple[Placed, ...]) -> list[str]:
    return [one.annotation.target.exact for one in placed]


@pytest.fixture
def room(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path, {"a.txt": FERRY})


def test_an_annotation_is_written_into_the_users_file_at_once(room: Workspace):
    marked(room, "forty passengers", color=Color.BLUE, tags=("#ferry", "people"), body="So few?")

    (entry,) = tomllib.loads(file_of(room).read_text(encoding="utf-8"))["annotation"]

    assert entry["target"]["exact"] == "forty passengers"
    assert (entry["color"], entry["tags"], entry["body"]) == ("blue", ["ferry", "people"], "So few?")


def test_annotations_come_in_the_order_of_the_text(room: Workspace):
    placed = marked(room, "lighthouse", "forty passengers", "fog")

    assert quotes(placed) == ["forty passengers", "fog", "lighthouse"]
    assert {one.state for one in placed} == {AnchorState.EXACT}


def test_a_passage_may_cross_paragraphs(room: Workspace):
    article = opened(room)
    start, end = passage(article, "ordered.")[0], passage(article, "Its captain")[1]

    room.notebook.annotate(article, (start, end))

    assert room.notebook.annotations(article)[0].annotation.target.exact == article.text[start:end]


def test_an_empty_passage_is_no_passage(room: Workspace):
    with pytest.raises(ValueError, match="no passage"):
        room.notebook.annotate(opened(room), (5, 5))


def test_everything_can_be_undone_and_done_again(room: Workspace):
    book = room.notebook
    (one,) = marked(room, "fog")
    book.change(one, replace(one.annotation, body="Thick.", tags=("weather",)), "note changed")
    (noted,) = book.annotations(opened(room))
    book.change(noted, replace(noted.annotation, color=Color.PINK), "coloured")
    book.delete(book.annotations(opened(room)))

    undone = [book.undo() for _ in range(4)]
    gone = book.annotations(opened(room))
    again = [book.redo() for _ in range(3)]
    (back,) = book.annotations(opened(room))

    done = [words.removesuffix(" “fog”") for words in reversed(undone)]
    assert done == ["highlighted", "note changed", "coloured", "deleted"]
    assert gone == ()
    assert again == undone[:0:-1]
    assert (back.annotation.body, back.annotation.color) == ("Thick.", Color.PINK)


def test_a_delete_is_undone_after_a_restart(room: Workspace, tmp_path: Path):
    room.notebook.delete(marked(room, "fog", body="Thick."))
    again = reopened(room, tmp_path)

    again.notebook.undo()

    (one,) = again.notebook.all()
    assert one.annotation.body == "Thick."
    assert again.notebook.trash() == ()


def test_what_was_deleted_comes_back_from_the_trash_with_its_comments(room: Workspace):
    marked(room, "fog")
    path = file_of(room)
    commented = path.read_text(encoding="utf-8").replace("[[annotation]]", "# my thought\n[[annotation]]")
    path.write_text(commented, encoding="utf-8")
    room.notebook.refresh()
    (one,) = room.notebook.all()
    room.notebook.delete([one])

    room.notebook.restore(one.annotation.id)

    assert "# my thought\n[[annotation]]" in file_of(room).read_text(encoding="utf-8")
    assert room.notebook.trash() == ()


def test_emptying_the_trash_is_final(room: Workspace):
    (one,) = marked(room, "fog")
    room.notebook.delete([one])

    emptied = room.notebook.empty_trash()

    assert emptied == 1
    with pytest.raises(NoSuchAnnotation):
        room.notebook.restore(one.annotation.id)


def test_several_are_deleted_and_undone_together(room: Workspace):
    room.notebook.delete(marked(room, "fog", "lighthouse", "forty passengers"))

    room.notebook.undo()

    assert len(room.notebook.all()) == 3


def test_what_was_changed_again_elsewhere_is_not_undone(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.")
    room.notebook.change(one, replace(one.annotation, body="Very thick."))
    path = file_of(room)
    path.write_text(path.read_text(encoding="utf-8").replace("Very thick.", "By hand."), encoding="utf-8")

    with pytest.raises(Conflict):
        room.notebook.undo()

    assert "By hand." in path.read_text(encoding="utf-8")


def test_a_note_that_two_changed_is_kept_twice(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.")
    path = file_of(room)
    path.write_text(path.read_text(encoding="utf-8").replace("Thick.", "By hand."), encoding="utf-8")

    twin = room.notebook.change(one, replace(one.annotation, body="On the screen."))

    assert twin is not None
    assert {placed.annotation.body for placed in room.notebook.all()} == {"By hand.", "On the screen."}


def test_different_fields_changed_by_two_are_joined(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.", tags=("weather",))
    path = file_of(room)
    path.write_text(path.read_text(encoding="utf-8").replace('"yellow"', '"green"'), encoding="utf-8")

    twin = room.notebook.change(one, replace(one.annotation, body="Very thick.", tags=("sea", "weather")))

    (joined,) = room.notebook.all()
    assert twin is None
    assert (joined.annotation.color, joined.annotation.body) == (Color.GREEN, "Very thick.")
    assert joined.annotation.tags == ("sea", "weather")


def test_what_cannot_be_saved_is_kept_in_a_file_of_its_own(room: Workspace):
    (one,) = marked(room, "fog")
    path = file_of(room)
    path.write_text("starred = \n", encoding="utf-8")

    with pytest.raises((Conflict, NotWritable), match="what you wrote is kept in") as caught:
        room.notebook.change(one, replace(one.annotation, body="A long thought."))

    kept = Path(str(caught.value).rpartition(" kept in ")[2])
    assert "A long thought." in kept.read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "starred = \n"


def test_two_highlights_become_one_when_asked(room: Workspace):
    article = opened(room)
    first, second = marked(room, "the fog", "thicker")

    room.notebook.merge(article, first, second)

    (merged,) = room.notebook.annotations(article)
    assert merged.annotation.target.exact == "the fog had been thicker"
    assert merged.annotation.id == first.annotation.id
    room.notebook.undo()
    assert quotes(room.notebook.annotations(article)) == ["the fog", "thicker"]


def test_a_note_stays_with_its_words_when_the_source_is_edited(room: Workspace):
    marked(room, "the fog had been thicker", body="Thick.")
    source = room.root / "seeds" / "a.txt"
    source.write_text(FERRY.replace(LEAD, "Something else happened first.\n\n" + LEAD), encoding="utf-8")
    room.sync()

    (one,) = room.notebook.annotations(opened(room))

    assert one.state is AnchorState.MOVED
    assert opened(room).text[one.start : one.end] == "the fog had been thicker"


def test_a_note_is_found_again_when_its_source_was_renamed_and_edited(room: Workspace):
    marked(room, "the fog had been thicker", "forty passengers", body="Thick.")
    (room.root / "seeds" / "a.txt").unlink()
    (room.root / "seeds" / "moved").mkdir()
    (room.root / "seeds" / "moved" / "b.txt").write_text(FERRY + "\nOne more line.\n", encoding="utf-8")
    room.sync()

    placed = room.notebook.annotations(opened(room))

    assert len(placed) == 2
    assert not any(one.is_orphan for one in placed)


def test_a_note_is_found_again_by_its_quotes_alone(room: Workspace):
    marked(room, "the fog had been thicker than any she remembered", body="Thick.")
    (room.root / "seeds" / "a.txt").unlink()
    other = f"Fog at sea: a report\n\n{SECOND}\n\n{LEAD}\n"
    (room.root / "seeds" / "b.txt").write_text(other, encoding="utf-8")
    (room.root / "seeds" / "c.txt").write_text(ORANGES, encoding="utf-8")
    room.sync()

    (one,) = room.notebook.all()

    assert one.title == "Fog at sea: a report"
    assert not one.is_orphan


def test_notes_of_an_article_that_is_gone_stay_and_can_be_attached_elsewhere(room: Workspace):
    marked(room, "the fog", body="Thick.")
    (room.root / "seeds" / "a.txt").unlink()
    (room.root / "seeds" / "c.txt").write_text(ORANGES, encoding="utf-8")
    room.sync()
    (lost,) = room.notebook.all()
    article = opened(room)

    room.notebook.attach(lost, article, passage(article, "The oranges"))

    (found,) = room.notebook.all()
    assert lost.is_orphan
    assert lost.title == "The ferry that came too late"
    assert (found.annotation.body, found.state) == ("Thick.", AnchorState.EXACT)
    room.notebook.undo()
    (again,) = room.notebook.all()
    assert again.is_orphan


def test_writing_about_an_article_that_changed_makes_its_file_its_own_again(room: Workspace):
    marked(room, "the fog", body="Thick.")
    (room.root / "seeds" / "a.txt").write_text(FERRY + "\nOne more line.\n", encoding="utf-8")
    room.sync()

    marked(room, "lighthouse")

    about = tomllib.loads(file_of(room).read_text(encoding="utf-8"))["article"]
    assert about["id"] == opened(room).id


def test_a_tag_is_renamed_everywhere_and_back(room: Workspace):
    book = room.notebook
    marked(room, "fog", tags=("sea", "weather/fog"))
    marked(room, "lighthouse", tags=("weather",))
    book.tag(opened(room).id, ["weather", "islands"])
    plans = book.plan_tags("weather", "climate")

    book.retag(plans)
    renamed = book.tags()
    book.undo()

    assert len(plans) == 3
    assert renamed == {"climate": 2, "climate/fog": 1, "islands": 1, "sea": 1}
    assert book.tags() == {"weather": 2, "islands": 1, "sea": 1, "weather/fog": 1}


def test_a_correction_shows_in_the_list_and_on_the_page_and_not_in_the_source(room: Workspace):
    source = (room.root / "seeds" / "a.txt").read_bytes()
    (one,) = room.summaries()

    room.notebook.correct(one.id, "author", "The harbour master")

    assert room.summaries()[0].author == "The harbour master"
    assert opened(room).author == "The harbour master"
    assert (room.root / "seeds" / "a.txt").read_bytes() == source
    room.notebook.undo()
    assert room.summaries()[0].author == one.author


def test_only_known_fields_can_be_corrected(room: Workspace):
    with pytest.raises(ValueError, match="cannot be corrected"):
        room.notebook.correct(room.summaries()[0].id, "text", "other words")


def test_an_article_has_tags_and_a_note_of_its_own(room: Workspace, tmp_path: Path):
    (one,) = room.summaries()

    room.notebook.tag(one.id, ["#ferry", "ferry"])
    room.notebook.note(one.id, "Read again.\n\nSlowly.")

    about = reopened(room, tmp_path).notebook.about(one.id)
    assert (about.tags, about.note) == (("ferry",), "Read again.\n\nSlowly.")


def test_counts_tell_highlights_notes_and_tags_of_each_article(room: Workspace):
    marked(room, "fog", tags=("sea",))
    marked(room, "lighthouse", body="Dark?")
    (one,) = room.summaries()

    counts = room.notebook.counts()[one.id]

    assert (counts.highlights, counts.notes, set(counts.tags)) == (1, 1, {"sea"})


@pytest.mark.parametrize("part", [slice(None), slice(-6, None), slice(0, 26)])
def test_an_annotation_answers_to_its_id_or_the_end_of_it(room: Workspace, part: slice):
    (one,) = marked(room, "fog")

    assert room.notebook.find(one.annotation.id[part].lower()) == one


def test_an_id_that_several_begin_with_is_ambiguous(room: Workspace):
    marked(room, "fog", "lighthouse")

    with pytest.raises(AmbiguousAnnotation):
        room.notebook.find("0")


def test_an_unknown_id_is_no_annotation(room: Workspace):
    with pytest.raises(NoSuchAnnotation):
        room.notebook.find("nothing")


def test_a_change_by_hand_is_seen_by_the_next_look(room: Workspace):
    marked(room, "fog", body="Thick.")
    path = file_of(room)
    path.write_text(path.read_text(encoding="utf-8").replace("Thick.", "By hand."), encoding="utf-8")

    seen = room.notebook.refresh()

    assert seen
    assert room.notebook.all()[0].annotation.body == "By hand."
    assert not room.notebook.refresh()


def test_what_was_found_by_its_quotes_is_found_at_each_look(room: Workspace):
    marked(room, "the fog had been thicker than any she remembered", body="Thick.")
    (room.root / "seeds" / "a.txt").unlink()
    other = f"Fog at sea: a report\n\n{SECOND}\n\n{LEAD}\n"
    (room.root / "seeds" / "b.txt").write_text(other, encoding="utf-8")
    room.sync()
    room.sync()

    (one,) = room.notebook.all()

    assert not one.is_orphan


def test_another_text_at_the_same_place_inherits_nothing(room: Workspace):
    marked(room, "the fog had been thicker", body="Thick.")
    (room.root / "seeds" / "a.txt").write_text(ORANGES, encoding="utf-8")
    room.sync()

    (one,) = room.notebook.all()

    assert one.is_orphan
    assert one.article_id == ""


@pytest.mark.parametrize("how", ["recolour", "delete"])
def test_undo_brings_back_what_somebody_else_wrote_before(room: Workspace, how: str):
    (one,) = marked(room, "fog", body="Thick.")
    path = file_of(room)
    path.write_text(path.read_text(encoding="utf-8").replace("Thick.", "By hand."), encoding="utf-8")
    if how == "recolour":
        room.notebook.change(one, replace(one.annotation, color=Color.BLUE))
    else:
        room.notebook.delete([one])

    room.notebook.undo()

    assert [placed.annotation.body for placed in room.notebook.all()] == ["By hand."]


def test_a_note_on_an_article_that_two_wrote_is_kept_in_full(room: Workspace):
    (one,) = room.summaries()
    room.notebook.note(one.id, "At first.")
    path = file_of(room)
    path.write_text(path.read_text(encoding="utf-8").replace("At first.", "By hand."), encoding="utf-8")

    room.notebook.note(one.id, "On the screen.", base="At first.")

    assert room.notebook.about(one.id).note == "By hand.\n\nOn the screen."


def test_tags_that_an_article_got_elsewhere_stay(room: Workspace):
    (one,) = room.summaries()
    room.notebook.tag(one.id, ["sea"])
    path = file_of(room)
    path.write_text(
        path.read_text(encoding="utf-8").replace('"sea",', '"sea",\n    "fog",'), encoding="utf-8"
    )

    room.notebook.tag(one.id, ["island"], base=["sea"])

    assert room.notebook.about(one.id).tags == ("fog", "island")


def test_words_whose_letters_were_torn_can_be_undone_as_they_were_written(room: Workspace):
    article = opened(room)
    torn = "thick \udcff"
    (one,) = marked(room, "fog", body=torn, tags=(torn,))
    room.notebook.change(one, replace(one.annotation, body=f"{torn} again"))
    room.notebook.note(article.id, torn)
    room.notebook.tag(article.id, [torn])
    room.notebook.correct(article.id, "author", torn)

    undone = [room.notebook.undo() for _ in range(5)]

    assert all(undone)
    assert room.notebook.all() == ()
    assert not list((room.root / "annotations").glob("*.toml"))


def test_two_files_about_one_article_both_speak(room: Workspace):
    (one,) = room.summaries()
    room.notebook.note(one.id, "In the first.")
    room.notebook.tag(one.id, ["war", "sea"])
    first = file_of(room)
    text = first.read_text(encoding="utf-8").replace(one.id, "the-ferry-that-came-too-late-00000000")
    second = first.with_name("another.toml")
    second.write_text(
        text.replace("In the first.", "In the second.").replace('"sea"', '"fog"'), encoding="utf-8"
    )
    room.notebook.refresh()

    room.notebook.retag(room.notebook.plan_tags("war", "peace"))

    assert set(room.notebook.about(one.id).note.split("\n\n")) == {"In the first.", "In the second."}
    assert room.notebook.about(one.id).tags == ("fog", "peace", "sea")


def test_a_recolour_leaves_tags_and_body_as_they_were_written(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.", tags=("sea",))
    path = file_of(room)
    by_hand = path.read_text(encoding="utf-8").replace('"sea"', '"issue#12"').replace("Thick.", "   Thick.  ")
    path.write_text(by_hand, encoding="utf-8")
    room.notebook.refresh()
    (one,) = room.notebook.all()

    room.notebook.change(one, replace(one.annotation, color=Color.BLUE))

    text = path.read_text(encoding="utf-8")
    assert '"issue#12"' in text
    assert '"   Thick.  "' in text


def test_a_note_written_beside_a_damaged_file_stands_in_the_other_one(room: Workspace):
    room.notebook.note(opened(room).id, "The old words.")
    file = file_of(room)
    source = room.root / "seeds" / "a.txt"
    source.write_text(FERRY.replace("an hour late", "two hours late"), encoding="utf-8")
    room.sync()
    article = opened(room)
    damaged = file.with_name(f"{'--'.join(article.id.rsplit('-', 1))}.toml")
    damaged.write_text(f'[article]\nid = "{article.id}"\n[[annotation\n', encoding="utf-8")

    room.notebook.note(article.id, "The new words.")

    assert tomllib.loads(file.read_text(encoding="utf-8"))["article"]["note"] == "The new words."


def test_a_note_that_is_moved_to_a_damaged_file_stays_where_it_was(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.")
    (room.root / "seeds" / "c.txt").write_text(ORANGES, encoding="utf-8")
    room.sync()
    other = next(article for article in room.summaries() if "Oranges" in article.title)
    room.notebook.star(other.id, starred=True)
    damaged = next(path for path in (room.root / "annotations").glob("orange*.toml"))
    damaged.write_text("starred = \n", encoding="utf-8")
    article = room.desk.open(other.id).article

    with pytest.raises(Conflict):
        room.notebook.attach(one, article, passage(article, "The oranges"))

    room.notebook.refresh()
    assert [placed.annotation.body for placed in room.notebook.all()] == ["Thick."]


def test_words_for_a_note_that_was_deleted_elsewhere_are_kept(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.")
    file_of(room).unlink()

    with pytest.raises(NoSuchAnnotation, match="what you wrote is kept in") as caught:
        room.notebook.change(one, replace(one.annotation, body="A long thought."))

    assert "A long thought." in Path(str(caught.value).rpartition(" kept in ")[2]).read_text(encoding="utf-8")


def test_a_note_on_an_article_that_cannot_be_saved_is_kept(room: Workspace):
    (one,) = room.summaries()
    room.notebook.star(one.id, starred=True)
    file_of(room).write_text("starred = \n", encoding="utf-8")

    with pytest.raises(Conflict, match="what you wrote is kept in") as caught:
        room.notebook.note(one.id, "A long thought.")

    assert "A long thought." in Path(str(caught.value).rpartition(" kept in ")[2]).read_text(encoding="utf-8")


def test_what_could_not_be_undone_in_a_damaged_file_is_undone_once_it_is_mended(room: Workspace):
    (one,) = marked(room, "fog", body="Thick.")
    room.notebook.change(one, replace(one.annotation, color=Color.BLUE))
    path = file_of(room)
    whole = path.read_text(encoding="utf-8")
    path.write_text(f"{whole}\nstarred = \n", encoding="utf-8")
    with pytest.raises(Conflict):
        room.notebook.undo()
    path.write_text(whole, encoding="utf-8")

    room.notebook.undo()

    assert room.notebook.all()[0].annotation.color is Color.YELLOW


def test_older_notes_are_looked_up_after_a_new_one_was_written_in_the_text_of_today(
    room: Workspace, tmp_path: Path
):
    marked(room, "the fog had been thicker", "forty passengers")
    source = FERRY.replace(LEAD, "Something else happened first.")
    (room.root / "seeds" / "a.txt").write_text(source, encoding="utf-8")
    room.sync()
    marked(room, "lighthouse")

    states = {one.annotation.target.exact: one.state for one in reopened(room, tmp_path).notebook.all()}

    assert states == {
        "the fog had been thicker": AnchorState.MOVED,
        "forty passengers": AnchorState.ORPHAN,
        "lighthouse": AnchorState.EXACT,
    }


def test_a_quote_corrected_by_hand_is_looked_up(room: Workspace, tmp_path: Path):
    marked(room, "the fog had been thicker")
    path = file_of(room)
    by_hand = path.read_text(encoding="utf-8").replace('"the fog had been thicker"', '"fog had been thicker"')
    path.write_text(by_hand, encoding="utf-8")
    again = reopened(room, tmp_path)

    (one,) = again.notebook.all()

    assert opened(again).text[one.start : one.end] == "fog had been thicker"


@pytest.mark.parametrize("date", ["yesterday", "2025-13", "21.1.2025"])
def test_a_date_is_as_exact_as_it_is_known_but_a_date(room: Workspace, date: str):
    with pytest.raises(ReaderError, match="2025-01-21"):
        room.notebook.correct(room.summaries()[0].id, "date", date)


def beside(workspace: Workspace) -> tuple[Placed, Placed]:
    """The same annotation in the file of its article, and in another about the same one."""
    marked(workspace, "fog", "lighthouse")
    path = file_of(workspace)
    path.with_name("a second file.toml").write_bytes(path.read_bytes())
    workspace.notebook.refresh()
    fog = (one for one in workspace.notebook.all() if one.annotation.target.exact == "fog")
    first, second = sorted(fog, key=lambda one: one.file.name)
    return first, second


@pytest.mark.parametrize("number", [0, 1])
def test_of_an_annotation_in_two_files_that_one_is_undone_that_was_changed(room: Workspace, number: int):
    one = beside(room)[number]

    def noted() -> list[Path]:
        return [other.file for other in room.notebook.all() if other.annotation.body]

    room.notebook.change(one, replace(one.annotation, body="Thick."), "note changed")
    changed = noted()
    room.notebook.undo()
    undone = noted()
    room.notebook.redo()

    assert (changed, undone, noted()) == ([one.file], [], [one.file])


@pytest.mark.parametrize("number", [0, 1])
def test_of_an_annotation_in_two_files_that_one_comes_back_that_was_deleted(room: Workspace, number: int):
    before = beside(room)
    room.notebook.delete([before[number]])
    left = foggy(room)

    room.notebook.undo()

    assert left == [before[1 - number].file]
    assert foggy(room) == [one.file for one in before]


def foggy(workspace: Workspace) -> list[Path]:
    placed = workspace.notebook.all()
    return sorted(one.file for one in placed if one.annotation.target.exact == "fog")


def test_tags_are_counted_where_they_are_shown(room: Workspace):
    marked(room, "fog", tags=("weather",))
    room.notebook.tag(opened(room).id, ("ferry",))
    (room.root / "seeds" / "a.txt").unlink()
    room.sync()

    counted = room.notebook.tags()

    assert counted == {"weather": 1}
    assert [one.tags for one in room.notebook.tagged()] == [("weather",)]


def test_what_did_not_change_is_the_very_same_as_before(room: Workspace):
    marked(room, "fog", "lighthouse")

    before = room.notebook.all()
    room.notebook.refresh()

    assert [id(one) for one in room.notebook.all()] == [id(one) for one in before]


def test_a_note_on_the_article_counts_as_a_note(room: Workspace):
    marked(room, "fog")
    room.notebook.note(opened(room).id, "Ask the captain.")

    counts = room.notebook.counts()[opened(room).id]

    assert (counts.highlights, counts.notes) == (1, 1)


def test_beside_a_damaged_file_a_new_note_gets_a_file_of_its_own(room: Workspace):
    marked(room, "fog")
    damaged = file_of(room).rename(file_of(room).with_name("mine.toml"))
    damaged.write_text("broken =\n" + damaged.read_text(encoding="utf-8"), encoding="utf-8")
    before = damaged.read_bytes()
    room.notebook.refresh()

    placed = marked(room, "lighthouse")

    assert quotes(placed) == ["fog", "lighthouse"]
    assert [one.writable for one in placed] == [False, True]
    assert damaged.read_bytes() == before
