"""Tables: columns below each other, or a cell a line; and where their offsets stand."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.importers import parse
from reader.layout import Page, lay_out, plain_lines
from reader.layout.cells import cells_of
from reader.layout.tables import cells_in
from reader.model import Article, BlockKind, Ledger
from reader.splitting import split

DEPTHS = (("", "At low tide", "At high tide"), ("North Bay", "3", "12.5"), ("漢字 Port", "", "7"))
WORDS = st.sampled_from(("", "a", "North Bay", "12.5", "漢字", "a word and some more of them", "e\u0301"))
TABLES = st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=5)


def article_with(rows: list[tuple[str, ...]] | tuple[tuple[str, ...], ...]) -> Article:
    """Read a page that holds one table."""
    written = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return split(parse(f"<h1>Depths</h1><p>Words.</p><table>{written}</table>".encode(), ".html"), "page")[0]


def page_of(article: Article, width: int = 60) -> Page:
    """Set an article that is kept whole."""
    return lay_out(article, Ledger((None,) * len(article.blocks)), width, reveal=True)


def rows_of(page: Page) -> list[str]:
    """Return the lines of the table of a page."""
    kinds = [block.kind for block in page.article.blocks]
    return list(plain_lines(page))[page.tops[kinds.index(BlockKind.ROW)] :]


def test_cells_stand_below_each_other() -> None:
    assert rows_of(page_of(article_with(DEPTHS)))[1:] == [
        "          │ At low tide │ At high tide",
        "North Bay │ 3           │ 12.5",
        "漢字 Port │             │ 7",
    ]


def test_a_table_too_wide_for_the_page_has_a_cell_a_line() -> None:
    rows = (("Port", "What one finds there"), ("Bay", "A long quay of granite"))

    assert rows_of(page_of(article_with(rows), 16))[1:] == [
        "Port",
        "│ What one finds",
        "there",
        "",
        "Bay",
        "│ A long quay of",
        "granite",
    ]


def test_a_row_without_words_is_none() -> None:
    article = article_with((("A", "B"), ("", " "), ("C", "D")))

    assert [article.text_of(block) for block in article.blocks if block.kind is BlockKind.ROW] == [
        "A | B",
        "C | D",
    ]


def test_a_bar_inside_a_word_parts_no_cells() -> None:
    assert len(cells_in("a|b | c", 0, 7)) == 2


def test_a_click_on_the_blanks_of_a_cell_reaches_the_end_of_its_words() -> None:
    page = page_of(article_with(DEPTHS))
    line, cell = page.cell_of(page.text.index("12.5"))

    assert page.text[page.offset_at(line, cell)] == "1"
    assert page.offset_at(line, cell - 6) == page.text.index("3 | 12.5")


@given(TABLES, st.integers(8, 70))
def test_no_line_of_a_table_is_wider_than_the_page(rows: list[tuple[str, ...]], width: int) -> None:
    page = page_of(article_with(rows), width)

    assert all(cells_of(line) <= width for line in plain_lines(page))


@given(TABLES, st.integers(8, 70))
def test_the_cell_of_an_offset_in_a_table_is_at_that_offset(rows: list[tuple[str, ...]], width: int) -> None:
    page = page_of(article_with(rows), width)

    for line, (start, end) in enumerate(zip(page.lines.starts, page.lines.ends, strict=True)):
        for offset in range(start, end):
            there, cell = page.cell_of(offset)
            if page.text[offset] != "\u0301":
                assert (there, page.offset_at(there, cell)) == (line, offset)


@given(TABLES, st.integers(8, 70))
def test_parts_of_a_line_make_up_the_line(rows: list[tuple[str, ...]], width: int) -> None:
    page = page_of(article_with(rows), width)

    for line, (start, end) in enumerate(zip(page.lines.starts, page.lines.ends, strict=True)):
        cuts = sorted({start, *(offset for offset in range(start, end, 3)), end})
        if page.text[start:end].isascii() and start < end:
            pieces = [page.words_between(line, low, high) for low, high in pairwise(cuts)]
            assert "".join(pieces) == page.words_of(line)
