"""What a plan version needs, and what is said of what it lacks."""

from datetime import date
from typing import Any

import pytest

from actionplans.checklist import version_checklist
from signatories.checklist import lacking

COMPLETE: dict[str, Any] = {
    "areas": 1,
    "undeclared": [],
    "actions": 3,
    "uses_colours": True,
    "rag_key": "Red: not begun",
    "period_starts_on": date(2026, 4, 1),
    "period_ends_on": date(2028, 3, 31),
}


@pytest.mark.parametrize(
    ("differs", "lacks"),
    [
        ({}, {}),
        ({"areas": 0}, {"areas": "No area is recorded."}),
        ({"undeclared": ["Bath", "Kent"]}, {"declarations": "No declaration is in force for: Bath, Kent."}),
        ({"actions": 0}, {"actions": "It has no action yet."}),
        ({"rag_key": " "}, {"colours": "Write down what red, amber and green mean in this plan."}),
        ({"rag_key": "", "uses_colours": False}, {}),
        ({"period_starts_on": None}, {"period": "Say when the plan begins."}),
        ({"period_ends_on": None}, {"period": "Say when the plan ends."}),
        ({"period_starts_on": None, "period_ends_on": None}, {"period": "Say from when until when the plan runs."}),
        (
            {"unexplained": ["A1", "A2"]},
            {"left-out": "Say why these are left out, or take them in again: A1; A2."},
        ),
        (
            {"unexplained": list("ABCDEFG")},
            {"left-out": "Say why these are left out, or take them in again: A; B; C; D; E and 2 more."},
        ),
        (
            {"next_review_on": date(2026, 10, 31), "on": date(2026, 11, 1)},
            {"review": "The day of the next review has passed. Give another day, or none."},
        ),
        ({"next_review_on": date(2026, 11, 1), "on": date(2026, 11, 1)}, {}),
    ],
    ids=str,
)
def test_what_is_lacking(differs: dict[str, Any], lacks: dict[str, str]) -> None:
    items = version_checklist(**(COMPLETE | differs))
    assert {item.name: item.lacks for item in items if not item.is_met} == lacks


def test_the_declaration_may_still_be_in_review_when_the_plan_is_submitted() -> None:
    items = version_checklist(**(COMPLETE | {"undeclared": ["Kent"]}))
    assert lacking(items, submitting=True) == ""
    assert lacking(items) == "No declaration is in force for: Kent."
