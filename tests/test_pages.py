"""What of a page, or of a letter, is its article: the markup score, the best guess, copies and greetings."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cleaning import judge, packaged_rules
from reader.cleaning.markup import body_cells
from reader.cleaning.markup_choosing import article_of, best_guess, copies_of, in_full
from reader.cleaning.markup_letters import around_letter
from reader.cleaning.markup_measures import NAMES, measure
from reader.cleaning.markup_relations import FAR, to_headline, to_peers
from reader.cleaning.markup_traits import Cell, traits_of
from reader.importers import parse
from reader.markup import LETTER, Markup
from reader.model import Article, BlockKind
from reader.splitting import split

LETTERS = Path(__file__).parent / "samples" / "letters"
STORY = "".join(
    f"<p>{words}, and the boats stood on the mud beside the old slip until the evening tide came in.</p>"
    for words in (
        "In the first week nobody came",
        "In the second week two came",
        "In the third all of them came",
    )
)
MENU = "<nav><a href=/>Home</a></nav>"


def article_in(page: str) -> Article:
    return split(parse(page.encode(), ".html"), "page")[0]


def texts(article: Article, *, hidden: bool) -> list[str]:
    verdicts = judge(article, packaged_rules()).verdicts
    pairs = zip(article.blocks, verdicts, strict=True)
    return [article.text_of(block) for block, verdict in pairs if (verdict is not None) == hidden]


def cell(
    at: int, words: str, around: tuple[str, ...] = ("|", "content"), boxes: tuple[int, ...] = (9, 1)
) -> Cell:
    its = Markup("p", 0.0, around, boxes)
    return Cell(at, words, tuple(words.split()), BlockKind.PARAGRAPH, 0, its, words.endswith("."))


def cells_of_sizes(sizes: list[int]) -> list[Cell]:
    return [cell(at, " ".join(f"w{at}x{number}" for number in range(size))) for at, size in enumerate(sizes)]


# --- The best guess ---


def test_a_doubtful_block_is_kept_where_all_is_doubtful_and_not_where_much_is_sure() -> None:
    cells = cells_of_sizes([100, 20])

    assert best_guess(cells, [4.0, -0.4]) == {0}
    assert best_guess(cells_of_sizes([20, 20]), [0.1, -0.4]) == {0, 1}


def test_of_a_page_that_is_all_furniture_nothing_is_the_article() -> None:
    assert article_of(cells_of_sizes([50, 50]), [-3.1, -3.0]) == frozenset()


def test_where_nothing_is_sure_what_stands_out_is_the_article() -> None:
    assert best_guess(cells_of_sizes([30, 90, 30]), [-3.5, -0.6, -4.0]) == {1}


def test_code_beside_a_text_belongs_to_it() -> None:
    code = "<div class=highlight><div><pre>x = 1\ny = 2</pre></div></div>"
    page = f"{MENU}<main><h1>Boats</h1>{STORY}{code}</main><nav><pre>menu</pre></nav>"

    shown = texts(article_in(page), hidden=False)

    assert "x = 1\ny = 2" in shown
    assert "menu" not in shown


def test_a_page_of_no_blocks_has_no_article() -> None:
    assert article_of([], []) == frozenset()


@given(st.lists(st.tuples(st.integers(1, 80), st.floats(-8, 8)), min_size=1, max_size=25))
def test_what_is_kept_is_never_less_sure_than_what_is_not(blocks: list[tuple[int, float]]) -> None:
    scores = [score for _, score in blocks]
    kept = best_guess(cells_of_sizes([size for size, _ in blocks]), scores)

    left = [score for at, score in enumerate(scores) if at not in kept]
    assert not kept or not left or min(scores[at] for at in kept) >= max(left)


def test_of_a_page_without_links_or_parts_all_is_the_article() -> None:
    rows = "".join(f"<tr><td>Boat {number}</td><td>{number}</td></tr>" for number in range(9))
    article = article_in(f"<h1>Boats</h1><p>Yes.</p><table>{rows}</table><p hidden>No.</p>")

    assert texts(article, hidden=True) == ["No."]


# --- What stands between ---


def test_lines_within_a_text_stay_however_short_if_they_lead_nowhere() -> None:
    spoken = "".join(f"<p>“{word},” she said.</p>" for word in ("No", "Never", "Perhaps", "Well"))
    menu = "<p><a href=/a>More stories</a></p>"
    article = article_in(
        f"<h1>Ice on the slip</h1><div>{STORY}{spoken}{menu}{STORY.replace('evening', 'next')}</div>"
    )
    shown = texts(article, hidden=False)

    assert [line for line in shown if "she said" in line] == [
        "“No,” she said.", "“Never,” she said.", "“Perhaps,” she said.", "“Well,” she said."
    ]  # fmt: skip
    assert "More stories" not in shown


def test_only_what_is_between_kept_blocks_of_one_box_is_kept_with_them() -> None:
    cells = [cell(at, f"w{at}", boxes=(10 + at, 1 if at < 5 else 2)) for at in range(7)]
    cells[2] = replace(cells[2], markup=cells[2].markup._replace(link_density=1.0))

    assert in_full(cells, {1, 3, 6}) == {1, 3, 6}
    assert in_full(cells, {0, 4}) == {0, 1, 3, 4}


def test_the_heading_of_a_kept_block_is_kept_with_it() -> None:
    heading = replace(cell(0, "Part one", boxes=(10, 1)), kind=BlockKind.HEADING)
    apart = replace(cell(2, "Most read", boxes=(12, 2)), kind=BlockKind.HEADING)

    assert in_full([heading, cell(1, "Ice.", boxes=(11, 1)), apart], {1}) == {0, 1}


def test_a_heading_between_kept_blocks_stays_only_with_what_it_heads() -> None:
    first, last = cell(0, "Ice upon ice.", boxes=(10, 1)), cell(3, "Mud upon mud.", boxes=(13, 1))
    also = replace(cell(1, "Read also", boxes=(11, 1)), kind=BlockKind.HEADING)
    link = replace(cell(2, "The flood."), markup=Markup("p", 1.0, ("|", "content"), (12, 1)))

    assert in_full([first, also, link, last], {0, 3}) == {0, 3}


def test_a_sentence_and_the_lines_of_one_element_stay_with_what_is_kept_beside_them() -> None:
    kept, line = cell(0, "Ice.", boxes=(10, 5, 1)), cell(1, "cold", boxes=(10, 5, 1))
    sentence = "What he waited for was not the boat."
    near, far = cell(2, sentence, boxes=(11, 5, 1)), cell(3, sentence, boxes=(12, 8, 1))
    menu, words = cell(4, "menu", boxes=(13, 5, 1)), cell(5, "ice " * 40, boxes=(14, 6, 7))

    assert in_full([kept, line, near, far, menu, words], {0, 5}) == {0, 1, 2, 5}


def test_what_a_colon_announces_stays_with_all_lines_of_its_element() -> None:
    said = cell(0, "He wrote down, slowly, the address of the fishmonger:", boxes=(10, 5, 1))
    lines = [cell(at, words, boxes=(11, 5, 1)) for at, words in ((1, "Maat"), (2, "Fish Quay"))]

    assert in_full([said, *lines, cell(3, "top", boxes=(12, 5, 1))], {0}) == {0, 1, 2}


def test_a_note_with_an_arrow_back_leads_nowhere() -> None:
    arrow = Markup("li", 0.05, ("|", "content"), (11, 5, 1))
    note = replace(cell(1, "Ashley wrote it in 1944 in his book."), markup=arrow)

    assert in_full([cell(0, "Ice upon ice upon ice.", boxes=(10, 5, 1)), note], {0}) == {0, 1}


def test_a_quiet_box_of_which_little_is_kept_is_kept_whole() -> None:
    terms = [cell(at, f"neap tide {at}", boxes=(at + 10, 5, 1)) for at in range(6)]
    link = replace(cell(6, "home"), markup=Markup("p", 1.0, ("|", "content"), (20, 1)))

    assert in_full([*terms, link], {0, 1}) == {0, 1, 2, 3, 4, 5}
    assert in_full([*terms, link], {0, 1, 2, 3}) == {0, 1, 2, 3}


def test_a_part_of_the_page_between_kept_blocks_stays_out_unless_all_stands_in_one() -> None:
    aside, text = ("|", "<aside>", "content"), ("|", "content")

    def kept(*around: tuple[str, ...]) -> frozenset[int]:
        return in_full([cell(at, "Ice.", its) for at, its in enumerate(around)], {0, 2})

    assert kept(text, aside, text) == {0, 2}
    assert kept(aside, aside, aside) == {0, 1, 2}


# --- Copies ---


def test_a_paragraph_that_a_page_shows_twice_is_shown_once() -> None:
    article = article_in(f"{MENU}<h1>Ice on the slip</h1><div>{STORY}</div><div class=phone>{STORY}</div>")
    kept, hidden = texts(article, hidden=False), texts(article, hidden=True)

    assert len(kept) == len(set(kept)) == 4
    assert len(hidden) == 4


def test_a_refrain_is_no_copy() -> None:
    refrain = "And the tide comes in, and the tide"

    assert copies_of([cell(at, refrain) for at in range(3)], {0, 1, 2}) == frozenset()


def test_a_copy_of_what_is_hidden_is_the_first() -> None:
    words = "One two three four five six seven eight nine ten eleven."

    assert copies_of([cell(0, words), cell(1, words)], {1}) == frozenset()


# --- What blocks are measured by ---


def test_numbers_and_their_names_are_as_many() -> None:
    cells = cells_of_sizes([10, 0, 30])

    assert {len(numbers) for numbers in measure(cells, [1.0, 0.0, -1.0], cells[0])} == {len(NAMES)}


def test_a_block_knows_how_far_it_is_from_the_headline_and_which_box_holds_both() -> None:
    headline = cell(1, "Ice", boxes=(5, 3, 1))
    above, beside, apart = (
        cell(0, "Home", boxes=(2, 1)),
        cell(2, "It froze.", boxes=(6, 3, 1)),
        cell(9, "©", boxes=(8,)),
    )

    measured = to_headline([above, beside, apart], headline)
    assert [numbers[:2] for numbers in measured] == [(-1, 1), (1, 1), (8, -1)]
    assert to_headline([above], None)[0][0] == FAR


def test_blocks_of_the_same_kind_stand_for_each_other() -> None:
    entries = [cell(at, "Ice on the slip…", around=("|", "loop", "entry")) for at in range(3)]
    first, *_, last = to_peers([*entries, cell(3, "It froze.")], [2.0, -2.0, -2.0, 1.0])

    assert first[0] == 3
    assert first[2] < 0.2
    assert first[-1] == 1
    assert (last[0], last[2]) == (1, -1)


def test_the_headline_of_a_page_is_its_title_or_else_its_first_heading() -> None:
    said = body_cells(article_in(f"<title>Ice</title><h1>Ice</h1>{STORY}"))
    other = body_cells(article_in(f"<title>The Quay</title><h2>News</h2><h1>Water</h1>{STORY}"))

    assert [title and title.text for _, title in (said, other)] == ["Ice", "Water"]
    assert "Ice" not in [c.text for c in said[0]]


@pytest.mark.parametrize(
    ("classes", "hides"),
    [
        ("hidden", True),
        ("is-hidden", True),
        ("overflow-hidden", False),
        ("field--label-hidden", False),
        ("md:hidden", False),
    ],
)
def test_only_a_class_that_hides_words_counts_as_one(classes: str, hides: bool) -> None:
    cells, _ = body_cells(article_in(f"<div class='{classes}'><p>Words of ice.</p></div>"))

    assert ("in:hidden" in traits_of(cells)[0]) == hides


def test_what_is_shown_on_small_screens_alone_is_marked_so() -> None:
    cells, _ = body_cells(article_in("<div class='elementor-hidden-desktop'><p>Words of ice.</p></div>"))

    assert "in:!narrow" in traits_of(cells)[0]


@pytest.mark.parametrize("end", ["…", "...", " [...]", "… Read more »"])
def test_a_text_that_is_cut_off_is_a_teaser(end: str) -> None:
    cells, _ = body_cells(article_in(f"<p>The boats stood on the mud{end}</p><p>They were three.</p>"))

    assert [any(t.startswith("trails/") for t in named) for named in traits_of(cells)] == [True, False]


# --- Letters ---


def letter_of(count: int, *, linked: float = 0.0) -> list[Cell]:
    its = Markup("p", linked, ("|", LETTER), (9, 1))
    return [replace(plain, markup=its) for plain in cells_of_sizes([9] * count)]


def test_a_letter_without_a_link_by_which_one_leaves_has_no_foot() -> None:
    cells = letter_of(8)

    assert around_letter(cells, [0.0] * 8, frozenset()) == frozenset()


def test_what_is_said_of_leaving_in_the_midst_of_a_letter_is_no_foot() -> None:
    cells = letter_of(8, linked=0.2)
    cells[1] = replace(cells[1], text="Write to me to unsubscribe from the mill.")

    assert around_letter(cells, [0.0] * 8, frozenset()) == frozenset()


@pytest.mark.parametrize(
    "line",
    [
        "View this email in your browser",
        "Having trouble reading this? <a href=/v>View it in your browser</a>.",
        "No pictures? <a href=/v>Read it online</a>",
        "<a href=/v>Web version</a>",
        "Wird diese E-Mail nicht richtig angezeigt? <a href=/v>Im Browser ansehen</a>",
        "<a href=/v>Voir ce message dans votre navigateur</a>",
        "Если письмо видно плохо, <a href=/v>откройте его в браузере</a>",
        "如果无法正常显示，<a href=/v>请在浏览器中查看</a>",
    ],
)
def test_the_line_above_a_letter_that_leads_to_it_elsewhere_goes(line: str) -> None:
    content = f"Subject: Boats\nContent-Type: text/html; charset=utf-8\n\n<p>{line}</p><p>Hello,</p>{STORY}"

    article = split(parse(content.encode(), ".eml"), "letter")[0]

    assert len(texts(article, hidden=True)) == 1
    assert "Hello," in texts(article, hidden=False)


def test_what_a_letter_says_of_a_browser_stays() -> None:
    said = "<p>You read these lines in a browser, and the boats have none at all.</p>"
    content = f"Subject: Boats\nContent-Type: text/html; charset=utf-8\n\n<p>Hello,</p>{STORY}{said}"

    article = split(parse(content.encode(), ".eml"), "letter")[0]

    assert texts(article, hidden=True) == []


@pytest.mark.parametrize(
    ("name", "kept", "hidden"),
    [
        (
            "low_water",
            (
                "Good morning.",
                "A wall that is on no map",
                "It is a left boot.",
                "keep to the hard.",
                "— Jonas",
            ),
            ("in your browser", "Share this letter", "You receive this", "4 Slip Lane", "Unsubscribe"),
        ),
        (
            "canal_report",
            ("Dear readers", "2. A very small bridge", "nineteen of twenty days", "Yours, the editors"),
            ("in your browser", "Facebook", "All rights reserved", "opted in", "Lock House 2", "unsubscribe"),
        ),
        (
            "tide_tables",
            (
                "What the tide tables leave out",
                "Dear reader,",
                "Air that weighs more",
                "why they flood first",
                "The clock that ran on the sea",
                "Until next Sunday,",
                "Wenna",
            ),
            ("in browser", "Like this letter", "You get this letter", "3 Mole Street", "Unsubscribe"),
        ),
        (
            "workshop",
            ("Hello everybody,", "soundboard", "at Whitsun", "Warm wishes", "Elin"),
            ("Unsubscribe",),
        ),
    ],
)
def test_of_a_letter_all_stays_from_greeting_to_name_and_its_footer_goes(
    name: str, kept: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    article = split(parse((LETTERS / f"{name}.eml").read_bytes(), ".eml"), name)[0]
    shown, gone = "\n".join(texts(article, hidden=False)), "\n".join(texts(article, hidden=True))

    assert [words for words in kept if words not in shown] == []
    assert [words for words in hidden if words not in gone] == []
