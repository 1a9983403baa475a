"""Mail about enquiries, through a real mail server: at most once, and nothing is lost when it fails."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.db import OperationalError, connection

from concordat.kernel.models import Change
from signatories.models import Enquiry, Person
from signatories.services import enquiry_mail, mailing
from signatories.services.enquiry_mail import give_up_stuck, mail
from signatories.services.mailing import STUCK_AFTER, wait_after
from tests import services
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import make_enquiry, make_person
from tests.mail_server import PostOffice, mail_server

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def _by_smtp(settings: Any) -> None:
    """Mail goes by SMTP to the port of EMAIL_URL."""
    settings.EMAIL_BACKEND = "concordat.mail.Smtp"
    settings.SITE_URL = "https://tracker.example"


@pytest.fixture
def office(_by_smtp: None) -> Iterator[PostOffice]:
    with mail_server() as server:
        yield server


@pytest.fixture
def ada(db: None) -> Any:
    return make_person(email="ada@example.org", is_staff=True)


def mailed(enquiry: Enquiry, now: datetime = NOW) -> Enquiry:
    """The enquiry after one try."""
    mail(enquiry.pk, by="test", now=now)
    enquiry.refresh_from_db()
    return enquiry


def outcomes(enquiry: Enquiry) -> list[str]:
    return [change.verb for change in Change.objects.about(enquiry)]


@pytest.mark.usefixtures("ada")
class TestMail:
    def test_tells_every_administrator_once(self, office: PostOffice) -> None:
        make_person(email="bo@example.org", is_superuser=True)
        make_person(email="former@example.org", is_staff=True, is_active=False)
        make_person(email="partner@example.org")
        make_person(email=None, is_staff=True)
        enquiry = mailed(mailed(make_enquiry()))
        assert [letter.to for letter in office.letters] == [["ada@example.org"], ["bo@example.org"]]
        assert len({letter.message["Message-ID"] for letter in office.letters}) == 2
        assert (enquiry.mail_state, enquiry.mail_tries, outcomes(enquiry)) == ("mailed", 1, ["mailed"])

    def test_says_what_was_written_and_where_to_deal_with_it(self, office: PostOffice) -> None:
        message = "Der Tag ist falsch & <b>alt</b>.\nمرحبا 🙂"
        enquiry = make_enquiry(
            kind="mistake", message=message, name="Zoë", email="zoe@example.org", about="/areas/essex/?on=2015-04-10"
        )
        mailed(enquiry)
        (letter,) = office.letters
        assert letter.message["Subject"] == f"Something is wrong on a page ({enquiry.reference})"
        assert letter.message["Reply-To"] == "zoe@example.org"
        assert message in letter.text
        assert (
            "Page: https://tracker.example/areas/essex/?on=2015-04-10\nName: Zoë\nEmail: zoe@example.org" in letter.text
        )
        assert f"https://tracker.example/admin/signatories/enquiry/{enquiry.pk}/change/" in letter.text

    def test_without_an_address_there_is_nobody_to_reply_to(self, office: PostOffice) -> None:
        mailed(make_enquiry())
        (letter,) = office.letters
        assert letter.message["Reply-To"] is None
        assert "Email: not given, so no answer is expected" in letter.text

    @pytest.mark.parametrize("field", ["name", "email"])
    def test_no_line_of_the_head_can_be_written_by_a_visitor(self, office: PostOffice, field: str) -> None:
        """The form refuses these; here is somebody who came past it."""
        hostile = "zoe@example.org\r\nBcc: everybody@example.org\r\n\r\nBuy"
        mailed(make_enquiry(**{field: hostile}))
        (letter,) = office.letters
        assert letter.to == ["ada@example.org"]
        assert {"Bcc", "Reply-To"}.isdisjoint(letter.message.keys())
        assert "everybody@example.org" in letter.text

    def test_a_refusal_is_kept_with_its_reason_and_tried_again_later(self, office: PostOffice) -> None:
        office.refusal = "554 5.7.1 zoe@example.org is not welcome"
        enquiry = mailed(make_enquiry(message="Why?"))
        assert (enquiry.mail_state, enquiry.message) == ("failed", "Why?")
        assert enquiry.mail_failure == "The mail server refused it: SMTPDataError 554"
        assert enquiry.mail_next_at == NOW + timedelta(minutes=5)
        office.refusal = ""
        too_early, then = NOW + timedelta(minutes=4), NOW + timedelta(minutes=5)
        assert mailed(enquiry, too_early).mail_state == "failed"
        assert mailed(enquiry, then).mail_state == "mailed"
        assert (len(office.letters), outcomes(enquiry), enquiry.mail_failure) == (1, ["failed", "mailed"], "")

    @pytest.mark.usefixtures("_by_smtp")
    def test_a_server_out_of_reach_is_a_failure(self) -> None:
        enquiry = mailed(make_enquiry())
        assert enquiry.mail_state == "failed"
        assert enquiry.mail_failure == "The mail server could not be reached: ConnectionRefusedError"

    def test_what_a_server_may_have_taken_is_never_sent_again(self, office: PostOffice) -> None:
        office.silent = True
        enquiry = mailed(make_enquiry())
        assert (enquiry.mail_state, outcomes(enquiry)) == ("uncertain", ["uncertain"])
        assert mailed(enquiry, NOW + timedelta(days=9)).mail_state == "uncertain"
        assert len(office.letters) == 1

    def test_a_fault_of_our_own_loses_nothing(self, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(enquiry_mail, "message_about", lambda enquiry, to: 1 / 0)
        enquiry = mailed(make_enquiry(message="Why?"))
        assert (enquiry.mail_state, enquiry.mail_failure, enquiry.message) == ("failed", "ZeroDivisionError", "Why?")

    def test_what_is_answered_needs_no_mail(self, office: PostOffice) -> None:
        assert mailed(make_enquiry(answered_at=NOW)).mail_state == "received"
        assert office.letters == []


@pytest.mark.usefixtures("ada")
class TestSomeAreReached:
    """Ada, Bo and Cy are to be told, and not all of them can be."""

    @pytest.fixture(autouse=True)
    def _others(self, ada: Any) -> None:
        make_person(email="bo@example.org", is_staff=True)
        make_person(email="cy@example.org", is_staff=True)

    def readers(self, office: PostOffice) -> list[str]:
        """Who got a letter, in that order."""
        return [name.removesuffix("@example.org") for letter in office.letters for name in letter.to]

    def test_the_row_says_who_was_not_and_only_they_are_tried_again(self, office: PostOffice) -> None:
        office.closed = {"bo@example.org"}
        enquiry = mailed(make_enquiry())
        assert self.readers(office) == ["ada", "cy"]
        assert enquiry.mail_state == "failed"
        assert enquiry.mail_failure == (
            "Not mailed to: bo@example.org. The mail server refused it: SMTPRecipientsRefused"
        )
        assert sorted(person.email for person in enquiry.mailed_to.all()) == ["ada@example.org", "cy@example.org"]
        later = NOW + timedelta(minutes=5)
        assert mailed(enquiry, later).mail_state == "failed"
        office.closed = set()
        assert mailed(enquiry, later + timedelta(minutes=10)).mail_state == "mailed"
        assert self.readers(office) == ["ada", "cy", "bo"]
        assert (outcomes(enquiry), enquiry.mail_failure) == (["failed", "failed", "mailed"], "")

    def test_the_history_says_who_has_it_and_gives_no_address(self, office: PostOffice) -> None:
        office.closed = {"bo@example.org"}
        enquiry = mailed(make_enquiry())
        (change,) = Change.objects.about(enquiry)
        assert change.fields["mailed_to"] == [[], sorted(person.pk for person in enquiry.mailed_to.all())]
        assert change.why == "The mail server refused it: SMTPRecipientsRefused"

    def test_one_who_perhaps_has_it_is_left_to_a_person_and_the_others_are_told(
        self, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send = mailing.send

        def silent_to_bo(message: Any, row: Any) -> None:
            office.silent = message.to == ["bo@example.org"]
            send(message, row)

        monkeypatch.setattr(mailing, "send", silent_to_bo)
        enquiry = mailed(make_enquiry())
        assert self.readers(office) == ["ada", "bo", "cy"]
        assert enquiry.mail_state == "uncertain"
        assert enquiry.mail_failure.startswith("Perhaps mailed to: bo@example.org. The mail server ")
        assert mailed(enquiry, NOW + timedelta(days=9)).mail_state == "uncertain"
        assert self.readers(office) == ["ada", "bo", "cy"]

    def test_it_says_of_each_whether_not_or_perhaps(self, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        office.closed, office.silent = {"ada@example.org", "cy@example.org"}, True
        enquiry = mailed(make_enquiry())
        assert enquiry.mail_state == "uncertain"
        assert enquiry.mail_failure.startswith(
            "Not mailed to: ada@example.org, cy@example.org. Perhaps mailed to: bo@example.org. "
        )

    @pytest.mark.usefixtures("_by_smtp")
    def test_a_server_out_of_reach_is_tried_once_for_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        tried: list[Any] = []
        send = mailing.send
        monkeypatch.setattr(mailing, "send", lambda message, row: (tried.append(message.to), send(message, row)))
        enquiry = mailed(make_enquiry())
        assert enquiry.mail_failure == "The mail server could not be reached: ConnectionRefusedError"
        assert tried == [["ada@example.org"]]

    def test_one_of_whom_the_database_does_not_keep_that_they_have_it_gets_no_second(
        self, office: PostOffice, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(write: Any, about: str) -> None:
            if about.startswith("Enquiry"):
                raise OperationalError("server closed the connection unexpectedly")
            write()

        monkeypatch.setattr(mailing, "surely", away)
        enquiry = mailed(make_enquiry())
        assert enquiry.mail_state == "uncertain"
        assert mailed(enquiry, NOW + timedelta(days=9)).mail_state == "uncertain"
        assert self.readers(office) == ["ada", "bo", "cy"]

    def test_an_administrator_who_left_is_waited_for_no_longer(self, office: PostOffice) -> None:
        office.closed = {"bo@example.org"}
        enquiry = mailed(make_enquiry())
        Person.objects.filter(email="bo@example.org").update(is_active=False)
        assert mailed(enquiry, NOW + timedelta(minutes=5)).mail_state == "mailed"
        assert self.readers(office) == ["ada", "cy"]


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_without_an_administrator_it_waits_for_one() -> None:
    enquiry = mailed(make_enquiry())
    assert (enquiry.mail_state, enquiry.mail_failure) == ("failed", "No administrator has an email address.")
    make_person(is_staff=True)
    assert mailed(enquiry, NOW + timedelta(minutes=5)).mail_state == "mailed"


@pytest.mark.django_db
def test_without_a_mail_server_it_is_not_said_to_be_mailed(settings: Any) -> None:
    settings.EMAIL_BACKEND = "concordat.mail.NoServer"
    make_person(is_staff=True)
    enquiry = mailed(make_enquiry())
    assert (enquiry.mail_state, enquiry.mail_failure) == ("failed", "The mail server could not be reached: OSError")


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 5), (2, 10), (3, 20), (8, 640), (9, 1280), (10, 1440), (11, 1440), (32_000, 1440)]
)
def test_each_failure_doubles_the_wait_up_to_a_day(tries: int, minutes: int) -> None:
    assert wait_after(tries) == timedelta(minutes=minutes)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_once(office: PostOffice) -> None:
    make_person(email="ada@example.org", is_staff=True)
    enquiry = make_enquiry()
    assert at_once(*[lambda: mail(enquiry.pk, by="test", now=NOW)] * 4) == [DONE] * 4
    enquiry.refresh_from_db()
    assert (len(office.letters), enquiry.mail_state, enquiry.mail_tries) == (1, "mailed", 1)


MAIL_IN_ITS_OWN_PROCESS = """
import sys, django
django.setup()
from django.utils import timezone
from signatories.services.enquiry_mail import mail
mail(int(sys.argv[1]), by="test", now=timezone.now())
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_half_way_leaves_it_to_a_person(office: PostOffice) -> None:
    make_person(email="ada@example.org", is_staff=True)
    enquiry = make_enquiry()
    database = services.database_url(str(connection.settings_dict["NAME"]))
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "concordat.settings", "DATABASE_URL": database}
    command = [sys.executable, "-c", MAIL_IN_ITS_OWN_PROCESS, str(enquiry.pk)]
    office.holds = True
    with subprocess.Popen(command, env=environment, cwd=configured.BASE_DIR) as worker:
        assert office.taken.wait(30), "the mail never came"
        worker.send_signal(signal.SIGKILL)
    enquiry.refresh_from_db()
    assert enquiry.mail_state == "mailing"
    later = enquiry.mail_moved_at + STUCK_AFTER
    give_up_stuck(by="test", now=later)
    assert mailed(enquiry, later).mail_state == "uncertain"
    assert enquiry.mail_failure == "The program that sent it was stopped half-way."
    assert (len(office.letters), outcomes(enquiry)) == (1, ["uncertain"])


@pytest.mark.django_db
class TestGiveUpStuck:
    def test_leaves_what_has_only_just_begun(self) -> None:
        enquiry = make_enquiry(mail_state="mailing", mail_moved_at=NOW - STUCK_AFTER + timedelta(seconds=1))
        give_up_stuck(by="test", now=NOW)
        enquiry.refresh_from_db()
        assert enquiry.mail_state == "mailing"

    def test_a_slow_sender_may_still_say_that_it_went(
        self, office: PostOffice, ada: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        transmit = mailing._transmit

        def slowly(*args: Any) -> None:
            give_up_stuck(by="test", now=NOW + STUCK_AFTER)
            transmit(*args)

        monkeypatch.setattr(mailing, "_transmit", slowly)
        enquiry = mailed(make_enquiry())
        assert (enquiry.mail_state, outcomes(enquiry)) == ("mailed", ["uncertain", "mailed"])

    def test_one_that_was_slow_to_begin_and_taken_for_stopped_sends_nothing(
        self, office: PostOffice, ada: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        send = mailing.send

        def slowly(*args: Any) -> None:
            give_up_stuck(by="test", now=NOW + STUCK_AFTER)
            send(*args)

        monkeypatch.setattr(mailing, "send", slowly)
        enquiry = mailed(make_enquiry())
        assert (enquiry.mail_state, outcomes(enquiry), office.letters) == ("failed", ["failed"], [])
