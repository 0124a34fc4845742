"""Lines of a page: code whose lines are elements, and words with their reading beside them."""

from reader.importers import parse
from reader.model import BlockKind, Source


def read(page: str) -> Source:
    return parse(page.encode(), ".html")


def test_code_whose_lines_are_elements_is_one_block_with_its_blank_lines() -> None:
    page = "<pre><code><div>[retry]</div><div>times = 5</div><div>\n</div><div>  wait = 2</div></code></pre>"

    source = read(page)

    assert source.text == "[retry]\ntimes = 5\n\n  wait = 2"
    assert [block.kind for block in source.blocks] == [BlockKind.CODE]


def test_code_in_the_rows_of_a_table_has_a_line_for_each() -> None:
    assert read("<pre><table><tr><td>one</td></tr><tr><td>two</td></tr></table></pre>").text == "one\ntwo"


def test_what_follows_code_with_elements_is_no_code() -> None:
    kinds = [block.kind for block in read("<pre><div>a</div></pre><p>Words.</p>").blocks]

    assert kinds == [BlockKind.CODE, BlockKind.PARAGRAPH]


def test_how_a_word_is_read_stands_in_brackets_behind_it() -> None:
    assert read("<p><ruby>昼間<rt>ひるま</rt></ruby>に働く</p>").text == "昼間（ひるま）に働く"


def test_brackets_around_a_reading_are_not_doubled() -> None:
    assert read("<p><ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby></p>").text == "港(みなと)"


def test_links_that_a_page_draws_apart_are_not_glued() -> None:
    page = (
        "<a href=/n>News</a><a href=/s>sport</a> and <b>b</b><i>c</i>, <a href=/1>[1]</a><a href=/2>[2]</a>"
    )

    assert read(page).text == "News sport and bc, [1][2]"
