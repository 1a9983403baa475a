"""What goes next, asked without writing: the same as the run that follows, and the very mail that is sent."""

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from actionplans.chasing.behind import Behind
from actionplans.chasing.by_hand import BEING_SENT, NO_TIME, NOTHING, TODAY, UNSETTLED, send_now
from actionplans.chasing.digest import behind
from actionplans.chasing.outlook import Outlook, as_if_opened, outlook
from actionplans.chasing.planning import plan
from actionplans.chasing.policy import Limits, Rule
from actionplans.chasing.preview import View, letter_now, next_letter, without_keys
from actionplans.chasing.reasons import REASONS, name_of, reason
from actionplans.chasing.sending import at_nine, mail
from concordat.kernel.models import Change
from signatories.models import ChasingHold, Message, Notice, Person, UpdateWindow
from signatories.outbox.holding import hold, pause, release, snooze, want_fewer
from signatories.services import mailing
from signatories.services.errors import NotAllowedError
from tests import services
from tests.actionplans.chasing.calendar import Place, make_place, run
from tests.actionplans.chasing.test_sending import _by_smtp, office  # noqa: F401 - fixtures
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import (
    make_meeting,
    make_membership,
    make_message,
    make_notice,
    make_partnership,
    make_person,
    make_plan,
    make_version,
)
from tests.mail_server import PostOffice

DAY = date(2026, 6, 2)  # Tuesday: 20 working days before the end of the quarter
Line = tuple[str, str, date]


def whole(person: Person) -> View:
    """All of it, as its reader gets it."""
    return View(lambda row: True, person.name)


def quiet_place() -> Place:
    """A partnership whose papers are due late in the year, so that no window opens by itself."""
    place = make_place()
    make_meeting(partnership=place.partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
    return place


def told(found: Outlook) -> list[Line]:
    """Who is told what, and on which day."""
    names = dict(Person.objects.values_list("pk", "name"))
    return sorted((names[each.notice.recipient_id], each.notice.rule, each.goes_on) for each in found.remarks)


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_has_a_name_and_a_reason_with_its_day(rule: Rule) -> None:
    assert name_of(rule)
    assert "30 June 2026" in reason(rule, date(2026, 6, 30), Limits())
    assert "{" not in reason(rule, date(2026, 6, 30), Limits())
    assert set(REASONS) == set(Rule)


@pytest.mark.django_db
class TestOutlook:
    def test_it_finds_what_the_run_then_plans_and_sends_and_writes_nothing(self) -> None:
        """Windows that would open, an overdue action, an escalation to come, somebody who stands in."""
        place = make_place(published_on=date(2025, 6, 2))
        place.action(due_on=date(2026, 6, 1))
        place.action(due_on=date(2026, 1, 1), must_do=True)
        stand_in = place.colleague("Dee")
        pause(place.olive, from_on=DAY, until_on=date(2026, 6, 9), deputy=stand_in, by=place.olive)
        before = rows()
        found = [outlook(DAY), outlook(DAY, partnership=place.partnership.pk)]
        assert rows() == before
        assert told(found[0]) == told(found[1])
        assert told(found[0]) == [
            ("Chair", "must_do_overdue", date(2026, 6, 4)),
            ("Dee", "due_passed", DAY),
            ("Dee", "due_passed", DAY),
            ("Dee", "update_opens", DAY),
        ]
        plan(DAY, by="test")
        kept = Notice.objects.values_list("recipient__name", "rule", "send_on").order_by("recipient__name", "rule")
        assert list(kept) == told(found[0])
        assert told(outlook(DAY)) == told(outlook(DAY, partnership=place.partnership.pk)) == told(found[0])

    def test_a_moved_deadline_is_followed_without_a_trace(self) -> None:
        place = make_place()
        meeting = make_meeting(partnership=place.partnership, held_on=date(2026, 7, 7), papers_due_on=date(2026, 6, 30))
        place.action()
        run(DAY)
        meeting.papers_due_on = date(2026, 7, 2)
        meeting.save()
        found = outlook(date(2026, 6, 9), partnership=place.partnership.pk)
        assert [each.notice.due_on for each in found.remarks] == [date(2026, 7, 2)]
        assert UpdateWindow.objects.get().due_on == date(2026, 6, 30)

    def test_what_was_answered_since_the_run_is_left_out(self) -> None:
        place = quiet_place()
        place.action(due_on=date(2026, 6, 1))
        plan(DAY, by="test")
        place.report(place.actions[0], DAY, status="business_as_usual")
        assert outlook(DAY, partnership=place.partnership.pk).notices == []
        assert outlook(DAY, people=[place.olive.pk]).notices == []

    def test_what_is_held_and_not_said_is_told_with_why_and_what_holds_it(self) -> None:
        place = quiet_place()
        first, second, later, soon = (place.action(due_on=date(2026, 6, day)) for day in (1, 1, 1, 19))
        plan(DAY, by="test")
        by_action = hold(first, reason="They told me why.", from_on=DAY, by=place.cora)
        by_notice = hold(Notice.objects.get(subject_id=second.pk), reason="I phoned.", from_on=DAY, by=place.cora)
        snooze(place.olive, later, from_on=DAY, until_on=date(2026, 6, 9), by=place.olive)
        want_fewer(place.olive, by=place.olive, on=DAY)
        found = outlook(DAY, partnership=place.partnership.pk)
        assert [(each.notice.subject_id, each.hold, each.why) for each in found.held] == [
            (first.pk, by_action, "They told me why."),
            (second.pk, by_notice, "I phoned."),
        ]
        assert {(each.notice.subject_id, each.why) for each in found.suppressed} == {
            (later.pk, "Put off until 9 June 2026."),
            (soon.pk, "Asked for fewer mails."),
        }
        assert found.remarks == []

    def test_whoever_is_away_or_gone_is_told_of_as_such(self) -> None:
        place = quiet_place()
        place.action(due_on=date(2026, 6, 1))
        plan(DAY, by="test")
        Person.objects.filter(pk=place.olive.pk).update(email=None)
        plan(DAY, by="test")
        found = outlook(DAY, partnership=place.partnership.pk)
        assert [each.notice.recipient_id for each in found.remarks] == [place.cora.pk]
        Person.objects.filter(pk=place.olive.pk).update(email="olive@example.org")
        pause(place.olive, from_on=DAY, until_on=date(2026, 6, 9), by=place.olive)
        found = outlook(DAY, people=[place.olive.pk])
        assert ([each.why for each in found.suppressed], found.remarks) == (["Paused until 9 June 2026."], [])

    @pytest.mark.parametrize("day", [date(2026, 6, 3), date(2026, 6, 4)])
    def test_what_waits_with_who_stood_in_goes_back(self, day: date) -> None:
        """On the 3rd the deputy has left and Olive is away; on the 4th she is back. The run finds the same."""
        place = quiet_place()
        place.action(due_on=date(2026, 6, 1))
        dee = place.colleague("Dee")
        pause(place.olive, from_on=DAY, until_on=date(2026, 6, 4), deputy=dee, by=place.olive)
        plan(DAY, by="test")
        assert [row.recipient for row in Notice.objects.all()] == [dee]
        Person.objects.filter(pk=dee.pk).update(is_active=False)
        for found in (
            outlook(day, partnership=place.partnership.pk),
            outlook(day),
            outlook(day, people=[place.olive.pk]),
        ):
            if day < date(2026, 6, 4):
                assert ([each.why for each in found.suppressed], found.remarks) == (["Paused until 4 June 2026."], [])
            else:
                assert told(found) == [("Olive", "due_passed", day)]
        run(day)
        assert [row.recipient for row in Notice.objects.all()] == [place.olive]

    def test_a_digest_of_another_partnership_today_makes_this_one_wait(self) -> None:
        """An escalation that may go in two days waits a week behind what the chair gets today from elsewhere."""
        place = quiet_place()
        place.action(due_on=date(2026, 1, 1), must_do=True)
        make_notice(recipient=place.chair, partnership=make_partnership(), planned_on=DAY)
        found = outlook(DAY, partnership=place.partnership.pk)
        assert [each for each in told(found) if each[0] == "Chair"] == [("Chair", "must_do_overdue", date(2026, 6, 9))]

    def test_a_digest_that_failed_is_still_to_go(self) -> None:
        place = quiet_place()
        place.action(due_on=date(2026, 6, 1))
        plan(DAY, by="test")
        message = Message.objects.get()
        Notice.objects.update(message=message)
        Message.objects.update(mail_state="failed", mail_failure="x", mail_next_at=at_nine(DAY))
        assert told(outlook(DAY, partnership=place.partnership.pk)) == [("Olive", "due_passed", DAY)]
        Message.objects.update(mail_state="uncertain", mail_next_at=None, mail_moved_at=at_nine(DAY))
        assert told(outlook(DAY, partnership=place.partnership.pk)) == []

    @pytest.mark.parametrize("count", [2, 100])
    def test_one_partnership_is_asked_about_with_the_same_queries(
        self, count: int, django_assert_num_queries: Any
    ) -> None:
        place = make_place()
        for number in range(count):
            place.action(due_on=date(2026, 6, 1), owner=make_person(name=f"Owner {number}"))
        services.know_the_tables()
        with django_assert_num_queries(37):
            found = outlook(DAY, partnership=place.partnership.pk)
        assert len(found.remarks) == 2 * count

    def test_what_is_behind_a_window_is_what_the_digest_says(self) -> None:
        place = make_place(published_on=date(2025, 6, 2))
        for _ in range(3):
            place.action()
        for day in (DAY, date(2026, 6, 23), date(2026, 6, 25)):
            with as_if_opened(day):
                found = outlook(day, partnership=place.partnership.pk)
                things = Behind(found.notices, place.partnership, day)
                for row in found.notices:
                    ids = behind(Rule(row.rule), place.partnership.pk, [row.person_id], day)
                    assert [each.pk for each in things.actions_of(row)] == ids
                    assert len(ids) == 3


def overdue_twice() -> tuple[Place, Place]:
    """Olive answers for an overdue action in each of two partnerships."""
    first, second = quiet_place_of("Olive"), quiet_place_of("Other")
    first.action(text="Open a crisis café", reference="A1.1", due_on=date(2026, 6, 1))
    second.action(text="Street triage", due_on=date(2026, 6, 1), owner=first.olive)
    return first, second


def quiet_place_of(name: str) -> Place:
    partnership = make_partnership(name=f"{name}shire")
    make_meeting(partnership=partnership, held_on=date(2026, 12, 21), papers_due_on=date(2026, 12, 14))
    version = make_version(plan=make_plan(partnership=partnership), published_on=date(2025, 1, 6))
    people = {role: make_person(name=f"{name} {role}") for role in ("lead", "chair", "coordinator")}
    make_membership("coordinator", partnership=partnership, person=people["coordinator"])
    olive = make_person(name=name, email=f"{name.lower()}@example.org")
    return Place(partnership, version, olive, people["coordinator"], people["lead"], people["chair"], None)


def parts(letter: Any) -> tuple[str, bytes, bytes]:
    """The subject, the text and the page as the mail server took them, without the keys of the links."""
    text, html = [part.get_content().replace("\r\n", "\n") for part in letter.message.iter_parts()]
    return letter.message["Subject"], without_keys(text).encode(), without_keys(html).encode()


@pytest.mark.django_db
@pytest.mark.usefixtures("_by_smtp")
class TestPreview:
    def test_what_is_shown_is_what_is_then_sent_byte_for_byte(self, office: PostOffice) -> None:  # noqa: F811
        first, _ = overdue_twice()
        first.action(text="Due soon", due_on=date(2026, 6, 19))  # optional: it brings a link of the reader's own
        shown = next_letter(first.olive, DAY, whole(first.olive))
        now = letter_now(first.olive, DAY, whole(first.olive))
        run(DAY)
        (letter,) = [each for each in office.letters if each.to == ["olive@example.org"]]
        assert shown is not None
        assert parts(letter) == (shown.subject, shown.text.encode(), shown.html.encode())
        assert now is not None
        assert (now.subject, now.text, now.html) == (shown.subject, shown.text, shown.html)
        assert "/fewer-mails/…" in shown.text
        assert not re.search(r"fewer-mails/[A-Za-z0-9]", shown.text + shown.html)

    def test_a_day_to_come_is_shown_as_it_is_then_sent(self, office: PostOffice) -> None:  # noqa: F811
        place = make_place()
        place.action(due_on=date(2026, 6, 5))
        run(date(2026, 5, 29))
        office.letters.clear()
        shown = next_letter(place.olive, date(2026, 6, 3), whole(place.olive))
        for day in (1, 2, 3, 4, 5):
            run(date(2026, 6, day))
        (letter,) = [each for each in office.letters if each.to == ["olive@example.org"]]
        assert shown is not None
        assert shown.day == date(2026, 6, 5)
        assert "/u/…/" in shown.text
        assert parts(letter) == (shown.subject, shown.text.encode(), shown.html.encode())

    def test_a_coordinator_sees_the_part_of_their_own_partnership(self) -> None:
        first, second = overdue_twice()
        shown = next_letter(first.olive, DAY, View(lambda row: row.partnership_id == second.partnership.pk, "Olive"))
        assert shown is not None
        assert shown.left_out == 1
        assert "Street triage" in shown.text
        assert "crisis café" not in shown.subject + shown.text + shown.html
        assert next_letter(first.olive, DAY, View(lambda row: False, "Olive")) is None
        assert next_letter(first.cora, DAY, whole(first.cora)) is None


@pytest.fixture
def overdue() -> Place:
    place = quiet_place_of("Olive")
    place.action(text="Open a crisis café", due_on=date(2026, 6, 1))
    return place


def refused(person: Person, now: datetime) -> str:
    with pytest.raises(NotAllowedError) as refusal:
        send_now(person, by="test", now=now)
    return str(refusal.value)


@pytest.mark.django_db
@pytest.mark.usefixtures("_by_smtp")
class TestSendNow:
    @pytest.fixture(autouse=True)
    def _office(self, office: PostOffice) -> None:  # noqa: F811
        self.letters = office.letters

    def test_it_overrides_the_seven_days_and_is_recorded_with_who(self, overdue: Place) -> None:
        make_message(recipient=overdue.olive, day=date(2026, 6, 1), mail_state="mailed", mail_moved_at=at_nine(DAY))
        run(DAY)
        assert self.letters == []
        shown = letter_now(overdue.olive, DAY, whole(overdue.olive))
        message = send_now(overdue.olive, by=overdue.cora, now=at_nine(DAY))
        mail(message.pk, by="test", now=at_nine(DAY))
        (letter,) = self.letters
        assert shown is not None
        assert parts(letter) == (shown.subject, shown.text.encode(), shown.html.encode())
        created, mailed = Change.objects.about(message).order_by("pk")
        assert (created.by, created.why, mailed.verb) == (overdue.cora, "Sent now, by hand", "mailed")
        run(date(2026, 6, 8))
        assert len(self.letters) == 1

    def test_what_became_due_since_the_run_goes_too(self, overdue: Place) -> None:
        plan(DAY, by="test")
        overdue.action(text="Entered late", due_on=date(2026, 6, 1))
        message = send_now(overdue.olive, by=overdue.cora, now=at_nine(DAY))
        mail(message.pk, by="test", now=at_nine(DAY))
        assert b"Entered late" in parts(self.letters[0])[1]
        assert set(message.notices.values_list("send_on", flat=True)) == {DAY}

    @pytest.mark.parametrize("moment", ["2026-06-06T09:00+01:00", "2026-12-22T10:00+00:00", "2026-06-02T18:30+01:00"])
    def test_no_forbidden_day_or_hour_is_overridden(self, overdue: Place, moment: str) -> None:
        before = rows()
        assert refused(overdue.olive, datetime.fromisoformat(moment)) == NO_TIME
        assert rows() == before

    def test_no_second_digest_on_one_day(self, overdue: Place) -> None:
        run(DAY)
        overdue.action(text="Entered late", due_on=date(2026, 6, 1))
        assert refused(overdue.olive, at_nine(DAY)) == TODAY
        assert len(self.letters) == 1

    @pytest.mark.parametrize("state", ["uncertain", "given_up"])
    def test_one_of_today_that_nobody_knows_the_end_of_comes_first(self, overdue: Place, state: str) -> None:
        make_message(recipient=overdue.olive, day=DAY, mail_state=state, mail_moved_at=at_nine(DAY))
        assert refused(overdue.olive, at_nine(DAY)) == UNSETTLED

    def test_no_hold_and_no_escalation_before_its_day_is_overridden(self, overdue: Place) -> None:
        overdue.actions[0].must_do = True
        overdue.actions[0].due_on = date(2026, 1, 1)
        overdue.actions[0].save()
        make_membership("chair", partnership=overdue.partnership, person=overdue.chair)
        assert refused(overdue.chair, at_nine(DAY)) == NOTHING
        assert letter_now(overdue.chair, DAY, whole(overdue.chair)) is None
        hold(overdue.partnership, reason="A merger.", from_on=DAY, by=overdue.cora)
        assert refused(overdue.olive, at_nine(DAY)) == NOTHING
        assert self.letters == []

    def test_one_that_was_refused_for_now_is_tried_at_once(self, overdue: Place) -> None:
        plan(DAY, by="test")
        later = at_nine(DAY) + timedelta(hours=4)
        Message.objects.update(mail_state="failed", mail_failure="x", mail_next_at=later)
        message = send_now(overdue.olive, by=overdue.cora, now=at_nine(DAY))
        mail(message.pk, by="test", now=at_nine(DAY))
        assert len(self.letters) == 1
        assert [change.verb for change in Change.objects.about(message)] == ["sent now", "mailed"]

    def test_one_that_had_nothing_to_say_today_is_filled_anew(self, overdue: Place) -> None:
        make_message(recipient=overdue.olive, day=DAY, mail_state="dropped")
        message = send_now(overdue.olive, by=overdue.cora, now=at_nine(DAY))
        mail(message.pk, by="test", now=at_nine(DAY))
        assert len(self.letters) == 1

    def test_one_that_is_being_sent_is_left_alone(self, overdue: Place) -> None:
        make_message(recipient=overdue.olive, day=DAY, mail_state="mailing", mail_moved_at=at_nine(DAY))
        assert refused(overdue.olive, at_nine(DAY)) == BEING_SENT


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_by_smtp")
def test_two_coordinators_who_send_now_at_once_send_once(office: PostOffice, overdue: Place) -> None:  # noqa: F811
    other = make_membership("coordinator", partnership=overdue.partnership).person

    def press(by: Person) -> None:
        mail(send_now(overdue.olive, by=by, now=at_nine(DAY)).pk, by="test", now=at_nine(DAY))

    found = at_once(*[lambda: press(overdue.cora), lambda: press(other)] * 2)
    assert {each.removeprefix("NotAllowedError: ") for each in found} <= {DONE, TODAY, BEING_SENT}
    assert DONE in found
    assert (len(office.letters), Message.objects.count(), Notice.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
class TestHolds:
    def test_it_keeps_back_on_the_day_and_once_released_lets_go_at_once(self, overdue: Place, mailoutbox: Any) -> None:
        plan(DAY, by="test")
        row = hold(Notice.objects.get(), reason="I phoned.", from_on=DAY, by=overdue.cora)
        run(DAY)
        assert mailoutbox == []
        release(row, by=overdue.cora, on=DAY)
        row.refresh_from_db()
        assert (row.from_on, row.until_on) == (DAY, DAY)
        run(date(2026, 6, 3))
        assert [each.to for each in mailoutbox] == [["olive@example.org"]]
        assert [change.verb for change in Change.objects.about(row)] == ["created", "released"]

    def test_twice_is_refused_with_who_was_first(self, overdue: Place) -> None:
        row = hold(overdue.partnership, reason="A merger.", from_on=DAY, by=overdue.cora)
        with pytest.raises(NotAllowedError, match="Olive coordinator holds it already: A merger"):
            hold(overdue.partnership, reason="Again", from_on=DAY, by=overdue.cora)
        release(row, by=overdue.cora, on=DAY)
        with pytest.raises(NotAllowedError, match="released already"):
            release(row, by=overdue.cora, on=DAY)
        hold(overdue.partnership, reason="Again", from_on=DAY, by=overdue.cora)
        assert ChasingHold.objects.on(DAY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_hold_at_once_hold_it_once_and_two_who_release_release_it_once() -> None:
    place = quiet_place()
    found = at_once(*[lambda: hold(place.partnership, reason="A merger.", from_on=DAY, by=place.cora)] * 3)
    assert found.count(DONE) == ChasingHold.objects.count() == 1
    row = ChasingHold.objects.get()
    found = at_once(*[lambda: release(row, by=place.cora, on=DAY)] * 3)
    assert found.count(DONE) == 1
    assert Change.objects.about(row).filter(verb="released").count() == 1


@pytest.mark.django_db
def test_a_person_may_find_that_what_perhaps_went_has_arrived() -> None:
    message = make_message(mail_state="uncertain", mail_moved_at=at_nine(DAY))
    cora = make_person()
    assert mailing.settle(Message, message.pk, by=cora, why="She has it")
    assert not mailing.settle(Message, message.pk, by=cora, why="Twice")
    assert not mailing.send_again(Message, message.pk, by=cora, now=at_nine(DAY), why="Too late")
    message.refresh_from_db()
    (change,) = Change.objects.about(message)
    assert (message.mail_state, change.verb, change.by, change.why) == (
        "mailed",
        "found to have arrived",
        cora,
        "She has it",
    )
