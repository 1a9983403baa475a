"""Twelve calendars, worked out by hand from docs/rules.md: who gets what on which day, and nothing else."""

from datetime import date

import pytest

from tests.actionplans.chasing.calendar import live, make_place, sent
from tests.factories import make_meeting

pytestmark = pytest.mark.django_db


def test_no_board_the_last_working_day_of_the_quarter_is_the_deadline() -> None:
    place = make_place()
    place.action()
    live(date(2026, 5, 25), date(2026, 7, 10))
    assert sent() == []
