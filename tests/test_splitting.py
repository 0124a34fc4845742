"""Sources -> articles: how many, what they are called, who wrote them and what their blocks are."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableSource
from reader.importers import parse
from reader.model import BLOCK_GAP, Article, BlockKind
from reader.splitting import split
from reader.splitting.dates import date_in, day_in
from reader.splitting.identity import SLUG, SLUG_BYTES, identify, slug
from reader.splitting.language import language_of
from reader.splitting.metadata import Metadata, dateline_of, is_byline, read_metadata
from reader.splitting.texts import BlockTexts
from reader.splitting.titles import DERIVED, Heading, clean_title, derive_title
from tests.builders import article_of

SEEDS = Path(__file__).parent.parent / "seeds"
SAMPLES = Path(__file__).parent / "samples" / "splitting"
HOSTILE = Path(__file__).parent / "samples" / "hostile"

PROSE = (
    "The sea comes in and goes out because the moon pulls at the water that lies nearest to it, and less at"
    " the water on the far side. Between the two the sea is drawn thin, and that is ebb."
)


def articles(content: str | bytes, name: str = "file") -> tuple[Article, ...]:
    return split(parse(content if isinstance(content, bytes) else content.encode(), ".txt"), name)


def seed(number: int) -> tuple[Article, ...]:
    (path,) = SEEDS.glob(f"{number:03}_*.txt")
    return articles(path.read_bytes(), path.stem)


def kinds(article: Article) -> dict[str, BlockKind]:
    return {article.text_of(block): block.kind for block in article.blocks}


# --- The five documents ---


def test_the_five_documents_hold_fourteen_articles() -> None:
    assert [len(seed(number)) for number in range(5)] == [1, 1, 10, 1, 1]


def test_the_ten_titles_come_out_clean() -> None:
    titles = [article.title for number in range(5) for article in seed(number) if not article.title_derived]

    assert titles == [
        "Trump threatens Putin with taxes, tariffs and sanctions over Ukraine war",
        "Trump tells Putin to end ‘ridiculous war’ in Ukraine or face new sanctions",
        "Putin and Xi hold video call in show of unity hours after Trump inauguration",
        "Trump Says Putin Is ‘Destroying Russia’",
        (
            "Ukraine-Russia war latest: German military says Putin is rapidly rearming for possible attack"
            " on Nato"
        ),
        "Trump instructs aides to arrange call with Putin ‘in coming days’ after inauguration, CNN reports",
        "Trump loves dictators like Putin and Xi. But he’s deluded about them.",
        "Azerbaijan’s Leader, Emboldened, Picks a Rare Fight With Putin",
        "How Vladimir Putin rose to power in Russia",
        "Talks on Ukraine and Elon Musk: What Putin spoke about in interview with Carlson",
    ]


def test_articles_without_a_title_get_the_first_clause_of_their_lead() -> None:
    titles = [article.title for number in range(5) for article in seed(number) if article.title_derived]

    assert titles == [
        "Kremlin Press Secretary Dmitry Peskov told the Rossiya-24 television channel…",
        "Russian President Vladimir Putin told French President Emmanuel Macron…",
        "Vladimir Putin is “destroying Russia” by not making a deal to end the war…",
        "Russian President Vladimir Putin on Thursday challenged Western powers…",
    ]


def test_the_section_leaves_the_title_and_the_text() -> None:
    first = seed(2)[0]

    assert first.section == "US foreign policy"
    assert first.text.startswith(f"Tag: PUTIN{BLOCK_GAP}{first.title}{BLOCK_GAP}Donald Trump has threatened")
    assert [block.kind for block in first.blocks[:2]] == [BlockKind.PARAGRAPH, BlockKind.TITLE]


def test_the_nine_bullets_of_a_briefing_are_one_article() -> None:
    briefing = seed(2)[6]

    assert briefing.lines == (501, 535)
    assert [block.kind for block in briefing.blocks[:9]] == [BlockKind.LIST_ITEM] * 9


def test_a_live_blog_is_one_article_whose_entries_have_time_and_author() -> None:
    live = seed(2)[4]
    entries = [block for block in live.blocks if block.kind is BlockKind.LIVE_ENTRY]

    assert [(block.time, block.author) for block in entries] == [
        *((time, "Alex Croft") for time in ("10:45", "10:28", "10:07", "09:50", "09:33", "09:21")),
        *((time, "Alex Croft") for time in ("08:58", "08:41", "08:21")),
        ("07:58", "Arpan Rai"),
    ]
    assert live.text_of(entries[0]) == "More than 152 clashes in past 24 hours, says Kyiv"
    assert kinds(live)["Alex Croft 21 January 2025 10:45"] is BlockKind.BYLINE


def test_captions_are_known_by_their_repetition_with_a_credit() -> None:
    captions = [block.first_line for block in seed(2)[4].blocks if block.kind is BlockKind.CAPTION]

    assert captions == [327, 328, 348, 349, 350, 351, 352, 353, 383, 384, 398, 399]


@pytest.mark.parametrize(
    ("number", "lines"), [(3, [10, 17, 21, 29, 34]), (4, [*range(11, 67, 2)]), (0, [41]), (1, [])]
)
def test_headings_stand_between_prose(number: int, lines: list[int]) -> None:
    (article,) = seed(number)
    headings = [block.first_line for block in article.blocks if block.kind is BlockKind.HEADING]

    assert set(headings) <= set(lines)
    assert len(headings) >= len(lines) / 2 - 1


def test_the_documents_tell_who_wrote_them_and_when() -> None:
    known = {
        article.title[:20]: (article.source, article.author, article.date)
        for number in range(5)
        for article in seed(number)
        if article.source or article.author or article.date
    }

    assert known == {
        "Ukraine-Russia war l": ("The Independent", "Alex Croft; Arpan Rai", "2025-01-21"),
        "Russian President Vl": ("dpa", "", "2024"),
        "Talks on Ukraine and": ("TASS", "", "02-09"),
    }
    assert {article.lang for number in range(5) for article in seed(number)} == {"en"}


# --- Where articles begin ---


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_each_sample_splits_into_its_titles(path: Path) -> None:
    """A case is two files: `NAME.txt`, and `NAME.titles` with a "~" before a title that is derived."""
    found = ["~" * article.title_derived + article.title for article in articles(path.read_bytes())]

    assert found == path.with_suffix(".titles").read_text(encoding="utf-8").splitlines()


def test_one_article_is_not_copied() -> None:
    source = parse("\n\n".join([PROSE] * 3).encode(), ".txt")
    (article,) = split(source, "file")

    assert article.text is source.text
    assert article.blocks is source.blocks


def test_an_empty_source_is_an_empty_article_with_the_name_of_its_file() -> None:
    (article,) = articles(b"", "notes")

    assert (article.title, article.text, article.blocks, article.title_derived) == ("notes", "", (), True)
    assert article.lines == (0, 0)


# --- Titles ---


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Old bridges find new feet | Engineering", Heading("Old bridges find new feet", "Engineering")),
        (
            "Old bridges find new feet | Rivers | The Guardian",
            Heading("Old bridges find new feet", "Rivers", "The Guardian"),
        ),
        ("Old bridges find new feet - BBC News", Heading("Old bridges find new feet", "", "BBC News")),
        (
            "Old bridges find new feet – The Guardian",
            Heading("Old bridges find new feet", "", "The Guardian"),
        ),
        ("Bridges – a history in stone", Heading("Bridges – a history in stone")),
        ("Rising tide: what now – and why it matters", Heading("Rising tide: what now – and why it matters")),
        ("News | Sport", Heading("News | Sport")),
    ],
)
def test_a_title_loses_its_section_and_its_publisher(text: str, heading: Heading) -> None:
    assert clean_title(text) == heading


@pytest.mark.parametrize(
    ("lead", "title"),
    [
        ("Snow fell. It stayed for weeks.", "Snow fell"),
        ("Mr. Frost came to town on Monday. It snowed.", "Mr. Frost came to town on Monday"),
        (
            "The council of the old harbour town has decided to close the western bridge to all traffic",
            "The council of the old harbour town has decided to close the western bridge…",
        ),
        (
            "The council closed the western bridge on Monday, because nobody could say how long it stands.",
            "The council closed the western bridge on Monday…",
        ),
        (
            "The divers who looked at the piers of the bridge called what they had seen “a house of cards”.",
            "The divers who looked at the piers of the bridge called what they had seen…",
        ),
        ("Воду отключили. Когда включат, неизвестно.", "Воду отключили"),
        ("海水每天涨落两次。月亮吸引着它。", "海水每天涨落两次。"),
    ],
)
def test_a_derived_title_is_a_clause_that_ends_well(lead: str, title: str) -> None:
    assert derive_title(lead) == title


@given(st.text(min_size=1, max_size=400))
def test_a_derived_title_is_short(lead: str) -> None:
    assert len(derive_title(lead)) <= DERIVED


@pytest.mark.parametrize(
    "credit",
    ["", "By Erika Mayer\n", "By Ida Marlow\n3 April 2018\n", "Ida Marlow\nPublished 3 April 2018\n"],
)
def test_a_first_line_is_the_title_though_who_wrote_it_and_when_stand_between_it_and_the_text(
    credit: str,
) -> None:
    (article,) = articles(f"A night on Torrebaja without lamps\n\n{credit}\n{PROSE}\n\n{PROSE}\n\n{PROSE}\n")

    assert article.title == "A night on Torrebaja without lamps"


def test_minutes_are_called_by_their_first_line_though_it_bears_a_date() -> None:
    text = (
        "Minutes of the Allotment Society, 4 March 2024\n\nPresent: I. Marlow, T. Reyl\n\n1. Water\n"
        "The tap at the north gate leaks. T. Reyl will ask the council, and until then there is a bucket.\n"
        "\n2. Hedgehogs\nTwo were seen behind shed nine. No more slug pellets are to be used by anybody.\n"
    )

    assert [article.title for article in articles(text)] == ["Minutes of the Allotment Society, 4 March 2024"]


def test_the_first_of_some_questions_is_a_heading_as_the_others_are() -> None:
    answers = "It closes on the first of June to all that has wheels."
    text = "\n\n".join(["About the bridge", *(f"{q}?\n{answers}" for q in ("When", "How", "For whom"))])

    kinds_by_text = kinds(articles(text)[0])

    assert [kinds_by_text[f"{q}?"] for q in ("When", "How", "For whom")] == [BlockKind.HEADING] * 3


def test_who_speaks_first_in_an_interview_is_no_part_of_its_title() -> None:
    assert (
        derive_title("Q: You have kept bees for forty years. What next?")
        == "You have kept bees for forty years"
    )


def test_a_dateline_is_no_part_of_a_derived_title() -> None:
    (article,) = articles(f"BREMEN (Reuters) - {PROSE}\n{PROSE}\n{PROSE}\n")

    assert article.title.startswith("The sea comes in")
    assert article.source == "Reuters"


# --- Metadata ---


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("MOSCOW, February 9. /TASS/. ", "TASS"),
        ("LONDON (Reuters) - ", "Reuters"),
        ("HAYWARD, Calif. (AP) — ", "AP"),
        ("NEW YORK, Jan 5 (AFP) - ", "AFP"),
        ("MOSCOW — ", ""),
    ],
)
def test_a_dateline_tells_the_source(text: str, source: str) -> None:
    match = dateline_of(text + PROSE)

    assert match is not None
    assert (match.end(), match["source"]) == (len(text), source)


@pytest.mark.parametrize(
    "text", ["He said (twice) - ", "The bridge — ", "Ebb and flood - ", "And so on / or not/ "]
)
def test_prose_is_no_dateline(text: str) -> None:
    assert dateline_of(text + PROSE) is None


@pytest.mark.parametrize(
    ("line", "metadata"),
    [
        ("By Erika Mustermann", Metadata(author="Erika Mustermann")),
        ("BY ERIKA MUSTERMANN", Metadata(author="Erika Mustermann")),
        ("Von Erika Mustermann und Max Mustermann", Metadata(author="Erika Mustermann; Max Mustermann")),
        ("By Erika Mustermann in Bremen", Metadata(author="Erika Mustermann")),
        ("By Erika Mustermann December 2, 2024", Metadata(author="Erika Mustermann", date="2024-12-02")),
        ("5:45 AM 11/19/2019 by Erika Mustermann", Metadata(author="Erika Mustermann")),
        ("Published: Sunday, January 8, 2012", Metadata(date="2012-01-08")),
        ("©2024 Beispiel GmbH. Distributed by Others.", Metadata(source="Beispiel", date="2024")),
        ("© Copyright 2024 Beispiel. All rights reserved.", Metadata(source="Beispiel", date="2024")),
        ("By Erika Mayer", Metadata(author="Erika Mayer")),
        ("By Erika Mayer 2 December 2024", Metadata(author="Erika Mayer", date="2024-12-02")),
        ("By the sea everything is slow", Metadata()),
        ("Published on Wednesday 11 January 2012 00:00", Metadata(date="2012-01-11")),
    ],
)
def test_a_line_tells_who_wrote_it_and_when(line: str, metadata: Metadata) -> None:
    article = article_of("A title", line, PROSE)

    assert read_metadata(BlockTexts(article.text, article.blocks), 0) == metadata


def test_a_byline_is_told_from_a_sentence() -> None:
    assert is_byline("By Erika Mustermann")
    assert not is_byline("By nightfall the water had gone.")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("21 January 2025", "2025-01-21"),
        ("Jan. 9, 2012 10:07am", "2012-01-09"),
        ("1er août 2020", ""),
        ("3 stycznia 2012, 16:07", "2012-01-03"),
        ("9 декабря 2011 года", "2011-12-09"),
        ("21. März 2025", "2025-03-21"),
        ("7 de octubre de 2023", "2023-10-07"),
        ("2012-01-09", "2012-01-09"),
        ("03.02.2012", "2012-02-03"),
        ("31 February 2024", ""),
        ("3 apples 2024", ""),
        ("12:30", ""),
    ],
)
def test_dates_are_read_in_many_languages(text: str, date: str) -> None:
    assert date_in(text) == date


def test_a_day_without_a_year_is_read_too() -> None:
    assert (day_in("February 9"), day_in("9 May"), day_in("Route 9")) == ("02-09", "05-09", "")


# --- Language ---


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "en"),
        ("Das Meer kommt und geht, weil der Mond das Wasser zu sich zieht und die Sonne nicht.", "de"),
        ("La mer monte et descend parce que la lune attire les eaux qui sont dans le port.", "fr"),
        ("El mar sube y baja porque la luna atrae el agua que está en el puerto de la ciudad.", "es"),
        (
            "Morze przypływa i odpływa, bo księżyc ciągnie wodę do siebie, a słońce nie jest na to za słabe.",
            "pl",
        ),
        (
            "Море приходит и уходит, потому что луна притягивает воду к себе, а солнце на это не так сильно.",
            "ru",
        ),
        ("潮汐是因为月亮吸引海水而产生的。", "zh"),
        ("潮の満ち引きは月が水を引くことで起こります。", "ja"),
        ("Η θάλασσα έρχεται και φεύγει", "el"),
        ("1 2 3 xyz", ""),
        ("", ""),
    ],
)
def test_the_language_is_told_by_script_or_by_the_commonest_words(text: str, language: str) -> None:
    assert language_of(text) == language


# --- Identity ---


@given(st.text(max_size=120), st.text(max_size=60))
def test_an_id_is_safe_as_a_file_name_and_stays(title: str, text: str) -> None:
    name = identify(title, text)

    assert name == identify(title, text)
    assert re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*-[0-9a-f]{8}", name)
    assert len(name) <= SLUG + 9
    assert len(name.encode()) <= SLUG_BYTES + 9


@pytest.mark.parametrize("title", (HOSTILE / "path_names.txt").read_text(encoding="utf-8").splitlines())
def test_no_title_makes_a_dangerous_name(title: str) -> None:
    assert re.fullmatch(r"[^\W_]+(?:-[^\W_]+)*", slug(title))


def test_a_slug_is_readable_and_keeps_its_letters() -> None:
    assert slug("Azerbaijan’s Leader, Émboldened: Зима & 冬") == "azerbaijans-leader-émboldened-зима-冬"


def test_articles_of_one_title_differ_by_their_text() -> None:
    assert identify("Same", "one") != identify("Same", "two")


# --- Whatever the source ---

LINES = st.sampled_from(
    [
        *("• A title that stands apart", "# A heading", "Old bridges find new feet", "=====", "--------"),
        *("#one #two", "Tags:", "1. First of all", "    " + PROSE, PROSE, "", "", "", "```", "> quoted"),
        *("Erika Mustermann21 January 2025 10:45", "By Erika Mustermann", "A line (Getty Images)", "A line"),
        *("IN CAPITALS IT SAYS MORE", "Send this to a friend"),
    ]
)
SOURCES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")),
    st.lists(LINES, max_size=60).map(lambda lines: "\n".join(lines).encode()),
)


@given(SOURCES)
@settings(max_examples=300, deadline=None)
def test_articles_tile_their_texts_and_hold_each_block_once_and_in_order(content: bytes) -> None:
    try:
        source = parse(content, ".txt")
    except UnreadableSource:
        return
    found = split(source, "file")

    lines = [(block.first_line, block.last_line) for article in found for block in article.blocks]
    assert lines == [(block.first_line, block.last_line) for block in source.blocks]
    for article in found:
        assert BLOCK_GAP.join(map(article.text_of, article.blocks)) == article.text
        assert [block.start for block in article.blocks[1:]] == [
            block.end + len(BLOCK_GAP) for block in article.blocks[:-1]
        ]
        assert article.title
    assert found == split(source, "file")


@pytest.mark.parametrize(
    "path", sorted(p for p in HOSTILE.iterdir() if p.suffix in (".txt", ".md")), ids=lambda path: path.name
)
def test_a_hostile_file_is_one_article(path: Path) -> None:
    found = split(parse(path.read_bytes(), path.suffix), path.stem)

    assert len(found) == 1
    assert found[0].title
