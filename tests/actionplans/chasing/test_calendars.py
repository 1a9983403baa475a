"""Twelve calendars, worked out by hand from docs/rules.md: who gets what on which day, and nothing else."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

from signatories.models import Notice
from signatories.outbox.holding import hold, pause, release
from tests.actionplans.chasing.calendar import Place, days, live, make_place, run, sent
from tests.factories import make_date_change, make_meeting, make_owner, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def in_june(place: Place) -> None:
    """A board wants its papers by Thursday 18 June 2026.

    Working days before it: 20 is Wednesday 20 May (25 May is a bank holiday), 10 is Thursday 4 June, 5 is Thursday
    11 June, 3 is Monday 15 June.
    """
    make_meeting(partnership=place.partnership, held_on=date(2026, 6, 25), papers_due_on=date(2026, 6, 18))


def far_off(place: Place) -> None:
    """A board whose papers are due only in December, so that no window is open before."""
    make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))


def june(day: int, who: str, rules: str) -> tuple[date, str, str]:
    return (date(2026, 6, day), who, rules)


def may(day: int, who: str, rules: str) -> tuple[date, str, str]:
    return (date(2026, 5, day), who, rules)


def waiting() -> list[tuple[str, str]]:
    """What is planned and has not gone: the rule, and for whom."""
    return list(Notice.objects.waiting().order_by("id").values_list("rule", "recipient__name"))


def test_without_a_board_the_last_working_day_of_the_quarter_is_the_deadline() -> None:
    """Papers by Tuesday 30 June: 20 working days before it is 2 June, 10 is the 16th, 5 the 23rd, 3 the 25th.

    Cora has hers on the 23rd, so the last notice reaches her a week later, and “nothing came” on 7 July.
    """
    make_place().action()
    live(date(2026, 6, 1), date(2026, 7, 8))
    assert sent() == [
        june(2, "Olive", "update_opens"),
        june(16, "Olive", "nudge"),
        june(23, "Cora", "closing"),
        june(25, "Olive", "last_notice"),
        june(30, "Cora", "last_notice"),
        (date(2026, 7, 7), "Cora", "missed_1"),
    ]
    assert waiting() == []


def test_christmas() -> None:
    """Papers by 15 January: updates are asked for on 15 December. Olive had a mail on the 12th: so on the 19th.

    The nudge is of 31 December, a day of rest, and goes on 5 January, with a due date that passed.
    """
    place = make_place()
    make_meeting(partnership=place.partnership, held_on=date(2026, 1, 22), papers_due_on=date(2026, 1, 15))
    place.action()
    place.report(place.action(due_on=date(2025, 12, 22)), date(2025, 12, 15))
    live(date(2025, 12, 12), date(2026, 1, 16))
    assert sent() == [
        (date(2025, 12, 12), "Olive", "due_soon"),
        (date(2025, 12, 19), "Olive", "update_opens"),
        (date(2026, 1, 5), "Olive", "due_passed nudge"),
        (date(2026, 1, 8), "Cora", "closing"),
        (date(2026, 1, 12), "Olive", "last_notice"),
        (date(2026, 1, 15), "Cora", "last_notice"),
    ]
    assert waiting() == [("missed_1", "Cora")]


def test_easter() -> None:
    """Papers by 14 April 2026. Good Friday is the 3rd and Easter Monday the 6th: 5 working days before is the 7th."""
    place = make_place()
    make_meeting(partnership=place.partnership, held_on=date(2026, 4, 21), papers_due_on=date(2026, 4, 14))
    place.action()
    live(date(2026, 3, 12), date(2026, 4, 14))
    assert sent() == [
        (date(2026, 3, 13), "Olive", "update_opens"),
        (date(2026, 3, 27), "Olive", "nudge"),
        (date(2026, 4, 7), "Cora", "closing"),
        (date(2026, 4, 9), "Olive", "last_notice"),
        (date(2026, 4, 14), "Cora", "last_notice"),
    ]


def test_two_boards_a_week_apart_share_one_round_of_updates() -> None:
    """Papers by 9 and by 16 June: updates are asked for on 11 May for both. Who answered on the 20th hears no more."""
    place = make_place(update_every_months=1)
    for day in (9, 16):
        make_meeting(partnership=place.partnership, held_on=date(2026, 6, day + 7), papers_due_on=date(2026, 6, day))
    action = place.action()
    answer = partial(place.report, action, date(2026, 5, 20))
    live(date(2026, 5, 8), date(2026, 6, 17), events={date(2026, 5, 20): answer})
    assert sent() == [may(11, "Olive", "update_opens")]
    assert waiting() == []


def test_a_moved_due_date_is_told_of_anew() -> None:
    """Due on 30 June, told of on 1 June (31 May is a Sunday). On 10 June it moves to 14 July: told of on the 15th."""
    place = make_place()
    far_off(place)
    action = place.action(due_on=date(2026, 6, 30))
    move = partial(make_date_change, action=action, decided_on=date(2026, 6, 10), due_on=date(2026, 7, 14))
    live(date(2026, 5, 29), date(2026, 7, 16), events={date(2026, 6, 10): move})
    assert sent() == [
        june(1, "Olive", "due_soon"),
        june(15, "Olive", "due_soon"),
        (date(2026, 7, 15), "Olive", "due_passed"),
    ]


def test_a_deputy_gets_what_is_due_until_the_day_of_return() -> None:
    """Olive is away from 20 May and back on 8 June. What Dan was told she is not told again."""
    place = make_place()
    in_june(place)
    place.action()
    dan = place.colleague("Dan")
    away: Callable[[], Any] = partial(
        pause, place.olive, from_on=date(2026, 5, 20), until_on=date(2026, 6, 8), deputy=dan, by=place.olive
    )
    live(date(2026, 5, 20), date(2026, 6, 18), events={date(2026, 5, 20): away})
    assert sent() == [
        may(20, "Dan", "update_opens"),
        june(4, "Dan", "nudge"),
        june(11, "Cora", "closing"),
        june(15, "Olive", "last_notice"),
        june(18, "Cora", "last_notice"),
    ]


def test_a_held_escalation_waits_until_it_is_released() -> None:
    """Due on 2 March: 91 days later is 1 June, so the chair is told on the 3rd. Cora holds it on the 2nd."""
    place = make_place()
    far_off(place)
    action = place.action(must_do=True, due_on=date(2026, 3, 2))
    rows: list[Any] = []

    def holds() -> None:
        rows.append(hold(action, reason="They told me why.", from_on=date(2026, 6, 2), by=place.cora))

    def releases() -> None:
        release(rows[0], by=place.cora, on=date(2026, 6, 9))

    live(date(2026, 5, 29), date(2026, 6, 12), events={date(2026, 6, 2): holds, date(2026, 6, 9): releases})
    assert sent() == [may(29, "Olive", "due_passed"), june(9, "Chair", "must_do_overdue")]


def test_a_missed_run_is_made_up_for_by_the_next() -> None:
    """Nothing runs on 20 and 21 May, nor on 4 June."""
    place = make_place()
    in_june(place)
    place.action()
    live(date(2026, 5, 19), date(2026, 6, 10), missed=[date(2026, 5, 20), date(2026, 5, 21), date(2026, 6, 4)])
    assert sent() == [may(22, "Olive", "update_opens"), june(5, "Olive", "nudge")]


def test_a_doubled_run_says_nothing_twice() -> None:
    place = make_place()
    in_june(place)
    place.action(due_on=date(2026, 6, 19))
    for day in days(date(2026, 5, 19), date(2026, 6, 5)):
        run(day)
        run(day)
    assert sent() == [may(20, "Olive", "due_soon update_opens"), june(4, "Olive", "nudge")]


def test_after_a_leaver_the_coordinator_is_asked() -> None:
    """Olive leaves on 2 June. Cora stands in: the nudge of the 4th reaches her on the 9th; the list of the 11th would
    come on the 16th, when the last notice of the 15th is the later word.
    """
    place = make_place()
    in_june(place)
    action = place.action()
    leave = partial(action.owners.update, until_on=date(2026, 6, 2))
    live(date(2026, 5, 19), date(2026, 6, 18), events={date(2026, 6, 2): leave})
    assert sent() == [
        may(20, "Olive", "update_opens"),
        june(2, "Cora", "update_opens"),
        june(9, "Cora", "nudge"),
        june(16, "Cora", "last_notice"),
    ]
    dropped = Notice.objects.exclude(dropped_on=None)
    assert [(row.rule, row.recipient, row.dropped_on) for row in dropped] == [
        ("closing", place.cora, date(2026, 6, 16))
    ]


def test_a_silent_area_comes_to_national_staff_after_six_months() -> None:
    """Published on 1 December and never heard of: on 1 June that is six months, and Ada is told two days later."""
    place = make_place(published_on=date(2025, 12, 1))
    far_off(place)
    place.action()
    make_person(name="Ada", is_superuser=True)
    live(date(2026, 5, 29), date(2026, 6, 12))
    assert sent() == [june(3, "Ada", "silent")]


def test_a_new_owner_hears_what_is_due_now_and_nothing_of_before() -> None:
    """On 9 June Nina answers instead of Olive: she gets the nudge, and the last notice of the 15th seven days later."""
    place = make_place()
    in_june(place)
    action = place.action()
    nina = make_person(name="Nina")

    def over() -> None:
        action.owners.update(until_on=date(2026, 6, 9))
        make_owner(action=action, person=nina, from_on=date(2026, 6, 9))

    live(date(2026, 5, 19), date(2026, 6, 18), events={date(2026, 6, 9): over})
    assert sent() == [
        may(20, "Olive", "update_opens"),
        june(4, "Olive", "nudge"),
        june(9, "Nina", "nudge"),
        june(11, "Cora", "closing"),
        june(16, "Nina", "last_notice"),
        june(18, "Cora", "last_notice"),
    ]
