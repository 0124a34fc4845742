import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.anchoring import describe
from reader.annotations import AnnotationStore, ArticleRecord
from reader.annotations.document import parse_document
from reader.errors import Conflict
from reader.model import BlockChoice, Choice, Problem, Target
from tests.builders import LEAD, SECOND, article_of

ARTICLE = article_of(LEAD, SECOND)
TARGET = describe(ARTICLE.text, 0, len(LEAD))


def store_in(folder: Path) -> AnnotationStore:
    return AnnotationStore(folder / "annotations", folder / "locks")


def file_of(store: AnnotationStore) -> Path:
    return store.path_of(ARTICLE.id)


def loaded(store: AnnotationStore) -> tuple[ArticleRecord, tuple[Problem, ...]]:
    records, problems = store.load_all()
    return records.get(ARTICLE.id, ArticleRecord(ARTICLE.id)), problems


def test_a_star_and_a_choice_are_read_back(tmp_path: Path):
    store = store_in(tmp_path)

    store.star(ARTICLE, starred=True)
    store.choose(ARTICLE, TARGET, Choice.HIDE)

    record, problems = loaded(store)
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


def test_what_is_taken_back_leaves_no_file_behind(tmp_path: Path):
    store = store_in(tmp_path)

    store.star(ARTICLE, starred=True)
    store.choose(ARTICLE, TARGET, Choice.KEEP)
    store.choose(ARTICLE, TARGET, None)
    store.star(ARTICLE, starred=False)

    assert list(store.folder.iterdir()) == []


def test_a_choice_with_words_of_the_user_is_taken_back_without_them(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(ARTICLE, TARGET, Choice.KEEP)
    text = file_of(store).read_text(encoding="utf-8").replace("[[block]]", "[[block]]  # dear to me")
    file_of(store).write_text(text, encoding="utf-8")

    store.choose(ARTICLE, TARGET, None)

    assert loaded(store)[0].choices == ()
    assert loaded(store)[1] == ()
    assert "# dear to me" in file_of(store).read_text(encoding="utf-8")
    store.choose(ARTICLE, TARGET, Choice.HIDE)
    assert loaded(store)[0].choices == (BlockChoice(TARGET, Choice.HIDE),)


def test_setting_a_key_leaves_every_other_byte_of_its_entry(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    text = (
        "version = 1\r\n[article]\r\n# why I like it\r\nid = 'a-ferry-00000000' # mine\r\n"
        "starred   =   false   # not yet\r\n[article.a.b]\r\nk = 1\r\n"
    )
    file_of(store).write_bytes(text.encode())

    store.star(ARTICLE, starred=True)

    assert file_of(store).read_bytes().decode() == text.replace("false", "true")


@pytest.mark.parametrize(
    "text",
    [
        'article = { id = "a-ferry-00000000" }\n',
        "article = 3\n",
        '[[article]]\nid = "a-ferry-00000000"\n[[article]]\nid = "b"\n',
        '[article]\nid = "a-ferry-00000000"\n[other]\n[article.more]\nk = 1\n',
        'version = 2\n[article]\nid = "a-ferry-00000000"\n',
    ],
)
def test_a_valid_file_of_an_unusual_form_is_never_rewritten(tmp_path: Path, text: str):
    store = store_in(tmp_path)
    store.folder.mkdir()
    file_of(store).write_text(text, encoding="utf-8")

    with pytest.raises(Conflict):
        store.star(ARTICLE, starred=True)

    assert file_of(store).read_text(encoding="utf-8") == text


def test_a_header_in_quotes_is_a_header(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    file_of(store).write_text('["article"]\nid = "a-ferry-00000000"\n', encoding="utf-8")

    store.star(ARTICLE, starred=True)

    assert loaded(store)[0].starred


def test_a_block_that_stands_twice_is_changed_twice(tmp_path: Path):
    store = store_in(tmp_path)
    store.choose(ARTICLE, TARGET, Choice.KEEP)
    text = file_of(store).read_text(encoding="utf-8")
    file_of(store).write_text(text + "\n" + text[text.index("[[block]]") :], encoding="utf-8")

    store.choose(ARTICLE, TARGET, Choice.HIDE)

    assert [made.choice for made in loaded(store)[0].choices] == [Choice.HIDE, Choice.HIDE]


def test_a_file_without_an_article_is_named(tmp_path: Path):
    store = store_in(tmp_path)
    store.folder.mkdir()
    (store.folder / "notes.toml").write_text("a = 1\n", encoding="utf-8")

    assert [problem.where for problem in store.load_all()[1]] == [str(store.folder / "notes.toml")]


def test_a_file_that_was_renamed_is_read_by_its_id(tmp_path: Path):
    store = store_in(tmp_path)
    store.star(ARTICLE, starred=True)
    file_of(store).rename(store.folder / "my ferry.toml")

    assert loaded(store)[0].starred


def test_a_line_separator_in_a_comment_begins_no_line():
    text = "version = 1 # a\u2028[[block]]\n"

    assert [entry.name for entry in parse_document(text).entries] == [""]


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
    assert len(loaded(store)[0].choices) == 2


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

    record, problems = loaded(store)
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

    record, problems = loaded(store)
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

    assert loaded(store)[0].starred


def test_a_line_in_a_string_that_looks_like_a_header_is_none():
    text = 'a = """\n[block]\n"""\n\n[[block]]\nwords = """\n[[block]]\n"""\n'

    document = parse_document(text)

    assert [entry.name for entry in document.entries] == ["", "block"]
    assert document.text == text


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.integers(0, 10**6))
def test_every_passage_is_written_and_read_back_letter_for_letter(words: str, start: int):
    target = {"exact": words, "prefix": words, "suffix": "", "start": start, "end": start + len(words)}

    document = parse_document("version = 1\n").adding("block", {"target": target}, many=True)

    (entry,) = parse_document(document.text).named("block")
    assert entry.table["target"] == target


def test_a_target_says_where_the_words_stand_and_what_is_around_them():
    assert describe("one two three", 4, 7) == Target("two", "one ", " three", 4, 7)
