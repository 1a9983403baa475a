"""Sending digests through a real mail server: at most once, nothing lost, whatever happens on the way."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from actionplans.chasing import digest, sending
from actionplans.chasing.planning import plan
from actionplans.chasing.sending import MOST_TRIES, at_nine, give_up_stuck, mail, may_send
from concordat.kernel.models import Change
from concordat.tasks import mail_message, mail_messages, plan_chasing
from signatories.models import MailReport, Message, Notice
from signatories.services import addresses, mailing
from signatories.services.mailing import STUCK_AFTER
from tests.actionplans.chasing.calendar import Place, make_place
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import make_action, make_in_version, make_owner, make_person, make_version
from tests.mail_server import PostOffice, mail_server

DAY = date(2026, 6, 1)  # a Monday
NOW = at_nine(DAY)


@pytest.fixture
def _by_smtp(settings: Any) -> None:
    settings.EMAIL_BACKEND = "concordat.mail.Smtp"
    settings.SITE_URL = "https://tracker.example"


@pytest.fixture
def office(_by_smtp: None) -> Iterator[PostOffice]:
    with mail_server() as server:
        yield server


def overdue_place() -> Place:
    """Olive answers for an action whose day has passed; its quarter's window is not open yet."""
    place = make_place()
    place.action(text="Open a crisis café", reference="A1.1", due_on=date(2026, 5, 20))
    return place


def planned() -> Message:
    """The one digest of the day."""
    overdue_place()
    plan(DAY, by="test")
    return Message.objects.get()


def mailed(message: Message, now: datetime = NOW) -> Message:
    mail(message.pk, by="test", now=now)
    message.refresh_from_db()
    return message


def next_time(message: Message) -> datetime:
    """When it may be tried next: from 9am to 6pm of a sending day."""
    now = message.mail_next_at
    assert now is not None
    while not may_send(now):
        now += timedelta(hours=1)
    return now


def tried(message: Message, times: int) -> Message:
    mailed(message)
    for _ in range(times - 1):
        assert message.mail_state == "failed"
        mailed(message, next_time(message))
    return message


def outcomes(message: Message) -> list[str]:
    return [change.verb for change in Change.objects.about(message)]


@pytest.mark.django_db
class TestMail:
    def test_goes_once_with_text_and_html_and_what_it_carried_is_known(self, office: PostOffice) -> None:
        message = mailed(mailed(planned()))
        (letter,) = office.letters
        assert letter.to == ["olive@example.org"]
        assert letter.message["Subject"] == "Actions past their due date"
        assert letter.message["Message-ID"] == f"<digest-{message.pk}@tracker.example>"
        text, html = [part.get_content() for part in letter.message.iter_parts()]
        assert "* A1.1 Open a crisis café" in text
        assert "Open a crisis café</a>" in html
        assert [row.rule for row in message.notices.all()] == ["due_passed"]
        assert "Open a crisis café" in message.text
        assert (message.mail_state, outcomes(message)) == ("mailed", ["mailed"])

    def test_what_was_answered_meanwhile_is_dropped_and_nothing_goes(self, office: PostOffice) -> None:
        place = overdue_place()
        plan(DAY, by="test")
        place.report(place.actions[0], DAY, status="business_as_usual")
        message = mailed(Message.objects.get())
        assert (message.mail_state, office.letters) == ("dropped", [])
        row = Notice.objects.get()
        assert (row.state, row.dropped_why) == ("dropped", sending.LAPSED)

    @pytest.mark.parametrize("refusal", ["451 4.3.0 try again later", "421 4.3.2 closing"])
    def test_an_answer_of_4xx_is_tried_again_later(self, office: PostOffice, refusal: str) -> None:
        office.refusal = refusal
        message = mailed(planned())
        assert (message.mail_state, message.mail_next_at) == ("failed", NOW + timedelta(minutes=5))
        office.refusal = ""
        assert mailed(message, NOW + timedelta(minutes=4)).mail_state == "failed"
        assert mailed(message, NOW + timedelta(minutes=5)).mail_state == "mailed"
        assert (len(office.letters), outcomes(message)) == (1, ["failed", "mailed"])

    @pytest.mark.parametrize("how", ["address", "mail"])
    def test_what_is_refused_for_good_is_not_tried_again(self, office: PostOffice, how: str) -> None:
        if how == "address":
            office.closed = {"olive@example.org"}
        else:
            office.refusal = "552 5.3.4 too large"
        message = mailed(planned())
        assert message.mail_state == "given_up"
        assert message.mail_failure.startswith("The mail server refused it")
        assert mailed(message, NOW + timedelta(days=1)).mail_state == "given_up"
        assert office.letters == []

    def test_an_address_that_the_server_refuses_is_stopped_like_one_whose_mails_come_back(
        self, office: PostOffice
    ) -> None:
        office.closed = {"olive@example.org"}
        message = mailed(planned())
        reader = message.recipient
        reader.refresh_from_db()
        assert (reader.mail_stopped_on, reader.mail_stopped_why) == (NOW.date(), "bounced")
        report = MailReport.objects.get()
        assert (report.kind, report.status, report.subject_id, report.person) == ("hard", "5.1.1", message.pk, reader)
        office.closed = set()
        addresses.write_again(reader, by="test")
        assert Notice.objects.get().message is None

    def test_a_mail_that_is_refused_says_nothing_of_the_address(self, office: PostOffice) -> None:
        office.refusal = "552 5.3.4 too large"
        message = mailed(planned())
        assert message.recipient.mail_stopped_on is None
        assert not MailReport.objects.exists()

    @pytest.mark.parametrize("refusal", ["554 5.7.1 Relay access denied", "550 not today", "554 5.5.1 What?"])
    def test_what_the_server_says_of_us_or_does_not_explain_is_tried_again(
        self, office: PostOffice, refusal: str
    ) -> None:
        """Else one wrong setting of a relay would silence everybody who was to be written to that day."""
        office.refusal = refusal
        message = mailed(planned())
        assert message.mail_state == "failed"
        office.refusal = ""
        assert mailed(message, message.mail_next_at).mail_state == "mailed"

    def test_what_is_refused_each_time_is_given_up_after_days(self, office: PostOffice) -> None:
        office.refusal = "451 4.3.0 later"
        message = tried(planned(), MOST_TRIES)
        assert (message.mail_state, message.mail_tries) == ("given_up", MOST_TRIES)
        assert Notice.objects.get().state == "given_up"

    @pytest.mark.usefixtures("_by_smtp")
    def test_an_outage_however_long_gives_nothing_up(self) -> None:
        message = tried(planned(), 3 * MOST_TRIES)
        assert (message.mail_state, message.mail_tries) == ("failed", MOST_TRIES // 2)
        moved_at = message.mail_moved_at
        assert moved_at is not None
        assert moved_at - NOW > timedelta(days=5)
        assert message.mail_next_at is not None
        assert message.mail_next_at - moved_at < timedelta(hours=3)
        with mail_server() as office:
            assert mailed(message, next_time(message)).mail_state == "mailed"
            assert len(office.letters) == 1

    def test_what_a_server_may_have_taken_is_never_sent_again_by_itself(self, office: PostOffice) -> None:
        office.silent = True
        message = mailed(planned())
        assert mailed(message, NOW + timedelta(days=2)).mail_state == "uncertain"
        assert len(office.letters) == 1

    def test_a_person_may_send_it_again_under_the_same_message_id(self, office: PostOffice) -> None:
        office.silent = True
        message = mailed(planned())
        office.silent = False
        assert mailing.send_again(Message, message.pk, by="test", now=NOW, why="She has nothing")
        assert not mailing.send_again(Message, message.pk, by="test", now=NOW, why="Twice")
        assert mailed(message, NOW + timedelta(hours=1)).mail_state == "mailed"
        assert len({letter.message["Message-ID"] for letter in office.letters}) == 1
        assert outcomes(message) == ["uncertain", "sent again", "mailed"]

    def test_what_is_sent_again_says_nothing_new(self, office: PostOffice) -> None:
        """A mailbox that puts two mails of one Message-ID together does not show the second."""
        place = overdue_place()
        plan(DAY, by="test")
        office.silent = True
        message = mailed(Message.objects.get())
        office.silent = False
        place.action(text="Train the night staff", reference="A1.2", due_on=date(2026, 5, 20))
        plan(DAY + timedelta(days=1), by="test")
        mailing.send_again(Message, message.pk, by="test", now=NOW, why="She has nothing")
        assert mailed(message, NOW + timedelta(days=1)).mail_state == "mailed"
        first, second = [letter.message.get_body(("plain",)).get_content() for letter in office.letters]
        assert "Open a crisis café" in first
        assert "Open a crisis café" in second
        assert "Train the night staff" not in second
        overdue = Notice.objects.filter(rule="due_passed").order_by("pk")
        assert [row.message for row in overdue] == [message, None]

    @pytest.mark.parametrize("moment", ["claimed", "filled", "sent"])
    def test_killed_before_it_is_handed_over_it_goes_later_and_from_then_on_it_is_uncertain(
        self, office: PostOffice, monkeypatch: pytest.MonkeyPatch, moment: str
    ) -> None:
        """What is killed raises nothing that anybody catches."""
        handed_over = moment == "sent"
        message = planned()
        place = {"claimed": (sending, "fill"), "filled": (sending, "compose"), "sent": (mailing, "_end")}[moment]

        def killed(*args: Any, **options: Any) -> None:
            raise SystemExit

        with monkeypatch.context() as patch:
            patch.setattr(*place, killed)
            with pytest.raises(SystemExit):
                mail(message.pk, by="test", now=NOW)
        later = NOW + STUCK_AFTER
        assert mailed(message, later).mail_state == ("mailing" if handed_over else "claimed")
        give_up_stuck(by="test", now=later)
        assert mailed(message, later).mail_state == ("uncertain" if handed_over else "failed")
        assert mailed(message, later + timedelta(hours=1)).mail_state == ("uncertain" if handed_over else "mailed")
        assert len(office.letters) == 1
        plan(DAY + timedelta(days=1), by="test")
        assert Message.objects.count() == 1

    def test_a_fault_of_one_digest_stops_no_other(self, office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> None:
        overdue_place()
        first = planned_for_two()
        compose = digest.compose

        def faulty(message: Message, *rest: Any, **options: Any) -> Any:
            return 1 / 0 if message.pk == first else compose(message, *rest, **options)

        monkeypatch.setattr(sending, "compose", faulty)
        for pk in Message.objects.values_list("pk", flat=True):
            mail(pk, by="test", now=NOW)
        assert sorted(Message.objects.values_list("mail_state", flat=True)) == ["failed", "mailed"]
        assert len(office.letters) == 1


def planned_for_two() -> int:
    """Nora answers for another overdue action; the first digest of the day."""
    version = make_version(published_on=date(2025, 1, 6))
    action = make_action(plan=version.plan, due_on=date(2026, 5, 21))
    make_in_version(version=version, action=action)
    make_owner(action=action, person=make_person(name="Nora"))
    plan(DAY, by="test")
    return int(Message.objects.order_by("pk").values_list("pk", flat=True)[0])


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2026-06-01T07:59:00+00:00", False),
        ("2026-06-01T08:00:00+00:00", True),  # 09:00 in summer
        ("2026-12-01T08:30:00+00:00", False),
        ("2026-12-01T09:00:00+00:00", True),
        ("2026-06-01T17:00:00+00:00", False),
        ("2026-06-06T09:00:00+00:00", False),  # a Saturday
        ("2026-12-22T09:00:00+00:00", False),
    ],
)
def test_only_on_sending_days_from_nine_to_six_in_london(moment: str, may: bool) -> None:
    assert may_send(datetime.fromisoformat(moment)) is may


@pytest.mark.django_db(transaction=True)
def test_four_workers_at_once_send_once(office: PostOffice) -> None:
    message = planned()
    assert at_once(*[lambda: mail(message.pk, by="test", now=NOW)] * 4) == [DONE] * 4
    message.refresh_from_db()
    assert (len(office.letters), message.mail_state, message.mail_tries) == (1, "mailed", 1)


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_plan_once() -> None:
    overdue_place()
    assert at_once(*[lambda: plan(DAY, by="test")] * 2) == [DONE] * 2
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.django_db
class TestTasks:
    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        asked: list[int] = []
        monkeypatch.setattr(mail_message, "delay", asked.append)
        return asked

    def test_the_beat_plans_and_hands_to_the_workers_and_the_sweep_does_so_again(
        self, asked: list[int], at_nine_in_london: None
    ) -> None:
        overdue_place()
        plan_chasing()
        plan_chasing()
        mail_messages()
        message = Message.objects.get()
        assert asked == [message.pk] * 3
        mail_message(message.pk)
        message.refresh_from_db()
        assert message.mail_state == "mailed"
        mail_messages()
        assert len(asked) == 3

    @pytest.fixture
    def at_nine_in_london(self) -> Iterator[None]:
        with time_machine.travel(NOW, tick=False):
            assert timezone.now() == NOW
            yield
