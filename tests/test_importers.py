"""Bytes -> text -> blocks: what is read, how it is read, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import UnreadableSource
from reader.importers import parse
from reader.importers.decoding import decode
from reader.importers.text import MOST_BLOCKS
from reader.inert import is_inert
from reader.model import BLOCK_GAP, BlockKind, Source

HOSTILE = Path(__file__).parent / "samples" / "hostile"
HOSTILE_TEXTS = sorted(path for path in HOSTILE.iterdir() if path.suffix in (".txt", ".md"))

BYTES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(alphabet="ab \t\r\n-*•#>`1.=\u00a0\u200b\x1b\x85\u2028é", max_size=300).map(str.encode),
)


def read(text: str) -> Source:
    return parse(text.encode(), ".txt")


def words(source: Source) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks]


# --- Decoding ---


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Café déjà vu, naïve façade", "cp1252"),
        ("He said “smart” – it’s €5…", "cp1252"),
        ("Straße, Übung, schön größer „Wörter“", "cp1252"),
        ("El niño comió mañana ¿qué pasó? ¡No!", "cp1252"),
        ("Zażółć gęślą jaźń, część pięć źródło", "cp1250"),
        ("Все счастливые семьи похожи друг на друга", "koi8_r"),
        ("Все счастливые семьи похожи друг на друга", "cp1251"),
        ("Η κυβέρνηση ανακοίνωσε νέα μέτρα σήμερα", "cp1253"),
        ("日本語のテキスト表示", "cp932"),
        ("これは日本語の文章です。今日はいい天気ですね。", "euc_jp"),
        ("中国政府今天宣布新的经济政策", "gb18030"),
    ],
)
@pytest.mark.parametrize("lines", [1, 30])
def test_a_legacy_encoding_is_guessed_from_a_line_and_from_a_page(
    text: str, encoding: str, lines: int
) -> None:
    decoded = decode(f"{text}\n".encode(encoding) * lines)

    assert decoded.text.splitlines()[0] == text
    assert decoded.guessed


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_and_is_no_part_of_the_text(encoding: str) -> None:
    decoded = decode("“one”\ntwo".encode(encoding))

    assert (decoded.text, decoded.guessed) == ("“one”\ntwo", False)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["plain words\nof two lines", "Все счастливые семьи похожи друг на друга\n"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))

    assert decoded.text == text
    assert decoded.encoding == encoding


def test_a_few_damaged_bytes_do_not_make_utf_8_another_encoding() -> None:
    decoded = decode("“Smart” – naïve café".encode() + b" \xe9 \xff end")

    assert decoded.text == "“Smart” – naïve café \ufffd \ufffd end"
    assert decoded.encoding == "utf-8"


def test_text_with_a_zero_byte_is_text() -> None:
    source = parse(b"a word\0 more words\n", ".txt")

    assert source.text == "a word␀ more words"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%more",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        bytes(range(256)) * 4,
        b"\0" * 100,
        b"\xff\xd8\xff\xe0",
        b"\x00\x01\x02\xfe\xfd" * 50,
    ],
)
def test_what_is_not_text_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(UnreadableSource, match=r"^not text: "):
        parse(content, ".txt")


def test_a_file_of_an_unknown_suffix_is_read_as_text() -> None:
    assert parse(b"words", ".log").text == "words"


def test_the_case_of_a_suffix_does_not_matter() -> None:
    assert parse(b"words", ".TXT") == parse(b"words", "")


# --- Lines and words ---


def test_lines_end_at_lf_cr_and_cr_lf_and_nowhere_else() -> None:
    source = read("a\nb\r\nc\rd\u2028e\vf\x85g\x1ch")

    assert words(source) == ["a", "b", "c", "d e f g h"]
    assert source.lines == 4


def test_a_block_knows_its_line_its_indent_and_the_blank_lines_before_it() -> None:
    source = read("one\n\n \n\ttwo\n  three\n\u3000four")

    assert [(block.first_line, block.indent, block.blanks_before) for block in source.blocks] == [
        (1, 0, 0),
        (4, 8, 2),
        (5, 2, 0),
        (6, 2, 0),
    ]


def test_white_space_inside_a_line_becomes_one_space_but_no_break_spaces_stay() -> None:
    assert read("  a \t b\u00a0c \u00a0\n").text == "a b\u00a0c"


def test_unseen_characters_are_dropped_so_that_words_are_found() -> None:
    assert read("pass\u00adw\u200bo\u2060r\u200ed\ufeff \U000e0041x").text == "password x"


def test_joiners_of_emoji_and_persian_stay() -> None:
    assert read("👩\u200d💻 می\u200cخواهم").text == "👩\u200d💻 می\u200cخواهم"


def test_a_line_of_unseen_characters_is_a_blank_line() -> None:
    source = read("one\n\u200b\ntwo")

    assert source.blocks[1].blanks_before == 1


def test_active_characters_become_visible() -> None:
    assert read("a\x1b[31mb\u202ec\ufdd0").text == "a␛[31mb\ufffdc\ufffd"


def test_nothing_is_a_source_without_blocks() -> None:
    assert parse(b"", ".txt") == Source("", (), 0, "utf-8")
    assert read(" \t\n \n").blocks == ()


# --- Markers ---


@pytest.mark.parametrize(
    ("line", "kind", "marker", "text"),
    [
        ("• a bullet", BlockKind.LIST_ITEM, "•", "a bullet"),
        ("- a bullet", BlockKind.LIST_ITEM, "-", "a bullet"),
        ("12) a number", BlockKind.LIST_ITEM, "12)", "a number"),
        ("3. a number", BlockKind.LIST_ITEM, "3.", "a number"),
        ("## a heading", BlockKind.HEADING, "##", "a heading"),
        ("> > a quotation", BlockKind.QUOTE, "> >", "a quotation"),
        ("— a dialogue", BlockKind.PARAGRAPH, "", "— a dialogue"),
        ("#hashtag", BlockKind.PARAGRAPH, "", "#hashtag"),
        ("*stressed* words", BlockKind.PARAGRAPH, "", "*stressed* words"),
        ("* * *", BlockKind.PARAGRAPH, "", "* * *"),
        ("-5 degrees", BlockKind.PARAGRAPH, "", "-5 degrees"),
        ("21. Januar 2025 in Berlin", BlockKind.PARAGRAPH, "", "21. Januar 2025 in Berlin"),
        ("1. März begann alles", BlockKind.LIST_ITEM, "1.", "März begann alles"),
    ],
)
def test_a_marker_is_taken_off_the_text_and_kept(line: str, kind: BlockKind, marker: str, text: str) -> None:
    source = read(line)

    assert (source.blocks[0].kind, source.blocks[0].marker, source.text) == (kind, marker, text)


def test_a_heading_has_the_level_of_its_signs() -> None:
    assert [block.level for block in read("# one\n### three").blocks] == [1, 3]


def test_fenced_code_is_one_block_with_its_lines_and_indents() -> None:
    source = read("before\n```python\nif x:\n\n\treturn\x1b\n```\nafter")

    assert words(source) == ["before", "if x:\n\n        return␛", "after"]
    assert source.blocks[1].kind is BlockKind.CODE
    assert (source.blocks[1].first_line, source.blocks[1].last_line) == (2, 6)


def test_a_fence_that_is_never_closed_is_a_line_like_others() -> None:
    assert words(read("```\none\ntwo")) == ["```", "one", "two"]


# --- Hard wraps ---

WRAPPED = """\
A heading stands alone

The sea comes in and goes out because the moon pulls at the water that
lies nearest to it, and less at the water on the far side. Between the
two the sea is drawn thin, and that is ebb, as every child on the coast
knows before it can read.

When sun and moon stand in one line they pull together, and the water
climbs to the top of the harbour wall. A week later they pull across
each other, and the boats barely move on their ropes, and the mud under
them begins to smell of summer.
- one thing
- and another
"""


def test_lines_broken_at_one_width_become_paragraphs_again() -> None:
    source = read(WRAPPED)

    assert [(block.first_line, block.last_line) for block in source.blocks] == [
        (1, 1),
        (3, 6),
        (8, 11),
        (12, 12),
        (13, 13),
    ]
    assert words(source)[1].endswith("as every child on the coast knows before it can read.")


def test_an_indented_first_line_begins_a_paragraph() -> None:
    indented = WRAPPED.replace("\n\nThe sea", "\n  The sea").replace("\n\nWhen", "\n  When")

    assert [block.first_line for block in read(indented).blocks] == [1, 2, 6, 10, 11]


def test_a_poem_is_not_joined() -> None:
    poem = "the sea comes in\nand takes the sand\nand leaves a line\nof weed on land\n" * 4

    assert len(read(poem).blocks) == 16


def test_a_sentence_a_line_is_not_joined() -> None:
    sentences = "the sea comes in and goes out because the moon pulls at the water nearest to it.\n" * 20

    assert len(read(sentences).blocks) == 20


def test_a_paragraph_a_line_is_not_joined() -> None:
    paragraphs = "\n".join(f"paragraph {number} " + "goes on " * (9 + number % 7) for number in range(30))

    assert len(read(paragraphs).blocks) == 30


# --- Whatever the bytes ---


@given(BYTES)
@settings(max_examples=300, deadline=None)
def test_blocks_tile_the_text_or_the_bytes_are_refused(content: bytes) -> None:
    try:
        source = parse(content, ".txt")
    except UnreadableSource:
        return

    assert BLOCK_GAP.join(words(source)) == source.text
    assert [block.start for block in source.blocks[1:]] == [
        block.end + len(BLOCK_GAP) for block in source.blocks[:-1]
    ]
    assert all(block.start < block.end for block in source.blocks)
    assert is_inert(source.text.replace("\n", " "))
    numbers = [number for block in source.blocks for number in (block.first_line, block.last_line)]
    assert numbers == sorted(numbers)
    assert not numbers or (numbers[0] >= 1 and numbers[-1] <= source.lines)
    source.text.encode("utf-8")


@pytest.mark.parametrize("path", HOSTILE_TEXTS, ids=lambda path: path.name)
def test_hostile_files_are_read_and_made_inert(path: Path) -> None:
    source = parse(path.read_bytes(), path.suffix)

    assert is_inert(source.text.replace("\n", " "))


def test_a_file_of_more_lines_than_any_text_has_is_refused():
    with pytest.raises(UnreadableSource, match="more than 150,000 paragraphs"):
        parse(b"x\n" * (MOST_BLOCKS + 1), ".txt")
