"""The same answer by a signed link from several windows at once: one report, one owner."""

from datetime import date
from threading import Thread

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from actionplans.models import ActionOwner, ProgressUpdate
from actionplans.services import link_answers, reports
from actionplans.services.link_answers import Seen
from actionplans.services.reports import Answer
from actionplans.states import ActionState
from signatories.models import SignedLink
from signatories.outbox import links
from tests import factories as make
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.concordat.workspace.conftest import NOON, make_place

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 11, 2)
NOTHING = Seen(None, 0)


def test_four_clicks_at_once_are_one_report() -> None:
    action, person = make.make_action(), make.make_person()
    answer = Answer(status=ActionState.IN_PROGRESS, public_text="Two nurses were hired.")

    def click() -> None:
        link_answers.hand_in(action, answer, seen=NOTHING, by=person, on=ON, now=make.noon(ON))

    assert at_once(*[click] * 4) == [DONE] * 4
    assert ProgressUpdate.objects.get().state == "submitted"


def test_of_two_different_answers_at_once_one_is_shown_the_other() -> None:
    action, people = make.make_action(), [make.make_person(), make.make_person()]

    def says(number: int) -> None:
        answer = Answer(status=ActionState.IN_PROGRESS, public_text=f"Window {number}")
        link_answers.hand_in(action, answer, seen=NOTHING, by=people[number], on=ON, now=make.noon(ON))

    found = at_once(lambda: says(0), lambda: says(1))
    assert sorted(found) == sorted([DONE, f"FasterError: {reports.FASTER}"])
    assert ProgressUpdate.objects.count() == 1


def test_it_is_handed_over_once() -> None:
    action, police = make.make_action(), make.make_organisation()
    make.make_lead(action=action, organisation=police)
    before, after = (make.make_membership("owner", organisation=police).person for _ in range(2))
    make.make_owner(action=action, person=before)
    at_once(*[lambda: link_answers.hand_over(action, to=after, by=before, on=ON)] * 3)
    assert [owner.person for owner in ActionOwner.objects.filter(until_on=None)] == [after]


def test_it_is_switched_off_once() -> None:
    link, person = make.make_link(), make.make_person()
    done: list[bool] = []
    at_once(*[lambda: done.append(links.revoke(link, by=person, now=link.made_at))] * 3)
    assert sorted(done) == [False, False, True]
    assert SignedLink.objects.get().revoked_at == link.made_at


def test_an_answer_that_is_sent_while_the_link_is_switched_off_does_not_count() -> None:
    """It waits for the step that takes the link back, and finds that it was."""
    place = make_place()
    link = make.make_link(message=make.make_message(recipient=place.people["owner"], day=ON), actions=[place.action])
    address, found = f"/u/{links.token_of(link)}/{place.action.pk}/on-track", []

    def send() -> None:
        try:
            typed = {"status": "in_progress", "public_text": "Two nurses were hired.", "accepted": "0"}
            found.append(Client().post(address, typed).status_code)
        finally:
            connection.close()

    with time_machine.travel(NOON, tick=True):
        assert Client().get(address).status_code == 200
        sending = Thread(target=send)
        with transaction.atomic():
            links.revoke(link, by=place.people["owner"], now=make.noon(ON))
            sending.start()
            sending.join(0.5)
        sending.join()
    assert (found, ProgressUpdate.objects.count()) == ([410], 0)
