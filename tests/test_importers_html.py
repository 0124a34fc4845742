"""Pages: what is read of them, what they say of themselves, and what they cannot do."""

import resource
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cleaning import judge, packaged_rules
from reader.errors import UnreadableSource
from reader.importers import parse
from reader.importers.html_decoding import decode_page
from reader.inert import is_inert
from reader.layout import lay_out, links_of, plain_lines
from reader.markup import MarkKind, Metadata
from reader.model import BLOCK_GAP, Article, BlockKind, Category, Ledger, Reason, Source
from reader.splitting import split

HOSTILE = Path(__file__).parent / "samples" / "formats"
PAGE = Path(__file__).parent / "samples" / "pages" / "harbour.html"
HTML = st.text(alphabet="<>/=\"'&; apdivbrtluemscrp\n#x1b\u00a0é\x1b", max_size=400)


def read(page: str) -> Source:
    return parse(page.encode(), ".html")


def article_of(page: str) -> Article:
    return split(read(page), "page")[0]


def words(source: Source) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks]


def metadata(head: str, body: str = "<p>Words.</p>") -> Metadata:
    found = read(f"<html><head>{head}</head><body>{body}</body></html>").metadata
    assert found is not None
    return found


def kept(article: Article) -> list[str]:
    verdicts = judge(article, packaged_rules()).verdicts
    return [article.text_of(b) for b, v in zip(article.blocks, verdicts, strict=True) if v is None]


# --- Blocks ---


def test_each_block_of_a_page_stands_in_reading_order_with_its_kind() -> None:
    source = read(
        "<nav><a href='/'>Home</a></nav><h2>Tides</h2><p>High water.</p>"
        "<blockquote><p>So it was.</p></blockquote>"
        "<figure><img src=x><figcaption>The quay</figcaption></figure><pre>a  b\n  c</pre>"
        "<footer>Since 1901</footer>"
    )

    assert [(block.kind, text) for block, text in zip(source.blocks, words(source), strict=True)] == [
        (BlockKind.PARAGRAPH, "Home"),
        (BlockKind.HEADING, "Tides"),
        (BlockKind.PARAGRAPH, "High water."),
        (BlockKind.QUOTE, "So it was."),
        (BlockKind.CAPTION, "The quay"),
        (BlockKind.CODE, "a  b\n  c"),
        (BlockKind.PARAGRAPH, "Since 1901"),
    ]


def test_lists_in_lists_keep_their_numbers_bullets_and_depth() -> None:
    source = read("<ol start=3><li>Three<ul><li>Deep</li></ul></li><li>Four</li></ol>")

    assert [(block.marker, block.indent) for block in source.blocks] == [("3.", 0), ("•", 2), ("4.", 0)]


def test_a_table_of_words_becomes_rows_of_cells() -> None:
    source = read("<table><tr><th>Port</th><th>Depth</th></tr><tr><td>Bay</td><td>3 m</td></tr></table>")

    assert words(source) == ["Port | Depth", "Bay | 3 m"]
    assert {block.kind for block in source.blocks} == {BlockKind.ROW}


def test_cells_that_span_columns_without_end_leave_a_row_short() -> None:
    source = read(f"<table><tr>{'<td colspan=99999 rowspan=99999>x' * 50}<tr><td>y<td>z</table>")

    assert max(block.end - block.start for block in source.blocks) < 300


def test_cells_that_span_rows_and_columns_leave_the_others_in_their_columns() -> None:
    rows = (
        "<tr><th>Name<th>Unit<th>Meaning",
        "<tr><td rowspan=3>time<td>UTC<td>of high water",
        "<tr><td>local<td>if known",
        "<tr><td>sun",
        "<tr><td colspan=2>all<td>may be empty",
        "<tr><td colspan=99999999 rowspan=0>x<td>y",
    )

    assert words(read(f"<table>{''.join(rows)}</table>"))[1:5] == [
        "time | UTC | of high water",
        "| local | if known",
        "| sun",
        "all | | may be empty",
    ]


def test_a_table_that_lays_out_the_page_is_no_table_of_words() -> None:
    source = read("<table><tr><td><p>Menu</p></td><td><p>Story</p></td></tr></table>")

    assert words(source) == ["Menu", "Story"]


def test_line_breaks_part_lines_and_two_part_paragraphs() -> None:
    source = read("<div>one<br>two<br><br>three</div>")

    assert [
        (text, block.blanks_before) for text, block in zip(words(source), source.blocks, strict=True)
    ] == [
        ("one", 1),
        ("two", 0),
        ("three", 1),
    ]


def test_marks_stand_on_their_words_whatever_white_space_is_around() -> None:
    source = read(
        "<p> Wind  from\n <em> the north </em>, says <a href='https://x.example/log'>the <b>log</b></a>.</p>"
    )

    assert words(source) == ["Wind from the north , says the log."]
    assert [(m.kind, words(source)[0][m.start : m.end], m.href) for m in source.blocks[0].marks] == [
        (MarkKind.EMPHASIS, "the north", ""),
        (MarkKind.LINK, "the log", "https://x.example/log"),
        (MarkKind.STRONG, "log", ""),
    ]


@pytest.mark.parametrize("marked", ['epub:type="noteref"', 'role="doc-noteref"'])
def test_the_number_of_a_note_in_a_book_stands_small(marked: str) -> None:
    source = read(f'<p>A boat was lost.<a {marked} href="notes.xhtml#n1">12</a></p>')

    assert source.text == "A boat was lost.¹²"


def test_numbers_above_and_below_the_line_are_written_so() -> None:
    source = read(
        "<p>H<sub>2</sub>O, 10<sup>-3</sup>, the lock<sup><a href=#1>12</a></sup>, 2<sup>nd</sup></p>"
    )

    assert source.text == "H₂O, 10⁻³, the lock¹², 2nd"
    assert [(mark.start, mark.end) for mark in source.blocks[0].marks] == [(19, 21)]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>She called it <q>a monument</q>.", "She called it “a monument”."),
        ("<p>She said <q>«No.»</q>", "She said «No.»"),
        ("<p><q>No,</q> she said, <q><b>never</b></q>", "“No,” she said, “never”"),
    ],
)
def test_what_is_marked_as_a_quotation_has_quotation_marks(page: str, said: str) -> None:
    assert read(page).text == said


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("The old bridge<span>Comments: many</span>", "The old bridge Comments: many"),
        ("<span>Politics</span>The bridge", "Politics The bridge"),
        ("<span>T</span>he bridge of <b>old</b>timers", "The bridge of oldtimers"),
        ("1.1. Columns<a href=#c>¶</a>", "1.1. Columns"),
        ("<a href=#c>#</a> Columns", "Columns"),
    ],
)
def test_of_a_heading_neither_neighbours_are_glued_to_it_nor_its_sign_is_read(
    heading: str, said: str
) -> None:
    assert read(f"<h2>{heading}</h2>").text == said


def test_a_heading_that_is_linked_to_itself_leads_nowhere() -> None:
    source = read(
        "<h2><a href=#c>Columns</a></h2><h2><a href=/c>Rows</a></h2><dl><dt><a href=#t>neap</a></dl>"
    )

    assert [block.markup.link_density for block in source.blocks if block.markup] == [0.0, 1.0, 0.0]


def test_a_count_that_is_named_so_or_glued_is_no_part_of_a_heading() -> None:
    source = read("<h1>The old bridge <i>stays</i><span class=comment-count>12 remarks</span></h1><p>So.</p>")

    glued = read("<h1>Мост вернулся<span>Комментарии: 12</span></h1>")

    assert words(source) == ["The old bridge stays", "12 remarks", "So."]
    assert words(glued) == ["Мост вернулся", "Комментарии: 12"]
    assert [block.kind for block in source.blocks] == ["heading", "paragraph", "paragraph"]


def test_who_said_a_quote_stands_in_no_footer_of_the_page() -> None:
    source = read(
        "<blockquote><p>We shall cross it.</p><footer>Piet Roos</footer></blockquote><footer>©</footer>"
    )

    assert ["<footer>" in b.markup.around for b in source.blocks if b.markup] == [False, False, True]


def test_a_count_behind_the_headline_is_no_part_of_the_title() -> None:
    heading = "<h1>The old bridge stays<span>Comments: 12</span></h1>"

    assert (
        article_of(f"<title>The old bridge stays | Quay</title>{heading}<p>So.</p>").title
        == "The old bridge stays"
    )


def test_a_block_knows_the_line_of_the_file_it_begins_in() -> None:
    source = read(
        "<html>\n<head><script>'second'</script></head>\n<body>\n<p>first</p>\n\n<p>second &amp; last</p>\n"
    )

    assert [block.first_line for block in source.blocks] == [4, 6]


def test_a_block_below_a_long_script_knows_its_line_too() -> None:
    script = "<script>\n" + "x = 'So.';" * 40_000 + "\n</script>\n"

    assert read(f"{script}<p>So.</p>").blocks[0].first_line == 4


def test_link_density_is_the_share_of_linked_letters() -> None:
    blocks = read("<p><a href=x>four</a>four</p><p>none</p>").blocks

    assert [block.markup.link_density for block in blocks if block.markup] == [0.5, 0.0]


# --- Metadata ---


def test_json_ld_tells_title_author_date_and_site() -> None:
    told = metadata(
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "Quay"}, {"@type": '
        '"NewsArticle", "headline": "High water", "author": [{"name": "Ann Lee"}, {"name": "Bo Ray"}], '
        '"datePublished": "2025-01-21T10:00:00Z", "publisher": {"name": "The Quay"}}]}</script>'
    )

    assert told[:4] == ("High water", "Ann Lee; Bo Ray", "2025-01-21", "The Quay")


def test_meta_names_tell_what_json_ld_does_not() -> None:
    told = metadata(
        '<meta property="og:title" content="High water - The Quay">'
        '<meta property="og:site_name" content="The Quay">'
        '<meta name="author" content="Ann Lee">'
        '<meta property="article:published_time" content="2025-01-21T10:00">'
        '<link rel="canonical" href="https://quay.example/tides">'
    )

    assert told == Metadata(
        "High water", "Ann Lee", "2025-01-21", "The Quay", "", "https://quay.example/tides"
    )


def test_a_heading_that_the_page_names_is_its_title_and_the_sites_name_is_not() -> None:
    told = metadata(
        "<title>High water at noon | The Quay</title>", "<h1>The Quay News</h1><h1>High water at noon</h1>"
    )

    assert told.title == "High water at noon"


@pytest.mark.parametrize(
    "broken", ["{", "[" * 5_000, '{"@graph": {"@graph": 3}}', "null", '{"@type": ["Article"]}']
)
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    told = metadata(f'<title>High water</title><script type="application/ld+json">{broken}</script>')

    assert told.title == "High water"


def test_an_address_that_is_not_of_the_web_is_no_address() -> None:
    assert metadata('<link rel="canonical" href="javascript:alert(1)">').url == ""


def test_the_title_is_a_block_of_the_article_even_if_no_heading_says_it() -> None:
    article = article_of("<html lang=en><title>High water</title><p>It rose at noon.</p>")

    assert (article.title, article.lang) == ("High water", "en")
    assert [(b.kind, article.text_of(b)) for b in article.blocks] == [
        (BlockKind.TITLE, "High water"),
        (BlockKind.PARAGRAPH, "It rose at noon."),
    ]


# --- Encodings ---


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        ('<meta charset="windows-1251"><p>Привет'.encode("cp1251"), "Привет", "cp1251"),
        ('<meta charset="iso-8859-1"><p>“so”'.encode("cp1252"), "“so”", "cp1252"),
        ('<meta charset="gb2312"><p>中文'.encode("gb18030"), "中文", "gb18030"),
        ('<meta charset="latin-1"><p>é'.encode(), "é", "utf-8"),
        ('<meta charset="utf-8"><p>é'.encode("utf-16"), "é", "utf-16-le"),
    ],
)
def test_a_page_is_read_in_the_encoding_it_is_in_rather_than_the_one_it_names(
    content: bytes, text: str, encoding: str
) -> None:
    decoded = decode_page(content)

    assert decoded.text.endswith(text)
    assert decoded.encoding == encoding


@pytest.mark.parametrize("said", ["rot13", "zlib", "unicode_escape", "idna", "no-such", "undefined", "utf-8"])
def test_an_encoding_that_is_none_is_not_believed(said: str) -> None:
    decoded = decode_page(f'<meta charset="{said}"><p>café “quoted”'.encode("cp1252"))

    assert decoded.text.endswith("café “quoted”")


def test_what_the_server_named_is_asked_where_the_bytes_do_not_tell() -> None:
    words = "<p>Λιμάνι"

    assert decode_page(words.encode("cp1253"), "windows-1253") == (words, "cp1253", False)
    assert decode_page(words.encode(), "windows-1253").text == words


def test_a_page_is_believed_before_its_server() -> None:
    page = '<meta charset="windows-1253"><p>Λιμάνι'

    assert decode_page(page.encode("cp1253"), "koi8-r").text == page


# --- What a page cannot do ---


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.html")), ids=lambda path: path.name)
def test_hostile_pages_open_inert_and_tile_their_text(path: Path) -> None:
    article = split(parse(path.read_bytes(), ".html"), path.stem)[0]

    assert article.text.replace("\n", "")
    assert all(is_inert(line) for line in article.text.split("\n"))
    assert BLOCK_GAP.join(article.text_of(block) for block in article.blocks) == article.text


def test_scripts_and_styles_are_never_words() -> None:
    text = parse((HOSTILE / "scripts.html").read_bytes(), ".html").text

    assert "visible text" in text
    assert not [word for word in ("EVIL", "COMMENT", "script") if word in text]


def test_words_without_closing_tags_stand_in_order() -> None:
    text = parse((HOSTILE / "unclosed.html").read_bytes(), ".html").text

    places = [text.index(word) for word in ("one", "two", "three", "four", "cell", "five")]
    assert places == sorted(places)


@pytest.mark.parametrize("tag", ["div", "b", "span", "table><tr><td", "blockquote", "ul><li"])
def test_elements_nested_without_end_are_read_flat(tag: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    source = read(f"<{tag}>" * 60_000 + "deep words")

    assert source.text == "deep words"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB


@pytest.mark.parametrize(
    "path", sorted(p for s in ("xml", "atom", "opml") for p in HOSTILE.glob(f"*.{s}")), ids=str
)
def test_feeds_and_lists_of_links_are_refused_as_no_article(path: Path) -> None:
    content = path.read_bytes()
    if b"<html" in content:
        assert "Login" in parse(content, path.suffix).text
        return

    with pytest.raises(UnreadableSource, match="not an article"):
        parse(content, path.suffix)


@given(page=HTML)
@settings(max_examples=150, deadline=None)
def test_any_page_gives_blocks_that_tile_an_inert_text(page: str) -> None:
    source = read(page)

    assert BLOCK_GAP.join(words(source)) == source.text
    assert all(is_inert(line) for line in source.text.split("\n"))
    assert all(
        0 <= mark.start < mark.end <= block.end - block.start and is_inert(mark.href)
        for block in source.blocks
        for mark in block.marks
    )


# --- What of a page is the article ---


def test_the_furniture_of_a_page_is_hidden_and_its_article_stays() -> None:
    article = split(parse(PAGE.read_bytes(), ".html"), "harbour")[0]

    shown = " ".join(kept(article))
    assert article.title == "The harbour that learned to listen"
    assert "the first microphone went into the water" in shown
    assert "what the seals had known all along" in shown
    assert not [words for words in ("Subscribe", "Privacy", "Most read", "Leave a comment") if words in shown]


def test_each_hidden_block_of_a_page_says_why() -> None:
    article = split(parse(PAGE.read_bytes(), ".html"), "harbour")[0]
    reasons = [reason for reason in judge(article, packaged_rules()).verdicts if reason]

    assert reasons
    assert all(reason.words and reason.rule.startswith("markup.") for reason in reasons)


def test_judging_a_page_twice_gives_the_same_verdicts() -> None:
    article = split(parse(PAGE.read_bytes(), ".html"), "harbour")[0]

    assert judge(article, packaged_rules()) == judge(article, packaged_rules())


@pytest.mark.parametrize("page", ["<nav><a href=/>Home</a></nav>", "<footer>© 2025 The Quay</footer>"])
def test_a_page_without_an_article_is_shown_whole_and_that_is_said(page: str) -> None:
    article = article_of(page)
    ledger = judge(article, packaged_rules())

    assert (ledger.hidden, bool(ledger.note)) == (0, True)


# --- What a reader sees of it ---


def test_links_of_hidden_blocks_are_not_listed_and_relative_ones_are_completed() -> None:
    article = article_of(
        "<title>High water</title><link rel=canonical href='https://quay.example/news/tides'>"
        "<p><a href='../log'>log</a> <a href='javascript:x'>no</a></p><nav><a href='/home'>Home</a></nav>"
    )
    hidden = Reason("markup.place", Category.NAV, "menu")
    ledger = Ledger(tuple(hidden if "Home" in article.text_of(block) else None for block in article.blocks))

    assert tuple(link.address for link in links_of(article, ledger)) == ("https://quay.example/log",)
    assert tuple(link.address for link in links_of(article)) == (
        "https://quay.example/log",
        "https://quay.example/home",
    )


@pytest.mark.parametrize("page", ["", "https://quay.example/news/tides"])
def test_the_number_of_a_footnote_leads_to_the_note_and_back(page: str) -> None:
    article = article_of(
        "<title>High water</title><link rel=canonical href='https://quay.example/news/tides'>"
        f"<p>The lock<a id=ref1 href='{page}#note1'><sup>1</sup></a> was shut. <a href='#none'>None</a></p>"
        f"<ol><li id=note1>By hand. <a href='{page}#ref1'>back</a></li></ol>"
        f"<h2 id=more>More<a href='{page}#more'>¶</a></h2>"
    )

    links = [(link.words, article.text_of(link.target) if link.target else "") for link in links_of(article)]

    assert links == [
        ("¹", "By hand. back"),
        ("None", ""),
        ("back", "The lock¹ was shut. None"),
    ]


def test_a_link_within_an_article_to_what_is_hidden_is_not_listed() -> None:
    article = article_of("<title>High water</title><p>So <a href='#menu'>go on</a>.</p><p id=menu>Home</p>")
    hidden = Reason("markup.place", Category.NAV, "menu")
    ledger = Ledger(tuple(hidden if "Home" in article.text_of(block) else None for block in article.blocks))

    assert len(links_of(article)) == 1
    assert links_of(article, ledger) == ()


def test_verses_stand_line_below_line_and_long_paragraphs_apart() -> None:
    long = "The captain said that the fog had been thicker than any she remembered."
    article = article_of(f"<p>The pot is black,<br>the sea comes back.<br><br>{long}<br>{long}</p><p>So.</p>")

    page = lay_out(article, Ledger((None,) * len(article.blocks)), 90, reveal=False)

    assert list(plain_lines(page)) == [
        *("", "The pot is black,", "the sea comes back.", "", long, "", long, "", "So."),
    ]


def test_the_marks_of_a_line_stand_where_its_words_do() -> None:
    article = article_of(
        "<title>High water</title><p>It rose " + "very " * 20 + "<em>slowly</em> at noon.</p>"
    )
    page = lay_out(article, Ledger((None, None)), 40, reveal=False)

    marked = [(line, mark) for line in range(page.line_count) for mark in page.marks_of(line)]
    assert [article.text[mark.start : mark.end] for _, mark in marked] == ["slowly"]
    assert all("slowly" in page.words_of(line) for line, _ in marked)
