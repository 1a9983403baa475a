"""What a declaration needs, and what is said of what it lacks."""

from typing import Any

import pytest

from signatories.checklist import Item, declaration_checklist, lacking, missing_types

COMPLETE: dict[str, Any] = {
    "areas": 1,
    "sections_covered": ["A", "B", "C", "D"],
    "core_types": ["police", "acute_trust"],
    "signed_as": {"police", "acute_trust", "voluntary"},
    "source": "https://example.org/signed.pdf",
}


@pytest.mark.parametrize(
    ("differs", "lacks"),
    [
        ({}, {}),
        ({"areas": 0}, {"areas": "No area is recorded."}),
        ({"sections_covered": []}, {"sections": "Not said to be covered: A, B, C, D."}),
        ({"sections_covered": ["D", "A", "x"]}, {"sections": "Not said to be covered: B, C."}),
        ({"signed_as": {"police"}}, {"signatures": "No signature yet of: acute NHS trust."}),
        ({"signed_as": set()}, {"signatures": "No signature yet of: police force; acute NHS trust."}),
        ({"core_types": [], "signed_as": set()}, {}),
        ({"core_types": ["lifeboats"]}, {"signatures": "No signature yet of: lifeboats."}),
        ({"source": " "}, {"source": "Say where the signed statement is published."}),
    ],
    ids=str,
)
def test_what_is_lacking(differs: dict[str, Any], lacks: dict[str, str]) -> None:
    items = declaration_checklist(**(COMPLETE | differs))
    assert [item.name for item in items] == ["areas", "sections", "signatures", "source"]
    assert {item.name: item.lacks for item in items if not item.is_met} == lacks
    assert lacking(items) == " ".join(lacks.values())


def test_missing_types_come_in_the_order_of_the_programme() -> None:
    assert missing_types(["police", "acute_trust", "voluntary"], {"acute_trust"}) == [
        "police force",
        "voluntary organisation",
    ]


def test_submitting_asks_for_less_than_publishing() -> None:
    items = [Item("a", "A", "No a."), Item("b", "B", "No b.", for_submission=False), Item("c", "C")]
    assert (lacking(items), lacking(items, submitting=True)) == ("No a. No b.", "No a.")
