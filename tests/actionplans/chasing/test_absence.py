"""Pauses, deputies, what is put off, and holds, day by day: worked out by hand from docs/rules.md, as in
`test_calendars.py`.
"""

from datetime import date
from functools import partial
from typing import Any

import pytest

from actionplans.chasing.putting_off import put_off
from signatories.models import ChasingPause, Notice
from signatories.outbox.holding import change_pause, end, hold, pause, want_fewer
from tests.actionplans.chasing.calendar import Place, live, make_place, sent
from tests.actionplans.chasing.test_calendars import far_off, in_june, june, may

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def away(place: Place, until_on: date, deputy: Any) -> ChasingPause:
    """Olive is away from 20 May."""
    return pause(place.olive, from_on=date(2026, 5, 20), until_on=until_on, deputy=deputy, by=place.olive)


def test_another_deputy_gets_what_is_due_from_then_on() -> None:
    """Dan stands in for Olive until Dee does, from 1 June."""
    place = make_place()
    in_june(place)
    place.action()
    dan, dee = place.colleague("Dan"), place.colleague("Dee")
    row = away(place, date(2026, 6, 12), dan)
    change = partial(change_pause, row, until_on=date(2026, 6, 12), deputy=dee, seen=1, by=place.olive)
    live(date(2026, 5, 20), date(2026, 6, 18), events={date(2026, 6, 1): partial(change, on=date(2026, 6, 1))})
    assert sent() == [
        may(20, "Dan", "update_opens"),
        june(4, "Dee", "nudge"),
        june(11, "Cora", "closing"),
        june(15, "Olive", "last_notice"),
        june(18, "Cora", "last_notice"),
    ]


def test_who_comes_back_early_gets_what_still_waits_with_the_deputy() -> None:
    """Dan had a mail of his own on 1 June, so that the nudge of the 4th waits with him until the 8th. Olive is back on
    the 5th and gets it.
    """
    place = make_place()
    in_june(place)
    place.action()
    dan = place.colleague("Dan")
    place.report(place.action(owner=dan, due_on=date(2026, 7, 1)), date(2026, 5, 20))
    row = away(place, date(2026, 6, 12), dan)
    live(
        date(2026, 5, 20),
        date(2026, 6, 18),
        events={date(2026, 6, 5): partial(end, row, by=place.olive, on=date(2026, 6, 5))},
    )
    assert sent() == [
        may(20, "Dan", "update_opens"),
        june(1, "Dan", "due_soon"),
        june(5, "Olive", "nudge"),
        june(11, "Cora", "closing"),
        june(15, "Olive", "last_notice"),
        june(18, "Cora", "last_notice"),
    ]


def test_while_the_deputy_is_away_too_it_waits_for_the_first_who_is_back() -> None:
    """Dan is away from 25 May until 12 June; the nudge of 4 June reaches Olive on her return, the 8th."""
    place = make_place()
    in_june(place)
    place.action()
    dan = place.colleague("Dan")
    away(place, date(2026, 6, 8), dan)
    pause(dan, from_on=date(2026, 5, 25), until_on=date(2026, 6, 12), by=dan)
    live(date(2026, 5, 20), date(2026, 6, 15))
    assert sent() == [
        may(20, "Dan", "update_opens"),
        june(8, "Olive", "nudge"),
        june(11, "Cora", "closing"),
        june(15, "Olive", "last_notice"),
    ]


def test_what_the_deputy_was_told_already_is_not_said_to_them_again() -> None:
    """Both answer for actions, so Dan has the nudge of 4 June as his own. Olive has hers on her return, the 8th."""
    place = make_place()
    in_june(place)
    dan = place.colleague("Dan")
    place.action(owner=dan)
    place.action()
    away(place, date(2026, 6, 8), dan)
    live(date(2026, 5, 20), date(2026, 6, 10))
    assert sent() == [may(20, "Dan", "update_opens"), june(4, "Dan", "nudge"), june(8, "Olive", "nudge")]


def test_a_deputy_who_wants_fewer_gets_no_early_ones_in_anothers_place() -> None:
    """Due on 30 June: Olive would be told on 1 June, and is on her return, the 8th. The nudge of the 4th is needed."""
    place = make_place()
    in_june(place)
    place.action(due_on=date(2026, 6, 30))
    dan = place.colleague("Dan")
    want_fewer(dan, by=dan, on=date(2026, 5, 20))
    away(place, date(2026, 6, 8), dan)
    live(date(2026, 5, 29), date(2026, 6, 9))
    assert sent() == [may(29, "Dan", "update_opens"), june(5, "Dan", "nudge"), june(8, "Olive", "due_soon")]


def test_what_is_put_off_is_said_on_its_day() -> None:
    """Due on 30 June: told of on 1 June. Put off on 29 May until 12 June; and on 30 June until 7 July."""
    place = make_place()
    far_off(place)
    action = place.action(due_on=date(2026, 6, 30))

    def olive_puts_off(on: date, until_on: date) -> dict[date, Any]:
        return {on: partial(put_off, action, until_on=until_on, by=place.olive, on=on)}

    first = olive_puts_off(date(2026, 5, 29), date(2026, 6, 12))
    second = olive_puts_off(date(2026, 6, 30), date(2026, 7, 7))
    live(date(2026, 5, 28), date(2026, 7, 10), events=first | second)
    assert sent() == [june(12, "Olive", "due_soon"), (date(2026, 7, 7), "Olive", "due_passed")]


def test_the_last_notice_of_a_round_comes_whatever_is_put_off() -> None:
    """Put off from 20 May until 3 June: then Olive is asked. Put off again on the 9th, so that the nudge of the 10th,
    a week later, does not come; the last notice of the 15th does.
    """
    place = make_place()
    in_june(place)
    action = place.action()
    events = {
        on: partial(put_off, action, until_on=until_on, by=place.olive, on=on)
        for on, until_on in ((date(2026, 5, 20), date(2026, 6, 3)), (date(2026, 6, 9), date(2026, 6, 23)))
    }
    live(date(2026, 5, 20), date(2026, 6, 18), events=events)
    assert sent() == [
        june(3, "Olive", "update_opens"),
        june(11, "Cora", "closing"),
        june(15, "Olive", "last_notice"),
        june(18, "Cora", "last_notice"),
    ]
    assert list(Notice.objects.exclude(dropped_on=None).values_list("rule", "dropped_on")) == [
        ("nudge", date(2026, 6, 10))
    ]


def test_what_one_owner_puts_off_the_other_is_told_of() -> None:
    place = make_place()
    far_off(place)
    dan = place.colleague("Dan")
    action = place.action(due_on=date(2026, 6, 30))
    action.owners.create(person=dan)
    put_off(action, until_on=date(2026, 6, 12), by=place.olive, on=date(2026, 5, 29))
    live(date(2026, 5, 29), date(2026, 6, 12))
    assert sent() == [june(1, "Dan", "due_soon"), june(12, "Olive", "due_soon")]


def test_a_hold_of_all_that_a_partnership_is_told_lasts_until_its_day() -> None:
    """Held from 4 June until the 12th: then the nudge and the list go. A week later the papers are gone."""
    place = make_place()
    in_june(place)
    place.action()
    holds = partial(
        hold,
        place.partnership,
        reason="The board is being re-formed.",
        from_on=date(2026, 6, 4),
        until_on=date(2026, 6, 12),
        by=place.cora,
    )
    live(date(2026, 5, 20), date(2026, 6, 19), events={date(2026, 6, 4): holds})
    assert sent() == [
        may(20, "Olive", "update_opens"),
        june(12, "Cora", "closing"),
        june(12, "Olive", "nudge"),
        june(19, "Cora", "missed_1"),
    ]
