"""What of a page its own styles and classes hide, and what they only seem to."""

import pytest

from reader.importers import parse
from reader.markup import is_unseen
from reader.model import Source

STORY = "<p>The ferry left the harbour at six in the morning with forty passengers on her deck.</p>"


def read(styles: str, body: str) -> Source:
    return parse(f"<html><head>{styles}</head><body>{STORY}{body}{STORY}</body></html>".encode(), ".html")


def unseen(source: Source) -> list[str]:
    return [source.text[block.start : block.end] for block in source.blocks if is_unseen(block.markup)]


@pytest.mark.parametrize(
    "styles",
    [
        ".note { display: none }",
        "div.note{color:red;display:none!important}",
        "#top, .x.note, .note{DISPLAY : NONE;}",
        "/* drafts { */ .note { display: none } /* never closed",
        "@media screen and (min-width: 60em) { .note { display: none } }",
        "@supports (display: grid) { .note { display: none } }",
        ".note { display: block } .note { display: none }",
        ".note.wide { display: none } .note { display: block }",
        "main .note { color: red } .note { display: none }",
    ],
)
def test_what_the_styles_of_a_page_hide_at_a_desk_is_unseen(styles: str) -> None:
    source = read(f"<style>{styles}</style>", "<div class='note wide'><p>A draft.</p></div>")

    assert unseen(source) == ["A draft."]


@pytest.mark.parametrize(
    "styles",
    [
        "",
        ".note { display: block }",
        ".note { visibility: visible; background-display: none }",
        ".other, .note.open, p.note, .note p, .note:hover { display: none }",
        "@media print { .note { display: none } }",
        "@media (max-width: 600px) { .note { display: none } }",
        "@media (min-width: 1900px) { .note { display: none } }",
        "@media (hover: none) { .note { display: none } }",
        ".note { display: none } .note { display: block }",
        ".note { display: none } div.wide.note { display: flex }",
        ".note { display: none } @media (min-width: 600px) { .note { display: block } }",
        ".note { display: block !important } .note { display: none }",
        ".note { display: none } body .note { display: block }",
        "div { display: none }",
        "@media print { .note { display: none }",
        "}} .note { display: block }",
    ],
)
def test_what_is_hidden_elsewhere_or_shown_again_is_seen(styles: str) -> None:
    source = read(f"<style>{styles}</style>", "<div class='note wide'><p>A remark.</p></div>")

    assert unseen(source) == []


@pytest.mark.parametrize(
    ("media", "hides"), [("print", False), ("screen", True), ("(max-width: 9px)", False)]
)
def test_the_media_of_styles_are_asked(media: str, hides: bool) -> None:
    source = read(f"<style media='{media}'>.note {{ display: none }}</style>", "<p class=note>A draft.</p>")

    assert unseen(source) == ["A draft."] * hides


@pytest.mark.parametrize(
    ("classes", "hides"),
    [
        ("hidden", True),
        ("sr-only", True),
        ("box d-none", True),
        ("section-hidden-desktop section-hidden-mobile", True),
        ("d-none d-md-block", False),
        ("hidden lg:flex", False),
        ("section-hidden-desktop", False),
        ("hidden-mobile", False),
        ("overflow-hidden", False),
        ("hidden-gems", False),
    ],
)
def test_classes_that_hide_everywhere_are_known(classes: str, hides: bool) -> None:
    source = read("", f"<div class='{classes}'><p>A line.</p></div>")

    assert unseen(source) == ["A line."] * hides


def test_words_at_the_beginning_of_a_line_that_nobody_sees_are_a_block_of_their_own() -> None:
    source = read("", "<p><span class=sr-only>Opens a new window.</span> The captain told <b>nobody</b>.</p>")

    assert unseen(source) == ["Opens a new window."]
    assert "The captain told nobody." in source.text.split("\n")


def test_what_hides_most_of_a_page_is_a_curtain_that_a_script_draws_aside() -> None:
    story = STORY * 8
    source = read("<style>#page { display: none }</style>", f"<div id=page>{story}<p hidden>x</p></div>")

    assert unseen(source) == []


@pytest.mark.parametrize(
    ("written", "times"), [("/*", 400_000), ("{", 800_000), ("display: ", 200_000), (".x,", 500_000)]
)
def test_styles_without_end_are_read_to_an_end(written: str, times: int) -> None:
    source = read(f"<style>.a {{ display: none }} {written * times}</style>", "<p class=a>A draft.</p>")

    assert unseen(source) == ["A draft."]


def test_of_very_many_rules_those_that_come_first_are_read() -> None:
    rules = "".join(f".a.b{number} {{ display: none }}" for number in range(9_000))
    source = read(f"<style>{rules}</style>", "<p class='a b7'>A draft.</p>" + "<p class=a>x</p>" * 9_000)

    assert unseen(source) == ["A draft."]
