"""Invitations: who may make them, that a link opens once and in time, and what comes of accepting."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError

from concordat.kernel.models import Change
from signatories.models import Invitation, Membership, Person, Role
from signatories.posts import Leading, Post
from signatories.services.errors import NotAllowedError
from signatories.services.invitations import (
    SALT,
    VALID_FOR,
    InvitationError,
    accept,
    find,
    invite,
    link_of,
    revoke,
    send_again,
    token_of,
)
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import (
    make_invitation,
    make_member,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
MAY_NOT = "You may not invite anybody to this role"

pytestmark = pytest.mark.django_db


def coordinator(**fields: Any) -> Person:
    """Somebody who coordinates a partnership."""
    return make_membership(role="coordinator", **fields).person


def invited(**values: Any) -> Invitation:
    """An invitation to coordinate a partnership, made by a coordinator of it."""
    north = make_partnership()
    given = {"name": "Jo", "email": "jo@example.org", "now": NOW, "by": coordinator(partnership=north)} | values
    return invite(Post(Role.COORDINATOR, partnership=north), **given)


def verbs(row: Any) -> list[str]:
    return [change.verb for change in Change.objects.about(row)]


class TestInvite:
    def test_is_open_for_fourteen_days_and_waits_for_its_mail(self) -> None:
        invitation = invited(email="Jo@Example.ORG")
        assert (invitation.email, invitation.mail_state) == ("jo@example.org", "received")
        assert invitation.expires_at == NOW + timedelta(days=14) == NOW + VALID_FOR
        assert list(Invitation.objects.open_at(NOW)) == list(Invitation.objects.to_mail(NOW)) == [invitation]

    def test_the_record_tells_what_and_not_to_whom(self) -> None:
        invitation = invited()
        (change,) = Change.objects.about(invitation)
        assert (change.verb, change.by) == ("invited", invitation.invited_by)
        assert change.fields == {"role": [None, "coordinator"], "partnership": [None, invitation.partnership_id]}

    def test_a_coordinator_invites_owners_and_leads_of_organisations_around(self) -> None:
        north, member, leading, far = make_partnership(), make_organisation(), make_organisation(), make_organisation()
        make_member(partnership=north, organisation=member)
        by = coordinator(partnership=north)
        seen = Leading(here={leading.pk})
        for role in (Role.OWNER, Role.ORGANISATION_LEAD):
            for organisation in (member, leading):
                invite(Post(role, organisation), name="Jo", email="jo@x.org", by=by, now=NOW, leading=seen)
        with pytest.raises(NotAllowedError, match=MAY_NOT):
            invite(Post(Role.OWNER, far), name="Jo", email="jo@x.org", by=by, now=NOW, leading=seen)

    def test_nobody_invites_themself_in_any_case_of_letters(self) -> None:
        by = make_person(email="Ada@example.org", is_superuser=True)
        with pytest.raises(NotAllowedError, match="cannot invite yourself"):
            invite(Post(Role.NATIONAL_REVIEWER), name="A", email="aDA@example.org", by=by, now=NOW)

    def test_a_coordinator_invites_and_reminds_no_lead_of_an_organisation_that_is_shared(self) -> None:
        north, body = make_partnership(), make_organisation()
        make_member(partnership=north, organisation=body)
        by, post = coordinator(partnership=north), Post(Role.ORGANISATION_LEAD, body)
        invitation = invite(post, name="Jo", email="jo@example.org", by=by, now=NOW)
        make_member(organisation=body)
        with pytest.raises(NotAllowedError, match="Ask its lead or a national administrator"):
            invite(post, name="Al", email="al@example.org", by=by, now=NOW)
        with pytest.raises(NotAllowedError, match="Ask its lead or a national administrator"):
            send_again(invitation, by=by, now=NOW)
        with pytest.raises(InvitationError, match="may no longer do so"):
            accept(invitation, name="Jo", now=NOW)
        revoke(invitation, by=by, now=NOW)

    @pytest.mark.parametrize("role", ["owner", "chair", "board_member", "national_reviewer"])
    def test_others_may_not(self, role: str) -> None:
        held = make_membership(role=role)
        post = Post(Role.COORDINATOR, partnership=held.partnership or make_partnership())
        for tried in (post, Post(Role.OWNER, held.organisation or make_organisation())):
            with pytest.raises(NotAllowedError, match=MAY_NOT):
                invite(tried, name="Jo", email="jo@x.org", by=held.person, now=NOW)
        assert not Invitation.objects.exists()

    def test_a_coordinator_of_another_partnership_may_not(self) -> None:
        with pytest.raises(NotAllowedError, match=MAY_NOT):
            invited(by=coordinator())

    def test_a_former_coordinator_may_not(self) -> None:
        north = make_partnership()
        by = coordinator(partnership=north, until_on=TODAY)
        with pytest.raises(NotAllowedError, match=MAY_NOT):
            invite(Post(Role.CHAIR, partnership=north), name="Jo", email="jo@x.org", by=by, now=NOW)

    def test_a_role_without_its_place_is_refused(self) -> None:
        ada = make_person(is_superuser=True)
        with pytest.raises(NotAllowedError, match="Say in which organisation or partnership"):
            invite(Post(Role.OWNER), name="Jo", email="jo@x.org", by=ada, now=NOW)

    def test_twice_is_refused_in_any_case_of_letters(self) -> None:
        first = invited()
        with pytest.raises(NotAllowedError, match="is invited already"):
            invite(
                Post(Role.COORDINATOR, partnership=first.partnership),
                name="Jo",
                email="JO@example.org",
                by=first.invited_by,
                now=NOW,
            )

    def test_who_has_the_role_or_a_closed_account_is_not_invited(self) -> None:
        north = make_partnership()
        coordinator(partnership=north, person=make_person(email="ada@example.org"))
        by = coordinator(partnership=north)
        with pytest.raises(NotAllowedError, match="has that role already"):
            invite(Post(Role.COORDINATOR, partnership=north), name="A", email="Ada@example.org", by=by, now=NOW)
        make_person(email="left@example.org", is_active=False)
        with pytest.raises(NotAllowedError, match="is closed"):
            invite(Post(Role.CHAIR, partnership=north), name="L", email="left@example.org", by=by, now=NOW)


class TestSendAgain:
    def test_makes_a_new_link_and_closes_the_old_one(self) -> None:
        invitation = invited()
        old, later = token_of(invitation), NOW + timedelta(days=20)
        Invitation.objects.update(mail_state="failed", mail_failure="x", mail_next_at=NOW, mail_tries=3)
        send_again(invitation, by=invitation.invited_by, now=later)
        assert (invitation.expires_at, invitation.mail_state, invitation.mail_tries) == (
            later + VALID_FOR,
            "received",
            0,
        )
        assert find(token_of(invitation), now=later) == invitation
        with pytest.raises(InvitationError, match="a newer email"):
            find(old, now=later)
        assert verbs(invitation) == ["invited", "sent again"]

    def test_not_by_others_and_not_once_it_is_taken_back(self) -> None:
        invitation = invited()
        with pytest.raises(NotAllowedError, match=MAY_NOT):
            send_again(invitation, by=coordinator(), now=NOW)
        revoke(invitation, by=invitation.invited_by, now=NOW)
        with pytest.raises(NotAllowedError, match="accepted or taken back"):
            send_again(invitation, by=invitation.invited_by, now=NOW)


class TestRevoke:
    def test_its_link_opens_no_more(self) -> None:
        invitation = invited()
        revoke(invitation, by=invitation.invited_by, now=NOW)
        with pytest.raises(InvitationError, match="was taken back") as refusal:
            find(token_of(invitation), now=NOW)
        assert refusal.value.invitation == invitation
        assert verbs(invitation) == ["invited", "taken back"]

    def test_not_by_others_and_not_twice(self) -> None:
        invitation = invited()
        with pytest.raises(NotAllowedError, match=MAY_NOT):
            revoke(invitation, by=make_person(), now=NOW)
        revoke(invitation, by=invitation.invited_by, now=NOW)
        with pytest.raises(NotAllowedError, match="accepted or taken back"):
            revoke(invitation, by=invitation.invited_by, now=NOW)


class TestLink:
    def test_is_a_whole_address(self, settings: Any) -> None:
        settings.SITE_URL = "https://tracker.example/"
        invitation = invited()
        assert link_of(invitation) == f"https://tracker.example/invitations/{token_of(invitation)}/"

    def test_runs_out(self) -> None:
        invitation = invited()
        just = invitation.expires_at - timedelta(seconds=1)
        assert find(token_of(invitation), now=just) == invitation
        with pytest.raises(InvitationError, match="has run out"):
            find(token_of(invitation), now=invitation.expires_at)

    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "..", "é", "a" * 3000])
    def test_what_is_no_token_is_refused(self, token: str) -> None:
        with pytest.raises(InvitationError, match="This link is not whole") as refusal:
            find(token, now=NOW)
        assert refusal.value.invitation is None

    def test_what_was_altered_or_signed_for_something_else_is_refused(self) -> None:
        invitation = invited()
        token = token_of(invitation)
        others = [token[:-1], f"x{token[1:]}", signing.dumps([invitation.pk, invitation.nonce], salt="another")]
        for other in others:
            with pytest.raises(InvitationError, match="This link is not whole"):
                find(other, now=NOW)

    def test_one_for_no_row_is_refused(self) -> None:
        with pytest.raises(InvitationError, match="do not know"):
            find(signing.dumps([999, "a" * 32], salt=SALT), now=NOW)


class TestAccept:
    def test_makes_an_account_with_the_role_from_today(self) -> None:
        invitation = invited(email="Jo@example.org")
        person = accept(invitation, name="Jo Smith", password="correct horse battery", now=NOW)
        assert (person.name, person.email, person.check_password("correct horse battery")) == (
            "Jo Smith",
            "jo@example.org",
            True,
        )
        held = Membership.objects.get(person=person)
        assert (held.role, held.partnership, held.from_on, held.until_on) == (
            "coordinator",
            invitation.partnership,
            TODAY,
            None,
        )
        address = EmailAddress.objects.get(user=person)
        assert (address.email, address.verified, address.primary) == ("jo@example.org", True, True)
        assert (invitation.accepted_by, invitation.accepted_at) == (person, NOW)
        assert verbs(person) == ["created"]
        assert verbs(invitation) == ["invited", "accepted"]
        assert [change.by for change in Change.objects.about(held)] == [person]

    def test_late_in_the_evening_the_day_is_that_of_london(self) -> None:
        late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
        accept(invited(now=late), name="Jo", now=late)
        assert Membership.objects.get(person__name="Jo").from_on == date(2026, 7, 2)

    def test_without_a_password_there_is_none(self) -> None:
        assert not accept(invited(), name="Jo", now=NOW).has_usable_password()

    def test_an_account_that_is_there_keeps_its_name_and_password(self) -> None:
        there = make_person(name="Joanna", email="JO@example.org")
        there.set_password("her own")
        there.save()
        person = accept(invited(), name="Somebody", password="another one today", now=NOW)
        assert (person, person.name, person.check_password("her own")) == (there, "Joanna", True)
        assert Person.objects.filter(email__iexact="jo@example.org").count() == 1

    def test_a_role_that_is_held_already_stays_as_it_is(self) -> None:
        invitation = invited()
        held = make_membership(
            role="coordinator", partnership=invitation.partnership, person=make_person(email="jo@example.org")
        )
        accept(invitation, name="Jo", now=NOW)
        assert list(Membership.objects.filter(person=held.person)) == [held]

    def test_twice_is_refused(self) -> None:
        invitation = invited()
        accept(invitation, name="Jo", now=NOW)
        stale = Invitation.objects.get()
        for row in (invitation, stale):
            with pytest.raises(InvitationError, match="has been used"):
                accept(row, name="Jo", now=NOW)
        assert Membership.objects.filter(person__email="jo@example.org").count() == 1

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"revoked_at": NOW}, "was taken back"),
            ({"invited_at": NOW - timedelta(days=14), "expires_at": NOW}, "has run out"),
            ({"nonce": "b" * 32}, "a newer email"),
        ],
    )
    def test_what_happened_since_the_page_was_opened_decides(self, fields: dict[str, Any], sentence: str) -> None:
        invitation = invited()
        Invitation.objects.update(**fields)
        with pytest.raises(InvitationError, match=sentence):
            accept(invitation, name="Jo", now=NOW)
        assert not Person.objects.filter(email="jo@example.org").exists()

    def test_whoever_made_it_must_still_be_one_who_may(self) -> None:
        ended, closed = invited(), invited(email="al@example.org")
        Membership.objects.filter(person=ended.invited_by).update(until_on=TODAY)
        Person.objects.filter(pk=closed.invited_by_id).update(is_active=False)
        for invitation in (ended, closed):
            with pytest.raises(InvitationError, match="may no longer do so"):
                accept(invitation, name="Jo", now=NOW)
            assert not Person.objects.filter(email=invitation.email).exists()

    def test_it_is_not_used_where_another_one_to_the_same_address_was_faster(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        invitation = invited()

        def too_late(email: str, password: str | None, **fields: Any) -> Person:
            monkeypatch.undo()
            raise IntegrityError

        monkeypatch.setattr(Person.objects, "create_user", too_late)
        person = accept(invitation, name="Jo", now=NOW)
        assert Membership.objects.get(person=person).role == "coordinator"

    def test_a_closed_account_is_not_opened_by_it(self) -> None:
        invitation = invited()
        make_person(email="jo@example.org", is_active=False)
        with pytest.raises(NotAllowedError, match="is closed"):
            accept(invitation, name="Jo", now=NOW)
        assert Invitation.objects.open_at(NOW).exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.mark.parametrize("has_account", [False, True])
    def test_of_two_who_accept_one_succeeds(self, has_account: bool) -> None:
        for number in range(4):
            invitation = make_invitation(role="chair", email=f"jo-{number}@example.org", invited_on=TODAY)
            if has_account:
                make_person(email=f"jo-{number}@example.org")
            outcomes = at_once(
                *[lambda pk=invitation.pk: accept(Invitation.objects.get(pk=pk), name="Jo", now=NOW)] * 2
            )
            assert sorted(outcomes) == [
                "InvitationError: This invitation has been used. Sign in with your email address.",
                DONE,
            ]
            assert Membership.objects.filter(person__email=invitation.email).count() == 1

    def test_of_two_who_invite_the_same_person_one_succeeds(self) -> None:
        north = make_partnership()
        by = coordinator(partnership=north)
        post = Post(Role.CHAIR, partnership=north)
        outcomes = at_once(*[lambda: invite(post, name="Jo", email="jo@example.org", by=by, now=NOW)] * 3)
        assert outcomes.count(DONE) == 1
        assert Invitation.objects.count() == 1
