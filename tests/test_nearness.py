"""Terms that stand together, counted from postings, beside the same told word by word."""

from array import array
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from reader.search.nearness import Allowance, together
from reader.search.postings import Postings, joined, packed, read

WORDS = "abcd"
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=5)
TERMS = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4)


def postings_of(term: str, texts: list[list[str]]) -> Postings:
    """Return where a term stands in texts that are numbered as they come."""
    places = [[place for place, word in enumerate(text) if word == term] for text in texts]
    counts = [len(found) for found in places]
    return Postings(
        array("I", [number for number, count in enumerate(counts) if count]),
        array("I", filter(None, counts)),
        array("I", chain.from_iterable(places)),
    )


def phrases_in(text: list[str], terms: list[str]) -> int:
    """Count where the terms follow one behind the other."""
    return sum(text[at : at + len(terms)] == terms for at in range(len(text)))


def runs_in(text: list[str], terms: list[str], near: int) -> int:
    """Count the runs in which neighbours stand near each other, and all terms are there."""
    runs: list[list[str]] = [[]]
    last = 0
    for place, word in enumerate(text):
        if word in terms:
            if place - last > near:
                runs.append([])
            runs[-1].append(word)
            last = place
    return sum(all(run.count(term) >= terms.count(term) for term in terms) for run in runs)


def counted(counts: list[int]) -> dict[int, int]:
    return {number: count for number, count in enumerate(counts) if count}


@given(TEXTS, TERMS)
def test_a_phrase_is_found_wherever_its_words_follow_each_other(
    texts: list[list[str]], terms: list[str]
) -> None:
    found = together(terms, [postings_of(term, texts) for term in terms], 0, Allowance())

    assert found == counted([phrases_in(text, terms) for text in texts])


@given(TEXTS, TERMS, st.integers(1, 6))
def test_words_near_each_other_are_found_in_any_order(
    texts: list[list[str]], terms: list[str], near: int
) -> None:
    found = together(terms, [postings_of(term, texts) for term in terms], near, Allowance())

    assert found == counted([runs_in(text, terms, near) for text in texts])


@given(TEXTS, TERMS, st.integers(0, 6), st.integers(0, 40))
def test_what_was_not_looked_at_is_told_and_the_rest_is_counted_as_ever(
    texts: list[list[str]], terms: list[str], near: int, looks: int
) -> None:
    postings, allowance = [postings_of(term, texts) for term in terms], Allowance(looks)
    if not all(one.documents for one in postings):
        return
    whole = together(terms, postings, near, Allowance())

    found = together(terms, postings, near, allowance)

    assert allowance.looks >= 0
    assert found == {number: count for number, count in whole.items() if number not in allowance.passed_over}


def test_where_not_all_can_be_looked_at_the_texts_that_have_the_rarest_word_often_are() -> None:
    texts = [["a", "b"], ["a", "b", "a", "b"], ["b", "a"]]
    allowance = Allowance(6)

    found = together("ab", [postings_of(term, texts) for term in "ab"], 2, allowance)

    assert found == {1: 1}
    assert allowance.passed_over == {0, 2}


@given(TEXTS, TEXTS, st.sampled_from(WORDS))
def test_the_postings_of_two_segments_are_those_of_one_that_holds_both(
    some: list[list[str]], more: list[list[str]], term: str
) -> None:
    parts = [postings_of(term, some), postings_of(term, more).shifted(len(some))]

    whole = joined([read(packed(one)) if one.documents else one for one in parts])

    assert whole == postings_of(term, some + more)
