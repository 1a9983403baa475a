"""Rounds and the contact log with two people at the same moment, in threads with connections of their own."""

from functools import partial
from uuid import uuid4

import pytest

from signatories.models import ContactEntry, ReviewRound, ReviewRoundArea
from signatories.services.contacts import Contact, log_contact
from signatories.services.rounds import FASTER, close_round, confirm_no_change, move_due_day
from tests import factories as make
from tests.actionplans.test_updates_concurrent import DONE, ROUNDS, at_once
from tests.factories import DAY, noon

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_coordinators_answer_for_the_same_area() -> None:
    for _ in range(ROUNDS):
        partnership, area = make.make_partnership(), make.make_area()
        make.cover(partnership, area)
        row = make.make_round(areas=[area])
        people = [make.make_membership(partnership=partnership).person for _ in range(2)]
        outcomes = at_once(
            *(
                partial(confirm_no_change, row, partnership, areas=[area.pk], note=person.name, by=person, on=DAY)
                for person in people
            )
        )
        assert sorted(outcome == DONE for outcome in outcomes) == [False, True]
        winner = people[outcomes.index(DONE)]
        answered = ReviewRoundArea.objects.get(round=row)
        assert (answered.confirmed_by, answered.note) == (winner, winner.name)


def test_one_closes_the_round_and_one_moves_its_day() -> None:
    for _ in range(ROUNDS):
        row, by = make.make_round(), make.make_person(is_superuser=True)
        later = row.due_on.replace(year=2016)
        outcomes = at_once(
            partial(close_round, ReviewRound.objects.get(pk=row.pk), seen=1, by=by, on=DAY),
            partial(move_due_day, ReviewRound.objects.get(pk=row.pk), seen=1, due_on=later, reason="x", by=by, on=DAY),
        )
        assert outcomes.count(DONE) == 1
        row.refresh_from_db()
        assert (row.closed_on == DAY, row.due_on == later) == (outcomes[0] == DONE, outcomes[1] == DONE)
        if outcomes[1] == DONE:
            assert outcomes[0] == f"FasterError: {FASTER}"


def test_two_correct_the_same_entry() -> None:
    for _ in range(ROUNDS):
        entry, by = make.make_contact(), make.make_person(is_superuser=True)
        contact = Contact(spoken_on=DAY, whom="Chair", how="phone", said="Corrected", corrects=entry)
        outcomes = at_once(
            *(
                partial(log_contact, entry.partnership, contact, by=by, on=DAY, now=noon(DAY), ticket=uuid4())
                for _ in range(2)
            )
        )
        assert outcomes.count(DONE) == 1
        assert ContactEntry.objects.filter(corrects=entry).count() == 1
