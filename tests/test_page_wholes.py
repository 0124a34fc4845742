"""What of a page is one thing: tables, accordions, the header of an article, the posts of a thread."""

import pytest

from reader.cleaning.markup import body_cells
from reader.cleaning.markup_wholes import wholes
from tests.test_pages import MENU, STORY, article_in, texts

STANDFIRST = "A slip that nobody has used since the war is to be mended, and nobody knows for which boats"
ROWS = (("Month", "Boats", "Tides"), ("January", "212", "41"), ("February", "198", "39"))
FOOT = "<footer><p>© 2025 The Quay</p><a href=/terms>Terms</a> <a href=/privacy>Privacy</a></footer>"


def table(rows: tuple[tuple[str, ...], ...] = ROWS, *, caption: str = "") -> str:
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table>{f'<caption>{caption}</caption>' if caption else ''}{cells}</table>"


def shown(body: str) -> list[str]:
    return texts(article_in(f"{MENU}{body}{FOOT}"), hidden=False)


# --- The header of an article ---


@pytest.mark.parametrize("name", ["standfirst", "dek", "sub", ""])
def test_a_standfirst_in_the_header_of_an_article_is_shown(name: str) -> None:
    header = f"<header><h1>The old slip</h1><p class={name or 'x'}>{STANDFIRST}</p></header>"

    assert STANDFIRST in shown(f"<main><article>{header}<div class=body>{STORY}</div></article></main>")


@pytest.mark.parametrize(
    "line",
    [
        "<p class=byline>By Ann Lee, who has written of boats and slips for The Quay</p>",
        "<p>Updated 9:41 on 19 November 2019, published 8:19 on 18 November 2019</p>",
        "<p><a href=/slips>Read all that we have written of the slips of the harbour</a></p>",
    ],
)
def test_who_wrote_an_article_and_when_is_no_standfirst(line: str) -> None:
    page = f"{MENU}<article><header><h1>The old slip</h1>{line}</header><div>{STORY}</div></article>"
    cells, title = body_cells(article_in(page))
    kept = {cell.at for cell in cells if "stood on the mud" in cell.text}

    assert wholes(cells, kept, title) == frozenset()


# --- Tables ---


@pytest.mark.parametrize("frame", ["{}", "<div class=wrap>{}</div>"])
def test_a_table_beside_the_text_is_shown_whole_with_its_caption(frame: str) -> None:
    page = f"<h1>The old slip</h1>{STORY}{frame.format(table(caption='Boats by month'))}"

    assert shown(page)[-4:] == ["Boats by month", *(" | ".join(row) for row in ROWS)]


def test_a_table_of_links_or_of_a_form_or_with_one_cell_a_row_is_no_part_of_the_text() -> None:
    links = table((('<a href="/1">Ebb</a>', '<a href="/2">Flood</a>'),) * 3)
    form = f"<form>{table((('Name', '*'), ('Mail', '*')))}</form>"
    layout = table((("Written by the harbour", ""), ("Print this", "")))
    cells, title = body_cells(article_in(f"{MENU}<h1>The old slip</h1>{STORY}{links}{form}{layout}"))
    kept = {cell.at for cell in cells if "stood on the mud" in cell.text}

    assert wholes(cells, kept, title) == frozenset()


# --- Accordions ---


@pytest.mark.parametrize(
    ("around", "item"),
    [
        ("<amp-accordion>{}</amp-accordion>", "<section><h4>{}</h4><div><p>{}</p></div></section>"),
        ("<div class=faq>{}</div>", "<div><div class=q>{}</div><div class=a>{}</div></div>"),
        ("<div>{}</div>", "<details><summary>{}</summary><p>{}</p></details>"),
    ],
)
def test_an_accordion_of_which_some_is_the_article_is_shown_whole(around: str, item: str) -> None:
    said = (
        ("Which boats?", "The three that stood on the mud, and whatever else comes in before the winter."),
        ("Who pays?", "The harbour pays for the stones, and those who own the boats bring the sand."),
        ("When?", "When the stones are there."),
    )
    items = around.format("".join(item.format(*one) for one in said))

    page = shown(f"<h1>The old slip</h1><div class=content>{STORY}</div>{items}")

    assert [words for one in said for words in one if words not in page] == []


def test_an_accordion_of_which_nothing_is_the_article_stays_hidden() -> None:
    menu = "<div class=accordion><div><h4>Tides</h4><p>High and low</p></div></div>"
    page = article_in(f"{MENU}<article><h1>The old slip</h1>{STORY}</article><footer>{menu}</footer>")

    assert "High and low" in texts(page, hidden=True)


# --- Threads ---

SAID = ("I saw them stand there.", "We were told that it would hold.", "The ferry is fine in summer.")


def thread(first: str) -> str:
    entry = (
        "<div class='message {}'><div class=username><a href=/u>{}</a></div><div class=text>{}</div></div>"
    )
    replies = "".join(entry.format("reply", f"reader{at}", f"<p>{t}</p>") for at, t in enumerate(SAID))
    return f"<main><h1>The old slip</h1><div>{entry.format('first', 'ann', first)}{replies}</div></main>"


def test_the_short_answers_to_a_long_first_post_are_part_of_the_thread() -> None:
    page = shown(thread(STORY * 2))

    assert [words for words in ("ann", *SAID, "reader2") if words not in page] == []


def test_comments_below_an_article_are_none_of_it() -> None:
    comment = (
        "<div class=comment><div class=author><a href=/u>{}</a></div><div class=text><p>{}</p></div></div>"
    )
    comments = "".join(comment.format(f"reader{at}", text) for at, text in enumerate(SAID))
    byline = "<div class=author><a href=/a>ann</a></div>"
    article = f"<article><h1>The old slip</h1>{byline}<div class=text>{STORY}</div></article>"

    page = shown(f"<main>{article}<section class=comments><h2>Comments</h2>{comments}</section></main>")

    assert [words for words in SAID if words in page] == []
