"""What no mail server took is said again with people's next digest: all at once, and never twice."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from concordat.kernel.changes import record
from concordat.kernel.models import Change
from signatories.models import Message, Notice
from signatories.outbox.notices import let_wait, never_taken, plan_messages
from tests import factories as make

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 2)
TRIES = 12
SOME_TIME = datetime(2026, 10, 30, 9, tzinfo=UTC)


def given_up(**besides: Any) -> Message:
    """A digest of ten days ago with one remark, tried as often as any is and given up."""
    values = {"mail_state": "given_up", "mail_tries": TRIES, "mail_failure": "TimeoutError", "mail_moved_at": SOME_TIME}
    message: Message = make.make_message(**values | {"day": MONDAY - timedelta(days=10)} | besides)
    make.make_notice(recipient=message.recipient, message=message, send_on=MONDAY - timedelta(days=10))
    return message


def test_what_they_said_waits_and_who_decided_it_is_kept() -> None:
    people, by = [make.make_person(), make.make_person()], make.make_person()
    digests = [given_up(recipient=each) for each in people]
    assert let_wait(never_taken(TRIES), by=by, why="The server is back.") == 2
    assert not Notice.objects.exclude(message=None).exists()
    for digest in digests:
        digest.refresh_from_db()
        assert (digest.mail_state, digest.mail_failure) == ("dropped", "TimeoutError")
        told = Change.objects.about(digest).get()
        assert (told.verb, told.by, told.why) == ("put back", by, "The server is back.")
        assert told.fields == {"mail_state": ["given_up", "dropped"]}
    assert plan_messages(MONDAY) == 2
    assert {each.recipient for each in Message.objects.filter(day=MONDAY)} == set(people)


def test_a_second_time_nothing_is_left() -> None:
    given_up()
    assert let_wait(never_taken(TRIES), by="test", why="It is back.") == 1
    assert let_wait(never_taken(TRIES), by="test", why="It is back.") == 0
    assert Change.objects.filter(verb="put back").count() == 1


def test_who_had_an_email_meanwhile_waits_for_the_seven_days() -> None:
    late = given_up()
    went = datetime(2026, 10, 29, 9, tzinfo=UTC)
    make.make_message(recipient=late.recipient, mail_state="mailed", mail_moved_at=went, day=went.date())
    let_wait(never_taken(TRIES), by="test", why="It is back.")
    assert plan_messages(MONDAY) == 0
    assert plan_messages(date(2026, 11, 5)) == 1


@pytest.mark.parametrize(
    "besides",
    [
        {"mail_tries": 1, "mail_failure": "SMTPRecipientsRefused 550"},
        {"mail_state": "uncertain"},
        {"mail_state": "mailed", "mail_failure": ""},
        {"mail_state": "received", "mail_failure": ""},
        {"mail_state": "failed", "mail_next_at": SOME_TIME},
    ],
    ids=["refused for good at once", "perhaps sent", "sent", "not tried yet", "still tried"],
)
def test_nothing_else_is_put_back(besides: dict[str, Any]) -> None:
    message = given_up(**besides)
    assert let_wait(never_taken(TRIES), by="test", why="It is back.") == 0
    assert Notice.objects.get().message == message
    assert not Change.objects.filter(verb="put back").exists()


def test_one_by_one_a_person_decides_of_the_others_too() -> None:
    message = given_up(mail_tries=1, mail_failure="SMTPRecipientsRefused 550")
    assert let_wait(Message.objects.filter(pk=message.pk), by="test", why="I asked them.") == 1
    assert Notice.objects.get().message is None


def test_what_was_once_in_doubt_is_for_a_person_to_decide() -> None:
    message = given_up()
    record(message, "uncertain", by="test")
    assert not never_taken(TRIES).exists()


def test_who_is_not_written_to_is_left_out() -> None:
    given_up(recipient=make.make_person(mail_stopped_on=MONDAY, mail_stopped_why="bounced"))
    assert not never_taken(TRIES).exists()


def test_what_came_back_was_taken() -> None:
    message = given_up()
    assert never_taken(TRIES).get() == message
    make.make_mail_report(of=message, person=message.recipient)
    assert not never_taken(TRIES).exists()
