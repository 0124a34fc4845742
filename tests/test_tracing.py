"""Which article a file is about, when its id is gone."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Summary
from reader.tracing import Trail, trace, trace_by_quotes

FERRY = "the ferry left the harbour an hour late"
FOG = "thicker than any she remembered"


def article(article_id: str, title: str = "A ferry", path: str = "seeds/ferry.txt") -> Summary:
    return Summary(article_id, title, path, (1, 9), words=100, hidden=0)


def file(article_id: str, title: str = "A ferry", path: str = "seeds/ferry.txt", key: str = "") -> Trail[str]:
    return Trail(key or article_id, article_id, title, path)


def follow(trails: list[Trail[str]], summaries: list[Summary]) -> dict[str, str]:
    """Trace files whose words stand wherever they are looked for."""
    return trace(trails, summaries, lambda _trail, _article: True)


def test_a_file_belongs_to_the_article_of_its_id_wherever_that_stands() -> None:
    homes = follow([file("a-ferry-11111111")], [article("a-ferry-11111111", path="seeds/old/boats.txt")])

    assert homes == {"a-ferry-11111111": "a-ferry-11111111"}


def test_the_file_of_an_edited_article_is_found_by_path_and_title() -> None:
    today = [article("a-ferry-22222222", "A FERRY"), article("a-storm-33333333", "A storm")]

    assert follow([file("a-ferry-11111111")], today) == {"a-ferry-11111111": "a-ferry-22222222"}


def test_the_file_of_an_article_whose_title_was_corrected_is_found_by_path_and_slug() -> None:
    today = [article("a-ferry-22222222"), article("a-storm-33333333", "A storm")]

    assert follow([file("a-ferry-11111111", "The late ferry")], today) == {
        "a-ferry-11111111": "a-ferry-22222222"
    }


def test_the_only_article_of_a_source_is_that_of_its_file_whatever_its_title_is() -> None:
    homes = follow([file("a-ferry-11111111")], [article("a-late-ferry-22222222", "A late ferry")])

    assert homes == {"a-ferry-11111111": "a-late-ferry-22222222"}


def test_the_only_article_of_a_source_is_left_to_the_file_that_bears_its_id() -> None:
    today = [article("a-storm-22222222", "A storm")]

    homes = follow([file("a-ferry-11111111"), file("a-storm-22222222", "A storm")], today)

    assert homes == {"a-storm-22222222": "a-storm-22222222"}


def test_two_files_that_lead_to_one_article_by_its_path_alone_both_wait() -> None:
    files = [file("a-ferry-11111111"), file("a-storm-22222222", "A storm")]

    assert follow(files, [article("the-sea-33333333", "The sea")]) == {}


def test_two_files_of_one_id_are_about_one_article() -> None:
    files = [file("a-ferry-11111111", key="mine"), file("a-ferry-11111111", key="a copy")]

    homes = follow(files, [article("a-ferry-22222222")])

    assert homes == dict.fromkeys(("mine", "a copy"), "a-ferry-22222222")


def test_an_article_that_was_edited_and_moved_is_found_by_its_title() -> None:
    homes = follow([file("a-ferry-11111111")], [article("a-ferry-22222222", path="seeds/boats.txt")])

    assert homes == {"a-ferry-11111111": "a-ferry-22222222"}


def test_another_article_at_the_same_path_inherits_nothing() -> None:
    homes = trace(
        [file("a-ferry-11111111")],
        [article("a-late-ferry-22222222", "A late ferry")],
        lambda _trail, _article: False,
    )

    assert homes == {}


def test_a_title_elsewhere_means_nothing_while_the_source_stands() -> None:
    today = [
        article("monday-22222222", "Monday"),
        article("tuesday-33333333", "Tuesday"),
        article("a-ferry-44444444", path="seeds/boats.txt"),
    ]

    assert follow([file("a-ferry-11111111")], today) == {}


def test_a_title_that_two_articles_have_leads_to_neither() -> None:
    today = [article("a-ferry-22222222", path="one.txt"), article("a-ferry-33333333", path="two.txt")]

    assert follow([file("a-ferry-11111111")], today) == {}


def test_a_file_without_any_trace_waits() -> None:
    assert follow([file("a-ferry-11111111")], [article("a-storm-22222222", "A storm", "storm.txt")]) == {}


IDS = st.sampled_from([f"{slug}-{digest}" for slug in ("a-ferry", "a-storm") for digest in ("1", "2", "3")])
NAMES = st.tuples(IDS, st.sampled_from(["A ferry", "A storm"]), st.sampled_from(["one.txt", "two.txt"]))


@given(st.lists(NAMES, unique_by=lambda name: name[0]), st.lists(NAMES, unique_by=lambda name: name[0]))
def test_the_order_of_files_and_articles_does_not_matter(
    files: list[tuple[str, str, str]], today: list[tuple[str, str, str]]
) -> None:
    trails = [file(*name) for name in files]
    summaries = [article(*name) for name in today]

    homes = follow(trails, summaries)

    assert homes == follow(trails[::-1], summaries[::-1])
    assert set(homes.values()) <= {summary.id for summary in summaries}
    assert all(homes[one.key] == one.article_id for one in trails if one.article_id in homes.values())


def quoting(*quotes: str, article_id: str = "a-ferry-11111111") -> Trail[str]:
    return Trail("mine", article_id, "A ferry", "gone.txt", quotes)


def test_the_article_that_holds_the_quotes_is_found_by_them() -> None:
    articles = [("one", "Nothing."), ("two", f"At six {FERRY}. The fog was {FOG}.")]

    assert trace_by_quotes(quoting(FERRY, FOG), articles) == "two"


def test_half_of_the_quotes_are_enough() -> None:
    assert trace_by_quotes(quoting(FERRY, "a sentence that was cut"), [("one", f"At six {FERRY}.")]) == "one"


def test_less_than_half_of_the_quotes_are_not_enough() -> None:
    trail = quoting(FERRY, "a sentence that was cut", "and one more of those")

    assert trace_by_quotes(trail, [("one", f"At six {FERRY}.")]) is None


def test_one_short_quote_is_not_enough() -> None:
    assert trace_by_quotes(quoting("the captain"), [("one", "Ask the captain.")]) is None
    assert trace_by_quotes(quoting("the captain said"), [("one", "Late, the captain said.")]) is None


def test_of_two_articles_with_as_many_quotes_neither_is_taken() -> None:
    articles = [("one-1", f"At six {FERRY}."), ("two-2", f"At seven {FERRY}.")]

    assert trace_by_quotes(quoting(FERRY), articles) is None


def test_of_two_articles_with_as_many_quotes_that_of_the_same_slug_is_taken() -> None:
    articles = [("one-1", f"At six {FERRY}."), ("a-ferry-2", f"At seven {FERRY}.")]

    assert trace_by_quotes(quoting(FERRY), articles) == "a-ferry-2"


def test_the_article_with_more_quotes_is_taken_before_the_one_of_the_same_slug() -> None:
    articles = [("a-ferry-2", f"At seven {FERRY}."), ("one-1", f"At six {FERRY}. It was {FOG}.")]

    assert trace_by_quotes(quoting(FERRY, FOG), articles) == "one-1"


def test_a_file_without_quotes_leads_nowhere() -> None:
    assert trace_by_quotes(quoting(), [("one", "Anything.")]) is None
