"""What a visitor reads of a plan and of each of its versions."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from actionplans.models import ActionPlan, PlanVersion
from concordat.picture import picture
from tests import factories as make
from tests.concordat.pages.conftest import Told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_20_may_2026")]
PLANNED, RENEWED = date(2025, 3, 20), date(2026, 1, 2)


def planned(**fields: object) -> PlanVersion:
    """A plan with one version in force."""
    plan = make.make_plan(partnership=make.make_partnership(name="North partnership"), title="Crisis plan")
    return make.make_version(**({"plan": plan, "published_on": PLANNED, "label": "Version 1"} | fields))


def with_action(version: PlanVersion, text: str, status: str = "", **fields: object) -> make.what.Action:
    action = make.make_action(plan=version.plan, text=text, **fields)
    make.make_in_version(version=version, action=action, reference=text[:20])
    if status:
        make.make_update(action=action, status=status, reported_on=date(2026, 5, 1))
    return action


def page_of(plan: ActionPlan, query: str = "") -> str:
    return f"/plans/{plan.pk}/{query}"


def test_what_the_version_in_force_says(told: Told) -> None:
    version = planned(
        aims="Fewer people reach a crisis.",
        period_text="2025 to 2027",
        period_ends_on=date(2027, 3, 31),
        next_review_on=date(2026, 9, 1),
        published_precision="by",
        source="Board paper 7",
    )
    make.cover(version.plan, make.make_area(name="Northshire"))
    make.cover(version.plan, make.make_area(name="Southshire"), part="the coast")
    page = told(page_of(version.plan))
    assert "Fewer people reach a crisis." in page
    assert "Version Version 1, published by 20 March 2025; the exact day is not recorded" in page
    assert "Period 2025 to 2027, until 31 March 2027" in page
    assert "Out of date" not in page
    assert "Next review 1 September 2026" in page
    assert "Northshire, Southshire (a part of it: the coast). One plan, shared by 2 areas" in page
    assert "Source: Board paper 7" in page


def test_past_its_period_it_is_marked_out_of_date(told: Told) -> None:
    version = planned(period_ends_on=date(2026, 3, 31))
    assert "until 31 March 2026. Out of date: this period is over" in told(page_of(version.plan))


class TestDelivery:
    def test_a_sentence_with_its_numbers(self, told: Told) -> None:
        version = planned()
        with_action(version, "Late", due_on=date(2026, 1, 30))
        with_action(version, "Done", "completed")
        page = told(page_of(version.plan))
        assert "Off track: 1 of 2 actions are done, 1 is overdue." in page
        assert "The last update was on 1 May 2026." in page
        assert "nobody has inspected it" in page

    def test_the_status_is_that_of_the_national_picture(self, client: Client) -> None:
        area = make.make_area()
        partnership = make.make_partnership(areas=[area], update_every_months=1)
        make.make_declaration(partnership=partnership, areas=[area], published_on=PLANNED)
        version = planned(plan=make.make_plan(partnership=partnership, areas=[area]))
        with_action(version, "Late", "in_progress", due_on=date(2026, 6, 1))
        for on in ("2025-03-20", "2025-06-01", "2026-05-01", "2026-06-30", "2026-08-01"):
            page = client.get(page_of(version.plan, f"?on={on}"))
            [stands] = picture(date.fromisoformat(on)).areas
            assert page.context["reading"].delivery == stands.delivery
            assert page.context["reading"].numbers == stands.actions

    def test_a_related_plan_says_that_it_does_not_count_and_has_no_status(self, told: Told) -> None:
        version = planned(plan=make.make_plan(kind="related"))
        with_action(version, "Peer support")
        page = told(page_of(version.plan))
        assert "This is a related plan. It does not count for the Concordat’s map." in page
        assert "Delivery: whether it happens" not in page
        assert "Peer support" in page


class TestActions:
    def test_by_section_with_state_date_and_lead(self, told: Told) -> None:
        version = planned()
        section = make.make_section(title="Access", plain_title="Help before things get worse", position=1)
        action = make.make_action(plan=version.plan, due_on=date(2026, 3, 31))
        make.make_in_version(version=version, action=action, reference="A1", text="Open a cafe", section=section)
        make.make_lead(action=action, organisation=make.make_organisation(name="Northern Trust"))
        make.make_update(action=action, reported_on=date(2026, 5, 1), confidence="on_track")
        page = told(page_of(version.plan))
        assert "Help before things get worse 1 action: 0 done, 1 overdue A1 Open a cafe In progress Overdue" in page
        assert "Due by 31 March 2026. Led by Northern Trust." in page
        assert "Owner says on track; due date passed 31 March 2026." in page

    @pytest.mark.parametrize(
        ("show", "texts"),
        [
            ("", {"Early", "Late", "Closed", "Dropped"}),
            ("?show=all", {"Early", "Late", "Closed", "Dropped"}),
            ("?show=open", {"Early", "Late"}),
            ("?show=overdue", {"Late"}),
            ("?show=done", {"Closed"}),
        ],
    )
    def test_some_of_them(self, told: Told, show: str, texts: set[str]) -> None:
        version = planned()
        with_action(version, "Early", due_on=date(2027, 1, 30))
        with_action(version, "Late", due_on=date(2026, 1, 30))
        with_action(version, "Closed", "completed")
        with_action(version, "Dropped", "not_going_ahead")
        page = told(page_of(version.plan, show))
        assert {text for text in ("Early", "Late", "Closed", "Dropped") if text in page} == texts
        assert "All actions (4) Open (2) Overdue (1) Done (1)" in page

    def test_where_there_is_none_of_them(self, told: Told) -> None:
        version = planned()
        with_action(version, "Closed", "completed")
        assert "No action is overdue on 20 May 2026." in told(page_of(version.plan, "?show=overdue"))

    def test_an_unknown_choice_is_not_found(self, client: Client) -> None:
        assert client.get(page_of(planned().plan, "?show=<script>")).status_code == 404

    @pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
    def test_an_update_that_is_not_accepted_is_not_told(self, told: Told, state: str) -> None:
        version = planned()
        action = with_action(version, "Open a cafe")
        make.make_update(
            action=action,
            state=state,
            status="paused",
            public_text="Not yet",
            internal_note="Never",
            confidence="off_track",
        )
        page = told(page_of(version.plan))
        assert "Not started" in page
        assert not any(word in page for word in ("Paused", "Not yet", "Never", "Off track"))


class TestVersions:
    @pytest.fixture
    def plan(self) -> ActionPlan:
        old = planned(superseded_on=RENEWED)
        new = make.make_version(plan=old.plan, published_on=RENEWED, label="Version 2")
        make.make_version(plan=old.plan, label="Secret version", state="submitted", aims="Secret aims")
        action = make.make_action(plan=old.plan, text="Secret draft words")
        make.make_in_version(version=old, action=action, text="Open a cafe")
        make.make_in_version(version=new, action=action, text="Open a crisis cafe")
        return old.plan

    def test_the_page_shows_the_one_in_force_and_lists_all_published(self, told: Told, plan: ActionPlan) -> None:
        page = told(page_of(plan))
        assert "Open a crisis cafe" in page
        assert "Version 2 Published on 2 January 2026. In force." in page
        assert "Version 1 Published on 20 March 2025. Replaced on 2 January 2026." in page
        assert "Secret" not in page

    def test_on_an_earlier_day_the_one_of_then(self, told: Told, plan: ActionPlan) -> None:
        page = told(page_of(plan, "?on=2026-01-01"))
        assert "Open a cafe" in page
        assert "Version 2" not in page
        assert "Replaced" not in page

    def test_an_old_one_stays_as_it_was_worded(self, told: Told, plan: ActionPlan) -> None:
        old = plan.versions.get(label="Version 1")
        page = told(f"/plans/{plan.pk}/versions/{old.pk}/")
        assert "This is an old version. Replaced on 2 January 2026. In its place came Version 2." in page
        assert "Open a cafe" in page
        assert "crisis cafe" not in page
        assert "Delivery: whether it happens" not in page

    def test_the_one_in_force_says_so(self, told: Told, plan: ActionPlan) -> None:
        new = plan.versions.get(label="Version 2")
        assert "This is the version in force on 20 May 2026." in told(f"/plans/{plan.pk}/versions/{new.pk}/")

    def test_one_of_a_later_day_says_when_it_comes(self, told: Told, plan: ActionPlan) -> None:
        new = plan.versions.get(label="Version 2")
        page = told(f"/plans/{plan.pk}/versions/{new.pk}/?on=2026-01-01")
        assert "This version was not yet published on 1 January 2026. It was first published on 2 January 2026." in page
        assert "cafe" not in page

    def test_one_never_published_has_no_page(self, client: Client, plan: ActionPlan) -> None:
        secret = plan.versions.get(label="Secret version")
        assert client.get(f"/plans/{plan.pk}/versions/{secret.pk}/").status_code == 404

    def test_nor_has_one_of_another_plan(self, client: Client, plan: ActionPlan) -> None:
        assert client.get(f"/plans/{plan.pk}/versions/{planned().pk}/").status_code == 404

    def test_where_none_is_in_force_the_last_one_is_shown_as_such(self, told: Told) -> None:
        version = planned(withdrawn_on=RENEWED, withdrawn_reason="It was wrong")
        with_action(version, "Open a cafe")
        page = told(page_of(version.plan))
        assert "No version of this plan is in force on 20 May 2026. This is the last one, Version 1." in page
        assert "Withdrawn on 2 January 2026. Reason: It was wrong" in page
        assert "Open a cafe" in page


def test_before_its_first_version_the_page_says_when_it_came(told: Told) -> None:
    version = planned(aims="Secret until then")
    page = told(page_of(version.plan, "?on=2025-03-19"))
    assert "This plan was not yet published on 19 March 2025. It was first published on 20 March 2025." in page
    assert "Secret until then" not in page


@pytest.mark.parametrize("state", ["draft", "submitted", "returned"])
def test_a_plan_never_published_has_no_page(client: Client, state: str) -> None:
    version = planned(published_on=None, state=state)
    response = client.get(page_of(version.plan))
    assert response.status_code == 404
    assert b"Crisis plan" not in response.content


@pytest.mark.parametrize("size", [1, 40])
@pytest.mark.parametrize(("address", "queries"), [("/plans/{plan}/", 11), ("/plans/{plan}/versions/{version}/", 8)])
def test_as_many_queries_whatever_the_number_of_actions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, address: str, queries: int, size: int
) -> None:
    plan = make.make_plan()
    for number in range(size):
        planned(plan=plan, superseded_on=PLANNED, label=f"Old {number}")
    version = planned(plan=plan, superseded_on=RENEWED)
    for number in range(size):
        make.cover(version.plan, make.make_area())
        with_action(version, f"Thing {number}", "in_progress", lead=make.make_organisation())
    with django_assert_num_queries(queries):
        client.get(address.format(plan=version.plan_id, version=version.pk))


@pytest.mark.parametrize("pk", ["0", "01", "-1", "x", "9" * 18, "9" * 400])
def test_what_is_no_plan_is_not_found(client: Client, pk: str) -> None:
    assert client.get(f"/plans/{pk}/").status_code == 404
    assert client.get(f"/plans/{pk}/versions/{pk}/").status_code == 404
    assert client.get(f"/actions/{pk}/").status_code == 404
