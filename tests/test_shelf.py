from reader.model import Progress
from reader.shelf import SortKey, answering, arranged, grouped

from .builders import ids, summary


def test_the_newest_come_first_by_date_then_days_without_a_year_then_the_undated():
    shelf = (summary(1), summary(2, date="2024"), summary(3, date="2025-01-21"), summary(4, date="02-09"))

    assert ids(arranged(shelf, SortKey.DATE, {})) == ["id-3", "id-2", "id-4", "id-1"]


def test_equals_keep_the_order_of_path_and_line():
    shelf = (summary(3), summary(1), summary(2, path="seeds/b.txt"))

    assert ids(arranged(shelf, SortKey.LENGTH, {})) == ["id-1", "id-3", "id-2"]


def test_an_order_can_be_turned_around():
    shelf = (summary(1, words=10), summary(2, words=20))

    assert ids(arranged(shelf, SortKey.LENGTH, {}, reverse=True)) == ["id-2", "id-1"]
    assert ids(arranged(shelf, SortKey.PATH, {}, reverse=True)) == ["id-2", "id-1"]


def test_undated_articles_stay_last_when_the_order_is_turned_around():
    shelf = (summary(1), summary(2, date="2024"), summary(3, date="2025"))

    assert ids(arranged(shelf, SortKey.DATE, {}, reverse=True)) == ["id-2", "id-3", "id-1"]


def test_what_was_opened_last_comes_first():
    progress = {
        "id-2": Progress(opened="2026-01-02T00:00:00Z"),
        "id-1": Progress(opened="2026-01-01T00:00:00Z"),
    }

    assert ids(arranged((summary(1), summary(2), summary(3)), SortKey.RECENT, progress)) == [
        "id-2",
        "id-1",
        "id-3",
    ]


def test_articles_are_gathered_by_file():
    shelf = (summary(1), summary(2, path="seeds/b.txt"), summary(3))

    groups = grouped(shelf)

    assert [(group.path, ids(group.summaries)) for group in groups] == [
        ("seeds/a.txt", ["id-1", "id-3"]),
        ("seeds/b.txt", ["id-2"]),
    ]


def test_a_name_is_a_number_an_id_the_beginning_of_one_or_words_of_a_title():
    shelf = (
        summary(1, title="Putin and Xi hold a call"),
        summary(2, title="He loves Putin and Xi"),
        summary(3, title="Café"),
    )

    assert ids(answering(shelf, "2")) == ["id-2"]
    assert ids(answering(shelf, "id-3")) == ["id-3"]
    assert ids(answering(shelf, "putin  and xi")) == ["id-1"]
    assert ids(answering(shelf, "xi putin")) == ["id-1", "id-2"]
    assert ids(answering(shelf, "cafe")) == ["id-3"]
    assert ids(answering(shelf, "id-")) == ["id-1", "id-2", "id-3"]
    assert answering(shelf, " ") == ()
    assert answering(shelf, "4") == ()
