"""A passage is found again, or is said to be gone."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.anchoring import CONTEXT, describe, locate, locate_all, locate_among
from reader.anchoring.aligning import CHANCE, align, likeness
from reader.anchoring.edition import TRIES, WHOLE
from reader.anchoring.folded import folded
from reader.model import BLOCK_GAP
from reader.passages import AnchorState, Target
from tests.builders import LEAD, SECOND, THIRD
from tests.editions import editions, verdict

TEXT = BLOCK_GAP.join((LEAD, SECOND, THIRD))
FOG = "the fog had been thicker than any she remembered"
NEW = "Nobody in the village had expected the census taker to arrive before the spring."


def target_of(quote: str, text: str = TEXT) -> Target:
    start = text.index(quote)
    return describe(text, start, start + len(quote))


def found(text: str, target: Target) -> str | None:
    """The words that stand where a target is today."""
    anchored = locate(text, target)
    return text[anchored.start : anchored.end] if anchored else None


def state(text: str, target: Target) -> AnchorState | None:
    anchored = locate(text, target)
    return anchored.state if anchored else None


def test_a_description_keeps_words_context_and_place() -> None:
    target = target_of(FOG)

    assert target.exact == FOG
    assert target.prefix + FOG + target.suffix in TEXT
    assert (len(target.prefix), len(target.suffix)) == (CONTEXT, CONTEXT)
    assert TEXT[target.start : target.end] == FOG


def test_what_is_unchanged_is_exact_and_scores_one() -> None:
    target = target_of(FOG)

    anchored = locate(TEXT, target)

    assert anchored is not None
    assert (anchored.start, anchored.end) == (target.start, target.end)
    assert (anchored.score, anchored.state) == (1.0, AnchorState.EXACT)


def test_a_note_survives_a_new_paragraph_above_it() -> None:
    text = NEW + BLOCK_GAP + TEXT

    assert found(text, target_of(FOG)) == FOG
    assert state(text, target_of(FOG)) is AnchorState.MOVED


@pytest.mark.parametrize(
    ("was", "became"),
    [
        (FOG, "the fog had been thicker than any she rememberd"),
        (FOG, "the fog had, she added, been thicker than any she remembered"),
        (FOG, "the fog had been thicker than any she forgot"),
        (FOG, FOG.upper()),
        (FOG, FOG.replace(" ", "\n    ")),
        (FOG, "the fog had been thic-\nker than any she remem-\nbered"),
        (FOG, FOG.replace("i", "i\u0301")),
        (FOG, FOG.replace("been", "be\xaden")),
        (FOG, f"the fog had been thicker{BLOCK_GAP}READ MORE: {NEW}{BLOCK_GAP}than any she remembered"),
    ],
)
def test_an_edited_passage_is_found_with_its_borders(was: str, became: str) -> None:
    text = NEW + BLOCK_GAP + TEXT.replace(was, became)

    assert found(text, target_of(was)) == became
    assert state(text, target_of(was)) is AnchorState.APPROXIMATE


def test_quotes_and_dashes_may_be_written_another_way() -> None:
    old = "She wrote: “It’s late – and I’m … official”, and left."
    new = "She wrote: \"It's late -- and I'm ... oﬃcial\", and left."

    assert found(new, target_of("“It’s late – and I’m … official”", old)) == new[11:-11]


def test_a_quote_keeps_the_white_space_at_its_ends() -> None:
    target = target_of(f"{BLOCK_GAP}Its captain, who had sailed the route ")

    assert found(TEXT.replace("orders", "ordered").replace("oranges", "lemons"), target) == target.exact


def test_a_deleted_passage_is_gone_though_its_context_stands() -> None:
    assert found(TEXT.replace(FOG, ""), target_of(FOG)) is None


def test_another_sentence_in_its_place_is_not_the_passage() -> None:
    assert (
        found(TEXT.replace(FOG, "nobody had told her of the change in the timetable"), target_of(FOG)) is None
    )


def test_a_common_word_is_not_laid_on_its_likes() -> None:
    target = target_of("the lighthouse")
    text = TEXT.replace(SECOND, f"{NEW} It stood beside the lighthouse.")

    assert found(text, target) is None


def test_a_word_is_found_among_its_likes_by_its_context() -> None:
    target = target_of("and")
    text = f"Wind and rain and snow and hail.{BLOCK_GAP}{TEXT}"
    start = text.index(target.prefix) + CONTEXT

    anchored = locate(text, target)

    assert anchored is not None
    assert anchored.start == start


def test_the_edited_passage_is_found_and_not_its_copy_elsewhere() -> None:
    edited = FOG.replace("any", "all")
    text = f"As she put it, {FOG}; so much for the weather.{BLOCK_GAP}{TEXT.replace(FOG, edited)}"

    assert found(text, target_of(FOG)) == edited


def test_a_decoy_at_the_stored_position_is_not_believed() -> None:
    target = target_of(FOG)
    above = f"{NEW} {NEW} {NEW} {NEW}"[: target.start - 1]
    text = f"{above} {FOG} yesterday.{BLOCK_GAP}{TEXT}"

    anchored = locate(text, target)

    assert text.startswith(FOG, target.start)
    assert anchored is not None
    assert anchored.start == text.rindex(FOG)


def test_of_two_places_that_are_alike_the_nearer_is_taken() -> None:
    text = f"{TEXT}{BLOCK_GAP}{TEXT}"
    second = text.rindex(FOG)
    target = describe(text, second, second + len(FOG))

    anchored = locate(f"{NEW}{BLOCK_GAP}{text}", target)

    assert anchored is not None
    assert anchored.start == second + len(NEW + BLOCK_GAP)


def test_of_two_copies_in_foreign_contexts_neither_is_taken() -> None:
    text = f"{NEW} {FOG}. {NEW}{BLOCK_GAP}{NEW[::-1]} {FOG}. {NEW}"

    assert found(text, target_of(FOG)) is None


def test_a_long_passage_is_found_by_its_ends() -> None:
    long = " ".join(f"In year {year} the ferry carried {year * 7} crates of fruit." for year in range(60))
    text = BLOCK_GAP.join((LEAD, long, THIRD))
    edited = long.replace("year 31", "the year of the flood, 31,").replace("crates", "boxes", 3)

    assert found(text.replace(long, edited), target_of(long, text)) == edited


def test_a_passage_is_found_in_a_text_too_long_to_be_folded() -> None:
    many = BLOCK_GAP.join(f"Chapter {number}. {NEW}" for number in range(WHOLE // 40))
    text = many + BLOCK_GAP + TEXT + BLOCK_GAP + many
    edited = FOG.replace("thicker", "thiker")

    assert found(NEW + text.replace(FOG, edited), target_of(FOG, text)) == edited
    assert found(NEW + text.replace(SECOND, ""), target_of(FOG, text)) is None


def test_a_quote_that_was_edited_where_it_stood_is_found_however_many_are_gone() -> None:
    many = BLOCK_GAP.join(f"Chapter {number}. {NEW}" for number in range(WHOLE // 40))
    text = TEXT + BLOCK_GAP + many
    gone = [Target(f"{number} {words}", "", "", 9, 9) for number, words in enumerate([NEW[::-1]] * TRIES)]

    *lost, anchored = locate_all(text.replace(FOG, FOG.replace("thicker", "thiker")), [*gone, target_of(FOG)])

    assert set(lost) == {None}
    assert anchored is not None
    assert anchored.state is AnchorState.APPROXIMATE


@pytest.mark.parametrize("text", ["", " ", "\n\n", "-", "x"])
@pytest.mark.parametrize("exact", ["", " ", "x", "\u0301", "no such words"])
def test_no_text_and_no_quote_is_too_small_to_be_looked_at(text: str, exact: str) -> None:
    anchored = locate(text, Target(exact, "before", "after", 3, 3 + len(exact)))

    assert anchored is None or text[anchored.start : anchored.end].strip() == exact


def test_a_quote_without_position_and_context_is_found_where_it_stands_first() -> None:
    anchored = locate("a word and a word", Target("word", "", "", -1, -1))

    assert anchored is not None
    assert (anchored.start, anchored.end) == (2, 6)


def test_a_quote_without_position_is_found_by_its_context() -> None:
    anchored = locate("a word and a word", Target("word", "and a ", "", -1, -1))

    assert anchored is not None
    assert (anchored.start, anchored.end) == (13, 17)


def test_many_targets_are_found_as_each_of_them_is() -> None:
    text = NEW + TEXT.replace("oranges", "lemons").replace(THIRD, "")
    targets = [describe(TEXT, start, start + 30) for start in range(0, len(TEXT) - 30, 7)]

    assert locate_all(text, targets) == tuple(locate(text, target) for target in targets)


LETTERS = st.text(alphabet="abcde é’“-\n\xad漢ﬁİ\u0301", max_size=60)


@given(LETTERS, st.data())
def test_a_described_passage_locates_itself(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    anchored = locate(text, describe(text, start, end))

    assert (anchored and (anchored.start, anchored.end)) == ((start, end) if start < end else None)


@given(LETTERS, LETTERS, LETTERS, LETTERS, st.integers(-1, 80))
def test_whatever_is_looked_for_what_is_found_is_a_passage(
    text: str, exact: str, prefix: str, suffix: str, start: int
) -> None:
    anchored = locate(text, Target(exact, prefix, suffix, start, start + len(exact)))

    assert anchored is None or 0 <= anchored.start < anchored.end <= len(text)
    assert anchored is None or 0 < anchored.score <= 1
    assert anchored is None or anchored.state is not AnchorState.ORPHAN


@given(st.text(max_size=20), st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_an_edit_elsewhere_does_not_move_what_a_note_says(above: str, beside: str, below: str) -> None:
    text = f"{above}{BLOCK_GAP}{LEAD}{BLOCK_GAP}{beside}{BLOCK_GAP}{SECOND}{BLOCK_GAP}{below}"

    assert found(text, target_of(FOG)) == FOG


@given(st.text(alphabet="ab c\n-’é\xadﬁ\u0301", max_size=60))
def test_each_folded_character_knows_where_it_comes_from(text: str) -> None:
    result = folded(text)

    assert len(result.places) == len(result.text)
    assert list(result.places) == sorted(result.places)
    assert all(0 <= place < len(text) for place in result.places)


def distance(pattern: str, text: str) -> int:
    """Edit distance by the textbook."""
    row = list(range(len(pattern) + 1))
    for number, character in enumerate(text, 1):
        above, row = row, [number]
        for column, other in enumerate(pattern, 1):
            row.append(min(above[column - 1] + (other != character), above[column] + 1, row[-1] + 1))
    return row[-1]


@given(st.text(alphabet="abc", min_size=1, max_size=9), st.text(alphabet="abc", max_size=12))
def test_the_bits_count_as_the_textbook_does(pattern: str, text: str) -> None:
    nearest = min(distance(pattern, text[:end]) for end in range(len(text) + 1))

    assert likeness(pattern, text) == 1 - nearest / len(pattern)


@given(st.text(alphabet="abc", min_size=1, max_size=9), st.text(alphabet="abc", max_size=12))
def test_no_part_of_a_text_is_nearer_than_the_one_that_is_aligned(pattern: str, text: str) -> None:
    aligned = align(text, "", pattern, "")

    spans = [(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    nearest = min(distance(pattern, text[start:end]) for start, end in spans)
    assert aligned is None or nearest <= aligned.errors <= len(pattern)
    assert aligned or nearest > CHANCE * len(pattern)


PARTS = (
    "The ferry left at six. The fog was thicker than any she remembered. Nobody complained.",
    "A train stood in the snow. It was dark by four. Nobody complained, though it was cold.",
    "The oranges were sold on the quay, by weight. Somebody must have ordered them after all.",
)


def test_of_several_texts_the_one_that_holds_a_passage_is_found() -> None:
    whole = " ".join(PARTS)
    start = whole.index("by weight")

    (found,) = locate_among(PARTS, [describe(whole, start, start + 9)])

    assert found
    number, anchored = found
    assert PARTS[number][anchored.start : anchored.end] == "by weight"


def test_a_passage_that_two_texts_hold_is_found_in_neither() -> None:
    target = describe(PARTS[0], 0, len(PARTS[0]))

    assert locate_among((*PARTS, PARTS[0]), [target]) == (None,)


def test_words_that_another_text_quotes_between_other_words_are_not_the_passage() -> None:
    start = PARTS[0].index("The fog")
    target = describe(PARTS[0], start, start + len("The fog was thicker than any she remembered."))
    quoting = f"In spring the papers wrote: {target.exact} It sold well."

    assert locate_among((PARTS[1], quoting), [target]) == (None,)


@pytest.fixture(scope="module")
def verdicts() -> Counter[str]:
    return Counter(map(verdict, editions(seed=11, count=420)))


def test_of_passages_in_edited_texts_at_most_one_in_a_hundred_is_misplaced(verdicts: Counter[str]) -> None:
    assert verdicts["wrong"] <= verdicts.total() / 100


def test_of_passages_in_edited_texts_at_least_97_in_a_hundred_are_right(verdicts: Counter[str]) -> None:
    assert verdicts["right"] >= 0.97 * verdicts.total()
