"""What stands among the paragraphs of a page and is none of its article; and what is, though it looks so."""

from reader.cleaning import judge, packaged_rules
from reader.cleaning.markup_choosing import in_full
from reader.cleaning.markup_strangers import strangers
from reader.cleaning.markup_threads import speakers
from reader.cleaning.markup_traits import Cell
from reader.importers import parse
from reader.markup import Markup
from reader.model import BlockKind, Reason
from reader.splitting import split

TEXT = ("|", "<article>", "content")
SENTENCE = "In the {} week the boats stood on the mud beside the old slip until the evening tide came in."
FIRST, SECOND, THIRD = (f"<p>{SENTENCE.format(which)}</p>" for which in ("first", "second", "third"))
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav>"


def judged(body: str) -> list[tuple[str, Reason | None]]:
    page = f"<html><body>{MENU}<article><h1>Ice on the slip</h1>{body}</article></body></html>"
    article = split(parse(page.encode(), ".html"), "page")[0]
    verdicts = judge(article, packaged_rules()).verdicts
    return list(zip(map(article.text_of, article.blocks), verdicts, strict=True))


def shown(body: str) -> list[str]:
    return [text for text, verdict in judged(body) if verdict is None]


def cell(
    at: int,
    words: str,
    around: tuple[str, ...] = TEXT,
    *,
    kind: BlockKind = BlockKind.PARAGRAPH,
    boxes: tuple[int, ...] = (9, 1),
    linked: float = 0.0,
    level: int = 0,
) -> Cell:
    its = Markup("p", linked, around, boxes)
    return Cell(at, words, tuple(words.split()), kind, level, its, words.endswith("."))


# --- Furniture by name ---


def test_what_is_called_furniture_between_paragraphs_is_hidden_and_says_what_it_is() -> None:
    prompt = "All that the harbour says, before you have had your breakfast."

    verdicts = dict(judged(f"{FIRST}<div class=newsletter-box><p>{prompt}</p></div>{SECOND}{THIRD}"))

    assert "invitation to subscribe" in getattr(verdicts[prompt], "words", "")


def test_a_name_that_most_of_the_article_bears_says_nothing() -> None:
    around = (*TEXT, "sidebar")
    cells = [cell(at, "Ice upon ice.", around) for at in range(3)]

    assert strangers(cells, {0, 1, 2}) == frozenset()


def test_a_name_of_an_element_inside_a_line_is_none_of_the_block() -> None:
    cells = [cell(0, "Ice."), cell(1, "Mud.", ("sidebar", *TEXT)), cell(2, "Ice.")]

    assert strangers(cells, {0, 1, 2}) == frozenset()


# --- Lists and headings ---


def links(kept: int) -> tuple[list[Cell], set[int]]:
    items = [
        cell(at, f"story {at}", kind=BlockKind.LIST_ITEM, boxes=(20 + at, 5, 1), linked=1.0)
        for at in range(4)
    ]
    return items, set(range(kept))


def test_of_a_list_of_links_all_is_shown_or_none() -> None:
    items, some = links(1)

    assert strangers(items, some) == some


def test_a_list_of_links_that_is_mostly_kept_is_kept_whole() -> None:
    items, most = links(3)

    assert in_full(items, most) == {0, 1, 2, 3}
    assert strangers(items, {0, 1, 2, 3}) == frozenset()


def test_a_heading_goes_with_all_that_it_heads() -> None:
    also = cell(1, "See also", kind=BlockKind.HEADING, level=2)
    link = cell(2, "The flood", linked=1.0)

    assert strangers([cell(0, "Ice."), also, link], {0, 1}) == {1}


def test_a_heading_above_another_of_which_something_is_kept_stays() -> None:
    part = cell(0, "Part one", kind=BlockKind.HEADING, level=2)
    chapter = cell(1, "The slip", kind=BlockKind.HEADING, level=3)

    assert strangers([part, chapter, cell(2, "Ice.")], {0, 1, 2}) == frozenset()


def test_items_of_a_list_below_the_last_paragraph_belong_to_it() -> None:
    body = FIRST + SECOND + THIRD + "<ul><li>No dogs</li><li>No bells</li></ul>"

    assert shown(body)[-2:] == ["No dogs", "No bells"]


# --- Series and notes ---


def test_hours_of_entries_are_shown_if_half_of_them_are() -> None:
    hours = ("|", "<article>", "<header>")
    cells = [cell(at, f"{at} GMT", hours, boxes=(50 + at, 30 + at, 1)) for at in range(4)]

    assert in_full(cells, {0, 1, 2}) == {0, 1, 2, 3}


def test_short_posts_of_a_thread_are_shown_with_the_long_ones() -> None:
    post = ("|", "<article>", "message")
    long, short = "so it went " * 20, "Thanks."
    cells = [cell(at, (long, short)[at % 2], post, boxes=(50 + at, 30 + at, 1)) for at in range(6)]

    assert in_full(cells, {0, 2}) == {0, 1, 2, 3, 4, 5}


def test_code_between_paragraphs_stays_however_deep_its_frames_are() -> None:
    code = cell(1, "npm install ferry", kind=BlockKind.CODE, boxes=(20, 19, 18, 17, 16, 15, 1))

    assert in_full([cell(0, "Ice.", boxes=(9, 1)), code, cell(2, "Mud.", boxes=(8, 1))], {0, 2}) == {0, 1, 2}


def test_lines_that_look_the_same_in_one_element_are_no_series() -> None:
    cells = [cell(at, f"line {at}", boxes=(50 + at, 30, 1)) for at in range(4)]

    assert in_full(cells, {0, 1, 2}) == {0, 1, 2}


def thread_of(*posts: tuple[str, str]) -> str:
    return "".join(
        f"<div class=post><h4 class=username><a href=/u>{name}</a></h4><p class=rank>Member</p>"
        f"<div class=message>{words}</div><p><a href=/r>Reply</a></p></div>"
        for name, words in posts
    )


def test_of_a_thread_it_is_shown_who_says_what() -> None:
    long = "I have my grandmother's machine on the bench at last, and it turns, but it sounds like a mill."
    posts = (
        ("hem", long),
        ("Bobbin Joe", "Take clear oil, a drop in every hole, and run it."),
        ("cog", "Seconded."),
    )

    assert [line for line in shown(thread_of(*posts)) if line != "Ice on the slip"] == [
        said for post in posts for said in post
    ]


def test_names_beside_a_text_that_is_no_thread_are_not_shown() -> None:
    text = cell(0, "so it went " * 60, boxes=(9, 1))
    boxes = [3 * at + 20 for at in range(3)]
    names = [cell(at + 1, "cog", (*TEXT, "author"), boxes=(box, box + 2, 1)) for at, box in enumerate(boxes)]
    notes = [cell(at + 4, "so it is", boxes=(box + 1, box + 2, 1)) for at, box in enumerate(boxes)]

    assert speakers([*names, *notes], {4, 5, 6}) == {1, 2, 3}
    assert speakers([text, *names, *notes], {0, 4, 5, 6}) == frozenset()


def test_footnotes_below_what_is_kept_stay() -> None:
    body = (
        f"{FIRST}{SECOND}{THIRD}<div class=footnotes><hr><ol><li id=n><p>Blue is no genre. "
        "<a href=#r>↩</a></p></li></ol></div>"
    )

    assert shown(body)[-1] == "Blue is no genre. ↩"


# --- Phrases ---


def test_a_phrase_that_is_all_of_a_block_hides_it_on_a_page() -> None:
    assert "Advertisement" not in shown(f"{FIRST}<div>Advertisement</div>{SECOND}{THIRD}")


def test_a_phrase_that_heads_a_part_or_says_where_a_text_first_appeared_stays() -> None:
    body = f"{FIRST}<h2>FAQ</h2>{SECOND}<p>This article was originally published in the Tide.</p>{THIRD}"

    assert {"FAQ", "This article was originally published in the Tide."} <= set(shown(body))


def test_a_phrase_hides_nothing_where_no_furniture_was_found() -> None:
    page = f"<body><h1>Ice</h1>{FIRST}<p>Advertisement</p>{SECOND}</body>"
    article = split(parse(page.encode(), ".html"), "page")[0]

    assert judge(article, packaged_rules()).verdicts == (None,) * 4


def test_a_heading_above_tabs_is_kept_with_the_code_in_them() -> None:
    heading = cell(0, "Installing", kind=BlockKind.HEADING, boxes=(10, 1))
    tabs = [cell(at, label, boxes=(20 + at, 15, 1), linked=0.3) for at, label in ((1, "npm"), (2, "pip"))]
    labels = [cell(its.at, its.text, boxes=its.markup.boxes) for its in tabs]
    code = cell(3, "npm install ferry", kind=BlockKind.CODE, boxes=(30, 29, 28, 27, 1))

    assert 0 in in_full([heading, *labels, code], {3})
    assert 0 not in in_full([heading, *tabs, code], {3})
