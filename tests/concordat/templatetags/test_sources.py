"""What is an address, and how it is shown."""

import pytest

from concordat.templatetags.sources import is_address, without_scheme


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.org/plan", True),
        ("http://example.org", True),
        ("example.org", False),
        ("ftp://example.org", False),
        ("javascript:alert(1)//https://example.org", False),
        ("https://a.org; https://b.org", False),
        ("https://a.org\nx", False),
        ("", False),
    ],
)
def test_an_address_is_one_http_address_and_nothing_else(source: str, expected: bool) -> None:
    assert is_address(source) is expected


def test_it_is_shown_without_what_all_addresses_have() -> None:
    assert without_scheme("https://www.example.org/plan/") == "example.org/plan"
