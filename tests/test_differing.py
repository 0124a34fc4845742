"""What is different in two texts, sentence by sentence."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reader.differing import Common, Difference, Sentence, compare, counted, differences_in, sentences_of
from reader.model import Category, Ledger, Reason
from tests.builders import LEAD, SECOND, THIRD, article_of

LAMP = "The lamp was mended on Friday."
CAT = "A cat slept through all of it on a coil of rope."


def texts(*sentences: str) -> tuple[Sentence, ...]:
    return tuple(Sentence(one, 0, len(one)) for one in sentences)


def words_of(found: Difference) -> tuple[str, str]:
    return (found.before.text if found.before else "", found.after.text if found.after else "")


def test_sentences_that_changed_came_and_went_are_told_apart() -> None:
    before = texts(LEAD, SECOND, THIRD)
    after = texts(LAMP, LEAD.replace("forty", "fifty"), SECOND)

    found = compare(before, after)

    assert [words_of(one) for one in differences_in(found)] == [
        ("", LAMP),
        (LEAD, LEAD.replace("forty", "fifty")),
        (THIRD, ""),
    ]
    assert counted(found) == "1 sentence changed, 1 new, 1 gone"


def test_the_words_that_changed_are_marked() -> None:
    (found,) = compare(texts(LEAD), texts(LEAD.replace("forty passengers", "fifty cold passengers")))

    assert isinstance(found, Difference)
    assert [LEAD[start:end] for start, end in found.changed] == ["forty"]
    assert found.after is not None
    assert [found.after.text[start:end] for start, end in found.changed_after] == ["fifty cold"]


def test_what_is_in_common_is_counted() -> None:
    found = compare(texts(LEAD, SECOND, LAMP, THIRD), texts(LEAD, SECOND, THIRD))

    assert found == (Common(2), Difference(before=Sentence(LAMP, 0, len(LAMP))), Common(1))


def test_a_sentence_that_only_stands_elsewhere_is_in_common() -> None:
    found = compare(texts(LEAD, SECOND, THIRD, LAMP), texts(LAMP, LEAD, SECOND, THIRD))

    assert found == (Common(4, elsewhere=1),)
    assert counted(found) == ""


def test_signs_alone_make_no_difference() -> None:
    assert compare(texts("“It’s dark,” she said."), texts('"It\'s dark", she said.')) == (Common(1),)


def test_each_sentence_stands_beside_the_one_it_was_made_of() -> None:
    before = texts(
        "The mayor spoke for an hour.", "The mayor spoke to the fishermen of the town for an hour."
    )
    after = texts("The mayor spoke to the fishermen of the old town for an hour.")

    found = differences_in(compare(before, after))

    assert [words_of(one) for one in found] == [(before[0].text, ""), (before[1].text, after[0].text)]


def test_hidden_blocks_have_no_sentences() -> None:
    article = article_of(f"{LAMP} {CAT}", THIRD)
    ledger = Ledger((None, Reason("newsletter.sign-up", Category.NEWSLETTER, "a prompt")))

    found = sentences_of(article, ledger)

    assert [one.text for one in found] == [LAMP, CAT]
    assert [article.text[one.start : one.end].strip() for one in found] == [LAMP, CAT]


def test_characters_of_chinese_are_marked_one_by_one() -> None:
    (found,) = compare(texts("市议会星期一投票决定关闭旧港口。"), texts("市议会星期三投票决定关闭旧港口。"))

    assert isinstance(found, Difference)
    assert found.changed == ((5, 6),)


def test_more_than_can_be_paired_is_told_as_gone_and_new() -> None:
    before = texts(*(f"This is sentence {number} of the old text." for number in range(120)))
    after = texts(*(f"This is sentence {number} of the new text." for number in range(120)))

    found = differences_in(compare(before, after))

    assert len(found) == 240


some = st.lists(st.sampled_from((LEAD, LEAD.replace("forty", "fifty"), SECOND, THIRD, LAMP, CAT, "Why?")))


@given(some, some)
def test_differences_and_what_is_in_common_make_both_texts(before: list[str], after: list[str]) -> None:
    parts = compare(texts(*before), texts(*after))
    found = [words_of(one) for one in differences_in(parts)]

    shared = Counter(before) - Counter(old for old, _ in found if old)

    assert shared == Counter(after) - Counter(new for _, new in found if new)
    assert shared.total() == sum(part.sentences for part in parts if isinstance(part, Common))


@given(some)
def test_a_text_has_no_difference_to_itself(text: list[str]) -> None:
    assert differences_in(compare(texts(*text), texts(*text))) == ()


@given(st.text(), st.text())
def test_marks_lie_within_their_sentence(before: str, after: str) -> None:
    for part in differences_in(compare(texts(before), texts(after))):
        for sentence, spans in ((part.before, part.changed), (part.after, part.changed_after)):
            length = len(sentence.text) if sentence else 0

            assert all(0 <= start < end <= length for start, end in spans)
