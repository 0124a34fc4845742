"""Formulas of a page: one line of text, as one would type it."""

import pytest

from reader.importers import parse

X2 = "<msup><mi>x</mi><mn>2</mn></msup>"


def text_of(page: str) -> str:
    return parse(page.encode(), ".html").text


@pytest.mark.parametrize(
    ("formula", "written"),
    [
        ("<mi>h</mi><mo>=</mo><mfrac><mi>V</mi><mi>A</mi></mfrac>", "h = V/A"),
        (f"<mfrac><mrow>{X2}<mo>+</mo><mn>1</mn></mrow><mn>2</mn></mfrac>", "(x² + 1)/2"),
        ("<mo>-</mo><mi>f</mi><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>", "-f(x, y)"),
        (f"<msqrt>{X2}<mo>+</mo><msub><mi>a</mi><mn>0</mn></msub></msqrt>", "√(x² + a₀)"),
        ("<mstyle><mi>h</mi><mo>=</mo><mi>V</mi></mstyle>", "h = V"),
        ("<mroot><mi>x</mi><mn>3</mn></mroot>", "³√x"),
        ("<munderover><mo>∑</mo><mi>i</mi><mi>n</mi></munderover><mi>i</mi>", "∑_iⁿi"),
        ("<msup><mi>e</mi><mrow><mi>i</mi><mi>t</mi></mrow></msup>", "e^it"),
        (
            "<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd><mtd>4</mtd></mtr></mtable>",
            "1 2; 3 4",
        ),
        ("<semantics><mi>E</mi><annotation>\\mathrm{E}</annotation></semantics>", "E"),
    ],
)
def test_a_formula_is_written_as_one_would_type_it(formula: str, written: str) -> None:
    assert text_of(f"<p>Let <math>{formula}</math> be so.</p>") == f"Let {written} be so."


def test_a_formula_that_is_shown_twice_is_read_once() -> None:
    page = (
        "<p>It is <span class=katex><span class=katex-mathml><math><mi>E</mi></math></span>"
        "<span class=katex-html aria-hidden=true><span>E</span></span></span> here.</p>"
    )

    assert text_of(page) == "It is E here."


def test_a_formula_without_words_is_what_its_author_wrote_beside_it() -> None:
    assert text_of("<p>So <math alttext='a+b'></math>.</p>") == "So a+b."


def test_a_formula_nested_without_end_is_read() -> None:
    assert "x" in text_of(f"<p>{'<math>' + '<msqrt>' * 900}x</math></p>")
