import pytest

from reader.model import Progress, Status, Summary
from reader.notebook import Counts
from reader.shelf import Facts, SortKey, answering, arranged, grouped, matching, matching_typed, status_of

FACTS = Facts(
    progress={"id-2": Progress(status=Status.READING), "id-3": Progress(status=Status.DONE)},
    starred=frozenset({"id-3"}),
    made={
        "id-1": Counts(highlights=2, tags=frozenset({"war/air-defence", "two words"})),
        "id-2": Counts(notes=1, tags=frozenset({"warfare"})),
        "id-4": Counts(),
    },
    copies={"id-2", "id-4"},
)


def summary(number: int, **values: object) -> Summary:
    usual = {
        "title": f"Title {number}",
        "path": "seeds/a.txt",
        "lines": (number, number),
        "words": 100,
        "hidden": 0,
    }
    return Summary(id=f"id-{number}", **(usual | values))  # type: ignore[arg-type]  # the builder of a test


def ids(summaries: tuple[Summary, ...]) -> list[str]:
    return [one.id for one in summaries]


def test_a_filter_asks_for_every_word_in_any_field_without_case_and_accents():
    shelf = (summary(1, title="Café society", source="TASS"), summary(2, title="Cafe", source="BBC"))

    assert ids(matching(shelf, "CAFE tass")) == ["id-1"]
    assert ids(matching(shelf, "café")) == ["id-1", "id-2"]
    assert ids(matching(shelf, " ")) == ["id-1", "id-2"]
    assert matching(shelf, "tea") == ()


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("has:note", ["id-2"]),
        ("has:highlight", ["id-1"]),
        ("has:tag", ["id-1", "id-2"]),
        ("has:copy", ["id-2", "id-4"]),
        ("tag:war", ["id-1"]),
        ("tag:#war/air-defence", ["id-1"]),
        ('tag:"two words"', ["id-1"]),
        ("tag:peace", []),
        ("is:starred", ["id-3"]),
        ("is:unread", ["id-1", "id-4"]),
        ("is:reading", ["id-2"]),
        ("is:done", ["id-3"]),
        ("is:starred is:unread", []),
        ("TITLE has:tag is:unread", ["id-1"]),
        ("is:purple", []),
    ],
)
def test_a_filter_asks_for_tags_notes_stars_and_how_far_one_got(query: str, meant: list[str]):
    shelf = tuple(map(summary, (1, 2, 3, 4)))

    assert ids(matching(shelf, query, FACTS)) == meant


def test_of_articles_of_which_nothing_is_known_all_are_unread_and_none_has_anything():
    shelf = (summary(1),)

    assert matching(shelf, "is:unread") == shelf
    assert matching(shelf, "has:note") == matching(shelf, "tag:war") == matching(shelf, "is:starred") == ()


def test_a_part_that_is_no_trait_is_a_word_of_the_text():
    shelf = (summary(1, title="What is: and what has:been"), summary(2))

    assert ids(matching(shelf, "has:been is:")) == ["id-1"]


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("has:no", ["id-2"]),
        ("is:re", ["id-2"]),
        ("title is:", ["id-1", "id-2", "id-3", "id-4"]),
        ("tag:wa", ["id-1", "id-2"]),
        ("tag:war", ["id-1"]),
        ('tag:"two', ["id-1"]),
        ("tag:wa ", []),
        ("is:purple", []),
        ("tea", []),
    ],
)
def test_while_a_part_of_a_filter_is_typed_it_means_what_begins_so(query: str, meant: list[str]):
    shelf = tuple(map(summary, (1, 2, 3, 4)))

    assert ids(matching_typed(shelf, query, FACTS)) == meant


def test_words_in_quotation_marks_stand_side_by_side():
    shelf = (summary(1, title="Air and defence"), summary(2, title="The air defence"))

    assert ids(matching(shelf, '"air defence"')) == ["id-2"]


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


def test_an_article_that_was_never_opened_is_new():
    assert status_of("id-1", {}) is Status.NEW


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
