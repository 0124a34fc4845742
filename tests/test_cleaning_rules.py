"""Rule files: what is read, what is a problem, and what fits a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import judge, packaged_rules, parse_rules
from reader.cleaning.measures import Line, lines_of
from reader.cleaning.phrases import PhraseIndex
from reader.cleaning.wording import words_of
from tests.builders import article_of

WORDS = st.sampled_from(
    ["sign", "up", "to", "our", "newsletter", "share", "this", "tags", "7", "read", "more", "—", ":"]
)


def line_of(text: str) -> Line:
    return lines_of(article_of(text), longest=400)[0]


def fits(rule: str, text: str) -> bool:
    rules, problems = parse_rules(f'[[rule]]\nid = "mine"\n{rule}\n', "rules.toml")
    assert not problems
    return rules.phrases.hits([line_of(text)])[0] is not None


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ('words = ["sign up"]', "Please SIGN UP, now", True),
        ('words = ["sign up"]', "Please sign here, up there", False),
        ('words = ["sign up"]', "Please design upwards", False),
        ('words = ["sign up"]\nwhere = "line"', "Sign up!", True),
        ('words = ["sign up"]\nwhere = "line"', "Sign up now", False),
        ('words = ["sign up"]\nwhere = "start"', "Sign up now", True),
        ('words = ["sign up"]\nwhere = "start"', "Now sign up", False),
        ('words = ["sign up"]\nwhere = "end"', "Now sign up.", True),
        ('words = ["sign up"]\nwhere = "end"', "Sign up now", False),
        ('words = ["sign up … newsletter"]', "Sign up to our free weekly newsletter", True),
        ('words = ["sign up … newsletter"]', "Sign up a b c d e f g newsletter", False),
        ('words = ["# comments"]', "1,204 comments", True),
        ('words = ["reader’s choice"]', "Our Reader's Choice", True),
        ('words = ["sign up"]\nmax_words = 3', "Do sign up here", False),
        ('pattern = "^A+$"', "AAA", True),
        ('pattern = "^A+$"\nnear = ["bb"]', "AAA", False),
        ('words = ["订阅"]', "立即订阅本报", True),
        ('words = ["ειδήσεις"]', "ΟΛΕΣ ΟΙ ΕΙΔΗΣΕΙΣ", True),
    ],
)
def test_a_phrase_fits_word_by_word(rule: str, text: str, expected: bool) -> None:
    assert fits(rule, text) is expected


def test_the_first_rule_that_fits_wins() -> None:
    rules, _ = parse_rules(
        '[[rule]]\nid = "first"\nwords = ["up"]\n[[rule]]\nid = "second"\nwords = ["sign up"]\n', "rules.toml"
    )
    hit = rules.phrases.hits([line_of("sign up")])[0]

    assert hit is not None
    assert hit.rule.id == "first"


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("words = [1]", "`words` is not a list of texts"),
        ("words = []", "neither words nor a pattern"),
        ('pattern = "("', "not a regular expression"),
        ('words = ["a"]\naction = "burn"', "`action` is not one of drop, keep, suspect, drop-to-next"),
        ('words = ["a"]\ncategory = "noise"', "no such category: 'noise'"),
        ('words = ["a"]\nmax_words = 0', "`max_words` is not a number from 1 to 400"),
        ('words = ["a"]\nmax_word = 3', "`max_word` is not a field of a rule"),
        ('words = ["—"]', "a phrase without a word"),
        ('words = ["a"]\naction = "drop-to-next"', "names none in `until`"),
    ],
)
def test_a_broken_rule_is_a_problem_with_its_line_and_the_others_work(entry: str, what: str) -> None:
    text = f'# mine\n[[rule]]\nid = "good"\nwords = ["a b"]\n\n[[rule]]\nid = "bad"\n{entry}\n'
    rules, problems = parse_rules(text, "rules.toml")

    assert [rule.id for rule in rules.rules] == ["good"]
    assert len(problems) == 1
    assert what in problems[0].what
    assert problems[0].where == "rules.toml:6"


@pytest.mark.parametrize("text", ["[[rule]\n", 'a = 1\n[[rule]]\nid = "x\n', "rule = 3", "a = " + "[" * 5000])
def test_a_file_that_is_no_rule_file_is_one_problem(text: str) -> None:
    rules, problems = parse_rules(text, "rules.toml")

    assert rules.rules == ()
    assert len(problems) == 1
    assert problems[0].where.startswith("rules.toml:")


def test_a_users_rules_come_before_the_packaged_ones() -> None:
    own, _ = parse_rules('[[rule]]\nid = "mine"\nwords = ["a b"]\n', "rules.toml")
    together = packaged_rules().with_user(own)

    assert together.rules[0].id == "mine"
    assert together.rules[1:] == packaged_rules().rules
    assert together.weights == packaged_rules().weights


def test_every_packaged_rule_is_named_after_its_category() -> None:
    assert all(rule.id.startswith(f"{rule.category}.") for rule in packaged_rules().rules)


def test_no_packaged_phrase_is_listed_twice_in_its_rule() -> None:
    doubled = {
        (rule.id, phrase)
        for rule in packaged_rules().rules
        for phrase in rule.words
        if [words_of(other) for other in rule.words].count(words_of(phrase)) > 1
    }

    assert doubled == set()


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_the_index_finds_what_trying_all_rules_would_find(text: str) -> None:
    rules = packaged_rules().rules
    line = line_of(text or "x")
    one_by_one = next((rule.id for rule in rules if PhraseIndex((rule,)).hits([line])[0]), None)
    hit = packaged_rules().phrases.hits([line])[0]

    assert (hit.rule.id if hit else None) == one_by_one


@pytest.mark.parametrize("words", ["#", "…", "—", "# … read more"])
def test_a_phrase_without_a_word_is_a_problem_and_no_crash(words: str) -> None:
    _, problems = parse_rules(f'[[rule]]\nid = "own.x"\nwords = ["{words}"]\n', "rules.toml")

    assert [problem.where for problem in problems] == ["rules.toml:1"]


@pytest.mark.parametrize("near", ["a body", "2024", "body"])
def test_a_pattern_is_tried_near_any_words(near: str) -> None:
    text = f'[[rule]]\nid = "own.x"\npattern = "B[a-z]dy"\nnear = ["{near}"]\nreason = "mine"\n'
    rules, problems = parse_rules(text, "rules.toml")
    article = article_of("It was a Body of work.", "In 2024 a Body was found.")

    verdicts = judge(article, rules).verdicts

    assert problems == ()
    assert verdicts[1] is not None


def test_a_phrase_that_stands_twice_is_found_twice() -> None:
    rules, _ = parse_rules('[[rule]]\nid = "mine"\nwords = ["sign up"]\n', "rules.toml")
    lines = lines_of(article_of("Sign up", "Between", "Sign up"), longest=40)

    assert [hit is not None for hit in rules.phrases.hits(lines)] == [True, False, True]
