"""Markdown: its blocks, its marks, its front matter, and what is hostile in it."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.importers import parse
from reader.inert import is_inert
from reader.markup import MarkKind
from reader.model import BLOCK_GAP, BlockKind, Source
from reader.splitting import split

HOSTILE = Path(__file__).parent / "samples" / "formats"
MARKDOWN = st.text(alphabet="ab #*_`>-+|[]()<!\n1.&;\x1b~\t", max_size=300)


def read(text: str) -> Source:
    return parse(text.encode(), ".md")


def words(source: Source) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks]


def test_a_table_without_end_is_read_as_lines() -> None:
    row = "|" + "a|" * 600 + "\n"

    source = read(row + row.replace("a", "-") + row * 200)

    assert {block.kind for block in source.blocks} == {BlockKind.PARAGRAPH}


def test_each_kind_of_block_is_known_by_its_line() -> None:
    source = read(
        "# Tides\n\nHigh\nwater.\n\n3. three\n   - deep\n4. four\n\n> so\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx  y\n```\n"
    )

    assert [
        (block.kind, text, block.first_line, block.marker)
        for block, text in zip(source.blocks, words(source), strict=True)
    ] == [
        (BlockKind.HEADING, "Tides", 1, "#"),
        (BlockKind.PARAGRAPH, "High water.", 3, ""),
        (BlockKind.LIST_ITEM, "three", 6, "3."),
        (BlockKind.LIST_ITEM, "deep", 7, "•"),
        (BlockKind.LIST_ITEM, "four", 8, "4."),
        (BlockKind.QUOTE, "so", 10, ""),
        (BlockKind.ROW, "a | b", 12, ""),
        (BlockKind.ROW, "1 | 2", 14, ""),
        (BlockKind.CODE, "x  y", 16, ""),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("> one\n>\n> > two\n> >\n> > > three\n>\n> again\n", ".md"),
        (
            "<blockquote><p>one<blockquote>two<blockquote>three</blockquote></blockquote>again</blockquote>",
            ".html",
        ),
    ],
)
def test_a_quote_in_a_quote_knows_how_deep_it_stands(text: str, name: str) -> None:
    source = parse(text.encode(), name)

    said = dict(zip(words(source), (block.marker for block in source.blocks), strict=True))

    assert said == {"one": "", "two": ">>", "three": ">>>", "again": ""}


def test_a_table_stands_in_one_piece_below_the_names_of_its_columns() -> None:
    source = read(
        "| Rope | Load |\n|------|-----:|\n| hemp | 400 |\n| nylon | 900 |\n\n| Knot |\n|---|\n| eye |\n"
    )

    assert [
        (text, block.blanks_before) for block, text in zip(source.blocks, words(source), strict=True)
    ] == [
        ("Rope | Load", 0),
        ("hemp | 400", 0),
        ("nylon | 900", 0),
        ("Knot", 1),
        ("eye", 0),
    ]
    assert [[source.text[m.start : m.end] for m in block.marks] for block in source.blocks[:2]] == [
        ["Rope", "Load"],
        [],
    ]


def test_emphasis_code_and_links_become_marks_and_their_signs_go() -> None:
    source = read("Some *words*, **strong `code`** and [a link](https://x.example/).")

    assert words(source) == ["Some words, strong code and a link."]
    assert [(m.kind, source.text[m.start : m.end], m.href) for m in source.blocks[0].marks] == [
        (MarkKind.EMPHASIS, "words", ""),
        (MarkKind.STRONG, "strong code", ""),
        (MarkKind.CODE, "code", ""),
        (MarkKind.LINK, "a link", "https://x.example/"),
    ]


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "A day: at sea"\nauthor: [Ann Lee, Bo Ray]\ndate: 2025-01-21T10:00\nlang: en-GB\n---\n',
        "---\ntitle: 'A day: at sea'\nauthors:\n  - Ann Lee\n  - Bo Ray\ndate: 2025-01-21\nlang: en\n---\n",
        '+++\ntitle = "A day: at sea"\nauthor = "Ann Lee; Bo Ray"\ndate = 2025-01-21\nlang = "en"\n+++\n',
    ],
)
def test_front_matter_tells_title_authors_date_and_language(front: str) -> None:
    article = split(read(f"{front}\nWords of the day.\n"), "day")[0]

    assert (article.title, article.author, article.date, article.lang) == (
        "A day: at sea", "Ann Lee; Bo Ray", "2025-01-21", "en",
    )  # fmt: skip
    assert article.blocks[-1].first_line == front.count("\n") + 2


@pytest.mark.parametrize("number", ["1" * 5000, f"0x{'f' * 5000}"], ids=["decimal", "hexadecimal"])
def test_front_matter_with_a_number_of_thousands_of_digits_is_text(number: str) -> None:
    source = read(f"+++\ntitle = {number}\n+++\n\nWords.\n")

    assert source.metadata is None
    assert words(source)[-1] == "Words."


def test_what_is_longer_than_any_front_matter_is_text() -> None:
    source = read("---\ntags:\n" + "- fog\n" * 4000 + "---\n\nWords.\n")

    assert source.metadata is None
    assert words(source)[-1] == "Words."


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    source = read("---\n\nWords.\n\n---\n")

    assert source.metadata is None
    assert words(source) == ["Words."]


def test_a_page_inside_markdown_is_read_as_one_and_never_run() -> None:
    source = read("<div>seen<script>EVIL()</script></div>\n")

    assert words(source) == ["seen"]


def test_lists_nested_without_end_are_read() -> None:
    source = parse((HOSTILE.parent / "hostile" / "deep_lists.md").read_bytes(), ".md")

    assert source.text.startswith("a")


@given(text=MARKDOWN)
@settings(max_examples=150, deadline=None)
def test_any_markdown_gives_blocks_that_tile_an_inert_text(text: str) -> None:
    source = read(text)

    assert BLOCK_GAP.join(words(source)) == source.text
    assert all(is_inert(line) for line in source.text.split("\n"))
    assert all(0 <= m.start < m.end <= b.end - b.start for b in source.blocks for m in b.marks)
