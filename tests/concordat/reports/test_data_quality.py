"""What is missing in the records of open actions, each flag by an example; and by which questions it is asked."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from actionplans.models import Action
from concordat.reports import data_quality
from concordat.reports.quality import FLAGS
from concordat.reports.questions import Question
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, SINCE, PUBLISHED = date(2026, 6, 1), date(2026, 3, 1), date(2026, 1, 5)


class Plan:
    """A plan in force with one action of which nothing is missing."""

    def __init__(self) -> None:
        self.partnership = make.make_partnership(name="Kent")
        self.plan = make.make_plan(partnership=self.partnership, areas=[make.make_area()])
        self.version = make.make_version(plan=self.plan, published_on=PUBLISHED)
        self.body = make.make_organisation(name="Kent Police")
        make.make_member(partnership=self.partnership, organisation=self.body)
        self.action = self.whole(due_on=date(2026, 12, 31))

    def whole(self, **fields: Any) -> Action:
        action = make.make_in_version(
            version=self.version, action=make.make_action(plan=self.plan, lead=self.body, **fields)
        ).action
        person = make.make_membership("owner", organisation=self.body).person
        make.make_owner(action=action, person=person)
        return action


@pytest.fixture
def plan() -> Plan:
    return Plan()


def flagged(on: date = ON, **asked: Any) -> dict[int, set[str]]:
    """The flags of each action on the list, by its number."""
    rows = data_quality.answer(Question(on, SINCE, **asked)).table("actions").dicts
    return {int(str(row["id"])): {name for name in FLAGS if row[name]} for row in rows}


def test_of_a_whole_action_nothing_is_said(plan: Plan) -> None:
    answer = data_quality.answer(Question(ON, SINCE))
    [row] = answer.table("plans").dicts
    assert (row["partnership"], row["open"], row["flagged"], row["percent_flagged"]) == ("Kent", 1, 0, 0)
    assert flagged() == {}
    assert answer.summary == ("On 1 June 2026, something is missing or doubtful in 0 of 1 open action.",)
    nothing = data_quality.answer(Question(date(2014, 1, 1), date(2014, 1, 1)))
    assert nothing.summary == ("On 1 January 2014, no open actions are recorded.",)


def _led_by_all(plan: Plan) -> None:
    plan.action.leads.update(role="all")


def _jointly(plan: Plan) -> None:
    plan.action.leads.update(role="joint")


def _by_nobody(plan: Plan) -> None:
    plan.action.leads.update(until_on=ON)


def _undated(plan: Plan) -> None:
    Action.objects.filter(pk=plan.action.pk).update(due_on=None, timescale_kind="none", timescale_precision="")


def _recurring(plan: Plan) -> None:
    Action.objects.filter(pk=plan.action.pk).update(due_on=None, timescale_kind="recurring", timescale_precision="")


def _unclear(plan: Plan) -> None:
    Action.objects.filter(pk=plan.action.pk).update(
        due_on=None, timescale_kind="none", timescale_precision="", timescale_confidence="ask"
    )


def _made_clear(plan: Plan) -> None:
    _unclear(plan)
    make.make_date_change(action=plan.action, decided_on=date(2026, 5, 1), due_on=date(2026, 12, 1))


def _ownerless(plan: Plan) -> None:
    plan.action.owners.update(until_on=ON)


def _owner_without_role(plan: Plan) -> None:
    plan.body.memberships.update(until_on=ON)


def _ended(plan: Plan) -> None:
    type(plan.body).objects.filter(pk=plan.body.pk).update(until_on=ON)


def _closed(plan: Plan) -> None:
    _undated(plan)
    make.make_update(action=plan.action, reported_on=date(2026, 5, 1), status="completed")


@pytest.mark.parametrize(
    ("happened", "flags"),
    [
        (_led_by_all, {"several_leads"}),
        (_jointly, {"several_leads"}),
        (_by_nobody, {"no_lead"}),
        (_undated, {"no_date"}),
        (_recurring, set()),
        (_unclear, {"ambiguous_date"}),
        (_made_clear, set()),
        (_ownerless, {"owner_needed"}),
        (_owner_without_role, {"owner_needed"}),
        (_ended, {"inactive_organisation"}),
        (_closed, set()),
    ],
    ids=lambda each: each.__name__.strip("_") if callable(each) else "",
)
def test_each_flag(happened: Callable[[Plan], None], flags: set[str], plan: Plan) -> None:
    happened(plan)
    assert flagged().get(plan.action.pk, set()) == flags


@pytest.mark.parametrize(
    ("reported_on", "on", "is_stale"),
    [
        (None, date(2026, 7, 5), False),
        (None, date(2026, 7, 6), True),
        (date(2026, 3, 1), date(2026, 9, 1), False),
        (date(2026, 3, 1), date(2026, 9, 2), True),
    ],
    ids=["two periods since its publication", "a day later", "since the last report", "a day after that"],
)
def test_stale_by_the_rhythm_of_its_partnership(reported_on: date | None, on: date, is_stale: bool, plan: Plan) -> None:
    if reported_on:
        make.make_update(action=plan.action, reported_on=reported_on)
    assert ("stale" in flagged(on).get(plan.action.pk, set())) is is_stale


def test_no_date_is_said_sixty_days_after_the_publication(plan: Plan) -> None:
    _undated(plan)
    assert flagged(date(2026, 3, 5)) == {}
    assert flagged(date(2026, 3, 6)) == {plan.action.pk: {"no_date"}}


def test_it_is_narrowed(plan: Plan) -> None:
    _undated(plan)
    theme = make.make_theme()
    other = make.make_partnership()
    assert flagged(partnership=plan.partnership) == flagged(organisation=plan.body) == flagged()
    assert flagged(partnership=other) == flagged(theme=theme) == flagged(region="London") == {}
    plan.action.themes.add(theme)
    assert flagged(theme=theme) == flagged(region="East of England") == flagged() != {}


def test_one_that_mirrors_another_is_looked_at_where_it_is_kept(plan: Plan) -> None:
    _undated(plan)
    mirroring = make.make_plan(areas=[make.make_area()])
    version = make.make_version(plan=mirroring, published_on=PUBLISHED)
    make.make_in_version(version=version, action=make.make_action(plan=mirroring, mirrors=plan.action))
    assert flagged() == {plan.action.pk: {"no_date"}}
