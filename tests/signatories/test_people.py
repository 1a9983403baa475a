"""Accounts and roles: given, ended, closed; who may, and what is left."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from concordat.kernel.models import Change
from signatories.access import access_of
from signatories.models import Membership, Role, SignIn
from signatories.outbox import links
from signatories.posts import Post
from signatories.services import people, sign_ins
from signatories.services.errors import NotAllowedError
from tests.factories import make_link, make_membership, make_message, make_partnership, make_person, make_sign_in
from tests.sign_in import make_account, signed_in

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)

pytestmark = pytest.mark.django_db


class TestAddress:
    def test_is_kept_in_small_letters_and_alone(self) -> None:
        person = make_person(email="Ada@example.org")
        for email in ("Ada@example.org", "Bo@example.org"):
            person.email = email
            people.keep_address(person)
            people.keep_address(person)
            assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [
                (email.lower(), True, True)
            ]

    def test_of_somebody_without_one_nothing_is_left(self) -> None:
        person = make_account(email="ada@example.org")
        person.email = None
        people.keep_address(person)
        assert not EmailAddress.objects.exists()


class TestRoles:
    def test_given_once(self) -> None:
        person, post = make_person(), Post(Role.CHAIR, partnership=make_partnership())
        first = people.give_role(person, post, by="test", on=TODAY)
        assert people.give_role(person, post, by="test", on=TODAY) == first
        assert [change.verb for change in Change.objects.about(first)] == ["created"]

    @pytest.mark.parametrize("from_on", [None, date(2025, 1, 1), TODAY])
    def test_ended_they_no_longer_hold_that_day(self, from_on: date | None) -> None:
        held = make_membership(role="coordinator", from_on=from_on)
        by = make_membership(role="coordinator", partnership=held.partnership).person
        people.end_role(held, by=by, now=NOW, why="Moved on")
        assert held.until_on == TODAY
        assert not access_of(held.person, TODAY).has_a_role
        (change,) = Change.objects.about(held)
        assert (change.verb, change.by, change.why, change.fields) == (
            "ended",
            by,
            "Moved on",
            {"until_on": [None, "2026-03-02"]},
        )

    def test_not_one_s_own_not_by_others_and_not_twice(self) -> None:
        held, other = make_membership(role="coordinator"), make_membership(role="coordinator")
        with pytest.raises(NotAllowedError, match="from yourself"):
            people.end_role(held, by=held.person, now=NOW)
        with pytest.raises(NotAllowedError, match="You may not end this role"):
            people.end_role(held, by=other.person, now=NOW)
        ada = make_person(is_superuser=True)
        stale = Membership.objects.get(pk=held.pk)
        people.end_role(held, by=ada, now=NOW)
        with pytest.raises(NotAllowedError, match="ended this role already"):
            people.end_role(stale, by=ada, now=NOW)


class TestCloseAccount:
    def test_ends_roles_and_sessions_at_once_and_keeps_the_name(self) -> None:
        ada, person = make_person(is_superuser=True), make_account(email="jo@example.org")
        for role in ("owner", "chair"):
            make_membership(person=person, role=role)
        browser = signed_in(person)
        people.close_account(person, by=ada, now=NOW, why="Left the force")
        assert not Membership.objects.filter(until_on__isnull=True).exists()
        assert browser.get("/workspace/account/").headers["Location"].startswith("/accounts/login/")
        person.refresh_from_db()
        assert (person.is_active, person.email) == (False, "jo@example.org")
        assert [change.why for change in Change.objects.about(person)] == ["Left the force"]

    def test_only_by_a_national_administrator_with_a_reason_once_and_not_one_s_own(self) -> None:
        ada, person = make_person(is_superuser=True), make_person()
        coordinator = make_membership(role="coordinator").person
        for by, why, sentence in (
            (coordinator, "x", "Only a national administrator"),
            (ada, " ", "Say why"),
        ):
            with pytest.raises(NotAllowedError, match=sentence):
                people.close_account(person, by=by, now=NOW, why=why)
        with pytest.raises(NotAllowedError, match="from yourself"):
            people.close_account(ada, by=ada, now=NOW, why="x")
        people.close_account(person, by=ada, now=NOW, why="x")
        with pytest.raises(NotAllowedError, match="closed already"):
            people.close_account(person, by=ada, now=NOW, why="x")

    def test_the_links_that_were_mailed_end_with_it_and_open_no_more_once_it_is_open_again(self) -> None:
        ada, person = make_person(is_superuser=True), make_person()
        mailed = make_link(message=make_message(recipient=person), expires_at=NOW + timedelta(days=30))
        token = links.token_of(mailed)
        people.close_account(person, by=ada, now=NOW, why="Left the force")
        mailed.refresh_from_db()
        assert mailed.revoked_at == NOW
        meanwhile = make_link(
            message=make_message(recipient=person, day=date(2026, 3, 1)), expires_at=NOW + timedelta(days=30)
        )
        people.open_account(person, by=ada, now=NOW)
        for each in (token, links.token_of(meanwhile)):
            with pytest.raises(links.EndedLinkError, match="switched off"):
                links.find(each, now=NOW)


class TestForgetSecondFactors:
    def test_takes_all_away_and_signs_out(self) -> None:
        ada, person = make_person(is_superuser=True), make_account(second_factor=True)
        people.forget_second_factors(person, by=ada, now=NOW)
        assert not Authenticator.objects.exists()
        assert [change.verb for change in Change.objects.about(person)] == ["second factors taken away"]
        with pytest.raises(NotAllowedError, match="no second factor"):
            people.forget_second_factors(person, by=ada, now=NOW)

    def test_only_by_a_national_administrator_for_somebody_else(self) -> None:
        ada = make_account(is_superuser=True, second_factor=True)
        with pytest.raises(NotAllowedError, match="from yourself"):
            people.forget_second_factors(ada, by=ada, now=NOW)
        with pytest.raises(NotAllowedError, match="Only a national administrator"):
            people.forget_second_factors(ada, by=make_membership(role="coordinator").person, now=NOW)
        assert Authenticator.objects.exists()


def test_sign_ins_are_forgotten_after_a_year() -> None:
    make_sign_in(at=datetime(2025, 3, 2, 9, 29, tzinfo=UTC))
    kept = make_sign_in(at=datetime(2025, 3, 2, 9, 30, tzinfo=UTC))
    assert sign_ins.forget_old(now=NOW) == 1
    assert list(SignIn.objects.all()) == [kept]
