"""How much texts have in common, and which of them are near copies."""

import random
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.likeness import ANCHORS, LEAST, RUN, Likeness, candidates, in_words, likeness, near, sketch

WORDS = "ferry harbour fog captain island quay lamp orange route morning rope wind tide"
texts = st.lists(st.sampled_from(WORDS.split()), min_size=LEAST, max_size=200).map(" ".join)
HARBOUR = (
    "The council voted on Monday to close the old harbour to cargo ships from next spring, after a storm "
    "tore away part of the northern wall. Engineers had warned for years that the stones were loose. "
    "Fishing boats may stay, said the mayor, but the ferry to the islands will have to land elsewhere."
)
ISLAND = (
    "Nobody on the island had been asked, and nobody was surprised. The shop will lose its deliveries, the "
    "school its teacher, who comes over on the first boat and goes back on the last one each day of the week."
)
RUSSIAN = (
    "Городской совет в понедельник решил закрыть старую гавань для грузовых судов с будущей весны, "
    "после того как шторм разрушил часть северной стены. Инженеры много лет предупреждали, что камни "
    "держатся плохо, и просили денег на ремонт. Рыбацкие лодки могут остаться, сказал мэр, но паром на "
    "острова будет причаливать в другом месте."
)
CHINESE = (
    "市议会星期一投票决定，从明年春天起关闭旧港口，不再接待货船，因为风暴冲毁了北面的一段石墙。"
    "工程师多年来一直警告石块已经松动。"
)


@given(texts)
def test_a_text_is_its_own_copy(text: str) -> None:
    own = sketch(text)

    assert likeness(own, own) == Likeness(own.length, own.length, own.length, own.length)
    assert likeness(own, own).is_near


@given(texts, texts)
def test_likeness_is_the_same_from_both_sides(one: str, other: str) -> None:
    found = likeness(sketch(one), sketch(other))

    assert likeness(sketch(other), sketch(one)) == found.turned
    assert found.turned.share == found.share
    assert found.turned.is_near == found.is_near


@given(st.text(), st.text())
def test_no_text_has_more_in_common_than_it_has_words(one: str, other: str) -> None:
    found = likeness(sketch(one), sketch(other))

    assert 0 <= found.common <= found.of
    assert 0 <= found.common_other <= found.of_other
    assert 0 <= found.share <= 1


@pytest.mark.parametrize("text", [f"{HARBOUR} {ISLAND}", RUSSIAN, CHINESE])
def test_case_and_signs_make_no_difference(text: str) -> None:
    other = text.upper().replace(",", " –").replace(".", "…").replace("，", "、")

    assert likeness(sketch(text), sketch(other)).share == 1


def test_words_in_common_are_counted_in_runs_alone() -> None:
    first = sketch("one two three four five six seven eight")
    second = sketch("nine two three four five ten seven eight")

    assert likeness(first, second) == Likeness(RUN, 8, RUN, 8)


@pytest.mark.parametrize(("text", "share"), [(HARBOUR, 0.8), (RUSSIAN, 0.75), (CHINESE, 0.65)])
def test_a_changed_word_takes_little_from_what_texts_have_in_common(text: str, share: float) -> None:
    changed = text.replace("Monday", "Tuesday").replace("понедельник", "вторник").replace("星期一", "星期二")

    found = likeness(sketch(text), sketch(changed)).share

    assert share < found < 1


def test_all_of_a_text_may_stand_in_a_longer_one() -> None:
    brief, long = sketch(HARBOUR), sketch(f"{ISLAND} {HARBOUR}")

    assert likeness(brief, long).is_within
    assert not likeness(long, brief).is_within
    assert likeness(brief, long).share == 1


def test_what_is_not_all_in_the_other_is_said_to_be_nearly_all() -> None:
    whole, most = Likeness(100, 100, 100, 150), Likeness(98, 100, 98, 150)

    assert [in_words(common) for common in (whole, whole.turned)] == [
        "all of it is in the other",
        "has all of the other",
    ]
    assert [in_words(common) for common in (most, most.turned)] == [
        "nearly all of it is in the other",
        "has nearly all of the other",
    ]


def test_an_excerpt_is_no_near_copy() -> None:
    rest = " ".join(f"word{number}" for number in range(400))

    found = likeness(sketch(HARBOUR), sketch(f"{HARBOUR} {rest}"))

    assert found.is_within
    assert not found.is_near


def test_short_texts_are_not_compared() -> None:
    teaser = " ".join(HARBOUR.split()[: LEAST - 1])

    assert sketch(teaser).anchors == ()
    assert not likeness(sketch(teaser), sketch(teaser)).is_near


def test_a_sketch_is_the_same_in_each_process() -> None:
    told = f"from reader.likeness import sketch; print(sketch({HARBOUR!r}))"
    ran = subprocess.run(
        [sys.executable, "-c", told], check=True, capture_output=True, text=True, env={"PYTHONHASHSEED": "7"}
    )

    assert ran.stdout.strip() == str(sketch(HARBOUR))


def test_a_sketch_is_the_same_on_each_version_of_python() -> None:
    known = sketch(f"{HARBOUR} {RUSSIAN} {CHINESE}")

    assert known.words[:8].hex() == "e66de25308ffc829"
    assert known.anchors[:2] == (269116072, 321165118)
    assert ANCHORS <= len(known.anchors) <= 2 * ANCHORS


def shuffled(seed: int, names: dict[str, str]) -> dict[str, str]:
    order = list(names)
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    return {name: names[name] for name in order}


def rewritten(text: str, step: int) -> str:
    """Change each so many words."""
    return " ".join("other" if at % step == 3 else word for at, word in enumerate(text.split()))


@given(st.integers(0, 99), st.lists(texts, min_size=2, max_size=8, unique=True))
def test_candidates_are_the_same_in_whatever_order_texts_came(seed: int, them: list[str]) -> None:
    named = {str(number): text for number, text in enumerate(them)}
    anchors = {name: sketch(text).anchors for name, text in named.items()}
    other = {name: anchors[name] for name in shuffled(seed, named)}
    last = list(other)[-1]

    at_once = candidates(anchors, anchors.keys())
    before = candidates({name: other[name] for name in other if name != last}, other.keys() - {last})

    assert candidates(other, other.keys()) == at_once
    assert sorted((*before, *candidates(other, {last}))) == list(at_once)


def test_a_text_is_near_to_what_was_rewritten_of_it_the_likest_first() -> None:
    text = f"{HARBOUR} {ISLAND}"
    known = {
        "edited": sketch(rewritten(text, 20)),
        "much": sketch(rewritten(text, 8)),
        "island": sketch(RUSSIAN),
    }
    anchors = {name: one.anchors for name, one in known.items()}

    assert near(sketch(text), anchors, known.get) == ("edited", "much")


def test_many_texts_of_one_phrase_are_not_all_compared() -> None:
    phrase = " ".join(HARBOUR.split()[:LEAST])
    anchors = {
        str(number): sketch(phrase + " ".join(f" {number}x{word}" for word in range(60))).anchors
        for number in range(200)
    }

    assert len(candidates(anchors, anchors.keys())) < 200 * 60
