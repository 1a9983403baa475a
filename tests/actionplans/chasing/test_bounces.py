"""Somebody whose mails come back: their actions need an owner, and the coordinator is chased instead."""

from datetime import date, timedelta

import pytest

from actionplans.chasing.planning import plan
from actionplans.models import Action
from actionplans.progress import Thresholds
from actionplans.work import work_on
from signatories.models import MailStop, Message, Notice, Person
from signatories.outbox.bounces.taking import MAILBOX, take
from signatories.outbox.holding import pause
from signatories.outbox.return_address import mark_of
from signatories.services import addresses
from signatories.services.errors import NotAllowedError
from tests import mail_reports
from tests.actionplans.chasing.calendar import Place, make_place, run, sent
from tests.factories import make_membership, make_owner, make_person, noon

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)  # a Monday; the quarter's window opens on the day after
LATE = date(2026, 5, 20)


def stop(person: Person, on: date = DAY) -> None:
    assert addresses.stop(person, MailStop.BOUNCED, by="test", on=on, why="It came back.")


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.standing().values_list("recipient__name", "rule"))


@pytest.fixture
def place() -> Place:
    return make_place()


def test_the_coordinator_is_told_of_what_nobody_answers_for_any_more(place: Place) -> None:
    place.action(due_on=LATE)
    run(DAY)
    assert sent() == [(DAY, "Olive", "due_passed")]
    message = Message.objects.get()
    raw = mail_reports.failure(mark=mark_of(f"digest-{message.pk}"))
    take(raw, way=MAILBOX, by="test", now=noon(DAY))
    run(DAY + timedelta(days=1))
    run(DAY + timedelta(days=8))
    assert sent() == [(date(2026, 6, 2), "Cora", "due_passed update_opens")]
    assert not Message.objects.filter(day__gt=DAY, recipient=place.olive).exists()


def test_an_action_for_which_somebody_else_answers_goes_to_them_alone(place: Place) -> None:
    nora = make_membership("owner", organisation=place.organisation, person=make_person(name="Nora")).person
    make_owner(action=place.action(due_on=LATE), person=nora)
    stop(place.olive)
    plan(DAY, by="test")
    assert told() == [("Nora", "due_passed")]


def test_what_waited_for_them_when_it_stopped_does_not_go_and_is_said_once_it_is_mended(place: Place) -> None:
    place.action(due_on=LATE)
    plan(DAY, by="test")
    stop(place.olive)
    run(DAY)
    assert sent() == [(DAY, "Cora", "due_passed")]
    assert Message.objects.get(recipient=place.olive).mail_state == "dropped"
    place.olive.refresh_from_db()
    addresses.write_again(place.olive, by="test")
    run(DAY + timedelta(days=1))
    assert (date(2026, 6, 2), "Olive", "due_passed update_opens") in sent()


def test_what_came_back_is_said_again_once_it_is_mended_if_it_still_holds(place: Place) -> None:
    place.action(due_on=LATE, text="Still late")
    answered = place.action(due_on=LATE, text="Answered since")
    run(DAY)
    raw = mail_reports.failure(mark=mark_of(f"digest-{Message.objects.get().pk}"))
    take(raw, way=MAILBOX, by="test", now=noon(DAY))
    place.report(answered, DAY, status="business_as_usual")
    olive = Person.objects.get(name="Olive")
    addresses.write_again(olive, by="test")
    run(DAY + timedelta(days=1))
    message = Message.objects.filter(recipient=olive).latest("day")
    assert message.mail_state == "mailed"
    assert "Still late" in message.text
    assert "Answered since" not in message.text
    run(DAY + timedelta(days=2))
    assert Message.objects.filter(recipient=olive, mail_state="mailed").count() == 1


def test_nobody_in_another_role_is_written_to_either(place: Place) -> None:
    place.action(owner=None, due_on=LATE)
    stop(place.cora)
    plan(DAY, by="test")
    assert told() == []


def test_a_deputy_to_whom_mails_come_back_stands_in_for_nobody(place: Place) -> None:
    nora = make_membership("owner", organisation=place.organisation, person=make_person(name="Nora")).person
    place.action(due_on=LATE)
    pause(place.olive, from_on=DAY, until_on=DAY + timedelta(days=9), deputy=nora, by="test")
    stop(nora)
    plan(DAY, by="test")
    assert told() == []
    nora.refresh_from_db()
    with pytest.raises(NotAllowedError, match="cannot be written to"):
        pause(place.cora, from_on=DAY, until_on=DAY + timedelta(days=9), deputy=nora, by="test")


def test_an_action_needs_an_owner_while_no_mail_reaches_any(place: Place) -> None:
    action = place.action(due_on=LATE)
    nora = make_membership("owner", organisation=place.organisation, person=make_person(name="Nora")).person
    make_owner(action=action, person=nora)

    def work() -> tuple[bool, tuple[str, ...], list[str]]:
        (found,) = work_on(Action.objects.filter(pk=action.pk), DAY, Thresholds())
        return found.needs_owner, found.owners, [each.name for each in found.unreached]

    assert work() == (False, ("Nora", "Olive"), [])
    stop(place.olive)
    assert work() == (False, ("Nora", "Olive"), ["Olive"])
    stop(nora)
    assert work() == (True, ("Nora", "Olive"), ["Nora", "Olive"])


def test_what_came_back_from_an_address_that_takes_mails_is_said_with_the_next_digest(place: Place) -> None:
    place.action(due_on=LATE)
    run(DAY)
    raw = mail_reports.failure(mark=mark_of(f"digest-{Message.objects.get().pk}"), status="4.4.7")
    take(raw, way=MAILBOX, by="test", now=noon(DAY))
    run(DAY + timedelta(days=7))
    assert (date(2026, 6, 8), "Olive", "due_passed update_opens") in sent()
    run(DAY + timedelta(days=14))
    assert Message.objects.filter(recipient=place.olive, mail_state="mailed").count() == 1
