"""What somebody else has saved beside what was typed, in the words of the form."""

from datetime import date
from typing import Any

from django import forms

from concordat.workspace.differing import Difference, differing, number_of
from concordat.workspace.forms import Day


class Lunch(forms.Form):
    """One field of each kind."""

    dish = forms.ChoiceField(label="Dish", choices=[("", "Nothing"), ("1", "Soup"), ("2", "Salad")], required=False)
    drinks = forms.MultipleChoiceField(label="Drinks", choices=[("7", "Tea"), ("8", "Water")])
    on = Day(label="On")
    is_hot = forms.BooleanField(label="Hot")
    note = forms.CharField(label="Note")


THEIRS: dict[str, Any] = {"dish": "1", "drinks": ["7"], "on": date(2026, 3, 1), "is_hot": True, "note": "Same"}


def test_choices_and_days_are_said_in_words() -> None:
    sent: Any = {"dish": "2", "drinks": ["7", "8"], "on_0": "2", "on_1": "3", "on_2": "2026", "note": "Same"}
    assert differing(Lunch(sent), Lunch(initial=THEIRS)) == [
        Difference("Dish", "Soup", "Salad"),
        Difference("Drinks", "Tea", "Tea\nWater"),
        Difference("On", "1 March 2026", "2 March 2026"),
        Difference("Hot", "Yes", "No"),
    ]


def test_a_choice_that_is_none_of_the_list_is_said_as_it_was_sent() -> None:
    sent: Any = {
        "dish": "9",
        "drinks": ["7"],
        "on_0": "31",
        "on_1": "2",
        "on_2": "2026",
        "is_hot": "on",
        "note": "Same",
    }
    assert differing(Lunch(sent), Lunch(initial=THEIRS | {"dish": None})) == [
        Difference("Dish", "Nothing", "9"),
        Difference("On", "1 March 2026", "31 2 2026"),
    ]


def test_a_version_that_makes_no_sense_is_none_that_a_row_has() -> None:
    assert [number_of(text) for text in ("3", None, "", "-1", "x", "9" * 10)] == [3, 0, 0, 0, 0, 0]
