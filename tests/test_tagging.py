"""Tags: how they are written, counted, nested and changed; no file and no screen."""

from hypothesis import given
from hypothesis import strategies as st

from reader.annotations.records import tags_of
from reader.notebook import (
    Tagged,
    bearing,
    branches,
    by_tag,
    clean_tags,
    companions,
    is_within,
    merged,
    parse_tags,
    retagged,
    tag_counts,
)
from reader.notebook.tagging import MAX_DEPTH, outer_tags
from reader.passages import AnchorState, Annotation, Placed, Target

tag_names = st.text(alphabet="ab/ ", min_size=1, max_size=6)
all_tagged = st.lists(st.lists(tag_names, max_size=4).map(lambda tags: Tagged(tuple(tags))), max_size=8)


def passage(*tags: str) -> Tagged:
    annotation = Annotation("01J", Target("oranges", "", "", 0, 7), tags=tags)
    return Tagged(tags, Placed(annotation, "a-ferry", "A ferry", "ferry.txt", AnchorState.EXACT, 0, 7))


def article(*tags: str) -> Tagged:
    return Tagged(tags, article_id="a-ferry", title="A ferry")


TAGGED = (
    passage("sea", "war/air-defence"),
    passage("sea", "war/air-defence", "war/navy"),
    passage("arms", "sea"),
    article("war"),
)


def test_tags_are_read_as_they_are_typed() -> None:
    assert parse_tags(" #sea, war/navy  sea,#arms ") == ("arms", "sea", "war/navy")
    assert parse_tags(" , # ") == ()


def test_tags_are_kept_without_signs_and_blanks_around_them() -> None:
    assert clean_tags(["#sea", " two  words ", "/war/", "", "C#"]) == ("C#", "sea", "two words", "war")


@given(st.lists(st.text("#/ \ta\u2028"), max_size=3))
def test_a_clean_tag_is_clean(tags: list[str]) -> None:
    assert clean_tags(clean_tags(tags)) == clean_tags(tags)


def test_a_tag_in_a_file_reads_as_one_that_is_typed() -> None:
    assert tags_of(["#sea ", "two  words", "/war/"]) == clean_tags(["#sea ", "two  words", "/war/"])


def test_the_commonest_tag_comes_first_and_equals_by_name() -> None:
    assert list(tag_counts([("b", "c"), ("c",), ("a",)]).items()) == [("c", 2), ("a", 1), ("b", 1)]


def test_a_tag_is_renamed_with_those_nested_in_it() -> None:
    assert retagged(("sea", "war", "war/navy"), "war", "arms") == ("arms", "arms/navy", "sea")


def test_renamed_to_one_that_is_there_two_become_one() -> None:
    assert retagged(("arms", "weapons"), "arms", "weapons") == ("weapons",)


def test_a_tag_is_taken_away_with_those_nested_in_it() -> None:
    assert retagged(("sea", "war", "war/navy"), "war", "") == ("sea",)


def test_a_tag_can_be_renamed_into_itself() -> None:
    assert retagged(("war", "war/navy"), "war", "war/old") == ("war/old", "war/old/navy")


def test_tags_without_the_one_that_is_renamed_stay_as_a_person_wrote_them() -> None:
    assert retagged(("c#", "two  words"), "war", "arms") == ("c#", "two  words")
    assert retagged(("c#", "war"), "war", "arms") == ("arms", "c#")


def test_a_nested_tag_lies_in_each_above_it() -> None:
    assert outer_tags("war/navy/fleet") == ("war", "war/navy")
    assert outer_tags("war") == ()


def test_slashes_without_a_name_nest_nothing() -> None:
    assert outer_tags("/war") == outer_tags("war/") == outer_tags("/") == ()
    assert outer_tags("war//navy") == ("war",)


def test_a_name_of_a_thousand_levels_has_few() -> None:
    assert len(outer_tags("/".join("x" * 1000))) == MAX_DEPTH - 1


def test_what_bears_a_nested_tag_counts_once_for_the_one_above() -> None:
    gathered = by_tag(TAGGED)

    assert {tag: len(ones) for tag, ones in gathered.items()} == {
        "sea": 3,
        "arms": 1,
        "war": 3,
        "war/air-defence": 2,
        "war/navy": 1,
    }


def test_narrowing_leaves_the_tags_that_stand_together_with_those_chosen() -> None:
    once = by_tag(bearing(TAGGED, ["sea"]), ["sea"])
    twice = by_tag(bearing(TAGGED, ["sea", "war/navy"]), ["sea", "war/navy"])

    assert {tag: len(ones) for tag, ones in once.items()} == {
        "arms": 1,
        "war": 2,
        "war/air-defence": 2,
        "war/navy": 1,
    }
    assert list(twice) == ["war/air-defence"]


def test_companions_are_the_tags_beside_one_without_its_own_kind() -> None:
    bearers = by_tag(TAGGED)["war"]

    assert companions("war", bearers) == {"sea": 2}
    assert companions("war", bearers, chosen=("sea",)) == {}


def test_nested_tags_are_folded_until_they_are_asked_for() -> None:
    gathered = by_tag(TAGGED)

    folded = [(one.label, one.depth, one.nests) for one in branches(gathered)]
    unfolded = [(one.label, one.depth, one.nests) for one in branches(gathered, {"war"})]

    assert folded == [("sea", 0, False), ("war", 0, True), ("arms", 0, False)]
    assert unfolded == [
        ("sea", 0, False),
        ("war", 0, True),
        ("air-defence", 1, False),
        ("navy", 1, False),
        ("arms", 0, False),
    ]


def test_tags_stand_by_name_if_so_wished() -> None:
    assert [one.tag for one in branches(by_tag(TAGGED), by_name=True)] == ["arms", "sea", "war"]


def test_passages_and_articles_are_counted_each_for_itself() -> None:
    war = next(one for one in branches(by_tag(TAGGED)) if one.tag == "war")

    assert (war.passages, war.articles) == (2, 1)


def test_a_tag_whose_outer_one_is_chosen_stands_by_its_full_name() -> None:
    shown = branches(by_tag(by_tag(TAGGED)["war"], ("war",)))

    assert [(one.label, one.depth) for one in shown] == [
        ("sea", 0),
        ("war/air-defence", 0),
        ("war/navy", 0),
    ]


@given(all_tagged)
def test_every_tag_is_shown_once_when_all_are_unfolded(tagged: list[Tagged]) -> None:
    gathered = by_tag(tagged)

    shown = [one.tag for one in branches(gathered, gathered.keys())]

    assert sorted(shown) == sorted(gathered)


@given(all_tagged)
def test_the_count_of_a_tag_is_that_of_what_narrowing_by_it_leaves(tagged: list[Tagged]) -> None:
    for branch in branches(by_tag(tagged)):
        assert branch.articles == len(bearing(tagged, [branch.tag]))


@given(st.lists(tag_names), tag_names)
def test_a_tag_that_was_taken_away_is_gone(tags: list[str], old: str) -> None:
    assert not any(is_within(tag, old) for tag in retagged(tags, old, ""))


def test_a_rename_says_which_tags_become_one() -> None:
    in_use = {"war": 3, "war/navy": 2, "arms": 4, "arms/navy": 1, "arms/air": 5}

    assert merged(in_use, "war", "arms") == {"arms": 4, "arms/navy": 1}
    assert merged(in_use, "war", "peace") == merged(in_use, "war", "war/old") == {}
    assert merged(in_use, "war/navy", "war") == {"war": 3}
