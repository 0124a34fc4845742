"""Texts cut into terms, and dates as they are typed."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.search.dates import EVER, days_of, parse_days
from reader.search.words import UNSTEMMED, WORD, is_wide, language_of, spans_of, terms_of

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
SUNDAY = date(2026, 11, 22).toordinal()


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("C++ and C#", ["c++", "and", "c#"]),
        ("R&D at AT&T", ["r&d", "at", "at&t"]),
        ("Don't, don’t", ["don't", "don't"]),
        ("the captain’s ferries", ["the", "captain", "ferri"]),
        ("U.S. and U.S.A.", ["us", "and", "usa"]),
        ("3.5 of 1,000", ["3.5", "of", "1", "000"]),
        ("**important** _words_", ["import", "word"]),
        ("well-known", ["well", "known"]),
        ("l'homme", ["l", "homm"]),
        ("café CAFE", ["cafe", "cafe"]),
        ("東京都", ["東京", "京都"]),
        ("Windows東京11", ["window", "東京", "11"]),
        ("— … !", []),
    ],
)
def test_a_text_is_cut_into_the_words_that_people_look_for(text: str, terms: list[str]) -> None:
    assert terms_of(text, "en") == terms


def test_each_language_has_its_own_stems() -> None:
    german, russian = terms_of("Fahrten", "de"), terms_of("новостей", "ru")

    assert (german, russian) == (terms_of("Fahrt", "de"), terms_of("новости", "ru"))


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("demilitarisation", "demilitarization"),
        ("apologised", "apologizing"),
        ("criticise", "criticized"),
        ("analysed", "analyzing"),
        ("air defences", "air defense"),
        ("favourite harbours", "favorite harbor"),
        ("the centre", "the center"),
        ("programmes", "program"),
    ],
)
def test_british_and_american_spelling_are_one(british: str, american: str) -> None:
    assert terms_of(british, "en") == terms_of(american, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("four", "for"),
        ("rise", "rize"),
        ("tour", "tor"),
    ],
)
def test_words_that_only_look_like_british_spelling_stand(one: str, other: str) -> None:
    assert terms_of(one, "en") != terms_of(other, "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [("revise", "revision"), ("precise", "precision"), ("exercise", "exercises"), ("promise", "promising")],
)
def test_kin_of_words_that_are_spelt_alike_everywhere_stays_together(one: str, other: str) -> None:
    assert terms_of(one, "en") == terms_of(other, "en")


def test_russian_is_cut_as_russian_in_a_text_of_another_language() -> None:
    assert terms_of("a note: переговоров", "en")[-1:] == terms_of("переговоры", "ru")


@pytest.mark.parametrize(
    ("code", "language"), [("", "en"), ("de", "de"), ("ja", UNSTEMMED), ("??", UNSTEMMED)]
)
def test_a_language_without_a_stemmer_is_folded_alone(code: str, language: str) -> None:
    assert language_of(code) == language


@pytest.mark.parametrize(
    ("text", "term", "words"),
    [
        ("Ferries, a FERRY, no ferret", "ferri", ["Ferries", "FERRY"]),
        ("in 東京都", "東京", ["東京"]),
        ("The U.S. and us", "us", ["U.S.", "us"]),
        ("N.A.T.O., or NATO", "nato", ["N.A.T.O.", "NATO"]),
        ("Cafés… a café", "cafe", ["Cafés", "café"]),
        ("İstanbul, café", "cafe", ["café"]),
        ("underfoot", "foot", []),
        ("Йогурт и чай", "йогурт", ["Йогурт"]),
    ],
)
def test_the_words_of_a_term_are_found_where_they_stand(text: str, term: str, words: list[str]) -> None:
    spans = spans_of(text, "en", {term}).get(term, [])

    assert [text[start:end] for start, end in spans] == words


@given(st.text())
def test_any_text_is_cut_the_same_way_twice(text: str) -> None:
    once = terms_of(text, "en")

    assert terms_of(text, "en") == once
    assert all(once)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12-31", "2024-12-31", "2024-12-31"),
        ("2024-01..2024-06", "2024-01-01", "2024-06-30"),
        ("December 2024", "2024-12-01", "2024-12-31"),
        ("dec 2024", "2024-12-01", "2024-12-31"),
        ("today", "2026-11-22", "2026-11-22"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last 7 days", "2026-11-16", "2026-11-22"),
        ("last 2 months", "2026-09-23", "2026-11-22"),
        ("2 weeks ago", "2026-11-08", "2026-11-08"),
        ("monday", "2026-11-16", "2026-11-16"),
        ("last sunday", "2026-11-15", "2026-11-15"),
    ],
)
def test_a_date_is_read_as_it_is_meant(typed: str, first: str, last: str) -> None:
    meant = date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal()

    assert parse_days(typed, SUNDAY) == meant


@pytest.mark.parametrize(
    "typed", ["", "foo", "2024-13", "2024-02-30", "0000", "..", "2025..2024", "9999 years ago", "24", "last"]
)
def test_what_is_no_date_is_none(typed: str) -> None:
    assert parse_days(typed, SUNDAY) is None


def test_a_span_may_be_open_at_either_end() -> None:
    new_year = date(2025, 1, 1).toordinal()

    assert parse_days("2025-01-01..", SUNDAY) == (new_year, EVER[1])
    assert parse_days("..2025-01-01", SUNDAY) == (EVER[0], new_year)


@pytest.mark.parametrize("iso", ["", "02-09", "2024-99"])
def test_an_article_without_a_whole_date_has_no_day(iso: str) -> None:
    assert days_of(iso) == (0, 0)


@given(st.text())
def test_whatever_is_typed_for_a_date_is_a_span_or_nothing(typed: str) -> None:
    days = parse_days(typed, SUNDAY)

    assert days is None or EVER[0] <= days[0] <= days[1] <= EVER[1]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_words_of_each_term_are_found_wherever_they_stand(path: Path) -> None:
    some = " Dying, he tied U.S. ties; a fly tries to cry on skis, and R&D and C++ don't."
    text = path.read_text(encoding="utf-8") + some
    words = [(word.span(), terms_of(word[0], "en")) for word in WORD.finditer(text)]
    terms = {term for _, found in words for term in found if len(term) > 1 and not is_wide(term)}

    spans = spans_of(text, "en", terms)

    assert spans == {term: [span for span, found in words if term in found] for term in terms}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "De loop van lopen, een eenheid en eenheden; de maan, manen, bes, beest en veel vele boeken"),
        ("fi", "Sauna, saunassa; tyttö, tytöllä, kukka, kukan; illusta ilu, ollut olla, tämä tässä"),
        ("fr", "Constamment constant, fréquence, fréquent; évidemment évident; il essuie, essuyer, huyez"),
        ("hu", "A ház, a házak a házban; könyv, könyvek, almák, alma, értékét"),
        ("es", "Sigue siguiendo; la ley, las leyes; frecuencia, frecuente, zbguéamos, analogía, análogo"),
        ("de", "Die Straße, Straßen; Haus, Häuser; dass, daß; ein Ei, Eier, gewesen"),
        ("ru", "Йогурт йогурта; вещь, вещами; книга книгами; её, её же, ели ель"),
        (
            "en",
            "Labour and labor of neighbourhoods; analysed, analyzing; centre, center; defence; odd N.A.S.A.",
        ),
    ],
)
def test_the_words_of_each_term_are_found_in_other_languages(language: str, text: str) -> None:
    words = [(word.span(), terms_of(word[0], language)) for word in WORD.finditer(text)]
    terms = {term for _, found in words for term in found if len(term) > 1}

    spans = spans_of(text, language, terms)

    assert spans == {term: [span for span, found in words if term in found] for term in terms}


def test_a_word_that_a_stemmer_stumbles_at_is_a_term_all_the_same() -> None:
    (term,) = terms_of("zbguéamos", "es")

    assert "zbgueamos".startswith(term)  # whole, or cut by a Whoosh that does not stumble
