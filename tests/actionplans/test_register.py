"""Every action of the plans in force on a day, as they come: each as `actions_on` shows it, with its leads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db.models import Q

from actionplans.models import Action, ActionPlan, PlanVersion
from actionplans.progress import Thresholds
from actionplans.reading import actions_on
from actionplans.register import Entry, Register
from actionplans.tracker import tracker
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, PUBLISHED, LATER = date(2015, 7, 1), date(2015, 1, 5), date(2015, 9, 1)
USUAL = Thresholds()


def register(on: date = ON, wanted: Q | None = None) -> Register:
    return Register(on, USUAL, wanted or Q())


def in_plan(version: PlanVersion, reference: str, **fields: Any) -> Action:
    action = make.make_action(plan=version.plan, reference=reference, **fields)
    place = int(reference[1:])
    make.make_in_version(version=version, action=action, position=place, timescale_text=action.timescale_text)
    return action


def make_country() -> tuple[ActionPlan, ActionPlan]:
    """Two plans in force, in which something of everything happened before the day and after it."""
    first, second = (
        make.make_plan(partnership=make.make_partnership(name=name), title=f"Plan of {name}") for name in ("Zed", "Alf")
    )
    version = make.make_version(plan=first, published_on=PUBLISHED, label="One")
    council, police = make.make_organisation(name="Anytown Council"), make.make_organisation(name="Northshire Police")
    moved = in_plan(version, "B1", due_on=date(2015, 3, 31), timescale_text="March 2015", must_do=True, lead=police)
    make.make_date_change(action=moved, decided_on=date(2015, 2, 1), due_on=date(2015, 4, 30), timescale_text="April")
    make.make_date_change(action=moved, decided_on=date(2015, 5, 1), due_on=date(2015, 6, 5))
    make.make_date_change(action=moved, decided_on=LATER, due_on=date(2016, 6, 5))
    make.make_update(action=moved, reported_on=date(2015, 6, 1), confidence="on_track", public_text="Nearly")
    make.make_update(action=moved, reported_on=LATER, status="completed")
    merged = in_plan(version, "B2")
    make.make_lead(action=merged, organisation=police, role="joint")
    make.make_lead(action=merged, organisation=council, role="joint")
    make.make_lead(action=merged, text="Somebody else", role="working_with")
    make.make_lead(action=merged, text="Those who came later", role="working_with", from_on=LATER)
    make.make_update(action=merged, reported_on=date(2015, 6, 1), status="merged", merged_into=moved)
    section = make.make_section(code="C", title="Quality")
    reviewed = make.make_action(plan=first, review_every_months=6, timescale_kind="recurring", timescale_text="Ongoing")
    make.make_in_version(version=version, action=reviewed, position=3, section=section)
    make.make_earlier_must_do(action=reviewed, until_on=LATER)
    other = make.make_version(plan=second, published_on=PUBLISHED, label="First", superseded_on=LATER)
    own = in_plan(other, "A1", due_on=date(2015, 12, 31), outcome="Calm", outcome_measure="9 in 10", footprint="North")
    mirror = make.make_action(plan=first, reference="B9", mirrors=own)
    make.make_in_version(version=version, action=mirror, position=4, section_text="Shared")
    make.make_lead(action=own, organisation=council)
    make.make_update(action=own, reported_on=date(2015, 6, 9), public_text="Under way")
    again = make.make_version(plan=second, published_on=LATER, label="Second")
    make.make_in_version(version=again, action=own)
    draft = make.make_version(plan=first)
    make.make_in_version(version=draft, action=make.make_action(plan=first, reference="B7"))
    related = make.make_version(plan=make.make_plan(kind="related"), published_on=PUBLISHED)
    make.make_in_version(version=related, action=make.make_action(plan=related.plan))
    return first, second


def by_reference(found: Register) -> dict[str, Entry]:
    return {entry.reference: entry for entry in found}


def test_actions_come_by_partnership_and_as_their_version_orders_them() -> None:
    make_country()
    found = register()
    assert [(entry.partnership, found.places[entry.version_id].version, entry.reference) for entry in found] == [
        ("Alf", "First", "A1"),
        ("Zed", "One", "B1"),
        ("Zed", "One", "B2"),
        ("Zed", "One", ""),
        ("Zed", "One", "B9"),
    ]


@pytest.mark.parametrize("on", [date(2015, 1, 4), PUBLISHED, date(2015, 4, 1), ON, LATER])
def test_each_stands_as_the_pages_show_it(on: date) -> None:
    make_country()
    found = register(on)
    versions = [*PlanVersion.objects.live_on(on).filter(plan__kind="concordat").values_list("pk", flat=True)]
    shown = {(each.version_id, each.id): each for each in actions_on(versions, on, USUAL)}
    entries = {(entry.version_id, entry.action_id): entry for entry in found}
    assert entries.keys() == shown.keys()
    for key, entry in entries.items():
        page = shown[key]
        assert replace(found.group_of(entry), mirrored_action=None) == page.group
        assert (entry.text, entry.state, entry.confidence or None, entry.due_on) == (
            page.text, page.state, page.confidence, page.due_on,
        )  # fmt: skip
        assert (entry.first_due_on, entry.times_moved, entry.must_do) == (
            page.first_due_on, page.times_moved, page.must_do,
        )  # fmt: skip
        assert (entry.last_update, entry.last_text or "", entry.completed_on) == (
            page.last_update, page.last_text, page.completed_on,
        )  # fmt: skip
        leads = [(lead.role, found.organisations.get(lead.organisation, lead.text)) for lead in entry.leads]
        assert sorted(leads) == sorted((lead.role, lead.name) for lead in page.leads)
        assert [role for role, _ in leads] == [lead.role for lead in page.leads]
        assert found.is_overdue(entry) == page.is_overdue == found.group_of(entry).is_overdue
        assert entry.timescale == page.timescale_text


def test_words_are_those_of_the_template() -> None:
    make_country()
    found = register()
    entries = by_reference(found)
    moved, merged, shared = entries["B1"], entries["B2"], entries["B9"]
    assert (moved.timescale_in_words, moved.is_moved, found.is_overdue(moved)) == ("5 June 2015", True, True)
    assert merged.merged_into == "B1"
    assert found.led_by(merged) == "Anytown Council (joint lead); Northshire Police (joint lead)"
    assert found.working_with(merged) == "Somebody else"
    assert (found.section_of(entries[""]), found.section_of(shared)) == ("C Quality", "Shared")
    assert (entries[""].review_every_months, entries[""].must_do) == (6, True)
    assert (found.led_by(shared), shared.last_text, shared.due_on) == (
        "Anytown Council", "Under way", date(2015, 12, 31),
    )  # fmt: skip


def test_they_are_the_words_of_a_plans_own_table() -> None:
    make_country()
    today = date(2015, 12, 1)
    found = register(today)
    version = PlanVersion.objects.live_on(today).get(plan__partnership__name="Zed")
    rows = {row[0]: row for row in tracker(version, today)}
    for entry in found:
        if entry.version_id == version.pk and entry.mirrors is None:
            row = rows[entry.reference]
            assert row[1:6] == [
                found.section_of(entry), entry.text, found.led_by(entry), found.working_with(entry),
                entry.timescale_in_words,
            ]  # fmt: skip
            assert (row[6], row[13]) == (entry.due_on, entry.last_text or "")


def test_what_happens_later_changes_no_day_before_it() -> None:
    first, _ = make_country()
    before = list(register())
    version = first.versions.get(label="One")
    action = Action.objects.get(reference="B1")
    make.make_date_change(action=action, decided_on=date(2015, 9, 2), due_on=date(2019, 1, 1))
    make.make_update(action=action, reported_on=date(2015, 9, 2), status="not_going_ahead")
    make.make_lead(action=action, text="Newcomers", role="working_with", from_on=date(2015, 7, 2))
    make.make_earlier_must_do(action=action, must_do=True, until_on=date(2015, 7, 2))
    type(version).objects.filter(pk=version.pk).update(superseded_on=date(2015, 7, 2))
    assert list(register()) == before


def test_some_lines_alone() -> None:
    make_country()
    found = register(wanted=Q(version__plan__partnership__name="Alf"))
    assert [entry.reference for entry in found] == ["A1"]
    assert [entry.reference for entry in found] == ["A1"]  # and again


def test_it_takes_the_same_queries_however_many_actions(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    version = make.make_version(published_on=PUBLISHED)
    for number in (10, 100):
        for _ in range(number):
            make.make_lead(action=make.make_in_version(version=version).action)
        with django_assert_num_queries(5):
            assert sum(1 for _ in register()) >= number
