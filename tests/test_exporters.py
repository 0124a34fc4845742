"""Exports: the same values give the same text, which says what was written and nothing else.

`python -m tests.test_exporters` writes the golden files anew.
"""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reader.exporters import EXPORTERS, Section
from reader.exporters.escaping import escaped, escaped_lines
from reader.exporters.markdown import BEGIN, END
from reader.inert import inert_fields, is_inert
from reader.passages import AnchorState, Annotation, Color, Placed, Target

GOLDEN = Path(__file__).parent / "samples" / "export"
FILES = {"markdown": "everything.md", "jsonl": "everything.jsonl"}
DAY = "2026-11-21T22:30:00Z"


def placed(
    number: int,
    quote: str,
    body: str = "",
    tags: tuple[str, ...] = (),
    state: AnchorState = AnchorState.EXACT,
) -> Placed:
    target = Target(quote, "said that ", " and no more", 100 * number, 100 * number + len(quote))
    color = tuple(Color)[number % len(Color)]
    annotation = Annotation(f"01JD8Z{number:020}", target, color, tags, body, DAY, DAY)
    return Placed(annotation, "a-ferry-1", "A ferry", "seeds/ferry.txt", state, target.start, target.end)


FERRY = Section(
    article_id="a-ferry-1",
    title="A ferry: *late* [again] #1",
    path="seeds/the_ferry_.txt",
    source="The Harbour Post",
    author="",
    date="2025-01-21",
    starred=True,
    tags=("sea", "travel/by sea"),
    note="Compare with the *timetable*.",
    corrections={"source": "The Harbour Post"},
    annotations=(
        placed(1, "The fog was thicker than any she remembered."),
        placed(
            2,
            "- first\n- second, at 5 * 3 = 15\n\n1. And $5 of it, _he_ said.",
            "Two\n\nparagraphs.",
            ("sea",),
        ),
        placed(3, "The lighthouse <b>was</b> dark.", "", ("fog", "sea"), AnchorState.APPROXIMATE),
        placed(4, "Nobody knows where this stood.", "Gone?", (), AnchorState.ORPHAN),
    ),
)
LOST = Section(
    article_id="",
    title="An article that is gone",
    path="seeds/gone.txt",
    annotations=(placed(5, "Its words stay.", "And \x1b[31m the note.", (), AnchorState.ORPHAN),),
    is_lost=True,
)
EVERYTHING = (FERRY, Section("an-island-2", "An island", "seeds/island.txt", tags=("sea",)), LOST)


def shown(markdown: str) -> str:
    """Read what a Markdown document shows: its words, with line breaks and paragraphs."""
    return "\n\n".join(
        "".join(map(words_of, token.children or ()))
        for token in MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
        if token.type == "inline"
    )


def words_of(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def as_read(text: str) -> str:
    """Bring a text to what a reader sees of it: blanks at the ends of lines and empty lines aside."""
    blank_lines = r"\n(?:[ \t]*\n)+"
    paragraphs = (
        "\n".join(line.rstrip() for line in part.split("\n") if line.strip())
        for part in re.split(blank_lines, text)
    )
    return "\n\n".join(filter(None, paragraphs)).replace("\N{NO-BREAK SPACE}", " ")


ACTIVE = st.text(st.sampled_from("ab 1.)-+*_#>=|`~<[]!$%^&;:\\é"), min_size=1, max_size=40)
LINES = st.lists(ACTIVE, min_size=1, max_size=4).map("\n".join)


@pytest.mark.parametrize("form", EXPORTERS)
def test_everything_is_exported_as_in_the_golden_file(form: str) -> None:
    assert EXPORTERS[form].write(EVERYTHING) == (GOLDEN / FILES[form]).read_text(encoding="utf-8")


@pytest.mark.parametrize("form", EXPORTERS)
def test_an_export_holds_nothing_that_a_terminal_would_act_on(form: str) -> None:
    text = EXPORTERS[form].write(EVERYTHING)

    assert inert_fields(text) == text


@pytest.mark.parametrize("form", EXPORTERS)
def test_an_export_is_renewed_by_the_next_one(form: str) -> None:
    exporter = EXPORTERS[form]
    first, second = exporter.write((FERRY,)), exporter.write(EVERYTHING)

    assert exporter.renew(first, second) == second
    assert exporter.renew(second, second) == second


@pytest.mark.parametrize("form", EXPORTERS)
def test_a_file_of_somebody_else_is_not_renewed(form: str) -> None:
    exporter = EXPORTERS[form]

    assert exporter.renew("# My own notes\n", exporter.write(EVERYTHING)) is None
    assert exporter.renew('{"a": 1}\n', exporter.write(EVERYTHING)) is None


def test_words_around_the_marks_of_a_markdown_export_stay() -> None:
    exporter = EXPORTERS["markdown"]
    first, second = exporter.write((FERRY,)), exporter.write(EVERYTHING)

    renewed = exporter.renew(f"# Mine\n\n{first}\nAnd mine.\n", second)

    assert renewed == f"# Mine\n\n{second}\nAnd mine.\n"


def test_a_note_that_looks_like_the_closing_mark_does_not_close_the_export() -> None:
    section = Section("a", "A", "a.txt", note=f"{END}\nmore")
    text = EXPORTERS["markdown"].write((section,))

    assert EXPORTERS["markdown"].renew(text, "new\n") == "new\n"
    assert text.startswith(BEGIN)


def test_each_line_of_json_says_what_the_annotation_says() -> None:
    lines = [json.loads(line) for line in EXPORTERS["jsonl"].write(EVERYTHING).splitlines()]

    kinds = [line["type"] for line in lines]
    assert kinds == ["article", *["annotation"] * 4, "article", "annotation"]
    assert lines[-1]["note"] == "And \x1b[31m the note."
    assert lines[-1]["article"]["lost"] is True


@given(st.text())
def test_a_json_line_gives_back_every_text(text: str) -> None:
    line = EXPORTERS["jsonl"].write((Section("a", "A", "a.txt", note=f"x{text}"),))

    assert json.loads(line)["note"] == f"x{text}"
    assert is_inert(line.removesuffix("\n"))


@given(ACTIVE)
def test_a_title_is_shown_as_it_was_written(title: str) -> None:
    assert shown(f"## {escaped(title.strip())}") == title.strip()


@given(LINES)
def test_a_quote_is_shown_as_it_was_written(text: str) -> None:
    quoted = "\n".join(f"> {line}" for line in escaped_lines(text).split("\n"))

    assert as_read(shown(quoted)) == as_read(text)


def test_a_quote_that_begins_between_two_paragraphs_begins_with_its_words() -> None:
    text = EXPORTERS["markdown"].write((Section("a", "A", "a.txt", annotations=(placed(1, "\n\n so"),)),))

    assert "\n\n> so\n\n" in text


def test_what_means_itself_is_not_escaped() -> None:
    plain = "Snake_case, 5 - 3 = 2, AT&T, $5 to $7, 100%, e.g. (this): “so”, C# and 1.5!"

    assert escaped(plain) == plain


if __name__ == "__main__":
    for name, file in FILES.items():
        (GOLDEN / file).write_text(EXPORTERS[name].write(EVERYTHING), encoding="utf-8")
