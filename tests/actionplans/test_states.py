"""The words for actions and plans: which are closed, which done, and what people read. Pure."""

import pytest
from django.db.models import TextChoices

from actionplans.states import CLOSED, DONE, ActionState, Confidence, Delivery


def test_an_action_is_done_or_otherwise_closed_or_open() -> None:
    assert {"completed", "business_as_usual"} == DONE
    assert {"merged", "not_going_ahead"} == CLOSED - DONE
    assert set(ActionState) - CLOSED == {"not_started", "in_progress", "paused"}
    assert {state for state in ActionState if state.is_open} == set(ActionState) - CLOSED


def test_programs_rely_on_these_names_of_the_delivery_status() -> None:
    assert set(Delivery.values) == {
        "not_started",
        "on_track",
        "some_delays",
        "off_track",
        "no_recent_update",
        "delivered_in_part",
        "delivered",
    }


@pytest.mark.parametrize("words", [ActionState, Confidence, Delivery])
def test_people_read_words_and_never_a_key(words: type[TextChoices]) -> None:
    assert all(label[0].isupper() and "_" not in label for label in words.labels)
    assert len(set(words.labels)) == len(words)
