"""Which articles a filter means, all typed or half."""

import pytest

from reader.filtering import Facts, Folded, matching, status_of
from reader.model import Progress, Status
from reader.notebook import Counts

from .builders import ids, summary

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

    assert ids(Folded(shelf).matching(shelf, query, FACTS)) == meant


def test_words_in_quotation_marks_stand_side_by_side():
    shelf = (summary(1, title="Air and defence"), summary(2, title="The air defence"))

    assert ids(matching(shelf, '"air defence"')) == ["id-2"]


def test_what_was_folded_of_an_article_that_is_another_now_is_not_believed():
    before, same = summary(1, title="The ferry"), summary(2, title="The harbour")
    folded = Folded((before, same))
    folded.prepare()
    after = before._replace(title="The fog")

    now = Folded((after, same), folded)

    assert now.matching((after, same), "ferry", FACTS) == ()
    assert now.matching((after, same), "fog", FACTS) == (after,)
    assert now.matching((after, same), "harbour", FACTS) == (same,)


def test_an_article_that_was_never_opened_is_new():
    assert status_of("id-1", {}) is Status.NEW
