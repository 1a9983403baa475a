"""The first sentences of a report: numbered ones are a list, which counts them itself."""

import pytest

from concordat.templatetags.reports import in_lists


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], []),
        (["One."], [(False, ["One."])]),
        (["Asked to:", "1. Note.", "2. Agree."], [(False, ["Asked to:"]), (True, ["Note.", "Agree."])]),
        (["1. Note.", "Then."], [(True, ["Note."]), (False, ["Then."])]),
        (["119 of 153 areas.", "2014. A year."], [(False, ["119 of 153 areas.", "2014. A year."])]),
    ],
)
def test_numbered_sentences_are_a_list(sentences: list[str], expected: list[tuple[bool, list[str]]]) -> None:
    assert in_lists(sentences) == expected
