"""What follows from a report: the mail has failed, its reader is passed over, once; and nothing from a forged one."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Sum

from concordat.kernel.models import Change
from signatories.models import ChasingOptOut, MailReport, MailReportCount, MailStop, Message, Notice, Person
from signatories.models.mail_report import Outcome
from signatories.outbox.bounces.taking import HOOK, MAILBOX, take
from signatories.outbox.return_address import mark_of
from signatories.services import addresses
from tests import mail_reports
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import (
    DAY,
    make_enquiry,
    make_invitation,
    make_message,
    make_notice,
    make_person,
    make_reply,
    noon,
)

pytestmark = pytest.mark.django_db
NOW = noon(DAY)


@pytest.fixture(autouse=True)
def _at_tracker(settings: Any) -> None:
    settings.SITE_URL = "https://tracker.example"


def sent(**fields: Any) -> Message:
    """A digest that went to Olive this morning."""
    olive = fields.pop("recipient", None) or make_person(name="Olive", email="olive@example.org")
    return make_message(
        recipient=olive, mail_state="mailed", mail_moved_at=NOW - timedelta(hours=3), subject="Late", text="…", **fields
    )


def taken(raw: bytes, *, way: str = MAILBOX, now: datetime = NOW) -> Outcome:
    return take(raw, way=way, by="test", now=now)


def bounce(message: Message, **options: Any) -> bytes:
    return mail_reports.failure(mark=mark_of(f"digest-{message.pk}"), **options)


def changes(row: Any) -> list[tuple[str, str]]:
    return [(change.verb, change.why) for change in Change.objects.about(row)]


def counted() -> dict[str, int]:
    return {
        row["outcome"]: row["total"]
        for row in MailReportCount.objects.order_by().values("outcome").annotate(total=Sum("count"))
    }


class TestHard:
    def test_the_mail_has_failed_and_nobody_writes_there_any_more(self) -> None:
        message = sent()
        assert taken(bounce(message)) == Outcome.TAKEN
        message.refresh_from_db()
        olive = message.recipient
        why = "It came back: there is no such mailbox (5.1.1)."
        assert (message.mail_state, message.mail_failure) == ("given_up", why)
        assert (olive.mail_stopped_on, olive.mail_stopped_why, olive.is_reachable) == (DAY, "bounced", False)
        assert changes(message) == [("came back", why)]
        assert changes(olive) == [("mails stopped", why)]
        report = MailReport.objects.get()
        assert (report.person, report.kind, report.status, report.reported_on) == (olive, "hard", "5.1.1", DAY)
        assert report.diagnostic == "smtp; 550 5.1.1 no such mailbox"
        assert [verb for verb, _ in changes(report)] == ["received"]

    def test_the_same_report_twice_by_either_way_changes_nothing(self) -> None:
        message = sent()
        raw = bounce(message, message_id=f"<digest-{message.pk}@tracker.example>")
        assert [taken(raw), taken(raw), taken(raw, way=HOOK)] == [Outcome.TAKEN, Outcome.AGAIN, Outcome.AGAIN]
        assert MailReport.objects.count() == 1
        assert (len(changes(message)), len(changes(message.recipient))) == (1, 1)
        assert sum(counted().values()) == 3

    def test_another_report_of_the_same_mail_is_kept_and_stops_nothing_anew(self) -> None:
        message = sent()
        taken(bounce(message))
        assert taken(bounce(message, report_id="<report-2@mx.example>")) == Outcome.TAKEN
        assert (MailReport.objects.count(), len(changes(message)), len(changes(message.recipient))) == (2, 1, 1)

    @pytest.mark.parametrize("by", ["return address", "header", "message-id by the hook"])
    def test_the_mail_is_known_by_each_of_its_marks(self, by: str) -> None:
        message, way = sent(), MAILBOX
        name = f"digest-{message.pk}"
        raw = mail_reports.failure(mark=mark_of(name))
        if by == "return address":
            raw = mail_reports.failure(to=f"Bounces+{mark_of(name).upper()}@tracker.example")
        elif by == "message-id by the hook":
            raw, way = mail_reports.failure(message_id=f"<{name}@tracker.example>"), HOOK
        assert taken(raw, way=way) == Outcome.TAKEN
        assert not Person.objects.get(pk=message.recipient_id).is_reachable

    def test_a_key_that_was_changed_is_still_known(self, settings: Any) -> None:
        message = sent()
        raw = bounce(message)
        settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
        assert taken(raw) == Outcome.TAKEN

    def test_what_was_said_of_an_address_that_the_person_has_no_more_stops_nothing(self) -> None:
        olive = make_person(email="new@example.org")
        message = sent(recipient=olive)
        Change.objects.create(
            subject_type="signatories.person",
            subject_id=olive.pk,
            verb="changed",
            fields={"email": ["olive@example.org", "new@example.org"]},
            by_command="test",
        )
        assert taken(bounce(message)) == Outcome.TAKEN
        message.refresh_from_db()
        assert (message.mail_state, message.recipient.is_reachable) == ("dropped", True)

    def test_what_was_passed_on_to_another_mailbox_counts(self) -> None:
        message = sent()
        taken(bounce(message, recipient="olive@elsewhere.example"))
        assert not Person.objects.get(pk=message.recipient_id).is_reachable

    @pytest.mark.parametrize(("hours", "is_reachable"), [(-1, True), (1, False)])
    def test_what_went_before_the_address_was_mended_says_nothing_of_it(self, hours: int, is_reachable: bool) -> None:
        message = sent()
        assert addresses.stop(message.recipient, MailStop.BOUNCED, by="test", on=DAY, why="It came back.")
        with time_machine.travel(NOW):
            addresses.write_again(message.recipient, by="test")
        Message.objects.update(mail_moved_at=NOW + timedelta(hours=hours))
        assert taken(bounce(message), now=NOW + timedelta(hours=2)) == Outcome.TAKEN
        message.refresh_from_db()
        state = "dropped" if is_reachable else "given_up"  # it waits until mails reach them again
        assert (message.mail_state, message.recipient.is_reachable) == (state, is_reachable)

    @pytest.mark.parametrize("state", ["dropped", "received"])
    def test_what_never_went_stays_as_it_is(self, state: str) -> None:
        message = sent()
        Message.objects.update(mail_state=state)
        taken(bounce(message))
        message.refresh_from_db()
        assert message.mail_state == state


class TestSoft:
    def days(self, olive: Person, *days: date) -> None:
        for number, day in enumerate(days):
            message = Message.objects.filter(recipient=olive, day=day).first() or make_message(
                recipient=olive, day=day, mail_state="mailed", mail_moved_at=noon(day)
            )
            raw = bounce(message, status="4.2.2", at=noon(day), report_id=f"<{day}-{number}@mx>")
            assert taken(raw, now=noon(day)) == Outcome.TAKEN

    def olive(self) -> Person:
        return make_person(email="olive@example.org")

    def test_three_different_days_are_like_one_for_good(self) -> None:
        olive = self.olive()
        self.days(olive, DAY, DAY, DAY, DAY + timedelta(days=7))
        olive.refresh_from_db()
        assert olive.is_reachable
        self.days(olive, DAY + timedelta(days=14))
        olive.refresh_from_db()
        assert (olive.mail_stopped_on, olive.mail_stopped_why) == (DAY + timedelta(days=14), "bounced")
        assert changes(olive) == [("mails stopped", "It came back: the mailbox is full (4.2.2). The third day.")]

    def test_days_of_long_ago_do_not_count(self) -> None:
        olive = self.olive()
        self.days(olive, DAY, DAY + timedelta(days=20), DAY + timedelta(days=31))
        olive.refresh_from_db()
        assert olive.is_reachable

    def test_it_is_counted_anew_once_somebody_has_said_that_mails_arrive(self) -> None:
        olive = self.olive()
        self.days(olive, DAY, DAY + timedelta(days=1), DAY + timedelta(days=2))
        olive.refresh_from_db()
        with time_machine.travel(noon(DAY + timedelta(days=2)) + timedelta(hours=1)):
            addresses.write_again(olive, by="test")
        self.days(olive, DAY + timedelta(days=3))
        olive.refresh_from_db()
        assert olive.is_reachable

    def test_a_mail_that_was_given_up_has_failed_and_one_that_is_late_has_not(self) -> None:
        late, lost = sent(), make_message(mail_state="mailed", mail_moved_at=NOW)
        assert taken(bounce(late, status="4.4.1", action="delayed")) == Outcome.IGNORED
        taken(bounce(lost, status="4.4.7", action="failed"))
        late.refresh_from_db()
        lost.refresh_from_db()
        assert (late.mail_state, lost.mail_state) == ("mailed", "dropped")
        assert [verb for verb, _ in changes(lost)] == ["came back", "put back"]
        assert lost.mail_failure == "It came back: the mail server could not be reached in time (4.4.7)."

    def test_a_server_that_still_tries_says_nothing_of_the_address_however_often(self) -> None:
        message = sent()
        for number in range(4):
            at = NOW + timedelta(days=number)
            raw = bounce(message, status="4.4.1", action="delayed", at=at, report_id=f"<{number}@mx>")
            assert taken(raw, now=at) == Outcome.IGNORED
        message.refresh_from_db()
        assert (message.mail_state, message.recipient.is_reachable) == ("mailed", True)
        assert (MailReport.objects.count(), counted()) == (0, {"ignored": 4})

    @pytest.mark.parametrize("at", [NOW - timedelta(days=900), NOW + timedelta(days=2)])
    def test_a_day_that_cannot_be_is_that_of_its_coming(self, at: datetime) -> None:
        taken(bounce(sent(), status="4.2.2", at=at))
        assert MailReport.objects.get().reported_on == DAY


class TestWhatItSaid:
    @pytest.mark.parametrize(
        ("status", "waits"), [("4.4.7", True), ("5.1.1", False)], ids=["said with the next", "said once it is mended"]
    )
    def test_what_came_back_waits_unless_its_address_is_stopped(self, status: str, waits: bool) -> None:
        message = sent()
        arrived = sent(recipient=message.recipient, day=DAY - timedelta(days=7))
        make_notice(recipient=message.recipient, message=arrived)
        said = make_notice(recipient=message.recipient, message=message)
        taken(bounce(message, status=status))
        assert [row.message for row in Notice.objects.order_by("pk")] == [arrived, None if waits else message]
        assert said in Notice.objects.waiting() or not waits
        taken(bounce(message, status="4.4.7", report_id="<again@mx.example>"))
        addresses.stop(message.recipient, MailStop.BOUNCED, by="test", on=DAY, why="It came back.")
        addresses.write_again(message.recipient, by="test")
        assert [row.message for row in Notice.objects.order_by("pk")] == [arrived, None]

    def test_a_report_of_a_mail_that_is_late_puts_nothing_back(self) -> None:
        message = sent()
        make_notice(recipient=message.recipient, message=message)
        taken(bounce(message, status="4.4.1", action="delayed"))
        assert Notice.objects.get().message == message


class TestComplaint:
    def test_no_mails_go_any_more_and_none_that_are_optional_later(self) -> None:
        message = sent()
        raw = mail_reports.complaint(mark=mark_of(f"digest-{message.pk}"))
        assert [taken(raw), taken(raw)] == [Outcome.TAKEN, Outcome.AGAIN]
        message.refresh_from_db()
        olive = message.recipient
        assert message.mail_state == "mailed"  # it did arrive
        assert (olive.mail_stopped_why, olive.is_reachable) == ("complained", False)
        assert [row.person for row in ChasingOptOut.objects.all()] == [olive]
        assert changes(olive) == [("mails stopped", "It was marked as unwanted.")]

    def test_no_spam_is_no_complaint(self) -> None:
        message = sent()
        raw = mail_reports.complaint(mark=mark_of(f"digest-{message.pk}"), feedback="not-spam")
        assert taken(raw) == Outcome.IGNORED
        assert not MailReport.objects.exists()


class TestOtherMails:
    def test_an_answer(self) -> None:
        reply = make_reply(mail_state="mailed", mail_moved_at=NOW)
        taken(mail_reports.failure(mark=mark_of(f"reply-{reply.pk}")))
        reply.refresh_from_db()
        assert (reply.mail_state, reply.recipient.is_reachable) == ("given_up", False)

    def test_an_invitation_says_so_where_it_is_listed(self) -> None:
        invitation = make_invitation(mail_state="mailed", mail_moved_at=NOW)
        name = f"invitation-{invitation.pk}-{invitation.nonce[:12]}"
        assert taken(mail_reports.failure(mark=mark_of(name))) == Outcome.TAKEN
        invitation.refresh_from_db()
        assert invitation.mail_state == "given_up"
        assert invitation.mail_failure.startswith("It came back: there is no such mailbox")

    def test_not_the_mail_of_an_older_link(self) -> None:
        invitation = make_invitation(mail_state="mailed", mail_moved_at=NOW)
        mark = mark_of(f"invitation-{invitation.pk}-0123456789ab")
        assert taken(mail_reports.failure(mark=mark)) == Outcome.UNKNOWN
        invitation.refresh_from_db()
        assert invitation.mail_state == "mailed"

    def test_of_an_enquiry_its_reader_alone(self) -> None:
        ada, enquiry = make_person(is_superuser=True), make_enquiry(mail_state="mailed", mail_moved_at=NOW)
        taken(mail_reports.failure(mark=mark_of(f"enquiry-{enquiry.reference.lower()}-{ada.pk}")))
        ada.refresh_from_db()
        enquiry.refresh_from_db()
        assert (ada.is_reachable, enquiry.mail_state) == (False, "mailed")


class TestForged:
    """Nothing changes, and it is counted."""

    @pytest.fixture
    def message(self) -> Message:
        return sent()

    def unchanged(self, message: Message) -> bool:
        message.refresh_from_db()
        return (message.mail_state, message.recipient.is_reachable) == ("mailed", True) and not (
            MailReport.objects.exists() or Change.objects.exists() or ChasingOptOut.objects.exists()
        )

    @pytest.mark.parametrize("way", [MAILBOX, HOOK])
    def test_a_mark_that_we_did_not_sign(self, message: Message, way: str) -> None:
        for raw in (
            mail_reports.failure(mark=f"digest-{message.pk}-{'a' * 16}"),
            mail_reports.complaint(mark=f"digest-{message.pk}-{'a' * 16}"),
            mail_reports.failure(mark=mark_of("digest-999999999").replace("999999999", str(message.pk))),
        ):
            assert taken(raw, way=way) == Outcome.FORGED
        assert self.unchanged(message)
        assert counted() == {"forged": 3}

    def test_a_message_id_that_anybody_can_guess_in_a_mail_that_anybody_can_send(self, message: Message) -> None:
        raw = mail_reports.failure(message_id=f"<digest-{message.pk}@tracker.example>")
        assert taken(raw) == Outcome.UNKNOWN
        assert self.unchanged(message)

    def test_a_message_id_of_another_house(self, message: Message) -> None:
        raw = mail_reports.failure(message_id=f"<digest-{message.pk}@elsewhere.example>")
        assert taken(raw, way=HOOK) == Outcome.UNKNOWN
        assert self.unchanged(message)

    @pytest.mark.parametrize(
        "name", ["digest-999999", "digest-0", "digest-99999999999999999999", "reply-1", "enquiry-ab", "digest-1-2"]
    )
    def test_a_mail_that_there_is_not(self, message: Message, name: str) -> None:
        assert taken(mail_reports.failure(mark=mark_of(name))) == Outcome.UNKNOWN
        assert self.unchanged(message)

    def test_marks_of_two_mails(self, message: Message) -> None:
        other = mark_of(f"digest-{make_message().pk}")
        raw = mail_reports.failure(mark=mark_of(f"digest-{message.pk}"), to=f"bounces+{other}@tracker.example")
        assert taken(raw) == Outcome.UNKNOWN
        assert self.unchanged(message)

    def test_what_cannot_be_read(self, message: Message) -> None:
        assert taken(mail_reports.out_of_office()) == Outcome.UNREADABLE
        assert (self.unchanged(message), counted()) == (True, {"unreadable": 1})


def test_words_that_no_database_holds_are_left_out() -> None:
    message = sent()
    raw = bounce(message, diagnostic="smtp; 550 no\x00 such\x07 box").replace(b"such", b"such \xff\xfe")
    assert taken(raw) == Outcome.TAKEN
    said = MailReport.objects.get().diagnostic
    assert said.startswith("smtp; 550 no")
    assert "\0" not in said


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_report_at_once_take_it_once() -> None:
    message = sent()
    raw = bounce(message)
    assert at_once(*[lambda: taken(raw)] * 3) == [DONE] * 3
    assert (MailReport.objects.count(), len(changes(message)), len(changes(message.recipient))) == (1, 1, 1)
    assert counted() == {"taken": 1, "again": 2}
