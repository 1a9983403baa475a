"""Words are removed while others draft, publish and answer: nobody meets a deadlock, and the words do not come back."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import connection

from actionplans.models import Action, ActionInVersion, Commitment, PlanVersion, Promise
from actionplans.services import commitments, lines, plans
from concordat.kernel.passages import Sought
from concordat.traces.removing import remove_words
from signatories.models import Person
from tests import factories as make
from tests.actionplans.test_updates_concurrent import DONE, at_once

pytestmark = pytest.mark.django_db(transaction=True)
NAME, ON, ROUNDS, MANY = "Jane Bloggs", date(2026, 1, 5), 6, 30
FASTER = "FasterError: Somebody else has changed this since you opened it. Read it again before you go on."
Step = Callable[[], Any]


@pytest.fixture(autouse=True)
def _a_database_that_threads_share(transactional_db: None) -> None:
    in_memory = connection.vendor == "sqlite" and connection.is_in_memory_db()
    assert not in_memory, "the tests' SQLite database must be a file"


def removal(root: Any) -> Step:
    by: Person = make.make_person(is_staff=True, is_superuser=True)
    why = {"category": "person", "reason": "Asked for", "by": by, "now": make.noon(ON)}
    return partial(remove_words, Sought(NAME), root, **why)


def draft() -> PlanVersion:
    """A draft of a plan with many actions: the name is in their outcomes, and in what the draft says of them."""
    version = make.make_version(plan=make.make_plan(kind="related"))
    for number in range(MANY):
        action = make.make_action(plan=version.plan, text=f"{number} for {NAME}", outcome=f"{number}: {NAME}")
        proposes = {"outcome": f"{number}: {NAME} is well"} if number % 2 else {}
        text = f"{number} for {NAME}, and more"
        make.make_in_version(version=version, action=action, position=number, text=text, proposes=proposes)
    return version


def said() -> str:
    """All that actions say, and all that versions say of them."""
    lines = ActionInVersion.objects.values_list("text", "outcome", "proposes")
    return str([*Action.objects.values_list("text", "outcome"), *lines])


def test_a_publication_brings_nothing_back() -> None:
    for _ in range(ROUNDS):
        version = draft()
        publish = partial(plans.publish_version, PlanVersion.objects.get(pk=version.pk), on=ON, by="test")
        assert at_once(publish, removal(version)) == [DONE, DONE]
        assert Action.objects.filter(plan=version.plan, text__endswith="and more").count() == MANY
        assert NAME not in said()


def test_who_drafts_is_told_or_waits() -> None:
    for _ in range(ROUNDS):
        version = draft()
        line = version.actions.select_related("version__plan", "action").last()
        values = {"reference": "A1", "section": None, "section_text": "", "text": "Other words"}
        save = partial(lines.save_action, line, values, seen=version.version, by="test", on=ON)
        move = partial(lines.leave_out, version.actions.first(), seen=version.version, by="test")
        first, second, third = at_once(save, removal(version), move)
        assert second == DONE
        assert {first, third} <= {DONE, FASTER}
        assert NAME not in str(ActionInVersion.every.filter(version=version).values_list("text", "outcome", "proposes"))


def test_who_words_an_answer_is_told_or_waits() -> None:
    for _ in range(ROUNDS):
        commitment = make.make_commitment(you_said=f"{NAME} waited")
        for number in range(MANY):
            promise = make.make_promise(commitment=commitment, we_will=f"{number}: call {NAME}", position=number)
        copy = Promise.objects.select_related("commitment").get(pk=promise.pk)
        save = partial(commitments.save_promise, copy, {"we_will": "Listen"}, actions=[], seen=1, by="test")
        first, second = at_once(save, removal(commitment.partnership))
        assert second == DONE
        assert first in (DONE, FASTER)
        assert NAME not in str(Promise.objects.values_list("we_will")) + str(Commitment.objects.values_list("you_said"))
