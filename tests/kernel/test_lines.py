"""One kind of line end."""

import sys

import pytest

from concordat.kernel.lines import one_kind_of_end


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("", ""),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\u2028b\u2029c\x85d\x0be", "a\nb\nc\nd\ne"),
        ("a\r\n\r\n\u2028b\n", "a\n\n\nb\n"),
        ("a\u200bb\u00a0c\td", "a\u200bb\u00a0c\td"),
    ],
)
def test_every_kind_is_a_line_feed(text: str, ended: str) -> None:
    assert one_kind_of_end(text) == ended


def test_nothing_else_ends_a_line() -> None:
    ends = [letter for letter in map(chr, range(sys.maxunicode + 1)) if len(f"a{letter}b".splitlines()) > 1]
    assert {one_kind_of_end(letter) for letter in ends} == {"\n"}
    assert len(one_kind_of_end("".join(map(chr, range(sys.maxunicode + 1)))).split("\n")) == len(ends) + 1
