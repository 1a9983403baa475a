"""The words for statuses."""

import pytest

from actionplans.states import Delivery
from concordat.templatetags.statuses import delivery_words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Delivery.OFF_TRACK, "Off track"),
        ("off_track", "Off track"),
        (None, "No actions recorded"),
        ("none", "No actions recorded"),
    ],
)
def test_the_words_for_delivery(status: Delivery | str | None, words: str) -> None:
    assert delivery_words(status) == words


def test_an_unknown_status_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="amber"):
        delivery_words("amber")
