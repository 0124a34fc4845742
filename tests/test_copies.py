"""Near copies among the articles of a library, as they come, change and go."""

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.families import Families, Pair, families_of
from reader.likeness import Likeness, candidates, is_same, likeness, sketch
from reader.passages import Choice
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, workspace_in

TAIL = (
    "The harbour office said on Friday that it would look into the lamp, which has been out three times "
    "since the spring, and that the company would pay for the oranges."
)
FERRY = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
AGENCY = f"Fog delays boat to island\n\n{LEAD.replace('forty', 'fifty')}\n\n{SECOND}\n\n{THIRD}\n"
SHORTER = f"Boat lost in fog\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n"
LONGER = f"Boat lost in fog\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n\n{TAIL}\n"
BREAD = (
    "Bread gets dearer\n\nThe two bakers of the town have agreed, without having spoken to each other as "
    "they say, to ask a third more for a loaf from the first of the month. Flour, electricity and rents had "
    "all risen, one of them said through the window of his shop, and nobody had ever asked him what his back "
    "cost him.\n\n"
    "The mayor called it a matter between bakers and those who eat.\n"
)
FILES = {"ferry.txt": FERRY, "agency.txt": AGENCY, "longer.txt": LONGER, "bread.txt": BREAD}


def titles(workspace: Workspace) -> set[frozenset[str]]:
    named = {one.id: one.title for one in workspace.summaries()}
    return {frozenset(named[one] for one in family) for family in workspace.comparing.families().all()}


def test_a_story_under_other_titles_makes_one_family(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)

    found = titles(workspace)
    workspace.close()

    assert found == {
        frozenset({"The ferry that came too late", "Fog delays boat to island", "Boat lost in fog"})
    }


def test_what_has_a_near_copy_is_searched_for(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)

    found = {hit.document.title for hit in workspace.search("has:copy").results.hits}
    total = workspace.search("bread has:copy").results.total
    workspace.close()

    assert found == {"The ferry that came too late", "Fog delays boat to island", "Boat lost in fog"}
    assert total == 0


@pytest.mark.parametrize("order", [("ferry", "agency", "longer"), ("longer", "ferry", "agency")])
def test_the_order_in_which_articles_come_makes_no_difference(tmp_path: Path, order: tuple[str, ...]) -> None:
    at_once, one_by_one = (
        workspace_in(tmp_path / "a", FILES),
        workspace_in(tmp_path / "b", {"bread.txt": BREAD}),
    )
    for name in order:
        (one_by_one.root / "seeds" / f"{name}.txt").write_text(FILES[f"{name}.txt"], encoding="utf-8")
        one_by_one.sync()

    families = at_once.comparing.families(), one_by_one.comparing.families()
    for workspace in (at_once, one_by_one):
        workspace.close()

    assert families[0] == families[1]
    assert families[0].all()


def test_what_is_hidden_does_not_make_copies(tmp_path: Path) -> None:
    appeal = "\n\n".join(
        f"Sign up to our newsletter number {number} and get the most important stories of the day"
        for number in range(12)
    )
    ferry = f"A ferry\n\n{LEAD}\n\n{SECOND}\n\n{appeal}\n"
    workspace = workspace_in(tmp_path, {"ferry.txt": ferry, "bread.txt": f"{BREAD}\n{appeal}\n"})
    hidden = {one.title: one.hidden for one in workspace.summaries()}

    found = titles(workspace)
    workspace.close()

    assert all(hidden.values())
    assert found == set()


def test_a_copy_that_goes_or_becomes_another_story_leaves_its_family(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, FILES)
    seeds = workspace.root / "seeds"

    (seeds / "longer.txt").unlink()
    workspace.sync()
    without = titles(workspace)
    (seeds / "agency.txt").write_text(BREAD.replace("Bread gets", "Loaves get"), encoding="utf-8")
    workspace.sync()
    other = titles(workspace)
    workspace.close()

    assert without == {frozenset({"The ferry that came too late", "Fog delays boat to island"})}
    assert other == {frozenset({"Bread gets dearer", "Loaves get dearer"})}


def test_a_copy_in_two_files_stays_when_one_of_them_goes(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {**FILES, "again.txt": AGENCY})
    before = titles(workspace)

    (workspace.root / "seeds" / "again.txt").unlink()
    workspace.sync()
    after = titles(workspace)
    workspace.close()

    assert after == before


def test_a_block_that_was_hidden_by_hand_is_not_compared_and_the_families_stay(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path, {"short.txt": SHORTER, "longer.txt": f"{SHORTER}\n{TAIL}\n"})
    longer, shorter = sorted(workspace.summaries(), key=lambda one: -one.words)
    before = workspace.comparing.beside(shorter.id, longer.id)
    reading = workspace.desk.open(longer.id)

    workspace.desk.choose(reading, len(reading.article.blocks) - 1, Choice.HIDE)

    after = workspace.comparing.beside(shorter.id, longer.id)
    in_the_list = workspace.comparing.likeness(shorter.id, longer.id)
    workspace.close()
    assert (is_same(before.common), is_same(after.common)) == (False, True)
    assert in_the_list == before.common


def test_what_a_sync_that_was_stopped_has_left_is_compared_by_the_next(tmp_path: Path) -> None:
    def stop(number: int, of: int) -> None:
        if number == of:
            raise KeyboardInterrupt

    workspace = workspace_in(tmp_path)
    for name, text in FILES.items():
        (workspace.root / "seeds" / name).write_text(text, encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        workspace.sync(stop)
    before = workspace.comparing.families().all()

    workspace.sync()
    after = workspace.comparing.families().all()
    workspace.close()

    assert before == ()
    assert len(after) == 1


def test_the_stories_of_a_tag_page_and_of_one_event_stay_apart(tmp_path: Path) -> None:
    seeds = Path(__file__).parents[1] / "seeds"
    workspace = workspace_in(tmp_path, {path.name: path.read_text("utf-8") for path in seeds.glob("*.txt")})

    families = workspace.comparing.families()
    workspace.close()

    assert families.all() == ()


# Stories that were labelled by hand

STORIES = tomllib.loads((Path(__file__).parent / "samples/copies/stories.toml").read_text("utf-8"))


def labelled() -> dict[str, str]:
    """Return each text by a name that says what it is: "dam", "dam agency"."""
    told = {one["name"]: one["text"] for one in STORIES["story"]}
    return told | {f"{one['of']} {one['kind']}": one["text"] for one in STORIES["rewritten"]}


def found_in(texts: dict[str, str]) -> tuple[Pair, ...]:
    """Find near copies as a library does."""
    sketches = {name: sketch(text) for name, text in texts.items()}
    pairs = candidates({name: one.anchors for name, one in sketches.items()}, sketches.keys())
    found = (Pair(*pair, likeness(*(sketches[name] for name in pair))) for pair in pairs)
    return tuple(pair for pair in found if pair.likeness.is_near)


@pytest.mark.parametrize("rewritten", STORIES["rewritten"], ids=lambda one: f"{one['of']} {one['kind']}")
def test_a_rewritten_story_is_a_copy_if_a_reader_would_call_it_one(rewritten: dict[str, Any]) -> None:
    texts, name = labelled(), f"{rewritten['of']} {rewritten['kind']}"

    found = {frozenset(pair[:2]) for pair in found_in(texts)}

    assert (frozenset({rewritten["of"], name}) in found) is rewritten["near"]


def test_copies_of_different_stories_are_never_found() -> None:
    found = found_in(labelled())

    assert {(one.split()[0], other.split()[0]) for one, other, _ in found} == {
        (story["name"], story["name"]) for story in STORIES["story"]
    }


def test_each_story_makes_one_family_without_later_reports() -> None:
    families = families_of(found_in(labelled()))

    assert [sorted({one.split()[0] for one in family}) for family in families.all()] == [
        [story["name"]] for story in sorted(STORIES["story"], key=lambda one: str(one["name"]))
    ]
    assert {len(family) for family in families.all()} == {5}


# Families


def pair(one: str, other: str, common: int = 80) -> Pair:
    return Pair(one, other, Likeness(common, 100, common, 100))


def test_the_likest_of_several_copies_is_named() -> None:
    families = families_of([pair("a", "b", 60), pair("a", "c", 90), pair("b", "c", 70)])

    assert families.likest["a"].other == "c"
    assert families.likest["b"].likeness.share == 0.7
    assert families.others("a") == ("b", "c")


def test_what_an_article_has_in_common_is_said_of_the_one_it_is_compared_with() -> None:
    families = families_of([pair("a", "b", 60), pair("a", "c", 90)])

    named, likest = families.pair("a", "b"), families.pair("b", "c")

    assert named is not None
    assert named.likeness.share == 0.6
    assert likest is not None
    assert likest.other == "a"
    assert families.pair("d", "a") is None


def test_stories_of_a_digest_and_of_another_one_are_not_all_one_family() -> None:
    families = families_of(
        [*(pair("digest", one) for one in "abc"), *(pair("weekly", one) for one in "cxyz")]
    )

    assert families.all() == (("digest", "a", "b"), ("weekly", "c", "x", "y", "z"))


def test_nobody_with_a_copy_is_without_a_family() -> None:
    families = families_of([pair("a", "b"), pair("b", "c"), pair("c", "d")])

    assert families.all() == (("b", "a", "c", "d"),)


names = st.sampled_from("abcdefgh")
pairs = st.lists(
    st.tuples(names, names, st.integers(50, 100)).filter(lambda one: one[0] < one[1]),
    unique_by=lambda one: one[:2],
).map(lambda ones: [pair(*one) for one in ones])


@given(pairs, st.randoms(use_true_random=False))
def test_families_part_the_copies_whatever_the_order_of_the_pairs(
    them: list[Pair], chance: random.Random
) -> None:
    families = families_of(them)
    chance.shuffle(them)

    everybody = [one for family in families.all() for one in family]

    assert families_of(them) == families
    assert sorted(everybody) == sorted({one for each in them for one in each[:2]})
    assert all(len(family) > 1 for family in families.all())
    assert all(one in families.members[one] for one in everybody)


def test_without_copies_there_is_no_family() -> None:
    assert Families().others("a") == ()
