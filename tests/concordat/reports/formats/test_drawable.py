"""Texts as a PDF can draw them; every letter that is said to be drawn, typst draws."""

import json

import pytest
import typst

from concordat.reports.formats.drawable import DRAWN, drawable, has_boxes


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("plain text", "plain text"),
        ("", ""),
        ("“quotes” – dashes … £5 €6", "“quotes” – dashes … £5 €6"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b", "a\nb"),
        ("nul\x00 bell\x07", "nul bell"),
        ("\u202eturned\u2069", "turned"),
        ("soft\u00adhyphen", "softhyphen"),
        ("half\ud800", "half"),
        ("😀", "[grinning face]"),
        ("❤️", "❤"),
        ("中", "□"),
        ("e\u0301", "é"),
        ("x\u0301\u0302\u20e0", "x"),
        ("مرحبا", "مرحبا"),
        ("a" * 24, "a" * 24),
        ("a" * 50, f"{'a' * 24}\u200b{'a' * 24}\u200baa"),
    ],
)
def test_a_text_as_it_is_drawn(given: str, drawn: str) -> None:
    assert drawable(given) == drawn


def test_a_box_of_ones_own_is_none_of_ours() -> None:
    assert not has_boxes("a □", drawable("a □"))
    assert has_boxes("□ 中", drawable("□ 中"))


@pytest.mark.parametrize("style", ["regular", "bold"])
def test_typst_draws_every_letter_that_it_is_given(style: str) -> None:
    codes = (code for first, last in DRAWN for code in range(first, last + 1))
    letters = [letter for code in codes if (letter := chr(code)) not in "\u2028\u2029" and drawable(letter) == letter]
    assert len(letters) > 3000
    lines = ["".join(letters[start : start + 20]) for start in range(0, len(letters), 20)]
    source = f"""#set document(title: "x")
    #set text(lang: "en", font: "Libertinus Serif", weight: "{style}")
    #for line in json(bytes(sys.inputs.lines)) {{ par(line) }}"""
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True, sys_inputs={"lines": json.dumps(lines)})
    made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(made, bytes)
    assert made.startswith(b"%PDF")
