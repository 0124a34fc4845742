"""Judging: what is hidden, why, and what must never be."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import apply_choices, explain, judge, packaged_rules, parse_rules
from reader.cleaning.rules import rule_set
from reader.cleaning.weights import UNIT, Weights, parse_weights
from reader.importers import parse
from reader.model import Article, BlockKind, Category, Ledger
from reader.passages import BlockChoice, Choice, Target
from reader.splitting import split
from tests.builders import LEAD, SECOND, THIRD, article_of

SEEDS = Path(__file__).parent.parent / "seeds"
SAMPLES = Path(__file__).parent / "samples" / "cleaning"
PLAIN_TEXTS = sorted(SAMPLES.glob("*.txt"))
APPEAL = "Our reporters travel to places that others have left, and what they find there costs money to tell."
LINES = st.sampled_from(
    [
        LEAD,
        SECOND,
        THIRD,
        "Home",
        "Share",
        "Sign up to our newsletter",
        "Tags:",
        "ferries, fog",
        "#ferry #fog",
        "…",
        "!!",
    ]
)


def hidden(article: Article) -> dict[int, Category]:
    """What is hidden of an article: category by block."""
    verdicts = judge(article, packaged_rules()).verdicts
    return {index: reason.category for index, reason in enumerate(verdicts) if reason}


def articles_in(path: Path) -> tuple[Article, ...]:
    return split(parse(path.read_bytes(), path.suffix), path.stem)


def labelled_lines(document: str) -> dict[int, str]:
    """Lines of a document of seeds/ that are labelled as not the article: why, by line."""
    rows = (line.split("\t") for line in (SAMPLES / "seeds.tsv").read_text("utf-8").splitlines()[1:])
    return {int(line): why for name, line, why in rows if name == document}


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_of_the_seeds_exactly_the_labelled_lines_are_hidden(path: Path) -> None:
    labels = labelled_lines(path.stem)
    debatable = {line for line, why in labels.items() if why.endswith("?")}
    found: set[int] = set()
    for article in articles_in(path):
        found |= {article.blocks[index].first_line for index in hidden(article)}

    assert found - debatable == set(labels) - debatable


def test_the_seeds_are_hidden_for_the_labelled_reasons() -> None:
    right = wrong = 0
    for path in SEEDS.glob("*.txt"):
        labels = labelled_lines(path.stem)
        for article in articles_in(path):
            for index, category in hidden(article).items():
                same = labels[article.blocks[index].first_line].removesuffix(" ?") == category
                right, wrong = right + same, wrong + (not same)

    assert right / (right + wrong) >= 0.95


@pytest.mark.parametrize("path", PLAIN_TEXTS, ids=lambda path: path.stem)
def test_a_text_that_is_all_article_stays_whole(path: Path) -> None:
    ledgers = [judge(article, packaged_rules()) for article in articles_in(path)]

    assert sum(ledger.hidden for ledger in ledgers) == 0


def test_a_tag_list_is_hidden_to_its_end() -> None:
    article = article_of(LEAD, SECOND, "Tags:", "1. ferries", "2. fog", "#ferries #fog")

    assert hidden(article) == {
        2: Category.TAGS,
        3: Category.TAGS,
        4: Category.TAGS,
        5: Category.HASHTAGS,
    }


def test_tags_in_one_line_with_commas_are_hidden() -> None:
    article = article_of(LEAD, SECOND, "Tags:", "ferries, fog, island post, lighthouse keepers")

    assert hidden(article) == {2: Category.TAGS, 3: Category.TAGS}


def test_an_appeal_is_hidden_up_to_its_closing_line() -> None:
    article = article_of(
        LEAD, "Your support helps us to be there", APPEAL, "Please make a donation today.", SECOND, THIRD
    )

    assert hidden(article) == dict.fromkeys((1, 2, 3), Category.DONATION)


def test_an_appeal_without_a_closing_line_hides_itself_alone() -> None:
    article = article_of(LEAD, "Your support helps us to be there", APPEAL, SECOND, THIRD)

    assert hidden(article) == {1: Category.DONATION}


def test_an_opening_mark_without_its_closing_mark_hides_itself_alone() -> None:
    article = article_of(LEAD, "skip past newsletter promotion", SECOND, THIRD)

    assert hidden(article) == {1: Category.NEWSLETTER}


def test_what_stands_between_two_marks_is_hidden() -> None:
    article = article_of(
        LEAD, "skip past newsletter promotion", THIRD, "after newsletter promotion", SECOND, LEAD
    )

    assert hidden(article) == dict.fromkeys((1, 2, 3), Category.NEWSLETTER)


def test_of_a_caption_that_stands_twice_the_second_is_hidden() -> None:
    caption = "The ferry at the quay on Monday"
    article = article_of(LEAD, caption, f"{caption} (Harbour Post)", SECOND, THIRD)

    assert hidden(article) == {2: Category.DUPLICATE_CAPTION}


def test_a_title_said_twice_is_hidden_once() -> None:
    article = article_of(
        "The ferry was late", "The ferry was late", LEAD, SECOND, THIRD, kinds=(BlockKind.TITLE,)
    )

    assert hidden(article) == {1: Category.DUPLICATE_TITLE}


def test_rows_that_differ_in_their_numbers_are_no_second_title() -> None:
    rows = (f"October {day}, noon, room {day + 210}" for day in (8, 15, 22))
    article = article_of("October 1, noon, room 211", *rows, kinds=(BlockKind.TITLE,))

    assert hidden(article) == {}


def test_cut_off_stories_behind_the_article_are_hidden() -> None:
    bridge = "The mayor opened a bridge that nobody had asked for and said that…"
    bakers = "Two bakers in the old town have quarrelled since spring over a…"
    article = article_of(LEAD, SECOND, THIRD, bridge, bakers)

    assert hidden(article) == {3: Category.TEASER, 4: Category.TEASER}


def test_speech_that_breaks_off_is_not_a_teaser() -> None:
    article = article_of(
        LEAD, SECOND, "“I thought that you would be here when the boat came in…”", "“I was, but you never…”"
    )

    assert hidden(article) == {}


@pytest.mark.parametrize(
    ("line", "category"),
    [
        ("This post was originally published on The Harbour Post", Category.SYNDICATION),
        ("© 2024 The Harbour Post. All rights reserved.", Category.COPYRIGHT),
        ("(Credit: Getty Images)", Category.CREDIT),
        ("WATCH: The ferry comes in through the fog", Category.VIDEO_PROMO),
        ("The captain speaks of the fog – video", Category.VIDEO_PROMO),
        ("Sign up for our weekly newsletter", Category.NEWSLETTER),
        ("Abonnieren Sie unseren Newsletter", Category.NEWSLETTER),
        ("Подпишитесь на нашу рассылку", Category.NEWSLETTER),
        ("Читайте также: Паром опоздал", Category.TEASER),
        ("Zapisz się na newsletter", Category.NEWSLETTER),
        ("Σχόλια", Category.COMMENTS),
        ("版权所有", Category.COPYRIGHT),
        ("This article is part of our series on islands.", Category.PROMO),
    ],
)
def test_a_line_of_furniture_is_hidden_for_its_reason(line: str, category: Category) -> None:
    assert hidden(article_of(LEAD, SECOND, THIRD, line)).get(3) is category


def test_prose_that_speaks_of_newsletters_and_cookies_stays() -> None:
    paragraph = (
        "He had written a newsletter for the island since 1998, and when the post boat stopped he asked "
        "the schoolchildren to carry it from door to door, for which he paid them in cookies and, in a "
        "good week, in stamps that no other collector on the coast had seen."
    )

    assert hidden(article_of(LEAD, paragraph, SECOND)) == {}


def resummary_article(gap: int) -> Article:
    """An article with a re-summary behind so many blank lines, then tags and hashtags."""
    again = "In a recent development, the Harbour ferry of Captain Brandt was late. Stay tuned for more."
    opening = (
        "The Harbour ferry of Captain Brandt was an hour late on Monday, and nobody on the quay knew why."
    )
    article = article_of(opening, SECOND, THIRD, again, "Tags:", "1. ferries", "#ferries #fog")
    blocks = tuple(
        block._replace(blanks_before=gap) if index == 3 else block
        for index, block in enumerate(article.blocks)
    )
    return Article(article.id, article.title, article.text, blocks)


def test_a_resummary_between_the_article_and_its_tags_is_hidden() -> None:
    assert hidden(resummary_article(gap=3))[3] is Category.FILLER


def test_a_last_paragraph_without_a_gap_is_not_a_resummary() -> None:
    assert hidden(resummary_article(gap=1)).get(3) is None


def test_a_menu_around_an_article_is_hidden() -> None:
    article = article_of(
        *("Home", "News", "Sport", "Log in", "Contact us", "About us"),
        *(LEAD, SECOND, THIRD, LEAD + " " + SECOND),
        *("Share", "Print", "Privacy policy", "Terms of use", "Most read"),
    )

    assert sorted(hidden(article)) == [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14]


def test_a_menu_around_a_greek_article_is_hidden() -> None:
    article = article_of(
        *("ΑΡΧΙΚΗ", "Πολιτική", "ΑΘΛΗΤΙΚΑ", "Επικοινωνία"),
        "Το πλοίο έφυγε από το λιμάνι στις έξι το πρωί, με μία ώρα καθυστέρηση και σαράντα επιβάτες,"
        " μαζί με ένα φορτίο πορτοκάλια που κανείς δεν είχε παραγγείλει.",
        "Η καπετάνισσα, που ταξιδεύει σε αυτή τη γραμμή τριάντα χρόνια, είπε ότι δεν θυμάται τέτοια ομίχλη"
        " και ότι ο φάρος ήταν σβηστός.",
        "Στο νησί ο κόσμος περίμενε στην προβλήτα ως το μεσημέρι, και μετά γύρισε στις κουζίνες του.",
        *("Διαβάστε επίσης", "Σχετικά άρθρα", "Όροι χρήσης"),
    )

    assert sorted(hidden(article)) == [0, 1, 2, 3, 7, 8, 9]


def doubting_what_ends_in_a_letter(score: float) -> Weights:
    """Return weights that give this score to what ends in a letter, and 3 to all else."""
    return parse_weights(
        f"""
        base = 300
        alone = []
        [signs]
        [[among]]
        rows = "script"
        columns = "ends"
        why = "how it ends"
        weights = "{round(UNIT * score) - 300}"
        """
    )


def test_where_no_page_is_seen_only_short_fragments_are_hidden() -> None:
    rules = rule_set((), doubting_what_ends_in_a_letter(-2.0))
    long = "Open from Monday to Friday, nine to five, second floor, room twelve, by the stairs"
    article = article_of(LEAD, SECOND, THIRD, SECOND, LEAD, "Open again from Monday", long)

    verdicts = judge(article, rules).verdicts

    assert [at for at, reason in enumerate(verdicts) if reason] == [5]


def test_a_greeting_above_a_letter_and_the_name_below_it_stay() -> None:
    rules = rule_set((), doubting_what_ends_in_a_letter(-2.0))
    article = article_of("Harbourton", "Dear Ines,", LEAD, SECOND, THIRD, "Yours ever,", "Mira", "Harbourton")

    verdicts = judge(article, rules).verdicts

    assert [at for at, reason in enumerate(verdicts) if reason] == [7]


def test_where_little_would_be_left_only_named_rules_are_used() -> None:
    rules = rule_set(packaged_rules().rules, doubting_what_ends_in_a_letter(-3.0))
    named = ("Leave a comment", "Sign up to our newsletter")
    article = article_of(*["Platform one and all of its trains"] * 40, LEAD, *named)

    ledger = judge(article, rules)

    assert ledger.note
    assert [at for at, reason in enumerate(ledger.verdicts) if reason] == [41, 42]


def test_a_sheet_of_short_lines_is_no_page_though_some_of_its_headings_are_words_of_menus() -> None:
    article = article_of(
        *("Clara Moss", "12 Orchard Lane, Little Harrow", "Profile", "Gardener and keeper of accounts"),
        *("Experience", "2014 - today: head gardener, Harrow House", "Rebuilt the glasshouse"),
        *("Education", "2009: diploma in horticulture, County College", "Languages", "English, some Italian"),
    )

    assert not hidden(article)


def test_persons_of_a_play_above_what_is_taken_for_its_title_stay() -> None:
    persons = ("The Lodger", "Mrs Hobb, a landlady", "Percy, her nephew", "Act one")
    kinds = (*[BlockKind.PARAGRAPH] * len(persons), BlockKind.TITLE)
    article = article_of(*persons, "Eggs are not money", *["He paid in eggs.", "When?"] * 3, kinds=kinds)

    assert not hidden(article)


def test_a_keep_rule_of_the_user_beats_the_packaged_rules() -> None:
    own, _ = parse_rules(
        '[[rule]]\nid = "mine"\nwords = ["originally published"]\naction = "keep"\n', "rules.toml"
    )
    article = article_of(LEAD, SECOND, "This post was originally published on The Harbour Post")

    assert judge(article, packaged_rules().with_user(own)).verdicts[2] is None


def test_a_drop_rule_of_the_user_hides_what_no_other_rule_would() -> None:
    own, _ = parse_rules(
        '[[rule]]\nid = "mine"\ncategory = "promo"\nreason = "my rule"\nwords = ["oranges that nobody"]\n',
        "rules.toml",
    )
    verdict = judge(article_of(LEAD, SECOND, THIRD), packaged_rules().with_user(own)).verdicts[0]

    assert verdict is not None
    assert (verdict.rule, verdict.category, verdict.words) == (
        "mine",
        Category.PROMO,
        "my rule: “oranges that nobody”",
    )


def choice_on(article: Article, index: int, choice: Choice, shift: int = 0) -> BlockChoice:
    block = article.blocks[index]
    target = Target(article.text_of(block), "", "", block.start + shift, block.end + shift)
    return BlockChoice(target, choice)


def test_the_readers_choice_beats_the_rules_both_ways() -> None:
    article = article_of(LEAD, SECOND, "Sign up for our weekly newsletter")
    ledger = judge(article, packaged_rules())
    choices = (choice_on(article, 2, Choice.KEEP), choice_on(article, 0, Choice.HIDE))

    verdicts = apply_choices(article, ledger, choices).verdicts

    assert verdicts[2] is None
    assert verdicts[0] is not None
    assert (verdicts[0].category, verdicts[0].words) == (Category.CHOICE, "hidden by you")


def test_a_choice_finds_its_block_after_the_text_moved() -> None:
    article = article_of(THIRD, LEAD, THIRD)
    choice = choice_on(article, 2, Choice.HIDE, shift=-20)

    verdicts = apply_choices(article, Ledger((None, None, None)), (choice,)).verdicts

    assert [verdict is not None for verdict in verdicts] == [False, False, True]


def test_a_choice_about_words_that_are_gone_changes_nothing() -> None:
    article = article_of(LEAD, SECOND)
    gone = BlockChoice(Target("They all drowned.", "", "", 0, 17), Choice.HIDE)
    ledger = judge(article, packaged_rules())

    assert apply_choices(article, ledger, (gone,)) == ledger


def test_dialogue_stays_though_a_line_of_copyright_stands_behind_it() -> None:
    speech = ("“Yes?”", "“Home,” she said.", "“Search me.”", "“More?”", "“No.”")
    article = article_of(LEAD, *speech, SECOND, *speech, THIRD, "Copyright 2020 by the author.")

    assert hidden(article) == {13: Category.COPYRIGHT}


def test_an_explanation_names_the_rule_that_hides() -> None:
    article = article_of(LEAD, SECOND, "Sign up for our weekly newsletter")
    ledger = judge(article, packaged_rules())

    assert "newsletter.sign-up" in explain(article, ledger, 2, packaged_rules())


def test_an_explanation_of_a_kept_block_tells_what_speaks_for_it() -> None:
    article = article_of(LEAD, SECOND, *([LEAD + " " + SECOND] * 5), "Sign up for our weekly newsletter")
    ledger = judge(article, packaged_rules())

    assert explain(article, ledger, 0, packaged_rules()).startswith(
        "Kept: it reads like the article; in its favour are "
    )


def test_an_explanation_knows_what_the_reader_chose() -> None:
    article = article_of(LEAD, SECOND, "Sign up for our weekly newsletter")
    choices = (choice_on(article, 2, Choice.KEEP), choice_on(article, 0, Choice.HIDE))
    ledger = apply_choices(article, judge(article, packaged_rules()), choices)
    told = [explain(article, ledger, index, packaged_rules()) for index in (0, 2)]

    assert told[0] == "Hidden by you."
    assert told[1].startswith("Kept by you; the rule newsletter.sign-up would hide it")


def test_the_explanations_of_a_page_speak_of_where_a_block_stands() -> None:
    article = split(
        parse(f"<nav><a href=/>Home</a></nav><h1>Boats</h1><p>{LEAD}</p>".encode(), ".html"), "page"
    )[0]
    keep, _ = parse_rules('[[rule]]\nid = "mine"\nwords = ["home"]\naction = "keep"\n', "rules.toml")
    rules, taught = packaged_rules(), packaged_rules().with_user(keep)
    ledger = judge(article, rules)

    assert explain(article, ledger, 0, rules) == (
        "Hidden by the rule markup.place: it stands in the menu of the page."
    )
    assert explain(article, ledger, 1, rules) == "Kept: it is the title."
    assert explain(article, ledger, 2, rules) == "Kept: it stands where the article of this page does."
    assert explain(article, judge(article, taught), 0, taught) == "Kept by the rule mine."


@given(st.lists(LINES | st.text(min_size=1, max_size=60), max_size=30))
def test_each_block_gets_one_verdict_and_the_same_one_again(paragraphs: list[str]) -> None:
    article = article_of(*paragraphs)
    ledger = judge(article, packaged_rules())

    assert len(ledger.verdicts) == len(article.blocks)
    assert judge(article, packaged_rules()) == ledger


@given(st.lists(LINES, min_size=1, max_size=30), st.data())
def test_a_title_is_never_hidden(paragraphs: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(paragraphs) - 1))
    kinds = tuple(BlockKind.TITLE if i == place else BlockKind.PARAGRAPH for i in range(len(paragraphs)))

    assert judge(article_of(*paragraphs, kinds=kinds), packaged_rules()).verdicts[place] is None


@given(st.lists(LINES, max_size=30))
def test_what_a_user_keeps_is_never_hidden(paragraphs: list[str]) -> None:
    keep, _ = parse_rules(
        '[[rule]]\nid = "mine"\npattern = "."\naction = "keep"\nmax_words = 400\n', "rules.toml"
    )

    assert judge(article_of(*paragraphs), packaged_rules().with_user(keep)).hidden == 0


@given(st.lists(LINES | st.text(min_size=1, max_size=60), min_size=1, max_size=20), st.data())
def test_every_verdict_can_be_explained(paragraphs: list[str], data: st.DataObject) -> None:
    article = article_of(*paragraphs)
    index = data.draw(st.integers(0, len(paragraphs) - 1))

    assert explain(article, judge(article, packaged_rules()), index, packaged_rules()).endswith(".")
