"""The answer that programs rely on: its keys are a contract, its days ISO 8601, what is unknown is null."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actionplans.progress import Tally
from actionplans.states import Delivery
from concordat.answers import status_answer
from concordat.national import SignUp, SignUpStatus
from concordat.picture import AreaOnDay, Picture

ON = date(2015, 6, 1)
NUMBERS = {
    "total": 0,
    "completed": 0,
    "business_as_usual": 0,
    "in_progress": 0,
    "not_started": 0,
    "paused": 0,
    "not_going_ahead": 0,
    "overdue": 0,
    "at_risk": 0,
    "off_track": 0,
}
RED = AreaOnDay(
    code="E06000001",
    slug="hartlepool",
    name="Hartlepool",
    region="North East",
    kind="unitary_authority",
    sign_up=SignUp(SignUpStatus.RED, "No declaration recorded"),
    since=None,
    since_precision=None,
    delivery=None,
    actions=Tally(),
    partnerships=(),
    inherited_from=(),
)
GREEN = AreaOnDay(
    code="E06000063",
    slug="cumberland",
    name="Cumberland",
    region="North West",
    kind="unitary_authority",
    sign_up=SignUp(
        SignUpStatus.GREEN,
        "Action plan published, inherited from Cumbria until 1 April 2024",
        declarations=frozenset({1}),
        plans=frozenset({7}),
        inherited_from=(3,),
        inherited_until=date(2024, 4, 1),
        out_of_date=True,
    ),
    since=date(2023, 4, 1),
    since_precision="day",
    delivery=Delivery.SOME_DELAYS,
    actions=Tally(total=5, completed=2, in_progress=3, overdue=1, last_update=date(2023, 5, 2)),
    partnerships=("cumbria", "north"),
    inherited_from=("cumbria",),
)


def answer(*areas: AreaOnDay, **fields: Any) -> dict[str, Any]:
    """The answer as a program reads it: through JSON."""
    picture = Picture(**({"on": ON, "areas": areas, "actions": Tally(), "complete_to": None} | fields))
    found: dict[str, Any] = json.loads(json.dumps(status_answer(picture)))
    return found


def texts(value: Any) -> Iterator[Any]:
    """Everything in the answer that is no list or object."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)
    else:
        yield value


def test_of_an_area_of_which_nothing_is_known() -> None:
    (area,) = answer(RED)["areas"]
    assert area == {
        "code": "E06000001",
        "slug": "hartlepool",
        "name": "Hartlepool",
        "region": "North East",
        "kind": "unitary_authority",
        "signup": "red",
        "signup_since": None,
        "signup_since_precision": None,
        "signup_reason": "No declaration recorded",
        "out_of_date": False,
        "delivery": None,
        "partnerships": [],
        "inherited_from": [],
        "inherited_until": None,
        "actions": NUMBERS,
        "last_update": None,
    }


def test_of_an_area_of_which_all_is_known() -> None:
    (area,) = answer(GREEN)["areas"]
    assert {name: area[name] for name in area if name not in ("code", "slug", "name", "region", "kind")} == {
        "signup": "green",
        "signup_since": "2023-04-01",
        "signup_since_precision": "day",
        "signup_reason": "Action plan published, inherited from Cumbria until 1 April 2024",
        "out_of_date": True,
        "delivery": "some_delays",
        "partnerships": ["cumbria", "north"],
        "inherited_from": ["cumbria"],
        "inherited_until": "2024-04-01",
        "actions": NUMBERS | {"total": 5, "completed": 2, "in_progress": 3, "overdue": 1},
        "last_update": "2023-05-02",
    }


def test_of_the_whole_country() -> None:
    found = answer(RED, GREEN, actions=Tally(total=9, completed=4), complete_to=date(2015, 4, 10))
    assert [area["slug"] for area in found.pop("areas")] == ["hartlepool", "cumberland"]
    assert found == {
        "on": "2015-06-01",
        "complete_to": "2015-04-10",
        "counts": {
            "signup": {"red": 1, "amber": 0, "green": 1},
            "delivery": {
                "not_started": 0,
                "on_track": 0,
                "some_delays": 1,
                "off_track": 0,
                "no_recent_update": 0,
                "delivered_in_part": 0,
                "delivered": 0,
                "none": 1,
            },
        },
        "actions": NUMBERS | {"total": 9, "completed": 4},
    }


def test_what_is_unknown_is_null_and_never_an_empty_string() -> None:
    found = answer(RED, GREEN)
    assert found["complete_to"] is None
    assert "" not in list(texts(found))


@pytest.mark.parametrize("delivery", list(Delivery))
def test_every_delivery_status_has_its_own_word_and_count(delivery: Delivery) -> None:
    found = answer(replace(RED, delivery=delivery))
    assert found["areas"][0]["delivery"] == delivery.value
    assert {name for name, count in found["counts"]["delivery"].items() if count} == {delivery.value}
