"""Single actions on a day: as frozen in their version, with what holds then; the count is never another."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from actionplans.facts import action_groups
from actionplans.models import Action, ActionLead, ActionPlan
from actionplans.progress import ActionGroup, Lateness, Thresholds, tally
from actionplans.reading import ActionOnDay, LeadOnDay, SectionOfPlan, actions_on
from actionplans.states import ActionState, Confidence
from tests.actionplans.reporting import one_in_hand
from tests.factories import (
    make_action,
    make_date_change,
    make_in_version,
    make_lead,
    make_organisation,
    make_plan,
    make_section,
    make_update,
    make_version,
)

USUAL = Thresholds()
PUBLISHED = date(2015, 1, 5)
NOT_ACCEPTED = ["draft", "submitted", "returned"]


def live_action(*, plan: ActionPlan | None = None, wording: dict[str, Any] | None = None, **fields: Any) -> Action:
    """An action in a version of its plan that is live from 5 January 2015 on."""
    action = make_action(plan=plan or make_plan(), **fields)
    version = action.plan.versions.first() or make_version(plan=action.plan, published_on=PUBLISHED)
    make_in_version(version=version, action=action, **(wording or {}))
    return action


def alone(action: Action, on: date = date(2015, 7, 1)) -> ActionOnDay:
    """How that action stands in the first version of its plan."""
    [version] = action.plan.versions.values_list("pk", flat=True)
    [found] = [each for each in actions_on([version], on, USUAL) if each.id == action.pk]
    return found


@pytest.mark.django_db
class TestWording:
    def test_is_the_one_frozen_in_the_version(self) -> None:
        action = live_action(text="Open a cafe", wording={"reference": "1.1", "text": "Open a crisis cafe"})
        found = alone(action)
        assert (found.reference, found.text) == ("1.1", "Open a crisis cafe")

    def test_actions_stand_in_the_order_of_their_version(self) -> None:
        plan = make_plan()
        for position, reference in ((2, "1.2"), (3, "1.10"), (1, "1.1")):
            live_action(plan=plan, wording={"reference": reference, "position": position})
        [version] = plan.versions.values_list("pk", flat=True)
        assert [each.reference for each in actions_on([version], PUBLISHED, USUAL)] == ["1.1", "1.2", "1.10"]

    def test_section_of_the_template_and_as_written(self) -> None:
        section = make_section(code="A", title="Support", plain_title="Help early", position=2)
        with_one = alone(live_action(wording={"section": section}))
        assert with_one.section == SectionOfPlan("A", "Support", "Help early", 2)
        without = alone(live_action(wording={"section_text": "Equality"}))
        assert (without.section, without.section_text) == (None, "Equality")

    def test_outcome_measure_and_where(self) -> None:
        found = alone(live_action(outcome="Fewer crises", outcome_measure="10 a month", footprint="Humber-wide"))
        assert (found.outcome, found.outcome_measure, found.footprint) == ("Fewer crises", "10 a month", "Humber-wide")


@pytest.mark.django_db
class TestState:
    def test_before_the_first_report(self) -> None:
        found = alone(live_action())
        assert (found.state, found.confidence, found.last_update, found.last_text) == ("not_started", None, None, "")

    @pytest.mark.parametrize(
        ("on", "state", "text"),
        [
            (date(2015, 4, 30), "not_started", ""),
            (date(2015, 5, 1), "in_progress", "Room found"),
            (date(2015, 6, 30), "in_progress", "Room found"),
            (date(2015, 7, 1), "completed", "It is open"),
        ],
    )
    def test_is_the_accepted_report_that_holds_on_the_day(self, on: date, state: str, text: str) -> None:
        action = live_action()
        make_update(action=action, reported_on=date(2015, 5, 1), public_text="Room found")
        make_update(action=action, reported_on=date(2015, 7, 1), status="completed", public_text="It is open")
        assert (alone(action, on).state, alone(action, on).last_text) == (state, text)

    @pytest.mark.parametrize("state", NOT_ACCEPTED)
    def test_nothing_that_is_not_accepted_is_told(self, state: str) -> None:
        action = live_action()
        make_update(action=action, reported_on=date(2015, 6, 1), state=state, status="paused", public_text="Secret")
        assert (alone(action).state, alone(action).last_text) == ("not_started", "")

    def test_the_day_of_completion(self) -> None:
        action = live_action()
        make_update(action=action, status="completed", reported_on=date(2015, 5, 1), completed_on=date(2015, 4, 2))
        assert alone(action).completed_on == date(2015, 4, 2)
        assert not alone(action).is_open


@pytest.mark.django_db
class TestDueDay:
    @pytest.mark.parametrize(
        ("on", "due_on", "text", "times"),
        [
            (date(2015, 4, 30), date(2015, 3, 31), "March", 0),
            (date(2015, 5, 1), date(2016, 3, 31), "Spring 2016", 1),
            (date(2015, 8, 31), date(2016, 3, 31), "Spring 2016", 1),
            (date(2015, 9, 1), None, "Ongoing", 2),
        ],
    )
    def test_is_the_last_one_decided_by_then(self, on: date, due_on: date | None, text: str, times: int) -> None:
        action = live_action(due_on=date(2015, 3, 31), timescale_text="March")
        make_date_change(
            action=action, decided_on=date(2015, 5, 1), due_on=date(2016, 3, 31), timescale_text="Spring 2016"
        )
        make_date_change(action=action, decided_on=date(2015, 9, 1), due_on=None, timescale_text="Ongoing")
        found = alone(action, on)
        assert (found.due_on, found.timescale_text, found.times_moved) == (due_on, text, times)
        assert found.first_due_on == date(2015, 3, 31)

    @pytest.mark.parametrize(
        ("on", "late", "overdue"),
        [
            (date(2015, 3, 31), Lateness.NOT_DUE, False),
            (date(2015, 4, 1), Lateness.PASSED, False),
            (date(2015, 4, 15), Lateness.PASSED, False),
            (date(2015, 4, 16), Lateness.OVERDUE, True),
            (date(2015, 6, 30), Lateness.LONG_OVERDUE, True),
        ],
    )
    def test_is_overdue_in_public_from_the_tenth_working_day(self, on: date, late: Lateness, overdue: bool) -> None:
        found = alone(live_action(due_on=date(2015, 3, 31)), on)
        assert (found.lateness, found.is_overdue) == (late, overdue)

    def test_a_closed_action_is_never_overdue(self) -> None:
        action = live_action(due_on=date(2015, 3, 31))
        make_update(action=action, status="completed", reported_on=date(2015, 6, 1))
        assert not alone(action).is_overdue


@pytest.mark.django_db
class TestLeads:
    def test_the_accountable_one_first_and_only_those_of_the_day(self) -> None:
        action = live_action()
        police = make_organisation(name="Anyshire Police", slug="police")
        make_lead(action=action, organisation=police, role=ActionLead.Role.WORKING_WITH, text="The force")
        make_lead(action=action, text="A sub-group", from_on=date(2015, 6, 1))
        make_lead(action=action, text="Before", until_on=date(2015, 6, 1))
        assert alone(action).leads == (
            LeadOnDay(ActionLead.Role.LEAD, "A sub-group", ""),
            LeadOnDay(ActionLead.Role.WORKING_WITH, "Anyshire Police", "police"),
        )

    def test_one_without_any(self) -> None:
        assert alone(live_action()).leads == ()


@pytest.mark.django_db
class TestMirrored:
    def test_it_stands_as_its_source_and_is_worded_as_its_own_plan_words_it(self) -> None:
        source = live_action(due_on=date(2015, 3, 31), must_do=True, text="Source words", lead=make_organisation())
        make_update(action=source, reported_on=date(2015, 5, 1), status="paused", confidence="at_risk")
        make_date_change(action=source, decided_on=date(2015, 5, 2), due_on=date(2015, 5, 29))
        mirror = live_action(mirrors=source, due_on=date(2030, 1, 1), text="Own words")
        found, same = alone(mirror), alone(source)
        assert (found.text, found.mirrors, found.plan_id) == ("Own words", source.pk, mirror.plan_id)
        own = {name: getattr(found, name) for name in ("id", "version_id", "plan_id", "text", "mirrors")}
        assert replace(same, **own) == found
        assert (found.state, found.due_on, found.must_do) == ("paused", date(2015, 5, 29), True)

    def test_its_own_leads_come_before_those_of_its_source(self) -> None:
        source = live_action(lead=make_organisation(name="Far Trust"))
        mirror = live_action(mirrors=source, lead=make_organisation(name="Near Trust"))
        assert [lead.name for lead in alone(mirror).leads] == ["Near Trust"]


class TestDisagreement:
    MADE = ActionOnDay(
        *(1, 1, 1, "1.1", "Open a cafe", None, "", ActionState.IN_PROGRESS, Confidence.ON_TRACK),
        *(date(2026, 3, 31), "March 2026", date(2026, 3, 31), 0, Lateness.PASSED),
        *(False, "", "", "", (), None, "", None, None),
    )

    def test_the_owner_says_on_track_and_the_day_has_passed(self) -> None:
        assert self.MADE.disagreement == "Owner says on track; due date passed 31 March 2026"

    @pytest.mark.parametrize(
        "other",
        [
            {"confidence": Confidence.AT_RISK},
            {"confidence": None},
            {"lateness": Lateness.NOT_DUE},
            {"state": ActionState.COMPLETED},
            {"due_on": None, "lateness": Lateness.NOT_DUE},
        ],
        ids=str,
    )
    def test_otherwise_nothing(self, other: dict[str, Any]) -> None:
        assert replace(self.MADE, **other).disagreement == ""


@pytest.mark.django_db
@pytest.mark.parametrize("actions", [1, 50])
def test_two_queries_whatever_the_number_of_actions(
    actions: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(actions):
        source = live_action(due_on=date(2015, 3, 31), lead=make_organisation())
        make_update(action=source, reported_on=date(2015, 5, 1))
        make_date_change(action=source, decided_on=date(2015, 6, 1), due_on=date(2016, 1, 1))
        live_action(plan=source.plan, mirrors=source)
    versions = list(ActionPlan.objects.values_list("versions", flat=True))
    with django_assert_num_queries(2):
        assert len(actions_on(versions, date(2015, 7, 1), USUAL)) == 2 * actions


days = st.dates(date(2015, 1, 5), date(2016, 6, 30))
updates = st.lists(
    st.tuples(
        days,
        st.sampled_from([state.value for state in ActionState]),
        st.sampled_from(["", *Confidence.values]),
        st.sampled_from(["accepted", "accepted", "draft", "submitted"]),
    ),
    max_size=3,
).filter(one_in_hand)
moves = st.lists(st.tuples(days, st.none() | days), max_size=2)
made_up = st.tuples(st.none() | days, st.booleans(), st.booleans(), updates, moves)


class TestSameNumbersAsTheRule(TestCase):
    """Whatever the plans are, the actions one by one give the tally that the delivery rule counts."""

    @settings(max_examples=25, deadline=None)
    @given(plans=st.lists(st.lists(made_up, max_size=4), min_size=1, max_size=2), on=days)
    def test_tally(self, plans: list[list[Any]], on: date) -> None:
        sources: list[Action] = []
        for lines in plans:
            plan = make_plan()
            make_version(plan=plan, published_on=PUBLISHED)
            for due_on, must_do, is_mirror, reports, moved in lines:
                mirrors = sources[0] if is_mirror and sources and sources[0].plan_id != plan.pk else None
                action = live_action(plan=plan, due_on=due_on, must_do=must_do, mirrors=mirrors)
                self.happen(action, reports, moved)
                sources += [] if mirrors else [action]
        versions = list(ActionPlan.objects.values_list("versions", flat=True))
        found: dict[int, list[ActionGroup]] = defaultdict(list)
        for each in actions_on(versions, on, USUAL):
            found[each.plan_id].append(each.group)
        assert {plan: tally(groups) for plan, groups in found.items()} == {
            plan: tally(groups) for plan, groups in action_groups(on, USUAL).items()
        }

    def happen(self, action: Action, reports: list[Any], moved: list[Any]) -> None:
        """The reports and the moves, in the order of their days."""
        for day, status, confidence, state in sorted(reports, key=lambda report: report[0]):
            make_update(action=action, reported_on=day, status=status, confidence=confidence, state=state)
        for day, due_on in sorted(moved, key=lambda move: move[0]):
            make_date_change(action=action, decided_on=day, due_on=due_on)
