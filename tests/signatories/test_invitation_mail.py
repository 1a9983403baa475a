"""The mail of an invitation: what it says, and that it goes out once and to whom it may."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox

from concordat.kernel.models import Change
from signatories.models import Invitation
from signatories.services import mailing
from signatories.services.invitation_mail import give_up_stuck, mail
from signatories.services.invitations import link_of, send_again
from signatories.services.mailing import STUCK_AFTER
from tests.factories import DAY, make_invitation, make_partnership, make_person, noon

NOW = noon(DAY)

pytestmark = pytest.mark.django_db


def mailed(invitation: Invitation, now: Any = NOW) -> Invitation:
    """The invitation after one try."""
    mail(invitation.pk, by="test", now=now)
    invitation.refresh_from_db()
    return invitation


def test_it_holds_the_role_the_link_and_whom_to_ask() -> None:
    north, ada = make_partnership(name="North & South <partners>"), make_person(name="Ada", email="ada@example.org")
    invitation = mailed(make_invitation(role="chair", partnership=north, invited_by=ada, name="Jo O’Neill"))
    (letter,) = outbox.outbox
    assert (letter.to, letter.reply_to) == ([invitation.email], ["ada@example.org"])
    assert "You are asked to be: Chair, North & South <partners>" in letter.body
    assert f"\n{link_of(invitation)}\n" in letter.body
    assert "until 15 April 2015, 13:00" in letter.body
    assert (invitation.mail_state, invitation.mail_moved_at) == ("mailed", NOW)


def test_it_goes_out_once() -> None:
    invitation = mailed(mailed(make_invitation()))
    assert (len(outbox.outbox), invitation.mail_tries) == (1, 1)
    assert [change.verb for change in Change.objects.about(invitation)] == ["mailed"]


@pytest.mark.parametrize("fields", [{"revoked_at": NOW}, {"accepted_at": NOW}, {"expires_at": NOW + timedelta(1)}])
def test_what_nobody_can_accept_is_not_mailed(fields: dict[str, Any]) -> None:
    mailed(make_invitation(**fields), NOW + timedelta(days=2))
    assert outbox.outbox == []


def test_one_that_stopped_half_way_is_left_to_a_person_who_may_send_it_again() -> None:
    ada = make_person(is_superuser=True)
    invitation = make_invitation(mail_state="mailing", mail_moved_at=NOW)
    later = NOW + STUCK_AFTER
    give_up_stuck(by="test", now=later)
    assert mailed(invitation, later).mail_state == "uncertain"
    send_again(invitation, by=ada, now=later)
    assert mailed(invitation, later).mail_state == "mailed"
    assert len(outbox.outbox) == 1


@pytest.mark.parametrize(("moment", "sent"), [("send", [True]), ("_transmit", [False, True])])
def test_a_slow_sender_of_the_old_link_does_not_keep_the_new_one_from_going(
    monkeypatch: pytest.MonkeyPatch, moment: str, sent: list[bool]
) -> None:
    """Nor does it send the old one, unless it has begun to."""
    ada, invitation, step = make_person(is_superuser=True), make_invitation(), getattr(mailing, moment)

    def slowly(*args: Any) -> None:
        send_again(Invitation.objects.get(), by=ada, now=NOW)
        step(*args)

    monkeypatch.setattr(mailing, moment, slowly)
    assert mailed(invitation).mail_state == "received"
    monkeypatch.setattr(mailing, moment, step)
    assert mailed(invitation).mail_state == "mailed"
    assert [link_of(invitation) in letter.body for letter in outbox.outbox] == sent
