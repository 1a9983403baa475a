"""Somebody is given an action while their role ends, in threads with connections of their own."""

from functools import partial

import pytest

from actionplans.models import Action, ActionOwner
from actionplans.services.handover import give, hand_over
from actionplans.services.owners import end_role, leave
from signatories.models import Membership, Person
from tests.actionplans.test_owners import NOW, TODAY
from tests.actionplans.test_updates_concurrent import DONE, at_once
from tests.factories import make_action, make_membership, make_owner, make_person

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def fresh() -> tuple[Action, Membership, Person]:
    held = make_membership("owner")
    return make_action(lead=held.organisation), held, make_person(is_superuser=True)


def nobody_answers_without_a_role(action: Action) -> None:
    open_ones = ActionOwner.objects.filter(action=action, until_on__isnull=True)
    assert list(open_ones) == list(open_ones.may_report(TODAY))


def test_a_role_ends() -> None:
    for _ in range(ROUNDS):
        action, held, ada = fresh()
        outcomes = at_once(
            partial(give, action, to=held.person, by="test", on=TODAY), partial(end_role, held, by=ada, now=NOW)
        )
        assert outcomes[1] == DONE
        assert outcomes[0] == DONE or "has no role in an organisation" in outcomes[0]
        nobody_answers_without_a_role(action)


def test_an_account_is_closed() -> None:
    for _ in range(ROUNDS):
        action, held, ada = fresh()
        former = make_membership("owner", organisation=held.organisation).person
        make_owner(action=action, person=former)
        steps = partial(hand_over, action, from_person=former, to=held.person, by="test", on=TODAY)
        outcomes = at_once(steps, partial(leave, held.person, by=ada, now=NOW, why="Left"))
        assert outcomes[1] == DONE
        nobody_answers_without_a_role(action)
        answering = ActionOwner.objects.filter(action=action, until_on__isnull=True, person=former)
        assert answering.exists() == (outcomes[0] != DONE)
