"""What a board talks about at a meeting, and in which order."""

from datetime import date
from typing import Any

import pytest

from actionplans.agenda import NOBODY, Proposal, Reason, agenda, proposals_of
from actionplans.models import Action
from actionplans.progress import Thresholds
from actionplans.work import work_on
from tests import factories as make

pytestmark = pytest.mark.django_db
ON, NEXT = date(2026, 5, 5), date(2026, 8, 4)
RECENT = date(2026, 4, 20)


@pytest.fixture
def version() -> Any:
    return make.make_version(published_on=date(2026, 1, 5))


def one(version: Any, text: str, *, reported_on: date = RECENT, lead: str = "Police", **fields: Any) -> Action:
    """An action in that version, with a report; `status`, `confidence` are of that report."""
    report = {name: fields.pop(name) for name in ("status", "confidence") if name in fields}
    action = make.make_action(plan=version.plan, text=text, **fields)
    make.make_in_version(version=version, action=action, text=text)
    make.make_update(action=action, reported_on=reported_on, **report)
    if lead:
        make.make_lead(action=action, text=lead)
    return action


def found(version: Any) -> dict[str, dict[str, tuple[Reason, ...]]]:
    actions = Action.objects.filter(plan=version.plan)
    groups = agenda(work_on(actions, ON, Thresholds()), proposals_of(actions), on=ON, next_on=NEXT)
    return {group.lead: {item.work.action.text: item.reasons for item in group.items} for group in groups}


def test_why_an_action_is_talked_about(version: Any) -> None:
    one(version, "Late", due_on=date(2026, 5, 4))
    one(version, "Due today", due_on=ON)
    one(version, "Due on the day before the next meeting", due_on=date(2026, 8, 3))
    one(version, "Due at the next meeting", due_on=NEXT)
    one(version, "Off track", confidence="off_track")
    one(version, "Silent", reported_on=date(2026, 1, 6))
    one(version, "Closed", status="completed", due_on=date(2026, 5, 4))
    assert found(version) == {
        "Police": {
            "Late": (Reason.OVERDUE,),
            "Due today": (Reason.DUE,),
            "Due on the day before the next meeting": (Reason.DUE,),
            "Off track": (Reason.OFF_TRACK,),
            "Silent": (Reason.NO_UPDATE,),
        }
    }


def test_each_once_with_all_its_reasons(version: Any) -> None:
    late = one(version, "Late", due_on=date(2026, 5, 4), confidence="off_track")
    report = make.make_update(
        action=late, state="submitted", reported_on=ON, new_due_on=NEXT, new_date_reason="Builders"
    )
    assert found(version) == {"Police": {"Late": (Reason.OVERDUE, Reason.NEW_DATE, Reason.OFF_TRACK)}}
    assert proposals_of(Action.objects.all()) == {late.pk: Proposal(report.pk, 1, NEXT, "Builders", ON)}


def test_a_draft_proposes_nothing(version: Any) -> None:
    action = one(version, "Late", due_on=date(2026, 5, 4))
    make.make_update(action=action, state="draft", new_due_on=NEXT, new_date_reason="Builders")
    assert proposals_of(Action.objects.all()) == {}


def test_by_lead_and_those_without_one_last(version: Any) -> None:
    one(version, "A", confidence="off_track", lead="Trust")
    one(version, "B", confidence="off_track", lead="")
    one(version, "C", confidence="off_track", lead="Council")
    joint = one(version, "D", confidence="off_track", lead="")
    make.make_lead(action=joint, text="Council", role="joint")
    assert [(lead, list(items)) for lead, items in found(version).items()] == [
        ("Council", ["C", "D"]),
        ("Trust", ["A"]),
        (NOBODY, ["B"]),
    ]


def test_joint_leads_are_named_beside_the_one_under_whom_it_stands(version: Any) -> None:
    joint = one(version, "D", confidence="off_track", lead="")
    for name in ("Council", "Trust", "Council"):
        make.make_lead(action=joint, text=name, role="joint")
    make.make_lead(action=joint, text="Charity", role="working_with")
    (group,) = agenda(work_on(Action.objects.all(), ON, Thresholds()), {}, on=ON, next_on=NEXT)
    assert (group.lead, [item.leads_with for item in group.items]) == ("Council", [["Trust"]])
