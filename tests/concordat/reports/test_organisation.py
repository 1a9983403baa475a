"""What one organisation has to do, in every partnership."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from concordat.reports.organisation import REPORT
from concordat.reports.questions import Question, question_of
from signatories.models import Organisation
from tests import factories as make
from tests.concordat.reports.conftest import TODAY, Place


def asked(organisation: Organisation, **given: str) -> Question:
    return question_of({"on": TODAY.isoformat(), "organisation": organisation.slug, **given}, TODAY)


@pytest.fixture
def widely(place: Place) -> Place:
    """The police lead an action in one plan, which a second plan shares, and work on others in a third."""
    plan = make.make_plan(partnership=make.make_partnership(name="Zed"), title="Zed's plan")
    version = make.make_version(plan=plan, published_on=date(2026, 1, 5))
    mirror = make.make_action(plan=plan, mirrors=place.action)
    make.make_in_version(version=version, action=mirror, reference="Z1")
    helped = make.make_in_version(version=version, reference="Z2", position=1).action
    make.make_lead(action=helped)
    make.make_lead(action=helped, organisation=place.police, role="working_with")
    dropped = make.make_in_version(version=version, reference="Z3", position=2).action
    make.make_lead(action=dropped, organisation=place.police, role="joint")
    make.make_update(action=dropped, reported_on=date(2026, 3, 1), status="merged", merged_into=helped)
    make.make_in_version(version=version, reference="Z4", position=3)
    make.make_date_change(action=helped, decided_on=date(2026, 2, 1), due_on=date(2026, 6, 30))
    make.make_update(action=place.action, reported_on=date(2026, 6, 1), status="completed")
    return place


def test_every_action_that_it_leads_or_works_on(widely: Place) -> None:
    answer = REPORT.answer(asked(widely.police))
    rows = [*answer.table("items").dicts]
    assert [(row["reference"], row["role"], row["status"]) for row in rows] == [
        ("B1", "lead", "completed"),
        ("Z1", "lead", "completed"),
        ("Z2", "working_with", "not_started"),
        ("Z3", "joint", "merged"),
    ]
    assert [row["is_overdue"] for row in rows] == [False, False, True, False]
    assert answer.about == "Northshire Police"


def test_numbers_by_partnership_and_in_a_sentence_count_each_action_once(widely: Place) -> None:
    answer = REPORT.answer(asked(widely.police))
    told = {row["partnership"]: row for row in answer.table("partnerships").dicts}
    assert told["Zed"] == {
        "partnership": "Zed", "leads": 1, "total": 2, "done": 1, "open": 1, "overdue": 1, "not_going_ahead": 0,
        "last_update": date(2026, 6, 1),
    }  # fmt: skip
    assert told[widely.partnership.name]["total"] == 1
    assert answer.summary == (
        "Northshire Police has a part in 2 actions of 2 partnerships and leads 1 of them: 1 done, 1 open, 1 of these "
        "overdue.",
    )


def test_as_at_an_earlier_day_and_of_an_organisation_with_nothing_to_do(widely: Place) -> None:
    early = REPORT.answer(asked(widely.police, on="2026-01-31"))
    assert {row["status"] for row in early.table().dicts} == {"not_started"}
    assert {row["is_overdue"] for row in early.table().dicts} == {False}
    nothing = REPORT.answer(asked(make.make_organisation(name="Nobody's Trust")))
    assert nothing.summary == ("Nobody's Trust leads no action and works on none that is recorded for the day.",)
    assert list(nothing.table("partnerships").rows) == []


@pytest.mark.parametrize("kind", ["html", "csv", "json", "xlsx", "ods"])
@pytest.mark.parametrize(
    ("role", "own", "elsewhere"),
    [
        ("lead", 200, 404),
        ("owner", 404, 404),
        ("coordinator", 404, 404),
        ("board member", 404, 404),
        ("reviewer", 200, 200),
        ("administrator", 200, 200),
    ],
)
def test_those_read_it_who_lead_the_organisation(
    place: Place, as_: Callable[[str], Client], role: str, own: int, elsewhere: int, kind: str
) -> None:
    client, other = as_(role), make.make_organisation()
    for organisation, expected in ((place.police, own), (other, elsewhere)):
        assert client.get(f"/reports/organisation.{kind}?organisation={organisation.slug}").status_code == expected


def test_an_organisation_must_be_named(place: Place, as_: Callable[[str], Client]) -> None:
    response = as_("reviewer").get("/reports/organisation.csv")
    assert (response.status_code, response.content) == (400, b"Say of which organisation.\n")
    response = as_("reviewer").get("/reports/organisation.csv?organisation=nowhere")
    assert response.content.decode() == "There is no organisation “nowhere”.\n"


def test_it_takes_the_same_queries_however_many_actions(
    place: Place, django_assert_num_queries: Callable[[int], Any]
) -> None:
    version = place.action.in_versions.get().version
    for number in (10, 50):
        for _ in range(number):
            make.make_lead(action=make.make_in_version(version=version).action, organisation=place.police)
        question = asked(place.police)
        with django_assert_num_queries(6):
            assert len(list(REPORT.answer(question).table().rows)) > number
