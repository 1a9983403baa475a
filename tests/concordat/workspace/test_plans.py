"""Beginning plans and versions in the browser, the areas of a plan, and drafts that are given up."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.models import PlanVersion
from concordat.kernel.dates import today
from signatories.models import Declaration
from tests import factories as make
from tests.admin_pages import address, edit, signed_in
from tests.concordat.workspace.conftest import Place
from tests.plain import plain

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


def dashboard(place: Place) -> str:
    return f"/workspace/partnerships/{place.partnership.slug}/"


@pytest.fixture
def first(place: Place) -> PlanVersion:
    """The draft of a plan of which nothing was published, for one of the two areas of the partnership."""
    here, there = make.make_area(name="Westshire"), make.make_area(name="Eastshire")
    make.cover(place.partnership, here)
    make.cover(place.partnership, there, part="Craven")
    return make.make_version(plan=make.make_plan(partnership=place.partnership, areas=[here]), label="Version 1")


class TestPlan:
    def test_begun_from_the_dashboard(self, as_: As, place: Place) -> None:
        make.cover(place.partnership, make.make_area(name="Westshire"))
        client = as_("coordinator")
        assert f"{dashboard(place)}plans/new/" in client.get(dashboard(place)).content.decode()
        page = plain(client.post(f"{dashboard(place)}plans/new/", {"title": "Our plan"}, follow=True))
        assert "The plan is begun. Add its actions, then submit it." in page
        assert "Our plan: Version 1" in page
        assert "Westshire (the whole area)" in page
        assert Client().get(f"/plans/{place.partnership.plans.get(title='Our plan').pk}/").status_code == 404

    def test_one_that_is_expected(self, as_: As, place: Place) -> None:
        declaration = make.make_declaration(partnership=place.partnership)
        expected = make.make_expectation(
            declaration=declaration, label="North plan", areas=[make.make_area(name="Far")]
        )
        client = as_("coordinator")
        assert "North plan" in plain(client.get(f"{dashboard(place)}plans/new/"))
        client.post(f"{dashboard(place)}plans/new/", {"title": "Our plan", "fulfils": expected.pk})
        assert expected.plan.coverage.get().area.name == "Far"

    @pytest.mark.parametrize("title", ["", "x" * 201, "Plan of last year"])
    def test_bad_input(self, as_: As, place: Place, title: str) -> None:
        make.make_plan(partnership=place.partnership, title="Plan of last year")
        answer = as_("coordinator").post(f"{dashboard(place)}plans/new/", {"title": title})
        assert answer.status_code == 400
        assert place.partnership.plans.count() == 2


class TestVersion:
    def test_the_next_one_begins_once(self, as_: As, place: Place) -> None:
        client, there = as_("coordinator"), f"/workspace/plans/{place.action.plan_id}/versions/new/"
        assert "Begin the next version" in plain(client.get(dashboard(place)))
        page = plain(client.post(there, follow=True))
        assert "The draft is begun, with all actions. Say for which time it is." in page
        assert "It has 1 action. Add and edit its actions" in page
        assert "Begin the next version" not in plain(client.get(dashboard(place)))
        page = plain(client.post(there, follow=True))
        assert "A version of this plan is in hand already. Work on that one." in page
        assert place.action.plan.versions.count() == 2


class TestAreas:
    def send(self, client: Client, draft: PlanVersion, **data: Any) -> Any:
        draft.refresh_from_db()
        sent = {"version": draft.version} | data
        return client.post(f"/workspace/versions/{draft.pk}/areas/", sent, follow=True)

    def test_added_and_ended(self, as_: As, first: PlanVersion) -> None:
        east = make.make_area(name="Northshire")
        make.cover(first.plan.partnership, east)
        client = as_("coordinator")
        assert "The plan is for Northshire now." in plain(self.send(client, first, area=east.pk))
        cover = first.plan.coverage.get(area__name="Westshire")
        page = plain(self.send(client, first, end=cover.pk))
        assert "The plan is no longer for Westshire." in page
        assert "It was for these once Westshire, until 1 November 2026" in page

    def test_what_is_refused_keeps_what_was_typed(self, as_: As, first: PlanVersion) -> None:
        east = first.plan.partnership.coverage.get(label="Craven").area
        answer = self.send(as_("coordinator"), first, area=east.pk, from_on_2="2027")
        assert (answer.status_code, "The date must include a day and a month." in plain(answer)) == (400, True)
        answer = self.send(as_("coordinator"), first, area=east.pk)
        assert answer.status_code == 400
        assert "The partnership covers a part of Eastshire alone." in plain(answer)

    def test_with_an_older_page(self, as_: As, first: PlanVersion) -> None:
        area = first.plan.coverage.get().area
        answer = self.send(as_("coordinator"), first, area=area.pk, part="Craven", version=9)
        assert answer.status_code == 409
        assert 'value="Craven"' in answer.content.decode()

    def test_once_published_the_page_says_who_does_it(self, as_: As, place: Place) -> None:
        draft = make.make_version(plan=place.action.plan)
        area = make.make_area()
        make.cover(place.partnership, area)
        client = as_("coordinator")
        page = plain(client.get(f"/workspace/versions/{draft.pk}/areas/"))
        assert "From then on a national administrator changes its areas." in page
        assert "Add an area" not in page
        assert "national administrator" in plain(self.send(client, draft, area=area.pk))
        assert not draft.plan.coverage.exists()


class TestAbandoning:
    def test_a_version(self, as_: As, place: Place, first: PlanVersion) -> None:
        client, there = as_("coordinator"), f"/workspace/versions/{first.pk}/"
        answer = client.post(f"{there}abandon/", {"version": 1})
        assert (answer.status_code, "Say why it is abandoned." in plain(answer)) == (400, True)
        page = plain(client.post(f"{there}abandon/", {"reason": "No money", "version": 1}, follow=True))
        assert "It was abandoned before its publication. No money" in page
        assert "Save as a draft" not in page
        page = plain(client.get(dashboard(place)))
        assert "No version to work on." in page
        assert "Abandoned drafts" in page
        assert plain(as_("board member").get(f"{there}documents/"))
        page = plain(as_("coordinator").post(there, {"then": "take_up", "version": 2}, follow=True))
        assert "The plan version is a draft again." in page
        assert "Save as a draft" in page

    def test_a_declaration(self, as_: As, place: Place) -> None:
        declaration = make.make_declaration(partnership=place.partnership, title="Our words")
        client, there = as_("coordinator"), f"/workspace/declarations/{declaration.pk}/"
        client.post(f"{there}abandon/", {"reason": "No money", "version": 1})
        assert "Our words" not in plain(client.get("/workspace/declarations/"))
        client.post(f"{dashboard(place)}declarations/new/")
        assert Declaration.objects.in_hand().count() == 1
        page = plain(client.post(there, {"then": "take_up", "version": 2}, follow=True))
        assert "A declaration of this partnership is in hand already." in page
        Declaration.objects.in_hand().update(state="abandoned", abandoned_reason="x")
        client.post(there, {"then": "take_up", "version": 2})
        declaration.refresh_from_db()
        assert declaration.state == "draft"

    def test_nobody_signs_or_reviews_it(self, as_: As, place: Place) -> None:
        make.make_member(partnership=place.partnership, organisation=place.police)
        declaration = make.make_declaration(partnership=place.partnership, state="abandoned", abandoned_reason="x")
        data = {"organisation": place.police.pk, "as_types": ["police"], "signer_role": "Chief", "agreed": "on",
                "signed_on_0": "1", "signed_on_1": "11", "signed_on_2": "2026", "version": 1}  # fmt: skip
        answer = as_("lead").post(f"/workspace/declarations/{declaration.pk}/sign/", data)
        assert answer.status_code == 400
        assert not declaration.signatures.exists()
        there = f"/workspace/national/declarations/{declaration.pk}/"
        assert as_("reviewer").get(there).status_code == 403

    def test_with_an_older_page_the_reason_stays(self, as_: As, first: PlanVersion) -> None:
        answer = as_("coordinator").post(
            f"/workspace/versions/{first.pk}/abandon/", {"reason": "No money", "version": 7}
        )
        assert answer.status_code == 409
        assert "No money" in answer.content.decode()
        first.refresh_from_db()
        assert first.state == "draft"


def test_who_has_signed_and_who_has_not_by_kind_of_body(as_: As, place: Place) -> None:
    programme = place.partnership.programme
    programme.core_signatory_types = ["police", "adult_social_care", "ambulance_trust"]
    programme.save()
    council = make.make_organisation(name="Northshire Council", type="council")
    for organisation in (place.police, council, make.make_organisation(name="Southshire Police")):
        make.make_member(partnership=place.partnership, organisation=organisation)
    declaration = make.make_declaration(partnership=place.partnership)
    make.make_signature(declaration=declaration, organisation=place.police, signed_on=date(2026, 10, 1))
    page = plain(as_("coordinator").get(f"/workspace/declarations/{declaration.pk}/"))
    assert "Police force Signed Northshire Police Southshire Police" in page
    assert "Council adult social care Missing Nobody May sign as this: Northshire Council" in page
    assert "Ambulance trust Missing Nobody No member of the partnership is of this kind" in page
    assert "Attach the signed statement, or see what is attached" in page


def test_the_administration_changes_the_areas_of_a_published_plan(place: Place) -> None:
    cover = make.cover(place.action.plan, make.make_area(name="Westshire"))
    browser = signed_in(place.people["administrator"])
    assert edit(browser, cover, until_on=today().isoformat()) is None
    cover.refresh_from_db()
    assert cover.until_on == today()
    area = make.make_area(name="Eastshire")
    sent = {"plan": place.action.plan_id, "area": area.pk, "extent": "whole", "label": ""}
    browser.post(address(type(cover), "add"), sent)
    assert place.action.plan.coverage.get(area=area).from_on is None
