"""Books and messages: what is read of an archive, and what an archive cannot do."""

import io
import zipfile
from pathlib import Path

import pytest

from reader.errors import UnreadableSource
from reader.importers import parse
from reader.inert import is_inert
from reader.layout import links_of
from reader.markup import MarkKind
from reader.model import BlockKind
from reader.splitting import split

HOSTILE = Path(__file__).parent / "samples" / "formats"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="O/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
    "<dc:title>Two tides</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ray</dc:creator>"
    "<dc:date>2025-01-21T00:00:00Z</dc:date><dc:language>en-GB</dc:language>"
    "<dc:publisher>Quay Press</dc:publisher>"
    '</metadata><manifest><item id="b" href="b%20b.xhtml"/><item id="a" href="a.xhtml"/></manifest>'
    '<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="none"/>'
    '<itemref idref="a"/></spine></package>'
)
LETTER = (
    b'From: "Ann Lee" <ann@quay.example>\r\nSubject: =?utf-8?q?Tides_=E2=80=94_1?=\r\n'
    b"Date: Tue, 21 Jan 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain words\r\n"
    b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<p>Caf=C3=A9 at <b>noon</b></p>\r\n--b--\r\n"
)


def book(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {"META-INF/container.xml": CONTAINER, "O/p.opf": PACKAGE, **files}.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_the_chapters_of_a_book_stand_in_the_order_of_its_spine_each_once() -> None:
    source = parse(
        book(
            **{
                "O/b b.xhtml": "<h1>Ebb</h1><p>Low <em>water</em>.</p>",
                "O/a.xhtml": "<h1>Flood</h1><p>High.</p>",
            }
        ),
        ".epub",
    )

    assert source.text.split("\n\n") == ["Flood", "High.", "Ebb", "Low water."]
    assert [block.kind for block in source.blocks[::2]] == [BlockKind.HEADING] * 2
    assert [mark.kind for mark in source.blocks[-1].marks] == [MarkKind.EMPHASIS]


def test_the_links_within_a_book_lead_to_its_notes_and_chapters() -> None:
    flood = (
        "<h1>Flood</h1><p id='p1'>High<a href='b%20b.xhtml#n1'>1</a>, then <a href='b%20b.xhtml'>ebb</a>.</p>"
    )
    notes = "<h1>Ebb</h1><p>Low.</p><p><a id='n1'/><a href='a.xhtml#p1'>1</a> As the almanac has it.</p>"
    (article,) = split(parse(book(**{"O/a.xhtml": flood, "O/b b.xhtml": notes}), ".epub"), "book")

    within = [(link.words, article.text_of(link.target)) for link in links_of(article) if link.target]

    assert within == [("1", "1 As the almanac has it."), ("ebb", "Ebb"), ("1", "High1, then ebb.")]


def test_a_link_of_a_book_that_leads_nowhere_is_none() -> None:
    words = "<p>High<a href='none.xhtml#n1'>1</a> <a href='#x'>2</a> <a href='../../etc/passwd'>3</a></p>"
    (article,) = split(parse(book(**{"O/a.xhtml": words}), ".epub"), "book")

    assert links_of(article) == ()


def test_a_book_is_one_article_with_the_title_authors_and_language_it_names() -> None:
    articles = split(parse(book(**{"O/a.xhtml": "<p>High.</p>"}), ".epub"), "book")

    assert [(a.title, a.author, a.date, a.lang, a.source) for a in articles] == [
        ("Two tides", "Ann Lee; Bo Ray", "2025-01-21", "en", "Quay Press")
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("bomb_50mb", "unpacks to far more"),
        ("container_traversal", "is not in it"),
        ("cut", "not a whole EPUB"),
        ("encrypted_flag", "encrypted"),
        ("laughs", "entities"),
        ("no_opf", "is not in it"),
        ("xxe", "entities"),
    ],
)
def test_a_hostile_book_is_refused_with_its_reason(name: str, why: str) -> None:
    with pytest.raises(UnreadableSource, match=why):
        parse((HOSTILE / f"{name}.epub").read_bytes(), ".epub")


@pytest.mark.parametrize("name", ["ok", "traversal", "spine_cycle", "dup_names", "escape_title"])
def test_an_odd_book_opens_and_stays_inert(name: str) -> None:
    article = split(parse((HOSTILE / f"{name}.epub").read_bytes(), ".epub"), name)[0]

    assert article.blocks
    assert is_inert(article.title)
    assert "root:" not in article.text


def test_a_book_of_too_many_files_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="20,000"):
        parse(book(**{f"f{number}": "" for number in range(20_001)}), ".epub")


def test_a_letter_is_read_from_its_page_with_its_headers() -> None:
    article = split(parse(LETTER, ".eml"), "letter")[0]

    assert (article.title, article.author, article.date) == ("Tides — 1", "Ann Lee", "2025-01-21")
    assert article.text.endswith("Café at noon")


def test_a_letter_without_a_page_is_read_from_its_plain_text() -> None:
    source = parse(b"Subject: Tides\r\nFrom: a@quay.example\r\n\r\nHigh water.\r\n\r\nLow water.\r\n", ".eml")

    assert source.text == "High water.\n\nLow water."


def test_a_message_of_parts_in_parts_without_end_is_refused() -> None:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3_000))

    with pytest.raises(UnreadableSource, match="nested too deep"):
        parse(f"Subject: Boats\n{parts}Content-Type: text/plain\n\nwords\n".encode(), ".eml")


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Tides_=E2=80=94?= =?utf-8?b?w6k=?= plain", "Tides —é plain"),
        ("=?utf-8?q?Low?=\n =?utf-8?q?_water?=", "Low water"),
        ("Ünï — raw =?utf-8?q?x?= Ж", "Ünï — raw x Ж"),
        ("=?no-such?q?Tides?=", "Tides"),
        ("=?utf-8?b?abcde?=", "=?utf-8?b?abcde?="),
        ("=?utf-8?q?=1B[31mred=0A?=", "␛[31mred"),
        ("=?utf-8?q?a?= " * 250, "a" * 250),
    ],
)
def test_the_words_of_a_header_are_decoded_as_far_as_they_can_be(subject: str, title: str) -> None:
    source = parse(f"Subject: {subject}\n\nwords\n".encode(), ".eml")

    assert source.metadata is not None
    assert source.metadata.title == title


@pytest.mark.parametrize(
    "charset", ["utf-8\0", "rot13", "no-such", "utf-7", "unicode_escape", "undefined", "idna"]
)
def test_a_letter_in_an_encoding_that_is_none_opens(charset: str) -> None:
    content = f'Subject: Boats\nContent-Type: text/html; charset="{charset}"\n\n<p>words +2AA- \\ud800</p>'

    text = parse(content.encode(), ".eml").text

    assert text.startswith("words")
    assert text.encode("utf-8").decode("utf-8") == text


def test_a_page_saved_whole_keeps_its_address() -> None:
    saved = (
        b"Subject: Tides\r\nSnapshot-Content-Location: https://quay.example/tides\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n"
        b"<h1>Tides</h1><p>High.</p>\r\n--b\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--b--\r\n"
    )

    article = split(parse(saved, ".mhtml"), "page")[0]

    assert (article.title, article.url) == ("Tides", "https://quay.example/tides")
    assert "PNG" not in article.text


@pytest.mark.parametrize(
    "content", [b"", b"just words", b"\xff\xfe\x00", b"Subject: x\r\nContent-Type: image/png\r\n\r\nx"]
)
def test_what_is_no_message_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match="message"):
        parse(content, ".eml")
