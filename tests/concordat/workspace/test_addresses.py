"""Whom no mails reach, as those see it who can mend it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from actionplans.services.owners import may_readdress
from concordat.kernel.models import Change
from signatories.access import access_of
from signatories.models import MailStop, Person
from signatories.services import addresses
from tests import factories as make
from tests.concordat.workspace.conftest import TODAY, Place
from tests.plain import plain
from tests.sign_in import enter

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]


@pytest.fixture
def owner(place: Place) -> Person:
    """Whose mails come back since today."""
    person = place.people["owner"]
    addresses.stop(person, MailStop.BOUNCED, by="test", on=TODAY, why="It came back.")
    make.make_mail_report(person=person, reported_on=TODAY, diagnostic="550 jo@example.org")
    return person


def page_of(person: Person) -> str:
    return f"/workspace/people/{person.pk}/address/"


class TestWhereItIsSeen:
    def test_the_partnership_shows_what_needs_an_owner_and_why(self, as_: As, place: Place, owner: Person) -> None:
        page = as_("coordinator").get(f"/workspace/partnerships/{place.partnership.slug}/")
        words = plain(page)
        assert "Nobody answers for it (1)" in words
        assert "Mails to Jo owner come back since 2 November 2026. Give another address, or say that it works" in words
        assert page_of(owner) in page.content.decode()

    def test_who_reads_the_partnership_sees_it_and_no_way_to_mend_it(
        self, as_: As, place: Place, owner: Person
    ) -> None:
        page = as_("board member").get(f"/workspace/partnerships/{place.partnership.slug}/")
        assert "Mails to Jo owner come back since 2 November 2026" in plain(page)
        assert page_of(owner) not in page.content.decode()

    @pytest.mark.parametrize("role", ["coordinator", "lead", "administrator"])
    def test_the_people_page_lists_them(self, as_: As, owner: Person, role: str) -> None:
        words = plain(as_(role).get("/workspace/people/"))
        assert f"No mails reach them Mails to Jo owner come back since 2 November 2026. {owner.email}" in words

    def test_the_people_page_of_others_does_not(self, client: Client, owner: Person) -> None:
        enter(client, make.make_membership("coordinator").person)
        assert "No mails reach them" not in plain(client.get("/workspace/people/"))

    def test_the_action_and_its_owners_say_so(self, as_: As, place: Place, owner: Person) -> None:
        words = plain(as_("coordinator").get(f"/workspace/actions/{place.action.pk}/"))
        assert "Jo owner Mails to Jo owner come back since 2 November 2026. It needs an owner." in words
        words = plain(as_("coordinator").get(f"/workspace/actions/{place.action.pk}/owners/"))
        assert "Jo owner (Mails to Jo owner come back since 2 November 2026)" in words

    def test_whose_it_is_sees_it_on_their_account(self, as_: As, owner: Person) -> None:
        page = as_("owner").get("/workspace/account/")
        assert "Mails to you come back since 2 November 2026. If they reach you now, say so" in plain(page)

    def test_a_complaint_is_called_one(self, as_: As, place: Place) -> None:
        addresses.stop(place.people["owner"], MailStop.COMPLAINED, by="test", on=TODAY, why="x")
        words = plain(as_("coordinator").get("/workspace/people/"))
        assert "Jo owner marked our mails as unwanted on 2 November 2026, so none are sent." in words


class TestMending:
    def test_the_coordinator_gives_another_address(self, as_: As, owner: Person, place: Place) -> None:
        client = as_("coordinator")
        words = plain(client.get(page_of(owner)))
        assert "2 November 2026: It came back: there is no such mailbox (5.1.1)." in words
        assert "550 jo@example.org" not in words  # the server's own words are for administrators
        answer = client.post(page_of(owner), {"then": "change", "email": "New@Example.org"}, follow=True)
        assert "Mails go to Jo owner again, at new@example.org." in plain(answer)
        owner.refresh_from_db()
        assert (owner.email, owner.is_reachable) == ("new@example.org", True)
        assert [(change.verb, change.by) for change in Change.objects.about(owner)][1:] == [
            ("address changed", place.people["coordinator"]),
            ("mails again", place.people["coordinator"]),
        ]

    @pytest.mark.parametrize("role", ["coordinator", "lead", "administrator", "owner"])
    def test_the_mark_is_taken_back_by_those_who_see_it_and_by_the_person(
        self, as_: As, owner: Person, role: str
    ) -> None:
        answer = as_(role).post(page_of(owner), {"then": "again"}, follow=True)
        assert "Mails go to Jo owner again" in plain(answer)
        owner.refresh_from_db()
        assert owner.is_reachable
        assert "not stopped" in plain(as_(role).post(page_of(owner), {"then": "again"}, follow=True))

    @pytest.mark.parametrize(
        ("email", "sentence"),
        [("", "Fill in “New email address”."), ("x", "Give an email address"), ("taken@example.org", "Another person")],
    )
    def test_an_address_that_is_none_is_refused_beside_its_field(
        self, as_: As, owner: Person, email: str, sentence: str
    ) -> None:
        make.make_person(email="taken@example.org")
        page = as_("coordinator").post(page_of(owner), {"then": "change", "email": email})
        assert page.status_code == 400
        assert sentence in plain(page)
        owner.refresh_from_db()
        assert not owner.is_reachable

    def test_an_administrator_reads_what_the_server_said(self, as_: As, owner: Person) -> None:
        assert "The mail server said: 550 jo@example.org" in plain(as_("administrator").get(page_of(owner)))

    def test_nobody_gives_themself_another_address_here(self, as_: As, owner: Person) -> None:
        assert "New email address" not in plain(as_("owner").get(page_of(owner)))
        assert as_("owner").post(page_of(owner), {"then": "change", "email": "me@example.org"}).status_code == 403

    def test_a_coordinator_gives_none_to_who_works_elsewhere_too(self, as_: As, owner: Person, place: Place) -> None:
        other = make.make_action(plan=make.make_plan())
        make.make_owner(action=other, person=owner)
        page = as_("coordinator").get(page_of(owner))
        assert "They work elsewhere too, so only a national administrator gives them another address." in plain(page)
        sent = {"then": "change", "email": "mine@example.org"}
        assert as_("coordinator").post(page_of(owner), sent).status_code == 403
        owner.refresh_from_db()
        assert owner.email != "mine@example.org"

    def test_somebody_elsewhere_does_not_see_it(self, client: Client, owner: Person) -> None:
        enter(client, make.make_membership("coordinator").person)
        assert client.get(page_of(owner)).status_code == 404
        assert client.post(page_of(owner), {"then": "again"}).status_code == 404
        owner.refresh_from_db()
        assert not owner.is_reachable


class TestWhoMayGiveAnAddress:
    @pytest.fixture
    def somebody(self) -> Person:
        return make.make_person()

    def may(self, place: Place, role: str, somebody: Person) -> bool:
        return may_readdress(access_of(place.people[role], TODAY), somebody, TODAY)

    @pytest.mark.parametrize(
        ("role", "there", "coordinator", "lead"),
        [
            ("owner", "police", True, True),
            ("organisation_lead", "police", False, True),
            ("owner", "elsewhere", False, False),
            ("chair", "partnership", True, False),
            ("coordinator", "elsewhere", False, False),
            ("national_reviewer", "", False, False),
        ],
    )
    def test_by_their_roles(
        self, place: Place, somebody: Person, role: str, there: str, coordinator: bool, lead: bool
    ) -> None:
        at: dict[str, Any] = {
            "police": {"organisation": place.police},
            "partnership": {"partnership": place.partnership},
        }
        make.make_membership(role, person=somebody, **at.get(there, {}))
        found = [self.may(place, by, somebody) for by in ("coordinator", "lead", "administrator", "reviewer")]
        assert found == [coordinator, lead, True, False]

    def test_never_of_a_national_administrator_or_of_who_has_no_role(self, place: Place, somebody: Person) -> None:
        assert not self.may(place, "coordinator", somebody)
        ada = make.make_person(is_superuser=True)
        make.make_membership("chair", person=ada, partnership=place.partnership)
        assert not self.may(place, "coordinator", ada)
        assert self.may(place, "administrator", ada)
