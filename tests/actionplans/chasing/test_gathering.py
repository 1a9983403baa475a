"""What is gathered gives the same as asking directly; what the database writes alone is what would have been routed."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import connection

from actionplans.chasing import facts, planning
from actionplans.chasing.facts import Asked
from actionplans.chasing.gathering import gathered
from actionplans.chasing.open_action import OpenAction
from actionplans.chasing.windows import limits_of, open_windows
from signatories.models import Notice, Person
from signatories.outbox.holding import hold, pause, snooze, want_fewer
from tests.actionplans.chasing.calendar import Place, make_place
from tests.factories import (
    make_action,
    make_date_change,
    make_in_version,
    make_lead,
    make_membership,
    make_notice,
    make_organisation,
    make_owner,
    make_person,
    make_version,
    make_window,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 2)  # Tuesday: 20 working days before the end of the quarter
LONG_AGO, LATE, SOON = date(2026, 1, 30), date(2026, 5, 20), date(2026, 6, 20)


def asked_on(place: Place, on: date, **values: Any) -> Asked:
    programme = place.partnership.programme
    return Asked(on, limits_of(programme), programme.pk, **values)


def make_much() -> Place:
    """Actions of every sort: whose, led by whom, due when, answered or not."""
    place = make_place(published_on=date(2024, 6, 3))
    joint = make_organisation()
    make_membership("organisation_lead", organisation=joint, person=make_person(name="Jo"))
    make_membership("organisation_lead", organisation=joint, person=make_person(name="Gone", is_active=False))
    place.action(due_on=LONG_AGO, must_do=True)
    make_lead(action=place.actions[0], organisation=joint, role="joint")
    place.action(due_on=LATE, owner=None)
    make_owner(action=place.action(due_on=SOON), person=make_person(name="Second"))
    place.action(due_on=LATE, owner=make_person(name="Left", is_active=False))
    make_date_change(action=place.action(due_on=LATE), decided_on=date(2026, 5, 1), due_on=date(2026, 12, 31))
    make_date_change(action=place.action(due_on=date(2026, 12, 31)), decided_on=date(2026, 5, 1), due_on=LATE)
    for months in (3, 12):
        place.action(timescale_kind="recurring", review_every_months=months)
    place.report(place.action(timescale_kind="recurring", review_every_months=3), date(2026, 5, 4))
    place.report(place.action(due_on=LATE), date(2026, 5, 28), status="completed")
    place.report(place.action(due_on=LATE), DAY, state="submitted")
    place.report(place.action(due_on=LATE), DAY, state="returned", review_comment="Say more.")
    place.action(due_on=LATE, mirrors=place.actions[0])
    make_owner(action=make_action(plan=place.version.plan, due_on=LATE), person=place.olive)  # in no version
    nobody = make_version(published_on=date(2025, 1, 6))
    make_in_version(version=nobody, action=make_action(plan=nobody.plan, due_on=LATE))
    chaired = make_version(published_on=date(2025, 1, 6))
    make_membership("chair", partnership=chaired.plan.partnership, person=make_person(name="Only a chair"))
    make_in_version(version=chaired, action=make_action(plan=chaired.plan, due_on=LONG_AGO, must_do=True))
    before = None
    for due_on in (date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31)):
        before = make_window(partnership=place.partnership, due_on=due_on, before=before)
    return place


@pytest.mark.parametrize("on", [LATE, DAY, date(2026, 6, 17), date(2026, 6, 25), date(2026, 7, 1)])
def test_what_is_gathered_gives_the_same_as_asking_directly(on: date) -> None:
    place = make_much()
    open_windows(place.partnership.programme, on=on, by="test")
    asked = asked_on(place, on)
    directly = set(planning.candidates(asked))
    with gathered(asked) as everything:
        assert set(planning.candidates(everything)) == directly
    rules = {each.rule.value for each in directly}
    assert rules >= {"due_passed", "must_do_overdue", "not_reviewed", "missed_1", "missed_2", "missed_3"}
    assert ("update_opens" in rules) == (on == DAY)


def test_where_nobody_answers_chairs_and_who_stands_in_are_told() -> None:
    place = make_much()
    with gathered(asked_on(place, DAY)) as asked:
        found = {(each.person_id, each.rule.value) for each in facts.due(asked)}
        rows = OpenAction.objects.values_list("action", "person", "organisation").order_by("person")
        assert len(rows.filter(action=place.actions[0])) == 2  # two organisations lead it
        stood_in = set(rows.filter(action=place.actions[1]).values_list("person", flat=True))
    assert stood_in == {None, place.cora.pk}
    assert (place.cora.pk, "due_passed") in found
    assert {rule for person, rule in found if person == place.chair.pk} == {"must_do_overdue"}


def test_a_broken_block_does_not_keep_the_next_from_gathering() -> None:
    place = make_much()
    asked = asked_on(place, DAY)
    with suppress(ZeroDivisionError), gathered(asked):
        1 / 0  # noqa: B018 - it breaks
    place.action(due_on=LATE)
    with gathered(asked) as everything:
        assert set(facts.due(everything)) == set(facts.due(asked))
    assert OpenAction._meta.db_table not in connection.introspection.table_names()


def make_hindered() -> Place:
    """Beside what is plain something of everything that may be in the way."""
    place = make_place()
    held, later, told, plain = (place.action(due_on=LATE) for _ in range(4))
    hold(held, reason="They told me why.", from_on=DAY, by=place.cora)
    snooze(place.olive, later, from_on=DAY, until_on=date(2026, 6, 9), by=place.olive)
    make_notice(recipient=place.olive, subject_id=told.pk, due_on=LATE)
    deputy, away, abroad, fewer, pat = (make_person(name=name) for name in ("Dee", "Abe", "Al", "Fay", "Pat"))
    for person in (deputy, away, abroad):
        make_membership("owner", person=person, organisation=place.organisation)
    for person, stands_in in ((away, deputy), (abroad, None)):
        pause(person, from_on=DAY, until_on=date(2026, 6, 9), deputy=stands_in, by=person)
    want_fewer(fewer, by=fewer, on=LATE)
    for person in (deputy, away, abroad, fewer, pat):
        for due_on in (LATE, SOON):
            make_owner(action=place.action(due_on=due_on, owner=person), person=pat if person != pat else deputy)
    make_owner(action=plain, person=pat)
    dropped = {"dropped_on": DAY, "dropped_why": "It was answered."}
    make_notice(recipient=pat, subject_id=plain.pk, due_on=LATE, partnership=place.partnership, **dropped)
    place.action(due_on=LONG_AGO, must_do=True, owner=pat)
    version = make_version(published_on=date(2025, 1, 6))
    hold(version.plan.partnership, reason="Their board asked us.", from_on=DAY, by=place.cora)
    make_owner(action=make_in_version(version=version).action, person=pat)
    version.plan.actions.update(due_on=LATE, timescale_kind="date", timescale_precision="day")
    return place


COLUMNS = ("recipient_id", "person_id", "rule", "subject_id", "due_on", "partnership_id", "planned_on", "send_on")


def test_what_the_database_writes_alone_is_what_would_have_been_routed() -> None:
    place = make_hindered()
    asked, circumstances = asked_on(place, DAY), planning.Circumstances(DAY)
    routed = list(planning._routed(list(facts.due(asked)), circumstances, DAY))
    planning.plan(DAY, by="test")
    made = Notice.objects.filter(planned_on=DAY, rule__in=planning.DUE, dropped_on=None)
    expected = {tuple(getattr(notice, name) for name in COLUMNS) for notice in routed}
    assert set(made.values_list(*COLUMNS)) == expected
    assert len(expected) > 12


def test_only_what_is_hindered_passes_through_python() -> None:
    """On a first day everything overdue is told of: a hundred thousand notices are not made one by one."""
    with gathered(asked_on(make_hindered(), DAY)) as asked:
        count = planning._keep_what_is_plain(asked)
        hindered = set(facts.due(asked))
        assert planning._keep_what_is_plain(asked) == 0
    assert Notice.objects.filter(planned_on=DAY, dropped_on=None).count() == count > 10
    names = {Person.objects.get(pk=each.person_id).name for each in hindered}
    # Olive put something off, Pat has a dropped notice and something held.
    assert names == {"Olive", "Abe", "Al", "Fay", "Pat"}
