"""Who wrote a page and when: read from its metadata, else from what it shows near its headline."""

import pytest

from reader.importers import parse
from reader.model import Article
from reader.splitting import split
from reader.splitting.dates import numeric_date_in, without_dates
from reader.splitting.names import is_name, names_in, without_office

HEADLINE = "Twelve boats in one winter"
PROSE = "<p>" + "The harbour was full of ice when the first of them came in. " * 4 + "</p>"


def article_of(beside: str, head: str = "", lang: str = "en") -> Article:
    page = (
        f"<html lang={lang}><title>{HEADLINE}</title>{head}<body><nav><a href=/>Home</a></nav>"
        f"<h1>{HEADLINE}</h1>{beside}{PROSE}{PROSE}</body></html>"
    )
    return split(parse(page.encode(), ".html"), "page")[0]


@pytest.mark.parametrize(
    "byline",
    [
        "<p>By Ann Lee, staff writer • 4 min read</p>",
        "<p>Published August 7, 2023 by Ann Lee</p>",
        "<p>Text by Ann Lee</p>",
        "<p>03/01/2017 by Ann Lee, Representative of the Harbour Committee</p>",
        "<div class=author-name>ANN LEE</div>",
        "<p><a href='/authors/ann-lee'>Ann Lee</a> | Boats</p>",
        "<div class='date and author'>Dec 17, 2025 Ann Lee</div>",
        "<h6>Written by</h6><div>Ann Lee</div>",
        "<meta name=author content='Ann Lee Senior Harbour Reporter'>",
    ],
)
def test_a_name_beside_the_headline_is_the_author(byline: str) -> None:
    assert article_of(byline).author == "Ann Lee"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("<p>מאת: דנה לוי</p>", "דנה לוי"),
        ("<p>كتبت: ليلى حداد</p>", "ليلى حداد"),
        ("<p>作者：王小明</p>", "王小明"),
        ("<p>Γράφει η Άννα Λι</p>", "Άννα Λι"),
        ("<div class='creator-name'>Newsdesk</div>", "Newsdesk"),
    ],
)
def test_a_byline_is_read_in_its_own_language_and_one_word_where_it_is_called_a_name(
    byline: str, author: str
) -> None:
    assert article_of(byline).author == author


@pytest.mark.parametrize(
    "words",
    [
        "<p>By the time the ice broke, nobody was left.</p>",
        "<p>Real Estate</p>",
        "<nav class=author><a href='/authors/bo-ray'>Bo Ray</a></nav>",
        "<p class=author>Senior Editor</p>",
        "<p>By Reuters</p>",
        "<div class=author>Follow</div>",
        "<div class=author-name>Author</div>",
    ],
)
def test_what_is_no_name_of_a_person_is_no_author(words: str) -> None:
    assert article_of(words).author == ""


def test_several_authors_are_named_one_by_one() -> None:
    assert (
        article_of("<p>Written by Ann Lee, Bo Ray and Cy Dee | The Quay</p>").author
        == "Ann Lee; Bo Ray; Cy Dee"
    )


def test_a_list_of_other_articles_names_no_author_of_this_one() -> None:
    others = "".join(f"<div class='entry author'>{name}</div>" for name in ("Ann Lee", "Bo Ray", "Cy Dee"))

    assert article_of(PROSE * 20 + others).author == ""


def test_metadata_go_before_what_is_shown() -> None:
    told = article_of("<p>By Bo Ray</p>", "<meta name=author content='By Ann Lee | The Quay'>")

    assert told.author == "Ann Lee"


def test_a_site_that_names_itself_as_author_gives_way_to_a_name_it_shows() -> None:
    head = "<meta name=author content='The Quay'><meta property=og:site_name content='The Quay'>"

    assert article_of("<p>By Ann Lee</p>", head).author == "Ann Lee"
    assert article_of("", head).author == "The Quay"


def test_an_author_that_json_ld_only_refers_to_is_looked_up() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "'
        + HEADLINE
        + '", "author": {"@id": "#ann"}}, {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}]}</script>'
    )

    assert article_of("", head).author == "Ann Lee"


@pytest.mark.parametrize("author", ["January 10, 2012", "annlee99", "https://quay.example/ann"])
def test_a_date_a_login_or_an_address_is_no_author(author: str) -> None:
    assert article_of("", f"<meta name=author content='{author}'>").author == ""


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "<p>Updated: May 9, 2025</p><p>Published on Mar 5, 2025</p>"),
        ("en", "<p>3/5/2025</p>"),
        ("de", "<p>5/3/2025</p>"),
        ("de", "<p>Stand: 5. März 2025, 18:00</p>"),
        ("zh", "<p>2025年3月5日 来源</p>"),
        ("el", "<p>5 Μαρτίου 2025</p>"),
        ("en", PROSE * 20 + "<p class=dateline>March 5th, 2025</p>"),
    ],
)
def test_the_day_shown_is_the_day_of_publication(lang: str, shown: str) -> None:
    assert article_of(shown, lang=lang).date == "2025-03-05"


def test_times_above_the_headline_are_of_other_stories() -> None:
    others = "<time datetime=2025-01-31>01/31/2025</time>"
    page = f"<title>{HEADLINE}</title>{others}<h1>{HEADLINE}</h1><time datetime=2017-03-01>x</time>{PROSE}"

    assert split(parse(page.encode(), ".html"), "page")[0].date == "2017-03-01"


def test_the_day_stands_under_whatever_name_a_site_has_for_its_publication() -> None:
    assert article_of("", "<meta name=w-published-date content=2025-05-27T06:03:43Z>").date == "2025-05-27"


def test_a_long_name_whose_last_word_is_an_office_is_a_name() -> None:
    assert without_office("Mary Jane Head") == "Mary Jane Head"


def test_a_day_of_an_update_is_better_than_none() -> None:
    assert article_of("<p>Last updated May 9, 2025</p>").date == "2025-05-09"


def test_the_address_has_the_day_where_the_writer_lives() -> None:
    head = (
        "<link rel=canonical href='https://quay.example/2025/03/05/boats'>"
        "<meta property=article:published_time content='2025-03-06T04:10:00Z'>"
    )

    assert article_of("", head).date == "2025-03-05"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann van Lee in boats", ["Ann van Lee"]),
        ("Dr. Ann Lee & Bo Ray, CEO of Ice", ["Dr. Ann Lee", "Bo Ray"]),
        ("the harbour", []),
    ],
)
def test_names_end_where_offices_and_places_begin(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_one_word_is_no_name_and_neither_are_six() -> None:
    assert not is_name("Ann")
    assert not is_name("Ann Bo Cy Dee Ed Fay")


def test_dates_in_numbers_are_read_in_the_order_of_the_language() -> None:
    assert [numeric_date_in("05/03/2025", lang) for lang in ("en", "fr")] == ["2025-05-03", "2025-03-05"]
    assert numeric_date_in("25/03/2025", "en") == "2025-03-25"
    assert without_dates("Ann Lee 25/03/2025").strip() == "Ann Lee"


# --- Titles ---


def title_of(title: str, body: str, head: str = "") -> str:
    page = f"<title>{title}</title>{head}<body>{body}{PROSE}</body>"
    return split(parse(page.encode(), ".html"), "page")[0].title


def test_the_one_headline_of_a_page_goes_before_the_name_it_has_for_search_engines() -> None:
    shown = title_of("Ice and boats 2025 | The Quay", "<h1>How ice changed the boats of one harbour</h1>")

    assert shown == "How ice changed the boats of one harbour"


@pytest.mark.parametrize("heading", ["The Quay", "Welcome to all", "Ice and boats of 2025"])
def test_a_heading_of_another_matter_or_nearly_the_same_is_not_the_title(heading: str) -> None:
    assert title_of("Ice and boats 2025 | The Quay", f"<h1>{heading}</h1>") == "Ice and boats 2025"


def test_a_short_headline_is_the_title_where_the_page_is_called_after_it() -> None:
    assert title_of("Tides | The handbook of the quay", "<h1>Tides</h1>") == "Tides"
    assert title_of("Tides | Quay", "<h1>Quay</h1>") != "Quay"


def test_a_name_that_was_cut_to_fit_is_completed() -> None:
    long = "How the boats of one small harbour came through the longest winter that anybody could recall"
    head = f"<meta property=og:title content='{long[:100]}'>"

    assert (
        title_of(
            f"{long} - The Quay", "<p>Ice.</p>", head + "<meta property=og:site_name content='The Quay'>"
        )
        == long
    )
