"""Of every text that the product keeps it is decided whether it may tell of a person."""

from django.apps import apps

from concordat.traces.texts import NOT_PERSONAL, TEXTS, undecided

APPS = ("areas", "signatories", "actionplans", "kernel")
MODELS = [model for name in APPS for model in apps.get_app_config(name).get_models()]


def test_every_text_is_decided_on() -> None:
    """Add a new text field to TEXTS, or to NOT_PERSONAL if nobody can be named in it (docs/rules.md)."""
    assert undecided(MODELS) == []


def test_no_entry_is_of_a_model_that_is_gone() -> None:
    assert {*TEXTS, *NOT_PERSONAL} <= {model._meta.label_lower for model in MODELS}


def test_a_text_without_a_decision_is_named() -> None:
    texts = TEXTS.pop("actionplans.datechange")
    try:
        assert undecided(MODELS) == ["actionplans.datechange.reason", "actionplans.datechange.timescale_text"]
    finally:
        TEXTS["actionplans.datechange"] = texts
