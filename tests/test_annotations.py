import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.anchoring import describe
from reader.annotations import AnnotationStore
from reader.annotations.document import parse_document
from reader.errors import Conflict
from reader.model import BlockChoice, Choice, Target
from tests.builders import LEAD, SECOND, article_of

ARTICLE = article_of(LEAD, SECOND)
TARGET = describe(ARTICLE.text, 0, len(LEAD))


def store_in(folder: Path) -> AnnotationStore:
    return AnnotationStore(folder / "annotations", folder / "locks")


def file_of(store: AnnotationStore) -> Path:
    return store.path_of(ARTICLE.id)


def test_a_star_and_a_choice_are_read_back(tmp_path: Path):
    store = store_in(tmp_path)

    store.star(ARTICLE, starred=True)
    store.choose(ARTICLE, TARGET, Choice.HIDE)

    record, problems = store.load(ARTICLE.id)
    assert record.starred
    assert record.choices == (BlockChoice(TARGET, Choice.HIDE),)
    assert problems == ()


def test_the_file_is_named_after_the_article_and_says_what_it_is_about(tmp_path: Path):
    store = store_in(tmp_path)

    store.star(ARTICLE, starred=True)

    assert file_of(store).name == "a-ferry--00000000.toml"
    table = tomllib.loads(file_of(store).read_text(encoding="utf-8"))
    assert table["version"] == 1
    assert table["article"] == {
        "id": ARTICLE.id,
        "title": "A ferry",
        "path": "seeds/ferry.txt",
        "starred": True,
    }


def test_a_choice_that_is_taken_back_leaves_the_file_as_it_was(tmp_path: Path):
    store = store_in(tmp_path)
    store.star(ARTICLE, starred=True)
    before = file_of(store).read_bytes()

    store.choose(ARTICLE, TARGET, Choice.KEEP)
    store.choose(ARTICLE, TARGET, None)

    assert file_of(store).read_bytes().rstrip() == before.rstrip()


def test_comments_blank_lines_and_unknown_keys_survive_a_change_elsewhere(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(ARTICLE, TARGET, Choice.KEEP)
    by_hand = "# mine\r\n\r\n" + file_of(store).read_text(encoding="utf-8").replace(
        "[[block]]", '# why I kept it\n[[block]]\nmood   =   "sunny"   # a remark'
    )
    file_of(store).write_bytes(by_hand.encode())

    store.choose(ARTICLE, describe(ARTICLE.text, len(LEAD) + 2, len(ARTICLE.text)), Choice.HIDE)

    text = file_of(store).read_bytes().decode()
    assert text.startswith(by_hand)
    assert len(store.load(ARTICLE.id)[0].choices) == 2


def test_an_entry_that_is_rewritten_keeps_the_comments_above_it_and_unknown_keys(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(ARTICLE, TARGET, Choice.KEEP)
    text = file_of(store).read_text(encoding="utf-8")
    file_of(store).write_text(text.replace("[[block]]", '# why\n[[block]]\nmood = "sunny"'), encoding="utf-8")

    store.choose(ARTICLE, TARGET, Choice.HIDE)

    text = file_of(store).read_text(encoding="utf-8")
    assert "# why\n[[block]]" in text
    assert 'mood = "sunny"' in text
    assert 'choice = "hide"' in text


@pytest.mark.parametrize(
    "damage", [b"a = \n", b"\xff\xfe\x00", b"<<<<<<< ours\na = 1\n>>>>>>> theirs\n", b"a = " + b"[" * 5000]
)
def test_a_damaged_file_is_named_and_never_overwritten(tmp_path: Path, damage: bytes):
    store = store_in(tmp_path)
    store.folder.mkdir()
    file_of(store).write_bytes(damage)

    record, problems = store.load(ARTICLE.id)
    with pytest.raises(Conflict):
        store.star(ARTICLE, starred=True)

    assert record.choices == ()
    assert [problem.where for problem in problems] == [str(file_of(store))]
    assert file_of(store).read_bytes() == damage


def test_an_entry_with_a_wrong_type_is_named_and_stays_in_the_file(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(ARTICLE, TARGET, Choice.KEEP)
    with file_of(store).open("a", encoding="utf-8") as file:
        file.write('\n[[block]]\nchoice = 7\n[block.target]\nexact = "x"\nstart = "one"\nend = 2\n')

    record, problems = store.load(ARTICLE.id)
    store.star(ARTICLE, starred=True)

    assert len(record.choices) == 1
    assert len(problems) == 1
    assert "choice = 7" in file_of(store).read_text(encoding="utf-8")


def test_a_copy_left_by_a_synchronisation_is_named_and_not_read(tmp_path: Path):
    store = store_in(tmp_path)
    store.star(ARTICLE, starred=True)
    copy = file_of(store).with_name("a-ferry--00000000.sync-conflict-20260101-000000-ABCDEFG.toml")
    copy.write_bytes(file_of(store).read_bytes())

    records, problems = store.load_all()

    assert list(records) == [ARTICLE.id]
    assert [problem.where for problem in problems] == [str(copy)]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path):
    store = store_in(tmp_path)
    store.star(ARTICLE, starred=True)
    file_of(store).write_bytes(b"\xef\xbb\xbf" + file_of(store).read_bytes())

    assert store.load(ARTICLE.id)[0].starred


def test_a_line_in_a_string_that_looks_like_a_header_is_none():
    text = 'a = """\n[block]\n"""\n\n[[block]]\nwords = """\n[[block]]\n"""\n'

    document = parse_document(text)

    assert [entry.name for entry in document.entries] == ["", "block"]
    assert document.text == text


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.integers(0, 10**6))
def test_every_passage_is_written_and_read_back_letter_for_letter(words: str, start: int):
    target = {"exact": words, "prefix": words, "suffix": "", "start": start, "end": start + len(words)}

    document = parse_document("version = 1\n").with_entry(None, "block", {"target": target}, many=True)

    (entry,) = parse_document(document.text).named("block")
    assert entry.table["target"] == target


def test_a_target_says_where_the_words_stand_and_what_is_around_them():
    assert describe("one two three", 4, 7) == Target("two", "one ", " three", 4, 7)
