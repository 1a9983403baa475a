"""Digests through a mail server that misbehaves at each step, a database that goes away, and kills.

None is lost or sent twice, and what nobody can know is told to a person.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.db import OperationalError, connection

from actionplans.chasing import sending
from actionplans.chasing.planning import plan
from actionplans.chasing.sending import MOST_TRIES, give_up_stuck, mail
from concordat.tasks import mail_message, mail_messages, plan_chasing
from signatories.models import Message, Notice
from signatories.services import mailing
from signatories.services.mailing import STUCK_AFTER
from tests import services
from tests.actionplans.chasing.test_sending import DAY, NOW, mailed, outcomes, overdue_place, planned
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import make_person
from tests.wayward_mail_server import CLOSE, HANG, Wayward, wayward_mail_server

LATER = NOW + timedelta(hours=1)
REFUSED, SILENT = "The mail server refused it: ", "The mail server fell silent before it had the mail: "
UNREACHED, PERHAPS = "The mail server could not be reached: ", "The mail server fell silent: "


@pytest.fixture
def office(settings: Any) -> Iterator[Wayward]:
    settings.EMAIL_BACKEND = "concordat.mail.Smtp"
    settings.EMAIL_TIMEOUT = 20
    with wayward_mail_server() as server:
        yield server


def three_owners() -> None:
    """Three people, each of whom answers for an action whose day has passed."""
    place = overdue_place()
    for name in ("Nora", "Otto"):
        place.action(due_on=date(2026, 5, 20), owner=make_person(name=name))


def three_planned() -> list[Message]:
    """The digests of three owners."""
    three_owners()
    plan(DAY, by="test")
    return list(Message.objects.order_by("pk"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("step", "answer", "state", "failure"),
    [
        ("greeting", "421 4.3.2 too busy", "failed", UNREACHED),
        ("greeting", "554 5.3.2 no service", "failed", UNREACHED),
        ("MAIL", "451 4.3.0 later", "failed", REFUSED),
        ("MAIL", "421 4.3.2 closing", "failed", REFUSED),
        # It does not want our own address: that is no fault of the digest, and somebody puts it right.
        ("MAIL", "550 5.7.1 not you", "failed", REFUSED),
        ("RCPT", "450 4.2.1 later", "failed", REFUSED),
        ("RCPT", "421 4.3.2 closing", "failed", REFUSED),
        ("RCPT", "550 5.1.1 nobody", "given_up", REFUSED),
        ("DATA", "451 4.3.0 later", "failed", REFUSED),
        # Nor is it one that it relays nothing for us.
        ("RCPT", "554 5.7.1 relay denied", "failed", REFUSED),
        ("RCPT", "550 nobody, or so", "failed", REFUSED),
        ("DATA", "554 5.5.1 no", "failed", REFUSED),
        ("text", "552 5.3.4 too large", "given_up", REFUSED),
        ("text", "452 4.2.2 full", "failed", REFUSED),
        ("text", "421 4.3.2 closing", "failed", REFUSED),
        ("text", "554 5.7.1 no", "failed", REFUSED),
        *((step, how, "failed", UNREACHED) for step in ("greeting", "EHLO") for how in (CLOSE, HANG)),
        *((step, how, "failed", SILENT) for step in ("MAIL", "RCPT", "DATA") for how in (CLOSE, HANG)),
        ("text", CLOSE, "uncertain", PERHAPS),
        ("text", HANG, "uncertain", PERHAPS),
        ("text", "what was that?", "uncertain", PERHAPS),
        ("QUIT", CLOSE, "mailed", ""),
        ("QUIT", HANG, "mailed", ""),
    ],
)
def test_each_answer_at_each_step(
    office: Wayward, settings: Any, step: str, answer: str, state: str, failure: str
) -> None:
    """What surely did not go goes later, once; what is refused for good or uncertain waits for a person."""
    if answer == HANG:
        settings.EMAIL_TIMEOUT = 1  # a second, within which a busy machine gets to every other step
    office.answers = {step: answer}
    message = mailed(planned())
    assert (message.mail_state, outcomes(message)) == (state, [state])
    assert message.mail_failure.startswith(failure)
    assert bool(message.mail_failure) == bool(failure)
    assert Notice.objects.get().state == state
    office.answers, had = {}, office.given
    after = mailed(message, LATER).mail_state
    assert after == ("mailed" if state == "failed" else state)
    assert office.given - had == (state == "failed")


@pytest.mark.django_db
def test_a_server_that_does_not_take_our_address_is_asked_for_days(office: Wayward) -> None:
    office.answers = {"MAIL": "550 5.7.1 not you"}
    message = planned()
    Message.objects.update(mail_tries=MOST_TRIES - 1)
    assert mailed(message).mail_state == "given_up"
    assert mailed(message, LATER).mail_state == "given_up"


@pytest.mark.django_db
def test_a_fault_before_the_mail_is_handed_over_is_tried_again(
    office: Wayward, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = planned()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "due_now", lambda *args: 1 / 0)
        assert mailed(message).mail_state == "failed"
    assert mailed(message, LATER).mail_state == "mailed"
    assert (office.given, outcomes(message)) == (1, ["failed", "mailed"])


@pytest.mark.django_db
def test_what_stops_its_sender_each_time_is_given_up_in_the_end(office: Wayward) -> None:
    message = planned()
    for tries in (1, MOST_TRIES - 1, MOST_TRIES):
        moved = {"mail_state": "claimed", "mail_moved_at": NOW, "mail_tries": tries, "mail_next_at": None}
        Message.objects.update(**moved)
        give_up_stuck(by="test", now=NOW + STUCK_AFTER)
        message.refresh_from_db()
        assert message.mail_state == ("failed" if tries < MOST_TRIES else "given_up")
        assert message.mail_failure == "The program was stopped before it sent it."
    assert office.given == 0


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["fill", "compose"])
def test_a_slow_sender_whose_claim_was_given_to_another_sends_and_changes_nothing(
    office: Wayward, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """It slept for a quarter of an hour; meanwhile the sweep let another sender have the message, who sent it."""
    message, step = planned(), getattr(sending, moment)

    def slowly(*args: Any, **options: Any) -> Any:
        monkeypatch.setattr(sending, moment, step)
        give_up_stuck(by="test", now=NOW + STUCK_AFTER)
        mail(message.pk, by="another", now=LATER)
        return step(*args, **options)

    monkeypatch.setattr(sending, moment, slowly)
    assert mailed(message).mail_state == "mailed"
    assert (office.given, outcomes(message)) == (1, ["failed", "mailed"])
    assert [notice.message_id for notice in Notice.objects.all()] == [message.pk]


@pytest.mark.django_db
def test_one_row_of_which_nothing_can_be_recorded_keeps_no_other_waiting(
    office: Wayward, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_planned()
    Message.objects.update(mail_state="mailing", mail_moved_at=NOW)
    monkeypatch.setattr(mailing, "record", Away(1, mailing.record))
    give_up_stuck(by="test", now=NOW + STUCK_AFTER)
    assert sorted(states()) == ["mailing", "uncertain", "uncertain"]


class Away:
    """A database that does not answer so often, and then does."""

    def __init__(self, times: int, step: Any) -> None:
        self.times, self.step = times, step

    def __call__(self, *args: Any, **options: Any) -> Any:
        self.times -= 1
        if self.times >= 0:
            raise OperationalError("server closed the connection unexpectedly")
        return self.step(*args, **options)


@pytest.mark.django_db(transaction=True)
class TestDatabaseAway:
    @pytest.fixture(autouse=True)
    def waited(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        waited: list[float] = []
        monkeypatch.setattr(mailing.time, "sleep", waited.append)
        return waited

    def test_what_went_is_recorded_once_it_is_back(
        self, office: Wayward, monkeypatch: pytest.MonkeyPatch, waited: list[float]
    ) -> None:
        message = planned()
        monkeypatch.setattr(mailing, "record", Away(3, mailing.record))
        assert mailed(message).mail_state == "mailed"
        assert (office.given, outcomes(message), waited) == (1, ["mailed"], [0.5, 1, 2])

    def test_while_it_stays_away_what_perhaps_went_is_left_to_a_person(
        self, office: Wayward, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message = planned()
        with monkeypatch.context() as patch:
            patch.setattr(mailing, "record", Away(100, mailing.record))
            with pytest.raises(OperationalError):
                mail(message.pk, by="test", now=NOW)
        later = NOW + STUCK_AFTER
        give_up_stuck(by="test", now=later)
        assert mailed(message, later).mail_state == "uncertain"
        assert office.given == 1

    def test_what_it_did_not_say_to_be_handed_over_is_not_sent(
        self, office: Wayward, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message = planned()
        with monkeypatch.context() as patch:
            patch.setattr(mailing, "_hand_over", Away(1, mailing._hand_over))
            assert mailed(message).mail_state == "failed"
        assert office.given == 0
        assert mailed(message, LATER).mail_state == "mailed"


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_and_two_workers_with_the_same_ids_send_each_once(
    office: Wayward, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_owners()
    monkeypatch.setattr(mail_message, "delay", mail_message)
    with time_machine.travel(NOW, tick=False):
        assert at_once(plan_chasing, plan_chasing, mail_messages, mail_messages) == [DONE] * 4
        mail_messages()
    assert (office.given, states()) == (3, ["mailed"] * 3)


@pytest.mark.django_db
def test_a_day_on_which_nothing_ran_after_the_planning_loses_nothing(
    office: Wayward, monkeypatch: pytest.MonkeyPatch
) -> None:
    three_planned()
    monkeypatch.setattr(mail_message, "delay", mail_message)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        plan_chasing()
        plan_chasing()
    assert (office.given, states()) == (3, ["mailed"] * 3)


# One program with three senders, each of which stops at another moment; the third begins when it is told to.
THREE_SENDERS = """
import sys, threading, django
django.setup()
from datetime import datetime
from django.conf import settings
from actionplans.chasing import sending
from signatories.services import mailing

now, before, during, after = datetime.fromisoformat(sys.argv[1]), *map(int, sys.argv[2:])
settings.EMAIL_TIMEOUT = 60

def stop():
    threading.Event().wait()

def composing(message, *rest, compose=sending.compose, **options):
    stop() if message.pk == before else None
    return compose(message, *rest, **options)

def ending(row, *rest, end=mailing._end, **options):
    stop() if row.pk == after else None
    end(row, *rest, **options)

sending.compose, mailing._end = composing, ending
for pk in (before, after):
    threading.Thread(target=sending.mail, args=(pk,), kwargs={"by": "test", "now": now}).start()
sys.stdin.readline()
sending.mail(during, by="test", now=now)
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_before_while_and_after_it_was_sent(office: Wayward) -> None:
    """Before the mail is handed over it goes later, once; from then on until that is recorded a person decides."""
    messages = three_planned()
    database = services.database_url(str(connection.settings_dict["NAME"]))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "concordat.settings", "DATABASE_URL": database}
    command = [sys.executable, "-c", THREE_SENDERS, NOW.isoformat(), *(str(message.pk) for message in messages)]
    with subprocess.Popen(command, env=environment, cwd=configured.BASE_DIR, stdin=subprocess.PIPE) as senders:
        assert senders.stdin is not None
        try:
            services.wait_until(lambda: (states()[0], office.given) == ("claimed", 1), "two of the senders", 60)
            office.answers = {"text": HANG}
            senders.stdin.write(b"go\n")
            senders.stdin.flush()
            assert office.reached.wait(60), "the third mail never came"
        finally:
            senders.send_signal(signal.SIGKILL)
    assert states() == ["claimed", "mailing", "mailing"]
    office.answers, later = {}, NOW + STUCK_AFTER
    give_up_stuck(by="test", now=later)
    assert states() == ["failed", "uncertain", "uncertain"]
    for message in messages:
        mail(message.pk, by="test", now=later + timedelta(minutes=5))
    assert states() == ["mailed", "uncertain", "uncertain"]
    assert office.given == 3


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("mail_state", flat=True))
