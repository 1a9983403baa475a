"""The people pages: who sees whom, invites, sends again, takes back, ends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from concordat.tasks import mail_invitation, mail_invitations
from signatories.models import Invitation, Membership, Person
from tests.admin_pages import Page, open_page, queries_of
from tests.factories import (
    make_action,
    make_invitation,
    make_lead,
    make_member,
    make_membership,
    make_organisation,
    make_owner,
    make_partnership,
    make_person,
    make_plan,
    make_update,
)
from tests.sign_in import make_account, signed_in

URL = "/workspace/people/"
INVITE = f"{URL}invite/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail_invitation, "delay", mail_invitation.run)


class Place:
    """Two partnerships, North with an organisation around it, and people of each role."""

    def __init__(self) -> None:
        self.north, self.south = make_partnership(name="North"), make_partnership(name="South")
        self.police, self.far = make_organisation(name="Police"), make_organisation(name="Far council")
        make_member(partnership=self.north, organisation=self.police)
        self.people = {
            "administrator": make_account(name="Adam Administrator", is_superuser=True),
            "coordinator": self.person("Cora", "coordinator", partnership=self.north),
            "other coordinator": self.person("Otto", "coordinator", partnership=self.south),
            "chair": self.person("Chad", "chair", partnership=self.north),
            "board member": self.person("Bea", "board_member", partnership=self.north),
            "lead": self.person("Lea", "organisation_lead", organisation=self.police),
            "owner": self.person("Olga", "owner", organisation=self.police),
            "far owner": self.person("Faye", "owner", organisation=self.far),
            "reviewer": self.person("Rita", "national_reviewer"),
            "nobody": make_account(name="Noah"),
        }

    def person(self, name: str, role: str, **where: Any) -> Person:
        person = make_account(name=name)
        make_membership(person=person, role=role, **where)
        return person

    def browser(self, who: str) -> Client:
        return signed_in(self.people[who])

    def role_of(self, who: str) -> Membership:
        return Membership.objects.get(person=self.people[who])


@pytest.fixture
def place() -> Place:
    return Place()


class TestList:
    @pytest.mark.parametrize(
        ("who", "seen"),
        [
            ("administrator", {"Cora", "Otto", "Chad", "Bea", "Lea", "Olga", "Faye", "Rita"}),
            ("coordinator", {"Cora", "Chad", "Bea", "Lea"}),  # Olga has done nothing here yet
            ("other coordinator", {"Otto"}),
            ("lead", {"Lea", "Olga"}),
        ],
    )
    def test_shows_the_people_that_one_answers_for(self, place: Place, who: str, seen: set[str]) -> None:
        words = open_page(place.browser(who), URL).words.split("Who has which role", 1)[1]
        every = {"Cora", "Otto", "Chad", "Bea", "Lea", "Olga", "Faye", "Rita"}
        assert {name for name in every if f" {name} " in words} == seen

    @pytest.mark.parametrize("who", ["chair", "board member", "owner", "reviewer", "nobody"])
    def test_others_do_not_see_it(self, place: Place, who: str) -> None:
        browser = place.browser(who)
        assert [browser.get(page).status_code for page in (URL, INVITE)] == [403, 403]

    def test_is_searched_by_name(self, place: Place) -> None:
        words = open_page(place.browser("administrator"), f"{URL}?q=ol").words
        assert " Olga " in words
        assert " Cora " not in words

    def test_what_nobody_can_type_is_not_searched_for(self, place: Place) -> None:
        words = open_page(place.browser("administrator"), f"{URL}?q=%00o%00l").words
        assert " Olga " in words
        assert " Cora " not in words

    @pytest.mark.parametrize("how", ["answers", "has reported", "is a board member", "was invited"])
    def test_whoever_takes_part_is_seen_with_their_address(self, place: Place, how: str) -> None:
        olga, here = place.people["owner"], make_action(plan=make_plan(partnership=place.north))
        page = open_page(place.browser("coordinator"), URL)
        assert "Olga" not in page.words
        if how == "answers":
            make_owner(action=here, person=olga)
        elif how == "has reported":
            make_update(action=here, author=olga)
        elif how == "is a board member":
            make_membership("board_member", person=olga, partnership=place.north)
        else:
            done = {"accepted_at": timezone.now(), "accepted_by": olga, "invited_by": place.people["coordinator"]}
            make_invitation(role="owner", organisation=place.police, **done)
        assert f"Olga {olga.email} Owner of actions Police" in open_page(place.browser("coordinator"), URL).words

    def test_people_of_a_member_who_work_elsewhere_are_not_seen(self, place: Place) -> None:
        there = make_action(plan=make_plan(partnership=place.south))
        make_owner(action=there, person=place.people["owner"])
        make_update(action=there, author=place.people["owner"])
        make_update(
            action=make_action(plan=make_plan(partnership=place.north)), author=place.people["owner"], state="draft"
        )
        done = {"accepted_at": timezone.now(), "accepted_by": place.people["owner"]}
        make_invitation(role="owner", organisation=place.police, invited_by=place.people["other coordinator"], **done)
        assert "Olga" not in open_page(place.browser("coordinator"), URL).words

    def test_a_members_lead_is_named_without_an_address_until_they_take_part(self, place: Place) -> None:
        lea = place.people["lead"]
        words = open_page(place.browser("coordinator"), URL).words
        assert "Lea Organisation lead Police" in words
        assert lea.email not in words
        make_update(action=make_action(plan=make_plan(partnership=place.north)), author=lea)
        assert f"Lea {lea.email}" in open_page(place.browser("coordinator"), URL).words

    def test_invitations_of_others_to_a_member_are_not_seen(self, place: Place) -> None:
        make_member(partnership=place.south, organisation=place.police)
        for who, name in (("coordinator", "Ours"), ("other coordinator", "Theirs")):
            make_invitation(organisation=place.police, invited_by=place.people[who], name=name)
        words = open_page(place.browser("coordinator"), URL).words
        assert ("Ours" in words, "Theirs" in words) == (True, False)
        words = open_page(place.browser("lead"), URL).words
        assert ("Ours" in words, "Theirs" in words) == (True, True)

    def test_takes_the_same_queries_for_few_and_many(self, place: Place) -> None:
        browser = place.browser("coordinator")
        make_invitation(role="chair", partnership=place.north)
        few = queries_of(browser, URL)
        for _ in range(60):
            make_membership(role="board_member", partnership=place.north)
            make_invitation(role="chair", partnership=place.north)
        assert queries_of(browser, URL) == few


class TestInvite:
    def send(self, at: Place, who: str = "coordinator", **values: str) -> Any:
        given = {"name": "Jo", "email": "jo@example.org", "role": "chair", "place": f"partnership-{at.north.pk}"}
        return at.browser(who).post(INVITE, given | values)

    def test_keeps_it_and_sends_it(self, place: Place, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert self.send(place).headers["Location"] == f"{URL}#invitations"
        row = Invitation.objects.get()
        assert (row.role, row.partnership, row.mail_state) == ("chair", place.north, "mailed")
        assert [letter.to for letter in mail.outbox] == [["jo@example.org"]]
        words = open_page(place.browser("coordinator"), URL).words
        assert "Jo jo@example.org Chair North Open until" in words

    def test_a_queue_out_of_reach_loses_none(
        self, place: Place, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
    ) -> None:
        def down(*args: Any) -> None:
            raise OSError("no broker")

        monkeypatch.setattr(mail_invitation, "delay", down)
        with django_capture_on_commit_callbacks(execute=True):
            assert self.send(place).status_code == 302
        monkeypatch.setattr(mail_invitation, "delay", mail_invitation.run)
        mail_invitations()
        assert len(mail.outbox) == 1

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"name": ""}, "Fill in “Name”."),
            ({"name": "Jo \u202etwo"}, "This has marks that turn the direction of the text."),
            ({"name": "Jo\x00"}, "This has characters that cannot be shown."),
            ({"email": "jo"}, "Give an email address like name@example.org."),
            ({"role": ""}, "Choose an answer for “Role”."),
            ({"role": "owner"}, "Choose an organisation for this role."),
            ({"place": ""}, "Choose a partnership for this role."),
            ({"role": "national_reviewer"}, "Select a valid choice"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, place: Place, values: dict[str, str], sentence: str
    ) -> None:
        response = self.send(place, **values)
        page = Page(response)
        assert response.status_code == 400
        assert sentence in page.words
        assert page.values["email"] == [values.get("email", "jo@example.org")]
        assert not Invitation.objects.exists()

    def test_a_place_that_is_not_one_s_own_is_no_choice(self, place: Place) -> None:
        for where in (f"partnership-{place.south.pk}", f"organisation-{place.far.pk}"):
            assert "Select a valid choice" in Page(self.send(place, role="owner", place=where)).words
        mine = f"organisation-{place.police.pk}"
        assert self.send(place, role="owner", place=mine).status_code == 302
        assert self.send(place, "lead", role="owner", place=mine, email="x@example.org").status_code == 302
        assert self.send(place, "lead", role="organisation_lead", place=mine).status_code == 302
        assert self.send(place, "lead", role="chair").status_code == 400

    def test_who_leads_a_shared_organisation_is_not_for_a_coordinator_to_say(self, place: Place) -> None:
        for make_shared in (
            lambda body: make_lead(action=make_action(plan=make_plan(partnership=place.south)), organisation=body),
            lambda body: make_member(partnership=place.south, organisation=body),
        ):
            body = make_organisation()
            make_member(partnership=place.north, organisation=body)
            make_shared(body)
            where = {"role": "organisation_lead", "place": f"organisation-{body.pk}"}
            refused = self.send(place, **where)
            assert "Ask its lead or a national administrator" in Page(refused).words
            assert refused.status_code == 400
            assert self.send(place, "administrator", **where).status_code == 302

    def test_who_is_invited_already_is_told(self, place: Place) -> None:
        self.send(place)
        assert "is invited already" in Page(self.send(place)).words

    def test_an_administrator_invites_national_reviewers(self, place: Place) -> None:
        assert self.send(place, "administrator", role="national_reviewer", place="").status_code == 302
        again = self.send(place, "administrator", role="national_reviewer", email="x@example.org")
        assert "A national role has no place" in Page(again).words


class TestInvitations:
    def test_sent_again_and_taken_back(self, place: Place) -> None:
        row = make_invitation(role="chair", partnership=place.north)
        browser = place.browser("coordinator")
        assert "Ran out on 15 April 2015" in open_page(browser, URL).words
        browser.post(f"{URL}invitations/{row.pk}/send/")
        row.refresh_from_db()
        assert row.expires_at > timezone.now()
        browser.post(f"{URL}invitations/{row.pk}/revoke/")
        words = open_page(browser, URL).words
        assert "The invitation is taken back." in words
        assert "Taken back on" in words
        browser.post(f"{URL}invitations/{row.pk}/send/")
        assert "accepted or taken back already" in open_page(browser, URL).words

    @pytest.mark.parametrize(
        ("who", "status"),
        [("other coordinator", 404), ("lead", 404), ("chair", 403), ("owner", 403), ("reviewer", 403), ("nobody", 403)],
    )
    def test_not_by_others(self, place: Place, who: str, status: int) -> None:
        row = make_invitation(role="chair", partnership=place.north)
        for step in ("send", "revoke"):
            assert place.browser(who).post(f"{URL}invitations/{row.pk}/{step}/").status_code == status
            assert place.browser("coordinator").get(f"{URL}invitations/{row.pk}/{step}/").status_code == 405
        row.refresh_from_db()
        assert (row.revoked_at, row.mail_state) == (None, "received")


class TestEndRole:
    def end(self, place: Place, who: str, whose: str, why: str = "Moved on") -> Any:
        return place.browser(who).post(f"{URL}roles/{place.role_of(whose).pk}/end/", {"why": why})

    def test_ends_now_and_hands_actions_back(self, place: Place) -> None:
        owner = place.people["owner"]
        make_owner(person=owner, action=make_action(plan=make_plan(partnership=place.north), lead=place.police))
        browser = place.browser("lead")
        address = f"{URL}roles/{place.role_of('owner').pk}/end/"
        assert "End the role of Olga" in open_page(browser, address).words
        assert browser.post(address, {"why": "Moved on"}).headers["Location"] == URL
        assert not place.role_of("owner").holds_on(timezone.localdate())
        words = open_page(browser, URL).words
        assert "Olga is no longer Owner of actions, Police. 1 action needs a new owner." in words

    def test_needs_a_reason(self, place: Place) -> None:
        assert "Say why." in Page(self.end(place, "coordinator", "chair", " ")).words
        assert place.role_of("chair").until_on is None

    @pytest.mark.parametrize(
        ("who", "whose", "status"),
        [
            ("coordinator", "chair", 302),
            ("coordinator", "coordinator", 403),
            ("coordinator", "owner", 404),
            ("coordinator", "lead", 403),
            ("coordinator", "other coordinator", 404),
            ("coordinator", "far owner", 404),
            ("lead", "owner", 302),
            ("lead", "far owner", 404),
            ("lead", "chair", 404),
            ("administrator", "far owner", 302),
            ("administrator", "reviewer", 302),
            ("chair", "board member", 403),
            ("reviewer", "chair", 403),
        ],
    )
    def test_by_whom_it_may_be(self, place: Place, who: str, whose: str, status: int) -> None:
        assert self.end(place, who, whose).status_code == status
        assert (place.role_of(whose).until_on is None) == (status != 302)


class TestPerson:
    def test_an_administrator_closes_an_account(self, place: Place) -> None:
        owner, browser = place.people["owner"], place.browser("administrator")
        assert "Owner of actions, Police" in open_page(browser, f"{URL}{owner.pk}/").words
        there = signed_in(owner)
        assert browser.post(f"{URL}{owner.pk}/close/", {"why": "Left"}).headers["Location"] == URL
        assert there.get("/workspace/account/").status_code == 302
        assert "The account is closed" in open_page(browser, f"{URL}{owner.pk}/").words
        again = browser.post(f"{URL}{owner.pk}/close/", {"why": "Left"})
        assert "closed already" in Page(again).words

    def test_an_administrator_takes_lost_second_factors_away(self, place: Place) -> None:
        person, browser = make_account(second_factor=True), place.browser("administrator")
        browser.post(f"{URL}{person.pk}/second-factors/")
        assert "sets up a second factor when they next sign in" in open_page(browser, f"{URL}{person.pk}/").words
        assert not person.authenticator_set.exists()

    @pytest.mark.parametrize("who", ["coordinator", "lead", "chair", "owner", "reviewer"])
    def test_nobody_else_does(self, place: Place, who: str) -> None:
        pk, browser = make_person().pk, place.browser(who)
        assert browser.get(f"{URL}{pk}/").status_code == 403
        assert browser.post(f"{URL}{pk}/close/", {"why": "x"}).status_code == 403
        assert browser.post(f"{URL}{pk}/second-factors/").status_code == 403
        assert Person.objects.get(pk=pk).is_active


class TestTooManyInvitations:
    def sent(self, browser: Client, number: int, organisation: int) -> Any:
        guest = {"name": f"Guest {number}", "email": f"guest-{number}@example.com"}
        return browser.post(INVITE, guest | {"role": "owner", "place": f"organisation-{organisation}"})

    def test_in_a_day_by_one_person(self, place: Place, settings: Any) -> None:
        settings.INVITATIONS_PER_DAY = 2
        browser = place.browser("coordinator")
        answers = [self.sent(browser, number, place.police.pk) for number in range(3)]
        assert [answer.status_code for answer in answers] == [302, 302, 400]
        told = "You have sent 2 invitations within a day, and that is the most. Go on tomorrow."
        assert told in Page(answers[2]).words
        assert 'value="Guest 2"' in answers[2].content.decode()
        assert Invitation.objects.count() == 2
        assert self.sent(place.browser("lead"), 3, place.police.pk).status_code == 302

    def test_to_send_again_counts_too(self, place: Place, settings: Any) -> None:
        settings.INVITATIONS_PER_DAY = 1
        browser = place.browser("coordinator")
        self.sent(browser, 1, place.police.pk)
        invitation = Invitation.objects.get()
        answer = browser.post(f"{URL}invitations/{invitation.pk}/send/", follow=True)
        assert "Go on tomorrow." in Page(answer).words
        assert Invitation.objects.get().nonce == invitation.nonce


class TestClosedAccounts:
    @pytest.fixture
    def closed(self, place: Place) -> Person:
        olga = place.people["owner"]
        place.browser("administrator").post(f"{URL}{olga.pk}/close/", {"why": "Left the force"})
        return olga

    def test_the_reason_stands_on_the_persons_page(self, place: Place, closed: Person) -> None:
        words = open_page(place.browser("administrator"), f"{URL}{closed.pk}/").words
        told = words.split("What was done, and why")[1]
        assert "Account closed: person" in told
        assert "by Adam Administrator. Why: Left the force May sign in yes no" in told
        assert "Ended: role Owner of actions, Police" in told

    def test_where_the_reason_goes_is_said(self, place: Place) -> None:
        page = open_page(place.browser("administrator"), f"{URL}{place.people['owner'].pk}/close/")
        assert "Kept with the person’s record, which national administrators see." in page.words

    def test_is_found_by_name_and_opened_again(self, place: Place, closed: Person) -> None:
        browser = place.browser("administrator")
        assert "Without a role Olga" in open_page(browser, f"{URL}?q=olg").words
        assert "Closed Open again the account of Olga" in open_page(browser, f"{URL}?q=olg").words
        browser.post(f"{URL}{closed.pk}/open/")
        page = open_page(browser, f"{URL}{closed.pk}/").words
        assert "The account of Olga is open again. Invite them to a role." in page
        assert "Account opened again: person" in page
        closed.refresh_from_db()
        assert closed.is_active
        browser.post(f"{URL}{closed.pk}/open/")
        assert "This account is open already." in open_page(browser, f"{URL}{closed.pk}/").words
        assert "Open again" not in open_page(browser, f"{URL}?q=olg").words

    @pytest.mark.parametrize("who", ["coordinator", "lead"])
    def test_by_nobody_else(self, place: Place, closed: Person, who: str) -> None:
        browser = place.browser(who)
        assert browser.post(f"{URL}{closed.pk}/open/").status_code == 403
        assert "Olga" not in open_page(browser, f"{URL}?q=olg").words
        closed.refresh_from_db()
        assert not closed.is_active
