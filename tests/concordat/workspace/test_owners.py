"""Handing over an action: to whom, by whom, and what the person who gave it away still sees."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from actionplans.services import handover
from concordat.kernel.models import Change
from signatories.models import Organisation, Person
from signatories.services.errors import NotAllowedError
from tests import factories as make
from tests.actionplans.reporting import report
from tests.concordat.workspace.conftest import NOON, TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def colleague(place: Place) -> Person:
    person = make.make_person(name="Kim colleague")
    make.make_membership("owner", person=person, organisation=place.police)
    return person


def address(place: Place) -> str:
    return f"/workspace/actions/{place.action.pk}/owners/"


def owners(place: Place) -> list[tuple[str, date | None]]:
    return list(place.action.owners.order_by("id").values_list("person__name", "until_on"))


def test_an_owner_hands_over_to_a_colleague(as_: As, place: Place, colleague: Person) -> None:
    client = as_("owner")
    assert "Kim colleague" in plain(client.get(address(place)))
    page = plain(client.post(address(place), {"person": colleague.pk, "then": "hand_over"}, follow=True))
    assert "Kim colleague answers for “B1 Mental health nurse in the control room” now." in page
    assert owners(place) == [("Jo owner", TODAY), ("Kim colleague", None)]
    assert client.get(address(place)).status_code == 404
    enter(client, colleague)
    assert "nurse in the control room" in plain(client.get("/workspace/"))


def test_a_lead_lets_a_second_one_answer_too(as_: As, place: Place, colleague: Person) -> None:
    as_("lead").post(address(place), {"person": colleague.pk, "then": "give"})
    assert owners(place) == [("Jo owner", None), ("Kim colleague", None)]


def test_taken_from_the_last_one_it_needs_an_owner(as_: As, place: Place) -> None:
    client = as_("coordinator")
    owner = place.people["owner"]
    page = plain(client.post(address(place), {"then": f"release-{owner.pk}"}, follow=True))
    assert "Jo owner does not answer for “B1 Mental health nurse in the control room” any more." in page
    assert "Nobody answers for this action." in page
    assert "Nobody answers for it (1)" in plain(client.get(f"/workspace/partnerships/{place.partnership.slug}/"))


@pytest.mark.parametrize("number", ["", "0", "x", "999999"])
def test_from_somebody_who_does_not_answer_for_it(as_: As, place: Place, number: str) -> None:
    page = plain(as_("coordinator").post(address(place), {"then": f"release-{number}"}, follow=True))
    assert "This person does not answer for the action any more." in page
    assert owners(place) == [("Jo owner", None)]


@pytest.mark.parametrize("who", ["a person of another organisation", "nobody", "one who may not sign in", "a huge id"])
def test_only_to_somebody_of_an_organisation_that_leads_it(as_: As, place: Place, colleague: Person, who: str) -> None:
    if who == "one who may not sign in":
        Person.objects.filter(pk=colleague.pk).update(is_active=False)
        choice: Any = colleague.pk
    elif who == "a huge id":
        choice = "9" * 30
    else:
        choice = make.make_membership("owner").person_id if who != "nobody" else ""
    answer = as_("owner").post(address(place), {"person": choice, "then": "hand_over"})
    assert answer.status_code == 400
    assert "Choose a person" in plain(answer)
    assert owners(place) == [("Jo owner", None)]


@pytest.mark.parametrize("then", ["give", "release-other", "anything"])
def test_an_owner_only_hands_over_what_is_their_own(as_: As, place: Place, colleague: Person, then: str) -> None:
    other = make.make_owner(action=place.action, person=make.make_person(name="Lee other")).person_id
    then = f"release-{other}" if then == "release-other" else then
    assert as_("owner").post(address(place), {"person": colleague.pk, "then": then}).status_code == 403
    assert owners(place) == [("Jo owner", None), ("Lee other", None)]


def test_an_owner_hands_over_within_their_own_organisation(as_: As, place: Place) -> None:
    trust = make.make_organisation(name="Hospitals Trust")
    make.make_lead(action=place.action, organisation=trust, role="joint")
    elsewhere = make.make_membership("owner", organisation=trust).person
    answer = as_("owner").post(address(place), {"person": elsewhere.pk, "then": "hand_over"})
    assert answer.status_code == 400
    assert "Choose a person from the list." in plain(answer)
    assert as_("coordinator").post(address(place), {"person": elsewhere.pk, "then": "give"}).status_code == 302


@pytest.mark.parametrize(("role", "status"), [("board member", 403), ("reviewer", 403), ("nobody", 403)])
def test_not_by_those_who_only_read(as_: As, place: Place, colleague: Person, role: str, status: int) -> None:
    answer = as_(role).post(address(place), {"person": colleague.pk, "then": "give"})
    assert answer.status_code == status
    assert owners(place) == [("Jo owner", None)]


class TestService:
    def test_is_recorded(self, place: Place, colleague: Person) -> None:
        jo = place.people["owner"]
        given = handover.hand_over(place.action, from_person=jo, to=colleague, by=jo, on=TODAY)
        assert Change.objects.about(given).get().verb == "created"
        assert Change.objects.about(place.action.owners.get(person=jo)).latest("pk").verb == "ended"

    def test_one_that_began_today_lasts_this_day(self, place: Place, colleague: Person) -> None:
        handover.give(place.action, to=colleague, by="test", on=TODAY)
        handover.release(place.action, person=colleague, by="test", on=TODAY)
        assert place.action.owners.get(person=colleague).until_on == date(2026, 11, 3)

    def test_not_twice(self, place: Place) -> None:
        with pytest.raises(NotAllowedError, match="already"):
            handover.give(place.action, to=place.people["owner"], by="test", on=TODAY)

    def test_a_hand_over_that_fails_half_way_takes_nothing(self, place: Place) -> None:
        stranger = make.make_person()
        with pytest.raises(NotAllowedError):
            handover.hand_over(place.action, from_person=place.people["owner"], to=stranger, by="test", on=TODAY)
        assert owners(place) == [("Jo owner", None)]

    def test_not_of_an_action_kept_elsewhere(self, place: Place, colleague: Person) -> None:
        mirror = make.make_action(mirrors=place.action)
        with pytest.raises(NotAllowedError, match="kept in another plan"):
            handover.give(mirror, to=colleague, by="test", on=TODAY)


class TestPicker:
    """Whom it offers for an action that no organisation leads, and how it tells people apart."""

    @pytest.fixture
    def unled(self, place: Place) -> Organisation:
        """A member of the partnership, beside the police; nobody whom we know leads the action."""
        place.action.leads.update(organisation=None, text="All partners")
        trust = make.make_organisation(name="Ambulance Trust")
        for body in (place.police, trust):
            make.make_member(partnership=place.partnership, organisation=body)
        return trust

    def test_people_of_members_who_work_elsewhere_are_not_offered(
        self, as_: As, place: Place, unled: Organisation
    ) -> None:
        stranger, guest, helper = (make.make_person(name=name) for name in ("Sam far", "Gus guest", "Hal helper"))
        for each in (stranger, guest, helper):
            make.make_membership("owner", person=each, organisation=unled)
        make.make_owner(action=make.make_action(), person=stranger)
        make.make_owner(action=make.make_action(plan=place.action.plan), person=helper)
        done = {"accepted_at": NOON, "accepted_by": guest, "invited_by": place.people["coordinator"]}
        make.make_invitation(organisation=unled, **done)
        client = as_("coordinator")
        page = plain(client.get(address(place)))
        assert "Gus guest, Ambulance Trust" in page
        assert "Hal helper, Ambulance Trust" in page
        assert "Sam far" not in page
        answer = client.post(address(place), {"person": stranger.pk, "then": "give"})
        assert "Choose a person from the list." in plain(answer)
        assert client.post(address(place), {"person": guest.pk, "then": "give"}).status_code == 302

    def test_an_owner_still_hands_over_to_a_colleague(self, as_: As, place: Place, unled: Organisation) -> None:
        mate = make.make_person(name="Max mate")
        make.make_membership("owner", person=mate, organisation=place.police)
        as_("owner").post(address(place), {"person": mate.pk, "then": "hand_over"})
        assert owners(place)[-1] == ("Max mate", None)

    def test_namesakes_are_told_apart_by_their_addresses(self, as_: As, place: Place, colleague: Person) -> None:
        for number in (1, 2):
            twin = make.make_person(name="Ben Example", email=f"ben{number}@example.org")
            make.make_membership("owner", person=twin, organisation=place.police)
        page = plain(as_("coordinator").get(address(place)))
        assert "Ben Example, Northshire Police, ben1@example.org" in page
        assert "Ben Example, Northshire Police, ben2@example.org" in page
        assert "Kim colleague, Northshire Police" in page
        assert str(colleague.email) not in page

    @pytest.mark.parametrize("size", [1, 60])
    def test_queries(self, as_: As, place: Place, size: int, django_assert_num_queries: Any) -> None:
        for _ in range(size):
            make.make_membership("owner", organisation=place.police)
        client = as_("coordinator")
        with django_assert_num_queries(10):
            client.get(address(place))


class TestDraft:
    """An unsent draft goes with its action, under the name of who began it."""

    @pytest.fixture
    def gone(self, place: Place, colleague: Person) -> Person:
        jo = place.people["owner"]
        report(place.action, TODAY, by=jo, hand_in=False, public_text="Half a thought")
        handover.hand_over(place.action, from_person=jo, to=colleague, by=jo, on=TODAY)
        return colleague

    def test_whoever_takes_over_sees_whose_it_is(self, client: Client, place: Place, gone: Person) -> None:
        enter(client, gone)
        assert "Draft by Jo owner of 2 November 2026." in plain(client.get("/workspace/"))
        there = f"/workspace/actions/{place.action.pk}/"
        page = client.get(there)
        assert "Draft by Jo owner, 2 November 2026." in plain(page)
        assert "Half a thought" in page.content.decode()
        assert "Draft by Jo owner, 2 November 2026." in plain(client.get(there, headers={"HX-Request": "true"}))
        report(place.action, TODAY, by=gone, hand_in=False, public_text="A whole one")
        assert "Draft begun by Jo owner, last saved by you, 2 November 2026." in plain(client.get(there))

    def test_the_coordinator_sees_it_and_readers_do_not(self, as_: As, place: Place, gone: Person) -> None:
        there = f"/workspace/actions/{place.action.pk}/"
        assert "Draft by Jo owner, 2 November 2026." in plain(as_("coordinator").get(there))
        assert "Draft by" not in plain(as_("board member").get(there))

    def test_who_began_it_sees_where_it_went(self, as_: As, place: Place, gone: Person) -> None:
        page = plain(as_("owner").get("/workspace/"))
        assert (
            "Your draft of 2 November 2026 on “B1 Mental health nurse in the control room” went with the action" in page
        )
        assert "Half a thought" not in page
        report(place.action, TODAY, by=gone, public_text="Handed in")
        assert "went with the action" not in plain(as_("owner").get("/workspace/"))

    def test_ones_own_is_no_news(self, as_: As, place: Place) -> None:
        report(place.action, TODAY, by=place.people["owner"], hand_in=False)
        assert "Draft by" not in plain(as_("owner").get(f"/workspace/actions/{place.action.pk}/"))
        page = plain(as_("owner").get("/workspace/"))
        assert "Draft saved" in page
        assert "went with" not in page
