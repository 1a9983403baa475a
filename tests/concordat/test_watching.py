"""The areas that lag in the real history of 2014-15: on the last day of its records, and long after it."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from areas.loading import load_areas, read_history
from concordat.lagging import Rule
from concordat.national import SignUpStatus
from concordat.picture import picture
from concordat.watching import lagging_areas
from signatories.models import Programme

LAST_DAY, NOW = date(2015, 4, 10), date(2026, 11, 2)


@pytest.mark.django_db
def test_every_amber_area_waits_for_its_plan_and_later_days_are_not_counted() -> None:
    load_areas(read_history(), by="load_areas")
    call_command("load_history", stdout=StringIO())
    programme = Programme.objects.get()
    assert programme.complete_to == LAST_DAY
    amber = {area.slug for area in picture(LAST_DAY).areas if area.sign_up.status is SignUpStatus.AMBER}
    found = lagging_areas(LAST_DAY, programme)
    assert amber
    assert {row.area.slug for row in found} == amber
    assert {(each.rule, each.days) for row in found for each in row.findings} == {(Rule.NO_PLAN, 10)}

    later = lagging_areas(NOW, programme)
    assert {row.area.slug for row in later} <= amber
    assert {(each.rule, each.days) for row in later for each in row.findings} == {(Rule.NO_PLAN, 10)}
    assert lagging_areas(date(2015, 3, 31), programme) == []
