"""The sheet for a meeting: by lead organisation, with space for notes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concordat.reports import meeting
from tests import factories as make
from tests.concordat.reports.boards import TODAY, Place, asked, make_place, one_more, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_place()


def test_what_there_is_to_talk_about_by_lead(place: Place) -> None:
    trust = make.make_action(plan=place.version.plan, reference="A1", text="Beds", due_on=date(2026, 12, 31))
    make.make_in_version(version=place.version, action=trust, reference="A1", text="Beds")
    make.make_lead(action=trust, organisation=make.make_organisation(name="A Trust"))
    make.make_update(action=trust, reported_on=TODAY)
    sheet = meeting.answer(asked(place))
    assert rows(sheet, "items", "lead", "ref", "reasons", "notes") == [
        ("A Trust", "A1", "Due before the next meeting", None),
        ("Northshire Police", "B1", "Overdue; No update", None),
        ("Northshire Police", "B4", "Asks for 31 March 2027; Due before the next meeting", None),
        ("Northshire Police", "B2", "Off track; Due before the next meeting", None),
    ]
    assert sheet.about == "Northshire; Northshire Health Board, 2 December 2026"
    assert sheet.summary[0] == "The board meets on 2 December 2026."
    assert "4 actions of 2 lead organisations, due until 2 March 2027" in sheet.summary[1]


def test_what_several_lead_names_them_all_under_the_first(place: Place) -> None:
    trust = make.make_organisation(name="Northshire Trust")
    for organisation in (make.make_organisation(name="A Council"), trust):
        make.make_lead(action=place.actions["B6"], organisation=organisation, role="joint")
    make.make_date_change(action=place.actions["B6"], due_on=date(2026, 12, 31), decided_on=date(2026, 10, 1))
    sheet = meeting.answer(asked(place))
    found = dict(reversed(each) for each in rows(sheet, "items", "lead", "ref"))
    assert found["B6"] == "Northshire Police, A Council and Northshire Trust"
    assert "4 actions of 3 lead organisations" in sheet.summary[1]


def test_what_nobody_leads_comes_last_without_a_name(place: Place) -> None:
    loose = make.make_action(plan=place.version.plan, reference="Z1", text="Loose")
    make.make_in_version(version=place.version, action=loose, reference="Z1", text="Loose")
    assert rows(meeting.answer(asked(place)), "items", "lead", "ref")[-1] == (None, "Z1")


@pytest.mark.parametrize("size", [1, 40])
def test_a_fixed_number_of_queries(place: Place, size: int) -> None:
    for number in range(size):
        one_more(place, f"D{number}", f"More {number}", due_on=date(2026, 9, 1))
    with CaptureQueriesContext(connection) as queries:
        meeting.answer(asked(place))
    assert len(queries) == 7
