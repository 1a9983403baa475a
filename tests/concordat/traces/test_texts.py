"""Of every text that the product keeps it is decided whether it may tell of a person."""

from typing import Any

import pytest
from django.apps import apps

from actionplans.models import Action, ActionLead
from actionplans.timescale import Kind, Timescale
from concordat.traces.texts import LEADS, LONGEST_LEAD, NOT_PERSONAL, TEXTS, WITHIN, undecided, with_texts

APPS = ("areas", "signatories", "actionplans", "kernel", "reports")
MODELS = [model for name in APPS for model in apps.get_app_config(name).get_models()]


def test_every_text_is_decided_on() -> None:
    """Add a new text field to TEXTS, or to NOT_PERSONAL if nobody can be named in it (docs/rules.md)."""
    assert undecided(MODELS) == []


def test_no_entry_is_of_a_model_that_is_gone() -> None:
    assert {*TEXTS, *NOT_PERSONAL} <= {model._meta.label_lower for model in MODELS}


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("actionplans.datechange", ["alternatives", "milestones", "reason", "timescale_text"]),
        (
            "actionplans.actioninversion",
            [
                *("footprint", "left_out_reason", "outcome", "outcome_measure", "proposes"),
                *("section_text", "text", "timescale_text"),
            ],
        ),
    ],
)
def test_a_text_without_a_decision_is_named(label: str, named: list[str]) -> None:
    """JSON is a text too."""
    texts = TEXTS.pop(label)
    try:
        assert undecided(MODELS) == [f"{label}.{name}" for name in named]
    finally:
        TEXTS[label] = texts


PROPOSES: dict[str, Any] = {
    "outcome": "Jo is helped",
    "must_do": True,
    "themes": [3],
    "leads": [["lead", 4, "Jo"], ["working_with", None, "lead"]],
    "timescale": {"text": "by 2027", "due_on": "2027-03-31", "precision": "day"},
    "date_reason": "Jo left",
}


def test_within_json_only_the_words_of_people_are_texts() -> None:
    """A role, a day and an id stay as they are, whatever is looked for."""
    assert with_texts("proposes", PROPOSES, lambda text, longest: text.upper()) == PROPOSES | {
        "outcome": "JO IS HELPED",
        "leads": [["lead", 4, "JO"], ["working_with", None, "LEAD"]],
        "timescale": {"text": "BY 2027", "due_on": "2027-03-31", "precision": "day"},
        "date_reason": "JO LEFT",
    }


def test_other_readings_of_a_timescale_are_texts() -> None:
    reading = Timescale("June, says Jo", Kind.MONTH, milestones=(Timescale("July", label="Jo reads it"),))
    found = Timescale(alternatives=(reading,)).as_fields()["alternatives"]
    [changed] = with_texts("alternatives", found, lambda text, longest: text.upper())
    assert (changed["text"], changed["kind"]) == ("JUNE, SAYS JO", "month")
    assert changed["milestones"] == [{"text": "JULY", "kind": "none", "confidence": "sure", "label": "JO READS IT"}]


def test_what_is_bound_for_a_column_fits_it() -> None:
    columns = {"footprint": "footprint", "text": "timescale_text"}
    lengths = {name: Action._meta.get_field(field).max_length for name, field in columns.items()}
    assert {name: longest for name, longest in WITHIN.items() if longest} == lengths
    assert ActionLead._meta.get_field("text").max_length == LONGEST_LEAD
    assert {*WITHIN, LEADS} > {"outcome", "outcome_measure", "footprint", "date_reason", "leads"}
