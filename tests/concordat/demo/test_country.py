"""A small made-up country over the real areas: what is in it, that all of it says so, and that it keeps the rules."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import models, transaction
from django.db.models import Count, F

from actionplans.models import (
    Action,
    ActionLead,
    ActionPlan,
    DateChange,
    PlanCoverage,
    PlanVersion,
    ProgressUpdate,
    Promise,
)
from actionplans.states import ActionState, Confidence, Delivery
from actionplans.timescale import Confidence as Reading
from actionplans.timescale import Kind
from areas.loading import load_areas, read_history
from concordat.demo.stories import STORIES
from concordat.demo.wording import LABEL, PROGRAMME
from concordat.kernel.coverage import Extent
from concordat.kernel.models import Claim
from concordat.picture import Picture, picture
from concordat.verification import differences
from signatories.models import (
    Board,
    BoardChair,
    Declaration,
    DeclarationCoverage,
    Membership,
    Organisation,
    Partnership,
    PartnershipCoverage,
    Person,
    PlanExpectation,
    Programme,
    Signature,
    Statement,
    Steward,
)
from signatories.models.organisation import CORE_TYPES

ON = date(2025, 11, 3)
ACTIONS = 8

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The areas and one round of all stories, loaded once for this file in a transaction around all its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_areas(read_history(), by="load_areas")
        options = {"partnerships": len(STORIES), "actions": ACTIONS, "on": ON.isoformat()}
        call_command("load_demo", stdout=StringIO(), **options)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _loaded(written: None) -> None:
    """Each test begins with the country loaded."""


@pytest.fixture(scope="module")
def seen(written: None, django_db_blocker: Any) -> Picture:
    """The national picture on the reference day."""
    with django_db_blocker.unblock():
        return picture(ON)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Partnership, "name"),
        (Organisation, "name"),
        (Person, "name"),
        (Board, "name"),
        (Steward, "name"),
        (ActionPlan, "title"),
        (Declaration, "title"),
        (Signature, "name_as_signed"),
    ],
)
def test_every_name_says_that_it_is_made_up(model: type[models.Model], field: str) -> None:
    rows = model._default_manager.all()
    assert rows.exists()
    assert not rows.exclude(**{f"{field}__contains": "Example"}).exists()


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Partnership, "public_note"),
        (Partnership, "source"),
        (Organisation, "source"),
        (Declaration, "summary"),
        (Statement, "source"),
        (PlanVersion, "source"),
        (Action, "source"),
        (Programme, "source"),
    ],
)
def test_what_names_a_source_says_that_there_is_none(model: type[models.Model], field: str) -> None:
    rows = model._default_manager.all()
    assert rows.exists()
    assert not rows.exclude(**{field: LABEL}).exists()


def test_the_programme_says_so_too_and_tells_what_it_was_made_with() -> None:
    programme = Programme.objects.get()
    assert (programme.slug, programme.name) == ("demo", PROGRAMME)
    assert programme.source_note == f"Made up by load_demo --partnerships 22 --actions 8 --seed 2014 --on {ON}"
    assert programme.complete_to is None


def test_no_address_could_reach_anybody() -> None:
    for emails in (Person.objects.values_list("email"), Organisation.objects.values_list("public_email")):
        assert emails.exists()
        assert all(email.endswith("@example.org") for (email,) in emails)


def test_nothing_that_is_stored_twice_differs() -> None:
    assert list(differences()) == []


def test_the_picture_has_every_colour_and_every_delivery_status(seen: Picture) -> None:
    assert all(seen.sign_up_counts.values()), seen.sign_up_counts
    assert all(seen.delivery_counts.values()), seen.delivery_counts
    assert set(seen.delivery_counts) == {*Delivery.values, "none"}


def test_there_was_a_past_of_other_colours(seen: Picture) -> None:
    before = picture(ON - timedelta(days=1000))
    assert before.sign_up_counts["green"] < seen.sign_up_counts["green"]
    assert before.actions.total < seen.actions.total


@pytest.mark.parametrize(
    "reason",
    [
        "No declaration recorded",
        "The declaration was withdrawn on",
        "Declaration made",
        "Action plan published",
        "2 of 3 plans published",
        "Action plan published (the plan that the declaration expects)",
    ],
)
def test_areas_stand_for_every_reason(seen: Picture, reason: str) -> None:
    assert any(area.sign_up.reason.startswith(reason) for area in seen.areas), reason


def test_some_green_areas_are_out_of_date(seen: Picture) -> None:
    assert any(area.sign_up.out_of_date for area in seen.areas)


def test_a_plan_is_published_only_where_a_declaration_is_live() -> None:
    versions = PlanVersion.objects.published().filter(plan__kind=ActionPlan.Kind.CONCORDAT)
    covered = defaultdict(set)
    for plan, area in PlanCoverage.objects.values_list("plan_id", "area_id"):
        covered[plan].add(area)
    assert versions.count() > 20
    for version in versions:
        live = Declaration.objects.live_on(version.published_on).values("id")
        declared = set(DeclarationCoverage.objects.filter(declaration__in=live).values_list("area_id", flat=True))
        assert covered[version.plan_id] <= declared, version


def test_no_fact_lies_in_the_future() -> None:
    assert not ProgressUpdate.objects.filter(reported_on__gt=ON).exists()
    assert not ProgressUpdate.objects.filter(accepted_at__date__gt=ON).exists()
    assert not DateChange.objects.filter(decided_on__gt=ON).exists()
    for model in (Declaration, PlanVersion):
        for field in ("published_on", "superseded_on", "withdrawn_on"):
            assert not model._default_manager.filter(**{f"{field}__gt": ON}).exists()


def test_no_report_is_older_than_its_plan() -> None:
    first = {
        plan: min(days)
        for plan, days in _days(PlanVersion.objects.published().values_list("plan_id", "published_on")).items()
    }
    for plan, days in _days(ProgressUpdate.objects.values_list("action__plan_id", "reported_on")).items():
        assert min(days) > first[plan]


def _days(pairs: Any) -> dict[int, list[date]]:
    found = defaultdict(list)
    for owner, day in pairs:
        found[owner].append(day)
    return found


@pytest.mark.parametrize(
    ("model", "field", "words"),
    [
        (ProgressUpdate, "status", ActionState.values),
        (ProgressUpdate, "state", ProgressUpdate.State.values),
        (ProgressUpdate, "confidence", ["", *Confidence.values]),
        (Action, "timescale_kind", Kind.values),
        (Action, "timescale_confidence", Reading.values),
        (Declaration, "state", ["draft", "submitted", "returned", "published"]),
        (PlanVersion, "state", ["draft", "submitted", "published", "abandoned"]),
        (ActionPlan, "kind", ActionPlan.Kind.values),
        (ActionLead, "role", ActionLead.Role.values),
        (Board, "kind", Board.Kind.values),
        (Signature, "kind", Signature.Kind.values),
        (PartnershipCoverage, "extent", Extent.values),
        (Promise, "is_hope", [True, False]),
    ],
)
def test_every_word_occurs(model: type[models.Model], field: str, words: list[Any]) -> None:
    found = set(model._default_manager.values_list(field, flat=True))
    assert found == set(words)


@pytest.mark.parametrize("days", [(1, 28), (-5, -1), (-80, -25), (-600, -120)])
def test_something_is_due_soon_just_over_overdue_and_long_overdue(days: tuple[int, int]) -> None:
    window = [ON + timedelta(days=day) for day in days]
    going_on = Action.objects.filter(updates__state="accepted", updates__until_on=None, updates__status="in_progress")
    assert going_on.filter(due_on__range=window, date_changes=None).exists()


def test_must_dos_are_long_overdue_and_reports_wait() -> None:
    long_ago = ON - timedelta(days=120)
    assert Action.objects.filter(must_do=True, due_on__lt=long_ago).exists()
    assert ProgressUpdate.objects.filter(state="submitted", reported_on__gte=ON - timedelta(days=7)).exists()


def test_dates_were_moved_once_and_twice_with_a_reason() -> None:
    moves = Action.objects.annotate(moves=Count("date_changes")).values_list("moves", flat=True)
    assert set(moves) == {0, 1, 2}
    assert not DateChange.objects.filter(reason="").exists()
    for change in DateChange.objects.filter(until_on=None).select_related("action"):
        first = change.action.date_changes.earliest("decided_on")
        assert first.old_due_on == change.action.due_on


def test_an_action_was_reopened_with_a_reason() -> None:
    reopened = ProgressUpdate.objects.filter(
        status="in_progress", action__updates__status="completed", action__updates__until_on=F("reported_on")
    )
    assert reopened.exists()
    assert not reopened.filter(reason="").exists()


def test_mirrored_actions_are_kept_in_another_plan_alone() -> None:
    mirrors = Action.objects.filter(mirrors__isnull=False)
    assert mirrors.count() >= 3
    assert not mirrors.filter(mirrors__plan=F("plan")).exists()
    assert not mirrors.filter(mirrors__mirrors__isnull=False).exists()
    assert not mirrors.filter(updates__isnull=False).exists()
    assert mirrors.exclude(mirrors__plan__partnership=F("plan__partnership")).exists()


def test_the_core_types_sign_and_some_are_missing() -> None:
    signed = {
        declaration.id: {signature.as_type for signature in declaration.signatures.all()}
        for declaration in Declaration.objects.published().prefetch_related("signatures")
    }
    core = {core_type.value for core_type in CORE_TYPES}
    assert set().union(*signed.values()) >= core
    complete = [core <= types for types in signed.values()]
    assert any(complete)
    assert not all(complete)
    assert Signature.objects.exclude(withdrawn_reason="").exists()


def test_one_declaration_expects_three_plans_and_one_stands_over_plans_for_each_council() -> None:
    expected = PlanExpectation.objects.filter(plan__isnull=False)
    assert expected.count() == 3
    assert expected.filter(plan__versions__published_on__isnull=False).distinct().count() == 2
    plans = Partnership.objects.filter(plans__kind="concordat").annotate(count=Count("plans"))
    assert max(plans.values_list("count", flat=True)) == 6


def test_some_areas_have_two_partnerships_and_some_a_part_in_one() -> None:
    shared = PartnershipCoverage.objects.values("area").annotate(count=Count("id")).filter(count=2)
    assert shared.count() == 3
    assert PartnershipCoverage.objects.filter(extent=Extent.PART).exclude(label="").count() == 1
    assert Partnership.objects.filter(parent__isnull=False).count() == 2


def test_sources_disagree_now_and_then() -> None:
    conflicting = Claim.objects.filter(event="declaration", chosen=False)
    assert conflicting.exists()
    for claim in conflicting:
        chosen = Claim.objects.get(subject_type=claim.subject_type, subject_id=claim.subject_id, chosen=True)
        assert chosen.on != claim.on


def test_promises_are_kept_by_actions_and_hopes_by_none() -> None:
    assert Promise.objects.filter(is_hope=False, actions__isnull=False).exists()
    assert not Promise.objects.filter(is_hope=True, actions__isnull=False).exists()


def test_boards_have_one_chair_or_two() -> None:
    chairs = BoardChair.objects.values("board").annotate(count=Count("id")).values_list("count", flat=True)
    assert set(chairs) == {1, 2}


def test_every_plan_has_as_many_actions_as_asked_for() -> None:
    own = Action.objects.filter(mirrors=None).values("plan").annotate(count=Count("id"))
    assert set(own.values_list("count", flat=True)) == {ACTIONS}


def test_owners_work_for_the_organisation_that_leads_their_action() -> None:
    works_in = set(Membership.objects.filter(role="owner", until_on=None).values_list("person", "organisation"))
    leads = ActionLead.objects.filter(role="lead", organisation__isnull=False)
    owned = set(leads.filter(action__owners__until_on=None).values_list("action__owners__person", "organisation"))
    owned = {pair for pair in owned if pair[0]}
    assert len(owned) > ACTIONS
    assert owned <= works_in


def test_some_open_actions_need_an_owner() -> None:
    without = Action.objects.filter(owners=None, mirrors=None).count()
    assert 0 < without < Action.objects.count() / 3


def test_a_returned_report_says_what_is_asked_for() -> None:
    returned = ProgressUpdate.objects.filter(state="returned")
    assert returned.exists()
    assert not returned.filter(review_comment="").exists()


def test_every_partnership_has_a_coordinator_a_chair_and_a_board_member() -> None:
    for role in ("coordinator", "chair", "board_member"):
        held = Membership.objects.filter(role=role, until_on=None)
        assert held.values("partnership").distinct().count() == Partnership.objects.count()
