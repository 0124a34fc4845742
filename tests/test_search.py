"""The search of a workspace: what is found, in which order, and how the index stays true to the files."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.passages import Color
from reader.search.index import Index
from reader.search.parsing import parse
from reader.search.ranking import Found, find
from reader.search.values import Document, Facts, Hit, Kind, Results, Stopped, Synced
from reader.workspace import Workspace
from tests.builders import LEAD, SECOND, THIRD, workspace_in

TODAY = date(2026, 11, 22).toordinal()
FERRY = f"The ferry that came too late\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}\n\nSign up to our newsletter\n"
BREAD = (
    "Bread in the morning\n\nBakers rise at three, when the ferry is still asleep, and knead for an hour.\n"
)
PHRASE = (
    "To be, or not to be\n\nThat is the question, says the prince: to be or not to be, and nothing else.\n"
)
FILES = {"ferry.txt": FERRY, "bread.txt": BREAD, "prince.txt": PHRASE}

PARTS = (
    *(
        "fog",
        "-fog",
        "OR",
        "(",
        ")",
        "-(",
        "in:hidden",
        "in:notes",
        "in:articles",
        "is:unread",
        "has:note",
        "tag:sea",
    ),
    *(
        "date:2024..",
        '"fog ice"~3',
        "ic*",
        "fgo~",
        "東",
        "sort:date",
        "noted:today",
        "title:",
        "NOT",
        "AND",
        "color:blue",
    ),
)

Open = Callable[[], Workspace]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    room = workspace_in(tmp_path, FILES)
    yield room
    room.close()


def titles(workspace: Workspace, query: str) -> list[str]:
    return [hit.document.title for hit in workspace.search(query).results.hits]


def annotate(workspace: Workspace, words: str, body: str = "", *tags: str) -> str:
    """Annotate some words of the ferry; return the id."""
    article = workspace.desk.open(workspace.find("ferry that").id).article
    start = article.text.index(words)
    return workspace.notebook.annotate(
        article, (start, start + len(words)), body=body, tags=tags, color=Color.BLUE
    ).id


def first(workspace: Workspace, query: str) -> Hit:
    return workspace.search(query).results.hits[0]


def test_an_article_is_found_in_other_forms_of_its_words(workspace: Workspace) -> None:
    assert titles(workspace, "passenger sailing") == ["The ferry that came too late"]


def test_a_title_counts_more_than_a_text(workspace: Workspace) -> None:
    assert titles(workspace, "ferry") == ["The ferry that came too late", "Bread in the morning"]


def test_a_note_that_says_a_word_comes_before_an_article_that_mentions_it(workspace: Workspace) -> None:
    annotate(workspace, "forty passengers", "Did they see the lighthouse?")

    hit = first(workspace, "lighthouse")

    assert hit.document.kind is Kind.NOTE
    assert hit.labels == ("note",)


def test_what_was_just_written_is_found(workspace: Workspace) -> None:
    before = workspace.search("kraken").results.total

    identity = annotate(workspace, "a cargo of oranges", "A kraken!")

    assert before == 0
    assert first(workspace, "kraken").document.id == identity


def test_what_was_deleted_is_found_no_more(workspace: Workspace) -> None:
    identity = annotate(workspace, "a cargo of oranges", "A kraken!")
    workspace.search("kraken")

    workspace.notebook.delete([workspace.notebook.find(identity)])

    assert workspace.search("kraken").results.total == 0


def test_what_another_program_wrote_is_found(workspace: Workspace, tmp_path: Path) -> None:
    workspace.search("kraken")
    other = workspace_in_place(tmp_path)
    annotate(other, "a cargo of oranges", "A kraken!")
    other.close()

    assert workspace.search("kraken").results.total == 1


def workspace_in_place(folder: Path) -> Workspace:
    """Open the workspace of `folder` once more, as another program would."""
    from reader.config import Config  # noqa: PLC0415 - of this alone
    from tests.builders import places_in  # noqa: PLC0415 - of this alone

    other = Workspace(folder / "room", places_in(folder), Config())
    other.sync()
    return other


def test_a_file_that_changed_is_searched_as_it_is_now(workspace: Workspace, tmp_path: Path) -> None:
    workspace.search("bakers")
    (tmp_path / "room" / "seeds" / "bread.txt").write_text("Rye\n\nNow with caraway, and nothing else.\n")
    workspace.sync()

    assert workspace.search("bakers").results.total == 0
    assert titles(workspace, "caraway") == ["Rye"]


def test_a_hit_tells_where_to_land(workspace: Workspace) -> None:
    hit = first(workspace, "lighthouse")
    text = workspace.desk.open(hit.document.article_id).article.text

    assert [text[start:end] for start, end in hit.passages] == ["lighthouse", "lighthouse"]


def test_a_hit_of_an_annotation_lands_on_its_passage(workspace: Workspace) -> None:
    annotate(workspace, "a cargo of oranges", "A kraken!")

    hit = first(workspace, "kraken")

    text = workspace.desk.open(hit.document.article_id).article.text
    assert [text[start:end] for start, end in hit.passages] == ["a cargo of oranges"]


def test_a_snippet_does_not_repeat_the_title(workspace: Workspace) -> None:
    hit = next(
        one for one in workspace.search("ferry", width=60).results.hits if "late" in one.document.title
    )

    assert "left the harbour" in hit.snippet.text


def test_a_note_that_is_no_longer_than_a_snippet_is_shown_whole(workspace: Workspace) -> None:
    annotate(workspace, "forty passengers", "Who was it that counted them in the end?")

    assert workspace.search("end", width=60).results.hits[0].snippet.text.startswith("Who was it")


def test_a_snippet_marks_what_was_found_and_says_what_it_leaves_out(workspace: Workspace) -> None:
    snippet = workspace.search("lighthouse", width=40).results.hits[0].snippet

    assert [snippet.text[start:end] for start, end in snippet.marks] == ["lighthouse"]
    assert snippet.text.startswith("…")
    assert len(snippet.text) <= 42


@pytest.mark.parametrize("width", [60, 160, 300])
def test_a_hit_lands_on_what_its_snippet_shows(workspace: Workspace, tmp_path: Path, width: int) -> None:
    calm = " ".join(f"calm{number}" for number in range(99))
    text = f"Storm glass\n\nA glass, {calm}.\n\nThe storm broke a glass.\n\n{calm}\n\n"
    text += f"Glass {calm[:60]} storm {calm[:60]} storm {calm[:60]} glass.\n"
    (tmp_path / "room" / "seeds" / "storm.txt").write_text(text)
    workspace.sync()

    (hit,) = workspace.search("storm glass", width=width).results.hits

    start, end = hit.passages[0]
    assert " ".join(hit.document.text[start : end + 7].split()) in hit.snippet.text


def test_a_snippet_shows_both_words_rather_than_one_of_them_twice(
    workspace: Workspace, tmp_path: Path
) -> None:
    calm = "calm " * 60
    text = f"Weather\n\nStorm, storms, and a storm.\n\n{calm}\n\nThe storm took the glass.\n\n{calm}.\n"
    (tmp_path / "room" / "seeds" / "storm.txt").write_text(text)
    workspace.sync()

    (hit,) = workspace.search("storm gla*", width=60).results.hits

    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["storm", "glass"]


def test_a_phrase_is_marked_as_a_phrase(workspace: Workspace) -> None:
    hit = first(workspace, '"to be or not to be"')

    text = workspace.desk.open(hit.document.article_id).article.text
    assert {text[start:end] for start, end in hit.passages} == {"To be, or not to be", "to be or not to be"}


def test_hidden_blocks_are_searched_only_when_asked(workspace: Workspace) -> None:
    assert titles(workspace, "newsletter") == []
    assert titles(workspace, "newsletter in:hidden") == ["The ferry that came too late"]


def test_what_is_hidden_is_listed_without_a_word_too(workspace: Workspace) -> None:
    (hit,) = workspace.search("in:hidden").results.hits

    (start, end), (begin, until) = hit.passages[0], hit.snippet.marks[0]
    assert hit.document.text[start:end] == "Sign up to our newsletter" == hit.snippet.text[begin:until]


def test_common_words_are_no_condition_but_are_found_alone_and_in_phrases(workspace: Workspace) -> None:
    annotate(workspace, "a cargo of oranges", "Sour fruit")

    assert first(workspace, "the sour fruits").document.kind is Kind.NOTE
    assert workspace.search("the").results.total >= 3
    assert workspace.search('"that is the"').results.total == 1


def test_traits_are_those_of_this_moment(workspace: Workspace) -> None:
    ferry = workspace.find("ferry that").id
    workspace.search("ferry")
    workspace.notebook.star(ferry, starred=True)
    workspace.mark_done(ferry, done=True)

    assert titles(workspace, "is:starred") == ["The ferry that came too late"]
    assert titles(workspace, "ferry is:unread") == ["Bread in the morning"]


def test_a_correction_is_searched(workspace: Workspace) -> None:
    workspace.notebook.correct(workspace.find("bread").id, "author", "Ann Miller")

    assert titles(workspace, "author:miller") == ["Bread in the morning"]


def test_without_words_the_newest_come_first(tmp_path: Path) -> None:
    room = {"a1": ("2020", ""), "a2": ("2024-05", ""), "a3": ("", ""), "a4": ("2022-01-01", "")}
    index = filled(tmp_path, *(article(key, "A day", day=day) for key, (day, _) in room.items()))

    assert keys(found(index, "")) == ["a2", "a4", "a1", "a3"]


def test_of_equal_hits_the_newest_comes_first(tmp_path: Path) -> None:
    days = ("2020", "2024-05", "2022-01-01")
    index = filled(tmp_path, *(article(f"a{at}", "A day of fog", day=day) for at, day in enumerate(days)))

    assert keys(found(index, "fog")) == ["a1", "a2", "a0"]


# The index by itself


def article(key: str, text: str, *, day: str = "", lang: str = "en", stamp: str = "1") -> Document:
    return Document(key, stamp, Kind.ARTICLE, key, key, "A title", text, date=day, lang=lang)


_OPENED: list[Index] = []


@pytest.fixture(autouse=True)
def _closing() -> Iterator[None]:
    """Close what a test opened."""
    yield
    while _OPENED:
        _OPENED.pop().close()


def opened(folder: Path) -> Index:
    _OPENED.append(Index(folder / "index"))
    return _OPENED[-1]


def filled(folder: Path, *documents: Document) -> Index:
    index = opened(folder)
    fill(index, *documents)
    return index


def fill(index: Index, *documents: Document, rebuild: bool = False) -> Synced:
    """Make an index hold some documents, and no others."""
    by_key = {one.key: one for one in documents}
    stamps = {one.key: one.stamp for one in documents}
    return index.sync(stamps, lambda wanted: (by_key[key] for key in wanted), rebuild=rebuild)


def found(index: Index, query: str) -> Results:
    return index.find(parse(query, TODAY), Facts(TODAY), 50, 100)


def keys(results: Results) -> list[str]:
    return [hit.document.key for hit in results.hits]


@pytest.mark.parametrize(
    ("text", "query", "is_found"),
    [
        ("naïve café", "cafe", True),
        ("written in C++", "c++", True),
        ("written in C++", "c", False),
        ("R&D spending", "R&D", True),
        ("don’t panic", "don't", True),
        ("**important** words", "important", True),
        ("東京都に住む", "東京", True),
        ("東京都に住む", "京都", True),
        ("東京都に住む", "住", True),
        ("東京都に住む", "大阪", False),
        ("a well-known fact", "well-known", True),
        ("known as well", "well-known", False),
        ("three ferries", "fer*", True),
        ("universities", "universiti*", True),
        ("a government", "goverment~", True),
        ("a government", "govenrment~", True),
        ("a government", "gvrnment~2", True),
        ("a government", "parliament~", False),
        ("red fish, blue fish", '"red blue"~3', True),
        ("red fish, blue fish", '"blue red"~3', True),
        ("red fish, a big and very blue fish", '"red blue"~3', False),
        ("one two", '"two one"', False),
    ],
)
def test_words_are_found_as_people_write_them(tmp_path: Path, text: str, query: str, is_found: bool) -> None:
    index = filled(tmp_path, article("a", text), article("b", "nothing of it"))

    assert keys(found(index, query)) == ["a"] * is_found


def test_each_language_is_found_by_its_own_forms(tmp_path: Path) -> None:
    german, english = article("de", "Die Häuser brennen", lang="de"), article("en", "houses burn")
    index = filled(tmp_path, german, english)

    assert keys(found(index, "Haus OR hausern")) == ["de"]
    assert keys(found(index, "house")) == ["en"]


def test_facets_are_of_all_that_was_found_the_commonest_first(tmp_path: Path) -> None:
    tass = article("a", "fog", day="2024-12-01")._replace(source="TASS", tags=("sea", "sea/fog"))
    dpa = article("b", "fog", day="2024")._replace(source="dpa", tags=("sea",))
    index = filled(tmp_path, tass, dpa, tass._replace(key="c", date=""), article("d", "ice"))

    facets = index.find(parse("fog", TODAY), Facts(TODAY), 1, 100).facets

    assert facets["kind"] == (("article", 3),)
    assert facets["source"] == (("TASS", 2), ("dpa", 1))
    assert facets["tag"] == (("sea", 3), ("sea/fog", 2))
    assert facets["year"] == (("2024", 2),)


def test_a_search_that_nobody_waits_for_is_given_up(tmp_path: Path) -> None:
    index = filled(tmp_path, article("a", "fog"))

    with pytest.raises(Stopped):
        index.find(parse("fog", TODAY), Facts(TODAY), 1, 100, lambda: True)


@pytest.mark.parametrize(
    ("typed", "is_found"), [("lighth", True), ("passengers lighth", True), ("lighth ", False), ("li", False)]
)
def test_the_last_word_may_be_unfinished_while_it_is_typed(
    workspace: Workspace, typed: str, is_found: bool
) -> None:
    assert bool(workspace.search(typed, typing=True).results.hits) is is_found
    assert workspace.search(typed).results.hits == ()


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("lighthuose", "lighthouse"),
        ("fery title:paseengers", ""),
        ("ferri oragnes", "ferry oranges"),
        ("-bread harbuor", "-bread harbour"),
        ("zzzzzzz", ""),
    ],
)
def test_a_misspelt_query_is_offered_as_it_was_meant(
    workspace: Workspace, query: str, suggestion: str
) -> None:
    answer = workspace.search(query)

    assert answer.suggestion == suggestion


def test_a_query_that_asks_for_too_much_is_offered_with_less(workspace: Workspace) -> None:
    offered = workspace.search("ferry tag:ice").relaxations

    assert [(one.words, one.query, one.total) for one in offered] == [("without tag:ice", "ferry", 2)]
    assert all(workspace.search(one.query).results.total == one.total for one in offered)


def test_words_that_stand_in_no_one_place_are_offered_by_themselves(workspace: Workspace) -> None:
    offered = workspace.search("oranges question kraken").relaxations

    assert [one.words for one in offered] == ["only oranges", "only question"]


def test_a_form_that_is_cut_another_way_is_offered_as_it_stands(tmp_path: Path) -> None:
    index = filled(tmp_path, article("a", "A boycott of the harbour, and no boycott of the fog"))

    assert index.suggest(parse("boycotting", TODAY), Facts(TODAY))[0] == "boycott"


def test_what_is_too_long_to_be_a_word_is_offered_nothing(workspace: Workspace) -> None:
    answer = workspace.search("ferry" * 800)

    assert (answer.results.total, answer.suggestion) == (0, "")


@pytest.mark.parametrize("query", ["air-def*", "air-defenze~", "air-dfenze~2"])
def test_what_is_typed_of_a_word_with_a_hyphen_is_looked_for_beside_its_first_part(
    tmp_path: Path, query: str
) -> None:
    index = filled(tmp_path, article("a0", "the air defense of a city"), article("a1", "the defense rests"))

    found = index.find(parse(query, TODAY), Facts(TODAY), 10, 160)

    assert [hit.document.id for hit in found.hits] == ["a0"]


def test_related_articles_share_words_that_few_others_have(tmp_path: Path) -> None:
    ferries = ("the ferries waited for fog and a captain", "a captain slept in the fog off the coast")
    others = (f"one baker kneads bread number{at} all night" for at in range(8))
    index = filled(tmp_path, *(article(f"a{at}", text) for at, text in enumerate((*ferries, *others))))

    (one,) = (one for one in index.related("a0", 10) if one.article_id == "a1")

    assert index.related("a0", 1)[0] == one
    assert set(one.terms) >= {"captain", "fog"}
    assert "a0" not in [one.article_id for one in index.related("a0", 10)]


def test_words_side_by_side_in_both_articles_are_said_as_they_stand(tmp_path: Path) -> None:
    some = "They spoke in a video call, and after the video call the long silence. Signals were lost, too."
    same = "A video call is no journey; a video call is a window. Many signals come late."
    others = (f"one baker kneads bread number{at} all night" for at in range(8))
    index = filled(tmp_path, *(article(f"a{at}", text) for at, text in enumerate((some, same, *others))))

    assert index.related("a0", 1)[0].terms == ("video call",)


def test_articles_that_share_nothing_rare_share_the_names_that_many_have(tmp_path: Path) -> None:
    texts = [
        f"On day{at} Ada Lovelace wrote of engine{at} and of wheels, and Ada Lovelace slept."
        for at in range(9)
    ]
    index = filled(
        tmp_path, *(article(f"a{at}", f"{text} Tide{at // 2} rose.") for at, text in enumerate(texts))
    )

    assert index.related("a0", 1)[0].terms == ("Ada Lovelace",)


def test_the_words_that_related_articles_share_are_those_a_reader_would_name(tmp_path: Path) -> None:
    some = "On Monday the captain met Tucker Carlson; with Carlson and the captain came the fog off Kursk."
    same = "Fog lay on Kursk on Monday. Nobody saw Tucker Carlson: captain and Carlson waited for a captain."
    others = (f"one baker kneads bread number{at} all night" for at in range(8))
    index = filled(tmp_path, *(article(f"a{at}", text) for at, text in enumerate((some, same, *others))))

    (one,) = index.related("a0", 1)

    assert set(one.terms) == {"Tucker Carlson", "Kursk", "captain"}


def test_nothing_is_related_to_what_is_not_there(workspace: Workspace) -> None:
    assert workspace.related("nobody") == ()


def test_of_equal_documents_the_newest_come_first(tmp_path: Path) -> None:
    days = [f"2024-01-{day:02}" for day in range(1, 31)]
    index = filled(tmp_path, *(article(day, "fog", day=day) for day in days))

    shown = index.find(parse("fog", TODAY), Facts(TODAY), 3, 100)

    assert keys(shown) == ["2024-01-30", "2024-01-29", "2024-01-28"]


def test_the_article_of_a_source_comes_before_the_notes_on_it(tmp_path: Path) -> None:
    one = article("a", "fog")._replace(source="Seagull Post")
    notes = [one._replace(key=f"n{at}", kind=Kind.NOTE, note="ice", text="", noted=TODAY) for at in range(40)]
    index = filled(tmp_path, *notes, one)

    assert index.find(parse("source:seagull", TODAY), Facts(TODAY), 5, 100).hits[0].document.key == "a"


def test_counts_are_of_all_that_was_found_not_of_what_is_shown(tmp_path: Path) -> None:
    index = filled(tmp_path, *(article(f"a{at}", "fog") for at in range(30)))

    results = index.find(parse("fog", TODAY), Facts(TODAY), 5, 100)

    assert (len(results.hits), results.total) == (5, 30)


def test_of_very_common_words_near_each_other_what_was_not_looked_at_is_told(tmp_path: Path) -> None:
    index = filled(tmp_path, *(article(key, "fog over sea " * int(key)) for key in "12345"))
    query, facts = parse('"fog sea"~5', TODAY), Facts(TODAY)
    results = index._ask(lambda segments: find(segments, query, facts, Found(9, 100, looks=20)))

    assert sorted(keys(results)) == ["4", "5"]
    assert results.shortfall == "3 more have these common words, and were not looked at"
    assert not index.find(query, facts, 9, 100).shortfall


@given(
    steps=st.lists(
        st.dictionaries(
            st.sampled_from("abcdef"), st.sampled_from(["fog", "sea fog", "ice", "ferries"]), max_size=6
        ),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=15, deadline=None)
def test_after_any_changes_a_sync_equals_a_rebuild(
    steps: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rooms")
    index, last = (
        Index(folder / "synced"),
        [article(key, text, stamp=text) for key, text in steps[-1].items()],
    )
    for step in steps:
        fill(index, *(article(key, text, stamp=text) for key, text in step.items()))
    fresh = filled(folder, *last)

    for query in ("fog", "ferry", "f*", "-fog", ""):
        assert sorted(keys(found(index, query))) == sorted(keys(found(fresh, query)))
    assert index.stamps() == fresh.stamps()
    index.close()
    fresh.close()


def test_a_document_is_not_found_as_it_was(tmp_path: Path) -> None:
    index = filled(tmp_path, *(article(f"a{at}", "old fog") for at in range(4)))

    fill(index, article("a1", "new ice", stamp="2"), article("a2", "old fog"))

    assert keys(found(index, "fog")) == ["a2"]
    assert keys(found(index, "ice")) == ["a1"]


def test_many_small_changes_leave_few_segments(tmp_path: Path) -> None:
    documents: list[Document] = []
    index = opened(tmp_path)

    for at in range(60):
        documents.append(article(f"a{at}", f"fog number{at}"))
        fill(index, *documents)

    assert index.status().segments <= 12
    assert found(index, "fog").total == 60


def test_a_second_program_sees_what_the_first_wrote(tmp_path: Path) -> None:
    one = filled(tmp_path, article("a", "fog"))
    other = opened(tmp_path)
    before = found(other, "fog").total

    fill(one, article("a", "fog"), article("b", "more fog"))

    assert (before, found(other, "fog").total) == (1, 2)


def test_a_lock_of_another_program_is_told_and_the_old_state_is_searched(tmp_path: Path) -> None:
    index = filled(tmp_path, article("a", "fog"))
    lock = index._opened().index.lock("WRITELOCK")
    assert lock.acquire()

    synced = fill(index, article("b", "ice"))

    assert "another process" in synced.waiting
    assert found(index, "fog").total == 1
    lock.release()
    assert fill(index, article("b", "ice")) == Synced(1, 1)


def test_an_index_that_others_could_write_to_is_not_trusted(tmp_path: Path) -> None:
    index = filled(tmp_path, article("a", "fog"))
    index.close()
    (folder,) = (tmp_path / "index").glob("v*")
    folder.chmod(0o777)

    assert opened(tmp_path).stamps() == {}
    assert folder.stat().st_mode & 0o077 == 0


def test_an_index_of_another_version_is_taken_away(tmp_path: Path) -> None:
    old = tmp_path / "index" / "v0"
    old.mkdir(parents=True)

    filled(tmp_path, article("a", "fog"))

    assert not old.exists()


def test_without_a_place_for_it_the_index_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")

    index = filled(tmp_path, article("a", "fog"))

    assert keys(found(index, "fog")) == ["a"]


def test_a_rebuild_gives_what_was_there(workspace: Workspace) -> None:
    before = titles(workspace, "ferry")

    synced = workspace.index.sync(rebuild=True)

    assert synced == Synced(3)
    assert titles(workspace, "ferry") == before


KILLED = """
import sys
from pathlib import Path
from tests.test_search import article, fill
from reader.search.index import Index
index, documents = Index(Path(sys.argv[1])), []
for at in range(10_000):
    documents.append(article(f"a{at}", f"fog number{at}"))
    fill(index, *documents)
    print(at, flush=True)
"""


def test_a_program_that_is_killed_while_it_writes_leaves_an_index_that_opens(tmp_path: Path) -> None:
    for rest in (0.0, 0.005, 0.02):
        shutil.rmtree(tmp_path / "index", ignore_errors=True)
        writing = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path / "index")], stdout=subprocess.PIPE
        )
        assert writing.stdout
        for _ in range(8):
            writing.stdout.readline()
        time.sleep(rest)
        writing.kill()
        writing.communicate()
        index = opened(tmp_path)

        assert found(index, "fog").total >= 8
        assert fill(index, article("b", "ice")).waiting == ""
        assert keys(found(index, "")) == ["b"]
        index.close()


@pytest.mark.parametrize(
    "query",
    [
        "(" * 5_000,
        "fog " * 2_500,
        '"' * 99,
        "a*" * 3_000,
        "\x00\x1b[31m",
        "^(.*)+$",
        "[a TO",
        "~~~~",
        "fog~9999999",
    ],
)
def test_no_query_is_an_error(tmp_path: Path, query: str) -> None:
    index = filled(tmp_path, article("a", "fog"))

    assert found(index, query).total >= 0


def test_of_hidden_blocks_only_those_that_are_there_answer(tmp_path: Path) -> None:
    dated = (
        article("a", "fog", day="2024"),
        article("b", "fog and ice", day="2024")._replace(hidden=((4, 11),)),
    )
    index = filled(tmp_path, *dated)

    assert keys(found(index, "in:hidden date:2024")) == ["b"]


@given(queries=st.lists(st.lists(st.sampled_from(PARTS), max_size=6).map(" ".join), max_size=20))
@settings(max_examples=10, deadline=None)
def test_whatever_is_combined_gets_an_answer(
    queries: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    hides = article("a", "fog and ice", day="2024")._replace(hidden=((4, 11),))
    about = hides._replace(
        key="n", kind=Kind.NOTE, text="", hidden=(), note="fog", tags=("sea",), noted=TODAY
    )
    index = filled(tmp_path_factory.mktemp("combined"), hides, about, article("b", "東京 café"))

    for query in queries:
        results = found(index, query)
        assert len(results.hits) == results.total <= 3
        index.suggest(parse(query, TODAY), Facts(TODAY))
    index.close()


@given(queries=st.lists(st.text(max_size=40), max_size=20))
@settings(max_examples=10, deadline=None)
def test_whatever_is_typed_gets_an_answer(
    queries: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    index = filled(tmp_path_factory.mktemp("typed"), article("a", "fog and ice"), article("b", "東京 café"))

    assert all(found(index, query).total <= 2 for query in queries)
    index.close()
